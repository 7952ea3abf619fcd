// SPDX-License-Identifier: GPL-3.0-or-later
//
// A frame as a line of words, for net_rig.h.
#include "core/wire/icmp.h"
#include "core/wire/udp.h"
#include "tests/support/net_rig.h"

#include <fmt/format.h>

namespace packetarium::testing {

namespace {

std::string shortMac(const MacAddress& address)
{
    if (address.isGroup() && address != MacAddress::broadcast())
        return "group";
    return fmt::format("{:02x}", address.octets[5]);
}

/// "10.1.0.1>10.2.0.2" of a datagram that may be cut short.
std::string aboutWords(ByteView datagram)
{
    if (datagram.size() >= kIpv6HeaderSize && datagram[0] >> 4 == 6) {
        Ipv6Address source, destination;
        for (std::size_t i = 0; i < 16; ++i) {
            source.octets[i] = datagram[8 + i];
            destination.octets[i] = datagram[24 + i];
        }
        return source.toString() + ">" + destination.toString();
    }
    if (datagram.size() < kIpv4HeaderSize)
        return "too little";
    const auto address = [&](std::size_t at) {
        return Ipv4Address{static_cast<std::uint32_t>(datagram[at] << 24 | datagram[at + 1] << 16 |
                                                      datagram[at + 2] << 8 | datagram[at + 3])}
            .toString();
    };
    return address(12) + ">" + address(16);
}

std::string icmpWords(const IcmpDecoded& decoded, bool v6)
{
    const IcmpMessage& m = decoded.message;
    if (decoded.error != IcmpError::None)
        return "ICMP damaged";
    const char* name = v6 ? "ICMPv6" : "ICMP";
    const bool request = m.type == (v6 ? IcmpMessage::V6EchoRequest : IcmpMessage::EchoRequest);
    if (request || m.type == (v6 ? IcmpMessage::V6EchoReply : IcmpMessage::EchoReply))
        return fmt::format("{} echo {} id {} seq {}, {} octets", name, request ? "request" : "reply",
                           m.echoIdentifier(), m.echoSequence(), m.payload.size());
    if (const auto neighbor = v6 ? toNeighborMessage(m) : std::nullopt) {
        if (neighbor->solicitation)
            return fmt::format("solicitation for {} from {}", neighbor->target.toString(),
                               neighbor->linkAddress ? shortMac(*neighbor->linkAddress) : "-");
        return fmt::format("advertisement {}{}{}{} is at {}", neighbor->target.toString(),
                           neighbor->router ? " rtr" : "", neighbor->solicited ? " sol" : "",
                           neighbor->override_ ? " ovr" : "",
                           neighbor->linkAddress ? shortMac(*neighbor->linkAddress) : "-");
    }
    const bool mtu = v6 ? m.type == IcmpMessage::V6PacketTooBig
                        : m.type == IcmpMessage::DestinationUnreachable && m.code == IcmpMessage::FragmentationNeeded;
    return fmt::format("{} {}/{}{} about {}", name, m.type, m.code, mtu ? fmt::format(" mtu {}", m.rest) : "",
                       aboutWords(m.payload));
}

std::string upperWords(std::uint8_t protocol, ByteView payload, const IpAddress& source, const IpAddress& destination)
{
    switch (protocol) {
    case kProtocolTcp: {
        const TcpDecoded tcp = decodeTcp(payload, source, destination);
        const TcpSegment& s = tcp.segment;
        if (tcp.error != TcpDecodeError::None)
            return "TCP damaged";
        return fmt::format("TCP {}>{} {}{}, {} octets", s.sourcePort, s.destinationPort, s.flags.toString(),
                           s.mss ? fmt::format(" mss {}", *s.mss) : "", s.payload.size());
    }
    case kProtocolUdp: {
        const UdpDecoded udp = decodeUdp(payload, source, destination);
        if (udp.error != UdpError::None)
            return "UDP damaged";
        return fmt::format("UDP {}>{}, {} octets", udp.datagram.sourcePort, udp.datagram.destinationPort,
                           udp.datagram.payload.size());
    }
    case kProtocolIcmp: return icmpWords(decodeIcmp(payload), false);
    case kProtocolIcmpv6: return icmpWords(decodeIcmpv6(payload, source.v6(), destination.v6()), true);
    default: return fmt::format("protocol {}, {} octets", protocol, payload.size());
    }
}

} // namespace

std::string wordsOf(ByteView frame)
{
    const EthernetDecoded ethernet = decodeEthernet(frame);
    if (ethernet.error != EthernetError::None)
        return "damaged";
    const std::string ends = shortMac(ethernet.header.source) + ">" + shortMac(ethernet.header.destination) + " ";
    if (ethernet.header.etherType == kEtherTypeArp) {
        const auto arp = decodeArp(ethernet.payload);
        if (!arp)
            return ends + "ARP damaged";
        if (arp->operation == ArpPacket::Request)
            return ends + fmt::format("ARP who has {}? tell {}", arp->targetIp.toString(), arp->senderIp.toString());
        return ends + fmt::format("ARP {} is at {}", arp->senderIp.toString(), shortMac(arp->senderMac));
    }
    if (ethernet.header.etherType == kEtherTypeIpv6) {
        const Ipv6Decoded ip = decodeIpv6(ethernet.payload);
        if (ip.error != IpError::None)
            return ends + "IPv6 damaged";
        return ends +
               fmt::format("{}>{} ttl {} {}", ip.header.source.toString(), ip.header.destination.toString(),
                           ip.header.hopLimit,
                           upperWords(ip.header.nextHeader, ip.payload, ip.header.source, ip.header.destination));
    }
    const Ipv4Decoded ip = decodeIpv4(ethernet.payload);
    if (ip.error != IpError::None)
        return ends + "IPv4 damaged";
    const std::string to = fmt::format("{}>{} ttl {}{} ", ip.header.source.toString(), ip.header.destination.toString(),
                                       ip.header.ttl, ip.header.dontFragment ? " DF" : "");
    if (ip.header.isFragment())
        return ends + to +
               fmt::format("fragment {}+{}{}", ip.header.fragmentOffset * 8, ip.payload.size(),
                           ip.header.moreFragments ? " more" : "");
    return ends + to + upperWords(ip.header.protocol, ip.payload, ip.header.source, ip.header.destination);
}

} // namespace packetarium::testing
