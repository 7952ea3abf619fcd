// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/capture_loader.h"

#include "ui/i18n/catalogue_capture.h"
#include "ui/session/run_readings.h"
#include "ui/session/session.h"

#include <QFile>
#include <QFileInfo>
#include <QThread>

namespace packetarium {

/// What the thread works on. Whoever started it looks at it again when the thread has ended, and touches only `progress` before.
struct CaptureLoader::Job {
    QString path;
    std::shared_ptr<const CaptureIndex> index; ///< given, or read
    std::optional<CaptureChoice> choice;       ///< nothing: what is best seen first
    CaptureProgress progress;
    std::unique_ptr<CapturedRun> run;
    RunReadings readings;
    std::optional<InputError> error;

    void work()
    {
        if (!index) {
            auto read = indexCapture(path.toStdString(), progress);
            if (!read) {
                error = read.error();
                return;
            }
            index = std::make_shared<const CaptureIndex>(std::move(read).value());
        }
        progress.done = 0;
        auto read = readCapture(*index, choice.value_or(firstChoice(*index)), progress);
        if (!read) {
            error = read.error();
            return;
        }
        run = std::make_unique<CapturedRun>(std::move(read).value());
        describe(*run, *index);
        if (!progress.cancelled)
            readings = readLongRun(run->trace);
        if (progress.cancelled)
            error = InputError{InputErrorId::CaptureCancelled, {}, path.toStdString()};
    }
};

bool isCaptureFile(const QString& path)
{
    QFile file(path);
    if (!QFileInfo(path).isFile() || !file.open(QIODevice::ReadOnly))
        return false;
    const QByteArray start = file.read(4);
    if (start.size() < 4)
        return isNamedLikeCapture(path.toStdString());
    const Bytes bytes(start.begin(), start.end());
    return looksLikeCapture(bytes);
}

CaptureLoader::CaptureLoader(Session& session, QObject* parent)
    : LongWork(parent)
    , session_(&session)
{
    watch_.setInterval(50);
    connect(&watch_, &QTimer::timeout, this, &LongWork::progressed);
}

CaptureLoader::~CaptureLoader()
{
    if (job_)
        job_->progress.cancelled = true;
    if (thread_)
        thread_->wait();
}

void CaptureLoader::open(const QString& path)
{
    auto job = std::make_shared<Job>();
    job->path = QFileInfo(path).absoluteFilePath();
    start(std::move(job));
}

void CaptureLoader::choose(const CaptureChoice& choice)
{
    if (!session_->isCaptured())
        return;
    auto job = std::make_shared<Job>();
    job->path = session_->filePath();
    job->index = session_->sharedCaptureIndex();
    job->choice = choice;
    start(std::move(job));
}

void CaptureLoader::start(std::shared_ptr<Job> job)
{
    if (job_)
        job_->progress.cancelled = true; // its thread ends by itself and is not listened to any more
    job_ = job;
    thread_ = QThread::create([job] { job->work(); });
    connect(thread_, &QThread::finished, thread_, &QObject::deleteLater);
    connect(thread_, &QThread::finished, this, [this, job] { finish(job); });
    thread_->start();
    watch_.start();
    emit busyChanged();
}

void CaptureLoader::finish(const std::shared_ptr<Job>& job)
{
    if (job != job_)
        return;
    job_.reset();
    watch_.stop();
    emit busyChanged();
    if (job->error) {
        emit failed(QString::fromStdString(sentenceFor(*job->error, session_->language())));
        return;
    }
    session_->openCapture(std::move(job->run), std::move(job->readings), job->index, job->path);
    emit loaded(job->path);
}

void CaptureLoader::stop()
{
    if (job_)
        job_->progress.cancelled = true;
}

QString CaptureLoader::words() const
{
    return job_ ? tr("Reading %1: %2 %").arg(QFileInfo(job_->path).fileName()).arg(percent()) : QString();
}

QString CaptureLoader::stopWords() const
{
    return tr("Cancel");
}

QString CaptureLoader::stopHint() const
{
    return tr("Stop reading the capture");
}

int CaptureLoader::percent() const
{
    if (!job_)
        return 0;
    const std::uint64_t total = job_->progress.total, done = job_->progress.done;
    return total == 0 ? 0 : static_cast<int>(std::min<std::uint64_t>(100, done * 100 / total));
}

} // namespace packetarium
