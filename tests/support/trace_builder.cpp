// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/trace_builder.h"

#include "core/tcp/transition_table.h"
#include "core/wire/frame.h"

#include <stdexcept>

namespace packetarium {
namespace {

TcpFlags parseFlags(std::string_view text)
{
    static constexpr std::string_view names[] = {"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"};
    TcpFlags flags;
    for (std::size_t i = 0; i < std::size(names); ++i)
        if (text.find(names[i]) != std::string_view::npos)
            flags.bits = static_cast<std::uint8_t>(flags.bits | 1u << i);
    return flags;
}

Ipv4Address addressOf(NodeId host)
{
    return {0xC0A80100u + 10u + host.value()}; // 192.168.1.10 and .11
}

TraceNode hostNode(const char* name, NodeId id, bool active)
{
    TraceNode node;
    node.name = name;
    node.address = addressOf(id);
    node.activeSide = active;
    return node;
}

Bytes frameOf(NodeId from, NodeId to, const PacketInfo& info)
{
    EthernetHeader eth;
    eth.source.octets = {2, 0, 0, 0, 0, static_cast<std::uint8_t>(from.value() + 1)};
    eth.destination.octets = {2, 0, 0, 0, 0, static_cast<std::uint8_t>(to.value() + 1)};
    Ipv4Header ip;
    ip.source = addressOf(from);
    ip.destination = addressOf(to);
    TcpSegment tcp;
    tcp.sourcePort = info.sourcePort;
    tcp.destinationPort = info.destinationPort;
    tcp.seq = info.seq;
    tcp.ack = info.ack;
    tcp.flags = info.flags;
    tcp.window = info.window;
    tcp.payload.assign(info.length, 'a');
    return encodeTcpFrame(eth, ip, tcp);
}

} // namespace

TraceBuilder::TraceBuilder()
{
    trace.setNodes({hostNode("client", kClient, true), hostNode("server", kServer, false)});
}

ConnId TraceBuilder::conn(SimTime at, NodeId host, std::uint16_t localPort, std::uint16_t remotePort)
{
    const ConnId id = trace.addConn({host, localPort, remotePort});
    Record r;
    r.at = at;
    r.kind = RecordKind::ConnCreated;
    r.conn = id;
    r.host = host;
    r.value = static_cast<std::uint64_t>(localPort) << 16 | remotePort;
    record(r);
    return id;
}

void TraceBuilder::state(SimTime at, ConnId conn, TcpState from, std::string_view event, PacketId cause)
{
    const TcpTransition* row = findTransition(from, parseTcpEvent(event).value());
    if (row == nullptr)
        row = findTransition(from, parseTcpEvent(event).value(), true);
    if (row == nullptr)
        throw std::logic_error("no such transition");
    Record r;
    r.at = at;
    r.kind = RecordKind::StateChange;
    r.conn = conn;
    r.host = hostOf(conn);
    r.packet = cause;
    r.a = static_cast<std::uint8_t>(from);
    r.b = static_cast<std::uint8_t>(row->to);
    r.value = static_cast<std::uint64_t>(transitionIndex(*row));
    record(r);
}

PacketId TraceBuilder::put(SimTime at, PacketInfo info, const Segment& segment, ConnId conn)
{
    info.to = info.from == kClient ? kServer : kClient;
    info.sentAt = info.txStart = info.txEnd = at;
    info.naturalArrival = at + (info.injected ? flight / 2 : flight);
    info.sourcePort = info.from == kClient ? kClientPort : kServerPort;
    info.destinationPort = info.from == kClient ? kServerPort : kClientPort;
    info.flags = parseFlags(segment.flags);
    info.seq = Seq32(segment.seq);
    info.ack = Seq32(segment.ack);
    info.window = window;
    info.length = segment.length;
    Record r;
    r.at = at;
    r.kind = RecordKind::PacketSent;
    r.host = info.from;
    r.conn = info.conn = conn;
    r.reason = info.cause;
    r.packet = trace.addPacket(info, frameOf(info.from, info.to, info));
    record(r);
    return r.packet;
}

PacketId TraceBuilder::send(SimTime at, ConnId conn, const Segment& segment, Reason why)
{
    PacketInfo info;
    info.from = hostOf(conn);
    info.cause = why;
    info.retransmission = why == Reason::SentRetransmission;
    return put(at, info, segment, conn);
}

PacketId TraceBuilder::sendFrom(SimTime at, NodeId host, const Segment& segment, Reason why)
{
    PacketInfo info;
    info.from = host;
    info.cause = why;
    return put(at, info, segment, {});
}

PacketId TraceBuilder::inject(SimTime at, NodeId from, const Segment& segment)
{
    PacketInfo info;
    info.from = from;
    info.cause = Reason::SentInjected;
    info.injected = true;
    info.startPpm = 500'000;
    return put(at, info, segment, {});
}

PacketId TraceBuilder::duplicate(SimTime at, PacketId original)
{
    PacketInfo info = trace.packet(original);
    const WireFrame frame = trace.frame(original);
    info.copyOf = original;
    info.startPpm = static_cast<std::uint32_t>(info.positionAt(at) * 1'000'000);
    info.heldAt = info.releasedAt = info.endAt = SimTime::never();
    info.sentAt = info.txStart = info.txEnd = at;
    info.naturalArrival = at + flight;
    Record r;
    r.at = at;
    r.kind = RecordKind::PacketChanged;
    r.reason = Reason::ChangedDuplicated;
    r.packet = original;
    r.value = trace.addPacket(info, frame).value();
    record(r);
    return PacketId(static_cast<std::uint32_t>(r.value));
}

void TraceBuilder::arrive(PacketId packet, ConnId conn)
{
    arriveAt(trace.packet(packet).naturalArrival, packet, conn);
}

void TraceBuilder::arriveAt(SimTime at, PacketId packet, ConnId conn)
{
    PacketInfo info = trace.packet(packet);
    info.fate = Fate::Arrived;
    info.endAt = at;
    trace.setPacket(info);
    Record r;
    r.at = at;
    r.kind = RecordKind::PacketArrived;
    r.packet = packet;
    r.host = info.to;
    r.conn = conn;
    record(r);
}

void TraceBuilder::lose(SimTime at, PacketId packet, Reason why)
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

void TraceBuilder::hold(SimTime at, PacketId packet)
{
    PacketInfo info = trace.packet(packet);
    info.heldAt = at;
    trace.setPacket(info);
    Record r;
    r.at = at;
    r.kind = RecordKind::PacketChanged;
    r.packet = packet;
    r.reason = Reason::ChangedHeld;
    record(r);
}

void TraceBuilder::letGo(SimTime at, PacketId packet)
{
    PacketInfo info = trace.packet(packet);
    info.releasedAt = at;
    trace.setPacket(info);
    Record r;
    r.at = at;
    r.kind = RecordKind::PacketChanged;
    r.packet = packet;
    r.reason = Reason::ChangedLetGo;
    record(r);
}

void TraceBuilder::corrupt(SimTime at, PacketId packet, std::uint64_t bit)
{
    PacketInfo info = trace.packet(packet);
    info.corrupted = true;
    trace.setPacket(info);
    Record r;
    r.at = at;
    r.kind = RecordKind::PacketChanged;
    r.packet = packet;
    r.reason = Reason::ChangedCorrupted;
    r.value = bit;
    record(r);
}

void TraceBuilder::variable(SimTime at, ConnId conn, Variable variable, std::uint64_t value)
{
    Record r;
    r.at = at;
    r.kind = RecordKind::Variable;
    r.conn = conn;
    r.host = hostOf(conn);
    r.a = static_cast<std::uint8_t>(variable);
    r.value = value;
    record(r);
}

void TraceBuilder::timer(SimTime at, ConnId conn, Timer timer, TimerChange change, SimTime deadline)
{
    Record r;
    r.at = at;
    r.kind = RecordKind::Timer;
    r.conn = conn;
    r.host = hostOf(conn);
    r.a = static_cast<std::uint8_t>(timer);
    r.b = static_cast<std::uint8_t>(change);
    r.value = static_cast<std::uint64_t>(deadline.ns());
    record(r);
}

void TraceBuilder::app(SimTime at, ConnId conn, AppCall call, std::uint64_t octets, AppResult result)
{
    Record r;
    r.at = at;
    r.kind = RecordKind::App;
    r.conn = conn;
    r.host = hostOf(conn);
    r.a = static_cast<std::uint8_t>(call);
    r.b = static_cast<std::uint8_t>(result);
    r.value = octets;
    record(r);
}

Trace handshakeTrace()
{
    const auto ms = [](std::int64_t n) { return SimTime::fromNs(n * 1'000'000); };
    TraceBuilder b;
    const ConnId server = b.conn(ms(0), kServer, kServerPort);
    b.app(ms(0), server, AppCall::Listen);
    b.state(ms(0), server, TcpState::Closed, "passive-open");
    const ConnId client = b.conn(ms(0), kClient, kClientPort, kServerPort);
    b.app(ms(0), client, AppCall::Connect);
    const PacketId syn = b.send(ms(0), client, {"SYN", 100}, Reason::SentConnect);
    b.timer(ms(0), client, Timer::Retransmission, TimerChange::Started, ms(1000));
    b.state(ms(0), client, TcpState::Closed, "active-open");
    b.variable(ms(0), client, Variable::Iss, 100);
    b.variable(ms(0), client, Variable::SndUna, 100);
    b.variable(ms(0), client, Variable::SndNxt, 101);

    b.arrive(syn, server);
    const PacketId synAck = b.send(ms(20), server, {"SYN,ACK", 300, 101}, Reason::SentSynAck);
    b.timer(ms(20), server, Timer::Retransmission, TimerChange::Started, ms(1020));
    b.state(ms(20), server, TcpState::Listen, "rcv-syn", syn);
    b.variable(ms(20), server, Variable::Iss, 300);
    b.variable(ms(20), server, Variable::Irs, 100);
    b.variable(ms(20), server, Variable::RcvNxt, 101);

    b.arrive(synAck, client);
    b.timer(ms(40), client, Timer::Retransmission, TimerChange::Stopped);
    const PacketId ack = b.send(ms(40), client, {"ACK", 101, 301}, Reason::SentAckOfSyn);
    b.state(ms(40), client, TcpState::SynSent, "rcv-syn-ack", synAck);
    b.app(ms(40), client, AppCall::Opened);
    b.variable(ms(40), client, Variable::SndUna, 101);
    b.variable(ms(40), client, Variable::RcvNxt, 301);

    b.arrive(ack, server);
    b.timer(ms(60), server, Timer::Retransmission, TimerChange::Stopped);
    b.state(ms(60), server, TcpState::SynReceived, "rcv-ack-of-syn", ack);
    b.app(ms(60), server, AppCall::Opened);
    return b.trace;
}

} // namespace packetarium
