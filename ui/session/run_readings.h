// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is read from a whole trace before any of it is shown. For a long one
// that takes a while, so it can be done beside the window.

#include "core/trace/moment.h"
#include "core/trace/symbols.h"

#include <memory>

namespace packetarium {

struct LadderModel;

/// All of it looks at the trace, which must live longer.
struct RunReadings {
    std::unique_ptr<MomentIndex> moments;
    std::unique_ptr<Symbols> symbols;
    std::shared_ptr<const LadderModel> ladder; ///< none: the sequence view reads it when it is looked at
};

/// What every view needs.
RunReadings readRun(const Trace& trace);
/// The ladder, too.
RunReadings readLongRun(const Trace& trace);

} // namespace packetarium
