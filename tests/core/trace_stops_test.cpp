// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/stops.h"
#include "tests/support/catch.h"
#include "tests/support/random_trace.h"

#include <algorithm>
#include <set>

namespace packetarium::trace_stops_test {

namespace {

SimTime ms(std::int64_t n)
{
    return SimTime::zero() + SimDuration::milliseconds(n);
}

} // namespace

TEST_CASE("stepping through a handshake stops at its four instants", "[trace]")
{
    const Trace trace = handshakeTrace();
    const auto stops = visibleStops(trace, StopView::Sequence);
    REQUIRE(stops.size() == 4);
    for (std::size_t i = 0; i < 4; ++i)
        CHECK(stops[i].at == ms(20 * static_cast<std::int64_t>(i)));
    // What arrives comes before what is sent in answer: the stop is about the arrival.
    CHECK(stops[1].packet == PacketId(0));
    CHECK(stops[1].host == kServer);
    CHECK(stops[2].packet == PacketId(1));
    CHECK(stops[2].host == kClient);
    CHECK(stops[3].packet == PacketId(2));
    CHECK(stops[3].host == kServer);
    CHECK(trace.records()[stops[1].firstRecord].kind == RecordKind::PacketArrived);
    CHECK(stops[1].lessonStep == -1);
}

TEST_CASE("the first stop is the start, even if nothing happens then", "[trace]")
{
    TraceBuilder b;
    CHECK(visibleStops(b.trace, StopView::Sequence).size() == 1);
    const ConnId client = b.conn(ms(5), kClient, 49152, 80);
    b.arrive(b.send(ms(5), client, {"SYN", 100}));
    const auto stops = visibleStops(b.trace, StopView::Sequence);
    REQUIRE(stops.size() == 3);
    CHECK(stops[0].at == SimTime::zero());
    CHECK_FALSE(stops[0].host);
    CHECK_FALSE(stops[0].packet);
}

TEST_CASE("losses, changes and timers that fire are seen in the sequence view only", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    b.state(ms(0), client, TcpState::Closed, "active-open");
    const PacketId packet = b.send(ms(1), client, {"SYN", 100});
    b.hold(ms(2), packet);
    b.letGo(ms(3), packet);
    b.variable(ms(4), client, Variable::SndNxt, 101);
    b.timer(ms(5), client, Timer::Retransmission, TimerChange::Started, ms(7));
    b.lose(ms(6), packet);
    b.timer(ms(7), client, Timer::Retransmission, TimerChange::Fired);
    b.state(ms(8), client, TcpState::SynSent, "give-up");
    std::vector<std::int64_t> sequence;
    for (const Stop& stop : visibleStops(b.trace, StopView::Sequence))
        sequence.push_back(stop.at.ns() / 1'000'000);
    CHECK(sequence == std::vector<std::int64_t>{0, 1, 2, 3, 6, 7, 8});
    const auto states = visibleStops(b.trace, StopView::States);
    REQUIRE(states.size() == 2);
    CHECK(states[1].at == ms(8));
    CHECK(states[1].conn == client);
}

TEST_CASE("in the windows view one stops where buffers, windows or segments change", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    b.app(ms(1), client, AppCall::Send, 10);
    b.variable(ms(1), client, Variable::SndBuffered, 10);
    b.variable(ms(2), client, Variable::Srtt, 10); // is not on the stage
    b.state(ms(3), client, TcpState::Closed, "active-open");
    b.variable(ms(4), client, Variable::Cwnd, 4000);
    b.timer(ms(5), client, Timer::Persist, TimerChange::Started, ms(7));
    b.timer(ms(7), client, Timer::Persist, TimerChange::Fired);
    b.variable(ms(8), client, Variable::SndNxt, 101);
    const PacketId packet = b.send(ms(8), client, {"ACK", 100, 0, 1});
    b.lose(ms(9), packet);
    const auto stops = visibleStops(b.trace, StopView::Windows);
    std::vector<std::int64_t> at;
    for (const Stop& stop : stops)
        at.push_back(stop.at.ns() / 1'000'000);
    CHECK(at == std::vector<std::int64_t>{0, 1, 4, 7, 8, 9});
    // It is about the segment, which has a caption, not about the number that changed with it.
    CHECK(b.trace.records()[stops[4].firstRecord].kind == RecordKind::PacketSent);
    CHECK(stops[4].packet == packet);
}

TEST_CASE("two hosts at one instant are two stops", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    const ConnId server = b.conn(ms(0), kServer, 80, 49152);
    b.send(ms(5), client, {"SYN", 100});
    b.send(ms(5), server, {"SYN", 300});
    b.state(ms(5), client, TcpState::Closed, "active-open");
    b.state(ms(5), server, TcpState::Closed, "active-open");
    const auto stops = visibleStops(b.trace, StopView::Sequence);
    REQUIRE(stops.size() == 3);
    CHECK(stops[1].host == kClient);
    CHECK(stops[2].host == kServer);
    CHECK(stops[2].packet == PacketId(1));
    CHECK(stops[2].conn == server);
}

TEST_CASE("stops of any trace stand in order, once for an instant and host, and miss no change", "[trace]")
{
    for (std::uint64_t seed = 0; seed < 20; ++seed) {
        RandomTrace random(seed);
        random.grow(500);
        const Trace& trace = random.trace();
        for (const StopView view : {StopView::Sequence, StopView::States, StopView::Windows}) {
            const auto stops = visibleStops(trace, view);
            std::set<std::pair<SimTime, NodeId>> places;
            std::set<SimTime> instants;
            for (std::size_t i = 0; i < stops.size(); ++i) {
                REQUIRE(places.emplace(stops[i].at, stops[i].host).second);
                instants.insert(stops[i].at);
                if (i == 0)
                    continue;
                REQUIRE(stops[i].at >= stops[i - 1].at);
                REQUIRE(trace.records()[stops[i].firstRecord].at == stops[i].at);
            }
            for (const Record& r : trace.records())
                if ((r.kind == RecordKind::StateChange && view != StopView::Windows) ||
                    (view == StopView::Sequence && r.kind == RecordKind::PacketLost))
                    REQUIRE(instants.count(r.at) == 1);
        }
    }
}

TEST_CASE("a lesson stops at its steps, each at the record that it is about", "[trace]")
{
    const Trace trace = handshakeTrace();
    Lesson lesson;
    const auto add = [&](StepAnchor::Kind kind, const char* host, const char* flags) {
        LessonStep step;
        step.anchor.kind = kind;
        step.anchor.host = host;
        step.anchor.flags = flags;
        lesson.steps.push_back(step);
    };
    using K = StepAnchor::Kind;
    add(K::Start, "", "");
    add(K::Sent, "client", "SYN");
    add(K::Flight, "client", "SYN");
    add(K::Arrived, "client", "SYN"); // never: it is the server's
    add(K::Arrived, "server", "SYN");
    add(K::End, "", "");
    const auto stops = lessonStops(lesson, trace);
    REQUIRE(stops.size() == 5);
    CHECK(stops[0].at == ms(0));
    CHECK(stops[0].lessonStep == 0);
    CHECK(trace.records()[stops[1].firstRecord].kind == RecordKind::PacketSent);
    CHECK(stops[2].at == ms(10));
    CHECK(stops[2].packet == PacketId(0));
    CHECK(trace.records()[stops[2].firstRecord].kind == RecordKind::PacketSent);
    CHECK(stops[3].at == ms(20));
    CHECK(stops[3].lessonStep == 4);
    CHECK(trace.records()[stops[3].firstRecord].kind == RecordKind::PacketArrived);
    CHECK(stops[4].at == trace.end());
}

} // namespace packetarium::trace_stops_test
