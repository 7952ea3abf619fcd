// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the peer has said that it holds beyond a gap (RFC 2018), and what
// follows for the sender: which octets are taken for lost, how much is in the
// network, what to send next. The functions bear the names of RFC 6675 §4.

#include "core/base/seq32.h"
#include "core/wire/tcp_segment.h"

#include <optional>
#include <vector>

namespace packetarium {

class Scoreboard {
public:
    /// Takes in the blocks of an acknowledgment. True if they tell of octets that were not known to have arrived.
    /// Blocks at or before `una`, the D-SACKs of RFC 2883, and ones beyond `nxt` do not count.
    bool update(Seq32 una, Seq32 nxt, const SackBlocks& blocks);
    /// Forgets what lies before `una`.
    void advance(Seq32 una);
    void clear() { ranges_.clear(); }
    bool empty() const { return ranges_.empty(); }

    bool isSacked(Seq32 seq) const;
    /// Everything not sacked that lies before the returned number is taken for lost (IsLost): `duplicateAcks` separate
    /// stretches, or more than duplicateAcks - 1 segments' worth of octets, have arrived behind it. None if nothing is.
    std::optional<Seq32> lostBefore(int duplicateAcks, std::uint32_t smss) const;
    /// SetPipe: octets in [una, nxt) that are in the network, if everything before `retransmittedUpTo` that was lost has been
    /// sent again.
    std::uint32_t pipe(Seq32 una, Seq32 nxt, Seq32 retransmittedUpTo, int duplicateAcks, std::uint32_t smss) const;
    /// The first stretch at or after `from` that is not sacked and lies before `end`.
    std::optional<SackBlock> gapFrom(Seq32 from, Seq32 end) const;
    std::optional<Seq32> highest() const; ///< the right edge of the last stretch
    std::uint32_t octets() const;

    const std::vector<SackBlock>& ranges() const { return ranges_; } ///< disjoint, in order

private:
    std::vector<SackBlock> ranges_;
};

} // namespace packetarium
