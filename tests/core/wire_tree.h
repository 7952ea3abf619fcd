// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Looking into the field tree, for the [wire] tests.

#include "tests/core/wire_bytes.h"
#include "tests/support/catch.h"

namespace packetarium::test {

struct Leaf {
    FieldId id;
    std::uint32_t bitOffset, bitLength;
    bool operator==(const Leaf&) const = default;
};

inline void collect(const std::vector<Field>& fields, std::vector<Leaf>& leaves)
{
    for (const Field& field : fields) {
        if (field.children.empty())
            leaves.push_back({field.id, field.bitOffset, field.bitLength});
        collect(field.children, leaves);
    }
}

/// All fields without children, in the order in which they stand in the frame.
inline std::vector<Leaf> leavesOf(const std::vector<Field>& nodes)
{
    std::vector<Leaf> leaves;
    collect(nodes, leaves);
    std::sort(leaves.begin(), leaves.end(), [](const Leaf& a, const Leaf& b) { return a.bitOffset < b.bitOffset; });
    return leaves;
}

inline std::vector<FieldId> idsOf(const std::vector<Field>& fields)
{
    std::vector<FieldId> ids;
    for (const Field& field : fields)
        ids.push_back(field.id);
    return ids;
}

inline const Field* find(const std::vector<Field>& fields, FieldId id)
{
    for (const Field& field : fields) {
        if (field.id == id)
            return &field;
        if (const Field* inside = find(field.children, id))
            return inside;
    }
    return nullptr;
}

inline const Field& get(const std::vector<Field>& fields, FieldId id)
{
    const Field* field = find(fields, id);
    REQUIRE(field);
    return *field;
}

inline FieldValue number(std::uint64_t n)
{
    return n;
}

/// Every bit of `frame` is in exactly one leaf.
inline void requireCovered(ByteView frame)
{
    std::uint32_t next = 0;
    for (const Leaf& leaf : leavesOf(dissect(frame))) {
        REQUIRE(leaf.bitOffset == next);
        REQUIRE(leaf.bitLength > 0);
        next += leaf.bitLength;
    }
    REQUIRE(next == frame.size() * 8);
}

} // namespace packetarium::test
