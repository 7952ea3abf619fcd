// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What both ends of a captured connection must have gone through: states by
// the transitions of RFC 9293, the variables that the segments show, and why
// each segment was sent. Nothing is known of the ends but what they say; where
// a transition needs something that is not in the capture, the state is taken
// over without one, with the reason that it was not captured.

#include "core/capture/tcp_analysis.h"
#include "core/trace/trace.h"

#include <array>

namespace packetarium {

class TcpInference {
public:
    struct End {
        NodeId host;
        std::uint16_t port = 0;
        std::optional<std::uint8_t> scale; ///< of the windows that it announces
        bool spoke = false;                ///< sends something but resets
        bool listens = false;              ///< answers a SYN as a listener does
    };
    TcpInference(Trace& trace, const End& a, const End& b);

    /// A segment is about to be put on the link: states change, and the reason is given back. `at`: when.
    Reason beforeSending(const CapturedSegment& s, SimTime at);
    void afterSending(const CapturedSegment& s, PacketId packet, SimTime at);
    /// After its PacketArrived record. True: it brought data that had not come before.
    bool arrived(const CapturedSegment& s, PacketId packet, SimTime at);
    /// The connection of the end that sends (or receives) it; none while there is none.
    ConnId connOf(bool a) const { return side(a).conn; }

private:
    struct Side : End {
        ConnId conn;
        TcpState state = TcpState::Closed;
        bool exists = false, passive = false, ended = false;
        bool numbered = false; ///< sndNxt and sndUna mean something
        bool hears = false;    ///< rcvNxt means something
        std::int64_t sndUna = 0, sndNxt = 0, rcvNxt = 0;
        std::optional<std::int64_t> finEnd, peerFinEnd;
        bool finTaken = false;
        SeenNumbers early; ///< beyond rcvNxt
        // What its next acknowledgment is about.
        bool ackOfSyn = false, ackOfFin = false, gapFilled = false, unacceptable = false, finAgain = false;
        int segmentsSinceAck = 0;
        SimTime heardAt;
        std::int64_t lastAck = -1;
        std::uint64_t lastWindow = 0;
        std::uint64_t duplicateAcks = 0, retransmissions = 0;
        std::array<std::optional<std::uint64_t>, kVariableCount> told;
    };
    Side& side(bool a) { return sides_[a ? 0 : 1]; }
    const Side& side(bool a) const { return sides_[a ? 0 : 1]; }

    void create(Side& e, std::uint16_t remotePort, SimTime at);
    void assume(Side& e, const Side& peer, TcpState state, SimTime at);
    bool take(Side& e, TcpEvent event, PacketId packet, SimTime at);
    void change(Side& e, TcpState to, std::uint64_t row, PacketId packet, Reason reason, SimTime at);
    void tell(Side& e, Variable variable, std::uint64_t value, SimTime at);
    void tellSequence(Side& e, Variable variable, std::int64_t value, SimTime at);
    void tellEarly(Side& e, SimTime at);
    void ignore(const Side& e, Reason why, PacketId packet, SimTime at);
    std::uint64_t windowOf(const Side& sender, const CapturedSegment& s) const;

    Reason sendSyn(Side& e, const Side& peer, const CapturedSegment& s, SimTime at);
    Reason sendReset(Side& e, SimTime at);
    Reason reasonForAck(const Side& e, const CapturedSegment& s, SimTime at) const;
    void arrivedReset(Side& e, const CapturedSegment& s, PacketId packet, SimTime at);
    bool arrivedOpening(Side& e, const CapturedSegment& s, PacketId packet, SimTime at);
    void takeAck(Side& e, const Side& peer, const CapturedSegment& s, PacketId packet, SimTime at);
    bool takeData(Side& e, const CapturedSegment& s, PacketId packet, SimTime at);

    Trace& trace_;
    std::array<Side, 2> sides_;
};

} // namespace packetarium
