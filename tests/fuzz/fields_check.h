// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// That a field tree accounts for every bit once, for the fuzz targets of the
// application layer.

#include "core/wire/fields.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <utility>

namespace packetarium::fuzz {

inline void must(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "%s\n", what);
    std::abort();
}

using Range = std::pair<std::uint64_t, std::uint64_t>; // first bit, one past the last

inline void collectLeaves(const Field& field, std::vector<Range>& leaves)
{
    const std::uint64_t begin = field.bitOffset;
    const std::uint64_t end = begin + field.bitLength;
    must(field.bitLength > 0, "an empty field");
    if (field.children.empty())
        leaves.emplace_back(begin, end);
    for (const Field& child : field.children) {
        must(child.bitOffset >= begin && std::uint64_t{child.bitOffset} + child.bitLength <= end,
             "a child outside its parent");
        collectLeaves(child, leaves);
    }
}

/// The nodes are of octets begin .. end of a frame.
inline void checkTree(const std::vector<Field>& nodes, std::size_t begin, std::size_t end)
{
    std::vector<Range> leaves;
    for (const Field& node : nodes)
        collectLeaves(node, leaves);
    std::sort(leaves.begin(), leaves.end());
    std::uint64_t next = begin * 8;
    for (const auto& [from, to] : leaves) {
        must(from == next, "a bit in no field, or in two");
        next = to;
    }
    must(next == end * 8, "bits at the end in no field");
}

} // namespace packetarium::fuzz
