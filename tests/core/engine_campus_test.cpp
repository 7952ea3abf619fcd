// SPDX-License-Identifier: GPL-3.0-or-later
//
// A hundred hosts behind ten switches and four routers, and what holds for
// every network: the same inputs give the same trace, straight, in pieces and
// from every checkpoint.
#include "core/scenario/campus.h"
#include "tests/support/catch.h"
#include "tests/support/networks.h"
#include "tests/support/two_hosts.h"

#include <algorithm>

namespace packetarium::engine_campus_test {

using namespace literals;
using namespace testing;

namespace {

std::ptrdiff_t countOf(const Trace& trace, ProgramEvent event)
{
    return std::count_if(trace.records().begin(), trace.records().end(),
                         [&](const Record& r) { return r.kind == RecordKind::Program && r.program() == event; });
}

std::uint64_t straightRun(const Scenario& scenario)
{
    Engine engine(scenario);
    REQUIRE(engine.runToEnd() == RunEnd::Quiet);
    return engine.trace().fingerprint();
}

/// Everything that keeps state: caches, tables, fragments, name servers' and browsers' connections, over links that lose.
Scenario busyNetwork()
{
    CampusSize size;
    size.hosts = 8;
    size.switches = 2;
    size.routers = 2;
    size.requests = 30;
    Scenario scenario = campus(size);
    scenario.seed = 11;
    for (NetworkLink& link : scenario.links) {
        link.spec.lossPpm = 20'000;
        link.spec.duplicatePpm = 20'000;
        link.spec.reorderPpm = 20'000;
        link.spec.reorderBy = 1_ms;
    }
    DoPing large;
    large.to = "10.1.1.11";
    large.octets = 3000;
    scenario.script.push_back({AtTime{SimTime::zero() + 30_ms}, "h0-1", large});
    scenario.script.push_back({AtTime{SimTime::zero() + 50_ms}, "", DoUnplug{{"r0", "r1"}, {"r1", "r0"}}});
    scenario.script.push_back({AtTime{SimTime::zero() + 70_ms}, "", DoPlug{{"r0", "r1"}, {"r1", "r0"}}});
    return scenario;
}

} // namespace

TEST_CASE("100 hosts, 10 switches, 4 routers, 10,000 requests: all answered, and twice the same",
          "[engine][exhaustive]")
{
    const Scenario scenario = campus({});
    REQUIRE(scenario.hosts.size() == 100);
    REQUIRE(scenario.switches.size() == 10);
    REQUIRE(scenario.routers.size() == 4);
    EngineOptions options;
    options.checkpointEvery = 0;
    options.maxEvents = 10'000'000;
    const auto run = [&] {
        Engine engine(scenario, options);
        REQUIRE(engine.runToEnd() == RunEnd::Quiet);
        CHECK(countOf(engine.trace(), ProgramEvent::UrlShown) == 10'000);
        CHECK(countOf(engine.trace(), ProgramEvent::UrlFailed) == 0);
        return engine.trace().fingerprint();
    };
    const std::uint64_t first = run();
    CHECK(run() == first);
}

TEST_CASE("a busy network in pieces, and from every checkpoint, is the straight run", "[engine]")
{
    const Scenario scenario = busyNetwork();
    const std::uint64_t straight = straightRun(scenario);
    {
        Engine engine(scenario);
        for (SimTime t = SimTime::zero(); t < SimTime::zero() + 1_s; t = t + 7_ms)
            engine.runUntil(t);
        engine.runToEnd();
        CHECK(engine.trace().fingerprint() == straight);
    }
    EngineOptions options;
    options.checkpointEvery = 50;
    Engine engine(scenario, options);
    engine.runToEnd();
    REQUIRE(engine.checkpointCount() > 10);
    for (std::size_t i = engine.checkpointCount(); i-- > 0;) {
        engine.rewindTo(i);
        engine.runToEnd();
        REQUIRE(engine.trace().fingerprint() == straight);
        engine.rewindTo(i);
    }
}

TEST_CASE("a change of the past and back again leaves a network's run as it was", "[engine]")
{
    Engine engine(busyNetwork());
    engine.runToEnd();
    const std::uint64_t straight = engine.trace().fingerprint();
    engine.setCommands({Command{AtTime{SimTime::zero() + 25_ms}, "", DoUnplug{{"h0-0", {}}, {"s0", {}}}}});
    CHECK(engine.trace().fingerprint() != straight);
    engine.setCommands({});
    CHECK(engine.trace().fingerprint() == straight);
}

} // namespace packetarium::engine_campus_test
