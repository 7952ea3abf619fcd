// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/arp.h"
#include "core/wire/udp.h"
#include "tests/core/wire_bytes.h"
#include "tests/core/wire_captured_net.h"
#include "tests/support/catch.h"

#include <stdexcept>

namespace packetarium::wire_arp_udp_test {

using test::fromHex;

namespace {

Bytes behind(std::string_view frame, std::size_t octets)
{
    const Bytes bytes = fromHex(frame);
    return {bytes.begin() + static_cast<std::ptrdiff_t>(octets), bytes.end()};
}

constexpr Ipv4Address kA{0x0a000001}, kB{0x0a000002};
constexpr MacAddress kMacA{{2, 0, 0, 0, 0, 0x0a}}, kMacB{{2, 0, 0, 0, 0, 0x0b}};
const IpAddress kA6 = *IpAddress::parse("2001:db8::1"), kB6 = *IpAddress::parse("2001:db8::2");

} // namespace

TEST_CASE("A kernel's ARP request and reply are read, and written again the same", "[wire]")
{
    // tshark: Who has 10.0.0.2? Tell 10.0.0.1; 10.0.0.2 is at 02:00:00:00:00:0b.
    const ArpPacket request{ArpPacket::Request, kMacA, kA, {}, kB};
    REQUIRE(decodeArp(behind(test::kArpRequest, 14)) == request);
    REQUIRE(encodeArp(request) == behind(test::kArpRequest, 14));
    const ArpPacket reply{ArpPacket::Reply, kMacB, kB, kMacA, kA};
    REQUIRE(decodeArp(behind(test::kArpReply, 14)) == reply);
    REQUIRE(encodeArp(reply) == behind(test::kArpReply, 14));
    // In a frame of the kernel's, that is the whole of it.
    REQUIRE(encodeEthernet({kMacA, kMacB, kEtherTypeArp}, encodeArp(reply)) == test::onTheCable(test::kArpReply));
}

TEST_CASE("What is not ARP for IPv4 on Ethernet is not read", "[wire]")
{
    const Bytes good = behind(test::kArpRequest, 14);
    for (std::size_t size = 0; size < good.size(); ++size)
        REQUIRE_FALSE(decodeArp(ByteView(good).first(size)));
    for (std::size_t at = 0; at < 6; ++at) { // types and lengths
        Bytes bad = good;
        bad[at] ^= 0x10;
        INFO(at);
        REQUIRE_FALSE(decodeArp(bad));
    }
    Bytes operation = good;
    operation[7] = 9;
    REQUIRE(decodeArp(operation)->operation == 9);
    Bytes padded = good;
    padded.resize(46, 0xff);
    REQUIRE(decodeArp(padded) == decodeArp(good));
}

TEST_CASE("A kernel's UDP datagrams are read, and written again the same", "[wire]")
{
    const Bytes five = behind(test::kUdp, 34);
    const UdpDecoded decoded = decodeUdp(five, kA, kB);
    REQUIRE(decoded.error == UdpError::None);
    REQUIRE(decoded.datagram.sourcePort == 40002);
    REQUIRE(decoded.datagram.destinationPort == 5000);
    REQUIRE(decoded.datagram.payload.size() == 5);
    REQUIRE(encodeUdp(decoded.datagram, kA, kB) == five);
    REQUIRE(encodeUdp({40002, 5000, {}}, kA, kB) == behind(test::kUdpEmpty, 34));
    REQUIRE(decodeUdp(behind(test::kUdpEmpty, 34), kA, kB).datagram.payload.empty());

    const std::string_view text = "anyone6?";
    const UdpDatagram over6{49415, 5001, Bytes(text.begin(), text.end())};
    REQUIRE(decodeUdp(behind(test::kClosedPort6, 54), kA6, kB6).datagram == over6);
    REQUIRE(encodeUdp(over6, kA6, kB6) == behind(test::kClosedPort6, 54));
}

TEST_CASE("A UDP checksum that comes out as zero is sent as ffff", "[wire]")
{
    // Ports 0, length 10, data d, addresses 0: the sum is 0011 + 000a + 000a + d; for d = ffda it is ffff.
    const Bytes bytes = encodeUdp({0, 0, {0xff, 0xda}}, Ipv4Address{}, Ipv4Address{});
    REQUIRE(bytes == fromHex("0000 0000 000a ffff ffda"));
    REQUIRE(decodeUdp(bytes, Ipv4Address{}, Ipv4Address{}).error == UdpError::None);
}

TEST_CASE("A UDP checksum of zero is none with IPv4 and wrong with IPv6", "[wire]")
{
    const Bytes none = fromHex("9c42 1388 000d 0000 68656c6c6f");
    const UdpDecoded decoded = decodeUdp(none, kA, kB);
    REQUIRE(decoded.error == UdpError::None);
    REQUIRE(decoded.datagram.payload.size() == 5);
    REQUIRE(decodeUdp(none, kA6, kB6).error == UdpError::BadChecksum);
}

TEST_CASE("UDP lengths that lie", "[wire]")
{
    const Bytes good = behind(test::kUdp, 34); // 13 octets
    for (std::size_t size = 0; size < good.size(); ++size)
        REQUIRE(decodeUdp(ByteView(good).first(size), kA, kB).error ==
                (size < 8 ? UdpError::TooShort : UdpError::BadLength));
    for (unsigned length = 0; length < 0x10000; ++length) {
        Bytes bytes = good;
        bytes[4] = static_cast<std::uint8_t>(length >> 8);
        bytes[5] = static_cast<std::uint8_t>(length & 0xff);
        const UdpError expected = length == 13                ? UdpError::None
                                  : length < 8 || length > 13 ? UdpError::BadLength
                                                              : UdpError::BadChecksum;
        if (decodeUdp(bytes, kA, kB).error != expected)
            FAIL("length " << length);
    }
    Bytes surplus = good; // IP carries more than UDP counts
    surplus.push_back(0x55);
    REQUIRE(decodeUdp(surplus, kA, kB).error == UdpError::None);
    REQUIRE(decodeUdp(surplus, kA, kB).datagram == decodeUdp(good, kA, kB).datagram);
    REQUIRE_THROWS_AS(encodeUdp({1, 2, Bytes(65528)}, kA, kB), std::length_error);
    REQUIRE(decodeUdp(encodeUdp({1, 2, Bytes(65527)}, kA, kB), kA, kB).error == UdpError::None);
}

TEST_CASE("No single wrong bit of a UDP datagram goes unnoticed", "[wire]")
{
    const Bytes good = behind(test::kUdp, 34);
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        Bytes bad = good;
        bad[bit / 8] ^= static_cast<std::uint8_t>(0x80 >> bit % 8);
        REQUIRE(decodeUdp(bad, kA, kB).error != UdpError::None);
    }
    REQUIRE(decodeUdp(good, kA, Ipv4Address{0x0a000003}).error == UdpError::BadChecksum);
}

} // namespace packetarium::wire_arp_udp_test
