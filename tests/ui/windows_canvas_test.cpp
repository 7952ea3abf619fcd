// SPDX-License-Identifier: GPL-3.0-or-later
//
// The windows view on the screen: what a click, the wheel, a drag and keys do.
#include "tests/ui/panels_support.h"
#include "ui/i18n/catalogue_windows.h"
#include "ui/widgets/inspector_panel.h"
#include "ui/widgets/selection_detail.h"
#include "ui/widgets/windows_canvas.h"

#include <QWheelEvent>

namespace packetarium::windows_canvas_test {

using namespace test;

namespace {

void mouse(QWidget& widget, QEvent::Type type, QPointF at, Qt::MouseButtons buttons = Qt::LeftButton)
{
    QMouseEvent event(type, at, widget.mapToGlobal(at), type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                      buttons, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
}

void wheel(QWidget& widget, QPointF at, int notches)
{
    QWheelEvent event(at, widget.mapToGlobal(at), {}, {0, 120 * notches}, Qt::NoButton, Qt::NoModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(&widget, &event);
}

struct Shown {
    Session session;
    WindowsCanvas canvas{&session};

    explicit Shown(const char* scenario = "transfer-resumed", QSize size = {836, 560})
    {
        openBuiltin(session, scenario);
        session.setStopView(StopView::Windows);
        showAt(canvas, size);
    }
    /// Goes to the first instant, from the start on, at which `wanted` is on the stage.
    template <class Wanted>
    const StageItem* find(Wanted wanted)
    {
        for (session.toStart();; session.stepForward()) {
            for (const StageItem& item : canvas.items())
                if (wanted(item))
                    return &item;
            if (session.currentStop() + 1 >= static_cast<int>(session.stops().size()))
                return nullptr;
        }
    }
    const WindowsPanel& open()
    {
        for (const WindowsPanel& p : canvas.plan().panels)
            if (!p.folded)
                return p;
        throw std::logic_error("no panel");
    }
};

bool isPart(const StageItem& item, WindowPart part)
{
    return item.what.kind == Selection::Kind::Window && partIn(item.what.index) == part;
}

} // namespace

TEST_CASE("a click on a stretch explains it, one on a segment selects the packet", "[widgets]")
{
    Shown s;
    const StageItem* flight =
        s.find([](const StageItem& i) { return isPart(i, WindowPart::InFlight) && i.box.width() > 30; });
    REQUIRE(flight);
    const Selection wanted = flight->what;
    clickAt(s.canvas, {flight->box.center().x(), flight->box.top() + 3});
    CHECK(s.session.selection() == wanted);
    const Detail detail = detailOf(s.session, s.session.selection());
    CHECK(detail.headline == QStringLiteral("in flight"));
    CHECK_FALSE(detail.text.isEmpty());
    CHECK(detail.rows.size() >= 4);

    const StageItem* packet = s.find([](const StageItem& i) { return i.what.kind == Selection::Kind::Packet; });
    REQUIRE(packet);
    const PacketId id = packet->what.packet;
    clickAt(s.canvas, packet->box.center());
    CHECK(s.session.selection() == packetSelection(id));
    CHECK(inspectedPacket(s.session) == id);

    clickAt(s.canvas, {s.canvas.width() - 2.0, 1});
    CHECK(s.session.selection().kind == Selection::Kind::None);
}

TEST_CASE("every part of the windows view explains itself in the inspector", "[widgets]")
{
    Shown s;
    for (const Language language : {Language::English, Language::Chinese}) {
        s.session.setLanguage(language);
        s.session.toEnd();
        for (s.session.toStart(); s.session.currentStop() + 1 < static_cast<int>(s.session.stops().size());
             s.session.stepForward()) {
            const std::vector<StageItem> items = s.canvas.items();
            for (const StageItem& item : items) {
                if (item.what.kind == Selection::Kind::Packet)
                    continue;
                const Detail detail = detailOf(s.session, item.what);
                INFO(item.name.toStdString());
                CHECK_FALSE(detail.headline.isEmpty());
                CHECK_FALSE(detail.text.isEmpty());
            }
        }
    }
}

TEST_CASE("the wheel zooms about the pointer, a drag moves, 0 shows all again", "[widgets]")
{
    Shown s;
    REQUIRE(s.find([](const StageItem& i) { return isPart(i, WindowPart::InFlight); }));
    const WindowsPanel before = s.open();
    const QPointF at(before.send.left() + before.send.width() * 0.3, before.box.center().y());
    wheel(s.canvas, at, 2);
    const WindowsPanel near = s.open();
    CHECK(near.span < before.span);
    CHECK(near.offset(at.x()) == Approx(before.offset(at.x())));

    mouse(s.canvas, QEvent::MouseButtonPress, at);
    mouse(s.canvas, QEvent::MouseMove, at + QPointF(2, 0));
    CHECK(s.open().from == near.from); // it only trembles
    mouse(s.canvas, QEvent::MouseMove, at + QPointF(60, 5));
    mouse(s.canvas, QEvent::MouseButtonRelease, at + QPointF(60, 5), Qt::NoButton);
    CHECK(s.open().offset(at.x() + 60) == Approx(near.offset(at.x())));
    CHECK(s.open().span == near.span);

    press(s.canvas, Qt::Key_0);
    CHECK(s.open().from == before.from);
    CHECK(s.open().span == before.span);
    press(s.canvas, Qt::Key_Plus);
    CHECK(s.open().span < before.span);
    press(s.canvas, Qt::Key_Minus);
    CHECK(s.open().span == Approx(before.span));
    press(s.canvas, Qt::Key_Right, Qt::AltModifier);
    CHECK(s.open().from > before.from);
    // Another run begins as it was.
    openBuiltin(s.session, "handshake");
    CHECK(s.canvas.look() == WindowsLook{});
}

TEST_CASE("zooming has its ends", "[widgets]")
{
    Shown s;
    REQUIRE(s.find([](const StageItem& i) { return isPart(i, WindowPart::InFlight); }));
    const QPointF at = s.open().send.center();
    wheel(s.canvas, at, 200);
    CHECK(s.open().span >= 2);
    s.canvas.grab();
    wheel(s.canvas, at, -400);
    CHECK(s.open().span < 1e9);
    s.canvas.grab();
}

TEST_CASE("the folded direction unfolds at a click and at a key", "[widgets]")
{
    Shown s("transfer-resumed", {640, 420});
    const auto isFolded = [](const StageItem& i) { return isPart(i, WindowPart::Direction); };
    REQUIRE(s.find(isFolded));
    const int first = s.open().direction;
    const StageItem folded = *s.find(isFolded);
    clickAt(s.canvas, folded.box.center());
    CHECK(s.open().direction == 1 - first);
    const auto& items = s.canvas.items();
    for (int i = 0; i < static_cast<int>(items.size()); ++i)
        if (isFolded(items[static_cast<std::size_t>(i)])) {
            s.canvas.setFocus();
            s.canvas.focusItem(i);
            press(s.canvas, Qt::Key_Return);
            break;
        }
    CHECK(s.open().direction == first);
}

TEST_CASE("in the windows view each step changes the picture", "[widgets]")
{
    Shown s("handshake-first-data");
    s.session.toStart();
    QImage before = s.canvas.grab().toImage();
    int steps = 0;
    while (s.session.currentStop() + 1 < static_cast<int>(s.session.stops().size())) {
        s.session.stepForward();
        ++steps;
        const QImage now = s.canvas.grab().toImage();
        CHECK(now != before);
        before = now;
        CHECK_FALSE(s.session.caption().heading.isEmpty());
    }
    CHECK(steps >= 8);
}

TEST_CASE("the other language leaves nothing of the first one in the windows view", "[widgets]")
{
    Shown s;
    REQUIRE(s.find([](const StageItem& i) { return isPart(i, WindowPart::InFlight); }));
    const auto isHan = [](const QString& text) {
        return std::any_of(text.begin(), text.end(), [](QChar c) { return c.script() == QChar::Script_Han; });
    };
    const QString english = s.canvas.accessibleName();
    for (const WindowsText& t : s.canvas.plan().texts)
        CHECK_FALSE(isHan(t.text));
    s.session.setLanguage(Language::Chinese);
    CHECK(s.canvas.accessibleName() != english);
    for (const StageItem& item : s.canvas.items())
        CHECK(isHan(item.description));
    s.session.setLanguage(Language::English);
    for (const WindowsText& t : s.canvas.plan().texts)
        CHECK_FALSE(isHan(t.text));
    for (const StageItem& item : s.canvas.items()) {
        CHECK_FALSE(isHan(item.name));
        CHECK_FALSE(isHan(item.description));
    }
}

TEST_CASE("hovering says what a thing is in short", "[widgets]")
{
    Shown s;
    const auto inFlight = [](const StageItem& i) { return isPart(i, WindowPart::InFlight) && i.box.width() > 30; };
    const StageItem* item = s.find(inFlight);
    REQUIRE(item);
    CHECK(item->name == QStringLiteral("SYN"));
    CHECK(item->description.startsWith(QStringLiteral("SYN takes this number but carries no octet")));
    item = s.find([&](const StageItem& i) { return inFlight(i) && i.name != QStringLiteral("SYN"); });
    REQUIRE(item);
    CHECK(item->name == QStringLiteral("in flight"));
    CHECK(item->description.contains(QStringLiteral("octets")));
    mouse(s.canvas, QEvent::MouseMove, {item->box.center().x(), item->box.top() + 2}, Qt::NoButton);
    CHECK(s.canvas.cursor().shape() == Qt::PointingHandCursor);
}

} // namespace packetarium::windows_canvas_test
