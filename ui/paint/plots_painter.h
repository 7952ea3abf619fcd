// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Paints the plots view. What stays while the instant moves (axes, curves,
// legends) is one layer; the now-line, what the pointer reads and what is
// selected lie above it.

#include "ui/paint/plots_layout.h"

#include <QRegion>

class QPainter;

namespace packetarium {

/// What the mouse is doing.
struct PlotsPointer {
    std::optional<QPointF> at;                    ///< reads values here
    std::optional<std::pair<double, double>> box; ///< x of a stretch of time that is being chosen
};

void paintPlotsSettled(QPainter& painter, const StageScene& scene, const PlotsLayout& layout);
void paintPlotsMoving(QPainter& painter, const StageScene& scene, const PlotsLayout& layout,
                      const PlotsPointer& pointer = {});
/// What a reading at a place paints over.
QRegion plotsPointerRegion(const StageScene& scene, const PlotsLayout& layout, QPointF at);
void paintPlots(QPainter& painter, const StageScene& scene, const PlotsLayout& layout);

/// Marks, the selected packet and one item for each plot that sums it up.
std::vector<StageItem> plotsItems(const StageScene& scene, const PlotsLayout& layout);
/// A mark, or the segment or acknowledgment nearest to a point of the sequence plot.
Selection plotsHit(const StageScene& scene, const PlotsLayout& layout, QPointF at);
/// Where a packet is drawn in the sequence plot; nothing: it is not.
std::optional<QRectF> plotsBoxOf(const StageScene& scene, const PlotsLayout& layout, PacketId packet);
/// What the mark or the phase there says; empty: there is none.
QString plotsMarkText(const StageScene& scene, const PlotsLayout& layout, QPointF at);

struct PlotsReading {
    QString name, value;
};
/// The values of a panel under the pointer, the time first.
std::vector<PlotsReading> plotsReadings(const StageScene& scene, const PlotsLayout& layout, QPointF at);

} // namespace packetarium
