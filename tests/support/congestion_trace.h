// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A transfer through a slow link, computed without the engine: slow start,
// a fast retransmit with SACK, congestion avoidance, a time-out. For what
// reads such a trace; it is no model of TCP. Node 0 sends, node 1 receives.

#include "core/trace/trace.h"

#include <vector>

namespace packetarium {

struct CongestionRun {
    int segments = 160;
    std::uint64_t bitsPerSecond = 5'000'000;
    SimDuration delay = SimDuration::milliseconds(20);
    std::size_t queueLimit = 25;
    std::vector<int> lost; ///< the nth data packets, from 1, that do not arrive
    std::uint32_t window = 1u << 18;
};
Trace congestionTrace(const CongestionRun& run);
/// With a loss that duplicate ACKs show, and one that only the timer finds.
Trace congestionTrace();

} // namespace packetarium
