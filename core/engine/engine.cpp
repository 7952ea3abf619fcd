// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"

#include "core/engine/world.h"

#include <algorithm>
#include <limits>
#include <numeric>

namespace packetarium {

namespace {

SimTime instantOf(const Command& command)
{
    const auto* at = std::get_if<AtTime>(&command.when);
    return at == nullptr ? SimTime::zero() : at->at;
}

/// More than this many, and every second one goes: few enough to keep, close enough to be quick.
constexpr std::size_t kMaxCheckpoints = 128;

} // namespace

namespace {

Trace traceFor(const EngineOptions& options)
{
    Trace trace;
    trace.setRecording(options.trace);
    return trace;
}

} // namespace

struct Engine::Impl {
    struct Checkpoint {
        World world;
        Trace::Mark mark;
        std::vector<PacketInfo> underWay;
        std::size_t commandsDone = 0;
        std::uint64_t events = 0;
    };

    Impl(Scenario s, EngineOptions o)
        : scenario(std::move(s))
        , options(o)
        , trace(traceFor(o))
        , world(scenario, trace, o.layers && o.trace)
        , every(o.trace ? o.checkpointEvery : 0)
    {
        sortCommands();
        saveCheckpoint();
    }

    void sortCommands()
    {
        order.resize(scenario.commands.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
            return instantOf(scenario.commands[a]) < instantOf(scenario.commands[b]);
        });
    }
    const Command& commandAt(std::size_t place) const { return scenario.commands[order[place]]; }
    SimTime nextCommandAt() const
    {
        return commandsDone < order.size() ? instantOf(commandAt(commandsDone)) : SimTime::never();
    }

    /// What has changed since the last one is copied, which is at most every connection: where there are many, not too often.
    bool worthACheckpoint() const
    {
        constexpr std::size_t kFew = 64, kEventsEach = 8;
        std::size_t connections = 0;
        for (const Host& host : world.hosts())
            connections += host.connections().size();
        return connections < kFew || events - checkpoints.back().events >= kEventsEach * connections;
    }

    void saveCheckpoint()
    {
        checkpoints.push_back(Checkpoint{world, trace.mark(), world.underWay(), commandsDone, events});
        if (checkpoints.size() <= kMaxCheckpoints)
            return;
        std::size_t kept = 1;
        for (std::size_t i = 2; i < checkpoints.size(); i += 2)
            checkpoints[kept++] = std::move(checkpoints[i]);
        checkpoints.erase(checkpoints.begin() + static_cast<std::ptrdiff_t>(kept), checkpoints.end());
        every *= 2;
    }

    void restore(std::size_t i)
    {
        const Checkpoint& from = checkpoints[i];
        world = from.world;
        trace.truncate(from.mark, from.underWay);
        world.restoreConns(trace);
        commandsDone = from.commandsDone;
        events = from.events;
        checkpoints.erase(checkpoints.begin() + static_cast<std::ptrdiff_t>(i) + 1, checkpoints.end());
        trace.setEnd(world.now());
    }

    /// One event, or one command: a person acts on what can be seen, so after every event of that instant.
    RunEnd runUntil(SimTime t, std::uint64_t atLeast = std::numeric_limits<std::uint64_t>::max())
    {
        t = std::min(t, scenario.until);
        const std::uint64_t before = events;
        RunEnd end = RunEnd::Quiet;
        while (true) {
            const SimTime eventAt = world.nextAt();
            const SimTime commandAt_ = nextCommandAt();
            const SimTime next = std::min(eventAt, commandAt_);
            if (next.isNever() || (t.isNever() && commandAt_.isNever() && world.isIdle()))
                break;
            if (next > t) {
                end = RunEnd::TimeReached;
                break;
            }
            if (events >= options.maxEvents) {
                trace.setEnd(world.now());
                return RunEnd::TooManyEvents;
            }
            if (events - before >= atLeast && next > world.now()) {
                trace.setEnd(world.now());
                return RunEnd::Unfinished;
            }
            if (eventAt <= commandAt_) {
                world.step(scenario, trace);
            } else {
                world.advanceTo(commandAt_);
                const std::size_t index = order[commandsDone++];
                world.execute(scenario.commands[index], static_cast<std::uint32_t>(index), trace);
            }
            ++events;
            if (every != 0 && events % every == 0 && worthACheckpoint())
                saveCheckpoint();
        }
        if (!t.isNever() && t > world.now())
            world.advanceTo(t);
        trace.setEnd(world.now());
        return end;
    }

    Scenario scenario;
    EngineOptions options;
    Trace trace;
    World world;
    std::vector<std::size_t> order; ///< the user's commands by time
    std::size_t commandsDone = 0;   ///< places of `order` carried out
    std::uint64_t events = 0;
    std::uint64_t every;
    std::vector<Checkpoint> checkpoints;
};

Engine::Engine(Scenario scenario, EngineOptions options)
    : impl_(std::make_unique<Impl>(std::move(scenario), options))
{}
Engine::~Engine() = default;
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;

RunEnd Engine::runUntil(SimTime t)
{
    return impl_->runUntil(t);
}
RunEnd Engine::runToEnd()
{
    return impl_->runUntil(SimTime::never());
}
RunEnd Engine::runSome(std::uint64_t events)
{
    return impl_->runUntil(SimTime::never(), events);
}
std::uint64_t Engine::eventsDone() const
{
    return impl_->events;
}
SimTime Engine::now() const
{
    return impl_->world.now();
}
SimTime Engine::nextAt() const
{
    return std::min(impl_->world.nextAt(), impl_->nextCommandAt());
}
std::uint64_t Engine::framesSent() const
{
    return impl_->world.framesSent();
}
const Scenario& Engine::scenario() const
{
    return impl_->scenario;
}
const Trace& Engine::trace() const
{
    return impl_->trace;
}
std::span<const Host> Engine::hosts() const
{
    return impl_->world.hosts();
}
void Engine::setPlaces(const Scenario& from)
{
    const auto copy = [](auto& to, const auto& specs) {
        for (std::size_t i = 0; i < to.size() && i < specs.size(); ++i)
            to[i].place = specs[i].place;
    };
    Scenario& own = impl_->scenario;
    copy(own.hosts, from.hosts);
    copy(own.routers, from.routers);
    copy(own.switches, from.switches);
    copy(own.hubs, from.hubs);
}

std::size_t Engine::checkpointCount() const
{
    return impl_->checkpoints.size();
}
void Engine::rewindTo(std::size_t checkpoint)
{
    impl_->restore(checkpoint);
}

SimTime Engine::setCommands(std::vector<Command> commands, SimTime until)
{
    Impl& self = *impl_;
    const SimTime stood = self.world.now();
    const std::vector<std::size_t> orderBefore = self.order;
    std::vector<Command> before;
    for (const std::size_t i : orderBefore)
        before.push_back(self.scenario.commands[i]);
    self.scenario.commands = std::move(commands);
    self.sortCommands();

    // The first place, in order of time, where the two lists part.
    std::size_t same = 0;
    while (same < before.size() && same < self.order.size() && before[same] == self.commandAt(same) &&
           orderBefore[same] == self.order[same]) // its place in the list is in the trace, too
        ++same;
    SimTime from = SimTime::never();
    if (same < before.size())
        from = instantOf(before[same]);
    if (same < self.order.size())
        from = std::min(from, instantOf(self.commandAt(same)));
    if (from.isNever())
        return from;
    std::size_t i = self.checkpoints.size() - 1;
    while (i > 0 && (self.checkpoints[i].world.now() >= from || self.checkpoints[i].commandsDone > same))
        --i;
    self.restore(i);
    self.runUntil(std::min(stood, until));
    return from;
}

} // namespace packetarium
