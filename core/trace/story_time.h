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
    /// `perLayerAct`: shown seconds for each record of kind Layer. With it simulated time stands while the acts of one instant
    /// are told one after the other; 0: they take no time.
    /// `beside`: a run that is watched together with this one. What happens in either is stretched, only what neither needs is
    /// folded, and the map goes on to the later end; it is the same for both, but records are this trace's.
    explicit StoryTime(const Trace& trace, double perLayerAct = 0, const Trace* beside = nullptr);

    /// Shown seconds at t, when everything of that instant has happened; 0 at the start of the run. Clamped to the runs.
    double shown(SimTime t) const;
    /// The inverse; within a folded gap linear like everywhere.
    SimTime simulated(double shownSeconds) const;
    /// Shown second at which this record (an index) has just happened. Without time for layer acts: shown(its instant).
    double shownOf(std::size_t record) const;
    /// How many records have happened at a shown second. Without time for layer acts: those up to simulated(shownSeconds).
    std::size_t recordsAt(double shownSeconds) const;
    double length() const; ///< shown seconds of the whole run, and a little room after it in which nothing happens
    double perLayerAct() const { return perLayerAct_; }
    std::span<const StoryGap> gaps() const { return gaps_; }

private:
    struct Knot {
        SimTime t;
        double shown;
    };
    /// Records from `first` on, until the next step, have happened from `shown` on.
    struct Step {
        std::size_t first = 0;
        SimTime at;
        double shown = 0;
    };
    void findSteps(const Trace& trace);

    std::vector<Knot> knots_; ///< two of one instant: there time stands from the one to the other
    std::vector<Step> steps_;
    std::size_t records_ = 0;
    double perLayerAct_ = 0;
    std::vector<StoryGap> gaps_;
};

} // namespace packetarium
