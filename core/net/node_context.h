// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What every node is given with a call, and what it says back. A node is a
// value: it keeps no pointer to any of this.

#include "core/tcp/connection.h"
#include "core/trace/trace.h"
#include "core/wire/icmp.h"
#include "core/wire/udp.h"
#include "core/wire/wire_frame.h"

namespace packetarium {

/// A frame that a node puts on one of its cables.
struct Outgoing {
    WireFrame frame;
    Reason cause = Reason::None;
    ConnId conn;
    bool retransmission = false;
    PacketId parent;        ///< the packet that is passed on with it, or none
    bool rewritten = false; ///< passed on by a router: header fields have changed
};

/// A datagram that a program's port took in.
struct UdpDelivery {
    std::uint16_t localPort = 0;
    Endpoint from;
    IpAddress to;
    ByteView data;
};
/// An ICMP or ICMPv6 message that is for a program: an echo reply, or an error about something this host sent.
struct IcmpDelivery {
    IpAddress from;
    IcmpMessage message;
    // Of an error: what was sent, as far as the quotation shows it.
    std::uint8_t protocol = 0;
    Endpoint originalFrom, originalTo;
    std::optional<Seq32> originalSequence; ///< of a TCP segment
    std::uint16_t echoIdentifier = 0, echoSequence = 0;
    ProgramTrouble trouble = ProgramTrouble::None;
};

class NodeSink {
public:
    virtual void transmit(NodeId from, std::uint8_t port, Outgoing&& out) = 0;
    // News for the programs of a host. Whoever hears it must not call the host before the call that brought it has returned.
    virtual void programNews(NodeId host, ConnId conn, AppCall what, AppResult result, std::uint64_t octets) = 0;
    virtual void dataArrived(NodeId host, ConnId conn, ByteView data) = 0; ///< after the Delivered news
    virtual void stateEntered(NodeId host, ConnId conn, TcpState state) = 0;
    virtual void datagramArrived(NodeId host, const UdpDelivery& delivery) = 0;
    /// Whether somebody at the port, which is open, takes this one in.
    virtual bool takesDatagram(NodeId, const UdpDelivery&) const { return true; }
    virtual void icmpArrived(NodeId host, const IcmpDelivery& delivery) = 0;

protected:
    ~NodeSink() = default;
};

struct NodeContext {
    SimTime now;
    Trace& trace;
    NodeSink& out;
    bool layers = false; ///< layer crossings and uses of tables are recorded
};

// Records that every kind of node writes.
Record nodeRecord(const NodeContext& cx, RecordKind kind, NodeId node);
void noteIgnored(const NodeContext& cx, NodeId node, PacketId packet, Reason why, ConnId conn = {});
/// Only if cx.layers. `offset` and `length` name the unit within the packet's frame, octets.
void noteLayer(const NodeContext& cx, NodeId node, PacketId packet, LayerAct act, Layer layer, std::size_t offset,
               std::size_t length);
/// Used and Missed only if cx.layers.
void noteTable(const NodeContext& cx, TableChange change, const TableRow& row, PacketId cause);

} // namespace packetarium
