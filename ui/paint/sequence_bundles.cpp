// SPDX-License-Identifier: GPL-3.0-or-later
//
// Bundles of the sequence view: many packets of one direction as one surface.
#include "ui/i18n/catalogue.h"
#include "ui/i18n/stage_words.h"
#include "ui/paint/primitives.h"
#include "ui/paint/sequence_marks.h"
#include "ui/paint/sequence_painter.h"

#include <QPainter>
#include <algorithm>

namespace packetarium {

namespace {

/// From where its sender's edge to where its receiver's edge lies.
QPolygonF shapeOf(const SequenceLayout& layout, const SequenceBundle& b)
{
    const double way = layout.x(b.from) < layout.x(b.to) ? 1 : -1;
    const double from = layout.x(b.from) + way * (layout.bandWidth() / 2 + 2);
    const double to = layout.x(b.to) - way * (layout.bandWidth() / 2 + 2);
    return {{from, b.startTop},
            {to, b.endTop},
            {to, std::max(b.endBottom, b.endTop + 1)},
            {from, std::max(b.startBottom, b.startTop + 1)}};
}

} // namespace

void drawBundle(QPainter& p, const StageScene& scene, const SequenceLayout& layout, const SequenceBundle& bundle)
{
    const Theme& theme = scene.theme;
    const SequenceLayout::BundleDone done = layout.bundleDone(bundle, scene.moment->recordsDone);
    if (done.sent < bundle.count()) {
        // What has not been sent is as pale as an arrow that has not; without its dashes, which cost more than all the rest.
        const QPolygonF shape = shapeOf(layout, bundle);
        const QColor faint = blended(theme.color(Role::Background), theme.color(Role::Muted), 0.35);
        drawStroke(p, linePen(faint, theme.px(1)), {shape[3], shape[2]});
    }
    if (done.ended == 0)
        return;
    const QPolygonF shape = shapeOf(layout, layout.firstOf(bundle, done.ended));
    const QColor main = theme.color(sideRoles(layout.side(bundle.from)).main);
    p.setPen(Qt::NoPen);
    p.setBrush(faded(main, 0.16));
    p.drawPolygon(shape);
    drawStroke(p, linePen(main, theme.px(1.2)), {shape[0], shape[1]});
    const double angle = layout.x(bundle.from) < layout.x(bundle.to) ? 0 : 180;
    drawArrowHead(p, (shape[1] + shape[2]) / 2, angle, theme.px(10), main);
}

void drawBundleCount(QPainter& p, const StageScene& scene, const SequenceLayout& layout, const SequenceBundle& bundle)
{
    const int count = layout.bundleDone(bundle, scene.moment->recordsDone).ended;
    if (count == 0 || !bundle.placed)
        return;
    const Theme& theme = scene.theme;
    const QRectF box = bundle.box.bounds();
    const QColor main = theme.color(sideRoles(layout.side(bundle.from)).main);
    p.setPen(linePen(main, theme.px(1.2)));
    p.setBrush(theme.color(Role::Card));
    p.drawRoundedRect(box, theme.px(4), theme.px(4));
    drawText(p, theme, TextStyle::Label, theme.color(Role::Ink), box, Qt::AlignCenter, bundleWords(count));
}

std::optional<SequenceBundle> sequenceBundleAt(const SequenceLayout& layout, double scroll, QPointF at)
{
    if (at.y() < layout.headerHeight())
        return std::nullopt;
    const QPointF content = at + QPointF(0, scroll - layout.headerHeight());
    std::vector<SequenceBundle> near = layout.bundlesIn(content.y() - 8, content.y() + 8);
    for (const SequenceBundle& b : near)
        if (b.placed && b.box.contains(content))
            return b;
    for (auto b = near.rbegin(); b != near.rend(); ++b)
        if (shapeOf(layout, *b).containsPoint(content, Qt::OddEvenFill))
            return *b;
    return std::nullopt;
}

QString sequenceBundleWords(const StageScene& scene, const SequenceLayout& layout, const SequenceBundle& bundle)
{
    const SequenceLayout::BundleDone done = layout.bundleDone(bundle, scene.moment->recordsDone);
    if (done.sent == 0)
        return {};
    const auto& arrows = layout.model().arrows;
    const auto at = [&](int place) {
        const SimTime sent = arrows[static_cast<std::size_t>(layout.arrowIn(bundle, place))].sentAt;
        return durationText(sent - SimTime::zero(), scene.language);
    };
    const auto name = [&](NodeId node) {
        return node.value() < scene.hostLabels.size() ? scene.hostLabels[node.value()].toStdString() : std::string();
    };
    return fromUtf8(
        sentence(StageWord::BundleOf, scene.language,
                 {name(bundle.from), name(bundle.to), std::to_string(done.sent), at(0), at(done.sent - 1)}));
}

} // namespace packetarium
