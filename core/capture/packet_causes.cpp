// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/packet_causes.h"

#include "core/trace/packet_summary.h"
#include "core/wire/bytes.h"
#include "core/wire/ethernet.h"
#include "core/wire/ip.h"

namespace packetarium {
namespace {

Reason causeOfIcmp(const IcmpMessage& m)
{
    using M = IcmpMessage;
    switch (m.type) {
    case M::EchoRequest: return Reason::SentEchoRequest;
    case M::EchoReply: return Reason::SentEchoReply;
    case M::TimeExceeded:
        return m.code == M::ReassemblyTimeExceeded ? Reason::SentReassemblyTimeExceeded : Reason::SentTimeExceeded;
    case M::DestinationUnreachable:
        switch (m.code) {
        case M::NetUnreachable: return Reason::SentNetworkUnreachable;
        case M::HostUnreachable: return Reason::SentHostUnreachable;
        case M::ProtocolUnreachable: return Reason::SentProtocolUnreachable;
        case M::PortUnreachable: return Reason::SentPortUnreachable;
        case M::FragmentationNeeded: return Reason::SentFragmentationNeeded;
        default: return Reason::None;
        }
    default: return Reason::None;
    }
}

Reason causeOfIcmpv6(const IcmpMessage& m)
{
    using M = IcmpMessage;
    switch (m.type) {
    case M::V6EchoRequest: return Reason::SentEchoRequest;
    case M::V6EchoReply: return Reason::SentEchoReply;
    case M::V6TimeExceeded:
        return m.code == M::ReassemblyTimeExceeded ? Reason::SentReassemblyTimeExceeded : Reason::SentTimeExceeded;
    case M::V6PacketTooBig: return Reason::SentFragmentationNeeded;
    case M::V6NeighborSolicitation: return Reason::SentNeighborSolicitation;
    case M::V6NeighborAdvertisement: return Reason::SentNeighborAdvertisement;
    case M::V6DestinationUnreachable:
        return m.code == M::V6PortUnreachable      ? Reason::SentPortUnreachable
               : m.code == M::V6AddressUnreachable ? Reason::SentHostUnreachable
               : m.code == M::V6NoRoute            ? Reason::SentNetworkUnreachable
                                                   : Reason::None;
    default: return Reason::None;
    }
}

void note(Trace& trace, SimTime at, NodeId node, PacketId packet, LayerAct act, Layer layer, std::size_t from,
          std::size_t to)
{
    Record r;
    r.at = at;
    r.kind = RecordKind::Layer;
    r.host = node;
    r.packet = packet;
    r.a = static_cast<std::uint8_t>(act);
    r.b = static_cast<std::uint8_t>(layer);
    r.value = std::uint64_t{from} << 32 | static_cast<std::uint32_t>(to - std::min(from, to));
    trace.append(r);
}

/// Behind the IP header.
std::size_t insideInternet(const FrameUnits& units, ByteView frame)
{
    if (units.transport != 0)
        return units.transport;
    const std::size_t header =
        frame[units.internet] >> 4 == 4 ? (frame[units.internet] & 0x0fu) * std::size_t{4} : kIpv6HeaderSize;
    return std::min(units.internet + header, units.end);
}

} // namespace

Reason causeOf(ByteView frame)
{
    const PacketSummary s = summarize(frame);
    switch (s.protocol) {
    case Protocol::Arp:
        return !s.arp                                   ? Reason::None
               : s.arp->operation == ArpPacket::Request ? Reason::SentArpRequest
                                                        : Reason::SentArpReply;
    case Protocol::Icmp: return s.icmp ? causeOfIcmp(*s.icmp) : Reason::None;
    case Protocol::Icmpv6: return s.icmp ? causeOfIcmpv6(*s.icmp) : Reason::None;
    case Protocol::Dns: return s.dns && s.dns->response ? Reason::SentDnsAnswer : Reason::SentDnsQuery;
    case Protocol::Udp: return Reason::SentDatagram;
    case Protocol::Tcp:
    case Protocol::Http:
    case Protocol::Tls:
    case Protocol::Other: return Reason::None;
    }
    return Reason::None;
}

Passage passageOf(ByteView frame)
{
    Passage p;
    if (frame.size() < kEthernetHeaderSize + kIpv4HeaderSize + kFcsSize)
        return p;
    const auto mix = [](std::uint64_t& hash, std::uint8_t octet) { hash = (hash ^ octet) * 0x100000001b3ULL; };
    p.datagram = p.where = 0xcbf29ce484222325ULL;
    for (std::size_t i = 0; i < 12; ++i)
        mix(p.where, frame[i]);
    const std::uint16_t type = readU16(frame, 12);
    const ByteView datagram = frame.subspan(kEthernetHeaderSize, frame.size() - kEthernetHeaderSize - kFcsSize);
    std::size_t size = datagram.size(), ttl = size;
    if (type == kEtherTypeIpv4) {
        ttl = 8;
        size = std::min<std::size_t>(size, std::max<std::size_t>(readU16(datagram, 2), kIpv4HeaderSize));
        p.marked = readU16(datagram, 4) != 0;
    } else if (type == kEtherTypeIpv6) {
        ttl = 7;
    } else {
        p.marked = true;
        size = std::min<std::size_t>(size, 28);
    }
    for (std::size_t i = 0; i < size; ++i) {
        const bool changes = i == ttl || (ttl == 8 && (i == 10 || i == 11)); // and the header checksum with it
        mix(changes ? p.where : p.datagram, datagram[i]);
    }
    return p;
}

void noteSendingLayers(Trace& trace, SimTime at, NodeId node, PacketId packet, const FrameUnits& units,
                       std::size_t frameSize)
{
    if (units.payload != 0)
        note(trace, at, node, packet, LayerAct::Made, Layer::Application, units.payload, units.end);
    if (units.transport != 0)
        note(trace, at, node, packet, LayerAct::Added, Layer::Transport, units.transport, units.end);
    if (units.internet != 0)
        note(trace, at, node, packet, LayerAct::Added, Layer::Internet, units.internet, units.end);
    note(trace, at, node, packet, LayerAct::Added, Layer::Link, 0, frameSize);
    note(trace, at, node, packet, LayerAct::Signalled, Layer::Physical, 0, frameSize);
}

void noteReceivingLayers(Trace& trace, SimTime at, NodeId node, PacketId packet, const FrameUnits& units,
                         ByteView frame)
{
    note(trace, at, node, packet, LayerAct::Received, Layer::Physical, 0, frame.size());
    note(trace, at, node, packet, LayerAct::Removed, Layer::Link, kEthernetHeaderSize, units.end);
    if (units.internet != 0)
        note(trace, at, node, packet, LayerAct::Removed, Layer::Internet, insideInternet(units, frame), units.end);
    if (units.transport != 0)
        note(trace, at, node, packet, LayerAct::Removed, Layer::Transport,
             units.payload != 0 ? units.payload : units.end, units.end);
}

void noteDelivery(Trace& trace, SimTime at, NodeId node, PacketId packet, const FrameUnits& units)
{
    if (units.payload != 0)
        note(trace, at, node, packet, LayerAct::Delivered, Layer::Application, units.payload, units.end);
}

} // namespace packetarium
