// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The frame: Ethernet II (IEEE 802.3 clause 3, type interpretation) with its
// frame check sequence. What it carries is the caller's.

#include "core/wire/tcp_segment.h"

namespace packetarium {

constexpr std::uint16_t kEtherTypeIpv4 = 0x0800;
constexpr std::uint16_t kEtherTypeArp = 0x0806;
constexpr std::uint16_t kEtherTypeIpv6 = 0x86dd;

struct EthernetHeader {
    MacAddress destination;
    MacAddress source;
    std::uint16_t etherType = kEtherTypeIpv4;
    bool operator==(const EthernetHeader&) const = default;
};

constexpr std::size_t kEthernetHeaderSize = 14;
constexpr std::size_t kFcsSize = 4;
/// Shorter payloads are padded with zeros (IEEE 802.3 clause 3.2.8): 46 octets.
constexpr std::size_t kEthernetMinPayload = 46;

/// Destination, source, type, payload, padding, FCS: the octets that cross the cable after the preamble.
Bytes encodeEthernet(const EthernetHeader& header, ByteView payload);

enum class EthernetError { None, TooShort, BadFcs };
struct EthernetDecoded {
    EthernetError error = EthernetError::None;
    EthernetHeader header;
    ByteView payload; ///< of the bytes given, padding included
};
/// Under 64 octets a frame is TooShort, as on a real cable (IEEE 802.3 clause 4.2.4.2.2).
EthernetDecoded decodeEthernet(ByteView frame);

/// IEEE 802.3 CRC-32 in the order in which it stands in the frame (as a little-endian number).
std::uint32_t frameCheckSequence(ByteView bytes);

} // namespace packetarium
