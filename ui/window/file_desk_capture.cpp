// SPDX-License-Identifier: GPL-3.0-or-later
// Captures: what is said when one has been read, and the way out to other programs.
#include "ui/window/file_desk.h"

#include "core/base/atomic_file.h"
#include "core/capture/pcapng_writer.h"
#include "ui/i18n/catalogue_capture.h"
#include "ui/session/session.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QProcess>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <sstream>

namespace packetarium {

/// Whether the file is whole, and whether all of it is shown: that has to be known before anything is believed.
void FileDesk::sayWhatIsMissing()
{
    using Kind = CaptureNote::Kind;
    const CapturedRun* run = session_->captured();
    if (run == nullptr)
        return;
    for (const CaptureNote& note : run->notes)
        if (note.kind == Kind::Broken) {
            emit failed(QString::fromStdString(sentenceFor(note, session_->language())));
            return;
        }
    for (const CaptureNote& note : run->notes)
        if (note.kind == Kind::OnlyFirst || note.kind == Kind::TooManyHosts || note.kind == Kind::TooManyTalks) {
            emit said(QString::fromStdString(sentenceFor(note, session_->language())));
            return;
        }
}

QString wiresharkProgram()
{
    return QStandardPaths::findExecutable(QStringLiteral("wireshark"));
}

bool FileDesk::exportCaptureTo(const QString& path, NodeId host)
{
    session_->finishRun();
    std::ostringstream capture;
    if (host)
        writePcapng(capture, session_->trace(), host);
    else
        writePcapngOfAllLinks(capture, session_->trace());
    return report(writeFileAtomically(path.toStdString(), std::move(capture).str()));
}

bool FileDesk::exportCapture()
{
    session_->pause();
    // The kinds of file are the places where it can be taken.
    QStringList places{tr("Every cable (*.pcapng)")};
    std::vector<NodeId> hosts{NodeId::none()};
    for (std::size_t i = 0; i < session_->trace().nodes().size() && session_->trace().nodes().size() <= 40; ++i) {
        const NodeId host(static_cast<std::uint8_t>(i));
        places << tr("Seen at %1 (*.pcapng)")
                      .arg(session_->hostLabel(host).remove(QLatin1Char('(')).remove(QLatin1Char(')')));
        hosts.push_back(host);
    }
    QString chosen = places.front();
    QString path = QFileDialog::getSaveFileName(
        window_, tr("Export a capture"),
        folder() + QLatin1Char('/') + QFileInfo(QString::fromStdString(session_->scenario().name)).completeBaseName() +
            QStringLiteral("-run.pcapng"),
        places.join(QStringLiteral(";;")), &chosen);
    if (path.isEmpty())
        return false;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".pcapng");
    const auto place = std::max<qsizetype>(0, places.indexOf(chosen));
    if (!exportCaptureTo(path, hosts[static_cast<std::size_t>(place)]))
        return false;
    emit said(tr("Saved as %1.").arg(QFileInfo(path).fileName()));
    return true;
}

bool FileDesk::openInWireshark()
{
    session_->pause();
    const QString program = wiresharkProgram();
    if (program.isEmpty()) {
        emit failed(tr("Wireshark is not installed on this computer."));
        return false;
    }
    if (!forWireshark_)
        forWireshark_ = std::make_unique<QTemporaryDir>();
    const QString name = QFileInfo(QString::fromStdString(session_->scenario().name)).completeBaseName();
    const QString path =
        forWireshark_->filePath((name.isEmpty() ? QStringLiteral("run") : name) + QStringLiteral(".pcapng"));
    // With two hosts the cable says it all once; in a network each cable is an interface.
    if (!forWireshark_->isValid() || !exportCaptureTo(path, NodeId::none()))
        return false;
    if (!QProcess::startDetached(program, {path})) {
        emit failed(tr("Wireshark could not be started."));
        return false;
    }
    return true;
}

} // namespace packetarium
