// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/file_desk.h"

#include "core/base/atomic_file.h"
#include "core/trace/series.h"
#include "ui/i18n/catalogue.h"
#include "ui/i18n/catalogue_capture.h"
#include "ui/paint/plots_layout.h"
#include "ui/session/capture_loader.h"
#include "ui/session/documents.h"
#include "ui/session/lesson_progress.h"
#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/window/export_picture.h"
#include "ui/window/stage_area.h"
#include "ui/window/stage_picture.h"
#include "ui/window/unsaved_question.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QStandardPaths>
#include <QTemporaryDir>

namespace packetarium {

FileDesk::FileDesk(Session& session, QWidget* window)
    : QObject(window)
    , session_(&session)
    , window_(window)
    , captures_(new CaptureLoader(session, this))
{
    connect(captures_, &CaptureLoader::failed, this, &FileDesk::failed);
    connect(captures_, &CaptureLoader::loaded, this, [this](const QString& path) {
        remember(path);
        emit opened();
        sayWhatIsMissing();
    });
}

FileDesk::~FileDesk() = default;

bool FileDesk::report(const std::optional<InputError>& error)
{
    if (error)
        emit failed(QString::fromStdString(sentenceFor(*error, session_->language())));
    return !error;
}

void FileDesk::remember(const QString& path)
{
    session_->settings().addRecentFile(path);
}

bool FileDesk::openLesson(const QString& name)
{
    if (!mayForget() || !report(openBuiltinLesson(*session_, name)))
        return false;
    emit opened();
    return true;
}

bool FileDesk::continueLesson(const QString& name)
{
    // Asked before opening: standing at the first step is progress too.
    const int step = session_->progress().lastStep(name);
    if (!openLesson(name))
        return false;
    const auto& stops = session_->stops();
    for (std::size_t i = 0; i < stops.size(); ++i)
        if (stops[i].lessonStep == step - 1)
            session_->goToStop(static_cast<int>(i));
    return true;
}

bool FileDesk::openScenario(const QString& name)
{
    if (!mayForget() || !report(openBuiltinScenario(*session_, name)))
        return false;
    emit opened();
    return true;
}

bool FileDesk::openSandbox()
{
    if (!mayForget())
        return false;
    packetarium::openSandbox(*session_);
    emit opened();
    return true;
}

bool FileDesk::openNewNetwork()
{
    if (!mayForget())
        return false;
    packetarium::openNewNetwork(*session_);
    emit opened();
    return true;
}

bool FileDesk::openPath(const QString& path)
{
    if (!mayForget())
        return false;
    if (isCaptureFile(path)) {
        captures_->open(path);
        return true;
    }
    std::vector<InputError> complaints;
    if (!report(openFile(*session_, path, &complaints))) {
        if (!QFileInfo::exists(path))
            session_->settings().removeRecentFile(path);
        return false;
    }
    remember(QFileInfo(path).absoluteFilePath());
    emit opened();
    if (!complaints.empty())
        report(complaints.front());
    return true;
}

bool FileDesk::openWithDialog()
{
    session_->pause();
    const QString path =
        QFileDialog::getOpenFileName(window_, tr("Open a scenario, a lesson or a capture"), folder(),
                                     tr("Scenarios, lessons and captures (*.yaml *.yml *.pcap *.pcapng *.cap)") +
                                         QStringLiteral(";;") + tr("All files (*)"));
    return !path.isEmpty() && openPath(path);
}

bool FileDesk::save()
{
    return session_->filePath().isEmpty() ? saveAs() : saveTo(session_->filePath());
}

bool FileDesk::saveAs()
{
    session_->pause();
    const QString name = QString::fromStdString(session_->scenario().name);
    const QString proposed = session_->filePath().isEmpty()
                                 ? folder() + QLatin1Char('/') + (name.isEmpty() ? QStringLiteral("scenario") : name) +
                                       QStringLiteral(".yaml")
                                 : session_->filePath();
    QString path = QFileDialog::getSaveFileName(window_, tr("Save the scenario"), proposed,
                                                tr("Scenarios (*.yaml)") + QStringLiteral(";;") + tr("All files (*)"));
    if (path.isEmpty())
        return false;
    if (QFileInfo(path).suffix().isEmpty())
        path += QStringLiteral(".yaml");
    return saveTo(path);
}

bool FileDesk::saveTo(const QString& path)
{
    if (!report(saveScenario(*session_, path)))
        return false;
    remember(path);
    emit said(tr("Saved as %1.").arg(QFileInfo(path).fileName()));
    return true;
}

bool FileDesk::exportPicture()
{
    session_->pause();
    const QString proposed =
        folder() + QLatin1Char('/') + QString::fromStdString(session_->scenario().name) + QStringLiteral(".png");
    const StageView view = stageViewOf(session_->stopView());
    QString kinds = tr("Pictures (*.png *.svg *.pdf)");
    if (view == StageView::Plots)
        kinds += QStringLiteral(";;") + tr("Values for a spreadsheet (*.csv)");
    const QString path = QFileDialog::getSaveFileName(window_, tr("Export what the stage shows"), proposed, kinds);
    return !path.isEmpty() && exportTo(path);
}

bool FileDesk::exportTo(const QString& path)
{
    session_->finishRun();
    if (Session* beside = session_->beside())
        beside->finishRun();
    const StageView view = stageViewOf(session_->stopView());
    const StageScene scene = session_->scene();
    if (view == StageView::Plots && QFileInfo(path).suffix().toLower() == QLatin1String("csv")) {
        const SeriesIndex index(session_->trace());
        const FlowSeries* flow = chosenFlow(index, scene.plots);
        const std::string text = flowCsv(flow != nullptr ? *flow : FlowSeries());
        if (!report(writeFileAtomically(path.toStdString(), {text.data(), text.size()})))
            return false;
        emit said(tr("Saved as %1.").arg(QFileInfo(path).fileName()));
        return true;
    }
    const PictureOptions options{QSizeF(1280, 800), 2.0};
    if (!report(exportPictureTo(path, options, [&](QPainter& painter) {
            StagePicture().paint(painter, *session_, ThemeManager::current().theme(), options.size);
        })))
        return false;
    emit said(tr("Saved as %1.").arg(QFileInfo(path).fileName()));
    return true;
}

bool FileDesk::mayForget()
{
    if (!session_->hasRun() || !session_->isModified())
        return true;
    session_->pause();
    UnsavedQuestion question(session_->title(), window_);
    switch (question.ask()) {
    case UnsavedQuestion::Answer::Save: return save();
    case UnsavedQuestion::Answer::Discard: return true;
    case UnsavedQuestion::Answer::Cancel: break;
    }
    return false;
}

QString FileDesk::folder() const
{
    const QString current = session_->filePath();
    if (!current.isEmpty())
        return QFileInfo(current).absolutePath();
    const QStringList& recent = session_->settings().recentFiles();
    if (!recent.isEmpty())
        return QFileInfo(recent.front()).absolutePath();
    return QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
}

} // namespace packetarium
