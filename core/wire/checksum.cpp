// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/checksum.h"

#include "core/wire/bytes.h"

#include <algorithm>
#include <limits>

#include <zlib.h>

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

std::uint32_t pseudoHeaderSum(Ipv4Address source, Ipv4Address destination, std::size_t tcpSize)
{
    const auto words = [](std::uint32_t value) { return (value >> 16) + (value & 0xffff); };
    return words(source.value) + words(destination.value) + kProtocolTcp + static_cast<std::uint16_t>(tcpSize);
}

std::uint16_t expectedChecksum(std::uint32_t sumWithStored, std::uint16_t stored)
{
    const std::uint16_t complement = checksumFinish(sumWithStored);
    if (complement == 0)
        return stored;
    const auto sum = static_cast<std::uint16_t>(~complement & 0xffff);
    const auto minusStored = static_cast<std::uint16_t>(~stored & 0xffff); // RFC 1624 §3
    return checksumFinish(std::uint32_t{sum} + minusStored);
}

std::uint32_t frameCheckSequence(ByteView bytes)
{
    uLong crc = crc32(0, nullptr, 0);
    while (!bytes.empty()) {
        const std::size_t part = std::min<std::size_t>(bytes.size(), std::numeric_limits<uInt>::max());
        crc = crc32(crc, bytes.data(), static_cast<uInt>(part));
        bytes = bytes.subspan(part);
    }
    return static_cast<std::uint32_t>(crc);
}

} // namespace packetarium
