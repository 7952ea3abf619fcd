// SPDX-License-Identifier: GPL-3.0-or-later
//
// SEGMENT ARRIVES, fifth: check the ACK field (RFC 9293 §3.10.7.4), and what an
// acknowledgment means for the timer (RFC 6298), the windows and the repair of
// losses (RFC 5681).
#include "core/tcp/connection.h"

namespace packetarium {

/// The connection is open: congestion control begins.
void Connection::becomeEstablished(SimTime now, TcpSink& out)
{
    window_.setSmss(smss());
    // RFC 5681 §3.1: a lost SYN makes the initial window one segment; with RFC 6928's larger one only a second loss does.
    window_.begin(smss(), synRetransmissions_ > (config_->initialWindow > 0 ? 1 : 0));
    lastHeard_ = lastSent_ = now;
    restartKeepAlive(now, out);
    if (rtt_.measured())
        rack_.begin(rtt_.srtt());
    if (synRetransmissions_ > 0) {
        rtt_.restart(
            config_->rtoAfterSynLoss); // RFC 6298 §5.7: a lost SYN makes the first data wait at least this long
        synRetransmissions_ = 0;
    }
}

/// In SYN-RECEIVED: the ACK of our SYN. `bySynAck`: it was a SYN,ACK that crossed ours, whose window is not scaled (RFC 7323 §2.2).
void Connection::synAcknowledged(SimTime now, const TcpSegment& seg, bool bySynAck, TcpSink& out)
{
    acknowledgeUpTo(now, seg, out);
    sndWnd_ = maxSndWnd_ = bySynAck ? seg.window : windowOf(seg);
    sndWl1_ = seg.seq;
    sndWl2_ = seg.ack;
    take(now, TcpEvent::RcvAckOfSyn, out);
    becomeEstablished(now, out);
    out.tell(AppCall::Opened, AppResult::Ok);
    if (!reassembly_.empty()) { // what came with the SYN
        const Seq32 before = rcvNxt_;
        markForAck(Reason::SentAckImmediate, !config_->delayedAck);
        advanceReceive(now, out);
        unackedOctets_ += static_cast<std::uint32_t>(rcvNxt_ - before);
    }
    if (finQueued_ &&
        state_ == TcpState::Established) // closed before the handshake was done, with data waiting (§3.10.4)
        take(now, TcpEvent::Close, out);
    sendQueued(now, Reason::SentAppWrite, out);
}

/// Whether the ACK field can be of this connection. A segment with another one is dropped, whatever else it says.
bool Connection::ackMayBe(SimTime now, const TcpSegment& seg, TcpSink& out)
{
    if (state_ == TcpState::SynReceived) {
        if (seqLt(sndUna_, seg.ack) && seqLe(seg.ack, sndNxt_))
            return true;
        sendRst(now, seg.ack, Reason::SentRstBadAck, out);
        return false;
    }
    // RFC 5961 §5: neither too far back nor ahead of what was sent
    if (seqLe(seg.ack, sndNxt_) && seqGe(seg.ack, sndUna_ - maxSndWnd_))
        return true;
    out.ignored(Reason::IgnoredAckOfUnsent);
    if (mayChallenge(now, out))
        sendAck(now, Reason::SentChallengeAckAck, out);
    return false;
}

// fifth, check the ACK field, which ackMayBe(). False: the segment goes no further.
bool Connection::checkAck(SimTime now, const TcpSegment& seg, bool finInOrder, bool crossed, bool& news, TcpSink& out)
{
    if (state_ == TcpState::SynReceived) {
        synAcknowledged(now, seg, crossed, out);
        return true;
    }
    lastHeard_ = now;
    if (keepAlivesUnanswered_ > 0)
        restartKeepAlive(now, out);
    const Seq32 before = sndUna_;
    const std::uint32_t flight = flightSize();
    const std::uint32_t sacked = scoreboard_.octets();
    const bool repairing = repair_ == Repair::FastRecovery;
    const std::uint32_t losses = repairing ? lossesKnown() : 0;
    const bool newlySacked =
        sackOn_ && !seg.sack.empty() && scoreboard_.update(seqMax(sndUna_, seg.ack), sndNxt_, seg.sack);
    const bool advances = seqGt(seg.ack, sndUna_);
    // RFC 5681 §2; with SACK, RFC 6675 §2: whatever tells of something new, even with data, another window or a new ACK.
    const bool repeats =
        !advances && seg.ack == sndUna_ && seg.segLen() == 0 && windowOf(seg) == sndWnd_ && sndWnd_ > 0;
    const bool duplicate = flight > 0 && !running(Timer::Persist) && (sackOn_ ? newlySacked : repeats);
    if (advances)
        acknowledgeUpTo(now, seg, out);
    bool lossShown = false;
    if (tracksSegments()) {
        const std::optional<SackBlock> twice = seg.sack.duplicate(seg.ack);
        rackHears(now, seg, twice.has_value());
        lossShown = probeAnswered(now, seg, flight, twice && twice->right == probeEnd_, repeats && seg.sack.empty());
    }
    const bool wasShut = sndWnd_ == 0;
    updateWindow(seg, advances);
    if (!advances && seg.segLen() == 0 && seqLt(seg.ack, sndUna_))
        out.ignored(Reason::IgnoredOldAck);

    if (finAcked_) {
        switch (state_) {
        case TcpState::FinWait1:
            if (!finInOrder) // with a FIN in the same segment it is one step (processFin)
                take(now, TcpEvent::RcvAckOfFin, out);
            break;
        case TcpState::Closing: take(now, TcpEvent::RcvAckOfFin, out); break;
        case TcpState::LastAck:
            take(now, TcpEvent::RcvAckOfFin, out);
            out.tell(AppCall::Closed, AppResult::Ok);
            return false;
        default: break;
        }
    }
    if (running(Timer::Persist)) {
        retransmissions_ = 0; // while probes are answered the connection stays open (§3.8.6.1, MUST-37)
        if (wasShut != (sndWnd_ == 0))
            stopTimer(Timer::Persist, out);
    }
    noteEce(now, seg, flight, out);
    if (advances)
        countAck(now, static_cast<std::uint32_t>(sndUna_ - before),
                 lossShown || (ecnOn_ && seg.flags.has(TcpFlags::Ece)), out);
    if (duplicate)
        duplicateAck(now, out);
    lookForLosses(now, out);
    if (repair_ == Repair::FastRecovery && sackOn_ && config_->proportionalReduction && (duplicate || advances)) {
        const std::uint32_t arrived = static_cast<std::uint32_t>(sndUna_ - before) + scoreboard_.octets();
        reduceProportionally(arrived - std::min(sacked, arrived), !repairing, advances && lossesKnown() <= losses);
    }
    if (wasShut && sndWnd_ > 0)
        resumeAfterProbing(now, out);
    news = advances || newlySacked;
    return true;
}

/// What the ACK made room for. `news`: it told of octets that have arrived.
void Connection::sendAfterAck(SimTime now, bool news, TcpSink& out)
{
    fillSendBuffer();
    sendQueued(now, Reason::SentAckClock, out);
    if (news)
        planProbe(now, out);
}

/// RFC 9293 §3.10.7.4: WL1 and WL2 keep old segments from being believed. Those rules are of segments taken in order; here an
/// early one has been heard, so that what fills its gap has a lower number, and is newer all the same if it acknowledges more.
void Connection::updateWindow(const TcpSegment& seg, bool advances)
{
    const bool newer = advances || seqLt(sndWl1_, seg.seq) || (sndWl1_ == seg.seq && seqLe(sndWl2_, seg.ack));
    if (!seqLe(sndUna_, seg.ack) || !newer)
        return;
    sndWnd_ = windowOf(seg);
    maxSndWnd_ = std::max(maxSndWnd_, sndWnd_);
    sndWl1_ = seg.seq;
    sndWl2_ = seg.ack;
}

/// New data are acknowledged: what that means for the congestion window and for the loss being repaired.
void Connection::countAck(SimTime now, std::uint32_t octets, bool congested, TcpSink& out)
{
    dupAcks_ = 0;
    limitedOctets_ = 0;
    if (repair_ == Repair::FastRecovery) {
        ackInRecovery(now, octets, out);
        return;
    }
    if (repair_ == Repair::AfterTimeout && seqGe(sndUna_, recover_)) {
        repair_ = Repair::None;
        rack_.onRecovered();
    }
    // RFC 7661 §4.3: a window that is not used says nothing about what the network can take.
    // CUBIC grows with time, so there it is no choice (RFC 9438 §4.2, §4.6).
    const bool used = windowWasUsed();
    const bool mustBeUsed = config_->windowValidation || config_->congestionControl == CongestionControl::Cubic;
    if (!used)
        window_.pause();
    if ((used || !mustBeUsed) && !congested) // RFC 3168 §6.1.2: an ECN-Echo lets no window grow
        window_.onAck(octets, now, rtt_.srtt());
}

/// After something may have been sent: how much of the window is in use. What counts is the most in a window of data, for an
/// ACK finds less under way than there was.
void Connection::noteUse()
{
    const std::uint32_t under = inNetwork();
    const bool full = under + smss() > window_.cwnd();
    if (!full && seqLt(sndUna_, useEnd_) && (windowFull_ || under <= mostInNetwork_))
        return;
    windowFull_ = full;
    mostInNetwork_ = under;
    useEnd_ = sndNxt_;
}

bool Connection::windowWasUsed() const
{
    return windowFull_ || (window_.inSlowStart() && window_.cwnd() < 2 * mostInNetwork_);
}

/// RFC 3168 §6.1.2: the receiver says that a router marked a segment; once in a round trip that counts as a loss. The
/// receiver repeats it up to the ACK of what carries CWR, and that is behind everything sent at the reduction.
void Connection::noteEce(SimTime now, const TcpSegment& seg, std::uint32_t flight, TcpSink& out)
{
    if (!ecnOn_ || !seg.flags.has(TcpFlags::Ece) || seg.flags.syn() || repair_ != Repair::None || flight == 0 ||
        seqLe(sndUna_, ecnRecover_))
        return;
    if (window_.cwnd() <= smss()) { // it cannot be halved: the next new packet waits for the timer
        waitsForTimer_ = true;
        startTimer(Timer::Retransmission, now + rtt_.rto(), out);
    }
    window_.onCongestion(flight, now);
    window_.set(std::min(window_.cwnd(), window_.ssthresh()));
    noteReduction();
}

/// The window was taken down, for whatever reason: the next new data say so (RFC 3168 §6.1.2).
void Connection::noteReduction()
{
    ecnRecover_ = sndNxt_;
    reduced_ = ecnOn_;
}

void Connection::acknowledgeUpTo(SimTime now, const TcpSegment& seg, TcpSink& out)
{
    sndUna_ = seg.ack;
    scoreboard_.advance(sndUna_);
    if (seqGt(sndUna_, sendBase_)) {
        const auto octets = std::min<std::size_t>(static_cast<std::size_t>(sndUna_ - sendBase_), sendQueue_.size());
        sendQueue_.drop(octets);
        sendBase_ += static_cast<std::uint32_t>(octets);
    }
    if (finSent_ && sndUna_ == sndNxt_)
        finAcked_ = true;
    std::optional<SimDuration> roundTrip = config_->sampleEveryAck ? rack_.roundTrip(sndUna_, now) : std::nullopt;
    if (!timedAt_.isNever() && seqGt(sndUna_, timedSeq_)) {
        roundTrip = roundTrip.value_or(now - timedAt_);
        timedAt_ = SimTime::never();
    } else if (!roundTrip && timedAt_.isNever() && timestampsOn_ && seg.timestamps && retransmissions_ > 0) {
        // RFC 7323 §4: the echo tells which of two transmissions is acknowledged, so even this round trip counts.
        const std::uint32_t ticks = timestampAt(now) - seg.timestamps->echo;
        if (ticks < 600'000)
            roundTrip = SimDuration::milliseconds(ticks);
    }
    if (roundTrip) {
        rtt_.sample(*roundTrip);
        rttSinceProbe_ = true;
    }
    retransmissions_ = 0;
    softError_ = AppResult::Ok;
    stopTimer(Timer::UserTimeout, out);
    waitsSince_ = SimTime::never();
    watchProgress(now, out);
    // RFC 6298 §5.2, §5.3; of partial acknowledgments in recovery only for the first (RFC 6582 §3.2).
    const bool laterPartial = repair_ == Repair::FastRecovery && !sackOn_ && partialSeen_ && seqLt(sndUna_, recover_);
    if (sndUna_ == sndNxt_) {
        if (!waitsForTimer_)
            stopTimer(Timer::Retransmission, out);
        stopTimer(Timer::TailLossProbe, out);
        stopTimer(Timer::Reordering, out);
    } else if (running(Timer::Retransmission) && !laterPartial) {
        startTimer(Timer::Retransmission, now + rtt_.rto(), out);
    }
}

} // namespace packetarium
