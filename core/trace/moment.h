// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything that is true at one instant of a run, as a value: what the views
// paint. Computed from the trace; equal times give equal moments.

#include "core/trace/trace.h"

#include <array>
#include <optional>

namespace packetarium {

struct TimerMoment {
    Timer timer{};
    SimTime startedAt;
    SimTime deadline;
    bool operator==(const TimerMoment&) const = default;
};

struct ConnMoment {
    ConnId id;
    NodeId host;
    std::uint16_t localPort = 0, remotePort = 0;
    TcpState state = TcpState::Closed;
    int lastTransition = -1; ///< row of tcpTransitions() last taken, or -1
    SimTime stateSince;
    std::array<std::optional<std::uint64_t>, kVariableCount> variables;
    std::vector<TimerMoment> timers; ///< running now, in Timer order
    std::optional<std::uint64_t> variable(Variable v) const { return variables[static_cast<std::size_t>(v)]; }
    bool operator==(const ConnMoment&) const = default;
};

struct HostMoment {
    NodeId id;
    ConnId
        conn; ///< the one to show: the newest that has left LISTEN and is not CLOSED, else a listening one, else the newest
    TcpState state = TcpState::Closed; ///< of that connection
    std::uint64_t octetsWritten = 0;   ///< by the program, all connections
    std::uint64_t octetsRead = 0;
    bool operator==(const HostMoment&) const = default;
};

struct PacketMoment {
    PacketId id;
    double position = 0; ///< 0 at the sender, 1 at the receiver
    bool held = false;
    bool operator==(const PacketMoment&) const = default;
};

struct Moment {
    SimTime at;
    std::size_t recordsDone = 0;                 ///< records()[0 .. recordsDone) have happened
    std::vector<HostMoment> hosts;               ///< in NodeId order
    std::vector<ConnMoment> conns;               ///< in ConnId order
    std::vector<PacketMoment> inFlight;          ///< in the order sent
    const ConnMoment* connOf(NodeId host) const; ///< the host's shown connection, or nullptr
    bool operator==(const Moment&) const = default;
};

/// Answers for one trace; keeps snapshots so that any moment costs little. Call refresh() after the trace changed.
class MomentIndex {
public:
    explicit MomentIndex(const Trace& trace);
    void refresh();
    /// All records at or before t have happened; t may lie outside the run.
    Moment at(SimTime t) const;

private:
    const Trace* trace_;
    std::vector<Moment> snapshots_; ///< the i-th: after i * kRecordsPerSnapshot records; packets' positions unset
    std::size_t truncationsSeen_ = 0;
};

} // namespace packetarium
