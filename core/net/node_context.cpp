// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/node_context.h"

namespace packetarium {

Record nodeRecord(const NodeContext& cx, RecordKind kind, NodeId node)
{
    Record r;
    r.at = cx.now;
    r.kind = kind;
    r.host = node;
    return r;
}

void noteIgnored(const NodeContext& cx, NodeId node, PacketId packet, Reason why, ConnId conn)
{
    Record r = nodeRecord(cx, RecordKind::SegmentIgnored, node);
    r.packet = packet;
    r.conn = conn;
    r.reason = why;
    cx.trace.append(r);
}

void noteLayer(const NodeContext& cx, NodeId node, PacketId packet, LayerAct act, Layer layer, std::size_t offset,
               std::size_t length)
{
    if (!cx.layers)
        return;
    Record r = nodeRecord(cx, RecordKind::Layer, node);
    r.packet = packet;
    r.a = static_cast<std::uint8_t>(act);
    r.b = static_cast<std::uint8_t>(layer);
    r.value = std::uint64_t{offset} << 32 | static_cast<std::uint32_t>(length);
    cx.trace.append(r);
}

void noteTable(const NodeContext& cx, TableChange change, const TableRow& row, PacketId cause)
{
    if (!cx.layers && (change == TableChange::Used || change == TableChange::Missed))
        return;
    Record r = nodeRecord(cx, RecordKind::Table, row.node);
    r.packet = cause;
    r.a = static_cast<std::uint8_t>(row.kind);
    r.b = static_cast<std::uint8_t>(change);
    cx.trace.append(r, row);
}

} // namespace packetarium
