// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/receive_memory.h"

#include <algorithm>

namespace packetarium {
namespace {

constexpr std::int64_t kBookkeeping = 706; // of a block: sk_buff, skb_shared_info, headroom, headers
constexpr std::uint32_t kFirstGuess = 536; // TCP_MSS_DEFAULT
constexpr std::int64_t kParts = 256;       // in which the share of data is reckoned
constexpr std::int64_t kFirstShare = kParts / 2;

/// A block is never smaller than what lies in it.
std::int64_t takenBy(std::int64_t octets, ReceiveMemory::Size size)
{
    return std::max(size.block, octets);
}

} // namespace

void ReceiveMemory::arrived(Seq32 first, std::uint32_t octets, Size size)
{
    const Seq32 end = first + octets;
    auto at = blocks_.end();
    while (at != blocks_.begin() + static_cast<std::ptrdiff_t>(gone_) && seqGt((at - 1)->end, end))
        --at; // what is missing comes later than what lies behind it
    if (at != blocks_.begin() + static_cast<std::ptrdiff_t>(gone_)) {
        Block& before = *(at - 1);
        if (before.end == first && before.octets + std::int64_t{octets} <= size.block - kBookkeeping) {
            before.octets += octets;
            before.end = end;
            return;
        }
    }
    const auto takes = static_cast<std::uint32_t>(takenBy(octets, size));
    blocks_.insert(at, {end, octets, takes});
    taken_ += takes;
}

void ReceiveMemory::readUpTo(Seq32 next)
{
    for (; gone_ < blocks_.size() && seqLe(blocks_[gone_].end, next); ++gone_)
        taken_ -= blocks_[gone_].takes;
    if (gone_ > blocks_.size() / 2) {
        blocks_.erase(blocks_.begin(), blocks_.begin() + static_cast<std::ptrdiff_t>(gone_));
        gone_ = 0;
    }
}

void ReceiveMemory::measure(std::uint32_t octets, std::uint32_t ownMss)
{
    if (octets >= std::max(segment_, kFirstGuess))
        segment_ = std::min(octets, ownMss);
}

std::int64_t ReceiveMemory::space(std::int64_t memory, Size size) const
{
    const std::int64_t share =
        segment_ == 0 ? kFirstShare
                      : std::clamp<std::int64_t>(segment_ * kParts / takenBy(segment_, size), 1, kParts - 1);
    return std::max<std::int64_t>(memory, 0) * share / kParts;
}

std::int64_t ReceiveMemory::wholeSpace(Size size) const
{
    return std::max<std::int64_t>(space(size.memory, size), 1); // an empty buffer takes something
}

std::int64_t ReceiveMemory::freeSpace(Size size) const
{
    return taken_ == 0 ? wholeSpace(size) : space(size.memory - taken_, size);
}

std::uint32_t ReceiveMemory::window(Size size, std::uint32_t limit, int shift) const
{
    const std::int64_t whole = std::min<std::int64_t>(wholeSpace(size), limit);
    const std::int64_t segment = std::min<std::int64_t>(segment_ == 0 ? kFirstGuess : segment_, whole);
    std::int64_t free = freeSpace(size);
    if (crowded(size)) {
        free = free >> shift << shift; // so that the field does not say more than there is
        if (free < wholeSpace(size) / 16 || free < segment)
            return 0;
    }
    free = std::min<std::int64_t>(free, limit);
    if (shift > 0 || segment == 0)
        return static_cast<std::uint32_t>(free);
    const std::int64_t before = offered_;
    if (before <= free - segment || before > free)
        return static_cast<std::uint32_t>(free / segment * segment);
    if (segment == whole && free > before + whole / 2) // a buffer of less than two segments
        return static_cast<std::uint32_t>(free);
    return offered_;
}

} // namespace packetarium
