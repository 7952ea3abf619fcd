// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/transition_table.h"
#include "core/trace/moment.h"
#include "tests/support/catch.h"
#include "tests/support/random_trace.h"

#include <algorithm>

namespace packetarium::trace_moment_test {

namespace {

SimTime ms(std::int64_t n)
{
    return SimTime::zero() + SimDuration::milliseconds(n);
}

Moment at(const Trace& trace, SimTime t)
{
    return MomentIndex(trace).at(t);
}

/// The packets under way at t, found the slow way: by looking at each.
std::vector<PacketId> underWay(const Trace& trace, SimTime t)
{
    std::vector<PacketId> ids;
    for (const PacketInfo& p : trace.packets())
        if (p.sentAt <= t && t < p.endAt)
            ids.push_back(p.id);
    return ids;
}

/// Checks a moment against the records, looked through from the start for each thing asked.
void requireTrue(const Moment& m, const Trace& trace)
{
    std::vector<PacketId> flying;
    for (const PacketMoment& p : m.inFlight) {
        const PacketInfo& info = trace.packet(p.id);
        flying.push_back(p.id);
        REQUIRE(p.position == info.positionAt(m.at));
        REQUIRE(p.held == (info.heldAt <= m.at && m.at < info.releasedAt));
    }
    REQUIRE(flying == underWay(trace, m.at));

    for (const ConnMoment& conn : m.conns) {
        TcpState state = TcpState::Closed;
        std::array<std::optional<std::uint64_t>, kVariableCount> variables;
        std::array<std::optional<TimerMoment>, kTimerCount> timers;
        for (const Record& r : trace.records()) {
            if (r.at > m.at || r.conn != conn.id)
                continue;
            if (r.kind == RecordKind::StateChange)
                state = r.to();
            else if (r.kind == RecordKind::Variable)
                variables[r.a] = r.value;
            else if (r.kind == RecordKind::Timer && r.timerChange() == TimerChange::Started)
                timers[r.a] = TimerMoment{r.timer(), r.at, SimTime::fromNs(static_cast<std::int64_t>(r.value))};
            else if (r.kind == RecordKind::Timer)
                timers[r.a].reset();
            else if (r.kind == RecordKind::App && r.call() == AppCall::Crash && r.result() == AppResult::Ok)
                state = TcpState::Closed, variables = {}, timers = {};
        }
        REQUIRE(conn.state == state);
        REQUIRE(conn.variables == variables);
        std::vector<TimerMoment> running;
        for (const auto& timer : timers)
            if (timer)
                running.push_back(*timer);
        REQUIRE(conn.timers == running);
    }
}

} // namespace

TEST_CASE("the handshake's moments are those of Figure 6", "[trace]")
{
    const Trace trace = handshakeTrace();
    const MomentIndex index(trace);
    const auto states = [&](SimTime t) {
        const Moment m = index.at(t);
        return std::pair(m.hosts[0].state, m.hosts[1].state);
    };
    using S = TcpState;
    CHECK(states(SimTime::fromNs(-1)) == std::pair(S::Closed, S::Closed));
    CHECK(states(ms(0)) == std::pair(S::SynSent, S::Listen));
    CHECK(states(ms(20) - SimDuration::nanoseconds(1)) == std::pair(S::SynSent, S::Listen));
    CHECK(states(ms(20)) == std::pair(S::SynSent, S::SynReceived)); // what happens at t has happened at t
    CHECK(states(ms(40)) == std::pair(S::Established, S::SynReceived));
    CHECK(states(ms(60)) == std::pair(S::Established, S::Established));
    CHECK(states(SimTime::never()) == std::pair(S::Established, S::Established));

    const Moment m = index.at(ms(25));
    REQUIRE(m.inFlight.size() == 1);
    CHECK(m.inFlight[0].id == PacketId(1));
    CHECK(m.inFlight[0].position == Approx(0.25));
    CHECK_FALSE(m.inFlight[0].held);

    const ConnMoment* client = m.connOf(kClient);
    REQUIRE(client != nullptr);
    CHECK(client->variable(Variable::SndNxt) == 101u);
    CHECK_FALSE(client->variable(Variable::RcvNxt).has_value());
    CHECK(client->localPort == 49152);
    CHECK(client->remotePort == 80);
    CHECK(tcpTransitions()[static_cast<std::size_t>(client->lastTransition)].event == TcpEvent::ActiveOpen);
    REQUIRE(client->timers.size() == 1);
    CHECK(client->timers[0] == TimerMoment{Timer::Retransmission, ms(0), ms(1000)});
    CHECK(index.at(ms(40)).connOf(kClient)->timers.empty());
}

TEST_CASE("a listener learns its peer's port from the SYN", "[trace]")
{
    const Trace trace = handshakeTrace();
    CHECK(at(trace, ms(19)).connOf(kServer)->remotePort == 0);
    CHECK(at(trace, ms(20)).connOf(kServer)->remotePort == 49152);
}

TEST_CASE("the connection shown is the newest alive, else a listening one, else the newest", "[trace]")
{
    using S = TcpState;
    TraceBuilder b;
    const auto shown = [&](SimTime t) { return at(b.trace, t).hosts[1].conn; };
    const ConnId old = b.conn(ms(1), kServer, 80);
    b.state(ms(1), old, S::Closed, "passive-open");
    const ConnId listener = b.conn(ms(2), kServer, 81);
    b.state(ms(2), listener, S::Closed, "passive-open");
    const ConnId fresh = b.conn(ms(3), kServer, 82); // still CLOSED
    b.state(ms(4), old, S::Listen, "rcv-syn");
    b.state(ms(5), fresh, S::Closed, "active-open");
    b.state(ms(6), fresh, S::SynSent, "rcv-rst");
    b.state(ms(7), old, S::SynReceived, "give-up");
    b.state(ms(8), listener, S::Listen, "close");
    CHECK_FALSE(shown(ms(0)));
    CHECK(shown(ms(1)) == old);
    CHECK(shown(ms(3)) == listener);
    CHECK(shown(ms(4)) == old);
    CHECK(shown(ms(5)) == fresh);
    CHECK(shown(ms(6)) == old);
    CHECK(shown(ms(7)) == listener);
    CHECK(shown(ms(8)) == fresh);
    CHECK(at(b.trace, ms(0)).connOf(kServer) == nullptr);
    CHECK(at(b.trace, ms(8)).hosts[1].state == S::Closed);
}

TEST_CASE("what programs write and read is counted once", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    const ConnId server = b.conn(ms(0), kServer, 80);
    b.app(ms(1), client, AppCall::Send, 100);
    b.app(ms(2), client, AppCall::Send, 50);
    b.app(ms(3), client, AppCall::Send, 7, AppResult::Closing);
    b.app(ms(4), server, AppCall::Delivered, 120);
    const Moment m = at(b.trace, ms(4));
    CHECK(m.hosts[0].octetsWritten == 150);
    CHECK(m.hosts[1].octetsRead == 120);
    CHECK(at(b.trace, ms(1)).hosts[0].octetsWritten == 100);
}

TEST_CASE("a host that crashes has forgotten its connection", "[trace]")
{
    Trace trace = handshakeTrace();
    Record crash;
    crash.at = ms(70);
    crash.kind = RecordKind::App;
    crash.host = kClient;
    crash.conn = ConnId(1);
    crash.a = static_cast<std::uint8_t>(AppCall::Crash);
    trace.append(crash);
    const Moment m = at(trace, ms(70));
    CHECK(m.hosts[0].state == TcpState::Closed);
    CHECK(m.hosts[1].state == TcpState::Established);
    CHECK(m.connOf(kClient)->stateSince == ms(70));
    CHECK(m.connOf(kClient)->lastTransition == -1);
    CHECK_FALSE(m.connOf(kClient)->variable(Variable::Iss).has_value());
}

TEST_CASE("a held packet is shown held, and a lost one is gone", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    const PacketId held = b.send(ms(0), client, {});
    const PacketId lost = b.send(ms(0), client, {});
    b.hold(ms(5), held);
    b.lose(ms(10), lost);
    b.letGo(ms(50), held);
    b.arriveAt(ms(65), held);
    CHECK(at(b.trace, ms(4)).inFlight.size() == 2);
    const Moment m = at(b.trace, ms(30));
    REQUIRE(m.inFlight.size() == 1);
    CHECK(m.inFlight[0] == PacketMoment{held, 0.25, true});
    CHECK_FALSE(at(b.trace, ms(50)).inFlight[0].held);
    CHECK(at(b.trace, ms(65)).inFlight.empty());
}

TEST_CASE("any moment of any trace is what its records say", "[trace]")
{
    RandomTrace random(7);
    random.grow(6000);
    const Trace& trace = random.trace();
    const MomentIndex index(trace);
    Rng rng(8);
    REQUIRE(trace.records().size() > 2 * 2048);
    for (int i = 0; i < 120; ++i) {
        const SimTime t = trace.records()[rng.below(trace.records().size())].at;
        requireTrue(index.at(t), trace);
        requireTrue(index.at(t - SimDuration::nanoseconds(1)), trace);
    }
    for (const std::size_t i :
         {std::size_t{2047}, std::size_t{2048}, std::size_t{4095}, std::size_t{4096}, trace.records().size() - 1})
        requireTrue(index.at(trace.records()[i].at), trace);
    CHECK(index.at(SimTime::never()).recordsDone == trace.records().size());
}

TEST_CASE("after the past was changed no moment remembers the old one", "[trace]")
{
    RandomTrace random(9);
    random.grow(3500);
    const Trace::Mark mark = random.trace().mark();
    const auto inFlight = random.underWay();
    random.grow(6000);
    const Trace& trace = random.trace();
    MomentIndex index(trace);
    random.rewind(mark, inFlight, 10);
    random.grow(9000); // longer than before: the length alone does not tell
    index.refresh();
    const MomentIndex fresh(trace);
    for (std::size_t i = 0; i < trace.records().size(); i += 97) {
        const SimTime t = trace.records()[i].at;
        REQUIRE(index.at(t) == fresh.at(t));
    }
}

TEST_CASE("an index follows a trace that grows", "[trace]")
{
    RandomTrace random(11);
    MomentIndex index(random.trace());
    for (int i = 0; i < 12; ++i) {
        random.grow(700);
        const SimTime end = random.trace().end();
        CHECK(index.at(end) == at(random.trace(), end)); // even before it is refreshed
        index.refresh();
        CHECK(index.at(end) == at(random.trace(), end));
    }
}

} // namespace packetarium::trace_moment_test
