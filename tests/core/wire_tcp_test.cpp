// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/core/wire_bytes.h"
#include "tests/support/catch.h"

namespace packetarium::wire_tcp_test {

using test::fromHex;

namespace {

constexpr Ipv4Address kClient{0x0a000001};
constexpr Ipv4Address kServer{0x0a000002};

TcpSegment segmentWithEverything()
{
    TcpSegment s;
    s.sourcePort = 40000;
    s.destinationPort = 80;
    s.seq = Seq32(0xfffffffe);
    s.ack = Seq32(0x80000001);
    s.flags.bits = 0xff;
    s.window = 0xfaf0;
    s.urgentPointer = 3;
    s.mss = 1460;
    s.payload = {'o', 'd', 'd'};
    return s;
}

/// A segment's octets with the checksum made right.
Bytes summed(Bytes bytes)
{
    bytes[16] = bytes[17] = 0;
    const Bytes pseudo = fromHex("0a000001 0a000002 0006 00");
    Bytes all = pseudo;
    all.push_back(static_cast<std::uint8_t>(bytes.size()));
    all.insert(all.end(), bytes.begin(), bytes.end());
    const std::uint16_t sum = checksumFinish(checksumAdd(0, all));
    bytes[16] = static_cast<std::uint8_t>(sum >> 8);
    bytes[17] = static_cast<std::uint8_t>(sum & 0xff);
    return bytes;
}

/// A SYN with these option octets (a multiple of four).
Bytes synWithOptions(std::string_view options)
{
    const Bytes optionBytes = fromHex(options);
    Bytes bytes = fromHex("9c40 0050 00000064 00000000 0002 1000 0000 0000");
    bytes[12] = static_cast<std::uint8_t>((5 + optionBytes.size() / 4) << 4);
    bytes.insert(bytes.end(), optionBytes.begin(), optionBytes.end());
    return summed(bytes);
}

TcpDecoded decode(const Bytes& bytes)
{
    return decodeTcp(bytes, kClient, kServer);
}

} // namespace

TEST_CASE("Flags are written in one order", "[wire]")
{
    REQUIRE(TcpFlags{}.toString().empty());
    REQUIRE(TcpFlags{TcpFlags::Syn}.toString() == "SYN");
    REQUIRE(TcpFlags{TcpFlags::Ack | TcpFlags::Syn}.toString() == "SYN,ACK");
    REQUIRE(TcpFlags{TcpFlags::Ack | TcpFlags::Fin}.toString() == "FIN,ACK");
    REQUIRE(TcpFlags{TcpFlags::Ack | TcpFlags::Rst}.toString() == "RST,ACK");
    REQUIRE(TcpFlags{0xff}.toString() == "SYN,FIN,RST,PSH,ACK,URG,ECE,CWR");
}

TEST_CASE("A header stands as RFC 9293 draws it", "[wire]")
{
    TcpSegment s = segmentWithEverything();
    s.payload = {};
    s.mss.reset();
    // Words 9c40 0050 ffff fffe 8000 0001 50ff faf0 0003 sum to 46880, with the pseudo-header's 141d to 47c9d,
    // folded 7ca1; the checksum is 835e.
    REQUIRE(encodeTcp(s, kClient, kServer) == fromHex("9c40 0050 fffffffe 80000001 50ff faf0 835e 0003"));
}

TEST_CASE("The MSS is an option of four octets behind the header", "[wire]")
{
    TcpSegment s;
    s.flags.bits = TcpFlags::Syn;
    s.mss = 1460;
    const Bytes bytes = encodeTcp(s, kClient, kServer);
    REQUIRE(bytes.size() == 24);
    REQUIRE(bytes[12] == 0x60);
    REQUIRE(Bytes(bytes.begin() + 20, bytes.end()) == fromHex("0204 05b4"));
}

TEST_CASE("What was encoded decodes to the same segment", "[wire]")
{
    TcpSegment s = segmentWithEverything();
    REQUIRE(decode(encodeTcp(s, kClient, kServer)).error == TcpDecodeError::None);
    REQUIRE(decode(encodeTcp(s, kClient, kServer)).segment == s);
    s.mss.reset();
    s.payload.assign(std::size_t{1460}, std::uint8_t{0xa5});
    REQUIRE(decode(encodeTcp(s, kClient, kServer)).segment == s);
    REQUIRE(decode(encodeTcp({}, kClient, kServer)).segment == TcpSegment{});
}

TEST_CASE("SYN and FIN each count one in a segment's length", "[wire]")
{
    TcpSegment s = segmentWithEverything();
    REQUIRE(s.segLen() == 5);
    s.flags.bits = TcpFlags::Ack;
    REQUIRE(s.segLen() == 3);
}

TEST_CASE("Fewer octets than a header are too short", "[wire]")
{
    const Bytes bytes = encodeTcp(segmentWithEverything(), kClient, kServer);
    for (std::size_t size = 0; size < 20; ++size)
        REQUIRE(decodeTcp(ByteView(bytes).first(size), kClient, kServer).error == TcpDecodeError::TooShort);
    for (std::size_t size = 20; size < 24; ++size)
        REQUIRE(decodeTcp(ByteView(bytes).first(size), kClient, kServer).error == TcpDecodeError::BadDataOffset);
    for (std::size_t size = 24; size < bytes.size(); ++size)
        REQUIRE(decodeTcp(ByteView(bytes).first(size), kClient, kServer).error == TcpDecodeError::BadChecksum);
}

TEST_CASE("A data offset under five words or past the end is refused", "[wire]")
{
    Bytes bytes = encodeTcp(segmentWithEverything(), kClient, kServer); // 27 octets: six words fit, seven do not
    for (unsigned words = 0; words < 16; ++words) {
        INFO(words);
        bytes[12] = static_cast<std::uint8_t>(words << 4);
        REQUIRE((decode(summed(bytes)).error == TcpDecodeError::BadDataOffset) == (words < 5 || words > 6));
    }
}

TEST_CASE("A data offset of five words makes data of what stood as options", "[wire]")
{
    Bytes bytes = encodeTcp(segmentWithEverything(), kClient, kServer);
    bytes[12] = 0x50;
    const TcpDecoded decoded = decode(summed(bytes));
    REQUIRE(decoded.error == TcpDecodeError::None);
    REQUIRE_FALSE(decoded.segment.mss);
    REQUIRE(decoded.segment.payload == fromHex("0204 05b4 6f6464"));
}

TEST_CASE("No single wrong bit goes unnoticed, and other addresses neither", "[wire]")
{
    const Bytes good = encodeTcp(segmentWithEverything(), kClient, kServer);
    for (std::size_t bit = 0; bit < good.size() * 8; ++bit) {
        Bytes bad = good;
        bad[bit / 8] ^= static_cast<std::uint8_t>(0x80 >> bit % 8);
        INFO("bit " << bit);
        const bool inDataOffset = bit / 4 == 24;
        const TcpDecodeError error = decode(bad).error;
        REQUIRE((error == TcpDecodeError::BadChecksum || (inDataOffset && error == TcpDecodeError::BadDataOffset)));
    }
    REQUIRE(decodeTcp(good, kClient, Ipv4Address{0x0a000003}).error == TcpDecodeError::BadChecksum);
}

TEST_CASE("Unknown options are skipped, and nothing is read behind the end of the list", "[wire]")
{
    struct Row {
        const char* options;
        std::optional<std::uint16_t> mss;
    };
    const Row rows[] = {
        {"0204 05b4", 1460},
        {"01010101", std::nullopt},
        {"0101 0204 0218 0101", 536},
        {"fd06 aabbccdd 0204 0578 0000", 1400},                    // an unknown kind before it
        {"0402 080a aaf1c43f 00000000 0204 05b4", 1460},           // SACK permitted, timestamps
        {"0204 05b4 0402 080a aaf1c43f 00000000 0103 030a", 1460}, // a kernel's SYN
        {"00 020405b4 000000", std::nullopt},                      // behind the end of the list
        {"00 ff0000", std::nullopt},                               // rubbish behind it does not matter
        {"0204 05b4 0204 0218", 536},                              // twice: the later one
    };
    for (const Row& row : rows) {
        INFO(row.options);
        const TcpDecoded decoded = decode(synWithOptions(row.options));
        REQUIRE(decoded.error == TcpDecodeError::None);
        REQUIRE(decoded.segment.mss == row.mss);
        REQUIRE(decoded.segment.payload.empty());
    }
}

TEST_CASE("An option whose length cannot be is refused", "[wire]")
{
    // MUST-7 of RFC 9293 §3.1: be prepared for an illegal option length, such as zero.
    for (const char* options : {"0800 0000", "0801 0000", "0805 0000", "08ff 0000", "0101 0108", "0101 080a",
                                "0200 05b4", "0203 0500", "0202 0000", "0205 05b4 00000000", "0101 0204"}) {
        INFO(options);
        REQUIRE(decode(synWithOptions(options)).error == TcpDecodeError::BadOption);
    }
}

TEST_CASE("A bad option in damaged octets is a bad checksum", "[wire]")
{
    Bytes bytes = synWithOptions("0800 0000");
    bytes[16] ^= 0x40;
    REQUIRE(decode(bytes).error == TcpDecodeError::BadChecksum);
}

TEST_CASE("What could be read of a damaged segment is filled in", "[wire]")
{
    const TcpSegment s = segmentWithEverything();
    Bytes bytes = encodeTcp(s, kClient, kServer);
    bytes[17] ^= 0x01;
    REQUIRE(decode(bytes).segment == s);
    bytes[12] = 0xf0;
    REQUIRE(decode(bytes).segment.seq == s.seq);
}

TEST_CASE("Reserved bits are ignored", "[wire]")
{
    // RFC 9293 §3.1, Rsrvd: "must be ignored in received segments".
    const TcpSegment s = segmentWithEverything();
    Bytes bytes = encodeTcp(s, kClient, kServer);
    bytes[12] |= 0x0f;
    REQUIRE(decode(summed(bytes)).error == TcpDecodeError::None);
    REQUIRE(decode(summed(bytes)).segment == s);
}

} // namespace packetarium::wire_tcp_test
