// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a kernel's receive buffer counts: not the octets in it but the memory in
// which segments lie, each in a block of its own that goes back when the last
// of its octets has been read. So a window can shut on a buffer that is half
// empty. The arithmetic is Linux's (__tcp_select_window, tcp_measure_rcv_mss);
// the setting is `segment-memory`, and without it none of this is used.

#include "core/base/seq32.h"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace packetarium {

class ReceiveMemory {
public:
    /// All of it, and what one segment takes; octets.
    struct Size {
        std::int64_t memory = 0, block = 0;
    };

    /// `octets` of data beginning at `first` are kept now. They go into the last block if they continue it and there is room.
    void arrived(Seq32 first, std::uint32_t octets, Size size);
    /// All before `next` has been read.
    void readUpTo(Seq32 next);
    /// The longest segment that has come, of which the share of data in a block is taken; octets.
    void measure(std::uint32_t octets, std::uint32_t ownMss);
    /// This window was told.
    void offered(std::uint32_t window) { offered_ = window; }

    /// Octets of data for which all the memory, or what is free of it, would do.
    std::int64_t wholeSpace(Size size) const;
    std::int64_t freeSpace(Size size) const;
    /// The window to offer, at most `limit`: whole segments of the length that comes, and nothing when there is no room for one.
    /// `shift`: of the window field.
    std::uint32_t window(Size size, std::uint32_t limit, int shift) const;
    /// More than half of the memory is taken: no time for acknowledgments that are not due.
    bool crowded(Size size) const { return freeSpace(size) < wholeSpace(size) / 2; }

private:
    struct Block {
        Seq32 end;
        std::uint32_t octets, takes;
    };
    std::int64_t space(std::int64_t memory, Size size) const;

    std::vector<Block> blocks_; ///< in the order of their ends, from gone_ on
    std::size_t gone_ = 0;
    std::int64_t taken_ = 0;
    std::uint32_t segment_ = 0; ///< 0: none has come
    std::uint32_t offered_ = 0;
};

} // namespace packetarium
