// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/groups.h"
#include "core/scenario/network_check.h"
#include "core/scenario/network_file.h"
#include "core/scenario/quantities.h"
#include "core/scenario/script_file.h"
#include "core/scenario/services_file.h"
#include "core/scenario/tcp_settings.h"

#include <fmt/format.h>

namespace packetarium {
namespace {

std::string writeIss(const TcpConfig& tcp)
{
    std::string text = std::to_string(tcp.iss->value());
    for (const Seq32 later : tcp.laterIss)
        text += ", " + std::to_string(later.value());
    return tcp.laterIss.empty() ? text : "[" + text + "]";
}

std::string writePlace(const NodePlace& place)
{
    return fmt::format("[{}, {}]", place.x, place.y);
}

/// An IPv6 address has colons, which YAML would read.
std::string writeAddress(const IpAddress& address)
{
    return address.isV6() ? "\"" + address.toString() + "\"" : address.toString();
}

std::string writePrefix(const IpPrefix& prefix)
{
    return prefix.address.isV6() ? "\"" + prefix.toString() + "\"" : prefix.toString();
}

std::string writeHost(const HostSpec& host, std::size_t index, const TcpConfig& defaults, bool network)
{
    std::string text;
    const auto line = [&](std::string_view key, const std::string& value) {
        text += fmt::format("    {}: {}\n", key, value);
    };
    if (!network)
        line("address", host.address.toString());
    else if (host.address != Ipv4Address{})
        line("address", writePrefix({host.address, host.prefixLength}));
    if (network) {
        if (host.gateway)
            line("gateway", host.gateway->toString());
        if (host.address6)
            line("address6", writePrefix({*host.address6, host.prefixLength6}));
        if (host.gateway6)
            line("gateway6", writeAddress(*host.gateway6));
        if (host.nameServer)
            line("name-server", writeAddress(*host.nameServer));
        if (host.mtu != kMaxMtu)
            line("mtu", std::to_string(host.mtu));
    }
    if (host.mac != defaultMac(index))
        line("mac", "\"" + host.mac.toString() + "\"");
    if (!host.label.empty())
        line("label", writeTexts(host.label));
    if (host.filtered)
        line("filtered", "yes");
    if (host.tcp.iss)
        line("iss", writeIss(host.tcp));
    if (const auto settings = writeTcpSettings(host.tcp, defaults); !settings.empty())
        line("tcp", inBraces(settings));
    if (network) {
        if (host.place)
            line("place", writePlace(*host.place));
        text += writeServices(host.services);
    }
    return text.empty() ? fmt::format("  {}: {{}}\n", quotedText(host.name))
                        : fmt::format("  {}:\n{}", quotedText(host.name), text);
}

std::string writeInterface(const RouterInterfaceSpec& interface, const MacAddress& usualMac)
{
    std::vector<std::string> parts;
    if (interface.address)
        parts.push_back("address: " + writePrefix({*interface.address, interface.prefixLength}));
    if (interface.address6)
        parts.push_back("address6: " + writePrefix({*interface.address6, interface.prefixLength6}));
    if (interface.mac != usualMac)
        parts.push_back("mac: \"" + interface.mac.toString() + "\"");
    if (interface.mtu != kMaxMtu)
        parts.push_back(fmt::format("mtu: {}", interface.mtu));
    return inBraces(parts);
}

std::string writeRouter(const RouterSpec& router, std::size_t index)
{
    std::string text;
    if (!router.label.empty())
        text += fmt::format("    label: {}\n", writeTexts(router.label));
    if (router.place)
        text += fmt::format("    place: {}\n", writePlace(*router.place));
    if (!router.interfaces.empty())
        text += "    interfaces:\n";
    for (std::size_t i = 0; i < router.interfaces.size(); ++i)
        text += fmt::format("      {}: {}\n", quotedText(router.interfaces[i].name),
                            writeInterface(router.interfaces[i], defaultRouterMac(index, i)));
    if (!router.routes.empty())
        text += "    routes:\n";
    for (const RouteSpec& route : router.routes)
        text += fmt::format("      - {{to: {}, via: {}}}\n", writePrefix(route.to), writeAddress(route.via));
    return text.empty() ? fmt::format("  {}: {{}}\n", quotedText(router.name))
                        : fmt::format("  {}:\n{}", quotedText(router.name), text);
}

template <class Spec>
std::string writeSimpleNode(const Spec& spec)
{
    std::vector<std::string> parts;
    if (!spec.label.empty())
        parts.push_back("label: " + writeTexts(spec.label));
    if constexpr (requires { spec.aging; })
        if (spec.aging != Spec().aging)
            parts.push_back("aging: " + writeDuration(spec.aging));
    if (spec.place)
        parts.push_back("place: " + writePlace(*spec.place));
    return fmt::format("  {}: {}\n", quotedText(spec.name), inBraces(parts));
}

} // namespace

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

std::string writeHosts(const Scenario& scenario)
{
    std::string text = "hosts:\n";
    for (std::size_t i = 0; i < scenario.hosts.size(); ++i)
        text += writeHost(scenario.hosts[i], i, TcpConfig::forProfile(scenario.profile), scenario.isNetwork());
    return text;
}

std::vector<std::string> writeLinkSpec(const LinkSpec& link, const LinkSpec& usual)
{
    std::vector<std::string> parts;
    const auto add = [&](std::string_view key, const auto& value, const auto& standard, auto write) {
        if (value != standard)
            parts.push_back(fmt::format("{}: {}", key, write(value)));
    };
    const auto number = [](std::uint32_t n) { return std::to_string(n); };
    add("delay", link.delay, usual.delay, writeDuration);
    add("bandwidth", link.bitsPerSecond, usual.bitsPerSecond, writeBandwidth);
    add("queue", link.queueLimit, usual.queueLimit, number);
    add("mark-from", link.markFrom, usual.markFrom, number);
    add("loss", link.lossPpm, usual.lossPpm, writePercentage);
    add("duplicate", link.duplicatePpm, usual.duplicatePpm, writePercentage);
    add("corrupt", link.corruptPpm, usual.corruptPpm, writePercentage);
    add("reorder", link.reorderPpm, usual.reorderPpm, writePercentage);
    add("reorder-by", link.reorderBy, usual.reorderBy, writeDuration);
    add("jitter", link.jitter, usual.jitter, writeDuration);
    return parts;
}

std::string writeNetwork(const Scenario& scenario)
{
    std::string text;
    if (!scenario.routers.empty())
        text += "routers:\n";
    for (std::size_t i = 0; i < scenario.routers.size(); ++i)
        text += writeRouter(scenario.routers[i], i);
    if (!scenario.switches.empty())
        text += "switches:\n";
    for (const SwitchSpec& one : scenario.switches)
        text += writeSimpleNode(one);
    if (!scenario.hubs.empty())
        text += "hubs:\n";
    for (const HubSpec& hub : scenario.hubs)
        text += writeSimpleNode(hub);
    // A file with three hosts and nothing else is a network only if it says so.
    const bool saidAlready = !scenario.routers.empty() || !scenario.switches.empty() || !scenario.hubs.empty();
    if (scenario.links.empty())
        return text + (scenario.unlinked || !saidAlready ? "links: []\n" : "");
    text += "links:\n";
    for (const NetworkLink& link : scenario.links) {
        auto parts = writeLinkSpec(link.spec, defaultNetworkLink());
        parts.insert(parts.begin(), fmt::format("between: [{}, {}]", writeLinkEnd(link.a), writeLinkEnd(link.b)));
        text += fmt::format("  - {}\n", inBraces(parts));
    }
    return text;
}

} // namespace packetarium
