// SPDX-License-Identifier: GPL-3.0-or-later
//
// packetarium-bench: every speed that the project promises, measured here and
// now. It prints; it never fails because a machine is slow.
#include "app/bench/core_benches.h"
#include "app/bench/transfer.h"
#ifdef PACKETARIUM_WITH_UI
#include "app/bench/ui_benches.h"
#endif

#include <CLI/CLI.hpp>
#include <cstdio>
#include <filesystem>
#include <string>

int main(int argc, char** argv)
{
    using namespace packetarium;
    CLI::App app{"Measures Packetarium: median and 99th percentile of each figure."};
    bool coreOnly = false;
    std::string probe;
    app.add_flag("--core-only", coreOnly, "Leave out what needs a window system");
    // A child of our own: shows one window, leaves after its first frame.
    app.add_option("--probe", probe, "")->group("");
    bool transfers = false;
    app.add_flag("--transfers-only", transfers, "Only bulk transfers and many connections");
#ifdef PACKETARIUM_WITH_UI
    bool longRuns = false;
    app.add_flag("--long-only", longRuns, "Only what long runs cost on the screen");
#endif
    bench::TransferOptions transfer;
    double loss = 0;
    CLI::App* const one = app.add_subcommand("transfer", "One bulk transfer; prints one line of JSON");
    one->add_option("--octets", transfer.octets, "Over all connections");
    one->add_option("--rate", transfer.rate, "Bits per second");
    one->add_option("--delay-ms", transfer.delayMs, "Each way");
    one->add_option("--loss", loss, "Of each packet, per cent");
    one->add_option("--cc", transfer.congestionControl, "none, tahoe, reno, newreno or cubic");
    one->add_option("--queue", transfer.queue, "Packets that may wait for the link");
    one->add_option("--seed", transfer.seed, "Of the run's random numbers");
    one->add_option("--connections", transfer.connections, "At a time")->check(CLI::PositiveNumber);
    one->add_option("--apart-us", transfer.apartUs, "Between one opening and the next");
    one->add_option("--trace", transfer.trace, "on or off");
    one->add_option("--checkpoints", transfer.checkpoints, "on or off");
    one->add_option("--pcap", transfer.pcap, "Write a capture there");
    one->add_option("--delayed-ack", transfer.delayedAck, "on or off");
    one->add_option("--byte-counting", transfer.byteCounting, "on or off");
    one->add_option("--sack", transfer.sack, "on or off");
    one->add_option("--rack", transfer.rack, "on or off: SACK, losses by time and probes of a tail (RFC 8985)");
    one->add_option("--close", transfer.closes, "on or off: whether connections are closed in the end");
    CLI11_PARSE(app, argc, argv);
    if (*one) {
        transfer.lossPpm = static_cast<std::uint32_t>(loss * 10'000);
        std::puts(bench::toJson(transfer, bench::runTransfer(transfer)).c_str());
        return 0;
    }
    const std::string self = std::filesystem::canonical("/proc/self/exe").string();
    if (transfers) {
        bench::runTransferMemoryBenches(self);
        bench::runTransferBenches();
        return 0;
    }

#ifdef PACKETARIUM_WITH_UI
    if (!probe.empty())
        return bench::runProbe(argc, argv, probe);
    if (longRuns) {
        bench::runLongRunBenches(argc, argv);
        return 0;
    }
#endif
    const auto here = std::filesystem::path(self).parent_path();
    bench::runTransferMemoryBenches(self);
    const auto cli = here / "packetarium-cli";
    bench::runCoreBenches(std::filesystem::exists(cli) ? cli.c_str() : "");
#ifdef PACKETARIUM_WITH_UI
    if (!coreOnly)
        bench::runUiBenches(argc, argv);
#endif
    bench::runTransferBenches();
    bench::runCampusBench();
    return 0;
}
