// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where nodes stand when nobody has said so: in columns by their distance
// from the first host, so that a request goes from left to right. The same
// network always gets the same places.

#include "core/trace/trace.h"

#include <QPointF>
#include <vector>

namespace packetarium {

/// For each node its column, counted from 0, and how far below the middle it stands, in rows.
struct NetworkGrid {
    struct Cell {
        int column = 0;
        double row = 0;
    };
    std::vector<Cell> cells; ///< by NodeId
    int columns = 1;
    double rows = 0; ///< from the uppermost node to the lowest
    /// Shares of the width and height, 0 to 1.
    QPointF placeOf(std::size_t node) const;
};

/// `serves`: by NodeId, hosts that wait for others; they stand farther to the right than those that ask.
NetworkGrid arrangeNetwork(std::span<const TraceNode> nodes, std::span<const TraceLink> links,
                           const std::vector<bool>& serves);

/// Hosts on which a program waits for others at some time of the run.
std::vector<bool> servingHosts(const Trace& trace);

} // namespace packetarium
