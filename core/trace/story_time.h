// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Story time: a monotone piecewise-linear map between simulated time, which
// is too uneven to watch (microseconds beside 2MSL), and shown time in
// seconds, which stretches what happens and folds what does not.

#include "core/trace/trace.h"

namespace packetarium {

struct StoryGap {
    SimTime from, to; ///< folded stretch; its true length is to - from
    double shownFrom = 0, shownTo = 0;
};

class StoryTime {
public:
    StoryTime() = default;
    explicit StoryTime(const Trace& trace);

    /// Shown seconds at t; 0 at the start of the run. Clamped to the run.
    double shown(SimTime t) const;
    /// The inverse; within a folded gap linear like everywhere.
    SimTime simulated(double shownSeconds) const;
    double length() const; ///< shown seconds of the whole run, and a little room after it in which nothing happens
    std::span<const StoryGap> gaps() const { return gaps_; }

private:
    struct Knot {
        SimTime t;
        double shown;
    };
    std::vector<Knot> knots_;
    std::vector<StoryGap> gaps_;
};

} // namespace packetarium
