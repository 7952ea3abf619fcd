// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the extension headers of an IPv6 packet ask of the node that it is for
// (RFC 8200 §4): pass over, throw away, complain, put together.

#include "core/trace/vocabulary.h"
#include "core/wire/ip6_extension.h"

namespace packetarium {

struct Ip6Chain {
    /// A Parameter Problem (RFC 4443 §3.4) about what is at `pointer`, octets from the packet's beginning.
    struct Problem {
        static constexpr std::uint8_t Field = 0, NextHeader = 1, Option = 2; ///< codes
        std::uint8_t code = Field;
        std::uint32_t pointer = 0;
        bool alsoToGroup = false; ///< sent even if the packet was for a group
    };
    struct Fragment {
        std::size_t at = 0;      ///< its header
        std::size_t nextAt = 0;  ///< the field before it that says so
        std::uint32_t begin = 0; ///< octets
        bool more = false;
        std::uint32_t identification = 0;
    };
    Reason refused = Reason::None; ///< the packet is thrown away
    std::optional<Problem> problem;
    std::optional<Fragment> fragment; ///< a piece of a packet: nothing behind it has been looked at
    std::size_t nextAt = 6;           ///< the field that names what follows the last header that was passed over
    std::uint8_t next = Ip6ExtensionHeader::NoNext; ///< what follows
    std::size_t end = 0;                            ///< where it begins
};

/// `packet` begins with an IPv6 header; what is behind it may be cut short, as in a quotation.
Ip6Chain readIp6Chain(ByteView packet);

} // namespace packetarium
