// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Strokes for long staircases. A stroke of thousands of corners takes Qt's
// rasteriser seconds; as rectangles on whole pixels it takes milliseconds and
// looks the same, because all of its lines are level or upright.

#include <QColor>
#include <QLineF>
#include <QPolygonF>
#include <vector>

class QPainter;
class QPen;

namespace packetarium {

/// A path of level and upright lines, with the pen's colour, width and dashes.
void strokeSteps(QPainter& painter, const QPolygonF& path, const QPen& pen);
/// Upright lines.
void strokeUpright(QPainter& painter, const std::vector<QLineF>& lines, const QColor& colour, double width);
/// What lies between such a path and the floor.
void fillUnder(QPainter& painter, const QPolygonF& path, double floor, const QColor& colour);

} // namespace packetarium
