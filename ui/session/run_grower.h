// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Runs a long scenario to its end in a thread of its own, with an engine of
// its own, while what has been run of it so far is on the screen: the same
// inputs give the same trace, so the longer one can take its place.

#include "core/engine/engine.h"
#include "ui/i18n/catalogue.h"
#include "ui/session/long_work.h"
#include "ui/session/run_readings.h"

#include <QPointer>
#include <QTimer>
#include <functional>

class QThread;

namespace packetarium {

struct GrownRun {
    std::unique_ptr<Engine> engine;
    RunEnd end = RunEnd::Quiet; ///< Unfinished: it was stopped
    RunReadings readings;
};

class RunGrower : public LongWork {
    Q_OBJECT
public:
    explicit RunGrower(QObject* parent = nullptr);
    ~RunGrower() override;

    /// Begins anew; `done` is called in this thread, unless something else is begun or abandoned before. Even if it is stopped
    /// the run has `atLeast` events, if there are so many: no less than is shown already.
    void grow(Scenario scenario, EngineOptions options, std::uint64_t atLeast, std::function<void(GrownRun)> done);
    void abandon();
    void setLanguage(Language language) { language_ = language; }

    bool isBusy() const override { return job_ != nullptr; }
    QString words() const override;
    int percent() const override { return -1; }
    QString stopWords() const override;
    QString stopHint() const override;
    void stop() override; ///< where it is; that much is shown

private:
    struct Job;
    std::shared_ptr<Job> job_;
    QPointer<QThread> thread_;
    std::function<void(GrownRun)> done_;
    QTimer watch_;
    Language language_ = Language::English;
};

} // namespace packetarium
