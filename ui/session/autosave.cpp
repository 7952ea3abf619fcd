// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/autosave.h"

#include "core/base/atomic_file.h"
#include "core/lesson/lesson.h"
#include "core/scenario/scenario_file.h"
#include "ui/session/session.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QDir>
#include <QFile>
#include <QJsonDocument>
#include <QJsonObject>
#include <QStandardPaths>

namespace packetarium {
namespace {

QString lockOf(const QString& file)
{
    return file + QStringLiteral(".lock");
}

} // namespace

Autosave::Autosave(Session& session, const QString& folder, QObject* parent)
    : QObject(parent)
    , session_(&session)
    , folder_(folder)
{
    if (folder_.isEmpty())
        folder_ = QStandardPaths::writableLocation(QStandardPaths::AppDataLocation) + QStringLiteral("/unsaved");
    file_ = QStringLiteral("%1/%2-%3.json")
                .arg(folder_)
                .arg(QDateTime::currentMSecsSinceEpoch())
                .arg(QCoreApplication::applicationPid());
    connect(session_, &Session::documentChanged, this, &Autosave::documentChanged);
}

Autosave::~Autosave()
{
    remove();
}

void Autosave::documentChanged()
{
    if (session_->hasRun() && session_->isModified())
        write();
    else
        remove();
}

void Autosave::write()
{
    QDir().mkpath(folder_);
    if (!lock_) {
        lock_ = std::make_unique<QLockFile>(lockOf(file_));
        lock_->setStaleLockTime(0);
        lock_->tryLock();
    }
    const Lesson* lesson = session_->lesson();
    const QJsonObject object{
        {"packetarium", "unsaved"},
        {"version", 1},
        {"file", session_->filePath()},
        {"lesson", lesson ? QString::fromStdString(lesson->file.empty() ? lesson->name : lesson->file) : QString()},
        {"name", QString::fromStdString(session_->scenario().name)},
        {"at", QString::number(session_->now().ns())},
        {"scenario", QString::fromStdString(writeScenario(session_->scenario()))},
    };
    const QByteArray text = QJsonDocument(object).toJson();
    const auto error = writeFileAtomically(file_.toStdString(), {text.data(), static_cast<std::size_t>(text.size())});
    if (error && !saidFailed_)
        emit failed(error->args.empty() ? QString() : QString::fromStdString(error->args.front()));
    saidFailed_ = error.has_value();
}

void Autosave::remove()
{
    if (!lock_)
        return;
    QFile::remove(file_);
    lock_.reset();
}

Autosave::Found Autosave::recover()
{
    // Names begin with the time of writing, so the newest comes first.
    const QDir dir(folder_);
    for (const QString& name : dir.entryList({QStringLiteral("*.json")}, QDir::Files, QDir::Name | QDir::Reversed)) {
        const QString path = dir.filePath(name);
        if (path == file_)
            continue;
        QLockFile lock(lockOf(path));
        lock.setStaleLockTime(0);
        if (!lock.tryLock())
            continue;
        QFile file(path);
        const bool restored = file.open(QIODevice::ReadOnly) && restore(file.read(4 << 20));
        file.close();
        if (restored) {
            QFile::remove(path);
            return Found::Recovered;
        }
        damagedCopy_ = path + QStringLiteral(".damaged");
        QFile::rename(path, damagedCopy_);
        return Found::Damaged;
    }
    return Found::Nothing;
}

bool Autosave::restore(const QByteArray& text)
{
    const QJsonObject object = QJsonDocument::fromJson(text).object();
    if (object["packetarium"].toString() != QLatin1String("unsaved") || object["version"].toInt() != 1)
        return false;
    Result<Scenario, InputError> scenario = parseScenario(object["scenario"].toString().toStdString(), "unsaved");
    if (!scenario)
        return false;
    scenario.value().name = object["name"].toString().toStdString();
    if (const QString name = object["lesson"].toString(); !name.isEmpty()) {
        // A lesson that is no longer there leaves its scenario, which is what the work was done on.
        if (Result<Lesson, InputError> lesson = loadLesson(name.toStdString()))
            session_->openLesson(std::move(lesson).value(), std::move(scenario).value());
        else
            session_->openScenario(std::move(scenario).value());
    } else {
        session_->openScenario(std::move(scenario).value(), object["file"].toString());
    }
    session_->setModified();
    session_->seek(SimTime::fromNs(object["at"].toString().toLongLong()));
    return true;
}

} // namespace packetarium
