// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Frames with something of the application layer in them.

#include "core/wire/arp.h"
#include "core/wire/dns.h"
#include "core/wire/ethernet.h"
#include "core/wire/http.h"
#include "core/wire/icmp.h"
#include "core/wire/ip.h"
#include "core/wire/udp.h"

#include <string>
#include <string_view>

namespace packetarium::test {

inline const MacAddress kMacA{{2, 0, 0, 0, 0, 0x0a}};
inline const MacAddress kMacB{{2, 0, 0, 0, 0, 0x0b}};
inline const Ipv4Address kIpA{0x0a000001}; // 10.0.0.1
inline const Ipv4Address kIpB{0x0a000002};
inline const Ipv6Address kIp6A = *Ipv6Address::parse("2001:db8::1");
inline const Ipv6Address kIp6B = *Ipv6Address::parse("2001:db8::2");

inline Bytes bytesOf(std::string_view text)
{
    return {text.begin(), text.end()};
}

inline Bytes ethernetFrame(std::uint16_t etherType, ByteView payload)
{
    return encodeEthernet({kMacB, kMacA, etherType}, payload);
}

/// From A to B.
inline Bytes ipv4Frame(std::uint8_t protocol, ByteView payload)
{
    Ipv4Header ip;
    ip.protocol = protocol;
    ip.source = kIpA;
    ip.destination = kIpB;
    ip.identification = 7;
    return ethernetFrame(kEtherTypeIpv4, encodeIpv4(ip, payload));
}

inline Bytes ipv6Frame(std::uint8_t nextHeader, ByteView payload)
{
    Ipv6Header ip;
    ip.nextHeader = nextHeader;
    ip.source = kIp6A;
    ip.destination = kIp6B;
    return ethernetFrame(kEtherTypeIpv6, encodeIpv6(ip, payload));
}

inline Bytes udpFrame(std::uint16_t from, std::uint16_t to, Bytes payload)
{
    return ipv4Frame(kProtocolUdp, encodeUdp({from, to, std::move(payload)}, kIpA, kIpB));
}

inline Bytes udpFrame6(std::uint16_t from, std::uint16_t to, Bytes payload)
{
    return ipv6Frame(kProtocolUdp, encodeUdp({from, to, std::move(payload)}, kIp6A, kIp6B));
}

inline TcpSegment segment(std::uint16_t from, std::uint16_t to, std::string_view payload)
{
    TcpSegment tcp;
    tcp.sourcePort = from;
    tcp.destinationPort = to;
    tcp.seq = Seq32(101);
    tcp.ack = Seq32(301);
    tcp.flags.bits = TcpFlags::Ack | TcpFlags::Psh;
    tcp.window = 65535;
    tcp.payload = bytesOf(payload);
    return tcp;
}

inline Bytes tcpFrame(const TcpSegment& tcp)
{
    return ipv4Frame(kProtocolTcp, encodeTcp(tcp, kIpA, kIpB));
}
inline Bytes tcpFrame(std::uint16_t from, std::uint16_t to, std::string_view payload)
{
    return tcpFrame(segment(from, to, payload));
}

/// An answer with one of everything: alias, both kinds of address, servers, SOA.
inline DnsMessage fullAnswer()
{
    DnsMessage m;
    m.id = 0xbeef;
    m.response = m.authoritative = m.recursionDesired = m.recursionAvailable = true;
    m.questions = {{"www.example.com", DnsType::A}};
    m.answers = {{"www.example.com", DnsType::CNAME, 300, DnsName("web.example.com")},
                 {"web.example.com", DnsType::A, 60, Ipv4Address{0x5db8d822}},
                 {"web.example.com", DnsType::AAAA, 61, *Ipv6Address::parse("2606:2800:220:1::1")}};
    m.authorities = {{"example.com", DnsType::NS, 86400, DnsName("ns1.example.com")},
                     {"example.com", DnsType::SOA, 900,
                      encodeSoa({"ns1.example.com", "admin.example.com", 2026, 7200, 3600, 1209600, 300})}};
    m.additionals = {{"ns1.example.com", DnsType::A, 86400, Ipv4Address{0x0a000035}}};
    return m;
}

} // namespace packetarium::test
