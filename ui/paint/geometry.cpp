// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/geometry.h"

#include <QLineF>
#include <algorithm>
#include <cmath>
#include <numbers>

namespace packetarium {

namespace {

struct Axes {
    QPointF u, v;
};

Axes axesOf(double degrees)
{
    if (degrees == 0)
        return {{1, 0}, {0, 1}};
    const double a = degrees * std::numbers::pi / 180;
    return {{std::cos(a), std::sin(a)}, {-std::sin(a), std::cos(a)}};
}

double dot(QPointF a, QPointF b)
{
    return QPointF::dotProduct(a, b);
}

/// Half the extent of a box along an axis.
double reach(const TurnedBox& b, const Axes& axes, QPointF axis)
{
    return std::abs(dot(axes.u, axis)) * b.size.width() / 2 + std::abs(dot(axes.v, axis)) * b.size.height() / 2;
}

constexpr double kTouch = 1e-6;

} // namespace

std::array<QPointF, 4> TurnedBox::corners() const
{
    const Axes axes = axesOf(angle);
    const QPointF u = axes.u * (size.width() / 2);
    const QPointF v = axes.v * (size.height() / 2);
    return {center - u - v, center + u - v, center + u + v, center - u + v};
}

QRectF TurnedBox::bounds() const
{
    const Axes axes = axesOf(angle);
    const double w = reach(*this, axes, {1, 0});
    const double h = reach(*this, axes, {0, 1});
    return {center.x() - w, center.y() - h, 2 * w, 2 * h};
}

bool TurnedBox::contains(QPointF p) const
{
    const Axes axes = axesOf(angle);
    const QPointF d = p - center;
    return std::abs(dot(d, axes.u)) <= size.width() / 2 && std::abs(dot(d, axes.v)) <= size.height() / 2;
}

bool overlap(const TurnedBox& a, const TurnedBox& b)
{
    // Two convex shapes are apart exactly if one of their edges' normals separates them.
    const Axes ax = axesOf(a.angle);
    const Axes bx = axesOf(b.angle);
    const QPointF d = b.center - a.center;
    for (const QPointF axis : {ax.u, ax.v, bx.u, bx.v})
        if (std::abs(dot(d, axis)) >= reach(a, ax, axis) + reach(b, bx, axis) - kTouch)
            return false;
    return true;
}

bool crosses(const TurnedBox& box, QPointF a, QPointF b)
{
    const QLineF line(a, b);
    return overlap(box, {line.center(), {line.length(), 0.02}, -line.angle()});
}

double distanceToSegment(QPointF p, QPointF a, QPointF b)
{
    const QPointF d = b - a;
    const double squared = dot(d, d);
    const double t = squared == 0 ? 0 : std::clamp(dot(p - a, d) / squared, 0.0, 1.0);
    return QLineF(p, a + d * t).length();
}

double distanceToPath(QPointF p, const QPolygonF& path)
{
    double best = 1e9;
    for (qsizetype i = 0; i + 1 < path.size(); ++i)
        best = std::min(best, distanceToSegment(p, path[i], path[i + 1]));
    return best;
}

double lengthOf(const QPolygonF& path)
{
    double sum = 0;
    for (qsizetype i = 0; i + 1 < path.size(); ++i)
        sum += QLineF(path[i], path[i + 1]).length();
    return sum;
}

QPointF pointAlong(const QPolygonF& path, double distance, double* angle)
{
    for (qsizetype i = 0; i + 1 < path.size(); ++i) {
        const QLineF piece(path[i], path[i + 1]);
        const bool last = i + 2 == path.size();
        if (distance <= piece.length() || last) {
            if (angle != nullptr)
                *angle = -piece.angle();
            return piece.length() == 0 ? path[i] : piece.pointAt(std::clamp(distance / piece.length(), 0.0, 1.0));
        }
        distance -= piece.length();
    }
    return path.isEmpty() ? QPointF() : path.last();
}

QPolygonF cutPath(const QPolygonF& path, double from, double to)
{
    QPolygonF cut{pointAlong(path, from)};
    double at = 0;
    for (qsizetype i = 0; i + 1 < path.size(); ++i) {
        at += QLineF(path[i], path[i + 1]).length();
        if (at > from && at < to)
            cut << path[i + 1];
    }
    cut << pointAlong(path, to);
    return cut;
}

QPainterPath roundedPath(const QPolygonF& points, double radius)
{
    QPainterPath path;
    if (points.isEmpty())
        return path;
    path.moveTo(points.first());
    for (qsizetype i = 1; i + 1 < points.size(); ++i) {
        const QLineF in(points[i], points[i - 1]);
        const QLineF out(points[i], points[i + 1]);
        const double r = std::min({radius, in.length() / 2, out.length() / 2});
        path.lineTo(in.length() == 0 ? points[i] : in.pointAt(r / in.length()));
        path.quadTo(points[i], out.length() == 0 ? points[i] : out.pointAt(r / out.length()));
    }
    path.lineTo(points.last());
    return path;
}

void BoxIndex::add(const TurnedBox& box, int id)
{
    const QRectF bounds = box.bounds();
    const int entry = static_cast<int>(entries_.size());
    entries_.push_back({box, bounds, id});
    const int last = static_cast<int>(std::floor((bounds.bottom() - top_) / band_));
    for (int band = static_cast<int>(std::floor((bounds.top() - top_) / band_)); band <= last; ++band) {
        if (band < 0) {
            before_.push_back(entry);
            continue;
        }
        if (static_cast<std::size_t>(band) >= bands_.size())
            bands_.resize(static_cast<std::size_t>(band) + 1);
        bands_[static_cast<std::size_t>(band)].push_back(entry);
    }
}

std::vector<BoxIndex::Span> BoxIndex::spansAt(double y, double reach) const
{
    std::vector<Span> found;
    const double band = std::floor((y - top_) / band_);
    if (band < 0 || static_cast<std::size_t>(band) >= bands_.size())
        return found;
    for (const int i : bands_[static_cast<std::size_t>(band)]) {
        const Entry& e = entries_[static_cast<std::size_t>(i)];
        if (e.bounds.top() > y + reach || e.bounds.bottom() < y - reach)
            continue;
        // The edges' crossings with the strip, and the corners within it.
        Span span{1e9, -1e9};
        const auto take = [&span](double x) {
            span.from = std::min(span.from, x);
            span.to = std::max(span.to, x);
        };
        const auto corners = e.box.corners();
        for (std::size_t k = 0; k < corners.size(); ++k) {
            const QPointF a = corners[k];
            const QPointF b = corners[(k + 1) % corners.size()];
            if (std::abs(a.y() - y) <= reach)
                take(a.x());
            for (const double edge : {y - reach, y + reach})
                if ((a.y() - edge) * (b.y() - edge) < 0)
                    take(a.x() + (b.x() - a.x()) * (edge - a.y()) / (b.y() - a.y()));
        }
        if (span.from < span.to)
            found.push_back(span);
    }
    return found;
}

bool BoxIndex::hits(const TurnedBox& box, int except) const
{
    const QRectF bounds = box.bounds();
    const auto any = [&](const std::vector<int>& candidates) {
        return std::any_of(candidates.begin(), candidates.end(), [&](int i) {
            const Entry& e = entries_[static_cast<std::size_t>(i)];
            return e.id != except && e.bounds.intersects(bounds) && overlap(e.box, box);
        });
    };
    const int last = static_cast<int>(std::floor((bounds.bottom() - top_) / band_));
    for (int band = static_cast<int>(std::floor((bounds.top() - top_) / band_)); band <= last; ++band) {
        if (band < 0 ? any(before_)
                     : static_cast<std::size_t>(band) < bands_.size() && any(bands_[static_cast<std::size_t>(band)]))
            return true;
    }
    return false;
}

} // namespace packetarium
