// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the tests of the panels share: keys and clicks as a person makes them,
// and a session that stands where one wants it.

#include "core/lesson/lesson.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "ui/session/session.h"

#include <QApplication>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QWidget>

namespace packetarium::test {

inline void press(QWidget& widget, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier, const QString& text = {})
{
    QKeyEvent down(QEvent::KeyPress, key, modifiers, text);
    QApplication::sendEvent(&widget, &down);
    QKeyEvent up(QEvent::KeyRelease, key, modifiers, text);
    QApplication::sendEvent(&widget, &up);
}

inline void clickAt(QWidget& widget, const QPointF& at)
{
    const QPointF global = widget.mapToGlobal(at);
    QMouseEvent down(QEvent::MouseButtonPress, at, global, Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &down);
    QMouseEvent up(QEvent::MouseButtonRelease, at, global, Qt::LeftButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(&widget, &up);
}

/// Layouts ask the layouts around them for room by posted events, one level at a time.
inline void settle()
{
    for (int level = 0; level < 4; ++level)
        QApplication::processEvents();
}

/// Shows the widget at this size and lets it lay itself out.
inline void showAt(QWidget& widget, const QSize& size)
{
    widget.resize(size);
    widget.show();
    settle();
}

inline void openBuiltin(Session& session, const char* name)
{
    session.setReducedMotion(true);
    auto scenario = builtinScenario(name);
    REQUIRE(scenario);
    session.openScenario(scenario.value());
}

inline void openBuiltinLesson(Session& session, const std::string& name)
{
    session.setReducedMotion(true);
    auto lesson = loadLesson(name);
    REQUIRE(lesson);
    auto scenario = loadScenario(lesson.value().scenario);
    REQUIRE(scenario);
    session.openLesson(lesson.value(), scenario.value());
}

inline SimTime ms(std::int64_t milliseconds)
{
    return SimTime::fromNs(milliseconds * 1'000'000);
}

} // namespace packetarium::test
