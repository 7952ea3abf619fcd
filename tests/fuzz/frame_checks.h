// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What every fuzz target of the codecs asks of a field tree: each bit of the
// frame in exactly one field without children, children inside their parents.

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
    std::fprintf(stderr, "fuzz: %s\n", what);
    std::abort();
}

using Range = std::pair<std::uint64_t, std::uint64_t>; // first bit, one past the last

inline Range rangeOf(const Field& field)
{
    return {field.bitOffset, std::uint64_t{field.bitOffset} + field.bitLength};
}

inline void collectLeaves(const Field& field, ByteView frame, std::vector<Range>& leaves)
{
    const auto [begin, end] = rangeOf(field);
    must(field.bitLength > 0, "an empty field");
    must(end <= std::uint64_t{frame.size()} * 8, "a field outside the frame");
    must(field.byteOffset() + field.byteLength() <= frame.size(), "a field's octets outside the frame");
    if (field.children.empty())
        leaves.push_back(rangeOf(field));
    for (const Field& child : field.children) {
        const auto [childBegin, childEnd] = rangeOf(child);
        const bool atTheEnd = child.id == FieldId::EthPadding || child.id == FieldId::EthFcs;
        must(atTheEnd || (childBegin >= begin && childEnd <= end), "a child outside its parent");
        collectLeaves(child, frame, leaves);
    }
}

/// The nodes are of octets begin .. end of the frame.
inline void checkTree(const std::vector<Field>& nodes, ByteView frame, std::size_t begin, std::size_t end)
{
    std::vector<Range> leaves;
    for (const Field& node : nodes)
        collectLeaves(node, frame, leaves);
    std::sort(leaves.begin(), leaves.end());
    std::uint64_t next = std::uint64_t{begin} * 8;
    for (const auto& [from, to] : leaves) {
        must(from == next, "a bit in no field, or in two");
        next = to;
    }
    must(next == std::uint64_t{end} * 8, "bits at the end in no field");
}

inline void checkTree(const std::vector<Field>& nodes, ByteView frame)
{
    checkTree(nodes, frame, 0, frame.size());
}

/// The first field of that kind among these and their children.
inline const Field* findField(const std::vector<Field>& fields, FieldId id)
{
    for (const Field& field : fields) {
        if (field.id == id)
            return &field;
        if (const Field* inside = findField(field.children, id))
            return inside;
    }
    return nullptr;
}

/// The fields of a frame of that type with this content, which are checked on the way.
inline std::vector<Field> fieldsOf(std::uint16_t etherType, ByteView content)
{
    const Bytes frame = encodeEthernet({{}, {}, etherType}, content);
    std::vector<Field> nodes = dissect(frame);
    checkTree(nodes, frame);
    return nodes;
}

/// Whether the checksum of that kind is shown as good.
inline bool shownGood(const std::vector<Field>& nodes, FieldId id)
{
    const Field* field = findField(nodes, id);
    const auto* value = field == nullptr ? nullptr : std::get_if<ChecksumValue>(&field->value);
    return value != nullptr && value->good();
}

/// `bytes` with the 16-bit checksum at `at` made right over all of them and `pseudoHeader`, if it has room.
inline Bytes withChecksum(ByteView bytes, std::size_t at, std::uint32_t pseudoHeader)
{
    Bytes fixed(bytes.begin(), bytes.end());
    if (fixed.size() < at + 2)
        return fixed;
    fixed[at] = fixed[at + 1] = 0;
    const std::uint16_t sum = checksumFinish(checksumAdd(pseudoHeader, fixed));
    fixed[at] = static_cast<std::uint8_t>(sum >> 8);
    fixed[at + 1] = static_cast<std::uint8_t>(sum & 0xff);
    return fixed;
}

} // namespace packetarium::fuzz
