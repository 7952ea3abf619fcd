// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/receive_memory.h"

#include <algorithm>

namespace packetarium {
namespace {

constexpr std::int64_t kBookkeeping = 706; // of a block: sk_buff, skb_shared_info, headroom, headers
constexpr std::uint32_t kFirstGuess = 536; // TCP_MSS_DEFAULT
constexpr std::int64_t kParts = 256;       // in which the share of data is reckoned
constexpr std::int64_t kFirstShare = kParts / 2;

} // namespace

void ReceiveMemory::arrived(Seq32 first, std::uint32_t octets, Size size)
{
    if (!blocks_.empty() && blocks_.back().end == first &&
        blocks_.back().octets + std::int64_t{octets} <= size.block - kBookkeeping) {
        blocks_.back().octets += octets;
        blocks_.back().end += octets;
    } else {
        blocks_.push_back({first + octets, octets});
    }
}

void ReceiveMemory::readUpTo(Seq32 next)
{
    std::erase_if(blocks_, [&](const Block& block) { return seqLe(block.end, next); });
}

void ReceiveMemory::measure(std::uint32_t octets, std::uint32_t ownMss)
{
    if (octets >= std::max(segment_, kFirstGuess))
        segment_ = std::min(octets, ownMss);
}

std::int64_t ReceiveMemory::space(std::int64_t memory, Size size) const
{
    const std::int64_t share =
        segment_ == 0 ? kFirstShare : std::clamp<std::int64_t>(segment_ * kParts / size.block, 1, kParts - 1);
    return std::max<std::int64_t>(memory, 0) * share / kParts;
}

std::int64_t ReceiveMemory::wholeSpace(Size size) const
{
    return std::max<std::int64_t>(space(size.memory, size), 1); // an empty buffer takes something
}

std::int64_t ReceiveMemory::freeSpace(Size size) const
{
    if (blocks_.empty())
        return wholeSpace(size);
    return space(size.memory - static_cast<std::int64_t>(blocks_.size()) * size.block, size);
}

std::uint32_t ReceiveMemory::window(Size size, std::uint32_t limit, bool scaled) const
{
    const std::int64_t whole = std::min<std::int64_t>(wholeSpace(size), limit);
    const std::int64_t segment = std::min<std::int64_t>(segment_ == 0 ? kFirstGuess : segment_, whole);
    std::int64_t free = freeSpace(size);
    if (crowded(size) && (free < wholeSpace(size) / 16 || free < segment))
        return 0;
    free = std::min<std::int64_t>(free, limit);
    if (scaled || segment == 0)
        return static_cast<std::uint32_t>(free);
    const std::int64_t before = offered_;
    if (before <= free - segment || before > free)
        return static_cast<std::uint32_t>(free / segment * segment);
    return offered_;
}

} // namespace packetarium
