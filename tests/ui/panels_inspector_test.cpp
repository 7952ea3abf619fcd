// SPDX-License-Identifier: GPL-3.0-or-later
// The inspector, why, and the control blocks.
#include "tests/ui/panels_support.h"
#include "ui/widgets/byte_view.h"
#include "ui/widgets/control_block_panel.h"
#include "ui/widgets/detail_card.h"
#include "ui/widgets/field_tree.h"
#include "ui/widgets/inspector_panel.h"
#include "ui/widgets/text_block.h"
#include "ui/widgets/why_panel.h"

#include <QPushButton>

namespace packetarium::panels_inspector_test {

using namespace test;

namespace {

QString value(const InspectorPanel& panel, FieldId field)
{
    return panel.model().indexForField(field).siblingAtColumn(FieldModel::ValueColumn).data().toString();
}
QString meaning(const InspectorPanel& panel, FieldId field)
{
    return panel.model().indexForField(field).siblingAtColumn(FieldModel::MeaningColumn).data().toString();
}

/// The cell of the named row; column 1 is the client's, 2 the server's.
QModelIndex cellOf(const ControlBlockPanel& panel, const char* name, int column)
{
    for (int row = 0; row < panel.model().rowCount(); ++row)
        if (panel.model().index(row, 0).data().toString() == QLatin1String(name))
            return panel.model().index(row, column);
    return {};
}

SimTime sentAt(const Session& session, std::uint32_t packet)
{
    return session.trace().packet(PacketId(packet)).sentAt;
}
SimTime arrivesAt(const Session& session, std::uint32_t packet)
{
    return session.trace().packet(PacketId(packet)).endAt;
}

} // namespace

TEST_CASE("the inspector shows the segment sent last until one is selected", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    InspectorPanel panel(&session);
    showAt(panel, {330, 560});
    CHECK(panel.model().rowCount() == 0); // nothing has been sent
    CHECK(panel.tree().isHidden());

    session.seek(sentAt(session, 1));
    CHECK(value(panel, FieldId::TcpFlagBits) == "SYN ACK");
    session.select(packetSelection(PacketId(0)));
    CHECK(value(panel, FieldId::TcpFlagBits) == "SYN");
    session.seek(sentAt(session, 2));
    CHECK(value(panel, FieldId::TcpFlagBits) == "SYN");
    session.select({});
    CHECK(value(panel, FieldId::TcpFlagBits) == "ACK");
}

TEST_CASE("numbers are explained in the style of the screen", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    InspectorPanel panel(&session);
    showAt(panel, {330, 560});
    session.seek(sentAt(session, 1));
    CHECK(value(panel, FieldId::TcpSequence) == "300"); // Figure 6
    CHECK(value(panel, FieldId::TcpAcknowledgment) == "101");
    CHECK(meaning(panel, FieldId::TcpSequence) == "y");
    CHECK(meaning(panel, FieldId::TcpAcknowledgment) == "x+1");
    session.setNumberStyle(NumberStyle::Relative);
    CHECK(meaning(panel, FieldId::TcpAcknowledgment) == "relative 1");
    session.setNumberStyle(NumberStyle::Raw);
    CHECK(meaning(panel, FieldId::TcpAcknowledgment).isEmpty());
}

TEST_CASE("fields and bytes lead to each other", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    InspectorPanel panel(&session);
    showAt(panel, {330, 560});
    session.seek(sentAt(session, 1));

    panel.tree().setCurrentIndex(panel.model().indexForField(FieldId::TcpSequence));
    CHECK(panel.bytes().textToCopy() == "00 00 01 2c"); // 300
    press(panel.tree(), Qt::Key_Down);
    CHECK(panel.bytes().textToCopy() == "00 00 00 65"); // 101

    panel.bytes().setFocus();
    press(panel.bytes(), Qt::Key_Home); // the destination address, in a header that was folded
    CHECK(panel.tree().currentIndex() == panel.model().indexForField(FieldId::EthDestination));
    CHECK(panel.tree().isExpanded(panel.model().headerIndex(FieldId::Ethernet)));
    CHECK(panel.bytes().textToCopy().count(' ') == 5);

    // The same field stays chosen in the next segment.
    panel.tree().setCurrentIndex(panel.model().indexForField(FieldId::TcpAcknowledgment));
    session.seek(sentAt(session, 2));
    CHECK(panel.tree().currentIndex() == panel.model().indexForField(FieldId::TcpAcknowledgment));
    CHECK(panel.bytes().textToCopy() == "00 00 01 2d"); // 301
}

TEST_CASE("a state, an edge, an end and a timer are told in words", "[panels][widgets]")
{
    Session session;
    openBuiltin(session, "handshake");
    InspectorPanel panel(&session);
    showAt(panel, {330, 560});
    auto* card = panel.findChild<DetailCard*>();
    session.seek(sentAt(session, 0));

    session.select({Selection::Kind::State, {}, {}, static_cast<int>(TcpState::SynSent)});
    CHECK(card->isVisible());
    CHECK(panel.tree().isHidden());
    CHECK_THAT(card->accessibleName().toStdString(), containsText("SYN-SENT"));
    CHECK_THAT(card->accessibleDescription().toStdString(), containsText("Client"));

    const TcpTransition* row = findTransition(TcpState::Closed, TcpEvent::ActiveOpen);
    REQUIRE(row);
    session.select({Selection::Kind::Transition, {}, NodeId(0), transitionIndex(*row)});
    CHECK_THAT(card->accessibleName().toStdString(), containsText("CLOSED \u2192 SYN-SENT"));
    CHECK_THAT(card->accessibleDescription().toStdString(), containsText("3.10.1"));

    session.select({Selection::Kind::Host, {}, NodeId(1), -1});
    CHECK_THAT(card->accessibleDescription().toStdString(), containsText("LISTEN"));

    session.select({Selection::Kind::Timer, {}, NodeId(0), static_cast<int>(Timer::Retransmission)});
    CHECK_THAT(card->accessibleDescription().toStdString(), containsText("1 s")); // RFC 6298 §2.1: 1 s at first
    settle();
    CHECK(card->height() >= card->heightForWidth(card->width()));

    // In the states view the edge just taken stands there by itself.
    session.select({});
    session.setStopView(StopView::States);
    session.seek(arrivesAt(session, 0));
    CHECK_THAT(card->accessibleName().toStdString(), containsText("LISTEN \u2192 SYN-RECEIVED"));
}

TEST_CASE("selections that name nothing are harmless", "[panels][widgets]")
{
    Session session;
    InspectorPanel panel(&session);
    WhyPanel why(&session);
    showAt(panel, {330, 560});
    showAt(why, {330, 200});
    for (const int pass : {0, 1}) {
        if (pass == 1)
            openBuiltin(session, "handshake");
        for (const auto kind :
             {Selection::Kind::Packet, Selection::Kind::Host, Selection::Kind::Transition, Selection::Kind::Timer})
            for (const int index : {-1, 9999}) {
                if (kind == Selection::Kind::Timer && index > 0)
                    continue;
                session.select({kind, PacketId(77), NodeId(9), index});
                settle();
            }
    }
    CHECK(panel.isVisible());
    CHECK(why.isVisible());
}

TEST_CASE("why: the step's own reason, or the selected segment's", "[panels][widgets]")
{
    Session session;
    openBuiltinLesson(session, "three-way-handshake");
    WhyPanel panel(&session);
    showAt(panel, {330, 200});
    auto* text = panel.findChild<TextBlock*>();
    auto* link = panel.findChild<QPushButton*>();
    int shown = 0;
    for (std::size_t i = 0; i < session.stops().size(); ++i) {
        session.goToStop(static_cast<int>(i));
        CHECK(text->text() == session.caption().why);
        CHECK(link->text() == session.caption().rfc);
        shown += text->text().isEmpty() ? 0 : 1;
        CHECK(text->height() >= text->heightForWidth(text->width()));
    }
    CHECK(shown > 0);

    session.toEnd();
    session.select(packetSelection(PacketId(2)));
    CHECK(text->text().toStdString() == std::string(explain(Reason::SentAckOfSyn, Language::English)));
}

TEST_CASE("an RFC reference is a place on the web", "[panels][widgets]")
{
    CHECK(rfcUrl(QString::fromUtf8("RFC 9293 §3.10.7.4, eighth")).toString() ==
          "https://www.rfc-editor.org/rfc/rfc9293.html#section-3.10.7.4");
    CHECK(rfcUrl("RFC 6298").toString() == "https://www.rfc-editor.org/rfc/rfc6298.html");
    CHECK(rfcUrl("IEEE 802.3").isEmpty());
    CHECK(rfcUrl({}).isEmpty());
}

TEST_CASE("control blocks of the handshake, instant by instant", "[panels][models]")
{
    Session session;
    openBuiltin(session, "handshake");
    ControlBlockPanel panel(&session);
    showAt(panel, {330, 300});
    const auto text = [&](const char* name, int column) { return cellOf(panel, name, column).data().toString(); };
    const auto changed = [&](const char* name, int column) {
        return cellOf(panel, name, column).data(ControlBlockModel::ChangedRole).toBool();
    };

    session.seek(sentAt(session, 0));
    CHECK(text("State", 1) == "SYN-SENT");
    CHECK(text("State", 2) == "LISTEN");
    CHECK(text("SND.UNA", 1) == "x");
    CHECK(text("SND.NXT", 1) == "x+1");
    CHECK(text("SND.UNA", 2) == QString::fromUtf8("–"));
    CHECK(changed("State", 1));

    session.seek(arrivesAt(session, 0));
    CHECK(text("State", 2) == "SYN-RECEIVED");
    CHECK(text("RCV.NXT", 2) == "x+1");
    CHECK(changed("RCV.NXT", 2));
    CHECK_FALSE(changed("SND.UNA", 1));
    CHECK_FALSE(changed("State", 1));

    session.seek(arrivesAt(session, 2));
    CHECK(text("State", 1) == "ESTABLISHED");
    CHECK(text("State", 2) == "ESTABLISHED");
    CHECK(text("SND.UNA", 1) == "x+1");
    CHECK(text("RCV.NXT", 1) == "y+1");
    CHECK(text("SND.UNA", 2) == "y+1");
    session.setNumberStyle(NumberStyle::Raw);
    CHECK(text("SND.UNA", 1) == "101");
    CHECK(text("SND.UNA", 2) == "301");
}

TEST_CASE("a running timer stands in the table with the time it has left", "[panels][models]")
{
    Session session;
    openBuiltin(session, "syn-lost");
    ControlBlockPanel panel(&session);
    showAt(panel, {330, 300});
    const SimTime sent = sentAt(session, 0);
    session.seek(sent + SimDuration::milliseconds(400));
    const QString timer = QString::fromUtf8(std::string(labelOf(Timer::Retransmission, Language::English)).c_str());
    CHECK(cellOf(panel, timer.toUtf8().constData(), 1).data().toString() == "600 ms");
    CHECK(cellOf(panel, timer.toUtf8().constData(), 2).data().toString() == QString::fromUtf8("–"));
}

} // namespace packetarium::panels_inspector_test
