// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Numbers in network byte order (RFC 791 appendix B: most significant octet
// first), for the codecs of this room. Offsets are the caller's to check.

#include "core/wire/tcp_segment.h"

#include <algorithm>

namespace packetarium {

inline std::uint16_t readU16(ByteView bytes, std::size_t offset)
{
    return static_cast<std::uint16_t>(bytes[offset] << 8 | bytes[offset + 1]);
}

inline std::uint32_t readU32(ByteView bytes, std::size_t offset)
{
    return std::uint32_t{readU16(bytes, offset)} << 16 | readU16(bytes, offset + 2);
}

/// The frame check sequence stands in the frame with its low octet first: the one number here that does.
inline std::uint32_t readFcs(ByteView bytes)
{
    return std::uint32_t{bytes[3]} << 24 | std::uint32_t{bytes[2]} << 16 | std::uint32_t{bytes[1]} << 8 | bytes[0];
}

inline MacAddress readMac(ByteView bytes, std::size_t offset)
{
    MacAddress mac;
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), mac.octets.size(), mac.octets.begin());
    return mac;
}

inline Ipv6Address readIpv6(ByteView bytes, std::size_t offset)
{
    Ipv6Address address;
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(offset), address.octets.size(), address.octets.begin());
    return address;
}

inline void appendU16(Bytes& bytes, std::uint16_t value)
{
    bytes.push_back(static_cast<std::uint8_t>(value >> 8));
    bytes.push_back(static_cast<std::uint8_t>(value & 0xff));
}

inline void appendU32(Bytes& bytes, std::uint32_t value)
{
    appendU16(bytes, static_cast<std::uint16_t>(value >> 16));
    appendU16(bytes, static_cast<std::uint16_t>(value & 0xffff));
}

inline void writeU16(std::span<std::uint8_t> bytes, std::size_t offset, std::uint16_t value)
{
    bytes[offset] = static_cast<std::uint8_t>(value >> 8);
    bytes[offset + 1] = static_cast<std::uint8_t>(value & 0xff);
}

inline void writeU32(std::span<std::uint8_t> bytes, std::size_t offset, std::uint32_t value)
{
    writeU16(bytes, offset, static_cast<std::uint16_t>(value >> 16));
    writeU16(bytes, offset + 2, static_cast<std::uint16_t>(value & 0xffff));
}

} // namespace packetarium
