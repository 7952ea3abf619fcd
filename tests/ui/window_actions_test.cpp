// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/ui/window_rig.h"
#include "ui/widgets/lesson_explorer.h"
#include "ui/widgets/stage_canvas.h"
#include "ui/widgets/timeline_bar.h"
#include "ui/window/menus.h"
#include "ui/window/projector_window.h"
#include "ui/window/stage_area.h"
#include "ui/window/transport_bar.h"
#include "ui/window/workbench.h"

#include <QAbstractButton>
#include <QLineEdit>
#include <QMenu>
#include <QSet>

namespace packetarium::window_actions_test {

using namespace test;

namespace {

void collect(const QMenu* menu, QSet<QAction*>& into)
{
    for (QAction* action : menu->actions()) {
        if (action->menu())
            collect(action->menu(), into);
        else
            into.insert(action);
    }
}

} // namespace

TEST_CASE("every action is in a menu, has words, and no two share a key", "[window]")
{
    WindowRig rig;
    rig.open("handshake");
    QSet<QAction*> inMenus;
    for (QAction* top : rig.window->findChild<Menus*>()->actions())
        collect(top->menu(), inMenus);
    QMap<QString, QString> keys;
    for (QAction* action : rig.window->actions().all()) {
        INFO(action->objectName().toStdString());
        CHECK(inMenus.contains(action));
        CHECK_FALSE(action->text().isEmpty());
    }
    for (QAction* action : inMenus)
        for (const QKeySequence& key : action->shortcuts()) {
            INFO(key.toString().toStdString() + ": " + action->text().toStdString() + " and " +
                 keys.value(key.toString()).toStdString());
            CHECK_FALSE(keys.contains(key.toString()));
            keys.insert(key.toString(), action->text());
        }
}

TEST_CASE("the keys of PRODUCT.md do what they say", "[window]")
{
    WindowRig rig;
    rig.open("three-way-handshake");
    Session& s = rig.session;
    REQUIRE(s.currentStop() == 0);
    for (const Qt::Key key : {Qt::Key_Space, Qt::Key_Right, Qt::Key_PageDown}) {
        const int before = s.currentStop();
        rig.key(key);
        CHECK(s.currentStop() == before + 1);
    }
    for (const Qt::Key key : {Qt::Key_Left, Qt::Key_PageUp}) {
        const int before = s.currentStop();
        rig.key(key);
        CHECK(s.currentStop() == before - 1);
    }
    rig.key(Qt::Key_End);
    CHECK(s.now() == s.trace().end());
    rig.key(Qt::Key_Home);
    CHECK(s.now() == SimTime::zero());
    rig.key(Qt::Key_Right, Qt::ShiftModifier);
    const SimTime fine = s.now();
    CHECK(fine > SimTime::zero());
    CHECK(fine < s.stops()[1].at);
    rig.key(Qt::Key_Left, Qt::ShiftModifier);
    CHECK(s.now() < fine);
    rig.key(Qt::Key_K);
    CHECK(s.isPlaying());
    rig.key(Qt::Key_K);
    CHECK_FALSE(s.isPlaying());
    rig.key(Qt::Key_BracketRight);
    CHECK(s.speed() == 2.0);
    rig.key(Qt::Key_BracketLeft);
    rig.key(Qt::Key_BracketLeft);
    CHECK(s.speed() == 0.5);
    CHECK(s.settings().speed() == 0.5);
    rig.key(Qt::Key_N);
    CHECK(s.numberStyle() == NumberStyle::Relative);
    rig.key(Qt::Key_2, Qt::ControlModifier);
    CHECK(s.stopView() == StopView::States);
    rig.key(Qt::Key_1, Qt::ControlModifier);
    CHECK(s.stopView() == StopView::Sequence);
}

TEST_CASE("F5 projects, the remote steps and blanks, Esc leaves", "[window]")
{
    WindowRig rig;
    rig.open("three-way-handshake");
    rig.key(Qt::Key_F5);
    ProjectorWindow* projector = rig.window->projector();
    REQUIRE(projector);
    CHECK(projector->isVisible());
    CHECK(projector->isFullScreen());
    QTest::keyClick(projector, Qt::Key_PageDown);
    QTest::keyClick(projector, Qt::Key_PageDown);
    CHECK(rig.session.currentStop() == 2);
    QTest::keyClick(projector, Qt::Key_PageUp);
    CHECK(rig.session.currentStop() == 1);
    QTest::keyClick(projector, Qt::Key_Period);
    CHECK(projector->isBlank());
    CHECK(projector->grab().toImage().pixelColor(10, 10) == QColor(Qt::black));
    QTest::keyClick(projector, Qt::Key_Period);
    CHECK_FALSE(projector->isBlank());
    CHECK(projector->grab().toImage().pixelColor(10, 10) == rig.themes.theme().color(Role::Background));
    QTest::mouseClick(projector, Qt::LeftButton);
    CHECK(rig.session.currentStop() == 2);
    QTest::keyClick(projector, Qt::Key_Escape);
    WindowRig::settle();
    CHECK_FALSE(projector->isVisible());
    rig.key(Qt::Key_F11);
    CHECK(projector->isVisible());
    QTest::keyClick(projector, Qt::Key_F5);
    CHECK_FALSE(projector->isVisible());
}

TEST_CASE("on the home page the keys of the stage do nothing", "[window]")
{
    WindowRig rig;
    for (const Qt::Key key :
         {Qt::Key_Space, Qt::Key_K, Qt::Key_Home, Qt::Key_F5, Qt::Key_Period, Qt::Key_Escape, Qt::Key_BracketLeft})
        rig.key(key);
    CHECK(rig.window->isHomeShown());
    CHECK_FALSE(rig.session.hasRun());
    CHECK(rig.session.speed() == 1.0);
}

TEST_CASE("typing in the search field steps nothing; Ctrl+K goes there", "[window]")
{
    WindowRig rig;
    rig.open("handshake");
    rig.key(Qt::Key_K, Qt::ControlModifier);
    QLineEdit& field = rig.window->workbench().explorer().search();
    REQUIRE(field.hasFocus());
    for (const Qt::Key key : {Qt::Key_A, Qt::Key_Space, Qt::Key_K, Qt::Key_Period, Qt::Key_N})
        rig.key(key);
    CHECK(field.text() == "a k.n");
    rig.key(Qt::Key_Home);
    CHECK(field.cursorPosition() == 0);
    CHECK(rig.session.now() == SimTime::zero());
    CHECK_FALSE(rig.session.isPlaying());
}

TEST_CASE("a button reached by Tab is pressed by Space; clicked with the mouse it leaves the keyboard to the stage",
          "[window]")
{
    WindowRig rig;
    rig.open("handshake");
    auto* play = rig.window->findChild<QAbstractButton*>("play-button");
    auto* end = rig.window->findChild<QAbstractButton*>("to-end-button");
    REQUIRE(play);
    REQUIRE(end);
    QTest::mouseClick(play, Qt::LeftButton);
    CHECK(rig.session.isPlaying());
    rig.key(Qt::Key_Space);
    CHECK_FALSE(rig.session.isPlaying());
    CHECK(rig.session.currentStop() >= 1);
    end->setFocus(Qt::TabFocusReason);
    QTest::keyClick(end, Qt::Key_Space);
    CHECK(rig.session.now() == rig.session.trace().end());
}

TEST_CASE("the menu's recent files, undo and redo follow what can be done", "[window]")
{
    WindowRig rig;
    rig.open("handshake");
    const Actions& a = rig.window->actions();
    CHECK_FALSE(a.undo->isEnabled());
    rig.session.apply(DoDrop{{"client", 1}});
    CHECK(a.undo->isEnabled());
    rig.key(Qt::Key_Z, Qt::ControlModifier);
    CHECK_FALSE(a.undo->isEnabled());
    CHECK(a.redo->isEnabled());
    rig.key(Qt::Key_Y, Qt::ControlModifier);
    CHECK(rig.session.scenario().commands.size() == 1);
    CHECK_FALSE(a.redo->isEnabled());
}

TEST_CASE("searching from the home page leads to the list, with something to see beside it", "[window]")
{
    WindowRig rig;
    REQUIRE_FALSE(rig.session.hasRun());
    rig.key(Qt::Key_K, Qt::ControlModifier);
    CHECK_FALSE(rig.window->isHomeShown());
    CHECK(rig.session.hasRun());
}

TEST_CASE("a dialog that opens pauses", "[window]")
{
    WindowRig rig;
    rig.open("handshake");
    rig.key(Qt::Key_K);
    REQUIRE(rig.session.isPlaying());
    rig.key(Qt::Key_F1);
    CHECK_FALSE(rig.session.isPlaying());
}

TEST_CASE("dragging the timeline pauses and seeks", "[window]")
{
    WindowRig rig;
    rig.open("handshake");
    rig.key(Qt::Key_K);
    TimelineBar& bar = rig.window->workbench().transport().timeline();
    QTest::mousePress(&bar, Qt::LeftButton, Qt::NoModifier, QPoint(bar.width() / 2, bar.height() / 2));
    QTest::mouseRelease(&bar, Qt::LeftButton, Qt::NoModifier, QPoint(bar.width() / 2, bar.height() / 2));
    CHECK_FALSE(rig.session.isPlaying());
    CHECK(rig.session.now() > SimTime::zero());
    CHECK(rig.session.now() < rig.session.trace().end());
}

TEST_CASE("themes: the button and the menu set them, they are remembered, and the window shows them", "[window]")
{
    WindowRig rig;
    rig.open("handshake");
    rig.window->actions().themes[2]->trigger();
    CHECK(rig.themes.kind() == ThemeKind::Dark);
    CHECK(rig.session.settings().themeChoice() == ThemeChoice::Dark);
    CHECK(rig.window->palette().color(QPalette::Window) == Theme::make(ThemeKind::Dark).color(Role::Background));
    WindowRig::settle();
    StageCanvas& canvas = rig.window->workbench().stage().canvas();
    CHECK(canvas.theme().kind() == ThemeKind::Dark);
    CHECK(canvas.grab().toImage().pixelColor(2, canvas.height() - 3) ==
          Theme::make(ThemeKind::Dark).color(Role::Background));
    rig.window->actions().themeNext->trigger();
    CHECK(rig.themes.kind() == ThemeKind::HighContrast);
    rig.window->actions().themes[0]->trigger();
    CHECK(rig.session.settings().themeChoice() == ThemeChoice::System);
}

TEST_CASE("the system's theme is followed while it is the choice", "[window]")
{
    WindowRig rig;
    rig.window->actions().themes[0]->trigger();
    QPalette dark;
    dark.setColor(QPalette::Window, Qt::black);
    dark.setColor(QPalette::WindowText, Qt::white);
    QApplication::setPalette(dark);
    WindowRig::settle();
    CHECK(rig.themes.kind() == ThemeKind::Dark);
    QPalette light;
    light.setColor(QPalette::Window, Qt::white);
    light.setColor(QPalette::WindowText, Qt::black);
    QApplication::setPalette(light);
    WindowRig::settle();
    CHECK(rig.themes.kind() == ThemeKind::Light);
}

} // namespace packetarium::window_actions_test
