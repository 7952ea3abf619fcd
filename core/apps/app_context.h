// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What every program of a host is given with a call, and the record of what it
// did. Programs keep nothing of this between calls.

#include "core/base/rng.h"
#include "core/net/host.h"

namespace packetarium {

struct AppContext {
    const NodeContext& cx;
    Host& host;
    Rng& rng;
    SimTime now() const { return cx.now; }
};

/// What goes into a record of a program's doings beside the time and the host.
struct ProgramNote {
    std::uint64_t value = 0;
    std::string_view text = {};
    ProgramTrouble trouble = ProgramTrouble::None;
    ConnId conn = {};
};
void noteProgram(const AppContext& app, ProgramEvent event, const ProgramNote& note);

/// "10.0.0.2:7", "[2001:db8::1]:7" (RFC 5952 §6).
std::string endpointText(const Endpoint& endpoint);

/// Why a connection ended, as far as TCP knows. None for a connection that was closed in order.
ProgramTrouble troubleOf(AppResult result);

inline SimTime earlier(SimTime a, SimTime b)
{
    return a < b ? a : b;
}

} // namespace packetarium
