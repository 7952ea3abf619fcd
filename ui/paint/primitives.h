// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The small shapes of which the pictures are made.

#include "core/wire/fields.h"
#include "ui/paint/geometry.h"
#include "ui/theme/theme.h"

#include <QStringList>

class QPainter;

namespace packetarium {

QColor faded(const QColor& colour, double opacity);
QColor blended(const QColor& from, const QColor& to, double share);

/// Roles of a side: 0 is the client's (blue), 1 the server's (orange), any other takes no part (grey).
struct SideRoles {
    Role main, tint, on;
};
SideRoles sideRoles(int hostIndex);
Role layerRole(Layer layer); ///< its colour

void drawText(QPainter& p, const Theme& theme, TextStyle style, const QColor& colour, const QRectF& box, int alignment,
              const QString& text);
/// Within a turned box, centred.
void drawText(QPainter& p, const Theme& theme, TextStyle style, const QColor& colour, const TurnedBox& box,
              const QString& text);
/// Lines of a text within a width, at most so many; the last one ends in an ellipsis if there are more.
QStringList wrapped(const Theme& theme, TextStyle style, const QString& text, double width, int most);
void drawChip(QPainter& p, const Theme& theme, const QRectF& box, const QString& text, const QColor& fill,
              const QColor& border, const QColor& ink, TextStyle style = TextStyle::MonoStrong);
/// The number of a step in a disc, smaller if it has three digits or more.
void drawStepNumber(QPainter& p, const QRectF& disc, QFont font, const QColor& fill, const QColor& ink, int number);
/// A filled head with its tip at `tip`, pointing along `degrees`.
void drawArrowHead(QPainter& p, QPointF tip, double degrees, double length, const QColor& colour);
void drawCross(QPainter& p, QPointF at, double reach, double thickness, const QColor& colour);
void drawDiamond(QPainter& p, QPointF at, double reach, const QColor& fill);
QPen linePen(const QColor& colour, double width);
QPen dashPen(const QColor& colour, double width, double dash, double space);
/// Draws along the path with that pen. A straight stretch gets flat ends, which the raster engine fills some ten times as fast as
/// round ones; who draws it hides its ends under a lifeline or a tip.
void drawStroke(QPainter& p, QPen pen, const QPolygonF& path);

} // namespace packetarium
