// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/stops.h"

namespace packetarium {
namespace {

bool inSequence(const Record& r)
{
    switch (r.kind) {
    case RecordKind::StateChange:
    case RecordKind::PacketSent:
    case RecordKind::PacketArrived:
    case RecordKind::PacketLost:
    case RecordKind::PacketChanged:
    case RecordKind::LinkState:
    case RecordKind::NodeState: return true;
    // A crash leaves every state without a transition, accept() changes none and yet whose the connection is.
    case RecordKind::App: return r.call() == AppCall::Crash || r.call() == AppCall::Accept;
    case RecordKind::Timer: return r.timerChange() == TimerChange::Fired;
    case RecordKind::ConnCreated:
    case RecordKind::SegmentIgnored:
    case RecordKind::Variable:
    case RecordKind::Layer:
    case RecordKind::Table:
    case RecordKind::Program:
    case RecordKind::Command: return false;
    }
    return false;
}

bool inNetwork(const Record& r)
{
    switch (r.kind) {
    case RecordKind::PacketSent:
    case RecordKind::PacketArrived:
    case RecordKind::PacketLost:
    case RecordKind::PacketChanged:
    case RecordKind::LinkState:
    case RecordKind::NodeState:
    case RecordKind::Program: return true;
    case RecordKind::Table: return r.tableChange() != TableChange::Used && r.tableChange() != TableChange::Missed;
    case RecordKind::App: return r.call() == AppCall::Crash;
    case RecordKind::StateChange:
    case RecordKind::Timer:
    case RecordKind::ConnCreated:
    case RecordKind::SegmentIgnored:
    case RecordKind::Variable:
    case RecordKind::Layer:
    case RecordKind::Command: return false;
    }
    return false;
}

/// What happens to a packet between two nodes has no layer act of its own.
bool inLayers(const Record& r)
{
    return r.kind == RecordKind::Layer || r.kind == RecordKind::PacketLost || r.kind == RecordKind::PacketChanged ||
           r.kind == RecordKind::LinkState || r.kind == RecordKind::NodeState ||
           (r.kind == RecordKind::App && r.call() == AppCall::Crash);
}

/// Whether the windows view shows the variable.
bool isOnRulers(Variable v)
{
    switch (v) {
    case Variable::SndUna:
    case Variable::SndNxt:
    case Variable::SndWnd:
    case Variable::SndBuffered:
    case Variable::RcvNxt:
    case Variable::RcvWnd:
    case Variable::RcvBuffered:
    case Variable::RcvOutOfOrder:
    case Variable::Cwnd:
    case Variable::Ssthresh:
    case Variable::Phase:
    case Variable::LimitedBy:
    case Variable::OutOfOrder1:
    case Variable::OutOfOrder2:
    case Variable::OutOfOrder3:
    case Variable::OutOfOrder4:
    case Variable::Sacked1:
    case Variable::Sacked2:
    case Variable::Sacked3:
    case Variable::Sacked4: return true;
    default: return false;
    }
}

bool inWindows(const Record& r, const Trace& trace)
{
    switch (r.kind) {
    case RecordKind::PacketSent:
    case RecordKind::PacketArrived:
    case RecordKind::PacketLost:
    case RecordKind::PacketChanged:
        return r.packet && !(trace.packet(r.packet).flags == TcpFlags()); // every segment has some
    case RecordKind::LinkState:
    case RecordKind::NodeState: return true;
    case RecordKind::Variable: return isOnRulers(r.variable());
    case RecordKind::Timer: // the others are not shown
        return r.timerChange() == TimerChange::Fired &&
               (r.timer() == Timer::Retransmission || r.timer() == Timer::Persist || r.timer() == Timer::DelayedAck);
    case RecordKind::App:
        return r.call() == AppCall::Send || r.call() == AppCall::Receive || r.call() == AppCall::Delivered ||
               r.call() == AppCall::Crash;
    case RecordKind::ConnCreated:
    case RecordKind::StateChange:
    case RecordKind::SegmentIgnored:
    case RecordKind::Layer:
    case RecordKind::Table:
    case RecordKind::Program:
    case RecordKind::Command: return false;
    }
    return false;
}

bool isVisible(const Record& r, StopView view, const Trace& trace)
{
    switch (view) {
    case StopView::Sequence: return inSequence(r);
    case StopView::States:
        return r.kind == RecordKind::StateChange || (r.kind == RecordKind::App && r.call() == AppCall::Crash);
    case StopView::Layers: return inLayers(r);
    case StopView::Network: return inNetwork(r);
    case StopView::Windows: return inWindows(r, trace);
    case StopView::Plots: return inSequence(r) && r.kind != RecordKind::StateChange;
    }
    return false;
}

/// Where it is seen: what happens to a packet on its way belongs to the lifeline that it left.
NodeId placeOf(const Record& r, const Trace& trace)
{
    return !r.host && r.packet ? trace.packet(r.packet).from : r.host;
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

/// Sent again for another reason than that its timer ran out, which has a stop of its own kind.
bool isRecovery(const Record& r)
{
    return r.kind == RecordKind::PacketSent &&
           (r.reason == Reason::SentFastRetransmit || r.reason == Reason::SentRackRetransmit ||
            r.reason == Reason::SentRecovery);
}

/// Which of two that share a stop its caption is about: what else is shown is as it is after the last arrival, and what is sent
/// again because of one matters more.
bool isMoreTelling(const Record& r, const Record& than)
{
    if (r.kind == RecordKind::Variable)
        return false; // something else says why it changed
    if (than.kind == RecordKind::Variable)
        return true;
    if (than.kind != RecordKind::PacketArrived)
        return false;
    return r.kind == RecordKind::PacketArrived || isRecovery(r);
}

} // namespace

std::vector<Stop> visibleStops(const Trace& trace, StopView view)
{
    std::vector<Stop> stops{Stop{}};
    const auto records = trace.records();
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Record& r = records[i];
        if (!isVisible(r, view, trace))
            continue;
        const NodeId place = placeOf(r, trace);
        if (view == StopView::Layers) { // each is one, the instant's others beside it
            stops.push_back({r.at, i, -1, r.packet, r.conn, place});
            continue;
        }
        Stop& stop = stopFor(stops, r.at, place, i);
        if (stop.host != place)
            continue;
        if (i != stop.firstRecord && isMoreTelling(r, records[stop.firstRecord])) {
            stop.firstRecord = i;
            if (r.packet)
                stop.packet = r.packet;
        }
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
            stops.push_back({step.at, step.record, static_cast<int>(i), step.packet, step.conn, step.host});
    }
    return stops;
}

} // namespace packetarium
