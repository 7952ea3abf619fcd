// SPDX-License-Identifier: GPL-3.0-or-later
// What arrives, in the order of RFC 9293 §3.10.7.
#include "core/capture/tcp_inference.h"

#include "core/tcp/transition_table.h"

namespace packetarium {

bool TcpInference::arrived(const CapturedSegment& s, PacketId packet, SimTime at)
{
    Side& e = side(!s.fromA);
    Side& peer = side(s.fromA);
    const TcpFlags flags = s.facts.flags;
    if (!e.exists) {
        // Somebody who answers with data or acknowledgments has a connection; who resets, or says nothing, has none.
        if (flags.rst() || (flags.syn() && !flags.ack()) || !e.spoke)
            return false;
        assume(e, peer, flags.syn() ? TcpState::SynSent : TcpState::Established, at);
        if (flags.ack() && !e.numbered) {
            e.numbered = true;
            e.sndUna = e.sndNxt = s.ack;
        }
        if (!flags.syn()) {
            e.hears = true;
            e.rcvNxt = s.start;
        }
    }
    if (e.state == TcpState::Closed) {
        if (flags.rst())
            ignore(e, Reason::IgnoredRstInClosed, packet, at);
        return false;
    }
    e.heardAt = at;
    if (flags.rst()) {
        arrivedReset(e, s, packet, at);
        return false;
    }
    if (e.state == TcpState::Listen || e.state == TcpState::SynSent)
        return arrivedOpening(e, s, packet, at);
    if (flags.syn()) {
        // Again: the answer got lost. Of a simultaneous opening the acknowledgment counts (RFC 9293 Figure 7).
        if (flags.ack())
            takeAck(e, peer, s, packet, at);
        else
            ignore(e, Reason::IgnoredDuplicateData, packet, at);
        e.unacceptable = e.state != TcpState::SynReceived;
        return false;
    }
    if (!e.hears) {
        e.hears = true;
        e.rcvNxt = s.start;
    }
    const bool old = s.end > s.start ? s.end <= e.rcvNxt : s.start < e.rcvNxt;
    if (flags.ack())
        takeAck(e, peer, s, packet, at);
    if (old || s.refused) {
        e.unacceptable = true;
        e.finAgain = flags.fin() && e.state == TcpState::TimeWait;
        ignore(e, s.end > s.start && old ? Reason::IgnoredDuplicateData : Reason::IgnoredOutsideWindow, packet, at);
        return false;
    }
    return takeData(e, s, packet, at);
}

/// §3.10.7.4, second: in the window is not enough (RFC 5961 §3). Without RCV.NXT the reset is taken at its word.
void TcpInference::arrivedReset(Side& e, const CapturedSegment& s, PacketId packet, SimTime at)
{
    if (e.state == TcpState::Listen) {
        ignore(e, Reason::IgnoredRstInListen, packet, at);
        return;
    }
    if (e.state == TcpState::SynSent) {
        if (!s.facts.flags.ack())
            ignore(e, Reason::IgnoredRstWithoutAck, packet, at);
        else if (e.numbered && s.ack == e.sndNxt)
            take(e, TcpEvent::RcvRst, packet, at);
        else
            ignore(e, Reason::IgnoredAckOfUnsent, packet, at);
        return;
    }
    const bool before = e.hears && s.start < e.rcvNxt;
    if (before)
        ignore(e, Reason::IgnoredRstOutsideWindow, packet, at);
    else if (e.hears && s.start > e.rcvNxt && e.early.empty() && e.lastWindow > 0 &&
             s.start - e.rcvNxt > static_cast<std::int64_t>(e.lastWindow))
        ignore(e, Reason::IgnoredRstOutsideWindow, packet, at);
    else
        take(e, TcpEvent::RcvRst, packet, at);
}

bool TcpInference::arrivedOpening(Side& e, const CapturedSegment& s, PacketId packet, SimTime at)
{
    const Side& peer = side(s.fromA);
    const TcpFlags flags = s.facts.flags;
    if (!flags.syn())
        return false; // what comes before the SYN,ACK says nothing: the answer shows what was missed
    const bool acknowledges = flags.ack() && e.state == TcpState::SynSent && (!e.numbered || s.ack == e.sndNxt);
    if (flags.ack() && !acknowledges) {
        ignore(e, Reason::IgnoredAckOfUnsent, packet, at);
        return false;
    }
    e.passive = e.state == TcpState::Listen;
    e.hears = true;
    e.rcvNxt = s.end;
    if (acknowledges && e.numbered)
        e.sndUna = s.ack;
    take(e, acknowledges ? TcpEvent::RcvSynAck : TcpEvent::RcvSyn, packet, at);
    e.ackOfSyn = acknowledges;
    if (acknowledges)
        tellSequence(e, Variable::SndUna, e.sndUna, at);
    tellSequence(e, Variable::Irs, s.start, at);
    tellSequence(e, Variable::RcvNxt, e.rcvNxt, at);
    if (s.facts.mss)
        tell(e, Variable::SndMss, *s.facts.mss, at);
    if (peer.scale)
        tell(e, Variable::SndScale, *peer.scale, at);
    tell(e, Variable::SndWnd, windowOf(peer, s), at);
    return false;
}

/// §3.10.7.4, fifth.
void TcpInference::takeAck(Side& e, const Side& peer, const CapturedSegment& s, PacketId packet, SimTime at)
{
    if (!e.numbered) {
        e.numbered = true;
        e.sndUna = e.sndNxt = s.ack;
    }
    const bool news = s.ack > e.sndUna;
    if (news)
        e.sndUna = s.ack;
    e.sndNxt = std::max(e.sndNxt, e.sndUna); // what it acknowledges was sent, captured or not
    if (e.state == TcpState::SynReceived && news)
        take(e, TcpEvent::RcvAckOfSyn, packet, at);
    const bool ofFin = e.finEnd && e.sndUna >= *e.finEnd;
    const bool finHere = s.facts.flags.fin() && e.hears && s.start <= e.rcvNxt && s.end > e.rcvNxt;
    if (ofFin && !(finHere && e.state == TcpState::FinWait1))
        take(e, TcpEvent::RcvAckOfFin, packet, at);
    tellSequence(e, Variable::SndUna, e.sndUna, at);
    tellSequence(e, Variable::SndNxt, e.sndNxt, at);
    tell(e, Variable::SndWnd, windowOf(peer, s), at);
    e.duplicateAcks = (news ? 0 : e.duplicateAcks) + (s.duplicateAck ? 1 : 0);
    if (s.duplicateAck || e.told[static_cast<std::size_t>(Variable::DuplicateAcks)])
        tell(e, Variable::DuplicateAcks, e.duplicateAcks, at);
    constexpr std::array kSacked{Variable::Sacked1, Variable::Sacked2, Variable::Sacked3, Variable::Sacked4};
    for (std::size_t i = 0; i < kSacked.size(); ++i) {
        const bool has = i < s.facts.sack.size();
        if (has || e.told[static_cast<std::size_t>(kSacked[i])])
            tell(e, kSacked[i],
                 has ? std::uint64_t{s.facts.sack[i].left.value()} << 32 | s.facts.sack[i].right.value() : 0, at);
    }
}

/// §3.10.7.4, seventh and eighth.
bool TcpInference::takeData(Side& e, const CapturedSegment& s, PacketId packet, SimTime at)
{
    if (s.end == s.start)
        return false;
    if (s.facts.flags.fin())
        e.peerFinEnd = s.end;
    ++e.segmentsSinceAck;
    if (s.start > e.rcvNxt) {
        e.early.add(s.start, s.end);
        tellEarly(e, at);
        return true;
    }
    const bool waited = !e.early.empty();
    e.rcvNxt = e.early.runEnd(std::max(e.rcvNxt, s.end));
    e.early.forgetBefore(e.rcvNxt);
    e.gapFilled = waited;
    if (e.peerFinEnd && e.rcvNxt >= *e.peerFinEnd && !e.finTaken) {
        e.finTaken = true;
        e.ackOfFin = true;
        const bool both = e.state == TcpState::FinWait1 && e.finEnd && e.sndUna >= *e.finEnd;
        take(e, both ? TcpEvent::RcvFinAckOfFin : TcpEvent::RcvFin, packet, at);
    }
    tellSequence(e, Variable::RcvNxt, e.rcvNxt, at);
    tellEarly(e, at);
    return true;
}

} // namespace packetarium
