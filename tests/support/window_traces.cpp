// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/window_traces.h"

#include <algorithm>

namespace packetarium::test {
namespace {

constexpr std::uint32_t kServerIss = 300, kSegment = 1000;

/// An open connection of which only the client sends data.
class WindowRun {
public:
    WindowRun(std::uint32_t iss, std::uint32_t window, int shift = 0)
        : iss_(iss)
    {
        server_ = b.conn(ms(0), kServer, kServerPort);
        b.state(ms(0), server_, TcpState::Closed, "passive-open");
        client_ = b.conn(ms(0), kClient, kClientPort, kServerPort);
        const PacketId syn = b.send(ms(0), client_, {"SYN", iss, 0, 0}, Reason::SentConnect);
        b.state(ms(0), client_, TcpState::Closed, "active-open");
        say(0, client_, {{Variable::Iss, iss}, {Variable::SndUna, iss}, {Variable::SndNxt, iss + 1}});
        b.arrive(syn, server_);
        const PacketId synAck = b.send(ms(20), server_, {"SYN,ACK", kServerIss, iss + 1, 0}, Reason::SentSynAck);
        b.state(ms(20), server_, TcpState::Listen, "rcv-syn", syn);
        say(20, server_,
            {{Variable::Iss, kServerIss},
             {Variable::SndUna, kServerIss},
             {Variable::SndNxt, kServerIss + 1},
             {Variable::Irs, iss},
             {Variable::RcvNxt, iss + 1},
             {Variable::RcvWnd, window}});
        b.arrive(synAck, client_);
        const PacketId ack = b.send(ms(40), client_, {"ACK", iss + 1, kServerIss + 1, 0}, Reason::SentAckOfSyn);
        b.state(ms(40), client_, TcpState::SynSent, "rcv-syn-ack", synAck);
        say(40, client_,
            {{Variable::SndUna, iss + 1},
             {Variable::SndBuffered, 0},
             {Variable::Irs, kServerIss},
             {Variable::RcvNxt, kServerIss + 1},
             {Variable::RcvWnd, 65535},
             {Variable::SndMss, kSegment},
             {Variable::SndWnd, window},
             {Variable::LimitedBy, static_cast<std::uint64_t>(SendLimit::Program)}});
        if (shift > 0) {
            say(40, client_, {{Variable::SndScale, static_cast<std::uint64_t>(shift)}, {Variable::RcvScale, 0}});
            say(40, server_, {{Variable::RcvScale, static_cast<std::uint64_t>(shift)}, {Variable::SndScale, 0}});
        }
        b.arrive(ack, server_);
        b.state(ms(60), server_, TcpState::SynReceived, "rcv-ack-of-syn", ack);
        say(60, server_, {{Variable::SndUna, kServerIss + 1}, {Variable::SndWnd, 65535}});
        shift_ = shift;
    }

    struct Value {
        Variable variable;
        std::uint64_t value;
    };
    void say(std::int64_t at, ConnId conn, const std::vector<Value>& values)
    {
        for (const Value& v : values)
            b.variable(ms(at), conn, v.variable, v.value);
    }
    void client(std::int64_t at, const std::vector<Value>& values) { say(at, client_, values); }
    void server(std::int64_t at, const std::vector<Value>& values) { say(at, server_, values); }
    /// The client's octet `offset`, counted from its first.
    std::uint32_t seq(std::uint32_t offset) const { return iss_ + 1 + offset; }
    static std::uint64_t range(std::uint32_t left, std::uint32_t right) { return std::uint64_t{left} << 32 | right; }
    std::uint64_t blocks(std::uint32_t from, std::uint32_t to) const { return range(seq(from), seq(to)); }

    PacketId data(std::int64_t at, std::uint32_t offset, std::uint32_t length = kSegment,
                  Reason why = Reason::SentAppWrite)
    {
        return b.send(ms(at), client_, {"PSH,ACK", seq(offset), kServerIss + 1, length}, why);
    }
    PacketId ack(std::int64_t at, std::uint32_t offset, std::uint32_t window)
    {
        b.window = static_cast<std::uint16_t>(window >> shift_);
        return b.send(ms(at), server_, {"ACK", kServerIss + 1, seq(offset), 0}, Reason::SentAckSecondSegment);
    }
    void write(std::int64_t at, std::uint32_t octets) { b.app(ms(at), client_, AppCall::Send, octets); }
    void read(std::int64_t at, std::uint32_t octets) { b.app(ms(at), server_, AppCall::Delivered, octets); }
    void arrive(PacketId packet, bool atServer) { b.arrive(packet, atServer ? server_ : client_); }
    void timer(std::int64_t at, Timer timer, TimerChange change, std::int64_t deadline = 0)
    {
        b.timer(ms(at), client_, timer, change, ms(deadline));
    }

    TraceBuilder b;

private:
    ConnId client_, server_;
    std::uint32_t iss_;
    int shift_ = 0;
};

std::uint64_t limit(SendLimit l)
{
    return static_cast<std::uint64_t>(l);
}
std::uint64_t phase(CongestionPhase p)
{
    return static_cast<std::uint64_t>(p);
}

} // namespace

Trace slidingTrace(std::uint32_t iss)
{
    WindowRun r(iss, 4096);
    r.write(100, 6000);
    std::vector<PacketId> sent;
    for (std::uint32_t i = 0; i < 4; ++i) {
        sent.push_back(r.data(100 + i, i * kSegment));
        r.client(100 + i, {{Variable::SndNxt, r.seq((i + 1) * kSegment)}, {Variable::SndBuffered, 6000}});
        if (i == 0)
            r.timer(100, Timer::Retransmission, TimerChange::Started, 1100);
    }
    r.client(103, {{Variable::LimitedBy, limit(SendLimit::SmallWindow)}});
    r.arrive(sent[0], true);
    r.server(120, {{Variable::RcvNxt, r.seq(1000)}, {Variable::RcvWnd, 3096}, {Variable::RcvBuffered, 1000}});
    r.arrive(sent[1], true);
    r.server(121, {{Variable::RcvNxt, r.seq(2000)}, {Variable::RcvWnd, 2096}, {Variable::RcvBuffered, 2000}});
    const PacketId first = r.ack(121, 2000, 2096);
    for (std::uint32_t i = 2; i < 4; ++i) {
        r.arrive(sent[i], true);
        r.server(120 + i, {{Variable::RcvNxt, r.seq((i + 1) * kSegment)},
                           {Variable::RcvWnd, 4096 - (i + 1) * kSegment},
                           {Variable::RcvBuffered, (i + 1) * kSegment}});
    }
    r.read(130, 4000);
    r.server(130, {{Variable::RcvWnd, 4096}, {Variable::RcvBuffered, 0}});
    const PacketId second = r.ack(130, 4000, 4096);
    r.arrive(first, false);
    r.client(141, {{Variable::SndUna, r.seq(2000)}, {Variable::SndBuffered, 4000}, {Variable::SndWnd, 2096}});
    r.arrive(second, false);
    const PacketId fifth = r.data(150, 4000), sixth = r.data(150, 5000);
    r.client(150, {{Variable::SndUna, r.seq(4000)},
                   {Variable::SndNxt, r.seq(6000)},
                   {Variable::SndBuffered, 2000},
                   {Variable::SndWnd, 4096},
                   {Variable::LimitedBy, limit(SendLimit::Program)}});
    r.arrive(fifth, true);
    r.arrive(sixth, true);
    r.read(170, 2000);
    r.server(170, {{Variable::RcvNxt, r.seq(6000)}});
    const PacketId last = r.ack(170, 6000, 4096);
    r.arrive(last, false);
    r.timer(190, Timer::Retransmission, TimerChange::Stopped);
    r.client(190, {{Variable::SndUna, r.seq(6000)}, {Variable::SndBuffered, 0}});
    return r.b.trace;
}

Trace zeroWindowTrace()
{
    WindowRun r(kPlain, 2000);
    r.write(100, 5000);
    const PacketId first = r.data(100, 0), second = r.data(101, 1000);
    r.client(101, {{Variable::SndNxt, r.seq(2000)},
                   {Variable::SndBuffered, 5000},
                   {Variable::LimitedBy, limit(SendLimit::ReceiverWindow)}});
    r.arrive(first, true);
    r.server(120, {{Variable::RcvNxt, r.seq(1000)}, {Variable::RcvWnd, 1000}, {Variable::RcvBuffered, 1000}});
    r.arrive(second, true);
    r.server(121, {{Variable::RcvNxt, r.seq(2000)}, {Variable::RcvWnd, 0}, {Variable::RcvBuffered, 2000}});
    const PacketId closed = r.ack(121, 2000, 0);
    r.arrive(closed, false);
    r.client(141, {{Variable::SndUna, r.seq(2000)}, {Variable::SndBuffered, 3000}, {Variable::SndWnd, 0}});
    r.timer(141, Timer::Persist, TimerChange::Started, 341);
    for (const std::int64_t at : {341, 741}) {
        r.timer(at, Timer::Persist, TimerChange::Fired);
        const PacketId probe = r.data(at, 2000, 1, Reason::SentZeroWindowProbe);
        r.client(at, {{Variable::SndNxt, r.seq(2001)}});
        r.timer(at, Timer::Persist, TimerChange::Started, at == 341 ? 741 : 1541);
        r.arrive(probe, true);
        r.arrive(r.ack(at + 20, 2000, 0), false);
    }
    return r.b.trace;
}

Trace lossTrace(bool withBlocks)
{
    WindowRun r(kPlain, 20'000);
    r.client(60, {{Variable::Cwnd, 6000},
                  {Variable::Ssthresh, 3000},
                  {Variable::Phase, phase(CongestionPhase::CongestionAvoidance)}});
    r.write(100, 9000);
    std::vector<PacketId> sent;
    for (std::uint32_t i = 0; i < 6; ++i)
        sent.push_back(r.data(100 + i, i * kSegment));
    r.client(105, {{Variable::SndNxt, r.seq(6000)},
                   {Variable::SndBuffered, 9000},
                   {Variable::LimitedBy, limit(SendLimit::CongestionWindow)}});
    r.timer(105, Timer::Retransmission, TimerChange::Started, 1100);
    r.b.lose(ms(111), sent[1]);
    r.arrive(sent[0], true);
    r.read(120, 1000);
    r.server(120, {{Variable::RcvNxt, r.seq(1000)}, {Variable::RcvWnd, 20'000}});
    const PacketId first = r.ack(120, 1000, 20'000);
    std::vector<PacketId> acks;
    for (std::uint32_t i = 2; i < 6; ++i) {
        r.arrive(sent[i], true);
        r.server(120 + i, {{Variable::RcvOutOfOrder, (i - 1) * kSegment}});
        if (withBlocks)
            r.server(120 + i, {{Variable::OutOfOrder1, r.blocks(2000, (i + 1) * kSegment)}});
        acks.push_back(r.ack(120 + i, 1000, 20'000));
    }
    r.arrive(first, false);
    r.client(140, {{Variable::SndUna, r.seq(1000)},
                   {Variable::SndBuffered, 8000},
                   {Variable::SndWnd, 20'000},
                   {Variable::Cwnd, 6166}});
    for (std::uint32_t i = 2; i < 6; ++i) {
        r.arrive(acks[i - 2], false);
        r.client(140 + i, {{Variable::DuplicateAcks, i - 1}});
        if (withBlocks)
            r.client(140 + i, {{Variable::Sacked1, r.blocks(2000, (i + 1) * kSegment)}});
    }
    const PacketId again = r.data(200, 1000, kSegment, Reason::SentRetransmission);
    r.client(200, {{Variable::Cwnd, 3000}, {Variable::Phase, phase(CongestionPhase::FastRecovery)}});
    r.arrive(again, true);
    r.read(220, 5000);
    r.server(220, {{Variable::RcvNxt, r.seq(6000)}, {Variable::RcvOutOfOrder, 0}});
    if (withBlocks)
        r.server(220, {{Variable::OutOfOrder1, 0}});
    r.arrive(r.ack(220, 6000, 20'000), false);
    r.client(240, {{Variable::SndUna, r.seq(6000)},
                   {Variable::SndBuffered, 3000},
                   {Variable::Phase, phase(CongestionPhase::CongestionAvoidance)}});
    if (withBlocks)
        r.client(240, {{Variable::Sacked1, 0}});
    return r.b.trace;
}

Trace congestionTrace()
{
    WindowRun r(kPlain, 262'144, 7);
    r.client(
        60,
        {{Variable::Cwnd, 4000}, {Variable::Ssthresh, 64'000}, {Variable::Phase, phase(CongestionPhase::SlowStart)}});
    r.write(100, 100'000);
    std::uint32_t next = 0, una = 0, cwnd = 4000;
    std::int64_t at = 100;
    for (int round = 0; round < 4; ++round) {
        std::vector<PacketId> sent;
        for (std::int64_t i = 0; next < una + cwnd; ++i, next += kSegment)
            sent.push_back(r.data(at + i / 4, next));
        const std::int64_t last = at + static_cast<std::int64_t>(sent.size() - 1) / 4;
        r.client(last, {{Variable::SndNxt, r.seq(next)},
                        {Variable::SndBuffered, 100'000 - una},
                        {Variable::LimitedBy, limit(SendLimit::CongestionWindow)}});
        for (const PacketId p : sent)
            r.arrive(p, true);
        r.read(last + 20, next - una);
        r.server(last + 20, {{Variable::RcvNxt, r.seq(next)}, {Variable::RcvWnd, 262'144}});
        r.arrive(r.ack(last + 20, next, 262'144), false);
        cwnd += next - una;
        una = next;
        at = last + 40;
        r.client(at, {{Variable::SndUna, r.seq(una)}, {Variable::SndBuffered, 100'000 - una}, {Variable::Cwnd, cwnd}});
    }
    return r.b.trace;
}

Trace longTrace(int segments)
{
    WindowRun r(kPlain, 60'000);
    r.client(60, {{Variable::Cwnd, 20'000},
                  {Variable::Ssthresh, 20'000},
                  {Variable::Phase, phase(CongestionPhase::CongestionAvoidance)}});
    std::vector<PacketId> sent;
    std::vector<PacketId> acks;
    std::size_t arrived = 0, acked = 0;
    for (std::int64_t at = 100; arrived < static_cast<std::size_t>(segments); ++at) {
        while (acked < acks.size() && r.b.trace.packet(acks[acked]).naturalArrival == ms(at)) {
            r.arrive(acks[acked++], false);
            r.client(at, {{Variable::SndUna, r.seq(static_cast<std::uint32_t>(acked) * 2 * kSegment)}});
        }
        while (arrived < sent.size() && r.b.trace.packet(sent[arrived]).naturalArrival == ms(at)) {
            r.arrive(sent[arrived++], true);
            r.server(at, {{Variable::RcvNxt, r.seq(static_cast<std::uint32_t>(arrived) * kSegment)},
                          {Variable::RcvWnd, 60'000}});
            if (arrived % 2 == 0)
                acks.push_back(r.ack(at, static_cast<std::uint32_t>(arrived) * kSegment, 60'000));
        }
        if (sent.size() < static_cast<std::size_t>(segments)) {
            sent.push_back(r.data(at, static_cast<std::uint32_t>(sent.size()) * kSegment));
            r.client(at, {{Variable::SndNxt, r.seq(static_cast<std::uint32_t>(sent.size()) * kSegment)}});
        }
    }
    return r.b.trace;
}

std::vector<NamedWindowTrace> windowTraces()
{
    std::vector<NamedWindowTrace> all;
    all.push_back({"sliding", slidingTrace()});
    all.push_back({"wrapping", slidingTrace(kWrapping)});
    all.push_back({"zero-window", zeroWindowTrace()});
    all.push_back({"loss", lossTrace()});
    all.push_back({"loss-without-blocks", lossTrace(false)});
    all.push_back({"congestion", congestionTrace()});
    all.push_back({"long", longTrace(60)});
    return all;
}

} // namespace packetarium::test
