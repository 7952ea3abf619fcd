// SPDX-License-Identifier: GPL-3.0-or-later
//
// SEGMENT ARRIVES, RFC 9293 §3.10.7, in the RFC's order and with its step
// names. Comments name the step or the clause; the text is the RFC's to read.
#include "core/tcp/connection.h"

#include "core/wire/ecn.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr SimDuration kTimestampValid = SimDuration::seconds(24 * 86'400); // RFC 7323 §5.5

} // namespace

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
    agreeOnOptions(now, seg);
    sndWnd_ = maxSndWnd_ = seg.window;
    take(now, TcpEvent::RcvSyn, out);
    if (config_->handshake == Handshake::FourWay) { // a counterfactual: what could be one segment goes in two
        iss_ = sndNxt_ = newIss(now, out);
        sendAck(now, Reason::SentAckOfSyn, out);
    }
    sendSyn(now, Reason::SentSynAck, out);
    sndWl1_ = seg.seq;
    sndWl2_ = iss_;
    keepForEstablished(seg);
    if (config_->handshake == Handshake::TwoWay) { // a counterfactual: nobody waits for an acknowledgment of our SYN
        sndUna_ = sndNxt_;
        stopTimer(Timer::Retransmission, out);
        // Not a row of the table: no segment brought this about, and the diagram of TCP's states has no such edge.
        static constexpr TcpTransition kUnacknowledged{
            TcpState::SynReceived, TcpEvent::RcvAckOfSyn, TcpState::Established, TcpAction::None, "", false};
        state_ = kUnacknowledged.to;
        out.stateChanged(kUnacknowledged);
        becomeEstablished(now, out);
        out.tell(AppCall::Opened, AppResult::Ok);
    }
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
            sendRst(now, seg.ack, Reason::SentRstBadAck, out);
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
    rcvEdge_ = rcvNxt_ + firstWindow(); // promised by our SYN
    agreeOnOptions(now, seg);
    sndWnd_ = maxSndWnd_ = seg.window;
    sndWl1_ = seg.seq;
    sndWl2_ = iss_;
    if (!ackAcceptable) { // both ends opened at once
        take(now, TcpEvent::RcvSyn, out);
        sendSyn(now, Reason::SentSimultaneousOpen, out);
        keepForEstablished(seg);
        return;
    }
    acknowledgeUpTo(now, seg, out);
    sndWl2_ = seg.ack;
    take(now, TcpEvent::RcvSynAck, out);
    becomeEstablished(now, out);
    out.tell(AppCall::Opened, AppResult::Ok);
    // Data that wait may carry the acknowledgment; else it goes alone.
    ackPending_ = ackAtOnce_ = config_->handshake != Handshake::TwoWay;
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
    const bool crossed = state_ == TcpState::SynReceived && !passive_ && seg.flags.syn() && seg.flags.ack() &&
                         !seg.flags.rst() && seg.seq == irs_;
    if (crossed) {
        seg.flags.bits &= static_cast<std::uint8_t>(~TcpFlags::Syn);
        seg.seq += 1;
    }
    // first, check sequence number; before it the timestamp (RFC 7323 §5.3)
    if (refusedByTimestamp(now, seg, out))
        return;
    if (!acceptable(seg) || repeatsSyn(seg)) {
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
    if (!ackMayBe(now, seg, out))
        return;
    rememberTimestamp(now, seg);
    if (ecnOn_) { // RFC 3168 §6.1.3
        if (seg.flags.has(TcpFlags::Cwr))
            echoCongestion_ = false;
        if (seg.ipEcn == Ecn::CongestionExperienced && !seg.payload.empty())
            echoCongestion_ = markToTell_ = true;
    }
    // "Tailor" the segment to the window: what lies before is old, what lies behind is not promised.
    const bool probe = rcvWnd() == 0 && seg.segLen() > 0;
    if (seqLt(seg.seq, rcvNxt_)) {
        if (sackOn_ && seg.segLen() > 0) // RFC 2883 §4
            duplicate_ = {seg.seq, seqMin(rcvNxt_, seg.seq + seg.segLen())};
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
    const bool opens = state_ == TcpState::SynReceived; // and sends what waits
    bool news = false;
    if (!checkAck(now, seg, finInOrder, crossed, news, out) || state_ == TcpState::Closed)
        return;
    // §3.10.7.4, seventh: the acknowledgment of the text is piggybacked on what its ACK lets go. Not on what lies behind a gap,
    // which wants an ACK without data to count as a duplicate (RFC 5681 §2).
    const bool inOrder = seqLe(seg.seq, rcvNxt_);
    if (!opens && !inOrder)
        sendAfterAck(now, news, out);
    if (crossed && config_->acknowledgeCrossedSyn) {
        if (sackOn_)
            duplicate_ = {irs_, irs_ + 1};
        markForAck(Reason::SentAckUnacceptable, true);
    }
    if (probe) // its ACK counted, its octet does not fit
        markForAck(Reason::SentAckUnacceptable, true);
    processText(now, seg, out);
    if (state_ == TcpState::Closed)
        return;
    if (!opens && inOrder)
        sendAfterAck(now, news, out);
    flushAck(now, out);
}

/// RFC 7323 §4.3: what is to be echoed is the timestamp of the segment that the next ACK answers. One that is too old to
/// compare with is replaced by whatever comes (§5.5). Not of a segment that is dropped for its ACK: it may be a forger's, and
/// a clock far ahead would make all that follow look old.
void Connection::rememberTimestamp(SimTime now, const TcpSegment& seg)
{
    if (!timestampsOn_ || !seg.timestamps || !seqLe(seg.seq, lastAckSent_))
        return;
    if (seqLt(Seq32(seg.timestamps->value), Seq32(tsRecent_)) && now < tsRecentAt_ + kTimestampValid)
        return;
    tsRecent_ = seg.timestamps->value;
    tsRecentAt_ = now;
}

/// RFC 7323 §5.3, R1: an old duplicate shows by its timestamp, however well its number fits. After 24 days of silence the
/// clock may have gone round, and the test means nothing.
bool Connection::refusedByTimestamp(SimTime now, const TcpSegment& seg, TcpSink& out)
{
    if (!timestampsOn_ || seg.flags.rst())
        return false;
    if (!seg.timestamps) {
        // A SYN may be that of a peer that has begun anew: it is answered "irrespective of the sequence number" (RFC 5961 §4).
        if (!config_->strictTimestamps || seg.flags.syn())
            return false;
        out.ignored(Reason::IgnoredPaws); // §3.2
        return true;
    }
    if (!seqLt(Seq32(seg.timestamps->value), Seq32(tsRecent_)) || now >= tsRecentAt_ + kTimestampValid)
        return false;
    out.ignored(Reason::IgnoredPaws);
    sendAck(now, Reason::SentAckPaws, out);
    return true;
}

// §3.10.7.4, first: the four cases of the acceptability test, Table 6.
bool Connection::acceptable(const TcpSegment& seg) const
{
    const std::uint32_t window = rcvWnd();
    const std::uint32_t length = seg.segLen();
    if (length == 0)
        return window == 0 ? seg.seq == rcvNxt_ : seqInWindow(seg.seq, rcvNxt_, window);
    if (window == 0) // nothing fits, but a valid ACK, URG or RST at the edge still counts
        return seg.seq == rcvNxt_ && (seg.flags.ack() || seg.flags.rst());
    return seqInWindow(seg.seq, rcvNxt_, window) || seqInWindow(seg.seq + (length - 1), rcvNxt_, window);
}

/// A SYN that came before, with the text or FIN behind it: those reach into the window, but it asks for an answer as it would
/// alone. Without the SYN, which is cut off as old, nothing would be left but a segment without ACK.
bool Connection::repeatsSyn(const TcpSegment& seg) const
{
    return state_ == TcpState::SynReceived && seg.flags.syn() && !seg.flags.ack() && !seg.flags.rst() &&
           seg.seq == irs_;
}

void Connection::answerUnacceptable(SimTime now, const TcpSegment& seg, TcpSink& out)
{
    if (seg.flags.rst()) {
        out.ignored(Reason::IgnoredRstOutsideWindow);
        return;
    }
    if (state_ == TcpState::SynReceived && seg.flags.syn() && !seg.flags.ack() && seg.seq == irs_ &&
        config_->synAckOnDuplicateSyn) {
        out.ignored(Reason::IgnoredOutsideWindow);
        sendAgain(now, iss_, 0, Reason::SentSynAck, out);
        return;
    }
    if (state_ == TcpState::TimeWait && seg.flags.fin() && seg.seq + seg.segLen() == rcvNxt_) {
        // Our last ACK was lost: acknowledge again, and wait 2MSL again (eighth).
        sendAck(now, Reason::SentAckOfFinAgain, out);
        startTimer(Timer::TimeWait, now + 2 * config_->msl, out);
        return;
    }
    const std::uint32_t length = static_cast<std::uint32_t>(seg.payload.size()) + (seg.flags.fin() ? 1 : 0);
    const bool old = length > 0 && !seg.flags.syn() && seqLe(seg.seq + length, rcvNxt_);
    if (old && sackOn_) // RFC 2883 §4
        duplicate_ = {seg.seq, seg.seq + length};
    out.ignored(old ? Reason::IgnoredDuplicateData : Reason::IgnoredOutsideWindow);
    if (seg.flags.syn() && synchronized()) {
        // "irrespective of the sequence number" (fourth; RFC 5961 §4)
        if (mayChallenge(now, out))
            sendAck(now, Reason::SentChallengeAckSyn, out);
        return;
    }
    sendAck(now, Reason::SentAckUnacceptable, out);
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
        if (mayChallenge(now, out))
            sendAck(now, Reason::SentChallengeAckRst, out);
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
    if (mayChallenge(now, out))
        sendAck(now, Reason::SentChallengeAckSyn, out);
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
    if (readerGone_ && !seg.payload.empty() && config_->resetOnUnreadData) {
        // §3.6.1: data for a program that has closed are lost, and the peer must know
        sendRst(now, numberWithoutData(), Reason::SentRstDataAfterClose, out);
        take(now, TcpEvent::Abort, out);
        out.tell(AppCall::Closed, AppResult::Reset);
        return;
    }
    if (seg.segLen() == 0)
        return;
    const Seq32 before = rcvNxt_;
    const Seq32 end = seg.seq + static_cast<std::uint32_t>(seg.payload.size());
    const bool gapBefore = !reassembly_.empty();
    const std::uint32_t windowBefore = rcvWnd();
    const std::size_t heldBefore = octetsHeld();
    // RFC 2883 §4: of two stretches that were here the first is named; what lies before RCV.NXT has been, if anything.
    const bool named = duplicate_.left != duplicate_.right && duplicate_.right == rcvNxt_;
    if (sackOn_ && gapBefore && !named) {
        if (const SackBlock held = reassembly_.alreadyHeld(seg.seq, end); held.left != held.right)
            duplicate_ = held;
    }
    if (!gapBefore && seg.seq == rcvNxt_ && !seg.payload.empty()) { // as nearly always
        rcvNxt_ = end;
        takeIn(seg.payload.view(), out);
    } else {
        reassembly_.insert(seg.seq, seg.payload.view(), rcvNxt_);
    }
    if (seg.flags.fin())
        reassembly_.rememberFin(end);
    if (const std::size_t octets = seg.payload.size(); octets > 0) {
        if (config_->segmentMemory != 0) {
            memory_.measure(static_cast<std::uint32_t>(octets), ownMss());
            if (octetsHeld() > heldBefore)
                memory_.arrived(seg.seq, static_cast<std::uint32_t>(octets), memorySize());
        }
        refreshQuickAcks(now, windowBefore, static_cast<std::uint32_t>(octets));
        growOffer(octets);
    }
    if (!seg.payload.empty()) {
        if (seqGt(seg.seq, before))
            markForAck(Reason::SentAckOutOfOrder, true);
        else if (gapBefore)
            markForAck(Reason::SentAckFillsGap, true);
        else
            markForAck(Reason::SentAckImmediate, !config_->delayedAck);
    } else if (seqGt(seg.seq, before)) {
        markForAck(Reason::SentAckOutOfOrder, true);
    }
    advanceReceive(now, out);
    memory_.readUpTo(unreadFrom()); // a program that reads at once has done so
    unackedOctets_ += static_cast<std::uint32_t>(rcvNxt_ - before);
}

void Connection::takeIn(ByteView data, TcpSink& out)
{
    if (readerGone_)
        return;
    if (autoRead_)
        out.deliver(data);
    else
        received_.append(Octets::borrow(data));
}

void Connection::advanceReceive(SimTime now, TcpSink& out)
{
    if (reassembly_.holdsOctets()) {
        const Bytes data = reassembly_.take(rcvNxt_);
        rcvNxt_ += static_cast<std::uint32_t>(data.size());
        if (!data.empty())
            takeIn(data, out);
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
    reassembly_.forgetFin();
    passiveCloser_ = state_ == TcpState::Established;
    // Quick acknowledgments are for data; this end has its own FIN to send with it. Unless nothing came before: a kernel has no
    // idea yet how long to wait.
    const bool nothingBefore = rcvNxt_ == irs_ + 2;
    markForAck(Reason::SentAckOfFin, !config_->delayedAck || (acksAtOnceLeft_ > 0 && nothingBefore));
    acksAtOnceLeft_ = 0;
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
