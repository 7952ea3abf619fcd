// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/columns.h"

#include "core/trace/packet_summary.h"

#include <algorithm>
#include <map>

namespace packetarium {
namespace {

NodeId nodeId(std::size_t index)
{
    return NodeId(static_cast<std::uint8_t>(index));
}

NodeKind kindOf(const Trace& trace, NodeId id)
{
    return id.value() < trace.nodes().size() ? trace.nodes()[id.value()].kind : NodeKind::Hub;
}

/// The node, if it is a host, that has this address.
NodeId hostAt(const Trace& trace, const IpAddress& address)
{
    for (std::size_t i = 0; i < trace.nodes().size(); ++i) {
        const TraceNode& node = trace.nodes()[i];
        const bool has =
            node.address == address || std::any_of(node.addresses.begin(), node.addresses.end(),
                                                   [&address](const IpPrefix& p) { return p.address == address; });
        if (node.kind == NodeKind::Host && has)
            return nodeId(i);
    }
    return {};
}

bool opensConnection(const PacketInfo& p)
{
    return p.flags.syn() && !p.flags.ack() && !p.injected;
}

bool asks(const PacketInfo& p)
{
    return p.cause == Reason::SentEchoRequest || p.cause == Reason::SentDnsQuery || p.cause == Reason::SentDatagram ||
           p.cause == Reason::SentTraceProbe;
}

/// Nodes on the shortest way, both ends included; empty if there is none.
std::vector<NodeId> wayBetween(const Trace& trace, NodeId from, NodeId to)
{
    std::map<NodeId, NodeId> before{{from, from}};
    std::vector<NodeId> reached{from};
    for (std::size_t i = 0; i < reached.size() && !before.contains(to); ++i)
        for (const TraceLink& link : trace.links())
            for (const auto& [a, b] : {std::pair(link.a, link.b), std::pair(link.b, link.a)})
                if (a == reached[i] && before.try_emplace(b, a).second)
                    reached.push_back(b);
    if (!before.contains(to))
        return {};
    std::vector<NodeId> way{to};
    while (way.back() != from)
        way.push_back(before.at(way.back()));
    std::reverse(way.begin(), way.end());
    return way;
}

/// A router stands before the first host that the first host reaches through it; others at the end.
std::vector<NodeId> inOrder(const Trace& trace, const std::vector<NodeId>& nodes)
{
    std::vector<NodeId> order, routers;
    for (const NodeId node : nodes)
        (kindOf(trace, node) == NodeKind::Host ? order : routers).push_back(node);
    if (order.empty())
        return nodes;
    const NodeId first = order.front();
    const std::vector<NodeId> hosts = order;
    std::stable_sort(routers.begin(), routers.end(),
                     [&](NodeId a, NodeId b) { return linksBetween(trace, first, a) < linksBetween(trace, first, b); });
    for (const NodeId router : routers) {
        const auto beyond = std::find_if(hosts.begin(), hosts.end(), [&](NodeId host) {
            const std::vector<NodeId> way = wayBetween(trace, first, host);
            return std::find(way.begin(), way.end(), router) != way.end();
        });
        order.insert(beyond == hosts.end() ? order.end() : std::find(order.begin(), order.end(), *beyond), router);
    }
    return order;
}

} // namespace

std::size_t linksBetween(const Trace& trace, NodeId from, NodeId to)
{
    const std::vector<NodeId> way = wayBetween(trace, from, to);
    return way.empty() ? 0 : way.size() - 1;
}

bool isTwoHosts(const Trace& trace)
{
    return trace.nodes().size() <= 2;
}

ConversationEnds conversationEnds(const Trace& trace)
{
    ConversationEnds ends;
    if (isTwoHosts(trace))
        return ends;
    const auto packets = trace.packets();
    const auto findLast = [&](auto accept, bool byFirst) {
        for (std::size_t i = packets.size(); i-- > 0;) {
            const PacketInfo& p = packets[i];
            if (p.parent || p.copyOf || !accept(p) || (byFirst && p.from != ends.client))
                continue;
            const NodeId to = hostAt(trace, summarize(trace.bytes(p.id)).destination);
            if (!to || to == p.from)
                continue;
            ends = {p.from, to};
            return true;
        }
        return false;
    };
    static_cast<void>(findLast(opensConnection, true) || findLast(opensConnection, false) || findLast(asks, true) ||
                      findLast(asks, false));
    return ends;
}

std::vector<NodeId> columnsOf(const Trace& trace, const std::vector<Journey>& journeys)
{
    std::vector<NodeId> columns;
    if (isTwoHosts(trace)) {
        for (std::size_t i = 0; i < trace.nodes().size(); ++i)
            columns.push_back(nodeId(i));
        return columns;
    }
    std::map<NodeId, std::size_t> talked;
    for (const Journey& j : journeys)
        for (const NodeId end : {j.from, j.to})
            if (const NodeKind kind = kindOf(trace, end); kind == NodeKind::Host || kind == NodeKind::Router)
                ++talked[end];
    for (const auto& [node, times] : talked)
        columns.push_back(node);
    const ConversationEnds ends = conversationEnds(trace);
    std::stable_sort(columns.begin(), columns.end(), [&](NodeId a, NodeId b) {
        const auto rank = [&](NodeId n) { return std::pair(ends.sideOf(n) == 2, ~talked[n]); };
        return rank(a) < rank(b);
    });
    columns.resize(std::min(columns.size(), kMostColumns));
    for (std::size_t i = 0; i < trace.nodes().size() && columns.size() < 2; ++i)
        if (std::find(columns.begin(), columns.end(), nodeId(i)) == columns.end())
            columns.push_back(nodeId(i));
    std::sort(columns.begin(), columns.end());
    return inOrder(trace, columns);
}

} // namespace packetarium
