// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/scoreboard.h"

#include <algorithm>

namespace packetarium {

namespace {

std::uint32_t lengthOf(const SackBlock& block)
{
    return static_cast<std::uint32_t>(block.right - block.left);
}

} // namespace

bool Scoreboard::update(Seq32 una, Seq32 nxt, const SackBlocks& blocks)
{
    const std::uint32_t before = octets();
    for (const SackBlock& block : blocks) {
        if (!seqLt(block.left, block.right) || seqLe(block.left, una) || seqGt(block.right, nxt))
            continue;
        SackBlock merged = block;
        auto at = ranges_.begin();
        while (at != ranges_.end() && seqLt(at->right, merged.left))
            ++at;
        auto last = at;
        for (; last != ranges_.end() && seqLe(last->left, merged.right); ++last) {
            merged.left = seqMin(merged.left, last->left);
            merged.right = seqMax(merged.right, last->right);
        }
        if (last - at == 1) {
            *at = merged;
        } else {
            at = ranges_.erase(at, last);
            ranges_.insert(at, merged);
        }
    }
    return octets() > before;
}

void Scoreboard::advance(Seq32 una)
{
    auto first = ranges_.begin();
    while (first != ranges_.end() && seqLe(first->right, una))
        ++first;
    ranges_.erase(ranges_.begin(), first);
    if (!ranges_.empty() && seqLt(ranges_.front().left, una))
        ranges_.front().left = una;
}

bool Scoreboard::isSacked(Seq32 seq) const
{
    return std::any_of(ranges_.begin(), ranges_.end(),
                       [&](const SackBlock& r) { return seqGe(seq, r.left) && seqLt(seq, r.right); });
}

std::optional<Seq32> Scoreboard::lostBefore(int duplicateAcks, std::uint32_t smss) const
{
    std::uint32_t octetsAbove = 0;
    int stretchesAbove = 0;
    for (auto range = ranges_.rbegin(); range != ranges_.rend(); ++range) {
        octetsAbove += lengthOf(*range);
        ++stretchesAbove;
        if (stretchesAbove >= duplicateAcks || octetsAbove > static_cast<std::uint32_t>(duplicateAcks - 1) * smss)
            return range->left;
    }
    return std::nullopt;
}

std::uint32_t Scoreboard::pipe(Seq32 una, Seq32 nxt, Seq32 retransmittedUpTo, int duplicateAcks,
                               std::uint32_t smss) const
{
    const auto lost = lostBefore(duplicateAcks, smss);
    std::uint32_t pipe = 0;
    const auto countGap = [&](Seq32 left, Seq32 right) {
        if (!seqLt(left, right))
            return;
        const Seq32 edge = lost ? seqMax(left, seqMin(right, *lost)) : left;
        pipe += static_cast<std::uint32_t>(right - edge); // not lost: (a)
        const Seq32 sentAgain = seqMax(left, seqMin(right, retransmittedUpTo));
        pipe += static_cast<std::uint32_t>(sentAgain - left); // sent again: (b)
    };
    Seq32 at = una;
    for (const SackBlock& range : ranges_) {
        countGap(at, range.left);
        at = range.right;
    }
    countGap(at, nxt);
    return pipe;
}

std::optional<SackBlock> Scoreboard::gapFrom(Seq32 from, Seq32 end) const
{
    for (const SackBlock& range : ranges_) {
        if (seqLe(range.right, from))
            continue;
        if (seqGt(range.left, from))
            return seqLt(from, end) ? std::optional(SackBlock{from, seqMin(range.left, end)}) : std::nullopt;
        from = range.right;
    }
    return seqLt(from, end) ? std::optional(SackBlock{from, end}) : std::nullopt;
}

std::optional<Seq32> Scoreboard::highest() const
{
    return ranges_.empty() ? std::nullopt : std::optional(ranges_.back().right);
}

std::uint32_t Scoreboard::octets() const
{
    std::uint32_t n = 0;
    for (const SackBlock& range : ranges_)
        n += lengthOf(range);
    return n;
}

} // namespace packetarium
