// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/story_time.h"

#include <algorithm>
#include <cmath>
#include <functional>

namespace packetarium {
namespace {

// The unit of the map is the usual flight of a packet: what a viewer watches. Everything below is in shown seconds,
// or in such units.
constexpr double kShownPerUnit = 1.2;
constexpr double kLongestEven = 3; ///< units; a longer gap is folded, or compressed if something moves in it
constexpr double kIdleEven = 0.5;  ///< units for which idle time passes as fast as flights
constexpr double kFoldedGap = 0.9;
constexpr double kLeastApart = 0.08; ///< two instants that differ are seen to differ
constexpr double kBurstBudget = 2.4; ///< but a burst within one unit is not stretched beyond this in all
constexpr double kRoomAtEnd = 0.6;
constexpr std::int64_t kFallbackUnit = 1'000'000'000;

using Times = std::vector<std::int64_t>;
/// One run, or two that are watched together.
using Traces = std::vector<const Trace*>;

double unitOf(const Traces& traces)
{
    Times flights;
    for (const Trace* trace : traces)
        for (const PacketInfo& p : trace->packets())
            if (p.startPpm == 0 && !p.naturalArrival.isNever() && p.naturalArrival > p.txStart)
                flights.push_back((p.naturalArrival - p.txStart).ns());
    if (flights.empty())
        return kFallbackUnit;
    const auto middle = flights.begin() + static_cast<std::ptrdiff_t>(flights.size() / 2);
    std::nth_element(flights.begin(), middle, flights.end());
    return static_cast<double>(*middle);
}

void sortIfNeeded(Times& times)
{
    if (!std::is_sorted(times.begin(), times.end()))
        std::sort(times.begin(), times.end());
}

/// The instants at which packets begin and cease to move. One that is held does not move.
struct Movement {
    Times starts, stops;

    explicit Movement(const Traces& traces)
    {
        for (const Trace* trace : traces)
            for (const PacketInfo& p : trace->packets()) {
                add(p.sentAt, std::min(p.heldAt, p.endAt));
                if (!p.releasedAt.isNever())
                    add(std::max(p.releasedAt, p.sentAt), p.endAt);
            }
        sortIfNeeded(starts);
        sortIfNeeded(stops);
    }

private:
    void add(SimTime from, SimTime to)
    {
        if (from >= to)
            return;
        starts.push_back(from.ns());
        stops.push_back(to.ns());
    }
};

/// `acts`: layer acts take time of their own.
bool isKey(const Record& r, bool acts)
{
    switch (r.kind) {
    case RecordKind::PacketSent:
    case RecordKind::PacketArrived:
    case RecordKind::PacketLost:
    case RecordKind::PacketChanged:
    case RecordKind::StateChange:
    case RecordKind::App:
    case RecordKind::Program:
    case RecordKind::LinkState:
    case RecordKind::NodeState:
    case RecordKind::Command: return true;
    case RecordKind::Timer: return r.timerChange() == TimerChange::Fired;
    case RecordKind::Table: return r.tableChange() != TableChange::Used && r.tableChange() != TableChange::Missed;
    case RecordKind::Layer: return acts;
    case RecordKind::ConnCreated:
    case RecordKind::SegmentIgnored:
    case RecordKind::Variable: return false;
    }
    return false;
}

/// Ascending, without repetition, from the start of the runs to the later end.
Times keyInstants(const Traces& traces, const Movement& moving, bool acts)
{
    Times keys{0};
    std::int64_t last = 0;
    for (const Trace* trace : traces) {
        for (const Record& r : trace->records())
            if (isKey(r, acts)) {
                keys.push_back(r.at.ns());
                last = std::max(last, r.at.ns());
            }
        if (!trace->end().isNever())
            keys.push_back(last = std::max(last, trace->end().ns()));
    }
    for (const Times& times : {std::cref(moving.starts), std::cref(moving.stops)})
        for (const std::int64_t t : times)
            if (t <= last)
                keys.push_back(t);
    sortIfNeeded(keys);
    keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
    return keys;
}

/// Shown length of `units` in which something moves: even, so that equal flights look equal, unless it takes very long.
double shownMoving(double units)
{
    if (units <= kLongestEven)
        return units * kShownPerUnit;
    return kLongestEven * kShownPerUnit + 0.5 * kShownPerUnit * std::log2(units / kLongestEven);
}

/// Shown length of `units`, at most kLongestEven, in which nothing moves: evenly for a moment, then ever closer to that
/// of a folded gap.
double shownIdle(double units)
{
    if (units <= kIdleEven)
        return units * kShownPerUnit;
    const double even = kIdleEven * kShownPerUnit;
    return even + (kFoldedGap - even) * (units - kIdleEven) / (kLongestEven - kIdleEven);
}

/// How many layer acts there are at the instant to which `next` has been moved; moves it on.
std::size_t actsAt(std::span<const Record> records, std::size_t& next, std::int64_t at)
{
    std::size_t acts = 0;
    for (; next < records.size() && records[next].at.ns() <= at; ++next)
        if (records[next].kind == RecordKind::Layer)
            ++acts;
    return acts;
}

} // namespace

StoryTime::StoryTime(const Trace& trace, double perLayerAct, const Trace* beside)
    : records_(trace.records().size())
    , perLayerAct_(std::max(0.0, perLayerAct))
{
    Traces traces{&trace};
    if (beside != nullptr)
        traces.push_back(beside);
    const double unit = unitOf(traces);
    const Movement moving(traces);
    const Times keys = keyInstants(traces, moving, perLayerAct_ > 0);
    const auto window = static_cast<std::int64_t>(unit);

    knots_.reserve(keys.size());
    knots_.push_back({SimTime::zero(), 0});
    double shown = 0;
    std::vector<std::size_t> nextRecord(traces.size(), 0);
    const auto standFor = [&](std::int64_t at) {
        if (perLayerAct_ <= 0)
            return;
        // Acts of both runs at one instant are told side by side.
        std::size_t acts = 0;
        for (std::size_t i = 0; i < traces.size(); ++i)
            acts = std::max(acts, actsAt(traces[i]->records(), nextRecord[i], at));
        if (acts > 0) {
            shown += static_cast<double>(acts) * perLayerAct_;
            knots_.push_back({SimTime::fromNs(at), shown});
        }
    };
    standFor(0);
    std::size_t started = 0, stopped = 0; // packets that have begun and ceased to move by the gap's start
    std::size_t first = 0, beyond = 0;    // keys within a unit of the gap's start
    for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
        const std::int64_t from = keys[i], to = keys[i + 1];
        while (started < moving.starts.size() && moving.starts[started] <= from)
            ++started;
        while (stopped < moving.stops.size() && moving.stops[stopped] <= from)
            ++stopped;
        while (keys[first] < from - window)
            ++first;
        while (beyond < keys.size() && keys[beyond] <= from + window)
            ++beyond;

        const double units = static_cast<double>(to - from) / unit;
        const bool folded = started == stopped && units > kLongestEven;
        double length = started != stopped ? shownMoving(units) : folded ? kFoldedGap : shownIdle(units);
        length = std::max(length, std::min(kLeastApart, kBurstBudget / static_cast<double>(beyond - first)));
        if (folded)
            gaps_.push_back({SimTime::fromNs(from), SimTime::fromNs(to), shown, shown + length});
        shown += length;
        knots_.push_back({SimTime::fromNs(to), shown});
        standFor(to);
    }
    findSteps(trace);
}

void StoryTime::findSteps(const Trace& trace)
{
    const auto records = trace.records();
    for (std::size_t i = 0; i < records.size();) {
        const SimTime at = records[i].at;
        std::size_t end = i, acts = 0;
        for (; end < records.size() && records[end].at == at; ++end)
            if (records[end].kind == RecordKind::Layer)
                ++acts;
        const double last = this->shown(at);
        if (perLayerAct_ <= 0)
            acts = 0;
        // What comes before the first act happens when the instant is reached.
        if (acts == 0 || records[i].kind != RecordKind::Layer)
            steps_.push_back({i, at, last - static_cast<double>(acts) * perLayerAct_});
        for (; acts > 0; ++i)
            if (records[i].kind == RecordKind::Layer)
                steps_.push_back({i, at, last - static_cast<double>(--acts) * perLayerAct_});
        i = end;
    }
}

double StoryTime::shownOf(std::size_t record) const
{
    const auto after = std::upper_bound(steps_.begin(), steps_.end(), record,
                                        [](std::size_t r, const Step& step) { return r < step.first; });
    return after == steps_.begin() ? 0 : (after - 1)->shown;
}

std::size_t StoryTime::recordsAt(double shownSeconds) const
{
    const auto first = steps_.begin();
    const auto after = perLayerAct_ > 0 ? std::upper_bound(first, steps_.end(), shownSeconds,
                                                           [](double s, const Step& step) { return s < step.shown; })
                                        : std::upper_bound(first, steps_.end(), simulated(shownSeconds),
                                                           [](SimTime t, const Step& step) { return t < step.at; });
    return after == steps_.end() ? records_ : after->first;
}

double StoryTime::shown(SimTime t) const
{
    if (knots_.empty() || t < knots_.front().t)
        return 0;
    if (t >= knots_.back().t)
        return knots_.back().shown;
    const auto after =
        std::upper_bound(knots_.begin(), knots_.end(), t, [](SimTime at, const Knot& k) { return at < k.t; });
    const Knot& a = *(after - 1);
    const Knot& b = *after;
    const double part = static_cast<double>((t - a.t).ns()) / static_cast<double>((b.t - a.t).ns());
    return a.shown + (b.shown - a.shown) * part;
}

SimTime StoryTime::simulated(double shownSeconds) const
{
    if (knots_.empty() || shownSeconds <= 0)
        return SimTime::zero();
    if (shownSeconds >= knots_.back().shown)
        return knots_.back().t;
    const auto after = std::upper_bound(knots_.begin(), knots_.end(), shownSeconds,
                                        [](double s, const Knot& k) { return s < k.shown; });
    const Knot& a = *(after - 1);
    const Knot& b = *after;
    const double part = (shownSeconds - a.shown) / (b.shown - a.shown);
    return SimTime::fromNs(a.t.ns() + std::llround(static_cast<double>((b.t - a.t).ns()) * part));
}

double StoryTime::length() const
{
    return knots_.empty() ? 0 : knots_.back().shown + kRoomAtEnd;
}

} // namespace packetarium
