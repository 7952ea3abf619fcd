// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The internet layer's headers: IPv4 (RFC 791) and IPv6 (RFC 8200), without
// options when written; options and extension headers are skipped when read.

#include "core/wire/tcp_segment.h"

#include <array>

namespace packetarium {

constexpr std::uint8_t kProtocolIcmp = 1;
constexpr std::uint8_t kProtocolTcp = 6;
constexpr std::uint8_t kProtocolUdp = 17;
constexpr std::uint8_t kProtocolIcmpv6 = 58;
constexpr std::size_t kIpv4HeaderSize = 20;
constexpr std::size_t kIpv6HeaderSize = 40;
constexpr std::uint8_t kDefaultTtl = 64; ///< RFC 1122 §3.2.1.7 leaves it open; this is IANA's recommendation

struct Ipv4Header {
    std::uint8_t dscpEcn = 0;
    std::uint16_t totalLength = 0; ///< octets; filled in when encoding
    std::uint16_t identification = 0;
    bool dontFragment = true;
    bool moreFragments = false;
    std::uint16_t fragmentOffset = 0; ///< in units of 8 octets
    std::uint8_t ttl = kDefaultTtl;
    std::uint8_t protocol = kProtocolTcp;
    Ipv4Address source;
    Ipv4Address destination;
    bool isFragment() const { return moreFragments || fragmentOffset != 0; }
    bool operator==(const Ipv4Header&) const = default;
};
/// Throws std::length_error if the datagram would be over 65,535 octets.
Bytes encodeIpv4(const Ipv4Header& header, ByteView payload);
/// The header alone, of a datagram with so many octets of payload.
std::array<std::uint8_t, kIpv4HeaderSize> ipv4HeaderOctets(const Ipv4Header& header, std::size_t payloadSize);

enum class IpError { None, TooShort, BadVersion, BadHeader, BadChecksum };
struct Ipv4Decoded {
    IpError error = IpError::None;
    Ipv4Header header;
    ByteView payload; ///< of the bytes given; without what follows the datagram (padding)
    std::size_t headerSize = kIpv4HeaderSize;
};
/// `behind`: octets of the datagram that follow these but lie elsewhere.
Ipv4Decoded decodeIpv4(ByteView bytes, std::size_t behind = 0);
/// A router's work on a header in place (RFC 1812 §5.3.1): TTL one less, checksum redone as RFC 1624 does. `datagram` begins
/// with a valid header whose TTL is not 0.
void decrementTtl(std::span<std::uint8_t> datagram);

struct Ipv6Header {
    std::uint8_t trafficClass = 0;
    std::uint32_t flowLabel = 0; ///< 20 bits
    std::uint8_t nextHeader = kProtocolTcp;
    std::uint8_t hopLimit = kDefaultTtl;
    Ipv6Address source;
    Ipv6Address destination;
    bool operator==(const Ipv6Header&) const = default;
};
/// Throws std::length_error if the payload is over 65,535 octets.
Bytes encodeIpv6(const Ipv6Header& header, ByteView payload);
/// The header alone, of a packet with so many octets of payload.
std::array<std::uint8_t, kIpv6HeaderSize> ipv6HeaderOctets(const Ipv6Header& header, std::size_t payloadSize);
struct Ipv6Decoded {
    IpError error = IpError::None;
    Ipv6Header header;                        ///< nextHeader: that of the upper layer, behind extension headers
    ByteView payload;                         ///< behind extension headers
    std::size_t headerSize = kIpv6HeaderSize; ///< extension headers included
    bool fragment = false; ///< there is a Fragment header (RFC 8200 §4.5); fragments are not put together here
};
/// `behind`: as in decodeIpv4; without extension headers only.
Ipv6Decoded decodeIpv6(ByteView bytes, std::size_t behind = 0);

} // namespace packetarium
