// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/moment.h"

#include "core/tcp/transition_table.h"

#include <algorithm>

namespace packetarium {
namespace {

constexpr std::size_t kRecordsPerSnapshot = 2048;

HostMoment* hostIn(Moment& m, NodeId id)
{
    return id.value() < m.hosts.size() ? &m.hosts[id.value()] : nullptr;
}

ConnMoment* connIn(Moment& m, ConnId id)
{
    return id.value() < m.conns.size() ? &m.conns[id.value()] : nullptr;
}

void depart(Moment& m, PacketId id, const Trace& trace)
{
    // A copy may be told of twice: when it is made and when it goes.
    const auto same = [id](const PacketMoment& p) { return p.id == id; };
    if (!trace.isCopy(id) || std::none_of(m.inFlight.begin(), m.inFlight.end(), same))
        m.inFlight.push_back({id, 0, false});
}

void end(Moment& m, PacketId id)
{
    // Nearly always the first: a link keeps the order.
    const auto same = [id](const PacketMoment& p) { return p.id == id; };
    const auto found = std::find_if(m.inFlight.begin(), m.inFlight.end(), same);
    if (found != m.inFlight.end())
        m.inFlight.erase(found);
}

void createConn(Moment& m, const Record& r)
{
    if (r.conn.value() >= m.conns.size())
        m.conns.resize(r.conn.value() + std::size_t{1});
    ConnMoment& conn = m.conns[r.conn.value()];
    conn = {};
    conn.id = r.conn;
    conn.host = r.host;
    conn.localPort = static_cast<std::uint16_t>(r.value >> 16);
    conn.remotePort = static_cast<std::uint16_t>(r.value & 0xffff);
    conn.stateSince = r.at;
}

void changeState(Moment& m, const Record& r, const Trace& trace)
{
    ConnMoment* conn = connIn(m, r.conn);
    if (conn == nullptr)
        return;
    conn->state = r.to();
    conn->stateSince = r.at;
    conn->lastTransition = r.value < tcpTransitions().size() ? static_cast<int>(r.value) : -1;
    // A listener learns its peer from the SYN, and forgets it when it goes back to LISTEN.
    if (conn->state == TcpState::Listen)
        conn->remotePort = 0;
    else if (conn->remotePort == 0 && r.packet)
        conn->remotePort = trace.packet(r.packet).sourcePort;
}

void changeTimer(Moment& m, const Record& r)
{
    ConnMoment* conn = connIn(m, r.conn);
    if (conn == nullptr)
        return;
    auto& timers = conn->timers;
    const auto notBefore = [&](const TimerMoment& t) { return t.timer >= r.timer(); };
    const auto place = std::find_if(timers.begin(), timers.end(), notBefore);
    const bool running = place != timers.end() && place->timer == r.timer();
    if (r.timerChange() != TimerChange::Started) {
        if (running)
            timers.erase(place);
        return;
    }
    const TimerMoment now{r.timer(), r.at, SimTime::fromNs(static_cast<std::int64_t>(r.value))};
    if (running)
        *place = now;
    else
        timers.insert(place, now);
}

/// The host forgot the connection: no transition led here, and nothing of it is left.
void forget(Moment& m, const Record& r)
{
    ConnMoment* conn = connIn(m, r.conn);
    if (conn == nullptr)
        return;
    conn->state = TcpState::Closed;
    conn->stateSince = r.at;
    conn->lastTransition = -1;
    conn->variables = {};
    conn->timers.clear();
}

void callApp(Moment& m, const Record& r)
{
    HostMoment* host = hostIn(m, r.host);
    if (host == nullptr || r.result() != AppResult::Ok)
        return;
    // Whether the program asked with Receive or reads all that comes, each octet is told of once, as Delivered.
    if (r.call() == AppCall::Send)
        host->octetsWritten += r.value;
    else if (r.call() == AppCall::Delivered)
        host->octetsRead += r.value;
    else if (r.call() == AppCall::Crash)
        forget(m, r);
}

/// One more record has happened.
void fold(Moment& m, const Record& r, const Trace& trace)
{
    ++m.recordsDone;
    switch (r.kind) {
    case RecordKind::ConnCreated: createConn(m, r); break;
    case RecordKind::PacketSent:
        depart(m, r.packet, trace);
        if (ConnMoment* conn = connIn(m, r.conn); conn != nullptr && conn->remotePort == 0)
            conn->remotePort = trace.packet(r.packet).destinationPort;
        break;
    case RecordKind::PacketArrived:
    case RecordKind::PacketLost: end(m, r.packet); break;
    case RecordKind::PacketChanged:
        if (r.reason == Reason::ChangedDuplicated)
            depart(m, PacketId(static_cast<std::uint32_t>(r.value)), trace);
        break;
    case RecordKind::StateChange: changeState(m, r, trace); break;
    case RecordKind::Variable:
        if (ConnMoment* conn = connIn(m, r.conn))
            conn->variables[static_cast<std::size_t>(r.variable())] = r.value;
        break;
    case RecordKind::Timer: changeTimer(m, r); break;
    case RecordKind::App: callApp(m, r); break;
    case RecordKind::SegmentIgnored:
    case RecordKind::Layer:
    case RecordKind::Table:
    case RecordKind::Program:
    case RecordKind::LinkState:
    case RecordKind::NodeState:
    case RecordKind::Command: break;
    }
}

int worthShowing(TcpState state)
{
    if (state == TcpState::Closed)
        return 0;
    return state == TcpState::Listen ? 1 : 2;
}

void chooseConns(Moment& m)
{
    for (const ConnMoment& conn : m.conns) {
        HostMoment* host = hostIn(m, conn.host);
        // Later ones come later in the list, so the newest of the worthiest wins.
        if (host == nullptr || (host->conn && worthShowing(conn.state) < worthShowing(host->state)))
            continue;
        host->conn = conn.id;
        host->state = conn.state;
    }
}

void placePackets(Moment& m, const Trace& trace)
{
    std::erase_if(m.inFlight, [&](const PacketMoment& p) { return trace.packetStore().sentAt(p.id) > m.at; });
    for (PacketMoment& p : m.inFlight) {
        const PacketInfo& info = trace.packet(p.id);
        p.position = info.positionAt(m.at);
        p.held = info.heldAt <= m.at && m.at < info.releasedAt;
    }
}

Moment beforeAll(const Trace& trace)
{
    Moment m;
    for (std::size_t i = 0; i < trace.nodes().size(); ++i)
        m.hosts.push_back({NodeId(static_cast<std::uint8_t>(i)), {}, TcpState::Closed, 0, 0});
    return m;
}

} // namespace

const ConnMoment* Moment::connOf(NodeId host) const
{
    if (host.value() >= hosts.size() || hosts[host.value()].conn.value() >= conns.size())
        return nullptr;
    return &conns[hosts[host.value()].conn.value()];
}

MomentIndex::MomentIndex(const Trace& trace)
    : trace_(&trace)
{
    refresh();
}

void MomentIndex::refresh()
{
    const auto truncations = trace_->truncations();
    for (; truncationsSeen_ < truncations.size(); ++truncationsSeen_)
        std::erase_if(snapshots_, [&](const Moment& m) { return m.recordsDone > truncations[truncationsSeen_]; });
    if (snapshots_.empty() || snapshots_.front().hosts.size() != trace_->nodes().size())
        snapshots_.assign(1, beforeAll(*trace_));

    const auto records = trace_->records();
    while (snapshots_.back().recordsDone + kRecordsPerSnapshot <= records.size()) {
        Moment next = snapshots_.back();
        for (const Record& r : records.subspan(next.recordsDone, kRecordsPerSnapshot))
            fold(next, r, *trace_);
        snapshots_.push_back(std::move(next));
    }
}

Moment MomentIndex::at(SimTime t) const
{
    const std::size_t done = trace_->firstAfter(t);
    Moment m = snapshots_[std::min(done / kRecordsPerSnapshot, snapshots_.size() - 1)];
    for (const Record& r : trace_->records().subspan(m.recordsDone, done - m.recordsDone))
        fold(m, r, *trace_);
    m.at = t;
    chooseConns(m);
    placePackets(m, *trace_);
    return m;
}

} // namespace packetarium
