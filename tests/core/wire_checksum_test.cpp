// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/checksum.h"
#include "tests/core/wire_bytes.h"
#include "tests/core/wire_captured_frames.h"
#include "tests/support/catch.h"

namespace packetarium::wire_checksum_test {

using test::fromHex;

TEST_CASE("The Internet checksum of RFC 1071's example", "[wire]")
{
    // RFC 1071 §3: 0001 + f203 + f4f5 + f6f7 = 2ddf0, folded ddf2; the checksum is its complement.
    const Bytes example = fromHex("0001 f203 f4f5 f6f7");
    REQUIRE(checksumFinish(checksumAdd(0, example)) == 0x220d);
    REQUIRE(checksumFinish(0x2ddf0) == 0x220d);
}

TEST_CASE("An odd last octet counts as if a zero octet followed", "[wire]")
{
    REQUIRE(checksumFinish(checksumAdd(0, fromHex("0001 f2"))) == 0x0dfe); // 0001 + f200 = f201
    REQUIRE(checksumFinish(checksumAdd(0, fromHex("ab"))) == 0x54ff);
    REQUIRE(checksumFinish(checksumAdd(0, {})) == 0xffff);
}

TEST_CASE("A checksum may be continued, and a message with its checksum verifies", "[wire]")
{
    const std::uint32_t half = checksumAdd(0, fromHex("0001 f203"));
    REQUIRE(checksumFinish(checksumAdd(half, fromHex("f4f5 f6f7"))) == 0x220d);
    REQUIRE(checksumFinish(checksumAdd(0, fromHex("0001 f203 f4f5 f6f7 220d"))) == 0);
}

TEST_CASE("Carries are not lost however many there are", "[wire]")
{
    // 0xffff is a zero of one's complement, so any number of them sums to 0xffff.
    const Bytes many(2 * 70'000, 0xff);
    REQUIRE(checksumFinish(checksumAdd(0, many)) == 0);
    REQUIRE(checksumFinish(checksumAdd(0xffff'ffff, many)) == 0);
    // 2^32 - 1 is divisible by 0xffff too, so it adds nothing to 1.
    REQUIRE(checksumFinish(checksumAdd(0xffff'ffff, fromHex("0001"))) == 0xfffe);
}

TEST_CASE("The checksum of a kernel's IPv4 header", "[wire]")
{
    // 4500+0028+0000+4000+4006+0a00+0002+0a00+0001 = d931; its complement is 26ce.
    const Bytes header = fromHex("4500 0028 0000 4000 4006 0000 0a00 0002 0a00 0001");
    REQUIRE(checksumFinish(checksumAdd(0, header)) == 0x26ce);
    const Bytes captured = fromHex(test::kRefusedRst);
    REQUIRE(checksumFinish(checksumAdd(0, ByteView(captured).subspan(14, 20))) == 0);
}

TEST_CASE("The pseudo-header counts addresses, protocol and length", "[wire]")
{
    // 0a00 + 0001 + 0a00 + 0002 + 0006 + 0014 = 141d.
    REQUIRE(checksumFinish(pseudoHeaderSum(Ipv4Address{0x0a000001}, Ipv4Address{0x0a000002}, 6, 20)) == 0xebe2);
    // ffff four times is a zero; 0006 + ffff is 0006 again.
    const Ipv4Address ones{0xffffffff};
    REQUIRE(checksumFinish(pseudoHeaderSum(ones, ones, 6, 0xffff)) == 0xfff9);
    // IPv6 has 32 bits of length (RFC 8200 §8.1): 2001 + 0db8 + 1 + 2001 + 0db8 + 2 + 003a + 1 + 0002 = 5bb2.
    const IpAddress a = *IpAddress::parse("2001:db8::1"), b = *IpAddress::parse("2001:db8::2");
    REQUIRE(checksumFinish(pseudoHeaderSum(a, b, 58, 0x10002)) == 0xa44d);
}

TEST_CASE("The checksum expected is the one that would verify", "[wire]")
{
    const std::uint32_t rest = checksumAdd(0, fromHex("0001 f203 f4f5 f6f7"));
    REQUIRE(expectedChecksum(rest + 0x220d, 0x220d) == 0x220d);
    for (const std::uint16_t stored : std::initializer_list<std::uint16_t>{0x0000, 0x0001, 0x220c, 0x8000, 0xffff})
        REQUIRE(expectedChecksum(rest + stored, stored) == 0x220d);
}

TEST_CASE("Both zeros of one's complement verify", "[wire]")
{
    // The rest sums to ffff, so the checksum is 0000; ffff means the same.
    REQUIRE(expectedChecksum(0xffff, 0x0000) == 0x0000);
    REQUIRE(expectedChecksum(0xffff + 0xffff, 0xffff) == 0xffff);
    REQUIRE(expectedChecksum(0xffff + 0x0001, 0x0001) == 0x0000);
}

TEST_CASE("The checksum of nothing but zeros is ffff, and 0000 does not verify it", "[wire]")
{
    REQUIRE(checksumFinish(0) == 0xffff);
    for (const std::uint16_t stored : std::initializer_list<std::uint16_t>{0x0000, 0x0001, 0xfffe, 0xffff})
        REQUIRE(expectedChecksum(stored, stored) == 0xffff);
}

TEST_CASE("The frame check sequence has the CRC-32's known check value", "[wire]")
{
    const std::string_view digits = "123456789";
    REQUIRE(frameCheckSequence(Bytes(digits.begin(), digits.end())) == 0xCBF43926);
    REQUIRE(frameCheckSequence({}) == 0);
}

TEST_CASE("A frame with its check sequence leaves the CRC-32's known residue", "[wire]")
{
    // 0x2144DF1C is the complement of the residue 0xDEBB20E3 (bits in the order in which they are sent).
    REQUIRE(frameCheckSequence(test::onTheCable(test::kRefusedRst)) == 0x2144DF1C);
    REQUIRE(frameCheckSequence(test::onTheCable(test::kRefusedSyn)) == 0x2144DF1C);
}

TEST_CASE("The sum is the same however many words are taken at a time", "[wire]")
{
    // Word by word, as RFC 1071 §1 has it; from every length up to some rounds of the vectors, with carries at every place.
    Bytes octets;
    for (std::uint32_t i = 0; i < 400; ++i) {
        octets.push_back(static_cast<std::uint8_t>(i % 3 == 0 ? 0xff : i * 89));
        const Bytes from(octets.rbegin(), octets.rend());
        REQUIRE(checksumFinish(checksumAdd(7, from)) == checksumFinish(exactSum(7, from)));
    }
    for (const std::size_t at : {0, 2, 4, 6, 38, 62, 64, 90}) { // zero only of zeros
        Bytes zeros(92);
        REQUIRE(checksumAdd(0, zeros) == 0);
        zeros[at] = 0xff;
        zeros[at + 1] = 0xff;
        REQUIRE(checksumAdd(0, zeros) == 0xffff);
    }
}

} // namespace packetarium::wire_checksum_test
