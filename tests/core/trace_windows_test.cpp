// SPDX-License-Identifier: GPL-3.0-or-later
//
// Both ends' windows at an instant, against numbers worked out by hand.
#include "tests/support/catch.h"
#include "tests/support/window_traces.h"

#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/window_moment.h"
#include "core/trace/window_scales.h"

#include <set>

namespace packetarium::trace_windows_test {

using namespace test;

namespace {

SimTime ms(double n)
{
    return SimTime::fromNs(static_cast<std::int64_t>(n * 1e6));
}

struct Looked {
    explicit Looked(Trace t)
        : trace(std::move(t))
        , index(trace)
    {}
    WindowMoment at(double when)
    {
        moment = index.at(ms(when));
        const auto pair = windowPair(trace, moment);
        REQUIRE(pair);
        return windowMoment(trace, moment, *pair);
    }
    Trace trace;
    MomentIndex index;
    Moment moment;
};

SeqRange range(std::uint32_t iss, std::uint32_t from, std::uint32_t to)
{
    return {Seq32(iss) + 1 + from, Seq32(iss) + 1 + to};
}

} // namespace

TEST_CASE("a sliding window, also across 2^32", "[trace]")
{
    for (const std::uint32_t iss : {kPlain, kWrapping}) {
        Looked run(slidingTrace(iss));
        const auto octet = [iss](std::uint32_t n) { return Seq32(iss) + 1 + n; };

        // Four segments under way, the first half way.
        WindowMoment w = run.at(110);
        CHECK(run.trace.conns()[w.pair.client.value()].host == kClient);
        CHECK(run.trace.conns()[w.pair.server.value()].host == kServer);
        const WindowDirection& up = w.directions[0];
        REQUIRE(up.send);
        CHECK(up.from == kClient);
        CHECK(up.to == kServer);
        CHECK(up.send->una == octet(0));
        CHECK(up.send->nxt == octet(4000));
        CHECK(up.send->written == octet(6000));
        CHECK(up.send->flight() == 4000);
        CHECK(up.send->waiting() == 2000);
        CHECK(up.send->windowEdge() == octet(4096));
        CHECK(up.send->allowed() == octet(4096));
        CHECK_FALSE(up.send->windowClosed());
        CHECK(up.send->limit == SendLimit::SmallWindow);
        REQUIRE(up.send->timers.size() == 1);
        CHECK(up.send->timers[0].timer == Timer::Retransmission);
        REQUIRE(up.segments.size() == 4);
        for (std::uint32_t i = 0; i < 4; ++i) {
            CHECK(up.segments[i].range == range(iss, i * 1000, (i + 1) * 1000));
            CHECK(up.segments[i].position == Approx((10.0 - i) / 20));
        }
        CHECK(up.acks.empty());
        CHECK(up.lost.empty());
        REQUIRE(up.receive);
        CHECK(up.receive->nxt == octet(0));

        // All have arrived, nothing is read; the first acknowledgment is a fifth of its way back.
        w = run.at(125);
        const WindowDirection& arrived = w.directions[0];
        CHECK(arrived.segments.empty());
        CHECK(arrived.receive->nxt == octet(4000));
        CHECK(arrived.receive->read == octet(0));
        CHECK(arrived.receive->unread() == 4000);
        CHECK(arrived.receive->window == 96);
        CHECK(arrived.receive->edge() == octet(4096));
        CHECK(arrived.receive->blocks.empty());
        REQUIRE(arrived.acks.size() == 1);
        CHECK(arrived.acks[0].ack == octet(2000));
        CHECK(arrived.acks[0].window == 2096);
        CHECK(arrived.acks[0].position == Approx(0.2));

        // It arrives: the left edge moves, the right one stays where it was.
        w = run.at(145);
        CHECK(w.directions[0].send->una == octet(2000));
        CHECK(w.directions[0].send->windowEdge() == octet(4096));
        CHECK(w.directions[0].send->waiting() == 2000);

        w = run.at(160);
        CHECK(w.directions[0].send->windowEdge() == octet(8096));
        CHECK(w.directions[0].segments.size() == 2);
        CHECK(w.directions[0].send->limit == SendLimit::Program);

        w = run.at(195);
        CHECK(w.directions[0].send->flight() == 0);
        CHECK(w.directions[0].receive->unread() == 0);
        CHECK(w.directions[0].send->timers.empty());

        // The other way there is nothing but the SYN's number.
        REQUIRE(w.directions[1].send);
        CHECK(w.directions[1].send->una == Seq32(301));
        CHECK(w.directions[1].send->flight() == 0);
        CHECK(w.directions[1].receive->nxt == Seq32(301));
    }
}

TEST_CASE("the handshake takes numbers of its own", "[trace]")
{
    Looked run(slidingTrace());
    WindowMoment w = run.at(10);
    CHECK(w.directions[0].send->flight() == 1);
    REQUIRE(w.directions[0].segments.size() == 1);
    CHECK(w.directions[0].segments[0].range.size() == 1);
    CHECK_FALSE(w.directions[0].receive);
    CHECK_FALSE(w.directions[1].send);
    CHECK_FALSE(w.directions[0].send->limit);
    // SYN,ACK is a segment one way and an acknowledgment the other way.
    w = run.at(30);
    REQUIRE(w.directions[1].segments.size() == 1);
    REQUIRE(w.directions[0].acks.size() == 1);
    CHECK(w.directions[0].acks[0].packet == w.directions[1].segments[0].packet);
    CHECK(w.directions[0].acks[0].ack == Seq32(101));

    CHECK_FALSE(windowPair(Trace(), Moment()));
    Looked plain(handshakeTrace());
    CHECK(plain.at(70).directions[0].send->una == Seq32(101));
}

TEST_CASE("a closed window, and the probe", "[trace]")
{
    Looked run(zeroWindowTrace());
    CHECK(run.at(110).directions[0].send->limit == SendLimit::ReceiverWindow);
    WindowMoment w = run.at(200);
    const SendSide& send = *w.directions[0].send;
    CHECK(send.windowClosed());
    CHECK(send.waiting() == 3000);
    CHECK(send.allowed() == send.nxt);
    REQUIRE(send.timers.size() == 1);
    CHECK(send.timers[0].timer == Timer::Persist);
    CHECK(send.timers[0].deadline == ms(341));
    CHECK(w.directions[0].receive->unread() == 2000);
    CHECK(w.directions[0].receive->window == 0);
    // One octet beyond the window.
    w = run.at(351);
    REQUIRE(w.directions[0].segments.size() == 1);
    CHECK(w.directions[0].segments[0].range == range(kPlain, 2000, 2001));
    CHECK(w.directions[0].segments[0].position == Approx(0.5));
    CHECK(w.directions[0].send->allowed() == Seq32(kPlain) + 1 + 2000);
}

TEST_CASE("a loss: the gap, what lies beyond it, and the repair", "[trace]")
{
    for (const bool withBlocks : {true, false}) {
        Looked run(lossTrace(withBlocks));
        // Lost half way, and to be seen there.
        WindowMoment w = run.at(112);
        REQUIRE(w.directions[0].lost.size() == 1);
        CHECK(w.directions[0].lost[0].range == range(kPlain, 1000, 2000));
        CHECK(w.directions[0].lost[0].position == Approx(0.5));
        CHECK(w.directions[0].segments.size() == 5);
        CHECK(w.directions[0].send->limit == SendLimit::CongestionWindow);
        CHECK(w.directions[0].send->phase == CongestionPhase::CongestionAvoidance);

        w = run.at(123);
        CHECK(w.directions[0].receive->nxt == Seq32(kPlain) + 1 + 1000);
        CHECK(w.directions[0].receive->blocks == std::vector{range(kPlain, 2000, 4000)});
        w = run.at(126);
        CHECK(w.directions[0].receive->blocks == std::vector{range(kPlain, 2000, 6000)});
        CHECK(w.directions[0].acks.size() == 5);

        w = run.at(143);
        CHECK(w.directions[0].send->sacked ==
              (withBlocks ? std::vector{range(kPlain, 2000, 4000)} : std::vector<SeqRange>{}));
        CHECK(w.directions[0].lost.size() == 1);

        // It goes again: no longer lost, under way.
        w = run.at(205);
        CHECK(w.directions[0].lost.empty());
        REQUIRE(w.directions[0].segments.size() == 1);
        CHECK(w.directions[0].segments[0].retransmission);
        CHECK(w.directions[0].send->phase == CongestionPhase::FastRecovery);
        CHECK(w.directions[0].send->cwnd == 3000U);
        CHECK(w.directions[0].send->ssthresh == 3000U);

        w = run.at(245);
        CHECK(w.directions[0].receive->blocks.empty());
        CHECK(w.directions[0].send->sacked.empty());
        CHECK(w.directions[0].send->una == Seq32(kPlain) + 1 + 6000);
    }
}

TEST_CASE("the nearer limit counts, and windows are scaled", "[trace]")
{
    Looked run(congestionTrace());
    const WindowMoment w = run.at(125);
    const SendSide& send = *w.directions[0].send;
    CHECK(send.window == 262'144U);
    CHECK(send.scale == 7);
    CHECK(send.cwndEdge() == send.una + 4000);
    CHECK(send.allowed() == send.una + 4000);
    CHECK(w.directions[0].receive->scale == 7);
    REQUIRE(w.directions[0].acks.size() == 1);
    CHECK(w.directions[0].acks[0].window == 262'144);
}

TEST_CASE("round ranges only grow, and pages are turned by quarters", "[trace]")
{
    CHECK(roundSpan(0) == 20);
    CHECK(roundSpan(20) == 20);
    CHECK(roundSpan(21) == 40);
    CHECK(roundSpan(41) == 100);
    CHECK(roundSpan(999) == 1000);
    for (NamedWindowTrace& named : windowTraces()) {
        INFO(named.name);
        Looked run(std::move(named.trace));
        const WindowScales scales(run.trace);
        std::set<std::int64_t> spans;
        RulerPage before;
        for (double when = 1; ms(when) <= run.trace.end(); when += 1) {
            const WindowMoment w = run.at(when);
            const WindowDirection& up = w.directions[0];
            const RulerPage page = scales.page(up, run.moment.recordsDone);
            CHECK(page == WindowScales(run.trace).page(up, run.moment.recordsDone));
            CHECK(page.span >= before.span);
            spans.insert(page.span);
            if (before.span == page.span)
                CHECK((page.from - before.from) % (page.span / 4) == 0);
            // What is under way is in sight.
            const auto una = static_cast<std::int64_t>(up.send->una.value() - up.send->iss.value());
            CHECK(page.from <= una);
            CHECK(una + up.send->flight() <= page.from + page.span);
            before = page;
        }
        CHECK(spans.size() <= 8);
    }
    Looked run(slidingTrace());
    CHECK(WindowScales(run.trace).octetsSent(run.at(60).pair.client) == 6000);
    CHECK(WindowScales(run.trace).octetsSent(run.at(60).pair.server) == 0);
}

TEST_CASE("in a network a segment's place is that on its whole way", "[trace]")
{
    for (const char* name : {"open-page", "transfer-resumed", "hub-and-switch"}) {
        auto scenario = builtinScenario(name);
        REQUIRE(scenario.ok());
        Engine engine(std::move(scenario).value());
        engine.runToEnd();
        const Trace& trace = engine.trace();
        const MomentIndex index(trace);
        std::size_t seen = 0;
        std::set<SimTime> instants;
        for (const PacketInfo& packet : trace.packets())
            for (int part = 0; part < 4; ++part)
                if (!packet.endAt.isNever())
                    instants.insert(packet.sentAt + (packet.endAt - packet.sentAt) * part / 4);
        std::optional<SegmentOnWay> last;
        PacketId lastMade;
        for (const SimTime at : instants) {
            const Moment moment = index.at(at);
            const auto pair = windowPair(trace, moment);
            if (!pair)
                continue;
            const WindowMoment w = windowMoment(trace, moment, *pair);
            for (const WindowDirection& direction : w.directions) {
                for (const SegmentOnWay& s : direction.segments) {
                    ++seen;
                    CHECK((s.position >= 0 && s.position <= 1));
                    CHECK(s.range.size() > 0);
                }
                if (direction.send && direction.receive)
                    CHECK(seqLe(direction.receive->read, direction.receive->nxt));
            }
            // The same segment never goes backwards, from cable to cable.
            const auto& first = w.directions[0].segments;
            PacketId made = first.size() == 1 ? first[0].packet : PacketId();
            while (made && trace.packet(made).parent)
                made = trace.packet(made).parent;
            INFO(name << " at " << at.ns());
            if (made && made == lastMade)
                CHECK(first[0].position >= last->position - 1e-9);
            last = made ? std::optional(first[0]) : std::nullopt;
            lastMade = made;
        }
        INFO(name);
        CHECK((seen > 0 || std::string(name) == "hub-and-switch"));
    }
}

TEST_CASE("an acknowledgment that was lost is told until its sender speaks again", "[trace]")
{
    Engine engine(builtinScenario("window-update-lost").value());
    engine.runToEnd();
    Looked run(engine.trace());
    SimTime lost, heard;
    for (const PacketInfo& p : run.trace.packets()) {
        if (p.fate == Fate::Lost && p.length == 0)
            lost = p.endAt;
        else if (p.from == kServer && lost != SimTime() && heard == SimTime())
            heard = p.sentAt;
    }
    REQUIRE(lost < heard);
    const auto at = [&run](SimTime when) { return run.at(static_cast<double>(when.ns()) / 1e6).directions; };
    CHECK(at(lost - SimDuration::nanoseconds(1))[0].lostAcks.empty());
    REQUIRE(at(lost)[0].lostAcks.size() == 1);
    const SegmentOnWay ack = at(lost)[0].lostAcks[0];
    CHECK(ack.window > 0); // the update
    CHECK(ack.position > 0);
    CHECK(ack.position < 1);
    CHECK(at(heard - SimDuration::nanoseconds(1))[0].lostAcks.size() == 1);
    CHECK(at(heard)[0].lostAcks.empty());
    CHECK(at(lost)[1].lostAcks.empty());
}

TEST_CASE("a FIN has its number from when it is sent, and at the other end from when its turn comes", "[trace]")
{
    for (const char* name :
         {"teardown", "close-in-three", "half-close", "simultaneous-close", "time-wait-last-ack-lost"}) {
        Engine engine(builtinScenario(name).value());
        engine.runToEnd();
        const Trace& trace = engine.trace();
        const MomentIndex index(trace);
        int seen = 0;
        for (const Record& record : trace.records()) {
            const Moment moment = index.at(record.at);
            const auto pair = windowPair(trace, moment);
            if (!pair || !pair->server)
                continue;
            for (const WindowDirection& d : windowMoment(trace, moment, *pair).directions) {
                std::optional<Seq32> sent, arrived;
                for (const PacketInfo& p : trace.packets()) {
                    if (p.from != d.from || !p.flags.fin() || p.sentAt > moment.at)
                        continue;
                    sent = p.seq + static_cast<std::uint32_t>(p.length);
                    if (p.fate == Fate::Arrived && p.endAt <= moment.at)
                        arrived = sent;
                }
                INFO(name << " at " << moment.at.ns() << " ns, from " << static_cast<int>(d.from.value()));
                REQUIRE(d.send);
                CHECK(d.send->fin == sent);
                if (d.receive)
                    CHECK(d.receive->fin == arrived);
                seen += sent && arrived ? 1 : 0;
            }
        }
        INFO(name);
        CHECK(seen > 0);
    }
}

TEST_CASE("a FIN that waited for a shut window until the connection was aborted was never sent", "[trace]")
{
    Scenario scenario = builtinScenario("zero-window").value();
    const auto at = [](int ms) { return AtTime{SimTime::fromNs(ms * 1'000'000LL)}; };
    scenario.commands = {{at(310), "client", DoClose{}}, {at(600), "client", DoAbort{}}};
    Engine engine(scenario);
    engine.runToEnd();
    Looked run(engine.trace());
    const WindowMoment w = run.at(601);
    for (const PacketInfo& p : run.trace.packets())
        REQUIRE_FALSE((p.flags.fin() && p.from == kClient));
    REQUIRE(w.directions[0].send);
    CHECK_FALSE(w.directions[0].send->fin);
}

} // namespace packetarium::trace_windows_test
