// SPDX-License-Identifier: GPL-3.0-or-later
// Datagrams, sent and echoed and refused.
#include "tests/support/apps_rig.h"
#include "tests/support/catch.h"

namespace packetarium::apps_datagrams_test {

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

} // namespace

TEST_CASE("the echo service sends back what it gets, to the port it came from", "[apps]")
{
    Scenario scenario = twoOnACable(10_ms);
    scenario.hosts[1].services.udpEcho = {7};
    at(scenario, 0_ms, "client", DoSendDatagram{.to = "server", .port = 7, .localPort = 5000, .data = octets("hello")});
    CHECK(linesOf(scenario) == Lines{
                                   "0.0 client datagram-sent 5 10.0.0.2:7",
                                   "0.03 server datagram-received 5 10.0.0.1:5000",
                                   "0.03 server datagram-sent 5 10.0.0.1:5000",
                                   "0.04 client datagram-received 5 10.0.0.2:7",
                               });
}

TEST_CASE("a port that is open takes datagrams, one that is closed is told about by ICMP", "[apps]")
{
    Scenario scenario = twoOnACable(10_ms);
    scenario.hosts[1].services.udpOpen = {9};
    at(scenario, 0_ms, "client", DoSendDatagram{.to = "server", .port = 9, .localPort = 5000, .data = octets("a")});
    at(scenario, 1_s, "client", DoSendDatagram{.to = "server", .port = 10, .localPort = 5000, .data = octets("b")});
    at(scenario, 2_s, "client", DoSendDatagram{.to = "192.0.2.1", .port = 9, .localPort = 5000, .data = octets("c")});
    CHECK(linesOf(scenario) == Lines{
                                   "0.0 client datagram-sent 1 10.0.0.2:9",
                                   "0.03 server datagram-received 1 10.0.0.1:5000",
                                   "1.0 client datagram-sent 1 10.0.0.2:10",
                                   "1.02 client datagram-refused 10.0.0.2 port-unreachable",
                                   "2.0 client datagram-sent 1 192.0.2.1:9",
                                   "2.0 client datagram-refused not-reachable",
                               });
}

TEST_CASE("without a port of its own a program keeps one for each partner", "[apps]")
{
    Scenario scenario = twoOnACable(10_ms);
    scenario.hosts[1].services.udpOpen = {9, 11};
    for (const std::uint16_t port : std::initializer_list<std::uint16_t>{9, 9, 11})
        at(scenario, 0_ms, "client", DoSendDatagram{.to = "server", .port = port, .data = octets("x")});
    Engine engine(scenario);
    engine.runUntil(SimTime::zero() + 1_s);
    // RFC 6335 §6: ephemeral ports begin at 49152.
    CHECK(doings(engine.trace(), {ProgramEvent::DatagramReceived}) ==
          Lines{
              "0.03 server datagram-received 1 10.0.0.1:49152",
              "0.03 server datagram-received 1 10.0.0.1:49152",
              "0.03 server datagram-received 1 10.0.0.1:49153",
          });
}

TEST_CASE("two echo services do not keep each other busy for ever", "[apps]")
{
    Scenario scenario = twoOnACable(10_ms);
    scenario.hosts[0].services.udpEcho = {7};
    scenario.hosts[1].services.udpEcho = {7};
    at(scenario, 0_ms, "client", DoSendDatagram{.to = "server", .port = 7, .localPort = 7, .data = octets("x")});
    CHECK(linesOf(scenario) == Lines{
                                   "0.0 client datagram-sent 1 10.0.0.2:7",
                                   "0.03 server datagram-received 1 10.0.0.1:7",
                               });
}

TEST_CASE("power comes back and the services wait again; what was under way is forgotten", "[apps]")
{
    Scenario scenario = twoOnACable(10_ms);
    scenario.hosts[1].services.udpEcho = {7};
    at(scenario, 0_ms, "client", DoPing{.to = "server", .count = 5});
    at(scenario, 500_ms, "client", DoPowerOff{});
    at(scenario, 600_ms, "server", DoPowerOff{});
    at(scenario, 1500_ms, "client", DoPowerOn{});
    at(scenario, 1500_ms, "server", DoPowerOn{});
    at(scenario, 2_s, "client", DoSendDatagram{.to = "server", .port = 7, .localPort = 5000, .data = octets("hello")});
    CHECK(linesOf(scenario) == Lines{
                                   "0.0 client ping-sent 1 10.0.0.2",
                                   "0.04 client ping-answered 40000000 10.0.0.2",
                                   "2.0 client datagram-sent 5 10.0.0.2:7",
                                   "2.03 server datagram-received 5 10.0.0.1:5000",
                                   "2.03 server datagram-sent 5 10.0.0.1:5000",
                                   "2.04 client datagram-received 5 10.0.0.2:7",
                               });
}

} // namespace packetarium::apps_datagrams_test
