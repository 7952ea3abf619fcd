// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Draws the network view. Pure functions of a scene; `layout` must have been
// made from the same trace, places, labels, language and theme.

#include "ui/paint/network_card.h"

#include <QPixmap>

class QPainter;

namespace packetarium {

/// What does not move, kept from one picture to the next by whoever paints many; forget it together with the layout.
struct NetworkSettled {
    const NetworkLayout* layout = nullptr;
    std::vector<int> state;
    QPixmap picture;
};

void paintNetwork(QPainter& painter, const NetworkLayout& layout, const StageScene& scene,
                  NetworkSettled* settled = nullptr);
/// Nodes, cables, packets under way and rows of the open card, in reading order, in the picture's coordinates.
std::vector<StageItem> networkItems(const StageScene& scene, const NetworkLayout& layout);
Selection networkHit(const StageScene& scene, const NetworkLayout& layout, QPointF at);

} // namespace packetarium
