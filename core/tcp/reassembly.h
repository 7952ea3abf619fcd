// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What arrived ahead of its turn, kept until the gap before it is filled
// (RFC 9293 §3.10.7.4, seventh). Octets are kept once, whatever overlaps.
// It also knows which stretches there are and which came last: that is what a
// selective acknowledgment reports (RFC 2018 §4).

#include "core/base/seq32.h"
#include "core/wire/tcp_segment.h"

namespace packetarium {

class Reassembly {
public:
    /// `data` begins at `first`; what lies before `next` or is already here is cut off.
    void insert(Seq32 first, ByteView data, Seq32 next);
    /// Removes and returns what now follows `next` without a gap.
    Bytes take(Seq32 next);
    /// A FIN whose turn has not come; it stands at `seq`.
    void rememberFin(Seq32 seq)
    {
        finSeq_ = seq;
        hasFin_ = true;
    }
    void forgetFin() { hasFin_ = false; }
    bool finIsNext(Seq32 next) const { return hasFin_ && finSeq_ == next; }

    std::size_t octets() const { return octets_; }
    /// Neither octets nor a FIN wait for a gap to be filled.
    bool empty() const { return pieces_.empty() && !hasFin_; }
    bool holdsOctets() const { return !pieces_.empty(); }
    /// The first stretch of [first, end) that is here already, for D-SACK (RFC 2883 §4); empty if none is.
    SackBlock alreadyHeld(Seq32 first, Seq32 end) const;
    /// Whole stretches, the one that grew last first (RFC 2018 §4). A FIN counts as an octet, as everywhere in sequence space.
    SackBlocks blocks() const;
    /// Whole stretches of octets in the order of their numbers, at most SackBlocks::kMost.
    SackBlocks blocksInOrder() const;
    void clear() { *this = Reassembly(); }

private:
    struct Piece {
        Seq32 first;
        Bytes data;
        Seq32 end() const { return first + static_cast<std::uint32_t>(data.size()); }
    };
    SackBlock stretchAround(Seq32 seq) const;

    std::vector<Piece> pieces_; ///< in sequence order, never overlapping
    /// More than are told, for several may grow together into one.
    static constexpr std::size_t kRemembered = 4 * SackBlocks::kMost;
    std::array<Seq32, kRemembered> recent_{}; ///< an octet of each of the stretches that grew last, latest first
    std::size_t recentCount_ = 0;
    std::size_t octets_ = 0;
    Seq32 finSeq_;
    bool hasFin_ = false;
};

} // namespace packetarium
