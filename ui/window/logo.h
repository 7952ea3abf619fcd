// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The program's sign, drawn; the same as resources/icons/packetarium.svg, but
// without waking the SVG reader at every start.

class QPainter;
class QRectF;

namespace packetarium {

class Theme;

void paintLogo(QPainter& painter, const QRectF& box, const Theme& theme);

} // namespace packetarium
