// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenario_file.h"

#include "core/scenario/builtin.h"
#include "core/scenario/builtin_heads.h"
#include "core/scenario/groups.h"
#include "core/scenario/tcp_settings.h"

namespace packetarium {

Result<Scenario, InputError> loadScenario(const std::string& pathOrName)
{
    if (!looksLikePath(pathOrName)) {
        // A built-in name first, so that a file that happens to lie around does not take its place.
        if (builtinText("scenario", pathOrName) || !fileExists(pathOrName))
            return builtinScenario(pathOrName);
    }
    const auto text = readInputFile(pathOrName);
    if (!text)
        return text.error();
    return parseScenario(text.value(), pathOrName);
}

Result<Scenario, InputError> builtinScenario(std::string_view name)
{
    if (const auto text = builtinText("scenario", name))
        return parseScenario(*text, std::string(name) + ".yaml");
    const auto names = builtinScenarioNames();
    const std::vector<std::string_view> views(names.begin(), names.end());
    return InputError{InputErrorId::UnknownScenario, {std::string(name), joined(views)}, {}};
}

std::vector<std::string> builtinScenarioNames()
{
    std::vector<std::string> names;
    for (const BuiltinHead& head : builtinScenarioHeads())
        names.push_back(head.name);
    return names;
}

void changeProfile(Scenario& scenario, Profile profile)
{
    const TcpConfig from = TcpConfig::forProfile(scenario.profile);
    const TcpConfig to = TcpConfig::forProfile(profile);
    for (HostSpec& host : scenario.hosts)
        changeDefaults(host.tcp, from, to);
    scenario.profile = profile;
}

Scenario sandboxScenario()
{
    Scenario scenario;
    scenario.name = "sandbox";
    scenario.title = {"Sandbox", "自由实验"};
    scenario.group = "sandbox";
    const auto host = [&](const char* name, std::uint32_t address) {
        HostSpec spec;
        spec.name = name;
        spec.address = Ipv4Address{address};
        spec.mac = defaultMac(scenario.hosts.size());
        spec.activeSide = scenario.hosts.empty();
        spec.tcp = TcpConfig::forProfile(scenario.profile);
        scenario.hosts.push_back(std::move(spec));
    };
    host("client", 0xC0A80119); // 192.168.1.25
    host("server", 0x5DB8D822); // 93.184.216.34
    return scenario;
}

} // namespace packetarium
