// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Explicit congestion notification in IP: the two lowest bits of the type of
// service or traffic class (RFC 3168 §5).

#include "core/wire/bytes.h"

#include <cstdint>
#include <span>

namespace packetarium {

struct Ecn {
    static constexpr std::uint8_t NotEct = 0, Ect1 = 1, Ect0 = 2, CongestionExperienced = 3;
    static constexpr std::uint8_t Bits = 3;
};

/// Of a header of either version; NotEct of anything else.
std::uint8_t ecnOf(ByteView datagram);
/// What a router does whose queue is getting long, in place: CE instead of ECT. False: it is no datagram, bears CE already, or
/// its sender does not take part.
bool markCongestion(std::span<std::uint8_t> datagram);

} // namespace packetarium
