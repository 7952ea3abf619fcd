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

/// From where the engine stands: to the end, or as far as can be run at once, and then grow().
RunEnd Session::runOn()
{
    Impl& d = *impl_;
    d.grower.abandon();
    d.comesBackTo.reset();
    const RunEnd end = d.engine->runSome(d.atOnce);
    if (end == RunEnd::Unfinished)
        d.grower.grow(d.engine->scenario(), d.engineOptions(), [this](GrownRun run) { takeGrown(std::move(run)); });
    return end;
}

/// What is on the screen is its beginning: nothing that is told or picked changes.
void Session::takeGrown(GrownRun run)
{
    Impl& d = *impl_;
    const bool playing = isPlaying();
    finishTravel();
    run.engine->setPlaces(scenario());
    const std::unique_ptr<Engine> shorter = std::exchange(d.engine, std::move(run.engine));
    d.derive(std::move(run.readings));
    if (const auto there = std::exchange(d.comesBackTo, std::nullopt); there && d.now == shorter->trace().end())
        d.now = *there;
    showChangedRun();
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
    d.grower.abandon();
    const RunEnd end = d.engine->runToEnd();
    d.derive();
    showChangedRun();
    if (end == RunEnd::TooManyEvents)
        sayRunWasCut();
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
