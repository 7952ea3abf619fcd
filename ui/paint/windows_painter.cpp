// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/windows_painter.h"

#include "ui/paint/primitives.h"

#include <QPainter>
#include <QPainterPath>

namespace packetarium {
namespace {

using Shape = WindowsShape;

/// Lines of our own: a brush pattern keeps its size in device pixels, whatever the projector's scale.
void hatch(QPainter& p, const Theme& theme, const Shape& s)
{
    if (s.hatch == Shape::Hatch::None || s.box.width() < 1)
        return;
    const double apart = theme.px(s.hatch == Shape::Hatch::Dots ? 6 : 7);
    const QRectF& r = s.box;
    p.save();
    p.setClipRect(r, Qt::IntersectClip);
    p.setPen(QPen(s.hatchInk, theme.px(s.hatch == Shape::Hatch::Dots ? 2 : 1.2), Qt::SolidLine,
                  s.hatch == Shape::Hatch::Dots ? Qt::RoundCap : Qt::FlatCap));
    QVector<QLineF> lines;
    const bool rising = s.hatch == Shape::Hatch::Rising || s.hatch == Shape::Hatch::Crossed;
    const bool falling = s.hatch == Shape::Hatch::Falling || s.hatch == Shape::Hatch::Crossed;
    if (rising)
        for (double x = r.left() - r.height(); x < r.right(); x += apart)
            lines << QLineF(x, r.bottom(), x + r.height(), r.top());
    if (falling)
        for (double x = r.left() - r.height(); x < r.right(); x += apart)
            lines << QLineF(x, r.top(), x + r.height(), r.bottom());
    if (s.hatch == Shape::Hatch::Upright)
        for (double x = r.left() + apart / 2; x < r.right(); x += apart)
            lines << QLineF(x, r.top(), x, r.bottom());
    if (s.hatch == Shape::Hatch::Dots) {
        QVector<QPointF> dots;
        for (double y = r.top() + apart / 2; y < r.bottom(); y += apart)
            for (double x = r.left() + apart / 2; x < r.right(); x += apart)
                dots << QPointF(x, y);
        p.drawPoints(dots.constData(), static_cast<int>(dots.size()));
    }
    p.drawLines(lines);
    p.restore();
}

void drawFill(QPainter& p, const Theme& theme, const Shape& s)
{
    const bool framed = s.line.isValid() && s.width > 0;
    if (s.fill.isValid()) {
        p.setPen(Qt::NoPen);
        p.setBrush(s.fill);
        if (s.radius > 0)
            p.drawRoundedRect(s.box, s.radius, s.radius);
        else
            p.drawRect(s.box);
    }
    hatch(p, theme, s);
    if (!framed)
        return;
    const double in = std::min({s.width / 2, s.box.width() / 2, s.box.height() / 2});
    const QRectF frame = s.box.adjusted(in, in, -in, -in);
    p.setBrush(Qt::NoBrush);
    p.setPen(s.dashed ? dashPen(s.line, s.width, theme.px(4), theme.px(3)) : linePen(s.line, s.width));
    if (s.radius > 0)
        p.drawRoundedRect(frame, s.radius, s.radius);
    else
        p.drawRect(frame);
}

void drawShape(QPainter& p, const Theme& theme, const Shape& s)
{
    switch (s.kind) {
    case Shape::Kind::Fill: drawFill(p, theme, s); break;
    case Shape::Kind::Line:
        p.setPen(s.dashed ? dashPen(s.line, s.width, theme.px(5), theme.px(3)) : QPen(s.line, s.width, Qt::SolidLine, Qt::FlatCap));
        p.drawLine(s.box.topLeft(), s.box.bottomRight());
        break;
    case Shape::Kind::Cross: drawCross(p, s.box.center(), s.box.width() / 2, s.width, s.line); break;
    case Shape::Kind::Diamond: drawDiamond(p, s.box.center(), s.box.width() / 2, s.fill); break;
    case Shape::Kind::Up:
        drawArrowHead(p, {s.box.center().x(), s.box.top()}, -90, s.box.height(), s.fill);
        break;
    case Shape::Kind::Right:
        drawArrowHead(p, {s.box.right(), s.box.center().y()}, 0, s.box.width(), s.fill);
        break;
    case Shape::Kind::Left:
        drawArrowHead(p, {s.box.left(), s.box.center().y()}, 180, s.box.width(), s.fill);
        break;
    }
}

} // namespace

void paintWindows(QPainter& p, const StageScene& scene, const WindowsLayout& layout, const WindowsPlan& plan)
{
    const Theme& theme = scene.theme;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(QRectF(QPointF(), layout.size()), theme.color(Role::Background));
    for (const Shape& s : plan.shapes)
        drawShape(p, theme, s);
    for (const WindowsText& t : plan.texts) {
        if (t.plate.isValid()) {
            p.setPen(Qt::NoPen);
            p.setBrush(t.plate);
            p.drawRect(t.box);
        }
        drawText(p, theme, t.style, t.colour, t.box, t.alignment, t.text);
    }
    p.restore();
}

void paintWindows(QPainter& p, const StageScene& scene, const WindowsLayout& layout)
{
    paintWindows(p, scene, layout, planWindows(scene, layout));
}

} // namespace packetarium
