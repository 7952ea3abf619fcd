// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/story_time.h"
#include "tests/support/catch.h"
#include "tests/support/network_trace.h"
#include "tests/support/random_trace.h"

#include <cmath>
#include <cstdlib>

namespace packetarium::trace_story_time_test {

namespace {

SimTime ms(std::int64_t n)
{
    return SimTime::zero() + SimDuration::milliseconds(n);
}

double between(const StoryTime& story, SimTime a, SimTime b)
{
    return story.shown(b) - story.shown(a);
}

} // namespace

TEST_CASE("a handshake takes four to six seconds to watch, each flight 1.2", "[trace]")
{
    const StoryTime story(handshakeTrace());
    CHECK(story.shown(ms(0)) == 0);
    for (const int start : {0, 20, 40}) {
        CHECK(between(story, ms(start), ms(start + 20)) == Approx(1.2));
        CHECK(between(story, ms(start), ms(start + 5)) == Approx(0.3));
    }
    CHECK(story.length() >= 4);
    CHECK(story.length() <= 6);
    CHECK(story.length() >= story.shown(ms(60)) + 0.5); // room after the last event
    CHECK(story.gaps().empty());
}

TEST_CASE("equal flights look equal whatever the link's delay", "[trace]")
{
    for (const std::int64_t delay : {1, 20, 250}) {
        TraceBuilder b;
        b.flight = SimDuration::milliseconds(delay);
        const ConnId client = b.conn(ms(0), kClient, 49152, 80);
        const PacketId first = b.send(ms(0), client, {});
        const PacketId second = b.send(ms(0) + b.flight / 2, client, {});
        b.arrive(first);
        b.arrive(second);
        const StoryTime story(b.trace);
        CHECK(between(story, ms(0), ms(delay)) == Approx(1.2));
        CHECK(between(story, ms(0) + b.flight / 2, ms(delay) + b.flight / 2) == Approx(1.2));
    }
}

TEST_CASE("a long wait is folded and says how long it was", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    b.arrive(b.send(ms(0), client, {}));
    b.timer(ms(20), client, Timer::TimeWait, TimerChange::Started, ms(240'020));
    b.timer(ms(240'020), client, Timer::TimeWait, TimerChange::Fired);
    const StoryTime story(b.trace);
    REQUIRE(story.gaps().size() == 1);
    const StoryGap gap = story.gaps()[0];
    CHECK(gap.to - gap.from == SimDuration::seconds(240));
    CHECK(gap.shownTo - gap.shownFrom == Approx(0.9));
    CHECK(story.shown(gap.from) == Approx(gap.shownFrom));
    CHECK(story.shown(gap.to) == Approx(gap.shownTo));
    CHECK(story.shown(ms(120'020)) == Approx((gap.shownFrom + gap.shownTo) / 2));
    CHECK(story.simulated((gap.shownFrom + gap.shownTo) / 2) == ms(120'020));
}

TEST_CASE("a gap is folded from three flights' length on", "[trace]")
{
    for (const std::int64_t wait : {60, 61}) {
        TraceBuilder b;
        const ConnId client = b.conn(ms(0), kClient, 49152, 80);
        b.arrive(b.send(ms(0), client, {}));
        b.app(ms(20 + wait), client, AppCall::Send, 1);
        const StoryTime story(b.trace);
        CHECK(story.gaps().size() == (wait > 60 ? 1 : 0));
        CHECK(between(story, ms(20), ms(20 + wait)) == Approx(0.9)); // no jump at the limit
    }
}

TEST_CASE("a packet that is held does not keep a wait from being folded", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    const PacketId packet = b.send(ms(0), client, {});
    b.hold(ms(10), packet);
    b.letGo(ms(10'000), packet);
    b.arriveAt(ms(10'010), packet);
    const StoryTime story(b.trace);
    REQUIRE(story.gaps().size() == 1);
    CHECK(story.gaps()[0].from == ms(10));
    CHECK(story.gaps()[0].to == ms(10'000));
    CHECK(between(story, ms(0), ms(10)) == Approx(0.6));
    CHECK(between(story, ms(10'000), ms(10'010)) == Approx(0.6));
}

TEST_CASE("a packet that is very late is not folded away, and does not take for ever", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    const PacketId packet = b.send(ms(0), client, {});
    b.arriveAt(ms(20'000), packet);
    const StoryTime story(b.trace);
    CHECK(story.gaps().empty());
    CHECK(story.shown(ms(20'000)) > 3.6);
    CHECK(story.shown(ms(20'000)) < 12);
}

TEST_CASE("instants a microsecond apart are seen apart, unless there are very many", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(ms(0), kClient, 49152, 80);
    const ConnId server = b.conn(ms(0), kServer, 80);
    b.arrive(b.send(ms(0), client, {}), server);
    const SimTime soon = ms(20) + SimDuration::microseconds(1);
    b.arrive(b.send(soon, server, {}), client);
    CHECK(between(StoryTime(b.trace), ms(20), soon) >= 0.08 - 1e-9);

    TraceBuilder burst;
    const ConnId sender = burst.conn(ms(0), kClient, 49152, 80);
    std::vector<PacketId> packets;
    for (int i = 0; i < 1000; ++i)
        packets.push_back(burst.send(ms(0) + SimDuration::microseconds(i), sender, {}));
    for (const PacketId packet : packets)
        burst.arrive(packet);
    CHECK(StoryTime(burst.trace).length() < 10); // not 2000 × 0.08
}

TEST_CASE("an empty trace has a story too", "[trace]")
{
    const StoryTime none;
    CHECK(none.length() == 0);
    CHECK(none.shown(ms(5)) == 0);
    CHECK(none.simulated(1) == SimTime::zero());
    const StoryTime empty{Trace()};
    CHECK(empty.shown(ms(5)) == 0);
    CHECK(empty.simulated(1) == SimTime::zero());
}

TEST_CASE("story time is strictly monotone, continuous, and can be turned round", "[trace]")
{
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        RandomTrace random(seed);
        random.grow(400);
        const Trace& trace = random.trace();
        const StoryTime story(trace);
        INFO("seed " << seed);

        SimTime before = SimTime::zero();
        double shownBefore = 0;
        for (const Record& r : trace.records()) {
            const double shown = story.shown(r.at);
            if (r.at == before) {
                REQUIRE(shown == shownBefore);
                continue;
            }
            REQUIRE(shown > shownBefore);
            // The inverse is exact to what a double leaves of the stretch between two key instants.
            REQUIRE(std::llabs((story.simulated(shown) - r.at).ns()) <= 1);
            const SimTime middle = before + (r.at - before) / 2;
            REQUIRE(std::abs(story.shown(story.simulated(story.shown(middle))) - story.shown(middle)) < 1e-6);
            REQUIRE(story.shown(r.at + SimDuration::nanoseconds(1)) - shown <=
                    0.08 + 0.06); // no jump but the least distance
            before = r.at;
            shownBefore = shown;
        }
        CHECK(story.shown(SimTime::never()) == story.shown(trace.end()));
        CHECK(story.simulated(story.length()) == trace.end());
        CHECK(story.simulated(-1) == SimTime::zero());

        SimTime end = SimTime::zero();
        for (const StoryGap& gap : story.gaps()) {
            REQUIRE(gap.from >= end);
            REQUIRE(gap.from < gap.to);
            REQUIRE(gap.shownTo - gap.shownFrom == Approx(0.9));
            REQUIRE(story.shown(gap.from) == gap.shownFrom);
            REQUIRE(story.shown(gap.to) == gap.shownTo);
            // Nothing moves in it.
            for (const PacketInfo& p : trace.packets()) {
                const bool before1 = p.endAt <= gap.from || p.sentAt >= gap.to;
                const bool held = p.heldAt <= gap.from && p.releasedAt >= gap.to;
                REQUIRE((before1 || held));
            }
            end = gap.to;
        }
    }
}

TEST_CASE("without time for them layer acts change nothing of the story", "[trace]")
{
    const Trace trace = imageRequestTrace();
    const StoryTime story(trace);
    CHECK(story.perLayerAct() == 0);
    const auto records = trace.records();
    for (std::size_t i = 0; i < records.size(); ++i) {
        CHECK(story.shownOf(i) == story.shown(records[i].at));
        // All records of the instant together.
        CHECK(story.recordsAt(story.shownOf(i)) == trace.firstAfter(records[i].at));
    }
    CHECK(story.recordsAt(-1) == trace.firstAfter(SimTime::zero()));
    CHECK(story.recordsAt(story.length()) == records.size());
}

TEST_CASE("layer acts of one instant are told one after the other while time stands", "[trace]")
{
    constexpr double kAct = 0.5;
    const Trace trace = imageRequestTrace();
    const StoryTime plain(trace);
    const StoryTime story(trace, kAct);
    const auto records = trace.records();
    std::size_t acts = 0;
    double before = 0;
    for (std::size_t i = 0; i < records.size(); ++i) {
        const double shown = story.shownOf(i);
        INFO("record " << i);
        CHECK(shown >= before);
        // What has happened at that second is this record and what happens with it, and nothing later.
        const std::size_t done = story.recordsAt(shown);
        CHECK(done > i);
        CHECK((done == records.size() || story.shownOf(done) > shown));
        CHECK(story.simulated(shown) == records[i].at);
        if (records[i].kind == RecordKind::Layer) {
            ++acts;
            CHECK(shown >= before + kAct - 1e-9);
            CHECK(story.recordsAt(shown - kAct / 2) <= i);
            CHECK(story.simulated(shown - kAct / 2) == records[i].at); // a plateau
        }
        before = shown;
    }
    REQUIRE(acts > 10);
    CHECK(story.length() == Approx(plain.length() + static_cast<double>(acts) * kAct));
    // shown(t) is when everything of that instant has been told.
    for (std::size_t i = 0; i < records.size(); ++i)
        if (i + 1 == records.size() || records[i + 1].at > records[i].at)
            CHECK(story.shown(records[i].at) == Approx(story.shownOf(i)));
}

TEST_CASE("acts at the very start of the run are told from its first second on", "[trace]")
{
    NetworkTrace network(std::vector<TraceNode>(2), {});
    network.layer(SimTime::zero(), NodeId(0), PacketId(), LayerAct::Made, Layer::Application, 0, 1);
    network.layer(SimTime::zero(), NodeId(0), PacketId(), LayerAct::Added, Layer::Transport, 0, 2);
    const StoryTime story(network.trace, 0.5);
    CHECK(story.recordsAt(0) == 0);
    CHECK(story.shownOf(0) == Approx(0.5));
    CHECK(story.shownOf(1) == Approx(1.0));
    CHECK(story.shown(SimTime::zero()) == Approx(1.0));
    CHECK(story.simulated(0.7) == SimTime::zero());
    CHECK(story.recordsAt(0.7) == 1);
}

} // namespace packetarium::trace_story_time_test
