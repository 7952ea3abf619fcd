// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How far each lesson has been followed: none, part, or all of its steps.

#include "ui/session/settings.h"

#include <QObject>

namespace packetarium {

class LessonProgress : public QObject {
    Q_OBJECT
public:
    enum class State { NotStarted, Started, Done };

    explicit LessonProgress(Settings& settings, QObject* parent = nullptr);

    State state(const QString& lesson) const;
    /// Steps seen out of all, 0 .. 1.
    double fraction(const QString& lesson) const;
    /// The step stood at last, from 1; 0: never opened.
    int lastStep(const QString& lesson) const;
    /// The lesson opened last; empty: none.
    QString lastLesson() const;

    /// The user stands at `step` (from 1) of `count`.
    void reached(const QString& lesson, int step, int count);

signals:
    void changed();

private:
    Settings* settings_;
};

} // namespace packetarium
