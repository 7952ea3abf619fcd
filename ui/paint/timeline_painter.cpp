// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/timeline_painter.h"

#include "ui/paint/primitives.h"
#include "ui/paint/sequence_labels.h"

#include <QPainter>
#include <algorithm>
#include <set>
#include <tuple>

namespace packetarium {

double TimelineLayout::xOf(double shown, const StoryTime& story) const
{
    const double length = story.length();
    return length <= 0 ? railLeft : railLeft + (railRight - railLeft) * std::clamp(shown / length, 0.0, 1.0);
}

double TimelineLayout::shownAt(double x, const StoryTime& story) const
{
    const double width = railRight - railLeft;
    return width <= 0 ? 0 : std::clamp((x - railLeft) / width, 0.0, 1.0) * story.length();
}

namespace {

/// Down the stack above the rail, up the stack below it.
bool goesDown(LayerAct act)
{
    return act == LayerAct::Made || act == LayerAct::Added || act == LayerAct::Signalled || act == LayerAct::Rewritten;
}

void markActs(TimelineLayout& layout, const StageScene& scene)
{
    const auto records = scene.trace->records();
    for (std::size_t i = 0; i < records.size(); ++i)
        if (const Record& r = records[i]; r.kind == RecordKind::Layer)
            layout.marks.push_back({layout.xOf(scene.story->shownOf(i), *scene.story), goesDown(r.layerAct()) ? 0 : 1,
                                    layerRole(r.layer()), r.layerAct() == LayerAct::Refused, r.at});
}

void markPackets(TimelineLayout& layout, const StageScene& scene, const Trace& trace, std::optional<int> row)
{
    for (const PacketInfo& p : trace.packets())
        // What is passed on was marked when its maker sent it.
        if (!p.parent || p.copyOf)
            layout.marks.push_back({layout.xOf(scene.story->shown(p.sentAt), *scene.story),
                                    row.value_or(p.from == NodeId(0) ? 0 : 1), flagRole(p), p.fate == Fate::Lost,
                                    p.sentAt});
}

/// Where there are more marks than places: one of each kind per pixel. What was lost lies on top.
void thinMarks(TimelineLayout& layout)
{
    std::vector<TimelineMark>& marks = layout.marks;
    std::stable_partition(marks.begin(), marks.end(), [](const TimelineMark& m) { return !m.lost; });
    if (static_cast<double>(marks.size()) <= 2 * layout.size.width())
        return;
    const auto kindOf = [](const TimelineMark& m) {
        return std::tuple(m.lost, static_cast<int>(m.role), m.host, static_cast<int>(m.x));
    };
    std::set<decltype(kindOf(TimelineMark()))> seen;
    std::erase_if(marks, [&](const TimelineMark& m) { return !seen.insert(kindOf(m)).second; });
}

} // namespace

TimelineLayout layoutTimeline(const StageScene& scene, QSizeF size)
{
    TimelineLayout layout;
    layout.size = size;
    layout.railLeft = scene.theme.px(14);
    layout.railRight = std::max(layout.railLeft, size.width() - scene.theme.px(14));
    layout.railY = size.height() / 2;
    if (scene.beside) {
        markPackets(layout, scene, *scene.trace, 0);
        markPackets(layout, scene, *scene.beside->trace, 1);
    } else if (scene.story->perLayerAct() > 0) {
        markActs(layout, scene);
    } else {
        markPackets(layout, scene, *scene.trace, std::nullopt);
    }
    thinMarks(layout);
    for (const StoryGap& gap : scene.story->gaps())
        layout.gaps.emplace_back(layout.xOf(gap.shownFrom, *scene.story), layout.xOf(gap.shownTo, *scene.story));
    for (const Record& r : scene.trace->records())
        if (r.kind == RecordKind::Command)
            layout.commands.push_back(layout.xOf(scene.story->shown(r.at), *scene.story));
    return layout;
}

void paintTimelineMarks(QPainter& p, const Theme& theme, const TimelineLayout& layout)
{
    const auto px = [&theme](double v) { return theme.px(v); };
    const double y = layout.railY;
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(QRectF(QPointF(), layout.size), theme.color(Role::Card));
    for (const TimelineMark& mark : layout.marks) {
        const QColor colour = theme.color(mark.role);
        const double top = mark.host == 0 ? y - px(15) : y + px(6);
        if (mark.lost) {
            drawCross(p, {mark.x, top + px(4.5)}, px(3.2), px(1.8), theme.color(Role::Rst));
            continue;
        }
        p.setPen(Qt::NoPen);
        p.setBrush(colour);
        p.drawRoundedRect(QRectF(mark.x - px(2.5), top, px(5), px(9)), px(1.5), px(1.5));
    }
    p.restore();
}

void paintTimeline(QPainter& p, const StageScene& scene, const TimelineLayout& layout, bool focused)
{
    paintTimelineMarks(p, scene.theme, layout);
    paintTimelineRail(p, scene, layout, focused);
}

void paintTimelineRail(QPainter& p, const StageScene& scene, const TimelineLayout& layout, bool focused)
{
    const Theme& theme = scene.theme;
    const auto px = [&theme](double v) { return theme.px(v); };
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    const double y = layout.railY;
    const SimTime cursor = scene.beside ? scene.now : scene.moment->at;
    const double now =
        layout.xOf(scene.story->perLayerAct() > 0 ? scene.shown : scene.story->shown(cursor), *scene.story);

    const auto rail = [&](double from, double to, Role role, Qt::PenCapStyle cap) {
        p.setPen(QPen(theme.color(role), px(6), Qt::SolidLine, cap));
        p.drawLine(QPointF(from, y), QPointF(to, y));
    };
    rail(layout.railLeft, layout.railRight, Role::TimerTrack, Qt::RoundCap);
    if (now > layout.railLeft)
        rail(layout.railLeft, now, Role::Accent, Qt::RoundCap);
    for (const auto& [from, to] : layout.gaps) {
        // A break in the rail with three dots: here time is folded.
        const double middle = (from + to) / 2;
        const double half = std::clamp((to - from) / 2, px(5), px(14));
        p.fillRect(QRectF(middle - half, y - px(5), 2 * half, px(10)), theme.color(Role::Card));
        p.setPen(Qt::NoPen);
        p.setBrush(theme.color(middle <= now ? Role::Accent : Role::LineStrong));
        for (const double d : {-1.0, 0.0, 1.0})
            p.drawEllipse(QPointF(middle + d * half * 0.5, y), px(1.5), px(1.5));
    }
    for (const double x : layout.commands)
        drawDiamond(p, {x, y}, px(5.5), theme.color(Role::Ink));

    p.setPen(linePen(theme.color(Role::Accent), px(3)));
    p.setBrush(theme.color(Role::Card));
    p.drawEllipse(QPointF(now, y), px(8), px(8));
    if (focused) {
        p.setPen(linePen(theme.color(Role::Focus), px(1.5)));
        p.setBrush(Qt::NoBrush);
        p.drawEllipse(QPointF(now, y), px(12), px(12));
    }
    p.restore();
}

} // namespace packetarium
