// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the peer of an endpoint puts on the cable in IPv6, and odd datagrams of either version, for tests.

#include "tests/core/endpoint_rig.h"

namespace packetarium::test {

inline const IpAddress kHost6 = *IpAddress::parse("2001:db8::1"), kPeer6 = *IpAddress::parse("2001:db8::2");
constexpr std::uint8_t kHopByHop = 0, kRouting = 43, kFragment = 44, kNoNext = 59, kDestination = 60;

inline EndpointRig::Json bothVersions(EndpointRig::Json more = EndpointRig::Json::object())
{
    more["ip"] = {"10.0.0.1/24", "2001:db8::1/64"};
    return more;
}

inline Bytes packet6(std::uint8_t next, ByteView payload, const IpAddress& from = kPeer6, const IpAddress& to = kHost6)
{
    Ipv6Header ip;
    ip.nextHeader = next;
    ip.source = from.v6();
    ip.destination = to.v6();
    return encodeIpv6(ip, payload);
}
inline Bytes datagram4(std::uint8_t protocol, ByteView payload, std::string_view from, std::string_view to = "10.0.0.1")
{
    Ipv4Header ip;
    ip.source = Ipv4Address::parse(from).value();
    ip.destination = Ipv4Address::parse(to).value();
    ip.protocol = protocol;
    return encodeIpv4(ip, payload);
}
inline Bytes udpPayload(std::uint16_t to, std::string_view data, const IpAddress& from = kPeer6,
                        const IpAddress& host = kHost6, std::uint16_t port = 53)
{
    return encodeUdp(UdpDatagram{port, to, Bytes(data.begin(), data.end())}, from, host);
}
inline Bytes synTo(std::uint16_t port, const IpAddress& from, const IpAddress& to)
{
    TcpSegment syn;
    syn.sourcePort = EndpointRig::kPeerPort;
    syn.destinationPort = port;
    syn.flags.bits = TcpFlags::Syn;
    syn.seq = Seq32(EndpointRig::kPeerIss);
    syn.window = 65535;
    return encodeTcp(syn, from, to);
}
inline Bytes joined(Bytes front, ByteView behind)
{
    front.insert(front.end(), behind.begin(), behind.end());
    return front;
}
/// A Fragment header (RFC 8200 §4.5) and a part of `whole`.
inline Bytes piece6(std::uint8_t next, ByteView whole, std::size_t at, std::size_t length, bool more,
                    std::uint8_t id = 7)
{
    const Bytes header{
        next, 0, static_cast<std::uint8_t>(at >> 8), static_cast<std::uint8_t>(at | (more ? 1u : 0u)), 0, 0, 0, id};
    return packet6(kFragment, joined(header, whole.subspan(at, length)));
}
inline Bytes octetsOf(const EndpointRig::Json& output)
{
    const std::string hex = output["hex"];
    Bytes bytes;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        bytes.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    return bytes;
}
inline Bytes error4(std::uint8_t type, std::uint8_t code, std::uint32_t rest, ByteView about)
{
    const Bytes message = encodeIcmp({type, code, rest, Bytes(about.begin(), about.end())});
    return datagram4(kProtocolIcmp, message, "10.0.0.254");
}
inline Bytes error6(std::uint8_t type, std::uint8_t code, std::uint32_t rest, ByteView about)
{
    const Bytes message = encodeIcmpv6({type, code, rest, Bytes(about.begin(), about.end())}, kPeer6.v6(), kHost6.v6());
    return packet6(kProtocolIcmpv6, message);
}

/// As EndpointRig::describe, of IPv6 too: "ICMPv6 4/0 42", "fragment 0+1448 more", "SYN,ACK", "UDP 5000>53".
inline std::string inWords(const EndpointRig::Json& output)
{
    const Bytes bytes = octetsOf(output);
    if (bytes[0] >> 4 == 4)
        return EndpointRig::describe(output);
    const std::uint8_t next = bytes[6];
    const ByteView payload = ByteView(bytes).subspan(kIpv6HeaderSize);
    const auto word = [&](std::size_t at) { return payload[at] << 8 | payload[at + 1]; };
    if (next == kFragment)
        return fmt::format("fragment {}+{}{}", word(2) & 0xfff8, payload.size() - 8, (word(2) & 1) != 0 ? " more" : "");
    if (next == kProtocolIcmpv6)
        return fmt::format("ICMPv6 {}/{} {}", payload[0], payload[1], word(4) << 16 | word(6));
    if (next == kProtocolUdp)
        return fmt::format("UDP {}>{}", word(0), word(2));
    return TcpFlags{payload[13]}.toString();
}
inline std::vector<std::string> sentBy(EndpointRig& rig, std::int64_t forMicroseconds = 0)
{
    const EndpointRig::Json reply = rig.run({{"for_us", forMicroseconds}});
    rig.done = reply["done"];
    std::vector<std::string> all;
    for (const EndpointRig::Json& output : reply["outputs"])
        all.push_back(inWords(output));
    return all;
}
/// "" if nothing of it was dropped.
inline std::string droppedOf(const EndpointRig::Json& reply)
{
    return reply.value("dropped", "");
}

} // namespace packetarium::test
