// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where one TCP option ends and the next begins (RFC 9293 §3.1): the one
// reading of it that the codec and the field tree share.

#include "core/wire/tcp_segment.h"

namespace packetarium {

struct TcpOption {
    static constexpr std::uint8_t End = 0, Nop = 1, Mss = 2;
    static constexpr std::uint8_t WindowScale = 3, Timestamps = 8; // RFC 7323
    static constexpr std::uint8_t SackPermitted = 4, Sack = 5;     // RFC 2018
    std::uint8_t kind = End;
    std::size_t size = 1;   ///< octets, kind and length octets included; to the end of the options if malformed
    bool malformed = false; ///< no length octet, a length under 2 or past the options, or an MSS that is not 4 octets
    bool odd = false;       ///< one of the other kinds above with a length it cannot have; it may be skipped
};

/// Precondition: at < options.size().
TcpOption tcpOptionAt(ByteView options, std::size_t at);

} // namespace packetarium
