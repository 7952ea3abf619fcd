// SPDX-License-Identifier: GPL-3.0-or-later
//
// What programs do in a network, by button and by typing.
#include "tests/ui/network_support.h"
#include "tests/ui/panels_support.h"
#include "ui/session/documents.h"
#include "ui/widgets/application_bar.h"
#include "ui/widgets/pill_button.h"

#include <QLineEdit>
#include <QMenu>

namespace packetarium::network_application_test {

using namespace test;

namespace {

struct Bar {
    Session session;
    ApplicationBar bar{&session};

    Bar()
    {
        session.setReducedMotion(true);
        openNewNetwork(session);
        showAt(bar, {330, 200});
    }
    void type(const QString& text, bool enter = true)
    {
        bar.line()->setFocus();
        bar.line()->selectAll();
        press(*bar.line(), Qt::Key_Delete);
        for (const QChar c : text)
            press(*bar.line(), 0, Qt::NoModifier, c);
        if (enter)
            press(*bar.line(), Qt::Key_Return);
    }
    std::size_t commands() const { return session.scenario().commands.size(); }
};

bool happened(const Session& session, ProgramEvent event)
{
    const auto records = session.trace().records();
    return std::any_of(records.begin(), records.end(),
                       [event](const Record& r) { return r.kind == RecordKind::Program && r.program() == event; });
}

} // namespace

TEST_CASE("a typed command runs at the instant shown, and can be undone", "[widgets]")
{
    Bar b;
    b.type("ping server");
    REQUIRE(b.commands() == 1);
    CHECK(b.session.scenario().commands[0].host == "client");
    CHECK(happened(b.session, ProgramEvent::PingAnswered));
    CHECK(b.bar.message().isEmpty());
    CHECK(b.bar.line()->text().isEmpty());
    b.session.undo();
    CHECK_FALSE(happened(b.session, ProgramEvent::PingSent));

    b.type("open http://server/");
    CHECK(happened(b.session, ProgramEvent::UrlShown));
    b.type("traceroute server");
    CHECK(happened(b.session, ProgramEvent::TraceDone));
    b.type("send server:7 hello");
    CHECK(happened(b.session, ProgramEvent::DatagramSent));
    // An empty line does what it shows.
    CHECK(b.bar.line()->placeholderText() == "ping server");
    const std::size_t before = b.commands();
    press(*b.bar.line(), Qt::Key_Return);
    CHECK(b.commands() == before + 1);
}

TEST_CASE("a bad line says so below itself, in both languages, and nothing runs", "[widgets]")
{
    Bar b;
    for (const Language language : {Language::English, Language::Chinese}) {
        b.session.setLanguage(language);
        for (const char* line :
             {"pign server", "ping 192.168.1.256", "ping nobody", "open ftp://server/", "open http://server:0/",
              "resolve a..b", "send server hello", "send server:70000 x", "listen 0", "close"}) {
            b.type(QString::fromUtf8(line));
            INFO(line << ": " << b.bar.message().toStdString());
            CHECK_FALSE(b.bar.message().isEmpty());
            CHECK(b.commands() == 0);
            CHECK(b.bar.line()->text() == line); // to be mended
        }
    }
    // A mistake that is mended is no longer one.
    b.type("ping server", false);
    CHECK(b.bar.message().isEmpty());
}

TEST_CASE("a mistake is said while it is typed, an unfinished line is none", "[widgets]")
{
    Bar b;
    b.type("pin", false);
    CHECK(b.bar.message().isEmpty());
    b.type("ping ", false);
    CHECK(b.bar.message().isEmpty());
    b.type("ping 300.1.1.1", false);
    CHECK_FALSE(b.bar.message().isEmpty());
}

TEST_CASE("the buttons offer what there is", "[widgets]")
{
    Bar b;
    for (const TypedVerb verb : kButtonVerbs) {
        REQUIRE(b.bar.verbButton(verb));
        CHECK(b.bar.verbButton(verb)->isVisible());
        CHECK_FALSE(b.bar.verbButton(verb)->text().isEmpty());
    }
    const std::unique_ptr<QMenu> menu(b.bar.makeTargetMenu(TypedVerb::Open, &b.bar));
    REQUIRE(menu->actions().size() >= 2);
    CHECK(menu->actions().front()->text() == "http://server/");
    menu->actions().front()->trigger();
    CHECK(b.commands() == 1);
    CHECK(happened(b.session, ProgramEvent::UrlShown));
    // The last entry leaves the rest to be typed.
    menu->actions().back()->trigger();
    CHECK(b.bar.line()->text() == "open ");
}

TEST_CASE("the host that is selected on the stage is the one whose program acts; a switch has none", "[widgets]")
{
    Bar b;
    Selection s;
    s.kind = Selection::Kind::Host;
    s.host = NodeId(1);
    b.session.select(s);
    CHECK(b.bar.host() == NodeId(1));
    s.host = NodeId(2); // the switch
    b.session.select(s);
    CHECK(b.bar.host() == NodeId(1));
    b.type("ping client");
    CHECK(b.session.scenario().commands[0].host == "server");
}

TEST_CASE("TCP by typing: listen, connect, write, close", "[widgets]")
{
    Bar b;
    b.bar.setHost(NodeId(1));
    b.type("listen 8080");
    b.bar.setHost(NodeId(0));
    b.session.seek(SimTime::fromNs(1'000'000));
    b.type("connect server:8080");
    INFO(b.bar.message().toStdString());
    REQUIRE(b.commands() == 2);
    b.session.toEnd();
    CHECK(b.session.moment().hosts[0].state == TcpState::Established);
    b.type("connect server:8080"); // there is one already
    CHECK_FALSE(b.bar.message().isEmpty());
    b.type("write hello");
    b.session.toEnd();
    CHECK(b.session.moment().hosts[1].octetsRead == 5);
    b.type("close");
    CHECK(b.commands() == 4);
}

TEST_CASE("two hosts on one link keep the buttons that they had", "[widgets]")
{
    Session session;
    session.openScenario(sandboxScenario());
    ApplicationBar bar(&session);
    showAt(bar, {330, 160});
    for (const TypedVerb verb : kButtonVerbs)
        CHECK_FALSE(bar.verbButton(verb)->isVisible());
    CHECK_FALSE(doTyped(session, NodeId(0), "ping server").isEmpty());
    CHECK(session.scenario().commands.empty());
}

} // namespace packetarium::network_application_test
