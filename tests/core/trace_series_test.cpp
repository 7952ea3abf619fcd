// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the plots are drawn from, worked out by hand.
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/series.h"
#include "tests/support/catch.h"
#include "tests/support/congestion_trace.h"
#include "tests/support/trace_builder.h"

#include <algorithm>
#include <sstream>

namespace packetarium::trace_series_test {

using namespace literals;

namespace {

/// Handshake (ISS 100 and 300), three segments of ten octets of which the second is lost, two duplicate ACKs, the second again.
struct Exchange {
    TraceBuilder b;
    ConnId client, server;
    std::vector<PacketId> sent;

    Exchange()
    {
        b.flight = SimDuration::milliseconds(10);
        b.window = 1000;
        server = b.conn(ms(0), kServer, 80);
        client = b.conn(ms(0), kClient, 49152, 80);
        b.variable(ms(0), client, Variable::Iss, 100);
        arriving(ms(0), client, {"SYN", 100}, server);
        arriving(ms(10), server, {"SYN,ACK", 300, 101}, client);
        const PacketId established = b.send(ms(20), client, {"ACK", 101, 301});
        const PacketId first = b.send(ms(20), client, {"ACK", 101, 301, 10});
        const PacketId second = b.send(ms(21), client, {"ACK", 111, 301, 10});
        const PacketId third = b.send(ms(22), client, {"ACK", 121, 301, 10});
        sent = {first, second, third};
        b.lose(ms(26), second, Reason::LostRandom);
        b.arrive(established, server);
        b.arrive(first, server);
        const PacketId ack = b.send(ms(30), server, {"ACK", 301, 111}, Reason::SentAckImmediate);
        b.arriveAt(ms(32), third, server);
        const PacketId again = b.send(ms(32), server, {"ACK", 301, 111}, Reason::SentAckOutOfOrder);
        b.arrive(ack, client);
        b.arrive(again, client);
        b.variable(ms(42), client, Variable::Sacked1, std::uint64_t{121} << 32 | 131);
        b.timer(ms(60), client, Timer::Retransmission, TimerChange::Fired);
        b.variable(ms(60), client, Variable::Cwnd, 1460);
        const PacketId repeated = b.send(ms(60), client, {"ACK", 111, 301, 10}, Reason::SentRetransmission);
        b.arrive(repeated, server);
        sent.push_back(repeated);
        arriving(ms(70), server, {"ACK", 301, 131}, client);
    }
    void arriving(SimTime at, ConnId from, const TraceBuilder::Segment& segment, ConnId to)
    {
        b.arrive(b.send(at, from, segment), to);
    }
};

} // namespace

TEST_CASE("a flow's segments, acknowledgments and events", "[trace]")
{
    const Exchange e;
    const SeriesIndex index(e.b.trace);
    REQUIRE(index.flows().size() == 2); // the server's SYN takes up a number too
    const FlowSeries* flow = index.busiest();
    REQUIRE(flow != nullptr);
    CHECK(flow == index.flowOf(e.client));
    CHECK(flow->sender == kClient);
    CHECK(flow->receiver == kServer);
    CHECK(flow->peer == e.server);
    CHECK(flow->senderPort == 49152);
    CHECK(flow->receiverPort == 80);
    CHECK(flow->payload == 40);
    CHECK(flow->iss == Seq32(100));

    REQUIRE(flow->segments.size() == 5);
    const std::vector<std::pair<std::int64_t, std::int64_t>> ranges{{0, 1}, {1, 11}, {11, 21}, {21, 31}, {11, 21}};
    for (std::size_t i = 0; i < ranges.size(); ++i) {
        CHECK(flow->segments[i].from == ranges[i].first);
        CHECK(flow->segments[i].to == ranges[i].second);
        CHECK(flow->segments[i].retransmission == (i == 4));
        CHECK(flow->segments[i].lostAt.isNever() == (i != 2));
        CHECK(flow->segments[i].arrivedAt.isNever() == (i == 2));
    }
    CHECK(flow->segments[2].lostAt == ms(26));
    CHECK(flow->segments[2].lossReason == Reason::LostRandom);

    // The SYN's, the first segment's, a duplicate, everything.
    REQUIRE(flow->acks.size() == 4);
    CHECK(flow->acks[1].ack == 11);
    CHECK(flow->acks[1].edge == 1011);
    CHECK_FALSE(flow->acks[1].repeated);
    CHECK(flow->acks[2].repeated);
    CHECK(flow->acked == Series{{ms(20), 1}, {ms(40), 11}, {ms(80), 31}});
    CHECK(flow->edge == Series{{ms(20), 1001}, {ms(40), 1011}, {ms(80), 1031}});
    // The SYN 20 ms, the first segment 20 ms; what was sent again says nothing.
    CHECK(flow->rtt == Series{{ms(20), 20'000'000}, {ms(40), 20'000'000}});
    CHECK(flow->inFlight == Series{{ms(0), 1}, {ms(20), 10}, {ms(21), 20}, {ms(22), 30}, {ms(40), 20}, {ms(80), 0}});
    CHECK(flow->arrived == Series{{ms(30), 10}, {ms(32), 20}, {ms(70), 30}});
    CHECK(flow->fresh == flow->arrived);

    REQUIRE(flow->sacks.size() == 1);
    CHECK(flow->sacks[0].from == 21);
    CHECK(flow->sacks[0].to == 31);
    REQUIRE(flow->events.size() == 2);
    CHECK(flow->events[0].kind == FlowEventKind::Loss);
    CHECK(flow->events[0].packet == e.sent[1]);
    CHECK(flow->events[1].kind == FlowEventKind::Timeout);
    CHECK(flow->events[1].packet == e.sent[3]);
    CHECK(flow->first == ms(0));
    CHECK(flow->last == ms(80));
    CHECK_FALSE(valueAt(flow->acked, ms(19)));
    CHECK(valueAt(flow->acked, ms(20)) == 1);
    CHECK(valueAt(flow->acked, ms(79)) == 11);
    CHECK(valueAt(flow->acked, ms(1000)) == 31);
}

TEST_CASE("rates are what arrived in each part of the time", "[trace]")
{
    const Series total{{ms(10), 100}, {ms(15), 300}, {ms(20), 400}, {ms(40), 1000}};
    // 0..10, 10..20, 20..30, 30..40 ms; the last edge belongs to the last part.
    CHECK(ratesOf(total, ms(0), ms(40), 4) == std::vector<double>{0, 30'000, 10'000, 60'000});
    CHECK(ratesOf(total, ms(20), ms(40), 1) == std::vector<double>{35'000});
    CHECK(ratesOf(total, ms(50), ms(60), 2) == std::vector<double>{0, 0});
    CHECK(ratesOf({}, ms(0), ms(1), 3) == std::vector<double>{0, 0, 0});
    CHECK(ratesOf(total, ms(5), ms(5), 2) == std::vector<double>{0, 0});
}

TEST_CASE("the queue is what has been handed to the link and not begun", "[trace]")
{
    Exchange e;
    // Three at once on a link where each takes 2 ms, and one that finds the queue full.
    const auto queue = [&](SimTime begins, SimTime ends, bool full) {
        const PacketId id = e.b.send(ms(100), e.client, {"ACK", 131, 301, 10});
        PacketInfo p = e.b.trace.packet(id);
        p.txStart = begins;
        p.txEnd = ends;
        p.endAt = SimTime::never();
        if (full) {
            p.fate = Fate::Lost;
            p.lossReason = Reason::LostQueueFull;
            p.endAt = ms(100);
        }
        e.b.trace.setPacket(p);
    };
    queue(ms(100), ms(102), false);
    queue(ms(102), ms(104), false);
    queue(ms(104), ms(106), false);
    Record mark; // the last of them found two waiting
    mark.at = ms(100);
    mark.kind = RecordKind::PacketChanged;
    mark.reason = Reason::ChangedMarked;
    mark.packet = e.b.trace.packets().back().id;
    e.b.trace.append(mark);
    queue(ms(100), ms(100), true);
    const SeriesIndex index(e.b.trace);
    const QueueSeries& q = index.busiest()->queue;
    CHECK(q.from == kClient);
    CHECK(q.packets == Series{{ms(100), 2}, {ms(102), 1}, {ms(104), 0}});
    REQUIRE(q.dropped.size() == 1);
    CHECK(q.dropped[0].at == ms(100));
    REQUIRE(q.marked.size() == 1);
    CHECK(q.marked[0].at == ms(100));
    CHECK(q.marked[0].packet == mark.packet);
}

TEST_CASE("the series follow the trace", "[trace]")
{
    Exchange e;
    SeriesIndex index(e.b.trace);
    CHECK_FALSE(index.refresh());
    const Trace::Mark mark = e.b.trace.mark();
    const PacketId more = e.b.send(ms(90), e.client, {"ACK", 131, 301, 5});
    e.b.arrive(more, e.server);
    CHECK(index.refresh());
    CHECK(index.busiest()->segments.size() == 6);
    e.b.trace.truncate(mark, {});
    CHECK(index.refresh());
    CHECK(index.busiest()->segments.size() == 5);
    CHECK_FALSE(index.refresh());
    const Trace empty;
    CHECK(SeriesIndex(empty).busiest() == nullptr);
}

TEST_CASE("a transfer through a bottleneck, with a fast retransmit and a time-out", "[trace]")
{
    const Trace trace = congestionTrace();
    const SeriesIndex index(trace);
    const FlowSeries* flow = index.busiest();
    REQUIRE(flow != nullptr);
    const auto count = [flow](FlowEventKind kind) { return std::ranges::count(flow->events, kind, &FlowEvent::kind); };
    CHECK(count(FlowEventKind::FastRetransmit) >= 1);
    CHECK(count(FlowEventKind::Timeout) >= 1);
    CHECK(count(FlowEventKind::Loss) >= 20);
    CHECK_FALSE(flow->sacks.empty());
    CHECK(flow->acked.back().value == 1 + 220 * 1460);
    CHECK(flow->fresh.back().value == 220 * 1460);
    CHECK(flow->arrived.back().value >= flow->fresh.back().value);
    std::int64_t waited = 0;
    for (const SeriesPoint& p : flow->queue.packets)
        waited = std::max(waited, p.value);
    CHECK(waited > 3);
    CHECK(waited <= 25);
    // No sample is shorter than the way there and back, and one segment's time on the link.
    for (const SeriesPoint& p : flow->rtt)
        CHECK(p.value >= 40'000'000);
}

TEST_CASE("each reduction by ECN is an event, and each is told to the receiver by CWR (RFC 3168 section 6.1.2)",
          "[trace]")
{
    Engine engine(builtinScenario("bottleneck-ecn").value());
    engine.runToEnd();
    const Trace& trace = engine.trace();
    const SeriesIndex index(trace);
    const FlowSeries* flow = index.busiest();
    REQUIRE(flow != nullptr);
    std::vector<SimTime> told;
    for (const PacketInfo& p : trace.packets())
        if (p.conn == flow->conn && !p.copyOf && p.flags.has(TcpFlags::Cwr) && !p.flags.syn())
            told.push_back(p.sentAt);
    std::vector<SimTime> reduced;
    for (const FlowEvent& event : flow->events) {
        if (event.kind != FlowEventKind::EcnReduction)
            continue;
        reduced.push_back(event.at);
        CHECK(trace.packet(event.packet).flags.has(TcpFlags::Ece));
    }
    REQUIRE_FALSE(reduced.empty());
    REQUIRE(told.size() == reduced.size());
    for (std::size_t i = 0; i < told.size(); ++i) {
        CHECK(told[i] >= reduced[i]);
        if (i + 1 < reduced.size())
            CHECK(told[i] < reduced[i + 1]);
    }
}

TEST_CASE("every built-in scenario has sensible series", "[trace]")
{
    for (const std::string& name : builtinScenarioNames()) {
        auto scenario = loadScenario(name);
        REQUIRE(scenario.ok());
        Engine engine(std::move(scenario).value());
        engine.runToEnd();
        const SeriesIndex index(engine.trace());
        for (const FlowSeries& flow : index.flows()) {
            INFO(name << ", connection " << flow.conn.value());
            CHECK(flow.first <= flow.last);
            CHECK(std::ranges::is_sorted(flow.segments, {}, &SegmentPoint::at));
            CHECK(std::ranges::is_sorted(flow.acks, {}, &AckPoint::at));
            CHECK(std::ranges::is_sorted(flow.segments, {}, &SegmentPoint::packet));
            for (const Series* series : {&flow.acked, &flow.arrived, &flow.fresh})
                CHECK(std::ranges::is_sorted(*series, {}, &SeriesPoint::value));
            for (const SeriesPoint& p : flow.inFlight)
                CHECK(p.value >= 0);
            for (const SeriesPoint& p : flow.queue.packets)
                CHECK(p.value >= 0);
            if (!flow.queue.packets.empty())
                CHECK(flow.queue.packets.back().value == 0);
        }
    }
}

TEST_CASE("what a host's connection took is found though its record does not name it", "[trace]")
{
    for (const char* name : {"handshake", "teardown", "encapsulation-get"}) {
        auto scenario = loadScenario(name);
        REQUIRE(scenario.ok());
        Engine engine(std::move(scenario).value());
        engine.runToEnd();
        const SeriesIndex index(engine.trace());
        REQUIRE(index.flows().size() >= 2);
        for (const FlowSeries& flow : index.flows()) {
            INFO(name);
            CHECK(flow.peer);
            CHECK(flow.receiver);
            CHECK_FALSE(flow.acked.empty());
            CHECK_FALSE(flow.rtt.empty());
        }
    }
}

TEST_CASE("a flow as comma separated values", "[trace]")
{
    const Exchange e;
    const SeriesIndex index(e.b.trace);
    CHECK(flowCsv(*index.busiest()) == R"(time_s,series,value,until,packet,note
0.000000000,segment,0,1,1,sent-app-write
0.000000000,in-flight,1,,,
0.020000000,segment,1,11,4,sent-app-write
0.020000000,ack,1,1001,2,
0.020000000,in-flight,10,,,
0.020000000,rtt_s,0.020000000,,,
0.021000000,segment,11,21,5,sent-app-write
0.021000000,in-flight,20,,,
0.022000000,segment,21,31,6,sent-app-write
0.022000000,in-flight,30,,,
0.026000000,lost,,,5,lost-random
0.030000000,arrived,10,,,
0.030000000,arrived-new,10,,,
0.032000000,arrived,20,,,
0.032000000,arrived-new,20,,,
0.040000000,ack,11,1011,7,
0.040000000,in-flight,20,,,
0.040000000,rtt_s,0.020000000,,,
0.042000000,duplicate-ack,11,1011,8,
0.042000000,sack,21,31,,
0.060000000,retransmission,11,21,9,sent-retransmission
0.060000000,time-out,,,9,sent-retransmission
0.060000000,cwnd,1460,,,
0.070000000,arrived,30,,,
0.070000000,arrived-new,30,,,
0.080000000,ack,31,1031,10,
0.080000000,in-flight,0,,,
)");
    CHECK(flowCsv(FlowSeries()) == "time_s,series,value,until,packet,note\n");
}

} // namespace packetarium::trace_series_test
