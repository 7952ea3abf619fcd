// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/checksum.h"

#include "core/wire/bytes.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace packetarium {

namespace {

// Sixteen 16-bit words at a time. They are added as this machine reads them and put right at the end: swapping the octets
// of every word swaps those of the sum (RFC 1071 §2 (B)). Two words make one of 32 bits, a multiple of 0xffff apart from them;
// even and odd ones of those are summed apart in 64 bits, so that no carry is lost: that many rounds are safe.
using Vector = std::uint64_t __attribute__((vector_size(32)));
constexpr std::size_t kRound = sizeof(Vector), kMostRounds = std::size_t{1} << 24;
constexpr std::uint64_t kEvenWords = 0xffff'ffff;

std::uint64_t halves(std::uint64_t sums)
{
    return (sums & 0xffff'ffff) + (sums >> 32);
}

template <class Word>
Word wordAt(const std::uint8_t* octets)
{
    Word word = 0;
    std::memcpy(&word, octets, sizeof word);
    return word;
}

// Where the processor has wider registers than the program is built for, they are used. (A sanitizer is not ready yet when
// the choice is made.)
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__)
#define PACKETARIUM_WIDEST __attribute__((target_clones("avx2", "default")))
#else
#define PACKETARIUM_WIDEST
#endif

/// The sum of all whole 16-bit words, each as this machine reads it, modulo 0xffff and zero only if all of them are: words of
/// 64 bits are a multiple of 0xffff apart from their parts, and so is the carry that goes round. Of few octets, such as a header.
std::uint64_t shortSum(ByteView bytes)
{
    std::uint64_t sum = 0;
    const auto add = [&sum](std::uint64_t word) {
        sum += word;
        sum += sum < word ? 1 : 0;
    };
    const std::uint8_t* at = bytes.data();
    const std::uint8_t* const end = at + bytes.size();
    for (; end - at >= 8; at += 8)
        add(wordAt<std::uint64_t>(at));
    if (end - at >= 4) {
        add(wordAt<std::uint32_t>(at));
        at += 4;
    }
    if (end - at >= 2)
        add(wordAt<std::uint16_t>(at));
    return sum;
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
            odd += words >> 32;
        }
        for (std::size_t lane = 0; lane < kRound / 8; ++lane)
            total += even[lane] + odd[lane];
        bytes = bytes.subspan(rounds * kRound);
    }
    const std::uint64_t rest = shortSum(bytes);
    return total + rest + (total + rest < rest ? 1 : 0);
}

} // namespace

std::uint32_t checksumAdd(std::uint32_t sum, ByteView bytes)
{
    std::uint64_t words = bytes.size() < 2 * kRound ? shortSum(bytes) : nativeSum(bytes);
    words = halves(halves(words));
    words = (words >> 16) + (words & 0xffff);
    words = (words >> 16) + (words & 0xffff);
    if constexpr (std::endian::native == std::endian::little)
        words = (words >> 8) | (words & 0xff) << 8;
    std::uint64_t wide = sum + words;
    if (bytes.size() % 2 != 0)
        wide += std::uint64_t{bytes.back()} << 8;
    return static_cast<std::uint32_t>(halves(wide)); // 2^32 leaves 1 when divided by 0xffff: the carry goes round
}

std::uint32_t exactSum(std::uint32_t sum, ByteView bytes)
{
    for (std::size_t i = 0; i + 1 < bytes.size(); i += 2)
        sum += readU16(bytes, i);
    return bytes.size() % 2 == 0 ? sum : sum + (std::uint32_t{bytes.back()} << 8);
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
