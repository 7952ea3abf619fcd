// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenario_file.h"

#include "core/scenario/builtin.h"
#include "core/scenario/tabs.h"
#include "core/scenario/tcp_settings.h"

#include <algorithm>
#include <tuple>

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
    using Place = std::tuple<std::ptrdiff_t, int, std::string>;
    std::vector<Place> places;
    for (const std::string& name : builtinNames("scenario")) {
        const auto scenario = parseScenario(*builtinText("scenario", name), name + ".yaml");
        if (!scenario) { // a mistake in a file of ours: listed last, so that opening it says what is wrong
            places.emplace_back(std::ptrdiff_t(kScenarioTabs.size()), 0, name);
            continue;
        }
        const auto tab = std::find(kScenarioTabs.begin(), kScenarioTabs.end(), scenario.value().tab);
        places.emplace_back(tab - kScenarioTabs.begin(), scenario.value().order, name);
    }
    std::sort(places.begin(), places.end());
    std::vector<std::string> names;
    for (const Place& place : places)
        names.push_back(std::get<std::string>(place));
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
    scenario.tab = "sandbox";
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
