// SPDX-License-Identifier: GPL-3.0-or-later
//
// Field trees of frames around TCP that are cut short, damaged, or lie about their lengths.
#include "core/base/rng.h"
#include "core/wire/icmp.h"
#include "core/wire/udp.h"
#include "tests/core/wire_captured_frames.h"
#include "tests/core/wire_captured_net.h"
#include "tests/core/wire_tree.h"

#include <array>

namespace packetarium::wire_fields_net_hostile_test {

using namespace test;

namespace {

using enum FieldId;
using Ids = std::vector<FieldId>;

constexpr std::string_view kAll[] = {
    kArpRequest,   kArpReply,        kPing,        kPong,
    kPing6,        kPong6,           kUdp,         kUdpEmpty,
    kClosedPort,   kPortUnreachable, kClosedPort6, kPortUnreachable6,
    kSolicitation, kAdvertisement,   kSyn6,        kSynAck6,
    kTimeExceeded, kHostUnreachable,
};

/// The nodes of a captured frame with `octets` written over it.
std::vector<Field> nodesWith(std::string_view captured, std::size_t at, const Bytes& octets)
{
    const Bytes frame = overwritten(onTheCable(captured), at, octets);
    requireCovered(frame);
    return dissect(frame);
}

const Ipv4Address kA{0x0a000001}, kB{0x0a000002};

/// A frame with an IPv4 datagram of that protocol.
Bytes frameOf(std::uint8_t protocol, const Bytes& content)
{
    Ipv4Header ip;
    ip.protocol = protocol;
    ip.source = kA;
    ip.destination = kB;
    return encodeEthernet({}, encodeIpv4(ip, content));
}

/// A frame with an ICMP error that quotes this.
Bytes errorAbout(const Bytes& datagram)
{
    return frameOf(kProtocolIcmp, encodeIcmp({IcmpMessage::TimeExceeded, 0, 0, datagram}));
}

/// A frame with an IPv6 packet with these octets behind its header.
Bytes frame6(std::uint8_t nextHeader, std::string_view content)
{
    Ipv6Header header;
    header.nextHeader = nextHeader;
    return encodeEthernet({{}, {}, kEtherTypeIpv6}, encodeIpv6(header, fromHex(content)));
}

} // namespace

TEST_CASE("Whatever its protocol, a frame cut anywhere is covered by fields to its last bit", "[wire]")
{
    for (const std::string_view captured : kAll) {
        const Bytes frame = onTheCable(captured);
        for (std::size_t size = 0; size <= frame.size(); ++size)
            requireCovered(ByteView(frame).first(size));
    }
}

TEST_CASE("Whatever its protocol, every bit of a damaged frame is in one field", "[wire]")
{
    for (const std::string_view captured : kAll) {
        const Bytes frame = onTheCable(captured);
        for (std::size_t bit = 0; bit < frame.size() * 8; ++bit) {
            Bytes bad = frame;
            bad[bit / 8] ^= static_cast<std::uint8_t>(0x80 >> bit % 8);
            requireCovered(bad);
        }
    }
}

TEST_CASE("Random octets of every type and protocol are covered by fields", "[wire]")
{
    Rng rng(7);
    constexpr std::uint8_t kProtocols[] = {1, 6, 17, 58, 44, 0, 60, 51};
    for (int round = 0; round < 4000; ++round) {
        Bytes frame(static_cast<std::size_t>(rng.below(200)));
        for (std::uint8_t& octet : frame)
            octet = static_cast<std::uint8_t>(rng.next());
        const std::uint16_t type = std::array{kEtherTypeIpv4, kEtherTypeIpv6, kEtherTypeArp}[rng.below(3)];
        if (frame.size() >= 14) {
            frame[12] = static_cast<std::uint8_t>(type >> 8);
            frame[13] = static_cast<std::uint8_t>(type & 0xff);
        }
        if (frame.size() >= 60 && type != kEtherTypeArp) {
            const bool v6 = type == kEtherTypeIpv6;
            frame[14] = v6 ? 0x60 : 0x45;
            frame[v6 ? 20 : 23] = kProtocols[rng.below(std::size(kProtocols))];
            frame[v6 ? 18 : 16] = 0; // a length that may be near the truth
            frame[20] = v6 ? frame[20] : 0;
            frame[21] = v6 ? frame[21] : 0;
        }
        requireCovered(frame);
    }
}

TEST_CASE("ARP about other networks, or cut short, keeps its addresses closed", "[wire]")
{
    for (const std::size_t at : {14u, 16u, 18u, 19u}) { // types and lengths
        const std::vector<Field> nodes = nodesWith(kArpRequest, at, {0x77});
        INFO(at);
        REQUIRE(idsOf(nodes) == Ids{Ethernet, Arp, Undecoded});
        REQUIRE(nodes[1].byteLength() == 8);
        REQUIRE(nodes[2].layer == Layer::Link);
        REQUIRE_FALSE(find(nodes, ArpSenderMac));
    }
    const Bytes frame = onTheCable(kArpRequest);
    REQUIRE(idsOf(dissect(ByteView(frame).first(14 + 7 + 4))) == Ids{Ethernet, Undecoded});
    REQUIRE(idsOf(dissect(ByteView(frame).first(14 + 8 + 4))) == Ids{Ethernet, Arp});
    REQUIRE(idsOf(dissect(ByteView(frame).first(14 + 27 + 4))) == Ids{Ethernet, Arp, Undecoded});
    REQUIRE(get(dissect(ByteView(frame).first(14 + 28 + 4)), ArpTargetIp).byteOffset() == 38);
}

TEST_CASE("A UDP length that lies", "[wire]")
{
    for (const int length : {0, 7, 14, 255}) { // 13 octets are there
        const std::vector<Field> nodes = nodesWith(kUdp, 38, {0, static_cast<std::uint8_t>(length)});
        INFO(length);
        REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, Udp, Undecoded});
        REQUIRE(nodes[3].layer == Layer::Transport);
        REQUIRE(nodes[3].byteLength() == 5);
        REQUIRE_FALSE(std::get<ChecksumValue>(get(nodes, UdpChecksum).value).good());
    }
    const std::vector<Field> surplus = nodesWith(kUdp, 38, {0, 10}); // three octets that UDP does not count
    REQUIRE(idsOf(surplus) == Ids{Ethernet, Ipv4, Udp, Payload, Undecoded});
    REQUIRE(surplus[3].byteLength() == 2);
    REQUIRE(surplus[4].byteLength() == 3);
}

TEST_CASE("Port 53 is asked for DNS, whatever stands there", "[wire]")
{
    for (const std::size_t at : {34u, 36u}) {
        const std::vector<Field> nodes = nodesWith(kUdp, at, {0, 53});
        REQUIRE(nodes.size() == 4);
        REQUIRE(nodes[3].layer == Layer::Application);
        REQUIRE(nodes[3].id != Payload);
    }
    REQUIRE(idsOf(nodesWith(kUdpEmpty, 34, {0, 53})) == Ids{Ethernet, Ipv4, Udp});
}

TEST_CASE("A fragment's data is one field; it is not opened", "[wire]")
{
    for (const Bytes& bits : {Bytes{0x20, 0x00}, Bytes{0x00, 0x01}, Bytes{0x3f, 0xff}}) {
        const std::vector<Field> nodes = nodesWith(kPing, 20, bits);
        REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv4, IpFragmentData});
        REQUIRE(nodes[2].byteOffset() == 34);
        REQUIRE(nodes[2].byteLength() == 64);
    }
    const Bytes later = frame6(44, "110005c9deadbeef 0000000000000000");
    requireCovered(later);
    const std::vector<Field> nodes = dissect(later);
    REQUIRE(idsOf(nodes) == Ids{Ethernet, Ipv6, IpFragmentData});
    REQUIRE(get(nodes, Ip6Extension).value == number(44));
    REQUIRE(nodes[1].byteLength() == 48);
    REQUIRE(nodes[2].byteLength() == 8);
}

TEST_CASE("IPv6 extension headers are fields of the header, and bounded", "[wire]")
{
    const Bytes two = frame6(0, "3c00010400000000 1101010c000000000000000000000000 9c42138800080000");
    requireCovered(two);
    REQUIRE(idsOf(dissect(two)) == Ids{Ethernet, Ipv6, Udp});
    const std::vector<Field> nodes = dissect(two);
    REQUIRE(nodes[1].byteLength() == 64);
    REQUIRE(nodes[1].children[8].value == number(0));
    REQUIRE(nodes[1].children[8].byteLength() == 8);
    REQUIRE(nodes[1].children[9].value == number(60));
    REQUIRE(nodes[1].children[9].byteLength() == 16);

    const Bytes tooLong = frame6(0, "3c00010400000000 11ff010c00000000");
    requireCovered(tooLong);
    REQUIRE(idsOf(dissect(tooLong)) == Ids{Ethernet, Ipv6, Undecoded});
    REQUIRE(dissect(tooLong)[2].layer == Layer::Internet);
    REQUIRE(dissect(tooLong)[2].byteLength() == 8);

    Bytes chain(65528, 0); // as many as there is room for
    for (std::size_t at = 0; at < chain.size(); at += 8)
        chain[at] = 60;
    Ipv6Header header;
    header.nextHeader = 60;
    const Bytes many = encodeEthernet({{}, {}, kEtherTypeIpv6}, encodeIpv6(header, chain));
    REQUIRE(idsOf(dissect(many)) == Ids{Ethernet, Ipv6});
    REQUIRE(dissect(many)[1].children.size() == 8 + 65528 / 8);
}

TEST_CASE("An IPv6 payload length that lies", "[wire]")
{
    const std::vector<Field> longer = nodesWith(kPing6, 18, {0xff, 0xff});
    REQUIRE(idsOf(longer) == Ids{Ethernet, Ipv6, Icmpv6});
    REQUIRE_FALSE(find(longer, EthPadding));
    const std::vector<Field> shorter = nodesWith(kPing6, 18, {0, 10});
    REQUIRE(get(shorter, IcmpEchoData).byteLength() == 2);
    REQUIRE(get(shorter, EthPadding).byteLength() == 54);
    REQUIRE(idsOf(nodesWith(kPing6, 18, {0, 0})) == Ids{Ethernet, Ipv6});
    REQUIRE(idsOf(nodesWith(kPing6, 18, {0, 7})) == Ids{Ethernet, Ipv6, Undecoded});
}

TEST_CASE("Neighbour options that lie leave the rest undecoded", "[wire]")
{
    for (const int length : {0, 2, 255}) { // 8 octets are there
        const std::vector<Field> nodes = nodesWith(kSolicitation, 79, {static_cast<std::uint8_t>(length)});
        INFO(length);
        REQUIRE_FALSE(find(nodes, NdOption));
        REQUIRE(nodes[2].children.back().id == Undecoded);
        REQUIRE(nodes[2].children.back().byteLength() == 8);
    }
    const std::vector<Field> other = nodesWith(kSolicitation, 78, {14}); // a nonce
    REQUIRE(idsOf(get(other, NdOption).children) == Ids{NdOptionType, NdOptionLength, Undecoded});
}

TEST_CASE("Other types of ICMP keep their second word and body closed", "[wire]")
{
    for (const int type : {1, 4, 5, 12, 13, 135, 255}) {
        const std::vector<Field> nodes = nodesWith(kPing, 34, {static_cast<std::uint8_t>(type)});
        INFO(type);
        REQUIRE(idsOf(get(nodes, Icmp).children) == Ids{IcmpType, IcmpCode, IcmpChecksum, Undecoded, Undecoded});
    }
    for (const int type : {0, 4, 8, 133, 134, 137, 255}) {
        const std::vector<Field> nodes = nodesWith(kPing6, 54, {static_cast<std::uint8_t>(type)});
        INFO(type);
        REQUIRE(idsOf(get(nodes, Icmpv6).children) == Ids{IcmpType, IcmpCode, IcmpChecksum, Undecoded, Undecoded});
    }
}

TEST_CASE("The MTU of the next link is where the RFCs put it", "[wire]")
{
    // RFC 1191 §4: the low half of the second word; RFC 4443 §3.2: all of it.
    const Bytes v4 = frameOf(kProtocolIcmp, encodeIcmp({3, IcmpMessage::FragmentationNeeded, 1400, {}}));
    REQUIRE(get(dissect(v4), IcmpNextHopMtu).value == number(1400));
    REQUIRE(get(dissect(v4), IcmpNextHopMtu).bitLength == 16);
    REQUIRE(get(dissect(v4), IcmpUnused).bitLength == 16);
    requireCovered(v4);
    Ipv6Header header;
    header.nextHeader = kProtocolIcmpv6;
    const Bytes v6 = encodeEthernet(
        {{}, {}, kEtherTypeIpv6}, encodeIpv6(header, encodeIcmpv6({IcmpMessage::V6PacketTooBig, 0, 1280, {}}, {}, {})));
    REQUIRE(get(dissect(v6), IcmpNextHopMtu).value == number(1280));
    REQUIRE(get(dissect(v6), IcmpNextHopMtu).bitLength == 32);
    requireCovered(v6);
}

TEST_CASE("A quotation of eight octets shows what can be known of the segment", "[wire]")
{
    const Bytes whole = fromHex(kRefusedSyn);
    const Bytes quoted(whole.begin() + 14, whole.begin() + 14 + 28); // RFC 792: the header and 64 bits
    const Bytes frame = errorAbout(quoted);
    requireCovered(frame);
    const std::vector<Field> nodes = dissect(frame);
    const std::vector<Field>& inside = get(nodes, IcmpQuotation).children;
    REQUIRE(idsOf(inside) == Ids{Ipv4, Tcp});
    REQUIRE(idsOf(inside[1].children) == Ids{TcpSourcePort, TcpDestinationPort, TcpSequence});
    REQUIRE(get(inside, TcpSourcePort).value == number(40001));
    REQUIRE(get(inside, TcpSequence).value == FieldValue(Seq32(0x92c0db31)));
    REQUIRE(get(inside, IpTotalLength).value == number(60));
    REQUIRE(std::get<ChecksumValue>(get(inside, IpHeaderChecksum).value).good());
}

TEST_CASE("A checksum over what is not quoted is a number, not a verdict", "[wire]")
{
    const Bytes whole = fromHex(kUdp);
    const Bytes quoted(whole.begin() + 14, whole.begin() + 14 + 30); // three octets of data are missing
    const std::vector<Field> nodes = dissect(errorAbout(quoted));
    const std::vector<Field>& inside = get(nodes, IcmpQuotation).children;
    REQUIRE(idsOf(inside) == Ids{Ipv4, Udp, Payload});
    REQUIRE(get(inside, UdpChecksum).value == number(0xf834));
    REQUIRE(get(inside, UdpLength).value == number(13));
    REQUIRE(inside[2].byteLength() == 2);
}

TEST_CASE("A quotation in a quotation stays closed, however deep they go", "[wire]")
{
    Ipv4Header ip;
    ip.protocol = kProtocolIcmp;
    Bytes datagram = encodeIpv4(ip, {});
    while (datagram.size() + 28 <= 65535)
        datagram = encodeIpv4(ip, encodeIcmp({IcmpMessage::TimeExceeded, 0, 0, datagram}));
    const Bytes frame = encodeEthernet({}, datagram);
    requireCovered(frame);
    const std::vector<Field> nodes = dissect(frame);
    const std::vector<Field>& inside = get(nodes, IcmpQuotation).children;
    REQUIRE(idsOf(inside) == Ids{Ipv4, Icmp});
    REQUIRE(get(inside, IcmpQuotation).children.empty());
}

TEST_CASE("A quotation that is no datagram, or more than one, is undecoded there", "[wire]")
{
    const Bytes nonsense = errorAbout(fromHex("0123456789"));
    requireCovered(nonsense);
    REQUIRE(idsOf(get(dissect(nonsense), IcmpQuotation).children) == Ids{Undecoded});
    const Bytes nothing = errorAbout({});
    requireCovered(nothing);
    REQUIRE_FALSE(find(dissect(nothing), IcmpQuotation));
    Bytes padded = fromHex(kUdp);
    padded.erase(padded.begin(), padded.begin() + 14);
    padded.resize(128); // RFC 4884 §4 pads quotations
    const Bytes frame = errorAbout(padded);
    requireCovered(frame);
    REQUIRE(idsOf(get(dissect(frame), IcmpQuotation).children) == Ids{Ipv4, Udp, Payload, Undecoded});
}

} // namespace packetarium::wire_fields_net_hostile_test
