// SPDX-License-Identifier: GPL-3.0-or-later
// A long run: shown as far as it has been run, while the rest is run beside the window.
#include "ui/session/session_impl.h"

namespace packetarium {
namespace {

/// A run longer than this is cut off and said to be; a scenario for watching has a few hundred.
constexpr std::uint64_t kMostEvents = 300'000;

} // namespace

EngineOptions Session::Impl::engineOptions() const
{
    EngineOptions options;
    options.maxEvents = kMostEvents;
    options.layers = true;
    return options;
}

bool Session::isGrowing() const
{
    return impl_->grower.isBusy();
}
LongWork& Session::growing() const
{
    return impl_->grower;
}
void Session::setEventsAtOnce(std::uint64_t events)
{
    impl_->atOnce = events;
}
std::uint64_t Session::eventsAtOnce() const
{
    return impl_->atOnce;
}

/// From where the engine stands: to the end, or as far as can be run at once, and then on beside the window. A lesson's steps are
/// bound to the whole run.
RunEnd Session::runOn()
{
    Impl& d = *impl_;
    d.grower.abandon();
    if (d.lesson)
        return d.engine->runToEnd();
    const RunEnd end = d.engine->runSome(d.atOnce);
    if (end == RunEnd::Unfinished)
        d.grower.grow(d.engine->scenario(), d.engineOptions(), d.engine->eventsDone(),
                      [this](GrownRun run) { takeGrown(std::move(run)); });
    return end;
}

/// Where the cursor would be if the run were long enough for it.
SimTime Session::wantedInstant() const
{
    const Impl& d = *impl_;
    return d.comesBackTo && d.now == d.end() ? *d.comesBackTo : d.now;
}

/// Even to read again what stays of a very long run would hold the window: it stays on the screen until the other is there.
void Session::runElsewhere(std::vector<Command> commands, bool say)
{
    Impl& d = *impl_;
    Scenario changed = scenario();
    changed.commands = std::move(commands);
    d.awaited = std::move(changed);
    d.grower.grow(*d.awaited, d.engineOptions(), d.engine->eventsDone(),
                  [this, say, oldEnd = trace().end()](GrownRun run) {
                      takeGrown(std::move(run));
                      const auto& all = scenario().commands;
                      const auto* at = say && !all.empty() ? std::get_if<AtTime>(&all.back().when) : nullptr;
                      if (at != nullptr)
                          sayWhatChanged(at->at, oldEnd);
                  });
    emit documentChanged();
}

/// What is on the screen is its beginning, or all of it up to a change.
void Session::takeGrown(GrownRun run)
{
    Impl& d = *impl_;
    const bool playing = isPlaying();
    finishTravel();
    d.now = std::min(wantedInstant(), std::max(d.now, run.engine->trace().end()));
    d.comesBackTo.reset();
    run.engine->setPlaces(scenario());
    d.onlyGrown = !d.awaited;
    d.awaited.reset();
    const std::unique_ptr<Engine> shorter = std::exchange(d.engine, std::move(run.engine));
    d.derive(std::move(run.readings));
    showChangedRun();
    d.onlyGrown = false;
    if (playing)
        play();
    if (run.end == RunEnd::TooManyEvents)
        sayRunWasCut();
    else if (run.end == RunEnd::Unfinished)
        emit notice(tr("Stopped: what comes after %1 has not been run.")
                        .arg(QString::fromStdString(durationText(trace().end() - SimTime::zero(), d.language))));
}

void Session::finishRun()
{
    Impl& d = *impl_;
    if (!isGrowing())
        return;
    pause();
    d.grower.abandon();
    d.onlyGrown = !d.awaited;
    if (d.awaited)
        d.engine->setCommands(std::exchange(d.awaited, std::nullopt)->commands, SimTime::zero());
    const SimTime wanted = wantedInstant();
    d.comesBackTo.reset();
    const RunEnd end = d.engine->runToEnd();
    d.derive();
    d.now = std::min(wanted, std::max(d.now, trace().end()));
    showChangedRun();
    d.onlyGrown = false;
    if (end == RunEnd::TooManyEvents)
        sayRunWasCut();
}

bool Session::runHasOnlyGrown() const
{
    return impl_->onlyGrown;
}

void Session::showChangedRun()
{
    Impl& d = *impl_;
    const Selection selected = d.selection;
    const std::optional<BitRange> field = d.field;
    d.forgetWhatIsGone();
    standWhereItWas();
    emit runChanged();
    emit stopsChanged();
    if (d.selection != selected)
        emit selectionChanged();
    if (d.field != field)
        emit fieldChanged();
    emit momentChanged();
    emit documentChanged();
}

} // namespace packetarium
