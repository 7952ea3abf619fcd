// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// User datagrams: RFC 768.

#include "core/wire/tcp_segment.h"

namespace packetarium {

struct UdpDatagram {
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    Bytes payload;
    bool operator==(const UdpDatagram&) const = default;
};
constexpr std::size_t kUdpHeaderSize = 8;

/// With its checksum over the pseudo-header of either IP version (one that comes out as 0 is sent as 0xffff). Throws
/// std::length_error over 65,535 octets.
Bytes encodeUdp(const UdpDatagram& datagram, const IpAddress& source, const IpAddress& destination);

enum class UdpError { None, TooShort, BadLength, BadChecksum };
struct UdpDecoded {
    UdpError error = UdpError::None;
    UdpDatagram datagram;
};
/// A checksum of 0 means none with IPv4, and is an error with IPv6 (RFC 8200 §8.1).
UdpDecoded decodeUdp(ByteView bytes, const IpAddress& source, const IpAddress& destination);

} // namespace packetarium
