// SPDX-License-Identifier: GPL-3.0-or-later
//
// A link direction: when a packet's bits leave and arrive, and what befalls it.
#include "core/net/link.h"
#include "tests/support/catch.h"

namespace packetarium::net_link_test {

using namespace literals;

namespace {

LinkSpec megabit()
{
    LinkSpec spec;
    spec.bitsPerSecond = 1'000'000;
    spec.delay = 20_ms;
    return spec;
}

} // namespace

TEST_CASE("without a limit of bandwidth only the cable takes time", "[net]")
{
    LinkSpec spec;
    spec.delay = 20_ms;
    LinkDirection link(spec);
    Rng rng(1);
    for (const SimDuration at : {0_ms, 0_ms, 5_ms}) {
        const SimTime now = SimTime::zero() + at;
        const LinkPlan plan = link.accept(now, 1500, 12'144, rng);
        CHECK(plan.txStart == now);
        CHECK(plan.txEnd == now);
        CHECK(plan.arrival == now + 20_ms);
        CHECK_FALSE((plan.lost || plan.duplicated || plan.corrupted || plan.reordered || plan.queueFull));
    }
}

TEST_CASE("transmission takes eight bits an octet at the link's rate, and then the cable", "[net]")
{
    LinkDirection link(megabit());
    Rng rng(1);
    // 1250 octets are 10,000 bits: 10 ms.
    const LinkPlan first = link.accept(SimTime::zero(), 1250, 0, rng);
    CHECK(first.txStart == SimTime::zero());
    CHECK(first.txEnd == SimTime::zero() + 10_ms);
    CHECK(first.arrival == SimTime::zero() + 30_ms);
    // The next waits for the transmitter, not for the arrival.
    const LinkPlan second = link.accept(SimTime::zero() + 4_ms, 40, 0, rng);
    CHECK(second.txStart == SimTime::zero() + 10_ms);
    CHECK(second.txEnd == SimTime::zero() + 10_ms + 320_us);
    CHECK(second.arrival == SimTime::zero() + 30_ms + 320_us);
    // When the transmitter is idle again, nothing waits.
    const LinkPlan third = link.accept(SimTime::zero() + 50_ms, 40, 0, rng);
    CHECK(third.txStart == SimTime::zero() + 50_ms);
}

TEST_CASE("a transmission that is no whole number of nanoseconds is rounded up", "[net]")
{
    LinkSpec spec;
    spec.bitsPerSecond = 3;
    spec.delay = SimDuration{};
    LinkDirection link(spec);
    Rng rng(1);
    CHECK(link.accept(SimTime::zero(), 1, 0, rng).txEnd.ns() == 2'666'666'667);
}

TEST_CASE("a packet that finds the queue full is lost before it leaves", "[net]")
{
    LinkSpec spec = megabit();
    spec.queueLimit = 2;
    LinkDirection link(spec);
    Rng rng(1);
    const auto send = [&](SimDuration at) { return link.accept(SimTime::zero() + at, 1250, 0, rng); };
    CHECK_FALSE(send(0_ms).queueFull); // being sent
    CHECK_FALSE(send(0_ms).queueFull); // waits
    CHECK_FALSE(send(0_ms).queueFull); // waits
    CHECK(link.waiting(SimTime::zero()) == 2);
    const LinkPlan refused = send(1_ms);
    CHECK(refused.queueFull);
    CHECK(refused.txStart == SimTime::zero() + 1_ms);
    CHECK(link.waiting(SimTime::zero() + 1_ms) == 2);
    // At 10 ms the second begins to be sent: one place is free.
    CHECK(send(10_ms - 1_ns).queueFull);
    CHECK_FALSE(send(10_ms).queueFull);
    CHECK(send(10_ms).queueFull);
}

TEST_CASE("RFC 3168 section 5: a packet that finds so many waiting is to be marked", "[net]")
{
    LinkSpec spec = megabit();
    spec.queueLimit = 4;
    spec.markFrom = 2;
    LinkDirection link(spec);
    Rng rng(1);
    const auto marked = [&](SimDuration at) { return link.accept(SimTime::zero() + at, 1250, 0, rng).marked; };
    CHECK_FALSE(marked(0_ms));  // is sent
    CHECK_FALSE(marked(0_ms));  // finds nobody waiting,
    CHECK_FALSE(marked(0_ms));  // one,
    CHECK(marked(0_ms));        // two,
    CHECK(marked(0_ms));        // three
    CHECK_FALSE(marked(0_ms));  // no room: lost, not marked
    CHECK_FALSE(marked(40_ms)); // each takes 10 ms: all but the last have begun to be sent
    LinkDirection never(megabit());
    for (int i = 0; i < 20; ++i)
        CHECK_FALSE(never.accept(SimTime::zero(), 1250, 0, rng).marked);
}

TEST_CASE("without a queue a packet still leaves when the transmitter is idle", "[net]")
{
    LinkSpec spec = megabit();
    spec.queueLimit = 0;
    LinkDirection link(spec);
    Rng rng(1);
    CHECK_FALSE(link.accept(SimTime::zero(), 1250, 0, rng).queueFull);
    CHECK(link.accept(SimTime::zero() + 9_ms, 1250, 0, rng).queueFull);
    CHECK_FALSE(link.accept(SimTime::zero() + 10_ms, 1250, 0, rng).queueFull);
}

TEST_CASE("what chance brings comes about as often as the link says, and the same with the same seed", "[net]")
{
    LinkSpec spec;
    spec.lossPpm = 100'000;
    spec.duplicatePpm = 200'000;
    spec.corruptPpm = 300'000;
    spec.reorderPpm = 400'000;
    spec.reorderBy = 30_ms;
    spec.jitter = 10_ms;
    constexpr int kPackets = 10'000;
    constexpr std::uint32_t kBits = 64 * 8;
    const auto run = [&](std::uint64_t seed) {
        LinkDirection link(spec);
        Rng rng(seed);
        std::vector<LinkPlan> plans;
        for (int i = 0; i < kPackets; ++i)
            plans.push_back(link.accept(SimTime::zero(), 46, kBits, rng));
        return plans;
    };
    const std::vector<LinkPlan> plans = run(1);
    int lost = 0, duplicated = 0, corrupted = 0, reordered = 0;
    SimTime earliest = SimTime::never(), latest;
    std::vector<bool> bitHit(kBits);
    for (const LinkPlan& plan : plans) {
        lost += plan.lost ? 1 : 0;
        duplicated += plan.duplicated ? 1 : 0;
        corrupted += plan.corrupted ? 1 : 0;
        reordered += plan.reordered ? 1 : 0;
        if (plan.corrupted) {
            REQUIRE(plan.corruptBit < kBits);
            bitHit[plan.corruptBit] = true;
        }
        const SimTime arrival = plan.reordered ? plan.arrival - 30_ms : plan.arrival;
        earliest = std::min(earliest, arrival);
        latest = std::max(latest, arrival);
    }
    // Five standard deviations: 5 * sqrt(n p (1-p)).
    CHECK(std::abs(lost - 1000) < 150);
    CHECK(std::abs(duplicated - 2000) < 200);
    CHECK(std::abs(corrupted - 3000) < 230);
    CHECK(std::abs(reordered - 4000) < 245);
    CHECK(std::count(bitHit.begin(), bitHit.end(), true) > 480);
    CHECK(earliest >= SimTime::zero() + 20_ms);
    CHECK(earliest < SimTime::zero() + 20_ms + 100_us);
    CHECK(latest <= SimTime::zero() + 30_ms);
    CHECK(latest > SimTime::zero() + 30_ms - 100_us);

    const std::vector<LinkPlan> same = run(1), other = run(2);
    bool equal = true, differs = false;
    for (std::size_t i = 0; i < plans.size(); ++i) {
        equal = equal && same[i].lost == plans[i].lost && same[i].arrival == plans[i].arrival &&
                same[i].corruptBit == plans[i].corruptBit;
        differs = differs || other[i].lost != plans[i].lost;
    }
    CHECK(equal);
    CHECK(differs);
}

} // namespace packetarium::net_link_test
