// SPDX-License-Identifier: GPL-3.0-or-later
//
// Frames in parts: the same octets as if they had been written in one go.
#include "core/base/rng.h"
#include "core/base/stream_hash.h"
#include "core/base/stream_pattern.h"
#include "core/trace/describe_frame.h"
#include "core/wire/checksum.h"
#include "core/wire/ecn.h"
#include "core/wire/wire_frame.h"
#include "tests/support/catch.h"

namespace packetarium::wire_frame_test {

namespace {

Bytes randomOctets(Rng& rng, std::size_t size)
{
    Bytes octets(size);
    for (std::uint8_t& octet : octets)
        octet = static_cast<std::uint8_t>(rng.below(256));
    return octets;
}

/// RFC 1071 §4.1, word by word.
std::uint16_t naiveChecksum(std::uint32_t start, ByteView octets)
{
    std::uint64_t sum = start;
    for (std::size_t i = 0; i < octets.size(); i += 2)
        sum += std::uint64_t{octets[i]} << 8 | (i + 1 < octets.size() ? octets[i + 1] : 0);
    while (sum > 0xffff)
        sum = (sum >> 16) + (sum & 0xffff);
    return static_cast<std::uint16_t>(~sum & 0xffff);
}

TcpSegment randomSegment(Rng& rng)
{
    TcpSegment segment;
    segment.sourcePort = static_cast<std::uint16_t>(rng.below(65536));
    segment.destinationPort = static_cast<std::uint16_t>(rng.below(65536));
    segment.seq = Seq32(static_cast<std::uint32_t>(rng.next()));
    segment.ack = Seq32(static_cast<std::uint32_t>(rng.next()));
    segment.flags.bits = static_cast<std::uint8_t>(rng.below(256));
    segment.window = static_cast<std::uint16_t>(rng.below(65536));
    if (rng.chance(300'000))
        segment.mss = 1460;
    if (rng.chance(300'000))
        segment.timestamps = TcpTimestamps{static_cast<std::uint32_t>(rng.next()), 7};
    if (rng.chance(300'000))
        segment.sack = {SackBlock{Seq32(5), Seq32(9)}, SackBlock{Seq32(50), Seq32(90)}};
    segment.payload = randomOctets(rng, rng.below(4) == 0 ? 0 : rng.below(1461));
    return segment;
}

WireFrame inParts(const EthernetHeader& eth, const Ipv4Header& ip, const TcpSegment& segment)
{
    std::array<std::uint8_t, kMostTcpHeader> header{};
    const std::size_t size = writeTcpHeader(header, segment, ip.source, ip.destination);
    WireFrame frame = WireFrame::inParts();
    frame.setEthernet(eth);
    frame.appendHead(ipv4HeaderOctets(ip, size + segment.payload.size()));
    frame.appendHead(ByteView(header).first(size));
    frame.setBody(segment.payload);
    return frame;
}

} // namespace

TEST_CASE("the checksum is that of its definition at every alignment and length", "[wire]")
{
    Rng rng(11);
    const Bytes octets = randomOctets(rng, 400);
    for (std::size_t at = 0; at < 33; ++at) {
        for (std::size_t size = 0; size + at <= 300; ++size) {
            const ByteView part = ByteView(octets).subspan(at, size);
            const auto start = static_cast<std::uint32_t>(rng.next());
            if (checksumFinish(checksumAdd(start, part)) != naiveChecksum(start, part))
                FAIL(at << ", " << size);
        }
    }
    const Bytes ones(3'000'000, 0xff);
    CHECK(checksumFinish(checksumAdd(5, ones)) == naiveChecksum(5, ones));
}

TEST_CASE("the checksum expected is the one stored if that verifies, whichever zero it is", "[wire]")
{
    // A stored 5 among words that add up to another zero: not the case in which nothing but zeros is covered.
    CHECK(expectedChecksum(exactSum(0, Bytes{0xff, 0xff, 0x00, 0x05}), 5) == 0x0000);
    CHECK(expectedChecksum(exactSum(0, Bytes{0x00, 0x00, 0x00, 0x05}), 5) == 0xffff);
    CHECK(expectedChecksum(exactSum(0, Bytes{0xff, 0xff, 0x00, 0x00}), 0) == 0x0000);
}

TEST_CASE("a frame in parts has the octets of one written whole", "[wire]")
{
    Rng rng(3);
    const EthernetHeader eth{MacAddress{{2, 0, 0, 0, 0, 1}}, MacAddress{{2, 0, 0, 0, 0, 2}}, kEtherTypeIpv4};
    Ipv4Header ip;
    ip.source = Ipv4Address{0x0a000001};
    ip.destination = Ipv4Address{0x0a000002};
    for (int i = 0; i < 300; ++i) {
        const TcpSegment segment = randomSegment(rng);
        const WireFrame frame = inParts(eth, ip, segment);
        const Bytes whole = encodeTcpFrame(eth, ip, segment);
        REQUIRE(frame.octets() == whole);
        REQUIRE(frame.size() == whole.size());
        const std::size_t headers = kEthernetHeaderSize + kIpv4HeaderSize;
        const TcpDecoded apart = decodeTcp(frame.head().subspan(headers), frame.body(), ip.source, ip.destination);
        const TcpDecoded together =
            decodeTcp(ByteView(whole).subspan(headers, frame.head().size() - headers + frame.body().size()), ip.source,
                      ip.destination);
        REQUIRE(apart.error == together.error);
        REQUIRE(apart.segment == together.segment);
        const FrameUnits a = unitsOf(frame), b = unitsOf(ByteView(whole));
        REQUIRE((a.internet == b.internet && a.transport == b.transport && a.payload == b.payload && a.end == b.end));
    }
}

TEST_CASE("a stream's hash does not depend on how it is cut", "[base]")
{
    Rng rng(5);
    const Bytes octets = randomOctets(rng, 1000);
    StreamHash whole;
    whole.add(octets);
    for (int i = 0; i < 100; ++i) {
        StreamHash pieces;
        for (std::size_t at = 0; at < octets.size();) {
            const std::size_t size = std::min<std::size_t>(rng.below(70), octets.size() - at);
            pieces.add(ByteView(octets).subspan(at, size));
            at += size;
        }
        REQUIRE(pieces.value() == whole.value());
    }
    StreamHash shorter, longer;
    shorter.add(Bytes{1, 2, 3});
    longer.add(Bytes{1, 2, 3, 0});
    CHECK(shorter.value() != longer.value());
}

TEST_CASE("the stream pattern is a function of the place", "[base]")
{
    for (const std::uint64_t at : {0ULL, 25ULL, 65'519ULL, 65'520ULL, 1'000'000'007ULL}) {
        const Octets some = streamPattern(at, 100);
        REQUIRE(!some.empty());
        for (std::size_t i = 0; i < some.size(); ++i)
            REQUIRE(some[i] == 'a' + (at + i) % 26);
    }
    CHECK(streamPattern(65'519, 100).size() == 1);
    CHECK(streamPattern(5, 100).block() == streamPattern(70'000, 100).block());
}

TEST_CASE("a frame that is marked on its way has a good FCS, whether it is kept in parts or whole", "[wire]")
{
    Ipv4Header ip;
    ip.dscpEcn = 2; // ECT(0)
    ip.source = Ipv4Address{0x0a000001};
    ip.destination = Ipv4Address{0x0a000002};
    EthernetHeader ethernet;
    ethernet.etherType = kEtherTypeIpv4;
    const Bytes datagram = encodeIpv4(ip, Bytes(100, 7));
    WireFrame whole(encodeEthernet(ethernet, datagram));
    Bytes head(kEthernetHeaderSize);
    head[12] = 0x08;
    head.insert(head.end(), datagram.begin(), datagram.begin() + kIpv4HeaderSize);
    WireFrame parts = WireFrame::inParts(head, Octets(Bytes(100, 7)));
    REQUIRE(whole.octets() == parts.octets());
    for (WireFrame* frame : {&whole, &parts}) {
        CHECK(frame->markCongestion());
        CHECK_FALSE(frame->markCongestion()); // it is
        const Bytes octets = frame->octets();
        const EthernetDecoded decoded = decodeEthernet(octets);
        CHECK(decoded.error == EthernetError::None);
        const Ipv4Decoded read = decodeIpv4(decoded.payload);
        CHECK(read.error == IpError::None);
        CHECK(read.header.dscpEcn == 3);
    }
    CHECK(whole.octets() == parts.octets());
}

} // namespace packetarium::wire_frame_test
