// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A datagram's way through a network as one thing: from the node that made
// the frame, over every link on which hubs, switches and routers passed it
// on, to the node that took it (or where it was lost). In a run with two hosts on one link
// every packet is a journey of one hop.

#include "core/trace/trace.h"

namespace packetarium {

struct Journey {
    std::vector<PacketId> hops; ///< of the way to where it ended; first: as its maker sent it
    NodeId from;                ///< who made it; of one that appeared on a cable out of nowhere, whom it names
    NodeId to;                  ///< who took it, or towards whom it was when it was lost
    bool broadcast = false;     ///< several nodes took it, or were meant to: `to` is the first that did
    SimTime sentAt;
    SimTime endAt = SimTime::never();
    Fate fate = Fate::InFlight;
    Reason lossReason = Reason::None;
};
/// In the order of sentAt. A flooded frame is one journey: the way to the node that accepted it.
std::vector<Journey> journeys(const Trace& trace);

} // namespace packetarium
