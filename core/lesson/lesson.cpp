// SPDX-License-Identifier: GPL-3.0-or-later
// Finding a lesson's steps in a run.
#include "core/lesson/lesson.h"

#include <algorithm>
#include <set>

namespace packetarium {
namespace {

/// "SYN,ACK" means exactly these bits; empty: any packet.
bool carries(const PacketInfo& packet, const StepAnchor& anchor)
{
    const bool flags = anchor.flags.empty() || packet.flags.toString() == anchor.flags;
    return flags && (!anchor.protocol || packet.protocol == *anchor.protocol);
}

/// When the packet is `percent` of its way, if it gets that far in this run.
std::optional<SimTime> timeAt(const PacketInfo& packet, int percent, SimTime runEnd)
{
    const double wanted = percent / 100.0;
    SimTime early = packet.sentAt;
    SimTime late = packet.endAt.isNever() ? runEnd : packet.endAt;
    if (late < early || packet.positionAt(late) < wanted)
        return std::nullopt;
    while (late - early > SimDuration::nanoseconds(1)) {
        const SimTime middle = early + (late - early) / 2;
        (packet.positionAt(middle) < wanted ? early : late) = middle;
    }
    return packet.positionAt(early) < wanted ? late : early;
}

class StepFinder {
public:
    explicit StepFinder(const Trace& trace)
        : trace_(trace)
    {}

    BoundStep next(const StepAnchor& anchor)
    {
        BoundStep found = find(anchor);
        if (found.found)
            from_ = std::max(from_, found.at);
        return found;
    }

private:
    BoundStep find(const StepAnchor& anchor)
    {
        if (anchor.kind == StepAnchor::Kind::Start)
            return instant(SimTime::zero(), recordNotBefore(SimTime::zero()));
        if (anchor.kind == StepAnchor::Kind::End) {
            const SimTime end = std::max(from_, trace_.end());
            return instant(end, recordNotBefore(end));
        }
        if (anchor.kind == StepAnchor::Kind::Flight)
            return inFlight(anchor);
        return recorded(anchor);
    }

    static BoundStep instant(SimTime at, std::size_t record)
    {
        BoundStep step;
        step.found = true;
        step.at = at;
        step.record = record;
        return step;
    }

    std::size_t recordNotBefore(SimTime t) const
    {
        const auto records = trace_.records();
        return static_cast<std::size_t>(
            std::lower_bound(records.begin(), records.end(), t, [](const Record& r, SimTime at) { return r.at < at; }) -
            records.begin());
    }
    std::size_t departureOf(const PacketInfo& packet) const
    {
        const auto records = trace_.records();
        for (std::size_t i = recordNotBefore(packet.sentAt); i < records.size() && records[i].at == packet.sentAt; ++i)
            if (records[i].packet == packet.id && records[i].kind == RecordKind::PacketSent)
                return i;
        return recordNotBefore(packet.sentAt);
    }

    BoundStep recorded(const StepAnchor& anchor)
    {
        const auto records = trace_.records();
        int seen = 0;
        for (std::size_t i = recordNotBefore(from_); i < records.size(); ++i) {
            const Record& r = records[i];
            if (used_.count(i) != 0 || !matches(r, anchor) || ++seen < anchor.nth)
                continue;
            used_.insert(i);
            BoundStep step = instant(r.at, i);
            step.packet = r.packet;
            step.conn = r.conn;
            step.host = hostOf(r);
            return step;
        }
        return {};
    }

    BoundStep inFlight(const StepAnchor& anchor)
    {
        std::vector<std::pair<SimTime, PacketId>> candidates;
        for (const PacketInfo& packet : trace_.packets()) {
            if (!isHost(packet.from, anchor.host) || !carries(packet, anchor))
                continue;
            const auto at = timeAt(packet, anchor.percent, trace_.end());
            if (at && *at >= from_ && usedInFlight_.count({packet.id.value(), anchor.percent}) == 0)
                candidates.emplace_back(*at, packet.id);
        }
        std::sort(candidates.begin(), candidates.end());
        if (candidates.size() < static_cast<std::size_t>(anchor.nth))
            return {};
        const auto& [at, id] = candidates[static_cast<std::size_t>(anchor.nth - 1)];
        usedInFlight_.insert({id.value(), anchor.percent});
        BoundStep step = instant(at, departureOf(trace_.packet(id)));
        step.packet = id;
        step.conn = trace_.packet(id).conn;
        step.host = trace_.packet(id).from;
        return step;
    }

    bool matches(const Record& r, const StepAnchor& anchor) const
    {
        const auto isPacket = [&](RecordKind kind) {
            return r.kind == kind && isHost(hostOf(r), anchor.host) && carries(trace_.packet(r.packet), anchor);
        };
        const auto isTimer = [&](TimerChange change) {
            return r.kind == RecordKind::Timer && r.timerChange() == change && anchor.timer == r.timer() &&
                   isHost(r.host, anchor.host);
        };
        switch (anchor.kind) {
        case StepAnchor::Kind::Sent: return isPacket(RecordKind::PacketSent);
        case StepAnchor::Kind::Arrived: return isPacket(RecordKind::PacketArrived);
        case StepAnchor::Kind::Lost: return isPacket(RecordKind::PacketLost);
        case StepAnchor::Kind::State:
            return r.kind == RecordKind::StateChange && anchor.state == r.to() && isHost(r.host, anchor.host);
        case StepAnchor::Kind::TimerStarted: return isTimer(TimerChange::Started);
        case StepAnchor::Kind::TimerFired: return isTimer(TimerChange::Fired);
        case StepAnchor::Kind::App:
            return r.kind == RecordKind::App && anchor.call == r.call() && isHost(r.host, anchor.host);
        case StepAnchor::Kind::Layer:
            return isPacket(RecordKind::Layer) && anchor.act == r.layerAct() &&
                   (!anchor.layer || *anchor.layer == r.layer());
        case StepAnchor::Kind::Program:
            return r.kind == RecordKind::Program && anchor.program == r.program() && isHost(r.host, anchor.host);
        case StepAnchor::Kind::Table:
            return r.kind == RecordKind::Table && anchor.table == r.table() && isHost(r.host, anchor.host) &&
                   (!anchor.change || *anchor.change == r.tableChange());
        case StepAnchor::Kind::Start:
        case StepAnchor::Kind::Flight:
        case StepAnchor::Kind::End: return false;
        }
        return false;
    }

    /// A lost packet is its sender's.
    NodeId hostOf(const Record& r) const
    {
        return r.kind == RecordKind::PacketLost ? trace_.packet(r.packet).from : r.host;
    }
    bool isHost(NodeId id, std::string_view name) const
    {
        return id.value() < trace_.nodes().size() && trace_.nodes()[id.value()].name == name;
    }

    const Trace& trace_;
    SimTime from_;
    std::set<std::size_t> used_;                           ///< records that were steps already
    std::set<std::pair<std::uint32_t, int>> usedInFlight_; ///< packet and percent
};

} // namespace

std::vector<BoundStep> bindSteps(const Lesson& lesson, const Trace& trace)
{
    StepFinder finder(trace);
    std::vector<BoundStep> steps;
    for (const LessonStep& step : lesson.steps)
        steps.push_back(finder.next(step.anchor));
    return steps;
}

} // namespace packetarium
