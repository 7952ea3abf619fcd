// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/primitives.h"

#include "ui/paint/text_ruler.h"

#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace packetarium {

QColor faded(const QColor& colour, double opacity)
{
    QColor c = colour;
    c.setAlphaF(static_cast<float>(opacity));
    return c;
}

QColor blended(const QColor& from, const QColor& to, double share)
{
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a + (b - a) * share)); };
    return {mix(from.red(), to.red()), mix(from.green(), to.green()), mix(from.blue(), to.blue())};
}

SideRoles sideRoles(int hostIndex)
{
    if (hostIndex == 0)
        return {Role::Client, Role::ClientTint, Role::OnClient};
    if (hostIndex == 1)
        return {Role::Server, Role::ServerTint, Role::OnServer};
    return {Role::Muted, Role::Sunken, Role::Card};
}

Role layerRole(Layer layer)
{
    switch (layer) {
    case Layer::Physical: return Role::LayerPhysical;
    case Layer::Link: return Role::LayerLink;
    case Layer::Internet: return Role::LayerInternet;
    case Layer::Transport: return Role::LayerTransport;
    case Layer::Application: return Role::LayerApplication;
    }
    return Role::LayerPhysical;
}

void drawText(QPainter& p, const Theme& theme, TextStyle style, const QColor& colour, const QRectF& box, int alignment,
              const QString& text)
{
    p.setFont(theme.font(style));
    p.setPen(colour);
    p.drawText(box, alignment | Qt::TextDontClip, text);
}

void drawText(QPainter& p, const Theme& theme, TextStyle style, const QColor& colour, const TurnedBox& box,
              const QString& text)
{
    const QRectF flat(-box.size.width() / 2, -box.size.height() / 2, box.size.width(), box.size.height());
    if (box.angle == 0) {
        drawText(p, theme, style, colour, flat.translated(box.center), Qt::AlignCenter, text);
        return;
    }
    p.save();
    p.translate(box.center);
    p.rotate(box.angle);
    drawText(p, theme, style, colour, flat, Qt::AlignCenter, text);
    p.restore();
}

QStringList wrapped(const Theme& theme, TextStyle style, const QString& text, double width, int most)
{
    QStringList lines;
    if (most < 1)
        return lines;
    QTextLayout layout(text, theme.font(style));
    layout.beginLayout();
    for (;;) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        const QString words = text.mid(line.textStart(), line.textLength()).trimmed();
        if (lines.size() == most) {
            lines.last() = TextRuler(theme).fitted(style, lines.last() + QLatin1Char(' ') + words, width - 1);
            if (!lines.last().endsWith(QChar(0x2026)))
                lines.last() += QChar(0x2026);
            break;
        }
        lines << words;
    }
    layout.endLayout();
    return lines;
}

void drawChip(QPainter& p, const Theme& theme, const QRectF& box, const QString& text, const QColor& fill,
              const QColor& border, const QColor& ink, TextStyle style)
{
    p.setPen(linePen(border, theme.px(1.3)));
    p.setBrush(fill);
    p.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    drawText(p, theme, style, ink, box, Qt::AlignCenter, text);
}

void drawStepNumber(QPainter& p, const QRectF& disc, QFont font, const QColor& fill, const QColor& ink, int number)
{
    p.setPen(Qt::NoPen);
    p.setBrush(fill);
    p.drawEllipse(disc);
    const QString text = QString::number(number);
    p.setFont(font);
    const double room = 0.72 * disc.width(), wide = p.fontMetrics().horizontalAdvance(text);
    if (wide > room) {
        font.setPixelSize(std::max(1, static_cast<int>(p.fontInfo().pixelSize() * room / wide)));
        p.setFont(font);
    }
    p.setPen(ink);
    p.drawText(disc, Qt::AlignCenter, text);
}

void drawArrowHead(QPainter& p, QPointF tip, double degrees, double length, const QColor& colour)
{
    const double a = degrees * std::numbers::pi / 180;
    const QPointF along(std::cos(a), std::sin(a));
    const QPointF across(-along.y(), along.x());
    const QPointF base = tip - along * length;
    const QPointF head[] = {tip, base + across * (length * 0.38), base + along * (length * 0.2),
                            base - across * (length * 0.38)};
    p.setPen(Qt::NoPen);
    p.setBrush(colour);
    p.drawPolygon(head, 4);
}

void drawCross(QPainter& p, QPointF at, double reach, double thickness, const QColor& colour)
{
    p.setPen(linePen(colour, thickness));
    p.drawLine(at + QPointF(-reach, -reach), at + QPointF(reach, reach));
    p.drawLine(at + QPointF(-reach, reach), at + QPointF(reach, -reach));
}

void drawDiamond(QPainter& p, QPointF at, double reach, const QColor& fill)
{
    const QPointF corners[] = {at + QPointF(0, -reach), at + QPointF(reach, 0), at + QPointF(0, reach),
                               at + QPointF(-reach, 0)};
    p.setPen(Qt::NoPen);
    p.setBrush(fill);
    p.drawPolygon(corners, 4);
}

QPen linePen(const QColor& colour, double width)
{
    return {colour, width, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin};
}

QPen dashPen(const QColor& colour, double width, double dash, double space)
{
    QPen pen(colour, width, Qt::CustomDashLine, Qt::FlatCap, Qt::RoundJoin);
    pen.setDashPattern({dash / width, space / width});
    return pen;
}

void drawStroke(QPainter& p, QPen pen, const QPolygonF& path)
{
    if (path.size() != 2) {
        p.setPen(pen);
        p.drawPolyline(path);
        return;
    }
    pen.setCapStyle(Qt::FlatCap);
    p.setPen(pen);
    p.drawLine(path[0], path[1]);
}

} // namespace packetarium
