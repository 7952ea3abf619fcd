// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/net_rig.h"

#include "core/wire/udp.h"
#include "tests/support/catch.h"

#include <algorithm>

#include <fmt/format.h>

namespace packetarium::testing {

MacAddress mac(std::uint8_t last)
{
    return MacAddress{{2, 0, 0, 0, 0, last}};
}

IpAddress ip(std::string_view text)
{
    const auto address = IpAddress::parse(text);
    REQUIRE(address);
    return *address;
}

IpPrefix prefix(std::string_view text)
{
    const auto parsed = IpPrefix::parse(text);
    REQUIRE(parsed);
    return *parsed;
}

// --- nodes ---

NetRig::Node& NetRig::add()
{
    return nodes_.emplace_back();
}

NodeId NetRig::addHost(std::uint8_t lastOfMac, const std::vector<std::string>& addresses,
                       const std::vector<std::string>& gateways, std::uint16_t mtu, bool filtered)
{
    const NodeId id(static_cast<std::uint8_t>(nodes_.size()));
    HostSetup setup;
    setup.ip.node = id;
    setup.filtered = filtered;
    setup.secret = IsnSecret{1, 2};
    setup.tcp.iss = Seq32(100u * (id.value() + 1u));
    Interface interface;
    interface.mac = mac(lastOfMac);
    interface.mtu = mtu;
    for (const std::string& address : addresses)
        interface.addresses.push_back(prefix(address));
    setup.ip.interfaces.push_back(interface);
    for (const std::string& gateway : gateways) {
        const IpAddress via = ip(gateway);
        setup.ip.routes.push_back(Route{prefix(via.isV6() ? "::/0" : "0.0.0.0/0"), via, 0});
    }
    add().host.emplace(setup);
    return id;
}

NodeId NetRig::addRouter(std::uint8_t lastOfMac, const std::vector<Port>& ports, const std::vector<Route>& routes)
{
    const NodeId id(static_cast<std::uint8_t>(nodes_.size()));
    IpStackSetup setup;
    setup.node = id;
    setup.router = true;
    for (const Port& port : ports) {
        Interface interface;
        interface.mac = mac(static_cast<std::uint8_t>(lastOfMac + setup.interfaces.size()));
        interface.mtu = port.mtu;
        for (const std::string& address : port.addresses)
            interface.addresses.push_back(prefix(address));
        setup.interfaces.push_back(interface);
    }
    setup.routes = routes;
    add().router.emplace(setup);
    return id;
}

NodeId NetRig::addSwitch(std::uint8_t ports, SimDuration aging)
{
    const NodeId id(static_cast<std::uint8_t>(nodes_.size()));
    add().bridge.emplace(id, ports, aging);
    return id;
}

NodeId NetRig::addHub(std::uint8_t ports)
{
    const NodeId id(static_cast<std::uint8_t>(nodes_.size()));
    add().hub.emplace(id, ports);
    return id;
}

void NetRig::join(NodeId a, std::uint8_t aPort, NodeId b, std::uint8_t bPort, SimDuration delay)
{
    cables_.push_back(Cable{a, b, aPort, bPort, delay, {}});
}

NetRig::Cable* NetRig::cableAt(NodeId node, std::uint8_t port)
{
    for (Cable& cable : cables_) {
        if ((cable.a == node && cable.aPort == port) || (cable.b == node && cable.bPort == port))
            return &cable;
    }
    return nullptr;
}

// --- time and frames ---

PacketId NetRig::arrive(NodeId node, std::uint8_t port, const WireFrame& frame)
{
    const PacketId id(packets_++);
    Node& n = nodes_.at(node.value());
    if (n.host)
        n.host->receiveFrame(cx(), id, frame);
    else if (n.router)
        n.router->receiveFrame(cx(), port, id, frame);
    else if (n.bridge)
        n.bridge->receiveFrame(cx(), port, id, frame);
    else
        n.hub->receiveFrame(cx(), port, id, frame);
    return id;
}

SimTime NetRig::nextDeadline(NodeId node) const
{
    const Node& n = nodes_.at(node.value());
    return n.host     ? n.host->nextDeadline()
           : n.router ? n.router->nextDeadline()
           : n.bridge ? n.bridge->nextDeadline()
                      : SimTime::never();
}

void NetRig::runTimer(NodeId node)
{
    Node& n = nodes_.at(node.value());
    if (n.host)
        n.host->onTimer(cx());
    else if (n.router)
        n.router->onTimer(cx());
    else if (n.bridge)
        n.bridge->onTimer(cx());
}

void NetRig::passTo(SimTime t)
{
    for (;;) {
        const auto frame =
            std::min_element(onTheirWay_.begin(), onTheirWay_.end(),
                             [](const OnItsWay& one, const OnItsWay& other) { return one.at < other.at; });
        SimTime next = frame == onTheirWay_.end() ? SimTime::never() : frame->at;
        NodeId timer;
        for (std::size_t i = 0; i < nodes_.size(); ++i) {
            const NodeId node(static_cast<std::uint8_t>(i));
            if (nextDeadline(node) < next) {
                next = nextDeadline(node);
                timer = node;
            }
        }
        if (next > t)
            break;
        now = std::max(now, next);
        if (timer) {
            runTimer(timer);
            continue;
        }
        const OnItsWay arriving = *frame;
        onTheirWay_.erase(frame);
        arrive(arriving.to, arriving.port, arriving.frame);
    }
    now = t;
}

void NetRig::pass(SimDuration time)
{
    passTo(now + time);
}

Bytes NetRig::takenFrame()
{
    REQUIRE_FALSE(sent.empty());
    Bytes frame = sent.front().frame.octets();
    sent.pop_front();
    return frame;
}

std::string NetRig::taken()
{
    return sent.empty() ? "nothing" : wordsOf(takenFrame());
}

std::vector<std::string> NetRig::carried(NodeId oneEnd, std::uint8_t port)
{
    Cable* cable = cableAt(oneEnd, port);
    REQUIRE(cable != nullptr);
    return std::exchange(cable->carried, {});
}

std::vector<std::string> NetRig::told()
{
    return std::exchange(told_, {});
}

std::vector<Reason> NetRig::ignored()
{
    std::vector<Reason> reasons;
    for (; ignoredSeen_ < trace.records().size(); ++ignoredSeen_) {
        const Record& record = trace.records()[ignoredSeen_];
        if (record.kind == RecordKind::SegmentIgnored)
            reasons.push_back(record.reason);
    }
    return reasons;
}

std::vector<std::string> NetRig::tables()
{
    std::vector<std::string> lines;
    for (; tablesSeen_ < trace.records().size(); ++tablesSeen_) {
        const Record& record = trace.records()[tablesSeen_];
        if (record.kind != RecordKind::Table)
            continue;
        const TableRow& row = trace.tableRows()[static_cast<std::size_t>(record.value)];
        std::string line = fmt::format("{} {}", toString(row.kind), toString(record.tableChange()));
        if (row.kind == TableKind::Switch)
            line += fmt::format(" {:02x} port {}", row.mac.octets[5], row.port);
        else if (row.kind == TableKind::Route)
            line += fmt::format(" {} port {}", row.prefix.toString(), row.port);
        else
            line += fmt::format(" {} {:02x}", row.prefix.address.toString(), row.mac.octets[5]);
        lines.push_back(line);
    }
    return lines;
}

std::vector<std::string> NetRig::crossings()
{
    constexpr std::string_view kLayers[] = {"physical", "link", "internet", "transport", "application"};
    std::vector<std::string> lines;
    for (; layersSeen_ < trace.records().size(); ++layersSeen_) {
        const Record& record = trace.records()[layersSeen_];
        if (record.kind == RecordKind::Layer)
            lines.push_back(fmt::format("{} {} {}+{}", toString(record.layerAct()), kLayers[record.b],
                                        record.unitOffset(), record.unitLength()));
    }
    return lines;
}

// --- NodeSink ---

void NetRig::transmit(NodeId from, std::uint8_t port, Outgoing&& out)
{
    Cable* cable = cableAt(from, port);
    if (cable == nullptr) {
        sent.push_back(std::move(out));
        return;
    }
    cable->carried.push_back(wordsOf(out.frame.octets()));
    const bool fromA = cable->a == from && cable->aPort == port;
    onTheirWay_.push_back(OnItsWay{now + cable->delay, fromA ? cable->b : cable->a, fromA ? cable->bPort : cable->aPort,
                                   std::move(out.frame)});
}

void NetRig::programNews(NodeId, ConnId conn, AppCall what, AppResult result, std::uint64_t)
{
    if (what == AppCall::Opened)
        opened.push_back(conn);
    if (what != AppCall::Delivered)
        told_.push_back(fmt::format("TCP {} {}", toString(what), toString(result)));
}

void NetRig::dataArrived(NodeId, ConnId, ByteView data)
{
    told_.push_back(fmt::format("TCP data {}", std::string(data.begin(), data.end())));
}

void NetRig::datagramArrived(NodeId, const UdpDelivery& delivery)
{
    std::string data(delivery.data.begin(), delivery.data.end());
    if (data.size() > 20)
        data = fmt::format("{} octets", data.size());
    told_.push_back(fmt::format("UDP {} from {}:{}: {}", delivery.localPort, delivery.from.address.toString(),
                                delivery.from.port, data));
}

void NetRig::icmpArrived(NodeId, const IcmpDelivery& delivery)
{
    std::string line =
        fmt::format("ICMP {}/{} from {}", delivery.message.type, delivery.message.code, delivery.from.toString());
    if (delivery.trouble == ProgramTrouble::None)
        line += fmt::format(" id {} seq {}, {} octets", delivery.echoIdentifier, delivery.echoSequence,
                            delivery.message.payload.size());
    else
        line +=
            fmt::format(" {}: {}:{}>{}:{}", toString(delivery.trouble), delivery.originalFrom.address.toString(),
                        delivery.originalFrom.port, delivery.originalTo.address.toString(), delivery.originalTo.port);
    told_.push_back(line);
}

// --- frames from outside ---

Bytes arpFrame(std::uint16_t operation, std::uint8_t fromMac, std::string_view from, const MacAddress& toMac,
               std::string_view about)
{
    ArpPacket arp;
    arp.operation = operation;
    arp.senderMac = mac(fromMac);
    arp.senderIp = ip(from).v4();
    arp.targetMac = operation == ArpPacket::Reply ? toMac : MacAddress{};
    arp.targetIp = ip(about).v4();
    return encodeEthernet(EthernetHeader{toMac, mac(fromMac), kEtherTypeArp}, encodeArp(arp));
}

Bytes ipv4Frame(std::uint8_t fromMac, std::uint8_t toMac, const Ipv4Header& header, ByteView payload)
{
    return encodeEthernet(EthernetHeader{mac(toMac), mac(fromMac), kEtherTypeIpv4}, encodeIpv4(header, payload));
}

Bytes udpFrame(std::uint8_t fromMac, std::uint8_t toMac, std::string_view from, std::string_view to, std::uint16_t port,
               std::size_t octets, std::uint8_t ttl, bool dontFragment)
{
    UdpDatagram udp;
    udp.sourcePort = 40000;
    udp.destinationPort = port;
    udp.payload.assign(octets, 'u');
    const Bytes bytes = encodeUdp(udp, ip(from), ip(to));
    if (ip(from).isV6()) {
        Ipv6Header header;
        header.nextHeader = kProtocolUdp;
        header.hopLimit = ttl;
        header.source = ip(from).v6();
        header.destination = ip(to).v6();
        return encodeEthernet(EthernetHeader{mac(toMac), mac(fromMac), kEtherTypeIpv6}, encodeIpv6(header, bytes));
    }
    Ipv4Header header;
    header.identification = 77;
    header.dontFragment = dontFragment;
    header.ttl = ttl;
    header.protocol = kProtocolUdp;
    header.source = ip(from).v4();
    header.destination = ip(to).v4();
    return ipv4Frame(fromMac, toMac, header, bytes);
}

Bytes echoFrame(std::uint8_t fromMac, std::uint8_t toMac, std::string_view from, std::string_view to, ByteView data,
                std::uint8_t ttl)
{
    IcmpMessage message;
    message.rest = 0x1234'0007;
    message.payload.assign(data.begin(), data.end());
    if (ip(from).isV6()) {
        message.type = IcmpMessage::V6EchoRequest;
        return icmpv6Frame(fromMac, mac(toMac), from, to, message, ttl);
    }
    message.type = IcmpMessage::EchoRequest;
    Ipv4Header header;
    header.protocol = kProtocolIcmp;
    header.ttl = ttl;
    header.source = ip(from).v4();
    header.destination = ip(to).v4();
    return ipv4Frame(fromMac, toMac, header, encodeIcmp(message));
}

Bytes icmpv6Frame(std::uint8_t fromMac, const MacAddress& toMac, std::string_view from, std::string_view to,
                  const IcmpMessage& message, std::uint8_t hopLimit)
{
    Ipv6Header header;
    header.nextHeader = kProtocolIcmpv6;
    header.hopLimit = hopLimit;
    header.source = ip(from).v6();
    header.destination = ip(to).v6();
    return encodeEthernet(EthernetHeader{toMac, mac(fromMac), kEtherTypeIpv6},
                          encodeIpv6(header, encodeIcmpv6(message, header.source, header.destination)));
}

} // namespace packetarium::testing
