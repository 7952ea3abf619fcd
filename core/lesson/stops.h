// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The instants at which stepping stops: in a lesson its steps; else every
// change that the view shows.

#include "core/lesson/lesson.h"

namespace packetarium {

enum class StopView : std::uint8_t { Sequence, States, Layers, Network, Windows, Plots };

struct Stop {
    SimTime at;
    std::size_t firstRecord = 0; ///< the record that it is about: of several at one instant the one that tells most
    int lessonStep = -1;         ///< index into the lesson's steps, or -1
    PacketId packet;
    ConnId conn;
    NodeId host;
};

/// In time order, at most one per instant and host, but in Layers one for each layer act. Sequence: packets sent, arrived, lost,
/// changed, states, timers that fire, cables and power. Layers: layer acts, packets lost or changed on their way, cables and
/// power. Network: packets sent, arrived, lost, changed; cables and power; rows of tables that are added, changed or go; what
/// programs met. States: transitions only. Windows: packets sent, arrived, lost, changed; what programs write and read; numbers of
/// the buffers and windows that change; timers that fire. Plots: packets sent, arrived, lost, changed, timers that fire, cables
/// and power. All: a host that crashes. The first stop is the start of the run.
std::vector<Stop> visibleStops(const Trace& trace, StopView view);
std::vector<Stop> lessonStops(const Lesson& lesson, const Trace& trace);

} // namespace packetarium
