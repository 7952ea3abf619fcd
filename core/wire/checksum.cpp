// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/checksum.h"

#include "core/wire/bytes.h"

#include <limits>

namespace packetarium {

std::uint32_t checksumAdd(std::uint32_t sum, ByteView bytes)
{
    std::uint64_t wide = sum;
    const std::size_t even = bytes.size() & ~std::size_t{1};
    for (std::size_t i = 0; i < even; i += 2)
        wide += readU16(bytes, i);
    if (even != bytes.size())
        wide += static_cast<std::uint32_t>(bytes[even] << 8);
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
