// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What lists show of the built-in scenarios and lessons. Only the head of each
// file is read, once: the program's first page waits for these lists.

#include "core/scenario/scenario.h"

namespace packetarium {

struct BuiltinHead {
    std::string name;  ///< to open it by
    std::string group; ///< a scenario's group, a lesson's chapter
    LocalizedText title, summary;
};

/// In the order to be listed. A file whose head cannot be read comes last, under its name, so that opening it says why.
const std::vector<BuiltinHead>& builtinScenarioHeads();
const std::vector<BuiltinHead>& builtinLessonHeads();

} // namespace packetarium
