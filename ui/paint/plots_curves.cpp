// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/plots_curves.h"

#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

/// Values far outside are drawn a little outside: what is clipped costs nothing, and huge coordinates draw badly.
double inside(const PlotPanel& panel, double y)
{
    return std::clamp(y, panel.body.top() - 20, panel.body.bottom() + 20);
}

/// Collects a staircase column by column.
class Staircase {
public:
    void add(double x, double y)
    {
        if (path_.isEmpty() && !open_) {
            begin(x, y);
            path_ << QPointF(x, y);
            return;
        }
        if (std::floor(x) != column_) {
            flush();
            path_ << QPointF(x, last_);
            begin(x, last_);
        }
        low_ = std::min(low_, y);
        high_ = std::max(high_, y);
        last_ = y;
        x_ = x;
    }
    QPolygonF finish(double x)
    {
        if (!open_)
            return {};
        flush();
        path_ << QPointF(x, last_);
        open_ = false;
        return std::exchange(path_, {});
    }
    bool isOpen() const { return open_; }

private:
    void begin(double x, double y)
    {
        open_ = true;
        column_ = std::floor(x);
        x_ = x;
        low_ = high_ = last_ = y;
    }
    void flush()
    {
        const double from = path_.isEmpty() ? last_ : path_.last().y();
        if (low_ < std::min(from, last_))
            path_ << QPointF(x_, low_);
        if (high_ > std::max(from, last_))
            path_ << QPointF(x_, high_);
        if (path_.isEmpty() || path_.last() != QPointF(x_, last_))
            path_ << QPointF(x_, last_);
    }

    QPolygonF path_;
    double column_ = 0, x_ = 0, low_ = 0, high_ = 0, last_ = 0;
    bool open_ = false;
};

/// Vertical lines of one column after the other, those that touch made one.
class Columns {
public:
    void add(double x, double bottom, double top)
    {
        if (!lines_.empty() && std::floor(x) != column_)
            flush();
        column_ = std::floor(x);
        lines_.push_back({top, bottom});
    }
    std::vector<QLineF> take()
    {
        flush();
        return std::move(out_);
    }

private:
    void flush()
    {
        std::ranges::sort(lines_);
        for (std::size_t i = 0; i < lines_.size();) {
            double bottom = lines_[i].second;
            std::size_t k = i + 1;
            for (; k < lines_.size() && lines_[k].first <= bottom + 1; ++k)
                bottom = std::max(bottom, lines_[k].second);
            out_.emplace_back(column_ + 0.5, bottom, column_ + 0.5, lines_[i].first);
            i = k;
        }
        lines_.clear();
    }
    double column_ = 0;
    std::vector<std::pair<double, double>> lines_;
    std::vector<QLineF> out_;
};

template <class Point>
auto inSight(const PlotsLayout& layout, const std::vector<Point>& points)
{
    const auto first = std::ranges::lower_bound(points, layout.from(), {}, &Point::at);
    const auto last = std::ranges::upper_bound(points, layout.to(), {}, &Point::at);
    return std::ranges::subrange(first, std::max(first, last));
}

} // namespace

std::vector<QPolygonF> stepPaths(const PlotsLayout& layout, const PlotPanel& panel, const Series& series,
                                 const std::function<bool(std::int64_t)>& wanted)
{
    std::vector<QPolygonF> paths;
    Staircase stairs;
    const auto add = [&](double x, std::int64_t value) {
        if (!wanted || wanted(value))
            stairs.add(x, inside(panel, panel.y(static_cast<double>(value))));
        else if (stairs.isOpen())
            paths.push_back(stairs.finish(x));
    };
    if (const auto before = valueAt(series, layout.from()))
        add(panel.body.left(), *before);
    for (const SeriesPoint& p : inSight(layout, series))
        add(layout.x(p.at), p.value);
    if (stairs.isOpen())
        paths.push_back(stairs.finish(std::min(panel.body.right(), layout.x(layout.endOf(series)))));
    return paths;
}

SegmentBars segmentBars(const PlotsLayout& layout, const PlotPanel& panel, SegmentSort sort)
{
    SegmentBars result;
    const auto segments = inSight(layout, layout.flow()->segments);
    result.merged = static_cast<double>(segments.size()) > panel.body.width();
    Columns columns;
    for (const SegmentPoint& s : segments) {
        if (s.retransmission != (sort == SegmentSort::Again))
            continue;
        const double x = layout.x(s.at);
        const double bottom = panel.y(static_cast<double>(s.from));
        const double top = std::min(panel.y(static_cast<double>(s.to)), bottom - 2);
        if (result.merged)
            columns.add(x, bottom, top);
        else
            result.bars.emplace_back(x, bottom, x, top);
    }
    if (result.merged)
        result.bars = columns.take();
    return result;
}

std::vector<QPointF> lostPoints(const PlotsLayout& layout, const PlotPanel& panel, double apart)
{
    std::vector<QPointF> points;
    for (const SegmentPoint& s : inSight(layout, layout.flow()->segments)) {
        if (s.lostAt.isNever())
            continue;
        const QPointF at(layout.x(s.at), panel.y(static_cast<double>(s.from + s.to) / 2));
        if (points.empty() || std::abs(points.back().x() - at.x()) + std::abs(points.back().y() - at.y()) >= apart)
            points.push_back(at);
    }
    // A loss in every other place would hide what it befell: then fewer crosses stand for all of them.
    if (static_cast<double>(points.size()) * apart * 3 > panel.body.width()) {
        double last = -1e9;
        std::erase_if(points, [&](const QPointF& at) {
            const bool close = at.x() - last < apart * 6;
            last = close ? last : at.x();
            return close;
        });
    }
    return points;
}

std::vector<QPointF> samplePoints(const PlotsLayout& layout, const PlotPanel& panel, const Series& series)
{
    std::vector<QPointF> points;
    const auto all = inSight(layout, series);
    if (static_cast<double>(all.size()) <= panel.body.width()) {
        for (const SeriesPoint& p : all)
            points.emplace_back(layout.x(p.at), panel.y(static_cast<double>(p.value)));
        return points;
    }
    // Of a column its least and its greatest.
    double column = -1, low = 0, high = 0;
    const auto flush = [&] {
        if (column < 0)
            return;
        points.emplace_back(column + 0.5, low);
        if (high - low > 1)
            points.emplace_back(column + 0.5, high);
    };
    for (const SeriesPoint& p : all) {
        const double x = std::floor(layout.x(p.at)), y = panel.y(static_cast<double>(p.value));
        if (x != column) {
            flush();
            column = x;
            low = high = y;
        }
        low = std::min(low, y);
        high = std::max(high, y);
    }
    flush();
    return points;
}

std::vector<QLineF> sackBars(const PlotsLayout& layout, const PlotPanel& panel)
{
    Columns columns;
    for (const SackPoint& s : inSight(layout, layout.flow()->sacks))
        columns.add(layout.x(s.at), inside(panel, panel.y(static_cast<double>(s.from))),
                    inside(panel, panel.y(static_cast<double>(s.to))));
    return columns.take();
}

std::vector<QPointF> repeatedAcks(const PlotsLayout& layout, const PlotPanel& panel, double apart)
{
    std::vector<QPointF> points;
    for (const AckPoint& a : inSight(layout, layout.flow()->acks))
        if (a.repeated) {
            const QPointF at(layout.x(a.at), inside(panel, panel.y(static_cast<double>(a.ack))));
            if (points.empty() || at.x() - points.back().x() >= apart)
                points.push_back(at);
        }
    return points;
}

QPolygonF ratePath(const PlotsLayout& layout, const PlotPanel& panel, const std::vector<double>& rates)
{
    static_cast<void>(layout);
    QPolygonF path;
    const double width = panel.body.width() / static_cast<double>(std::max<std::size_t>(1, rates.size()));
    path << panel.body.bottomLeft();
    for (std::size_t i = 0; i < rates.size(); ++i) {
        const double left = panel.body.left() + width * static_cast<double>(i), y = panel.y(rates[i]);
        path << QPointF(left, y) << QPointF(left + width, y);
    }
    path << panel.body.bottomRight();
    return path;
}

} // namespace packetarium
