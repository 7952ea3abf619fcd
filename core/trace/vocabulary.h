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
enum class Reason : std::uint8_t {
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
    SentFastRetransmit,    ///< the third duplicate ACK: the oldest segment is taken for lost
    SentRackRetransmit,    ///< one that was sent later has arrived: the segment is taken for lost
    SentTailLossProbe,     ///< no acknowledgment came for two round trips: the end of the flight may be lost
    SentRecovery,          ///< during fast recovery: a partial acknowledgment or the SACK scoreboard shows another hole
    SentLimitedTransmit,   ///< the first or second duplicate ACK lets one new segment go
    SentAfterTimeout,      ///< after a time-out what was under way goes again as acknowledgments come back
    SentOverrideTimer,     ///< a small segment has waited long enough for a larger window
    SentKeepAlive,         ///< nothing was heard for long: one segment before the window asks whether the peer is there
    SentSmallerSegment,    ///< a router said that segments are too large for the path: the oldest goes again, smaller
    SentAckPaws,           ///< the segment's timestamp is older than the last one seen: an ACK says where things stand
    SentSynCookie,         ///< the SYN queue is full: a SYN,ACK whose number holds all that must be remembered
    SentChallengeAckSyn,   ///< a SYN on a synchronized connection
    SentChallengeAckRst,   ///< a RST in the window but not at RCV.NXT
    SentChallengeAckAck,   ///< an ACK of something never sent
    SentRstNoConnection,   ///< no connection and no listener for this segment
    SentRstBadAck,         ///< in LISTEN, SYN-SENT or SYN-RECEIVED an ACK of something never sent
    SentRstAbort,          ///< the program aborted
    SentRstUnreadData,     ///< the program closed with data unread
    SentRstDataAfterClose, ///< data arrived for a program that has gone
    SentInjected,          ///< put on the wire by the scenario: an old duplicate or a forgery
    // A frame was sent because ...
    SentRepeated, ///< a hub repeats on every other port what it hears
    SentSwitched, ///< a switch knows the port of the destination
    SentFlooded,  ///< a switch does not know it, or it is a group: every other port
    SentRouted,   ///< a router passes a datagram on
    SentArpRequest,
    SentArpReply,
    SentNeighborSolicitation,
    SentNeighborAdvertisement,
    SentEchoRequest,
    SentEchoReply,
    SentTraceProbe, ///< traceroute: a datagram whose TTL ends on the way
    SentDatagram,   ///< a program sent it by UDP
    SentDnsQuery,
    SentDnsAnswer,
    SentNetworkUnreachable, ///< ICMP 3/0: no route
    SentHostUnreachable,    ///< ICMP 3/1: nobody answers to ARP
    SentPortUnreachable,    ///< ICMP 3/3, ICMPv6 1/4: no program at this UDP port
    SentProtocolUnreachable,
    SentFragmentationNeeded, ///< ICMP 3/4, ICMPv6 2: larger than the next link, and not to be fragmented
    SentTimeExceeded,        ///< ICMP 11/0, ICMPv6 3/0: TTL ended
    SentParameterProblem,    ///< ICMPv6 4: a header that is not known and may not be passed over
    SentReassemblyTimeExceeded,
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
    IgnoredPaws,            ///< its timestamp is older than the last one seen
    IgnoredChallengeLimit,  ///< a challenge ACK was due, but enough of them have been sent lately
    IgnoredSynQueueFull,    ///< no room for another half-open connection
    IgnoredBacklogFull,     ///< the program has not accepted the connections that wait
    IgnoredBadCookie,       ///< an ACK for a listening port that no SYN cookie of ours fits
    IgnoredIcmpSoft,        ///< an ICMP error that may pass: the connection goes on trying
    IgnoredIcmpNotInFlight, ///< an ICMP error about a number that is not under way: old or forged
    IgnoredNotForThisMac,   ///< a frame for another node, heard because a hub or a switch sent it everywhere
    IgnoredSwitchSamePort,  ///< the destination is where the frame came from
    IgnoredNotRouted,       ///< this host is not a router: the datagram is for another address
    IgnoredNoRoute,
    IgnoredTtlExpired,
    IgnoredTooBig,      ///< larger than the next link, and not to be fragmented
    IgnoredNoNeighbor,  ///< nobody answered ARP or neighbour solicitation: what waited is given up
    IgnoredArpNotForUs, ///< a request for another node's address
    IgnoredBadIcmpChecksum,
    IgnoredBadUdpChecksum,
    IgnoredNoUdpPort, ///< no program has this port open
    IgnoredUnknownProtocol,
    IgnoredUnexpected,      ///< an answer that nobody asked for
    IgnoredFragmentOverlap, ///< RFC 5722; RFC 1858 for IPv4
    IgnoredFragmentEcn,     ///< one part bears a mark, another cannot bear one
    IgnoredReassemblyTimeout,
    IgnoredReassemblyLimit,   ///< too many fragments waiting
    IgnoredBadSource,         ///< its source is no single host: a group, a broadcast, a loopback or no address
    IgnoredIcmpMtu,           ///< an ICMP error names an MTU below the least, or one that what was sent would fit
    IgnoredUnknownHeader,     ///< an IPv6 extension header or option that is not known and may not be passed over
    IgnoredNoNextHeader,      ///< nothing follows the IPv6 headers
    IgnoredIcmpLimit,         ///< an ICMP error was due, but enough of them have been sent lately
    IgnoredReceiveBufferFull, ///< UDP: the program has not read what came before
    IgnoredNodeOff,
    // A packet was lost on its way because ...
    LostRandom,
    LostByCommand,
    LostQueueFull,
    LostUnplugged,    ///< the cable was pulled
    LostAfterCapture, ///< captured, but nothing shows that it arrived, and it was sent again
    // Something was done to a packet ...
    ChangedDelayed,
    ChangedHeld,
    ChangedLetGo,
    ChangedDuplicated,
    ChangedCorrupted,
    ChangedReordered,
    ChangedMarked, ///< a router marked it instead of dropping it: congestion experienced
    // Commands that could not be carried out as asked ...
    CommandTooLate,     ///< the packet had already arrived or was never sent
    CommandNothingToDo, ///< already unplugged, already off ...
    // What a capture shows of a segment (core/capture) ...
    CapturedMidway,      ///< what led here is not in the capture: it begins later
    CapturedAfterGap,    ///< the octets before it are in no packet of the capture
    CapturedAckOfUnseen, ///< acknowledges octets that are in no packet of the capture
    CapturedOutOfOrder,  ///< a later one overtook it
    CapturedZeroWindow,  ///< an acknowledgment that closes the window
    CapturedCut,         ///< the capture kept only its beginning
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
    // Congestion control, RFC 5681
    Cwnd,
    Ssthresh,
    Recover,       ///< the number up to which the loss now being repaired reaches; 0 when nothing is
    Pipe,          ///< octets taken to be in the network while losses are repaired, RFC 6675 §2
    DuplicateAcks, ///< in a row
    Phase,         ///< a CongestionPhase
    LimitedBy,     ///< a SendLimit: what keeps more from being sent now
    SndScale,      ///< the peer's windows count in units of 2^this, RFC 7323 §2
    RcvScale,
    // What the receiver holds beyond a gap, and what of ours the peer says it holds (RFC 2018); 0 where there is none
    OutOfOrder1,
    OutOfOrder2,
    OutOfOrder3,
    OutOfOrder4,
    Sacked1,
    Sacked2,
    Sacked3,
    Sacked4,
};
constexpr int kVariableCount = 34;
std::string_view toString(Variable variable); ///< as the RFC spells it: "SND.UNA", "SRTT"
/// Range: left << 32 | right, sequence numbers, right not included. Choice: an enumerator of CongestionPhase or SendLimit.
enum class VariableKind : std::uint8_t { Sequence, Octets, Duration, Count, Range, Choice };
VariableKind kindOf(Variable variable);
/// Sequence numbers that count from our ISS (true) or from the peer's (false).
bool countsFromIss(Variable variable);

/// Where a sender is in congestion control (Variable::Phase).
enum class CongestionPhase : std::uint8_t {
    SlowStart,           ///< RFC 5681 §3.1: cwnd grows by a segment for each ACK
    CongestionAvoidance, ///< RFC 5681 §3.1: by about a segment for each round trip
    FastRecovery,        ///< RFC 5681 §3.2, RFC 6582, RFC 6675
    AfterTimeout,        ///< slow start while what the time-out found lost is sent again
};
constexpr int kCongestionPhaseCount = 4;
std::string_view toString(CongestionPhase phase); ///< "slow-start" ...
/// What keeps a sender from sending more now (Variable::LimitedBy).
enum class SendLimit : std::uint8_t {
    Program,          ///< it has written no more
    ReceiverWindow,   ///< SND.UNA + SND.WND is reached
    CongestionWindow, ///< cwnd is used up
    Nagle,            ///< a small segment waits for an acknowledgment (RFC 9293 §3.7.4)
    SmallWindow,      ///< what the window leaves is not worth a segment (RFC 9293 §3.8.6.2.1)
};
constexpr int kSendLimitCount = 5;
std::string_view toString(SendLimit limit); ///< "program" ...

enum class Timer : std::uint8_t {
    Retransmission,
    DelayedAck,
    TimeWait,
    Persist,
    KeepAlive,
    UserTimeout,
    TailLossProbe, ///< RFC 8985 §7
    Reordering,    ///< RFC 8985 §6.2, step 5
};
constexpr int kTimerCount = 8;
std::string_view
toString(Timer timer); ///< "retransmission", "delayed-ack", "time-wait", "persist", "keep-alive", "user-timeout", ...
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
    Accept, ///< asked, and recorded when it returns
};
constexpr int kAppCallCount = 14;
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
    Unreachable, ///< an ICMP error said that the peer cannot be reached
    WouldBlock,  ///< the send buffer is full, nothing to read, nobody to accept
    NoPortLeft,  ///< every ephemeral port is in use for this peer
};
std::string_view toString(AppResult result);

enum class NodeKind : std::uint8_t { Host, Router, Switch, Hub };
std::string_view toString(NodeKind kind); ///< "host", "router", "switch", "hub"

/// What the frame carries, by the innermost protocol that this program understands.
enum class Protocol : std::uint8_t { Other, Arp, Icmp, Icmpv6, Udp, Tcp, Dns, Http, Tls };
std::string_view toString(Protocol protocol); ///< "ARP", "ICMP" ..., as people write them; "?" for Other

/// What happens to a unit at a layer of a node (RecordKind::Layer).
enum class LayerAct : std::uint8_t {
    Made,      ///< the application's data, before any header
    Added,     ///< this layer put its header (and trailer) around it
    Signalled, ///< the frame leaves as bits on the cable
    Received,  ///< bits came in from the cable
    Read,      ///< this layer looked at its header and passes the unit on unopened (a switch)
    Rewritten, ///< this layer changed fields of its header (a router: TTL and checksum)
    Removed,   ///< this layer took its header off and handed the rest up
    Delivered, ///< the application got its data
    Refused,   ///< this layer threw it away; the SegmentIgnored record beside it says why
};
std::string_view toString(LayerAct act);

enum class TableKind : std::uint8_t { Arp, Neighbor, Switch, Route, Dns, SynQueue, AcceptQueue };
constexpr int kTableKindCount = 7;
std::string_view toString(TableKind kind);
enum class TableChange : std::uint8_t { Added, Changed, Used, Missed, Expired, Removed };
std::string_view toString(TableChange change);

/// What a program on a host did or met (RecordKind::Program). `value` and `text` of the record as said here.
enum class ProgramEvent : std::uint8_t {
    DatagramSent,     ///< value: octets; text: to whom, "10.0.0.2:7"
    DatagramReceived, ///< value: octets; text: from whom
    DatagramRefused, ///< an ICMP error came back, or it could not leave; b: ProgramTrouble; text: who sent it, or empty
    PingSent,        ///< value: sequence number; text: to whom
    PingAnswered,    ///< value: round trip, ns; text: from whom
    PingTimedOut,    ///< value: sequence number
    PingRefused,     ///< b: ProgramTrouble; text: who sent the error
    TraceProbed,     ///< value: TTL
    TraceHop,        ///< value: TTL; text: who answered
    TraceNoAnswer,   ///< value: TTL
    TraceDone,       ///< value: hops; text: the destination; b: ProgramTrouble if it was not reached
    ResolveAsked,    ///< text: the name
    ResolveCached,   ///< from the cache; text: the name
    ResolveAnswered, ///< text: "www.example.com 93.184.216.34"
    ResolveFailed,   ///< b: ProgramTrouble; text: the name
    NameServed,      ///< a name server answered; text: the name; b: ProgramTrouble if it has no address to give
    NameReferred,    ///< a name server pointed to another; text: "com a.gtld-servers.net"
    UrlOpened,       ///< text: the URL
    UrlConnecting,   ///< text: "93.184.216.34:80"
    UrlRequested,    ///< text: "GET /image.png"
    UrlAnswered,     ///< value: status; text: "200 OK"
    UrlShown,        ///< value: octets of the body; text: the media type
    UrlFailed,       ///< b: ProgramTrouble; text: the URL
    RequestReceived, ///< text: "GET /image.png"
    ResponseSent,    ///< value: status; text: "200 OK"
    TextEncoded,     ///< value: octets; text: the charset
    TextCompressed,  ///< value: octets after; text: "gzip"
    TextEncrypted,   ///< value: octets after; text: the cipher
    TextDecrypted,   ///< value: octets after; text: the cipher
    TextInflated,    ///< value: octets after; text: "gzip"
    TextDecoded,     ///< value: characters; text: what the reader sees
    TextGarbled,     ///< as TextDecoded, but octets did not fit the charset
    TurnTaken,       ///< half duplex: this side may speak now; text: what it says
    TransferAsked,   ///< value: octet from which the rest is asked for
    TransferServed,  ///< value: octet from which it is sent
    TransferCheckpoint, ///< value: octets that are safe
    TransferCut,        ///< the connection is gone; b: ProgramTrouble; value: octets that are safe
    TransferDone,       ///< value: octets in all
    Count_,
};
std::string_view toString(ProgramEvent event);

enum class ProgramTrouble : std::uint8_t {
    None,
    NoSuchName,
    NoAnswer,
    BadAnswer,
    ServerFailed,
    NetworkUnreachable,
    HostUnreachable,
    PortUnreachable,
    ProtocolUnreachable,
    FragmentationNeeded,
    TtlExceeded,
    ConnectionRefused,
    ConnectionReset,
    NotReachable, ///< no route of its own
    BadKey,       ///< a record did not decrypt
    NoNameServer, ///< this host has been told of none
};
std::string_view toString(ProgramTrouble trouble);

} // namespace packetarium
