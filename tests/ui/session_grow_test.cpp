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
    Grows g(50);
    g.session.openScenario(transfer());
    waitFor(g.session);
    const SimTime late = g.session.trace().packets()[g.session.trace().packets().size() / 2].sentAt;
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

TEST_CASE("a growing run can be stopped, finished or left", "[session]")
{
    Grows g;
    g.session.openScenario(transfer());
    REQUIRE(g.session.isGrowing());
    SECTION("stopped: what there is stays, and that it is not all is said")
    {
        g.session.growing().stop();
        waitFor(g.session);
        const bool whole = g.session.trace().fingerprint() == wholeFingerprint(transfer());
        REQUIRE(g.notices.size() == (whole ? 0 : 1)); // it may just have come to its end
        CHECK(g.session.hasRun());
    }
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

TEST_CASE("a run that is compared grows as well", "[session]")
{
    Grows g;
    g.session.openScenario(transfer());
    Comparison comparison(g.session, builtinScenario("bottleneck-cubic").value());
    REQUIRE(comparison.other().isGrowing());
    waitFor(g.session);
    waitFor(comparison.other());
    CHECK(g.session.beside() == &comparison.other());
    CHECK(comparison.other().trace().fingerprint() == wholeFingerprint(builtinScenario("bottleneck-cubic").value()));
    g.session.toEnd();
    CHECK(comparison.other().now() == g.session.now());
    CHECK(g.session.end() == std::max(g.session.trace().end(), comparison.other().trace().end()));
}

} // namespace packetarium::session_grow_test
