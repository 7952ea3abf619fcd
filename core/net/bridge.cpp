// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/bridge.h"

#include "core/wire/ethernet.h"

namespace packetarium {

namespace {

void passOn(const NodeContext& cx, NodeId node, std::uint8_t port, PacketId packet, const WireFrame& frame,
            Reason cause)
{
    Outgoing out;
    out.frame = frame;
    out.cause = cause;
    out.parent = packet;
    cx.out.transmit(node, port, std::move(out));
}

} // namespace

void Hub::receiveFrame(const NodeContext& cx, std::uint8_t port, PacketId packet, const WireFrame& frame)
{
    noteLayer(cx, node_, packet, LayerAct::Received, Layer::Physical, 0, frame.size());
    for (std::uint8_t other = 0; other < ports_; ++other) {
        if (other != port)
            passOn(cx, node_, other, packet, frame, Reason::SentRepeated);
    }
}

TableRow Switch::rowOf(const MacAddress& mac, const Learnt& learnt) const
{
    TableRow row;
    row.kind = TableKind::Switch;
    row.node = node_;
    row.mac = mac;
    row.port = learnt.port;
    row.expires = learnt.seen + aging_;
    return row;
}

/// IEEE 802.1D §7.8. Seen again where it was is no news for the trace.
void Switch::learn(const NodeContext& cx, const MacAddress& source, std::uint8_t port, PacketId cause)
{
    if (source.isGroup() || (table_.size() >= kMaxLearnt && table_.count(source) == 0))
        return;
    const auto [known, isNew] = table_.try_emplace(source, Learnt{port, cx.now});
    Learnt& learnt = known->second;
    const bool moved = learnt.port != port;
    bySeen_.erase({learnt.seen, source});
    bySeen_.emplace(cx.now, source);
    learnt = Learnt{port, cx.now};
    if (isNew || moved)
        noteTable(cx, isNew ? TableChange::Added : TableChange::Changed, rowOf(source, learnt), cause);
}

void Switch::receiveFrame(const NodeContext& cx, std::uint8_t port, PacketId packet, const WireFrame& frame)
{
    noteLayer(cx, node_, packet, LayerAct::Received, Layer::Physical, 0, frame.size());
    EthernetDecoded ethernet;
    if (frame.isWhole())
        ethernet = decodeEthernet(frame.body().view());
    else
        ethernet.header = frame.ethernet();
    const auto refuse = [&](Reason why) {
        noteLayer(cx, node_, packet, LayerAct::Refused, Layer::Link, 0, frame.size());
        noteIgnored(cx, node_, packet, why);
    };
    if (ethernet.error != EthernetError::None) {
        refuse(ethernet.error == EthernetError::BadFcs ? Reason::IgnoredBadFcs : Reason::IgnoredMalformed);
        return;
    }
    noteLayer(cx, node_, packet, LayerAct::Read, Layer::Link, 0, frame.size());
    learn(cx, ethernet.header.source, port, packet);
    const MacAddress& to = ethernet.header.destination;
    if (const auto known = table_.find(to); !to.isGroup() && known != table_.end()) {
        noteTable(cx, TableChange::Used, rowOf(to, known->second), packet);
        if (known->second.port == port)
            refuse(Reason::IgnoredSwitchSamePort);
        else
            passOn(cx, node_, known->second.port, packet, frame, Reason::SentSwitched);
        return;
    }
    if (!to.isGroup()) {
        TableRow missing;
        missing.kind = TableKind::Switch;
        missing.node = node_;
        missing.mac = to;
        noteTable(cx, TableChange::Missed, missing, packet);
    }
    for (std::uint8_t other = 0; other < ports_; ++other) {
        if (other != port)
            passOn(cx, node_, other, packet, frame, Reason::SentFlooded);
    }
}

void Switch::onTimer(const NodeContext& cx)
{
    while (!bySeen_.empty() && bySeen_.begin()->first + aging_ <= cx.now) {
        const auto old = table_.find(bySeen_.begin()->second);
        noteTable(cx, TableChange::Expired, rowOf(old->first, old->second), PacketId::none());
        table_.erase(old);
        bySeen_.erase(bySeen_.begin());
    }
}

SimTime Switch::nextDeadline() const
{
    return bySeen_.empty() ? SimTime::never() : bySeen_.begin()->first + aging_;
}

void Switch::forget(const NodeContext& cx, std::optional<std::uint8_t> port)
{
    for (auto row = table_.begin(); row != table_.end();) {
        if (port && row->second.port != *port) {
            ++row;
            continue;
        }
        noteTable(cx, TableChange::Removed, rowOf(row->first, row->second), PacketId::none());
        bySeen_.erase({row->second.seen, row->first});
        row = table_.erase(row);
    }
}

} // namespace packetarium
