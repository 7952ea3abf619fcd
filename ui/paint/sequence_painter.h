// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Paints the sequence view in three layers, from a layout:
//   settled  all that changes only when a record happens; content coordinates; kept by the canvas
//   moving   the now-line, packets in flight, what is growing or running, highlights; content coordinates
//   header   the host cards, over both; view coordinates

#include "ui/paint/sequence_layout.h"

#include <optional>

class QPainter;

namespace packetarium {

/// What lies within `clip` (content coordinates), background included.
void paintSequenceSettled(QPainter& painter, const StageScene& scene, const SequenceLayout& layout, const QRectF& clip);
/// `scroll` only says what part is in sight.
void paintSequenceMoving(QPainter& painter, const StageScene& scene, const SequenceLayout& layout, double scroll);
void paintSequenceHeader(QPainter& painter, const StageScene& scene, const SequenceLayout& layout, double scroll);
/// All three, at the scroll that keeps the now-line in sight.
void paintSequence(QPainter& painter, const StageScene& scene, const SequenceLayout& layout);

/// Rectangles (content coordinates) that the moving layer touches.
std::vector<QRectF> sequenceMovingBoxes(const StageScene& scene, const SequenceLayout& layout, double scroll);
/// Rectangles (content coordinates) of the settled layer that differ between two numbers of records done.
std::vector<QRectF> sequenceSettledChanges(const SequenceLayout& layout, std::size_t before, std::size_t after);

/// Everything that can be hit, top to bottom, in view coordinates.
std::vector<StageItem> sequenceItems(const StageScene& scene, const SequenceLayout& layout, double scroll);
Selection sequenceHit(const StageScene& scene, const SequenceLayout& layout, double scroll, QPointF at);
/// The bundle under a point, if there is nothing else to hit.
std::optional<SequenceBundle> sequenceBundleAt(const SequenceLayout& layout, double scroll, QPointF at);
/// How many packets it is, of whom, and from when to when; only of what has happened.
QString sequenceBundleWords(const StageScene& scene, const SequenceLayout& layout, const SequenceBundle& bundle);
/// The outline to mark when something is selected, hovered or focused; view coordinates; empty if it is not drawn.
QPainterPath sequenceOutline(const SequenceLayout& layout, const Selection& what, std::size_t recordsDone,
                             double scroll);

} // namespace packetarium
