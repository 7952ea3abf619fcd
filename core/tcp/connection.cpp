// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/connection.h"

#include <algorithm>
#include <limits>
#include <stdexcept>

namespace packetarium {

Connection::Connection(Config config, const IsnSecret& secret, const IpAddress& local)
    : config_(std::move(config))
    , secret_(secret)
    , local_{local, 0}
    , acksAtOnceLeft_(config_->quickAcks)
    , offerLimit_(config_->growWindow ? 65535 : std::numeric_limits<std::uint32_t>::max())
    , rtt_(*config_)
    , window_(*config_)
{
    deadlines_.fill(SimTime::never());
}

Connection::Connection(const TcpConfig& config, const IsnSecret& secret, const IpAddress& local)
    : Connection(std::make_shared<const TcpConfig>(config), secret, local)
{}

/// A connection that was used before begins as a new one; only how its program reads and the link's limit stay.
void Connection::beginAnew()
{
    const bool autoRead = autoRead_;
    const std::uint16_t mssLimit = mssLimit_, offeredMssLimit = offeredMssLimit_;
    *this = Connection(config_, secret_, local_.address);
    autoRead_ = autoRead;
    mssLimit_ = mssLimit;
    offeredMssLimit_ = offeredMssLimit;
}

// The only place where state_ changes by a row of the table, told to the sink. A counterfactual that no row describes:
// connection_segments.cpp, arrivesInListen.
void Connection::take(SimTime now, TcpEvent event, TcpSink& out)
{
    const TcpTransition* row = findTransition(state_, event, passive_);
    if (row == nullptr)
        throw std::logic_error("no transition from " + std::string(toString(state_)) + " on " +
                               std::string(toString(event)));
    state_ = row->to;
    out.stateChanged(*row);
    if (state_ == TcpState::TimeWait)
        enterTimeWait(now, out);
    else if (state_ == TcpState::Closed)
        deleteTcb(out);
}

void Connection::enterTimeWait(SimTime now, TcpSink& out)
{
    stopTimer(Timer::Retransmission, out);
    stopTimer(Timer::Persist, out);
    stopTimer(Timer::KeepAlive, out);
    stopTimer(Timer::UserTimeout, out);
    stopTimer(Timer::TailLossProbe, out);
    stopTimer(Timer::Reordering, out);
    startTimer(Timer::TimeWait, config_->timeWait ? now + 2 * config_->msl : now, out);
}

void Connection::deleteTcb(TcpSink& out)
{
    for (int t = 0; t < kTimerCount; ++t)
        stopTimer(static_cast<Timer>(t), out);
    sendQueue_.clear();
    waiting_.clear();
    received_.clear();
    reassembly_.clear();
    scoreboard_.clear();
    rack_.clear();
    probeEnd_.reset();
    timedAt_ = SimTime::never();
    repair_ = Repair::None;
    waitsForTimer_ = false;
    waitsSince_ = SimTime::never();
    ackPending_ = ackAtOnce_ = false;
}

// An embryonic connection of a passive OPEN is forgotten, and the next SYN is waited for; a CLOSE that was queued ends that.
void Connection::returnToListen(SimTime now, TcpEvent event, TcpSink& out)
{
    const bool closed = finQueued_;
    take(now, event, out);
    deleteTcb(out);
    rtt_ = RttEstimator(*config_);
    window_ = CongestionWindow(*config_);
    timestampsOn_ = sackOn_ = ecnOn_ = echoCongestion_ = false;
    sndScale_ = rcvScale_ = 0;
    publishedOnce_ = 0;
    if (closed) {
        take(now, TcpEvent::Close, out);
        out.tell(AppCall::Closed, AppResult::Ok);
    }
}

void Connection::fail(SimTime now, TcpEvent event, AppResult why, TcpSink& out)
{
    take(now, event, out);
    out.tell(AppCall::Failed, why);
}

void Connection::startTimer(Timer timer, SimTime deadline, TcpSink& out)
{
    deadlines_[static_cast<std::size_t>(timer)] = deadline;
    findNextDeadline();
    if (out.follows())
        out.timerChanged(timer, TimerChange::Started, deadline);
}

void Connection::stopTimer(Timer timer, TcpSink& out)
{
    SimTime& deadline = deadlines_[static_cast<std::size_t>(timer)];
    if (deadline.isNever())
        return;
    if (out.follows())
        out.timerChanged(timer, TimerChange::Stopped, deadline);
    deadline = SimTime::never();
    findNextDeadline();
}

void Connection::findNextDeadline()
{
    nextDeadline_ = *std::min_element(deadlines_.begin(), deadlines_.end());
}

void Connection::onTimer(SimTime now, TcpSink& out)
{
    // A probe puts the retransmission timer off, also where both are due at one instant (RFC 8985 §7.2).
    runTimer(Timer::TailLossProbe, now, out);
    for (int t = 0; t < kTimerCount; ++t)
        runTimer(static_cast<Timer>(t), now, out);
    publish(out);
}

void Connection::runTimer(Timer timer, SimTime now, TcpSink& out)
{
    const SimTime due = deadline(timer);
    if (due > now)
        return;
    deadlines_[static_cast<std::size_t>(timer)] = SimTime::never();
    findNextDeadline();
    if (out.follows())
        out.timerChanged(timer, TimerChange::Fired, due);
    switch (timer) {
    case Timer::Retransmission: retransmissionTimeout(now, out); break;
    case Timer::DelayedAck:
        ackPending_ = false;
        sendAck(now, Reason::SentAckDelayedTimer, out);
        break;
    case Timer::TimeWait:
        take(now, TcpEvent::TimeWaitTimeout, out); // §3.10.8
        out.tell(AppCall::Closed, AppResult::Ok);
        break;
    case Timer::Persist: persistTimeout(now, out); break;
    case Timer::KeepAlive: keepAliveTimeout(now, out); break;
    case Timer::UserTimeout: giveUp(now, out); break;
    case Timer::TailLossProbe: probeTail(now, out); break;
    case Timer::Reordering:
        lookForLosses(now, out);
        sendQueued(now, Reason::SentAckClock, out);
        break;
    }
}

bool Connection::mayCarryData() const
{
    switch (state_) {
    case TcpState::Established:
    case TcpState::CloseWait:
    case TcpState::FinWait1:
    case TcpState::Closing:
    case TcpState::LastAck: return true;
    default: return false;
    }
}

std::uint32_t Connection::rcvWnd() const
{
    return static_cast<std::uint32_t>(std::max<std::int32_t>(0, rcvEdge_ - rcvNxt_));
}

std::size_t Connection::octetsUnsent() const
{
    const auto sent = static_cast<std::size_t>(std::max<std::int32_t>(0, sndNxt_ - sendBase_));
    return sendQueue_.size() - std::min(sent, sendQueue_.size());
}

bool Connection::mayBeReopenedBy(const TcpSegment& seg) const
{
    if (!config_->reopenFromTimeWait || state_ != TcpState::TimeWait || !seg.flags.syn() || seg.flags.ack() ||
        seg.flags.rst())
        return false;
    // RFC 6191 §2: newer by its timestamp, or by its number; or the first with timestamps, which from then on keep old
    // duplicates out.
    if (timestampsOn_ && seg.timestamps && seg.timestamps->value != tsRecent_)
        return seqGt(Seq32(seg.timestamps->value), Seq32(tsRecent_));
    if (!timestampsOn_ && seg.timestamps && config_->timestamps)
        return true;
    return seqGe(seg.seq, rcvNxt_);
}

void Connection::giveWayToNewConnection(SimTime now, TcpSink& out)
{
    take(now, TcpEvent::RcvSyn, out);
}

void Connection::checkInvariants() const
{
    const auto require = [](bool holds, const char* what) {
        if (!holds)
            throw std::logic_error(what);
    };
    if (state_ == TcpState::Closed || state_ == TcpState::Listen)
        return;
    require(seqLe(sndUna_, sndNxt_), "SND.UNA <= SND.NXT");
    require(!finSent_ || octetsUnsent() == 0, "nothing is unsent behind a FIN");
    // Windows come in units: the last promise may have been rounded up to one.
    const std::uint32_t unit = (1u << rcvScale_) - 1;
    const std::uint32_t buffer = std::max(config_->receiveBuffer, largestBuffer_);
    const std::size_t most =
        std::size_t{buffer} * (config_->segmentMemory == 0 ? 1 : 2); // then data may fill the half of it
    require(received_.size() <= most + unit, "the receive buffer is never exceeded");
    require(running(Timer::Retransmission) || sndUna_ == sndNxt_ || running(Timer::Persist) ||
                state_ == TcpState::TimeWait,
            "whatever is unacknowledged is watched by a timer");
    if (!synchronized())
        return;
    // One octet may lie beyond the window: a zero-window probe (§3.8.6.1). A shrunk window leaves more outside (§3.8.6).
    require(seqLe(sndNxt_, sndUna_ + std::max(maxSndWnd_, 1u) + 1), "SND.NXT <= SND.UNA + the largest window seen");
    require(rcvWnd() <= buffer + unit, "RCV.WND <= the receive buffer");
    require(window_.cwnd() >= 1, "cwnd > 0");
    require(repair_ == Repair::None || seqLe(recover_, sndNxt_), "a repair ends at or before SND.NXT");
    require(running(Timer::TimeWait) == (state_ == TcpState::TimeWait), "2MSL runs exactly in TIME-WAIT");
}

} // namespace packetarium
