// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the codecs of this room share about the Internet checksum (RFC 1071).
// The checksum itself is checksumAdd and checksumFinish in wire/frame.h.

#include "core/wire/frame.h"

namespace packetarium {

/// What comes before a segment or user datagram in its checksum, but not on the wire: both addresses, the protocol and the
/// length (RFC 9293 §3.1, RFC 768, RFC 8200 §8.1). Both addresses are of one version.
std::uint32_t pseudoHeaderSum(const IpAddress& source, const IpAddress& destination, std::uint8_t protocol,
                              std::size_t size);

/// The words of `bytes` (at most 65,535 of them) added to `sum` and nothing folded, so that it tells one zero from the other.
std::uint32_t exactSum(std::uint32_t sum, ByteView bytes);

/// The checksum a header ought to hold, given the exact sum over all it covers, the stored checksum among it. One's
/// complement has two zeros and both verify, so a stored checksum that verifies is always the one expected.
std::uint16_t expectedChecksum(std::uint32_t sumWithStored, std::uint16_t stored);

} // namespace packetarium
