// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Of packets that are not TCP's: why they were sent, as far as they say it
// themselves. And of all: the layers that a frame has gone through at either end.

#include "core/engine/frame_units.h"
#include "core/trace/trace.h"

namespace packetarium {

Reason causeOf(ByteView frame);

void noteSendingLayers(Trace& trace, SimTime at, NodeId node, PacketId packet, const FrameUnits& units,
                       std::size_t frameSize);
void noteReceivingLayers(Trace& trace, SimTime at, NodeId node, PacketId packet, const FrameUnits& units,
                         ByteView frame);
void noteDelivery(Trace& trace, SimTime at, NodeId node, PacketId packet, const FrameUnits& units);

} // namespace packetarium
