// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/session/lesson_progress.h"

#include <algorithm>

namespace packetarium {

LessonProgress::LessonProgress(Settings& settings, QObject* parent)
    : QObject(parent)
    , settings_(&settings)
{}

LessonProgress::State LessonProgress::state(const QString& lesson) const
{
    const Settings::LessonEntry entry = settings_->lesson(lesson);
    if (entry.furthest == 0)
        return State::NotStarted;
    return entry.furthest >= entry.count ? State::Done : State::Started;
}

double LessonProgress::fraction(const QString& lesson) const
{
    const Settings::LessonEntry entry = settings_->lesson(lesson);
    return entry.count == 0 ? 0.0 : std::min(1.0, static_cast<double>(entry.furthest) / entry.count);
}

int LessonProgress::lastStep(const QString& lesson) const
{
    return settings_->lesson(lesson).step;
}

QString LessonProgress::lastLesson() const
{
    return settings_->lastLesson();
}

void LessonProgress::reached(const QString& lesson, int step, int count)
{
    const Settings::LessonEntry before = settings_->lesson(lesson);
    const Settings::LessonEntry after{step, std::min(std::max(before.furthest, step), count), count};
    if (after == before && settings_->lastLesson() == lesson)
        return;
    settings_->setLesson(lesson, after);
    settings_->setLastLesson(lesson);
    emit changed();
}

} // namespace packetarium
