// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/core_benches.h"

#include "app/bench/child_process.h"
#include "app/bench/statistics.h"
#include "core/engine/engine.h"
#include "core/lesson/stops.h"
#include "core/scenario/campus.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/moment.h"

#include <fmt/core.h>

namespace packetarium::bench {

namespace {

Scenario transfer(std::uint32_t octets)
{
    Scenario s = sandboxScenario();
    s.link.bitsPerSecond = 10'000'000;
    s.script = {
        {AtTime{}, s.hosts[1].name, DoListen{80}},
        {AtTime{}, s.hosts[0].name, DoConnect{s.hosts[1].name, 80, 49152}},
        {OnState{s.hosts[0].name, TcpState::Established, 1, {}}, s.hosts[0].name, DoSend{Bytes(octets, 'a')}},
        {OnReceived{s.hosts[1].name, octets, {}}, s.hosts[0].name, DoShutdown{}},
        {OnPeerClosed{s.hosts[1].name, {}}, s.hosts[1].name, DoShutdown{}},
    };
    return s;
}

/// Every stop of every built-in scenario: what one press of the step key asks of core.
void benchSteps()
{
    std::vector<double> times;
    for (const std::string& name : builtinScenarioNames()) {
        const auto scenario = builtinScenario(name);
        if (!scenario)
            continue;
        Engine engine(scenario.value());
        engine.runToEnd();
        const MomentIndex moments(engine.trace());
        for (const Stop& stop : visibleStops(engine.trace(), StopView::Sequence)) {
            const Summary one = measure(3, [&] { return moments.at(stop.at).recordsDone; });
            times.push_back(one.median);
        }
    }
    if (!times.empty())
        report("a moment at each stop of the built-in scenarios", summarise(std::move(times)), 5);
}

void benchTransfer()
{
    const Scenario scenario = transfer(1'000'000);
    std::size_t packets = 0;
    const Summary run = measure(9, [&] {
        Engine engine(scenario);
        engine.runToEnd();
        packets = engine.trace().packets().size();
    });
    report(fmt::format("1 MB over 10 Mbit/s, {} packets, full trace", packets), run);
    fmt::print("{:<58} {:>9.3f} us\n", "  per packet", run.median * 1000.0 / static_cast<double>(packets));
}

void benchReplay()
{
    Engine engine(transfer(1'000'000));
    engine.runToEnd();
    const auto packets = engine.trace().packets();
    const PacketInfo& halfWay = packets[packets.size() / 2]; // by packets: most of the time is TIME-WAIT
    const SimTime middle = halfWay.sentAt;
    std::uint32_t nth = halfWay.nth;
    const Summary fork = measure(9, [&] {
        engine.setCommands({Command{AtTime{middle}, {}, DoDrop{{engine.scenario().hosts[0].name, ++nth}}}});
    });
    report("change the middle of that run and run it again", fork);
}

} // namespace

void runCampusBench()
{
    const CampusSize size;
    const Scenario scenario = campus(size);
    EngineOptions options;
    options.checkpointEvery = 0;
    options.maxEvents = 10'000'000;
    std::size_t packets = 0;
    std::uint64_t fingerprints[2] = {};
    std::size_t turn = 0;
    const Summary run = measure(2, [&] {
        Engine engine(scenario, options);
        engine.runToEnd();
        packets = engine.trace().packets().size();
        fingerprints[turn++ % 2] = engine.trace().fingerprint();
    });
    report(fmt::format("{} HTTP requests, {} hosts, {} frames, full trace", size.requests, size.hosts, packets), run);
    fmt::print("{:<58} {:>9.3f} us\n", "  per frame on a link", run.median * 1000.0 / static_cast<double>(packets));
    fmt::print("{:<58} {:>9}\n", "  two runs have the same fingerprint",
               fingerprints[0] == fingerprints[1] ? "yes" : "NO");
}

void runCoreBenches(const char* cli)
{
    benchSteps();
    benchTransfer();
    benchReplay();
    if (*cli == '\0')
        return;
    std::vector<double> times;
    for (int i = 0; i < 41; ++i) {
        const ChildRun run = runChild({cli, "run", "handshake"});
        if (!run.ok) {
            fmt::print("packetarium-cli run handshake did not succeed\n");
            return;
        }
        times.push_back(run.milliseconds);
    }
    report("packetarium-cli run handshake, start to exit", summarise(std::move(times)), 10);
}

} // namespace packetarium::bench
