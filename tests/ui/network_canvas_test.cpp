// SPDX-License-Identifier: GPL-3.0-or-later
//
// The network view on the screen: clicks, drags, keys, and what is done to cables and nodes.
#include "tests/ui/network_support.h"
#include "tests/ui/panels_support.h"
#include "ui/widgets/network_canvas.h"
#include "ui/widgets/packet_actions.h"

#include <QElapsedTimer>
#include <QMenu>

namespace packetarium::network_canvas_test {

using namespace test;

namespace {

void mouse(QWidget& widget, QEvent::Type type, QPointF at, Qt::MouseButtons buttons = Qt::LeftButton)
{
    QMouseEvent event(type, at, widget.mapToGlobal(at), type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                      buttons, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
}

void drag(QWidget& widget, QPointF from, QPointF to)
{
    mouse(widget, QEvent::MouseButtonPress, from);
    for (const double part : {0.2, 0.6, 1.0})
        mouse(widget, QEvent::MouseMove, from + (to - from) * part);
    mouse(widget, QEvent::MouseButtonRelease, to, Qt::NoButton);
}

struct Shown {
    Session session;
    NetworkCanvas canvas{&session};

    explicit Shown(const Scenario& s = routedNetwork())
    {
        session.setReducedMotion(true);
        session.openScenario(s);
        showAt(canvas, {836, 560});
    }
    QPointF middleOf(int node) { return canvas.nodeBox(NodeId(static_cast<std::uint8_t>(node))).center(); }
    const NodePlace& placeOf(int host) { return *session.scenario().hosts[static_cast<std::size_t>(host)].place; }
};

Selection linkSelection(int link)
{
    Selection s;
    s.kind = Selection::Kind::Link;
    s.index = link;
    return s;
}
Selection nodeSelection(int node)
{
    Selection s;
    s.kind = Selection::Kind::Host;
    s.host = NodeId(static_cast<std::uint8_t>(node));
    return s;
}

} // namespace

TEST_CASE("a click on a node opens it, one beside it closes it", "[widgets]")
{
    Shown s;
    clickAt(s.canvas, s.middleOf(3));
    CHECK(s.session.selection() == nodeSelection(3));
    clickAt(s.canvas, QPointF(20, s.canvas.height() - 10));
    CHECK(s.session.selection().kind == Selection::Kind::None);
    CHECK_FALSE(s.session.isModified());
}

TEST_CASE("a node is moved with the mouse: into the scenario, without another run, and back with undo", "[widgets]")
{
    Shown s;
    const std::uint64_t before = s.session.trace().fingerprint();
    const NodePlace old = s.placeOf(0);
    const QPointF from = s.middleOf(0);
    drag(s.canvas, from + QPointF(3, 2), from + QPointF(3, 2) + QPointF(90, 110));
    settle();
    CHECK(s.placeOf(0).x > old.x);
    CHECK(s.placeOf(0).y > old.y);
    // It stands where it was let go, to a thousandth of the picture.
    CHECK(QLineF(s.middleOf(0), from + QPointF(90, 110)).length() < 2);
    CHECK(s.session.trace().fingerprint() == before);
    CHECK(s.session.isModified());
    REQUIRE(s.session.canUndo());
    s.session.undo();
    CHECK(s.placeOf(0) == old);
    CHECK_FALSE(s.session.isModified());
    s.session.redo();
    CHECK(s.placeOf(0).x > old.x);
    // Other commands are undone in the order in which they were done.
    s.session.apply(DoPing{"server"}, "client");
    s.session.undo();
    CHECK(s.placeOf(0).x > old.x);
    CHECK(s.session.scenario().commands.empty());
    s.session.undo();
    CHECK(s.placeOf(0) == old);
}

TEST_CASE("a press that only trembles moves nothing", "[widgets]")
{
    Shown s;
    const NodePlace old = s.placeOf(0);
    drag(s.canvas, s.middleOf(0), s.middleOf(0) + QPointF(2, 1));
    CHECK(s.placeOf(0) == old);
    CHECK_FALSE(s.session.canUndo());
}

TEST_CASE("a node is moved with Alt and the arrows", "[widgets]")
{
    Shown s;
    clickAt(s.canvas, s.middleOf(0));
    const NodePlace old = s.placeOf(0);
    press(s.canvas, Qt::Key_Right, Qt::AltModifier);
    press(s.canvas, Qt::Key_Down, Qt::AltModifier);
    CHECK(s.placeOf(0).x == old.x + 20);
    CHECK(s.placeOf(0).y == old.y + 20);
    // With the focus on an item, that is the one, and it keeps the focus.
    s.canvas.setFocus();
    const NodePlace server = s.placeOf(1);
    const auto& items = s.canvas.items();
    const auto item =
        std::find_if(items.begin(), items.end(), [](const StageItem& i) { return i.what == nodeSelection(1); });
    s.canvas.focusItem(static_cast<int>(item - items.begin()));
    const int focused = s.canvas.focusedItem();
    REQUIRE(focused >= 0);
    press(s.canvas, Qt::Key_Left, Qt::AltModifier);
    CHECK(s.canvas.focusedItem() == focused);
    CHECK(s.placeOf(1).x == server.x - 20);
    CHECK(s.placeOf(0).x == old.x + 20);
}

TEST_CASE("the tables follow the instant", "[widgets]")
{
    Shown s;
    clickAt(s.canvas, s.middleOf(3)); // the switch
    const auto rows = [&] {
        return std::count_if(s.canvas.items().begin(), s.canvas.items().end(),
                             [](const StageItem& i) { return i.what.kind == Selection::Kind::Row; });
    };
    s.session.seek(SimTime::zero());
    const auto atStart = rows();
    s.session.seekShown(s.session.story().length() * 0.3); // before what was learnt is forgotten
    CHECK(rows() > atStart);
    CHECK(s.canvas.grab().toImage().width() == 836);
}

TEST_CASE("a listener's queues stand on its card while somebody waits, in both languages", "[widgets]")
{
    Shown s(builtinScenario("syn-flood").value());
    constexpr int kServer = 1;
    clickAt(s.canvas, s.middleOf(kServer));
    REQUIRE(s.session.selection() == nodeSelection(kServer));
    const auto waiting = [&](const char* queue) {
        settle();
        QStringList peers;
        for (const StageItem& item : s.canvas.items())
            if (item.what.kind == Selection::Kind::Row && item.description.contains(QString::fromUtf8(queue)))
                peers << item.description.section(QStringLiteral(" ("), 0, 0);
        return peers;
    };
    CHECK(waiting("(SYN queue)").isEmpty());
    s.session.seek(SimTime::zero() + SimDuration::milliseconds(500));
    const QStringList flood{QStringLiteral("192.168.1.66:1001"), QStringLiteral("192.168.1.66:1002"),
                            QStringLiteral("192.168.1.66:1003")};
    CHECK(waiting("(SYN queue)") == flood);
    CHECK(waiting("(accept queue)").isEmpty());
    s.session.setLanguage(Language::Chinese);
    CHECK(waiting("(半连接队列)") == flood);
    CHECK(waiting("(SYN queue)").isEmpty());
    s.session.toEnd();
    CHECK(waiting("(全连接队列)") == QStringList{QStringLiteral("192.168.1.25:49152")});
    CHECK(waiting("(半连接队列)").isEmpty());
}

TEST_CASE("a cable is pulled and plugged in, a node switched off and on", "[widgets]")
{
    Shown s;
    const Selection cable = linkSelection(0), node = nodeSelection(1);
    CHECK(whyNot(s.session, cable, NetworkDeed::Unplug).isEmpty());
    CHECK_FALSE(whyNot(s.session, cable, NetworkDeed::Plug).isEmpty());
    CHECK_FALSE(whyNot(s.session, cable, NetworkDeed::PowerOff).isEmpty());
    doTo(s.session, cable, NetworkDeed::Plug);
    CHECK(s.session.scenario().commands.empty());
    doTo(s.session, cable, NetworkDeed::Unplug);
    REQUIRE(s.session.scenario().commands.size() == 1);
    CHECK(std::get<DoUnplug>(s.session.scenario().commands[0].action).a.node == "client");
    CHECK(whyNot(s.session, cable, NetworkDeed::Plug).isEmpty());
    doTo(s.session, cable, NetworkDeed::Plug);
    CHECK(s.session.scenario().commands.size() == 2);

    CHECK_FALSE(whyNot(s.session, node, NetworkDeed::PowerOn).isEmpty());
    doTo(s.session, node, NetworkDeed::PowerOff);
    CHECK(s.session.scenario().commands.back().host == "server");
    CHECK_FALSE(whyNot(s.session, node, NetworkDeed::PowerOff).isEmpty());
    s.session.undo();
    CHECK(whyNot(s.session, node, NetworkDeed::PowerOff).isEmpty());

    const std::unique_ptr<QMenu> menu(makePacketMenu(&s.session, node, &s.canvas));
    QStringList names;
    for (const QAction* action : menu->actions())
        names << action->text();
    CHECK(names.contains("Power off"));
    CHECK(names.contains("Power on"));
}

TEST_CASE("two hosts on one link have no cable to pull", "[widgets]")
{
    Session session;
    session.openScenario(sandboxScenario());
    CHECK_FALSE(whyNot(session, linkSelection(0), NetworkDeed::Unplug).isEmpty());
    doTo(session, linkSelection(0), NetworkDeed::Unplug);
    CHECK(session.scenario().commands.empty());
    NetworkCanvas canvas(&session);
    showAt(canvas, {640, 400});
    CHECK_FALSE(canvas.canBuild());
    canvas.setBuilding(true);
    CHECK_FALSE(canvas.isBuilding());
}

TEST_CASE("the network view is painted within its time", "[widgets]")
{
    Shown s;
    showAt(s.canvas, {1920, 1000});
    s.session.seekShown(s.session.story().length() / 3);
    QImage picture(1920, 1000, QImage::Format_ARGB32_Premultiplied);
    s.canvas.render(&picture); // fonts and layout
    QElapsedTimer clock;
    double best = 1e9;
    for (int i = 0; i < 10; ++i) {
        clock.start();
        s.canvas.render(&picture);
        best = std::min(best, static_cast<double>(clock.nsecsElapsed()) / 1e6);
    }
    INFO(best << " ms");
    CHECK(best < 12); // 4 ms on the machine that it was measured on; sanitizers and other work take their share
}

TEST_CASE("no session, no picture, no harm", "[widgets]")
{
    Session session;
    NetworkCanvas canvas(&session);
    showAt(canvas, {440, 320});
    clickAt(canvas, QPointF(100, 100));
    press(canvas, Qt::Key_Right, Qt::AltModifier);
    CHECK(canvas.items().empty());
}

} // namespace packetarium::network_canvas_test
