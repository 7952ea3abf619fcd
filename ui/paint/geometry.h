// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Boxes that may be turned, and whether they touch: what keeps labels apart.

#include <QPainterPath>
#include <QPointF>
#include <QPolygonF>
#include <QRectF>
#include <array>
#include <vector>

namespace packetarium {

/// A rectangle turned by `angle` degrees about its centre (clockwise on the screen, as QPainter::rotate).
struct TurnedBox {
    QPointF center;
    QSizeF size;
    double angle = 0;

    static TurnedBox upright(const QRectF& r) { return {r.center(), r.size(), 0}; }
    std::array<QPointF, 4> corners() const;
    QRectF bounds() const;
    TurnedBox grown(double by) const { return {center, {size.width() + 2 * by, size.height() + 2 * by}, angle}; }
    bool contains(QPointF p) const;
};

/// Do the two share any area? Touching edges do not count.
bool overlap(const TurnedBox& a, const TurnedBox& b);
/// Does the line from a to b pass through the box?
bool crosses(const TurnedBox& box, QPointF a, QPointF b);
/// About the origin.
inline QRectF scaled(const QRectF& r, double by)
{
    return {r.topLeft() * by, r.size() * by};
}
double distanceToSegment(QPointF p, QPointF a, QPointF b);
double distanceToPath(QPointF p, const QPolygonF& path);
double lengthOf(const QPolygonF& path);
/// The point that far along the path (clamped), and the direction there in degrees.
QPointF pointAlong(const QPolygonF& path, double distance, double* angle = nullptr);
/// The part of a path between two distances along it.
QPolygonF cutPath(const QPolygonF& path, double from, double to);
/// A line through the points whose corners are rounded.
QPainterPath roundedPath(const QPolygonF& points, double radius);

/// Boxes already placed, found by height. Ids are the caller's.
class BoxIndex {
public:
    /// Above `top` there are few boxes or none.
    explicit BoxIndex(double bandHeight, double top = 0)
        : band_(bandHeight)
        , top_(top)
    {}
    void add(const TurnedBox& box, int id = -1);
    /// Does `box` overlap any other than those with id `except`?
    bool hits(const TurnedBox& box, int except = -2) const;
    struct Span {
        double from, to;
    };
    /// From where to where a horizontal line of half-thickness `reach` would strike boxes.
    std::vector<Span> spansAt(double y, double reach) const;

private:
    struct Entry {
        TurnedBox box;
        QRectF bounds;
        int id;
    };
    double band_, top_;
    std::vector<Entry> entries_;
    std::vector<std::vector<int>> bands_;
    std::vector<int> before_; ///< above the first band
};

} // namespace packetarium
