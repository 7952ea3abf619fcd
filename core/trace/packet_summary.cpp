// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/packet_summary.h"

#include "core/wire/bytes.h"
#include "core/wire/ethernet.h"
#include "core/wire/ip.h"
#include "core/wire/stream_start.h"
#include "core/wire/udp.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::size_t kTcpHeaderMin = 20;

/// A frame taken apart as far as ports. Damaged frames are looked at too, so checksums do not matter.
struct Opened {
    std::uint16_t etherType = 0;
    ByteView network;  ///< what the Ethernet header carries, without FCS
    ByteView datagram; ///< the IP header included, without padding; empty if there is none that can be read
    bool fragment = false;
    std::uint8_t ipProtocol = 0;
    ByteView transport; ///< with its header
    Protocol protocol = Protocol::Other;
    ByteView data; ///< what the innermost header carries
};

void openTransport(Opened& o)
{
    o.data = o.transport;
    if (o.fragment)
        return;
    const bool v6 = o.etherType == kEtherTypeIpv6;
    if (o.ipProtocol == kProtocolTcp && o.transport.size() >= kTcpHeaderMin) {
        const std::size_t header = (o.transport[12] >> 4) * std::size_t{4};
        o.data = header >= kTcpHeaderMin && header <= o.transport.size() ? o.transport.subspan(header) : ByteView();
        o.protocol = tcpProtocolOf(o.data);
    } else if (o.ipProtocol == kProtocolUdp && o.transport.size() >= kUdpHeaderSize) {
        const std::size_t length = std::clamp<std::size_t>(readU16(o.transport, 4), kUdpHeaderSize, o.transport.size());
        o.data = o.transport.subspan(kUdpHeaderSize, length - kUdpHeaderSize);
        const bool dns = readU16(o.transport, 0) == kDnsPort || readU16(o.transport, 2) == kDnsPort;
        o.protocol = dns && o.data.size() >= kDnsHeaderSize ? Protocol::Dns : Protocol::Udp;
    } else if (o.ipProtocol == (v6 ? kProtocolIcmpv6 : kProtocolIcmp) && o.transport.size() >= kIcmpHeaderSize) {
        o.protocol = v6 ? Protocol::Icmpv6 : Protocol::Icmp;
        o.data = o.transport.subspan(kIcmpHeaderSize);
    }
}

void openIpv4(Opened& o)
{
    if (o.network.size() < kIpv4HeaderSize || o.network[0] >> 4 != 4)
        return;
    const std::size_t header = (o.network[0] & 0x0fu) * std::size_t{4};
    const std::size_t total = std::min<std::size_t>(readU16(o.network, 2), o.network.size());
    if (header < kIpv4HeaderSize || total < header)
        return;
    o.datagram = o.network.first(total);
    o.fragment = (readU16(o.network, 6) & 0x3fff) != 0; // MF or an offset
    o.ipProtocol = o.network[9];
    o.transport = o.datagram.subspan(header);
    openTransport(o);
}

void openIpv6(Opened& o)
{
    const Ipv6Decoded decoded = decodeIpv6(o.network);
    if (decoded.error != IpError::None)
        return;
    o.datagram = o.network.first(decoded.headerSize + decoded.payload.size());
    o.fragment = decoded.fragment;
    o.ipProtocol = decoded.header.nextHeader;
    o.transport = decoded.payload;
    openTransport(o);
}

Opened open(ByteView frame)
{
    Opened o;
    if (frame.size() < kEthernetHeaderSize + kFcsSize)
        return o;
    o.etherType = readU16(frame, 12);
    o.network = frame.subspan(kEthernetHeaderSize, frame.size() - kEthernetHeaderSize - kFcsSize);
    o.data = o.network;
    if (o.etherType == kEtherTypeIpv4)
        openIpv4(o);
    else if (o.etherType == kEtherTypeIpv6)
        openIpv6(o);
    else if (o.etherType == kEtherTypeArp && o.network.size() >= kArpSize)
        o.protocol = Protocol::Arp;
    return o;
}

MacAddress macAt(ByteView frame, std::size_t at)
{
    MacAddress mac;
    std::copy_n(frame.begin() + static_cast<std::ptrdiff_t>(at), mac.octets.size(), mac.octets.begin());
    return mac;
}

Ipv6Address v6At(ByteView bytes, std::size_t at)
{
    Ipv6Address address;
    std::copy_n(bytes.begin() + static_cast<std::ptrdiff_t>(at), address.octets.size(), address.octets.begin());
    return address;
}

void addInternet(const Opened& o, PacketSummary& s)
{
    if (o.datagram.empty())
        return;
    s.fragment = o.fragment;
    if (o.etherType == kEtherTypeIpv4) {
        s.source = Ipv4Address{readU32(o.datagram, 12)};
        s.destination = Ipv4Address{readU32(o.datagram, 16)};
        s.ttl = o.datagram[8];
        s.ipIdentification = readU16(o.datagram, 4);
        const std::uint16_t word = readU16(o.datagram, 6);
        s.moreFragments = (word & 0x2000) != 0;
        s.fragmentOffset = (word & 0x1fffu) * 8;
        return;
    }
    s.source = v6At(o.datagram, 8);
    s.destination = v6At(o.datagram, 24);
    s.ttl = o.datagram[7];
}

void addIcmp(const Opened& o, PacketSummary& s)
{
    IcmpMessage message;
    message.type = o.transport[0];
    message.code = o.transport[1];
    message.rest = readU32(o.transport, 4);
    if (o.protocol == Protocol::Icmpv6 &&
        (message.type == IcmpMessage::V6NeighborSolicitation || message.type == IcmpMessage::V6NeighborAdvertisement)) {
        message.payload.assign(o.data.begin(), o.data.end());
        s.neighbor = toNeighborMessage(message);
        message.payload.clear();
    }
    s.icmp = std::move(message);
}

void addTransport(const Opened& o, PacketSummary& s)
{
    switch (o.protocol) {
    case Protocol::Other: break;
    case Protocol::Arp:
        s.arp = decodeArp(o.network);
        if (s.arp) {
            s.source = s.arp->senderIp;
            s.destination = s.arp->targetIp;
        }
        break;
    case Protocol::Icmp:
    case Protocol::Icmpv6: addIcmp(o, s); break;
    case Protocol::Tcp:
    case Protocol::Http:
    case Protocol::Tls:
        s.tcpFlags.bits = o.transport[13];
        if (o.transport[12] >> 4 > 5) // options; checksums are not looked at
            s.sack = decodeTcp(o.transport, Octets(), IpAddress(), IpAddress()).segment.sack;
        if (o.protocol == Protocol::Http)
            s.httpStart = shownText(firstLine(o.data));
        [[fallthrough]];
    case Protocol::Udp:
    case Protocol::Dns:
        s.sourcePort = readU16(o.transport, 0);
        s.destinationPort = readU16(o.transport, 2);
        if (o.protocol == Protocol::Dns)
            s.dns = decodeDns(o.data);
        break;
    }
}

} // namespace

PacketSummary summarize(ByteView frame)
{
    PacketSummary s;
    if (frame.size() >= kEthernetHeaderSize) {
        s.destinationMac = macAt(frame, 0);
        s.sourceMac = macAt(frame, 6);
    }
    const Opened o = open(frame);
    s.protocol = o.protocol;
    s.length = static_cast<std::uint32_t>(o.data.size());
    addInternet(o, s);
    addTransport(o, s);
    return s;
}

Protocol tcpProtocolOf(ByteView data)
{
    const StreamStart begins = streamStart(data);
    if (begins == StreamStart::TlsRecord)
        return Protocol::Tls;
    return begins == StreamStart::Other ? Protocol::Tcp : Protocol::Http;
}

Protocol protocolOf(ByteView frame)
{
    return open(frame).protocol;
}

} // namespace packetarium
