// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a Session is made of; for its own source files only.

#include "ui/session/lesson_progress.h"
#include "ui/session/playback.h"
#include "ui/session/session.h"
#include "ui/session/settings.h"

#include <QElapsedTimer>
#include <QTimer>

namespace packetarium {

struct Session::Impl {
    // The run. Without one, the empty parts stand in, so that every question has an answer.
    std::unique_ptr<Engine> engine;
    Scenario noScenario;
    Trace noTrace;
    std::unique_ptr<MomentIndex> moments;
    std::unique_ptr<Symbols> symbols;
    StoryTime story;

    // The document.
    std::optional<Lesson> lesson;
    std::vector<BoundStep> steps; ///< of the lesson, in this run
    QString filePath;
    std::vector<Command> savedCommands;
    bool recovered = false;      ///< what is on disk is something else
    std::size_t undoFloor = 0;   ///< commands that were there when the document was opened
    std::vector<Command> undone; ///< the last one is redone first

    // The instant.
    Playback playback;
    SimTime now;
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
    NumberStyle numbers = NumberStyle::Symbolic;
    Language language = Language::English;
    bool reducedMotion = false;
    bool predicting = false;
    std::optional<Prediction> prediction;
    std::optional<std::size_t> predicted;

    std::unique_ptr<Settings> settings;
    std::unique_ptr<LessonProgress> progress;

    const Trace& trace() const { return engine ? engine->trace() : noTrace; }
    const Scenario& scenario() const { return engine ? engine->scenario() : noScenario; }
    /// After the trace changed: everything that is derived from it.
    void derive();
    void deriveStops();
    int lastStopAt(SimTime t) const;
};

} // namespace packetarium
