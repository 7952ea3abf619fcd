// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a run leaves behind. One flat record per thing that happened, 32
// octets each, in the order in which it happened; and one entry per packet,
// because a packet on a link is an interval and not a dot.

#include "core/base/ids.h"
#include "core/base/seq32.h"
#include "core/base/sim_time.h"
#include "core/tcp/state.h"
#include "core/trace/vocabulary.h"
#include "core/wire/fields.h"
#include "core/wire/tcp_segment.h"

namespace packetarium {

enum class RecordKind : std::uint8_t {
    ConnCreated,   ///< conn, host; value: local port << 16 | remote port (0 while listening)
    PacketSent,    ///< packet, host (sender), conn, reason
    PacketArrived, ///< packet, host (receiver), conn that took it (or none)
    PacketLost,    ///< packet, reason
    PacketChanged, ///< packet, reason Changed*; value: the copy's id (duplicated), ns (delayed), bit of the frame (corrupted)
    SegmentIgnored, ///< packet, host, conn, reason
    StateChange,    ///< conn, host; a: from, b: to; value: row of the transition table; packet that caused it or none
    Variable,       ///< conn, host; a: Variable; value
    Timer,          ///< conn, host; a: Timer, b: TimerChange; value: deadline in ns
    App,            ///< conn (or none), host; a: AppCall, b: AppResult; value: octets
    Layer, ///< packet, host (the node); a: LayerAct, b: Layer; value: where in the packet's frame the unit as it is after
           ///< the act begins and how long it is, octets, offset << 32 | length. Only when asked for
    Table, ///< host (the node); a: TableKind, b: TableChange; value: index into Trace::tableRows(); packet that caused it.
           ///< Used and Missed only when layers are asked for
    Program,   ///< host, conn or none; a: ProgramEvent, b: ProgramTrouble; value and text as ProgramEvent says
    LinkState, ///< value: LinkId; a: 1 joined, 0 unplugged
    NodeState, ///< host (the node); a: 1 on, 0 off
    Command,   ///< value: index into the scenario's commands (a = 1) or script (a = 0); host or none; reason: why it
               ///< could not be done, or None
};

struct Record {
    SimTime at;
    std::uint64_t value = 0;
    PacketId packet;
    ConnId conn;
    Reason reason = Reason::None;
    NodeId host;
    RecordKind kind{};
    std::uint8_t a = 0;
    std::uint32_t text : 24 = 0; ///< index into Trace::texts() plus one, or 0
    std::uint8_t b = 0;

    TcpState from() const { return static_cast<TcpState>(a); }
    TcpState to() const { return static_cast<TcpState>(b); }
    Variable variable() const { return static_cast<Variable>(a); }
    Timer timer() const { return static_cast<Timer>(a); }
    TimerChange timerChange() const { return static_cast<TimerChange>(b); }
    AppCall call() const { return static_cast<AppCall>(a); }
    AppResult result() const { return static_cast<AppResult>(b); }
    LayerAct layerAct() const { return static_cast<LayerAct>(a); }
    Layer layer() const { return static_cast<Layer>(b); }
    std::uint32_t unitOffset() const { return static_cast<std::uint32_t>(value >> 32); } ///< Layer
    std::uint32_t unitLength() const { return static_cast<std::uint32_t>(value); }       ///< Layer
    TableKind table() const { return static_cast<TableKind>(a); }
    TableChange tableChange() const { return static_cast<TableChange>(b); }
    ProgramEvent program() const { return static_cast<ProgramEvent>(a); }
    ProgramTrouble trouble() const { return static_cast<ProgramTrouble>(b); }
    bool operator==(const Record&) const = default;
};
static_assert(sizeof(Record) == 32);

enum class Fate : std::uint8_t { InFlight, Arrived, Lost };

/// A packet's whole life on one link. Times that have not come (yet) are never().
struct PacketInfo {
    PacketId id;
    PacketId copyOf; ///< the packet that the network duplicated, or none
    PacketId parent; ///< the packet, on the link before, that a hub, switch or router passed on as this one; or none
    NodeId from;     ///< the node at the end of the link where it begins
    NodeId to;
    LinkId link;
    Protocol protocol = Protocol::Other;
    ConnId conn;                 ///< the sender's connection, or none
    Reason cause = Reason::None; ///< Sent*
    Reason lossReason = Reason::None;
    Fate fate = Fate::InFlight;
    bool corrupted = false;
    bool marked = false;   ///< its IP header says that a queue was long: CE, RFC 3168 §5
    bool injected = false; ///< did not come from the sender's TCP
    bool retransmission = false;
    SimTime sentAt;         ///< handed to the link
    SimTime txStart;        ///< its first bit leaves (later than sentAt if it queued)
    SimTime txEnd;          ///< its last bit left
    SimTime naturalArrival; ///< when it would arrive undisturbed
    SimTime heldAt = SimTime::never();
    SimTime releasedAt = SimTime::never();
    SimTime endAt = SimTime::never(); ///< arrived or lost
    // Summary of what it carries, as sent; of TCP only. What other protocols say is read from the frame by packet_summary.h.
    std::uint16_t sourcePort = 0, destinationPort = 0;
    Seq32 seq, ack;
    TcpFlags flags;
    std::uint16_t window = 0;
    std::uint32_t length = 0;    ///< payload octets
    std::uint32_t bytesSize = 0; ///< of the frame, octets
    std::uint32_t startPpm =
        0;                 ///< where on its way it appeared, in millionths: 0 unless injected or a copy made in flight
    std::uint32_t nth = 0; ///< it is the sender's nth packet, from 1 (copies and injected ones not counted: 0)

    /// 0 at the sender, 1 at the receiver; constant while held. Before sentAt 0; after endAt where it ended.
    double positionAt(SimTime t) const;
};

} // namespace packetarium
