// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A run as a ladder in plain ASCII, in the manner of the RFCs' figures: time,
// the first host's state, segments as arrows, the second host's state.

#include "core/trace/trace.h"

#include <string>

namespace packetarium::cli {

std::string ladder(const Trace& trace);

} // namespace packetarium::cli
