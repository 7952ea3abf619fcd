// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Traces full of everything, at random by seed, for what must hold of any
// trace. They make no sense as protocol runs.

#include "core/base/rng.h"
#include "tests/support/trace_builder.h"

namespace packetarium {

class RandomTrace {
public:
    explicit RandomTrace(std::uint64_t seed);
    void grow(int steps);
    Trace& trace() { return b_.trace; }
    /// The packets under way now, as Trace::truncate wants them.
    std::vector<PacketInfo> underWay() const;
    /// Goes back to `mark` and on with other random numbers.
    void rewind(const Trace::Mark& mark, const std::vector<PacketInfo>& inFlight, std::uint64_t seed);

private:
    void step();
    void networkStep();
    ConnId anyConn() { return ConnId(static_cast<std::uint32_t>(rng_.below(b_.trace.conns().size()))); }

    Rng rng_;
    TraceBuilder b_;
    SimTime now_;
    std::vector<PacketId> moving_;
};

} // namespace packetarium
