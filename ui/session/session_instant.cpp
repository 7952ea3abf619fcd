// SPDX-License-Identifier: GPL-3.0-or-later
// Where in the run we stand, and how we get from there to elsewhere. The position in the story is the master: where layer
// acts are told one by one, one instant has many positions.
#include "ui/session/session_impl.h"

#include <algorithm>

namespace packetarium {
namespace {

/// What one layer act takes, shown seconds: as long as it takes to see a header slide on.
constexpr double kPerLayerAct = 0.55;
/// Positions closer than this are the same.
constexpr double kSame = 1e-9;

} // namespace

void Session::Impl::makeStory()
{
    story = StoryTime(trace(), view == StopView::Layers ? kPerLayerAct : 0, beside ? &beside->trace() : nullptr);
}

double Session::Impl::shownAt(const Stop& at, std::size_t index) const
{
    const auto records = trace().records();
    const bool hasRecord = at.firstRecord < records.size() && records[at.firstRecord].at == at.at;
    const bool isStart = at.at == SimTime::zero() &&
                         (at.lessonStep < 0 ? index == 0
                                            : lesson->steps[static_cast<std::size_t>(at.lessonStep)].anchor.kind ==
                                                  StepAnchor::Kind::Start);
    if (isStart)
        return 0;
    return tellsActs() && hasRecord ? story.shownOf(at.firstRecord) : story.shown(at.at);
}

std::size_t Session::Impl::recordsWith(std::size_t record) const
{
    const auto records = trace().records();
    std::size_t done = record + 1;
    while (done < records.size() && records[done].at == records[record].at && records[done].kind != RecordKind::Layer)
        ++done;
    return done;
}

std::size_t Session::Impl::recordsAt(const Stop& at, std::size_t index) const
{
    const auto records = trace().records();
    if (tellsActs())
        return story.recordsAt(shownAt(at, index));
    const bool isAct = at.firstRecord < records.size() && records[at.firstRecord].at == at.at &&
                       records[at.firstRecord].kind == RecordKind::Layer && at.lessonStep >= 0;
    return isAct ? recordsWith(at.firstRecord) : trace().firstAfter(at.at);
}

double Session::Impl::shownNow() const
{
    const auto records = trace().records();
    if (tellsActs() && recordsDone > 0 && recordsDone <= records.size() && records[recordsDone - 1].at == now)
        return story.shownOf(recordsDone - 1);
    // Nothing of this instant has been told yet.
    if (tellsActs() && recordsDone < records.size() && records[recordsDone].at == now)
        return std::max(0.0, story.shownOf(recordsDone) - story.perLayerAct());
    return story.shown(now);
}

bool Session::Impl::isReached(const Stop& at, std::size_t index) const
{
    if (at.at != now || (index == 0 && at.lessonStep < 0))
        return at.at <= now;
    const auto records = trace().records();
    const bool hasRecord = at.firstRecord < records.size() && records[at.firstRecord].at == at.at;
    return !hasRecord || at.firstRecord < recordsDone || shownAt(at, index) == 0;
}

int Session::Impl::lastStop() const
{
    const auto later =
        std::upper_bound(stops.begin(), stops.end(), now, [](SimTime at, const Stop& s) { return at < s.at; });
    auto last = static_cast<int>(later - stops.begin()) - 1;
    while (last >= 0 && !isReached(stops[static_cast<std::size_t>(last)], static_cast<std::size_t>(last)))
        --last;
    return last;
}

/// `stop`: the one to stand at; without it, the last one reached.
void Session::setInstant(SimTime t, std::size_t recordsDone, std::optional<int> stop)
{
    Impl& d = *impl_;
    withdrawQuestion();
    const bool sameInstant = t == d.now && d.moment.at == std::min(t, trace().end());
    const bool samePosition = !d.tellsActs() || d.shownTold == d.playback.position();
    const bool sameRecords = recordsDone == d.recordsDone;
    const int before = d.stop;
    d.now = t;
    d.recordsDone = recordsDone;
    d.stop = stop ? *stop : d.lastStop();
    if (sameInstant && samePosition && sameRecords && d.stop == before)
        return;
    if (!sameInstant)
        d.moment = d.momentAt(t);
    d.shownTold = d.playback.position();
    emit momentChanged();
    noteProgress();
}

void Session::noteProgress()
{
    const Impl& d = *impl_;
    if (!d.lesson || d.stop < 0)
        return;
    if (const int step = d.stops[static_cast<std::size_t>(d.stop)].lessonStep; step >= 0)
        progress().reached(QString::fromStdString(d.lesson->name), step + 1, static_cast<int>(d.lesson->steps.size()));
}

void Session::stand()
{
    impl_->clock.stop();
    if (impl_->playback.isMoving()) {
        impl_->playback.stop();
        emit playingChanged();
    }
}

void Session::seek(SimTime t)
{
    stand();
    impl_->comesBackTo.reset();
    if (isGrowing() && t > end())
        impl_->comesBackTo = t;
    t = std::clamp(t, SimTime::zero(), end());
    impl_->playback.standAt(impl_->story.shown(t));
    setInstant(t, trace().firstAfter(t));
}

/// The instant at the playback's position.
void Session::showStory(double seconds)
{
    const Impl& d = *impl_;
    const SimTime t = d.story.simulated(seconds);
    const std::size_t told = trace().firstAfter(t);
    setInstant(t, d.tellsActs() ? std::min(told, d.story.recordsAt(seconds)) : told);
}

void Session::seekShown(double seconds)
{
    stand();
    seconds = std::clamp(seconds, 0.0, impl_->story.length());
    impl_->playback.standAt(seconds);
    showStory(seconds);
}

void Session::toStart()
{
    stand();
    if (impl_->stops.empty() || impl_->stops.front().at > SimTime::zero())
        seekShown(0);
    else
        goToStop(0);
}

void Session::toEnd()
{
    stand();
    if (!impl_->stops.empty() && impl_->stops.back().at >= end())
        goToStop(static_cast<int>(impl_->stops.size()) - 1);
    else
        seek(end());
    if (isGrowing())
        impl_->comesBackTo = SimTime::never();
}

void Session::standAt(const Stop& stop, std::size_t index, std::optional<int> current)
{
    stand();
    impl_->playback.standAt(impl_->shownAt(stop, index));
    setInstant(stop.at, impl_->recordsAt(stop, index), current);
}

void Session::goToStop(int index)
{
    if (index < 0 || index >= static_cast<int>(impl_->stops.size()))
        return;
    const auto place = static_cast<std::size_t>(index);
    standAt(impl_->stops[place], place, index);
}

void Session::arrive()
{
    const Impl& d = *impl_;
    const auto goal = static_cast<std::size_t>(d.travelGoal);
    if (d.travelFine)
        standAt(d.fineStops[goal], goal, {});
    else
        goToStop(d.travelGoal);
}

void Session::travel(bool fine, int goal)
{
    Impl& d = *impl_;
    const auto index = static_cast<std::size_t>(goal);
    const Stop& stop = (fine ? d.fineStops : d.stops)[index];
    const double shown = d.shownAt(stop, index);
    d.travelFine = fine;
    d.travelGoal = goal;
    const bool thereAlready = d.tellsActs() ? std::abs(shown - d.playback.position()) < kSame : stop.at == d.now;
    if (d.reducedMotion || thereAlready) {
        arrive();
        return;
    }
    d.playback.travelTo(shown);
    d.sinceFrame.start();
    d.clock.start();
    emit playingChanged();
}

void Session::finishTravel()
{
    if (impl_->playback.isTravelling())
        arrive();
}

void Session::stepForward()
{
    finishTravel();
    stand();
    if (askFirst())
        return;
    if (impl_->stop + 1 < static_cast<int>(impl_->stops.size()))
        travel(false, impl_->stop + 1);
    else if (now() < end())
        seek(end());
}

void Session::stepBack()
{
    finishTravel();
    stand();
    const Impl& d = *impl_;
    if (d.stop < 0)
        return;
    const auto index = static_cast<std::size_t>(d.stop);
    const Stop& stop = d.stops[index];
    const bool between = stop.at < d.now || (d.tellsActs() && d.shownAt(stop, index) < d.playback.position() - kSame);
    if (between || d.stop > 0)
        travel(false, between ? d.stop : d.stop - 1);
}

void Session::stepForwardFine()
{
    finishTravel();
    stand();
    const Impl& d = *impl_;
    for (std::size_t i = 0; i < d.fineStops.size(); ++i) {
        const Stop& stop = d.fineStops[i];
        const bool later = stop.at > d.now ||
                           (d.tellsActs() && stop.at == d.now && d.shownAt(stop, i) > d.playback.position() + kSame);
        if (later) {
            travel(true, static_cast<int>(i));
            return;
        }
    }
}

void Session::stepBackFine()
{
    finishTravel();
    stand();
    const Impl& d = *impl_;
    for (std::size_t i = d.fineStops.size(); i-- > 0;) {
        const Stop& stop = d.fineStops[i];
        const bool earlier = stop.at < d.now ||
                             (d.tellsActs() && stop.at == d.now && d.shownAt(stop, i) < d.playback.position() - kSame);
        if (earlier) {
            travel(true, static_cast<int>(i));
            return;
        }
    }
}

void Session::play()
{
    Impl& d = *impl_;
    if (!hasRun() || d.playback.isPlaying())
        return;
    finishTravel();
    if (d.playback.position() >= d.story.length())
        toStart();
    d.playback.play();
    d.sinceFrame.start();
    d.clock.start();
    emit playingChanged();
}

void Session::pause()
{
    finishTravel();
    stand();
}

void Session::togglePlay()
{
    if (isPlaying())
        pause();
    else
        play();
}

bool Session::isPlaying() const
{
    return impl_->playback.isPlaying();
}
bool Session::isTravelling() const
{
    return impl_->playback.isTravelling();
}
double Session::speed() const
{
    return impl_->playback.speed();
}

void Session::setSpeed(double speed)
{
    impl_->playback.setSpeed(speed);
    emit playingChanged();
}

void Session::advance(double seconds)
{
    Impl& d = *impl_;
    if (!d.playback.isMoving())
        return;
    const bool travelling = d.playback.isTravelling();
    d.playback.advance(seconds, d.story.length());
    if (!d.playback.isMoving()) {
        d.clock.stop();
        emit playingChanged();
        if (travelling) {
            arrive();
            return;
        }
    }
    showStory(d.playback.position());
}

} // namespace packetarium
