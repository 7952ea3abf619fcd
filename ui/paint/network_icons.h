// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The drawings of a network's nodes: a screen for a host, a tower for one that
// serves, arrows that cross for a router, that pass for a switch, that spread
// for a hub.

#include "ui/paint/network_layout.h"

class QPainter;

namespace packetarium {

struct NodeColours {
    QColor line, fill;
};
NodeColours nodeColours(const Theme& theme, NodeLook look, bool on);
/// Into `box`, which is as wide to high as NetworkNode::icon. Off: pale and dashed.
void drawNodeIcon(QPainter& p, const Theme& theme, NodeLook look, const QRectF& box, bool on = true);

} // namespace packetarium
