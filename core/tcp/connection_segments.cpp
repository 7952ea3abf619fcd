// SPDX-License-Identifier: GPL-3.0-or-later
//
// SEGMENT ARRIVES, RFC 9293 §3.10.7, in the RFC's order and with its step
// names. Comments name the step or the clause; the text is the RFC's to read.
#include "core/tcp/connection.h"

#include <algorithm>

namespace packetarium {

void Connection::onSegment(SimTime now, const TcpSegment& seg, TcpSink& out)
{
    switch (state_) {
    case TcpState::Closed: arrivesInClosed(seg, out); break;
    case TcpState::Listen: arrivesInListen(now, seg, out); break;
    case TcpState::SynSent: arrivesInSynSent(now, seg, out); break;
    default: arrivesElsewhere(now, seg, out); break;
    }
    publish(out);
}

// §3.10.7.1
void Connection::arrivesInClosed(const TcpSegment& seg, TcpSink& out)
{
    if (seg.flags.rst()) {
        out.ignored(Reason::IgnoredRstInClosed);
        return;
    }
    TcpSegment rst;
    rst.sourcePort = seg.destinationPort;
    rst.destinationPort = seg.sourcePort;
    if (seg.flags.ack()) {
        rst.flags.bits = TcpFlags::Rst;
        rst.seq = seg.ack;
    } else {
        rst.flags.bits = TcpFlags::Rst | TcpFlags::Ack;
        rst.ack = seg.seq + seg.segLen();
    }
    out.sendSegment(rst, Reason::SentRstNoConnection, false);
}

// §3.10.7.2
void Connection::arrivesInListen(SimTime now, const TcpSegment& seg, TcpSink& out)
{
    if (seg.flags.rst()) { // first
        out.ignored(Reason::IgnoredRstInListen);
        return;
    }
    if (seg.flags.ack()) { // second
        TcpSegment rst;
        rst.sourcePort = local_.port;
        rst.destinationPort = seg.sourcePort;
        rst.seq = seg.ack;
        rst.flags.bits = TcpFlags::Rst;
        out.sendSegment(rst, Reason::SentRstBadAck, false);
        return;
    }
    if (!seg.flags.syn()) { // fourth
        out.ignored(seg.flags.fin() ? Reason::IgnoredFinInClosedListenSynSent : Reason::IgnoredNoSyn);
        return;
    }
    // third
    remote_.port = seg.sourcePort;
    irs_ = seg.seq;
    rcvNxt_ = rcvEdge_ = irs_ + 1;
    sndMss_ = sendMssFrom(seg);
    sndWnd_ = maxSndWnd_ = seg.window;
    take(now, TcpEvent::RcvSyn, out);
    sendSyn(now, Reason::SentSynAck, out);
    sndWl1_ = seg.seq;
    sndWl2_ = iss_;
    keepForEstablished(seg);
}

/// §3.7.1. An MSS of zero, which would leave no room for any data, counts as none given.
std::uint16_t Connection::sendMssFrom(const TcpSegment& syn) const
{
    const std::uint16_t ifNone = remote_.address.isV6() ? 1220 : 536; // MUST-15
    return std::min(syn.mss.value_or(0) == 0 ? ifNone : *syn.mss, ownMss());
}

/// Text and a FIN that came with a SYN are queued until ESTABLISHED; only the SYN is acknowledged now.
void Connection::keepForEstablished(const TcpSegment& syn)
{
    const auto fits = std::min(static_cast<std::uint32_t>(syn.payload.size()), rcvWnd());
    reassembly_.insert(rcvNxt_, syn.payload.view().first(fits), rcvNxt_);
    if (syn.flags.fin() && fits == syn.payload.size() && fits < rcvWnd())
        reassembly_.rememberFin(rcvNxt_ + fits);
}

// §3.10.7.3
void Connection::arrivesInSynSent(SimTime now, const TcpSegment& seg, TcpSink& out)
{
    const bool ackAcceptable = seg.flags.ack() && seqLt(sndUna_, seg.ack) && seqLe(seg.ack, sndNxt_);
    if (seg.flags.ack() && !ackAcceptable) { // first
        if (seg.flags.rst())
            out.ignored(Reason::IgnoredAckOfUnsent);
        else
            sendRst(seg.ack, Reason::SentRstBadAck, out);
        return;
    }
    if (seg.flags.rst()) { // second
        if (ackAcceptable)
            fail(now, TcpEvent::RcvRst, AppResult::Refused, out);
        else
            out.ignored(Reason::IgnoredRstWithoutAck);
        return;
    }
    if (!seg.flags.syn()) { // fifth
        out.ignored(seg.flags.fin() ? Reason::IgnoredFinInClosedListenSynSent : Reason::IgnoredNoSyn);
        return;
    }
    // fourth
    irs_ = seg.seq;
    rcvNxt_ = irs_ + 1;
    rcvEdge_ = rcvNxt_ + std::min<std::uint32_t>(config_.receiveBuffer, 65535); // promised by our SYN
    sndMss_ = sendMssFrom(seg);
    sndWnd_ = maxSndWnd_ = seg.window;
    sndWl1_ = seg.seq;
    sndWl2_ = iss_;
    if (!ackAcceptable) { // both ends opened at once
        take(now, TcpEvent::RcvSyn, out);
        sendSyn(now, Reason::SentSimultaneousOpen, out);
        keepForEstablished(seg);
        return;
    }
    acknowledgeUpTo(now, seg.ack, out);
    sndWl2_ = seg.ack;
    take(now, TcpEvent::RcvSynAck, out);
    out.tell(AppCall::Opened, AppResult::Ok);
    // Data that wait may carry the acknowledgment; else it goes alone.
    ackPending_ = ackAtOnce_ = true;
    ackReason_ = Reason::SentAckOfSyn;
    sendQueued(now, Reason::SentAppWrite, out);
    if (!seg.payload.empty() || seg.flags.fin()) {
        TcpSegment rest = seg;
        rest.flags.bits &= static_cast<std::uint8_t>(~TcpFlags::Syn);
        rest.seq += 1;
        arrivesElsewhere(now, rest, out);
        return;
    }
    flushAck(now, out);
}

// §3.10.7.4
void Connection::arrivesElsewhere(SimTime now, TcpSegment seg, TcpSink& out)
{
    // The SYN,ACK of a simultaneous open repeats a SYN that was already received. Figure 7 takes it as the
    // acknowledgment it is, so the old SYN is cut off before the window test.
    if (state_ == TcpState::SynReceived && seg.flags.syn() && seg.flags.ack() && seg.seq == irs_) {
        seg.flags.bits &= static_cast<std::uint8_t>(~TcpFlags::Syn);
        seg.seq += 1;
    }
    // first, check sequence number
    if (!acceptable(seg)) {
        answerUnacceptable(now, seg, out);
        return;
    }
    if (seg.flags.rst()) { // second
        checkRst(now, seg, out);
        return;
    }
    if (seg.flags.syn()) { // fourth
        checkSyn(now, out);
        return;
    }
    if (!seg.flags.ack()) { // fifth
        out.ignored(Reason::IgnoredNoAck);
        return;
    }
    // "Tailor" the segment to the window: what lies before is old, what lies behind is not promised.
    const bool probe = rcvWnd() == 0 && seg.segLen() > 0;
    if (seqLt(seg.seq, rcvNxt_)) {
        const auto old = std::min<std::size_t>(static_cast<std::size_t>(rcvNxt_ - seg.seq), seg.payload.size());
        seg.payload.dropFront(old);
        seg.seq += static_cast<std::uint32_t>(old);
    }
    const auto room = static_cast<std::size_t>(std::max<std::int32_t>(0, rcvEdge_ - seg.seq));
    if (seg.segLen() > room) {
        seg.payload.keepFront(std::min(seg.payload.size(), room));
        seg.flags.bits &= static_cast<std::uint8_t>(~TcpFlags::Fin);
    }
    const bool finInOrder = seg.flags.fin() && seqLe(seg.seq, rcvNxt_) && !finReceived_;
    if (!checkAck(now, seg, finInOrder, out) || state_ == TcpState::Closed)
        return;
    if (probe) // its ACK counted, its octet does not fit
        markForAck(Reason::SentAckUnacceptable, true);
    processText(now, seg, out);
    if (state_ != TcpState::Closed)
        flushAck(now, out);
}

// §3.10.7.4, first: the four cases of the acceptability test, Table 6.
bool Connection::acceptable(const TcpSegment& seg) const
{
    const std::uint32_t window = rcvWnd();
    const std::uint32_t length = seg.segLen();
    if (length == 0)
        return window == 0 ? seg.seq == rcvNxt_ : seqInWindow(seg.seq, rcvNxt_, window);
    if (window == 0) // nothing fits, but a valid ACK, URG or RST at the edge still counts
        return seg.seq == rcvNxt_;
    return seqInWindow(seg.seq, rcvNxt_, window) || seqInWindow(seg.seq + (length - 1), rcvNxt_, window);
}

void Connection::answerUnacceptable(SimTime now, const TcpSegment& seg, TcpSink& out)
{
    if (seg.flags.rst()) {
        out.ignored(Reason::IgnoredRstOutsideWindow);
        return;
    }
    if (state_ == TcpState::SynReceived && seg.flags.syn() && !seg.flags.ack() && seg.seq == irs_ &&
        config_.synAckOnDuplicateSyn) {
        out.ignored(Reason::IgnoredOutsideWindow);
        retransmit(now, out, Reason::SentSynAck);
        return;
    }
    if (state_ == TcpState::TimeWait && seg.flags.fin() && seg.seq + seg.segLen() == rcvNxt_) {
        // Our last ACK was lost: acknowledge again, and wait 2MSL again (eighth).
        sendAck(Reason::SentAckOfFinAgain, out);
        startTimer(Timer::TimeWait, now + 2 * config_.msl, out);
        return;
    }
    const bool old = !seg.payload.empty() && seqLe(seg.seq + seg.segLen(), rcvNxt_);
    out.ignored(old ? Reason::IgnoredDuplicateData : Reason::IgnoredOutsideWindow);
    if (seg.flags.syn() && synchronized()) {
        // "irrespective of the sequence number" (fourth; RFC 5961 §4)
        sendAck(Reason::SentChallengeAckSyn, out);
        return;
    }
    sendAck(Reason::SentAckUnacceptable, out);
}

// second, check the RST bit (RFC 5961 §3: only the exact number resets)
void Connection::checkRst(SimTime now, const TcpSegment& seg, TcpSink& out)
{
    if (seg.seq != rcvNxt_ && !seqInWindow(seg.seq, rcvNxt_, rcvWnd())) { // only its text reaches into the window
        out.ignored(Reason::IgnoredRstOutsideWindow);
        return;
    }
    if (seg.seq != rcvNxt_) {
        out.ignored(Reason::IgnoredRstNotExact);
        sendAck(Reason::SentChallengeAckRst, out);
        return;
    }
    switch (state_) {
    case TcpState::SynReceived:
        if (passive_) {
            returnToListen(now, TcpEvent::RcvRst, out);
        } else {
            fail(now, TcpEvent::RcvRst, AppResult::Refused, out);
        }
        return;
    case TcpState::Closing:
    case TcpState::LastAck:
    case TcpState::TimeWait:
        take(now, TcpEvent::RcvRst, out);
        out.tell(AppCall::Closed, AppResult::Ok);
        return;
    default: fail(now, TcpEvent::RcvRst, AppResult::Reset, out);
    }
}

// fourth, check the SYN bit
void Connection::checkSyn(SimTime now, TcpSink& out)
{
    if (state_ == TcpState::SynReceived && passive_) {
        returnToListen(now, TcpEvent::RcvSyn, out);
        return;
    }
    out.ignored(Reason::IgnoredSynOnConnection);
    sendAck(Reason::SentChallengeAckSyn, out);
}

// fifth, check the ACK field. False: the segment goes no further.
bool Connection::checkAck(SimTime now, const TcpSegment& seg, bool finInOrder, TcpSink& out)
{
    if (state_ == TcpState::SynReceived) {
        if (!(seqLt(sndUna_, seg.ack) && seqLe(seg.ack, sndNxt_))) {
            sendRst(seg.ack, Reason::SentRstBadAck, out);
            return false;
        }
        acknowledgeUpTo(now, seg.ack, out);
        sndWnd_ = maxSndWnd_ = seg.window;
        sndWl1_ = seg.seq;
        sndWl2_ = seg.ack;
        take(now, TcpEvent::RcvAckOfSyn, out);
        out.tell(AppCall::Opened, AppResult::Ok);
        if (!reassembly_.empty()) { // what came with the SYN
            const Seq32 before = rcvNxt_;
            markForAck(Reason::SentAckImmediate, !config_.delayedAck);
            advanceReceive(now, out);
            unackedOctets_ += static_cast<std::uint32_t>(rcvNxt_ - before);
        }
        if (finQueued_ &&
            state_ == TcpState::Established) // closed before the handshake was done, with data waiting (§3.10.4)
            take(now, TcpEvent::Close, out);
        sendQueued(now, Reason::SentAppWrite, out);
        return true;
    }
    // RFC 5961 §5: neither too far back nor ahead of what was sent
    if (seqGt(seg.ack, sndNxt_) || seqLt(seg.ack, sndUna_ - maxSndWnd_)) {
        out.ignored(Reason::IgnoredAckOfUnsent);
        sendAck(Reason::SentChallengeAckAck, out);
        return false;
    }
    const bool advances = seqGt(seg.ack, sndUna_);
    if (advances)
        acknowledgeUpTo(now, seg.ack, out);
    const bool wasShut = sndWnd_ == 0;
    const bool newer = seqLt(sndWl1_, seg.seq) || (sndWl1_ == seg.seq && seqLe(sndWl2_, seg.ack));
    if (seqLe(sndUna_, seg.ack) && newer) {
        sndWnd_ = seg.window;
        maxSndWnd_ = std::max(maxSndWnd_, sndWnd_);
        sndWl1_ = seg.seq;
        sndWl2_ = seg.ack;
    }
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
    if (wasShut && sndWnd_ > 0)
        resumeAfterProbing(now, out);
    else if (recovering_ && advances)
        recover(now, out);
    sendQueued(now, Reason::SentAckClock, out);
    return true;
}

void Connection::acknowledgeUpTo(SimTime now, Seq32 ack, TcpSink& out)
{
    sndUna_ = ack;
    if (seqGt(ack, sendBase_)) {
        const auto octets = std::min<std::size_t>(static_cast<std::size_t>(ack - sendBase_), sendQueue_.size());
        sendQueue_.erase(sendQueue_.begin(), sendQueue_.begin() + static_cast<std::ptrdiff_t>(octets));
        sendBase_ += static_cast<std::uint32_t>(octets);
    }
    if (finSent_ && ack == sndNxt_)
        finAcked_ = true;
    if (timed_ && seqGt(ack, timed_->first)) {
        rtt_.sample(now - timed_->second);
        timed_.reset();
    }
    if (synRetransmissions_ > 0 && !synchronized()) {
        // RFC 6298 §5.7: a lost SYN makes the first data wait at least this long.
        rtt_.restart(config_.rtoAfterSynLoss);
        synRetransmissions_ = 0;
    }
    retransmissions_ = 0;
    // RFC 6298 §5.2, §5.3
    if (sndUna_ == sndNxt_)
        stopTimer(Timer::Retransmission, out);
    else if (running(Timer::Retransmission))
        startTimer(Timer::Retransmission, now + rtt_.rto(), out);
}

// seventh, process the segment text; eighth, check the FIN bit
void Connection::processText(SimTime now, const TcpSegment& seg, TcpSink& out)
{
    switch (state_) {
    case TcpState::Established:
    case TcpState::FinWait1:
    case TcpState::FinWait2: break;
    default: return; // the peer has sent its FIN: no text should come
    }
    if (readerGone_ && !seg.payload.empty() && config_.resetOnUnreadData) {
        // §3.6.1: data for a program that has closed are lost, and the peer must know
        sendRst(sndNxt_, Reason::SentRstDataAfterClose, out);
        take(now, TcpEvent::Abort, out);
        out.tell(AppCall::Closed, AppResult::Reset);
        return;
    }
    if (seg.segLen() == 0)
        return;
    const Seq32 before = rcvNxt_;
    const bool gapBefore = !reassembly_.empty();
    reassembly_.insert(seg.seq, seg.payload, rcvNxt_);
    if (seg.flags.fin())
        reassembly_.rememberFin(seg.seq + static_cast<std::uint32_t>(seg.payload.size()));
    if (!seg.payload.empty()) {
        if (seqGt(seg.seq, rcvNxt_))
            markForAck(Reason::SentAckOutOfOrder, true);
        else if (gapBefore)
            markForAck(Reason::SentAckFillsGap, true);
        else
            markForAck(Reason::SentAckImmediate, !config_.delayedAck);
    } else if (seqGt(seg.seq, rcvNxt_)) {
        markForAck(Reason::SentAckOutOfOrder, true);
    }
    advanceReceive(now, out);
    unackedOctets_ += static_cast<std::uint32_t>(rcvNxt_ - before);
}

void Connection::advanceReceive(SimTime now, TcpSink& out)
{
    const Bytes data = reassembly_.take(rcvNxt_);
    if (!data.empty()) {
        rcvNxt_ += static_cast<std::uint32_t>(data.size());
        if (!readerGone_ && autoRead_)
            out.deliver(data);
        else if (!readerGone_)
            received_.insert(received_.end(), data.begin(), data.end());
    }
    if (reassembly_.finIsNext(rcvNxt_) && !finReceived_)
        processFin(now, out);
}

// eighth, check the FIN bit
void Connection::processFin(SimTime now, TcpSink& out)
{
    rcvNxt_ += 1;
    rcvEdge_ = seqMax(rcvEdge_, rcvNxt_);
    finReceived_ = true;
    markForAck(Reason::SentAckOfFin, !config_.delayedAck);
    if (state_ == TcpState::FinWait1 && finAcked_)
        take(now, TcpEvent::RcvFinAckOfFin, out);
    else
        take(now, TcpEvent::RcvFin, out);
    // There is no more to piggyback on once both FINs have been sent.
    if (state_ == TcpState::TimeWait || state_ == TcpState::Closing)
        ackAtOnce_ = true;
    out.tell(AppCall::PeerClosed, AppResult::Ok);
}

} // namespace packetarium
