// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One direction of a link: a queue in front of a transmitter, a cable with a
// propagation delay, and the faults that chance brings. It decides when a
// packet's first and last bit leave and when it would arrive; what is done to
// a packet on purpose is the engine's business.

#include "core/base/rng.h"
#include "core/net/link_spec.h"

#include <deque>

namespace packetarium {

/// What becomes of a packet that is handed to the link.
struct LinkPlan {
    bool queueFull = false; ///< lost before it left
    bool marked = false;    ///< the queue is getting long
    SimTime txStart, txEnd, arrival;
    bool lost = false; ///< by chance, on its way
    bool corrupted = false;
    std::uint32_t corruptBit = 0;
    bool duplicated = false;
    bool reordered = false; ///< held back, so that later packets overtake it
};

class LinkDirection {
public:
    explicit LinkDirection(const LinkSpec& spec)
        : spec_(spec)
    {}

    /// `datagramOctets` is the IP datagram's length: bandwidth is what is left for IP after framing.
    LinkPlan accept(SimTime now, std::uint32_t datagramOctets, std::uint32_t frameBits, Rng& rng);
    std::size_t waiting(SimTime now) const;
    const LinkSpec& spec() const { return spec_; }

private:
    LinkSpec spec_;
    SimTime busyUntil_;
    std::deque<SimTime> starts_; ///< when each packet that still waits begins to be sent, the next first
};

} // namespace packetarium
