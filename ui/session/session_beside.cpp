// SPDX-License-Identifier: GPL-3.0-or-later
// Looked at beside another run: one story and one row of stops for both, the same in either session.
#include "ui/session/session_impl.h"

#include <algorithm>
#include <limits>

namespace packetarium {
namespace {

/// Of a stop that is the other run's: no record of this one is about it.
constexpr std::size_t kNotHere = std::numeric_limits<std::size_t>::max();

} // namespace

Session* Session::beside() const
{
    return impl_->beside;
}

SimTime Session::end() const
{
    return impl_->end();
}

void Session::setBeside(Session* other)
{
    Impl& d = *impl_;
    if (other == nullptr && d.beside == nullptr)
        return;
    finishTravel();
    stand();
    withdrawQuestion();
    d.beside = other;
    d.makeStory();
    d.deriveStops();
    standWhereItWas();
    emit runChanged();
    emit stopsChanged();
    emit momentChanged();
}

void Session::standBeside(const Session& leader)
{
    // Both stories are computed on their own: the last digit of a second may differ.
    constexpr double kSame = 1e-9;
    Impl& d = *impl_;
    stand();
    d.playback.standAt(leader.shownNow());
    const std::size_t told = trace().firstAfter(leader.now());
    setInstant(leader.now(), d.tellsActs() ? std::min(told, d.story.recordsAt(leader.shownNow() + kSame)) : told);
}

/// After another trace, or another story: the same instant, if there still is one.
void Session::standWhereItWas()
{
    Impl& d = *impl_;
    const SimTime before = d.now;
    d.now = std::min(d.now, end());
    const std::size_t told = trace().firstAfter(d.now);
    // What was told of this instant stays told; what a change brought about at it is to be seen.
    d.recordsDone = d.tellsActs() && before == d.now ? std::min(d.recordsDone, told) : told;
    d.playback.standAt(d.shownNow());
    d.shownTold = d.playback.position();
    d.moment = d.momentAt(d.now);
    d.stop = d.lastStop();
}

/// At an instant at which something is seen in both, one stop is enough.
void Session::Impl::addStopsBeside()
{
    std::vector<Stop> all;
    auto own = fineStops.begin();
    for (const Stop& there : visibleStops(beside->trace(), view)) {
        while (own != fineStops.end() && own->at <= there.at)
            all.push_back(*own++);
        if (all.empty() || all.back().at < there.at) {
            Stop theirs;
            theirs.at = there.at;
            theirs.firstRecord = kNotHere;
            all.push_back(theirs);
        }
    }
    all.insert(all.end(), own, fineStops.end());
    fineStops = std::move(all);
}

int Session::Impl::ownStop(int index) const
{
    while (index >= 0 && stops[static_cast<std::size_t>(index)].firstRecord == kNotHere)
        --index;
    return index;
}

} // namespace packetarium
