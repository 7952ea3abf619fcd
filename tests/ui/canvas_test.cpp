// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/ui/pictures.h"

#include "core/scenario/scenario_file.h"
#include "ui/session/session.h"
#include "ui/widgets/sequence_canvas.h"
#include "ui/widgets/states_canvas.h"
#include "ui/widgets/timeline_bar.h"

#include <QAccessible>
#include <QApplication>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMouseEvent>
#include <QPushButton>
#include <QVBoxLayout>
#include <QWheelEvent>

namespace packetarium::canvas_test {

namespace {

void open(Session& session, const char* name)
{
    auto scenario = loadScenario(name);
    REQUIRE(scenario.ok());
    session.setReducedMotion(true); // a step is one cut
    session.openScenario(std::move(scenario.value()));
}

void show(QWidget& widget, QSize size)
{
    widget.resize(size);
    widget.show();
    QCoreApplication::processEvents();
}

/// What the widget's backing store holds, after it repainted no more than it asked for.
QImage onScreen(QWidget& widget)
{
    QCoreApplication::processEvents();
    return widget.screen()->grabWindow(widget.winId()).toImage();
}

QImage painted(QWidget& widget)
{
    return widget.grab().toImage();
}

void click(QWidget& widget, QPointF at, Qt::MouseButton button = Qt::LeftButton)
{
    QMouseEvent press(QEvent::MouseButtonPress, at, widget.mapToGlobal(at), button, button, Qt::NoModifier);
    QMouseEvent release(QEvent::MouseButtonRelease, at, widget.mapToGlobal(at), button, Qt::NoButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&widget, &press);
    QCoreApplication::sendEvent(&widget, &release);
}

void press(QWidget& widget, int key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QKeyEvent down(QEvent::KeyPress, key, modifiers);
    QCoreApplication::sendEvent(&widget, &down);
}

const StageItem* packetItem(const StageCanvas& canvas, std::uint32_t id)
{
    for (const StageItem& item : canvas.items())
        if (item.what.kind == Selection::Kind::Packet && item.what.packet.value() == id)
            return &item;
    return nullptr;
}

} // namespace

TEST_CASE("stepping repaints exactly what changed", "[canvas]")
{
    for (const char* name : {"handshake", "teardown", "syn-ack-lost", "old-duplicate-syn"}) {
        Session session;
        open(session, name);
        SequenceCanvas canvas(&session);
        show(canvas, {836, 560});
        const auto check = [&](const std::string& where) {
            const QImage incremental = painted(canvas);
            SequenceCanvas fresh(&session);
            show(fresh, {836, 560});
            INFO(name << ", " << where);
            CHECK(test::difference(incremental, painted(fresh)) == "");
        };
        const int stops = static_cast<int>(session.stops().size());
        for (int i = 0; i < stops; ++i) {
            session.stepForward();
            session.finishTravel();
            QCoreApplication::processEvents();
            if (i % 3 == 0)
                check("forward, stop " + std::to_string(i));
        }
        for (int i = 0; i < stops; i += 2) {
            session.stepBack();
            session.finishTravel();
            QCoreApplication::processEvents();
            if (i % 6 == 0)
                check("back, stop " + std::to_string(i));
        }
    }
}

TEST_CASE("what is repainted is enough for what is on the screen", "[canvas]")
{
    // The backing store after a run of small steps against a picture painted whole: a dirty rectangle that is too small
    // would leave a trace.
    Session session;
    open(session, "handshake");
    SequenceCanvas canvas(&session);
    show(canvas, {836, 900});
    for (double t = 0; t < session.story().length() * 0.9; t += 0.11) {
        session.seekShown(t);
        QCoreApplication::processEvents();
    }
    const QImage left = onScreen(canvas);
    canvas.update();
    const QImage whole = onScreen(canvas);
    REQUIRE_FALSE(left.isNull());
    CHECK(test::difference(left, whole) == "");
}

TEST_CASE("a click selects, a right click asks for the menu", "[canvas]")
{
    Session session;
    open(session, "handshake");
    SequenceCanvas canvas(&session);
    show(canvas, {836, 900});
    session.toEnd();
    const StageItem* syn = packetItem(canvas, 0);
    REQUIRE(syn != nullptr);
    click(canvas, syn->box.center());
    CHECK(session.selection().kind == Selection::Kind::Packet);
    CHECK(session.selection().packet == PacketId(0));

    Selection asked;
    QObject::connect(&canvas, &StageCanvas::contextRequested,
                     [&asked](const Selection& what, const QPoint&) { asked = what; });
    const StageItem* second = packetItem(canvas, 1);
    REQUIRE(second != nullptr);
    QContextMenuEvent menu(QContextMenuEvent::Mouse, second->box.center().toPoint(),
                           canvas.mapToGlobal(second->box.center().toPoint()));
    QCoreApplication::sendEvent(&canvas, &menu);
    CHECK(asked.packet == PacketId(1));
    CHECK(session.selection().packet == PacketId(1));
    click(canvas, {418, 890});
    CHECK(session.selection().kind == Selection::Kind::None);
}

TEST_CASE("every item is reached by keyboard", "[canvas]")
{
    Session session;
    open(session, "handshake");
    QWidget window;
    QVBoxLayout layout(&window);
    QPushButton before(QStringLiteral("before")), after(QStringLiteral("after"));
    SequenceCanvas canvas(&session);
    layout.addWidget(&before);
    layout.addWidget(&canvas, 1);
    layout.addWidget(&after);
    window.resize(836, 900);
    window.show();
    window.activateWindow();
    QApplication::setActiveWindow(&window);
    before.setFocus();
    REQUIRE(before.hasFocus());
    press(before, Qt::Key_Tab);
    REQUIRE(canvas.hasFocus());
    CHECK(canvas.focusedItem() == 0);
    const int count = static_cast<int>(canvas.items().size());
    for (int i = 1; i < count; ++i) {
        press(canvas, Qt::Key_Tab);
        CHECK(canvas.focusedItem() == i);
    }
    press(canvas, Qt::Key_Tab);
    CHECK(after.hasFocus());
    press(after, Qt::Key_Backtab, Qt::ShiftModifier);
    CHECK(canvas.focusedItem() == count - 1);
    press(canvas, Qt::Key_Up);
    const int above = canvas.focusedItem();
    CHECK(above != count - 1);
    press(canvas, Qt::Key_Return);
    CHECK(session.selection() == canvas.items()[static_cast<std::size_t>(above)].what);
    QContextMenuEvent menu(QContextMenuEvent::Keyboard, {}, {});
    int asked = 0;
    QObject::connect(&canvas, &StageCanvas::contextRequested, [&asked] { ++asked; });
    QCoreApplication::sendEvent(&canvas, &menu);
    CHECK(asked == 1);
    press(canvas, Qt::Key_Escape);
    CHECK(canvas.focusedItem() == -1);
}

TEST_CASE("the view follows the now-line, and the wheel scrolls it", "[canvas]")
{
    Session session;
    open(session, "half-close");
    SequenceCanvas canvas(&session);
    show(canvas, {836, 400});
    session.toStart();
    painted(canvas);
    CHECK(canvas.scroll() == 0);
    CHECK(canvas.scrollRange() > 0);
    session.toEnd();
    painted(canvas);
    CHECK(canvas.scroll() > 0);
    const double there = canvas.scroll();
    QWheelEvent wheel({400, 200}, canvas.mapToGlobal(QPointF(400, 200)), {}, {0, 120}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QCoreApplication::sendEvent(&canvas, &wheel);
    CHECK(canvas.scroll() < there);
}

TEST_CASE("a screen reader finds the packets, the hosts and the states", "[canvas]")
{
    Session session;
    open(session, "handshake");
    session.setLanguage(Language::English);
    SequenceCanvas sequence(&session);
    StatesCanvas states(&session);
    show(sequence, {836, 600});
    show(states, {836, 600});
    session.toEnd();
    QAccessibleInterface* view = QAccessible::queryAccessibleInterface(&sequence);
    REQUIRE(view != nullptr);
    CHECK(view->text(QAccessible::Name) == QStringLiteral("Sequence view"));
    REQUIRE(view->childCount() == static_cast<int>(sequence.items().size()));
    bool syn = false;
    for (int i = 0; i < view->childCount(); ++i) {
        QAccessibleInterface* child = view->child(i);
        REQUIRE(child != nullptr);
        CHECK(child->parent() == view);
        CHECK(view->indexOfChild(child) == i);
        CHECK_FALSE(child->text(QAccessible::Name).isEmpty());
        CHECK_FALSE(child->text(QAccessible::Description).isEmpty());
        if (child->text(QAccessible::Name).startsWith(QStringLiteral("SYN seq=x"))) {
            syn = true;
            child->actionInterface()->doAction(QAccessibleActionInterface::pressAction());
            CHECK(session.selection().kind == Selection::Kind::Packet);
            CHECK(child->state().selected);
        }
    }
    CHECK(syn);

    QAccessibleInterface* figure = QAccessible::queryAccessibleInterface(&states);
    REQUIRE(figure != nullptr);
    QStringList names;
    for (int i = 0; i < figure->childCount(); ++i)
        names << figure->child(i)->text(QAccessible::Name);
    for (int s = 0; s < kTcpStateCount; ++s)
        CHECK(names.contains(QString::fromUtf8(toString(static_cast<TcpState>(s)).data())));

    session.setLanguage(Language::Chinese);
    CHECK(view->text(QAccessible::Name) == QStringLiteral("时序图"));
    CHECK(figure->text(QAccessible::Name) == QStringLiteral("状态图"));
}

TEST_CASE("the timeline seeks where it is dragged, and pauses", "[canvas]")
{
    Session session;
    open(session, "handshake");
    TimelineBar bar(&session);
    show(bar, {600, 40});
    session.play();
    QMouseEvent down(QEvent::MouseButtonPress, QPointF(300, 20), bar.mapToGlobal(QPointF(300, 20)), Qt::LeftButton,
                     Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&bar, &down);
    CHECK_FALSE(session.isPlaying());
    CHECK(session.shownNow() == Approx(session.story().length() / 2).epsilon(0.02));
    QMouseEvent move(QEvent::MouseMove, QPointF(-40, 20), bar.mapToGlobal(QPointF(-40, 20)), Qt::NoButton,
                     Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&bar, &move);
    CHECK(session.shownNow() == 0);
    QAccessibleInterface* slider = QAccessible::queryAccessibleInterface(&bar);
    REQUIRE(slider != nullptr);
    REQUIRE(slider->valueInterface() != nullptr);
    CHECK(slider->role() == QAccessible::Slider);
    slider->valueInterface()->setCurrentValue(1.0);
    CHECK(session.shownNow() == Approx(1.0));
    CHECK_FALSE(slider->text(QAccessible::Value).isEmpty());
}

TEST_CASE("canvases without a run are empty and quiet", "[canvas]")
{
    Session session;
    SequenceCanvas sequence(&session);
    StatesCanvas states(&session);
    TimelineBar bar(&session);
    for (QWidget* w : {static_cast<QWidget*>(&sequence), static_cast<QWidget*>(&states), static_cast<QWidget*>(&bar)}) {
        show(*w, {300, 200});
        click(*w, {100, 100});
        press(*w, Qt::Key_Return);
        CHECK_FALSE(painted(*w).isNull());
        CHECK(QAccessible::queryAccessibleInterface(w)->childCount() == 0);
    }
}

} // namespace packetarium::canvas_test
