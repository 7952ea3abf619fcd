// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// "What comes next?": a question about the next step of a run, with choices,
// and the answer from the trace. Nothing of it is written by hand.

#include "core/trace/symbols.h"
#include "core/trace/trace.h"

#include <optional>

namespace packetarium {

struct Prediction {
    enum class Asks : std::uint8_t { Flags, Acknowledgment, State };
    Asks asks{};
    NodeId host;                      ///< who sends, or whose state it is
    PacketId packet;                  ///< the segment asked about, or none
    std::vector<std::string> choices; ///< two to four, all different, as they are written on the stage
    std::size_t answer = 0;           ///< index of the right one
    bool operator==(const Prediction&) const = default;
};

/// A question about what happens after `after` and no later than `until`; nothing if nothing is sent and no state changes.
/// The same run gives the same question with its choices in the same order.
std::optional<Prediction> predictionFor(const Trace& trace, const Symbols& symbols, NumberStyle style, SimTime after,
                                        SimTime until);

} // namespace packetarium
