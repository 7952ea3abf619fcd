// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/checksum.h"

#include "core/wire/bytes.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>

namespace packetarium {

namespace {

// Sixteen 16-bit words at a time. They are added as this machine reads them and put right at the end: swapping the octets
// of every word swaps those of the sum (RFC 1071 §2 (B)). Even and odd words are summed apart in 32 bits, so that no carry
// is lost: that many rounds are safe.
using Vector = std::uint64_t __attribute__((vector_size(32)));
constexpr std::size_t kRound = sizeof(Vector), kMostRounds = 32768;
constexpr std::uint64_t kEvenWords = 0x0000'ffff'0000'ffff;

std::uint64_t halves(std::uint64_t sums)
{
    return (sums & 0xffff'ffff) + (sums >> 32);
}

// Where the processor has wider registers than the program is built for, they are used. (A sanitizer is not ready yet when
// the choice is made.)
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define PACKETARIUM_WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define PACKETARIUM_WIDEST
#endif

/// The exact sum of all whole 16-bit words, each as this machine reads it; of few octets, such as a header.
std::uint64_t shortSum(ByteView bytes)
{
    std::uint64_t total = 0;
    for (; bytes.size() >= 4; bytes = bytes.subspan(4)) {
        std::uint32_t words = 0;
        std::memcpy(&words, bytes.data(), sizeof words);
        total += (words & 0xffff) + (words >> 16);
    }
    if (bytes.size() >= 2) {
        std::uint16_t word = 0;
        std::memcpy(&word, bytes.data(), sizeof word);
        total += word;
    }
    return total;
}

/// The same of many octets.
PACKETARIUM_WIDEST std::uint64_t nativeSum(ByteView bytes)
{
    std::uint64_t total = 0;
    while (bytes.size() >= kRound) {
        const std::size_t rounds = std::min(bytes.size() / kRound, kMostRounds);
        Vector even{}, odd{};
        for (std::size_t i = 0; i < rounds; ++i) {
            Vector words;
            std::memcpy(&words, bytes.data() + i * kRound, kRound);
            even += words & kEvenWords;
            odd += words >> 16 & kEvenWords;
        }
        for (std::size_t lane = 0; lane < kRound / 8; ++lane)
            total += halves(even[lane]) + halves(odd[lane]);
        bytes = bytes.subspan(rounds * kRound);
    }
    return total + shortSum(bytes);
}

} // namespace

std::uint32_t checksumAdd(std::uint32_t sum, ByteView bytes)
{
    std::uint64_t wide = sum;
    const std::uint64_t native = bytes.size() < 2 * kRound ? shortSum(bytes) : nativeSum(bytes);
    std::uint64_t words = native;
    while (words > 0xffff)
        words = (words >> 16) + (words & 0xffff);
    if constexpr (std::endian::native == std::endian::little)
        words = (words >> 8) | (words & 0xff) << 8;
    wide += words;
    // One's complement has two zeros; expectedChecksum() must see that a larger sum was no zero.
    if (native > 0xffff)
        wide += 0xffff;
    if (bytes.size() % 2 != 0)
        wide += std::uint64_t{bytes.back()} << 8;
    while (wide > std::numeric_limits<std::uint32_t>::max())
        wide = (wide >> 32) + (wide & 0xffff'ffff); // 2^32 leaves 1 when divided by 0xffff: the carry goes round
    return static_cast<std::uint32_t>(wide);
}

std::uint16_t checksumFinish(std::uint32_t sum)
{
    while (sum > 0xffff)
        sum = (sum >> 16) + (sum & 0xffff);
    return static_cast<std::uint16_t>(~sum & 0xffff);
}

std::uint32_t pseudoHeaderSum(const IpAddress& source, const IpAddress& destination, std::uint8_t protocol,
                              std::size_t size)
{
    const auto words = [](std::uint32_t value) { return (value >> 16) + (value & 0xffff); };
    const std::uint32_t rest = protocol + words(static_cast<std::uint32_t>(size));
    if (source.isV6())
        return checksumAdd(checksumAdd(rest, source.v6().octets), destination.v6().octets);
    return words(source.v4().value) + words(destination.v4().value) + rest;
}

std::uint16_t expectedChecksum(std::uint32_t sumWithStored, std::uint16_t stored)
{
    const std::uint16_t complement = checksumFinish(sumWithStored);
    if (complement == 0)
        return stored;
    if (sumWithStored == stored) // nothing but zeros is covered: the one case in which the checksum is ffff
        return 0xffff;
    const auto sum = static_cast<std::uint16_t>(~complement & 0xffff);
    const auto minusStored = static_cast<std::uint16_t>(~stored & 0xffff); // RFC 1624 §3
    return checksumFinish(std::uint32_t{sum} + minusStored);
}

} // namespace packetarium
