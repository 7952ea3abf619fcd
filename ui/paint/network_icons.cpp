// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/network_icons.h"

#include "ui/paint/primitives.h"

#include <QPainter>

namespace packetarium {

namespace {

// Drawn on a sheet of 54 by 42.
constexpr double kIconWide = 54, kIconHigh = 42;

void arrow(QPainter& p, QPointF from, QPointF to, const QColor& colour)
{
    const QLineF line(from, to);
    p.setPen(linePen(colour, 2.4));
    p.drawLine(from, line.pointAt(0.75));
    drawArrowHead(p, to, -line.angle(), 6.5, colour);
}

void screen(QPainter& p, const QPen& pen, const NodeColours& c)
{
    p.setPen(pen);
    p.setBrush(c.fill);
    p.drawRoundedRect(QRectF(6, 2, 42, 28), 4, 4);
    p.setPen(linePen(c.line, 2.2));
    p.drawLine(QPointF(27, 31), QPointF(27, 37));
    p.drawLine(QPointF(17, 38.5), QPointF(37, 38.5));
    p.setPen(linePen(c.line, 1.8));
    p.drawLine(QPointF(13, 10), QPointF(27, 10));
    p.drawLine(QPointF(13, 16), QPointF(35, 16));
    p.drawLine(QPointF(13, 22), QPointF(22, 22));
}

void tower(QPainter& p, const QPen& pen, const NodeColours& c)
{
    p.setPen(pen);
    p.setBrush(c.fill);
    p.drawRoundedRect(QRectF(12, 1.5, 30, 39), 4, 4);
    for (const double y : {9.0, 18.0}) {
        p.setPen(linePen(c.line, 1.8));
        p.drawLine(QPointF(18, y), QPointF(30, y));
        p.setPen(Qt::NoPen);
        p.setBrush(c.line);
        p.drawEllipse(QPointF(36, y), 1.9, 1.9);
    }
    p.setPen(linePen(c.line, 1.8));
    p.drawLine(QPointF(12, 26), QPointF(42, 26));
    p.drawLine(QPointF(22, 33), QPointF(32, 33));
}

void box(QPainter& p, const QPen& pen, const NodeColours& c)
{
    p.setPen(pen);
    p.setBrush(c.fill);
    p.drawRoundedRect(QRectF(2.5, 7, 49, 28), 5, 5);
}

} // namespace

NodeColours nodeColours(const Theme& theme, NodeLook look, bool on)
{
    if (!on)
        return {theme.color(Role::Disabled), theme.color(Role::Background)};
    switch (look) {
    case NodeLook::Client: return {theme.color(Role::Client), theme.color(Role::ClientTint)};
    case NodeLook::Server: return {theme.color(Role::Server), theme.color(Role::ServerTint)};
    case NodeLook::Host:
    case NodeLook::Router:
    case NodeLook::Switch:
    case NodeLook::Hub: break;
    }
    return {theme.color(Role::Ack), theme.color(Role::Card)};
}

void drawNodeIcon(QPainter& p, const Theme& theme, NodeLook look, const QRectF& place, bool on)
{
    const NodeColours c = nodeColours(theme, look, on);
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.translate(place.topLeft());
    p.scale(place.width() / kIconWide, place.height() / kIconHigh);
    const QPen pen = on ? linePen(c.line, 2.4) : dashPen(c.line, 2, 4, 3);
    switch (look) {
    case NodeLook::Client:
    case NodeLook::Host: screen(p, pen, c); break;
    case NodeLook::Server: tower(p, pen, c); break;
    case NodeLook::Router:
        p.setPen(pen);
        p.setBrush(c.fill);
        p.drawEllipse(QPointF(27, 21), 19.5, 19.5);
        arrow(p, {13, 21}, {24.5, 21}, c.line);
        arrow(p, {41, 21}, {29.5, 21}, c.line);
        arrow(p, {27, 17}, {27, 5.5}, c.line);
        arrow(p, {27, 25}, {27, 36.5}, c.line);
        break;
    case NodeLook::Switch:
        box(p, pen, c);
        arrow(p, {11, 16}, {43, 16}, c.line);
        arrow(p, {43, 26}, {11, 26}, c.line);
        break;
    case NodeLook::Hub:
        box(p, pen, c);
        arrow(p, {27, 21}, {44, 14}, c.line);
        arrow(p, {27, 21}, {44, 28}, c.line);
        arrow(p, {27, 21}, {10, 14}, c.line);
        arrow(p, {27, 21}, {10, 28}, c.line);
        p.setPen(Qt::NoPen);
        p.setBrush(c.line);
        p.drawEllipse(QPointF(27, 21), 3.4, 3.4);
        break;
    }
    p.restore();
}

} // namespace packetarium
