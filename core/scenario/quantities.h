// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Numbers with units as people write them in scenario files and on the
// command line: "1.5 s", "10 Mbit/s", "0.5 %". Exact: what cannot be held
// without rounding is refused, and what is written reads back the same.

#include "core/base/sim_time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace packetarium {

/// A number and ns, us, ms, s or min; the space between may be missing. Never negative.
std::optional<SimDuration> parseDuration(std::string_view text);
/// Precondition: not negative.
std::string writeDuration(SimDuration duration);

/// A number and bit/s, kbit/s, Mbit/s or Gbit/s (powers of 1000), or "unlimited", which is 0.
std::optional<std::uint64_t> parseBandwidth(std::string_view text);
std::string writeBandwidth(std::uint64_t bitsPerSecond);

/// "0.5 %" as parts per million; up to four decimals.
std::optional<std::uint32_t> parsePercentage(std::string_view text);
std::string writePercentage(std::uint32_t ppm);

} // namespace packetarium
