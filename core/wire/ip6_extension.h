// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where one IPv6 extension header ends and the next header begins (RFC 8200
// §4): the one reading of it that the codec and the field tree share.

#include "core/wire/tcp_segment.h"

namespace packetarium {

struct Ip6ExtensionHeader {
    static constexpr std::uint8_t HopByHop = 0, Routing = 43, Fragment = 44, Authentication = 51, NoNext = 59,
                                  DestinationOptions = 60;
    std::uint8_t next = NoNext;
    std::size_t size = 0;   ///< octets, at least 8; all that is left if malformed
    bool malformed = false; ///< it is longer than what is left
    bool piece = false;     ///< a Fragment header before a part of a datagram: what follows is no header
};

/// The extension header of number `kind` at the beginning of `bytes`; nothing if that is no extension header known here.
std::optional<Ip6ExtensionHeader> ip6ExtensionAt(ByteView bytes, std::uint8_t kind);

} // namespace packetarium
