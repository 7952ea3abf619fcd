// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where in a frame the unit of each layer lies, for layer records and for
// whoever flips a bit of the innermost one; and what PacketInfo tells of it.

#include "core/trace/record.h"
#include "core/wire/wire_frame.h"

namespace packetarium {

/// Octets of the frame; an offset of 0 where there is no such unit (they all lie behind the Ethernet header).
struct FrameUnits {
    std::size_t end = 0;      ///< of the datagram: padding and FCS lie behind it
    std::size_t internet = 0; ///< IP header; 0 for ARP
    std::size_t transport =
        0; ///< TCP or UDP header; 0 for ICMP, which belongs to the internet layer, and for later fragments
    std::size_t payload = 0; ///< the application's data; 0 if there are none
};
FrameUnits unitsOf(ByteView frame);
FrameUnits unitsOf(const WireFrame& frame);

/// Fills in what PacketInfo tells of a TCP segment, and the protocol.
void describeFrame(PacketInfo& info, ByteView frame);
void describeFrame(PacketInfo& info, const WireFrame& frame);
Protocol protocolOf(const WireFrame& frame);
/// The same without looking at the data: the protocol stays as it is.
void describeHeaders(PacketInfo& info, const WireFrame& frame);

} // namespace packetarium
