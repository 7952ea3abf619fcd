// SPDX-License-Identifier: GPL-3.0-or-later
// Whether datagrams find a way: what the tables say, followed hop by hop.
#include "core/scenario/network_map.h"

#include <algorithm>

namespace packetarium {
namespace {

class Ways {
public:
    explicit Ways(const Scenario& scenario)
        : scenario_(scenario)
        , map_(scenario)
    {
        for (const NetworkLink& link : scenario.links) {
            const auto a = map_.find(link.a), b = map_.find(link.b);
            if (a && b)
                (void)map_.join("", *a, *b);
        }
    }

    /// The last node that a datagram to `target` reaches, from this host on.
    std::size_t lastNode(std::size_t host, const IpAddress& target) const
    {
        std::size_t node = host;
        for (std::size_t hops = 0; hops < scenario_.routers.size() + 2; ++hops) {
            if (owns(node, target))
                return node;
            const auto next = nextNode(node, target);
            if (!next)
                return node;
            node = *next;
        }
        return node; // round and round
    }
    bool owns(std::size_t node, const IpAddress& address) const
    {
        return std::any_of(map_.ports().begin(), map_.ports().end(),
                           [&](const NetworkPort& port) { return port.node == node && has(port, address); });
    }
    std::string name(std::size_t node) const
    {
        return node < scenario_.hosts.size() ? scenario_.hosts[node].name
                                             : scenario_.routers[node - scenario_.hosts.size()].name;
    }

private:
    static bool has(const NetworkPort& port, const IpAddress& address)
    {
        return (port.v4 && port.v4->address == address) || (port.v6 && port.v6->address == address) ||
               (address.isV6() && port.mtu != 0 && Ipv6Address::linkLocal(port.mac) == address.v6());
    }

    /// Who has the address on the segment of this node's port.
    std::optional<std::size_t> neighbor(std::size_t port, const IpAddress& address) const
    {
        for (std::size_t other = 0; other < map_.ports().size(); ++other)
            if (other != port && map_.segment(other) == map_.segment(port) && has(map_.ports()[other], address))
                return map_.ports()[other].node;
        return std::nullopt;
    }

    /// By the longest prefix: its own networks, then what routes and gateways say.
    std::optional<std::size_t> nextNode(std::size_t node, const IpAddress& target) const
    {
        int best = -1;
        IpAddress hop;
        const auto offer = [&](const IpPrefix& prefix, const IpAddress& via) {
            if (prefix.contains(target) && static_cast<int>(prefix.length) > best) {
                best = prefix.length;
                hop = via;
            }
        };
        for (const NetworkPort& port : map_.ports())
            for (const auto& prefix : {port.v4, port.v6})
                if (port.node == node && prefix)
                    offer(prefix->network(), target);
        if (node < scenario_.hosts.size()) {
            const HostSpec& host = scenario_.hosts[node];
            if (host.gateway)
                offer({IpAddress(Ipv4Address{}), 0}, *host.gateway);
            if (host.gateway6)
                offer({IpAddress(Ipv6Address{}), 0}, *host.gateway6);
        } else if (node - scenario_.hosts.size() < scenario_.routers.size()) {
            for (const RouteSpec& route : scenario_.routers[node - scenario_.hosts.size()].routes)
                offer(route.to, route.via);
        }
        if (best < 0)
            return std::nullopt;
        for (std::size_t port = 0; port < map_.ports().size(); ++port) {
            const NetworkPort& one = map_.ports()[port];
            const bool reaches = (one.v4 && one.v4->contains(hop)) || (one.v6 && one.v6->contains(hop)) ||
                                 (hop.isV6() && hop.v6().isLinkLocal());
            if (one.node == node && reaches)
                if (const auto found = neighbor(port, hop))
                    return found;
        }
        return std::nullopt;
    }

    const Scenario& scenario_;
    NetworkMap map_;
};

std::vector<IpAddress> addressesOf(const HostSpec& host)
{
    std::vector<IpAddress> addresses;
    if (host.address != Ipv4Address{})
        addresses.emplace_back(host.address);
    if (host.address6)
        addresses.emplace_back(*host.address6);
    return addresses;
}

bool hasVersion(const HostSpec& host, bool v6)
{
    return v6 ? host.address6.has_value() : host.address != Ipv4Address{};
}

} // namespace

std::vector<InputError> reachability(const Scenario& scenario)
{
    std::vector<InputError> warnings;
    if (!scenario.isNetwork())
        return warnings;
    const Ways ways(scenario);
    for (std::size_t from = 0; from < scenario.hosts.size(); ++from) {
        const auto firstFailure = [&]() -> std::optional<InputError> {
            for (std::size_t to = 0; to < scenario.hosts.size(); ++to) {
                for (const IpAddress& address : addressesOf(scenario.hosts[to])) {
                    if (to == from || !hasVersion(scenario.hosts[from], address.isV6()))
                        continue;
                    const std::size_t last = ways.lastNode(from, address);
                    if (!ways.owns(last, address))
                        return InputError{InputErrorId::NoRoute,
                                          {scenario.hosts[from].name, scenario.hosts[to].name, ways.name(last)},
                                          {},
                                          0,
                                          0,
                                          "hosts." + scenario.hosts[from].name};
                }
            }
            return std::nullopt;
        }();
        if (firstFailure)
            warnings.push_back(*firstFailure);
    }
    return warnings;
}

} // namespace packetarium
