// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every setting of a TCP endpoint in one place. Where the RFCs and a common
// kernel differ there is a profile, and each difference is one named setting
// here; docs/profiles.md lists them.

#include "core/base/seq32.h"
#include "core/base/sim_time.h"

#include <optional>
#include <string_view>
#include <vector>

namespace packetarium {

enum class Profile : std::uint8_t { Rfc, Linux };
std::string_view toString(Profile profile); ///< "rfc", "linux"
std::optional<Profile> parseProfile(std::string_view text);

/// Which congestion control a sender uses. None is a counterfactual: RFC 9293 §3.8.2 demands one (MUST-19).
enum class CongestionControl : std::uint8_t { None, Tahoe, Reno, NewReno, Cubic };
constexpr int kCongestionControlCount = 5;
std::string_view toString(CongestionControl algorithm); ///< "none", "tahoe", "reno", "newreno", "cubic"
std::optional<CongestionControl> parseCongestionControl(std::string_view text);

/// How connections are opened. Only three-way is TCP; the others are counterfactuals that show why (LEARNER-QUESTIONS 3, 4).
enum class Handshake : std::uint8_t {
    ThreeWay,
    TwoWay, ///< the passive side counts the connection as open once it has answered the SYN; nothing acknowledges its SYN
    FourWay ///< the passive side acknowledges the SYN and sends its own in two segments
};
constexpr int kHandshakeCount = 3;
std::string_view toString(Handshake handshake); ///< "three-way", "two-way", "four-way"
std::optional<Handshake> parseHandshake(std::string_view text);

struct TcpConfig {
    /// Fixed initial send sequence number; empty: by clock and keyed hash (RFC 9293 §3.4.1).
    std::optional<Seq32> iss;
    /// The host's further connections take these in turn (RFC 9293 Figures 8 and 9); the last one given stays.
    std::vector<Seq32> laterIss;
    std::uint16_t mss = 1460;            ///< MSS option sent in SYN segments, §3.7.1; octets
    bool mssBothWays = false;            ///< what this end sends is bounded by it, too, as by TCP_MAXSEG
    std::uint32_t receiveBuffer = 65535; ///< octets; RCV.WND never exceeds it
    std::uint32_t sendBuffer = 0;        ///< octets that may wait unsent or unacknowledged; 0: without limit
    /// Offer and take window scaling, RFC 7323 §2; the shift is the smallest that lets the whole buffer be announced.
    bool windowScaling = false;
    int windowShift = -1;    ///< this shift instead (0..14); -1: chosen as above
    bool timestamps = false; ///< offer and take timestamps, and with them PAWS, RFC 7323 §3-5
    bool sack = false;       ///< offer and take selective acknowledgments, RFC 2018; D-SACK, RFC 2883
    bool ecn = false;        ///< offer and take explicit congestion notification, RFC 3168
    bool delayedAck = true;  ///< §3.8.6.3
    SimDuration delayedAckTime = SimDuration::milliseconds(200); ///< MUST be < 0.5 s
    /// Acknowledgments that go at once at the start and after an RTO without data, but no more than half of the segments for
    /// which the window has room (linux: 16)
    int quickAcks = 0;
    /// linux: of ACKs that say nothing but how the gap stands, three go at once, and from then on one a twentieth of a round
    /// trip, at most a millisecond, after the first that was held.
    bool compressSack = false;
    /// linux: no more than 64 KiB are offered at first, and twice as much more as came in order
    bool growWindow = false;
    /// Octets that each segment takes of a receive buffer of twice `receiveBuffer`, whatever it holds, as memory is reckoned in
    /// a kernel; 0: a buffer counts octets of data
    std::uint32_t segmentMemory = 0;
    // Congestion control, RFC 5681
    CongestionControl congestionControl = CongestionControl::NewReno;
    int initialWindow = 0;     ///< segments; 0: two to four by size, RFC 5681 §3.1; linux: 10, RFC 6928
    bool byteCounting = false; ///< windows grow by the octets acknowledged and not by the ACKs counted, RFC 3465
    /// Segments by which one ACK lets a window grow then (L of RFC 3465 §2.3); linux: 0, no limit
    int slowStartLimit = 2;
    bool thresholdFromWindow = false; ///< linux: a loss takes ssthresh from cwnd instead of FlightSize, RFC 9438 §4.6
    bool limitedTransmit = true;      ///< RFC 3042
    int duplicateAcks = 3;            ///< that make a loss, RFC 5681 §3.2
    bool rack = false; ///< with SACK: a loss is what was sent before something that has arrived, RFC 8985 §6; linux
    bool tailLossProbe =
        false; ///< with SACK: after two round trips without an ACK a segment asks for one, RFC 8985 §7; linux
    bool restartAfterIdle = true;       ///< slow start again after an RTO of silence, RFC 5681 §4.1
    bool windowValidation = false;      ///< the window grows only while it is what limits the sender, RFC 7661; linux
    bool proportionalReduction = false; ///< spread the reduction over the round trip of a recovery, RFC 9937; linux
    bool pushBursts = false; ///< linux: segments leave in pairs where they can, and the last of a pair carries PSH
    bool fillWindow = false; ///< linux: behind a full segment a small one may go that uses up the window
    bool nagleAfterSmall =
        false; ///< linux: Nagle holds a small segment only while another small one is unacknowledged (Minshall)
    bool acknowledgeCrossedSyn =
        false; ///< linux: the SYN,ACK of a simultaneous open, a SYN known already, is acknowledged
    bool probeWithoutData =
        false; ///< linux: a zero-window probe is an empty segment at SND.UNA - 1 instead of an octet
    bool strictTimestamps =
        true; ///< a segment that lacks negotiated timestamps is dropped, RFC 7323 §3.2; linux: taken
    bool acknowledgeInAbort = false;   ///< linux: the reset that ends a connection from here is an acknowledgment, too
    bool abortOpenOnSoftError = false; ///< linux: "host unreachable" ends a connection that is still being opened
    bool nagle = true;                 ///< RFC 9293 §3.7.4; off: TCP_NODELAY
    bool cork =
        false; ///< no segment that is not full goes before half a second, the end of the data, or cork off: TCP_CORK
    SimDuration rtoInitial = SimDuration::seconds(1); ///< RFC 6298 §2.1
    SimDuration rtoMin = SimDuration::seconds(1);     ///< RFC 6298 §2.4
    bool rtoMinOnVariation =
        false;                   ///< linux: RTO = SRTT + max(4 RTTVAR, rtoMin) instead of max(SRTT + 4 RTTVAR, rtoMin)
    bool sampleEveryAck = false; ///< linux: each ACK of new data measures a round trip, instead of one at a time
    SimDuration rtoMax = SimDuration::seconds(60);               ///< RFC 6298 §2.5
    SimDuration rtoAfterSynLoss = SimDuration::seconds(3);       ///< RFC 6298 §5.7; linux: not raised
    SimDuration clockGranularity = SimDuration::milliseconds(1); ///< G of RFC 6298 §2
    int synRetries =
        7; ///< retransmissions of a SYN before giving up: R2 MUST be >= 3 min, §3.8.3 (1+2+4+...+60+60 s = 183 s); linux: 6
    /// So many of a SYN go before these, without the timeout growing: 4 in kernels from 6.5 on
    int synLinearRetries = 0;
    int synAckRetries = 7;                       ///< the same of a SYN,ACK; linux: 5
    int dataRetries = 8;                         ///< R2 for data, FIN and unanswered probes: at least 100 s, §3.8.3
    SimDuration msl = SimDuration::seconds(120); ///< §3.4.2; linux: 30 s
    bool timeWait = true;                        ///< false: a counterfactual, not TCP
    /// MAY-2 of §3.6.1: a SYN with a number above the last one seen may reopen a connection in TIME-WAIT.
    bool reopenFromTimeWait = true;
    /// linux: a duplicate SYN in SYN-RECEIVED is answered with SYN,ACK again instead of a challenge ACK.
    bool synAckOnDuplicateSyn = false;
    bool resetOnUnreadData = true; ///< SHLD-3, §3.6.1
    bool keepAlive = false;        ///< §3.8.4: MUST default to off
    SimDuration keepAliveIdle =
        SimDuration::seconds(7200); ///< of silence before the first probe: at least 2 hours by default
    SimDuration keepAliveInterval = SimDuration::seconds(75);
    int keepAliveProbes = 9; ///< unanswered, and the connection is given up
    /// Data unacknowledged for so long ends the connection, §3.8.3, RFC 5482; 0: only the retries do.
    SimDuration userTimeout;
    int challengeAcks = 10;  ///< at most so many in five seconds, RFC 5961 §7; 0: without limit
    int synBacklog = 128;    ///< half-open connections a listener keeps; a further SYN is dropped or gets a cookie
    bool synCookies = false; ///< RFC 4987 §3.6
    // Counterfactuals: not TCP, and marked so on the screen. timeWait = false is another.
    Handshake handshake = Handshake::ThreeWay;
    bool holdAckForFin = false; ///< a passive closer must not acknowledge the FIN before it sends its own

    /// Whether this end keeps to the standards: no counterfactual is chosen.
    bool isTcp() const
    {
        return handshake == Handshake::ThreeWay && !holdAckForFin && timeWait &&
               congestionControl != CongestionControl::None;
    }

    bool operator==(const TcpConfig&) const = default;
    static TcpConfig forProfile(Profile profile);
};

} // namespace packetarium
