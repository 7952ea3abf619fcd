// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Paints the states view from a layout, and says what lies where on it.

#include "ui/paint/states_layout.h"

class QPainter;

namespace packetarium {

void paintStates(QPainter& painter, const StageScene& scene, const StatesLayout& layout);
/// The states first, then the edges, in the order of the table.
std::vector<StageItem> statesItems(const StageScene& scene, const StatesLayout& layout);
Selection statesHit(const StageScene& scene, const StatesLayout& layout, QPointF at);

} // namespace packetarium
