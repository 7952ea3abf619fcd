// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/plots_strokes.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

constexpr qsizetype kFewCorners = 300;

/// Sharp edges while it lives.
class Sharp {
public:
    explicit Sharp(QPainter& p)
        : p_(p)
        , was_(p.testRenderHint(QPainter::Antialiasing))
    {
        p_.setRenderHint(QPainter::Antialiasing, false);
    }
    Sharp(const Sharp&) = delete;
    Sharp& operator=(const Sharp&) = delete;
    ~Sharp() { p_.setRenderHint(QPainter::Antialiasing, was_); }

private:
    QPainter& p_;
    bool was_;
};

} // namespace

void strokeSteps(QPainter& p, const QPolygonF& path, const QPen& pen)
{
    if (path.size() <= kFewCorners) {
        p.setBrush(Qt::NoBrush);
        p.setPen(pen);
        p.drawPolyline(path);
        return;
    }
    const Sharp sharp(p);
    const double width = pen.widthF(), half = width / 2;
    const auto dashes = pen.dashPattern();
    const bool dashed = pen.style() == Qt::CustomDashLine && dashes.size() == 2;
    const double on = dashed ? dashes[0] * width : 0, period = dashed ? (dashes[0] + dashes[1]) * width : 0;
    for (qsizetype i = 1; i < path.size(); ++i) {
        const QPointF a = path[i - 1], b = path[i];
        const double left = std::min(a.x(), b.x()), right = std::max(a.x(), b.x());
        const double top = std::min(a.y(), b.y()), bottom = std::max(a.y(), b.y());
        if (!dashed) {
            p.fillRect(QRectF(left - half, top - half, right - left + width, bottom - top + width), pen.color());
            continue;
        }
        // Dashes stand where they stand on the axis, whatever the path does there.
        for (double begin = std::floor(left / period) * period; begin <= right; begin += period) {
            const double from = std::max(left, begin), to = std::min(right, begin + on);
            if (to >= from)
                p.fillRect(QRectF(from - half / 2, top - half, to - from + half, bottom - top + width), pen.color());
        }
    }
}

void strokeUpright(QPainter& p, const std::vector<QLineF>& lines, const QColor& colour, double width)
{
    const Sharp sharp(p);
    for (const QLineF& line : lines) {
        const double top = std::min(line.y1(), line.y2()), bottom = std::max(line.y1(), line.y2());
        p.fillRect(QRectF(line.x1() - width / 2, top, width, std::max(1.0, bottom - top)), colour);
    }
}

void fillUnder(QPainter& p, const QPolygonF& path, double floor, const QColor& colour)
{
    const Sharp sharp(p);
    for (qsizetype i = 1; i < path.size(); ++i)
        if (path[i].x() > path[i - 1].x())
            p.fillRect(QRectF(path[i - 1].x(), path[i].y(), path[i].x() - path[i - 1].x(), floor - path[i].y()),
                       colour);
}

} // namespace packetarium
