// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the canvases have in common on which things are moved with the mouse or the arrow keys.

#include <Qt>

namespace packetarium {

constexpr double kDragFrom = 5; ///< pixels that a press may tremble before it drags
constexpr int kNudge = 20;      ///< thousandths of the canvas that one press of an arrow key moves

constexpr bool isArrow(int key)
{
    return key == Qt::Key_Left || key == Qt::Key_Right || key == Qt::Key_Up || key == Qt::Key_Down;
}

} // namespace packetarium
