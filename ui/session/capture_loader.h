// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads captures in a thread of its own, so that the window goes on living,
// and puts what it has read into the session. One at a time: a new file
// replaces the one that is being read.

#include "core/capture/capture_run.h"
#include "ui/session/long_work.h"

#include <QPointer>
#include <QTimer>

class QThread;

namespace packetarium {

class Session;

/// It begins like a pcap or pcapng file, or is named like one and too short to begin like anything.
bool isCaptureFile(const QString& path);

class CaptureLoader : public LongWork {
    Q_OBJECT
public:
    explicit CaptureLoader(Session& session, QObject* parent = nullptr);
    ~CaptureLoader() override;

    void open(const QString& path);
    /// Something else of the capture that is open.
    void choose(const CaptureChoice& choice);
    bool isBusy() const override { return job_ != nullptr; }
    QString words() const override;
    int percent() const override;
    QString stopWords() const override;
    QString stopHint() const override;
    void stop() override; ///< what was open stays

signals:
    void loaded(const QString& path);
    void failed(const QString& sentence);

private:
    struct Job;
    void start(std::shared_ptr<Job> job);
    void finish(const std::shared_ptr<Job>& job);

    Session* session_;
    std::shared_ptr<Job> job_;
    QPointer<QThread> thread_; ///< the last one
    QTimer watch_;
};

} // namespace packetarium
