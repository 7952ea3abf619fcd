// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Paints the layers view from a layout, and says what lies where on it. The
// settled part changes with the act, what is picked and the presentation; the
// moving part with every frame.

#include "ui/paint/layers_layout.h"

class QPainter;

namespace packetarium {

void paintLayers(QPainter& painter, const LayersLayout& layout, const StageScene& scene);
// The two parts of it, for whoever keeps the first as a picture. `written`: the switches' states are written where no switches are.
void paintLayersSettled(QPainter& painter, const LayersLayout& layout, const StageScene& scene, bool written);
void paintLayersMoving(QPainter& painter, const LayersLayout& layout, const StageScene& scene);

/// Selection::index of a field's item is this and its place among the story's fields; below it that of a block.
constexpr int kLayersFieldIndex = 1000;

/// Stacks from the left to the right and each from above, then the unit's blocks, then the opened fields.
std::vector<StageItem> layersItems(const StageScene& scene, const LayersLayout& layout);
Selection layersHit(const StageScene& scene, const LayersLayout& layout, QPointF at);
/// The bits behind an item that is a block or a field, or behind a point among the bits; nothing for a layer's box. A block or a
/// field is Selection::Kind::Packet with an index that layersItems() gives it.
std::optional<BitRange> layersBits(const LayersLayout& layout, const Selection& what);
std::optional<BitRange> layersBitsAt(const StageScene& scene, const LayersLayout& layout, QPointF at);

// For the painter's own files: parts of the settled picture.
void paintSignal(QPainter& p, const LayersLayout& layout, const StageScene& scene);
void paintParcel(QPainter& p, const LayersLayout& layout, const StageScene& scene);
/// What a packer handles, into a square box.
void drawPackerSign(QPainter& p, const Theme& theme, OsiLayer layer, const QRectF& box);

} // namespace packetarium
