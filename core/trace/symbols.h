// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How sequence numbers are written: raw (1000000001), relative to the first
// (1), or symbolic as in a textbook (x+1). One choice for the whole screen.

#include "core/trace/trace.h"

#include <optional>

namespace packetarium {

enum class NumberStyle : std::uint8_t { Symbolic, Relative, Raw };

class Symbols {
public:
    explicit Symbols(const Trace& trace);
    /// A number in the sequence space of what `sender` sends. Symbolic: the active side's ISS is x, the other's y, a later
    /// new ISS of the same host x′, x″ ... Far from every ISS (more than 65535 before, 2^24 after) or without one, raw.
    std::string sequence(NodeId sender, Seq32 number, NumberStyle style, SimTime at) const;
    std::string packetSeq(const PacketInfo& packet, NumberStyle style) const;
    /// Empty without the ACK bit.
    std::string packetAck(const PacketInfo& packet, NumberStyle style) const;
    /// "x+2001–x+4001", of the first block alone; `blocks`: what the packet says beside its acknowledgment. Empty: nothing.
    std::string packetSack(const PacketInfo& packet, const SackBlocks& blocks, NumberStyle style) const;

private:
    struct Epoch {
        SimTime from;
        Seq32 iss;
    };
    /// Who made the segment and for whom it is.
    struct Ends {
        NodeId sender, receiver;
    };
    void findEnds(const Trace& trace);
    Ends endsOf(const PacketInfo& packet) const;
    std::optional<std::size_t> epochOf(NodeId sender, Seq32 number, SimTime at) const;
    std::vector<std::vector<Epoch>> epochs_; ///< per host, by time: each new ISS it chose
    NodeId active_;
    std::vector<Ends> ends_; ///< by packet, of a network; two hosts on one link are their packets' ends
};

} // namespace packetarium
