// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/network_file.h"
#include "core/scenario/quantities.h"
#include "core/scenario/scenario_file.h"
#include "core/scenario/script_file.h"

#include <fmt/format.h>

namespace packetarium {
namespace {

std::string writeCommands(std::string_view key, const std::vector<Command>& commands)
{
    if (commands.empty())
        return {};
    std::string text = fmt::format("{}:\n", key);
    for (const Command& command : commands)
        text += fmt::format("  - {}\n", writeCommand(command));
    return text;
}

} // namespace

std::string writeScenario(const Scenario& scenario)
{
    const Scenario defaults;
    std::string text = fmt::format("packetarium: scenario\nversion: {}\n", scenario.version);
    if (!scenario.title.empty())
        text += fmt::format("title: {}\n", writeTexts(scenario.title));
    if (!scenario.summary.empty())
        text += fmt::format("summary: {}\n", writeTexts(scenario.summary));
    text += fmt::format("group: {}\n", scenario.group);
    if (scenario.order != defaults.order)
        text += fmt::format("order: {}\n", scenario.order);
    text += fmt::format("profile: {}\n", toString(scenario.profile));
    if (scenario.seed != defaults.seed)
        text += fmt::format("seed: {}\n", scenario.seed);
    if (!scenario.until.isNever())
        text += fmt::format("until: {}\n", writeDuration(scenario.until - SimTime::zero()));
    if (scenario.hints != defaults.hints)
        text += fmt::format("view: {}\n", scenario.hints.view);
    text += writeHosts(scenario);
    if (scenario.isNetwork())
        text += writeNetwork(scenario);
    else if (const auto link = writeLinkSpec(scenario.link, LinkSpec()); !link.empty())
        text += fmt::format("link: {}\n", inBraces(link));
    text += writeCommands("script", scenario.script);
    text += writeCommands("commands", scenario.commands);
    return text;
}

} // namespace packetarium
