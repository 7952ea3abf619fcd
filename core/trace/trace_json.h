// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The trace as JSON lines, documented in docs/trace-format.md.

#include "core/trace/trace.h"

#include <ostream>

namespace packetarium {

void writeTraceJson(std::ostream& out, const Trace& trace);

} // namespace packetarium
