// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/journeys.h"
#include "tests/support/catch.h"
#include "tests/support/network_trace.h"
#include "tests/support/trace_builder.h"

namespace packetarium::trace_journeys_test {

using namespace literals;

namespace {

/// a, b and c on a hub; each link takes 1 ms.
const char* const kHub = R"(packetarium: scenario
version: 1
hosts:
  a: {address: 10.0.0.1/24}
  b: {address: 10.0.0.2/24}
  c: {address: 10.0.0.3/24}
hubs:
  h: {}
links:
  - {between: [a, h], delay: 1 ms}
  - {between: [b, h], delay: 1 ms}
  - {between: [c, h], delay: 1 ms}
script:
  - {at: 0 ms, host: a, ping: {to: b, count: 1}}
)";

Trace runOf(const std::string& yaml)
{
    auto scenario = parseScenario(yaml, "test.yaml");
    INFO(yaml);
    REQUIRE(scenario.ok());
    Engine engine(std::move(scenario).value());
    engine.runToEnd();
    return engine.trace();
}

std::string nameOf(const Trace& trace, NodeId node)
{
    return trace.nodes()[node.value()].name;
}

/// "a>b", as far as it is one way.
std::string wayOf(const Trace& trace, const Journey& journey)
{
    std::string way;
    for (const PacketId hop : journey.hops)
        way += nameOf(trace, trace.packet(hop).from) + ">";
    return way + nameOf(trace, journey.to);
}

} // namespace

TEST_CASE("between two hosts every packet is a journey of one hop", "[trace]")
{
    TraceBuilder b;
    const ConnId client = b.conn(SimTime::zero(), kClient, 49152, 80);
    const PacketId first = b.send(SimTime::zero(), client, {"SYN", 100}, Reason::SentConnect);
    const PacketId copy = b.duplicate(SimTime::zero() + 5_ms, first);
    b.lose(SimTime::zero() + 10_ms, first);
    b.arrive(copy);
    const std::vector<Journey> all = journeys(b.trace);
    REQUIRE(all.size() == 2);
    CHECK(all[0].hops == std::vector{first});
    CHECK(all[0].fate == Fate::Lost);
    CHECK(all[0].lossReason == Reason::LostByCommand);
    CHECK(all[0].endAt == SimTime::zero() + 10_ms);
    CHECK(all[1].hops == std::vector{copy});
    CHECK(all[1].fate == Fate::Arrived);
    CHECK(all[1].from == kClient);
    CHECK(all[1].to == kServer);
}

TEST_CASE("a request over a switch and a router is one journey", "[trace]")
{
    const Trace trace = imageRequestTrace();
    const std::vector<Journey> all = journeys(trace);
    REQUIRE(all.size() == 2);
    CHECK(all[0].from == kNetClient);
    CHECK(all[0].to == kNetServer);
    CHECK(all[0].hops.size() == 3);
    CHECK(all[0].fate == Fate::Arrived);
    CHECK_FALSE(all[0].broadcast);
    CHECK(all[0].sentAt == trace.packet(all[0].hops.front()).sentAt);
    CHECK(all[0].endAt == trace.packet(all[0].hops.back()).endAt);
    CHECK(all[1].from == kNetServer);
    CHECK(all[1].to == kNetClient);
}

TEST_CASE("what a hub repeats everywhere is the journey to the one who took it", "[trace]")
{
    const Trace trace = runOf(kHub);
    const std::vector<Journey> all = journeys(trace);
    std::vector<std::string> ways;
    for (const Journey& journey : all)
        ways.push_back(wayOf(trace, journey));
    // The ARP request, its reply, the echo request and its reply; c, who hears all of it, takes nothing.
    CHECK(ways == std::vector<std::string>{"a>h>b", "b>h>a", "a>h>b", "b>h>a"});
    CHECK(trace.packets().size() == 4 * 3);
    CHECK(all[0].broadcast);
    CHECK_FALSE(all[1].broadcast);
    for (const Journey& journey : all) {
        CHECK(journey.fate == Fate::Arrived);
        CHECK(journey.endAt - journey.sentAt == 2_ms);
    }
}

TEST_CASE("what is lost under way was for the node that it was addressed to", "[trace]")
{
    // The echo request is the second frame that a sends.
    const Trace trace = runOf(std::string(kHub) + "  - {at: 0 ms, drop: {from: a, nth: 2}}\n");
    const std::vector<Journey> all = journeys(trace);
    REQUIRE(all.size() == 3);
    CHECK(all[2].fate == Fate::Lost);
    CHECK(all[2].hops.size() == 1);
    CHECK(nameOf(trace, all[2].from) == "a");
    CHECK(nameOf(trace, all[2].to) == "b");
    CHECK(all[2].lossReason == Reason::LostByCommand);
}

TEST_CASE("journeys stand in the order sent, and every packet belongs to one at most", "[trace]")
{
    for (const Trace& trace : {runOf(kHub), imageRequestTrace()}) {
        std::vector<bool> seen(trace.packets().size(), false);
        SimTime before = SimTime::zero();
        for (const Journey& journey : journeys(trace)) {
            CHECK(journey.sentAt >= before);
            before = journey.sentAt;
            REQUIRE_FALSE(journey.hops.empty());
            for (std::size_t i = 0; i < journey.hops.size(); ++i) {
                const PacketInfo& p = trace.packet(journey.hops[i]);
                CHECK_FALSE(seen[p.id.value()]);
                seen[p.id.value()] = true;
                CHECK(p.parent == (i == 0 ? PacketId() : journey.hops[i - 1]));
            }
        }
    }
}

} // namespace packetarium::trace_journeys_test
