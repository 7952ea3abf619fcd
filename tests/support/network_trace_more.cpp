// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/arp.h"
#include "core/wire/dns.h"
#include "core/wire/frame.h"
#include "core/wire/icmp.h"
#include "core/wire/udp.h"
#include "tests/support/network_trace.h"
#include "tests/support/trace_builder.h"

namespace packetarium {
namespace {

MacAddress mac(std::uint8_t last)
{
    return MacAddress{{2, 0, 0, 0, 0, last}};
}
Ipv4Address ip(const char* text)
{
    return Ipv4Address::parse(text).value();
}
TraceLink cable(std::uint8_t a, std::uint8_t b, std::uint8_t aPort, std::uint8_t bPort)
{
    TraceLink l;
    l.a = NodeId(a);
    l.b = NodeId(b);
    l.aPort = aPort;
    l.bPort = bPort;
    l.delay = SimDuration::milliseconds(2);
    return l;
}
TraceNode node(const char* name, NodeKind kind, std::vector<IpPrefix> addresses = {}, std::vector<MacAddress> macs = {})
{
    TraceNode n;
    n.name = name;
    n.kind = kind;
    if (!addresses.empty())
        n.address = addresses.front().address;
    n.addresses = std::move(addresses);
    n.macs = std::move(macs);
    n.activeSide = n.name == "client";
    return n;
}

} // namespace

Trace longWayTrace()
{
    const Ipv4Address client = ip("192.168.1.25"), server = ip("203.0.113.80");
    NetworkTrace b(
        {node("client", NodeKind::Host, {{client, 24}}, {mac(1)}),
         node("server", NodeKind::Host, {{server, 24}}, {mac(2)}),
         node("edge-router", NodeKind::Router, {{ip("192.168.1.1"), 24}, {ip("10.0.0.1"), 24}}, {mac(0x11), mac(0x12)}),
         node("far-router", NodeKind::Router, {{ip("10.0.0.2"), 24}, {ip("203.0.113.1"), 24}}, {mac(0x21), mac(0x22)}),
         node("switch-1", NodeKind::Switch), node("switch-2", NodeKind::Switch), node("hub", NodeKind::Hub)},
        {cable(0, 4, 0, 0), cable(4, 2, 1, 0), cable(2, 6, 1, 0), cable(6, 3, 1, 0), cable(3, 5, 1, 0),
         cable(5, 1, 1, 0)});
    Ipv4Header header;
    header.source = client;
    header.destination = server;
    TcpSegment tcp;
    tcp.sourcePort = 49152;
    tcp.destinationPort = 80;
    tcp.flags = TcpFlags{TcpFlags::Ack | TcpFlags::Psh};
    const std::string text = imageRequestText();
    tcp.payload.assign(text.begin(), text.end());
    const auto frame = [&](std::uint8_t to, std::uint8_t from, std::uint8_t ttl) {
        Ipv4Header h = header;
        h.ttl = ttl;
        return encodeTcpFrame({mac(to), mac(from)}, h, tcp);
    };
    const Bytes first = frame(0x11, 1, 64), second = frame(0x21, 0x12, 63), third = frame(2, 0x22, 62);
    PacketId last = b.send(ms(10), LinkId(0), NodeId(0), first, Reason::SentAppWrite);
    b.arrive(last);
    const auto on = [&](std::int64_t at, std::uint16_t link, std::uint8_t from, const Bytes& bytes, Reason why,
                        bool forIt) {
        last = b.passOn(ms(at), LinkId(link), NodeId(from), bytes, why, last);
        b.arrive(last, forIt);
    };
    on(12, 1, 4, first, Reason::SentSwitched, false);
    on(14, 2, 2, second, Reason::SentRouted, true);
    on(16, 3, 6, second, Reason::SentRepeated, false);
    on(18, 4, 3, third, Reason::SentRouted, true);
    on(20, 5, 5, third, Reason::SentSwitched, true);
    return b.trace;
}

Trace miscellanyTrace()
{
    const Ipv4Address client = ip("192.168.1.25"), other = ip("192.168.1.26"), inside = ip("192.168.1.1"),
                      outside = ip("203.0.113.1"), server = ip("203.0.113.80");
    const Ipv6Address client6 = Ipv6Address::linkLocal(mac(1)), other6 = Ipv6Address::linkLocal(mac(3));
    // client 0, server 1, other 2, router 3, switch 4
    NetworkTrace b({node("client", NodeKind::Host, {{client, 24}, {client6, 64}}, {mac(1)}),
                    node("server", NodeKind::Host, {{server, 24}}, {mac(2)}),
                    node("other", NodeKind::Host, {{other, 24}, {other6, 64}}, {mac(3)}),
                    node("router", NodeKind::Router, {{inside, 24}, {outside, 24}}, {mac(0x11), mac(0x12)}),
                    node("switch", NodeKind::Switch)},
                   {cable(0, 4, 0, 0), cable(2, 4, 0, 1), cable(4, 3, 2, 0), cable(3, 1, 1, 0)});
    const LinkId fromClient(0), fromOther(1), toRouter(2), toServer(3);
    const NodeId kSwitch(4), kRouter(3);

    // ARP: who has the router's address?
    ArpPacket ask;
    ask.senderMac = mac(1);
    ask.senderIp = client;
    ask.targetIp = inside;
    const Bytes question = encodeEthernet({MacAddress::broadcast(), mac(1), kEtherTypeArp}, encodeArp(ask));
    const PacketId asked = b.send(ms(1), fromClient, NodeId(0), question, Reason::SentArpRequest);
    b.arrive(asked);
    const PacketId toOther = b.passOn(ms(3), fromOther, kSwitch, question, Reason::SentFlooded, asked);
    const PacketId toRouterToo = b.passOn(ms(3), toRouter, kSwitch, question, Reason::SentFlooded, asked);
    b.refuse(toOther, Layer::Link, Reason::IgnoredArpNotForUs);
    b.arrive(toRouterToo);
    ArpPacket answer;
    answer.operation = ArpPacket::Reply;
    answer.senderMac = mac(0x11);
    answer.senderIp = inside;
    answer.targetMac = mac(1);
    answer.targetIp = client;
    const Bytes reply = encodeEthernet({mac(1), mac(0x11), kEtherTypeArp}, encodeArp(answer));
    const PacketId answered = b.send(ms(5), toRouter, kRouter, reply, Reason::SentArpReply);
    b.arrive(answered);
    b.arrive(b.passOn(ms(7), fromClient, kSwitch, reply, Reason::SentSwitched, answered));

    const auto framed = [](const MacAddress& to, const MacAddress& from, const Bytes& datagram, std::uint16_t type) {
        return encodeEthernet({to, from, type}, datagram);
    };
    const auto through = [&](std::int64_t at, std::uint8_t protocol, const Bytes& payload, Reason why) {
        Ipv4Header header;
        header.source = client;
        header.destination = server;
        header.protocol = protocol;
        const Bytes inner = framed(mac(0x11), mac(1), encodeIpv4(header, payload), kEtherTypeIpv4);
        header.ttl = 63;
        const Bytes outer = framed(mac(2), mac(0x12), encodeIpv4(header, payload), kEtherTypeIpv4);
        const PacketId a = b.send(ms(at), fromClient, NodeId(0), inner, why);
        b.arrive(a);
        const PacketId c = b.passOn(ms(at + 2), toRouter, kSwitch, inner, Reason::SentSwitched, a);
        b.arrive(c, false);
        b.arrive(b.passOn(ms(at + 4), toServer, kRouter, outer, Reason::SentRouted, c));
    };
    IcmpMessage ping;
    ping.type = IcmpMessage::EchoRequest;
    ping.rest = 0x12340001;
    ping.payload.assign(32, 'p');
    through(20, kProtocolIcmp, encodeIcmp(ping), Reason::SentEchoRequest);

    DnsMessage query;
    query.id = 0x1a2b;
    query.recursionDesired = true;
    query.questions = {{"www.example.com", DnsType::A}};
    through(40, kProtocolUdp, encodeUdp({49153, kDnsPort, encodeDns(query)}, client, server), Reason::SentDnsQuery);

    // From one end of the switch to the other, by IPv6.
    const Bytes text{'h', 'e', 'l', 'l', 'o'};
    Ipv6Header v6;
    v6.nextHeader = kProtocolUdp;
    v6.source = other6;
    v6.destination = client6;
    const Bytes six =
        framed(mac(1), mac(3), encodeIpv6(v6, encodeUdp({7000, 7001, text}, other6, client6)), kEtherTypeIpv6);
    const PacketId hello = b.send(ms(60), fromOther, NodeId(2), six, Reason::SentDatagram);
    b.arrive(hello);
    b.arrive(b.passOn(ms(62), fromClient, kSwitch, six, Reason::SentSwitched, hello));

    // Traceroute's first datagram: the router answers that TTL ended.
    Ipv4Header short1;
    short1.source = client;
    short1.destination = server;
    short1.protocol = kProtocolUdp;
    short1.ttl = 1;
    const Bytes dying = encodeIpv4(short1, encodeUdp({40000, 33434, {}}, client, server));
    const Bytes dyingFrame = framed(mac(0x11), mac(1), dying, kEtherTypeIpv4);
    const PacketId probe = b.send(ms(80), fromClient, NodeId(0), dyingFrame, Reason::SentTraceProbe);
    b.arrive(probe);
    const PacketId last = b.passOn(ms(82), toRouter, kSwitch, dyingFrame, Reason::SentSwitched, probe);
    b.refuse(last, Layer::Internet, Reason::IgnoredTtlExpired);
    IcmpMessage ended;
    ended.type = IcmpMessage::TimeExceeded;
    ended.payload = dying;
    Ipv4Header back;
    back.source = inside;
    back.destination = client;
    back.protocol = kProtocolIcmp;
    const Bytes error = framed(mac(1), mac(0x11), encodeIpv4(back, encodeIcmp(ended)), kEtherTypeIpv4);
    const PacketId told = b.send(ms(84), toRouter, kRouter, error, Reason::SentTimeExceeded);
    b.arrive(told);
    b.arrive(b.passOn(ms(86), fromClient, kSwitch, error, Reason::SentSwitched, told));
    return b.trace;
}

} // namespace packetarium
