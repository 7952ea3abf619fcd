// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/layers_layout.h"

#include "ui/paint/geometry.h"

#include <algorithm>
#include <cmath>

namespace packetarium {

namespace {

constexpr double kLeastWidth = 520, kLeastHeight = 330, kLeastHeightOsi = 372; // desktop pixels
constexpr double kMargin = 16;
constexpr double kCardWidth = 268;
constexpr double kWideFrom = 1060;
constexpr double kLayerGap = 4;

} // namespace

LayersLayout::LayersLayout(const StageScene& scene, QSizeF size, const LayersFrame& frame)
    : story_(scene, frame.openPicked)
    , theme_(scene.theme)
    , ruler_(scene.theme)
    , size_(size)
{
    const double leastHeight = scene.layers.osi ? kLeastHeightOsi : kLeastHeight;
    const double fit = std::min(size.width() / u(kLeastWidth), size.height() / u(leastHeight));
    // On a very large stage everything grows with it.
    const double large = std::min(size.width() / u(1250), size.height() / u(700));
    scale_ = fit < 1 ? std::max(fit, 0.05) : std::clamp(large, 1.0, 2.2);
    sheet_ = size / scale_;
    const double w = sheet_.width(), h = sheet_.height();
    const double margin = u(kMargin);

    const QSizeF controls = frame.controls / scale_;
    const double headerHeight = std::max(u(28), controls.height());
    double controlsWidth = controls.width();
    if (controlsWidth <= 0)
        controlsWidth = ruler_.width(TextStyle::Label, QStringLiteral("TCP/IP 4")) + u(24);
    controls_ = QRectF(w - margin - controlsWidth, u(6), controlsWidth, headerHeight);
    header_ = QRectF(margin, u(6), std::max(0.0, controls_.left() - margin - u(10)), headerHeight);
    if (!story_.hasLayers)
        return;

    double right = w - margin;
    const double top = controls_.bottom() + u(4);
    const bool wide = w >= u(kWideFrom);
    if (wide) {
        right -= u(kCardWidth) + u(20);
        bars_ = QRectF(right + u(20), top + u(20), u(kCardWidth), u(40) + 5 * u(25));
    }
    const double contentWidth = right - margin;

    const int rows = scene.layers.osi ? 7 : 5;
    const double gap = u(kLayerGap);
    const double nameHeight = u(20), cableHeight = u(16), titleHeight = u(22), connector = u(12);
    const double room = h - top - nameHeight - cableHeight - titleHeight - connector - u(10);
    const double block = std::clamp(0.085 * h, u(34), u(58));
    const double lowerWanted = std::clamp(0.32 * h, u(46), u(300));
    const double box = std::clamp((room - block - lowerWanted) / rows - gap, u(20), u(50));
    oneLine_ = box < u(37);
    placeColumns(margin, contentWidth, top, box, gap, rows);
    cableY_ = top + nameHeight + rows * (box + gap) + u(9);
    routeWay();

    const double unitTop = top + nameHeight + rows * (box + gap) + cableHeight;
    double unitRight = right;
    if (scene.layers.parcel) {
        if (wide) {
            parcel_ = QRectF(bars_.left(), bars_.bottom() + u(14), bars_.width(),
                             std::min(u(320), h - bars_.bottom() - u(24)));
        } else {
            const double width = std::clamp(0.3 * contentWidth, u(170), u(300));
            parcel_ = QRectF(right - width, unitTop, width, h - unitTop - u(8));
            unitRight = parcel_.left() - u(14);
        }
    }
    title_ = QRectF(margin, unitTop, unitRight - margin, titleHeight);
    sumText_ = story_.sum;
    double sumWidth = ruler_.width(TextStyle::MonoSmall, sumText_);
    if (sumWidth > title_.width() * 0.5) {
        // The whole says enough where the sum has no room.
        sumText_ = sumText_.section(QLatin1Char('='), -1).trimmed();
        sumWidth = ruler_.width(TextStyle::MonoSmall, sumText_);
    }
    titleText_ = ruler_.fitted(TextStyle::Label, story_.title, title_.width() - sumWidth - u(14));
    placeUnit(QRectF(margin, title_.bottom(), unitRight - margin, block));

    QRectF lower(margin, title_.bottom() + block + connector, unitRight - margin,
                 h - title_.bottom() - block - connector - u(8));
    const double strip = u(46);
    if (story_.fields.empty()) {
        lower.setHeight(std::min(lower.height(), u(230)));
        placeBits(lower, frame, scene);
    } else {
        const bool lines = story_.openLayer == Layer::Application;
        const double least = lines ? u(30) : u(46);
        QRectF zone = lower;
        if (lower.height() >= least + u(8) + strip)
            zone.setHeight(lower.height() - strip - u(8));
        lines ? placeLines(zone) : placeCells(zone);
        const double used = fields_.bottom() + u(8);
        if (lower.bottom() - used >= strip)
            placeBits(QRectF(lower.left(), used, lower.width(), std::min(u(120), lower.bottom() - used)), frame, scene);
    }
}

void LayersLayout::placeColumns(double left, double width, double top, double boxHeight, double gap, int rows)
{
    const std::size_t count = story_.nodes.size();
    columns_.resize(count);
    const std::size_t current = story_.way[story_.here];
    const double gutter = u(24), fullLeast = u(96), slimWidth = u(38);
    std::size_t shown = count;
    const auto isFull = [&](std::size_t i) { return i == 0 || i + 1 == count || i == current; };
    for (std::size_t i = 0; i < count; ++i)
        columns_[i].node = i;

    double full = (width - static_cast<double>(count - 1) * gutter) / static_cast<double>(count);
    if (full < fullLeast) {
        const auto fullCount = static_cast<double>(current == 0 || current + 1 == count ? 2 : 3);
        const auto widthOfFull = [&] {
            const double slim = static_cast<double>(shown) - fullCount;
            return (width - static_cast<double>(shown - 1) * gutter - slim * slimWidth) / fullCount;
        };
        // What is farthest from the act goes first.
        while (shown > 3 && widthOfFull() < u(86)) {
            std::size_t farthest = count;
            for (std::size_t i = 0; i < count; ++i) {
                const auto away = [&](std::size_t k) { return k > current ? k - current : current - k; };
                if (!isFull(i) && !columns_[i].hidden && (farthest == count || away(i) > away(farthest)))
                    farthest = i;
            }
            if (farthest == count)
                break;
            columns_[farthest].hidden = true;
            --shown;
        }
        for (std::size_t i = 0; i < count; ++i)
            columns_[i].slim = !isFull(i);
        full = std::max(u(60), widthOfFull());
    }
    full = std::min(full, u(176));
    double used = 0;
    for (const LayerColumn& c : columns_)
        if (!c.hidden)
            used += c.slim ? slimWidth : full;
    const double between = shown > 1 ? (width - used) / static_cast<double>(shown - 1) : 0;

    const double bottom = top + u(20) + (boxHeight + gap) * rows;
    double x = left;
    for (LayerColumn& c : columns_) {
        if (c.hidden) {
            c.left = c.right = c.inX = c.outX = x - between / 2;
            continue;
        }
        const StackNode& node = story_.nodes[c.node];
        c.left = x;
        c.right = x + (c.slim ? slimWidth : full);
        double y = bottom;
        for (std::size_t i = 0; i < node.layers.size(); ++i) {
            c.boxes.emplace_back(c.left, y - boxHeight - gap, c.right - c.left, boxHeight);
            y -= boxHeight + gap;
            // TCP/IP's network interface: the link's frame and the cable's bits are one.
            if (i == 0 && story_.nodes[c.node].layers.size() > 1 && node.layers[1].number == 1 &&
                node.layers[0].number == 0)
                c.boxes[0].adjust(0, -gap + u(1), 0, 0);
        }
        const double around = std::min(between, u(60)) / 2 - u(3);
        const double room = c.right - c.left + 2 * std::max(0.0, around);
        c.name = ruler_.fitted(TextStyle::Label, node.label, room);
        const double nameWidth = ruler_.width(TextStyle::Label, c.name) + 1;
        double nameLeft = (c.left + c.right - nameWidth) / 2;
        nameLeft = std::clamp(nameLeft, left, std::max(left, left + width - nameWidth));
        c.nameBox = QRectF(nameLeft, y - u(18), nameWidth, u(16));
        const double side = std::min(u(9), between / 3);
        const bool forward = story_.way.front() == 0;
        c.inX = forward ? c.left - side : c.right + side;
        c.outX = forward ? c.right + side : c.left - side;
        x = c.right + between;
    }
}

void LayersLayout::routeWay()
{
    double along = 0;
    const auto go = [&](QPointF to) {
        if (!way_.isEmpty())
            along += std::hypot(to.x() - way_.last().x(), to.y() - way_.last().y());
        way_ << to;
    };
    const std::size_t stops = story_.way.size();
    inAt_.assign(stops, 0);
    outAt_.assign(stops, 0);
    for (std::size_t i = 0; i < stops; ++i) {
        const LayerColumn& c = columns_[story_.way[i]];
        const StackNode& node = story_.nodes[c.node];
        const double topY = c.hidden ? cableY_ : c.boxes[static_cast<std::size_t>(node.top())].center().y();
        if (i > 0) {
            go({c.inX, cableY_});
            inAt_[i] = along;
            if (!c.hidden)
                go({c.inX, topY});
        }
        if (i + 1 < stops) {
            if (!c.hidden)
                go({c.outX, topY});
            outAt_[i] = along;
            go({c.outX, cableY_});
        }
    }
}

double LayersLayout::wayAt(std::size_t onWay, bool arriving, Layer layer) const
{
    const LayerColumn& c = columns_[story_.way[onWay]];
    if (c.hidden)
        return inAt_[onWay];
    const StackNode& node = story_.nodes[c.node];
    double y = cableY_;
    for (std::size_t i = 0; i < node.layers.size() && i < c.boxes.size(); ++i)
        if (node.layers[i].layer() == layer)
            y = c.boxes[i].center().y();
    const double topY = c.boxes[static_cast<std::size_t>(node.top())].center().y();
    y = std::max(y, topY);
    return arriving || onWay + 1 == story_.way.size() ? inAt_[onWay] + cableY_ - y : outAt_[onWay] + y - topY;
}

double LayersLayout::wayOnCable(std::size_t onWay, double part) const
{
    if (onWay + 1 >= story_.way.size())
        return inAt_.back();
    const LayerColumn& c = columns_[story_.way[onWay]];
    const StackNode& node = story_.nodes[c.node];
    const double topY = c.hidden ? cableY_ : c.boxes[static_cast<std::size_t>(node.top())].center().y();
    const double from = outAt_[onWay] + cableY_ - topY;
    return from + (inAt_[onWay + 1] - from) * part;
}

} // namespace packetarium
