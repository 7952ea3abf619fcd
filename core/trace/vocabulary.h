// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The words a trace is written in: reasons, variables, timers, calls. Each
// has a stable name for files and a clause of an RFC where one applies; the
// sentences people read are in ui/i18n/catalogue.h.

#include <cstdint>
#include <optional>
#include <string_view>

namespace packetarium {

/// Why a segment was sent, ignored, lost or changed.
enum class Reason : std::uint16_t {
    None,
    // A segment was sent because ...
    SentConnect,          ///< the program opened actively: the SYN
    SentSynAck,           ///< a SYN arrived in LISTEN (or again in SYN-RECEIVED)
    SentSimultaneousOpen, ///< a SYN arrived in SYN-SENT: SYN,ACK
    SentAckOfSyn,         ///< the third segment of the handshake
    SentAppWrite,         ///< the program wrote, and the window allows it
    SentAckClock,         ///< an acknowledgment opened the way for waiting data
    SentAckSecondSegment, ///< every second full-sized segment is acknowledged at once
    SentAckDelayedTimer,  ///< the delayed-acknowledgment timer fired
    SentAckImmediate,     ///< delayed acknowledgment is off, or quick acknowledgments at the start
    SentAckOutOfOrder,    ///< a segment left a gap before it: duplicate ACK
    SentAckFillsGap,      ///< a segment filled a gap
    SentAckUnacceptable,  ///< the segment lay outside the window: an ACK says what is expected
    SentAckOfFin,         ///< a FIN arrived
    SentAckOfFinAgain,    ///< the FIN arrived again in TIME-WAIT
    SentAckWindowUpdate,  ///< the program read, and the window grew
    SentFin,              ///< the program closed and nothing is left to send
    SentRetransmission,   ///< the retransmission timer fired
    SentZeroWindowProbe,
    SentChallengeAckSyn,   ///< a SYN on a synchronized connection
    SentChallengeAckRst,   ///< a RST in the window but not at RCV.NXT
    SentChallengeAckAck,   ///< an ACK of something never sent
    SentRstNoConnection,   ///< no connection and no listener for this segment
    SentRstBadAck,         ///< in LISTEN, SYN-SENT or SYN-RECEIVED an ACK of something never sent
    SentRstAbort,          ///< the program aborted
    SentRstUnreadData,     ///< the program closed with data unread
    SentRstDataAfterClose, ///< data arrived for a program that has gone
    SentInjected,          ///< put on the wire by the scenario: an old duplicate or a forgery
    // A segment that arrived was ignored because ...
    IgnoredBadFcs,
    IgnoredBadIpChecksum,
    IgnoredBadTcpChecksum,
    IgnoredMalformed,
    IgnoredNotForUs,
    IgnoredFiltered,      ///< a firewall that drops silently
    IgnoredOutsideWindow, ///< §3.10.7.4, first
    IgnoredRstOutsideWindow,
    IgnoredRstNotExact,     ///< in the window, but not at RCV.NXT: a challenge ACK asks (§3.10.7.4, second)
    IgnoredSynOnConnection, ///< a challenge ACK asks (§3.10.7.4, fourth)
    IgnoredRstInListen,
    IgnoredRstWithoutAck,
    IgnoredRstInClosed,
    IgnoredOldAck, ///< acknowledges nothing new
    IgnoredAckOfUnsent,
    IgnoredDuplicateData, ///< every octet was there already
    IgnoredNoAck,         ///< no ACK where every segment must have one
    IgnoredNoSyn,         ///< in LISTEN or SYN-SENT: neither SYN nor RST
    IgnoredFinInClosedListenSynSent,
    // A packet was lost on its way because ...
    LostRandom,
    LostByCommand,
    LostQueueFull,
    // Something was done to a packet ...
    ChangedDelayed,
    ChangedHeld,
    ChangedLetGo,
    ChangedDuplicated,
    ChangedCorrupted,
    ChangedReordered,
    // Commands that could not be carried out as asked ...
    CommandTooLate, ///< the packet had already arrived or was never sent
    Count_,
};
std::string_view toString(Reason reason); ///< stable name: "sent-syn-ack"
std::string_view clauseOf(Reason reason); ///< "RFC 9293 §3.10.7.2", or empty

/// Variables of a connection that a trace follows. Sequence numbers raw, windows in octets, times in nanoseconds.
enum class Variable : std::uint8_t {
    Iss,
    Irs,
    SndUna,
    SndNxt,
    SndWnd,
    SndWl1,
    SndWl2,
    SndMss,
    SndBuffered,
    RcvNxt,
    RcvWnd,
    RcvBuffered,
    RcvOutOfOrder,
    Srtt,
    RttVar,
    Rto,
    Retransmissions,
};
constexpr int kVariableCount = 17;
std::string_view toString(Variable variable); ///< as the RFC spells it: "SND.UNA", "SRTT"
enum class VariableKind : std::uint8_t { Sequence, Octets, Duration, Count };
VariableKind kindOf(Variable variable);
/// Sequence numbers that count from our ISS (true) or from the peer's (false).
bool countsFromIss(Variable variable);

enum class Timer : std::uint8_t { Retransmission, DelayedAck, TimeWait, Persist };
constexpr int kTimerCount = 4;
std::string_view toString(Timer timer); ///< "retransmission", "delayed-ack", "time-wait", "persist"
enum class TimerChange : std::uint8_t { Started, Stopped, Fired };
std::string_view toString(TimerChange change);

/// What a program asks of TCP (RFC 9293 §3.9.1), or TCP tells the program.
enum class AppCall : std::uint8_t {
    Listen,
    Connect,
    Send,
    Receive,
    Close,
    Shutdown,
    Abort,
    Crash, ///< asked by the program
    Opened,
    Delivered,
    PeerClosed,
    Failed,
    Closed, ///< told to the program
};
std::string_view toString(AppCall call);
enum class AppResult : std::uint8_t {
    Ok,
    Refused,
    Reset,
    TimedOut,
    NoSuchConnection,
    AlreadyExists,
    Closing,
    Aborted,
};
std::string_view toString(AppResult result);

} // namespace packetarium
