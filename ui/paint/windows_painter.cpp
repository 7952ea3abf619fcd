// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/windows_painter.h"

#include "ui/paint/primitives.h"

#include <QPaintEngine>
#include <QPainter>
#include <QPixmapCache>
#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

using Shape = WindowsShape;

/// Lines of our own: a brush pattern keeps its size in device pixels, whatever the projector's scale.
void hatch(QPainter& p, const Theme& theme, const Shape& s)
{
    if (s.hatch == Shape::Hatch::None || s.box.width() < 1)
        return;
    const double apart = theme.px(7);
    const QRectF& r = s.box;
    p.save();
    p.setClipRect(r, Qt::IntersectClip);
    p.setPen(QPen(s.hatchInk, theme.px(1.2), Qt::SolidLine, Qt::FlatCap));
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
        // Squares without smoothing: there may be thousands, in every frame.
        const double size = theme.px(2);
        QVector<QRectF> dots;
        for (double y = r.top() + apart / 2; y < r.bottom(); y += apart)
            for (double x = r.left() + apart / 2; x < r.right(); x += apart)
                dots << QRectF(x, y, size, size);
        p.setRenderHint(QPainter::Antialiasing, false);
        p.setPen(Qt::NoPen);
        p.setBrush(s.hatchInk);
        p.drawRects(dots);
    }
    p.drawLines(lines);
    p.restore();
}

/// The same as a picture of one mesh, laid like tiles: on the screen, where it is painted in every frame.
void tile(QPainter& p, const Theme& theme, const Shape& s)
{
    if (s.hatch == Shape::Hatch::None || s.box.width() < 1)
        return;
    const double ratio = p.device()->devicePixelRatioF();
    const int side = std::max(4, static_cast<int>(std::lround(theme.px(7))));
    const QString key =
        QStringLiteral("hatch %1 %2 %3 %4").arg(static_cast<int>(s.hatch)).arg(s.hatchInk.rgba()).arg(side).arg(ratio);
    QPixmap mesh;
    if (!QPixmapCache::find(key, &mesh)) {
        mesh = QPixmap(QSize(side, side) * ratio);
        mesh.setDevicePixelRatio(ratio);
        mesh.fill(Qt::transparent);
        QPainter m(&mesh);
        m.setRenderHint(QPainter::Antialiasing);
        m.setPen(QPen(s.hatchInk, theme.px(1.2), Qt::SolidLine, Qt::FlatCap));
        // One step beyond on both sides, so that the corners meet.
        for (const int step : {-side, 0, side}) {
            if (s.hatch == Shape::Hatch::Rising || s.hatch == Shape::Hatch::Crossed)
                m.drawLine(QLineF(step - 1, side + 1, step + side + 1, -1));
            if (s.hatch == Shape::Hatch::Falling || s.hatch == Shape::Hatch::Crossed)
                m.drawLine(QLineF(step - 1, -1, step + side + 1, side + 1));
        }
        if (s.hatch == Shape::Hatch::Upright)
            m.drawLine(QLineF(side / 2.0, 0, side / 2.0, side));
        if (s.hatch == Shape::Hatch::Dots)
            m.fillRect(QRectF(side / 2.0 - theme.px(1), side / 2.0 - theme.px(1), theme.px(2), theme.px(2)),
                       s.hatchInk);
        m.end();
        QPixmapCache::insert(key, mesh);
    }
    p.drawTiledPixmap(s.box, mesh);
}

/// A dashed frame of plain rectangles: the general way is by far the dearest part of a picture.
void drawDashes(QPainter& p, const Theme& theme, const QRectF& r, const QColor& colour, double width)
{
    const double dash = theme.px(4), step = theme.px(7);
    QVector<QRectF> dashes;
    for (double x = r.left(); x < r.right(); x += step) {
        const double length = std::min(dash, r.right() - x);
        dashes << QRectF(x, r.top(), length, width) << QRectF(x, r.bottom() - width, length, width);
    }
    for (double y = r.top(); y < r.bottom(); y += step) {
        const double length = std::min(dash, r.bottom() - y);
        dashes << QRectF(r.left(), y, width, length) << QRectF(r.right() - width, y, width, length);
    }
    for (const QRectF& each : dashes)
        p.fillRect(each, colour);
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
    if (p.paintEngine()->type() == QPaintEngine::Raster)
        tile(p, theme, s);
    else
        hatch(p, theme, s);
    if (!framed)
        return;
    const double in = std::min({s.width / 2, s.box.width() / 2, s.box.height() / 2});
    const QRectF frame = s.box.adjusted(in, in, -in, -in);
    if (s.dashed && s.radius == 0) {
        drawDashes(p, theme, s.box, s.line, s.width);
        return;
    }
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
        p.setPen(s.dashed ? dashPen(s.line, s.width, theme.px(5), theme.px(3))
                          : QPen(s.line, s.width, Qt::SolidLine, Qt::FlatCap));
        p.drawLine(s.box.topLeft(), s.box.bottomRight());
        break;
    case Shape::Kind::Cross: drawCross(p, s.box.center(), s.box.width() / 2, s.width, s.line); break;
    case Shape::Kind::Diamond: drawDiamond(p, s.box.center(), s.box.width() / 2, s.fill); break;
    case Shape::Kind::Up: drawArrowHead(p, {s.box.center().x(), s.box.top()}, -90, s.box.height(), s.fill); break;
    case Shape::Kind::Right: drawArrowHead(p, {s.box.right(), s.box.center().y()}, 0, s.box.width(), s.fill); break;
    case Shape::Kind::Torn: {
        QPolygonF edge;
        constexpr int kTeeth = 5;
        for (int i = 0; i <= kTeeth; ++i)
            edge << QPointF(i % 2 == 0 ? s.box.left() : s.box.right(), s.box.top() + s.box.height() * i / kTeeth);
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(s.fill, s.width * 4, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        p.drawPolyline(edge);
        p.setPen(QPen(s.line, s.width, Qt::SolidLine, Qt::FlatCap, Qt::MiterJoin));
        p.drawPolyline(edge.translated(-s.width * 2, 0));
        p.drawPolyline(edge.translated(s.width * 2, 0));
        break;
    }
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
