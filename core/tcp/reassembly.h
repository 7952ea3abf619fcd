// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What arrived ahead of its turn, kept until the gap before it is filled
// (RFC 9293 §3.10.7.4, seventh). Octets are kept once, whatever overlaps.

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
    bool finIsNext(Seq32 next) const { return hasFin_ && finSeq_ == next; }

    std::size_t octets() const;
    /// Neither octets nor a FIN wait for a gap to be filled.
    bool empty() const { return pieces_.empty() && !hasFin_; }
    void clear()
    {
        pieces_.clear();
        hasFin_ = false;
    }

private:
    struct Piece {
        Seq32 first;
        Bytes data;
        Seq32 end() const { return first + static_cast<std::uint32_t>(data.size()); }
    };
    std::vector<Piece> pieces_; ///< in sequence order, never touching or overlapping each other's octets
    Seq32 finSeq_;
    bool hasFin_ = false;
};

} // namespace packetarium
