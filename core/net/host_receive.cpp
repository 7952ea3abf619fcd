// SPDX-License-Identifier: GPL-3.0-or-later
//
// Datagrams that came in for this host: which connection or port they are for.
#include "core/net/host_sink.h"
#include "core/net/icmp_errors.h"
#include "core/wire/ecn.h"

#include <algorithm>

namespace packetarium {

void Host::receiveFrame(const NodeContext& cx, PacketId packet, const WireFrame& frame)
{
    const auto datagram = ip_.receiveFrame(cx, 0, packet, frame);
    if (!datagram)
        return;
    switch (datagram->protocol) {
    case kProtocolTcp: receiveTcp(cx, *datagram); return;
    case kProtocolUdp: receiveUdp(cx, *datagram); return;
    case kProtocolIcmp:
        if (datagram->source.isV4()) {
            receiveIcmp(cx, *datagram);
            return;
        }
        break;
    case kProtocolIcmpv6:
        if (datagram->source.isV6()) {
            receiveIcmp(cx, *datagram);
            return;
        }
        break;
    default: break;
    }
    refuse(cx, *datagram, Layer::Internet, Reason::IgnoredUnknownProtocol);
    ip_.sendError(cx, *datagram, IcmpMessage::DestinationUnreachable, IcmpMessage::ProtocolUnreachable, 0,
                  Reason::SentProtocolUnreachable);
}

void Host::refuse(const NodeContext& cx, const Datagram& datagram, Layer layer, Reason why) const
{
    noteLayer(cx, id(), datagram.packet, LayerAct::Refused, layer, datagram.payloadAt, datagram.payloadThere);
    noteIgnored(cx, id(), datagram.packet, why);
}

std::optional<std::size_t> Host::slotFor(const TcpSegment& segment, const IpAddress& source,
                                         const IpAddress& local) const
{
    if (const auto found = byEnds_.find(local, segment.destinationPort, source, segment.sourcePort))
        return found;
    return listenerFor(segment, source, local);
}

/// Of a SYN that may reopen a connection in TIME-WAIT the listener that takes it; without one 2MSL go on (RFC 9293 §3.6.1).
std::size_t Host::takerOf(std::size_t slot, const TcpSegment& segment, const IpAddress& source,
                          const IpAddress& local) const
{
    if (!slots_[slot].tcp.mayBeReopenedBy(segment))
        return slot;
    const auto taker = listenerFor(segment, source, local);
    return taker && noRoomFor(slots_[*taker], segment) == Reason::None ? *taker : slot;
}

void Host::standAside(const NodeContext& cx, std::size_t old, std::size_t taker)
{
    slots_.edit(old).standsAside = true;
    file(cx, old);
    slots_.edit(taker).placeOf = old;
}

/// §3.6.1, MAY-2: TIME-WAIT stands aside for a SYN. It is over once the new connection is open, and goes on if there is none
/// after all: then the SYN was an old duplicate.
void Host::settlePlace(const NodeContext& cx, std::size_t index, const Datagram* by)
{
    const Slot& taker = slots_[index];
    if (!taker.gone && taker.tcp.state() == TcpState::SynReceived)
        return;
    const std::size_t old = *taker.placeOf;
    const bool over = !taker.gone && taker.tcp.state() >= TcpState::Established;
    slots_.edit(index).placeOf.reset();
    Slot& aside = slots_.edit(old);
    aside.standsAside = false;
    if (over && !aside.gone && aside.tcp.state() == TcpState::TimeWait) {
        Sink sink(*this, cx, old);
        if (by != nullptr)
            sink.causedBy(*by, by->payloadAt, 0);
        aside.tcp.giveWayToNewConnection(cx.now, sink);
    }
    file(cx, old);
}

void Host::receiveTcp(const NodeContext& cx, const Datagram& datagram)
{
    TcpDecoded decoded = datagram.upperHeader.empty()
                             ? decodeTcp(datagram.payload.view(), datagram.source, datagram.destination)
                             : decodeTcp(datagram.upperHeader, datagram.payload, datagram.source, datagram.destination);
    // RFC 9293 §3.1, MUST-7: behind an option of impossible length none is read, and the segment is as good as any.
    if ((decoded.error != TcpDecodeError::None && decoded.error != TcpDecodeError::BadOption) || datagram.toGroup) {
        refuse(cx, datagram, Layer::Transport,
               decoded.error == TcpDecodeError::BadChecksum ? Reason::IgnoredBadTcpChecksum : Reason::IgnoredMalformed);
        return;
    }
    TcpSegment& segment = decoded.segment;
    segment.ipEcn = datagram.dscpEcn & Ecn::Bits;
    const std::size_t headers = datagram.upperHeader.size() + datagram.payload.size() - segment.payload.size();
    const std::size_t dataAt = datagram.reassembled ? datagram.payloadAt : datagram.payloadAt + headers;
    const std::size_t dataThere = datagram.reassembled ? datagram.payloadThere : segment.payload.size();
    noteLayer(cx, id(), datagram.packet, LayerAct::Removed, Layer::Transport, dataAt, dataThere);
    const auto addressed = slotFor(segment, datagram.source, datagram.destination);
    if (!addressed) {
        Connection nobody(ofScript_, setup_.secret, datagram.destination); // all data in CLOSED (§3.10.7.1)
        Sink sink(*this, cx, ConnId::none(), nobody);
        sink.causedBy(datagram, dataAt, dataThere);
        nobody.onSegment(cx.now, segment, sink);
        return;
    }
    const std::size_t slot =
        segment.flags.syn() ? takerOf(*addressed, segment, datagram.source, datagram.destination) : *addressed;
    const bool reopens = slot != *addressed;
    if (reopens)
        slots_.edit(slot).tcp.beginAbove(slots_[*addressed].tcp.sndNxt());
    Sink sink(*this, cx, slot);
    sink.causedBy(datagram, dataAt, dataThere);
    if (const Reason full = noRoomFor(slots_[slot], segment); full != Reason::None) {
        if (full != Reason::IgnoredSynQueueFull ||
            !answerWithCookie(cx, datagram, segment, slots_[slot].listener, sink))
            sink.ignored(full);
        return;
    }
    Connection& tcp = slots_.edit(slot).tcp;
    const TcpState before = tcp.state();
    const bool listening = before == TcpState::Listen;
    const auto cookie = listening ? cookieIn(cx, datagram, segment, slots_[slot].listener) : std::nullopt;
    if (cookie && acceptQueueFull(*lastingOf(slots_[slot].listener))) {
        sink.ignored(Reason::IgnoredBacklogFull); // as of any last segment of a handshake
        return;
    }
    if (listening) {
        tcp.hearFrom(datagram.source, datagram.destination);
        limitMss(tcp, datagram.source);
    }
    if (cookie)
        tcp.resumeFromCookie(cx.now, segment.ack - 1, segment.seq - 1, *cookie, segment, sink);
    else
        tcp.onSegment(cx.now, segment, sink);
    if (reopens && tcp.state() >= TcpState::SynReceived)
        standAside(cx, *addressed, slot);
    if (slots_[slot].placeOf && tcp.state() >= TcpState::Established)
        settlePlace(cx, slot, &datagram);
    if (tcp.state() != before) // a listener learns its peer from the SYN, or forgets it
        cx.trace.setRemotePort(slots_[slot].id, tcp.state() == TcpState::Listen ? std::uint16_t{0} : tcp.remote().port);
    const ListenerId listener = slots_[slot].listener;
    if (Lasting* lasting = lastingOf(listener); listening && lasting != nullptr) {
        if (lasting->socket && tcp.state() >= TcpState::SynReceived) {
            lasting->halfOpen.insert(slot);
            enterQueue(cx, slot, tcp.state() == TcpState::SynReceived ? Slot::Queue::HalfOpen : Slot::Queue::Open);
        }
        file(cx, slot);
        goOnListening(cx, listener);
        acceptWaiting(cx, listener);
        return;
    }
    file(cx, slot);
    if (slots_[slot].queue == Slot::Queue::Ready)
        acceptWaiting(cx, listener);
    if (slots_[slot].patternAt < slots_[slot].patternEnd)
        goOnWithPattern(cx, slot);
}

void Host::receiveUdp(const NodeContext& cx, const Datagram& datagram)
{
    const UdpDecoded decoded = decodeUdp(datagram.payload.view(), datagram.source, datagram.destination);
    if (decoded.error != UdpError::None) {
        refuse(cx, datagram, Layer::Transport,
               decoded.error == UdpError::BadChecksum ? Reason::IgnoredBadUdpChecksum : Reason::IgnoredMalformed);
        return;
    }
    const UdpDatagram& udp = decoded.datagram;
    UdpDelivery delivery;
    delivery.localPort = udp.destinationPort;
    delivery.from = Endpoint{datagram.source, udp.sourcePort};
    delivery.to = datagram.destination;
    delivery.data = udp.payload;
    if (udpPorts_.count(udp.destinationPort) == 0 || !cx.out.takesDatagram(id(), delivery)) {
        refuse(cx, datagram, Layer::Transport, Reason::IgnoredNoUdpPort);
        ip_.sendError(cx, datagram, IcmpMessage::DestinationUnreachable, IcmpMessage::PortUnreachable, 0,
                      Reason::SentPortUnreachable);
        return;
    }
    const std::size_t at = datagram.reassembled ? datagram.payloadAt : datagram.payloadAt + kUdpHeaderSize;
    const std::size_t there = datagram.reassembled ? datagram.payloadThere : udp.payload.size();
    noteLayer(cx, id(), datagram.packet, LayerAct::Removed, Layer::Transport, at, there);
    if (!udp.payload.empty())
        noteLayer(cx, id(), datagram.packet, LayerAct::Delivered, Layer::Application, at, there);
    cx.out.datagramArrived(id(), delivery);
}

/// RFC 5927 §4.1 and §7.2: of a connection only about what is under way, which a forger would have to guess. Of UDP nothing but
/// the port can be checked.
Reason Host::doubtOf(const IcmpDelivery& delivery, std::optional<std::size_t> slot) const
{
    const bool mtu = delivery.trouble == ProgramTrouble::FragmentationNeeded;
    if (delivery.protocol == kProtocolTcp) {
        if (!slot || !delivery.originalSequence)
            return mtu ? Reason::IgnoredUnexpected : Reason::None;
        const Connection& tcp = slots_[*slot].tcp;
        const Seq32 seq = *delivery.originalSequence;
        return seqLt(seq, tcp.sndUna()) || seqGe(seq, tcp.sndNxt()) ? Reason::IgnoredIcmpNotInFlight : Reason::None;
    }
    if (delivery.protocol == kProtocolUdp && !ip_.isOwn(delivery.originalFrom.address)) // not sent from here
        return Reason::IgnoredUnexpected;
    if (delivery.protocol == kProtocolUdp && mtu && udpPorts_.count(delivery.originalFrom.port) == 0)
        return Reason::IgnoredUnexpected;
    return Reason::None;
}

/// RFC 9293 §3.9.2.2: which errors are hard and which may pass.
void Host::tellConnection(const NodeContext& cx, const Datagram& datagram, std::size_t slot,
                          const IcmpDelivery& delivery)
{
    Sink sink(*this, cx, slot);
    sink.causedBy(datagram, datagram.payloadAt, 0);
    Connection& tcp = slots_.edit(slot).tcp;
    if (isParameterProblem(delivery.message, delivery.from.isV6())) { // MUST-56: soft
        tcp.onIcmpError(cx.now, *delivery.originalSequence, true, AppResult::Unreachable, sink);
        file(cx, slot);
        return;
    }
    switch (delivery.trouble) {
    case ProgramTrouble::FragmentationNeeded: tcp.onPathMtu(cx.now, mssFor(delivery.originalTo.address), sink); break;
    case ProgramTrouble::ProtocolUnreachable:
    case ProgramTrouble::PortUnreachable:
        tcp.onIcmpError(cx.now, *delivery.originalSequence, false, AppResult::Refused, sink);
        break;
    case ProgramTrouble::NetworkUnreachable:
    case ProgramTrouble::HostUnreachable:
    case ProgramTrouble::TtlExceeded:
    case ProgramTrouble::NoAnswer: // a fragment waited too long for the others
        tcp.onIcmpError(cx.now, *delivery.originalSequence, true, AppResult::Unreachable, sink);
        break;
    default: break;
    }
    file(cx, slot);
}

/// Echo replies and errors: the stack has found the message whole.
void Host::receiveIcmp(const NodeContext& cx, const Datagram& datagram)
{
    const bool v6 = datagram.source.isV6();
    const IcmpDecoded decoded =
        v6 ? decodeIcmpv6(datagram.payload.view(), datagram.source.v6(), datagram.destination.v6())
           : decodeIcmp(datagram.payload.view());
    const IcmpMessage& message = decoded.message;
    const bool reply = message.type == (v6 ? IcmpMessage::V6EchoReply : IcmpMessage::EchoReply);
    if (!reply && !isIcmpError(message.type, v6)) {
        refuse(cx, datagram, Layer::Internet, Reason::IgnoredUnexpected);
        return;
    }
    const std::size_t at = datagram.reassembled ? datagram.payloadAt : datagram.payloadAt + kIcmpHeaderSize;
    const std::size_t there = datagram.reassembled ? datagram.payloadThere : message.payload.size();
    if (reply && !message.payload.empty())
        noteLayer(cx, id(), datagram.packet, LayerAct::Delivered, Layer::Application, at, there);
    const IcmpDelivery delivery = deliveryOf(datagram.source, message);
    std::optional<std::size_t> slot;
    if (!reply && delivery.protocol == kProtocolTcp)
        slot = byEnds_.find({delivery.originalFrom, delivery.originalTo});
    Reason doubt = reply ? Reason::None : doubtOf(delivery, slot);
    if (doubt == Reason::IgnoredIcmpNotInFlight) {
        Sink sink(*this, cx, *slot);
        sink.causedBy(datagram, datagram.payloadAt, 0);
        sink.ignored(doubt);
        return;
    }
    // What the path takes at most is known then; a connection's segments fit from here on (RFC 1191 §6.4).
    if (doubt == Reason::None && delivery.trouble == ProgramTrouble::FragmentationNeeded)
        doubt = ip_.learnMtu(cx, message, v6);
    if (doubt != Reason::None) {
        refuse(cx, datagram, Layer::Internet, doubt);
        return;
    }
    if (slot && delivery.originalSequence)
        tellConnection(cx, datagram, *slot, delivery);
    cx.out.icmpArrived(id(), delivery);
}

} // namespace packetarium
