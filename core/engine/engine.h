// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Runs a scenario into a trace. Deterministic: events are totally ordered by
// (time, insertion number); the engine never waits, sleeps or reads a clock.
//
// The world is a copyable value. A checkpoint is such a copy with the length
// of the trace beside it, so that the engine can go back to it when a command
// changes the past, and run again from there.

#include "core/scenario/scenario.h"
#include "core/trace/trace.h"

#include <memory>
#include <span>

namespace packetarium {

enum class RunEnd : std::uint8_t {
    Quiet,         ///< nothing is left to happen, or with no time given only that caches forget
    TimeReached,   ///< the instant asked for, or the scenario's end
    TooManyEvents, ///< more than EngineOptions::maxEvents
    Unfinished     ///< of runSome(): there is more
};

struct EngineOptions {
    std::uint64_t maxEvents = 2'000'000;
    std::uint32_t checkpointEvery = 1024; ///< events, done again within a millisecond; 0: none but the start
    /// Off: the trace stays empty, and memory does not grow with the length of the run. There is no checkpoint but the start.
    bool trace = true;
    bool layers = false; ///< record layer crossings and uses of tables: what the layers and network views show
};

class Host;

class Engine {
public:
    explicit Engine(Scenario scenario, EngineOptions options = {});
    ~Engine();
    Engine(Engine&&) noexcept;
    Engine& operator=(Engine&&) noexcept;

    /// Runs every event at or before t, then stands at exactly t.
    RunEnd runUntil(SimTime t);
    /// Until nothing is left but that caches forget what they learnt, or to the scenario's `until`.
    RunEnd runToEnd();
    /// The same in parts: this many events and commands, and the others of the last one's instant.
    RunEnd runSome(std::uint64_t events);
    std::uint64_t eventsDone() const; ///< since the start, commands counted
    SimTime now() const;
    /// When something happens next; never() if nothing is left.
    SimTime nextAt() const;

    std::uint64_t framesSent() const; ///< put on cables by nodes, whether the trace is on or not

    const Scenario& scenario() const;
    const Trace& trace() const;
    /// The hosts as they are at now(), for tests and status calls; include core/net/host.h.
    std::span<const Host> hosts() const;

    /// Replaces the user's commands. Goes back to the last checkpoint before the first one that differs and runs again
    /// to where the engine stood. Returns the instant from which the trace was forgotten (never(): nothing changed).
    SimTime setCommands(std::vector<Command> commands) { return setCommands(std::move(commands), SimTime::never()); }
    /// The same, but runs no farther than to `until`: what is shown next can be shown at once.
    SimTime setCommands(std::vector<Command> commands, SimTime until);
    /// Where nodes stand in pictures, as `from` has it. The run does not depend on it.
    void setPlaces(const Scenario& from);

    /// For the master test: number of checkpoints, and a run from the i-th to the end.
    std::size_t checkpointCount() const;
    void rewindTo(std::size_t checkpoint);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

} // namespace packetarium
