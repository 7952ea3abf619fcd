// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is read of a captured packet before anything is made of it: from the
// link types that people's captures have to the one frame that all views
// know, and what its headers say. Captures come from anywhere, so every
// length is checked, and what was cut short by the capture is told by the
// headers and not by what is left.

#include "core/trace/vocabulary.h"
#include "core/wire/tcp_segment.h"

#include <optional>

namespace packetarium {

/// What a packet begins with in the file.
enum class CaptureLink : std::uint8_t { Ethernet, RawIp, Null, LinuxCooked, LinuxCooked2, Unknown };

/// Where the datagram (or the ARP message) begins, whatever is before it.
struct Located {
    std::uint16_t etherType = 0;
    std::size_t offset = 0; ///< of the datagram in the packet
    MacAddress source;
    bool hasSource = false;
    bool tagged = false; ///< behind a VLAN tag
};
/// Nothing: it carries neither IP nor ARP.
std::optional<Located> locate(CaptureLink link, ByteView packet);

/// Ethernet header, datagram, FCS: as all frames here are. `complete`: nothing was cut off; `hasFcs`: a complete frame ends with
/// its check sequence. What has none gets the one it would have had; VLAN tags are taken out; packets captured without a link
/// header get one, with addresses made from their IP addresses.
Bytes ethernetLike(CaptureLink link, ByteView packet, const Located& located, bool complete, bool hasFcs);
/// The last four octets are the check sequence of the rest.
bool endsWithFcs(ByteView packet);

/// What the headers of one frame say.
struct FrameFacts {
    Protocol protocol =
        Protocol::Other; ///< Tcp, Udp, Icmp, Icmpv6, Arp or Other: by the header alone, not by what it carries
    IpAddress source, destination; ///< of ARP and neighbour discovery: who asks, who is asked for
    MacAddress sourceMac;
    std::uint16_t sourcePort = 0, destinationPort = 0;
    std::uint32_t length = 0; ///< octets of payload, as the headers have it: also when the capture cut them off
    bool cut = false;         ///< some of the datagram is not there
    // TCP
    Seq32 seq, ack;
    TcpFlags flags;
    std::uint16_t window = 0;
    std::optional<std::uint16_t> mss;
    std::optional<std::uint8_t> windowScale;
    SackBlocks sack;
    std::uint32_t segLen() const { return length + (flags.syn() ? 1u : 0u) + (flags.fin() ? 1u : 0u); }
};
/// `wireLength`: octets of the packet on the wire; it counts where the IP header says 0 (offloaded segmentation).
FrameFacts factsOf(ByteView packet, const Located& located, std::uint32_t wireLength);

} // namespace packetarium
