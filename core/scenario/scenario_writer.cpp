// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/groups.h"
#include "core/scenario/quantities.h"
#include "core/scenario/scenario_file.h"
#include "core/scenario/script_file.h"
#include "core/scenario/tcp_settings.h"

#include <fmt/format.h>

namespace packetarium {
namespace {

/// `{en: "...", zh: "..."}`, or one text for both.
std::string writeTexts(const LocalizedText& text)
{
    if (text.en == text.zh)
        return quotedText(text.en);
    std::string languages;
    if (!text.en.empty())
        languages += "en: " + quotedText(text.en);
    if (!text.zh.empty())
        languages += (languages.empty() ? "zh: " : ", zh: ") + quotedText(text.zh);
    return "{" + languages + "}";
}

std::string inBraces(const std::vector<std::string>& parts)
{
    std::string text;
    for (const std::string& part : parts)
        text += (text.empty() ? "" : ", ") + part;
    return "{" + text + "}";
}

std::string writeIss(const TcpConfig& tcp)
{
    std::string text = std::to_string(tcp.iss->value());
    for (const Seq32 later : tcp.laterIss)
        text += ", " + std::to_string(later.value());
    return tcp.laterIss.empty() ? text : "[" + text + "]";
}

std::string writeHost(const HostSpec& host, std::size_t index, const TcpConfig& defaults)
{
    std::string text = fmt::format("  {}:\n    address: {}\n", quotedText(host.name), host.address.toString());
    if (host.mac != defaultMac(index))
        text += fmt::format("    mac: \"{}\"\n", host.mac.toString());
    if (!host.label.empty())
        text += fmt::format("    label: {}\n", writeTexts(host.label));
    if (host.filtered)
        text += "    filtered: yes\n";
    if (host.tcp.iss)
        text += fmt::format("    iss: {}\n", writeIss(host.tcp));
    const auto settings = writeTcpSettings(host.tcp, defaults);
    if (!settings.empty())
        text += fmt::format("    tcp: {}\n", inBraces(settings));
    return text;
}

std::string writeLink(const LinkSpec& link)
{
    const LinkSpec defaults;
    std::vector<std::string> parts;
    const auto add = [&](std::string_view key, const auto& value, const auto& usual, auto write) {
        if (value != usual)
            parts.push_back(fmt::format("{}: {}", key, write(value)));
    };
    const auto number = [](std::uint32_t n) { return std::to_string(n); };
    add("delay", link.delay, defaults.delay, writeDuration);
    add("bandwidth", link.bitsPerSecond, defaults.bitsPerSecond, writeBandwidth);
    add("queue", link.queueLimit, defaults.queueLimit, number);
    add("loss", link.lossPpm, defaults.lossPpm, writePercentage);
    add("duplicate", link.duplicatePpm, defaults.duplicatePpm, writePercentage);
    add("corrupt", link.corruptPpm, defaults.corruptPpm, writePercentage);
    add("reorder", link.reorderPpm, defaults.reorderPpm, writePercentage);
    add("reorder-by", link.reorderBy, defaults.reorderBy, writeDuration);
    add("jitter", link.jitter, defaults.jitter, writeDuration);
    return parts.empty() ? std::string() : fmt::format("link: {}\n", inBraces(parts));
}

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
    text += "hosts:\n";
    for (std::size_t i = 0; i < scenario.hosts.size(); ++i)
        text += writeHost(scenario.hosts[i], i, TcpConfig::forProfile(scenario.profile));
    text += writeLink(scenario.link);
    text += writeCommands("script", scenario.script);
    text += writeCommands("commands", scenario.commands);
    return text;
}

} // namespace packetarium
