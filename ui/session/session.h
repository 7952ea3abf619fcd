// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The one bridge between core and widgets. It owns the run (engine, trace,
// moment index, story time) and the instant shown, and it is the only thing
// that moves either; widgets read it and are told when something changed. The
// playback clock lives here and is the program's only animation timer.

#include "core/capture/capture_run.h"
#include "core/engine/engine.h"
#include "core/lesson/lesson.h"
#include "core/lesson/prediction.h"
#include "core/lesson/stops.h"
#include "core/trace/story_time.h"
#include "ui/i18n/catalogue.h"
#include "ui/paint/stage_scene.h"

#include <QObject>
#include <memory>
#include <optional>

namespace packetarium {

class Settings;
class LessonProgress;
class LongWork;
struct RunReadings;
struct GrownRun;

/// What the caption bar shows at this instant, in the current language.
struct Caption {
    int number = 0; ///< step number from 1; 0: none
    int count = 0;
    int told =
        0; ///< the step that the words are of: an earlier one, if this one is only seen in the run that is compared
    QString heading, text, why, rfc;
};

class Session : public QObject {
    Q_OBJECT
public:
    explicit Session(QObject* parent = nullptr);
    ~Session() override;

    // What is remembered between sessions (ui/session/settings.h, lesson_progress.h); read when first asked for.
    Settings& settings();
    void setSettingsFile(const QString& file); ///< instead of the user's own; before the first settings()
    LessonProgress& progress();                ///< how far each lesson has been followed; it signals changed()

    // What is open. Each replaces what was there, stands at the start, paused, and clears undo.
    void openScenario(Scenario scenario, QString filePath = {});
    void openLesson(Lesson lesson, Scenario scenario);
    /// A capture: its trace is shown like a run's, but nothing can be done to it. `index`: what else is in the file.
    void openCapture(std::unique_ptr<CapturedRun> run, std::shared_ptr<const CaptureIndex> index, QString filePath);
    void openCapture(std::unique_ptr<CapturedRun> run, RunReadings readings, std::shared_ptr<const CaptureIndex> index,
                     QString filePath); ///< the same, with what has been read from its trace
    bool hasRun() const;
    bool isCaptured() const;                  ///< what is open is a capture
    const CaptureIndex* captureIndex() const; ///< nullptr: no capture is open
    std::shared_ptr<const CaptureIndex> sharedCaptureIndex() const;
    const CapturedRun* captured() const; ///< nullptr: no capture is open
    QString whyReadOnly() const;         ///< why nothing can be done to what is open; empty: it can
    const Scenario& scenario() const;    ///< with the user's commands
    const Lesson* lesson() const;        ///< nullptr outside lessons
    QString filePath() const;            ///< empty: never saved, or built in
    bool isModified() const;
    void markSaved(QString filePath);
    void setModified();    ///< recovered after a kill: no file has this, and all commands can be undone
    QString title() const; ///< of the lesson, else of the scenario, in the current language
    // A run of many events is shown as far as it has been run, and grows beside the window; then runChanged() comes again. What
    // is exported or printed must be whole.
    bool isGrowing() const;
    LongWork& growing() const;
    bool runHasOnlyGrown() const; ///< while runChanged() tells it: what was there is the beginning of what is there now
    void finishRun();             ///< here and now
    void setEventsAtOnce(std::uint64_t events); ///< before it is shown; the default takes some ten milliseconds
    std::uint64_t eventsAtOnce() const;
    bool isTcp() const; ///< false: some host does what TCP must not, and is marked so

    // Comparing (ui/session/comparison.h): another run is looked at beside this one. Both then have one story, and stepping goes
    // over what is seen in either. Opening something else ends it here; the other has to be told.
    /// Also when the other's run has changed; nullptr: alone again.
    void setBeside(Session* other);
    Session* beside() const;
    void standBeside(const Session& leader); ///< at its instant

    // The run and the instant.
    const Trace& trace() const;
    const Moment& moment() const;
    const MomentIndex& moments() const;
    const StoryTime& story() const;
    const Symbols& symbols() const;
    SimTime now() const;
    SimTime end() const; ///< of the run; of two that are compared the later one. Past its own end a run stands there.
    double shownNow() const;                ///< story seconds
    const std::vector<Stop>& stops() const; ///< of the active view, or the lesson's
    int currentStop() const;                ///< the last one at or before now; -1: none
    Caption caption() const;
    /// Everything a painter needs; the theme and hover are the caller's to fill in.
    StageScene scene() const;
    QString hostLabel(NodeId host) const;

    // Moving. step* travel there by playing (or cut, with reduced motion); all but play() pause.
    void toStart();
    void toEnd();
    void stepForward();
    void stepBack();
    void stepForwardFine(); ///< the next visible change even in a lesson
    void stepBackFine();
    void seekShown(double seconds);
    void seek(SimTime t);
    void play();
    void pause();
    void togglePlay();
    bool isPlaying() const; ///< play(), not the travel of a step
    double speed() const;   ///< 0.125 .. 8
    void setSpeed(double speed);
    bool isTravelling() const;    ///< on the way of a step
    void finishTravel();          ///< jump to where a step is going (tests, fast clicking)
    void goToStop(int index);     ///< without travelling
    void advance(double seconds); ///< what the clock does each frame: this much real time has passed

    // Predicting: with it on, a step first asks what comes next; stepping again passes the question over.
    bool predicting() const;
    void setPredicting(bool on);
    const std::optional<Prediction>& prediction() const; ///< the question that waits, if one does
    std::optional<std::size_t> predicted() const;        ///< what was answered; the first answer counts
    void answerPrediction(std::size_t choice);

    // Looking.
    void setStopView(StopView view);
    StopView stopView() const;
    Selection selection() const;
    void select(const Selection& selection);
    /// Bits of a packet's frame that a field tree, the bytes or the stage has picked.
    const std::optional<BitRange>& field() const;
    void selectField(const std::optional<BitRange>& bits);
    const LayersLook& layersLook() const; ///< remembered in the settings
    void setLayersLook(const LayersLook& look);
    const PlotsLook& plotsLook() const; ///< which plots are shown is remembered in the settings
    void setPlotsLook(const PlotsLook& look);
    NumberStyle numberStyle() const;
    void setNumberStyle(NumberStyle style);
    Language language() const;
    void setLanguage(Language language);
    bool reducedMotion() const;
    void setReducedMotion(bool on);

    // Commands: inputs of the run at the instant shown (or, for a packet that has already arrived, just after it was
    // sent). Each can be undone. A command before the end of the run re-runs from there; notice() says so.
    void apply(Action action, const QString& host = {});
    bool canActOn(PacketId packet) const;
    void undo();
    void redo();
    bool canUndo() const;
    bool canRedo() const;

    // Building: the scenario itself is changed. Each change can be undone; the file stays the same and counts as modified. A change
    // of anything but places runs again, from the start; what cannot run is kept as a draft beside the last run.
    const Scenario& draft() const;                         ///< as it has been built; the scenario where that can run
    const std::optional<InputError>& draftTrouble() const; ///< why the draft cannot run; nothing: it does
    void editScenario(Scenario edited);
    void placeNode(NodeId node, NodePlace place);

signals:
    void runChanged();    ///< another trace: everything derived from it is new
    void momentChanged(); ///< the instant moved
    void selectionChanged();
    void stopsChanged();
    void playingChanged(); ///< play or pause, the travel of a step, speed
    void fieldChanged();
    void plotsLookChanged();              ///< which plots, of which flow, of what time
    void presentationChanged();           ///< language, number style, reduced motion, layers look
    void predictionChanged();             ///< a question was asked, answered or withdrawn
    void documentChanged();               ///< file, modified, undo and redo
    void notice(const QString& sentence); ///< something to say, in the current language

private:
    void rememberForUndo();
    void setDraft(Scenario draft);
    bool undoEdit();
    bool redoEdit();
    void openRun(Scenario scenario, std::optional<Lesson> lesson, QString filePath);
    void closeRun(std::vector<Command> commands, const ViewHints& hints);
    void showRun();
    void setCommands(std::vector<Command> commands, bool say);
    void standWhereItWas();
    StageScene ownScene() const; ///< without the run beside it
    void setInstant(SimTime t, std::size_t recordsDone, std::optional<int> stop = {});
    void standAt(const Stop& stop, std::size_t index, std::optional<int> current);
    void showStory(double seconds);
    void stand();
    void travel(bool fine, int goal);
    void arrive();
    void noteProgress();
    void sayRunWasCut();
    void sayWhatChanged(SimTime from, SimTime oldEnd);
    void runElsewhere(std::vector<Command> commands, bool say);
    RunEnd runOn();
    SimTime wantedInstant() const;
    void takeGrown(GrownRun run);
    void showChangedRun();
    bool askFirst();
    void withdrawQuestion();
    Caption questionCaption() const;

    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace packetarium
