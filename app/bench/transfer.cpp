// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/transfer.h"

#include "app/bench/child_process.h"
#include "app/bench/statistics.h"
#include "core/base/rng.h"
#include "core/base/stream_hash.h"
#include "core/base/stream_pattern.h"
#include "core/capture/pcapng_writer.h"
#include "core/engine/engine.h"
#include "core/engine/event_queue.h"
#include "core/net/host.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/moment.h"
#include "core/wire/frame.h"

#include <chrono>
#include <cstring>
#include <fmt/core.h>
#include <fstream>
#include <sys/resource.h>

namespace packetarium::bench {

namespace {

constexpr std::uint64_t kSegment = 1460;
constexpr std::uint64_t kMillion = 1'000'000;

class Stopwatch {
public:
    double seconds() const { return std::chrono::duration<double>(Clock::now() - start_).count(); }

private:
    using Clock = std::chrono::steady_clock;
    Clock::time_point start_ = Clock::now();
};

double peakMiB()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
}

double cpuSeconds()
{
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& t) {
        return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

std::uint64_t patternHash(std::uint64_t octets)
{
    StreamHash hash;
    for (std::uint64_t at = 0; at < octets;) {
        const Octets some = streamPattern(at, octets - at);
        hash.add(some.view());
        at += some.size();
    }
    return hash.value();
}

EngineOptions engineOptions(const TransferOptions& options)
{
    EngineOptions engine;
    engine.trace = options.trace;
    engine.maxEvents = std::numeric_limits<std::uint64_t>::max();
    if (!options.checkpoints)
        engine.checkpointEvery = 0;
    return engine;
}

} // namespace

Scenario transferScenario(const TransferOptions& options)
{
    Scenario s = sandboxScenario();
    s.seed = options.seed;
    s.until = SimTime::never();
    s.link.bitsPerSecond = options.rate;
    s.link.delay = SimDuration::milliseconds(options.delayMs);
    s.link.lossPpm = options.lossPpm;
    s.link.queueLimit = options.queue;
    for (HostSpec& host : s.hosts) {
        host.tcp.congestionControl =
            parseCongestionControl(options.congestionControl).value_or(host.tcp.congestionControl);
        host.tcp.delayedAck = options.delayedAck;
        host.tcp.byteCounting = options.byteCounting;
        host.tcp.sack = options.sack || options.rack;
        host.tcp.rack = host.tcp.tailLossProbe = options.rack;
        host.tcp.synBacklog = std::numeric_limits<int>::max();
    }
    BulkServiceSpec bulk;
    bulk.port = 80;
    bulk.closes = options.closes;
    s.hosts[1].services.bulk = bulk;
    bulk.to = s.hosts[1].name;
    bulk.connections = options.connections;
    bulk.apart = SimDuration::microseconds(options.apartUs);
    bulk.octets = options.octets / options.connections;
    s.hosts[0].services.bulk = bulk;
    return s;
}

TransferResult runTransfer(const TransferOptions& options)
{
    const std::uint64_t all = options.octets / options.connections * options.connections;
    TransferResult result;
    result.floorNs = floorPerSegment(100'000, false);
    const double cpuBefore = cpuSeconds();
    const Stopwatch run;
    Engine engine(transferScenario(options), engineOptions(options));
    const Host& reader = engine.hosts()[1];
    while (reader.octetsRead() < all && !engine.nextAt().isNever())
        engine.runUntil(engine.now() + SimDuration::milliseconds(1));
    result.simSeconds = engine.now().toSeconds();
    if (options.closes && options.connections > 1)
        engine.runToEnd(); // the closing is part of what a short connection costs
    result.runSeconds = run.seconds();
    result.cpuSeconds = cpuSeconds() - cpuBefore;
    if (!options.pcap.empty()) {
        const Stopwatch writing;
        std::ofstream file(options.pcap, std::ios::binary);
        writePcapng(file, engine.trace());
        file.flush();
        result.pcapSeconds = writing.seconds();
    }
    result.segments = engine.framesSent();
    result.goodput = static_cast<double>(all) * 8 / result.simSeconds;
    for (const Host& host : engine.hosts())
        result.retransmissions += host.segmentsSentAgain();
    result.peakMiB = peakMiB();
    // Of one connection it is known in which order the octets arrive.
    result.complete = reader.octetsRead() == all && (options.connections > 1 || reader.readHash() == patternHash(all));
    if (const Trace& trace = engine.trace(); !trace.packets().empty()) {
        const auto packets = static_cast<double>(trace.packets().size());
        result.traceOctetsPerPacket = static_cast<double>(trace.packetStore().memory()) / packets;
        result.recordOctetsPerPacket = static_cast<double>(trace.records().size_bytes()) / packets;
    }
    return result;
}

std::string toJson(const TransferOptions& o, const TransferResult& r)
{
    return fmt::format("{{\"octets\": {}, \"connections\": {}, \"cc\": \"{}\", \"loss_ppm\": {}, \"seed\": {}, "
                       "\"trace\": {}, \"segs\": {}, \"run_s\": {:.6f}, \"us_per_seg\": {:.4f}, \"cpu_us_per_seg\": "
                       "{:.4f}, \"floor_us_per_seg\": {:.4f}, "
                       "\"sim_s\": {:.6f}, "
                       "\"goodput_bps\": {:.0f}, \"retransmissions\": {}, \"peak_mib\": {:.1f}, "
                       "\"trace_bytes_per_packet\": {:.1f}, \"record_bytes_per_packet\": {:.1f}, \"pcap_s\": {:.6f}, "
                       "\"complete\": {}}}",
                       o.octets, o.connections, o.congestionControl, o.lossPpm, o.seed, o.trace, r.segments,
                       r.runSeconds, r.runSeconds * 1e6 / static_cast<double>(r.segments),
                       r.cpuSeconds * 1e6 / static_cast<double>(r.segments), r.floorNs / 1000, r.simSeconds, r.goodput,
                       r.retransmissions, r.peakMiB, r.traceOctetsPerPacket, r.recordOctetsPerPacket, r.pcapSeconds,
                       r.complete);
}

double floorPerSegment(std::uint64_t segments, bool withRecords)
{
    struct Noted {
        std::array<std::uint64_t, 8> words; ///< 64 octets
    };
    EventQueue events;
    GrowingArray<Noted> notes;
    Bytes sent(kSegment, 'a'), received(kSegment);
    std::uint32_t sums = 0;
    const Stopwatch run;
    events.push(SimTime::zero(), EventKind::PacketEnds, 0);
    for (std::uint64_t i = 0; i < segments; ++i) {
        const Event event = events.pop();
        const bool data = i % 3 != 2; // every second segment is acknowledged
        if (data) {
            sums += checksumAdd(0, sent);
            std::memcpy(received.data(), sent.data(), kSegment);
            sums += checksumAdd(sums & 0xffff, received);
        }
        if (withRecords)
            notes.push_back(Noted{{i, sums}});
        events.push(event.at + SimDuration::microseconds(data ? 1200 : 20), EventKind::PacketEnds, 0);
    }
    const double seconds = run.seconds();
    if (sums == 1) // so that nothing is left out
        fmt::print("\n");
    return seconds * 1e9 / static_cast<double>(segments);
}

namespace {

void line(std::string_view what, double value, std::string_view unit)
{
    fmt::print("{:<58} {:>9.3f} {}\n", what, value, unit);
}

TransferResult measured(std::string_view what, const TransferOptions& options, double floorNs)
{
    const TransferResult r = runTransfer(options);
    const double perSegment = (r.runSeconds + r.pcapSeconds) * 1e6 / static_cast<double>(r.segments);
    line(what, perSegment, "us per segment");
    line("  times the floor", perSegment * 1000 / floorNs, "");
    if (!r.complete)
        fmt::print("  NOT EVERYTHING ARRIVED\n");
    return r;
}

void benchMoments()
{
    TransferOptions options;
    options.octets = 1'000'000'000;
    Engine engine(transferScenario(options), engineOptions(options));
    while (engine.trace().packets().size() < kMillion && !engine.nextAt().isNever())
        engine.runUntil(engine.now() + SimDuration::milliseconds(100));
    const SimTime end = engine.now();
    const Stopwatch indexing;
    const MomentIndex moments(engine.trace());
    line("index of a run of 1,000,000 packets", indexing.seconds() * 1000, "ms");
    Rng rng(7);
    std::vector<double> times;
    std::size_t seen = 0;
    for (int i = 0; i < 1000; ++i) {
        const SimTime at = SimTime::fromNs(static_cast<std::int64_t>(rng.below(static_cast<std::uint64_t>(end.ns()))));
        const Stopwatch one;
        seen += moments.at(at).inFlight.size();
        times.push_back(one.seconds() * 1000);
    }
    report(fmt::format("a moment of it, anywhere ({} packets seen)", seen), summarise(std::move(times)), 5);
    const SimTime middle = SimTime::fromNs(end.ns() / 2);
    const Stopwatch fork;
    engine.setCommands({Command{AtTime{middle}, {}, DoAbort{}}}, middle);
    line("a fork from its middle begins within", fork.seconds() * 1000, "ms (goal 100)");
}

} // namespace

void runTransferMemoryBenches(const std::string& self)
{
    // In a child each.
    const auto child = [&](std::string_view what, const std::vector<std::string>& arguments) {
        std::vector<std::string> all{self, "transfer"};
        all.insert(all.end(), arguments.begin(), arguments.end());
        const ChildRun run = runChild(all);
        line(what, run.ok ? run.peakMiB : -1, "MiB at most");
        return run.peakMiB;
    };
    const double empty = child("an empty transfer, trace off", {"--octets", "1000", "--trace", "off"});
    child("1 GB, trace off", {"--octets", "1000000000", "--trace", "off"});
    const double idle =
        child("100,000 connections that stay open", {"--octets", "100000", "--connections", "100000", "--trace", "off",
                                                     "--rate", "1000000000", "--close", "off", "--apart-us", "20"});
    line("  each of the two ends", (idle - empty) * 1024 * 1024 / 200'000, "octets (goal 2048)");
}

void runTransferBenches()
{
    const double bare = floorPerSegment(kMillion, false);
    line("a loop that only copies and sums (floor)", bare, "ns per segment");
    line("the same with a record of 64 octets", floorPerSegment(kMillion, true), "ns per segment");
    TransferOptions options;
    const double bulk = [&] {
        const TransferResult r = measured("100 MB, 10 Mbit/s, full trace", options, bare);
        line("  trace, a packet", r.traceOctetsPerPacket, "octets");
        line("  records, a packet", r.recordOctetsPerPacket, "octets");
        return r.runSeconds / static_cast<double>(r.segments);
    }();
    options.pcap = "/dev/null";
    measured("  and a capture written", options, bare);
    options.pcap.clear();
    options.trace = false;
    measured("  trace off", options, bare);

    TransferOptions many;
    many.rate = 1'000'000'000;
    many.connections = 1000;
    many.queue = 1'000'000;
    many.octets = many.connections * 10'000ULL;
    const TransferResult r = measured("1,000 connections of 10 kB, 1 Gbit/s", many, bare);
    line("  times one bulk connection", r.runSeconds / static_cast<double>(r.segments) / bulk, "(goal 2)");
    benchMoments();
}

} // namespace packetarium::bench
