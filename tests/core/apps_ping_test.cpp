// SPDX-License-Identifier: GPL-3.0-or-later
// ping and traceroute, over cables whose delay is all there is, so that every instant is a sum of delays.
#include "tests/support/apps_rig.h"
#include "tests/support/catch.h"

namespace packetarium::apps_ping_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;

Lines linesOf(const Scenario& scenario)
{
    Engine engine(scenario);
    engine.runUntil(SimTime::zero() + 60_s);
    return doings(engine.trace());
}

/// client 10.0.0.1 - r1 - r2 - server 10.0.2.2, each cable 10 ms.
Scenario behindTwoRouters()
{
    Scenario scenario;
    addHost(scenario, "client", "10.0.0.1").gateway = Ipv4Address::parse("10.0.0.254");
    addHost(scenario, "server", "10.0.2.2").gateway = Ipv4Address::parse("10.0.2.254");
    addRouter(scenario, "r1", "10.0.0.254/24", "10.0.1.1/24").routes = {
        {*IpPrefix::parse("10.0.2.0/24"), *IpAddress::parse("10.0.1.2")}};
    addRouter(scenario, "r2", "10.0.1.2/24", "10.0.2.254/24").routes = {
        {*IpPrefix::parse("10.0.0.0/24"), *IpAddress::parse("10.0.1.1")}};
    join(scenario, "client", "r1.left", 10_ms);
    join(scenario, "r1.right", "r2.left", 10_ms);
    join(scenario, "r2.right", "server", 10_ms);
    return scenario;
}

} // namespace

TEST_CASE("three pings: the first waits for ARP, the others take twice the delay", "[apps]")
{
    Scenario scenario = twoOnACable(10_ms);
    at(scenario, 0_ms, "client", DoPing{.to = "server"});
    // ARP there and back, then the echo there and back: 40 ms; then 20 ms each.
    CHECK(linesOf(scenario) == Lines{
                                   "0.0 client ping-sent 1 10.0.0.2",
                                   "0.04 client ping-answered 40000000 10.0.0.2",
                                   "1.0 client ping-sent 2 10.0.0.2",
                                   "1.02 client ping-answered 20000000 10.0.0.2",
                                   "2.0 client ping-sent 3 10.0.0.2",
                                   "2.02 client ping-answered 20000000 10.0.0.2",
                               });
}

TEST_CASE("an answer one nanosecond before the second is over is in time, at the second it is too late", "[apps]")
{
    // 2 x 499,999,999 ns = 999,999,998 ns, and what the reply is held up. The client's frames: ARP, echo 1, echo 2; the
    // server's: ARP reply, reply 1, reply 2.
    Scenario scenario = twoOnACable(499'999'999_ns);
    at(scenario, 0_ms, "client", DoPing{.to = "10.0.0.2", .count = 1});
    at(scenario, 5_s, "client", DoPing{.to = "10.0.0.2", .count = 1});
    at(scenario, 0_ms, "", DoDelay{{"server", 3}, 1_ns});
    CHECK(linesOf(scenario) == Lines{
                                   "0.0 client ping-sent 1 10.0.0.2",
                                   "1.0 client ping-timed-out 1", // it had to wait for ARP: 2 s
                                   "5.0 client ping-sent 1 10.0.0.2",
                                   "5.999999999 client ping-answered 999999999 10.0.0.2",
                               });
    std::get<DoDelay>(scenario.script.back().action).by = 2_ns;
    CHECK(linesOf(scenario).back() == "6.0 client ping-timed-out 1");
}

TEST_CASE("a ping to where nobody is: the host itself finds out, by ARP", "[apps]")
{
    Scenario scenario = twoOnACable(10_ms);
    at(scenario, 0_ms, "client", DoPing{.to = "10.0.0.77", .count = 1});
    at(scenario, 0_ms, "client", DoPing{.to = "192.0.2.1", .count = 1});
    const Lines lines = linesOf(scenario);
    // No gateway: there is no way to 192.0.2.1, and it is known at once.
    CHECK(lines == Lines{
                       "0.0 client ping-sent 1 10.0.0.77",
                       "0.0 client ping-sent 1 192.0.2.1",
                       "0.0 client ping-refused 1 not-reachable",
                       "1.0 client ping-timed-out 1",
                   });
}

TEST_CASE("a router that knows no way and a TTL that ends on the way are told to who pings", "[apps]")
{
    Scenario scenario = behindTwoRouters();
    at(scenario, 0_ms, "client", DoPing{.to = "192.0.2.1", .count = 1});
    at(scenario, 2_s, "client", DoPing{.to = "server", .count = 1, .ttl = 1});
    at(scenario, 4_s, "client", DoPing{.to = "server", .count = 1, .octets = 2000, .dontFragment = true});
    CHECK(linesOf(scenario) ==
          Lines{
              "0.0 client ping-sent 1 192.0.2.1",
              "0.04 client ping-refused 1 10.0.0.254 network-unreachable", // ARP to the router, then there and back
              "2.0 client ping-sent 1 10.0.2.2",
              "2.02 client ping-refused 1 10.0.0.254 ttl-exceeded",
              "4.0 client ping-sent 1 10.0.2.2",
              "4.0 client ping-refused 1 fragmentation-needed",
          });
}

TEST_CASE("the path's narrow link is told by the router before it", "[apps]")
{
    Scenario scenario = behindTwoRouters();
    scenario.routers[0].interfaces[1].mtu = 600;
    at(scenario, 0_ms, "client", DoPing{.to = "server", .count = 1, .octets = 1000, .dontFragment = true});
    CHECK(linesOf(scenario) == Lines{
                                   "0.0 client ping-sent 1 10.0.2.2",
                                   "0.04 client ping-refused 1 10.0.0.254 fragmentation-needed",
                               });
}

TEST_CASE("two pings to two hosts do not take each other's answers", "[apps]")
{
    Scenario scenario = behindTwoRouters();
    at(scenario, 0_ms, "client", DoPing{.to = "10.0.0.254", .count = 2});
    at(scenario, 1_ms, "client", DoPing{.to = "server", .count = 2});
    Engine engine(scenario);
    engine.runUntil(SimTime::zero() + 10_s);
    // To the router: ARP 20 ms, echo 20 ms. To the server the ARPs of r1, r2 and then of nobody else on the way back:
    // 1 ms + ... the second one finds all tables filled: six times 10 ms.
    const Lines answers = doings(engine.trace(), {ProgramEvent::PingAnswered});
    REQUIRE(answers.size() == 4);
    CHECK(answers[0] == "0.04 client ping-answered 40000000 10.0.0.254");
    CHECK(answers[2] == "1.02 client ping-answered 20000000 10.0.0.254");
    CHECK(answers[3] == "1.061 client ping-answered 60000000 10.0.2.2");
}

TEST_CASE("traceroute names each router and ends at the port that nobody listens at", "[apps]")
{
    Scenario scenario = behindTwoRouters();
    at(scenario, 0_ms, "client", DoPing{.to = "server", .count = 1}); // fills the ARP tables
    at(scenario, 2_s, "client", DoTraceroute{.to = "server"});
    Engine engine(scenario);
    engine.runUntil(SimTime::zero() + 10_s);
    const Lines lines = doings(engine.trace(), {ProgramEvent::TraceProbed, ProgramEvent::TraceHop,
                                                ProgramEvent::TraceNoAnswer, ProgramEvent::TraceDone});
    CHECK(lines == Lines{
                       "2.0 client trace-probed 1",
                       "2.02 client trace-hop 1 10.0.0.254",
                       "2.02 client trace-probed 2",
                       "2.06 client trace-hop 2 10.0.1.2",
                       "2.06 client trace-probed 3",
                       "2.12 client trace-hop 3 10.0.2.2",
                       "2.12 client trace-done 3 10.0.2.2",
                   });
}

TEST_CASE("traceroute goes on past a silent hop and gives up after its last", "[apps]")
{
    Scenario scenario = behindTwoRouters();
    scenario.hosts[1].filtered = true;
    at(scenario, 0_ms, "client", DoTraceroute{.to = "10.0.2.2", .maxHops = 4});
    Engine engine(scenario);
    engine.runUntil(SimTime::zero() + 20_s);
    const Lines lines = doings(engine.trace(), {ProgramEvent::TraceNoAnswer, ProgramEvent::TraceDone});
    // Hop 1 after ARP at 40 ms; hop 2 after r1's ARP, which the server's reply to needs no more: 40 + 40 + 20 ms.
    CHECK(lines == Lines{
                       "1.1 client trace-no-answer 3",
                       "2.1 client trace-no-answer 4",
                       "2.1 client trace-done 4 10.0.2.2 no-answer",
                   });
}

TEST_CASE("traceroute stops where a router knows no way", "[apps]")
{
    Scenario scenario = behindTwoRouters();
    at(scenario, 0_ms, "client", DoTraceroute{.to = "192.0.2.1"});
    // The route is looked up before the TTL is counted down (RFC 1812 §5.2.1.3, steps 5 and 7).
    CHECK(linesOf(scenario) == Lines{
                                   "0.0 client trace-probed 1",
                                   "0.04 client trace-hop 1 10.0.0.254",
                                   "0.04 client trace-done 1 192.0.2.1 network-unreachable",
                               });
}

} // namespace packetarium::apps_ping_test
