// SPDX-License-Identifier: GPL-3.0-or-later
//
// The user calls of RFC 9293 §3.10.1-6.
#include "core/tcp/connection.h"

#include <limits>

namespace packetarium {

AppResult Connection::openPassive(SimTime now, std::uint16_t localPort, std::optional<Endpoint> remote, TcpSink& out)
{
    if (state_ != TcpState::Closed)
        return AppResult::AlreadyExists;
    beginAnew();
    local_.port = localPort;
    passive_ = true;
    remoteWasGiven_ = remote.has_value();
    if (remote)
        remote_ = *remote;
    take(now, TcpEvent::PassiveOpen, out);
    return AppResult::Ok;
}

AppResult Connection::openActive(SimTime now, std::uint16_t localPort, const Endpoint& remote, TcpSink& out)
{
    if (state_ != TcpState::Closed && state_ != TcpState::Listen)
        return AppResult::AlreadyExists;
    if (state_ == TcpState::Closed)
        beginAnew();
    local_.port = localPort;
    remote_ = remote;
    remoteWasGiven_ = true;
    passive_ = false;
    take(now, TcpEvent::ActiveOpen, out);
    sendSyn(now, Reason::SentConnect, out);
    publish(out);
    return AppResult::Ok;
}

AppResult Connection::mayTakeData() const
{
    switch (state_) {
    case TcpState::Closed: return AppResult::NoSuchConnection;
    case TcpState::Listen: return remoteWasGiven_ ? AppResult::Ok : AppResult::NoSuchConnection;
    case TcpState::SynSent:
    case TcpState::SynReceived:
    case TcpState::Established:
    case TcpState::CloseWait: return finQueued_ ? AppResult::Closing : AppResult::Ok;
    default: return AppResult::Closing;
    }
}

std::size_t Connection::sendRoom() const
{
    if (config_->sendBuffer == 0)
        return std::numeric_limits<std::size_t>::max();
    const std::size_t used = sendQueue_.size() + waiting_.size();
    return used < config_->sendBuffer ? config_->sendBuffer - used : 0;
}

AppResult Connection::send(SimTime now, Octets data, TcpSink& out, bool push)
{
    if (const AppResult may = mayTakeData(); may != AppResult::Ok)
        return may;
    pushed_ = push;
    waiting_.append(std::move(data));
    fillSendBuffer();
    if (state_ == TcpState::Listen) {
        // "If the remote socket is specified, then change the connection from passive to active" (§3.10.2).
        passive_ = false;
        take(now, TcpEvent::Send, out);
        sendSyn(now, Reason::SentConnect, out);
    } else if (synchronized()) {
        restartIfIdle(now);
        sendQueued(now, Reason::SentAppWrite, out);
        watchProgress(now, out); // a shut window keeps it from being sent
    }
    publish(out);
    return AppResult::Ok;
}

/// What a program has written moves into the send buffer as far as there is room.
void Connection::fillSendBuffer()
{
    if (waiting_.empty())
        return;
    const std::size_t limit = config_->sendBuffer == 0 ? std::numeric_limits<std::size_t>::max() : config_->sendBuffer;
    if (sendQueue_.size() < limit)
        sendQueue_.append(waiting_.take(limit - sendQueue_.size()));
}

AppResult Connection::mayReceive() const
{
    if (state_ == TcpState::Closed)
        return AppResult::NoSuchConnection;
    return finReceived_ && received_.empty() ? AppResult::Closing : AppResult::Ok;
}

AppResult Connection::receive(SimTime now, std::uint32_t most, TcpSink& out)
{
    if (const AppResult may = mayReceive(); may != AppResult::Ok)
        return may;
    if (const Octets data = received_.take(most == 0 ? received_.size() : most); !data.empty())
        out.deliver(data);
    memory_.readUpTo(unreadFrom());
    // After the peer's FIN there is nothing more to make room for.
    const std::uint32_t before = rcvWnd();
    const Seq32 edge = rcvEdge_;
    const std::uint32_t after = windowToAdvertise();
    if (synchronized() && !finReceived_ && worthTelling(before, after))
        sendAck(now, Reason::SentAckWindowUpdate, out);
    else
        rcvEdge_ = edge;
    publish(out);
    return AppResult::Ok;
}

void Connection::setAutoRead(SimTime now, bool on, TcpSink& out)
{
    autoRead_ = on;
    if (on && !received_.empty())
        receive(now, 0, out);
}

AppResult Connection::mayClose(bool alsoReading) const
{
    switch (state_) {
    case TcpState::Closed: return AppResult::NoSuchConnection;
    case TcpState::Listen:
    case TcpState::SynSent: return AppResult::Ok;
    case TcpState::SynReceived:
    case TcpState::Established:
    case TcpState::CloseWait:
        if (!finQueued_)
            return AppResult::Ok;
        break;
    default: break;
    }
    return alsoReading && !readerGone_ ? AppResult::Ok : AppResult::Closing; // shut down before, now closed for good
}

AppResult Connection::shutdown(SimTime now, TcpSink& out)
{
    if (const AppResult may = mayClose(false); may != AppResult::Ok)
        return may;
    switch (state_) {
    case TcpState::Listen:
    case TcpState::SynSent:
        take(now, TcpEvent::Close, out);
        out.tell(AppCall::Closed, AppResult::Ok);
        break;
    case TcpState::SynReceived:
        // With data waiting the FIN waits too, for ESTABLISHED (§3.10.4).
        finQueued_ = true;
        if (sendQueue_.empty() && waiting_.empty()) {
            take(now, TcpEvent::Close, out);
            sendQueued(now, Reason::SentFin, out);
        }
        break;
    case TcpState::Established:
        finQueued_ = true;
        take(now, TcpEvent::Close, out);
        sendQueued(now, Reason::SentFin, out);
        break;
    default: // CLOSE-WAIT: LAST-ACK is entered when the FIN is really sent, behind all data (§3.10.4)
        finQueued_ = true;
        sendQueued(now, Reason::SentFin, out);
        break;
    }
    publish(out);
    return AppResult::Ok;
}

AppResult Connection::close(SimTime now, TcpSink& out)
{
    if (const AppResult may = mayClose(true); may != AppResult::Ok)
        return may;
    readerGone_ = true;
    if (!received_.empty() && config_->resetOnUnreadData && synchronized() && state_ != TcpState::TimeWait) {
        // SHLD-3: the peer must learn that data were lost. In TIME-WAIT nobody is there to be told, and 2MSL go on (MUST-13).
        sendAbort(now, Reason::SentRstUnreadData, out);
        take(now, TcpEvent::Abort, out);
        out.tell(AppCall::Closed, AppResult::Ok);
        publish(out);
        return AppResult::Ok;
    }
    received_.clear();
    memory_.readUpTo(unreadFrom());
    if (!finQueued_)
        return shutdown(now, out);
    return AppResult::Ok;
}

void Connection::configure(SimTime now, const TcpConfig& config, TcpSink& out)
{
    const bool otherControl = config.congestionControl != config_->congestionControl;
    const TcpConfig before = *config_;
    config_ = std::make_shared<const TcpConfig>(config);
    largestBuffer_ = std::max(largestBuffer_, before.receiveBuffer);
    if (otherControl) {
        const CongestionWindow old = window_;
        window_ = CongestionWindow(config);
        if (synchronized())
            window_.takeOver(old, smss());
    }
    if (config.quickAcks == 0 && before.quickAcks > 0)
        acksAtOnceLeft_ = 0;
    rtt_.setBounds(config);
    if (!synchronized())
        return;
    if (before.delayedAck && !config.delayedAck && ackPending_)
        sendAck(now, Reason::SentAckImmediate, out);
    if (config.keepAlive != before.keepAlive || config.keepAliveIdle != before.keepAliveIdle)
        restartKeepAlive(now, out);
    if (config.userTimeout != before.userTimeout) {
        stopTimer(Timer::UserTimeout, out);
        watchProgress(now, out);
    }
    fillSendBuffer();
    sendQueued(now, Reason::SentAppWrite, out);
    publish(out);
}

AppResult Connection::abort(SimTime now, TcpSink& out)
{
    switch (state_) {
    case TcpState::Closed: return AppResult::NoSuchConnection;
    case TcpState::SynReceived:
    case TcpState::Established:
    case TcpState::FinWait1:
    case TcpState::FinWait2:
    case TcpState::CloseWait: sendAbort(now, Reason::SentRstAbort, out); break;
    default: break; // LISTEN, SYN-SENT, CLOSING, LAST-ACK, TIME-WAIT: nothing to say (§3.10.5)
    }
    take(now, TcpEvent::Abort, out);
    out.tell(AppCall::Closed, AppResult::Aborted);
    publish(out);
    return AppResult::Ok;
}

void Connection::resumeFromCookie(SimTime now, Seq32 iss, Seq32 irs, std::uint16_t peerMss, const TcpSegment& ack,
                                  TcpSink& out)
{
    remote_.port = ack.sourcePort;
    irs_ = irs;
    rcvNxt_ = irs + 1;
    rcvEdge_ = rcvNxt_ + std::min<std::uint32_t>(config_->receiveBuffer, 65535);
    iss_ = sndUna_ = recover_ = ecnRecover_ = iss;
    sndNxt_ = sendBase_ = smallEnd_ = iss + 1;
    TcpSegment syn;
    syn.mss = peerMss;
    agreeOnOptions(now, syn); // nothing but the MSS was remembered
    sndWnd_ = maxSndWnd_ = windowOf(ack);
    take(now, TcpEvent::RcvSyn, out);
    onSegment(now, ack, out);
}

} // namespace packetarium
