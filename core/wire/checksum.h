// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the codecs of this room share about the Internet checksum (RFC 1071).
// The checksum itself is checksumAdd and checksumFinish in wire/frame.h.

#include "core/wire/frame.h"

namespace packetarium {

constexpr std::uint8_t kProtocolTcp = 6;
constexpr std::uint16_t kEtherTypeIpv4 = 0x0800;

/// What comes before a segment in its checksum, but not on the wire: both addresses, the protocol and the segment's
/// length (RFC 9293 §3.1). Lengths over 65,535 octets do not exist in IPv4; their high bits are left out.
std::uint32_t pseudoHeaderSum(Ipv4Address source, Ipv4Address destination, std::size_t tcpSize);

/// The checksum a header ought to hold, given the sum over all it covers, the stored checksum among it. One's
/// complement has two zeros and both verify, so a stored checksum that verifies is always the one expected.
std::uint16_t expectedChecksum(std::uint32_t sumWithStored, std::uint16_t stored);

} // namespace packetarium
