// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a connection sends of its own accord: new data, acknowledgments, resets.
#include "core/tcp/connection.h"

#include "core/wire/ecn.h"

#include <limits>

namespace packetarium {

/// Fills in what every segment carries, sends it, and settles the acknowledgment it makes good.
void Connection::emit(SimTime now, TcpSegment& seg, Reason cause, bool retransmission, TcpSink& out)
{
    seg.sourcePort = local_.port;
    seg.destinationPort = remote_.port;
    if (seg.flags.ack()) {
        seg.ack = holdsAckOfFin() ? rcvNxt_ - 1 : rcvNxt_;
        seg.window = windowField(seg.flags.syn());
        if (!seg.flags.syn())
            addOptions(now, seg);
        if (echoCongestion_ && !seg.flags.syn())
            seg.flags.bits |= TcpFlags::Ece;
        if (markToTell_) // RFC 3168 §6.1.3: of whatever this one acknowledges, even if CWR has come since
            seg.flags.bits |= TcpFlags::Ece;
        markToTell_ = false;
        if (ackPending_ && acksAtOnceLeft_ > 0 && ackReason_ != Reason::SentAckOfSyn)
            --acksAtOnceLeft_;
        lastAckSent_ = seg.ack;
        ackPending_ = ackAtOnce_ = false;
        unackedOctets_ = 0;
        stopTimer(Timer::DelayedAck, out);
    }
    if (seg.segLen() > 0) {
        if (ecnOn_ && !retransmission && !seg.payload.empty()) {
            seg.ipEcn = Ecn::Ect0; // RFC 3168 §6.1.2; not what is sent again, §6.1.5
            if (reduced_)
                seg.flags.bits |= TcpFlags::Cwr;
            reduced_ = false;
        }
        if (!retransmission && timedAt_.isNever()) { // one sample a time; Karn: never of what was sent twice
            timedSeq_ = seg.seq + (seg.segLen() - 1);
            timedAt_ = now;
        }
        if (!running(Timer::Retransmission)) // RFC 6298 §5.1
            startTimer(Timer::Retransmission, now + rtt_.rto(), out);
        lastSent_ = now;
        watchProgress(now, out);
        if (tracksSegments() && !seg.flags.syn())
            rack_.onSent(seg.seq, seg.seq + seg.segLen(), now, retransmission);
    }
    out.sendSegment(seg, cause, retransmission);
}

/// §3.4.1; after an older connection of the same ends, above what that one used.
Seq32 Connection::newIss(SimTime now, TcpSink& out)
{
    const std::optional<Seq32> fixed = out.fixedIss(*config_);
    Seq32 iss = fixed ? *fixed : chooseIsn(now, local_, remote_, secret_);
    if (issAbove_ && seqLe(iss, *issAbove_))
        iss = *issAbove_ + 1;
    return iss;
}

void Connection::sendSyn(SimTime now, Reason cause, TcpSink& out)
{
    const bool first = cause != Reason::SentSimultaneousOpen;
    TcpSegment syn;
    if (first) {
        iss_ = newIss(now, out);
        issAbove_.reset();
        sndUna_ = recover_ = ecnRecover_ = iss_;
        sndNxt_ = sendBase_ = smallEnd_ = iss_ + 1;
        finSent_ = finAcked_ = false;
        synRetransmissions_ = retransmissions_ = 0;
    }
    timedAt_ = SimTime::never();
    syn.seq = iss_;
    syn.flags.bits = TcpFlags::Syn;
    offerOptions(now, syn);
    if (state_ == TcpState::SynReceived)
        syn.flags.bits |= TcpFlags::Ack;
    else
        syn.window = static_cast<std::uint16_t>(firstWindow());
    memory_.offered(firstWindow());
    emit(now, syn, cause, false, out);
    if (!first)
        timedAt_ = SimTime::never(); // the SYN went out a second time: Karn's algorithm
}

// --- how much may go ----------------------------------------------------------------------------------------------

/// What the receiver allows beyond what was sent.
std::uint32_t Connection::receiverRoom() const
{
    return static_cast<std::uint32_t>(std::max<std::int32_t>(0, (sndUna_ + sndWnd_) - sndNxt_));
}

/// Octets taken to be under way: FlightSize, or while losses are repaired what is left of it.
std::uint32_t Connection::inNetwork() const
{
    if (repair_ == Repair::FastRecovery && sackOn_)
        return usesRack() ? rack_.pipe() : scoreboard_.pipe(sndUna_, sndNxt_, highRxt_, config_->duplicateAcks, smss());
    if (repair_ == Repair::AfterTimeout && usesRack())
        return rack_.pipe();
    if (resendsMore())
        return static_cast<std::uint32_t>(std::max(0, resendNxt_ - sndUna_));
    return flightSize();
}

std::uint32_t Connection::congestionRoom() const
{
    if (waitsForTimer_)
        return 0;
    std::uint32_t allowed = window_.cwnd();
    const std::uint32_t under = inNetwork();
    if (config_->limitedTransmit && repair_ == Repair::None && dupAcks_ > 0) {
        // RFC 3042 §2: each of the first two duplicate ACKs lets one new segment go, two beyond the window at most.
        const std::uint32_t before = std::max(allowed, under - std::min(under, limitedOctets_));
        const std::uint32_t extra = static_cast<std::uint32_t>(std::min(dupAcks_, 2)) * smss();
        allowed = std::min(before + extra, allowed + 2 * smss());
    }
    return allowed > under ? allowed - under : 0;
}

/// §3.7.4: something is unacknowledged; as Minshall has it, something small.
bool Connection::nagleHolds() const
{
    if (!config_->nagle || sndNxt_ == sndUna_)
        return false;
    return !config_->nagleAfterSmall || seqGt(smallEnd_, sndUna_);
}

/// Behind a full segment: whether what is left of the window may go, too.
bool Connection::mayFillWindow() const
{
    return config_->fillWindow && usableWindow() > 0 && octetsUnsent() > usableWindow() && receiverRoom() < smss() &&
           !nagleHolds();
}

/// When a segment of what waits is worth sending: RFC 9293 §3.8.6.2.1 (silly windows) and §3.7.4 (Nagle).
bool Connection::worthSending() const
{
    const std::size_t unsent = octetsUnsent();
    if (unsent == 0)
        return false;
    const std::size_t usable = usableWindow();
    const std::size_t some = std::min(unsent, usable);
    if (some == 0)
        return false;
    if (some >= smss()) // (1) a full segment
        return true;
    if (moreComes())
        return false;
    const bool idle = sndNxt_ == sndUna_;
    if (unsent <= usable) // (2) all there is; behind it a FIN needs no company
        return !nagleHolds() || finQueued_;
    return (idle || !config_->nagle) && 2 * some >= maxSndWnd_; // (3) half of the largest window
}

// --- what goes ----------------------------------------------------------------------------------------------------

TcpSegment Connection::segmentAt(Seq32 seq, std::uint32_t mostOctets) const
{
    TcpSegment seg;
    seg.seq = seq;
    seg.flags.bits = TcpFlags::Ack;
    const auto offset = static_cast<std::size_t>(std::max<std::int32_t>(0, seq - sendBase_));
    if (offset < sendQueue_.size() && mostOctets > 0) {
        const std::size_t options = optionOctets();
        const std::size_t room = sndMss_ > options ? sndMss_ - options : 1;
        const auto length = std::min<std::size_t>({sendQueue_.size() - offset, mostOctets, room});
        seg.payload = sendQueue_.slice(offset, length);
        // §3.9.1.2: nothing more is waiting behind it, or about to come
        if (offset + length == sendQueue_.size() && waiting_.empty() && !moreComes())
            seg.flags.bits |= TcpFlags::Psh;
    }
    return seg;
}

void Connection::sendQueued(SimTime now, Reason cause, TcpSink& out)
{
    if (!mayCarryData()) {
        watchWindow(now, out);
        return;
    }
    const Seq32 before = sndNxt_;
    if (repair_ == Repair::AfterTimeout)
        resendLost(now, Reason::SentAfterTimeout, out);
    if (repair_ == Repair::FastRecovery && sackOn_) {
        sendInRecovery(now, out);
    } else if (!resendsMore()) {
        bool second = false;
        while (!finSent_ && (worthSending() || (second && mayFillWindow()))) {
            const bool limited = dupAcks_ > 0 && repair_ == Repair::None && flightSize() + smss() > window_.cwnd();
            sendNext(now, usableWindow(), limited ? Reason::SentLimitedTransmit : cause, config_->pushBursts && second,
                     out);
            second = !second;
        }
    }
    if (finQueued_ && !finSent_ && octetsUnsent() == 0 && waiting_.empty() && receiverRoom() > 0)
        sendFin(now, out);
    noteUse();
    watchWindow(now, out);
    if (sndNxt_ != before)
        planProbe(now, out);
}

void Connection::sendFin(SimTime now, TcpSink& out)
{
    TcpSegment fin = segmentAt(sndNxt_, 0);
    fin.flags.bits = TcpFlags::Fin | TcpFlags::Ack;
    sndNxt_ += 1;
    finSent_ = true;
    emit(now, fin, Reason::SentFin, false, out);
    leaveCloseWait(now, out);
}

/// §3.10.4: the CLOSE in CLOSE-WAIT takes effect once its FIN has gone out, with whatever it went.
void Connection::leaveCloseWait(SimTime now, TcpSink& out)
{
    if (finSent_ && state_ == TcpState::CloseWait)
        take(now, TcpEvent::Close, out);
}

/// One segment of what waits, with the FIN behind it if that fits.
void Connection::sendNext(SimTime now, std::uint32_t mostOctets, Reason cause, bool push, TcpSink& out)
{
    TcpSegment seg = segmentAt(sndNxt_, mostOctets);
    const bool last = seg.payload.size() == octetsUnsent() && waiting_.empty();
    sndNxt_ += static_cast<std::uint32_t>(seg.payload.size());
    if (seg.payload.size() < smss())
        smallEnd_ = sndNxt_;
    if (push)
        seg.flags.bits |= TcpFlags::Psh;
    if (cause == Reason::SentLimitedTransmit)
        limitedOctets_ += static_cast<std::uint32_t>(seg.payload.size());
    if (last && finQueued_ && receiverRoom() > 0) {
        seg.flags.bits |= TcpFlags::Fin;
        sndNxt_ += 1;
        finSent_ = true;
    }
    emit(now, seg, cause, false, out);
    leaveCloseWait(now, out);
}

/// RFC 5681 §4.1: after a retransmission timeout of silence the old window says nothing about the network any more.
void Connection::restartIfIdle(SimTime now)
{
    if (sndUna_ != sndNxt_ || !synchronized())
        return;
    window_.pause();
    if (config_->restartAfterIdle && now > lastSent_ + rtt_.rto())
        window_.onIdle();
}

/// SND.NXT, but no more than the peer's window reaches: behind a probe's octet, or in a window that has shrunk, what bears no data
/// would lie outside, and a peer whose own window is shut would not hear what it acknowledges (BSD and Linux do much the same). An
/// edge that is only rounded to the scale's unit is no shrinking.
Seq32 Connection::numberWithoutData() const
{
    const Seq32 edge = sndUna_ + sndWnd_;
    const std::int32_t beyond = sndNxt_ - edge;
    const std::int32_t rounding = sndWnd_ > 0 ? (std::int32_t{1} << sndScale_) - 1 : 0;
    return synchronized() && !synUnacknowledged() && beyond > rounding ? edge : sndNxt_;
}

void Connection::sendAck(SimTime now, Reason cause, TcpSink& out)
{
    if (holdsAckOfFin()) {
        ackPending_ = ackAtOnce_ = false;
        return;
    }
    TcpSegment ack;
    ack.seq = numberWithoutData();
    ack.flags.bits = TcpFlags::Ack;
    emit(now, ack, cause, false, out);
}

void Connection::sendRst(SimTime now, Seq32 seq, Reason cause, TcpSink& out)
{
    TcpSegment rst;
    rst.seq = seq;
    if (timestampsOn_) // RFC 7323 §3.2, a SHOULD; without an ACK there is nothing to echo
        rst.timestamps = TcpTimestamps{timestampAt(now), 0};
    rst.flags.bits = TcpFlags::Rst;
    rst.sourcePort = local_.port;
    rst.destinationPort = remote_.port;
    out.sendSegment(rst, cause, false);
}

/// The reset with which this end drops a connection (§3.10.5).
void Connection::sendAbort(SimTime now, Reason cause, TcpSink& out)
{
    if (!config_->acknowledgeInAbort || !synchronized()) {
        sendRst(now, numberWithoutData(), cause, out);
        return;
    }
    TcpSegment rst;
    rst.seq = numberWithoutData();
    rst.flags.bits = TcpFlags::Rst | TcpFlags::Ack;
    emit(now, rst, cause, false, out);
}

// --- acknowledging, and the window offered ------------------------------------------------------------------------

void Connection::markForAck(Reason cause, bool atOnce)
{
    ackPending_ = true;
    ackAtOnce_ = ackAtOnce_ || atOnce;
    ackReason_ = cause;
}

// §3.8.6.3: at once when something is wrong or for every second full-sized segment, else after a short wait.
void Connection::flushAck(SimTime now, TcpSink& out)
{
    if (!ackPending_ || holdsAckOfFin())
        return;
    if (!ackAtOnce_ && acksAtOnceLeft_ > 0) {
        ackAtOnce_ = true;
        ackReason_ = Reason::SentAckImmediate;
    }
    if (!ackAtOnce_ && unackedOctets_ >= 2u * std::min<std::uint32_t>(smss(), ownMss())) {
        ackAtOnce_ = true;
        ackReason_ = Reason::SentAckSecondSegment;
    }
    if (ackAtOnce_ && compressesAck()) {
        constexpr SimDuration kMost = SimDuration::milliseconds(1);
        ackAtOnce_ = false;
        const SimDuration wait = rtt_.measured() ? std::min(rtt_.srtt() / 20, kMost) : kMost;
        if (!running(Timer::DelayedAck) || deadline(Timer::DelayedAck) > now + wait)
            startTimer(Timer::DelayedAck, now + wait, out);
        return;
    }
    if (ackAtOnce_)
        sendAck(now, ackReason_, out);
    else if (!running(Timer::DelayedAck))
        startTimer(Timer::DelayedAck, now + config_->delayedAckTime, out);
}

/// Whether the ACK that is due only repeats the last one and tells of one more segment behind the gap, as several did before.
bool Connection::compressesAck()
{
    constexpr int kAtOnce = 3; // what the sender needs to see a loss, RFC 5681 §3.2
    if (!config_->compressSack || !sackOn_ || acksAtOnceLeft_ > 0 || ackReason_ != Reason::SentAckOutOfOrder ||
        duplicate_.left != duplicate_.right)
        return false;
    if (repeatsFrom_ != rcvNxt_)
        repeatsAtOnce_ = 0;
    repeatsFrom_ = rcvNxt_;
    if (repeatsAtOnce_ == kAtOnce)
        return true;
    ++repeatsAtOnce_;
    return false;
}

/// As a kernel does it (tcp_incr_quickack): the first data, and data after an RTO of silence, may come from a sender that begins
/// slowly and waits for ACKs. `window` is what was still open for them.
void Connection::refreshQuickAcks(SimTime now, std::uint32_t window, std::uint32_t octets)
{
    if (config_->quickAcks == 0)
        return;
    const bool first = lastData_ == SimTime::never();
    if (first || now - lastData_ > rtt_.rto()) {
        // a short first segment says little of how long segments are
        const std::uint32_t segment = std::max({octets, std::min(536u, window / 2), 1u});
        const std::uint32_t half = window / (2 * segment);
        const int most = std::min(config_->quickAcks, half == 0 ? 2 : static_cast<int>(half));
        acksAtOnceLeft_ = first ? most : std::max(acksAtOnceLeft_, most);
    }
    lastData_ = now;
}

/// As a kernel does it: while there is room in the buffer, what has come lets more come, and is acknowledged at once.
void Connection::growOffer(std::size_t octets)
{
    constexpr std::size_t kWorthwhile = 128;
    if (!config_->growWindow || octets < kWorthwhile)
        return;
    const std::int64_t room = config_->segmentMemory != 0
                                  ? memory_.freeSpace(memorySize())
                                  : std::int64_t{config_->receiveBuffer} - static_cast<std::int64_t>(octetsHeld());
    if (room <= offerLimit_)
        return;
    offerLimit_ +=
        static_cast<std::uint32_t>(std::min<std::int64_t>(room - offerLimit_, 2 * static_cast<std::int64_t>(octets)));
    acksAtOnceLeft_ |= 1; // the kernel's arithmetic: one more of an even number, and at least one
}

/// The receiver's part in avoiding silly windows, §3.8.6.2.2.
std::uint32_t Connection::worthwhileWindowStep() const
{
    return std::max(1u, std::min<std::uint32_t>(config_->receiveBuffer / 2, sndMss_));
}

/// Whether the sender is told of a window that reading has opened (§3.8.6.2.2): when it had no room for a segment, or half of the
/// buffer at most and can be doubled. A kernel has only the latter rule (tcp_cleanup_rbuf).
bool Connection::worthTelling(std::uint32_t before, std::uint32_t after) const
{
    const std::uint64_t twice = 2 * std::uint64_t{before};
    if (config_->segmentMemory != 0)
        return after > before && after >= twice && static_cast<std::int64_t>(twice) <= memory_.wholeSpace(memorySize());
    const bool low = before < sndMss_ || (twice <= config_->receiveBuffer && after >= twice);
    return low && after - before >= worthwhileWindowStep();
}

/// What the SYN offers: the buffer as far as the field goes, in whole segments where it is memory that is counted.
std::uint32_t Connection::firstWindow() const
{
    const std::uint32_t window = std::min<std::uint32_t>(config_->receiveBuffer, 65535);
    const auto segment = static_cast<std::uint32_t>(ownMss() - optionOctets());
    return config_->segmentMemory == 0 || window <= segment ? window : window - window % segment;
}

std::uint32_t Connection::windowOfMemory()
{
    if (!synchronized())
        return firstWindow();
    if (memory_.crowded(memorySize()))
        acksAtOnceLeft_ = 0;
    return memory_.window(memorySize(), std::min(config_->receiveBuffer, offerLimit_), rcvScale_);
}

/// The receive window to offer; its right edge never moves left, and moves right only by a worthwhile step (§3.8.6.2.2).
std::uint32_t Connection::windowToAdvertise()
{
    if (config_->segmentMemory != 0) {
        rcvEdge_ = seqMax(rcvEdge_, rcvNxt_ + windowOfMemory());
        return rcvWnd();
    }
    const auto used = static_cast<std::uint32_t>(std::min<std::size_t>(received_.size(), config_->receiveBuffer));
    const Seq32 edge = rcvNxt_ + std::min(config_->receiveBuffer - used, offerLimit_);
    const bool opening = seqGt(edge, rcvEdge_);
    if (opening && (edge - rcvEdge_ >= static_cast<std::int32_t>(worthwhileWindowStep()) || used == 0))
        rcvEdge_ = edge;
    return rcvWnd();
}

} // namespace packetarium
