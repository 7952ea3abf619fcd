// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/stops.h"

#include <algorithm>

namespace packetarium {
namespace {

bool isVisible(const Record& r, StopView view)
{
    switch (r.kind) {
    case RecordKind::StateChange: return true;
    case RecordKind::App: return r.call() == AppCall::Crash; // it leaves every state without a transition
    case RecordKind::PacketSent:
    case RecordKind::PacketArrived:
    case RecordKind::PacketLost:
    case RecordKind::PacketChanged: return view == StopView::Sequence;
    case RecordKind::Timer: return view == StopView::Sequence && r.timerChange() == TimerChange::Fired;
    case RecordKind::ConnCreated:
    case RecordKind::SegmentIgnored:
    case RecordKind::Variable:
    case RecordKind::Command: return false;
    }
    return false;
}

/// Where it is seen: what happens to a packet on its way belongs to the lifeline that it left.
NodeId placeOf(const Record& r, const Trace& trace)
{
    return !r.host && r.packet ? trace.packet(r.packet).from : r.host;
}

/// The record at the step's instant that is about the same thing, else the packet's departure (a step in mid-flight has no
/// record of its own), else the first at or after the instant.
std::size_t recordOf(const BoundStep& step, const Trace& trace)
{
    const auto records = trace.records();
    const auto notBefore = [&](SimTime t) {
        const auto earlier = [](const Record& r, SimTime at) { return r.at < at; };
        return std::lower_bound(records.begin(), records.end(), t, earlier);
    };
    const auto isAboutIt = [&](const Record& r) {
        return step.packet ? r.packet == step.packet : r.host == step.host && r.conn == step.conn;
    };
    const auto about = [&](SimTime t) {
        const auto found =
            std::find_if(notBefore(t), records.end(), [&](const Record& r) { return r.at > t || isAboutIt(r); });
        return found != records.end() && found->at == t ? found : records.end();
    };
    auto found = about(step.at);
    if (found == records.end() && step.packet)
        found = about(trace.packet(step.packet).sentAt);
    if (found == records.end())
        found = notBefore(step.at);
    return static_cast<std::size_t>(found - records.begin());
}

/// The stop to which something at (at, place) belongs, made if need be.
Stop& stopFor(std::vector<Stop>& stops, SimTime at, NodeId place, std::size_t record)
{
    if (at == SimTime::zero()) {
        // The start of the run is one stop; it is about what happens first.
        Stop& start = stops.front();
        if (!start.host) {
            start.host = place;
            start.firstRecord = record;
        }
        return start;
    }
    for (auto stop = stops.rbegin(); stop != stops.rend() && stop->at == at; ++stop)
        if (stop->host == place)
            return *stop;
    return stops.emplace_back(Stop{at, record, -1, {}, {}, place});
}

} // namespace

std::vector<Stop> visibleStops(const Trace& trace, StopView view)
{
    std::vector<Stop> stops{Stop{}};
    const auto records = trace.records();
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Record& r = records[i];
        if (!isVisible(r, view))
            continue;
        const NodeId place = placeOf(r, trace);
        Stop& stop = stopFor(stops, r.at, place, i);
        if (stop.host != place)
            continue;
        if (!stop.packet)
            stop.packet = r.packet;
        if (!stop.conn)
            stop.conn = r.conn;
    }
    return stops;
}

std::vector<Stop> lessonStops(const Lesson& lesson, const Trace& trace)
{
    std::vector<Stop> stops;
    const std::vector<BoundStep> bound = bindSteps(lesson, trace);
    for (std::size_t i = 0; i < bound.size(); ++i) {
        const BoundStep& step = bound[i];
        if (step.found)
            stops.push_back({step.at, recordOf(step, trace), static_cast<int>(i), step.packet, step.conn, step.host});
    }
    return stops;
}

} // namespace packetarium
