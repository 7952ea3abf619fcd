// SPDX-License-Identifier: GPL-3.0-or-later
// What is open and where in it we stand. Commands: session_commands.cpp; words: session_words.cpp.
#include "ui/session/session_impl.h"

#include <algorithm>

namespace packetarium {
namespace {

/// A run longer than this is cut off and said to be; a scenario for watching has a few hundred.
constexpr std::uint64_t kMostEvents = 300'000;
/// After the program was held up (a menu, a slow disk) the picture goes on from where it was instead of leaping.
constexpr double kLongestFrame = 0.1;

} // namespace

Session::Session(QObject* parent)
    : QObject(parent)
    , impl_(std::make_unique<Impl>())
{
    impl_->derive();
    impl_->clock.setTimerType(Qt::PreciseTimer);
    impl_->clock.setInterval(16);
    connect(&impl_->clock, &QTimer::timeout, this, [this] {
        const double seconds = static_cast<double>(impl_->sinceFrame.nsecsElapsed()) / 1e9;
        impl_->sinceFrame.restart();
        advance(std::min(seconds, kLongestFrame));
    });
}

Session::~Session() = default;

Settings& Session::settings()
{
    if (!impl_->settings)
        impl_->settings = std::make_unique<Settings>();
    return *impl_->settings;
}

void Session::setSettingsFile(const QString& file)
{
    impl_->settings = std::make_unique<Settings>(file);
}

LessonProgress& Session::progress()
{
    if (!impl_->progress)
        impl_->progress = std::make_unique<LessonProgress>(settings());
    return *impl_->progress;
}

void Session::Impl::derive()
{
    moments = std::make_unique<MomentIndex>(trace());
    symbols = std::make_unique<Symbols>(trace());
    story = StoryTime(trace());
    steps = lesson ? bindSteps(*lesson, trace()) : std::vector<BoundStep>{};
    deriveStops();
}

void Session::Impl::deriveStops()
{
    fineStops = engine ? visibleStops(trace(), view) : std::vector<Stop>{};
    stops = lesson ? lessonStops(*lesson, trace()) : fineStops;
    const auto earlier = [](const Stop& a, const Stop& b) { return a.at < b.at; };
    if (lesson) {
        // Once the user has changed the run, the lesson's steps alone would pass over what the change brought about.
        if (!scenario().commands.empty())
            stops.insert(stops.end(), fineStops.begin(), fineStops.end());
        std::stable_sort(stops.begin(), stops.end(), earlier);
        const auto sameInstant = [](const Stop& kept, const Stop& next) {
            return next.lessonStep < 0 && kept.at == next.at;
        };
        stops.erase(std::unique(stops.begin(), stops.end(), sameInstant), stops.end());
    }
}

int Session::Impl::lastStopAt(SimTime t) const
{
    const auto later =
        std::upper_bound(stops.begin(), stops.end(), t, [](SimTime at, const Stop& s) { return at < s.at; });
    return static_cast<int>(later - stops.begin()) - 1;
}

// --- what is open -------------------------------------------------------------------------------------------------

void Session::openScenario(Scenario scenario, QString filePath)
{
    openRun(std::move(scenario), std::nullopt, std::move(filePath));
}

void Session::openLesson(Lesson lesson, Scenario scenario)
{
    openRun(std::move(scenario), std::move(lesson), {});
}

void Session::openRun(Scenario scenario, std::optional<Lesson> lesson, QString filePath)
{
    Impl& d = *impl_;
    d.clock.stop();
    d.lesson = std::move(lesson);
    d.filePath = std::move(filePath);
    d.savedCommands = scenario.commands;
    d.undoFloor = scenario.commands.size();
    d.recovered = false;
    d.undone.clear();
    d.view = scenario.hints.view == "states" ? StopView::States : StopView::Sequence;
    EngineOptions options;
    options.maxEvents = kMostEvents;
    // Nothing may point into the old trace while it goes.
    d.moments.reset();
    d.symbols.reset();
    d.engine = std::make_unique<Engine>(std::move(scenario), options);
    const RunEnd end = d.engine->runToEnd();
    d.derive();
    d.selection = {};
    d.playback.standAt(0);
    d.now = SimTime::zero();
    d.moment = d.moments->at(d.now);
    d.stop = d.lastStopAt(d.now);
    // Several steps may be bound to the very start; the first one is where we stand.
    while (d.stop > 0 && d.stops[static_cast<std::size_t>(d.stop - 1)].at == d.now)
        --d.stop;
    emit runChanged();
    emit stopsChanged();
    emit selectionChanged();
    emit momentChanged();
    emit playingChanged();
    emit documentChanged();
    noteProgress();
    if (end == RunEnd::TooManyEvents)
        sayRunWasCut();
}

bool Session::hasRun() const
{
    return impl_->engine != nullptr;
}
const Scenario& Session::scenario() const
{
    return impl_->scenario();
}
const Lesson* Session::lesson() const
{
    return impl_->lesson ? &*impl_->lesson : nullptr;
}
QString Session::filePath() const
{
    return impl_->filePath;
}

bool Session::isModified() const
{
    return impl_->recovered || impl_->scenario().commands != impl_->savedCommands;
}

void Session::markSaved(QString filePath)
{
    impl_->filePath = std::move(filePath);
    impl_->savedCommands = scenario().commands;
    impl_->recovered = false;
    emit documentChanged();
}

void Session::setModified()
{
    impl_->recovered = true;
    impl_->undoFloor = 0;
    emit documentChanged();
}

const Trace& Session::trace() const
{
    return impl_->trace();
}
const Moment& Session::moment() const
{
    return impl_->moment;
}
const MomentIndex& Session::moments() const
{
    return *impl_->moments;
}
const StoryTime& Session::story() const
{
    return impl_->story;
}
const Symbols& Session::symbols() const
{
    return *impl_->symbols;
}
SimTime Session::now() const
{
    return impl_->now;
}
double Session::shownNow() const
{
    return impl_->playback.position();
}
const std::vector<Stop>& Session::stops() const
{
    return impl_->stops;
}
int Session::currentStop() const
{
    return impl_->stop;
}

// --- moving -------------------------------------------------------------------------------------------------------

void Session::setInstant(SimTime t, int stop)
{
    Impl& d = *impl_;
    withdrawQuestion();
    if (t == d.now && stop == d.stop && d.moment.at == t)
        return;
    d.now = t;
    d.stop = stop;
    d.moment = d.moments->at(t);
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
    t = std::clamp(t, SimTime::zero(), trace().end());
    impl_->playback.standAt(impl_->story.shown(t));
    setInstant(t, impl_->lastStopAt(t));
}

void Session::seekShown(double seconds)
{
    stand();
    seconds = std::clamp(seconds, 0.0, impl_->story.length());
    impl_->playback.standAt(seconds);
    const SimTime t = impl_->story.simulated(seconds);
    setInstant(t, impl_->lastStopAt(t));
}

void Session::toStart()
{
    stand();
    if (impl_->stops.empty() || impl_->stops.front().at > SimTime::zero())
        seek(SimTime::zero());
    else
        goToStop(0);
}

void Session::toEnd()
{
    stand();
    if (!impl_->stops.empty() && impl_->stops.back().at >= trace().end())
        goToStop(static_cast<int>(impl_->stops.size()) - 1);
    else
        seek(trace().end());
}

void Session::goToStop(int index)
{
    if (index < 0 || index >= static_cast<int>(impl_->stops.size()))
        return;
    stand();
    const SimTime t = impl_->stops[static_cast<std::size_t>(index)].at;
    impl_->playback.standAt(impl_->story.shown(t));
    setInstant(t, index);
}

void Session::arrive()
{
    Impl& d = *impl_;
    const auto goal = static_cast<std::size_t>(d.travelGoal);
    if (d.travelFine)
        seek(d.fineStops[goal].at);
    else
        goToStop(d.travelGoal);
}

void Session::travel(bool fine, int goal)
{
    Impl& d = *impl_;
    const SimTime t = (fine ? d.fineStops : d.stops)[static_cast<std::size_t>(goal)].at;
    d.travelFine = fine;
    d.travelGoal = goal;
    if (d.reducedMotion || t == d.now) {
        arrive();
        return;
    }
    d.playback.travelTo(d.story.shown(t));
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
    else if (now() < trace().end())
        seek(trace().end());
}

void Session::stepBack()
{
    finishTravel();
    stand();
    const Impl& d = *impl_;
    if (d.stop < 0)
        return;
    const bool between = d.stops[static_cast<std::size_t>(d.stop)].at < d.now;
    if (between || d.stop > 0)
        travel(false, between ? d.stop : d.stop - 1);
}

void Session::stepForwardFine()
{
    finishTravel();
    stand();
    const auto& fine = impl_->fineStops;
    const auto next = std::find_if(fine.begin(), fine.end(), [this](const Stop& s) { return s.at > impl_->now; });
    if (next != fine.end())
        travel(true, static_cast<int>(next - fine.begin()));
}

void Session::stepBackFine()
{
    finishTravel();
    stand();
    const auto& fine = impl_->fineStops;
    const auto before = std::find_if(fine.rbegin(), fine.rend(), [this](const Stop& s) { return s.at < impl_->now; });
    if (before != fine.rend())
        travel(true, static_cast<int>(fine.rend() - before) - 1);
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
    const SimTime t = d.story.simulated(d.playback.position());
    setInstant(t, d.lastStopAt(t));
}

// --- looking ------------------------------------------------------------------------------------------------------

void Session::setStopView(StopView view)
{
    if (impl_->view == view)
        return;
    finishTravel();
    impl_->view = view;
    impl_->deriveStops();
    impl_->stop = impl_->lastStopAt(impl_->now);
    emit stopsChanged();
}

StopView Session::stopView() const
{
    return impl_->view;
}
Selection Session::selection() const
{
    return impl_->selection;
}

void Session::select(const Selection& selection)
{
    if (impl_->selection == selection)
        return;
    impl_->selection = selection;
    emit selectionChanged();
}

NumberStyle Session::numberStyle() const
{
    return impl_->numbers;
}
Language Session::language() const
{
    return impl_->language;
}
bool Session::reducedMotion() const
{
    return impl_->reducedMotion;
}

void Session::setNumberStyle(NumberStyle style)
{
    if (impl_->numbers == style)
        return;
    impl_->numbers = style;
    withdrawQuestion(); // its choices are written in the old style
    emit presentationChanged();
}

void Session::setLanguage(Language language)
{
    if (impl_->language == language)
        return;
    impl_->language = language;
    emit presentationChanged();
}

void Session::setReducedMotion(bool on)
{
    if (impl_->reducedMotion == on)
        return;
    finishTravel();
    impl_->reducedMotion = on;
    emit presentationChanged();
}

} // namespace packetarium
