// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/groups.h"
#include "core/scenario/quantities.h"
#include "core/scenario/scenario_file.h"
#include "core/scenario/script_file.h"
#include "core/scenario/tcp_settings.h"

#include <algorithm>
#include <array>
#include <limits>

namespace packetarium {
namespace {

constexpr std::uint64_t kMinBandwidth = 1'000, kMaxBandwidth = 400'000'000'000; // bit/s
constexpr std::size_t kMaxNameLength = 32;
constexpr std::size_t kMaxFixedIsns = 100;

std::string stemOf(std::string_view fileName)
{
    const std::size_t slash = fileName.find_last_of('/');
    if (slash != std::string_view::npos)
        fileName.remove_prefix(slash + 1);
    const std::size_t dot = fileName.find_last_of('.');
    return std::string(dot == std::string_view::npos || dot == 0 ? fileName : fileName.substr(0, dot));
}

bool isName(std::string_view text)
{
    const auto isLetterOrDigit = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    };
    return !text.empty() && text.size() <= kMaxNameLength && isLetterOrDigit(text.front()) &&
           std::all_of(text.begin(), text.end(), [&](char c) { return isLetterOrDigit(c) || c == '-' || c == '_'; });
}

/// An address that one host on a network can have: not 0.0.0.0/8, not multicast, not broadcast (RFC 1122 §3.2.1.3).
bool isUnicast(Ipv4Address address)
{
    const std::uint32_t first = address.value >> 24;
    return first != 0 && first < 224;
}

bool isUnicast(const MacAddress& mac)
{
    return (mac.octets[0] & 1) == 0 && mac != MacAddress{};
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
        const YamlMap top = in_.map(root, "",
                                    {"packetarium", "version", "title", "summary", "group", "order", "profile", "seed",
                                     "until", "view", "hosts", "link", "script", "commands"});
        readHead(in_, top, "scenario");
        in_.texts(top, "title", scenario_.title);
        in_.texts(top, "summary", scenario_.summary);
        oneOf(top, "group", kScenarioGroups, scenario_.group);
        in_.number(top, "order", scenario_.order, 0, 9999);
        profile(top);
        in_.number(top, "seed", scenario_.seed, 0, std::numeric_limits<std::uint64_t>::max());
        until(top);
        oneOf(top, "view", std::array<std::string_view, 2>{"sequence", "states"}, scenario_.hints.view);
        hosts(top);
        link(top);
        std::uint64_t octetsLeft = kMaxAllSendOctets;
        readCommands(in_, top, "script", scenario_.hosts, octetsLeft, scenario_.script);
        readCommands(in_, top, "commands", scenario_.hosts, octetsLeft, scenario_.commands);
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

    void hosts(const YamlMap& top)
    {
        in_.require(top, "hosts");
        const YamlNode* node = top.find("hosts");
        if (in_.failed() || !node)
            return;
        if (node->kind != YamlNode::Kind::Map) {
            in_.fail(InputErrorId::WrongType, {"hosts", "map", foundText(*node)}, *node);
            return;
        }
        if (node->entries.size() != 2) {
            in_.fail(InputErrorId::OutOfRange, {"hosts", std::to_string(node->entries.size()), "2", "2"}, *node);
            return;
        }
        for (const YamlEntry& entry : node->entries)
            host(entry);
    }

    void host(const YamlEntry& entry)
    {
        HostSpec spec;
        spec.name = entry.key.text;
        if (!isName(spec.name))
            in_.fail(InputErrorId::WrongType, {"hosts", "name", spec.name}, entry.key);
        const YamlMap map =
            in_.map(entry.value, "hosts." + spec.name, {"address", "mac", "label", "filtered", "iss", "tcp"});
        const std::size_t index = scenario_.hosts.size();
        spec.activeSide = index == 0;
        in_.require(map, "address");
        address(map, spec.address);
        spec.mac = defaultMac(index);
        mac(map, spec.mac);
        in_.texts(map, "label", spec.label);
        in_.yesNo(map, "filtered", spec.filtered);
        spec.tcp = TcpConfig::forProfile(scenario_.profile);
        iss(map, spec.tcp);
        readTcpSettings(in_, map, spec.tcp);
        if (in_.failed())
            return;
        for (const HostSpec& other : scenario_.hosts) {
            if (other.address == spec.address)
                in_.fail(InputErrorId::DuplicateName, {spec.address.toString()}, *map.find("address"));
            if (other.mac == spec.mac)
                in_.fail(InputErrorId::DuplicateName, {spec.mac.toString()},
                         map.find("mac") ? *map.find("mac") : entry.key);
        }
        scenario_.hosts.push_back(std::move(spec));
    }

    /// One number, or a list of them for one connection after another.
    void iss(const YamlMap& map, TcpConfig& tcp)
    {
        const YamlNode* node = map.find("iss");
        if (in_.failed() || !node)
            return;
        const auto isns = in_.numbers(map, "iss", 0, 0xFFFFFFFF, kMaxFixedIsns);
        if (in_.failed())
            return;
        tcp.iss = Seq32(static_cast<std::uint32_t>(isns.front()));
        for (std::size_t i = 1; i < isns.size(); ++i)
            tcp.laterIss.emplace_back(static_cast<std::uint32_t>(isns[i]));
    }

    void address(const YamlMap& map, Ipv4Address& out)
    {
        std::string text;
        in_.text(map, "address", text);
        const auto value = Ipv4Address::parse(text);
        if (in_.failed())
            return;
        if (value && isUnicast(*value))
            out = *value;
        else
            in_.fail(InputErrorId::NotAnAddress, {map.pathOf("address"), text}, *map.find("address"));
    }

    void mac(const YamlMap& map, MacAddress& out)
    {
        if (!map.find("mac"))
            return;
        std::string text;
        in_.text(map, "mac", text);
        const auto value = MacAddress::parse(text);
        if (value && isUnicast(*value))
            out = *value;
        else
            in_.fail(InputErrorId::NotAMac, {map.pathOf("mac"), text}, *map.find("mac"));
    }

    void link(const YamlMap& top)
    {
        const YamlMap map =
            in_.map(top, "link",
                    {"delay", "bandwidth", "queue", "loss", "duplicate", "corrupt", "reorder", "reorder-by", "jitter"});
        LinkSpec& link = scenario_.link;
        in_.duration(map, "delay", link.delay, SimDuration(), kMaxNetworkDelay);
        bandwidth(map, link.bitsPerSecond);
        in_.number(map, "queue", link.queueLimit, 0, 1'000'000);
        in_.percentage(map, "loss", link.lossPpm);
        in_.percentage(map, "duplicate", link.duplicatePpm);
        in_.percentage(map, "corrupt", link.corruptPpm);
        in_.percentage(map, "reorder", link.reorderPpm);
        in_.duration(map, "reorder-by", link.reorderBy, SimDuration(), kMaxNetworkDelay);
        in_.duration(map, "jitter", link.jitter, SimDuration(), kMaxNetworkDelay);
    }

    void bandwidth(const YamlMap& map, std::uint64_t& out)
    {
        const YamlNode* node = map.find("bandwidth");
        if (in_.failed() || !node)
            return;
        const auto value = node->kind == YamlNode::Kind::Scalar ? parseBandwidth(node->text) : std::nullopt;
        if (!value)
            in_.fail(InputErrorId::NotABandwidth, {map.pathOf("bandwidth"), foundText(*node)}, *node);
        else if (node->text != "unlimited" && (*value < kMinBandwidth || *value > kMaxBandwidth))
            in_.fail(
                InputErrorId::OutOfRange,
                {map.pathOf("bandwidth"), node->text, writeBandwidth(kMinBandwidth), writeBandwidth(kMaxBandwidth)},
                *node);
        else
            out = *value;
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
