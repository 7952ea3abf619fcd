// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Timings, told by their median and 99th percentile: single numbers on a
// shared machine say little.

#include <chrono>
#include <string_view>
#include <vector>

namespace packetarium::bench {

struct Summary {
    double median = 0; ///< milliseconds
    double p99 = 0;
    std::size_t runs = 0;
};

/// `milliseconds` in any order; at least one.
Summary summarise(std::vector<double> milliseconds);

/// Runs `work` `runs` times after one warm-up and times each.
template <class Work>
Summary measure(std::size_t runs, Work work)
{
    using Clock = std::chrono::steady_clock;
    std::vector<double> times;
    work();
    for (std::size_t i = 0; i < runs; ++i) {
        const auto start = Clock::now();
        work();
        times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
    }
    return summarise(std::move(times));
}

/// One line: what, median, 99th percentile, and the goal if there is one (0: none).
void report(std::string_view what, const Summary& summary, double goalMilliseconds = 0);

} // namespace packetarium::bench
