// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/reassembly.h"

#include <algorithm>

namespace packetarium {

void Reassembly::insert(Seq32 first, ByteView data, Seq32 next)
{
    if (seqLt(first, next)) {
        const auto before = static_cast<std::size_t>(next - first);
        if (before >= data.size())
            return;
        data = data.subspan(before);
        first = next;
    }
    if (data.empty())
        return;
    const Seq32 latest = first;
    // What is here already stays; the new octets fill the room between. Mostly they come behind everything else.
    auto at = !pieces_.empty() && seqGe(first, pieces_.back().end())
                  ? pieces_.end()
                  : std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& p) { return seqGt(p.end(), first); });
    while (!data.empty()) {
        if (at != pieces_.end() && seqLe(at->first, first)) {
            const auto covered = std::min(static_cast<std::size_t>(at->end() - first), data.size());
            data = data.subspan(covered);
            first += static_cast<std::uint32_t>(covered);
            ++at;
            continue;
        }
        std::size_t room = data.size();
        if (at != pieces_.end())
            room = std::min(room, static_cast<std::size_t>(at->first - first));
        at =
            pieces_.insert(at, Piece{first, Bytes(data.begin(), data.begin() + static_cast<std::ptrdiff_t>(room))}) + 1;
        octets_ += room;
        data = data.subspan(room);
        first += static_cast<std::uint32_t>(room);
    }
    // The stretch that has just grown comes first; others keep their order.
    const SackBlock grown = stretchAround(latest);
    std::size_t kept = 1;
    std::array<Seq32, kRemembered> order{latest};
    for (std::size_t i = 0; i < recentCount_ && kept < order.size(); ++i) {
        const bool within = seqGe(recent_[i], grown.left) && seqLt(recent_[i], grown.right);
        if (!within)
            order[kept++] = recent_[i];
    }
    recent_ = order;
    recentCount_ = kept;
}

Bytes Reassembly::take(Seq32 next)
{
    Bytes out;
    auto piece = pieces_.begin();
    while (piece != pieces_.end() && seqLe(piece->first, next)) {
        if (seqGt(piece->end(), next)) {
            const auto skip = static_cast<std::ptrdiff_t>(next - piece->first);
            out.insert(out.end(), piece->data.begin() + skip, piece->data.end());
            next = piece->end();
        }
        octets_ -= piece->data.size();
        ++piece;
    }
    pieces_.erase(pieces_.begin(), piece);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < recentCount_; ++i) {
        if (seqGe(recent_[i], next))
            recent_[kept++] = recent_[i];
    }
    recentCount_ = pieces_.empty() ? 0 : kept;
    return out;
}

SackBlock Reassembly::stretchAround(Seq32 seq) const
{
    const auto inside = std::find_if(pieces_.begin(), pieces_.end(),
                                     [&](const Piece& p) { return seqLe(p.first, seq) && seqGt(p.end(), seq); });
    if (inside == pieces_.end())
        return {};
    auto first = inside, last = inside;
    while (first != pieces_.begin() && std::prev(first)->end() == first->first)
        --first;
    while (std::next(last) != pieces_.end() && std::next(last)->first == last->end())
        ++last;
    return {first->first, last->end()};
}

SackBlock Reassembly::alreadyHeld(Seq32 first, Seq32 end) const
{
    const auto held =
        std::find_if(pieces_.begin(), pieces_.end(), [&](const Piece& p) { return seqGt(p.end(), first); });
    if (held == pieces_.end() || seqGe(held->first, end))
        return {};
    const SackBlock stretch = stretchAround(held->first);
    return {seqMax(stretch.left, first), seqMin(stretch.right, end)};
}

SackBlocks Reassembly::blocks() const
{
    SackBlocks blocks;
    const auto add = [&](SackBlock block) {
        if (hasFin_ && block.right == finSeq_)
            block.right += 1;
        if (block.left != block.right && blocks.size() < SackBlocks::kMost &&
            std::find(blocks.begin(), blocks.end(), block) == blocks.end())
            blocks.add(block);
    };
    if (hasFin_ && std::none_of(pieces_.begin(), pieces_.end(), [&](const Piece& p) { return p.end() == finSeq_; }))
        add({finSeq_, finSeq_});
    for (std::size_t i = 0; i < recentCount_; ++i)
        add(stretchAround(recent_[i]));
    // As many as there is room for (RFC 2018 §4): stretches that have not grown for long come last.
    for (const SackBlock& block : blocksInOrder())
        add(block);
    return blocks;
}

SackBlocks Reassembly::blocksInOrder() const
{
    SackBlocks blocks;
    for (std::size_t i = 0; i < pieces_.size() && blocks.size() < SackBlocks::kMost;) {
        const Seq32 left = pieces_[i].first;
        Seq32 right = pieces_[i].end();
        while (++i < pieces_.size() && pieces_[i].first == right)
            right = pieces_[i].end();
        blocks.add({left, right});
    }
    return blocks;
}

} // namespace packetarium
