// SPDX-License-Identifier: GPL-3.0-or-later
//
// Which way a datagram goes (RFC 1812 §5.2), and what is said when it cannot go on.
#include "core/net/icmp_errors.h"
#include "tests/support/catch.h"
#include "tests/support/net_rig.h"

namespace packetarium::net_routing_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;
using Reasons = std::vector<Reason>;

/// A router with 10.1.0.254 (MAC ...:a0) and 10.2.0.254 (MAC ...:a1), MTU 1280 behind the second; both neighbours, 10.1.0.1 (01)
/// and 10.2.0.2 (02), are known.
struct Bench : NetRig {
    explicit Bench(const std::vector<Route>& routes = {})
        : r(addRouter(
              0xa0,
              {Port{{"10.1.0.254/24", "2001:db8:1::ff/64"}, 1500}, Port{{"10.2.0.254/24", "2001:db8:2::ff/64"}, 1280}},
              routes))
    {
        meet(0, 1, "10.1.0.1", "10.1.0.254");
        meet(1, 2, "10.2.0.2", "10.2.0.254");
        meet(1, 3, "10.2.0.3", "10.2.0.254");
        sent.clear();
        tables();
    }
    void meet(std::uint8_t port, std::uint8_t itsMac, std::string_view who, std::string_view us)
    {
        arrive(r, port, arpFrame(ArpPacket::Request, itsMac, who, MacAddress::broadcast(), us));
    }
    void meet6(std::uint8_t port, std::uint8_t itsMac, std::string_view who, std::string_view us)
    {
        NeighborMessage message;
        message.target = ip(us).v6();
        message.linkAddress = mac(itsMac);
        arrive(r, port,
               icmpv6Frame(itsMac, mac(static_cast<std::uint8_t>(0xa0 + port)), who, us, toIcmp(message), 255));
        sent.clear();
    }
    NodeId r;
};

IpStack stackWith(const std::vector<std::pair<std::string, std::string>>& routes)
{
    IpStackSetup setup;
    setup.node = NodeId(0);
    setup.interfaces = {Interface{mac(1), {prefix("10.0.0.1/24")}}, Interface{mac(2), {prefix("10.9.0.1/24")}}};
    for (const auto& [to, via] : routes)
        setup.routes.push_back(
            Route{prefix(to), ip(via), static_cast<std::uint8_t>(via.rfind("10.9.", 0) == 0 ? 1 : 0)});
    return IpStack(setup);
}

} // namespace

TEST_CASE("the longest prefix decides, whatever the order of the rows", "[net]")
{
    const std::vector<Interface> interfaces{Interface{mac(1), {prefix("10.0.0.1/24")}},
                                            Interface{mac(2), {prefix("10.9.0.1/24")}}};
    const auto row = [](std::string_view to, std::string_view via, std::uint8_t port) {
        return Route{prefix(to), ip(via), port};
    };
    std::vector<Route> further{row("0.0.0.0/0", "10.0.0.254", 0), row("10.128.0.0/9", "10.9.0.3", 1),
                               row("10.0.0.0/8", "10.9.0.2", 1), row("10.0.0.128/25", "10.9.0.4", 1),
                               row("10.200.1.1/32", "10.0.0.7", 0)};
    for (int turn = 0; turn < 2; ++turn) {
        const Routes routes(interfaces, further);
        const auto nextHop = [&](std::string_view to) {
            const Route* found = routes.find(ip(to));
            return found == nullptr
                       ? std::string("none")
                       : Routes::hopBy(*found, ip(to)).address.toString() + " port " + std::to_string(found->port);
        };
        CHECK(nextHop("10.0.0.5") == "10.0.0.5 port 0");   // on the link
        CHECK(nextHop("10.9.0.5") == "10.9.0.5 port 1");   // likewise
        CHECK(nextHop("10.0.0.129") == "10.9.0.4 port 1"); // /25 within the link's /24
        CHECK(nextHop("10.1.1.1") == "10.9.0.2 port 1");   // /8
        CHECK(nextHop("10.127.255.255") == "10.9.0.2 port 1");
        CHECK(nextHop("10.128.0.0") == "10.9.0.3 port 1"); // /9
        CHECK(nextHop("10.200.1.1") == "10.0.0.7 port 0"); // /32
        CHECK(nextHop("10.200.1.2") == "10.9.0.3 port 1");
        CHECK(nextHop("192.0.2.1") == "10.0.0.254 port 0"); // default
        CHECK(nextHop("2001:db8::1") == "none");            // the other version
        std::reverse(further.begin(), further.end());
    }
}

TEST_CASE("of equally long prefixes the first row decides", "[net]")
{
    const Routes routes(
        {Interface{mac(1), {prefix("10.0.0.1/24")}}},
        {Route{prefix("192.0.2.0/24"), ip("10.0.0.2"), 0}, Route{prefix("192.0.2.0/24"), ip("10.0.0.3"), 0}});
    CHECK(routes.find(ip("192.0.2.9"))->via == ip("10.0.0.2"));
}

TEST_CASE("a datagram is from the address of the interface by which it leaves", "[net]")
{
    const IpStack stack = stackWith({{"0.0.0.0/0", "10.9.0.254"}});
    CHECK(stack.sourceFor(ip("10.0.0.9")) == ip("10.0.0.1"));
    CHECK(stack.sourceFor(ip("10.9.0.9")) == ip("10.9.0.1"));
    CHECK(stack.sourceFor(ip("192.0.2.1")) == ip("10.9.0.1"));
    CHECK_FALSE(stack.sourceFor(ip("2001:db8::1")));
    CHECK_FALSE(stackWith({}).sourceFor(ip("192.0.2.1")));
    IpStackSetup setup;
    setup.node = NodeId(0);
    setup.interfaces = {Interface{mac(1), {prefix("10.0.0.1/24"), prefix("10.5.0.1/16"), prefix("2001:db8::1/64")}}};
    const IpStack several(setup);
    CHECK(several.sourceFor(ip("10.5.9.9")) == ip("10.5.0.1"));
    CHECK(several.sourceFor(ip("2001:db8::9")) == ip("2001:db8::1"));
    CHECK(several.sourceFor(ip("fe80::9")) == Ipv6Address::linkLocal(mac(1))); // of the same scope
}

TEST_CASE("a router takes one from the TTL and leaves the rest as it was", "[net]")
{
    Bench b;
    const Bytes in = udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 30);
    const PacketId packet = b.arrive(b.r, 0, in);
    REQUIRE(b.sent.size() == 1);
    CHECK(b.sent[0].parent == packet);
    CHECK(b.sent[0].rewritten);
    CHECK(b.sent[0].cause == Reason::SentRouted);
    const Bytes out = b.takenFrame();
    CHECK(wordsOf(out) == "a1>02 10.1.0.1>10.2.0.2 ttl 63 UDP 40000>7, 30 octets");
    REQUIRE(out.size() == in.size());
    for (std::size_t at = 14; at < in.size() - 4; ++at) {
        const bool rewritten = at == 22 || at == 24 || at == 25; // TTL and header checksum
        CHECK((rewritten || out[at] == in[at]));
    }
    CHECK(b.ignored().empty());
}

TEST_CASE("the TTL's last one is used up at this router, and the sender is told", "[net]")
{
    Bench b;
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 30, 2));
    CHECK(b.taken() == "a1>02 10.1.0.1>10.2.0.2 ttl 1 UDP 40000>7, 30 octets");
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 30, 1));
    CHECK(b.taken() == "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 11/0 about 10.1.0.1>10.2.0.2");
    CHECK(b.ignored() == Reasons{Reason::IgnoredTtlExpired});
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 30, 0)); // should never have been sent
    CHECK(b.taken() == "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 11/0 about 10.1.0.1>10.2.0.2");
    // For the router itself the TTL does not matter.
    b.arrive(b.r, 0, echoFrame(1, 0xa0, "10.1.0.1", "10.1.0.254", Bytes(8), 1));
    CHECK(b.taken() == "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP echo reply id 4660 seq 7, 8 octets");
}

TEST_CASE("an error quotes the datagram as it came: IP header and all that fits into 576 octets", "[net]")
{
    Bench b;
    const auto quoted = [&](std::size_t octets) {
        const Bytes in = udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, octets, 1);
        b.arrive(b.r, 0, in);
        const Bytes out = b.takenFrame();
        const Ipv4Decoded outer = decodeIpv4(ByteView(out).subspan(14, out.size() - 18));
        CHECK(outer.header.totalLength <= 576);
        CHECK(outer.header.dscpEcn == 0xc0); // as the kernel has it in ra_router_arp_ttl, frame 6
        const IcmpDecoded icmp = decodeIcmp(outer.payload);
        CHECK(icmp.error == IcmpError::None);
        const Bytes& quotation = icmp.message.payload;
        CHECK(std::equal(quotation.begin(), quotation.end(), in.begin() + 14));
        return quotation.size();
    };
    CHECK(quoted(0) == 28); // padding is no part of the datagram
    CHECK(quoted(56) == 84);
    CHECK(quoted(520) == 548); // 20 + 8 + 548 = 576
    CHECK(quoted(521) == 548);
    CHECK(quoted(1400) == 548);
}

TEST_CASE("no route: the network is unreachable", "[net]")
{
    Bench b;
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "192.0.2.1", 7, 30));
    CHECK(b.taken() == "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 3/0 about 10.1.0.1>192.0.2.1");
    CHECK(b.ignored() == Reasons{Reason::IgnoredNoRoute});
    b.meet6(0, 1, "2001:db8:1::1", "2001:db8:1::ff");
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "2001:db8:1::1", "2001:db8:9::1", 7, 30));
    CHECK(b.taken() == "a0>01 2001:db8:1::ff>2001:db8:1::1 ttl 64 ICMPv6 1/0 about 2001:db8:1::1>2001:db8:9::1");
}

TEST_CASE("nobody at the destination answers ARP: the host is unreachable, after three seconds", "[net]")
{
    Bench b;
    const PacketId packet = b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.77", 7, 30));
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.77", 7, 31));
    for (int i = 0; i < 3; ++i) {
        CHECK(b.taken() == "a1>ff ARP who has 10.2.0.77? tell 10.2.0.254");
        CHECK(b.taken() == "nothing");
        b.pass(1_s);
    }
    CHECK(b.taken() == "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 3/1 about 10.1.0.1>10.2.0.77");
    CHECK(b.taken() == "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 3/1 about 10.1.0.1>10.2.0.77");
    CHECK(b.ignored() == Reasons(2, Reason::IgnoredNoNeighbor));
    CHECK(std::any_of(b.trace.records().begin(), b.trace.records().end(), [&](const Record& r) {
        return r.kind == RecordKind::SegmentIgnored && r.packet == packet && r.reason == Reason::IgnoredNoNeighbor;
    }));
}

TEST_CASE("a datagram larger than the next link is fragmented, or with DF refused with the size that fits", "[net]")
{
    Bench b;
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 1252)); // 1280 with headers: just fits
    CHECK(b.taken() == "a1>02 10.1.0.1>10.2.0.2 ttl 63 UDP 40000>7, 1252 octets");
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 1253));
    CHECK(b.taken() == "a1>02 10.1.0.1>10.2.0.2 ttl 63 fragment 0+1256 more"); // 157 units of 8
    CHECK(b.taken() == "a1>02 10.1.0.1>10.2.0.2 ttl 63 fragment 1256+5");
    CHECK(b.taken() == "nothing");
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 1252, 64, true));
    CHECK(b.taken() == "a1>02 10.1.0.1>10.2.0.2 ttl 63 DF UDP 40000>7, 1252 octets");
    CHECK(b.ignored().empty());
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 1253, 64, true));
    CHECK(b.taken() == "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 3/4 mtu 1280 about 10.1.0.1>10.2.0.2");
    CHECK(b.ignored() == Reasons{Reason::IgnoredTooBig});
}

TEST_CASE("a fragment that is fragmented again keeps its place and its more-fragments flag", "[net]")
{
    Bench b;
    Ipv4Header header;
    header.dontFragment = false;
    header.moreFragments = true;
    header.fragmentOffset = 100;
    header.protocol = kProtocolUdp;
    header.source = ip("10.1.0.1").v4();
    header.destination = ip("10.2.0.2").v4();
    b.arrive(b.r, 0, ipv4Frame(1, 0xa0, header, Bytes(1440)));
    CHECK(b.taken() == "a1>02 10.1.0.1>10.2.0.2 ttl 63 fragment 800+1256 more");
    CHECK(b.taken() == "a1>02 10.1.0.1>10.2.0.2 ttl 63 fragment 2056+184 more");
    CHECK(b.taken() == "nothing");
}

TEST_CASE("IPv6 is never fragmented on its way", "[net]")
{
    Bench b;
    b.meet6(0, 1, "2001:db8:1::1", "2001:db8:1::ff");
    b.meet6(1, 2, "2001:db8:2::2", "2001:db8:2::ff");
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "2001:db8:1::1", "2001:db8:2::2", 7, 1232));
    CHECK(b.taken() == "a1>02 2001:db8:1::1>2001:db8:2::2 ttl 63 UDP 40000>7, 1232 octets");
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "2001:db8:1::1", "2001:db8:2::2", 7, 1233));
    CHECK(b.taken() ==
          "a0>01 2001:db8:1::ff>2001:db8:1::1 ttl 64 ICMPv6 2/0 mtu 1280 about 2001:db8:1::1>2001:db8:2::2");
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "2001:db8:1::1", "2001:db8:2::2", 7, 8, 1));
    CHECK(b.taken() == "a0>01 2001:db8:1::ff>2001:db8:1::1 ttl 64 ICMPv6 3/0 about 2001:db8:1::1>2001:db8:2::2");
}

TEST_CASE("what means something only on one link does not leave it", "[net]")
{
    Bench b;
    b.meet6(0, 1, "2001:db8:1::1", "2001:db8:1::ff");
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "fe80::1", "2001:db8:2::2", 7, 8));
    b.arrive(b.r, 0, udpFrame(1, 0xff, "10.1.0.1", "10.2.0.2", 7, 8)); // to another MAC address
    Ipv4Header header;
    header.protocol = kProtocolUdp;
    header.source = ip("10.1.0.1").v4();
    header.destination = ip("10.2.0.2").v4();
    const Bytes broadcast =
        encodeEthernet(EthernetHeader{MacAddress::broadcast(), mac(1), kEtherTypeIpv4}, encodeIpv4(header, Bytes(30)));
    b.arrive(b.r, 0, broadcast); // RFC 1812 §5.3.4
    header.destination = ip("224.0.0.5").v4();
    b.arrive(b.r, 0, ipv4Frame(1, 0xa0, header, Bytes(30)));
    CHECK(b.taken() == "nothing");
    CHECK(b.ignored() == Reasons{Reason::IgnoredNotRouted, Reason::IgnoredNotForThisMac, Reason::IgnoredNotRouted,
                                 Reason::IgnoredNotForUs});
}

TEST_CASE("a host is not a router", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.0.0.1/24"}, {"10.0.0.254"});
    rig.arrive(a, 0, udpFrame(2, 1, "10.0.0.2", "10.0.0.3", 7, 8));
    CHECK(rig.ignored() == Reasons{Reason::IgnoredNotRouted});
    CHECK(rig.taken() == "nothing");
}

TEST_CASE("a header that is damaged though the frame is not is thrown away without a word", "[net]")
{
    Bench b;
    Bytes frame = udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 30);
    const auto withFcs = [](Bytes bytes) {
        const std::uint32_t fcs = frameCheckSequence(ByteView(bytes).first(bytes.size() - kFcsSize));
        for (std::size_t i = 0; i < kFcsSize; ++i)
            bytes[bytes.size() - kFcsSize + i] = static_cast<std::uint8_t>(fcs >> (8 * i));
        return bytes;
    };
    frame[30] ^= 1;
    b.arrive(b.r, 0, withFcs(frame));
    frame = udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 30);
    frame[14] = 0x44; // a header of four words
    b.arrive(b.r, 0, withFcs(frame));
    frame = udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.2", 7, 30);
    frame[12] = 0x12; // nobody's type
    b.arrive(b.r, 0, withFcs(frame));
    CHECK(b.taken() == "nothing");
    CHECK(b.ignored() ==
          Reasons{Reason::IgnoredBadIpChecksum, Reason::IgnoredMalformed, Reason::IgnoredUnknownProtocol});
}

TEST_CASE("errors are never about errors, groups, later fragments or senders that are no single host", "[net]")
{
    Bench b;
    Ipv4Header header;
    header.ttl = 1;
    header.protocol = kProtocolIcmp;
    header.source = ip("10.1.0.1").v4();
    header.destination = ip("10.2.0.2").v4();
    const auto arrive = [&](const IcmpMessage& message) {
        b.arrive(b.r, 0, ipv4Frame(1, 0xa0, header, encodeIcmp(message)));
    };
    IcmpMessage message;
    message.payload = Bytes(28);
    for (const std::uint8_t type : Bytes{3, 4, 5, 11, 12}) { // RFC 792's errors
        message.type = type;
        arrive(message);
        CHECK(b.taken() == "nothing");
    }
    for (const std::uint8_t type : Bytes{0, 8, 13, 17}) { // questions and answers
        message.type = type;
        arrive(message);
        CHECK(b.taken() == "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 11/0 about 10.1.0.1>10.2.0.2");
    }
    header.protocol = kProtocolUdp;
    header.dontFragment = false;
    header.moreFragments = true;
    b.arrive(b.r, 0, ipv4Frame(1, 0xa0, header, Bytes(32)));
    CHECK(b.taken() == "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 11/0 about 10.1.0.1>10.2.0.2");
    header.fragmentOffset = 4;
    b.arrive(b.r, 0, ipv4Frame(1, 0xa0, header, Bytes(32)));
    header.fragmentOffset = 0;
    header.moreFragments = false;
    for (const std::string_view source : {"0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255"}) {
        header.source = ip(source).v4();
        b.arrive(b.r, 0, ipv4Frame(1, 0xa0, header, Bytes(32)));
    }
    CHECK(b.taken() == "nothing");
    // Of IPv6: types under 128 are errors (RFC 4443 §2.1).
    b.meet6(0, 1, "2001:db8:1::1", "2001:db8:1::ff");
    for (const std::uint8_t type : Bytes{1, 2, 3, 4, 100, 127}) {
        message.type = type;
        b.arrive(b.r, 0, icmpv6Frame(1, mac(0xa0), "2001:db8:1::1", "2001:db8:2::2", message, 1));
    }
    CHECK(b.taken() == "nothing");
}

TEST_CASE("nothing but ICMP is spoken to a router itself", "[net]")
{
    Bench b;
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.254", 33434, 8)); // by its other address
    CHECK(b.taken() == "a0>01 10.2.0.254>10.1.0.1 ttl 64 ICMP 3/3 about 10.1.0.1>10.2.0.254");
    Ipv4Header header;
    header.protocol = 99;
    header.source = ip("10.1.0.1").v4();
    header.destination = ip("10.1.0.254").v4();
    b.arrive(b.r, 0, ipv4Frame(1, 0xa0, header, Bytes(30)));
    CHECK(b.taken() == "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 3/2 about 10.1.0.1>10.1.0.254");
    CHECK(b.ignored() == Reasons{Reason::IgnoredNoUdpPort, Reason::IgnoredUnknownProtocol});
}

TEST_CASE("routes and rows that were used are in the trace with layers", "[net]")
{
    Bench b({Route{prefix("0.0.0.0/0"), ip("10.2.0.3"), 1}});
    b.layers = true;
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "192.0.2.1", 7, 30));
    CHECK(b.tables() == Lines{"route used 0.0.0.0/0 port 1", "arp used 10.2.0.3 03"});
    CHECK(b.crossings() == Lines{"received physical 0+76", "removed link 14+58", "read internet 14+58"});
    b.router(b.r).ip().noteRoutes(b.cx());
    const Lines rows = b.tables();
    REQUIRE(rows.size() == 7); // each port's IPv4, IPv6 and link-local prefix, and the default route
    CHECK(rows.back() == "route added 0.0.0.0/0 port 1");
    b.arrive(b.r, 0, udpFrame(1, 0xa0, "10.1.0.1", "10.2.0.77", 7, 30));
    CHECK(b.tables() == Lines{"route used 10.2.0.0/24 port 1", "arp missed 10.2.0.77 00"});
}

TEST_CASE("a path's MTU is learnt from the router that could not pass a datagram on", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.1.0.1/24"}, {"10.1.0.254"});
    rig.arrive(a, 0, arpFrame(ArpPacket::Request, 0xa0, "10.1.0.254", MacAddress::broadcast(), "10.1.0.1"));
    rig.sent.clear();
    Host::UdpSend how;
    how.localPort = 5000;
    how.to = Endpoint{ip("10.2.0.2"), 7};
    how.dontFragment = true;
    rig.host(a).openUdp(5000); // of a port that nobody has open nothing would be believed
    CHECK(rig.host(a).sendUdp(rig.cx(), how, Bytes(1472)) == IpStack::Sent::Yes);
    CHECK(rig.host(a).sendUdp(rig.cx(), how, Bytes(1473)) == IpStack::Sent::TooBig); // for the first link
    const Bytes sent = rig.takenFrame();
    const auto tooBig = [&](std::uint32_t mtu) {
        IcmpMessage message;
        message.type = 3;
        message.code = 4;
        message.rest = mtu;
        message.payload.assign(sent.begin() + 14, sent.begin() + 14 + 28);
        Ipv4Header header;
        header.protocol = kProtocolIcmp;
        header.source = ip("10.1.0.254").v4();
        header.destination = ip("10.1.0.1").v4();
        rig.arrive(a, 0, ipv4Frame(0xa0, 1, header, encodeIcmp(message)));
    };
    tooBig(1280);
    CHECK(rig.told() == Lines{"ICMP 3/4 from 10.1.0.254 fragmentation-needed: 10.1.0.1:5000>10.2.0.2:7"});
    CHECK(rig.host(a).ip().mtuTo(ip("10.2.0.2")) == 1280);
    CHECK(rig.host(a).ip().mtuTo(ip("10.2.0.3")) == 1500);
    CHECK(rig.host(a).sendUdp(rig.cx(), how, Bytes(1253)) == IpStack::Sent::TooBig);
    CHECK(rig.host(a).sendUdp(rig.cx(), how, Bytes(1252)) == IpStack::Sent::Yes);
    tooBig(1400); // only ever less
    CHECK(rig.host(a).ip().mtuTo(ip("10.2.0.2")) == 1280);
    tooBig(20); // nobody may have less than 68
    CHECK(rig.host(a).ip().mtuTo(ip("10.2.0.2")) == 68);
    SECTION("after ten minutes more is tried again (RFC 1191 §6.3)")
    {
        rig.pass(600_s - 1_ns);
        CHECK(rig.host(a).sendUdp(rig.cx(), how, Bytes(100)) == IpStack::Sent::TooBig);
        rig.pass(1_ns);
        CHECK(rig.host(a).sendUdp(rig.cx(), how, Bytes(1472)) == IpStack::Sent::Yes);
    }
    SECTION("without DF the datagram goes in pieces from the start")
    {
        rig.sent.clear();
        how.dontFragment = false;
        CHECK(rig.host(a).sendUdp(rig.cx(), how, Bytes(3000)) == IpStack::Sent::Yes);
        rig.pass(600_s);
        rig.sent.clear();
        rig.arrive(a, 0, arpFrame(ArpPacket::Request, 0xa0, "10.1.0.254", MacAddress::broadcast(), "10.1.0.1"));
        rig.sent.clear();
        CHECK(rig.host(a).sendUdp(rig.cx(), how, Bytes(3000)) == IpStack::Sent::Yes);
        CHECK(rig.taken() == "01>a0 10.1.0.1>10.2.0.2 ttl 64 fragment 0+1480 more");
        CHECK(rig.taken() == "01>a0 10.1.0.1>10.2.0.2 ttl 64 fragment 1480+1480 more");
        CHECK(rig.taken() == "01>a0 10.1.0.1>10.2.0.2 ttl 64 fragment 2960+48");
    }
}

TEST_CASE("a router that does not say how much fits: the next lower plateau is tried (RFC 1191 §7)", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.1.0.1/24"}, {"10.1.0.254"});
    Ipv4Header inner;
    inner.protocol = kProtocolIcmp; // an echo: nothing in it can be checked
    inner.source = ip("10.1.0.1").v4();
    inner.destination = ip("10.2.0.2").v4();
    IcmpMessage message;
    message.type = 3;
    message.code = 4;
    Ipv4Header header;
    header.protocol = kProtocolIcmp;
    header.source = ip("10.1.0.254").v4();
    header.destination = ip("10.1.0.1").v4();
    const auto afterSending = [&](std::size_t octets) {
        message.payload = encodeIpv4(inner, Bytes(octets - 20));
        message.payload.resize(28);
        rig.arrive(a, 0, ipv4Frame(0xa0, 1, header, encodeIcmp(message)));
        return rig.host(a).ip().mtuTo(ip("10.2.0.2"));
    };
    CHECK(afterSending(1500) == 1492);
    CHECK(afterSending(1492) == 1006);
    CHECK(afterSending(1006) == 508);
    CHECK(afterSending(300) == 296);
    CHECK(afterSending(296) == 68);
    // About a datagram that is not ours nothing is believed.
    inner.source = ip("10.1.0.9").v4();
    inner.destination = ip("10.2.0.3").v4();
    message.payload = encodeIpv4(inner, Bytes(1000));
    rig.arrive(a, 0, ipv4Frame(0xa0, 1, header, encodeIcmp(message)));
    CHECK(rig.host(a).ip().mtuTo(ip("10.2.0.3")) == 1500);
}

TEST_CASE("TCP's segments follow the path's MTU; what is offered, the own link's", "[net]")
{
    NetRig rig;
    const NodeId a = rig.addHost(1, {"10.1.0.1/24"}, {"10.1.0.254"}),
                 s = rig.addHost(2, {"10.2.0.2/24"}, {"10.2.0.254"});
    const NodeId r =
        rig.addRouter(0xa0, {NetRig::Port{{"10.1.0.254/24"}, 1500}, NetRig::Port{{"10.2.0.254/24"}, 1280}});
    rig.join(a, 0, r, 0);
    rig.join(s, 0, r, 1);
    rig.host(s).listenOn(rig.cx(), 80);
    const Host::Opened opened = rig.host(a).connectTo(rig.cx(), 0, Endpoint{ip("10.2.0.2"), 80});
    rig.pass(1_s);
    REQUIRE(rig.host(a).connection(opened.conn)->state() == TcpState::Established);
    rig.carried(a, 0);
    rig.host(a).sendOn(rig.cx(), opened.conn, Bytes(1460, 'x'));
    rig.pass(100_ms);
    CHECK(rig.carried(a, 0) == Lines{"01>a0 10.1.0.1>10.2.0.2 ttl 64 DF TCP 49152>80 PSH,ACK, 1460 octets",
                                     "a0>01 10.1.0.254>10.1.0.1 ttl 64 ICMP 3/4 mtu 1280 about 10.1.0.1>10.2.0.2",
                                     // RFC 1191 §6.4: again at once, in pieces that fit
                                     "01>a0 10.1.0.1>10.2.0.2 ttl 64 DF TCP 49152>80 ACK, 1240 octets",
                                     "01>a0 10.1.0.1>10.2.0.2 ttl 64 DF TCP 49152>80 PSH,ACK, 220 octets"});
    rig.pass(5_s);
    rig.carried(a, 0);
    CHECK(rig.host(s).octetsRead() == 1460);
    // A new connection begins with what is known; the MSS that it offers is about the other direction (RFC 1191 §3.1).
    const Host::Opened next = rig.host(a).connectTo(rig.cx(), 0, Endpoint{ip("10.2.0.2"), 80});
    CHECK(rig.carried(a, 0).front() == "01>a0 10.1.0.1>10.2.0.2 ttl 64 DF TCP 49153>80 SYN mss 1460, 0 octets");
    rig.pass(1_s);
    CHECK(rig.host(a).connection(next.conn)->smss() == 1240);
}

} // namespace packetarium::net_routing_test
