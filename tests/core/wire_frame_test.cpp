// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/wire_bytes.h"
#include "tests/core/wire_captured_frames.h"
#include "tests/support/catch.h"

#include <stdexcept>

using namespace packetarium;
using test::fromHex;
using test::overwritten;
using test::overwrittenIp;

namespace {

const EthernetHeader kEth{{{2, 0, 0, 0, 0, 2}}, {{2, 0, 0, 0, 0, 1}}, 0x0800};

Ipv4Header ipHeader()
{
    Ipv4Header ip;
    ip.identification = 0x1234;
    ip.source = {0x0a000001};
    ip.destination = {0x0a000002};
    return ip;
}

TcpSegment segmentWithData(std::size_t size)
{
    TcpSegment s;
    s.sourcePort = 40000;
    s.destinationPort = 80;
    s.seq = Seq32(101);
    s.ack = Seq32(301);
    s.flags.bits = TcpFlags::Ack;
    s.window = 4096;
    s.payload.assign(size, 0x61);
    return s;
}

Bytes frameWithData(std::size_t size)
{
    return encodeTcpFrame(kEth, ipHeader(), segmentWithData(size));
}

FrameError errorOf(const Bytes& frame)
{
    return decodeTcpFrame(frame).error;
}

} // namespace

TEST_CASE("A frame holds its headers in order, in network byte order", "[wire]")
{
    Ipv4Header ip = ipHeader();
    ip.dscpEcn = 0xb9;
    ip.dontFragment = false;
    ip.ttl = 63;
    const Bytes frame = encodeTcpFrame(kEth, ip, segmentWithData(6));
    // IPv4: 45b9+002e+1234+0000+3f06+0a00+0001+0a00+0002 = ab24, so the checksum is 54db.
    // TCP: 9c40+0050+0000+0065+0000+012d+5010+1000+0000+0000 = fe32, data 6161 three times = 12423, the pseudo-header
    // 0a00+0001+0a00+0002+0006+001a = 1423; together 23678, folded 367a, so the checksum is c985.
    REQUIRE(Bytes(frame.begin(), frame.end() - 4) == fromHex("020000000002 020000000001 0800"
                                                             "45b9 002e 1234 0000 3f06 54db 0a000001 0a000002"
                                                             "9c40 0050 00000065 0000012d 5010 1000 c985 0000"
                                                             "616161616161"));
}

TEST_CASE("Short payloads are padded with zeros to 46 octets", "[wire]")
{
    for (std::size_t data = 0; data <= 8; ++data) {
        const Bytes frame = frameWithData(data);
        INFO(data);
        REQUIRE(frame.size() == 14 + std::max<std::size_t>(46, 40 + data) + 4);
        for (std::size_t at = 54 + data; at < 60; ++at)
            REQUIRE(frame[at] == 0);
        REQUIRE(decodeTcpFrame(frame).ip.totalLength == 40 + data);
        REQUIRE(decodeTcpFrame(frame).tcp.payload.size() == data);
    }
}

TEST_CASE("What was encoded decodes to the same headers", "[wire]")
{
    Ipv4Header ip = ipHeader();
    ip.dscpEcn = 0xff;
    ip.dontFragment = false;
    ip.ttl = 1;
    TcpSegment tcp = segmentWithData(100);
    tcp.mss = 536;
    const DecodedFrame decoded = decodeTcpFrame(encodeTcpFrame(kEth, ip, tcp));
    ip.totalLength = 20 + 24 + 100;
    REQUIRE(decoded.error == FrameError::None);
    REQUIRE(decoded.tcpError == TcpDecodeError::None);
    REQUIRE(decoded.eth == kEth);
    REQUIRE(decoded.ip == ip);
    REQUIRE(decoded.tcp == tcp);
}

TEST_CASE("The longest datagram is encoded, a longer one is refused", "[wire]")
{
    const Bytes longest = frameWithData(65535 - 40);
    REQUIRE(longest.size() == 65535 + 18);
    REQUIRE(errorOf(longest) == FrameError::None);
    REQUIRE(decodeTcpFrame(longest).ip.totalLength == 65535);
    REQUIRE_THROWS_AS(frameWithData(65535 - 39), std::length_error);
}

TEST_CASE("No single wrong bit goes unnoticed by the frame check sequence", "[wire]")
{
    const Bytes good = frameWithData(3);
    REQUIRE(errorOf(good) == FrameError::None);
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        Bytes bad = good;
        bad[bit / 8] ^= static_cast<std::uint8_t>(0x80 >> bit % 8);
        INFO("bit " << bit);
        REQUIRE(errorOf(bad) == FrameError::BadFcs);
    }
}

TEST_CASE("A frame cut anywhere is too short or fails its check", "[wire]")
{
    const Bytes good = frameWithData(40);
    for (std::size_t size = 0; size < good.size(); ++size) {
        const FrameError error = decodeTcpFrame(ByteView(good).first(size)).error;
        INFO(size);
        REQUIRE(error == (size < 64 ? FrameError::TooShort : FrameError::BadFcs));
    }
}

TEST_CASE("Another type of frame is not IPv4", "[wire]")
{
    REQUIRE(errorOf(overwritten(frameWithData(0), 12, {0x08, 0x06})) == FrameError::NotIpv4); // ARP
    REQUIRE(errorOf(overwritten(frameWithData(0), 12, {0x86, 0xdd})) == FrameError::NotIpv4); // IPv6
    REQUIRE(errorOf(overwritten(frameWithData(0), 12, {0x00, 0x2e})) == FrameError::NotIpv4); // an 802.3 length
    REQUIRE(decodeTcpFrame(overwritten(frameWithData(0), 12, {0x08, 0x06})).eth.etherType == 0x0806);
}

TEST_CASE("An IPv4 header that cannot be is refused whatever its checksum", "[wire]")
{
    const Bytes frame = frameWithData(3); // 43 octets of datagram in 46 of payload
    for (unsigned first = 0; first < 256; ++first) {
        INFO("version and IHL " << first);
        if (first >> 4 != 4 || (first & 0xf) < 5 || (first & 0xf) * 4 > 43)
            REQUIRE(errorOf(overwrittenIp(frame, 14, {static_cast<std::uint8_t>(first)})) == FrameError::BadIpHeader);
    }
    REQUIRE(errorOf(overwrittenIp(frame, 16, {0x00, 0x00})) == FrameError::BadIpHeader);
    REQUIRE(errorOf(overwrittenIp(frame, 16, {0x00, 0x13})) == FrameError::BadIpHeader); // 19: under the header
    REQUIRE(errorOf(overwrittenIp(frame, 16, {0x00, 0x14})) == FrameError::BadTcp);      // 20: nothing behind it
    REQUIRE(errorOf(overwrittenIp(frame, 16, {0x00, 0x2e})) == FrameError::BadTcp);      // 46: counts the padding in
    REQUIRE(errorOf(overwrittenIp(frame, 16, {0x00, 0x2f})) == FrameError::BadIpHeader); // 47: past the payload
    REQUIRE(errorOf(overwrittenIp(frame, 16, {0xff, 0xff})) == FrameError::BadIpHeader);
}

TEST_CASE("A wrong IPv4 checksum is found behind a good frame check sequence", "[wire]")
{
    const Bytes frame = frameWithData(0);
    const DecodedFrame decoded = decodeTcpFrame(overwritten(frame, 22, {63})); // a TTL counted down without its sum
    REQUIRE(decoded.error == FrameError::BadIpChecksum);
    REQUIRE(decoded.ip.ttl == 63);
    REQUIRE(decodeTcpFrame(overwrittenIp(frame, 22, {63})).error == FrameError::None);
}

TEST_CASE("Another protocol, or a fragment, is not TCP", "[wire]")
{
    REQUIRE(errorOf(overwrittenIp(frameWithData(0), 23, {17})) == FrameError::NotTcp);
    REQUIRE(errorOf(overwrittenIp(frameWithData(0), 20, {0x20, 0x00})) == FrameError::NotTcp); // more fragments
    REQUIRE(errorOf(overwrittenIp(frameWithData(0), 20, {0x00, 0x01})) == FrameError::NotTcp); // the second one
    REQUIRE(errorOf(overwrittenIp(frameWithData(0), 20, {0x80, 0x00})) == FrameError::None);   // the reserved bit
}

TEST_CASE("Fragment bits and offset stand in the header as RFC 791 draws them", "[wire]")
{
    Ipv4Header ip = ipHeader();
    ip.dontFragment = false;
    ip.moreFragments = true;
    ip.fragmentOffset = 0x1001;
    const Bytes frame = encodeTcpFrame(kEth, ip, segmentWithData(0));
    REQUIRE(Bytes(frame.begin() + 20, frame.begin() + 22) == fromHex("3001"));
    ip.totalLength = 40;
    REQUIRE(decodeTcpFrame(frame).ip == ip);
}

TEST_CASE("What is wrong with the TCP segment is told apart", "[wire]")
{
    const DecodedFrame decoded = decodeTcpFrame(overwritten(frameWithData(0), 34, {0xff}));
    REQUIRE(decoded.error == FrameError::BadTcp);
    REQUIRE(decoded.tcpError == TcpDecodeError::BadChecksum);
    const DecodedFrame offset = decodeTcpFrame(overwritten(frameWithData(0), 46, {0xf0}));
    REQUIRE(offset.error == FrameError::BadTcp);
    REQUIRE(offset.tcpError == TcpDecodeError::BadDataOffset);
    const DecodedFrame nothing = decodeTcpFrame(overwrittenIp(frameWithData(0), 16, {0, 20}));
    REQUIRE(nothing.tcpError == TcpDecodeError::TooShort);
}

TEST_CASE("IPv4 options are skipped", "[wire]")
{
    // With a Router Alert (RFC 2113): 4600+002c+1234+4000+4006+0a00+0001+0a00+0002+9404+0000 = 1806d, folded 806e; the
    // checksum is 7f91.
    const Bytes plain = frameWithData(0);
    Bytes frame(plain.begin(), plain.begin() + 14);
    const Bytes ip = fromHex("4600 002c 1234 4000 4006 7f91 0a000001 0a000002 94040000");
    frame.insert(frame.end(), ip.begin(), ip.end());
    frame.insert(frame.end(), plain.begin() + 34, plain.begin() + 54);
    frame.insert(frame.end(), {0, 0});
    const DecodedFrame decoded = decodeTcpFrame(test::withFcs(frame));
    REQUIRE(decoded.error == FrameError::None);
    REQUIRE(decoded.tcp == segmentWithData(0));
}

TEST_CASE("The first thing wrong, from the outside in, is the one reported", "[wire]")
{
    Bytes frame = frameWithData(0);
    frame[46] = 0x00;                    // data offset
    frame = overwritten(frame, 22, {1}); // IPv4 checksum
    REQUIRE(errorOf(frame) == FrameError::BadIpChecksum);
    frame = overwritten(frame, 14, {0x44});
    REQUIRE(errorOf(frame) == FrameError::BadIpHeader);
    frame = overwritten(frame, 12, {0x08, 0x06});
    REQUIRE(errorOf(frame) == FrameError::NotIpv4);
    frame.back() ^= 1;
    REQUIRE(errorOf(frame) == FrameError::BadFcs);
    frame.resize(63);
    REQUIRE(errorOf(frame) == FrameError::TooShort);
}
