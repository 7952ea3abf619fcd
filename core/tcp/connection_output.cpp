// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a connection sends: new data, acknowledgments, retransmissions, probes.
#include "core/tcp/connection.h"

#include <algorithm>

namespace packetarium {

/// Fills in what every segment carries, sends it, and settles the acknowledgment it makes good.
void Connection::emit(SimTime now, TcpSegment seg, Reason cause, bool retransmission, TcpSink& out)
{
    seg.sourcePort = local_.port;
    seg.destinationPort = remote_.port;
    if (seg.flags.ack()) {
        seg.ack = rcvNxt_;
        seg.window = static_cast<std::uint16_t>(std::min<std::uint32_t>(windowToAdvertise(), 65535));
        ackPending_ = ackAtOnce_ = false;
        unackedOctets_ = 0;
        stopTimer(Timer::DelayedAck, out);
    }
    if (seg.segLen() > 0) {
        const Seq32 end = seg.seq + seg.segLen();
        if (!retransmission && !timed_)
            timed_ = {end - 1, now};         // one sample a time; Karn: never of what was sent twice
        if (!running(Timer::Retransmission)) // RFC 6298 §5.1
            startTimer(Timer::Retransmission, now + rtt_.rto(), out);
    }
    out.sendSegment(seg, cause, retransmission);
}

void Connection::sendSyn(SimTime now, Reason cause, TcpSink& out)
{
    const bool first = cause != Reason::SentSimultaneousOpen;
    TcpSegment syn;
    if (first) {
        const std::optional<Seq32> fixed = out.fixedIss(config_);
        iss_ = fixed ? *fixed : chooseIsn(now, local_, remote_, secret_);
        sndUna_ = iss_;
        sndNxt_ = sendBase_ = iss_ + 1;
        finSent_ = finAcked_ = false;
        synRetransmissions_ = retransmissions_ = 0;
    }
    timed_.reset();
    syn.seq = iss_;
    syn.mss = ownMss();
    syn.flags.bits = TcpFlags::Syn;
    if (state_ == TcpState::SynReceived)
        syn.flags.bits |= TcpFlags::Ack;
    else
        syn.window = static_cast<std::uint16_t>(std::min<std::uint32_t>(config_.receiveBuffer, 65535));
    emit(now, syn, cause, false, out);
    if (!first)
        timed_.reset(); // the SYN went out a second time: Karn's algorithm
}

std::uint32_t Connection::usableWindow() const
{
    return static_cast<std::uint32_t>(std::max<std::int32_t>(0, (sndUna_ + sndWnd_) - sndNxt_));
}

TcpSegment Connection::segmentAt(Seq32 seq, std::uint32_t mostOctets) const
{
    TcpSegment seg;
    seg.seq = seq;
    seg.flags.bits = TcpFlags::Ack;
    const auto offset = static_cast<std::size_t>(std::max<std::int32_t>(0, seq - sendBase_));
    if (offset < sendQueue_.size()) {
        const auto length = std::min<std::size_t>({sendQueue_.size() - offset, mostOctets, sndMss_});
        const auto first = sendQueue_.begin() + static_cast<std::ptrdiff_t>(offset);
        seg.payload.assign(first, first + static_cast<std::ptrdiff_t>(length));
        if (offset + length == sendQueue_.size()) // §3.9.1.2: nothing more is waiting behind it
            seg.flags.bits |= TcpFlags::Psh;
    }
    return seg;
}

/// The sender's part in avoiding silly windows (§3.8.6.2.1): all that waits, a full segment, or half the largest window.
bool Connection::worthSending() const
{
    const std::size_t usable = usableWindow();
    const std::size_t some = std::min(octetsUnsent(), usable);
    return some > 0 && (octetsUnsent() <= usable || some >= sndMss_ || 2 * some >= maxSndWnd_);
}

void Connection::sendQueued(SimTime now, Reason cause, TcpSink& out)
{
    while (mayCarryData() && !finSent_ && worthSending())
        sendNext(now, cause, out);
    if (mayCarryData() && finQueued_ && !finSent_ && octetsUnsent() == 0 && usableWindow() > 0) {
        TcpSegment fin = segmentAt(sndNxt_, 0);
        fin.flags.bits = TcpFlags::Fin | TcpFlags::Ack;
        sndNxt_ += 1;
        finSent_ = true;
        emit(now, fin, Reason::SentFin, false, out);
    }
    if (finSent_ && state_ == TcpState::CloseWait)
        take(now, TcpEvent::Close, out);
    watchWindow(now, out);
}

/// One segment of what waits, with the FIN behind it if that fits.
void Connection::sendNext(SimTime now, Reason cause, TcpSink& out)
{
    TcpSegment seg = segmentAt(sndNxt_, usableWindow());
    const bool last = seg.payload.size() == octetsUnsent();
    sndNxt_ += static_cast<std::uint32_t>(seg.payload.size());
    if (last && finQueued_ && usableWindow() > 0) {
        seg.flags.bits |= TcpFlags::Fin;
        sndNxt_ += 1;
        finSent_ = true;
    }
    emit(now, seg, cause, false, out);
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
    const bool needed = shut ? waiting || underWay : waiting && !underWay;
    if (!needed) {
        stopTimer(Timer::Persist, out);
    } else if (!running(Timer::Persist)) {
        probes_ = 0;
        stopTimer(Timer::Retransmission, out);
        startTimer(Timer::Persist, now + (shut ? rtt_.rto() : kOverride), out);
    }
}

void Connection::sendAck(Reason cause, TcpSink& out)
{
    TcpSegment ack;
    ack.seq = sndNxt_;
    ack.flags.bits = TcpFlags::Ack;
    emit(SimTime::zero(), ack, cause, false, out); // no sequence space: the time is not used
}

void Connection::sendRst(Seq32 seq, Reason cause, TcpSink& out)
{
    TcpSegment rst;
    rst.seq = seq;
    rst.flags.bits = TcpFlags::Rst;
    rst.sourcePort = local_.port;
    rst.destinationPort = remote_.port;
    out.sendSegment(rst, cause, false);
}

void Connection::markForAck(Reason cause, bool atOnce)
{
    ackPending_ = true;
    ackAtOnce_ = ackAtOnce_ || atOnce;
    ackReason_ = cause;
}

// §3.8.6.3: at once when something is wrong or for every second full-sized segment, else after a short wait.
void Connection::flushAck(SimTime now, TcpSink& out)
{
    if (!ackPending_)
        return;
    if (!ackAtOnce_ && acksAtOnceLeft_ > 0) {
        --acksAtOnceLeft_;
        ackAtOnce_ = true;
        ackReason_ = Reason::SentAckImmediate;
    }
    if (!ackAtOnce_ && unackedOctets_ >= 2u * std::min<std::uint32_t>(sndMss_, ownMss())) {
        ackAtOnce_ = true;
        ackReason_ = Reason::SentAckSecondSegment;
    }
    if (ackAtOnce_)
        sendAck(ackReason_, out);
    else if (!running(Timer::DelayedAck))
        startTimer(Timer::DelayedAck, now + config_.delayedAckTime, out);
}

/// The receiver's part in avoiding silly windows, §3.8.6.2.2.
std::uint32_t Connection::worthwhileWindowStep() const
{
    return std::max(1u, std::min<std::uint32_t>(config_.receiveBuffer / 2, sndMss_));
}

/// The receive window to offer; its right edge never moves left, and moves right only by a worthwhile step (§3.8.6.2.2).
std::uint32_t Connection::windowToAdvertise()
{
    const auto used = static_cast<std::uint32_t>(std::min<std::size_t>(received_.size(), config_.receiveBuffer));
    const Seq32 edge = rcvNxt_ + (config_.receiveBuffer - used);
    const bool opening = seqGt(edge, rcvEdge_);
    if (opening && (edge - rcvEdge_ >= static_cast<std::int32_t>(worthwhileWindowStep()) || used == 0))
        rcvEdge_ = edge;
    return rcvWnd();
}

void Connection::retransmit(SimTime now, TcpSink& out, Reason cause)
{
    TcpSegment seg;
    if (synUnacknowledged()) {
        seg.seq = iss_;
        seg.mss = ownMss();
        seg.flags.bits = TcpFlags::Syn;
        if (state_ == TcpState::SynSent)
            seg.window = static_cast<std::uint16_t>(std::min<std::uint32_t>(config_.receiveBuffer, 65535));
        else
            seg.flags.bits |= TcpFlags::Ack;
    } else {
        const auto sent = static_cast<std::uint32_t>(sndNxt_ - sndUna_);
        seg = segmentAt(sndUna_, sent - (finUnacknowledged() ? 1u : 0u));
        if (finUnacknowledged() && seg.seq + static_cast<std::uint32_t>(seg.payload.size()) + 1 == sndNxt_)
            seg.flags.bits |= TcpFlags::Fin;
    }
    timed_.reset(); // Karn's algorithm, RFC 6298 §3
    emit(now, seg, cause, true, out);
}

/// What a time-out found lost is sent again as acknowledgments come back.
void Connection::recover(SimTime now, TcpSink& out)
{
    recovering_ = seqLt(sndUna_, recover_);
    if (recovering_)
        retransmit(now, out);
}

/// The window has opened again: what was refused goes first.
void Connection::resumeAfterProbing(SimTime now, TcpSink& out)
{
    if (sndUna_ == sndNxt_)
        return;
    if (sndNxt_ == sndUna_ + 1 && !finSent_) { // a probe's octet: with what is behind it, if that is worth a segment
        sndNxt_ = sndUna_;
        if (octetsUnsent() > 1 && worthSending())
            return;
        sndNxt_ += 1;
    }
    recover_ = sndNxt_;
    recover(now, out);
}

// RFC 6298 §5.4-5.6, and R2 of §3.8.3
void Connection::retransmissionTimeout(SimTime now, TcpSink& out)
{
    const bool opening = state_ == TcpState::SynSent || state_ == TcpState::SynReceived;
    if (retransmissions_ >= (opening ? config_.synRetries : config_.dataRetries)) {
        fail(now, TcpEvent::GiveUp, AppResult::TimedOut, out);
        return;
    }
    ++retransmissions_;
    if (opening)
        ++synRetransmissions_;
    rtt_.backOff();
    recover_ = sndNxt_;
    recovering_ = !opening;
    retransmit(now, out);
}

// §3.8.6.1: one octet beyond the window, or the FIN; the peer answers with its window whatever it is. The wait doubles for
// as long as answers come; without any the peer is given up as for lost data.
void Connection::persistTimeout(SimTime now, TcpSink& out)
{
    if (sndWnd_ > 0) {
        sendNext(now, Reason::SentAppWrite, out);
        return;
    }
    if (retransmissions_ >= config_.dataRetries) {
        fail(now, TcpEvent::GiveUp, AppResult::TimedOut, out);
        return;
    }
    ++retransmissions_;
    TcpSegment probe = segmentAt(sndUna_, 1);
    const bool again = sndUna_ != sndNxt_;
    if (probe.payload.empty()) {
        probe.flags.bits |= TcpFlags::Fin;
        finSent_ = true;
    }
    sndNxt_ = seqMax(sndNxt_, sndUna_ + 1);
    ++probes_;
    probe.sourcePort = local_.port;
    probe.destinationPort = remote_.port;
    probe.ack = rcvNxt_;
    probe.window = static_cast<std::uint16_t>(std::min<std::uint32_t>(windowToAdvertise(), 65535));
    timed_.reset();
    out.sendSegment(probe, Reason::SentZeroWindowProbe, again);
    if (finSent_ && state_ == TcpState::CloseWait)
        take(now, TcpEvent::Close, out);
    SimDuration wait = rtt_.rto();
    for (int i = 0; i < probes_ && wait < config_.rtoMax; ++i)
        wait = 2 * wait;
    startTimer(Timer::Persist, now + std::min(wait, config_.rtoMax), out);
}

} // namespace packetarium
