// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/network_scene.h"

#include "ui/i18n/from_utf8.h"
#include <algorithm>

namespace packetarium {
namespace {

QString endWords(const Scenario& scenario, const LinkEnd& end)
{
    for (const RouterSpec& router : scenario.routers)
        for (const RouterInterfaceSpec& interface : router.interfaces)
            if (router.name == end.node && interface.name == end.interface)
                return QString::fromStdString(interface.address ? interface.name + " " + interface.address->toString()
                                              : interface.address6
                                                  ? interface.name + " " + interface.address6->toString()
                                                  : interface.name);
    return {};
}

} // namespace

std::vector<std::optional<NodePlace>> placesIn(const Scenario& scenario)
{
    std::vector<std::optional<NodePlace>> places;
    const auto add = [&places](const auto& specs) {
        for (const auto& spec : specs)
            places.push_back(spec.place);
    };
    add(scenario.hosts);
    add(scenario.routers);
    add(scenario.switches);
    add(scenario.hubs);
    return places;
}

std::vector<CableEnds> cableEndsIn(const Scenario& scenario)
{
    std::vector<CableEnds> ends;
    for (const NetworkLink& link : scenario.links)
        ends.push_back({endWords(scenario, link.a), endWords(scenario, link.b)});
    return ends;
}

std::vector<bool> servesIn(const Scenario& scenario)
{
    std::vector<bool> serves;
    for (const HostSpec& host : scenario.hosts) {
        const bool listens = std::any_of(scenario.script.begin(), scenario.script.end(), [&](const Command& command) {
            return command.host == host.name && std::holds_alternative<DoListen>(command.action);
        });
        serves.push_back(listens || host.services != ServicesSpec{});
    }
    return serves;
}

QString nodeLabel(const Scenario& scenario, std::string_view name, Language language)
{
    const auto labelIn = [&name](const auto& specs) -> const LocalizedText* {
        for (const auto& spec : specs)
            if (spec.name == name && !spec.label.empty())
                return &spec.label;
        return nullptr;
    };
    const LocalizedText* label = labelIn(scenario.hosts);
    label = label ? label : labelIn(scenario.routers);
    label = label ? label : labelIn(scenario.switches);
    label = label ? label : labelIn(scenario.hubs);
    const QString text = QString::fromStdString(label ? textIn(*label, language) : hostWord(name, language));
    // A counterfactual is marked wherever its host is named.
    const bool isTcp = std::none_of(scenario.hosts.begin(), scenario.hosts.end(),
                                    [&name](const HostSpec& host) { return host.name == name && !host.tcp.isTcp(); });
    if (isTcp)
        return text;
    return text + QStringLiteral(" · ") + fromUtf8(notTcpLabel(language));
}

} // namespace packetarium
