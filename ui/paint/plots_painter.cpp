// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/plots_painter.h"

#include "ui/i18n/catalogue_plots.h"
#include "ui/paint/plots_curves.h"
#include "ui/paint/plots_marks.h"
#include "ui/paint/plots_strokes.h"
#include "ui/paint/primitives.h"

#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

Role roleOf(PlotLine line)
{
    switch (line) {
    case PlotLine::Segment:
    case PlotLine::Arrived:
    case PlotLine::Waiting: return Role::Data;
    case PlotLine::Again: return Role::Fin;
    case PlotLine::Lost:
    case PlotLine::Ssthresh:
    case PlotLine::Rto:
    case PlotLine::Dropped: return Role::Rst;
    case PlotLine::Acknowledged:
    case PlotLine::Cwnd:
    case PlotLine::Marked:
    case PlotLine::Srtt: return Role::Accent;
    case PlotLine::Window:
    case PlotLine::Sack:
    case PlotLine::Fresh: return Role::Good;
    case PlotLine::InFlight:
    case PlotLine::Sample: return Role::Muted;
    }
    return Role::Ink;
}

QPen penOf(const Theme& theme, PlotLine line)
{
    const QColor colour = theme.color(roleOf(line));
    switch (line) {
    case PlotLine::Window: return dashPen(colour, theme.px(1.5), theme.px(6), theme.px(3));
    case PlotLine::Ssthresh:
    case PlotLine::Rto: return dashPen(colour, theme.px(1.7), theme.px(4), theme.px(3));
    case PlotLine::InFlight: return dashPen(colour, theme.px(1.5), theme.px(1.5), theme.px(2));
    case PlotLine::Cwnd: return linePen(colour, theme.px(2.2));
    case PlotLine::Sample: return linePen(colour, theme.px(1.3));
    default: return linePen(colour, theme.px(1.7));
    }
}

/// A bar with feet at both ends: told from a plain one without its colour.
void drawFeet(QPainter& p, const QLineF& bar, double reach)
{
    p.drawLine(bar);
    p.drawLine(bar.p1() - QPointF(reach, 0), bar.p1() + QPointF(reach, 0));
    p.drawLine(bar.p2() - QPointF(reach, 0), bar.p2() + QPointF(reach, 0));
}

/// A bracket, open to the right.
void drawBracket(QPainter& p, const QLineF& bar, double reach)
{
    p.drawLine(bar);
    p.drawLine(bar.p1(), bar.p1() + QPointF(reach, 0));
    p.drawLine(bar.p2(), bar.p2() + QPointF(reach, 0));
}

void drawArea(QPainter& p, const Theme& theme, const QPolygonF& top, double floor, Role role)
{
    fillUnder(p, top, floor, faded(theme.color(role), 0.25));
    strokeSteps(p, top, linePen(theme.color(role), theme.px(1.4)));
}

/// A mark of congestion: a triangle that points down.
void drawMark(QPainter& p, const Theme& theme, const QPointF& c)
{
    const double r = theme.px(4);
    QPolygonF triangle;
    triangle << c + QPointF(-r, -0.8 * r) << c + QPointF(r, -0.8 * r) << c + QPointF(0, r);
    p.setPen(Qt::NoPen);
    p.setBrush(theme.color(Role::Accent));
    p.drawPolygon(triangle);
    p.setBrush(Qt::NoBrush);
}

void drawSample(QPainter& p, const Theme& theme, PlotLine line, const QRectF& box)
{
    const QPointF c = box.center();
    const double half = box.height() * 0.32;
    const QLineF bar(c.x(), c.y() + half, c.x(), c.y() - half);
    p.setPen(penOf(theme, line));
    p.setBrush(Qt::NoBrush);
    switch (line) {
    case PlotLine::Segment:
        p.setPen(QPen(theme.color(Role::Data), theme.px(3), Qt::SolidLine, Qt::FlatCap));
        p.drawLine(bar);
        break;
    case PlotLine::Again: drawFeet(p, bar, theme.px(3)); break;
    case PlotLine::Sack: drawBracket(p, bar, theme.px(3.5)); break;
    case PlotLine::Lost:
    case PlotLine::Dropped: drawCross(p, c, theme.px(4), theme.px(1.8), theme.color(Role::Rst)); break;
    case PlotLine::Marked: drawMark(p, theme, c); break;
    case PlotLine::Sample: p.drawEllipse(c, theme.px(2.6), theme.px(2.6)); break;
    case PlotLine::Arrived:
    case PlotLine::Waiting: {
        QPolygonF steps;
        steps << QPointF(box.left(), c.y()) << QPointF(c.x(), c.y()) << QPointF(c.x(), c.y() - half)
              << QPointF(box.right(), c.y() - half);
        drawArea(p, theme, steps, c.y() + half, Role::Data);
        break;
    }
    default: p.drawLine(QPointF(box.left(), c.y()), QPointF(box.right(), c.y())); break;
    }
}

void drawPaths(QPainter& p, const Theme& theme, PlotLine line, const std::vector<QPolygonF>& paths)
{
    for (const QPolygonF& path : paths)
        strokeSteps(p, path, penOf(theme, line));
}

void drawSequence(QPainter& p, const Theme& theme, const PlotsLayout& layout, const PlotPanel& panel)
{
    const FlowSeries& flow = *layout.flow();
    drawPaths(p, theme, PlotLine::Window, stepPaths(layout, panel, flow.edge));
    drawPaths(p, theme, PlotLine::Acknowledged, stepPaths(layout, panel, flow.acked));
    std::vector<QLineF> ticks;
    for (const QPointF& at : repeatedAcks(layout, panel, theme.px(4)))
        ticks.emplace_back(at, at - QPointF(0, theme.px(5)));
    strokeUpright(p, ticks, theme.color(roleOf(PlotLine::Acknowledged)), theme.px(1.5));
    const SegmentBars sent = segmentBars(layout, panel, SegmentSort::First);
    strokeUpright(p, sent.bars, theme.color(Role::Data), sent.merged ? 1.0 : theme.px(3));
    // Feet and brackets tell their sort from others; where everything runs together they would only smear.
    const std::vector<QLineF> held = sackBars(layout, panel);
    const std::vector<QLineF> again = segmentBars(layout, panel, SegmentSort::Again).bars;
    const bool crowded = static_cast<double>(held.size() + again.size()) > panel.body.width();
    if (crowded) {
        strokeUpright(p, held, theme.color(roleOf(PlotLine::Sack)), theme.px(1.2));
        strokeUpright(p, again, theme.color(roleOf(PlotLine::Again)), theme.px(1.6));
    } else {
        p.setPen(penOf(theme, PlotLine::Sack));
        for (const QLineF& bar : held)
            drawBracket(p, bar, theme.px(3));
        p.setPen(penOf(theme, PlotLine::Again));
        for (const QLineF& bar : again)
            drawFeet(p, bar, theme.px(3));
    }
    for (const QPointF& at : lostPoints(layout, panel, theme.px(3)))
        drawCross(p, at, theme.px(4), theme.px(1.8), theme.color(Role::Rst));
}

void drawCurves(QPainter& p, const Theme& theme, const PlotsLayout& layout, const PlotPanel& panel)
{
    const FlowSeries& flow = *layout.flow();
    const auto variable = [&](PlotLine line, Variable v, bool (*wanted)(std::int64_t)) {
        drawPaths(p, theme, line, stepPaths(layout, panel, flow.variable(v), wanted));
    };
    switch (panel.kind) {
    case PlotKind::Sequence: drawSequence(p, theme, layout, panel); break;
    case PlotKind::Congestion:
        drawPaths(p, theme, PlotLine::InFlight, stepPaths(layout, panel, flow.inFlight));
        variable(PlotLine::Ssthresh, Variable::Ssthresh,
                 [](std::int64_t value) { return value > 0 && !isUnlimited(value); });
        variable(PlotLine::Cwnd, Variable::Cwnd, isPositive);
        break;
    case PlotKind::RoundTrip: {
        const std::vector<QPointF> samples = samplePoints(layout, panel, flow.rtt);
        p.setPen(penOf(theme, PlotLine::Sample));
        p.setBrush(Qt::NoBrush);
        if (static_cast<double>(samples.size()) * theme.px(3) < panel.body.width()) {
            for (const QPointF& at : samples)
                p.drawEllipse(at, theme.px(2.4), theme.px(2.4));
        } else {
            std::vector<QLineF> dots;
            for (const QPointF& at : samples)
                dots.emplace_back(at.x(), at.y() - theme.px(1), at.x(), at.y() + theme.px(1));
            strokeUpright(p, dots, theme.color(Role::Muted), theme.px(2));
        }
        variable(PlotLine::Rto, Variable::Rto, isPositive);
        variable(PlotLine::Srtt, Variable::Srtt, isPositive);
        break;
    }
    case PlotKind::Throughput:
        drawArea(p, theme, ratePath(layout, panel, panel.arrived), panel.body.bottom(), Role::Data);
        strokeSteps(p, ratePath(layout, panel, panel.fresh), penOf(theme, PlotLine::Fresh));
        break;
    case PlotKind::Queue:
        for (const QPolygonF& path : stepPaths(layout, panel, flow.queue.packets))
            drawArea(p, theme, path, panel.body.bottom(), Role::Data);
        const auto along = [&](const std::vector<SegmentPoint>& points, double below, const auto& draw) {
            double last = -1e9; // no two on one pixel
            for (const SegmentPoint& s : points)
                if (const double x = layout.x(s.at);
                    x >= panel.body.left() && x <= panel.body.right() && x - last >= 2) {
                    draw(QPointF(x, panel.body.top() + theme.px(below)));
                    last = x;
                }
        };
        along(flow.queue.marked, flow.queue.dropped.empty() ? 6 : 16,
              [&](const QPointF& at) { drawMark(p, theme, at); });
        along(flow.queue.dropped, 6,
              [&](const QPointF& at) { drawCross(p, at, theme.px(4), theme.px(1.8), theme.color(Role::Rst)); });
        break;
    }
}

void drawHead(QPainter& p, const StageScene& scene, const PlotPanel& panel, const PlotsLayout& layout)
{
    const Theme& theme = scene.theme;
    drawText(p, theme, TextStyle::Label, theme.color(Role::Ink), panel.titleBox, Qt::AlignLeft | Qt::AlignVCenter,
             layout.ruler().fitted(TextStyle::Label, panel.title, panel.titleBox.width() + 1));
    for (const PlotLegend& entry : panel.legend) {
        drawSample(p, theme, entry.line, entry.sample);
        drawText(p, theme, TextStyle::Small, theme.color(Role::Muted), entry.text, Qt::AlignLeft | Qt::AlignVCenter,
                 entry.words);
    }
}

void drawPanel(QPainter& p, const StageScene& scene, const PlotsLayout& layout, const PlotPanel& panel)
{
    const Theme& theme = scene.theme;
    const TextRuler& ruler = layout.ruler();
    drawHead(p, scene, panel, layout);
    p.setPen(Qt::NoPen);
    p.setBrush(theme.color(Role::Card));
    p.drawRect(panel.body);
    if (panel.empty) {
        drawText(p, theme, TextStyle::Small, theme.color(Role::Muted), panel.body, Qt::AlignCenter,
                 fromUtf8(word(PlotWord::NotInView, scene.language)));
    } else {
        const double height = ruler.height(TextStyle::MonoSmall);
        for (const PlotTick& tick : panel.ticks) {
            const double y = panel.y(tick.value);
            p.setPen(linePen(theme.color(Role::Line), theme.px(1)));
            p.drawLine(QPointF(panel.body.left(), y), QPointF(panel.body.right(), y));
            const double top = std::clamp(y - height / 2, panel.body.top(), panel.body.bottom() - height / 2);
            drawText(p, theme, TextStyle::MonoSmall, theme.color(Role::Muted),
                     QRectF(0, top, panel.body.left() - theme.px(6), height), Qt::AlignRight | Qt::AlignVCenter,
                     tick.text);
        }
        p.setPen(linePen(theme.color(Role::Line), theme.px(1)));
        for (const SimTime t : layout.timeTicks().at)
            p.drawLine(QPointF(layout.x(t), panel.body.top()), QPointF(layout.x(t), panel.body.bottom()));
        p.save();
        p.setClipRect(panel.body, Qt::IntersectClip);
        drawCurves(p, theme, layout, panel);
        p.restore();
    }
    p.setBrush(Qt::NoBrush);
    p.setPen(linePen(theme.color(Role::LineStrong), theme.px(1)));
    p.drawRect(panel.body);
}

void drawAxis(QPainter& p, const StageScene& scene, const PlotsLayout& layout)
{
    const Theme& theme = scene.theme;
    const QRectF axis = layout.axis();
    double free = axis.left();
    for (const SimTime t : layout.timeTicks().at) {
        const QString text = layout.timeTicks().text(t);
        const double width = layout.ruler().width(TextStyle::MonoSmall, text);
        const double x = layout.x(t);
        p.setPen(linePen(theme.color(Role::LineStrong), theme.px(1)));
        p.drawLine(QPointF(x, axis.top()), QPointF(x, axis.top() + theme.px(4)));
        const double left = std::min(std::max(axis.left(), x - width / 2), axis.right() - width);
        if (left < free)
            continue;
        free = left + width + theme.px(8);
        drawText(p, theme, TextStyle::MonoSmall, theme.color(Role::Muted),
                 QRectF(left, axis.top() + theme.px(4), width, axis.height() - theme.px(4)),
                 Qt::AlignLeft | Qt::AlignVCenter, text);
    }
}

void drawNothing(QPainter& p, const StageScene& scene, const PlotsLayout& layout)
{
    const Theme& theme = scene.theme;
    const double width = std::min(layout.size().width() - theme.px(40), theme.px(460));
    const QString sentence = fromUtf8(word(PlotWord::Nothing, scene.language));
    QTextLayout text(sentence, theme.font(TextStyle::Body));
    text.beginLayout();
    QStringList lines;
    for (QTextLine line = text.createLine(); line.isValid(); line = text.createLine()) {
        line.setLineWidth(width);
        lines << sentence.mid(line.textStart(), line.textLength()).trimmed();
    }
    text.endLayout();
    const double height = layout.ruler().height(TextStyle::Body);
    const double top = layout.size().height() * 0.45 - height * static_cast<double>(lines.size()) / 2;
    for (qsizetype i = 0; i < lines.size(); ++i)
        drawText(p, theme, TextStyle::Body, theme.color(Role::Muted),
                 QRectF(0, top + height * static_cast<double>(i), layout.size().width(), height), Qt::AlignCenter,
                 lines[i]);
}

} // namespace

void paintPlotsSettled(QPainter& p, const StageScene& scene, const PlotsLayout& layout)
{
    const Theme& theme = scene.theme;
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(QRectF(QPointF(), layout.size()), theme.color(Role::Background));
    if (layout.flow() == nullptr) {
        drawNothing(p, scene, layout);
        return;
    }
    drawText(p, theme, TextStyle::Heading, theme.color(Role::Ink), layout.titleBox(), Qt::AlignLeft | Qt::AlignVCenter,
             layout.ruler().fitted(TextStyle::Heading, layout.title(), layout.titleBox().width()));
    for (const PlotKey& key : layout.keys()) {
        if (key.kind)
            drawMarkBadge(p, theme, *key.kind, key.badge, key.letter);
        else
            drawText(p, theme, TextStyle::Label, theme.color(Role::Muted), key.badge, Qt::AlignCenter, key.letter);
        drawText(p, theme, TextStyle::Small, theme.color(Role::Muted), key.text, Qt::AlignLeft | Qt::AlignVCenter,
                 key.words);
    }
    for (const PlotPanel& panel : layout.panels())
        drawPanel(p, scene, layout, panel);
    drawAxis(p, scene, layout);
    if (!layout.note().isEmpty())
        drawText(p, theme, TextStyle::Small, theme.color(Role::Muted), layout.noteBox(),
                 Qt::AlignLeft | Qt::AlignVCenter,
                 layout.ruler().fitted(TextStyle::Small, layout.note(), layout.noteBox().width()));
}

void paintPlots(QPainter& painter, const StageScene& scene, const PlotsLayout& layout)
{
    paintPlotsSettled(painter, scene, layout);
    paintPlotsMoving(painter, scene, layout);
}

} // namespace packetarium
