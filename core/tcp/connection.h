// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One TCP endpoint, as RFC 9293 describes it: a control block, user calls
// (§3.10.1-6), SEGMENT ARRIVES (§3.10.7) and time-outs (§3.10.8), with loss
// recovery and congestion control after RFC 5681, 6298, 6582, 6675 and 9438.
//
// It does no I/O and knows no clock: every entry point is given the time and a
// sink for what comes of it. It is a plain copyable value, so that a
// checkpoint of the world is a copy. Read state.h and transition_table.h
// first; then onSegment() follows the RFC step by step. What an acknowledgment
// brings about is in connection_ack.cpp, what a loss does in
// connection_recovery.cpp, the options in connection_options.cpp.

#include "core/tcp/byte_queue.h"
#include "core/tcp/config.h"
#include "core/tcp/congestion.h"
#include "core/tcp/isn.h"
#include "core/tcp/rack.h"
#include "core/tcp/reassembly.h"
#include "core/tcp/receive_memory.h"
#include "core/tcp/rtt_estimator.h"
#include "core/tcp/scoreboard.h"
#include "core/tcp/transition_table.h"
#include "core/trace/vocabulary.h"
#include "core/wire/tcp_segment.h"

#include <algorithm>
#include <array>
#include <memory>

namespace packetarium {

/// What a connection says while it is called: segments to send, news for its program, and notes for the trace.
class TcpSink {
public:
    virtual void sendSegment(const TcpSegment& segment, Reason cause, bool retransmission) = 0;
    virtual void deliver(ByteView data) = 0;               ///< in order, each octet once
    virtual void tell(AppCall what, AppResult result) = 0; ///< Opened, PeerClosed, Failed, Closed
    virtual void stateChanged(const TcpTransition& row) = 0;
    virtual void variableChanged(Variable variable, std::uint64_t value) = 0;
    virtual void timerChanged(Timer timer, TimerChange change, SimTime deadline) = 0;
    virtual void ignored(Reason why) = 0;
    /// False: nobody follows variables and timers, so that they need not be told.
    virtual bool follows() const { return true; }
    /// The initial sequence number that is fixed for the connection now beginning; without one it is by clock and hash.
    virtual std::optional<Seq32> fixedIss(const TcpConfig& config) { return config.iss; }

protected:
    ~TcpSink() = default;
};

class Connection {
public:
    using Config = std::shared_ptr<const TcpConfig>;
    Connection(Config config, const IsnSecret& secret, const IpAddress& local);
    Connection(const TcpConfig& config, const IsnSecret& secret, const IpAddress& local);

    // User calls, §3.10.1-6. The result is what the call returns at once.
    AppResult openPassive(SimTime now, std::uint16_t localPort, std::optional<Endpoint> remote, TcpSink& out);
    AppResult openActive(SimTime now, std::uint16_t localPort, const Endpoint& remote, TcpSink& out);
    /// Takes all of it. What does not fit the send buffer waits before it, as in a program whose write blocks. `push`: as SEND's
    /// flag (§3.9.1.2); without it what makes no full segment waits for more, though not for long (MUST-60).
    AppResult send(SimTime now, Octets data, TcpSink& out, bool push = true);
    AppResult send(SimTime now, ByteView data, TcpSink& out) { return send(now, Octets::borrow(data), out); }
    /// How much a write would take at once; all there can be if the send buffer has no limit.
    std::size_t sendRoom() const;
    /// Reads up to `most` octets (0: all) that wait for the program; they come through deliver().
    AppResult receive(SimTime now, std::uint32_t most, TcpSink& out);
    /// Read whatever arrives at once, as a program that always waits in a read would.
    void setAutoRead(SimTime now, bool on, TcpSink& out);
    /// "I have no more data to send": RFC 9293's CLOSE; data still arrive.
    AppResult shutdown(SimTime now, TcpSink& out);
    /// A program's close(): as shutdown, and what arrives from now on nobody will read (§3.6.1).
    AppResult close(SimTime now, TcpSink& out);
    AppResult abort(SimTime now, TcpSink& out);
    /// Other settings from now on: those that only matter at the start stay without effect.
    void configure(SimTime now, const TcpConfig& config, TcpSink& out);
    const TcpConfig& config() const { return *config_; }

    /// What send(), receive() and close()/shutdown() would return now, without doing it.
    AppResult mayTakeData() const;
    AppResult mayReceive() const;
    AppResult mayClose(bool alsoReading) const;

    /// In LISTEN: whether the OPEN was for this remote socket, or for any.
    bool listensTo(const Endpoint& remote) const { return !remoteWasGiven_ || remote == remote_; }
    /// In LISTEN: whom the segment about to be given to onSegment() is from.
    void hearFrom(const IpAddress& remote) { remote_.address = remote; }
    /// Likewise, where this end has several addresses: to which of them it came.
    void hearFrom(const IpAddress& remote, const IpAddress& local)
    {
        remote_.address = remote;
        local_.address = local;
    }
    /// What the MTU to there leaves for a segment's data: from now on no more is sent.
    void limitMss(std::uint16_t octets);
    /// What the MTU of the own link leaves: no more is offered (§3.7.1; the way there, RFC 1191 §3.1, does not matter).
    void limitOfferedMss(std::uint16_t octets) { offeredMssLimit_ = octets; }
    /// A router said that a segment was too large: as limitMss(), and what it dropped goes again (RFC 1191 §6.4).
    void onPathMtu(SimTime now, std::uint16_t mss, TcpSink& out);
    /// An ICMP error about a segment of this connection that bore `seq`. Soft: it may pass (§3.9.2.2, RFC 5927).
    void onIcmpError(SimTime now, Seq32 seq, bool soft, AppResult meaning, TcpSink& out);
    void onSegment(SimTime now, const TcpSegment& segment, TcpSink& out);
    /// Runs every timer whose deadline is at or before now.
    void onTimer(SimTime now, TcpSink& out);
    SimTime nextDeadline() const { return nextDeadline_; }
    /// In LISTEN: the connection that a SYN cookie stands for, to which `ack` then belongs (RFC 4987 §3.6). `iss` and `irs` are
    /// what the SYN,ACK and the SYN bore.
    void resumeFromCookie(SimTime now, Seq32 iss, Seq32 irs, std::uint16_t peerMss, const TcpSegment& ack,
                          TcpSink& out);

    TcpState state() const { return state_; }
    const Endpoint& local() const { return local_; }
    const Endpoint& remote() const { return remote_; }
    bool openedPassively() const { return passive_; }
    /// A SYN that may reopen the four-tuple while this end is in TIME-WAIT (§3.6.1, MAY-2).
    bool mayBeReopenedBy(const TcpSegment& segment) const;
    /// In LISTEN or CLOSED: the next initial sequence number is to be above `used`, the last one of the connection that gave
    /// way (§3.6.1, MAY-2).
    void beginAbove(Seq32 used) { issAbove_ = used; }
    /// Leaves TIME-WAIT for a SYN that mayBeReopenedBy() accepted.
    void giveWayToNewConnection(SimTime now, TcpSink& out);

    // The variables of §3.3.1 and RFC 5681, for status calls, invariants and tests.
    Seq32 iss() const { return iss_; }
    Seq32 irs() const { return irs_; }
    Seq32 sndUna() const { return sndUna_; }
    Seq32 sndNxt() const { return sndNxt_; }
    std::uint32_t sndWnd() const { return sndWnd_; }
    Seq32 rcvNxt() const { return rcvNxt_; }
    std::uint32_t rcvWnd() const;
    std::uint32_t cwnd() const { return window_.cwnd(); }
    std::uint32_t ssthresh() const { return window_.ssthresh(); }
    std::uint32_t smss() const; ///< data that a segment carries at most, options counted off
    std::uint32_t flightSize() const { return static_cast<std::uint32_t>(sndNxt_ - sndUna_); }
    CongestionPhase phase() const;
    SendLimit limitedBy() const;
    int duplicateAcks() const { return dupAcks_; }
    bool usesSack() const { return sackOn_; }
    bool usesEcn() const { return ecnOn_; }
    std::size_t octetsUnsent() const;
    std::size_t octetsUnacknowledged() const { return sendQueue_.size(); } ///< and unsent: all in the send buffer
    std::size_t octetsUnread() const { return received_.size(); }
    /// What a soft error last said; reported if the connection fails by a time-out.
    AppResult softError() const { return softError_; }
    const RttEstimator& rtt() const { return rtt_; }
    /// Throws std::logic_error naming the invariant that does not hold. For tests and debug builds.
    void checkInvariants() const;

private:
    // connection.cpp: the one place where state changes, timers
    void beginAnew();
    void take(SimTime now, TcpEvent event, TcpSink& out);
    void startTimer(Timer timer, SimTime deadline, TcpSink& out);
    void stopTimer(Timer timer, TcpSink& out);
    void findNextDeadline();
    void runTimer(Timer timer, SimTime now, TcpSink& out);
    bool running(Timer timer) const { return !deadlines_[static_cast<std::size_t>(timer)].isNever(); }
    SimTime deadline(Timer timer) const { return deadlines_[static_cast<std::size_t>(timer)]; }
    void enterTimeWait(SimTime now, TcpSink& out);
    void deleteTcb(TcpSink& out);
    void returnToListen(SimTime now, TcpEvent event, TcpSink& out);
    void fail(SimTime now, TcpEvent event, AppResult why, TcpSink& out);
    // connection_publish.cpp
    void publish(TcpSink& out);

    // connection_segments.cpp: §3.10.7
    void arrivesInClosed(const TcpSegment& seg, TcpSink& out);
    void arrivesInListen(SimTime now, const TcpSegment& seg, TcpSink& out);
    void keepForEstablished(const TcpSegment& syn);
    void arrivesInSynSent(SimTime now, const TcpSegment& seg, TcpSink& out);
    void arrivesElsewhere(SimTime now, TcpSegment seg, TcpSink& out);
    bool acceptable(const TcpSegment& seg) const;
    bool repeatsSyn(const TcpSegment& seg) const;
    void rememberTimestamp(SimTime now, const TcpSegment& seg);
    bool refusedByTimestamp(SimTime now, const TcpSegment& seg, TcpSink& out);
    void answerUnacceptable(SimTime now, const TcpSegment& seg, TcpSink& out);
    void checkRst(SimTime now, const TcpSegment& seg, TcpSink& out);
    void checkSyn(SimTime now, TcpSink& out);
    void processText(SimTime now, const TcpSegment& seg, TcpSink& out);
    void processFin(SimTime now, TcpSink& out);
    void advanceReceive(SimTime now, TcpSink& out);
    void takeIn(ByteView data, TcpSink& out);

    // connection_ack.cpp: fifth, check the ACK field
    bool ackMayBe(SimTime now, const TcpSegment& seg, TcpSink& out);
    bool checkAck(SimTime now, const TcpSegment& seg, bool finInOrder, bool crossed, bool& news, TcpSink& out);
    void sendAfterAck(SimTime now, bool news, TcpSink& out);
    void synAcknowledged(SimTime now, const TcpSegment& seg, bool bySynAck, TcpSink& out);
    void becomeEstablished(SimTime now, TcpSink& out);
    void acknowledgeUpTo(SimTime now, const TcpSegment& seg, TcpSink& out);
    void updateWindow(const TcpSegment& seg, bool advances);
    /// `congested`: it bears ECN-Echo, or shows that a probe repaired a loss.
    void countAck(SimTime now, std::uint32_t octets, bool congested, TcpSink& out);
    void noteEce(SimTime now, const TcpSegment& seg, std::uint32_t flight, TcpSink& out);
    void noteReduction();
    void noteUse();
    bool windowWasUsed() const;

    // connection_recovery.cpp
    void duplicateAck(SimTime now, TcpSink& out);
    void enterRecovery(SimTime now, TcpSink& out);
    void ackInRecovery(SimTime now, std::uint32_t octets, TcpSink& out);
    void sendInRecovery(SimTime now, TcpSink& out);
    std::optional<SackBlock> nextToRepair() const;
    std::uint32_t lossesKnown() const;
    void reduceProportionally(std::uint32_t delivered, bool began, bool safe);
    void leaveRecovery();
    void startOver();
    void resendLost(SimTime now, Reason cause, TcpSink& out);
    void resendMarked(SimTime now, Reason cause, TcpSink& out);
    bool resendsMore() const;
    std::uint32_t sendRescue(SimTime now, TcpSink& out);
    bool sameLossAgain() const;
    /// How many sequence numbers it was in the end: options may leave room for less.
    std::uint32_t sendAgain(SimTime now, Seq32 from, std::uint32_t mostOctets, Reason cause, TcpSink& out);

    // connection_rack.cpp
    bool usesRack() const { return config_->rack && sackOn_; }
    bool tracksSegments() const
    {
        return config_->sampleEveryAck || (sackOn_ && (config_->rack || config_->tailLossProbe));
    }
    void rackHears(SimTime now, const TcpSegment& seg, bool duplicate);
    void lookForLosses(SimTime now, TcpSink& out);
    void planProbe(SimTime now, TcpSink& out);
    void probeTail(SimTime now, TcpSink& out);
    bool probeAnswered(SimTime now, const TcpSegment& seg, std::uint32_t flight, bool duplicateOfProbe,
                       bool pureRepeat);

    // connection_timers.cpp
    void retransmissionTimeout(SimTime now, TcpSink& out);
    void persistTimeout(SimTime now, TcpSink& out);
    void keepAliveTimeout(SimTime now, TcpSink& out);
    bool endsByUserTimeout() const;
    void giveUp(SimTime now, TcpSink& out);
    void watchWindow(SimTime now, TcpSink& out);
    void resumeAfterProbing(SimTime now, TcpSink& out);
    void watchProgress(SimTime now, TcpSink& out);
    void restartKeepAlive(SimTime now, TcpSink& out);
    bool mayChallenge(SimTime now, TcpSink& out);

    // connection_options.cpp
    void offerOptions(SimTime now, TcpSegment& syn) const;
    void agreeOnOptions(SimTime now, const TcpSegment& syn);
    void addOptions(SimTime now, TcpSegment& seg);
    std::size_t optionOctets() const;
    std::uint16_t sendMssFrom(const TcpSegment& syn) const;
    std::uint16_t ownMss() const { return std::min(config_->mss, offeredMssLimit_); }
    std::uint32_t timestampAt(SimTime now) const;
    std::uint32_t windowOf(const TcpSegment& seg) const;
    std::uint16_t windowField(bool inSyn);
    int ownShift() const;

    // connection_output.cpp
    void sendSyn(SimTime now, Reason cause, TcpSink& out);
    void sendQueued(SimTime now, Reason cause, TcpSink& out);
    Seq32 numberWithoutData() const;
    void sendAck(SimTime now, Reason cause, TcpSink& out);
    void sendRst(SimTime now, Seq32 seq, Reason cause, TcpSink& out);
    void sendAbort(SimTime now, Reason cause, TcpSink& out);
    void emit(SimTime now, TcpSegment& seg, Reason cause, bool retransmission, TcpSink& out);
    void sendNext(SimTime now, std::uint32_t mostOctets, Reason cause, bool push, TcpSink& out);
    void sendFin(SimTime now, TcpSink& out);
    void leaveCloseWait(SimTime now, TcpSink& out);
    void fillSendBuffer();
    void restartIfIdle(SimTime now);
    Seq32 newIss(SimTime now, TcpSink& out);
    TcpSegment segmentAt(Seq32 seq, std::uint32_t mostOctets) const;
    std::uint32_t windowToAdvertise();
    std::uint32_t firstWindow() const;
    std::uint32_t windowOfMemory();
    ReceiveMemory::Size memorySize() const
    {
        return {2 * std::int64_t{config_->receiveBuffer}, config_->segmentMemory};
    }
    /// Where what the program has not read begins.
    Seq32 unreadFrom() const { return rcvNxt_ - static_cast<std::uint32_t>(received_.size()) - (finReceived_ ? 1 : 0); }
    std::size_t octetsHeld() const { return received_.size() + reassembly_.octets(); }
    std::uint32_t worthwhileWindowStep() const;
    bool worthTelling(std::uint32_t before, std::uint32_t after) const;
    void markForAck(Reason cause, bool atOnce);
    void flushAck(SimTime now, TcpSink& out);
    bool compressesAck();
    void refreshQuickAcks(SimTime now, std::uint32_t window, std::uint32_t octets);
    void growOffer(std::size_t octets);
    std::uint32_t receiverRoom() const;
    std::uint32_t congestionRoom() const;
    std::uint32_t inNetwork() const;
    std::uint32_t usableWindow() const { return std::min(receiverRoom(), congestionRoom()); }
    bool worthSending() const;
    bool mayFillWindow() const;
    bool nagleHolds() const;
    bool moreComes() const { return (config_->cork || !pushed_) && !finQueued_; }

    bool synchronized() const { return state_ >= TcpState::Established; }
    bool mayCarryData() const;
    bool synUnacknowledged() const { return seqGt(sendBase_, sndUna_); }
    bool finUnacknowledged() const { return finSent_ && !finAcked_; }
    /// A counterfactual: the FIN that came is not acknowledged before this end's own goes.
    bool holdsAckOfFin() const { return config_->holdAckForFin && passiveCloser_ && finReceived_ && !finSent_; }

    Config config_;
    IsnSecret secret_;
    TcpState state_ = TcpState::Closed;
    bool passive_ = false; ///< the OPEN was passive: decides what a reset in SYN-RECEIVED leads to
    bool remoteWasGiven_ = false;
    bool readerGone_ = false; ///< close(), not shutdown(): nobody will read again
    bool autoRead_ = true;
    bool passiveCloser_ = false; ///< the peer's FIN came before ours was sent
    AppResult softError_ = AppResult::Ok;
    Endpoint local_, remote_;
    std::uint16_t mssLimit_ = 65535, offeredMssLimit_ = 65535;

    // Send sequence space, §3.3.1
    Seq32 iss_, sndUna_, sndNxt_, sndWl1_, sndWl2_;
    std::optional<Seq32> issAbove_;
    Seq32 smallEnd_; ///< where the last segment ended that was not full
    std::uint32_t sndWnd_ = 0, maxSndWnd_ = 0;
    std::uint16_t sndMss_ = 536; ///< §3.7.1, MUST-15
    ByteQueue sendQueue_;        ///< octets from sendBase_ on that are not acknowledged yet
    ByteQueue waiting_;          ///< written, and without room in the send buffer yet
    Seq32 sendBase_;
    bool pushed_ = true; ///< the last SEND had its PUSH flag
    bool finQueued_ = false, finSent_ = false, finAcked_ = false;

    // Receive sequence space
    std::uint32_t largestBuffer_ = 0; ///< a buffer made smaller keeps what was promised before (§3.8.6)
    Seq32 irs_, rcvNxt_, rcvEdge_;    ///< rcvEdge_: right edge already promised; it never moves left (§3.8.6)
    ByteQueue received_;              ///< in order, not read yet
    Reassembly reassembly_;
    ReceiveMemory memory_; ///< of use with the setting segment-memory
    bool finReceived_ = false;

    // Options agreed on in the handshake
    bool timestampsOn_ = false, sackOn_ = false, ecnOn_ = false;
    bool scaleAgreed_ = false;
    std::uint8_t sndScale_ = 0, rcvScale_ = 0;
    std::uint32_t tsRecent_ = 0; ///< RFC 7323 §4.3
    SimTime tsRecentAt_;
    Seq32 lastAckSent_;
    SackBlock duplicate_;         ///< to be reported by D-SACK with the next ACK; empty: nothing
    bool echoCongestion_ = false; ///< ECE goes with each ACK
    bool markToTell_ = false;     ///< a mark came with what the next ACK acknowledges
    bool reduced_ = false;        ///< CWR goes with the next new data

    // Acknowledging, §3.8.6.3
    bool ackPending_ = false, ackAtOnce_ = false;
    Reason ackReason_ = Reason::None;
    std::uint32_t unackedOctets_ = 0;
    int acksAtOnceLeft_ = 0;
    SimTime lastData_ = SimTime::never(); ///< when data came last; kept while quick acknowledgments are wanted
    Seq32 repeatsFrom_;                   ///< RCV.NXT that ACKs repeat,
    int repeatsAtOnce_ = 0;               ///< and how many went at once
    std::uint32_t offerLimit_;            ///< of a window that grows with what comes: no more is offered now
    int challenges_ = 0;                  ///< sent since challengesSince_
    SimTime challengesSince_;

    // Retransmission, RFC 6298
    RttEstimator rtt_;
    Seq32 timedSeq_;                     ///< the octet whose acknowledgment ends the sample
    SimTime timedAt_ = SimTime::never(); ///< when it was sent; never(): nothing is timed
    int retransmissions_ = 0;
    int synRetransmissions_ = 0;
    int probes_ = 0;
    int keepAlivesUnanswered_ = 0;
    SimTime lastHeard_, lastSent_;
    SimTime waitsSince_ = SimTime::never(); ///< since when nothing was acknowledged that waits; never(): nothing does

    // Congestion control and loss recovery
    enum class Repair : std::uint8_t { None, FastRecovery, AfterTimeout };
    CongestionWindow window_;
    Repair repair_ = Repair::None;
    int dupAcks_ = 0;
    std::uint32_t limitedOctets_ = 0; ///< sent by limited transmit since the first duplicate ACK
    Seq32 recover_;   ///< SND.NXT when the loss was noticed: the repair ends when all before it is acknowledged
    Seq32 resendNxt_; ///< after a time-out: what goes again next
    Seq32 highRxt_;   ///< RFC 6675 §2: what was sent again in this recovery ends here
    Seq32 rescueRxt_; ///< so far the last rescue reached
    bool partialSeen_ = false;
    bool waitsForTimer_ = false; ///< RFC 3168 §6.1.2: a mark found the window at one segment
    Seq32
        ecnRecover_; ///< SND.NXT when the window was last taken down: only what is acknowledged beyond tells of new marks
    std::uint32_t mostInNetwork_ = 0; ///< in the window of data that ends at useEnd_
    bool windowFull_ = false;         ///< in that window there was no room for a segment more
    Seq32 useEnd_;
    Scoreboard scoreboard_;
    std::uint32_t prrDelivered_ = 0, prrOut_ = 0, prrFlight_ = 0; ///< RFC 9937 §5
    Rack rack_;
    std::optional<Seq32> probeEnd_; ///< TLP.end_seq of RFC 8985 §7.1: SND.NXT behind a probe that is not answered yet
    bool probeWentAgain_ = false;   ///< TLP.is_retrans: it was no new data
    bool rttSinceProbe_ = false;    ///< a round trip was measured since the last probe, or the beginning

    std::array<SimTime, kTimerCount> deadlines_;
    SimTime nextDeadline_ = SimTime::never();
    std::array<std::uint64_t, kVariableCount> published_{};
    std::uint64_t publishedOnce_ = 0; ///< a bit per variable
};

} // namespace packetarium
