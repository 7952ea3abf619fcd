// SPDX-License-Identifier: GPL-3.0-or-later
//
// Who has the next hop's address: ARP (RFC 826) and the part of neighbour
// discovery (RFC 4861) that does the same for IPv6. Duplicate addresses are
// not looked for, routers not discovered, neighbours not probed while in use.
#include "core/net/icmp_errors.h"
#include "core/wire/arp.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::uint8_t kNeighborHopLimit = 255; // RFC 4861 §7.1: from another link it would have lost some

Bytes neighborDatagram(const NeighborMessage& message, const Ipv6Address& source, const Ipv6Address& destination)
{
    Ipv6Header header;
    header.nextHeader = kProtocolIcmpv6;
    header.hopLimit = kNeighborHopLimit;
    header.source = source;
    header.destination = destination;
    return encodeIpv6(header, encodeIcmpv6(toIcmp(message), source, destination));
}

} // namespace

TableRow IpStack::rowOf(const NeighborKey& who, const Neighbor& neighbor) const
{
    TableRow row;
    row.kind = who.second.isV6() ? TableKind::Neighbor : TableKind::Arp;
    row.node = setup_.node;
    row.prefix = IpPrefix{who.second, static_cast<std::uint8_t>(who.second.isV6() ? 128 : 32)};
    row.port = who.first;
    if (neighbor.mac) {
        row.mac = *neighbor.mac;
        row.expires = neighbor.due;
    }
    return row;
}

void IpStack::transmit(const NodeContext& cx, std::uint8_t port, const MacAddress& to, std::uint16_t etherType,
                       Leaving&& leaving) const
{
    EthernetHeader header;
    header.destination = to;
    header.source = setup_.interfaces[port].mac;
    header.etherType = etherType;
    Outgoing out;
    leaving.frame.setEthernet(header);
    out.frame = std::move(leaving.frame);
    out.cause = leaving.note.cause;
    out.conn = leaving.note.conn;
    out.retransmission = leaving.note.retransmission;
    out.parent = leaving.parent;
    out.rewritten = static_cast<bool>(leaving.parent);
    cx.out.transmit(setup_.node, port, std::move(out));
}

void IpStack::transmitTo(const NodeContext& cx, const Hop& hop, Leaving&& leaving)
{
    const std::uint16_t etherType = hop.address.isV6() ? kEtherTypeIpv6 : kEtherTypeIpv4;
    if (const auto known = setup_.neighbors.find(hop.address); known != setup_.neighbors.end()) {
        transmit(cx, hop.port, known->second, etherType, std::move(leaving));
        return;
    }
    const NeighborKey who{hop.port, hop.address};
    if (neighbors_.size() >= kMaxNeighbors && neighbors_.count(who) == 0) {
        giveUp(cx, leaving);
        return;
    }
    Neighbor& neighbor = neighbors_[who];
    if (neighbor.mac) {
        noteTable(cx, TableChange::Used, rowOf(who, neighbor), leaving.parent);
        transmit(cx, hop.port, *neighbor.mac, etherType, std::move(leaving));
        return;
    }
    const PacketId cause = leaving.parent;
    neighbor.waiting.push_back(std::move(leaving));
    if (neighbor.waiting.size() > kNeighborQueue) { // RFC 1122 §2.3.2.2: the latest are worth most
        const Leaving oldest = std::move(neighbor.waiting.front());
        neighbor.waiting.pop_front();
        if (oldest.parent)
            noteIgnored(cx, setup_.node, oldest.parent, Reason::IgnoredNoNeighbor);
    }
    if (neighbor.tries > 0)
        return;
    noteTable(cx, TableChange::Missed, rowOf(who, neighbor), cause);
    neighbor.tries = 1;
    neighbor.due = cx.now + kNeighborRetry;
    replan();
    ask(cx, who);
}

void IpStack::ask(const NodeContext& cx, const NeighborKey& whom) const
{
    const auto& [port, address] = whom;
    const MacAddress& mac = setup_.interfaces[port].mac;
    const IpAddress source = routes_.sourceFor(address, Hop{port, address}).value_or(IpAddress());
    Leaving leaving;
    if (address.isV6()) {
        NeighborMessage message;
        message.target = address.v6();
        message.linkAddress = mac;
        const Ipv6Address group = address.v6().solicitedNode();
        leaving.frame.setBody(neighborDatagram(message, source.v6(), group));
        leaving.note.cause = Reason::SentNeighborSolicitation;
        transmit(cx, port, multicastMac(group), kEtherTypeIpv6, std::move(leaving));
        return;
    }
    ArpPacket request;
    request.senderMac = mac;
    request.senderIp = source.v4();
    request.targetIp = address.v4();
    leaving.frame.setBody(encodeArp(request));
    leaving.note.cause = Reason::SentArpRequest;
    transmit(cx, port, MacAddress::broadcast(), kEtherTypeArp, std::move(leaving));
}

void IpStack::learn(const NodeContext& cx, const NeighborKey& who, const MacAddress& mac, PacketId cause)
{
    if (neighbors_.size() >= kMaxNeighbors && neighbors_.count(who) == 0)
        return;
    const bool known = neighbors_[who].mac.has_value();
    Neighbor& neighbor = neighbors_[who];
    neighbor.mac = mac;
    neighbor.due = cx.now + kNeighborLifetime;
    neighbor.tries = 0;
    noteTable(cx, known ? TableChange::Changed : TableChange::Added, rowOf(who, neighbor), cause);
    std::deque<Leaving> waiting = std::move(neighbor.waiting);
    neighbor.waiting.clear();
    replan();
    for (Leaving& leaving : waiting)
        transmit(cx, who.first, mac, who.second.isV6() ? kEtherTypeIpv6 : kEtherTypeIpv4, std::move(leaving));
}

/// Nobody answered. Who sent it hears of it: another host by ICMP, a program here at once.
void IpStack::giveUp(const NodeContext& cx, const Leaving& leaving)
{
    const auto about = describeDatagram(leaving.frame.payload());
    if (!about)
        return;
    if (leaving.parent) {
        noteIgnored(cx, setup_.node, leaving.parent, Reason::IgnoredNoNeighbor);
        sendError(cx, *about, IcmpMessage::DestinationUnreachable, IcmpMessage::HostUnreachable, 0,
                  Reason::SentHostUnreachable);
    } else if (!setup_.router && mayBeAnsweredByError(*about)) {
        cx.out.icmpArrived(setup_.node,
                           deliveryOf(about->source, errorAbout(*about, IcmpMessage::DestinationUnreachable,
                                                                IcmpMessage::HostUnreachable, 0)));
    }
}

void IpStack::runNeighbors(const NodeContext& cx)
{
    std::vector<NeighborKey> dueNow;
    for (const auto& [who, neighbor] : neighbors_) {
        if (neighbor.due <= cx.now)
            dueNow.push_back(who);
    }
    for (const NeighborKey& who : dueNow) {
        Neighbor& neighbor = neighbors_[who];
        if (neighbor.mac) {
            noteTable(cx, TableChange::Expired, rowOf(who, neighbor), PacketId::none());
            neighbors_.erase(who);
        } else if (neighbor.tries < kNeighborTries) {
            ++neighbor.tries;
            neighbor.due = cx.now + kNeighborRetry;
            ask(cx, who);
        } else {
            const std::deque<Leaving> waiting = std::move(neighbor.waiting);
            neighbors_.erase(who);
            for (const Leaving& leaving : waiting)
                giveUp(cx, leaving);
        }
    }
}

// RFC 826, "Packet Reception": what is known is brought up to date whoever is asked for; who asks for us is worth knowing.
void IpStack::receiveArp(const NodeContext& cx, const Arrival& arrival)
{
    const auto arp = decodeArp(arrival.payload.view());
    if (!arp) {
        refuse(cx, arrival, Layer::Link, kEthernetHeaderSize, arrival.payload.size(), Reason::IgnoredMalformed);
        return;
    }
    noteLayer(cx, setup_.node, arrival.packet, LayerAct::Removed, Layer::Link, kEthernetHeaderSize, kArpSize);
    const NeighborKey sender{arrival.port, arp->senderIp};
    const bool forUs = routes_.isOwn(arp->targetIp, arrival.port);
    // A probe has no sender yet (RFC 5227 §2.1.1); who claims our own address is not believed.
    const bool tells = arp->senderIp != Ipv4Address{} && !isOwn(arp->senderIp) && !arp->senderMac.isGroup() &&
                       setup_.neighbors.count(arp->senderIp) == 0;
    if (tells && (forUs || neighbors_.count(sender) != 0))
        learn(cx, sender, arp->senderMac, arrival.packet);
    if (!forUs) {
        refuse(cx, arrival, Layer::Link, kEthernetHeaderSize, kArpSize, Reason::IgnoredArpNotForUs);
        return;
    }
    if (arp->operation != ArpPacket::Request)
        return;
    ArpPacket reply;
    reply.operation = ArpPacket::Reply;
    reply.senderMac = setup_.interfaces[arrival.port].mac;
    reply.senderIp = arp->targetIp;
    reply.targetMac = arp->senderMac;
    reply.targetIp = arp->senderIp;
    Leaving leaving;
    leaving.frame.setBody(encodeArp(reply));
    leaving.note.cause = Reason::SentArpReply;
    transmit(cx, arrival.port, arp->senderMac, kEtherTypeArp, std::move(leaving));
}

// RFC 4861 §7.2.3 and §7.2.5.
void IpStack::receiveNeighbor(const NodeContext& cx, const Arrival& arrival, const Datagram& datagram,
                              const NeighborMessage& message)
{
    const auto ignore = [&](Reason why) {
        refuse(cx, arrival, Layer::Internet, datagram.payloadAt, datagram.payloadThere, why);
    };
    if (datagram.ttl != kNeighborHopLimit || message.target.isMulticast()) {
        ignore(Reason::IgnoredMalformed);
        return;
    }
    if (!message.solicitation) {
        const NeighborKey who{arrival.port, message.target};
        const auto asked = neighbors_.find(who);
        if (asked == neighbors_.end() || !message.linkAddress ||
            (asked->second.mac && !message.override_ && *asked->second.mac != *message.linkAddress))
            ignore(Reason::IgnoredUnexpected);
        else
            learn(cx, who, *message.linkAddress, arrival.packet);
        return;
    }
    if (!routes_.isOwn(message.target, arrival.port)) {
        ignore(Reason::IgnoredArpNotForUs);
        return;
    }
    const bool unspecified = datagram.source.isUnspecified(); // somebody makes sure that the address is free
    if (!unspecified && message.linkAddress && !isOwn(datagram.source))
        learn(cx, NeighborKey{arrival.port, datagram.source}, *message.linkAddress, arrival.packet);
    NeighborMessage answer;
    answer.solicitation = false;
    answer.target = message.target;
    answer.linkAddress = setup_.interfaces[arrival.port].mac;
    answer.router = setup_.router;
    answer.solicited = !unspecified;
    answer.override_ = true;
    const Ipv6Address to = unspecified ? kAllNodes : datagram.source.v6();
    Leaving leaving;
    leaving.frame.setBody(neighborDatagram(answer, message.target, to));
    leaving.note.cause = Reason::SentNeighborAdvertisement;
    transmit(cx, arrival.port, unspecified ? multicastMac(kAllNodes) : message.linkAddress.value_or(arrival.source),
             kEtherTypeIpv6, std::move(leaving));
}

} // namespace packetarium
