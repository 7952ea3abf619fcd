// SPDX-License-Identifier: GPL-3.0-or-later
//
// Frames that come off a cable, and what is done to cables and nodes.
#include "core/engine/world.h"

#include <algorithm>

namespace packetarium {

void World::endPacket(Flying& packet)
{
    if (packet.willBeLost) {
        loseNow(packet, packet.lossReason);
        return;
    }
    const PacketId id = packet.info.id;
    const NodeId to = packet.info.to;
    const Cable& cable = cables_[packet.info.link.value()];
    const std::uint8_t port = cable.b == to ? cable.bPort : cable.aPort;
    WireFrame frame = std::move(packet.frame);
    if (packet.corruptBit) { // as the cable brings it, so that its FCS tells
        Bytes damaged = frame.octets();
        damaged[*packet.corruptBit / 8] ^= static_cast<std::uint8_t>(0x80u >> (*packet.corruptBit % 8));
        frame = WireFrame(std::move(damaged));
    }
    forget(packet);
    trace_->packetArrived(id, now_);
    Record record;
    record.at = now_;
    record.kind = RecordKind::PacketArrived;
    record.packet = id;
    record.host = to;
    note(record);
    receive(to, port, id, frame);
    planTimer(to);
}

void World::receive(NodeId node, std::uint8_t port, PacketId packet, const WireFrame& frame)
{
    const NodeContext cx = context();
    if (!on_[node.value()])
        noteIgnored(cx, node, packet, Reason::IgnoredNodeOff);
    else if (isHost(node))
        hosts_[node.value()].receiveFrame(cx, packet, frame);
    else if (Router* router = routerOf(node))
        router->receiveFrame(cx, port, packet, frame);
    else if (Switch* bridge = switchOf(node))
        bridge->receiveFrame(cx, port, packet, frame);
    else if (Hub* hub = hubOf(node))
        hub->receiveFrame(cx, port, packet, frame);
}

Reason World::plug(const LinkEnd& a, const LinkEnd& b, bool plugged)
{
    const std::optional<LinkId> id = cableBetween(a, b);
    if (!id || cables_[id->value()].plugged == plugged)
        return Reason::CommandNothingToDo;
    Cable& cable = cables_[id->value()];
    cable.plugged = plugged;
    Record record;
    record.at = now_;
    record.kind = RecordKind::LinkState;
    record.value = id->value();
    record.a = plugged ? 1 : 0;
    note(record);
    if (plugged)
        return Reason::None;
    std::vector<PacketId> cut;
    for (const PacketId packet : flyingIds()) {
        if (flying(packet)->info.link == *id)
            cut.push_back(packet);
    }
    for (const PacketId packet : cut)
        loseNow(*flying(packet), Reason::LostUnplugged);
    const auto forgetPort = [&](NodeId node, std::uint8_t port) {
        if (Switch* bridge = switchOf(node))
            bridge->forget(context(), port);
        planTimer(node);
    };
    forgetPort(cable.a, cable.aPort);
    forgetPort(cable.b, cable.bPort);
    return Reason::None;
}

Reason World::power(NodeId node, bool on)
{
    if (!node || on_[node.value()] == on)
        return Reason::CommandNothingToDo;
    const NodeContext cx = context();
    on_[node.value()] = on;
    Record record = nodeRecord(cx, RecordKind::NodeState, node);
    record.a = on ? 1 : 0;
    note(record);
    if (isHost(node)) {
        Host& host = hosts_[node.value()];
        if (on) {
            programs_[node.value()].start(cx, host);
        } else {
            programs_[node.value()].forget();
            host.powerOff(cx);
        }
    } else if (!on) {
        if (Router* router = routerOf(node))
            router->forget(cx);
        else if (Switch* bridge = switchOf(node))
            bridge->forget(cx);
    }
    planTimer(node);
    return Reason::None;
}

Router* World::routerOf(NodeId node)
{
    const std::size_t i = node.value() - hosts_.size();
    return node.value() >= hosts_.size() && i < routers_.size() ? &routers_[i] : nullptr;
}

Switch* World::switchOf(NodeId node)
{
    const std::size_t before = hosts_.size() + routers_.size();
    const std::size_t i = node.value() - before;
    return node.value() >= before && i < switches_.size() ? &switches_[i] : nullptr;
}

Hub* World::hubOf(NodeId node)
{
    const std::size_t before = hosts_.size() + routers_.size() + switches_.size();
    const std::size_t i = node.value() - before;
    return node.value() >= before && i < hubs_.size() ? &hubs_[i] : nullptr;
}

NodeId World::nodeNamed(std::string_view name) const
{
    const auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? NodeId::none() : NodeId(static_cast<std::uint8_t>(found - names_.begin()));
}

std::optional<std::uint8_t> World::portOf(NodeId node, const std::string& interface) const
{
    const std::vector<std::string>& names = interfacesOf_[node.value()];
    const auto found = std::find(names.begin(), names.end(), interface);
    return found == names.end() ? std::nullopt : std::optional(static_cast<std::uint8_t>(found - names.begin()));
}

std::optional<LinkId> World::cableBetween(const LinkEnd& a, const LinkEnd& b) const
{
    const auto isAt = [&](const LinkEnd& end, NodeId node, std::uint8_t port) {
        if (nodeNamed(end.node) != node)
            return false;
        return end.interface.empty() || portOf(node, end.interface) == port;
    };
    for (std::size_t i = 0; i < cables_.size(); ++i) {
        const Cable& c = cables_[i];
        if ((isAt(a, c.a, c.aPort) && isAt(b, c.b, c.bPort)) || (isAt(b, c.a, c.aPort) && isAt(a, c.b, c.bPort)))
            return LinkId(static_cast<std::uint16_t>(i));
    }
    return std::nullopt;
}

std::optional<IpAddress> World::addressOf(std::string_view nodeName, bool v6) const
{
    const NodeId node = nodeNamed(nodeName);
    const IpStack* ip = nullptr;
    if (node && isHost(node))
        ip = &hosts_[node.value()].ip();
    else if (node && node.value() < hosts_.size() + routers_.size())
        ip = &routers_[node.value() - hosts_.size()].ip();
    if (ip == nullptr)
        return std::nullopt;
    for (const Interface& interface : ip->setup().interfaces) {
        for (const IpPrefix& own : interface.addresses) {
            if (own.address.isV6() == v6 && !(v6 && own.address.v6().isLinkLocal()))
                return own.address;
        }
    }
    return std::nullopt;
}

} // namespace packetarium
