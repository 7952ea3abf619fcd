// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/journeys.h"

#include "core/trace/packet_summary.h"

#include <algorithm>

namespace packetarium {
namespace {

constexpr std::uint32_t kNobody = 0xffffffff;

MacAddress destinationMac(const WireFrame& sent)
{
    const ByteView frame = sent.isWhole() ? sent.body().view() : sent.head();
    MacAddress mac;
    if (frame.size() >= mac.octets.size())
        std::copy_n(frame.begin(), mac.octets.size(), mac.octets.begin());
    return mac;
}

class Finder {
public:
    explicit Finder(const Trace& trace)
        : trace_(trace)
        , refused_(trace.packets().size(), false)
        , best_(trace.packets().size(), kNobody)
        , takers_(trace.packets().size(), 0)
    {}

    std::vector<Journey> find()
    {
        for (const Record& r : trace_.records())
            if (r.kind == RecordKind::SegmentIgnored && r.packet)
                refused_[r.packet.value()] = true;
        chooseWays();
        std::vector<Journey> all;
        for (const PacketInfo& p : trace_.packets())
            if (isBeginning(p))
                all.push_back(journeyFrom(p));
        std::stable_sort(all.begin(), all.end(),
                         [](const Journey& a, const Journey& b) { return a.sentAt < b.sentAt; });
        return all;
    }

private:
    /// How much an end is the end of the whole way; the least wins.
    enum Rank { Taken, Meant, Lost, UnderWay, Stopped, Refused };

    /// A copy goes its own way from where it came into being.
    static bool isBeginning(const PacketInfo& p) { return !p.parent || p.copyOf; }

    const TraceNode* nodeOf(NodeId id) const
    {
        return id.value() < trace_.nodes().size() ? &trace_.nodes()[id.value()] : nullptr;
    }

    /// Does it open more than the link header?
    bool isStation(NodeId id) const
    {
        const TraceNode* node = nodeOf(id);
        return node != nullptr && (node->kind == NodeKind::Host || node->kind == NodeKind::Router);
    }

    Rank rankOf(const PacketInfo& last) const
    {
        const bool refused = refused_[last.id.value()];
        if (last.fate == Fate::Arrived && !refused && isStation(last.to))
            return Taken;
        const TraceNode* node = nodeOf(last.to);
        const MacAddress mac = destinationMac(trace_.frame(last.id));
        if (node != nullptr && std::find(node->macs.begin(), node->macs.end(), mac) != node->macs.end())
            return Meant;
        if (last.fate == Fate::Lost)
            return Lost;
        if (last.fate == Fate::InFlight)
            return UnderWay;
        return isStation(last.to) ? Refused : Stopped;
    }

    /// For each packet the one with which its best way ends. What is passed on has a greater number than what came in.
    void chooseWays()
    {
        const auto packets = trace_.packets();
        for (std::size_t i = packets.size(); i-- > 0;) {
            const PacketInfo& p = packets[i];
            if (best_[i] == kNobody) {
                best_[i] = static_cast<std::uint32_t>(i);
                takers_[i] = rankOf(p) == Taken ? 1 : 0;
            }
            if (isBeginning(p))
                continue;
            const std::uint32_t parent = p.parent.value();
            takers_[parent] += takers_[i];
            if (best_[parent] == kNobody || isBetter(best_[i], best_[parent]))
                best_[parent] = best_[i];
        }
    }

    bool isBetter(std::uint32_t a, std::uint32_t b) const
    {
        const PacketInfo& first = trace_.packets()[a];
        const PacketInfo& second = trace_.packets()[b];
        const Rank rankA = rankOf(first), rankB = rankOf(second);
        // Of equals the earlier one; the loop comes from the end.
        return rankA < rankB || (rankA == rankB && first.endAt <= second.endAt);
    }

    NodeId destinationOf(const PacketInfo& last) const
    {
        const IpAddress wanted = summarize(trace_.bytes(last.id)).destination;
        const MacAddress mac = destinationMac(trace_.frame(last.id));
        NodeId byMac;
        for (std::size_t i = 0; i < trace_.nodes().size() && !byMac; ++i) {
            const std::vector<MacAddress>& macs = trace_.nodes()[i].macs;
            if (std::find(macs.begin(), macs.end(), mac) != macs.end())
                byMac = NodeId(static_cast<std::uint8_t>(i));
        }
        return nodeWith(wanted, byMac ? byMac : last.to);
    }

    /// The node that has this address, or else the other one.
    NodeId nodeWith(const IpAddress& address, NodeId otherwise) const
    {
        for (std::size_t i = 0; i < trace_.nodes().size(); ++i) {
            const TraceNode& node = trace_.nodes()[i];
            const bool has = std::any_of(node.addresses.begin(), node.addresses.end(),
                                         [&address](const IpPrefix& p) { return p.address == address; });
            if (!address.isUnspecified() && (has || node.address == address))
                return NodeId(static_cast<std::uint8_t>(i));
        }
        return otherwise;
    }

    Journey journeyFrom(const PacketInfo& first) const
    {
        const PacketInfo& last = trace_.packets()[best_[first.id.value()]];
        Journey journey;
        for (PacketId id = last.id; id; id = id == first.id ? PacketId() : trace_.packet(id).parent)
            journey.hops.push_back(id);
        std::reverse(journey.hops.begin(), journey.hops.end());
        NodeId maker = first.from;
        for (PacketId id = first.parent; id; id = trace_.packet(id).parent)
            maker = trace_.packet(id).from;
        journey.from =
            first.injected && !isStation(maker) ? nodeWith(summarize(trace_.bytes(first.id)).source, maker) : maker;
        journey.to = last.fate == Fate::Arrived && isStation(last.to) ? last.to : destinationOf(last);
        journey.broadcast = takers_[first.id.value()] > 1 || destinationMac(trace_.frame(first.id)).isGroup();
        journey.sentAt = first.sentAt;
        journey.endAt = last.endAt;
        journey.fate = last.fate;
        journey.lossReason = last.lossReason;
        return journey;
    }

    const Trace& trace_;
    std::vector<bool> refused_;
    std::vector<std::uint32_t> best_;   ///< the packet that ends the way, by packet
    std::vector<std::uint32_t> takers_; ///< nodes that took it, by packet
};

} // namespace

std::vector<Journey> journeys(const Trace& trace)
{
    return Finder(trace).find();
}

} // namespace packetarium
