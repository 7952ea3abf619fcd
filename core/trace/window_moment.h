// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Both ends' buffers and windows at one instant: what the windows view draws.
// Most of it stands in the connections' variables; what is under way, what
// was lost and has not gone again, and where a variable is missing also what
// waits beyond a gap, is read from the packets, not far back.

#include "core/trace/moment.h"

#include <array>
#include <optional>
#include <vector>

namespace packetarium {

/// Sequence numbers from left on; right is not included.
struct SeqRange {
    Seq32 left, right;
    std::uint32_t size() const { return right.value() - left.value(); }
    bool contains(Seq32 s) const { return seqInWindow(s, left, size()); }
    bool operator==(const SeqRange&) const = default;
};

/// A segment between the two ends.
struct SegmentOnWay {
    PacketId packet; ///< the frame on the link where it is now
    SeqRange range;  ///< the numbers that it takes, SYN and FIN counted
    std::optional<Seq32> ack;
    std::uint32_t window = 0; ///< octets, the scale applied
    double position = 0;      ///< 0 at its sender, 1 at its receiver, over all links between them
    bool held = false, retransmission = false, corrupted = false, copy = false, injected = false;
    bool operator==(const SegmentOnWay&) const = default;
};

struct SendSide {
    ConnId conn;
    NodeId host;
    Seq32 iss, una, nxt;
    Seq32 written;                       ///< where what the program wrote ends
    std::optional<Seq32> fin;            ///< its number, once it has been sent
    std::optional<std::uint32_t> window; ///< SND.WND, octets; unknown until the peer has said it
    std::optional<std::uint32_t> cwnd, ssthresh;
    std::optional<CongestionPhase> phase;
    std::optional<SendLimit> limit; ///< as the trace says; where it does not, from the numbers, if they are clear
    std::optional<std::uint8_t> scale;
    std::vector<SeqRange> sacked;
    std::vector<TimerMoment> timers; ///< retransmission, persist
    bool open = false;               ///< data may be sent: the state allows it

    std::uint32_t flight() const { return nxt - una > 0 ? static_cast<std::uint32_t>(nxt - una) : 0; }
    std::uint32_t waiting() const { return written - nxt > 0 ? static_cast<std::uint32_t>(written - nxt) : 0; }
    /// How far the receiver, and how far the network lets it send.
    std::optional<Seq32> windowEdge() const;
    std::optional<Seq32> cwndEdge() const;
    /// The nearer of the two; SND.NXT where neither is known.
    Seq32 allowed() const;
    bool windowClosed() const { return open && window && *window == 0; }
};

struct ReceiveSide {
    ConnId conn;
    NodeId host;
    Seq32 read; ///< the program has read up to here
    Seq32 nxt;
    std::optional<Seq32> fin; ///< the FIN's number, once it is before nxt
    std::uint32_t window = 0;
    std::optional<std::uint8_t> scale;
    std::vector<SeqRange> blocks;    ///< received beyond a gap, in order
    std::vector<TimerMoment> timers; ///< delayed acknowledgment

    std::uint32_t unread() const { return static_cast<std::uint32_t>(nxt - read); }
    Seq32 edge() const { return nxt + window; }
};

struct WindowDirection {
    NodeId from, to;                    ///< `to` is known before anybody has answered: the host to which the SYN goes
    std::optional<SendSide> send;       ///< once it has chosen its first number
    std::optional<ReceiveSide> receive; ///< once it knows the sender's first number
    std::vector<SegmentOnWay> segments; ///< that take numbers, in the order sent
    std::vector<SegmentOnWay> acks;     ///< the receiver's, on their way back
    std::vector<SegmentOnWay> lost;     ///< position: where. Not yet sent again, not acknowledged
    std::vector<SegmentOnWay> lostAcks; ///< the receiver's that said something nobody heard, until it speaks again
};

/// The two ends of a connection; `server` is none while nobody has answered.
struct WindowPair {
    ConnId client, server;
    bool operator==(const WindowPair&) const = default;
};
/// The connection of `preferred`, if it has a peer or tries to reach one; else the newest that is alive; else the newest.
std::optional<WindowPair> windowPair(const Trace& trace, const Moment& moment, ConnId preferred = {});

struct WindowMoment {
    WindowPair pair;
    std::array<WindowDirection, 2> directions; ///< from the client; from the server
};
WindowMoment windowMoment(const Trace& trace, const Moment& moment, const WindowPair& pair);

/// How far `s` lies from `iss`, octets; `near` is a number close to it of which the same is known to be `offset`.
std::int64_t offsetFrom(Seq32 s, Seq32 near, std::int64_t offset);

} // namespace packetarium
