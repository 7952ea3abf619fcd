// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/connection.h"

#include <algorithm>
#include <stdexcept>

namespace packetarium {

Connection::Connection(const TcpConfig& config, const IsnSecret& secret, const IpAddress& local)
    : config_(config)
    , secret_(secret)
    , local_{local, 0}
    , acksAtOnceLeft_(config.quickAcks)
    , rtt_(config)
{
    deadlines_.fill(SimTime::never());
}

/// A connection that was used before begins as a new one; only how its program reads and the link's limit stay.
void Connection::beginAnew()
{
    const bool autoRead = autoRead_;
    const std::uint16_t mssLimit = mssLimit_;
    *this = Connection(config_, secret_, local_.address);
    autoRead_ = autoRead;
    mssLimit_ = mssLimit;
}

// The only place where state_ changes: by a row of the table, told to the sink.
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
    startTimer(Timer::TimeWait, config_.timeWait ? now + 2 * config_.msl : now, out);
}

void Connection::deleteTcb(TcpSink& out)
{
    for (int t = 0; t < kTimerCount; ++t)
        stopTimer(static_cast<Timer>(t), out);
    sendQueue_.clear();
    received_.clear();
    reassembly_.clear();
    timed_.reset();
    ackPending_ = ackAtOnce_ = false;
}

// An embryonic connection of a passive OPEN is forgotten, and the next SYN is waited for; a CLOSE that was queued ends that.
void Connection::returnToListen(SimTime now, TcpEvent event, TcpSink& out)
{
    const bool closed = finQueued_;
    take(now, event, out);
    deleteTcb(out);
    rtt_ = RttEstimator(config_);
    published_.fill(std::nullopt);
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
    out.timerChanged(timer, TimerChange::Started, deadline);
}

void Connection::stopTimer(Timer timer, TcpSink& out)
{
    SimTime& deadline = deadlines_[static_cast<std::size_t>(timer)];
    if (deadline.isNever())
        return;
    out.timerChanged(timer, TimerChange::Stopped, deadline);
    deadline = SimTime::never();
}

SimTime Connection::nextDeadline() const
{
    return *std::min_element(deadlines_.begin(), deadlines_.end());
}

void Connection::onTimer(SimTime now, TcpSink& out)
{
    for (int t = 0; t < kTimerCount; ++t) {
        const auto timer = static_cast<Timer>(t);
        if (deadline(timer) > now)
            continue;
        const SimTime due = deadline(timer);
        deadlines_[static_cast<std::size_t>(t)] = SimTime::never();
        out.timerChanged(timer, TimerChange::Fired, due);
        switch (timer) {
        case Timer::Retransmission: retransmissionTimeout(now, out); break;
        case Timer::DelayedAck:
            ackPending_ = false;
            sendAck(Reason::SentAckDelayedTimer, out);
            break;
        case Timer::TimeWait:
            take(now, TcpEvent::TimeWaitTimeout, out); // §3.10.8
            out.tell(AppCall::Closed, AppResult::Ok);
            break;
        case Timer::Persist: persistTimeout(now, out); break;
        case Timer::KeepAlive:
        case Timer::UserTimeout: break;
        }
    }
    publish(out);
}

void Connection::publish(TcpSink& out)
{
    const auto say = [&](Variable variable, std::uint64_t value) {
        auto& known = published_[static_cast<std::size_t>(variable)];
        if (known == value)
            return;
        known = value;
        out.variableChanged(variable, value);
    };
    if (state_ == TcpState::Closed || state_ == TcpState::Listen || !out.wantsVariables())
        return;
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
    say(Variable::SndMss, sndMss_);
    say(Variable::SndWnd, sndWnd_);
    if (synchronized()) {
        say(Variable::SndWl1, sndWl1_.value());
        say(Variable::SndWl2, sndWl2_.value());
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
    return config_.reopenFromTimeWait && state_ == TcpState::TimeWait && seg.flags.syn() && !seg.flags.ack() &&
           !seg.flags.rst() && seqGe(seg.seq, rcvNxt_);
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
    require(received_.size() <= config_.receiveBuffer, "the receive buffer is never exceeded");
    require(running(Timer::Retransmission) || sndUna_ == sndNxt_ || running(Timer::Persist) ||
                state_ == TcpState::TimeWait,
            "whatever is unacknowledged is watched by a timer");
    if (!synchronized())
        return;
    // One octet may lie beyond the window: a zero-window probe (§3.8.6.1). A shrunk window leaves more outside (§3.8.6).
    require(seqLe(sndNxt_, sndUna_ + std::max(maxSndWnd_, 1u) + 1), "SND.NXT <= SND.UNA + the largest window seen");
    require(rcvWnd() <= config_.receiveBuffer, "RCV.WND <= the receive buffer");
    require(running(Timer::TimeWait) == (state_ == TcpState::TimeWait), "2MSL runs exactly in TIME-WAIT");
}

} // namespace packetarium
