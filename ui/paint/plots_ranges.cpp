// SPDX-License-Identifier: GPL-3.0-or-later
//
// From where to where each plot's values go in the time shown, and the ticks beside them.
#include "ui/paint/plots_layout.h"

#include "ui/i18n/catalogue_plots.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace packetarium {
namespace {

struct Extent {
    double low = std::numeric_limits<double>::infinity(), high = -std::numeric_limits<double>::infinity();
    void add(double value)
    {
        low = std::min(low, value);
        high = std::max(high, value);
    }
    bool empty() const { return low > high; }
};

/// Of the values in force between two instants.
void addSeries(Extent& extent, const Series& series, SimTime from, SimTime to, auto&& wanted)
{
    if (const auto before = valueAt(series, from); before && wanted(*before))
        extent.add(static_cast<double>(*before));
    for (auto p = std::ranges::lower_bound(series, from, {}, &SeriesPoint::at); p != series.end() && p->at <= to; ++p)
        if (wanted(p->value))
            extent.add(static_cast<double>(p->value));
}

bool any(std::int64_t)
{
    return true;
}

Extent sequenceExtent(const FlowSeries& flow, SimTime from, SimTime to)
{
    Extent data;
    for (auto s = std::ranges::lower_bound(flow.segments, from, {}, &SegmentPoint::at);
         s != flow.segments.end() && s->at <= to; ++s) {
        data.add(static_cast<double>(s->from));
        data.add(static_cast<double>(s->to));
    }
    addSeries(data, flow.acked, from, to, any);
    if (data.empty())
        return data;
    // A window far above what is sent would press the segments flat: then the legend says that it is above.
    Extent window;
    addSeries(window, flow.edge, from, to, any);
    const double span = std::max(1.0, data.high - data.low);
    if (!window.empty() && window.high - data.low <= 2.5 * span)
        data.add(window.high);
    return data;
}

Extent congestionExtent(const FlowSeries& flow, SimTime from, SimTime to)
{
    Extent extent;
    addSeries(extent, flow.variable(Variable::Cwnd), from, to, any);
    addSeries(extent, flow.inFlight, from, to, any);
    if (extent.empty())
        return extent;
    extent.add(0);
    const double limit = 2 * extent.high;
    addSeries(extent, flow.variable(Variable::Ssthresh), from, to,
              [limit](std::int64_t v) { return v > 0 && !isUnlimited(v) && static_cast<double>(v) <= limit; });
    return extent;
}

Extent roundTripExtent(const FlowSeries& flow, SimTime from, SimTime to)
{
    Extent extent;
    for (auto p = std::ranges::lower_bound(flow.rtt, from, {}, &SeriesPoint::at); p != flow.rtt.end() && p->at <= to;
         ++p)
        extent.add(static_cast<double>(p->value));
    addSeries(extent, flow.variable(Variable::Srtt), from, to, isPositive);
    // An RTO at its floor far above the round trips would press them flat: then the legend says that it is above.
    constexpr double kTooFar = 12;
    const double limit = extent.empty() ? std::numeric_limits<double>::infinity() : kTooFar * extent.high;
    addSeries(extent, flow.variable(Variable::Rto), from, to,
              [limit](std::int64_t v) { return isPositive(v) && static_cast<double>(v) <= limit; });
    if (!extent.empty())
        extent.add(0);
    return extent;
}

/// In bits per second.
std::vector<double> bitRates(const auto& octets, SimTime from, SimTime to, std::size_t bins)
{
    std::vector<double> rates = ratesOf(octets, from, to, bins);
    for (double& rate : rates)
        rate *= 8;
    return rates;
}

Extent throughputExtent(const FlowSeries& flow, SimTime from, SimTime to, std::size_t bins)
{
    Extent extent;
    for (const auto* octets : {&flow.arrived, &flow.fresh})
        for (const double rate : bitRates(*octets, from, to, bins))
            extent.add(rate);
    return extent.high <= 0 ? Extent() : extent;
}

Extent queueExtent(const FlowSeries& flow, SimTime from, SimTime to)
{
    Extent extent;
    addSeries(extent, flow.queue.packets, from, to, any);
    extent.add(0);
    extent.add(1);
    return extent;
}

PlotUnit unitOf(PlotKind kind)
{
    switch (kind) {
    case PlotKind::Sequence:
    case PlotKind::Congestion: return PlotUnit::Octets;
    case PlotKind::RoundTrip: return PlotUnit::Duration;
    case PlotKind::Throughput: return PlotUnit::Rate;
    case PlotKind::Queue: return PlotUnit::Packets;
    }
    return PlotUnit::Octets;
}

} // namespace

void PlotsLayout::findRange(const StageScene&, PlotPanel& panel) const
{
    const double width = axis_.width() > 0 ? axis_.width() : size_.width();
    // No finer than that several arrivals share a part: of one packet more or less no rate can be read.
    const auto arrivals = [&](const FlowSeries& flow) {
        return std::ranges::upper_bound(flow.arrived, to_, {}, &SeriesPoint::at) -
               std::ranges::lower_bound(flow.arrived, from_, {}, &SeriesPoint::at);
    };
    constexpr double kArrivalsEach = 5;
    const auto fewest = beside_ ? std::min(arrivals(*flow_), arrivals(*beside_)) : arrivals(*flow_);
    const double shared = static_cast<double>(fewest) / kArrivalsEach;
    const auto bins = static_cast<std::size_t>(std::clamp(std::min(width / theme_.px(12), shared), 8.0, 160.0));
    const auto extentOf = [&](const FlowSeries& flow) {
        switch (panel.kind) {
        case PlotKind::Sequence: return sequenceExtent(flow, from_, to_);
        case PlotKind::Congestion: return congestionExtent(flow, from_, to_);
        case PlotKind::RoundTrip: return roundTripExtent(flow, from_, to_);
        case PlotKind::Throughput: return throughputExtent(flow, from_, to_, bins);
        case PlotKind::Queue: return queueExtent(flow, from_, to_);
        }
        return Extent();
    };
    if (panel.kind == PlotKind::Throughput) {
        panel.arrived = bitRates(flow_->arrived, from_, to_, bins);
        panel.fresh = bitRates(flow_->fresh, from_, to_, bins);
    }
    Extent extent = extentOf(*flow_);
    panel.empty = extent.empty();
    if (panel.empty) {
        panel.low = 0;
        panel.high = 1;
        return;
    }
    // Two runs have one scale: what is higher is more.
    if (const Extent other = beside_ ? extentOf(*beside_) : Extent(); !other.empty()) {
        extent.add(other.low);
        extent.add(other.high);
    }
    const double span = std::max(extent.high - extent.low, panel.kind == PlotKind::Sequence ? 4.0 : 1e-9);
    panel.high = extent.high + span * 0.07;
    panel.low = panel.kind == PlotKind::Sequence ? extent.low - span * 0.04 : 0;
}

/// Whether some of a line that is left out of the range lies above it.
bool PlotsLayout::liesAbove(PlotLine line, const PlotPanel& panel) const
{
    if (line != PlotLine::Window && line != PlotLine::Rto)
        return false;
    Extent extent;
    addSeries(extent, line == PlotLine::Window ? flow_->edge : flow_->variable(Variable::Rto), from_, to_, isPositive);
    return !extent.empty() && extent.high > panel.high;
}

QString PlotsLayout::sequenceText(const StageScene& scene, double offset) const
{
    const Seq32 number = flow_->number(static_cast<std::int64_t>(std::llround(offset)));
    return QString::fromStdString(scene.symbols->sequence(flow_->sender, number, styleOf(scene), flow_->last));
}

void PlotsLayout::placeTicks(const StageScene& scene, PlotPanel& panel) const
{
    panel.ticks.clear();
    if (panel.empty)
        return;
    const double row = ruler_.height(TextStyle::MonoSmall);
    const int most = std::max(2, static_cast<int>(panel.body.height() / (row * 1.9)));
    const bool sequence = panel.kind == PlotKind::Sequence;
    // Round numbers as they are written: raw ones count from 0 and not from the ISS.
    const double shift = sequence && scene.numbers == NumberStyle::Raw ? flow_->iss.value() : 0.0;
    const bool whole = sequence || panel.kind == PlotKind::Queue;
    std::vector<double> ticks = niceTicks(panel.low + shift, panel.high + shift, most, whole);
    // One tick alone says nothing: finer ones, if their words have room.
    for (int more = most + 1; ticks.size() < 2 && more <= most + 3; ++more) {
        std::vector<double> finer = niceTicks(panel.low + shift, panel.high + shift, more, whole);
        if (finer.size() > 1 && (finer[1] - finer[0]) / (panel.high - panel.low) * panel.body.height() >= row * 1.2)
            ticks = std::move(finer);
    }
    const double step = ticks.size() > 1 ? ticks[1] - ticks[0] : ticks.empty() || ticks[0] == 0 ? 1e18 : ticks[0];
    const PlotUnit unit = unitOf(panel.kind);
    const PlotScale scale = scaleFor(unit, panel.high, step, scene.language);
    for (const double value : ticks) {
        if (sequence && value - shift < 0)
            continue;
        panel.ticks.push_back({value - shift, sequence                    ? sequenceText(scene, value - shift)
                                              : unit == PlotUnit::Packets ? scale.number(value)
                                                                          : scale.text(value)});
    }
}

} // namespace packetarium
