// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Curves of any length as few strokes: whatever falls on the same column of
// points is drawn as its least, greatest and last value, so that a picture
// of a hundred thousand segments costs as much as one of a few thousand.

#include "ui/paint/plots_layout.h"

#include <QLineF>
#include <QPolygonF>
#include <functional>
#include <vector>

namespace packetarium {

/// A staircase; several pieces where values are missing (`wanted` says no).
std::vector<QPolygonF> stepPaths(const PlotsLayout& layout, const PlotPanel& panel, const Series& series,
                                 const std::function<bool(std::int64_t)>& wanted = {});

/// The segments in sight of one sort, from bottom to top. `merged`: there are more than can be told apart.
struct SegmentBars {
    std::vector<QLineF> bars;
    bool merged = false;
};
enum class SegmentSort { First, Again };
SegmentBars segmentBars(const PlotsLayout& layout, const PlotPanel& panel, SegmentSort sort);
/// The middles of those that were lost, one for each column and height of `apart`.
std::vector<QPointF> lostPoints(const PlotsLayout& layout, const PlotPanel& panel, double apart);
/// Points of a series, no two closer than a point apart.
std::vector<QPointF> samplePoints(const PlotsLayout& layout, const PlotPanel& panel, const Series& series);
/// As vertical lines: blocks that a receiver says it holds.
std::vector<QLineF> sackBars(const PlotsLayout& layout, const PlotPanel& panel);
/// Where an acknowledgment came that acknowledged nothing new; of many one for each stretch of `apart`.
std::vector<QPointF> repeatedAcks(const PlotsLayout& layout, const PlotPanel& panel, double apart);
/// Rates as the outline of columns that stand on the axis.
QPolygonF ratePath(const PlotsLayout& layout, const PlotPanel& panel, const std::vector<double>& rates);

} // namespace packetarium
