// SPDX-License-Identifier: GPL-3.0-or-later
//
// What happens when a timer runs out, and when timers run: RFC 6298 §5,
// RFC 9293 §3.8.3, §3.8.4, §3.8.6.1.
#include "core/tcp/connection.h"

namespace packetarium {

/// A program that has set a user timeout has set R2 (§3.8.3 (d), MUST-21), be it longer or shorter; not for its SYN (MUST-23).
bool Connection::endsByUserTimeout() const
{
    return synchronized() && config_->userTimeout.ns() > 0;
}

/// R2 or the user timeout is reached, or nobody answers: the connection is over. A soft error heard before says why.
void Connection::giveUp(SimTime now, TcpSink& out)
{
    fail(now, TcpEvent::GiveUp, softError_ == AppResult::Ok ? AppResult::TimedOut : softError_, out);
}

// RFC 6298 §5.4-5.6, and R2 of §3.8.3
void Connection::retransmissionTimeout(SimTime now, TcpSink& out)
{
    const int linear = state_ == TcpState::SynSent ? config_->synLinearRetries : 0;
    const int most = state_ == TcpState::SynSent       ? linear + config_->synRetries
                     : state_ == TcpState::SynReceived ? config_->synAckRetries
                                                       : config_->dataRetries;
    waitsForTimer_ = false;
    if (sndUna_ == sndNxt_) { // it ran for a mark (noteEce)
        sendQueued(now, Reason::SentAckClock, out);
        return;
    }
    if (retransmissions_ >= most && !endsByUserTimeout()) {
        giveUp(now, out);
        return;
    }
    const bool again = retransmissions_ > 0;
    if (++retransmissions_ > linear)
        rtt_.backOff();
    timedAt_ = SimTime::never(); // Karn's algorithm, RFC 6298 §3
    if (synUnacknowledged()) {
        ++synRetransmissions_;
        if (flightSize() > 1) // a FIN behind it: it goes again once the SYN is acknowledged
            startOver();
        sendAgain(now, iss_, 0, Reason::SentRetransmission, out);
        return;
    }
    stopTimer(Timer::TailLossProbe, out);
    stopTimer(Timer::Reordering, out);
    probeEnd_.reset();
    window_.onTimeout(flightSize(), again, now);
    noteReduction();
    startOver();
    if (usesRack())
        rack_.timedOut(now);
    resendLost(now, Reason::SentRetransmission, out);
}

/// The persist timer: for probes while the window is shut (§3.8.6.1), and to let a small segment go at last where the
/// window stays too small for a worthwhile one (§3.8.6.2.1).
void Connection::watchWindow(SimTime now, TcpSink& out)
{
    constexpr SimDuration kOverride = SimDuration::milliseconds(500); // 0.1 - 1.0 s
    const bool waiting = mayCarryData() && (octetsUnsent() > 0 || (finQueued_ && !finSent_));
    const bool underWay = sndUna_ != sndNxt_;
    const bool shut = sndWnd_ == 0 && !synUnacknowledged();
    // A window that shut over data under way is probed too: they may not fit until it opens (MUST-35).
    const bool needed = !waitsForTimer_ && (shut ? waiting || underWay : waiting && !underWay);
    if (!needed) {
        stopTimer(Timer::Persist, out);
    } else if (!running(Timer::Persist)) {
        probes_ = 0;
        stopTimer(Timer::Retransmission, out);
        startTimer(Timer::Persist, now + (shut ? rtt_.rto() : kOverride), out);
    }
}

// §3.8.6.1: one octet beyond the window, or the FIN; the peer answers with its window whatever it is. The wait doubles for
// as long as answers come; without any the peer is given up as for lost data.
void Connection::persistTimeout(SimTime now, TcpSink& out)
{
    if (sndWnd_ > 0) {
        sendNext(now, usableWindow(), Reason::SentOverrideTimer, false, out);
        return;
    }
    if (retransmissions_ >= config_->dataRetries && !endsByUserTimeout()) {
        giveUp(now, out);
        return;
    }
    ++retransmissions_;
    ++probes_;
    timedAt_ = SimTime::never();
    if (config_->probeWithoutData) {
        // As a kernel does it: a number that is acknowledged already, so that the peer must answer.
        TcpSegment probe;
        probe.seq = sndUna_ - 1;
        probe.flags.bits = TcpFlags::Ack;
        emit(now, probe, Reason::SentZeroWindowProbe, false, out);
    } else {
        TcpSegment probe = segmentAt(sndUna_, 1);
        const bool again = sndUna_ != sndNxt_;
        if (probe.payload.empty()) {
            probe.flags.bits |= TcpFlags::Fin;
            finSent_ = true;
        }
        sndNxt_ = seqMax(sndNxt_, sndUna_ + 1);
        probe.sourcePort = local_.port;
        probe.destinationPort = remote_.port;
        probe.ack = rcvNxt_;
        probe.window = windowField(false);
        addOptions(now, probe);
        if (tracksSegments())
            rack_.onSent(probe.seq, probe.seq + probe.segLen(), now, again);
        out.sendSegment(probe, Reason::SentZeroWindowProbe, again);
        leaveCloseWait(now, out);
    }
    SimDuration wait = rtt_.rto();
    for (int i = 0; i < probes_ && wait < config_->rtoMax; ++i)
        wait = 2 * wait;
    startTimer(Timer::Persist, now + std::min(wait, config_->rtoMax), out);
}

/// The window has opened again: what was refused goes first.
void Connection::resumeAfterProbing(SimTime now, TcpSink& out)
{
    if (sndUna_ == sndNxt_) {
        restartIfIdle(now);
        return;
    }
    if (sndNxt_ == sndUna_ + 1 && !finSent_) { // a probe's octet: with what is behind it, if that is worth a segment
        sndNxt_ = sndUna_;
        if (octetsUnsent() > 1 && worthSending()) {
            repair_ = Repair::None; // nothing is under way that could have been lost
            recover_ = seqMin(recover_, sndNxt_);
            return;
        }
        sndNxt_ += 1;
    }
    startOver();
    resendLost(now, Reason::SentRetransmission, out);
}

/// §3.8.4: only while nothing is under way.
void Connection::keepAliveTimeout(SimTime now, TcpSink& out)
{
    const SimTime quietSince = std::max(lastHeard_, lastSent_);
    const bool busy = sndUna_ != sndNxt_ || octetsUnsent() > 0;
    if (keepAlivesUnanswered_ == 0 && (busy || quietSince + config_->keepAliveIdle > now)) {
        const SimTime due = quietSince + config_->keepAliveIdle;
        startTimer(Timer::KeepAlive, busy ? std::max(due, now + config_->keepAliveInterval) : due, out);
        return;
    }
    // A user timeout counts instead of the probes, if there is one, as tcp(7) has it.
    const bool dead = config_->userTimeout.ns() > 0
                          ? keepAlivesUnanswered_ > 0 && now >= lastHeard_ + config_->userTimeout
                          : keepAlivesUnanswered_ >= config_->keepAliveProbes;
    if (dead) {
        sendAbort(now, Reason::SentRstAbort, out);
        giveUp(now, out);
        return;
    }
    ++keepAlivesUnanswered_;
    TcpSegment probe;
    probe.seq = sndNxt_ - 1;
    probe.flags.bits = TcpFlags::Ack;
    emit(now, probe, Reason::SentKeepAlive, false, out);
    startTimer(Timer::KeepAlive, now + config_->keepAliveInterval, out);
}

void Connection::restartKeepAlive(SimTime now, TcpSink& out)
{
    keepAlivesUnanswered_ = 0;
    stopTimer(Timer::KeepAlive, out);
    if (config_->keepAlive && synchronized() && state_ != TcpState::TimeWait)
        startTimer(Timer::KeepAlive, now + config_->keepAliveIdle, out);
}

/// The user timeout counts from when something began to wait for acknowledgment, or from the last progress (RFC 5482 §3).
void Connection::watchProgress(SimTime now, TcpSink& out)
{
    if (sndUna_ == sndNxt_ && octetsUnsent() == 0)
        waitsSince_ = SimTime::never();
    else if (waitsSince_.isNever())
        waitsSince_ = now;
    if (config_->userTimeout.ns() <= 0 || waitsSince_.isNever())
        stopTimer(Timer::UserTimeout, out);
    else if (!running(Timer::UserTimeout))
        startTimer(Timer::UserTimeout, std::max(now, waitsSince_ + config_->userTimeout), out);
}

/// RFC 5961 §7: nobody shall make this end send challenge ACKs without end.
bool Connection::mayChallenge(SimTime now, TcpSink& out)
{
    constexpr SimDuration kSpan = SimDuration::seconds(5);
    if (config_->challengeAcks == 0)
        return true;
    if (challenges_ == 0 || now >= challengesSince_ + kSpan) {
        challenges_ = 0;
        challengesSince_ = now;
    }
    if (challenges_ < config_->challengeAcks) {
        ++challenges_;
        return true;
    }
    out.ignored(Reason::IgnoredChallengeLimit);
    return false;
}

// --- what ICMP says (§3.9.2.2) -------------------------------------------------------------------------------------

void Connection::limitMss(std::uint16_t octets)
{
    mssLimit_ = octets;
    sndMss_ = std::min(sndMss_, octets);
    window_.setSmss(smss());
}

void Connection::onPathMtu(SimTime now, std::uint16_t mss, TcpSink& out)
{
    const bool smaller = mss < sndMss_;
    limitMss(mss);
    // RFC 1191 §6.4: what was dropped goes again, and the congestion window stays as it is.
    if (smaller && mayCarryData() && sndUna_ != sndNxt_ && !synUnacknowledged()) {
        startOver();
        resendLost(now, Reason::SentSmallerSegment, out);
    }
    publish(out);
}

void Connection::onIcmpError(SimTime now, Seq32 seq, bool soft, AppResult meaning, TcpSink& out)
{
    if (state_ == TcpState::Closed || state_ == TcpState::Listen)
        return;
    // RFC 5927 §4.1: only about something that is under way; a forger would have to guess.
    if (seqLt(seq, sndUna_) || seqGe(seq, sndNxt_)) {
        out.ignored(Reason::IgnoredIcmpNotInFlight);
        return;
    }
    const bool opening = state_ == TcpState::SynSent || state_ == TcpState::SynReceived;
    if (opening && (!soft || config_->abortOpenOnSoftError)) {
        fail(now, TcpEvent::GiveUp, meaning, out);
        return;
    }
    // In a synchronized state even a hard error is only noted (RFC 5461 §4.1): the peer was there a moment ago.
    softError_ = meaning;
    out.ignored(Reason::IgnoredIcmpSoft);
}

} // namespace packetarium
