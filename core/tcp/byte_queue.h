// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Octets in order, waiting: what a program wrote and the peer has not
// acknowledged yet, or what arrived and the program has not read. Each piece
// stays the block it came in; a segment takes its part of the block without
// copying it, and a checkpoint shares all of them.

#include "core/base/octets.h"

namespace packetarium {

class ByteQueue {
public:
    void append(Octets data);
    /// Forgets the first n octets; n <= size().
    void drop(std::size_t n);
    /// A part of it, shared where it lies in one piece. Precondition: offset + length <= size().
    Octets slice(std::size_t offset, std::size_t length) const;
    /// Takes up to n octets out from the front.
    Octets take(std::size_t n);
    std::size_t size() const { return static_cast<std::size_t>(end_ - begin_); }
    bool empty() const { return begin_ == end_; }
    void clear() { *this = ByteQueue(); }

private:
    struct Piece {
        std::uint64_t at = 0; ///< how many octets came before it
        Octets data;
    };
    std::size_t pieceAt(std::uint64_t at) const;

    std::vector<Piece> pieces_; ///< from first_ on
    std::size_t first_ = 0;
    std::uint64_t begin_ = 0, end_ = 0;
};

} // namespace packetarium
