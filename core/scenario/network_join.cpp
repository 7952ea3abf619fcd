// SPDX-License-Identifier: GPL-3.0-or-later
//
// Putting cables in: which interface, which addresses.
#include "core/scenario/groups.h"
#include "core/scenario/network_edit.h"
#include "core/scenario/network_map.h"

#include <algorithm>
#include <set>

namespace packetarium {
namespace {

constexpr std::uint32_t kFirstHostNumber = 10;
constexpr std::uint8_t kUsualPrefix = 24;

std::vector<IpPrefix> allPrefixes(const Scenario& s)
{
    std::vector<IpPrefix> all;
    for (const HostSpec& host : s.hosts)
        if (host.address != Ipv4Address{})
            all.push_back({host.address, host.prefixLength});
    for (const RouterSpec& router : s.routers)
        for (const RouterInterfaceSpec& interface : router.interfaces)
            if (interface.address)
                all.push_back({*interface.address, interface.prefixLength});
    return all;
}

bool isJoined(const Scenario& s, const LinkEnd& end)
{
    return std::any_of(s.links.begin(), s.links.end(),
                       [&](const NetworkLink& link) { return link.a == end || link.b == end; });
}

/// The end at which a new cable would be put; a router gets an interface for it.
LinkEnd endFor(Scenario& s, NodeId node)
{
    LinkEnd end{nameOf(s, node), {}};
    if (kindOf(s, node) != NodeKind::Router)
        return end;
    RouterSpec& router = s.routers[node.value() - s.hosts.size()];
    for (const RouterInterfaceSpec& interface : router.interfaces) {
        end.interface = interface.name;
        if (!isJoined(s, end))
            return end;
    }
    RouterInterfaceSpec fresh;
    for (std::size_t n = 0;; ++n) {
        fresh.name = "eth" + std::to_string(n);
        const auto same = [&](const RouterInterfaceSpec& other) { return other.name == fresh.name; };
        if (std::none_of(router.interfaces.begin(), router.interfaces.end(), same))
            break;
    }
    fresh.mac = unusedMac(s);
    router.interfaces.push_back(fresh);
    end.interface = fresh.name;
    return end;
}

/// What the network around a new cable is called, and who is in it.
struct Segment {
    std::optional<IpPrefix> network;
    std::vector<LinkEnd> hosts; ///< without interface
    std::vector<LinkEnd> interfaces;
    std::optional<Ipv4Address> gateway;
    std::optional<IpAddress> nameServer;
};

RouterInterfaceSpec* interfaceOf(Scenario& s, const LinkEnd& end)
{
    for (RouterSpec& router : s.routers)
        if (router.name == end.node)
            for (RouterInterfaceSpec& interface : router.interfaces)
                if (interface.name == end.interface)
                    return &interface;
    return nullptr;
}

HostSpec* hostOf(Scenario& s, const LinkEnd& end)
{
    for (HostSpec& host : s.hosts)
        if (host.name == end.node)
            return &host;
    return nullptr;
}

Segment segmentOf(Scenario& s, const LinkEnd& end)
{
    Segment segment;
    NetworkMap map(s);
    for (const NetworkLink& link : s.links) {
        const auto a = map.find(link.a), b = map.find(link.b);
        if (a && b)
            static_cast<void>(map.join("", *a, *b));
    }
    const auto at = map.find(end);
    if (!at)
        return segment;
    for (std::size_t i = 0; i < map.ports().size(); ++i) {
        const NetworkPort& port = map.ports()[i];
        if (map.segment(i) != map.segment(*at) || port.manyCables)
            continue;
        if (port.v4 && !segment.network)
            segment.network = port.v4->network();
        if (const HostSpec* host = hostOf(s, port.end)) {
            segment.hosts.push_back(port.end);
            if (host->gateway && !segment.gateway)
                segment.gateway = host->gateway;
            if (host->nameServer && !segment.nameServer)
                segment.nameServer = host->nameServer;
        } else if (const RouterInterfaceSpec* interface = interfaceOf(s, port.end)) {
            segment.interfaces.push_back(port.end);
            if (interface->address)
                segment.gateway = interface->address;
        }
    }
    return segment;
}

/// Gives what has none an address of the network it is now in.
void settle(Scenario& s, const LinkEnd& end)
{
    Segment segment = segmentOf(s, end);
    const std::size_t members = segment.hosts.size() + segment.interfaces.size();
    if (!segment.network && members > 0)
        segment.network = unusedNetwork(s);
    if (!segment.network)
        return;
    for (const LinkEnd& each : segment.interfaces) {
        RouterInterfaceSpec* interface = interfaceOf(s, each);
        if (interface->address)
            continue;
        interface->address = nextAddress(s, *segment.network, true);
        interface->prefixLength = segment.network->length;
        segment.gateway = interface->address;
    }
    for (const LinkEnd& each : segment.hosts) {
        HostSpec* host = hostOf(s, each);
        if (host->address == Ipv4Address{}) {
            host->address = nextAddress(s, *segment.network, false).value_or(Ipv4Address{});
            host->prefixLength = segment.network->length;
            host->nameServer = host->nameServer ? host->nameServer : segment.nameServer;
        }
        const IpPrefix own{host->address, host->prefixLength};
        if (!host->gateway && segment.gateway && own.contains(*segment.gateway))
            host->gateway = segment.gateway;
    }
}

} // namespace

std::optional<InputError> join(Scenario& s, NodeId a, NodeId b)
{
    Scenario next = s;
    NetworkLink link;
    link.a = endFor(next, a);
    link.b = endFor(next, b);
    link.spec = defaultNetworkLink();
    if (auto wrong = checkNewLink(next, link.a, link.b))
        return wrong;
    next.links.push_back(link);
    settle(next, link.a);
    s = std::move(next);
    return std::nullopt;
}

IpPrefix unusedNetwork(const Scenario& s)
{
    const std::vector<IpPrefix> used = allPrefixes(s);
    for (std::uint32_t n = 1; n < 256; ++n) {
        const IpPrefix network{Ipv4Address{0xC0A80000u | n << 8}, kUsualPrefix};
        const bool taken = std::any_of(used.begin(), used.end(), [&](const IpPrefix& each) {
            return network.contains(each.address) || each.contains(network.address);
        });
        if (!taken)
            return network;
    }
    return {Ipv4Address{0x0A000000u}, kUsualPrefix};
}

std::optional<Ipv4Address> nextAddress(const Scenario& s, const IpPrefix& network, bool router)
{
    std::set<IpAddress> used;
    for (const IpPrefix& each : allPrefixes(s))
        used.insert(each.address);
    const std::uint32_t base = network.network().address.v4().value;
    const std::uint32_t last = network.length >= 31 ? 0 : (std::uint32_t{1} << (32 - network.length)) - 2;
    const std::uint32_t first = router || last < kFirstHostNumber ? 1 : kFirstHostNumber;
    for (std::uint32_t k = 0; k < last; ++k) {
        const Ipv4Address address{base + 1 + (first - 1 + k) % last};
        if (!used.contains(address))
            return address;
    }
    return std::nullopt;
}

MacAddress unusedMac(const Scenario& s)
{
    std::set<MacAddress> used;
    for (const HostSpec& host : s.hosts)
        used.insert(host.mac);
    for (const RouterSpec& router : s.routers)
        for (const RouterInterfaceSpec& interface : router.interfaces)
            used.insert(interface.mac);
    std::size_t n = 0;
    while (used.contains(defaultMac(n)))
        ++n;
    return defaultMac(n);
}

} // namespace packetarium
