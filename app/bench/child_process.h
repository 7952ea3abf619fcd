// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A program run as a whole: how long from start to exit, and how much memory.

#include <string>
#include <vector>

namespace packetarium::bench {

struct ChildRun {
    bool ok = false;         ///< started and left with status 0
    double milliseconds = 0; ///< wall clock, from before the start to after the exit
    double peakMiB = 0;      ///< largest resident set
};

/// `arguments[0]` is the program's path. Its output is thrown away.
ChildRun runChild(const std::vector<std::string>& arguments);

} // namespace packetarium::bench
