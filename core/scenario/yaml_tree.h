// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A YAML file as a plain tree in which every value and key knows its line and
// column. Only what these files need: maps with text keys, lists, scalars. No
// anchors, aliases, tags or second documents, so that a tree is never larger
// than its text; and bounded in size and depth, whatever the file holds.

#include "core/base/input_error.h"
#include "core/base/result.h"

#include <string>
#include <string_view>
#include <vector>

namespace packetarium {

struct YamlEntry;

struct YamlNode {
    enum class Kind { Null, Scalar, List, Map };
    Kind kind = Kind::Null;
    bool quoted = false;            ///< a scalar in quotes is text, never a number
    std::string text;               ///< Scalar
    std::vector<YamlNode> items;    ///< List
    std::vector<YamlEntry> entries; ///< Map, in the file's order; keys are unique
    int line = 0, column = 0;       ///< from 1, in characters
};

struct YamlEntry {
    YamlNode key;
    YamlNode value;
};

/// Levels of lists and maps within each other; a scenario needs five.
constexpr int kMaxYamlDepth = 16;

/// The first (and only) document of `text`. Errors carry `fileName` and the place.
Result<YamlNode, InputError> parseYamlTree(std::string_view text, std::string_view fileName);

} // namespace packetarium
