// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/link.h"

#include <algorithm>

namespace packetarium {

std::size_t LinkDirection::waiting(SimTime now) const
{
    return static_cast<std::size_t>(std::count_if(starts_.begin(), starts_.end(), [&](SimTime t) { return t > now; }));
}

LinkPlan LinkDirection::accept(SimTime now, std::uint32_t datagramOctets, std::uint32_t frameBits, Rng& rng)
{
    LinkPlan plan;
    while (!starts_.empty() && starts_.front() <= now)
        starts_.pop_front();
    if (busyUntil_ > now && starts_.size() >= spec_.queueLimit) {
        plan.queueFull = true;
        plan.txStart = plan.txEnd = plan.arrival = now;
        return plan;
    }
    plan.marked = spec_.markFrom > 0 && starts_.size() >= spec_.markFrom;
    plan.txStart = std::max(now, busyUntil_);
    plan.txEnd = plan.txStart;
    if (spec_.bitsPerSecond > 0) {
        const std::uint64_t bits = std::uint64_t{datagramOctets} * 8;
        plan.txEnd = plan.txStart + SimDuration::nanoseconds(static_cast<std::int64_t>(
                                        (bits * 1'000'000'000 + spec_.bitsPerSecond - 1) / spec_.bitsPerSecond));
    }
    busyUntil_ = plan.txEnd;
    if (plan.txStart > now)
        starts_.push_back(plan.txStart);
    plan.arrival = plan.txEnd + spec_.delay;

    plan.lost = rng.chance(spec_.lossPpm);
    plan.duplicated = rng.chance(spec_.duplicatePpm);
    plan.corrupted = rng.chance(spec_.corruptPpm);
    if (plan.corrupted && frameBits > 0)
        plan.corruptBit = static_cast<std::uint32_t>(rng.below(frameBits));
    if (spec_.jitter.ns() > 0)
        plan.arrival = plan.arrival + SimDuration::nanoseconds(static_cast<std::int64_t>(
                                          rng.below(static_cast<std::uint64_t>(spec_.jitter.ns()) + 1)));
    plan.reordered = rng.chance(spec_.reorderPpm);
    if (plan.reordered)
        plan.arrival = plan.arrival + spec_.reorderBy;
    return plan;
}

} // namespace packetarium
