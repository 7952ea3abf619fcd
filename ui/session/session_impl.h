// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a Session is made of; for its own source files only.

#include "ui/session/lesson_progress.h"
#include "ui/session/playback.h"
#include "ui/session/run_grower.h"
#include "ui/session/session.h"
#include "ui/session/settings.h"

#include <QElapsedTimer>
#include <QTimer>

namespace packetarium {

struct Session::Impl {
    // The run. Without one, the empty parts stand in, so that every question has an answer.
    std::unique_ptr<Engine> engine;
    std::unique_ptr<CapturedRun> captured; ///< instead of an engine: a capture, in which nothing can be run
    std::shared_ptr<const CaptureIndex> captureIndex;
    Scenario noScenario;
    Trace noTrace;
    std::unique_ptr<MomentIndex> moments;
    std::unique_ptr<Symbols> symbols;
    std::shared_ptr<const LadderModel> ladder; ///< read beside the window; none: the run is short, or has changed
    StoryTime story;
    // A long run is shown as far as it has been run, and grows.
    static constexpr std::uint64_t kAtOnce = 20'000; ///< events: some ten milliseconds
    std::uint64_t atOnce = kAtOnce;
    static constexpr std::uint64_t kManyTimes = 5; ///< of atOnce: what even reading takes too long of
    RunGrower grower;
    std::optional<Scenario> awaited;    ///< whose run will take the place of the one that is shown
    std::optional<SimTime> comesBackTo; ///< where the cursor is wanted, for which the run is too short yet
    bool onlyGrown = false;
    // Of the scenario, as scenes want them.
    std::vector<std::optional<NodePlace>> places;
    std::vector<CableEnds> cableEnds;
    std::vector<bool> serves;
    Session* beside = nullptr; ///< whose run is compared with this one

    // The document.
    std::optional<Lesson> lesson;
    std::vector<BoundStep> steps; ///< of the lesson, in this run
    QString filePath;
    std::vector<Command> savedCommands;
    bool recovered = false;      ///< what is on disk is something else
    std::size_t undoFloor = 0;   ///< commands that were there when the document was opened
    std::vector<Command> undone; ///< the last one is redone first

    // Building. An edit is undone when the commands that came after it are.
    struct Edit {
        Scenario scenario;        ///< before it, or to be redone
        std::size_t commands = 0; ///< how many there were, or are undone, then
    };
    std::vector<Edit> edits, undoneEdits;
    std::size_t savedEdits = 0;
    std::optional<Scenario> draft; ///< what has been built and cannot run
    std::optional<InputError> trouble;
    void forgetEdits();

    // The instant.
    Playback playback;
    SimTime now;
    std::size_t recordsDone = 0; ///< within the instant: records before this have been told
    double shownTold = 0;        ///< story seconds when momentChanged() was last emitted
    Moment moment;
    std::vector<Stop> stops;     ///< of a step
    std::vector<Stop> fineStops; ///< every visible change
    int stop = -1;
    bool travelFine = false; ///< travelGoal is an index into fineStops
    int travelGoal = -1;
    QTimer clock;
    QElapsedTimer sinceFrame;

    // Looking.
    StopView view = StopView::Sequence;
    Selection selection;
    std::optional<BitRange> field;
    LayersLook look;
    PlotsLook plots;
    NumberStyle numbers = NumberStyle::Symbolic;
    Language language = Language::English;
    bool reducedMotion = false;
    bool predicting = false;
    std::optional<Prediction> prediction;
    std::optional<std::size_t> predicted;

    std::unique_ptr<Settings> settings;
    std::unique_ptr<LessonProgress> progress;

    const Trace& trace() const { return engine ? engine->trace() : captured ? captured->trace : noTrace; }
    const Scenario& scenario() const
    {
        return awaited ? *awaited : engine ? engine->scenario() : captured ? captured->scenario : noScenario;
    }
    SimTime end() const { return beside ? std::max(trace().end(), beside->trace().end()) : trace().end(); }
    Moment momentAt(SimTime t) const { return moments->at(std::min(t, trace().end())); }
    /// After the trace changed: everything that is derived from it.
    void derive();
    void derive(RunReadings readings);
    EngineOptions engineOptions() const;
    void describeNetwork();
    void deriveStops();
    void addStopsBeside();
    /// The last stop up to this one that is of this run; -1: none.
    int ownStop(int index) const;
    void forgetWhatIsGone();

    // session_instant.cpp
    /// Within one instant layer acts are told one after the other.
    bool tellsActs() const { return story.perLayerAct() > 0; }
    void makeStory();
    /// Story seconds at which a stop's record has just happened.
    double shownAt(const Stop& at, std::size_t index) const;
    /// Records done when this one has been told: those that happen with it, too.
    std::size_t recordsWith(std::size_t record) const;
    std::size_t recordsAt(const Stop& at, std::size_t index) const;
    /// Where the instant and the record that are shown stand in the story.
    double shownNow() const;
    bool isReached(const Stop& at, std::size_t index) const;
    int lastStop() const; ///< the last one that is reached
};

} // namespace packetarium
