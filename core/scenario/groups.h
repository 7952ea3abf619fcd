// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The groups in which scenarios and lessons are listed, in their order, and
// what both kinds of file begin with.

#include "core/scenario/input_reader.h"

#include <array>

namespace packetarium {

inline constexpr std::array<std::string_view, 8> kScenarioGroups{"connections", "teardown", "trouble", "flow",
                                                                 "attacks",     "layers",   "network", "sandbox"};
inline constexpr std::array<std::string_view, 4> kLessonChapters{"connections", "layers", "addresses", "reliability"};

/// `packetarium: scenario` (or lesson) and `version: 1`.
void readHead(InputReader& in, const YamlMap& top, std::string_view kind);
/// What a host has that was given none: 02:00:00:00:00:01 for the first, and so on.
MacAddress defaultMac(std::size_t hostIndex);

} // namespace packetarium
