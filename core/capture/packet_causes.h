// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Of packets that are not TCP's: why they were sent, as far as they say it
// themselves. And of all: the layers that a frame has gone through at either end.

#include "core/trace/describe_frame.h"
#include "core/trace/trace.h"

namespace packetarium {

Reason causeOf(ByteView frame);

/// A datagram passing somewhere.
struct Passage {
    std::uint64_t datagram = 0; ///< the same wherever it passes: without what routers change
    std::uint64_t where = 0;    ///< link addresses and TTL
    bool marked = false;        ///< no other datagram of its sender looks the same: it has an identification, or is ARP
};
Passage passageOf(ByteView frame);

void noteSendingLayers(Trace& trace, SimTime at, NodeId node, PacketId packet, const FrameUnits& units,
                       std::size_t frameSize);
void noteReceivingLayers(Trace& trace, SimTime at, NodeId node, PacketId packet, const FrameUnits& units,
                         ByteView frame);
void noteDelivery(Trace& trace, SimTime at, NodeId node, PacketId packet, const FrameUnits& units);

} // namespace packetarium
