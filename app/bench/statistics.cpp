// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/bench/statistics.h"

#include <algorithm>
#include <fmt/core.h>

namespace packetarium::bench {

Summary summarise(std::vector<double> times)
{
    std::sort(times.begin(), times.end());
    const auto at = [&](double share) {
        const auto index = static_cast<std::size_t>(share * static_cast<double>(times.size() - 1) + 0.5);
        return times[std::min(index, times.size() - 1)];
    };
    return Summary{at(0.5), at(0.99), times.size()};
}

void report(std::string_view what, const Summary& summary, double goal)
{
    fmt::print("{:<58} {:>9.3f} ms median {:>9.3f} ms p99", what, summary.median, summary.p99);
    if (goal > 0)
        fmt::print("   goal {:g} ms: {}", goal, summary.median <= goal ? "met" : "MISSED");
    fmt::print("   ({} runs)\n", summary.runs);
    std::fflush(stdout);
}

} // namespace packetarium::bench
