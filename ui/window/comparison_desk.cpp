// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/comparison_desk.h"

#include "ui/session/capture_loader.h"
#include "ui/session/comparison.h"
#include "ui/session/documents.h"
#include "ui/session/settings.h"
#include "ui/window/comparison_dialog.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>

namespace packetarium {

ComparisonDesk::ComparisonDesk(Session& session, QWidget* window)
    : QObject(window)
    , session_(&session)
    , window_(window)
{}

ComparisonDesk::~ComparisonDesk() = default;

Session* ComparisonDesk::other() const
{
    return comparison_ ? &comparison_->other() : nullptr;
}

void ComparisonDesk::choose()
{
    if (!session_->hasRun())
        return;
    session_->pause();
    auto* dialog = new ComparisonDialog(*session_, window_);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ComparisonDialog::chosen, this, &ComparisonDesk::compareWith);
    connect(dialog, &ComparisonDialog::fileWanted, this, &ComparisonDesk::chooseFile);
    dialog->open();
}

void ComparisonDesk::chooseFile()
{
    const QStringList& recent = session_->settings().recentFiles();
    const QString beside = !session_->filePath().isEmpty() ? session_->filePath() : recent.value(0);
    const QString folder = beside.isEmpty() ? QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation)
                                            : QFileInfo(beside).absolutePath();
    const QString path = QFileDialog::getOpenFileName(window_, tr("Compare with a scenario"), folder,
                                                      tr("Scenarios and lessons (*.yaml *.yml)") +
                                                          QStringLiteral(";;") + tr("All files (*)"));
    if (!path.isEmpty())
        compareWith(path);
}

bool ComparisonDesk::compareWith(const QString& what)
{
    if (!session_->hasRun())
        return false;
    session_->pause();
    if (QFileInfo(what).isFile() && isCaptureFile(what)) {
        emit failed(
            tr("%1 is a capture. Only a scenario can be compared with what is open.").arg(QFileInfo(what).fileName()));
        return false;
    }
    Result<Scenario, InputError> scenario = scenarioToCompare(what);
    if (!scenario) {
        emit failed(QString::fromStdString(sentenceFor(scenario.error(), session_->language())));
        return false;
    }
    begin(std::move(scenario).value(), QFileInfo(what).isFile() ? QFileInfo(what).absoluteFilePath() : QString());
    return true;
}

void ComparisonDesk::begin(Scenario scenario, const QString& filePath)
{
    end();
    comparison_ = new Comparison(*session_, std::move(scenario), filePath, this);
    connect(comparison_, &Comparison::ended, this, &ComparisonDesk::end);
    emit changed(&comparison_->other());
}

void ComparisonDesk::end()
{
    if (!comparison_)
        return;
    Comparison* gone = comparison_;
    comparison_ = nullptr;
    emit changed(nullptr);
    gone->disconnect(this);
    gone->part();
    // Whoever showed it goes in the same way, and before it.
    gone->deleteLater();
}

} // namespace packetarium
