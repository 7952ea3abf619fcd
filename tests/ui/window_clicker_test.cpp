// SPDX-License-Identifier: GPL-3.0-or-later
//
// Somebody who presses and clicks whatever there is, faster than a person, while languages and themes change. Nothing
// may crash, and Qt may not complain. PACKETARIUM_CLICKER_SECONDS makes it go on for longer.
#include "core/base/rng.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "tests/support/ui/window_rig.h"
#include "ui/window/comparison_desk.h"
#include "ui/window/projector_window.h"

#include <QElapsedTimer>
#include <QMenu>
#include <QTimer>

namespace packetarium::window_clicker_test {

using namespace test;

namespace {

QStringList complaints;

void listen(QtMsgType type, const QMessageLogContext&, const QString& message)
{
    // The offscreen platform has no window manager and no browser, and says so.
    if (type != QtDebugMsg && type != QtInfoMsg && !message.startsWith("This plugin does not support"))
        complaints << message;
}

class Clicker {
public:
    Clicker(WindowRig& rig, std::uint64_t seed)
        : rig_(&rig)
        , random_(seed)
    {
        // File dialogs look at this machine's folders; quitting would end the fun.
        const Actions& a = rig.window->actions();
        for (QAction* action :
             {a.open, a.saveAs, a.exportPicture, a.exportCapture, a.wireshark, a.conversations, a.save, a.quit})
            rig.window->removeAction(action);
        // Boxes that wait for an answer get one.
        QObject::connect(&answers_, &QTimer::timeout, [] {
            if (QWidget* modal = QApplication::activeModalWidget())
                QTest::keyClick(modal, Qt::Key_Escape);
            if (QWidget* popup = QApplication::activePopupWidget())
                popup->close();
        });
        answers_.start(5);
    }

    void act()
    {
        switch (random_.below(12)) {
        case 0:
        case 1:
        case 2:
        case 3: key(); break;
        case 4:
        case 5:
        case 6:
        case 7: click(Qt::LeftButton); break;
        case 8: click(Qt::RightButton); break;
        case 9: drag(); break;
        case 10: command(); break;
        default: change(); break;
        }
        QCoreApplication::processEvents();
    }

private:
    QWidget& target()
    {
        ProjectorWindow* projector = rig_->window->projector();
        return projector && projector->isVisible() && random_.below(2) ? static_cast<QWidget&>(*projector)
                                                                       : *rig_->window;
    }
    QPoint somewhere(const QWidget& w)
    {
        return {static_cast<int>(random_.below(static_cast<std::uint64_t>(w.width()))),
                static_cast<int>(random_.below(static_cast<std::uint64_t>(w.height())))};
    }
    void key()
    {
        static constexpr std::array kKeys = {
            Qt::Key_Space,  Qt::Key_Right,  Qt::Key_Left, Qt::Key_PageDown,    Qt::Key_PageUp,
            Qt::Key_Home,   Qt::Key_End,    Qt::Key_K,    Qt::Key_BracketLeft, Qt::Key_BracketRight,
            Qt::Key_N,      Qt::Key_Period, Qt::Key_F5,   Qt::Key_Escape,      Qt::Key_Tab,
            Qt::Key_Return, Qt::Key_Up,     Qt::Key_Down, Qt::Key_Delete,      Qt::Key_F1};
        static constexpr std::array kWithControl = {Qt::Key_7, Qt::Key_W, Qt::Key_L, Qt::Key_Z, Qt::Key_Y, Qt::Key_1,
                                                    Qt::Key_2, Qt::Key_K, Qt::Key_T, Qt::Key_D, Qt::Key_H, Qt::Key_B};
        QWidget* focus = QApplication::focusWidget();
        QWidget* to = focus ? focus : &target();
        if (random_.below(3) == 0)
            QTest::keyClick(to, kWithControl.at(random_.below(kWithControl.size())), Qt::ControlModifier);
        else
            QTest::keyClick(to, kKeys.at(random_.below(kKeys.size())),
                            random_.below(5) == 0 ? Qt::ShiftModifier : Qt::NoModifier);
    }
    void click(Qt::MouseButton button)
    {
        QWidget& window = target();
        const QPoint at = somewhere(window);
        QWidget* child = window.childAt(at);
        QWidget* to = child ? child : &window;
        // Menus are tried by their actions; popped up they would only be closed again.
        if (qobject_cast<QMenu*>(to))
            return;
        QTest::mouseClick(to, button, Qt::NoModifier, to->mapFrom(&window, at));
    }
    void drag()
    {
        QWidget& window = target();
        const QPoint at = somewhere(window);
        QWidget* to = window.childAt(at) ? window.childAt(at) : &window;
        QPointer<QWidget> still = to;
        QTest::mousePress(to, Qt::LeftButton, Qt::NoModifier, to->mapFrom(&window, at));
        if (still)
            QTest::mouseMove(to, to->mapFrom(&window, somewhere(window)));
        if (still)
            QTest::mouseRelease(to, Qt::LeftButton, Qt::NoModifier, to->mapFrom(&window, somewhere(window)));
    }
    void command()
    {
        const auto nth = static_cast<std::uint32_t>(1 + random_.below(6));
        const std::string from = random_.below(2) ? "client" : "server";
        Session& s = rig_->session;
        switch (random_.below(6)) {
        case 0: s.apply(DoDrop{{from, nth}}); break;
        case 1: s.apply(DoDelay{{from, nth}, SimDuration::milliseconds(300)}); break;
        case 2: s.apply(DoDuplicate{{from, nth}, SimDuration::milliseconds(10)}); break;
        case 3: s.apply(DoClose{}, QString::fromStdString(from)); break;
        case 4: s.apply(DoSend{Bytes(100, 'x')}, QString::fromStdString(from)); break;
        default: s.undo(); break;
        }
    }
    void change()
    {
        const auto names = builtinScenarioNames();
        switch (random_.below(7)) {
        case 0: rig_->session.setLanguage(random_.below(2) ? Language::Chinese : Language::English); break;
        case 1: rig_->window->actions().themes.at(random_.below(4))->trigger(); break;
        case 2:
            rig_->window->resize(1024 + static_cast<int>(random_.below(900)),
                                 640 + static_cast<int>(random_.below(500)));
            break;
        case 3: rig_->window->openAny(QString::fromStdString(names[random_.below(names.size())])); break;
        case 4: rig_->session.advance(0.3); break;
        case 5:
            rig_->window->comparison().compareWith(QString::fromStdString(names[random_.below(names.size())]));
            break;
        default: rig_->session.setReducedMotion(random_.below(2) != 0); break;
        }
    }

    WindowRig* rig_;
    Rng random_;
    QTimer answers_;
};

} // namespace

TEST_CASE("a random clicker brings nothing down", "[window]")
{
    const auto milliseconds = std::max(3000LL, 1000LL * qEnvironmentVariableIntValue("PACKETARIUM_CLICKER_SECONDS"));
    complaints.clear();
    const auto before = qInstallMessageHandler(listen);
    QElapsedTimer time;
    time.start();
    int acts = 0;
    for (std::uint64_t seed = 1; time.elapsed() < milliseconds; ++seed) {
        WindowRig rig(seed % 2 ? Language::English : Language::Chinese);
        rig.open(seed % 3 ? "handshake" : "three-way-handshake");
        Clicker clicker(rig, seed);
        for (int i = 0; i < 400 && time.elapsed() < milliseconds; ++i, ++acts)
            clicker.act();
        CHECK(rig.session.now() <= rig.session.end());
    }
    qInstallMessageHandler(before);
    complaints.removeDuplicates();
    INFO(complaints.join('\n').toStdString());
    CHECK(complaints.isEmpty());
    WARN("the clicker did " << acts << " things");
}

} // namespace packetarium::window_clicker_test
