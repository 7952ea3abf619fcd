// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/ip6_chain.h"

#include "core/wire/bytes.h"
#include "core/wire/ip.h"

namespace packetarium {

namespace {

using Header = Ip6ExtensionHeader;
using Problem = Ip6Chain::Problem;

/// RFC 8200 §4.2: of an option that is not known the two highest bits of its type say what to do.
void readOptions(ByteView packet, std::size_t at, std::size_t end, Ip6Chain& chain)
{
    constexpr std::uint8_t kPad1 = 0, kPadN = 1;
    for (at += 2; at < end;) {
        const std::uint8_t type = packet[at];
        if (type == kPad1) {
            ++at;
            continue;
        }
        if (at + 1 >= end || at + 2 + packet[at + 1] > end) {
            chain.refused = Reason::IgnoredMalformed;
            return;
        }
        const int action = type == kPadN ? 0 : type >> 6;
        if (action != 0) {
            chain.refused = Reason::IgnoredUnknownHeader;
            if (action != 1)
                chain.problem = Problem{Problem::Option, static_cast<std::uint32_t>(at), action == 2};
            return;
        }
        at += 2 + std::size_t{packet[at + 1]};
    }
}

} // namespace

Ip6Chain readIp6Chain(ByteView packet)
{
    Ip6Chain chain;
    chain.next = packet[chain.nextAt];
    chain.end = kIpv6HeaderSize;
    while (const auto header = ip6ExtensionAt(packet.subspan(chain.end), chain.next)) {
        const std::size_t at = chain.end;
        if (header->malformed) {
            chain.refused = Reason::IgnoredMalformed;
            return chain;
        }
        if (chain.next == Header::HopByHop && at != kIpv6HeaderSize) { // §4.1: only right behind the IPv6 header
            chain.refused = Reason::IgnoredUnknownHeader;
            chain.problem = Problem{Problem::NextHeader, static_cast<std::uint32_t>(chain.nextAt), false};
            return chain;
        }
        // §4.4: no type of routing is known here; with nothing left to visit the header may be passed over.
        if (chain.next == Header::Routing && packet[at + 3] != 0) {
            chain.refused = Reason::IgnoredUnknownHeader;
            chain.problem = Problem{Problem::Field, static_cast<std::uint32_t>(at + 2), false};
            return chain;
        }
        if (chain.next == Header::HopByHop || chain.next == Header::DestinationOptions)
            readOptions(packet, at, at + header->size, chain);
        if (chain.refused != Reason::None)
            return chain;
        if (header->piece) {
            const std::uint16_t word = readU16(packet, at + 2);
            chain.fragment =
                Ip6Chain::Fragment{at, chain.nextAt, word & 0xfff8u, (word & 1) != 0, readU32(packet, at + 4)};
        }
        chain.nextAt = at;
        chain.next = header->next;
        chain.end = at + header->size;
        if (header->piece)
            return chain;
    }
    if (chain.next == Header::NoNext) // §4.7
        chain.refused = Reason::IgnoredNoNextHeader;
    return chain;
}

} // namespace packetarium
