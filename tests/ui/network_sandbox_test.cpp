// SPDX-License-Identifier: GPL-3.0-or-later
//
// Building a network with the mouse, setting it up, and running it.
#include "tests/ui/network_support.h"
#include "tests/ui/panels_support.h"
#include "ui/session/documents.h"
#include "ui/widgets/network_canvas.h"
#include "ui/widgets/sandbox_card.h"
#include "ui/widgets/sandbox_editor.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QTemporaryDir>

namespace packetarium::network_sandbox_test {

using namespace test;

namespace {

void mouse(QWidget& widget, QEvent::Type type, QPointF at, Qt::MouseButtons buttons = Qt::LeftButton)
{
    QMouseEvent event(type, at, widget.mapToGlobal(at), type == QEvent::MouseMove ? Qt::NoButton : Qt::LeftButton,
                      buttons, Qt::NoModifier);
    QApplication::sendEvent(&widget, &event);
}

struct Desk {
    Session session;
    NetworkCanvas canvas{&session};

    explicit Desk(QSize size = {1100, 620})
    {
        session.setReducedMotion(true);
        openNewNetwork(session);
        showAt(canvas, size);
        canvas.setBuilding(true);
        settle();
    }
    SandboxEditor& editor() { return *canvas.editor(); }
    SandboxCard& card() { return editor().card(); }
    const Scenario& draft() { return session.draft(); }
    QPointF middleOf(const char* name) { return editor().nodeBox(name).center(); }
    void put(SandboxTool tool, QPointF at)
    {
        editor().tools().button(tool)->click();
        clickAt(editor(), at);
    }
    void cable(const char* from, const char* to)
    {
        editor().tools().button(SandboxTool::Cable)->click();
        const QPointF a = middleOf(from), b = middleOf(to);
        mouse(editor(), QEvent::MouseButtonPress, a);
        mouse(editor(), QEvent::MouseMove, (a + b) / 2);
        mouse(editor(), QEvent::MouseButtonRelease, b, Qt::NoButton);
    }
    void choose(const char* name)
    {
        editor().tools().button(SandboxTool::Choose)->click();
        clickAt(editor(), middleOf(name));
    }
    /// As a person types: letter by letter, then Enter.
    QLineEdit* type(const char* key, const QString& text, bool enter = true)
    {
        QLineEdit* line = card().line(key);
        REQUIRE(line);
        line->setFocus();
        line->selectAll();
        press(*line, Qt::Key_Delete);
        for (const QChar c : text)
            press(*line, 0, Qt::NoModifier, c);
        if (enter)
            press(*line, Qt::Key_Return);
        settle();
        return card().line(key);
    }
};

} // namespace

TEST_CASE("a network is built with the mouse, and runs", "[widgets]")
{
    Desk d;
    // Everything away: nothing is left to run, and the last run stays.
    for (const char* name : {"client", "server", "switch-1"}) {
        d.choose(name);
        CHECK(d.editor().chosen().node == name);
        press(d.editor(), Qt::Key_Delete);
    }
    CHECK(nodeCount(d.draft()) == 0);
    CHECK(d.session.draftTrouble());
    CHECK(d.editor().status().startsWith("Not run yet"));
    CHECK(d.session.trace().nodes().size() == 2); // server and switch were the last that could run

    d.put(SandboxTool::Host, {120, 200});
    d.put(SandboxTool::Switch, {360, 300});
    d.put(SandboxTool::Router, {560, 300});
    d.put(SandboxTool::Host, {760, 300});
    d.put(SandboxTool::Host, {120, 420});
    REQUIRE(nodeCount(d.draft()) == 5);
    CHECK(QLineF(d.middleOf("switch-1"), QPointF(360, 300)).length() < 3);
    d.cable("pc-1", "switch-1");
    d.cable("pc-3", "switch-1");
    d.cable("switch-1", "router-1");
    d.cable("router-1", "pc-2");
    REQUIRE(d.draft().links.size() == 4);
    INFO(d.editor().status().toStdString());
    CHECK_FALSE(d.session.draftTrouble());
    CHECK(d.session.scenario() == d.draft()); // it can run, so it has
    CHECK(d.session.trace().nodes().size() == 5);
    CHECK(reachability(d.draft()).empty());

    // Run it: a ping through the router is answered.
    d.canvas.setBuilding(false);
    CHECK_FALSE(d.canvas.isBuilding());
    d.session.apply(DoPing{"pc-2", 1}, "pc-1");
    const auto records = d.session.trace().records();
    CHECK(std::any_of(records.begin(), records.end(), [](const Record& r) {
        return r.kind == RecordKind::Program && r.program() == ProgramEvent::PingAnswered;
    }));

    // All of it can be undone, down to the network one began with.
    CHECK(d.session.isModified());
    while (d.session.canUndo())
        d.session.undo();
    CHECK(d.session.scenario() == newNetwork());
    CHECK_FALSE(d.session.isModified());
    while (d.session.canRedo())
        d.session.redo();
    CHECK(d.session.scenario().links.size() == 4);
}

TEST_CASE("what has been built is saved and opened again", "[widgets]")
{
    Desk d;
    d.put(SandboxTool::Host, {300, 460});
    d.cable("pc-1", "switch-1");
    const QTemporaryDir folder;
    const QString path = folder.filePath("network.yaml");
    REQUIRE_FALSE(saveScenario(d.session, path));
    CHECK_FALSE(d.session.isModified());
    const Scenario saved = d.session.scenario();
    Session other;
    REQUIRE_FALSE(openFile(other, path));
    CHECK(other.scenario() == saved);
    // Undone past the saved state it counts as changed again.
    d.session.undo();
    CHECK(d.session.isModified());
}

TEST_CASE("a cable can be put in by two clicks; one that cannot be says why", "[widgets]")
{
    Desk d;
    d.put(SandboxTool::Switch, {420, 480});
    d.editor().tools().button(SandboxTool::Cable)->click();
    clickAt(d.editor(), d.middleOf("switch-1"));
    clickAt(d.editor(), d.middleOf("switch-2"));
    CHECK(d.draft().links.size() == 3);
    d.cable("switch-2", "switch-1");
    CHECK(d.draft().links.size() == 3);
    CHECK(d.editor().status().contains("switch-"));
    const QString english = d.editor().status();
    d.session.setLanguage(Language::Chinese);
    d.cable("switch-2", "switch-1");
    CHECK(d.editor().status() != english);
}

TEST_CASE("addresses are checked as they are typed, with the mistake beside the field", "[widgets]")
{
    Desk d;
    d.choose("client");
    REQUIRE(d.card().line("address"));
    CHECK(d.card().line("address")->text() == "192.168.1.10/24");
    for (const Language language : {Language::English, Language::Chinese}) {
        d.session.setLanguage(language);
        settle();
        for (const char* bad : {"192.168.1.256/24", "192.168.1.10", "192.168.1.10/33", "192.168.1.0/24",
                                "192.168.1.255/24", "192.168.1.11/24", "x"}) {
            d.type("address", bad, false);
            INFO(bad << ": " << d.card().messageOf("address").toStdString());
            CHECK_FALSE(d.card().messageOf("address").isEmpty());
            CHECK(d.draft().hosts[0].address.toString() == "192.168.1.10");
        }
        d.type("address", "192.168.1.10/24");
        CHECK(d.card().messageOf("address").isEmpty());
    }
    d.session.setLanguage(Language::English);
    d.type("address", "192.168.1.99/24");
    CHECK(d.draft().hosts[0].address.toString() == "192.168.1.99");
    CHECK(d.session.scenario().hosts[0].address.toString() == "192.168.1.99");
    d.type("gateway", "10.0.0.1", false);
    CHECK_FALSE(d.card().messageOf("gateway").isEmpty()); // not on its network
    d.type("gateway", "");
    d.type("mtu", "20", false);
    CHECK_FALSE(d.card().messageOf("mtu").isEmpty());
    d.type("mtu", "1400");
    CHECK(d.draft().hosts[0].mtu == 1400);
}

TEST_CASE("a network may be wrong on the way to another one: it is kept, says so, and runs once it is right",
          "[widgets]")
{
    Desk d;
    d.choose("client");
    d.type("address", "10.0.0.1/8");
    CHECK(d.draft().hosts[0].address.toString() == "10.0.0.1");
    REQUIRE(d.session.draftTrouble()); // the server on the same switch is in another network
    CHECK(d.editor().status().startsWith("Not run yet"));
    CHECK(d.session.scenario().hosts[0].address.toString() == "192.168.1.10"); // the last one that could run
    CHECK(d.session.isModified());
    d.choose("server");
    d.type("address", "10.0.0.2/8");
    CHECK_FALSE(d.session.draftTrouble());
    CHECK(d.session.scenario().hosts[1].address.toString() == "10.0.0.2");
    d.session.undo();
    CHECK(d.session.draftTrouble());
    d.session.undo();
    CHECK_FALSE(d.session.draftTrouble());
    CHECK(d.session.draft() == newNetwork());
}

TEST_CASE("nodes are renamed, services switched on, cables set up", "[widgets]")
{
    Desk d;
    d.choose("server");
    d.type("name", "a name", false);
    CHECK_FALSE(d.card().messageOf("name").isEmpty());
    d.type("name", "client", false);
    CHECK_FALSE(d.card().messageOf("name").isEmpty());
    d.type("name", "web");
    CHECK(d.draft().hosts[1].name == "web");
    CHECK(d.editor().chosen().node == "web");

    REQUIRE(d.card().box("dns"));
    d.card().box("dns")->click();
    settle();
    REQUIRE(d.draft().hosts[1].services.dns);
    CHECK_FALSE(d.session.draftTrouble());
    d.type("dns-names", "www.example.com 192.168.1.300", false);
    CHECK_FALSE(d.card().messageOf("dns-names").isEmpty());
    d.type("dns-names", "www.example.com 192.168.1.11, mail.example.org 192.168.1.11");
    CHECK(d.draft().hosts[1].services.dns->records.size() == 2);
    CHECK(d.draft().hosts[1].services.dns->zones == std::vector<std::string>{"example.com", "example.org"});
    d.card().box("http")->click();
    CHECK_FALSE(d.draft().hosts[1].services.http);

    // A cable, by clicking it half way.
    d.editor().tools().button(SandboxTool::Choose)->click();
    clickAt(d.editor(), (d.middleOf("client") + d.middleOf("switch-1")) / 2);
    REQUIRE(d.editor().chosen().link == LinkId(0));
    d.type("delay", "later", false);
    CHECK_FALSE(d.card().messageOf("delay").isEmpty());
    d.type("delay", "5 ms");
    d.type("bandwidth", "10 Mbit/s");
    d.type("loss", "0.5 %");
    d.type("mark-from", "many", false);
    CHECK_FALSE(d.card().messageOf("mark-from").isEmpty());
    d.type("mark-from", "5");
    CHECK(d.draft().links[0].spec.markFrom == 5);
    CHECK(d.draft().links[0].spec.delay == SimDuration::milliseconds(5));
    CHECK(d.draft().links[0].spec.bitsPerSecond == 10'000'000);
    CHECK(d.draft().links[0].spec.lossPpm == 5000);
}

TEST_CASE("a router's interfaces and routes are set up", "[widgets]")
{
    Desk d;
    d.put(SandboxTool::Router, {420, 200});
    d.cable("router-1", "switch-1");
    d.choose("router-1");
    CHECK(d.card().line("interface-0-4")->text() == "192.168.1.1/24");
    d.type("route-0", "10.1.0.0/8 via 192.168.1.2", false);
    CHECK_FALSE(d.card().messageOf("route-0").isEmpty()); // host bits are set
    d.type("route-0", "10.0.0.0/8 via 192.168.1.2");
    REQUIRE(d.draft().routers[0].routes.size() == 1);
    CHECK(d.draft().routers[0].routes[0].via.toString() == "192.168.1.2");
    REQUIRE(d.card().line("route-1")); // room for the next one
    d.type("route-0", "");
    CHECK(d.draft().routers[0].routes.empty());
}

TEST_CASE("building by keyboard: choose, move, put down, join, delete", "[widgets]")
{
    Desk d;
    d.editor().setFocus();
    press(d.editor(), Qt::Key_Right);
    CHECK(d.editor().chosen().node == "client");
    press(d.editor(), Qt::Key_Right);
    CHECK(d.editor().chosen().node == "switch-1");
    const NodePlace before = *d.draft().switches[0].place;
    press(d.editor(), Qt::Key_Up, Qt::AltModifier);
    CHECK(d.draft().switches[0].place->y == before.y - 20);
    d.editor().tools().button(SandboxTool::Host)->click();
    press(d.editor(), Qt::Key_Return);
    CHECK(d.editor().chosen().node == "pc-1");
    d.editor().tools().button(SandboxTool::Cable)->click();
    press(d.editor(), Qt::Key_Return);
    d.editor().choose({"switch-1", {}});
    press(d.editor(), Qt::Key_Return);
    CHECK(d.draft().links.size() == 3);
    press(d.editor(), Qt::Key_Escape);
    CHECK(d.editor().tools().tool() == SandboxTool::Choose);
    d.editor().choose({"pc-1", {}});
    press(d.editor(), Qt::Key_Delete);
    CHECK(d.draft().links.size() == 2);
}

TEST_CASE("the editor fits in a small window and speaks Chinese", "[widgets]")
{
    for (const QSize size : {QSize(440, 320), QSize(640, 460), QSize(1100, 620)}) {
        Desk d(size);
        d.session.setLanguage(Language::Chinese);
        settle();
        d.choose("client");
        settle();
        CHECK(d.canvas.rect().contains(d.card().geometry()));
        CHECK(d.canvas.rect().contains(d.editor().tools().geometry()));
        CHECK_FALSE(d.editor().status().isEmpty());
        CHECK_FALSE(d.canvas.grab().isNull());
    }
}

} // namespace packetarium::network_sandbox_test
