// SPDX-License-Identifier: GPL-3.0-or-later
//
// How losses are noticed and repaired: fast retransmit and fast recovery
// (RFC 5681 §3.2), NewReno's partial acknowledgments (RFC 6582), recovery with
// selective acknowledgments (RFC 6675), and starting over after a time-out.
#include "core/tcp/connection.h"

namespace packetarium {

/// Sends octets from `from` on a second time; with the FIN if they reach that far, or the SYN.
std::uint32_t Connection::sendAgain(SimTime now, Seq32 from, std::uint32_t mostOctets, Reason cause, TcpSink& out)
{
    TcpSegment seg;
    if (synUnacknowledged()) {
        seg.seq = iss_;
        seg.flags.bits = TcpFlags::Syn;
        offerOptions(now, seg);
        if (state_ == TcpState::SynSent)
            seg.window = static_cast<std::uint16_t>(firstWindow());
        else
            seg.flags.bits |= TcpFlags::Ack;
    } else {
        const auto sent = static_cast<std::uint32_t>(sndNxt_ - from) - (finUnacknowledged() ? 1u : 0u);
        seg = segmentAt(from, std::min(sent, mostOctets));
        if (finUnacknowledged() && seg.seq + static_cast<std::uint32_t>(seg.payload.size()) + 1 == sndNxt_)
            seg.flags.bits |= TcpFlags::Fin;
    }
    if (seqLe(from, timedSeq_))
        timedAt_ = SimTime::never(); // Karn's algorithm, RFC 6298 §3
    emit(now, seg, cause, true, out);
    return seg.segLen();
}

/// Whether a loss shown now belongs to what was under way when the last repair began, so that no other may begin.
bool Connection::sameLossAgain() const
{
    if (sackOn_) // RFC 6675 §5.1: after a time-out "until HighACK is greater than or equal to" RecoveryPoint
        return seqLt(sndUna_, recover_);
    if (config_->congestionControl ==
        CongestionControl::Reno) // RFC 5681 knows no "recover": each hole counts for itself
        return sndUna_ == recover_;
    return seqLe(sndUna_, recover_); // RFC 6582 §3.2 (1): the ACK must cover more
}

/// An acknowledgment that repeats the last one, while data are under way.
void Connection::duplicateAck(SimTime now, TcpSink& out)
{
    ++dupAcks_;
    if (repair_ == Repair::FastRecovery && !sackOn_ && config_->congestionControl != CongestionControl::None) {
        window_.inflate(smss()); // RFC 5681 §3.2 (4): a segment has left the network
        return;
    }
    if (repair_ != Repair::None || sameLossAgain())
        return;
    if (usesRack()) // lookForLosses() says when
        return;
    const bool byScoreboard = sackOn_ && scoreboard_.lostBefore(config_->duplicateAcks, smss()).has_value();
    if (dupAcks_ >= config_->duplicateAcks || byScoreboard)
        enterRecovery(now, out);
}

void Connection::enterRecovery(SimTime now, TcpSink& out)
{
    const std::uint32_t flight = flightSize() - std::min(limitedOctets_, flightSize()); // RFC 5681 §3.2 (2)
    // RFC 3168 §6.1.2: an ECN-Echo and a loss from one window of data reduce once.
    if (!ecnOn_ || seqGe(sndUna_, ecnRecover_)) {
        window_.onCongestion(flight, now);
        noteReduction();
    }
    limitedOctets_ = 0;
    probeEnd_.reset();
    const Reason cause =
        dupAcks_ >= config_->duplicateAcks || !usesRack() ? Reason::SentFastRetransmit : Reason::SentRackRetransmit;
    if (config_->congestionControl == CongestionControl::Tahoe) {
        window_.set(smss());
        startOver();
        resendLost(now, cause, out);
        return;
    }
    recover_ = sndNxt_;
    repair_ = Repair::FastRecovery;
    partialSeen_ = false;
    prrDelivered_ = prrOut_ = 0;
    prrFlight_ = flightSize() - scoreboard_.octets();
    highRxt_ = sndUna_;
    const auto gap = usesRack() ? rack_.firstLost() : scoreboard_.gapFrom(sndUna_, recover_);
    const std::uint32_t most = sackOn_ && gap ? static_cast<std::uint32_t>(gap->right - gap->left) : smss();
    prrOut_ = sendAgain(now, usesRack() && gap ? gap->left : sndUna_, most, cause, out);
    highRxt_ = rescueRxt_ = sndUna_ + prrOut_;
    if (!sackOn_) {
        window_.set(window_.ssthresh() + static_cast<std::uint32_t>(config_->duplicateAcks) * smss());
    } else if (config_->proportionalReduction) {
        window_.set(inNetwork());
    } else {
        window_.set(window_.ssthresh());
    }
}

/// New data were acknowledged while the loss is being repaired.
void Connection::ackInRecovery(SimTime now, std::uint32_t octets, TcpSink& out)
{
    const bool full = seqGe(sndUna_, recover_);
    if (full || (!sackOn_ && config_->congestionControl == CongestionControl::Reno)) {
        leaveRecovery();
        return;
    }
    if (seqLt(highRxt_, sndUna_))
        highRxt_ = sndUna_;
    if (sackOn_)
        return; // sendInRecovery() goes on from the scoreboard
    // RFC 6582 §3.2 (3), partial acknowledgment: the next hole at once; the window shrinks by what has left the network.
    sendAgain(now, sndUna_, smss(), Reason::SentRecovery, out);
    window_.deflate(octets);
    if (octets >= smss())
        window_.inflate(smss());
    partialSeen_ = true;
}

void Connection::leaveRecovery()
{
    repair_ = Repair::None;
    dupAcks_ = 0;
    rack_.onRecovered();
    window_.set(window_.ssthresh()); // RFC 5681 §3.2 (6)
}

/// NextSeg of RFC 6675 §4, rules 1 and 3: what to send again, if anything. New data that went out during the recovery may be
/// lost as well.
std::optional<SackBlock> Connection::nextToRepair() const
{
    const auto highest = scoreboard_.highest();
    if (!highest)
        return std::nullopt;
    return scoreboard_.gapFrom(seqMax(highRxt_, sndUna_), *highest);
}

/// NextSeg's rule 4: once in a recovery what was sent last goes again, lest its loss, which no SACK can show, need a time-out.
std::uint32_t Connection::sendRescue(SimTime now, TcpSink& out)
{
    const Seq32 tail = seqMax(scoreboard_.highest().value_or(sndUna_), sndUna_);
    if (!seqGt(sndUna_, rescueRxt_) || !seqLt(tail, sndNxt_))
        return 0;
    rescueRxt_ = recover_;
    return sendAgain(now, seqMax(tail, sndNxt_ - smss()), smss(), Reason::SentRecovery, out);
}

// RFC 6675 §5 (C): while the window has room for a segment, the next hole that is taken for lost, or else new data, or else a
// hole that may be one. With RACK what is lost is known, and a tail is probed for instead.
void Connection::sendInRecovery(SimTime now, TcpSink& out)
{
    while (mayCarryData() && window_.cwnd() >= inNetwork() + smss()) {
        const auto lost = scoreboard_.lostBefore(config_->duplicateAcks, smss());
        const auto hole = usesRack() ? rack_.firstLost() : nextToRepair();
        const bool surely = hole && (usesRack() || (lost && seqLt(hole->left, *lost)));
        const bool fresh = octetsUnsent() > 0 && !finSent_ && !waitsForTimer_ &&
                           receiverRoom() >= std::min<std::size_t>(octetsUnsent(), smss());
        std::uint32_t octets = 0;
        if (hole && (surely || !fresh)) {
            octets = std::min(static_cast<std::uint32_t>(hole->right - hole->left), smss());
            octets = sendAgain(now, hole->left, octets, Reason::SentRecovery, out);
            highRxt_ = hole->left + octets;
        } else if (fresh) {
            const Seq32 before = sndNxt_;
            sendNext(now, usableWindow(), Reason::SentAckClock, false, out);
            octets = static_cast<std::uint32_t>(sndNxt_ - before);
        } else {
            octets = usesRack() ? 0 : sendRescue(now, out);
            if (octets == 0)
                return;
        }
        prrOut_ += octets;
    }
}

/// What grows when an acknowledgment shows a loss during a recovery: a count, or how far what is lost reaches.
std::uint32_t Connection::lossesKnown() const
{
    if (usesRack())
        return rack_.lossesFound();
    const auto bound = scoreboard_.lostBefore(config_->duplicateAcks, smss());
    return bound ? static_cast<std::uint32_t>(*bound - recover_) + 0x8000'0000u : 0;
}

// RFC 9937 §6: for what was delivered, so much goes out that at the end of the round trip ssthresh is under way. `began`: with
// this acknowledgment, so that the fast retransmit is of what it lets go. `safe`: it brought SND.UNA on and showed no loss.
void Connection::reduceProportionally(std::uint32_t delivered, bool began, bool safe)
{
    const std::uint32_t went = began ? prrOut_ : 0;
    const std::uint32_t pipe = inNetwork() - went, out = prrOut_ - went;
    const std::uint32_t threshold = window_.ssthresh();
    prrFlight_ += began ? delivered : 0; // RecoverFS: all that may be delivered from here on
    prrDelivered_ += delivered;
    std::uint32_t send = 0;
    if (pipe > threshold) {
        std::uint64_t due = (std::uint64_t{prrDelivered_} * threshold + prrFlight_ - 1) / prrFlight_;
        due = (due + smss() - 1) / smss() * smss(); // whole segments, as the kernel counts them
        send = due > out ? static_cast<std::uint32_t>(due) - out : 0;
    } else {
        const std::uint32_t most = std::max(prrDelivered_ > out ? prrDelivered_ - out : 0, delivered);
        send = std::min(threshold - pipe, most + (safe ? smss() : 0));
    }
    window_.set(pipe + std::max(send, went));
}

/// All that is under way counts as lost and goes again from the beginning, as the window lets it (RFC 5681 §3.1; RFC 2018 §8:
/// what the peer said it holds no longer counts).
void Connection::startOver()
{
    recover_ = sndNxt_;
    resendNxt_ = sndUna_;
    repair_ = Repair::AfterTimeout;
    dupAcks_ = 0;
    limitedOctets_ = 0;
    scoreboard_.clear();
    rack_.startOver();
}

/// After a time-out: something that counts as lost has not gone again.
bool Connection::resendsMore() const
{
    return repair_ == Repair::AfterTimeout && (usesRack() ? rack_.anyLost() : seqLt(resendNxt_, recover_));
}

void Connection::resendLost(SimTime now, Reason cause, TcpSink& out)
{
    if (usesRack()) {
        resendMarked(now, cause, out);
        return;
    }
    resendNxt_ = seqMax(resendNxt_, sndUna_);
    while (seqLt(resendNxt_, recover_)) {
        const auto gap = scoreboard_.gapFrom(resendNxt_, recover_);
        if (!gap) {
            resendNxt_ = recover_;
            return;
        }
        resendNxt_ = gap->left;
        const std::uint32_t most = std::min(static_cast<std::uint32_t>(gap->right - gap->left), smss());
        const auto under = static_cast<std::uint32_t>(resendNxt_ - sndUna_);
        const bool first = resendNxt_ == sndUna_; // the oldest goes whatever the windows say (MUST-34)
        if (!first && (under + most > window_.cwnd() || under + most > sndWnd_))
            return;
        resendNxt_ += sendAgain(now, resendNxt_, most, cause, out);
        cause = Reason::SentAfterTimeout;
    }
}

/// The same with RACK, which knows of each segment whether it counts as lost.
void Connection::resendMarked(SimTime now, Reason cause, TcpSink& out)
{
    while (const auto lost = rack_.firstLost()) {
        const std::uint32_t most = std::min(static_cast<std::uint32_t>(lost->right - lost->left), smss());
        const auto end = static_cast<std::uint32_t>(lost->left - sndUna_) + most;
        const bool first = lost->left == sndUna_; // MUST-34, as above
        if (!first && (rack_.pipe() + most > window_.cwnd() || end > sndWnd_))
            return;
        if (sendAgain(now, lost->left, most, cause, out) == 0)
            return;
        cause = Reason::SentAfterTimeout;
    }
}

} // namespace packetarium
