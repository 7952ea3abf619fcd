// SPDX-License-Identifier: GPL-3.0-or-later
//
// Same inputs, same trace: straight, in pieces, from every checkpoint, and
// after the past was changed and changed back.
#include "tests/support/catch.h"
#include "tests/support/two_hosts.h"

namespace packetarium::engine_replay_test {

using namespace literals;
using namespace testing;

namespace {

/// Long enough for many checkpoints, on a link that does everything a link can do.
Scenario busyScenario()
{
    Scenario s = twoHosts();
    s.seed = 7;
    s.link.lossPpm = 50'000;
    s.link.duplicatePpm = 50'000;
    s.link.corruptPpm = 20'000;
    s.link.reorderPpm = 50'000;
    s.link.jitter = 3_ms;
    s.link.bitsPerSecond = 10'000'000;
    at(s, 0_ms, "server", DoListen{80});
    at(s, 1_ms, "client", DoConnect{"server", 80, 49152});
    at(s, 100_ms, "client", DoSend{Bytes(100'000, 'a')});
    at(s, 120_ms, "server", DoSend{Bytes(50'000, 'b')});
    at(s, 200_ms, "client", DoShutdown{});
    s.script.push_back({OnPeerClosed{"server", 30_ms}, "server", DoClose{}});
    return s;
}

Command userCommand(SimDuration when, const std::string& host, Action action)
{
    return Command{AtTime{SimTime::zero() + when}, host, std::move(action)};
}

std::uint64_t straightRun(const Scenario& s)
{
    Engine engine(s);
    REQUIRE(engine.runToEnd() == RunEnd::Quiet);
    return engine.trace().fingerprint();
}

/// handshake at 10, 30, 50 ms; client sends at 100 ms.
Scenario quietScenario()
{
    Scenario s = twoHosts();
    at(s, 0_ms, "server", DoListen{80});
    at(s, 10_ms, "client", DoConnect{"server", 80, 49152});
    at(s, 100_ms, "client", DoSend{octets("hello")});
    return s;
}

} // namespace

TEST_CASE("a run in pieces is the straight run", "[engine]")
{
    const std::uint64_t straight = straightRun(busyScenario());
    Engine engine(busyScenario());
    for (SimTime t = SimTime::zero(); engine.runUntil(t) != RunEnd::Quiet; t = t + 7_ms)
        REQUIRE(engine.now() == t);
    // The pieces end when nothing is left, perhaps a little after the last event: compare what was recorded.
    Engine whole(busyScenario());
    whole.runUntil(engine.now());
    CHECK(engine.trace().fingerprint() == whole.trace().fingerprint());
    CHECK(straight == straightRun(busyScenario()));
}

TEST_CASE("a run in parts of so many events is the straight run", "[engine]")
{
    for (const std::uint64_t part : {1U, 7U, 1000U, 1'000'000U}) {
        Engine engine(busyScenario());
        std::uint64_t done = 0;
        RunEnd end = RunEnd::Unfinished;
        while ((end = engine.runSome(part)) == RunEnd::Unfinished) {
            CHECK(engine.eventsDone() >= done + part);
            done = engine.eventsDone();
            CHECK(engine.nextAt() > engine.now()); // all of an instant, or nothing
        }
        CHECK(end == RunEnd::Quiet);
        CHECK(engine.trace().fingerprint() == straightRun(busyScenario()));
    }
    Scenario cut = busyScenario();
    cut.until = SimTime::zero() + 150_ms;
    Engine engine(cut);
    CHECK(engine.runSome(1'000'000) == RunEnd::TimeReached); // the scenario ends there
    CHECK(engine.now() == cut.until);
}

TEST_CASE("a replay from every checkpoint is the straight run", "[engine]")
{
    const std::uint64_t straight = straightRun(busyScenario());
    Engine engine(busyScenario(), EngineOptions{2'000'000, 8});
    engine.runToEnd();
    REQUIRE(engine.checkpointCount() > 20);
    while (engine.checkpointCount() > 1) {
        const std::size_t last = engine.checkpointCount() - 1;
        engine.rewindTo(last);
        engine.runToEnd();
        REQUIRE(engine.trace().fingerprint() == straight);
        REQUIRE(engine.checkpointCount() > last);
        engine.rewindTo(last - 1);
    }
    engine.runToEnd();
    CHECK(engine.trace().fingerprint() == straight);
}

TEST_CASE("another seed is another run", "[engine]")
{
    Scenario other = busyScenario();
    other.seed = 8;
    CHECK(straightRun(busyScenario()) != straightRun(other));
}

TEST_CASE("run-until stops at the exact instant", "[engine]")
{
    Engine engine(quietScenario());
    // The SYN leaves at 10 ms and arrives at 30 ms.
    CHECK(engine.runUntil(SimTime::zero() + 30_ms - 1_ns) == RunEnd::TimeReached);
    CHECK(engine.now() == SimTime::zero() + 30_ms - 1_ns);
    CHECK(engine.hosts()[1].current()->state() == TcpState::Listen);
    CHECK(engine.nextAt() == SimTime::zero() + 30_ms);
    engine.runUntil(SimTime::zero() + 30_ms);
    CHECK(engine.hosts()[1].current()->state() == TcpState::SynReceived);
}

TEST_CASE("a run that never ends is stopped and says so", "[engine]")
{
    Engine engine(busyScenario(), EngineOptions{50, 0});
    CHECK(engine.runToEnd() == RunEnd::TooManyEvents);
}

TEST_CASE("commands changed afterwards give the run that has them from the start", "[engine]")
{
    const std::vector<std::vector<Command>> lists = {
        {userCommand(20_ms, {}, DoDrop{{"client", 1}})},
        {userCommand(20_ms, {}, DoDrop{{"client", 1}}), userCommand(1500_ms, "client", DoClose{})},
        {userCommand(1500_ms, "client", DoClose{}), userCommand(40_ms, {}, DoHold{{"server", 1}}),
         userCommand(400_ms, {}, DoLetGo{{"server", 1}})},
        {userCommand(110_ms, {}, DoDuplicate{{"client", 3}, 5_ms})},
        {userCommand(20_ms, {}, DoDrop{{"client", 1}}), userCommand(1500_ms, "client", DoClose{})},
        {userCommand(1500_ms, "client", DoClose{}), userCommand(20_ms, {}, DoDrop{{"client", 1}})},
        {userCommand(20_ms, {}, DoDrop{{"client", 1}})},
        {},
    };
    for (const bool busy : {false, true}) {
        const Scenario base = busy ? busyScenario() : quietScenario();
        Engine engine(base, EngineOptions{2'000'000, 8});
        engine.runToEnd();
        for (const auto& list : lists) {
            engine.setCommands(list);
            engine.runToEnd();
            Scenario fresh = base;
            fresh.commands = list;
            REQUIRE(engine.trace().fingerprint() == straightRun(fresh));
        }
    }
}

TEST_CASE("setCommands says from which instant the past is another", "[engine]")
{
    Engine engine(quietScenario());
    engine.runToEnd();
    const auto drop = userCommand(20_ms, {}, DoDrop{{"client", 1}});
    const auto close = userCommand(1500_ms, "client", DoClose{});
    CHECK(engine.setCommands({drop}) == SimTime::zero() + 20_ms);
    CHECK(engine.setCommands({drop, close}) == SimTime::zero() + 1500_ms);
    CHECK(engine.setCommands({drop, close}).isNever());
    CHECK(engine.setCommands({close}) == SimTime::zero() + 20_ms);
}

} // namespace packetarium::engine_replay_test
