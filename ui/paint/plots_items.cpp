// SPDX-License-Identifier: GPL-3.0-or-later
//
// The plots view as things to hit, to read values from and to read aloud.
#include "ui/paint/plots_painter.h"

#include "ui/i18n/catalogue_plots.h"

#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

Selection eventSelection(const FlowSeries& flow, const FlowEvent& event)
{
    if (event.packet)
        return packetSelection(event.packet);
    Selection s;
    s.kind = Selection::Kind::Timer;
    s.host = flow.sender;
    s.index = static_cast<int>(Timer::Retransmission);
    return s;
}

QString numberText(const StageScene& scene, const PlotsLayout& layout, std::int64_t offset)
{
    return layout.sequenceText(scene, static_cast<double>(offset));
}

QString timeText(const StageScene& scene, SimTime t)
{
    return fromUtf8(durationText(t - SimTime::zero(), scene.language));
}

const SegmentPoint* segmentOf(const FlowSeries& flow, PacketId packet)
{
    const auto found = std::ranges::lower_bound(flow.segments, packet, {}, &SegmentPoint::packet);
    return found != flow.segments.end() && found->packet == packet ? &*found : nullptr;
}

QString segmentName(const StageScene& scene, const PlotsLayout& layout, const SegmentPoint& s)
{
    return QStringLiteral("#%1 %2–%3")
        .arg(s.packet.value() + 1)
        .arg(numberText(scene, layout, s.from), numberText(scene, layout, s.to));
}

std::string plain(PlotUnit unit, double value, const StageScene& scene)
{
    return plotValue(unit, value, scene.language).toStdString();
}

QString summaryOf(const StageScene& scene, const FlowSeries& flow, PlotKind kind)
{
    const auto count = [](auto&& range, auto&& test) { return std::to_string(std::ranges::count_if(range, test)); };
    const auto greatest = [](const Series& series) {
        std::int64_t most = 0;
        for (const SeriesPoint& p : series)
            most = std::max(most, p.value);
        return static_cast<double>(most);
    };
    const auto say = [&](PlotWord w, std::initializer_list<std::string_view> arguments) {
        return QString::fromStdString(sentence(w, scene.language, arguments));
    };
    switch (kind) {
    case PlotKind::Sequence:
        return say(PlotWord::SequenceSummary,
                   {std::to_string(flow.segments.size()),
                    count(flow.segments, [](const SegmentPoint& s) { return s.retransmission; }),
                    count(flow.segments, [](const SegmentPoint& s) { return !s.lostAt.isNever(); })});
    case PlotKind::Congestion: {
        const std::string most = plain(PlotUnit::Octets, greatest(flow.inFlight), scene);
        if (const auto now = valueAt(flow.variable(Variable::Cwnd), scene.moment->at))
            return say(PlotWord::CongestionNow, {most, plain(PlotUnit::Octets, static_cast<double>(*now), scene)});
        return say(PlotWord::CongestionSummary, {most});
    }
    case PlotKind::RoundTrip: {
        if (flow.rtt.empty())
            return fromUtf8(word(PlotWord::NotInView, scene.language));
        const auto [least, most] = std::ranges::minmax_element(flow.rtt, {}, &SeriesPoint::value);
        return say(PlotWord::RoundTripSummary, {std::to_string(flow.rtt.size()),
                                                plain(PlotUnit::Duration, static_cast<double>(least->value), scene),
                                                plain(PlotUnit::Duration, static_cast<double>(most->value), scene)});
    }
    case PlotKind::Throughput:
        return say(PlotWord::ThroughputSummary, {plain(PlotUnit::Octets, greatest(flow.arrived), scene),
                                                 plain(PlotUnit::Octets, greatest(flow.fresh), scene)});
    case PlotKind::Queue:
        return say(flow.queue.marked.empty() ? PlotWord::QueueSummary : PlotWord::QueueMarkedSummary,
                   {std::to_string(static_cast<long long>(greatest(flow.queue.packets))),
                    std::to_string(flow.queue.dropped.size()), std::to_string(flow.queue.marked.size())});
    }
    return {};
}

} // namespace

std::optional<QRectF> plotsBoxOf(const StageScene& scene, const PlotsLayout& layout, PacketId packet)
{
    if (layout.flow() == nullptr || !packet || packet.value() >= scene.trace->packets().size())
        return std::nullopt;
    const auto panel = std::ranges::find(layout.panels(), PlotKind::Sequence, &PlotPanel::kind);
    if (panel == layout.panels().end())
        return std::nullopt;
    const FlowSeries& flow = *layout.flow();
    const auto seen = [&](const QRectF& box) {
        return panel->body.contains(box.center()) ? std::optional(box) : std::nullopt;
    };
    for (const AckPoint& a : flow.acks)
        if (a.packet == packet && scene.tells(a.at)) {
            const QPointF at(layout.x(a.at), panel->y(static_cast<double>(a.ack)));
            return seen(QRectF(at.x() - 2, at.y() - 2, 4, 4));
        }
    // What a router passed on is the segment that it was.
    PacketId root = packet;
    for (;;) {
        const PacketInfo& p = scene.trace->packet(root);
        const PacketId before = p.parent ? p.parent : p.copyOf;
        if (!before)
            break;
        root = before;
    }
    const SegmentPoint* s = segmentOf(flow, root);
    if (s == nullptr || !scene.tells(s->at))
        return std::nullopt;
    const double x = layout.x(s->at);
    const double bottom = panel->y(static_cast<double>(s->from));
    const double top = std::min(panel->y(static_cast<double>(s->to)), bottom - 2);
    return seen(QRectF(x - 2, top, 4, bottom - top));
}

Selection plotsHit(const StageScene& scene, const PlotsLayout& layout, QPointF at)
{
    if (layout.flow() == nullptr)
        return {};
    const FlowSeries& flow = *layout.flow();
    for (const PlotMark& mark : layout.marks())
        if (mark.box.contains(at) && scene.tells(flow.events[mark.events.front()].at))
            return eventSelection(flow, flow.events[mark.events.front()]);
    const PlotPanel* panel = layout.panelAt(at);
    if (panel == nullptr || panel->kind != PlotKind::Sequence || !panel->body.contains(at))
        return {};
    const double reach = scene.theme.px(6);
    const SimTime from = layout.timeAt(at.x() - reach), to = layout.timeAt(at.x() + reach);
    double least = reach;
    Selection best;
    for (auto s = std::ranges::lower_bound(flow.segments, from, {}, &SegmentPoint::at);
         s != flow.segments.end() && s->at <= to; ++s) {
        const double bottom = panel->y(static_cast<double>(s->from)), top = panel->y(static_cast<double>(s->to));
        const double aside = std::max({0.0, at.y() - bottom, top - at.y()});
        if (const double d = std::hypot(layout.x(s->at) - at.x(), aside); d < least && scene.tells(s->at)) {
            least = d;
            best = packetSelection(s->packet);
        }
    }
    for (auto a = std::ranges::lower_bound(flow.acks, from, {}, &AckPoint::at); a != flow.acks.end() && a->at <= to;
         ++a)
        if (const double d = std::hypot(layout.x(a->at) - at.x(), panel->y(static_cast<double>(a->ack)) - at.y());
            d < least && scene.tells(a->at)) {
            least = d;
            best = packetSelection(a->packet);
        }
    return best;
}

QString plotsMarkText(const StageScene& scene, const PlotsLayout& layout, QPointF at)
{
    if (layout.flow() == nullptr)
        return {};
    for (const StageItem& item : plotsItems(scene, layout))
        if (item.what.kind != Selection::Kind::Host && item.what.kind != Selection::Kind::None && item.box.contains(at))
            return QStringLiteral("<b>%1</b><br>%2").arg(item.name.toHtmlEscaped(), item.description.toHtmlEscaped());
    for (const PlotPhase& phase : layout.phases())
        if (phase.box.contains(at) && scene.tells(phase.from))
            return QStringLiteral("<b>%1</b><br>%2")
                .arg(fromUtf8(labelOf(phase.phase, scene.language)).toHtmlEscaped(),
                     fromUtf8(explain(phase.phase, scene.language)).toHtmlEscaped());
    return {};
}

std::vector<StageItem> plotsItems(const StageScene& scene, const PlotsLayout& layout)
{
    std::vector<StageItem> items;
    if (layout.flow() == nullptr) {
        items.push_back({{}, QRectF(QPointF(), layout.size()), fromUtf8(word(PlotWord::Nothing, scene.language)), {}});
        return items;
    }
    const FlowSeries& flow = *layout.flow();
    const QString gap = scene.language == Language::Chinese ? QString() : QStringLiteral(" ");
    for (const PlotMark& mark : layout.marks()) {
        const FlowEvent& first = flow.events[mark.events.front()];
        if (!scene.tells(first.at))
            continue;
        QStringList names;
        for (const std::size_t i : mark.events) {
            if (names.size() == 3) {
                names << QStringLiteral("…");
                break;
            }
            names << QStringLiteral("%1 (%2)").arg(fromUtf8(labelOf(flow.events[i].kind, scene.language)),
                                                   timeText(scene, flow.events[i].at));
        }
        QString description = fromUtf8(explain(mark.kind, scene.language));
        if (first.kind == FlowEventKind::Loss && first.reason != Reason::None && mark.kind == first.kind)
            description += gap + fromUtf8(explain(first.reason, scene.language));
        items.push_back({eventSelection(flow, first), mark.box, names.join(QStringLiteral(", ")), description});
    }
    if (scene.selection.kind == Selection::Kind::Packet) {
        const bool marked = std::ranges::any_of(items, [&](const StageItem& i) { return i.what == scene.selection; });
        const auto box = plotsBoxOf(scene, layout, scene.selection.packet);
        if (const SegmentPoint* s = segmentOf(flow, scene.selection.packet); s != nullptr && box && !marked)
            items.push_back(
                {scene.selection, *box, segmentName(scene, layout, *s), fromUtf8(explain(s->cause, scene.language))});
    }
    Selection sender;
    sender.kind = Selection::Kind::Host;
    sender.host = flow.sender;
    for (const PlotPanel& panel : layout.panels())
        items.push_back({sender, panel.titleBox, panel.title, summaryOf(scene, flow, panel.kind)});
    return items;
}

std::vector<PlotsReading> plotsReadings(const StageScene& scene, const PlotsLayout& layout, QPointF at)
{
    std::vector<PlotsReading> readings;
    const PlotPanel* panel = layout.panelAt(at);
    if (layout.flow() == nullptr || panel == nullptr)
        return readings;
    const FlowSeries& flow = *layout.flow();
    const SimTime t = layout.timeAt(at.x());
    readings.push_back({fromUtf8(word(PlotWord::Time, scene.language)),
                        // As fine as a point of the screen is.
                        fromUtf8(durationText(t - SimTime::zero(), scene.language))});
    const auto valueThen = [&](const Series& series) {
        return t <= layout.endOf(series) ? valueAt(series, t) : std::nullopt;
    };
    const auto value = [&](PlotLine line, const Series& series, PlotUnit unit) {
        if (const auto v = valueThen(series))
            readings.push_back(
                {nameOf(line, scene.language), line == PlotLine::Ssthresh && isUnlimited(*v)
                                                   ? QStringLiteral("∞")
                                                   : plotValue(unit, static_cast<double>(*v), scene.language)});
    };
    switch (panel->kind) {
    case PlotKind::Sequence: {
        const Selection what = plotsHit(scene, layout, at);
        if (const SegmentPoint* s = what.packet ? segmentOf(flow, what.packet) : nullptr)
            readings.push_back({nameOf(!s->lostAt.isNever() ? PlotLine::Lost
                                       : s->retransmission  ? PlotLine::Again
                                                            : PlotLine::Segment,
                                       scene.language),
                                segmentName(scene, layout, *s)});
        if (const auto v = valueThen(flow.acked))
            readings.push_back({nameOf(PlotLine::Acknowledged, scene.language), numberText(scene, layout, *v)});
        if (const auto v = valueThen(flow.edge))
            readings.push_back({nameOf(PlotLine::Window, scene.language), numberText(scene, layout, *v)});
        break;
    }
    case PlotKind::Congestion:
        value(PlotLine::Cwnd, flow.variable(Variable::Cwnd), PlotUnit::Octets);
        value(PlotLine::Ssthresh, flow.variable(Variable::Ssthresh), PlotUnit::Octets);
        value(PlotLine::InFlight, flow.inFlight, PlotUnit::Octets);
        break;
    case PlotKind::RoundTrip:
        value(PlotLine::Sample, flow.rtt, PlotUnit::Duration);
        value(PlotLine::Srtt, flow.variable(Variable::Srtt), PlotUnit::Duration);
        value(PlotLine::Rto, flow.variable(Variable::Rto), PlotUnit::Duration);
        break;
    case PlotKind::Throughput: {
        const double share = (at.x() - panel->body.left()) / std::max(1.0, panel->body.width());
        const auto bin = [share](const std::vector<double>& rates) {
            const double place = share * static_cast<double>(rates.size());
            return rates.empty() ? 0.0
                                 : rates[std::min(rates.size() - 1, static_cast<std::size_t>(std::max(0.0, place)))];
        };
        readings.push_back({nameOf(PlotLine::Arrived, scene.language),
                            plotValue(PlotUnit::Rate, bin(panel->arrived), scene.language)});
        readings.push_back(
            {nameOf(PlotLine::Fresh, scene.language), plotValue(PlotUnit::Rate, bin(panel->fresh), scene.language)});
        break;
    }
    case PlotKind::Queue:
        readings.push_back(
            {nameOf(PlotLine::Waiting, scene.language),
             plotValue(PlotUnit::Packets, static_cast<double>(valueAt(flow.queue.packets, t).value_or(0)),
                       scene.language)});
        break;
    }
    return readings;
}

} // namespace packetarium
