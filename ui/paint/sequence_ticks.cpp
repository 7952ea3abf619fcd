// SPDX-License-Identifier: GPL-3.0-or-later
//
// The heights of the sequence view: story time stretched until every word has room.
#include "ui/paint/sequence_layout.h"

#include <algorithm>
#include <cmath>

namespace packetarium {

namespace {

// Desktop pixels; Theme::px() scales them.
constexpr double kSlowest = 84, kFastest = 150; ///< per shown second
constexpr double kSlowestProjected = 48;        ///< a slide has less room, and should show what led here
constexpr double kTopPad = 18;
constexpr double kGapHeight = 56;
constexpr double kLeastFlight = 46;

/// Over many links a datagram is longer under way; its arrow should not be taller for that.
double paceOf(const LadderModel& model, const StoryTime& story)
{
    constexpr double kUsualFlight = 1.2, kLeast = 0.2;
    std::vector<double> flights;
    for (const LadderArrow& a : model.arrows)
        if (!model.twoHosts && !a.endAt.isNever())
            flights.push_back(story.shown(a.endAt) - story.shown(a.sentAt));
    if (flights.empty())
        return 1;
    const auto middle = flights.begin() + static_cast<std::ptrdiff_t>(flights.size() / 2);
    std::nth_element(flights.begin(), middle, flights.end());
    return *middle <= kUsualFlight ? 1 : std::max(kLeast, kUsualFlight / *middle);
}

} // namespace

double SequenceLayout::solve(const StoryTime& story, double perSecond)
{
    const auto px = [this](double v) { return theme_.px(v); };
    // How far apart parallel arrows must start for a label to lie between them.
    const double slope = 1.2 * perSecond / std::max(1.0, isMany() ? pitch() : right() - left());
    const double lineHeight = ruler_.height(TextStyle::MonoStrong) + px(6);
    const double abreast = (lineHeight + px(5)) * std::sqrt(1 + std::min(slope * slope, 1.0));
    const double chipBlock = theme_.isProjector() ? 0 : px(kChipDrop) + ruler_.height(TextStyle::MonoStrong) + px(12);
    const double callBlock = ruler_.height(TextStyle::Small) + px(4);

    std::vector<double> lastSend(x_.size(), -1e9);
    std::vector<double> lastArrive = lastSend, lastEnd = lastSend, marginFree = lastSend;
    tickY_.assign(model_->ticks.size(), 0);
    knots_.clear();
    const double noteBlock = ruler_.height(TextStyle::Label) + px(10);
    // What happens on one lifeline stands in order; at the same instant the two do not push each other.
    std::vector<double> on(x_.size(), 0);
    double floor = px(kTopPad), lowest = floor;
    const auto gaps = story.gaps();
    std::size_t gap = 0;
    for (std::size_t i = 0; i < model_->ticks.size(); ++i) {
        const LadderTick& tick = model_->ticks[i];
        if (knots_.empty() || tick.at != knots_.back().at) {
            const double shown = basis_->shown[i];
            if (!knots_.empty()) {
                floor = lowest + perSecond * (shown - knots_.back().shown);
                // Gaps are in the order of time, and so are ticks.
                while (gap < gaps.size() && gaps[gap].from < knots_.back().at)
                    ++gap;
                if (gap < gaps.size() && gaps[gap].to <= tick.at)
                    floor = std::max(floor, lowest + px(kGapHeight));
            }
            on.assign(x_.size(), floor);
            lowest = floor;
            knots_.push_back({tick.at, shown, floor, floor});
        }
        const std::size_t h = columnIndex(tick.host);
        const auto arrow = [&]() -> const LadderArrow& {
            return model_->arrows[static_cast<std::size_t>(tick.subject)];
        };
        const auto tickAt = [this](int t) { return tickY_[static_cast<std::size_t>(t)]; };
        double y = on[h];
        bool onLifeline = true;
        switch (tick.role) {
        case TickRole::Send:
            if (arrow().startPart == 0) {
                y = std::max({y, lastSend[h] + abreast, lastEnd[h] + px(8)});
                lastSend[h] = lastEnd[h] = y;
            } else {
                onLifeline = false;
                y = floor;
            }
            break;
        case TickRole::Arrive:
        case TickRole::Lost: {
            const LadderArrow& a = arrow();
            const int begun = a.letGo >= 0 ? a.letGo : a.start;
            const double part = a.endPart - (a.letGo >= 0 ? a.holdPart : a.startPart);
            onLifeline = tick.role == TickRole::Arrive;
            y = std::max(onLifeline ? y : floor, tickAt(begun) + px(kLeastFlight) * std::max(0.15, part));
            if (onLifeline) {
                y = std::max({y, lastArrive[h] + abreast, lastEnd[h] + px(5)});
                lastArrive[h] = y;
                lastEnd[h] = a.ignored != Reason::None ? y + noteBlock : y;
            }
            break;
        }
        case TickRole::Hold:
            onLifeline = false;
            y = std::max(floor, tickAt(arrow().start) + px(16));
            break;
        case TickRole::LetGo:
            onLifeline = false;
            y = std::max(floor, tickAt(arrow().hold) + px(26));
            break;
        case TickRole::State:
            y = std::max(y, marginFree[h]);
            marginFree[h] = y + chipBlock;
            break;
        case TickRole::Call:
            y = std::max(y, marginFree[h]);
            marginFree[h] = y + callBlock;
            break;
        case TickRole::TimerEnd:
            if (tick.subject >= 0) {
                const LadderTimer& t = model_->timers[static_cast<std::size_t>(tick.subject)];
                const LadderTimer& first = model_->timers[static_cast<std::size_t>(t.chain)];
                if (first.chainEnd == static_cast<int>(i))
                    y = std::max(y, tickAt(first.from) + timerTextWidth_[static_cast<std::size_t>(t.chain)] + px(14) +
                                        (narrow_ ? chipBlock : 0));
            }
            break;
        case TickRole::Start:
            // The first states have chips too.
            marginFree.assign(x_.size(), y + chipBlock);
            onLifeline = false;
            break;
        case TickRole::TimerStart: break;
        case TickRole::Command: onLifeline = false; break;
        case TickRole::End:
            onLifeline = false;
            y = lowest;
            break;
        }
        tickY_[i] = y;
        if (onLifeline)
            on[h] = y;
        lowest = std::max(lowest, y);
        knots_.back().y = lowest;
    }
    return lowest + perSecond * 0.4 + px(28);
}

void SequenceLayout::placeTicks(const StoryTime& story)
{
    // A short run fills the view; a long one keeps its pace and scrolls.
    const double pace = paceOf(*model_, story);
    double low = theme_.px(theme_.isProjector() ? kSlowestProjected : kSlowest) * pace;
    double high = theme_.px(kFastest) * pace;
    contentHeight_ = solve(story, low);
    if (contentHeight_ < viewHeight()) {
        if (solve(story, high) > viewHeight()) {
            for (int i = 0; i < 12; ++i) {
                const double middle = (low + high) / 2;
                (solve(story, middle) > viewHeight() ? high : low) = middle;
            }
        } else {
            low = high;
        }
        contentHeight_ = solve(story, low);
    }
    contentHeight_ = std::max(contentHeight_, viewHeight());
}

double SequenceLayout::y(SimTime t) const
{
    const double shown = story_->shown(t);
    const auto after =
        std::upper_bound(knots_.begin(), knots_.end(), t, [](SimTime at, const Knot& k) { return at < k.at; });
    if (after == knots_.begin())
        return zoomed(knots_.front().y);
    const Knot& a = *(after - 1);
    if (after == knots_.end())
        return zoomed(a.y);
    const Knot& b = *after;
    const double part = b.shown > a.shown ? std::clamp((shown - a.shown) / (b.shown - a.shown), 0.0, 1.0) : 0.0;
    return zoomed(a.y + (b.y - a.y) * part);
}

double SequenceLayout::scrollFor(double contentY) const
{
    return std::clamp(contentY - 0.62 * viewHeight(), 0.0, scrollRange());
}

} // namespace packetarium
