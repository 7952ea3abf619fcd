// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/groups.h"
#include "core/scenario/network_check.h"
#include "core/scenario/network_file.h"
#include "core/scenario/scenario_file.h"
#include "core/scenario/script_file.h"

#include <array>
#include <limits>

namespace packetarium {
namespace {

std::string stemOf(std::string_view fileName)
{
    const std::size_t slash = fileName.find_last_of('/');
    if (slash != std::string_view::npos)
        fileName.remove_prefix(slash + 1);
    const std::size_t dot = fileName.find_last_of('.');
    return std::string(dot == std::string_view::npos || dot == 0 ? fileName : fileName.substr(0, dot));
}

class ScenarioReader {
public:
    ScenarioReader(InputReader& in, std::string_view fileName)
        : in_(in)
    {
        scenario_.name = stemOf(fileName);
    }

    Scenario read(const YamlNode& root)
    {
        const YamlMap top =
            in_.map(root, "",
                    {"packetarium", "version", "title", "summary", "group", "order", "profile", "seed", "until", "view",
                     "hosts", "link", "routers", "switches", "hubs", "links", "script", "commands"});
        readHead(in_, top, "scenario");
        in_.texts(top, "title", scenario_.title);
        in_.texts(top, "summary", scenario_.summary);
        oneOf(top, "group", kScenarioGroups, scenario_.group);
        in_.number(top, "order", scenario_.order, 0, 9999);
        profile(top);
        in_.number(top, "seed", scenario_.seed, 0, std::numeric_limits<std::uint64_t>::max());
        until(top);
        oneOf(top, "view",
              std::array<std::string_view, 6>{"sequence", "states", "layers", "network", "windows", "plots"},
              scenario_.hints.view);
        std::uint64_t octetsLeft = kMaxAllSendOctets;
        const bool network = saysNetwork(top);
        readHosts(in_, top, network, octetsLeft, scenario_);
        if (network && top.find("link"))
            in_.fail(InputErrorId::NotExactlyOne, {"", "link, links", "link, links"}, top.key("link"));
        if (network)
            readNetwork(in_, top, scenario_);
        else if (const YamlNode* link = top.find("link"))
            readLinkSpec(in_, in_.map(*link, "link", linkKeys()), scenario_.link);
        readCommands(in_, top, "script", scenario_, octetsLeft, scenario_.script);
        readCommands(in_, top, "commands", scenario_, octetsLeft, scenario_.commands);
        if (const auto wrong = in_.failed() ? std::nullopt : checkScenario(scenario_))
            in_.fail(*wrong, nodeAt(root, wrong->path));
        return std::move(scenario_);
    }

private:
    void oneOf(const YamlMap& top, std::string_view key, std::span<const std::string_view> values, std::string& out)
    {
        const int index = in_.oneOf(top, key, values);
        if (index >= 0)
            out = values[static_cast<std::size_t>(index)];
    }

    void profile(const YamlMap& top)
    {
        std::string name(toString(scenario_.profile));
        oneOf(top, "profile", std::array{toString(Profile::Rfc), toString(Profile::Linux)}, name);
        scenario_.profile = parseProfile(name).value_or(scenario_.profile);
    }

    void until(const YamlMap& top)
    {
        if (!top.find("until"))
            return;
        SimDuration end;
        in_.duration(top, "until", end, SimDuration(), kMaxInstant);
        scenario_.until = SimTime::zero() + end;
    }

    InputReader& in_;
    Scenario scenario_;
};

} // namespace

MacAddress defaultMac(std::size_t hostIndex)
{
    // 02: locally administered (IEEE 802 §8.4), so that no maker's address is taken.
    return MacAddress{{0x02, 0, 0, 0, 0, static_cast<std::uint8_t>(hostIndex + 1)}};
}

void readHead(InputReader& in, const YamlMap& top, std::string_view kind)
{
    in.require(top, "packetarium");
    in.oneOf(top, "packetarium", std::array{kind});
    in.require(top, "version");
    std::string version;
    in.text(top, "version", version);
    if (!in.failed() && version != "1")
        in.fail(InputErrorId::WrongVersion, {version, "1"}, *top.find("version"));
}

Result<Scenario, InputError> parseScenario(std::string_view yaml, std::string_view fileName)
{
    const auto tree = parseYamlTree(yaml, fileName);
    if (!tree)
        return tree.error();
    InputReader in(fileName);
    Scenario scenario = ScenarioReader(in, fileName).read(tree.value());
    if (in.failed())
        return in.error();
    return scenario;
}

} // namespace packetarium
