// SPDX-License-Identifier: GPL-3.0-or-later
//
// Field trees of captured frames of the protocols around TCP: what tshark says, where the RFCs draw it.
#include "core/wire/udp.h"
#include "tests/core/wire_captured_frames.h"
#include "tests/core/wire_captured_net.h"
#include "tests/core/wire_tree.h"

namespace packetarium::wire_fields_net_test {

using namespace test;

namespace {

using enum FieldId;
using Ids = std::vector<FieldId>;

std::vector<Field> nodesOf(std::string_view captured)
{
    const Bytes frame = onTheCable(captured);
    requireCovered(frame);
    return dissect(frame);
}

FieldValue v4(std::string_view text)
{
    return Ipv4Address::parse(text).value();
}
FieldValue v6(std::string_view text)
{
    return Ipv6Address::parse(text).value();
}
FieldValue mac(std::string_view text)
{
    return MacAddress::parse(text).value();
}
FieldValue good(std::uint32_t checksum)
{
    return ChecksumValue{checksum, checksum};
}

/// The leaves of one node, by where they stand in the frame.
std::vector<Leaf> leavesIn(const Field& node)
{
    return leavesOf({node});
}

} // namespace

TEST_CASE("The fields of ARP", "[wire]")
{
    const std::vector<Field> nodes = nodesOf(kArpReply);
    REQUIRE(idsOf(nodes) == Ids{Ethernet, Arp});
    REQUIRE(nodes[1].layer == Layer::Link);
    // RFC 826, from octet 14 (bit 112).
    const std::vector<Leaf> expected{
        {ArpHardwareType, 112, 16},  {ArpProtocolType, 128, 16}, {ArpHardwareLength, 144, 8},
        {ArpProtocolLength, 152, 8}, {ArpOperation, 160, 16},    {ArpSenderMac, 176, 48},
        {ArpSenderIp, 224, 32},      {ArpTargetMac, 256, 48},    {ArpTargetIp, 304, 32},
    };
    REQUIRE(leavesIn(nodes[1]) == expected);
    REQUIRE(nodes[1].bitLength == 28 * 8);
    REQUIRE(get(nodes, EthPadding).byteLength() == 18);
    REQUIRE(get(nodes, ArpHardwareType).value == number(1));
    REQUIRE(get(nodes, ArpProtocolType).value == number(0x0800));
    REQUIRE(get(nodes, ArpHardwareLength).value == number(6));
    REQUIRE(get(nodes, ArpProtocolLength).value == number(4));
    REQUIRE(get(nodes, ArpOperation).value == number(2));
    REQUIRE(get(nodes, ArpSenderMac).value == mac("02:00:00:00:00:0b"));
    REQUIRE(get(nodes, ArpSenderIp).value == v4("10.0.0.2"));
    REQUIRE(get(nodes, ArpTargetMac).value == mac("02:00:00:00:00:0a"));
    REQUIRE(get(nodes, ArpTargetIp).value == v4("10.0.0.1"));
    REQUIRE(get(nodesOf(kArpRequest), ArpTargetMac).value == mac("00:00:00:00:00:00"));
}

TEST_CASE("The fields of UDP", "[wire]")
{
    const std::vector<Field> nodes = nodesOf(kUdp);
    REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, Udp, Payload});
    REQUIRE(nodes[2].layer == Layer::Transport);
    const std::vector<Leaf> expected{
        {UdpSourcePort, 272, 16}, {UdpDestinationPort, 288, 16}, {UdpLength, 304, 16}, {UdpChecksum, 320, 16}};
    REQUIRE(leavesIn(nodes[2]) == expected);
    REQUIRE(get(nodes, UdpSourcePort).value == number(40002));
    REQUIRE(get(nodes, UdpDestinationPort).value == number(5000));
    REQUIRE(get(nodes, UdpLength).value == number(13));
    REQUIRE(get(nodes, UdpChecksum).value == good(0xf834)); // tshark: 0xf834 [correct]
    REQUIRE(nodes[3].byteOffset() == 42);
    REQUIRE(nodes[3].byteLength() == 5);
    REQUIRE(idsOf(nodesOf(kUdpEmpty)) == Ids{Ethernet, Ipv4, Udp});
}

TEST_CASE("A UDP checksum in words: none, wrong, and the other zero", "[wire]")
{
    const Bytes udp = onTheCable(kUdp);
    REQUIRE(get(dissect(overwritten(udp, 40, {0, 0})), UdpChecksum).value == number(0));
    REQUIRE(get(dissect(overwritten(udp, 40, {1, 2})), UdpChecksum).value == FieldValue(ChecksumValue{0x0102, 0xf834}));
    const Bytes udp6 = onTheCable(kClosedPort6);
    REQUIRE(get(dissect(udp6), UdpChecksum).value == good(0x5046));
    REQUIRE(get(dissect(overwritten(udp6, 60, {0, 0})), UdpChecksum).value == FieldValue(ChecksumValue{0, 0x5046}));

    // One that comes out as zero is stored as ffff; with IPv6 a stored zero is wrong even where it would verify.
    const IpAddress none6 = Ipv6Address{};
    const Bytes datagram = encodeUdp({0, 0, {0xff, 0xda}}, none6, none6);
    Ipv6Header header;
    header.nextHeader = kProtocolUdp;
    const Bytes frame = encodeEthernet({{}, {}, kEtherTypeIpv6}, encodeIpv6(header, datagram));
    REQUIRE(get(dissect(frame), UdpChecksum).value == good(0xffff));
    REQUIRE(get(dissect(overwritten(frame, 60, {0, 0})), UdpChecksum).value == FieldValue(ChecksumValue{0, 0xffff}));
}

TEST_CASE("The fields of a ping", "[wire]")
{
    const std::vector<Field> nodes = nodesOf(kPing);
    REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, Icmp});
    REQUIRE(nodes[2].layer == Layer::Internet);
    const std::vector<Leaf> expected{{IcmpType, 272, 8},        {IcmpCode, 280, 8},      {IcmpChecksum, 288, 16},
                                     {IcmpIdentifier, 304, 16}, {IcmpSequence, 320, 16}, {IcmpEchoData, 336, 448}};
    REQUIRE(leavesIn(nodes[2]) == expected);
    REQUIRE(nodes[2].byteLength() == 64); // with its data
    REQUIRE(get(nodes, IcmpType).value == number(8));
    REQUIRE(get(nodes, IcmpCode).value == number(0));
    REQUIRE(std::get<ChecksumValue>(get(nodes, IcmpChecksum).value).good());
    REQUIRE(get(nodes, IcmpIdentifier).value == number(0x2674));
    REQUIRE(get(nodes, IcmpSequence).value == number(1));
    const std::vector<Field> nodes6 = nodesOf(kPong6);
    REQUIRE(idsOf(nodes6) == Ids{Ethernet, Ipv6, Icmpv6});
    REQUIRE(get(nodes6, IcmpType).value == number(129));
    REQUIRE(get(nodes6, IcmpIdentifier).value == number(0x2679));
    REQUIRE(std::get<ChecksumValue>(get(nodes6, IcmpChecksum).value).good());
}

TEST_CASE("An ICMP error has the headers of the datagram it is about", "[wire]")
{
    const std::vector<Field> nodes = nodesOf(kPortUnreachable);
    REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, Icmp});
    REQUIRE(get(nodes, IcmpType).value == number(3));
    REQUIRE(get(nodes, IcmpCode).value == number(3));
    REQUIRE(get(nodes, IcmpChecksum).value == good(0x1120));
    REQUIRE(get(nodes, IcmpUnused).bitLength == 32);
    const Field& quotation = get(nodes, IcmpQuotation);
    REQUIRE(quotation.byteOffset() == 42);
    REQUIRE(quotation.byteLength() == 35);
    REQUIRE(idsOf(quotation.children) == Ids{Ipv4, Udp, Payload});
    const std::vector<Field>& quoted = quotation.children;
    REQUIRE(get(quoted, IpIdentification).value == number(0x764c));
    REQUIRE(get(quoted, IpHeaderChecksum).value == good(0xb07b));
    REQUIRE(get(quoted, IpDestination).value == v4("10.0.0.2"));
    REQUIRE(get(quoted, UdpSourcePort).value == number(40003));
    REQUIRE(get(quoted, UdpDestinationPort).value == number(5001));
    REQUIRE(get(quoted, UdpChecksum).value == good(0xb3bd)); // all of the datagram is here
}

TEST_CASE("A router's ICMP errors quote the ping as they got it, or as they would have sent it on", "[wire]")
{
    const std::vector<Field> exceeded = nodesOf(kTimeExceeded);
    REQUIRE(get(exceeded, IcmpType).value == number(11));
    const std::vector<Field>& ping = get(exceeded, IcmpQuotation).children;
    REQUIRE(idsOf(ping) == Ids{Ipv4, Icmp});
    REQUIRE(get(ping, IpTtl).value == number(1));
    REQUIRE(get(ping, IcmpIdentifier).value == number(0x474a));
    const std::vector<Field> unreachable = nodesOf(kHostUnreachable);
    const std::vector<Field>& host = get(unreachable, IcmpQuotation).children;
    REQUIRE(get(host, IpTtl).value == number(63));
    REQUIRE(get(host, IpHeaderChecksum).value == good(0x920e));
    REQUIRE(get(host, IcmpChecksum).value == good(0xd66b));
    REQUIRE(get(host, IcmpEchoData).byteLength() == 56);
}

TEST_CASE("The fields of IPv6, and the error of ICMPv6", "[wire]")
{
    const std::vector<Field> nodes = nodesOf(kPortUnreachable6);
    REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv6, Icmpv6});
    // RFC 8200 §3, from octet 14 (bit 112).
    const std::vector<Leaf> expected{
        {Ip6Version, 112, 4},    {Ip6TrafficClass, 116, 8}, {Ip6FlowLabel, 124, 20}, {Ip6PayloadLength, 144, 16},
        {Ip6NextHeader, 160, 8}, {Ip6HopLimit, 168, 8},     {Ip6Source, 176, 128},   {Ip6Destination, 304, 128},
    };
    REQUIRE(leavesIn(nodes[1]) == expected);
    REQUIRE(get(nodes, Ip6Version).value == number(6));
    REQUIRE(get(nodes, Ip6TrafficClass).value == number(0));
    REQUIRE(get(nodes, Ip6FlowLabel).value == number(0x1caad));
    REQUIRE(get(nodes, Ip6PayloadLength).value == number(64));
    REQUIRE(get(nodes, Ip6NextHeader).value == number(58));
    REQUIRE(get(nodes, Ip6HopLimit).value == number(64));
    REQUIRE(get(nodes, Ip6Source).value == v6("2001:db8::2"));
    REQUIRE(get(nodes, Ip6Destination).value == v6("2001:db8::1"));
    REQUIRE(get(nodes, IcmpType).value == number(1));
    REQUIRE(get(nodes, IcmpCode).value == number(4));
    REQUIRE(get(nodes, IcmpChecksum).value == good(0xa992));
    const std::vector<Field>& quoted = get(nodes, IcmpQuotation).children;
    REQUIRE(idsOf(quoted) == Ids{Ipv6, Udp, Payload});
    REQUIRE(get(quoted, Ip6FlowLabel).value == number(0x28848));
    REQUIRE(get(quoted, UdpChecksum).value == good(0x5046));
}

TEST_CASE("The fields of neighbour discovery", "[wire]")
{
    const std::vector<Field> asked = nodesOf(kSolicitation);
    REQUIRE(idsOf(asked) == Ids{Ethernet, Ipv6, Icmpv6});
    // RFC 4861 §4.3 and §4.6.1, from octet 54 (bit 432).
    const std::vector<Leaf> solicitation{
        {IcmpType, 432, 8},   {IcmpCode, 440, 8},     {IcmpChecksum, 448, 16},  {NdReserved, 464, 32},
        {NdTarget, 496, 128}, {NdOptionType, 624, 8}, {NdOptionLength, 632, 8}, {NdLinkAddress, 640, 48},
    };
    REQUIRE(leavesIn(asked[2]) == solicitation);
    REQUIRE(get(asked, Ip6HopLimit).value == number(255));
    REQUIRE(get(asked, IcmpType).value == number(135));
    REQUIRE(get(asked, IcmpChecksum).value == good(0x1c1e));
    REQUIRE(get(asked, NdTarget).value == v6("2001:db8::2"));
    REQUIRE(get(asked, NdOptionType).value == number(1));
    REQUIRE(get(asked, NdOptionLength).value == number(1));
    REQUIRE(get(asked, NdLinkAddress).value == mac("02:00:00:00:00:0a"));

    const std::vector<Field> told = nodesOf(kAdvertisement);
    // §4.4: three flags where the reserved word was.
    const std::vector<Leaf> advertisement{
        {IcmpType, 432, 8},     {IcmpCode, 440, 8},       {IcmpChecksum, 448, 16},  {NdRouter, 464, 1},
        {NdSolicited, 465, 1},  {NdOverride, 466, 1},     {NdReserved, 467, 29},    {NdTarget, 496, 128},
        {NdOptionType, 624, 8}, {NdOptionLength, 632, 8}, {NdLinkAddress, 640, 48},
    };
    REQUIRE(leavesIn(told[2]) == advertisement);
    REQUIRE(get(told, IcmpChecksum).value == good(0x8a68));
    REQUIRE(get(told, NdFlags).value == number(3));
    REQUIRE(get(told, NdRouter).value == number(0));
    REQUIRE(get(told, NdSolicited).value == number(1));
    REQUIRE(get(told, NdOverride).value == number(1));
    REQUIRE(get(told, NdLinkAddress).value == mac("02:00:00:00:00:0b"));
}

TEST_CASE("TCP over IPv6 has its fields and its checksum", "[wire]")
{
    const std::vector<Field> nodes = nodesOf(kSyn6);
    REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv6, Tcp});
    REQUIRE(get(nodes, TcpSourcePort).value == number(40004));
    REQUIRE(std::get<ChecksumValue>(get(nodes, TcpChecksum).value).good());
    REQUIRE(get(nodes, TcpOptionMss).value == number(1440));
    REQUIRE(get(nodes, TcpOptionWindowScale).value == number(10)); // tshark: WS=1024
    const std::vector<Field> answer = nodesOf(kSynAck6);
    REQUIRE(get(answer, TcpOptionTimestamps).value == FieldValue(std::string("TSval 2821627441, TSecr 2789992979")));
    REQUIRE(get(answer, TcpOptionSackPermitted).value == FieldValue());
}

TEST_CASE("SACK's blocks are shown", "[wire]")
{
    // tshark: sack_le 4282862026, sack_re 4282862027 (the SYN, which has come twice).
    const std::vector<Field> nodes = nodesOf(simultaneousOpen()[4].hex);
    const Field& sack = get(nodes, TcpOptionSack);
    REQUIRE(sack.byteLength() == 10);
    REQUIRE(sack.value == FieldValue(std::string("4282862026-4282862027")));

    // Two blocks; and lengths that hold no whole block are not understood, but passed over.
    const Bytes frame = onTheCable(simultaneousOpen()[4].hex); // options at 54: NOP NOP timestamps, NOP NOP SACK
    const Bytes two = fromHex("0512 00000001 00000002 fffffffe ffffffff 0101 0101 0101");
    const Bytes twoBlocks = overwritten(frame, 54, two);
    REQUIRE(get(dissect(twoBlocks), TcpOptionSack).value == FieldValue(std::string("1-2, 4294967294-4294967295")));
    requireCovered(twoBlocks);
    for (const int length : {2, 3, 9, 11}) {
        const Bytes odd = overwritten(frame, 54, {5, static_cast<std::uint8_t>(length)});
        INFO(length);
        requireCovered(odd);
        const Field options = get(dissect(odd), TcpOptions);
        REQUIRE(options.children[0].id == Undecoded);
        REQUIRE(options.children[0].byteLength() == static_cast<std::uint32_t>(length));
    }
}

} // namespace packetarium::wire_fields_net_test
