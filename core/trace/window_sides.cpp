// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/window_sides.h"

#include "core/tcp/transition_table.h"

#include <algorithm>

namespace packetarium {
namespace {

std::optional<std::uint32_t> octets(const ConnMoment& conn, Variable v)
{
    if (const auto value = conn.variable(v))
        return static_cast<std::uint32_t>(std::min<std::uint64_t>(*value, UINT32_MAX));
    return std::nullopt;
}

std::optional<Seq32> number(const ConnMoment& conn, Variable v)
{
    if (const auto value = conn.variable(v))
        return Seq32(static_cast<std::uint32_t>(*value));
    return std::nullopt;
}

std::vector<SeqRange> ranges(const ConnMoment& conn, Variable first)
{
    std::vector<SeqRange> all;
    for (int i = 0; i < 4; ++i) {
        const auto value = conn.variable(static_cast<Variable>(static_cast<int>(first) + i));
        if (!value)
            continue;
        const SeqRange range{Seq32(static_cast<std::uint32_t>(*value >> 32)),
                             Seq32(static_cast<std::uint32_t>(*value))};
        if (range.left != range.right)
            all.push_back(range);
    }
    return all;
}

std::vector<TimerMoment> timersOf(const ConnMoment& conn, std::initializer_list<Timer> wanted)
{
    std::vector<TimerMoment> some;
    for (const TimerMoment& t : conn.timers)
        if (std::find(wanted.begin(), wanted.end(), t.timer) != wanted.end())
            some.push_back(t);
    return some;
}

bool sendsData(TcpState state)
{
    return state == TcpState::Established || state == TcpState::CloseWait || state == TcpState::FinWait1 ||
           state == TcpState::Closing || state == TcpState::LastAck;
}

bool hasPeersFin(TcpState state)
{
    return state == TcpState::CloseWait || state == TcpState::Closing || state == TcpState::LastAck ||
           state == TcpState::TimeWait;
}

/// Of a connection that is gone the state in which it went.
TcpState lastLived(const ConnMoment& conn)
{
    if (conn.state != TcpState::Closed || conn.lastTransition < 0)
        return conn.state;
    return tcpTransitions()[static_cast<std::size_t>(conn.lastTransition)].from;
}

/// The number of the FIN that went: the last one before SND.NXT. It may wait behind data when the state already speaks of it.
std::optional<Seq32> finSent(const ConnMoment& conn, const SendSide& side)
{
    const bool byItsAck =
        conn.state == TcpState::Closed && conn.lastTransition >= 0 &&
        tcpTransitions()[static_cast<std::size_t>(conn.lastTransition)].event == TcpEvent::RcvAckOfFin;
    switch (lastLived(conn)) {
    case TcpState::FinWait2:
    case TcpState::TimeWait: return side.nxt - 1;
    case TcpState::FinWait1:
    case TcpState::Closing:
    case TcpState::LastAck:
        if (byItsAck || seqGt(side.nxt, side.written) || !conn.variable(Variable::SndBuffered))
            return side.nxt - 1;
        return std::nullopt;
    default: return std::nullopt;
    }
}

std::optional<SendLimit> limitOf(const ConnMoment& conn, const SendSide& side)
{
    if (const auto said = conn.variable(Variable::LimitedBy); said && *said < kSendLimitCount)
        return static_cast<SendLimit>(*said);
    if (!side.open || !side.window)
        return std::nullopt;
    if (side.waiting() == 0)
        return SendLimit::Program;
    if (seqGe(side.nxt, *side.windowEdge()))
        return SendLimit::ReceiverWindow;
    if (const auto edge = side.cwndEdge(); edge && seqGe(side.nxt, *edge))
        return SendLimit::CongestionWindow;
    return std::nullopt;
}

} // namespace

void sortFrom(std::vector<SeqRange>& all, Seq32 base)
{
    std::sort(all.begin(), all.end(),
              [base](const SeqRange& a, const SeqRange& b) { return a.left - base < b.left - base; });
}

std::optional<SendSide> sendSide(const ConnMoment& conn)
{
    const auto iss = number(conn, Variable::Iss);
    if (!iss)
        return std::nullopt;
    SendSide side;
    side.conn = conn.id;
    side.host = conn.host;
    side.iss = *iss;
    side.una = number(conn, Variable::SndUna).value_or(*iss);
    side.nxt = seqMax(number(conn, Variable::SndNxt).value_or(side.una), side.una);
    // The SYN takes a number and is no data.
    const Seq32 data = side.una == *iss ? *iss + 1 : side.una;
    side.written = data + octets(conn, Variable::SndBuffered).value_or(0);
    side.window = octets(conn, Variable::SndWnd);
    side.cwnd = octets(conn, Variable::Cwnd);
    side.ssthresh = octets(conn, Variable::Ssthresh);
    if (const auto phase = conn.variable(Variable::Phase); phase && *phase < kCongestionPhaseCount)
        side.phase = static_cast<CongestionPhase>(*phase);
    if (const auto scale = conn.variable(Variable::SndScale))
        side.scale = static_cast<std::uint8_t>(std::min<std::uint64_t>(*scale, 14)); // RFC 7323 §2.3
    side.sacked = ranges(conn, Variable::Sacked1);
    std::erase_if(side.sacked, [&](const SeqRange& r) { return seqLe(r.right, side.una); });
    sortFrom(side.sacked, side.una);
    side.timers = timersOf(conn, {Timer::Retransmission, Timer::Persist});
    side.fin = finSent(conn, side);
    side.open = sendsData(conn.state);
    side.limit = limitOf(conn, side);
    return side;
}

std::optional<ReceiveSide> receiveSide(const ConnMoment& conn)
{
    const auto nxt = number(conn, Variable::RcvNxt);
    if (!nxt)
        return std::nullopt;
    ReceiveSide side;
    side.conn = conn.id;
    side.host = conn.host;
    side.nxt = *nxt;
    const std::uint32_t unread = octets(conn, Variable::RcvBuffered).value_or(0);
    if (hasPeersFin(lastLived(conn)))
        side.fin = *nxt - 1;
    side.read = *nxt - unread - (unread > 0 && side.fin ? 1 : 0);
    side.window = octets(conn, Variable::RcvWnd).value_or(0);
    if (const auto scale = conn.variable(Variable::RcvScale))
        side.scale = static_cast<std::uint8_t>(std::min<std::uint64_t>(*scale, 14));
    side.blocks = ranges(conn, Variable::OutOfOrder1);
    std::erase_if(side.blocks, [&](const SeqRange& r) { return seqLe(r.right, *nxt); });
    sortFrom(side.blocks, *nxt);
    side.timers = timersOf(conn, {Timer::DelayedAck});
    return side;
}

std::optional<Seq32> SendSide::windowEdge() const
{
    return window ? std::optional(una + *window) : std::nullopt;
}

std::optional<Seq32> SendSide::cwndEdge() const
{
    return cwnd ? std::optional(una + *cwnd) : std::nullopt;
}

Seq32 SendSide::allowed() const
{
    const auto a = windowEdge(), b = cwndEdge();
    if (a && b)
        return seqMin(*a, *b);
    return a ? *a : b ? *b : nxt;
}

} // namespace packetarium
