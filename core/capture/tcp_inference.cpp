// SPDX-License-Identifier: GPL-3.0-or-later
// What is sent, and what both directions share. What arrives: tcp_inference_arrivals.cpp.
#include "core/capture/tcp_inference.h"

#include "core/tcp/transition_table.h"

namespace packetarium {
namespace {

/// An acknowledgment that has waited longer than this was delayed on purpose (RFC 9293 §3.8.6.3); sooner, it came at once.
constexpr SimDuration kDelayed = SimDuration::milliseconds(20);

Record recordOf(RecordKind kind, NodeId host, ConnId conn, SimTime at)
{
    Record r;
    r.at = at;
    r.kind = kind;
    r.host = host;
    r.conn = conn;
    return r;
}

} // namespace

TcpInference::TcpInference(Trace& trace, const End& a, const End& b)
    : trace_(trace)
{
    static_cast<End&>(sides_[0]) = a;
    static_cast<End&>(sides_[1]) = b;
}

// --- records ------------------------------------------------------------------------------------------------------

void TcpInference::create(Side& e, std::uint16_t remotePort, SimTime at)
{
    e.conn = trace_.addConn({e.host, e.port, remotePort});
    e.exists = true;
    e.told = {};
    Record r = recordOf(RecordKind::ConnCreated, e.host, e.conn, at);
    r.value = std::uint64_t{e.port} << 16 | remotePort;
    trace_.append(r);
}

void TcpInference::change(Side& e, TcpState to, std::uint64_t row, PacketId packet, Reason reason, SimTime at)
{
    if (e.state == to)
        return;
    Record r = recordOf(RecordKind::StateChange, e.host, e.conn, at);
    r.a = static_cast<std::uint8_t>(e.state);
    r.b = static_cast<std::uint8_t>(to);
    r.value = row;
    r.packet = packet;
    r.reason = reason;
    trace_.append(r);
    e.state = to;
    e.ended = to == TcpState::Closed;
}

/// What led to this state is not in the capture.
void TcpInference::assume(Side& e, const Side& peer, TcpState state, SimTime at)
{
    if (!e.exists)
        create(e, peer.port, at);
    change(e, state, tcpTransitions().size(), PacketId::none(), Reason::CapturedMidway, at);
}

bool TcpInference::take(Side& e, TcpEvent event, PacketId packet, SimTime at)
{
    const TcpTransition* row = findTransition(e.state, event, e.passive);
    if (row == nullptr)
        return false;
    change(e, row->to, static_cast<std::uint64_t>(transitionIndex(*row)), packet, Reason::None, at);
    return true;
}

void TcpInference::tell(Side& e, Variable variable, std::uint64_t value, SimTime at)
{
    auto& told = e.told[static_cast<std::size_t>(variable)];
    if (!e.exists || told == value)
        return;
    told = value;
    Record r = recordOf(RecordKind::Variable, e.host, e.conn, at);
    r.a = static_cast<std::uint8_t>(variable);
    r.value = value;
    trace_.append(r);
}

void TcpInference::tellSequence(Side& e, Variable variable, std::int64_t value, SimTime at)
{
    tell(e, variable, static_cast<std::uint32_t>(value), at);
}

void TcpInference::ignore(const Side& e, Reason why, PacketId packet, SimTime at)
{
    Record r = recordOf(RecordKind::SegmentIgnored, e.host, e.conn, at);
    r.packet = packet;
    r.reason = why;
    trace_.append(r);
}

std::uint64_t TcpInference::windowOf(const Side& sender, const CapturedSegment& s) const
{
    return std::uint64_t{s.facts.window} << (s.facts.flags.syn() ? 0 : sender.scale.value_or(0)); // RFC 7323 §2.2
}

// --- what is sent -------------------------------------------------------------------------------------------------

Reason TcpInference::beforeSending(const CapturedSegment& s, SimTime at)
{
    Side& e = side(s.fromA);
    Side& peer = side(!s.fromA);
    const TcpFlags flags = s.facts.flags;
    if (flags.rst())
        return sendReset(e, at);
    if (flags.syn()) {
        const Reason why = sendSyn(e, peer, s, at);
        return s.cause != Reason::None ? s.cause : why;
    }
    const bool midway = !e.exists;
    if (!e.exists || e.state == TcpState::SynSent || e.state == TcpState::Listen)
        assume(e, peer, TcpState::Established, at);
    if (midway && !e.numbered) {
        e.numbered = true;
        e.sndUna = e.sndNxt = s.start;
    }
    const bool closes = flags.fin() && !e.finEnd;
    if (closes && take(e, TcpEvent::Close, PacketId::none(), at))
        e.finEnd = s.end;
    if (s.cause != Reason::None)
        return s.cause;
    if (midway)
        return Reason::CapturedMidway;
    if (flags.fin())
        return Reason::SentFin;
    if (s.facts.length > 0)
        return Reason::SentAppWrite;
    return reasonForAck(e, s, at);
}

Reason TcpInference::sendSyn(Side& e, const Side& peer, const CapturedSegment& s, SimTime at)
{
    if (!s.facts.flags.ack()) {
        Side& other = side(!s.fromA);
        if (other.listens && !other.exists) { // it will answer, so it was listening
            create(other, 0, at);
            take(other, TcpEvent::PassiveOpen, PacketId::none(), at);
        }
        if (!e.exists)
            create(e, peer.port, at);
        if (e.state == TcpState::Closed || e.state == TcpState::Listen)
            take(e, TcpEvent::ActiveOpen, PacketId::none(), at);
        return s.retransmission ? Reason::SentRetransmission : Reason::SentConnect;
    }
    const bool crossed = !e.passive && e.exists && e.told[static_cast<std::size_t>(Variable::Iss)].has_value();
    if (!e.exists || e.state == TcpState::Listen || e.state == TcpState::SynSent) {
        e.passive = !crossed;
        assume(e, peer, TcpState::SynReceived, at);
    }
    return s.retransmission ? Reason::SentRetransmission : crossed ? Reason::SentSimultaneousOpen : Reason::SentSynAck;
}

Reason TcpInference::sendReset(Side& e, SimTime at)
{
    if (!e.exists || e.state == TcpState::Listen)
        return Reason::SentRstNoConnection;
    if (e.state == TcpState::Closed)
        return Reason::SentRstNoConnection;
    const bool afterClose = e.state == TcpState::FinWait2 || e.state == TcpState::FinWait1;
    take(e, TcpEvent::Abort, PacketId::none(), at);
    return afterClose && e.segmentsSinceAck > 0 ? Reason::SentRstDataAfterClose : Reason::SentRstAbort;
}

/// An acknowledgment without data.
Reason TcpInference::reasonForAck(const Side& e, const CapturedSegment& s, SimTime at) const
{
    const std::uint64_t window = windowOf(e, s);
    if (e.ackOfSyn)
        return Reason::SentAckOfSyn;
    if (e.ackOfFin)
        return Reason::SentAckOfFin;
    if (e.finAgain)
        return Reason::SentAckOfFinAgain;
    if (window == 0 && e.lastWindow != 0)
        return Reason::CapturedZeroWindow;
    const bool same = s.ack == e.lastAck;
    if (same && e.unacceptable)
        return Reason::SentAckUnacceptable;
    if (same && window > e.lastWindow && e.early.empty())
        return Reason::SentAckWindowUpdate;
    if (!e.early.empty() && same)
        return Reason::SentAckOutOfOrder;
    if (e.gapFilled)
        return Reason::SentAckFillsGap;
    if (same)
        return Reason::SentAckImmediate;
    if (e.segmentsSinceAck >= 2)
        return Reason::SentAckSecondSegment;
    return at - e.heardAt >= kDelayed ? Reason::SentAckDelayedTimer : Reason::SentAckImmediate;
}

void TcpInference::afterSending(const CapturedSegment& s, PacketId packet, SimTime at)
{
    Side& e = side(s.fromA);
    static_cast<void>(packet);
    const TcpFlags flags = s.facts.flags;
    if (!e.exists || flags.rst() || e.state == TcpState::Closed || e.state == TcpState::Listen)
        return;
    if (flags.syn())
        tellSequence(e, Variable::Iss, s.start, at);
    if (!e.numbered) {
        e.numbered = true;
        e.sndUna = e.sndNxt = s.start;
    }
    e.sndNxt = std::max(e.sndNxt, s.end);
    tellSequence(e, Variable::SndUna, e.sndUna, at);
    tellSequence(e, Variable::SndNxt, e.sndNxt, at);
    if (s.retransmission)
        tell(e, Variable::Retransmissions, ++e.retransmissions, at);
    if (!flags.ack())
        return;
    // It acknowledges what it has, also where the capture does not.
    if (!e.hears || s.ack > e.rcvNxt) {
        e.hears = true;
        e.rcvNxt = std::max(s.ack, e.early.runEnd(s.ack));
        e.early.forgetBefore(e.rcvNxt);
    }
    tellSequence(e, Variable::RcvNxt, e.rcvNxt, at);
    e.lastWindow = windowOf(e, s);
    tell(e, Variable::RcvWnd, e.lastWindow, at);
    if (e.scale)
        tell(e, Variable::RcvScale, *e.scale, at);
    tellEarly(e, at);
    e.lastAck = s.ack;
    e.ackOfSyn = e.ackOfFin = e.gapFilled = e.unacceptable = e.finAgain = false;
    e.segmentsSinceAck = 0;
}

void TcpInference::tellEarly(Side& e, SimTime at)
{
    constexpr std::array kRanges{Variable::OutOfOrder1, Variable::OutOfOrder2, Variable::OutOfOrder3,
                                 Variable::OutOfOrder4};
    if (e.early.empty() && !e.told[static_cast<std::size_t>(Variable::RcvOutOfOrder)])
        return;
    std::uint64_t octets = 0;
    auto range = e.early.ranges().begin();
    for (const Variable variable : kRanges) {
        std::uint64_t value = 0;
        if (range != e.early.ranges().end()) {
            value = std::uint64_t{static_cast<std::uint32_t>(range->first)} << 32 |
                    static_cast<std::uint32_t>(range->second);
            ++range;
        }
        if (value != 0 || e.told[static_cast<std::size_t>(variable)])
            tell(e, variable, value, at);
    }
    std::size_t counted = 0; // a hostile file may have thousands
    for (const auto& [start, end] : e.early.ranges()) {
        octets += static_cast<std::uint64_t>(end - start);
        if (++counted == 64)
            break;
    }
    tell(e, Variable::RcvOutOfOrder, octets, at);
}

} // namespace packetarium
