// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a packet says in a few words, read from its frame when it is asked
// for: what labels, lists and the command line show of it.

#include "core/trace/trace.h"
#include "core/wire/arp.h"
#include "core/wire/dns.h"
#include "core/wire/http.h"
#include "core/wire/icmp.h"

#include <concepts>

namespace packetarium {

struct PacketSummary {
    Protocol protocol = Protocol::Other;
    IpAddress source, destination; ///< of the datagram; of ARP: sender's and target's
    MacAddress sourceMac, destinationMac;
    std::uint8_t ttl = 0;
    std::uint16_t sourcePort = 0, destinationPort = 0;
    std::uint32_t length = 0; ///< octets that the innermost header of the link, internet or transport layer carries
    TcpFlags tcpFlags;
    SackBlocks sack;
    std::uint16_t ipIdentification = 0;
    bool fragment = false;
    std::uint32_t fragmentOffset = 0; ///< octets
    bool moreFragments = false;
    std::optional<ArpPacket> arp;
    std::optional<IcmpMessage> icmp; ///< ICMP or ICMPv6, by protocol; the payload is left out
    std::optional<NeighborMessage> neighbor;
    std::optional<DnsMessage> dns;
    std::string httpStart; ///< "GET /image.png HTTP/1.1" or "HTTP/1.1 200 OK" where a message begins in this segment
};
/// Any bytes; what cannot be read is left out. Checksums are not looked at. A fragment is Other: what it carries is a
/// segment or datagram only after reassembly.
PacketSummary summarize(ByteView frame);
/// Of TCP that carries HTTP or TLS-shaped records: by what the payload begins with.
Protocol protocolOf(ByteView frame);
/// The same of a segment, by its data alone.
Protocol tcpProtocolOf(ByteView data);
template <std::same_as<FrameBytes> Frame>
PacketSummary summarize(const Frame& frame)
{
    return summarize(frame.view());
}

} // namespace packetarium
