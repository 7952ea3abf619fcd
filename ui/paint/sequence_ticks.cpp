// SPDX-License-Identifier: GPL-3.0-or-later
//
// The heights of the sequence view: story time stretched until every word has room.
#include "ui/paint/sequence_layout.h"

#include <algorithm>
#include <cmath>
#include <optional>

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

/// Goes through the ticks of one run, instant by instant.
class SequenceLayout::Pass {
public:
    Pass(SequenceLayout& layout, double perSecond)
        : l_(layout)
        , lastSend_(layout.x_.size(), -1e9)
        , lastArrive_(lastSend_)
        , lastEnd_(lastSend_)
        , marginFree_(lastSend_)
        , on_(layout.x_.size(), 0)
    {
        const auto px = [this](double v) { return l_.theme_.px(v); };
        // How far apart parallel arrows must start for a label to lie between them.
        const double slope = 1.2 * perSecond / std::max(1.0, l_.isMany() ? l_.pitch() : l_.right() - l_.left());
        const double lineHeight = l_.ruler_.height(TextStyle::MonoStrong) + px(6);
        abreast_ = (lineHeight + px(5)) * std::sqrt(1 + std::min(slope * slope, 1.0));
        chipBlock_ = l_.theme_.isProjector() ? 0 : px(kChipDrop) + l_.ruler_.height(TextStyle::MonoStrong) + px(12);
        callBlock_ = l_.ruler_.height(TextStyle::Small) + px(4);
        noteBlock_ = l_.ruler_.height(TextStyle::Label) + px(10);
        l_.tickY_.assign(l_.model_->ticks.size(), 0);
    }

    bool isDone() const { return next_ >= l_.model_->ticks.size(); }
    SimTime nextAt() const { return l_.model_->ticks[next_].at; }
    double nextShown() const { return l_.basis_->shown[next_]; }
    /// The ticks of the next instant, none above `floor`; the lowest of them.
    double take(double floor)
    {
        // What happens on one lifeline stands in order; at the same instant the two do not push each other.
        on_.assign(l_.x_.size(), floor);
        lowest_ = floor;
        lostFree_ = floor;
        for (const SimTime at = nextAt(); !isDone() && nextAt() == at; ++next_)
            place(next_, floor);
        return lowest_;
    }
    double height(double perSecond) const { return lowest_ + perSecond * 0.4 + l_.theme_.px(28); }

private:
    void place(std::size_t i, double floor);

    SequenceLayout& l_;
    std::size_t next_ = 0;
    double abreast_ = 0, chipBlock_ = 0, callBlock_ = 0, noteBlock_ = 0;
    std::vector<double> lastSend_, lastArrive_, lastEnd_, marginFree_, on_;
    double lowest_ = 0, lostFree_ = 0;
};

void SequenceLayout::Pass::place(std::size_t i, double floor)
{
    const auto px = [this](double v) { return l_.theme_.px(v); };
    const LadderTick& tick = l_.model_->ticks[i];
    const std::size_t h = l_.columnIndex(tick.host);
    const auto arrow = [&]() -> const LadderArrow& {
        return l_.model_->arrows[static_cast<std::size_t>(tick.subject)];
    };
    const auto tickAt = [this](int t) { return l_.tickY_[static_cast<std::size_t>(t)]; };
    double y = on_[h];
    bool onLifeline = true;
    switch (tick.role) {
    case TickRole::Send:
        if (arrow().startPart == 0) {
            y = std::max({y, lastSend_[h] + abreast_, lastEnd_[h] + px(8)});
            lastSend_[h] = lastEnd_[h] = y;
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
            y = std::max({y, lastArrive_[h] + abreast_, lastEnd_[h] + px(5)});
            lastArrive_[h] = y;
            lastEnd_[h] = a.ignored != Reason::None ? y + noteBlock_ : y;
        } else { // of several losses each has its cross, and its words
            y = std::max(y, lostFree_);
            lostFree_ = y + noteBlock_;
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
        y = std::max(y, marginFree_[h]);
        marginFree_[h] = y + chipBlock_;
        break;
    case TickRole::Call:
        y = std::max(y, marginFree_[h]);
        marginFree_[h] = y + callBlock_;
        break;
    case TickRole::TimerEnd:
        if (tick.subject >= 0) {
            const LadderTimer& t = l_.model_->timers[static_cast<std::size_t>(tick.subject)];
            const LadderTimer& first = l_.model_->timers[static_cast<std::size_t>(t.chain)];
            if (first.chainEnd == static_cast<int>(i))
                y = std::max(y, tickAt(first.from) + l_.timerTextWidth_[static_cast<std::size_t>(t.chain)] + px(14) +
                                    (l_.narrow_ ? chipBlock_ : 0));
        }
        break;
    case TickRole::Start:
        // The first states have chips too.
        marginFree_.assign(l_.x_.size(), y + chipBlock_);
        onLifeline = false;
        break;
    case TickRole::TimerStart: break;
    case TickRole::Command: onLifeline = false; break;
    case TickRole::End:
        onLifeline = false;
        y = lowest_;
        break;
    }
    l_.tickY_[i] = y;
    if (onLifeline)
        on_[h] = y;
    lowest_ = std::max(lowest_, y);
}

double SequenceLayout::solve(const StoryTime& story, double perSecond, SequenceLayout* beside)
{
    Pass own(*this, perSecond);
    std::optional<Pass> other;
    if (beside)
        other.emplace(*beside, perSecond);
    knots_.clear();
    SimTime last;
    double lastShown = 0, lowest = 0;
    const auto gaps = story.gaps();
    std::size_t gap = 0;
    for (bool first = true; !own.isDone() || (other && !other->isDone()); first = false) {
        const bool isOther = other && !other->isDone() && (own.isDone() || other->nextAt() <= own.nextAt());
        const bool isOwn = !own.isDone() && (!isOther || own.nextAt() <= other->nextAt());
        const bool goesOn = !own.isDone();
        const SimTime at = isOwn ? own.nextAt() : other->nextAt();
        const double shown = (isOwn ? own : *other).nextShown();
        double floor = theme_.px(kTopPad);
        if (!first) {
            floor = lowest + perSecond * (shown - lastShown);
            while (gap < gaps.size() && gaps[gap].from < last) // gaps are in the order of time, and so are ticks
                ++gap;
            if (gap < gaps.size() && gaps[gap].to <= at)
                floor = std::max(floor, lowest + theme_.px(kGapHeight));
        }
        lowest = std::max(isOwn ? own.take(floor) : floor, isOther ? other->take(floor) : floor);
        last = at;
        lastShown = shown;
        if (goesOn)
            knots_.push_back({at, shown, floor, lowest});
    }
    contentHeight_ = own.height(perSecond);
    return other ? std::max(contentHeight_, other->height(perSecond)) : contentHeight_;
}

void SequenceLayout::placeTicks(const StoryTime& story, SequenceLayout* beside)
{
    // A short run fills the view; a long one keeps its pace and scrolls.
    const double pace =
        beside ? std::min(paceOf(*model_, story), paceOf(*beside->model_, story)) : paceOf(*model_, story);
    double low = theme_.px(theme_.isProjector() ? kSlowestProjected : kSlowest) * pace;
    double high = theme_.px(kFastest) * pace;
    if (solve(story, low, beside) < viewHeight()) {
        if (solve(story, high, beside) > viewHeight()) {
            for (int i = 0; i < 12; ++i) {
                const double middle = (low + high) / 2;
                (solve(story, middle, beside) > viewHeight() ? high : low) = middle;
            }
        } else {
            low = high;
        }
        solve(story, low, beside);
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
