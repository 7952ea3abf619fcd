// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a trace follows of a connection, and what a status call says.
#include "core/tcp/connection.h"

#include <stdexcept>

namespace packetarium {

namespace {

std::uint64_t rangeOf(const SackBlock& block)
{
    return std::uint64_t{block.left.value()} << 32 | block.right.value();
}

} // namespace

CongestionPhase Connection::phase() const
{
    switch (repair_) {
    case Repair::FastRecovery: return CongestionPhase::FastRecovery;
    case Repair::AfterTimeout:
        if (window_.inSlowStart())
            return CongestionPhase::AfterTimeout;
        break; // RFC 5681 §3.1: beyond ssthresh it is congestion avoidance, repaired or not
    case Repair::None: break;
    }
    return window_.inSlowStart() ? CongestionPhase::SlowStart : CongestionPhase::CongestionAvoidance;
}

SendLimit Connection::limitedBy() const
{
    const bool holesWait =
        repair_ == Repair::FastRecovery && sackOn_ && (usesRack() ? rack_.anyLost() : nextToRepair().has_value());
    if (holesWait || resendsMore()) // what must go again waits for cwnd
        return SendLimit::CongestionWindow;
    const std::size_t unsent = octetsUnsent();
    if (unsent == 0 || (moreComes() && unsent < smss())) // there is nothing, or it said that more comes
        return SendLimit::Program;
    const auto wanted = static_cast<std::uint32_t>(std::min<std::size_t>(unsent, smss()));
    const std::uint32_t receiver = receiverRoom();
    const std::uint32_t congestion = congestionRoom();
    if (receiver < wanted && receiver <= congestion)
        return receiver == 0 ? SendLimit::ReceiverWindow : SendLimit::SmallWindow;
    if (congestion < wanted)
        return SendLimit::CongestionWindow;
    return SendLimit::Nagle;
}

void Connection::publish(TcpSink& out)
{
    if (state_ == TcpState::Closed || state_ == TcpState::Listen || !out.follows())
        return;
    const auto say = [&](Variable variable, std::uint64_t value) {
        const auto place = static_cast<std::size_t>(variable);
        const std::uint64_t bit = std::uint64_t{1} << place;
        if ((publishedOnce_ & bit) != 0 && published_[place] == value)
            return;
        publishedOnce_ |= bit;
        published_[place] = value;
        out.variableChanged(variable, value);
    };
    const auto known = [&](Variable variable) {
        return (publishedOnce_ >> static_cast<std::size_t>(variable) & 1) != 0;
    };
    const auto nanoseconds = [](SimDuration d) { return static_cast<std::uint64_t>(d.ns()); };
    say(Variable::Iss, iss_.value());
    say(Variable::SndUna, sndUna_.value());
    say(Variable::SndNxt, sndNxt_.value());
    say(Variable::SndBuffered, sendQueue_.size());
    say(Variable::Rto, nanoseconds(rtt_.rto()));
    say(Variable::Retransmissions, static_cast<std::uint64_t>(retransmissions_));
    if (rtt_.measured()) {
        say(Variable::Srtt, nanoseconds(rtt_.srtt()));
        say(Variable::RttVar, nanoseconds(rtt_.rttVar()));
    }
    if (state_ == TcpState::SynSent)
        return;
    say(Variable::Irs, irs_.value());
    say(Variable::RcvNxt, rcvNxt_.value());
    say(Variable::RcvWnd, rcvWnd());
    say(Variable::RcvBuffered, received_.size());
    say(Variable::RcvOutOfOrder, reassembly_.octets());
    say(Variable::SndMss, smss());
    say(Variable::SndWnd, sndWnd_);
    if (!synchronized())
        return;
    say(Variable::SndWl1, sndWl1_.value());
    say(Variable::SndWl2, sndWl2_.value());
    say(Variable::Cwnd, window_.cwnd());
    say(Variable::Ssthresh, window_.ssthresh());
    say(Variable::Phase, static_cast<std::uint64_t>(phase()));
    say(Variable::LimitedBy, static_cast<std::uint64_t>(limitedBy()));
    if (scaleAgreed_) {
        say(Variable::SndScale, sndScale_);
        say(Variable::RcvScale, rcvScale_);
    }
    const bool repairing = repair_ != Repair::None;
    if (dupAcks_ > 0 || known(Variable::DuplicateAcks))
        say(Variable::DuplicateAcks, static_cast<std::uint64_t>(dupAcks_));
    if (repairing || known(Variable::Recover))
        say(Variable::Recover, repairing ? recover_.value() : 0);
    if (repairing || known(Variable::Pipe))
        say(Variable::Pipe, repairing ? inNetwork() : flightSize());
    const auto sayRanges = [&](Variable first, const SackBlock* blocks, std::size_t count) {
        for (std::size_t i = 0; i < SackBlocks::kMost; ++i) {
            const auto variable = static_cast<Variable>(static_cast<std::size_t>(first) + i);
            if (i < count || known(variable))
                say(variable, i < count ? rangeOf(blocks[i]) : 0);
        }
    };
    if (reassembly_.holdsOctets() || known(Variable::OutOfOrder1)) {
        const SackBlocks held = reassembly_.blocksInOrder();
        sayRanges(Variable::OutOfOrder1, held.begin(), held.size());
    }
    if (!scoreboard_.empty() || known(Variable::Sacked1))
        sayRanges(Variable::Sacked1, scoreboard_.ranges().data(),
                  std::min(scoreboard_.ranges().size(), SackBlocks::kMost));
}

} // namespace packetarium
