// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a packet that arrives goes through: which layer took what off, or threw it away.
#include "tests/support/catch.h"
#include "tests/support/net_rig.h"

namespace packetarium::net_layers_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;

struct Bench : NetRig {
    explicit Bench(bool withLayers = true)
    {
        layers = withLayers;
        arrive(a, 0, arpFrame(ArpPacket::Request, 2, "10.0.0.2", MacAddress::broadcast(), "10.0.0.1"));
    }
    NodeId a = addHost(1, {"10.0.0.1/24"});
};

Bytes tcpFrame(std::uint8_t flags, std::uint32_t seq, std::uint32_t ack, std::size_t octets)
{
    TcpSegment segment;
    segment.sourcePort = 1111;
    segment.destinationPort = 80;
    segment.flags.bits = flags;
    segment.seq = Seq32(seq);
    segment.ack = Seq32(ack);
    segment.window = 1000;
    segment.payload = Bytes(octets, 'x');
    Ipv4Header header;
    header.source = ip("10.0.0.2").v4();
    header.destination = ip("10.0.0.1").v4();
    return encodeTcpFrame(EthernetHeader{mac(1), mac(2), kEtherTypeIpv4}, header, segment);
}

} // namespace

TEST_CASE("an ARP packet ends at the link layer", "[net]")
{
    Bench b;
    CHECK(b.crossings() == Lines{"received physical 0+64", "removed link 14+28"});
    b.arrive(b.a, 0, arpFrame(ArpPacket::Request, 2, "10.0.0.2", MacAddress::broadcast(), "10.0.0.9"));
    CHECK(b.crossings() == Lines{"received physical 0+64", "removed link 14+28", "refused link 14+28"});
}

TEST_CASE("data for a program goes up through every layer", "[net]")
{
    Bench b;
    b.host(b.a).openUdp(7);
    b.crossings();
    b.arrive(b.a, 0, udpFrame(2, 1, "10.0.0.2", "10.0.0.1", 7, 100));
    // 14 + 20 + 8 + 100 + 4 = 146
    CHECK(b.crossings() == Lines{"received physical 0+146", "removed link 14+128", "removed internet 34+108",
                                 "removed transport 42+100", "delivered application 42+100"});
    b.arrive(b.a, 0, udpFrame(2, 1, "10.0.0.2", "10.0.0.1", 7, 0)); // padding is no data
    CHECK(b.crossings() ==
          Lines{"received physical 0+64", "removed link 14+28", "removed internet 34+8", "removed transport 42+0"});
}

TEST_CASE("TCP's data are delivered with the segment that makes them complete", "[net]")
{
    Bench b;
    b.host(b.a).listenOn(b.cx(), 80);
    b.arrive(b.a, 0, tcpFrame(TcpFlags::Syn, 300, 0, 0));
    const std::uint32_t ack = b.host(b.a).connections()[0].tcp.sndNxt().value();
    b.crossings();
    b.arrive(b.a, 0, tcpFrame(TcpFlags::Ack, 301, ack, 0));
    CHECK(b.crossings() ==
          Lines{"received physical 0+64", "removed link 14+40", "removed internet 34+20", "removed transport 54+0"});
    b.arrive(b.a, 0, tcpFrame(TcpFlags::Ack, 311, ack, 10)); // a gap before it
    CHECK(b.crossings() ==
          Lines{"received physical 0+68", "removed link 14+50", "removed internet 34+30", "removed transport 54+10"});
    b.arrive(b.a, 0, tcpFrame(TcpFlags::Ack, 301, ack, 10));
    CHECK(b.crossings() == Lines{"received physical 0+68", "removed link 14+50", "removed internet 34+30",
                                 "removed transport 54+10", "delivered application 54+10"});
    b.arrive(b.a, 0, tcpFrame(TcpFlags::Rst, 77, 0, 0)); // outside the window
    CHECK(b.crossings().back() == "refused transport 34+20");
}

TEST_CASE("what is thrown away ends at the layer that did it", "[net]")
{
    Bench b;
    b.crossings();
    SECTION("damaged on the way")
    {
        Bytes damaged = udpFrame(2, 1, "10.0.0.2", "10.0.0.1", 7, 100);
        damaged[50] ^= 1;
        b.arrive(b.a, 0, damaged);
        CHECK(b.crossings() == Lines{"received physical 0+146", "refused link 0+146"});
    }
    SECTION("for another MAC address")
    {
        b.arrive(b.a, 0, udpFrame(2, 3, "10.0.0.2", "10.0.0.1", 7, 100));
        CHECK(b.crossings() == Lines{"received physical 0+146", "refused link 0+146"});
    }
    SECTION("for another IP address")
    {
        b.arrive(b.a, 0, udpFrame(2, 1, "10.0.0.2", "10.0.0.3", 7, 100));
        CHECK(b.crossings() == Lines{"received physical 0+146", "removed link 14+128", "refused internet 14+128"});
    }
    SECTION("for a port where no program is")
    {
        b.arrive(b.a, 0, udpFrame(2, 1, "10.0.0.2", "10.0.0.1", 7, 100));
        CHECK(b.crossings() == Lines{"received physical 0+146", "removed link 14+128", "removed internet 34+108",
                                     "refused transport 34+108"});
    }
    CHECK(b.ignored().size() == 1);
}

TEST_CASE("without layers nothing of this is recorded", "[net]")
{
    Bench b(false);
    b.host(b.a).openUdp(7);
    b.arrive(b.a, 0, udpFrame(2, 1, "10.0.0.2", "10.0.0.1", 7, 100));
    CHECK(b.crossings().empty());
    CHECK(b.tables() == Lines{"arp added 10.0.0.2 02"});
}

TEST_CASE("an echo request is answered by the internet layer, a reply is for the program", "[net]")
{
    Bench b;
    b.crossings();
    b.arrive(b.a, 0, echoFrame(2, 1, "10.0.0.2", "10.0.0.1", Bytes(56)));
    CHECK(b.crossings() == Lines{"received physical 0+102", "removed link 14+84", "removed internet 34+64"});
    Ipv4Header header;
    header.protocol = kProtocolIcmp;
    header.source = ip("10.0.0.2").v4();
    header.destination = ip("10.0.0.1").v4();
    IcmpMessage message;
    message.payload = Bytes(56);
    b.arrive(b.a, 0, ipv4Frame(2, 1, header, encodeIcmp(message)));
    CHECK(b.crossings() == Lines{"received physical 0+102", "removed link 14+84", "removed internet 34+64",
                                 "delivered application 42+56"});
}

} // namespace packetarium::net_layers_test
