// SPDX-License-Identifier: GPL-3.0-or-later
//
// A long run is on the screen as far as it has been run, and grows beside the window.
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "ui/session/comparison.h"
#include "ui/session/long_work.h"
#include "ui/session/session.h"

#include <QCoreApplication>
#include <limits>

namespace packetarium::session_grow_test {

using namespace literals;

namespace {

/// 300 kB through a link that loses some: a few thousand events.
Scenario transfer()
{
    return builtinScenario("bottleneck-reno").value();
}

std::uint64_t wholeFingerprint(const Scenario& scenario)
{
    EngineOptions options;
    options.layers = true;
    Engine engine(scenario, options);
    engine.runToEnd();
    return engine.trace().fingerprint();
}

/// More events than are run in a moment: keep-alives without end.
Scenario endless()
{
    Scenario scenario = builtinScenario("handshake").value();
    scenario.name = "endless";
    for (HostSpec& host : scenario.hosts) {
        host.tcp.keepAlive = true;
        host.tcp.keepAliveIdle = host.tcp.keepAliveInterval = 200_ms; // a round trip takes 80
    }
    return scenario;
}

/// Until the other thread is done: each turn waits for something to happen.
void waitFor(const Session& session)
{
    while (session.isGrowing())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
}

struct Grows {
    Session session;
    std::vector<QString> notices;
    int runs = 0;

    explicit Grows(std::uint64_t atOnce = 200)
    {
        session.setReducedMotion(true);
        session.setEventsAtOnce(atOnce);
        QObject::connect(&session, &Session::notice, [this](const QString& text) { notices.push_back(text); });
        QObject::connect(&session, &Session::runChanged, [this] { ++runs; });
    }
};

} // namespace

TEST_CASE("a short run is whole at once", "[session]")
{
    Grows g(std::numeric_limits<std::uint64_t>::max());
    g.session.openScenario(transfer());
    CHECK_FALSE(g.session.isGrowing());
    CHECK(g.session.trace().fingerprint() == wholeFingerprint(transfer()));
}

TEST_CASE("a long run is shown as far as it has been run, and is then the run to the end", "[session]")
{
    Grows g;
    g.session.openScenario(transfer());
    REQUIRE(g.session.isGrowing());
    CHECK(g.runs == 1);
    REQUIRE(g.session.hasRun());
    const SimTime beginning = g.session.trace().end();
    const std::size_t records = g.session.trace().records().size();
    CHECK(records > 200);
    // It can be looked at, stepped through and picked from meanwhile.
    g.session.stepForward();
    g.session.stepForward();
    const SimTime at = g.session.now();
    const int step = g.session.currentStop();
    const Selection picked = packetSelection(g.session.trace().packets()[1].id);
    g.session.select(picked);
    CHECK(g.session.growing().words().contains(QStringLiteral("Running on")));
    CHECK_FALSE(g.session.growing().stopWords().isEmpty());
    CHECK(g.session.growing().percent() == -1);

    waitFor(g.session);
    CHECK(g.runs == 2);
    CHECK(g.session.trace().fingerprint() == wholeFingerprint(transfer()));
    CHECK(g.session.trace().end() > beginning);
    CHECK(g.session.now() == at);
    CHECK(g.session.currentStop() == step);
    CHECK(g.session.selection() == picked);
    CHECK_FALSE(g.session.isModified());
    CHECK_FALSE(g.session.canUndo());
    CHECK(g.notices.empty());
    CHECK(g.session.caption().count == static_cast<int>(g.session.stops().size()));
}

TEST_CASE("what plays goes on playing when the run has grown", "[session]")
{
    Grows g;
    g.session.openScenario(transfer());
    REQUIRE(g.session.isGrowing());
    g.session.play();
    waitFor(g.session);
    CHECK(g.session.isPlaying());
}

TEST_CASE("a change while a run grows is run again, and the earlier run does not come", "[session]")
{
    Grows g;
    g.session.openScenario(transfer());
    REQUIRE(g.session.isGrowing());
    g.session.seek(SimTime::zero() + 5_ms);
    g.session.apply(DoAbort{}, QStringLiteral("client"));
    Scenario changed = transfer();
    changed.commands = g.session.scenario().commands;
    REQUIRE(changed.commands.size() == 1);
    waitFor(g.session);
    CHECK(g.session.trace().fingerprint() == wholeFingerprint(changed));
    CHECK(g.session.canUndo());
    g.session.undo();
    waitFor(g.session);
    CHECK(g.session.trace().fingerprint() == wholeFingerprint(transfer()));
}

TEST_CASE("the cursor comes back to where it was once the changed run has grown that far", "[session]")
{
    Engine whole(transfer());
    whole.runToEnd();
    Grows g(whole.eventsDone() / 3);
    g.session.openScenario(transfer());
    waitFor(g.session);
    const SimTime late = g.session.trace().packets()[g.session.trace().packets().size() * 3 / 4].sentAt;
    g.session.seek(SimTime::zero() + 5_ms);
    g.session.apply(DoSend{Bytes(10, 'a')}, QStringLiteral("client"));
    waitFor(g.session);
    g.session.seek(late);
    g.session.undo(); // runs again from the beginning, and for a while there is less than before
    REQUIRE(g.session.isGrowing());
    CHECK(g.session.now() < late);
    SECTION("if it stayed there")
    {
        waitFor(g.session);
        CHECK(g.session.now() == late);
    }
    SECTION("and not if it has been moved")
    {
        g.session.toStart();
        waitFor(g.session);
        CHECK(g.session.now() == SimTime::zero());
    }
}

TEST_CASE("a change of a very long run is run elsewhere: what is shown stays until the other is there", "[session]")
{
    Grows g(50);
    g.session.openScenario(transfer());
    waitFor(g.session);
    const std::uint64_t before = g.session.trace().fingerprint();
    const SimTime late = g.session.trace().packets()[g.session.trace().packets().size() / 2].sentAt;
    g.session.seek(late);
    g.session.apply(DoAbort{}, QStringLiteral("client"));
    Scenario changed = transfer();
    changed.commands = g.session.scenario().commands;
    REQUIRE(changed.commands.size() == 1); // the document has it already
    CHECK(g.session.isModified());
    CHECK(g.session.canUndo());
    REQUIRE(g.session.isGrowing());
    CHECK(g.session.trace().fingerprint() == before);
    CHECK(g.session.now() == late);
    SECTION("and then it is there, and said")
    {
        waitFor(g.session);
        CHECK(g.session.trace().fingerprint() == wholeFingerprint(changed));
        CHECK(g.session.now() == late);
        REQUIRE(g.notices.size() == 1);
        CHECK(g.notices[0].startsWith(QStringLiteral("Changed: everything from ")));
        g.session.undo();
        waitFor(g.session);
        CHECK(g.session.trace().fingerprint() == before);
        g.session.redo();
        waitFor(g.session);
        CHECK(g.session.trace().fingerprint() == wholeFingerprint(changed));
        CHECK(g.notices.size() == 1);
    }
    SECTION("a second change comes with the first")
    {
        g.session.apply(DoCrash{}, QStringLiteral("server"));
        changed.commands = g.session.scenario().commands;
        REQUIRE(changed.commands.size() == 2);
        waitFor(g.session);
        CHECK(g.session.trace().fingerprint() == wholeFingerprint(changed));
    }
    SECTION("taken back before it is there")
    {
        g.session.undo();
        waitFor(g.session);
        CHECK(g.session.trace().fingerprint() == before);
        CHECK_FALSE(g.session.isModified());
    }
    SECTION("wanted at once, as for a picture")
    {
        g.session.finishRun();
        CHECK(g.session.trace().fingerprint() == wholeFingerprint(changed));
    }
    SECTION("left for another one")
    {
        g.session.openScenario(builtinScenario("handshake").value());
        CHECK(g.session.scenario().commands.empty());
        waitFor(g.session);
        CHECK(g.session.trace().fingerprint() == wholeFingerprint(builtinScenario("handshake").value()));
    }
}

TEST_CASE("a growing run can be stopped, finished or left", "[session]")
{
    Grows g;
    g.session.openScenario(transfer());
    REQUIRE(g.session.isGrowing());
    SECTION("finished, as for a picture")
    {
        g.session.finishRun();
        CHECK_FALSE(g.session.isGrowing());
        CHECK(g.session.trace().fingerprint() == wholeFingerprint(transfer()));
    }
    SECTION("left for another one")
    {
        g.session.openScenario(builtinScenario("handshake").value());
        waitFor(g.session);
        CHECK(g.session.trace().fingerprint() == wholeFingerprint(builtinScenario("handshake").value()));
    }
}

TEST_CASE("a growing run that is stopped is shown as far as it came, no less than before, and that is said",
          "[session]")
{
    Grows g(3000);
    Scenario scenario = endless();
    g.session.openScenario(scenario);
    REQUIRE(g.session.isGrowing());
    const SimTime beginning = g.session.trace().end();
    const std::size_t records = g.session.trace().records().size();
    g.session.growing().stop();
    waitFor(g.session);
    CHECK(g.session.trace().end() >= beginning);
    CHECK(g.session.trace().records().size() >= records);
    REQUIRE(g.notices.size() == 1);
    CHECK(g.notices[0].startsWith(QStringLiteral("Stopped: what comes after ")));
}

TEST_CASE("where one wanted to go beyond what has been run is where one is once it has", "[session]")
{
    Engine whole(transfer());
    whole.runToEnd();
    const SimTime middle = SimTime::fromNs(whole.trace().end().ns() / 2);
    Grows g(100);
    g.session.openScenario(transfer());
    REQUIRE(g.session.isGrowing());
    SECTION("an instant")
    {
        g.session.seek(middle);
        CHECK(g.session.now() < middle);
        waitFor(g.session);
        CHECK(g.session.now() == middle);
    }
    SECTION("the end")
    {
        g.session.toEnd();
        CHECK(g.session.now() < middle);
        waitFor(g.session);
        CHECK(g.session.now() == g.session.trace().end());
    }
    SECTION("and in a picture that does not wait")
    {
        g.session.seek(middle);
        g.session.play();
        g.session.finishRun();
        CHECK(g.session.now() == middle);
        CHECK_FALSE(g.session.isPlaying());
    }
}

TEST_CASE("a run that is compared grows as well", "[session]")
{
    Grows g;
    g.session.openScenario(transfer());
    Comparison comparison(g.session, builtinScenario("bottleneck-cubic").value());
    REQUIRE(comparison.other().isGrowing());
    g.session.play();
    waitFor(g.session);
    waitFor(comparison.other());
    CHECK(g.session.isPlaying());
    g.session.pause();
    CHECK(g.session.beside() == &comparison.other());
    CHECK(comparison.other().trace().fingerprint() == wholeFingerprint(builtinScenario("bottleneck-cubic").value()));
    g.session.toEnd();
    CHECK(comparison.other().now() == g.session.now());
    CHECK(g.session.end() == std::max(g.session.trace().end(), comparison.other().trace().end()));
}

} // namespace packetarium::session_grow_test
