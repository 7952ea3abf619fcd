// SPDX-License-Identifier: GPL-3.0-or-later
//
// packetarium-bench: every speed that the project promises, measured here and
// now. It prints; it never fails because a machine is slow.
#include "app/bench/core_benches.h"
#ifdef PACKETARIUM_WITH_UI
#include "app/bench/ui_benches.h"
#endif

#include <CLI/CLI.hpp>
#include <filesystem>

int main(int argc, char** argv)
{
    using namespace packetarium;
    CLI::App app{"Measures Packetarium: median and 99th percentile of each figure."};
    bool coreOnly = false;
    std::string probe;
    app.add_flag("--core-only", coreOnly, "Leave out what needs a window system");
    // A child of our own: shows one window, leaves after its first frame.
    app.add_option("--probe", probe, "")->group("");
    CLI11_PARSE(app, argc, argv);

#ifdef PACKETARIUM_WITH_UI
    if (!probe.empty())
        return bench::runProbe(argc, argv, probe);
#endif
    const auto here = std::filesystem::canonical("/proc/self/exe").parent_path();
    const auto cli = here / "packetarium-cli";
    bench::runCoreBenches(std::filesystem::exists(cli) ? cli.c_str() : "");
#ifdef PACKETARIUM_WITH_UI
    if (!coreOnly)
        bench::runUiBenches(argc, argv);
#endif
    bench::runCampusBench();
    return 0;
}
