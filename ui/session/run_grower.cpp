// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/run_grower.h"

#include "ui/i18n/catalogue_windows.h"
#include "ui/i18n/from_utf8.h"

#include <QThread>
#include <atomic>

namespace packetarium {
namespace {

/// Events between two looks at whether to stop: some milliseconds.
constexpr std::uint64_t kPart = 2'000;

} // namespace

/// What the thread works on. Whoever started it looks at the run when the thread has ended, and touches only the atoms before.
struct RunGrower::Job {
    Job(Scenario s, EngineOptions o, std::uint64_t least)
        : scenario(std::move(s))
        , options(o)
        , atLeast(least)
    {}
    void work()
    {
        run.engine = std::make_unique<Engine>(std::move(scenario), options);
        do {
            run.end = run.engine->runSome(kPart);
            events = run.engine->eventsDone();
            now = run.engine->now().ns();
        } while (run.end == RunEnd::Unfinished && !abandoned && (!stopped || events < atLeast));
        if (!abandoned)
            run.readings = readLongRun(run.engine->trace());
    }
    Scenario scenario;
    EngineOptions options;
    std::uint64_t atLeast;
    GrownRun run;
    std::atomic<bool> stopped = false, abandoned = false;
    std::atomic<std::uint64_t> events = 0;
    std::atomic<std::int64_t> now = 0;
};

RunGrower::RunGrower(QObject* parent)
    : LongWork(parent)
{
    watch_.setInterval(50);
    connect(&watch_, &QTimer::timeout, this, &LongWork::progressed);
}

RunGrower::~RunGrower()
{
    abandon();
    if (thread_)
        thread_->wait();
}

void RunGrower::grow(Scenario scenario, EngineOptions options, std::uint64_t atLeast,
                     std::function<void(GrownRun)> done)
{
    abandon();
    job_ = std::make_shared<Job>(std::move(scenario), options, atLeast);
    done_ = std::move(done);
    thread_ = QThread::create([job = job_] { job->work(); });
    connect(thread_, &QThread::finished, thread_, &QObject::deleteLater);
    connect(thread_, &QThread::finished, this, [this, job = job_] {
        if (job != job_)
            return;
        job_.reset();
        watch_.stop();
        emit busyChanged();
        std::exchange(done_, {})(std::move(job->run));
    });
    thread_->start();
    watch_.start();
    emit busyChanged();
}

void RunGrower::abandon()
{
    if (!job_)
        return;
    job_->abandoned = true; // its thread ends by itself and is not listened to any more
    job_.reset();
    done_ = {};
    watch_.stop();
    emit busyChanged();
}

void RunGrower::stop()
{
    if (job_)
        job_->stopped = true;
}

QString RunGrower::words() const
{
    if (!job_)
        return {};
    return tr("Running on: %1 events, %2")
        .arg(QString::fromStdString(groupedNumber(job_->events)),
             fromUtf8(durationText(SimDuration::nanoseconds(job_->now), language_)));
}

QString RunGrower::stopWords() const
{
    return tr("Stop here");
}

QString RunGrower::stopHint() const
{
    return tr("Run no further, and show what there is");
}

} // namespace packetarium
