// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The physical layer: octets as bits in the order in which Ethernet sends
// them, and bits as levels on a cable.

#include "core/wire/tcp_segment.h"

namespace packetarium {

/// Each octet's least significant bit first (IEEE 802.3 clause 3.3).
std::vector<bool> bitsOf(ByteView octets);
/// Seven octets of preamble, the start frame delimiter, then the frame (IEEE 802.3 clause 3.1.1).
Bytes withPreamble(ByteView frame);
constexpr std::size_t kPreambleSize = 8;

enum class LineCode : std::uint8_t { Nrz, Manchester, Mlt3 };
/// Levels of half bits: -1, 0 or 1, two for each bit. Nrz: 1 is 1, 0 is -1. Manchester as IEEE 802.3 clause 7.3.1.1: 1
/// rises in the middle of the bit. Mlt3: a 1 goes on to the next of 0, +, 0, -; a 0 stays; it begins at 0, before +.
std::vector<std::int8_t> levels(const std::vector<bool>& bits, LineCode code);
/// 100BASE-TX sends five bits for four (IEEE 802.3 clause 24.2.2.1, table 24-1), low nibble first; the scrambler before
/// MLT-3 is left out here, so that a pattern can be followed by eye.
std::vector<bool> fourBFiveB(ByteView octets);

} // namespace packetarium
