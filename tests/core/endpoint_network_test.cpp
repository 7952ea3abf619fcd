// SPDX-License-Identifier: GPL-3.0-or-later
// What the endpoint reads beside TCP's own header: marks of congestion in both versions of IP, addresses that nobody else may
// use, and a connection in TIME-WAIT whose place may be taken.
#include "tests/support/catch.h"

#include "tests/core/endpoint_v6.h"

namespace packetarium::endpoint_network_test {

using namespace test;
using Json = EndpointRig::Json;
using Lines = std::vector<std::string>;

namespace {

constexpr std::uint8_t S = TcpFlags::Syn, A = TcpFlags::Ack, F = TcpFlags::Fin, P = TcpFlags::Psh, R = TcpFlags::Rst;
constexpr std::uint8_t kEct0 = 2, kMarked = 3; // RFC 3168 section 5

/// A peer of either version that offers ECN to a listener at port 80.
struct EcnPeer {
    bool v6;
    EndpointRig rig{bothVersions({{"tcp", {{"ecn", true}}}})};
    explicit EcnPeer(bool version6)
        : v6(version6)
    {
        const int fd = rig.call("socket", {{"domain", v6 ? "inet6" : "inet"}, {"type", "stream"}})["ret"];
        rig.call("bind", {{"fd", fd}, {"port", 80}});
        rig.call("listen", {{"fd", fd}, {"backlog", 5}});
        arrives(S | TcpFlags::Ece | TcpFlags::Cwr, 0, 0, 0);
        REQUIRE(sent() == Lines{"SYN,ACK,ECE"});
        arrives(A, 1, 1, 0);
    }
    void arrives(std::uint8_t flags, std::uint32_t seq, std::uint32_t ack, std::uint8_t ecn, std::string_view data = "")
    {
        TcpSegment tcp;
        tcp.sourcePort = 4000;
        tcp.destinationPort = 80;
        tcp.flags.bits = flags;
        tcp.seq = Seq32(EndpointRig::kPeerIss) + seq;
        tcp.ack = Seq32((flags & A) != 0 ? EndpointRig::kIss + ack : 0);
        tcp.window = 65535;
        tcp.payload.assign(data.begin(), data.end());
        if (v6) {
            Ipv6Header ip;
            ip.trafficClass = ecn;
            ip.nextHeader = kProtocolTcp;
            ip.source = kPeer6.v6();
            ip.destination = kHost6.v6();
            rig.inject(encodeIpv6(ip, encodeTcp(tcp, kPeer6, kHost6)));
            return;
        }
        Ipv4Header ip;
        ip.dscpEcn = ecn;
        ip.protocol = kProtocolTcp;
        ip.source = EndpointRig::kPeer;
        ip.destination = EndpointRig::kHost;
        rig.inject(encodeIpv4(ip, encodeTcp(tcp, EndpointRig::kPeer, EndpointRig::kHost)));
    }
    /// Flags of what was sent.
    Lines sent()
    {
        Lines flags;
        const Json reply = rig.run();
        for (const Json& output : reply["outputs"]) {
            const Bytes bytes = octetsOf(output);
            flags.push_back(TcpFlags{bytes[(v6 ? kIpv6HeaderSize : kIpv4HeaderSize) + 13]}.toString());
        }
        return flags;
    }
};

} // namespace

TEST_CASE("RFC 3168 section 6.1.3: a mark is echoed in either version of IP, until CWR comes", "[endpoint]")
{
    for (const bool v6 : {false, true}) {
        INFO(v6);
        EcnPeer peer(v6);
        peer.arrives(P | A, 1, 1, kEct0, "abc");
        CHECK(peer.sent() == Lines{"ACK"});
        peer.arrives(P | A, 4, 1, kMarked, "def");
        CHECK(peer.sent() == Lines{"ACK,ECE"});
        peer.arrives(P | A, 7, 1, kEct0, "ghi");
        CHECK(peer.sent() == Lines{"ACK,ECE"});
        peer.arrives(P | A | TcpFlags::Cwr, 10, 1, kEct0, "jkl");
        CHECK(peer.sent() == Lines{"ACK"});
    }
}

TEST_CASE("RFC 9293 section 3.9.2.3, MUST-63: a SYN with this host's own address starts nothing", "[endpoint]")
{
    EndpointRig rig(bothVersions());
    const int fd = rig.call("socket", {{"domain", "inet6"}, {"type", "stream"}})["ret"];
    rig.call("bind", {{"fd", fd}, {"port", 80}});
    rig.call("listen", {{"fd", fd}, {"backlog", 5}});
    const IpAddress own4(EndpointRig::kHost);
    CHECK(droppedOf(rig.inject(datagram4(kProtocolTcp, synTo(80, own4, own4), "10.0.0.1"))) == "ignored-bad-source");
    CHECK(droppedOf(rig.inject(packet6(kProtocolTcp, synTo(80, kHost6, kHost6), kHost6))) == "ignored-bad-source");
    CHECK(rig.sent(10'000'000).empty());
    // Its own programs may reach it all the same.
    const int client = rig.socket();
    CHECK(rig.call("connect", {{"fd", client}, {"addr", "10.0.0.1"}, {"port", 80}}).contains("pending"));
    rig.run();
    CHECK(rig.state(client) == "ESTABLISHED");
}

TEST_CASE("RFC 9293 section 3.6.1: TIME-WAIT stays where a new SYN finds no room", "[endpoint]")
{
    EndpointRig rig;
    const int listener = rig.listening(0);
    rig.handshake();
    rig.sent();
    const int fd = rig.call("accept", {{"fd", listener}})["ret"];
    rig.call("shutdown", {{"fd", fd}, {"how", "SHUT_WR"}});
    CHECK(rig.sent() == Lines{"FIN,ACK seq=1 ack=1"});
    rig.segment(F | A, 1, 2);
    CHECK(rig.sent() == Lines{"ACK seq=2 ack=2"});
    CHECK(rig.state(fd) == "TIME-WAIT");

    rig.peerPort = 4001; // fills the only place
    rig.segment(S, 0, 0);
    const std::string answer = rig.sent()[0];
    REQUIRE(answer.starts_with("SYN,ACK seq="));
    rig.segment(A, 1, static_cast<std::uint32_t>(std::stoul(answer.substr(12))) + 1);
    rig.peerPort = EndpointRig::kPeerPort;
    rig.segment(S, 1000, 0);
    CHECK(rig.sent() == Lines{"ACK seq=2 ack=2"}); // a challenge
    CHECK(rig.state(fd) == "TIME-WAIT");
    rig.segment(F | A, 1, 2);
    CHECK(rig.sent() == Lines{"ACK seq=2 ack=2"});

    // With room it is taken; TIME-WAIT is over when the peer has shown that it meant it.
    rig.call("accept", {{"fd", listener}});
    rig.segment(S, 1000, 0);
    const Lines reopened = rig.sent();
    REQUIRE(reopened.size() == 1);
    REQUIRE(reopened[0].starts_with("SYN,ACK seq="));
    CHECK(rig.state(fd) == "TIME-WAIT");
    SECTION("it did")
    {
        rig.segment(A, 1001, static_cast<std::uint32_t>(std::stoul(reopened[0].substr(12))) + 1);
        CHECK(rig.state(fd) == "CLOSED");
    }
    SECTION("it did not, MAY-2 (2)")
    {
        rig.segment(R, 1001, 0);
        rig.segment(F | A, 1, 2);
        CHECK(rig.sent() == Lines{"ACK seq=2 ack=2"});
        CHECK(rig.state(fd) == "TIME-WAIT");
    }
}

} // namespace packetarium::endpoint_network_test
