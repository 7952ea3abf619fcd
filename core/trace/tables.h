// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The tables of nodes at a moment: ARP and neighbour caches, what switches
// have learnt, routes, what name servers have answered. A trace holds only
// what happened to single rows; here it is summed up.

#include "core/trace/trace.h"

#include <optional>

namespace packetarium {

/// One row as it stands, or one that was looked for in vain.
struct TableLine {
    TableRow row;
    std::size_t rowIndex = 0; ///< in Trace::tableRows(): as it was spoken of last
    std::size_t record = 0;   ///< in Trace::records(): the last one that spoke of it
    TableChange change{};     ///< what that record said
    bool lit = false;         ///< it has just been added, changed, used or missed
    bool missed() const { return change == TableChange::Missed; } ///< it is not in the table
};

/// Answers for one trace and any number of moments; to be made anew when the trace changes.
class TableHistory {
public:
    explicit TableHistory(const Trace& trace);

    /// The rows of a node after `recordsDone` records, table by table (in the order of TableKind), each in the order of its
    /// keys; routes with the longest prefix first. Lit is what the last instant spoke of, and what it spoke of before as long as a
    /// frame that the node sent then is still on its way. A row that was missed is there only while it is lit.
    std::vector<TableLine> at(std::size_t recordsDone, NodeId node) const;
    /// How many records speak of this node's tables up to then: equal counts at the same `recordsDone` instant, equal rows.
    std::size_t changesAt(std::size_t recordsDone, NodeId node) const;
    /// Which tables the node ever speaks of in this run.
    std::vector<TableKind> kindsOf(NodeId node) const;
    /// The rows of any node that are lit, without going through the others.
    std::vector<TableLine> litAt(std::size_t recordsDone) const;

private:
    bool litBy(const Record& record, std::size_t recordsDone) const;

    const Trace* trace_;
    std::vector<std::vector<std::uint32_t>> of_; ///< by node: its records of kind Table
};

/// The same for one question; without rows that were missed.
std::vector<TableRow> tablesAt(const Trace& trace, std::size_t recordsDone, NodeId node);

/// Whether two rows are the same line of a table: the same address, the same MAC address, the same destination ...
bool sameLine(const TableRow& a, const TableRow& b);

} // namespace packetarium
