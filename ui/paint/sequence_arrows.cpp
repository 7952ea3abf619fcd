// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the sequence view draws an arrow for: packets between two hosts, journeys in a network.
#include "ui/paint/sequence_model.h"

namespace packetarium {

namespace {

class ArrowReader {
public:
    ArrowReader(const Trace& trace, LadderModel& model)
        : trace_(trace)
        , model_(model)
    {}

    void add(const Journey& journey)
    {
        LadderArrow a;
        a.id = journey.hops.front();
        a.hops = journey.hops;
        a.from = journey.from;
        a.to = journey.to;
        a.sentAt = journey.sentAt;
        a.endAt = journey.endAt;
        const PacketInfo& first = trace_.packet(a.id);
        const PacketInfo& last = trace_.packet(a.hops.back());
        // What a switch or a hub threw away is lost on its way, too.
        a.lost = journey.fate == Fate::Lost || (journey.fate == Fate::Arrived && !isStation(last.to));
        a.lossReason = journey.lossReason;
        a.special = first.flags.syn() || first.flags.fin() || first.flags.rst() || first.retransmission ||
                    first.injected || first.copyOf || first.corrupted;
        placeOnItsWay(a, first, last);
        for (const PacketId hop : a.hops)
            model_.arrowOf[hop.value()] = static_cast<int>(model_.arrows.size());
        model_.arrows.push_back(std::move(a));
    }

private:
    bool isStation(NodeId node) const
    {
        const NodeKind kind = trace_.nodes()[node.value()].kind;
        return kind == NodeKind::Host || kind == NodeKind::Router;
    }

    void placeOnItsWay(LadderArrow& a, const PacketInfo& first, const PacketInfo& last) const
    {
        std::size_t before = 0; // links that it had come over when this copy was made
        for (PacketId id = first.parent; id; id = trace_.packet(id).parent)
            ++before;
        const bool whole = last.fate == Fate::Arrived && !a.lost;
        const std::size_t after = whole || model_.twoHosts ? 0 : linksBetween(trace_, last.to, a.to);
        const auto links = static_cast<double>(before + a.hops.size() + after);
        const auto part = [&](std::size_t hop, double position) {
            return (static_cast<double>(before + hop) + position) / links;
        };
        a.startPart = part(0, first.positionAt(first.sentAt));
        if (!whole)
            a.endPart = part(a.hops.size() - 1, last.positionAt(std::min(last.endAt, trace_.end())));
        for (std::size_t hop = 0; hop < a.hops.size() && a.holdAt.isNever(); ++hop) {
            const PacketInfo& p = trace_.packet(a.hops[hop]);
            if (p.heldAt.isNever() || p.heldAt >= p.endAt)
                continue;
            a.holdAt = p.heldAt;
            a.letGoAt = p.releasedAt;
            a.holdPart = part(hop, p.positionAt(p.heldAt));
        }
    }

    const Trace& trace_;
    LadderModel& model_;
};

} // namespace

void readArrows(const Trace& trace, LadderModel& model)
{
    model.twoHosts = isTwoHosts(trace);
    model.ends = conversationEnds(trace);
    model.arrowOf.assign(trace.packets().size(), -1);
    ArrowReader reader(trace, model);
    if (model.twoHosts) {
        model.columns = columnsOf(trace, {});
        for (const PacketInfo& p : trace.packets())
            reader.add({{p.id}, p.from, p.to, false, p.sentAt, p.endAt, p.fate, p.lossReason});
    } else {
        const std::vector<Journey> all = journeys(trace);
        model.columns = columnsOf(trace, all);
        for (const Journey& journey : all)
            reader.add(journey);
    }
    // What a switch or a hub sent elsewhere, too, belongs to the same arrow.
    for (const PacketInfo& p : trace.packets())
        if (model.arrowOf[p.id.value()] < 0 && p.parent)
            model.arrowOf[p.id.value()] = model.arrowOf[p.parent.value()];
}

} // namespace packetarium
