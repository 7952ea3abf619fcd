// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/tables.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace packetarium {
namespace {

/// What the order within a table goes by.
auto keyOf(const TableRow& row)
{
    const bool route = row.kind == TableKind::Route;
    const bool byMac = row.kind == TableKind::Switch;
    return std::tuple(row.kind, route ? 128 - static_cast<int>(row.prefix.length) : 0, byMac ? IpPrefix{} : row.prefix,
                      byMac ? row.mac : MacAddress{}, row.localPort, std::string_view(row.name));
}

bool goes(TableChange change)
{
    return change == TableChange::Expired || change == TableChange::Removed;
}

} // namespace

bool sameLine(const TableRow& a, const TableRow& b)
{
    if (keyOf(a) != keyOf(b))
        return false;
    // A name may have several answers, a destination several ways.
    if (a.kind == TableKind::Dns)
        return a.data == b.data;
    return a.kind != TableKind::Route || a.via == b.via;
}

TableHistory::TableHistory(const Trace& trace)
    : trace_(&trace)
{
    of_.resize(trace.nodes().size());
    const auto records = trace.records();
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Record& r = records[i];
        if (r.kind != RecordKind::Table || !r.host || r.value >= trace.tableRows().size())
            continue;
        if (r.host.value() >= of_.size())
            of_.resize(r.host.value() + std::size_t{1});
        of_[r.host.value()].push_back(static_cast<std::uint32_t>(i));
    }
}

bool TableHistory::litBy(const Record& record, std::size_t recordsDone) const
{
    if (recordsDone == 0 || goes(record.tableChange()))
        return false;
    const SimTime now = trace_->records()[recordsDone - 1].at;
    if (record.at == now)
        return true;
    const auto packets = trace_->packets();
    auto sent = std::lower_bound(packets.begin(), packets.end(), record.at,
                                 [](const PacketInfo& p, SimTime t) { return p.sentAt < t; });
    for (; sent != packets.end() && sent->sentAt == record.at; ++sent)
        if (sent->from == record.host && sent->endAt > now)
            return true;
    return false;
}

std::vector<TableLine> TableHistory::at(std::size_t recordsDone, NodeId node) const
{
    std::vector<TableLine> lines;
    if (!node || node.value() >= of_.size())
        return lines;
    const auto records = trace_->records();
    for (const std::uint32_t index : of_[node.value()]) {
        if (index >= recordsDone)
            break;
        const Record& r = records[index];
        const TableRow& row = trace_->tableRows()[r.value];
        const auto same = [&](const TableLine& line) {
            return sameLine(line.row, row) && line.missed() == (r.tableChange() == TableChange::Missed);
        };
        const auto found = std::find_if(lines.begin(), lines.end(), same);
        if (r.tableChange() == TableChange::Added || r.tableChange() == TableChange::Used) {
            // What was missed before is there now.
            const bool replaced = found != lines.end();
            const auto missed = std::find_if(lines.begin(), lines.end(), [&](const TableLine& line) {
                return line.missed() && keyOf(line.row) == keyOf(row);
            });
            if (missed != lines.end() && !replaced) {
                *missed = TableLine{row, r.value, index, r.tableChange(), false};
                continue;
            }
        }
        if (goes(r.tableChange())) {
            if (found != lines.end())
                lines.erase(found);
            continue;
        }
        const TableLine line{row, r.value, index, r.tableChange(), false};
        if (found == lines.end())
            lines.push_back(line);
        else
            *found = line;
    }
    for (TableLine& line : lines)
        line.lit = litBy(records[line.record], recordsDone);
    std::erase_if(lines, [](const TableLine& line) { return line.missed() && !line.lit; });
    std::stable_sort(lines.begin(), lines.end(), [](const TableLine& a, const TableLine& b) {
        return std::tuple(keyOf(a.row), a.row.data) < std::tuple(keyOf(b.row), b.row.data);
    });
    return lines;
}

std::size_t TableHistory::changesAt(std::size_t recordsDone, NodeId node) const
{
    if (!node || node.value() >= of_.size())
        return 0;
    const auto& own = of_[node.value()];
    return static_cast<std::size_t>(std::lower_bound(own.begin(), own.end(), recordsDone) - own.begin());
}

std::vector<TableKind> TableHistory::kindsOf(NodeId node) const
{
    std::vector<TableKind> kinds;
    if (!node || node.value() >= of_.size())
        return kinds;
    for (const std::uint32_t index : of_[node.value()])
        if (const TableKind kind = trace_->records()[index].table();
            std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
            kinds.push_back(kind);
    std::sort(kinds.begin(), kinds.end());
    return kinds;
}

std::vector<TableLine> TableHistory::litAt(std::size_t recordsDone) const
{
    // What may be lit lies at the last instants at which a node spoke of its tables; a few records each.
    constexpr std::size_t kMostBack = 16;
    std::vector<TableLine> lit;
    const auto records = trace_->records();
    for (const auto& own : of_) {
        const auto end = std::lower_bound(own.begin(), own.end(), recordsDone);
        auto at = end;
        for (std::size_t back = 0; at != own.begin() && back < kMostBack; ++back) {
            --at;
            const Record& r = records[*at];
            if (!litBy(r, recordsDone))
                continue;
            const TableRow& row = trace_->tableRows()[r.value];
            // A later record about the same line has said it already.
            const bool told = std::any_of(lit.begin(), lit.end(), [&](const TableLine& line) {
                return line.row.node == row.node && sameLine(line.row, row);
            });
            if (!told)
                lit.push_back({row, r.value, *at, r.tableChange(), true});
        }
    }
    return lit;
}

std::vector<TableRow> tablesAt(const Trace& trace, std::size_t recordsDone, NodeId node)
{
    std::vector<TableRow> rows;
    for (const TableLine& line : TableHistory(trace).at(recordsDone, node))
        if (!line.missed())
            rows.push_back(line.row);
    return rows;
}

} // namespace packetarium
