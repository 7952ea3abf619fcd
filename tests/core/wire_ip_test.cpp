// SPDX-License-Identifier: GPL-3.0-or-later
//
// The headers of the internet layer by themselves, IPv4 and IPv6, and Ethernet around them.
#include "core/wire/ecn.h"
#include "core/wire/ip6_extension.h"
#include "tests/core/wire_bytes.h"
#include "tests/core/wire_captured_net.h"
#include "tests/support/catch.h"

#include <stdexcept>

namespace packetarium::wire_ip_test {

using test::fromHex;

namespace {

/// What a captured frame carries.
Bytes datagramOf(std::string_view frame)
{
    const Bytes bytes = fromHex(frame);
    return {bytes.begin() + kEthernetHeaderSize, bytes.end()};
}

Ipv6Address v6(std::string_view text)
{
    return Ipv6Address::parse(text).value();
}

/// An IPv6 packet from 2001:db8::1 to ::2 with these octets behind its header.
Bytes packet6(std::uint8_t nextHeader, std::string_view payload)
{
    const Bytes bytes = fromHex(payload);
    Ipv6Header header;
    header.nextHeader = nextHeader;
    header.source = v6("2001:db8::1");
    header.destination = v6("2001:db8::2");
    return encodeIpv6(header, bytes);
}

} // namespace

TEST_CASE("A kernel's IPv4 datagram is read, and written again the same", "[wire]")
{
    const Bytes datagram = datagramOf(test::kUdp);
    const Ipv4Decoded decoded = decodeIpv4(datagram);
    REQUIRE(decoded.error == IpError::None);
    REQUIRE(decoded.header.protocol == kProtocolUdp);
    REQUIRE(decoded.header.identification == 0x5d3a);
    REQUIRE(decoded.header.totalLength == 33);
    REQUIRE(decoded.header.ttl == 64);
    REQUIRE(decoded.header.dontFragment);
    REQUIRE_FALSE(decoded.header.isFragment());
    REQUIRE(decoded.header.source.toString() == "10.0.0.1");
    REQUIRE(decoded.header.destination.toString() == "10.0.0.2");
    REQUIRE(decoded.headerSize == 20);
    REQUIRE(decoded.payload.size() == 13);
    REQUIRE(encodeIpv4(decoded.header, decoded.payload) == datagram);

    Bytes padded = datagram;
    padded.resize(46);
    REQUIRE(decodeIpv4(padded).payload.size() == 13);
}

TEST_CASE("A kernel's IPv6 packet is read, and written again the same", "[wire]")
{
    const Bytes packet = datagramOf(test::kPortUnreachable6);
    const Ipv6Decoded decoded = decodeIpv6(packet);
    REQUIRE(decoded.error == IpError::None);
    REQUIRE(decoded.header.trafficClass == 0);
    REQUIRE(decoded.header.flowLabel == 0x1caad);
    REQUIRE(decoded.header.nextHeader == kProtocolIcmpv6);
    REQUIRE(decoded.header.hopLimit == 64);
    REQUIRE(decoded.header.source == v6("2001:db8::2"));
    REQUIRE(decoded.header.destination == v6("2001:db8::1"));
    REQUIRE(decoded.headerSize == 40);
    REQUIRE_FALSE(decoded.fragment);
    REQUIRE(decoded.payload.size() == 64);
    REQUIRE(encodeIpv6(decoded.header, decoded.payload) == packet);
}

TEST_CASE("A router's work on a header is a kernel's", "[wire]")
{
    for (const auto& [before, after] : {std::pair{test::kBeforeRouter, test::kAfterRouter},
                                        std::pair{test::kReplyBeforeRouter, test::kReplyAfterRouter}}) {
        Bytes datagram = datagramOf(before);
        decrementTtl(datagram);
        REQUIRE(datagram == datagramOf(after));
    }
}

TEST_CASE("A checksum redone for the TTL is the one that would be computed anew", "[wire]")
{
    Ipv4Header header;
    for (unsigned ttl = 1; ttl < 256; ++ttl)
        for (unsigned identification = 0; identification < 0x10000; identification += 0x101) {
            header.ttl = static_cast<std::uint8_t>(ttl);
            header.identification = static_cast<std::uint16_t>(identification);
            Bytes datagram = encodeIpv4(header, {});
            decrementTtl(datagram);
            if (datagram[8] != ttl - 1 || decodeIpv4(datagram).error != IpError::None)
                FAIL("TTL " << ttl << ", identification " << identification);
        }
}

TEST_CASE("A checksum redone is 0000 and not ffff, as RFC 1624 §4 asks", "[wire]")
{
    Bytes datagram(20, 0);
    datagram[0] = 0x45;
    datagram[8] = 0x01; // TTL 1, protocol 0: m = 0100, m' = 0000
    // Without the TTL, all sums to ffff and the checksum is 0000; with it, it is feff.
    datagram[2] = 0xba; // 4500 + baff = ffff
    datagram[3] = 0xff;
    datagram[10] = 0xfe;
    datagram[11] = 0xff;
    REQUIRE(checksumFinish(checksumAdd(0, datagram)) == 0);
    decrementTtl(datagram);
    REQUIRE(datagram[8] == 0);
    REQUIRE(Bytes(datagram.begin() + 10, datagram.begin() + 12) == fromHex("0000")); // and not ffff
}

TEST_CASE("An IPv4 header that lies is refused", "[wire]")
{
    const Bytes good = datagramOf(test::kUdp); // 33 octets
    const auto with = [&good](std::size_t at, std::initializer_list<std::uint8_t> octets) {
        Bytes bytes = good;
        std::copy(octets.begin(), octets.end(), bytes.begin() + static_cast<std::ptrdiff_t>(at));
        return decodeIpv4(bytes).error;
    };
    REQUIRE(with(0, {0x65}) == IpError::BadVersion);
    REQUIRE(with(0, {0x44}) == IpError::BadHeader);
    REQUIRE(with(0, {0x49}) == IpError::BadHeader); // 36 octets of header in 33
    REQUIRE(with(2, {0, 19}) == IpError::BadHeader);
    REQUIRE(with(2, {0, 34}) == IpError::BadHeader);
    REQUIRE(with(2, {0xff, 0xff}) == IpError::BadHeader);
    REQUIRE(with(8, {63}) == IpError::BadChecksum);
    for (std::size_t size = 0; size < good.size(); ++size)
        REQUIRE(decodeIpv4(ByteView(good).first(size)).error == (size < 20 ? IpError::TooShort : IpError::BadHeader));
    REQUIRE_THROWS_AS(encodeIpv4({}, Bytes(65516)), std::length_error);
    REQUIRE(decodeIpv4(encodeIpv4({}, Bytes(65515))).payload.size() == 65515);
}

TEST_CASE("An IPv6 header that lies is refused", "[wire]")
{
    const Bytes good = datagramOf(test::kPing6);
    REQUIRE(decodeIpv6(good).error == IpError::None);
    for (std::size_t size = 0; size < good.size(); ++size)
        REQUIRE(decodeIpv6(ByteView(good).first(size)).error == (size < 40 ? IpError::TooShort : IpError::BadHeader));
    Bytes longer = good;
    longer.resize(good.size() + 10); // as padding of a frame would
    REQUIRE(decodeIpv6(longer).payload.size() == good.size() - 40);
    Bytes version = good;
    version[0] = 0x45;
    REQUIRE(decodeIpv6(version).error == IpError::BadVersion);
    REQUIRE_THROWS_AS(encodeIpv6({}, Bytes(65536)), std::length_error);
    REQUIRE(decodeIpv6(encodeIpv6({}, Bytes(65535))).payload.size() == 65535);
}

TEST_CASE("The fields of an IPv6 header stand where RFC 8200 §3 draws them", "[wire]")
{
    Ipv6Header header;
    header.trafficClass = 0xab;
    header.flowLabel = 0xfff12345; // only 20 bits of it are sent
    header.nextHeader = 59;
    header.hopLimit = 7;
    header.source = v6("2001:db8::1");
    header.destination = v6("ff02::2");
    const Bytes bytes = encodeIpv6(header, fromHex("0102"));
    REQUIRE(bytes ==
            fromHex("6ab12345 0002 3b 07 20010db8000000000000000000000001 ff020000000000000000000000000002 0102"));
    header.flowLabel = 0x12345;
    REQUIRE(decodeIpv6(bytes).header == header);
}

TEST_CASE("Extension headers are passed over to what they carry", "[wire]")
{
    // Hop-by-hop options (8 octets of padding), destination options (16), then two octets of protocol 17.
    const Bytes chain = packet6(0, "3c00010400000000 1101010c000000000000000000000000 beef");
    const Ipv6Decoded decoded = decodeIpv6(chain);
    REQUIRE(decoded.error == IpError::None);
    REQUIRE(decoded.header.nextHeader == kProtocolUdp);
    REQUIRE(decoded.headerSize == 64);
    REQUIRE(Bytes(decoded.payload.begin(), decoded.payload.end()) == fromHex("beef"));
    REQUIRE_FALSE(decoded.fragment);

    // An authentication header counts in words of 4 octets, less 2 (RFC 4302 §2.2): here 3 + 2 words.
    const Ipv6Decoded ah = decodeIpv6(packet6(51, "06030000 00000001 00000002 aabbccdd eeff0011 99"));
    REQUIRE(ah.header.nextHeader == kProtocolTcp);
    REQUIRE(ah.payload.size() == 1);
    // No next header (59), and numbers that are no extension header, end the chain.
    REQUIRE(decodeIpv6(packet6(59, "0011223344556677")).payload.size() == 8);
    REQUIRE(decodeIpv6(packet6(50, "0011223344556677")).header.nextHeader == 50);
}

TEST_CASE("A Fragment header is seen, and ends the chain before a piece", "[wire]")
{
    // RFC 8200 §4.5: next 17, reserved, offset 185 units and more to come (05c9), identification.
    const Ipv6Decoded later = decodeIpv6(packet6(44, "110005c9deadbeef 0000000000000000"));
    REQUIRE(later.error == IpError::None);
    REQUIRE(later.fragment);
    REQUIRE(later.header.nextHeader == 17);
    REQUIRE(later.payload.size() == 8);
    // Next 60, offset 8: what follows would be a malformed header, but it is a piece of data.
    const Ipv6Decoded piece = decodeIpv6(packet6(44, "3c000008deadbeef 06ff"));
    REQUIRE(piece.error == IpError::None);
    REQUIRE(piece.header.nextHeader == 60);
    REQUIRE(piece.payload.size() == 2);
    // Neither offset nor more: the whole datagram is here (RFC 6946), and the chain goes on.
    const Ipv6Decoded atomic = decodeIpv6(packet6(44, "3c000000deadbeef 0600000000000000 77"));
    REQUIRE(atomic.fragment);
    REQUIRE(atomic.header.nextHeader == 6);
    REQUIRE(atomic.payload.size() == 1);
}

TEST_CASE("An extension header longer than what is left is refused", "[wire]")
{
    for (const int kind : {0, 43, 44, 51, 60}) {
        INFO(kind);
        const auto next = static_cast<std::uint8_t>(kind);
        REQUIRE(decodeIpv6(packet6(next, "")).error == IpError::BadHeader);
        REQUIRE(decodeIpv6(packet6(next, "00000000000000")).error == IpError::BadHeader);
        if (kind != 44) {
            REQUIRE(decodeIpv6(packet6(next, "06ff000000000000 0000000000000000")).error == IpError::BadHeader);
            REQUIRE(decodeIpv6(packet6(next, "0603000000000000 0000000000")).error == IpError::BadHeader);
        }
    }
    // As many as there is room for, each of them 8 octets: it ends.
    const Ipv6Decoded many = decodeIpv6(encodeIpv6({0, 0, 60, 64, {}, {}}, [] {
        Bytes chain(65528, 0);
        for (std::size_t at = 0; at < chain.size(); at += 8)
            chain[at] = 60;
        return chain;
    }()));
    REQUIRE(many.error == IpError::BadHeader); // after the last there is nothing, not even a header
}

TEST_CASE("A frame carries whatever it is given", "[wire]")
{
    const EthernetHeader eth{MacAddress::broadcast(), {{2, 0, 0, 0, 0, 1}}, kEtherTypeArp};
    const Bytes frame = encodeEthernet(eth, fromHex("0102"));
    REQUIRE(frame.size() == 64);
    REQUIRE(Bytes(frame.begin(), frame.begin() + 18) == fromHex("ffffffffffff 020000000001 0806 0102 0000"));
    const EthernetDecoded decoded = decodeEthernet(frame);
    REQUIRE(decoded.error == EthernetError::None);
    REQUIRE(decoded.header == eth);
    REQUIRE(decoded.payload.size() == 46);
    REQUIRE(encodeEthernet(eth, decoded.payload) == frame);
    REQUIRE(encodeEthernet(eth, Bytes(46)).size() == 64);
    REQUIRE(encodeEthernet(eth, Bytes(47)).size() == 65);
    for (std::size_t size = 0; size < frame.size(); ++size)
        REQUIRE(decodeEthernet(ByteView(frame).first(size)).error == EthernetError::TooShort);
    Bytes bad = frame;
    bad[20] ^= 1;
    REQUIRE(decodeEthernet(bad).error == EthernetError::BadFcs);
    REQUIRE(decodeEthernet(bad).header == eth);
}

TEST_CASE("RFC 3168 section 5: ECT becomes CE, the checksum is redone, and nothing else is touched", "[wire]")
{
    for (const std::uint8_t ecn : {std::uint8_t{0}, std::uint8_t{1}, std::uint8_t{2}, std::uint8_t{3}}) {
        const bool takesPart = ecn == 1 || ecn == 2;
        INFO(int{ecn});
        Ipv4Header four;
        four.dscpEcn = static_cast<std::uint8_t>(0xb8 | ecn); // expedited forwarding, RFC 3246
        four.source = Ipv4Address{0x0a000001};
        four.destination = Ipv4Address{0x0a000002};
        Bytes bytes = encodeIpv4(four, Bytes{1, 2, 3});
        CHECK(markCongestion(bytes) == takesPart);
        const Ipv4Decoded read = decodeIpv4(bytes);
        CHECK(read.error == IpError::None);
        four.totalLength = read.header.totalLength;
        four.dscpEcn = static_cast<std::uint8_t>(takesPart ? 0xbb : four.dscpEcn);
        CHECK(read.header == four);

        Ipv6Header six;
        six.trafficClass = static_cast<std::uint8_t>(0xb8 | ecn);
        six.flowLabel = 0xfffff;
        Bytes other = encodeIpv6(six, Bytes{1, 2, 3});
        CHECK(markCongestion(other) == takesPart);
        CHECK(decodeIpv6(other).header.trafficClass == (takesPart ? 0xbb : six.trafficClass));
        CHECK(decodeIpv6(other).header.flowLabel == 0xfffff);
    }
    Bytes none;
    CHECK_FALSE(markCongestion(none));
    Bytes arp(28, 0x22);
    CHECK_FALSE(markCongestion(arp));
}

} // namespace packetarium::wire_ip_test
