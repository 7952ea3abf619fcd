// SPDX-License-Identifier: GPL-3.0-or-later
//
// Only what has changed is painted anew. So what stands on the screen must be what a picture painted at once would show:
// nothing of an earlier moment stays behind.
#include "tests/support/catch.h"
#include "tests/support/ui/pictures.h"
#include "tests/support/ui/window_rig.h"
#include "ui/window/comparison_desk.h"
#include "ui/window/run_pane.h"
#include "ui/window/stage_area.h"
#include "ui/window/workbench.h"

#include <QAction>
#include <QScreen>

namespace packetarium::window_ghosts_test {

using namespace test;

namespace {

void checkScreen(WindowRig& rig, const std::string& what)
{
    WindowRig::settle();
    const QImage shown =
        rig.window->screen()->grabWindow(rig.window->winId()).toImage().convertToFormat(QImage::Format_RGB32);
    const QImage whole = rig.window->grab().toImage().convertToFormat(QImage::Format_RGB32);
    constexpr int kDashes = 20; // Qt may begin the dashes of a line elsewhere if only a part of it is painted
    const std::string wrong = difference(shown, whole, kDashes);
    if (!wrong.empty()) {
        const QByteArray folder = qgetenv("PACKETARIUM_KEEP_PICTURES");
        if (!folder.isEmpty()) {
            shown.save(QString::fromLatin1(folder) + QStringLiteral("/shown.png"));
            whole.save(QString::fromLatin1(folder) + QStringLiteral("/whole.png"));
        }
    }
    INFO(what << ": " << wrong);
    CHECK(wrong.empty());
}

constexpr const char* kViews[] = {"sequence", "states", "layers", "network", "windows", "plots"};

} // namespace

TEST_CASE("nothing of an earlier moment stays on the screen, whatever view: steps, playing, jumps", "[window]")
{
    WindowRig rig(Language::English);
    rig.session.setReducedMotion(false);
    REQUIRE(rig.window->openAny(QStringLiteral("small-bottleneck")));
    for (int v = 0; v < 6; ++v) {
        rig.key(static_cast<Qt::Key>(Qt::Key_1 + v), Qt::ControlModifier);
        rig.session.toStart();
        WindowRig::settle();
        for (int step = 0; step < 8; ++step) {
            rig.session.stepForward();
            for (int frame = 0; frame < 4; ++frame) {
                rig.session.advance(0.04);
                WindowRig::settle();
            }
            checkScreen(rig, std::string(kViews[v]) + ", step " + std::to_string(step));
        }
        rig.session.toEnd();
        checkScreen(rig, std::string(kViews[v]) + ", end");
    }
}

TEST_CASE("nothing stays behind beside another run either, nor when the window, its language or its theme changes",
          "[window]")
{
    WindowRig rig(Language::English, {1280, 800});
    REQUIRE(rig.window->openAny(QStringLiteral("small-bottleneck")));
    REQUIRE(rig.window->comparison().compareWith(QStringLiteral("slow-start")));
    for (int v = 0; v < 6; ++v) {
        rig.key(static_cast<Qt::Key>(Qt::Key_1 + v), Qt::ControlModifier);
        rig.session.toStart();
        checkScreen(rig, std::string(kViews[v]) + ", start");
        for (int step = 0; step < 3; ++step)
            rig.session.stepForward();
        checkScreen(rig, std::string(kViews[v]) + ", third step");
        rig.session.toEnd();
        checkScreen(rig, std::string(kViews[v]) + ", end");
        rig.window->resize(v % 2 == 0 ? QSize(1024, 640) : QSize(1280, 800));
        checkScreen(rig, std::string(kViews[v]) + ", another size");
        rig.key(Qt::Key_L, Qt::ControlModifier);
        checkScreen(rig, std::string(kViews[v]) + ", another language");
        rig.themes.setChoice(v % 2 == 0 ? ThemeChoice::Dark : ThemeChoice::Light);
        checkScreen(rig, std::string(kViews[v]) + ", another theme");
    }
}

} // namespace packetarium::window_ghosts_test
