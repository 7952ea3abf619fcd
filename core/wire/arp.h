// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Address resolution for IPv4 on Ethernet: RFC 826.

#include "core/wire/tcp_segment.h"

namespace packetarium {

struct ArpPacket {
    static constexpr std::uint16_t Request = 1, Reply = 2;
    std::uint16_t operation = Request;
    MacAddress senderMac;
    Ipv4Address senderIp;
    MacAddress targetMac; ///< zero in a request
    Ipv4Address targetIp;
    bool operator==(const ArpPacket&) const = default;
};
constexpr std::size_t kArpSize = 28;

Bytes encodeArp(const ArpPacket& packet);
/// Nothing if it is too short or not about IPv4 on Ethernet. Any operation is read.
std::optional<ArpPacket> decodeArp(ByteView bytes);

} // namespace packetarium
