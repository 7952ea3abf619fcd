// SPDX-License-Identifier: GPL-3.0-or-later
// What one may do to packets and with the programs.
#include "tests/ui/panels_support.h"
#include "ui/widgets/application_bar.h"
#include "ui/widgets/packet_actions.h"
#include "ui/widgets/pill_button.h"

#include <QAction>
#include <QLineEdit>
#include <QMenu>
#include <set>

namespace packetarium::panels_actions_test {

using namespace test;

namespace {

std::size_t lostPackets(const Session& session)
{
    std::size_t lost = 0;
    for (const PacketInfo& packet : session.trace().packets())
        lost += packet.fate == Fate::Lost ? 1 : 0;
    return lost;
}

PillButton* buttonNamed(QWidget& parent, const QString& name)
{
    for (PillButton* button : parent.findChildren<PillButton*>())
        if (button->accessibleName() == name)
            return button;
    return nullptr;
}

TcpState stateOf(const Session& session, std::uint8_t host)
{
    return session.moment().hosts.at(host).state;
}

} // namespace

TEST_CASE("nothing can be done without a segment, and the buttons say so", "[panels][widgets]")
{
    Session session;
    PacketActions panel(&session);
    showAt(panel, {330, 80});
    for (const PacketDeed deed : kPacketDeeds) {
        CHECK_FALSE(panel.action(deed)->isEnabled());
        CHECK_FALSE(panel.action(deed)->toolTip().isEmpty());
        CHECK_FALSE(whyNot(session, PacketId(0), deed).isEmpty());
        doTo(session, PacketId(0), deed);
    }
    openBuiltin(session, "handshake");
    CHECK_FALSE(panel.action(PacketDeed::Drop)->isEnabled()); // nothing sent yet
    CHECK_FALSE(whyNot(session, PacketId(999), PacketDeed::Drop).isEmpty());
}

TEST_CASE("the segment in flight can be dropped, and brought back", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    PacketActions panel(&session);
    showAt(panel, {330, 80});
    session.seek(session.trace().packet(PacketId(0)).sentAt + SimDuration::milliseconds(1));
    REQUIRE(panel.action(PacketDeed::Drop)->isEnabled());
    CHECK_FALSE(panel.action(PacketDeed::LetGo)->isEnabled());
    panel.action(PacketDeed::Drop)->trigger();
    CHECK(lostPackets(session) == 1);
    CHECK(session.scenario().commands.size() == 1);
    session.undo();
    CHECK(lostPackets(session) == 0);
}

TEST_CASE("hold keeps a segment where it is, let go lets it arrive", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    PacketActions panel(&session);
    showAt(panel, {330, 80});
    const SimTime half = session.trace().packet(PacketId(0)).sentAt + SimDuration::milliseconds(10);
    session.seek(half);
    panel.action(PacketDeed::Hold)->trigger();
    session.seek(half + SimDuration::milliseconds(5));
    session.select(packetSelection(PacketId(0)));
    CHECK_FALSE(panel.action(PacketDeed::Hold)->isEnabled());
    REQUIRE(panel.action(PacketDeed::LetGo)->isEnabled());
    panel.action(PacketDeed::LetGo)->trigger();
    CHECK(session.trace().packet(PacketId(0)).fate == Fate::Arrived);
    CHECK(session.trace().packet(PacketId(0)).releasedAt == half + SimDuration::milliseconds(5));
}

TEST_CASE("delay asks how long", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    PacketActions panel(&session);
    showAt(panel, {330, 120});
    session.seek(session.trace().packet(PacketId(0)).sentAt);
    const SimTime before = session.trace().packet(PacketId(0)).endAt;
    CHECK_FALSE(buttonNamed(panel, "Delay by 1 s")->isVisible());
    panel.action(PacketDeed::Delay)->trigger();
    CHECK(session.scenario().commands.empty());
    for (const char* choice : {"Delay by 50 ms", "Delay by 200 ms", "Delay by 1 s", "Delay by 3 s"}) {
        REQUIRE(buttonNamed(panel, choice));
        CHECK(buttonNamed(panel, choice)->isVisible());
    }
    press(*buttonNamed(panel, "Delay by 50 ms"), Qt::Key_Return);
    CHECK_FALSE(buttonNamed(panel, "Delay by 50 ms")->isVisible());
    CHECK(session.trace().packet(PacketId(0)).endAt == before + SimDuration::milliseconds(50));
}

TEST_CASE("a copy and a flipped bit", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    session.seek(session.trace().packet(PacketId(0)).sentAt);
    doTo(session, PacketId(0), PacketDeed::Duplicate);
    PacketId copy;
    for (const PacketInfo& packet : session.trace().packets())
        if (packet.copyOf == PacketId(0))
            copy = packet.id;
    REQUIRE(copy);
    CHECK_FALSE(whyNot(session, copy, PacketDeed::Drop).isEmpty()); // a copy has no name that a command could use
    session.undo();
    doTo(session, PacketId(0), PacketDeed::Corrupt);
    CHECK(session.trace().packet(PacketId(0)).corrupted);
}

TEST_CASE("the context menu offers the same, with the keys", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    session.seek(session.trace().packet(PacketId(0)).sentAt);
    QWidget parent;
    const std::unique_ptr<QMenu> menu(makePacketMenu(&session, packetSelection(PacketId(0)), &parent));
    QAction* drop = nullptr;
    QMenu* delays = nullptr;
    int named = 0;
    for (QAction* action : menu->actions()) {
        named += action->text().isEmpty() || action->isSeparator() ? 0 : 1;
        if (action->text() == "Drop")
            drop = action;
        if (action->menu())
            delays = action->menu();
    }
    CHECK(named == 6);
    REQUIRE(drop);
    REQUIRE(delays);
    CHECK(delays->actions().size() == 4);
    CHECK(drop->shortcut() == QKeySequence(Qt::Key_Delete));
    drop->trigger();
    CHECK(lostPackets(session) == 1);

    const std::unique_ptr<QMenu> other(makePacketMenu(&session, {Selection::Kind::State, {}, {}, 0}, &parent));
    REQUIRE(other->actions().size() == 1);
    CHECK_FALSE(other->actions().front()->isEnabled());
}

TEST_CASE("no two deeds share a key", "[panels][widgets]")
{
    Session session;
    PacketActions panel(&session);
    std::set<QString> keys;
    for (const QAction* action : panel.menuActions()) {
        CHECK_FALSE(action->shortcut().isEmpty());
        keys.insert(action->shortcut().toString());
    }
    CHECK(keys.size() == kPacketDeeds.size());
}

TEST_CASE("a whole connection by hand in the sandbox", "[panels][widgets]")
{
    Session session;
    session.setReducedMotion(true);
    session.openScenario(sandboxScenario());
    const NodeId client(0);
    const NodeId server(1);
    if (stateOf(session, 1) == TcpState::Closed) {
        CHECK(whyNotCall(session, server, AppCall::Listen).isEmpty());
        makeCall(session, server, AppCall::Listen);
    }
    session.toEnd();
    REQUIRE(stateOf(session, 1) == TcpState::Listen);
    CHECK_FALSE(whyNotCall(session, server, AppCall::Listen).isEmpty());
    CHECK_FALSE(whyNotCall(session, server, AppCall::Send).isEmpty());
    CHECK_FALSE(whyNotCall(session, client, AppCall::Send).isEmpty());
    CHECK_FALSE(whyNotCall(session, client, AppCall::Close).isEmpty());
    CHECK_FALSE(whyNotCall(session, client, AppCall::Abort).isEmpty());
    CHECK_FALSE(whyNotCall(session, client, AppCall::Crash).isEmpty());

    makeCall(session, client, AppCall::Connect);
    session.toEnd();
    REQUIRE(stateOf(session, 0) == TcpState::Established);
    REQUIRE(stateOf(session, 1) == TcpState::Established);
    CHECK_FALSE(whyNotCall(session, client, AppCall::Connect).isEmpty());

    makeCall(session, client, AppCall::Send, QString::fromUtf8("你好"));
    session.toEnd();
    CHECK(session.moment().hosts[1].octetsRead == 6); // two characters of three octets in UTF-8

    makeCall(session, client, AppCall::Shutdown);
    session.toEnd();
    CHECK(stateOf(session, 0) == TcpState::FinWait2);
    CHECK_FALSE(whyNotCall(session, client, AppCall::Send).isEmpty());
    CHECK(whyNotCall(session, server, AppCall::Send).isEmpty()); // half-closed: the other direction is open
    makeCall(session, server, AppCall::Close);
    session.seek(session.now() + SimDuration::milliseconds(100));
    CHECK(stateOf(session, 0) == TcpState::TimeWait);
}

TEST_CASE("what a state forbids is off and says why", "[panels][widgets]")
{
    Session session;
    ApplicationBar bar(&session);
    showAt(bar, {330, 140});
    for (PillButton* button : bar.findChildren<PillButton*>())
        CHECK_FALSE(button->toolTip().isEmpty());
    session.setReducedMotion(true);
    openBuiltin(session, "teardown");
    CHECK(bar.isOpen());
    for (const Stop& stop : std::vector<Stop>(session.stops())) {
        session.seek(stop.at);
        for (const NodeId host : {NodeId(0), NodeId(1)}) {
            bar.setHost(host);
            for (const AppCall call : kProgramCalls) {
                const QString reason = whyNotCall(session, host, call);
                QString label = QString::fromStdString(std::string(labelOf(call, Language::English)));
                label[0] = label[0].toUpper();
                PillButton* button = buttonNamed(bar, label);
                REQUIRE(button);
                CHECK(button->isEnabled() == reason.isEmpty());
                if (!reason.isEmpty())
                    CHECK_THAT(button->toolTip().toStdString(), containsText(reason.toStdString()));
            }
        }
    }
}

TEST_CASE("in a lesson the programs are folded away until wanted", "[panels][widgets]")
{
    Session session;
    openBuiltinLesson(session, "three-way-handshake");
    ApplicationBar bar(&session);
    showAt(bar, {264, 140});
    auto* text = bar.findChild<QLineEdit*>();
    CHECK_FALSE(bar.isOpen());
    CHECK_FALSE(text->isVisible());
    const int folded = bar.heightForWidth(264);
    bar.setOpen(true);
    CHECK(text->isVisible());
    CHECK(bar.heightForWidth(264) > folded);
    // Every button has its whole place within the bar.
    showAt(bar, {264, bar.heightForWidth(264)});
    for (PillButton* button : bar.findChildren<PillButton*>()) {
        CHECK(bar.rect().contains(button->geometry()));
        CHECK(button->width() >= button->sizeHint().width());
    }
}

TEST_CASE("the side follows a selected end", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    ApplicationBar bar(&session);
    showAt(bar, {330, 140});
    CHECK(bar.host() == NodeId(0));
    session.select({Selection::Kind::Host, {}, NodeId(1), -1});
    CHECK(bar.host() == NodeId(1));
}

} // namespace packetarium::panels_actions_test
