// SPDX-License-Identifier: GPL-3.0-or-later
//
// The same exchanges as a Linux kernel had with itself: the same packets in the same order, with the same meaning. What the
// kernel sent is told by tshark's reading of the captures that the comments name; MAC addresses are ours, and TCP's options
// other than MSS are not there.
#include "tests/support/catch.h"
#include "tests/support/net_rig.h"

namespace packetarium::net_capture_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;

struct Pair : NetRig {
    Pair() { join(a, 0, c, 0, 20_ms); }
    void ping(NodeId from, std::string_view to, std::uint16_t id, std::uint16_t sequence, std::uint8_t ttl = 64)
    {
        Host::EchoSend how;
        how.to = ip(to);
        how.identifier = id;
        how.sequence = sequence;
        how.ttl = ttl;
        host(from).sendEcho(cx(), how, Bytes(56));
    }
    NodeId a = addHost(0x0a, {"10.0.0.1/24", "2001:db8::1/64"});
    NodeId c = addHost(0x0b, {"10.0.0.2/24", "2001:db8::2/64"});
};

} // namespace

TEST_CASE("j_arp: the first ping asks who has the address", "[net]")
{
    Pair p;
    p.ping(p.a, "10.0.0.2", 0x2650, 1);
    p.pass(1_s);
    CHECK(p.carried(p.a, 0) == Lines{
                                   "0a>ff ARP who has 10.0.0.2? tell 10.0.0.1",
                                   "0b>0a ARP 10.0.0.2 is at 0b",
                                   "0a>0b 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9808 seq 1, 56 octets",
                                   "0b>0a 10.0.0.2>10.0.0.1 ttl 64 ICMP echo reply id 9808 seq 1, 56 octets",
                               });
}

TEST_CASE("k_ping: three pings over IPv4, two over IPv6", "[net]")
{
    Pair p;
    p.ping(p.a, "10.0.0.2", 1, 0); // ARP and ND were warm
    p.ping(p.a, "2001:db8::2", 1, 0);
    p.pass(1_s);
    p.carried(p.a, 0);
    for (std::uint16_t sequence = 1; sequence <= 3; ++sequence) {
        p.ping(p.a, "10.0.0.2", 0x2674, sequence);
        p.pass(300_ms);
    }
    for (std::uint16_t sequence = 1; sequence <= 2; ++sequence) {
        p.ping(p.a, "2001:db8::2", 0x2679, sequence);
        p.pass(300_ms);
    }
    CHECK(p.carried(p.a, 0) == Lines{
                                   "0a>0b 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9844 seq 1, 56 octets",
                                   "0b>0a 10.0.0.2>10.0.0.1 ttl 64 ICMP echo reply id 9844 seq 1, 56 octets",
                                   "0a>0b 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9844 seq 2, 56 octets",
                                   "0b>0a 10.0.0.2>10.0.0.1 ttl 64 ICMP echo reply id 9844 seq 2, 56 octets",
                                   "0a>0b 10.0.0.1>10.0.0.2 ttl 64 ICMP echo request id 9844 seq 3, 56 octets",
                                   "0b>0a 10.0.0.2>10.0.0.1 ttl 64 ICMP echo reply id 9844 seq 3, 56 octets",
                                   "0a>0b 2001:db8::1>2001:db8::2 ttl 64 ICMPv6 echo request id 9849 seq 1, 56 octets",
                                   "0b>0a 2001:db8::2>2001:db8::1 ttl 64 ICMPv6 echo reply id 9849 seq 1, 56 octets",
                                   "0a>0b 2001:db8::1>2001:db8::2 ttl 64 ICMPv6 echo request id 9849 seq 2, 56 octets",
                                   "0b>0a 2001:db8::2>2001:db8::1 ttl 64 ICMPv6 echo reply id 9849 seq 2, 56 octets",
                               });
}

TEST_CASE("g_udp_exchange: three datagrams each way, one of them empty, one of 1472 octets", "[net]")
{
    Pair p;
    p.ping(p.a, "10.0.0.2", 1, 0);
    p.pass(1_s);
    p.carried(p.a, 0);
    p.told();
    p.host(p.a).openUdp(40002);
    p.host(p.c).openUdp(5000);
    for (const std::size_t octets : {std::size_t{5}, std::size_t{0}, std::size_t{1472}}) {
        Host::UdpSend how;
        how.localPort = 40002;
        how.to = Endpoint{ip("10.0.0.2"), 5000};
        p.host(p.a).sendUdp(p.cx(), how, Bytes(octets));
        p.pass(20_ms);
        how.localPort = 5000;
        how.to = Endpoint{ip("10.0.0.1"), 40002};
        p.host(p.c).sendUdp(p.cx(), how, Bytes(octets));
        p.pass(20_ms);
    }
    CHECK(p.told().size() == 6);
    CHECK(p.carried(p.a, 0) == Lines{
                                   "0a>0b 10.0.0.1>10.0.0.2 ttl 64 UDP 40002>5000, 5 octets",
                                   "0b>0a 10.0.0.2>10.0.0.1 ttl 64 UDP 5000>40002, 5 octets",
                                   "0a>0b 10.0.0.1>10.0.0.2 ttl 64 UDP 40002>5000, 0 octets",
                                   "0b>0a 10.0.0.2>10.0.0.1 ttl 64 UDP 5000>40002, 0 octets",
                                   "0a>0b 10.0.0.1>10.0.0.2 ttl 64 UDP 40002>5000, 1472 octets",
                                   "0b>0a 10.0.0.2>10.0.0.1 ttl 64 UDP 5000>40002, 1472 octets",
                               });
}

TEST_CASE("h_icmp_port_unreach: a closed UDP port, over IPv4 and IPv6", "[net]")
{
    Pair p;
    p.ping(p.a, "10.0.0.2", 1, 0);
    p.ping(p.a, "2001:db8::2", 1, 0);
    p.pass(1_s);
    p.carried(p.a, 0);
    Host::UdpSend how;
    how.localPort = 40003;
    how.to = Endpoint{ip("10.0.0.2"), 5001};
    p.host(p.a).sendUdp(p.cx(), how, Bytes(7));
    p.pass(200_ms);
    how.localPort = 49415;
    how.to.address = ip("2001:db8::2");
    p.host(p.a).sendUdp(p.cx(), how, Bytes(8));
    p.pass(200_ms);
    CHECK(p.carried(p.a, 0) == Lines{
                                   "0a>0b 10.0.0.1>10.0.0.2 ttl 64 UDP 40003>5001, 7 octets",
                                   "0b>0a 10.0.0.2>10.0.0.1 ttl 64 ICMP 3/3 about 10.0.0.1>10.0.0.2",
                                   "0a>0b 2001:db8::1>2001:db8::2 ttl 64 UDP 49415>5001, 8 octets",
                                   "0b>0a 2001:db8::2>2001:db8::1 ttl 64 ICMPv6 1/4 about 2001:db8::1>2001:db8::2",
                               });
}

TEST_CASE("i_ipv6_handshake: neighbour discovery, the handshake, 100 octets, teardown", "[net]")
{
    Pair p;
    p.host(p.c).listenOn(p.cx(), 80);
    const ConnId conn = p.host(p.a).connectTo(p.cx(), 40004, Endpoint{ip("2001:db8::2"), 80}).conn;
    p.pass(80_ms); // ND and the SYN's way and back
    p.host(p.a).sendOn(p.cx(), conn, Bytes(100));
    p.host(p.a).closeConn(p.cx(), conn);
    p.pass(1_s);
    p.host(p.c).closeConn(p.cx(), p.opened.back());
    p.pass(1_s);
    const Lines wire = p.carried(p.a, 0);
    // The kernel's frames 1 to 5, 6 and 7, 10 and 11; when data and FIN are acknowledged (8 and 9) is TCP's profile.
    REQUIRE(wire.size() >= 9);
    CHECK(Lines(wire.begin(), wire.begin() + 7) ==
          Lines{
              "0a>group 2001:db8::1>ff02::1:ff00:2 ttl 255 solicitation for 2001:db8::2 from 0a",
              "0b>0a 2001:db8::2>2001:db8::1 ttl 255 advertisement 2001:db8::2 sol ovr is at 0b",
              "0a>0b 2001:db8::1>2001:db8::2 ttl 64 TCP 40004>80 SYN mss 1440, 0 octets",
              "0b>0a 2001:db8::2>2001:db8::1 ttl 64 TCP 80>40004 SYN,ACK mss 1440, 0 octets",
              "0a>0b 2001:db8::1>2001:db8::2 ttl 64 TCP 40004>80 ACK, 0 octets",
              "0a>0b 2001:db8::1>2001:db8::2 ttl 64 TCP 40004>80 PSH,ACK, 100 octets",
              "0a>0b 2001:db8::1>2001:db8::2 ttl 64 TCP 40004>80 FIN,ACK, 0 octets",
          });
    CHECK(Lines(wire.end() - 2, wire.end()) ==
          Lines{
              "0b>0a 2001:db8::2>2001:db8::1 ttl 64 TCP 80>40004 FIN,ACK, 0 octets",
              "0a>0b 2001:db8::1>2001:db8::2 ttl 64 TCP 40004>80 ACK, 0 octets",
          });
}

TEST_CASE("ra_router_arp_ttl: ARP on each side of a router, a TTL that ends, a host that is not there", "[net]")
{
    NetRig rig;
    const NodeId c = rig.addHost(0x0c, {"10.1.0.1/24"}, {"10.1.0.254"});
    const NodeId d = rig.addHost(0x0d, {"10.2.0.2/24"}, {"10.2.0.254"});
    const NodeId r = rig.addRouter(0xa0, {NetRig::Port{{"10.1.0.254/24"}}, NetRig::Port{{"10.2.0.254/24"}}});
    rig.join(c, 0, r, 0, 10_us);
    rig.join(r, 1, d, 0, 10_us);
    const auto ping = [&](std::string_view to, std::uint16_t id, std::uint8_t ttl) {
        Host::EchoSend how;
        how.to = ip(to);
        how.identifier = id;
        how.sequence = 1;
        how.ttl = ttl;
        rig.host(c).sendEcho(rig.cx(), how, Bytes(56));
    };
    ping("10.2.0.2", 0x4748, 64);
    rig.pass(11_ms);
    ping("10.2.0.2", 0x474a, 1);
    rig.pass(11_ms);
    ping("10.2.0.77", 0x474c, 64);
    rig.pass(2900_ms);
    CHECK(rig.carried(c, 0) == Lines{
                                   "0c>ff ARP who has 10.1.0.254? tell 10.1.0.1",
                                   "a0>0c ARP 10.1.0.254 is at a0",
                                   "0c>a0 10.1.0.1>10.2.0.2 ttl 64 ICMP echo request id 18248 seq 1, 56 octets",
                                   "a0>0c 10.2.0.2>10.1.0.1 ttl 63 ICMP echo reply id 18248 seq 1, 56 octets",
                                   "0c>a0 10.1.0.1>10.2.0.2 ttl 1 ICMP echo request id 18250 seq 1, 56 octets",
                                   "a0>0c 10.1.0.254>10.1.0.1 ttl 64 ICMP 11/0 about 10.1.0.1>10.2.0.2",
                                   "0c>a0 10.1.0.1>10.2.0.77 ttl 64 ICMP echo request id 18252 seq 1, 56 octets",
                               });
    rig.pass(200_ms); // three seconds after the router's first question
    CHECK(rig.carried(c, 0) == Lines{"a0>0c 10.1.0.254>10.1.0.1 ttl 64 ICMP 3/1 about 10.1.0.1>10.2.0.77"});
    CHECK(rig.carried(d, 0) == Lines{
                                   "a1>ff ARP who has 10.2.0.2? tell 10.2.0.254",
                                   "0d>a1 ARP 10.2.0.2 is at 0d",
                                   "a1>0d 10.1.0.1>10.2.0.2 ttl 63 ICMP echo request id 18248 seq 1, 56 octets",
                                   "0d>a1 10.2.0.2>10.1.0.1 ttl 64 ICMP echo reply id 18248 seq 1, 56 octets",
                                   "a1>ff ARP who has 10.2.0.77? tell 10.2.0.254",
                                   "a1>ff ARP who has 10.2.0.77? tell 10.2.0.254",
                                   "a1>ff ARP who has 10.2.0.77? tell 10.2.0.254",
                               });
}

} // namespace packetarium::net_capture_test
