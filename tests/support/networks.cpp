// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/networks.h"

#include "core/trace/packet_summary.h"

#include <algorithm>
#include <fmt/format.h>
#include <stdexcept>

namespace packetarium::testing {

namespace {

template <class T>
T need(const std::optional<T>& value, const std::string& text)
{
    if (!value)
        throw std::invalid_argument("not an address: " + text);
    return *value;
}

LinkEnd endOf(const std::string& text)
{
    const std::size_t dot = text.find('.');
    return dot == std::string::npos ? LinkEnd{text, {}} : LinkEnd{text.substr(0, dot), text.substr(dot + 1)};
}

std::string arpLine(const ArpPacket& arp)
{
    if (arp.operation == ArpPacket::Request)
        return fmt::format("who has {}, tell {}", arp.targetIp.toString(), arp.senderIp.toString());
    return fmt::format("{} is at {}", arp.senderIp.toString(), arp.senderMac.toString());
}

std::string icmpName(Protocol protocol, const IcmpMessage& m)
{
    if (protocol == Protocol::Icmp) {
        switch (m.type) {
        case IcmpMessage::EchoRequest: return fmt::format("echo request {}", m.echoSequence());
        case IcmpMessage::EchoReply: return fmt::format("echo reply {}", m.echoSequence());
        default: return fmt::format("icmp {}/{}", m.type, m.code);
        }
    }
    switch (m.type) {
    case IcmpMessage::V6EchoRequest: return fmt::format("echo request {}", m.echoSequence());
    case IcmpMessage::V6EchoReply: return fmt::format("echo reply {}", m.echoSequence());
    default: return fmt::format("icmpv6 {}/{}", m.type, m.code);
    }
}

std::string lineOf(const Trace& trace, const PacketInfo& packet)
{
    const PacketSummary s = summarize(trace.bytes(packet.id));
    if (s.arp)
        return arpLine(*s.arp);
    std::string line = fmt::format("{} > {} ", s.source.toString(), s.destination.toString());
    if (s.neighbor)
        line += fmt::format("{} {}", s.neighbor->solicitation ? "solicitation" : "advertisement",
                            s.neighbor->target.toString());
    else if (s.icmp)
        line += icmpName(s.protocol, *s.icmp);
    else if (s.protocol == Protocol::Udp || s.protocol == Protocol::Dns)
        line += fmt::format("udp {} > {}, {}", s.sourcePort, s.destinationPort, s.length);
    else
        line += fmt::format("tcp {} {}", packet.flags.toString(), packet.length);
    if (s.icmp && !s.neighbor)
        line += fmt::format(", ttl {}", s.ttl);
    return line;
}

} // namespace

MacAddress NetworkBuilder::nextMac()
{
    return {{0x02, 0, 0, 0, 0, ++macs_}};
}

HostSpec& NetworkBuilder::host(const std::string& name, const std::string& address, const std::string& gateway)
{
    HostSpec spec;
    spec.name = name;
    const IpPrefix prefix = need(IpPrefix::parse(address), address);
    spec.address = prefix.address.v4();
    spec.prefixLength = prefix.length;
    if (!gateway.empty())
        spec.gateway = need(Ipv4Address::parse(gateway), gateway);
    spec.mac = nextMac();
    spec.activeSide = scenario.hosts.empty();
    return scenario.hosts.emplace_back(std::move(spec));
}

RouterSpec& NetworkBuilder::router(const std::string& name)
{
    RouterSpec spec;
    spec.name = name;
    return scenario.routers.emplace_back(std::move(spec));
}

NetworkBuilder& NetworkBuilder::interface(const std::string& name, const std::string& address)
{
    RouterInterfaceSpec spec;
    spec.name = name;
    const IpPrefix prefix = need(IpPrefix::parse(address), address);
    if (prefix.address.isV6()) {
        spec.address6 = prefix.address.v6();
        spec.prefixLength6 = prefix.length;
    } else {
        spec.address = prefix.address.v4();
        spec.prefixLength = prefix.length;
    }
    spec.mac = nextMac();
    scenario.routers.back().interfaces.push_back(std::move(spec));
    return *this;
}

NetworkBuilder& NetworkBuilder::route(const std::string& to, const std::string& via)
{
    scenario.routers.back().routes.push_back({need(IpPrefix::parse(to), to), need(IpAddress::parse(via), via)});
    return *this;
}

SwitchSpec& NetworkBuilder::bridge(const std::string& name)
{
    SwitchSpec spec;
    spec.name = name;
    return scenario.switches.emplace_back(std::move(spec));
}

HubSpec& NetworkBuilder::hub(const std::string& name)
{
    HubSpec spec;
    spec.name = name;
    return scenario.hubs.emplace_back(std::move(spec));
}

NetworkBuilder& NetworkBuilder::join(const std::string& a, const std::string& b, SimDuration delay)
{
    LinkSpec spec;
    spec.delay = delay;
    scenario.links.push_back({endOf(a), endOf(b), spec});
    return *this;
}

NetworkBuilder& NetworkBuilder::at(SimDuration when, const std::string& host, Action action)
{
    scenario.script.push_back(Command{AtTime{SimTime::zero() + when}, host, std::move(action)});
    return *this;
}

NetworkBuilder routedPair()
{
    NetworkBuilder net;
    net.host("client", "10.1.0.1/24", "10.1.0.254");
    net.host("server", "10.2.0.2/24", "10.2.0.254");
    net.router("r");
    net.interface("near", "10.1.0.254/24").interface("far", "10.2.0.254/24");
    net.join("client", "r.near").join("r.far", "server");
    return net;
}

NetworkBuilder cabledPair()
{
    NetworkBuilder net;
    net.host("client", "10.0.0.1/24").address6 = Ipv6Address::parse("2001:db8::1");
    net.host("server", "10.0.0.2/24").address6 = Ipv6Address::parse("2001:db8::2");
    net.join("client", "server", SimDuration::milliseconds(20));
    return net;
}

std::vector<std::string> seenAt(const Trace& trace, const std::string& node)
{
    std::vector<std::string> lines;
    for (const Record& record : trace.records()) {
        const bool sent = record.kind == RecordKind::PacketSent, arrived = record.kind == RecordKind::PacketArrived;
        if ((sent || arrived) && record.host && trace.nodes()[record.host.value()].name == node)
            lines.push_back(lineOf(trace, trace.packet(record.packet)));
    }
    return lines;
}

} // namespace packetarium::testing
