// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/capture_hosts.h"

#include <algorithm>

namespace packetarium {
namespace {

/// More addresses than this at one card: it is a router's, and they are those of the hosts behind it.
constexpr std::size_t kMostOfOneCard = 8;

bool isGlobal6(const IpAddress& a)
{
    return a.isV6() && !a.v6().isLinkLocal() && !a.isUnspecified();
}

/// One card has one IPv4 address, one IPv6 address and its link-local one; a router's has those of all who are behind it.
bool isOneHost(const std::set<IpAddress>& addresses)
{
    const auto count = [&](auto accept) { return std::count_if(addresses.begin(), addresses.end(), accept); };
    return count([](const IpAddress& a) { return a.isV4() && !a.isUnspecified(); }) <= 1 && count(isGlobal6) <= 1 &&
           count([](const IpAddress& a) { return a.isV6() && a.v6().isLinkLocal(); }) <= 1;
}

} // namespace

void CaptureHosts::hear(const Key& source, const Key& destination, const std::optional<MacAddress>& mac)
{
    for (const Key& key : {source, destination})
        if (heard_.insert(key).second)
            order_.push_back(key);
    if (!mac || *mac == MacAddress{} || source.address.isUnspecified())
        return;
    auto& used = used_[*mac];
    if (used.size() < kMostOfOneCard)
        used.insert(source.address);
}

void CaptureHosts::settle(const Key& first, std::size_t most)
{
    std::stable_partition(order_.begin(), order_.end(), [&](const Key& key) { return key == first; });
    std::map<IpAddress, const std::set<IpAddress>*> sharing;
    for (const auto& [mac, addresses] : used_)
        if (addresses.size() > 1 && isOneHost(addresses))
            for (const IpAddress& address : addresses)
                sharing.emplace(address, &addresses);
    for (const Key& key : order_) {
        if (nodes_.contains(key) || hosts_.size() >= most)
            continue;
        const NodeId node(static_cast<std::uint8_t>(hosts_.size()));
        hosts_.push_back({key.address});
        nodes_[key] = node;
        if (const auto shared = sharing.find(key.address); shared != sharing.end() && !key.twin)
            for (const IpAddress& other : *shared->second)
                if (nodes_.emplace(Key{other}, node).second)
                    hosts_.back().push_back(other);
        // What people know it by: IPv4 before IPv6, and the link-local address last.
        std::stable_sort(hosts_.back().begin(), hosts_.back().end(), [](const IpAddress& a, const IpAddress& b) {
            const auto rank = [](const IpAddress& x) { return x.isV4() ? 0 : isGlobal6(x) ? 1 : 2; };
            return rank(a) < rank(b);
        });
    }
    ports_.assign(hosts_.size(), 0);
}

NodeId CaptureHosts::nodeOf(const Key& key) const
{
    const auto found = nodes_.find(key);
    return found == nodes_.end() ? NodeId::none() : found->second;
}

LinkId CaptureHosts::linkOf(NodeId a, NodeId b)
{
    if (b < a)
        std::swap(a, b);
    const auto [found, added] = linkOf_.emplace(std::pair(a, b), LinkId(static_cast<std::uint16_t>(links_.size())));
    if (added)
        links_.push_back({a, b, ports_[a.value()]++, ports_[b.value()]++, 0, {}});
    return found->second;
}

std::vector<TraceNode> CaptureHosts::nodes(bool known) const
{
    std::vector<TraceNode> all;
    for (std::size_t i = 0; i < hosts_.size(); ++i) {
        TraceNode node;
        node.address = hosts_[i].front();
        node.name = known && hosts_.size() == 2 ? (i == 0 ? "client" : "server") : node.address.toString();
        node.activeSide = i == 0;
        for (const IpAddress& address : hosts_[i])
            node.addresses.push_back({address, static_cast<std::uint8_t>(address.isV6() ? 128 : 32)});
        for (const auto& [mac, addresses] : used_)
            if (addresses.size() < kMostOfOneCard && addresses.contains(node.address)) {
                node.macs.push_back(mac);
                break;
            }
        all.push_back(std::move(node));
    }
    return all;
}

Scenario CaptureHosts::scenario(const std::vector<TraceNode>& nodes) const
{
    Scenario scenario;
    for (const TraceNode& node : nodes) {
        HostSpec host;
        host.name = node.name;
        host.activeSide = node.activeSide;
        for (const IpPrefix& own : node.addresses) {
            if (own.address.isV4())
                host.address = own.address.v4();
            else if (!own.address.v6().isLinkLocal() || !host.address6)
                host.address6 = own.address.v6();
        }
        if (!node.macs.empty())
            host.mac = node.macs.front();
        scenario.hosts.push_back(std::move(host));
    }
    if (nodes.size() != 2)
        scenario.unlinked = true;
    for (const TraceLink& link : links_)
        if (nodes.size() > 2)
            scenario.links.push_back({{nodes[link.a.value()].name, {}}, {nodes[link.b.value()].name, {}}, {}});
        else
            scenario.link.delay = link.delay;
    return scenario;
}

} // namespace packetarium
