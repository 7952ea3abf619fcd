// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/ui/paint_traces.h"

#include "core/base/rng.h"
#include "core/tcp/transition_table.h"

#include <algorithm>
#include <cmath>
#include <iterator>

namespace packetarium::test {

namespace {

SimTime atMs(double v)
{
    return SimTime::fromNs(std::llround(v * 1e6));
}

constexpr std::uint8_t kSyn = TcpFlags::Syn, kAck = TcpFlags::Ack, kFin = TcpFlags::Fin, kRst = TcpFlags::Rst,
                       kPsh = TcpFlags::Psh;

} // namespace

TraceScript::TraceScript()
{
    TraceNode client, server;
    client.name = "client";
    client.address = *Ipv4Address::parse("192.168.1.25");
    client.activeSide = true;
    server.name = "server";
    server.address = *Ipv4Address::parse("93.184.216.34");
    trace_.setNodes({client, server});
    for (std::uint8_t h = 0; h < 2; ++h) {
        const ConnId conn = trace_.addConn(
            {NodeId(h), static_cast<std::uint16_t>(h == 0 ? 49152 : 80), static_cast<std::uint16_t>(h == 0 ? 80 : 0)});
        Record created;
        created.kind = RecordKind::ConnCreated;
        created.host = NodeId(h);
        created.conn = conn;
        created.value = (h == 0 ? 49152ULL : 80ULL) << 16;
        add(0, created);
        Record iss;
        iss.kind = RecordKind::Variable;
        iss.host = NodeId(h);
        iss.conn = conn;
        iss.a = static_cast<std::uint8_t>(Variable::Iss);
        iss.value = h == 0 ? 100 : 300;
        add(0, iss);
    }
}

void TraceScript::add(double at, Record record)
{
    record.at = atMs(at);
    pending_.push_back({at, static_cast<int>(pending_.size()), record});
}

TraceScript& TraceScript::state(double at, int host, TcpState to)
{
    Record r;
    r.kind = RecordKind::StateChange;
    r.host = NodeId(static_cast<std::uint8_t>(host));
    r.conn = ConnId(static_cast<std::uint32_t>(host));
    r.a = static_cast<std::uint8_t>(states_[host]);
    r.b = static_cast<std::uint8_t>(to);
    r.value = 0;
    for (const TcpTransition& row : tcpTransitions())
        if (row.from == states_[host] && row.to == to) {
            r.value = static_cast<std::uint64_t>(transitionIndex(row));
            break;
        }
    states_[host] = to;
    add(at, r);
    return *this;
}

TraceScript& TraceScript::timer(double at, int host, Timer timer, TimerChange change, double forMs)
{
    Record r;
    r.kind = RecordKind::Timer;
    r.host = NodeId(static_cast<std::uint8_t>(host));
    r.conn = ConnId(static_cast<std::uint32_t>(host));
    r.a = static_cast<std::uint8_t>(timer);
    r.b = static_cast<std::uint8_t>(change);
    r.value = static_cast<std::uint64_t>(atMs(at + forMs).ns());
    add(at, r);
    return *this;
}

TraceScript& TraceScript::call(double at, int host, AppCall call, std::uint64_t octets)
{
    Record r;
    r.kind = RecordKind::App;
    r.host = NodeId(static_cast<std::uint8_t>(host));
    r.conn = ConnId(static_cast<std::uint32_t>(host));
    r.a = static_cast<std::uint8_t>(call);
    r.value = octets;
    add(at, r);
    return *this;
}

TraceScript& TraceScript::command(double at)
{
    Record r;
    r.kind = RecordKind::Command;
    add(at, r);
    return *this;
}

TraceScript& TraceScript::send(const Segment& s)
{
    const double heldFor = s.heldAfter >= 0 ? s.heldFor : 0;
    const double arrives = s.at + s.flight + heldFor;
    PacketInfo p;
    p.from = NodeId(static_cast<std::uint8_t>(s.from));
    p.to = NodeId(static_cast<std::uint8_t>(1 - s.from));
    p.conn = s.injected ? ConnId() : ConnId(static_cast<std::uint32_t>(s.from));
    p.cause = s.injected ? Reason::SentInjected : s.cause;
    p.injected = s.injected;
    p.startPpm = s.injected ? 500'000 : 0;
    p.retransmission = s.again;
    p.corrupted = s.corrupted;
    if (s.copyOf >= 0)
        p.copyOf = PacketId(static_cast<std::uint32_t>(s.copyOf));
    p.sentAt = p.txStart = p.txEnd = atMs(s.at);
    p.naturalArrival = atMs(s.at + s.flight);
    if (s.heldAfter >= 0) {
        p.heldAt = atMs(s.at + s.heldAfter);
        p.releasedAt = atMs(s.at + s.heldAfter + s.heldFor);
    }
    p.fate = s.lostAfter >= 0 ? Fate::Lost : Fate::Arrived;
    p.lossReason = s.lostAfter >= 0 ? s.lossReason : Reason::None;
    p.endAt = s.lostAfter >= 0 ? atMs(s.at + s.lostAfter) : atMs(arrives);
    p.sourcePort = s.from == 0 ? 49152 : 80;
    p.destinationPort = s.from == 0 ? 80 : 49152;
    p.seq = Seq32(s.seq);
    p.ack = Seq32(s.ack);
    p.flags.bits = s.flags;
    p.window = 65160;
    p.length = s.length;
    const PacketId id = trace_.addPacket(p, {});

    Record sent;
    sent.kind = RecordKind::PacketSent;
    sent.packet = id;
    sent.host = p.from;
    sent.conn = p.conn;
    sent.reason = p.cause;
    add(s.at, sent);
    Record end;
    end.kind = s.lostAfter >= 0 ? RecordKind::PacketLost : RecordKind::PacketArrived;
    end.packet = id;
    end.host = s.lostAfter >= 0 ? NodeId() : p.to;
    end.reason = p.lossReason;
    add(s.lostAfter >= 0 ? s.at + s.lostAfter : arrives, end);
    if (s.ignored != Reason::None) {
        Record ignored;
        ignored.kind = RecordKind::SegmentIgnored;
        ignored.packet = id;
        ignored.host = p.to;
        ignored.reason = s.ignored;
        add(arrives, ignored);
    }
    return *this;
}

Trace TraceScript::build(double endMs)
{
    std::stable_sort(pending_.begin(), pending_.end(),
                     [](const Pending& a, const Pending& b) { return a.record.at < b.record.at; });
    for (const Pending& p : pending_)
        trace_.append(p.record);
    trace_.setEnd(atMs(endMs));
    return std::move(trace_);
}

Trace handshakeTrace()
{
    TraceScript s;
    s.state(0, 1, TcpState::Listen).call(10, 0, AppCall::Connect).state(10, 0, TcpState::SynSent);
    s.send({.from = 0, .at = 10, .flags = kSyn, .seq = 100, .cause = Reason::SentConnect});
    s.timer(10, 0, Timer::Retransmission, TimerChange::Started, 1000);
    s.state(30, 1, TcpState::SynReceived);
    s.send({.from = 1, .at = 30, .flags = kSyn | kAck, .seq = 300, .ack = 101, .cause = Reason::SentSynAck});
    s.timer(30, 1, Timer::Retransmission, TimerChange::Started, 1000);
    s.timer(50, 0, Timer::Retransmission, TimerChange::Stopped).state(50, 0, TcpState::Established);
    s.send({.from = 0, .at = 50, .flags = kAck, .seq = 101, .ack = 301, .cause = Reason::SentAckOfSyn});
    s.timer(70, 1, Timer::Retransmission, TimerChange::Stopped).state(70, 1, TcpState::Established);
    return s.build(70);
}

Trace teardownTrace()
{
    TraceScript s;
    s.state(0, 0, TcpState::Established).state(0, 1, TcpState::Established);
    s.call(10, 0, AppCall::Close).state(10, 0, TcpState::FinWait1);
    s.send({.from = 0, .at = 10, .flags = kFin | kAck, .seq = 101, .ack = 301, .cause = Reason::SentFin});
    s.timer(10, 0, Timer::Retransmission, TimerChange::Started, 1000);
    s.state(30, 1, TcpState::CloseWait);
    s.send({.from = 1, .at = 30, .flags = kAck, .seq = 301, .ack = 102, .cause = Reason::SentAckOfFin});
    s.timer(50, 0, Timer::Retransmission, TimerChange::Stopped).state(50, 0, TcpState::FinWait2);
    s.call(60, 1, AppCall::Close).state(60, 1, TcpState::LastAck);
    s.send({.from = 1, .at = 60, .flags = kFin | kAck, .seq = 301, .ack = 102, .cause = Reason::SentFin});
    s.timer(60, 1, Timer::Retransmission, TimerChange::Started, 1000);
    s.state(80, 0, TcpState::TimeWait);
    s.send({.from = 0, .at = 80, .flags = kAck, .seq = 102, .ack = 302, .cause = Reason::SentAckOfFin});
    s.timer(80, 0, Timer::TimeWait, TimerChange::Started, 240000);
    s.timer(100, 1, Timer::Retransmission, TimerChange::Stopped).state(100, 1, TcpState::Closed);
    s.timer(240080, 0, Timer::TimeWait, TimerChange::Fired).state(240080, 0, TcpState::Closed);
    return s.build(240080);
}

Trace synLostTrace()
{
    TraceScript s;
    s.state(0, 1, TcpState::Listen).call(5, 0, AppCall::Connect).state(5, 0, TcpState::SynSent);
    s.send({.from = 0, .at = 5, .flags = kSyn, .seq = 100, .cause = Reason::SentConnect, .lostAfter = 8});
    s.timer(5, 0, Timer::Retransmission, TimerChange::Started, 1000);
    s.command(9);
    s.timer(1005, 0, Timer::Retransmission, TimerChange::Fired);
    s.send({.from = 0,
            .at = 1005,
            .flags = kSyn,
            .seq = 100,
            .cause = Reason::SentRetransmission,
            .again = true,
            .lostAfter = 15,
            .lossReason = Reason::LostQueueFull});
    s.timer(1005, 0, Timer::Retransmission, TimerChange::Started, 2000);
    s.timer(3005, 0, Timer::Retransmission, TimerChange::Fired);
    s.send({.from = 0, .at = 3005, .flags = kSyn, .seq = 100, .cause = Reason::SentRetransmission, .again = true});
    s.timer(3005, 0, Timer::Retransmission, TimerChange::Started, 4000);
    s.state(3025, 1, TcpState::SynReceived);
    s.send({.from = 1, .at = 3025, .flags = kSyn | kAck, .seq = 300, .ack = 101, .cause = Reason::SentSynAck});
    s.timer(3025, 1, Timer::Retransmission, TimerChange::Started, 1000);
    s.timer(3045, 0, Timer::Retransmission, TimerChange::Stopped).state(3045, 0, TcpState::Established);
    s.send({.from = 0, .at = 3045, .flags = kAck, .seq = 101, .ack = 301, .cause = Reason::SentAckOfSyn});
    s.timer(3065, 1, Timer::Retransmission, TimerChange::Stopped).state(3065, 1, TcpState::Established);
    return s.build(3065);
}

Trace simultaneousOpenTrace()
{
    TraceScript s;
    for (int h = 0; h < 2; ++h)
        s.call(5, h, AppCall::Connect).state(5, h, TcpState::SynSent);
    s.send({.from = 0, .at = 5, .flags = kSyn, .seq = 100, .cause = Reason::SentConnect});
    s.send({.from = 1, .at = 5, .flags = kSyn, .seq = 300, .cause = Reason::SentConnect});
    for (int h = 0; h < 2; ++h)
        s.timer(5, h, Timer::Retransmission, TimerChange::Started, 1000);
    s.state(25, 0, TcpState::SynReceived).state(25, 1, TcpState::SynReceived);
    s.send({.from = 0, .at = 25, .flags = kSyn | kAck, .seq = 100, .ack = 301, .cause = Reason::SentSimultaneousOpen});
    s.send({.from = 1, .at = 25, .flags = kSyn | kAck, .seq = 300, .ack = 101, .cause = Reason::SentSimultaneousOpen});
    for (int h = 0; h < 2; ++h)
        s.timer(45, h, Timer::Retransmission, TimerChange::Stopped).state(45, h, TcpState::Established);
    return s.build(45);
}

Trace troubleTrace()
{
    TraceScript s;
    s.state(0, 0, TcpState::Established).state(0, 1, TcpState::Established);
    s.call(5, 0, AppCall::Send, 300);
    for (std::uint32_t i = 0; i < 3; ++i) // three at the same instant, and three against them
        s.send({.from = 0, .at = 5, .flags = kPsh | kAck, .seq = 101 + 100 * i, .ack = 301, .length = 100});
    for (std::uint32_t i = 0; i < 3; ++i)
        s.send({.from = 1, .at = 7, .flags = kPsh | kAck, .seq = 301 + 100 * i, .ack = 101, .length = 100});
    s.timer(5, 0, Timer::Retransmission, TimerChange::Started, 1000)
        .timer(7, 1, Timer::Retransmission, TimerChange::Started, 1000);
    s.timer(25, 1, Timer::DelayedAck, TimerChange::Started, 200)
        .timer(27, 0, Timer::DelayedAck, TimerChange::Started, 200);
    s.timer(40, 1, Timer::DelayedAck, TimerChange::Stopped).timer(41, 0, Timer::DelayedAck, TimerChange::Stopped);
    s.send({.from = 1, .at = 40, .flags = kAck, .seq = 601, .ack = 401, .heldAfter = 8, .heldFor = 40});
    s.command(48);
    s.send({.from = 0, .at = 41, .flags = kAck, .seq = 401, .ack = 601, .cause = Reason::SentAckClock});
    s.send({.from = 0, .at = 44, .flags = kAck, .seq = 401, .ack = 601, .copyOf = 7});
    s.send({.from = 0,
            .at = 70,
            .flags = kRst,
            .seq = 90000,
            .injected = true,
            .ignored = Reason::IgnoredRstOutsideWindow});
    s.send({.from = 1,
            .at = 80,
            .flags = kPsh | kAck,
            .seq = 601,
            .ack = 401,
            .length = 5,
            .corrupted = true,
            .ignored = Reason::IgnoredBadTcpChecksum});
    s.send({.from = 0,
            .at = 82,
            .flags = kPsh | kAck,
            .seq = 401,
            .ack = 601,
            .length = 1,
            .lostAfter = 10,
            .lossReason = Reason::LostRandom});
    s.send({.from = 1, .at = 84, .flags = kFin | kAck, .seq = 606, .ack = 401, .lostAfter = 10});
    s.timer(108, 0, Timer::Retransmission, TimerChange::Stopped)
        .timer(108, 1, Timer::Retransmission, TimerChange::Stopped);
    s.call(120, 0, AppCall::Abort).state(120, 0, TcpState::Closed);
    s.send({.from = 0, .at = 120, .flags = kRst | kAck, .seq = 402, .ack = 606, .cause = Reason::SentRstAbort});
    s.state(140, 1, TcpState::Closed).call(140, 1, AppCall::Failed);
    return s.build(140);
}

Trace bulkTrace(int segments, double apartMs)
{
    TraceScript s;
    s.state(0, 0, TcpState::Established).state(0, 1, TcpState::Established);
    std::uint32_t seq = 101;
    double at = 5;
    s.timer(at, 0, Timer::Retransmission, TimerChange::Started, 1000);
    for (int i = 0; i < segments; ++i, at += apartMs, seq += 1460) {
        s.send({.from = 0, .at = at, .flags = kAck, .seq = seq, .ack = 301, .length = 1460});
        if (i % 2 == 1) {
            s.send({.from = 1,
                    .at = at + 20,
                    .flags = kAck,
                    .seq = 301,
                    .ack = seq + 1460,
                    .cause = Reason::SentAckSecondSegment});
            s.timer(at + 40, 0, Timer::Retransmission, TimerChange::Started, 1000);
        }
    }
    return s.build(at + 60);
}

Trace randomTrace(std::uint64_t seed)
{
    Rng rng(seed);
    TraceScript s;
    constexpr TcpState kWalk[] = {TcpState::SynSent, TcpState::SynReceived, TcpState::Established, TcpState::FinWait1,
                                  TcpState::Closing, TcpState::TimeWait,    TcpState::Closed};
    constexpr std::uint8_t kFlags[] = {kSyn, kSyn | kAck, kAck, kAck | kPsh, kFin | kAck, kRst, kRst | kAck};
    constexpr Reason kIgnored[] = {Reason::IgnoredOutsideWindow, Reason::IgnoredDuplicateData, Reason::IgnoredOldAck};
    constexpr Reason kLost[] = {Reason::LostRandom, Reason::LostByCommand, Reason::LostQueueFull};
    double at = 1;
    std::size_t walked[2] = {0, 0};
    bool running[2] = {false, false};
    for (int i = 0; i < 25; ++i) {
        const int from = static_cast<int>(rng.below(2));
        if (rng.below(3) != 0) // often at the same instant as the one before
            at += static_cast<double>(rng.below(30));
        if (rng.below(12) == 0)
            at += 5000;
        if (rng.below(3) == 0 && walked[from] < std::size(kWalk))
            s.state(at, from, kWalk[walked[from]++]);
        if (rng.below(5) == 0)
            s.call(at, from, rng.below(2) == 0 ? AppCall::Send : AppCall::Close, rng.below(3000));
        if (rng.below(3) == 0) {
            s.timer(at, from, Timer::Retransmission, running[from] ? TimerChange::Stopped : TimerChange::Started, 1000);
            running[from] = !running[from];
        }
        TraceScript::Segment segment{.from = from,
                                     .at = at,
                                     .flags = kFlags[rng.below(std::size(kFlags))],
                                     .seq = static_cast<std::uint32_t>(rng.below(5000)),
                                     .ack = static_cast<std::uint32_t>(rng.below(5000))};
        segment.length = segment.flags == (kAck | kPsh) ? static_cast<std::uint32_t>(1 + rng.below(1460)) : 0;
        segment.flight = 10 + static_cast<double>(rng.below(20));
        if (rng.below(5) == 0) {
            segment.lostAfter = 2 + static_cast<double>(rng.below(8));
            segment.lossReason = kLost[rng.below(std::size(kLost))];
        } else if (rng.below(5) == 0) {
            segment.heldAfter = 4;
            segment.heldFor = static_cast<double>(10 + rng.below(60));
        } else if (rng.below(4) == 0) {
            segment.ignored = kIgnored[rng.below(std::size(kIgnored))];
        }
        segment.injected = rng.below(10) == 0;
        segment.again = rng.below(6) == 0;
        segment.corrupted = rng.below(10) == 0;
        s.send(segment);
    }
    return s.build(at + 200);
}

std::vector<NamedTrace> allTraces()
{
    std::vector<NamedTrace> all;
    all.push_back({"handshake", handshakeTrace()});
    all.push_back({"teardown", teardownTrace()});
    all.push_back({"syn-lost", synLostTrace()});
    all.push_back({"simultaneous-open", simultaneousOpenTrace()});
    all.push_back({"trouble", troubleTrace()});
    all.push_back({"burst", bulkTrace(8, 0)});
    all.push_back({"bulk", bulkTrace(30, 1.2)});
    return all;
}

SceneBox::SceneBox(Trace trace, const Trace* beside)
    : trace_(std::move(trace))
    , index_(trace_)
    , story_(trace_, 0, beside)
    , symbols_(trace_)
{
    scene.trace = &trace_;
    scene.story = &story_;
    scene.symbols = &symbols_;
    scene.hostLabels = {QStringLiteral("Client"), QStringLiteral("Server")};
    at(SimTime::zero());
}

StageScene& SceneBox::at(SimTime t)
{
    moment_ = index_.at(t);
    scene.moment = &moment_;
    return scene;
}

} // namespace packetarium::test
