// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a run's trace says beside its segments: a variable's values in turn,
// the windows announced, what was read at once.

#include "core/trace/trace.h"

namespace packetarium {

/// What a host's variable became, one value after the other.
inline std::vector<std::uint64_t> valuesOf(const Trace& trace, std::size_t host, Variable variable)
{
    std::vector<std::uint64_t> values;
    for (const Record& r : trace.records())
        if (r.kind == RecordKind::Variable && r.variable() == variable && r.host.value() == host)
            values.push_back(r.value);
    return values;
}

/// The windows in a host's segments, the SYN's aside.
inline std::vector<std::uint32_t> windowsOf(const Trace& trace, std::size_t host)
{
    std::vector<std::uint32_t> windows;
    for (const PacketInfo& p : trace.packets())
        if (p.from.value() == host && !p.flags.syn())
            windows.push_back(p.window);
    return windows;
}

/// How many octets the program of a host got by each of its calls, or was handed by each delivery.
inline std::vector<std::uint64_t> octetsOf(const Trace& trace, std::size_t host, AppCall call)
{
    std::vector<std::uint64_t> octets;
    for (const Record& r : trace.records())
        if (r.kind == RecordKind::App && r.call() == call && r.host.value() == host)
            octets.push_back(r.value);
    return octets;
}

} // namespace packetarium
