// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whole networks run by the engine: what crosses each cable is what crossed
// it between Linux kernels (the captures named in each test), in the same
// order and with the same meaning.
#include "tests/support/catch.h"
#include "tests/support/networks.h"
#include "tests/support/two_hosts.h"

namespace packetarium::engine_network_test {

using namespace literals;
using namespace testing;

using Lines = std::vector<std::string>;

namespace {

Engine runOf(const Scenario& scenario, bool layers = false)
{
    EngineOptions options;
    options.layers = layers;
    Engine engine(scenario, options);
    REQUIRE(engine.runToEnd() == RunEnd::Quiet);
    return engine;
}

DoPing ping(const std::string& to, std::uint8_t ttl = 64)
{
    DoPing action;
    action.to = to;
    action.count = 1;
    action.ttl = ttl;
    return action;
}

} // namespace

TEST_CASE("through a router: ARP on each side, TTL 63 beyond it, time exceeded, host unreachable", "[engine]")
{
    NetworkBuilder net = routedPair();
    net.at(0_ms, "client", ping("10.2.0.2"));
    net.at(11_ms, "client", ping("10.2.0.2", 1));
    net.at(22_ms, "client", ping("10.2.0.77"));
    const Engine engine = runOf(net.scenario);
    // capture ra_router_arp_ttl, at the client
    CHECK(seenAt(engine.trace(), "client") ==
          Lines{"who has 10.1.0.254, tell 10.1.0.1", "10.1.0.254 is at 02:00:00:00:00:03",
                "10.1.0.1 > 10.2.0.2 echo request 1, ttl 64", "10.2.0.2 > 10.1.0.1 echo reply 1, ttl 63",
                "10.1.0.1 > 10.2.0.2 echo request 1, ttl 1", "10.1.0.254 > 10.1.0.1 icmp 11/0, ttl 64",
                "10.1.0.1 > 10.2.0.77 echo request 1, ttl 64", "10.1.0.254 > 10.1.0.1 icmp 3/1, ttl 64"});
    // capture ra_router_arp_ttl-far, beyond the router; nobody is at .77
    CHECK(seenAt(engine.trace(), "server") ==
          Lines{"who has 10.2.0.2, tell 10.2.0.254", "10.2.0.2 is at 02:00:00:00:00:02",
                "10.1.0.1 > 10.2.0.2 echo request 1, ttl 63", "10.2.0.2 > 10.1.0.1 echo reply 1, ttl 64",
                "who has 10.2.0.77, tell 10.2.0.254", "who has 10.2.0.77, tell 10.2.0.254",
                "who has 10.2.0.77, tell 10.2.0.254"});
}

TEST_CASE("ARP and ping on one cable, at the times that the cable gives", "[engine]")
{
    NetworkBuilder net = cabledPair();
    net.at(0_ms, "client", ping("server"));
    const Engine engine = runOf(net.scenario);
    // capture j_arp
    CHECK(seenAt(engine.trace(), "client") ==
          Lines{"who has 10.0.0.2, tell 10.0.0.1", "10.0.0.2 is at 02:00:00:00:00:02",
                "10.0.0.1 > 10.0.0.2 echo request 1, ttl 64", "10.0.0.2 > 10.0.0.1 echo reply 1, ttl 64"});
    REQUIRE(engine.trace().packets().size() == 4);
    CHECK(engine.trace().packets()[1].sentAt == SimTime::zero() + 20_ms);
    CHECK(engine.trace().packets()[2].sentAt == SimTime::zero() + 40_ms);
    CHECK(engine.trace().packets()[3].endAt == SimTime::zero() + 80_ms);
}

TEST_CASE("a datagram to a closed port comes back as port unreachable, over both versions of IP", "[engine]")
{
    NetworkBuilder net = cabledPair();
    DoSendDatagram datagram;
    datagram.to = "10.0.0.2";
    datagram.port = 5001;
    datagram.localPort = 40003;
    datagram.data = octets("nobody?");
    net.at(0_ms, "client", datagram);
    datagram.to = "2001:db8::2";
    datagram.localPort = 49415;
    datagram.data = octets("nobody6?");
    net.at(200_ms, "client", datagram);
    const Engine engine = runOf(net.scenario);
    // capture h_icmp_port_unreach, which found the neighbours known
    CHECK(seenAt(engine.trace(), "client") ==
          Lines{"who has 10.0.0.2, tell 10.0.0.1", "10.0.0.2 is at 02:00:00:00:00:02",
                "10.0.0.1 > 10.0.0.2 udp 40003 > 5001, 7", "10.0.0.2 > 10.0.0.1 icmp 3/3, ttl 64",
                "2001:db8::1 > ff02::1:ff00:2 solicitation 2001:db8::2",
                "2001:db8::2 > 2001:db8::1 advertisement 2001:db8::2", "2001:db8::1 > 2001:db8::2 udp 49415 > 5001, 8",
                "2001:db8::2 > 2001:db8::1 icmpv6 1/4, ttl 64"});
}

TEST_CASE("TCP over IPv6: neighbour discovery, handshake, data, teardown", "[engine]")
{
    NetworkBuilder net = cabledPair();
    for (HostSpec& host : net.scenario.hosts)
        host.address = {}; // IPv6 alone
    net.at(0_ms, "server", DoListen{80});
    net.at(0_ms, "client", DoConnect{"server", 80, 40004});
    net.scenario.script.push_back(
        {OnState{"client", TcpState::Established, 1, 21_ms}, "client", DoSend{Bytes(100, 'a')}});
    net.scenario.script.push_back({OnState{"client", TcpState::Established, 1, 41_ms}, "client", DoShutdown{}});
    net.scenario.script.push_back({OnPeerClosed{"server", 200_ms}, "server", DoClose{}});
    net.scenario.hosts[1].tcp.delayedAck = false;
    const Engine engine = runOf(net.scenario);
    const std::string there = "2001:db8::1 > 2001:db8::2 tcp ", back = "2001:db8::2 > 2001:db8::1 tcp ";
    // capture i_ipv6_handshake
    CHECK(seenAt(engine.trace(), "client") == Lines{"2001:db8::1 > ff02::1:ff00:2 solicitation 2001:db8::2",
                                                    "2001:db8::2 > 2001:db8::1 advertisement 2001:db8::2",
                                                    there + "SYN 0", back + "SYN,ACK 0", there + "ACK 0",
                                                    there + "PSH,ACK 100", there + "FIN,ACK 0", back + "ACK 0",
                                                    back + "ACK 0", back + "FIN,ACK 0", there + "ACK 0"});
}

TEST_CASE("a hub lets everyone hear, a switch only until it has learnt", "[engine]")
{
    const auto heardByThird = [](bool hub) {
        NetworkBuilder net;
        net.host("a", "10.0.0.1/24");
        net.host("b", "10.0.0.2/24");
        net.host("c", "10.0.0.3/24");
        if (hub)
            net.hub("m");
        else
            net.bridge("m");
        net.join("a", "m").join("b", "m").join("c", "m");
        net.at(0_ms, "a", ping("10.0.0.2"));
        return seenAt(runOf(net.scenario).trace(), "c");
    };
    CHECK(heardByThird(true) == Lines{"who has 10.0.0.2, tell 10.0.0.1", "10.0.0.2 is at 02:00:00:00:00:02",
                                      "10.0.0.1 > 10.0.0.2 echo request 1, ttl 64",
                                      "10.0.0.2 > 10.0.0.1 echo reply 1, ttl 64"});
    CHECK(heardByThird(false) == Lines{"who has 10.0.0.2, tell 10.0.0.1"});
}

TEST_CASE("a pulled cable loses what is on it and what is sent into it, and works again when joined", "[engine]")
{
    NetworkBuilder net = cabledPair();
    DoPing pings = ping("server");
    pings.count = 4;
    pings.interval = 1_s;
    net.at(0_ms, "client", pings);
    net.at(SimDuration::milliseconds(1010), "",
           DoUnplug{{"client", {}}, {"server", {}}}); // the second request is half way
    net.at(SimDuration::milliseconds(2500), "", DoPlug{{"server", {}}, {"client", {}}});
    const Engine engine = runOf(net.scenario);
    std::size_t cut = 0;
    for (const PacketInfo& packet : engine.trace().packets())
        cut += packet.lossReason == Reason::LostUnplugged ? 1 : 0;
    CHECK(cut == 2);
    Lines answered;
    for (const std::string& line : seenAt(engine.trace(), "client"))
        if (line.find("reply") != std::string::npos)
            answered.push_back(line);
    CHECK(answered == Lines{"10.0.0.2 > 10.0.0.1 echo reply 1, ttl 64", "10.0.0.2 > 10.0.0.1 echo reply 4, ttl 64"});
}

TEST_CASE("a node without power hears nothing; with power again it has forgotten what it had learnt", "[engine]")
{
    NetworkBuilder net = cabledPair();
    net.at(0_ms, "client", ping("server"));
    net.at(500_ms, "server", DoPowerOff{});
    net.at(600_ms, "client", ping("server"));
    net.at(2_s, "server", DoPowerOn{});
    net.at(3_s, "server", ping("client"));
    const Engine engine = runOf(net.scenario);
    const Lines lines = seenAt(engine.trace(), "server");
    REQUIRE(lines.size() == 9);
    CHECK(lines[4] == "10.0.0.1 > 10.0.0.2 echo request 1, ttl 64"); // on the cable it arrives, but nobody is at home
    CHECK(lines[5] == "who has 10.0.0.1, tell 10.0.0.2");
    CHECK(lines[8] == "10.0.0.1 > 10.0.0.2 echo reply 1, ttl 64");
}

TEST_CASE("layer records change nothing else of a run", "[engine]")
{
    NetworkBuilder net = routedPair();
    net.at(0_ms, "client", ping("10.2.0.2"));
    const auto withoutLayers = [](const Trace& trace) {
        std::vector<std::pair<SimTime, RecordKind>> rest;
        for (const Record& r : trace.records()) {
            const bool told = r.kind == RecordKind::Layer ||
                              (r.kind == RecordKind::Table &&
                               (r.tableChange() == TableChange::Used || r.tableChange() == TableChange::Missed));
            if (!told)
                rest.emplace_back(r.at, r.kind);
        }
        return rest;
    };
    const Engine quiet = runOf(net.scenario), talkative = runOf(net.scenario, true);
    CHECK(withoutLayers(quiet.trace()) == withoutLayers(talkative.trace()));
    CHECK(quiet.trace().records().size() == withoutLayers(quiet.trace()).size());
    CHECK(talkative.trace().records().size() > quiet.trace().records().size());
    CHECK(quiet.trace().packets().size() == talkative.trace().packets().size());
}

} // namespace packetarium::engine_network_test
