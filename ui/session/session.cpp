// SPDX-License-Identifier: GPL-3.0-or-later
// What is open and how it is looked at. Moving: session_instant.cpp; commands: session_commands.cpp; words:
// session_words.cpp.
#include "ui/session/session_impl.h"

#include <algorithm>

namespace packetarium {
namespace {

/// After the program was held up (a menu, a slow disk) the picture goes on from where it was instead of leaping.
constexpr double kLongestFrame = 0.1;

StopView viewOf(const ViewHints& hints)
{
    if (hints.view == "states")
        return StopView::States;
    if (hints.view == "layers")
        return StopView::Layers;
    if (hints.view == "windows")
        return StopView::Windows;
    if (hints.view == "plots")
        return StopView::Plots;
    return hints.view == "network" ? StopView::Network : StopView::Sequence;
}

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
    derive(readRun(trace()));
}

void Session::Impl::derive(RunReadings readings)
{
    moments = std::move(readings.moments);
    symbols = std::move(readings.symbols);
    ladder = std::move(readings.ladder);
    makeStory();
    describeNetwork();
    steps = lesson ? bindSteps(*lesson, trace()) : std::vector<BoundStep>{};
    deriveStops();
}

void Session::Impl::deriveStops()
{
    fineStops = engine || captured ? visibleStops(trace(), view) : std::vector<Stop>{};
    if (beside) {
        // Lessons speak of one run; two are stepped through by what is seen in them.
        addStopsBeside();
        stops = fineStops;
        return;
    }
    stops = lesson ? lessonStops(*lesson, trace()) : fineStops;
    if (lesson) {
        // Once the user has changed the run, the lesson's steps alone would pass over what the change brought about.
        if (!scenario().commands.empty())
            stops.insert(stops.end(), fineStops.begin(), fineStops.end());
        const bool acts = tellsActs();
        const auto earlier = [acts](const Stop& a, const Stop& b) {
            return a.at < b.at || (acts && a.at == b.at && a.firstRecord < b.firstRecord);
        };
        std::stable_sort(stops.begin(), stops.end(), earlier);
        const auto same = [acts](const Stop& kept, const Stop& next) {
            return next.lessonStep < 0 && kept.at == next.at && (!acts || kept.firstRecord == next.firstRecord);
        };
        stops.erase(std::unique(stops.begin(), stops.end(), same), stops.end());
    }
}

// --- what is open -------------------------------------------------------------------------------------------------

void Session::openScenario(Scenario scenario, QString filePath)
{
    impl_->beside = nullptr;
    openRun(std::move(scenario), std::nullopt, std::move(filePath));
}

void Session::openLesson(Lesson lesson, Scenario scenario)
{
    impl_->beside = nullptr;
    openRun(std::move(scenario), std::move(lesson), {});
}

void Session::openRun(Scenario scenario, std::optional<Lesson> lesson, QString filePath)
{
    Impl& d = *impl_;
    closeRun(scenario.commands, scenario.hints);
    d.lesson = std::move(lesson);
    d.filePath = std::move(filePath);
    d.engine = std::make_unique<Engine>(std::move(scenario), d.engineOptions());
    const RunEnd end = runOn();
    d.derive();
    showRun();
    if (end == RunEnd::TooManyEvents)
        sayRunWasCut();
}

/// Nothing may point into the old trace while it goes.
void Session::closeRun(std::vector<Command> commands, const ViewHints& hints)
{
    Impl& d = *impl_;
    d.clock.stop();
    d.savedCommands = std::move(commands);
    d.undoFloor = d.savedCommands.size();
    d.recovered = false;
    d.undone.clear();
    d.forgetEdits();
    d.view = viewOf(hints);
    d.moments.reset();
    d.symbols.reset();
    d.engine.reset();
    d.captured.reset();
    d.captureIndex.reset();
    d.lesson.reset();
    d.ladder.reset();
    d.grower.abandon();
    d.awaited.reset();
    d.comesBackTo.reset();
}

/// From the start, paused.
void Session::showRun()
{
    Impl& d = *impl_;
    d.selection = {};
    d.field.reset();
    d.plots = {d.plots.shown, {}, {}, {}};
    d.playback.standAt(0);
    d.now = SimTime::zero();
    d.moment = d.momentAt(d.now);
    d.recordsDone = d.tellsActs() ? d.story.recordsAt(0) : d.moment.recordsDone;
    d.shownTold = 0;
    // Several steps may be bound to the very start; the first one is where we stand.
    d.stop = d.stops.empty() || d.stops.front().at > d.now ? -1 : 0;
    if (d.stop == 0 && !d.isReached(d.stops.front(), 0))
        d.stop = -1;
    emit runChanged();
    emit stopsChanged();
    emit selectionChanged();
    emit fieldChanged();
    emit momentChanged();
    emit playingChanged();
    emit documentChanged();
    noteProgress();
}

bool Session::hasRun() const
{
    return impl_->engine != nullptr || impl_->captured != nullptr;
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
    return impl_->recovered || impl_->scenario().commands != impl_->savedCommands || impl_->draft ||
           impl_->edits.size() != impl_->savedEdits;
}

void Session::markSaved(QString filePath)
{
    impl_->filePath = std::move(filePath);
    impl_->savedCommands = scenario().commands;
    impl_->savedEdits = impl_->edits.size();
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

// --- looking ------------------------------------------------------------------------------------------------------

void Session::setStopView(StopView view)
{
    Impl& d = *impl_;
    if (d.view == view)
        return;
    finishTravel();
    const bool told = d.tellsActs();
    d.view = view;
    d.makeStory();
    d.deriveStops();
    if (d.tellsActs() != told) {
        const bool playing = isPlaying();
        d.playback.standAt(d.shownNow());
        if (playing)
            d.playback.play();
    }
    d.stop = d.lastStop();
    emit stopsChanged();
    if (d.tellsActs() != told) {
        d.shownTold = d.playback.position();
        emit momentChanged();
    }
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

const std::optional<BitRange>& Session::field() const
{
    return impl_->field;
}

void Session::selectField(const std::optional<BitRange>& bits)
{
    if (impl_->field == bits)
        return;
    impl_->field = bits;
    emit fieldChanged();
}

const LayersLook& Session::layersLook() const
{
    return impl_->look;
}

void Session::setLayersLook(const LayersLook& look)
{
    if (impl_->look == look)
        return;
    impl_->look = look;
    emit presentationChanged();
}

const PlotsLook& Session::plotsLook() const
{
    return impl_->plots;
}

void Session::setPlotsLook(const PlotsLook& look)
{
    if (impl_->plots == look)
        return;
    impl_->plots = look;
    emit plotsLookChanged();
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
    impl_->grower.setLanguage(language);
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
