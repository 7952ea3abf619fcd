// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/network_trace.h"

#include "core/wire/frame.h"

#include <stdexcept>

namespace packetarium {
namespace {

/// Where the units lie in a frame: octets. 0: there is none.
struct Units {
    std::size_t internet = 0, transport = 0, data = 0, end = 0;
};

std::uint16_t u16(const auto& frame, std::size_t at)
{
    return static_cast<std::uint16_t>(frame[at] << 8 | frame[at + 1]);
}

Units unitsIn(ByteView frame)
{
    Units u;
    u.end = frame.size() - 4;
    const std::uint16_t type = u16(frame, 12);
    std::uint8_t protocol = 0;
    std::size_t at = 14;
    if (type == 0x0800) {
        u.internet = 14;
        u.end = 14u + u16(frame, 16);
        protocol = frame[23];
        at += static_cast<std::size_t>(frame[14] & 0x0f) * 4;
    } else if (type == 0x86dd) {
        u.internet = 14;
        u.end = 54u + u16(frame, 18);
        protocol = frame[20];
        at += 40;
    }
    if (protocol != 6 && protocol != 17)
        return u;
    u.transport = at;
    at += protocol == 6 ? static_cast<std::size_t>(frame[at + 12] >> 4) * 4 : 8;
    if (at < u.end)
        u.data = at;
    return u;
}

} // namespace

NetworkTrace::NetworkTrace(std::vector<TraceNode> nodes, std::vector<TraceLink> links)
{
    trace.setNodes(std::move(nodes));
    trace.setLinks(std::move(links));
}

void NetworkTrace::record(const Record& record)
{
    trace.append(record);
    trace.setEnd(record.at);
}

void NetworkTrace::layer(SimTime at, NodeId node, PacketId packet, LayerAct act, Layer layer, std::size_t offset,
                         std::size_t length)
{
    Record r;
    r.at = at;
    r.kind = RecordKind::Layer;
    r.host = node;
    r.packet = packet;
    r.a = static_cast<std::uint8_t>(act);
    r.b = static_cast<std::uint8_t>(layer);
    r.value = static_cast<std::uint64_t>(offset) << 32 | length;
    record(r);
}

void NetworkTrace::table(SimTime at, TableChange change, const TableRow& row, PacketId cause)
{
    Record r;
    r.at = at;
    r.kind = RecordKind::Table;
    r.host = row.node;
    r.packet = cause;
    r.a = static_cast<std::uint8_t>(row.kind);
    r.b = static_cast<std::uint8_t>(change);
    trace.append(r, row);
    trace.setEnd(at);
}

PacketId NetworkTrace::put(SimTime at, LinkId link, NodeId from, const Bytes& frame, Reason why, PacketId parent)
{
    const TraceLink& cable = trace.links()[link.value()];
    PacketInfo info;
    info.from = from;
    info.to = cable.a == from ? cable.b : cable.a;
    info.link = link;
    info.parent = parent;
    info.cause = why;
    info.sentAt = info.txStart = info.txEnd = at;
    info.naturalArrival = at + flight;
    const Units u = unitsIn(frame);
    if (u.transport != 0) {
        info.sourcePort = u16(frame, u.transport);
        info.destinationPort = u16(frame, u.transport + 2);
        info.length = static_cast<std::uint32_t>(u.data == 0 ? 0 : u.end - u.data);
        const bool tcp = frame[u.internet == 14 && u16(frame, 12) == 0x0800 ? 23 : 20] == 6;
        info.protocol = tcp ? Protocol::Tcp : Protocol::Udp;
        if (tcp) {
            info.flags = TcpFlags{frame[u.transport + 13]};
            info.seq =
                Seq32(static_cast<std::uint32_t>(u16(frame, u.transport + 4)) << 16 | u16(frame, u.transport + 6));
            info.ack =
                Seq32(static_cast<std::uint32_t>(u16(frame, u.transport + 8)) << 16 | u16(frame, u.transport + 10));
            info.window = u16(frame, u.transport + 14);
            if (u.data != 0 && (frame[u.data] == 'G' || frame[u.data] == 'H'))
                info.protocol = Protocol::Http;
        }
    } else if (u16(frame, 12) == 0x0806) {
        info.protocol = Protocol::Arp;
    }
    return trace.addPacket(info, frame);
}

PacketId NetworkTrace::send(SimTime at, LinkId link, NodeId from, const Bytes& frame, Reason why)
{
    const PacketId id = put(at, link, from, frame, why, {});
    const Units u = unitsIn(frame);
    if (u.data != 0)
        layer(at, from, id, LayerAct::Made, Layer::Application, u.data, u.end - u.data);
    if (u.transport != 0)
        layer(at, from, id, LayerAct::Added, Layer::Transport, u.transport, u.end - u.transport);
    if (u.internet != 0)
        layer(at, from, id, LayerAct::Added, Layer::Internet, u.internet, u.end - u.internet);
    layer(at, from, id, LayerAct::Added, Layer::Link, 0, frame.size());
    layer(at, from, id, LayerAct::Signalled, Layer::Physical, 0, frame.size());
    Record r;
    r.at = at;
    r.kind = RecordKind::PacketSent;
    r.host = from;
    r.packet = id;
    r.reason = why;
    record(r);
    return id;
}

PacketId NetworkTrace::passOn(SimTime at, LinkId link, NodeId from, const Bytes& frame, Reason why, PacketId parent)
{
    const PacketId id = put(at, link, from, frame, why, parent);
    const Units u = unitsIn(frame);
    if (trace.nodes()[from.value()].kind == NodeKind::Router) {
        layer(at, from, id, LayerAct::Rewritten, Layer::Internet, u.internet, u.end - u.internet);
        layer(at, from, id, LayerAct::Added, Layer::Link, 0, frame.size());
    }
    layer(at, from, id, LayerAct::Signalled, Layer::Physical, 0, frame.size());
    Record r;
    r.at = at;
    r.kind = RecordKind::PacketSent;
    r.host = from;
    r.packet = id;
    r.reason = why;
    record(r);
    return id;
}

void NetworkTrace::arrive(PacketId packet, bool forIt)
{
    PacketInfo info = trace.packet(packet);
    info.fate = Fate::Arrived;
    info.endAt = info.naturalArrival;
    trace.setPacket(info);
    const SimTime at = info.endAt;
    const NodeId to = info.to;
    Record r;
    r.at = at;
    r.kind = RecordKind::PacketArrived;
    r.packet = packet;
    r.host = to;
    record(r);
    const FrameBytes frame = trace.bytes(packet);
    const Units u = unitsIn(frame);
    const NodeKind kind = trace.nodes()[to.value()].kind;
    layer(at, to, packet, LayerAct::Received, Layer::Physical, 0, frame.size());
    if (kind == NodeKind::Hub)
        return;
    if (kind == NodeKind::Switch) {
        layer(at, to, packet, LayerAct::Read, Layer::Link, 0, frame.size());
        return;
    }
    const std::size_t behind = u.internet != 0 ? u.internet : 14;
    layer(at, to, packet, LayerAct::Removed, Layer::Link, behind, u.end - behind);
    if (kind == NodeKind::Router && !forIt) {
        layer(at, to, packet, LayerAct::Read, Layer::Internet, u.internet, u.end - u.internet);
        return;
    }
    if (u.internet == 0)
        return;
    const std::size_t inner = u.transport != 0 ? u.transport : u.end;
    layer(at, to, packet, LayerAct::Removed, Layer::Internet, inner, u.end - inner);
    if (u.transport == 0)
        return;
    const std::size_t data = u.data != 0 ? u.data : u.end;
    layer(at, to, packet, LayerAct::Removed, Layer::Transport, data, u.end - data);
    if (u.data != 0)
        layer(at, to, packet, LayerAct::Delivered, Layer::Application, u.data, u.end - u.data);
}

void NetworkTrace::refuse(PacketId packet, Layer atLayer, Reason why)
{
    PacketInfo info = trace.packet(packet);
    info.fate = Fate::Arrived;
    info.endAt = info.naturalArrival;
    trace.setPacket(info);
    Record r;
    r.at = info.endAt;
    r.kind = RecordKind::PacketArrived;
    r.packet = packet;
    r.host = info.to;
    record(r);
    const std::size_t size = trace.bytes(packet).size();
    layer(r.at, r.host, packet, LayerAct::Received, Layer::Physical, 0, size);
    layer(r.at, r.host, packet, LayerAct::Refused, atLayer, 0, size);
    r.kind = RecordKind::SegmentIgnored;
    r.reason = why;
    record(r);
}

void NetworkTrace::lose(SimTime at, PacketId packet, Reason why)
{
    PacketInfo info = trace.packet(packet);
    info.fate = Fate::Lost;
    info.lossReason = why;
    info.endAt = at;
    trace.setPacket(info);
    Record r;
    r.at = at;
    r.kind = RecordKind::PacketLost;
    r.packet = packet;
    r.reason = why;
    record(r);
}

std::string imageRequestText()
{
    return "GET /image.png HTTP/1.1\r\nHost: www.example.com\r\nAccept: image/png\r\n\r\n";
}

std::string imageResponseText()
{
    return "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 12\r\n\r\n\x89PNG\r\n\x1a\n\x01\x02\x03\x04";
}

Trace imageRequestTrace()
{
    const auto mac = [](std::uint8_t last) { return MacAddress{{2, 0, 0, 0, 0, last}}; };
    const auto ip = [](const char* text) { return Ipv4Address::parse(text).value(); };
    const Ipv4Address clientIp = ip("192.168.1.25"), inside = ip("192.168.1.1"), outside = ip("203.0.113.1"),
                      serverIp = ip("203.0.113.80");
    std::vector<TraceNode> nodes(4);
    nodes[0] = {"client", clientIp, true, NodeKind::Host, {{clientIp, 24}}, {mac(1)}};
    nodes[1] = {"server", serverIp, false, NodeKind::Host, {{serverIp, 24}}, {mac(2)}};
    nodes[2] = {"router", inside, false, NodeKind::Router, {{inside, 24}, {outside, 24}}, {mac(0x11), mac(0x12)}};
    nodes[3] = {"switch", {}, false, NodeKind::Switch, {}, {}};
    const auto link = [](NodeId a, NodeId b, std::uint8_t aPort, std::uint8_t bPort) {
        TraceLink l;
        l.a = a;
        l.b = b;
        l.aPort = aPort;
        l.bPort = bPort;
        l.bitsPerSecond = 100'000'000;
        l.delay = SimDuration::milliseconds(2);
        return l;
    };
    NetworkTrace b(std::move(nodes), {link(kNetClient, kNetSwitch, 0, 0), link(kNetSwitch, kNetRouter, 1, 0),
                                      link(kNetRouter, kNetServer, 1, 0)});
    const auto ms = [](std::int64_t n) { return SimTime::fromNs(n * 1'000'000); };

    const auto carry = [&](SimTime at, bool request) {
        const std::string text = request ? imageRequestText() : imageResponseText();
        Ipv4Header header;
        header.identification = request ? 0x1c46 : 0x2a01;
        header.source = request ? clientIp : serverIp;
        header.destination = request ? serverIp : clientIp;
        TcpSegment tcp;
        tcp.sourcePort = request ? 49152 : 80;
        tcp.destinationPort = request ? 80 : 49152;
        tcp.seq = Seq32(request ? 101u : 301u);
        tcp.ack = Seq32(request ? 301u : 101u + static_cast<std::uint32_t>(imageRequestText().size()));
        tcp.flags = TcpFlags{TcpFlags::Ack | TcpFlags::Psh};
        tcp.window = 64240;
        tcp.payload.assign(text.begin(), text.end());
        Ipv4Header routed = header;
        routed.ttl = static_cast<std::uint8_t>(header.ttl - 1);
        const EthernetHeader inner{request ? mac(0x11) : mac(1), request ? mac(1) : mac(0x11)};
        const EthernetHeader outer{request ? mac(2) : mac(0x12), request ? mac(0x12) : mac(2)};
        if (request) {
            const Bytes first = encodeTcpFrame(inner, header, tcp);
            const PacketId a = b.send(at, LinkId(0), kNetClient, first, Reason::SentAppWrite);
            b.arrive(a);
            const PacketId c = b.passOn(at + b.flight, LinkId(1), kNetSwitch, first, Reason::SentSwitched, a);
            b.arrive(c, false);
            const PacketId d = b.passOn(at + b.flight * 2, LinkId(2), kNetRouter, encodeTcpFrame(outer, routed, tcp),
                                        Reason::SentRouted, c);
            b.arrive(d);
        } else {
            const PacketId a =
                b.send(at, LinkId(2), kNetServer, encodeTcpFrame(outer, header, tcp), Reason::SentAppWrite);
            b.arrive(a, false);
            const Bytes second = encodeTcpFrame(inner, routed, tcp);
            const PacketId c = b.passOn(at + b.flight, LinkId(1), kNetRouter, second, Reason::SentRouted, a);
            b.arrive(c);
            const PacketId d = b.passOn(at + b.flight * 2, LinkId(0), kNetSwitch, second, Reason::SentSwitched, c);
            b.arrive(d);
        }
    };
    carry(ms(10), true);
    carry(ms(40), false);
    return b.trace;
}

} // namespace packetarium
