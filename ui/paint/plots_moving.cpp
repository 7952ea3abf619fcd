// SPDX-License-Identifier: GPL-3.0-or-later
//
// What lies over the curves: what has not happened yet, marks, phases, the now-line, the pointer's reading.
#include "ui/paint/plots_painter.h"

#include "ui/i18n/catalogue_plots.h"
#include "ui/paint/plots_marks.h"
#include "ui/paint/primitives.h"

#include <QPainter>
#include <algorithm>

namespace packetarium {
namespace {

Role roleOf(CongestionPhase phase)
{
    switch (phase) {
    case CongestionPhase::SlowStart: return Role::Good;
    case CongestionPhase::CongestionAvoidance: return Role::Accent;
    case CongestionPhase::FastRecovery: return Role::Fin;
    case CongestionPhase::AfterTimeout: return Role::Data;
    }
    return Role::Muted;
}

void drawFuture(QPainter& p, const StageScene& scene, const PlotsLayout& layout)
{
    const double now = layout.x(scene.moment->at);
    p.setPen(Qt::NoPen);
    p.setBrush(scene.predicting ? scene.theme.color(Role::Sunken) : faded(scene.theme.color(Role::Background), 0.58));
    for (const PlotPanel& panel : layout.panels()) {
        const double left = std::max(now, panel.body.left());
        if (!panel.empty && left < panel.body.right())
            p.drawRect(QRectF(QPointF(left, panel.body.top()), panel.body.bottomRight()));
    }
}

void drawMarks(QPainter& p, const StageScene& scene, const PlotsLayout& layout)
{
    const Theme& theme = scene.theme;
    for (const PlotMark& mark : layout.marks()) {
        const SimTime at = layout.flow()->events[mark.events.front()].at;
        if (!scene.tells(at))
            continue;
        p.setPen(dashPen(faded(theme.color(roleOf(mark.kind)), 0.6), theme.px(1), theme.px(2), theme.px(3)));
        for (const PlotPanel& panel : layout.panels())
            p.drawLine(QPointF(layout.x(at), panel.body.top()), QPointF(layout.x(at), panel.body.bottom()));
        drawMarkBadge(p, theme, mark.kind, mark.box, mark.text);
    }
}

void drawPhases(QPainter& p, const StageScene& scene, const PlotsLayout& layout)
{
    const Theme& theme = scene.theme;
    for (const PlotPhase& phase : layout.phases()) {
        if (!scene.tells(phase.from))
            continue;
        const QColor colour = theme.color(roleOf(phase.phase));
        p.setPen(linePen(theme.color(Role::LineStrong), theme.px(1)));
        p.setBrush(blended(theme.color(Role::Card), colour, 0.16));
        p.drawRect(phase.box);
        if (!phase.text.isEmpty())
            drawText(p, theme, TextStyle::Small, theme.color(Role::Ink), phase.box, Qt::AlignCenter, phase.text);
    }
}

void drawRing(QPainter& p, const StageScene& scene, const PlotsLayout& layout, const Selection& what, double opacity)
{
    if (what.kind != Selection::Kind::Packet)
        return;
    const auto box = plotsBoxOf(scene, layout, what.packet);
    if (!box)
        return;
    const Theme& theme = scene.theme;
    p.setBrush(Qt::NoBrush);
    p.setPen(linePen(faded(theme.color(Role::Focus), opacity), theme.px(2)));
    const double by = theme.px(4);
    p.drawRoundedRect(box->adjusted(-by, -by, by, by), theme.px(4), theme.px(4));
}

void drawNow(QPainter& p, const StageScene& scene, const PlotsLayout& layout)
{
    const Theme& theme = scene.theme;
    const double x = layout.x(scene.moment->at);
    const QRectF lane = layout.nowLane();
    QString text = fromUtf8(durationText(scene.moment->at - SimTime::zero(), scene.language));
    if (x < lane.left() - 0.5)
        text.prepend(QStringLiteral("◀ "));
    else if (x > lane.right() + 0.5)
        text.append(QStringLiteral(" ▶"));
    else {
        p.setPen(dashPen(theme.color(Role::Now), theme.px(1.5), theme.px(5), theme.px(3)));
        // Not through the words between the plots.
        p.drawLine(QPointF(x, lane.bottom()), QPointF(x, layout.markLane().bottom()));
        for (const PlotPanel& panel : layout.panels())
            p.drawLine(QPointF(x, panel.body.top()), QPointF(x, panel.body.bottom()));
    }
    const double width = layout.ruler().width(TextStyle::Label, text) + theme.px(16);
    const double middle =
        std::clamp(x, lane.left() + width / 2, std::max(lane.left() + width / 2, lane.right() - width / 2));
    const QRectF pill(middle - width / 2, lane.top(), width, lane.height());
    p.setPen(Qt::NoPen);
    p.setBrush(theme.color(Role::Now));
    p.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);
    drawText(p, theme, TextStyle::Label, theme.color(Role::OnNow), pill, Qt::AlignCenter, text);
}

struct ReadingCard {
    std::vector<PlotsReading> readings;
    QRectF box; ///< empty: there is no room
};

/// Nothing where there is nothing to read.
std::optional<ReadingCard> readingAt(const StageScene& scene, const PlotsLayout& layout, QPointF at)
{
    const Theme& theme = scene.theme;
    const PlotPanel* panel = layout.panelAt(at);
    if (panel == nullptr || panel->empty || !scene.tells(layout.timeAt(at.x())))
        return std::nullopt;
    const QRectF& body = panel->body;
    ReadingCard result{plotsReadings(scene, layout, at), {}};
    std::vector<PlotsReading>& readings = result.readings;
    const TextRuler& ruler = layout.ruler();
    const double row = ruler.height(TextStyle::Small), pad = theme.px(6);
    const auto most = static_cast<std::size_t>(std::max(1.0, (body.height() - 2 * pad) / row));
    readings.resize(std::min(readings.size(), most));
    double names = 0, values = 0;
    for (const PlotsReading& r : readings) {
        names = std::max(names, ruler.width(TextStyle::Small, r.name));
        values = std::max(values, ruler.width(TextStyle::MonoSmall, r.value));
    }
    QRectF card(0, 0, names + values + theme.px(10) + 2 * pad, row * static_cast<double>(readings.size()) + 2 * pad);
    if (card.width() > body.width() || card.height() > body.height() + pad)
        return result;
    const double beside = theme.px(12);
    card.moveLeft(at.x() + beside + card.width() <= body.right() ? at.x() + beside : at.x() - beside - card.width());
    card.moveLeft(std::clamp(card.left(), body.left(), body.right() - card.width()));
    card.moveTop(
        std::clamp(at.y() - card.height() / 2, body.top(), std::max(body.top(), body.bottom() - card.height())));
    result.box = card;
    return result;
}

void drawReading(QPainter& p, const StageScene& scene, const PlotsLayout& layout, QPointF at)
{
    const Theme& theme = scene.theme;
    const auto reading = readingAt(scene, layout, at);
    if (!reading)
        return;
    p.setPen(linePen(theme.color(Role::Muted), theme.px(1)));
    for (const PlotPanel& each : layout.panels())
        p.drawLine(QPointF(at.x(), each.body.top()), QPointF(at.x(), each.body.bottom()));
    const QRectF& card = reading->box;
    if (card.isEmpty())
        return;
    const double row = layout.ruler().height(TextStyle::Small), pad = theme.px(6);
    p.setPen(linePen(theme.color(Role::LineStrong), theme.px(1)));
    p.setBrush(theme.color(Role::Card));
    p.drawRoundedRect(card, theme.px(5), theme.px(5));
    double y = card.top() + pad;
    for (const PlotsReading& r : reading->readings) {
        const QRectF line(card.left() + pad, y, card.width() - 2 * pad, row);
        drawText(p, theme, TextStyle::Small, theme.color(Role::Muted), line, Qt::AlignLeft | Qt::AlignVCenter, r.name);
        drawText(p, theme, TextStyle::MonoSmall, theme.color(Role::Ink), line, Qt::AlignRight | Qt::AlignVCenter,
                 r.value);
        y += row;
    }
}

} // namespace

QRegion plotsPointerRegion(const StageScene& scene, const PlotsLayout& layout, QPointF at)
{
    const auto reading = layout.flow() != nullptr ? readingAt(scene, layout, at) : std::nullopt;
    if (!reading)
        return {};
    const QRectF area = layout.plotArea();
    QRegion region = QRectF(at.x() - 3, area.top() - 2, 6, area.height() + 4).toAlignedRect();
    return region + reading->box.adjusted(-2, -2, 2, 2).toAlignedRect();
}

void paintPlotsMoving(QPainter& p, const StageScene& scene, const PlotsLayout& layout, const PlotsPointer& pointer)
{
    if (layout.flow() == nullptr)
        return;
    p.setRenderHint(QPainter::Antialiasing);
    drawFuture(p, scene, layout);
    drawPhases(p, scene, layout);
    drawNow(p, scene, layout);
    drawMarks(p, scene, layout);
    drawRing(p, scene, layout, scene.hover, 0.5);
    drawRing(p, scene, layout, scene.selection, 1);
    if (pointer.box) {
        const QRectF area = layout.plotArea();
        const double left = std::clamp(std::min(pointer.box->first, pointer.box->second), area.left(), area.right());
        const double right = std::clamp(std::max(pointer.box->first, pointer.box->second), area.left(), area.right());
        p.setPen(linePen(scene.theme.color(Role::Accent), scene.theme.px(1.5)));
        p.setBrush(faded(scene.theme.color(Role::Accent), 0.18));
        p.drawRect(QRectF(left, area.top(), right - left, area.height()));
    } else if (pointer.at)
        drawReading(p, scene, layout, *pointer.at);
}

} // namespace packetarium
