// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/documents.h"

#include "core/base/atomic_file.h"
#include "core/lesson/lesson.h"
#include "core/scenario/network_edit.h"
#include "core/scenario/scenario_file.h"
#include "ui/i18n/catalogue_capture.h"
#include "ui/session/capture_loader.h"
#include "ui/session/session.h"

#include <QFile>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>

namespace packetarium {
namespace {

bool contains(const std::vector<std::string>& names, const QString& name)
{
    return std::find(names.begin(), names.end(), name.toStdString()) != names.end();
}

/// The lesson's scenario: a file beside the lesson, else a built-in one.
Result<Scenario, InputError> scenarioOf(const Lesson& lesson, const QString& lessonPath)
{
    if (!lessonPath.isEmpty()) {
        const QFileInfo beside(QFileInfo(lessonPath).absolutePath() + QLatin1Char('/') +
                               QString::fromStdString(lesson.scenario));
        if (beside.isFile())
            return loadScenario(beside.filePath().toStdString());
    }
    return loadScenario(lesson.scenario);
}

std::optional<InputError> openLessonFrom(Session& session, Result<Lesson, InputError> lesson, const QString& path)
{
    if (!lesson)
        return lesson.error();
    Result<Scenario, InputError> scenario = scenarioOf(lesson.value(), path);
    if (!scenario)
        return scenario.error();
    session.openLesson(std::move(lesson).value(), std::move(scenario).value());
    return std::nullopt;
}

/// Waits for it: for those who have no window to keep alive.
std::optional<InputError> openCaptureFile(Session& session, const QString& path)
{
    CaptureProgress progress;
    auto index = indexCapture(path.toStdString(), progress);
    if (!index)
        return index.error();
    auto shared = std::make_shared<const CaptureIndex>(std::move(index).value());
    auto run = readCapture(*shared, firstChoice(*shared), progress);
    if (!run)
        return run.error();
    auto opened = std::make_unique<CapturedRun>(std::move(run).value());
    describe(*opened, *shared);
    session.openCapture(std::move(opened), std::move(shared), path);
    return std::nullopt;
}

bool looksLikeLesson(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly))
        return false;
    static const QRegularExpression marker(QStringLiteral("^packetarium:\\s*[\"']?lesson\\b"),
                                           QRegularExpression::MultilineOption);
    return QString::fromUtf8(file.read(4096)).contains(marker);
}

} // namespace

std::optional<InputError> openFile(Session& session, const QString& path, std::vector<InputError>* complaints)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (isCaptureFile(absolute))
        return openCaptureFile(session, absolute);
    if (looksLikeLesson(absolute)) {
        auto error = openLessonFrom(session, loadLesson(absolute.toStdString()), absolute);
        if (!error && complaints)
            *complaints = checkLesson(*session.lesson(), session.trace());
        return error;
    }
    Result<Scenario, InputError> scenario = loadScenario(absolute.toStdString());
    if (!scenario)
        return scenario.error();
    session.openScenario(std::move(scenario).value(), absolute);
    return std::nullopt;
}

std::optional<InputError> openBuiltinScenario(Session& session, const QString& name)
{
    Result<Scenario, InputError> scenario = builtinScenario(name.toStdString());
    if (!scenario)
        return scenario.error();
    session.openScenario(std::move(scenario).value());
    return std::nullopt;
}

std::optional<InputError> openBuiltinLesson(Session& session, const QString& name)
{
    return openLessonFrom(session, loadLesson(name.toStdString()), {});
}

void openSandbox(Session& session)
{
    session.openScenario(sandboxScenario());
}

void openNewNetwork(Session& session)
{
    session.openScenario(newNetwork());
}

std::optional<InputError> openAny(Session& session, const QString& what)
{
    if (!QFileInfo::exists(what)) {
        if (contains(builtinLessonNames(), what))
            return openBuiltinLesson(session, what);
        if (!what.contains(QLatin1Char('/')) && !what.endsWith(QLatin1String(".yaml")))
            return openBuiltinScenario(session, what);
    }
    return openFile(session, what);
}

Result<Scenario, InputError> scenarioToCompare(const QString& what)
{
    const bool isFile =
        QFileInfo::exists(what) || what.contains(QLatin1Char('/')) || what.endsWith(QLatin1String(".yaml"));
    const std::string path = (isFile ? QFileInfo(what).absoluteFilePath() : what).toStdString();
    if (isFile && isCaptureFile(what))
        return InputError{InputErrorId::NotForCaptures, {"--compare"}, {}};
    if (!isFile && !contains(builtinLessonNames(), what))
        return builtinScenario(path);
    if (isFile && !looksLikeLesson(QString::fromStdString(path)))
        return loadScenario(path);
    Result<Lesson, InputError> lesson = loadLesson(path);
    if (!lesson)
        return lesson.error();
    return scenarioOf(lesson.value(), isFile ? QString::fromStdString(path) : QString());
}

std::optional<InputError> saveScenario(Session& session, const QString& path)
{
    const QString absolute = QFileInfo(path).absoluteFilePath();
    if (auto error = writeFileAtomically(absolute.toStdString(), writeScenario(session.scenario())))
        return error;
    session.markSaved(absolute);
    return std::nullopt;
}

} // namespace packetarium
