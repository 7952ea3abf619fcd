// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One TCP endpoint, as RFC 9293 describes it: a control block, user calls
// (§3.10.1-6), SEGMENT ARRIVES (§3.10.7) and time-outs (§3.10.8).
//
// It does no I/O and knows no clock: every entry point is given the time and a
// sink for what comes of it. It is a plain copyable value, so that a
// checkpoint of the world is a copy. Read state.h and transition_table.h
// first; then onSegment() follows the RFC step by step.

#include "core/tcp/config.h"
#include "core/tcp/isn.h"
#include "core/tcp/reassembly.h"
#include "core/tcp/rtt_estimator.h"
#include "core/tcp/transition_table.h"
#include "core/trace/vocabulary.h"
#include "core/wire/tcp_segment.h"

#include <algorithm>
#include <array>
#include <deque>

namespace packetarium {

/// What a connection says while it is called: segments to send, news for its program, and notes for the trace.
class TcpSink {
public:
    virtual void sendSegment(const TcpSegment& segment, Reason cause, bool retransmission) = 0;
    virtual void deliver(ByteView data) = 0;               ///< in order, each octet once
    virtual void tell(AppCall what, AppResult result) = 0; ///< Opened, PeerClosed, Failed, Closed
    virtual void stateChanged(const TcpTransition& row) = 0;
    virtual void variableChanged(Variable variable, std::uint64_t value) = 0;
    /// False: nobody will read them, and they need not be computed.
    virtual bool wantsVariables() const { return true; }
    virtual void timerChanged(Timer timer, TimerChange change, SimTime deadline) = 0;
    virtual void ignored(Reason why) = 0;
    /// The initial sequence number that is fixed for the connection now beginning; without one it is by clock and hash.
    virtual std::optional<Seq32> fixedIss(const TcpConfig& config) { return config.iss; }

protected:
    ~TcpSink() = default;
};

class Connection {
public:
    Connection(const TcpConfig& config, const IsnSecret& secret, const IpAddress& local);

    // User calls, §3.10.1-6. The result is what the call returns at once.
    AppResult openPassive(SimTime now, std::uint16_t localPort, std::optional<Endpoint> remote, TcpSink& out);
    AppResult openActive(SimTime now, std::uint16_t localPort, const Endpoint& remote, TcpSink& out);
    AppResult send(SimTime now, ByteView data, TcpSink& out);
    /// Reads up to `most` octets (0: all) that wait for the program; they come through deliver().
    AppResult receive(SimTime now, std::uint32_t most, TcpSink& out);
    /// Read whatever arrives at once, as a program that always waits in a read would.
    void setAutoRead(SimTime now, bool on, TcpSink& out);
    /// "I have no more data to send": RFC 9293's CLOSE; data still arrive.
    AppResult shutdown(SimTime now, TcpSink& out);
    /// A program's close(): as shutdown, and what arrives from now on nobody will read (§3.6.1).
    AppResult close(SimTime now, TcpSink& out);
    AppResult abort(SimTime now, TcpSink& out);

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
    /// What the MTU to there leaves for a segment's data (§3.7.1): from now on neither offered nor sent is more.
    void limitMss(std::uint16_t octets)
    {
        mssLimit_ = octets;
        sndMss_ = std::min(sndMss_, octets);
    }
    void onSegment(SimTime now, const TcpSegment& segment, TcpSink& out);
    /// Runs every timer whose deadline is at or before now.
    void onTimer(SimTime now, TcpSink& out);
    SimTime nextDeadline() const;

    TcpState state() const { return state_; }
    const Endpoint& local() const { return local_; }
    const Endpoint& remote() const { return remote_; }
    bool openedPassively() const { return passive_; }
    /// A SYN that may reopen the four-tuple while this end is in TIME-WAIT (§3.6.1, MAY-2).
    bool mayBeReopenedBy(const TcpSegment& segment) const;
    /// Leaves TIME-WAIT for a SYN that mayBeReopenedBy() accepted.
    void giveWayToNewConnection(SimTime now, TcpSink& out);

    // The variables of §3.3.1, for status calls, invariants and tests.
    Seq32 iss() const { return iss_; }
    Seq32 irs() const { return irs_; }
    Seq32 sndUna() const { return sndUna_; }
    Seq32 sndNxt() const { return sndNxt_; }
    std::uint32_t sndWnd() const { return sndWnd_; }
    Seq32 rcvNxt() const { return rcvNxt_; }
    std::uint32_t rcvWnd() const;
    std::size_t octetsUnsent() const;
    std::size_t octetsUnread() const { return received_.size(); }
    const RttEstimator& rtt() const { return rtt_; }
    /// Throws std::logic_error naming the invariant that does not hold. For tests and debug builds.
    void checkInvariants() const;

private:
    // connection.cpp: the one place where state changes, timers, variables
    void beginAnew();
    void take(SimTime now, TcpEvent event, TcpSink& out);
    void publish(TcpSink& out);
    void startTimer(Timer timer, SimTime deadline, TcpSink& out);
    void stopTimer(Timer timer, TcpSink& out);
    bool running(Timer timer) const { return !deadlines_[static_cast<std::size_t>(timer)].isNever(); }
    SimTime deadline(Timer timer) const { return deadlines_[static_cast<std::size_t>(timer)]; }
    void enterTimeWait(SimTime now, TcpSink& out);
    void deleteTcb(TcpSink& out);
    void returnToListen(SimTime now, TcpEvent event, TcpSink& out);
    void fail(SimTime now, TcpEvent event, AppResult why, TcpSink& out);

    // connection_segments.cpp: §3.10.7
    void arrivesInClosed(const TcpSegment& seg, TcpSink& out);
    void arrivesInListen(SimTime now, const TcpSegment& seg, TcpSink& out);
    void keepForEstablished(const TcpSegment& syn);
    std::uint16_t sendMssFrom(const TcpSegment& syn) const;
    std::uint16_t ownMss() const { return std::min(config_.mss, mssLimit_); }
    void arrivesInSynSent(SimTime now, const TcpSegment& seg, TcpSink& out);
    void arrivesElsewhere(SimTime now, TcpSegment seg, TcpSink& out);
    bool acceptable(const TcpSegment& seg) const;
    void answerUnacceptable(SimTime now, const TcpSegment& seg, TcpSink& out);
    void checkRst(SimTime now, const TcpSegment& seg, TcpSink& out);
    void checkSyn(SimTime now, TcpSink& out);
    bool checkAck(SimTime now, const TcpSegment& seg, bool finInOrder, TcpSink& out);
    void acknowledgeUpTo(SimTime now, Seq32 ack, TcpSink& out);
    void processText(SimTime now, const TcpSegment& seg, TcpSink& out);
    void processFin(SimTime now, TcpSink& out);
    void advanceReceive(SimTime now, TcpSink& out);
    void flushAck(SimTime now, TcpSink& out);

    // connection_output.cpp
    void sendSyn(SimTime now, Reason cause, TcpSink& out);
    void sendQueued(SimTime now, Reason cause, TcpSink& out);
    void sendAck(Reason cause, TcpSink& out);
    void sendRst(Seq32 seq, Reason cause, TcpSink& out);
    void emit(SimTime now, TcpSegment seg, Reason cause, bool retransmission, TcpSink& out);
    void sendNext(SimTime now, Reason cause, TcpSink& out);
    void watchWindow(SimTime now, TcpSink& out);
    void retransmit(SimTime now, TcpSink& out, Reason cause = Reason::SentRetransmission);
    void recover(SimTime now, TcpSink& out);
    void resumeAfterProbing(SimTime now, TcpSink& out);
    void retransmissionTimeout(SimTime now, TcpSink& out);
    void persistTimeout(SimTime now, TcpSink& out);
    TcpSegment segmentAt(Seq32 seq, std::uint32_t mostOctets) const;
    std::uint32_t windowToAdvertise();
    std::uint32_t worthwhileWindowStep() const;
    void markForAck(Reason cause, bool atOnce);
    std::uint32_t usableWindow() const;
    bool worthSending() const;

    bool synchronized() const { return state_ >= TcpState::Established; }
    bool mayCarryData() const;
    bool synUnacknowledged() const { return seqGt(sendBase_, sndUna_); }
    bool finUnacknowledged() const { return finSent_ && !finAcked_; }

    TcpConfig config_;
    IsnSecret secret_;
    TcpState state_ = TcpState::Closed;
    bool passive_ = false; ///< the OPEN was passive: decides what a reset in SYN-RECEIVED leads to
    bool remoteWasGiven_ = false;
    bool readerGone_ = false; ///< close(), not shutdown(): nobody will read again
    bool autoRead_ = true;
    Endpoint local_, remote_;
    std::uint16_t mssLimit_ = 65535;

    // Send sequence space, §3.3.1
    Seq32 iss_, sndUna_, sndNxt_, sndWl1_, sndWl2_;
    std::uint32_t sndWnd_ = 0, maxSndWnd_ = 0;
    std::uint16_t sndMss_ = 536;         ///< §3.7.1, MUST-15
    std::deque<std::uint8_t> sendQueue_; ///< octets from sendBase_ on that are not acknowledged yet
    Seq32 sendBase_;
    bool finQueued_ = false, finSent_ = false, finAcked_ = false;

    // Receive sequence space
    Seq32 irs_, rcvNxt_, rcvEdge_;      ///< rcvEdge_: right edge already promised; it never moves left (§3.8.6)
    std::deque<std::uint8_t> received_; ///< in order, not read yet
    Reassembly reassembly_;
    bool finReceived_ = false;

    // Acknowledging, §3.8.6.3
    bool ackPending_ = false, ackAtOnce_ = false;
    Reason ackReason_ = Reason::None;
    std::uint32_t unackedOctets_ = 0;
    int acksAtOnceLeft_ = 0;

    // Retransmission, RFC 6298
    RttEstimator rtt_;
    std::optional<std::pair<Seq32, SimTime>>
        timed_; ///< the octet whose acknowledgment ends the sample, when it was sent
    int retransmissions_ = 0;
    int synRetransmissions_ = 0;
    Seq32 recover_; ///< after a time-out: go on retransmitting up to here as acknowledgments come
    bool recovering_ = false;
    int probes_ = 0;

    std::array<SimTime, kTimerCount> deadlines_;
    std::array<std::optional<std::uint64_t>, kVariableCount> published_;
};

} // namespace packetarium
