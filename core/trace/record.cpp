// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/record.h"

#include <algorithm>

namespace packetarium {
namespace {

/// Where between `from` and `to` the instant t lies: 0 at or before, 1 at or after.
double fraction(SimTime t, SimTime from, SimTime to)
{
    if (t <= from)
        return 0;
    if (t >= to)
        return 1;
    return static_cast<double>((t - from).ns()) / static_cast<double>((to - from).ns());
}

} // namespace

double PacketInfo::positionAt(SimTime t) const
{
    const double start = startPpm / 1e6;
    const auto along = [start](double part) { return start + (1 - start) * part; };
    if (t < sentAt)
        return 0;
    t = std::min(t, endAt); // where it ended it stays

    // A packet that was only delayed goes evenly, and arrives when it arrives; one that is held, or lost, has gone at its
    // natural speed until then.
    if (heldAt.isNever()) {
        const bool reached = fate == Fate::Arrived && !endAt.isNever();
        const SimTime arrival = reached ? endAt : naturalArrival;
        return along(fraction(t, txStart, arrival));
    }
    const double heldPart = fraction(heldAt, txStart, naturalArrival);
    if (t <= heldAt)
        return along(fraction(t, txStart, naturalArrival));
    if (t <= releasedAt)
        return along(heldPart);
    const SimTime resumed = std::max(releasedAt, txStart);
    const SimDuration rest = naturalArrival - std::clamp(heldAt, txStart, std::max(txStart, naturalArrival));
    const SimTime arrival = fate == Fate::Arrived ? endAt : resumed + rest;
    return along(heldPart + (1 - heldPart) * fraction(t, resumed, arrival));
}

} // namespace packetarium
