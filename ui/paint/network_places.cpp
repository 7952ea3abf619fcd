// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/network_places.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <numeric>

namespace packetarium {
namespace {

constexpr int kFar = -1; ///< no way leads there

using Neighbours = std::vector<std::vector<std::size_t>>;

Neighbours neighboursOf(std::size_t count, std::span<const TraceLink> links)
{
    Neighbours next(count);
    for (const TraceLink& link : links) {
        if (!link.a || !link.b || link.a.value() >= count || link.b.value() >= count)
            continue;
        next[link.a.value()].push_back(link.b.value());
        next[link.b.value()].push_back(link.a.value());
    }
    return next;
}

std::vector<int> distances(const Neighbours& next)
{
    std::vector<int> distance(next.size(), kFar);
    int farthest = 0;
    // A part of the network without the first host begins after the farthest of what came before.
    for (std::size_t start = 0; start < next.size(); ++start) {
        if (distance[start] != kFar)
            continue;
        distance[start] = start == 0 ? 0 : farthest;
        std::deque<std::size_t> queue{start};
        while (!queue.empty()) {
            const std::size_t node = queue.front();
            queue.pop_front();
            for (const std::size_t other : next[node]) {
                if (distance[other] != kFar)
                    continue;
                distance[other] = distance[node] + 1;
                farthest = std::max(farthest, distance[other]);
                queue.push_back(other);
            }
        }
    }
    return distance;
}

} // namespace

QPointF NetworkGrid::placeOf(std::size_t node) const
{
    const Cell& cell = cells[node];
    const double x = columns < 2 ? 0.5 : static_cast<double>(cell.column) / (columns - 1);
    return {x, rows <= 0 ? 0.5 : 0.5 + cell.row / rows};
}

NetworkGrid arrangeNetwork(std::span<const TraceNode> nodes, std::span<const TraceLink> links,
                           const std::vector<bool>& serves)
{
    NetworkGrid grid;
    grid.cells.resize(nodes.size());
    if (nodes.empty())
        return grid;
    const Neighbours next = neighboursOf(nodes.size(), links);
    std::vector<int> layer = distances(next);
    // Hosts that ask, on the same switch as the first one, stand beneath it.
    for (std::size_t i = 1; i < nodes.size(); ++i)
        if (nodes[i].kind == NodeKind::Host && !(i < serves.size() && serves[i]) && next[i].size() == 1 &&
            layer[i] == 2)
            layer[i] = 0;

    const int layers = *std::max_element(layer.begin(), layer.end()) + 1;
    std::vector<std::vector<std::size_t>> columns(static_cast<std::size_t>(layers));
    for (std::size_t i = 0; i < nodes.size(); ++i)
        columns[static_cast<std::size_t>(layer[i])].push_back(i);

    // Each as near to the height of its neighbours as the order allows: a few sweeps there and back.
    std::vector<double> height(nodes.size(), 0);
    const auto number = [&](std::vector<std::size_t>& column) {
        for (std::size_t k = 0; k < column.size(); ++k)
            height[column[k]] = static_cast<double>(k) - (static_cast<double>(column.size()) - 1) / 2;
    };
    for (auto& column : columns)
        number(column);
    constexpr int kSweeps = 6;
    for (int sweep = 0; sweep < kSweeps; ++sweep) {
        for (std::size_t c = 0; c < columns.size(); ++c) {
            auto& column = columns[sweep % 2 == 0 ? c : columns.size() - 1 - c];
            std::vector<double> wish(nodes.size(), 0);
            for (const std::size_t node : column) {
                double sum = 0;
                for (const std::size_t other : next[node])
                    sum += height[other];
                wish[node] = next[node].empty() ? height[node] : sum / static_cast<double>(next[node].size());
            }
            std::stable_sort(column.begin(), column.end(),
                             [&](std::size_t a, std::size_t b) { return wish[a] < wish[b]; });
            number(column);
        }
    }

    // A long column becomes several short ones, side by side.
    const auto most =
        static_cast<std::size_t>(std::max(5.0, std::ceil(std::sqrt(static_cast<double>(nodes.size()) / 1.5))));
    int at = 0;
    for (const auto& column : columns) {
        if (column.empty())
            continue;
        const std::size_t parts = (column.size() + most - 1) / most;
        // In turn, so that cables to a farther part pass between the nodes of a nearer one.
        for (std::size_t k = 0; k < column.size(); ++k)
            grid.cells[column[k]] = {at + static_cast<int>(k % parts),
                                     (static_cast<double>(k) - static_cast<double>(column.size() - 1) / 2) /
                                         static_cast<double>(parts)};
        grid.rows = std::max(grid.rows, static_cast<double>(column.size() - 1) / static_cast<double>(parts));
        at += static_cast<int>(parts);
    }
    grid.columns = std::max(1, at);
    return grid;
}

std::vector<bool> servingHosts(const Trace& trace)
{
    std::vector<bool> serves(trace.nodes().size(), false);
    for (const Record& r : trace.records()) {
        const bool listens = r.kind == RecordKind::App && r.call() == AppCall::Listen;
        const bool answers = r.kind == RecordKind::Program &&
                             (r.program() == ProgramEvent::RequestReceived || r.program() == ProgramEvent::NameServed ||
                              r.program() == ProgramEvent::NameReferred || r.program() == ProgramEvent::TransferServed);
        if ((listens || answers) && r.host && r.host.value() < serves.size())
            serves[r.host.value()] = true;
    }
    // A host that is known as the one who asks does not become a server by listening once.
    for (std::size_t i = 0; i < serves.size(); ++i)
        if (trace.nodes()[i].activeSide)
            serves[i] = false;
    return serves;
}

} // namespace packetarium
