// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a link is like, the same in both directions.

#include "core/base/sim_time.h"

namespace packetarium {

struct LinkSpec {
    std::uint64_t bitsPerSecond = 0;                   ///< 0: without limit (transmission takes no time)
    SimDuration delay = SimDuration::milliseconds(20); ///< propagation, each way
    std::uint32_t queueLimit = 1000;                   ///< packets waiting, each way; one more is lost
    std::uint32_t markFrom =
        0; ///< RFC 3168 §5: a packet that finds so many waiting is marked, if it may be; 0: none is
    std::uint32_t lossPpm = 0; ///< each packet, parts per million
    std::uint32_t duplicatePpm = 0;
    std::uint32_t corruptPpm = 0;
    std::uint32_t reorderPpm = 0; ///< held back by reorderBy
    SimDuration reorderBy = SimDuration::milliseconds(30);
    SimDuration jitter; ///< extra delay, uniform 0..jitter
    bool operator==(const LinkSpec&) const = default;
};

} // namespace packetarium
