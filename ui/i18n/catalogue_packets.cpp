// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_packets.h"

#include "core/base/utf8.h"
#include "ui/i18n/catalogue_words.h"

#include <fmt/format.h>

namespace packetarium {
namespace {

constexpr std::size_t kLongest = 64; // characters

Words protocolLabel(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Other: return {"Other", "其他"};
    case Protocol::Arp: return {"ARP", "ARP"};
    case Protocol::Icmp: return {"ICMP", "ICMP"};
    case Protocol::Icmpv6: return {"ICMPv6", "ICMPv6"};
    case Protocol::Udp: return {"UDP", "UDP"};
    case Protocol::Tcp: return {"TCP", "TCP"};
    case Protocol::Dns: return {"DNS", "DNS"};
    case Protocol::Http: return {"HTTP", "HTTP"};
    case Protocol::Tls: return {"TLS-shaped", "仿 TLS"};
    }
    return {};
}

Words protocolWords(Protocol protocol)
{
    switch (protocol) {
    case Protocol::Other: return {"A frame whose content is not told apart further.", "内容未再细分的帧。"};
    case Protocol::Arp:
        return {"Address resolution: asks which MAC address belongs to an IPv4 address on the same link.",
                "地址解析：询问同一链路上某个 IPv4 地址对应的 MAC 地址。"};
    case Protocol::Icmp:
        return {"Control messages of IPv4: echo for ping, and reports that a datagram could not be delivered.",
                "IPv4 的控制报文：ping 用的回送，以及数据报无法交付的报告。"};
    case Protocol::Icmpv6:
        return {"Control messages of IPv6; finding a neighbour's MAC address is one of their jobs.",
                "IPv6 的控制报文；查找邻居的 MAC 地址也由它完成。"};
    case Protocol::Udp:
        return {"Single datagrams between programs, without connection, order or acknowledgment.",
                "程序之间单独的数据报，没有连接、顺序和确认。"};
    case Protocol::Tcp:
        return {"A connection between programs: a stream of octets, acknowledged and in order.",
                "程序之间的连接：有确认、按顺序的字节流。"};
    case Protocol::Dns: return {"Asks for the address that belongs to a name.", "查询域名对应的地址。"};
    case Protocol::Http:
        return {"Requests for pages and files, and the answers to them.", "对网页和文件的请求与响应。"};
    case Protocol::Tls:
        return {"Encrypted records in the form of TLS 1.3, without its handshake.",
                "采用 TLS 1.3 记录格式的加密数据，但没有 TLS 握手。"};
    }
    return {};
}

template <typename... Arguments>
std::string filled(Language language, Words pattern, const Arguments&... arguments)
{
    return fmt::format(fmt::runtime(pattern.in(language)), arguments...);
}

std::string arpTitle(const PacketSummary& p, Language language)
{
    if (!p.arp)
        return "ARP";
    const ArpPacket& arp = *p.arp;
    if (arp.operation == ArpPacket::Request && arp.senderIp == arp.targetIp)
        return filled(language, {"ARP announces {0}", "ARP 宣告 {0}"}, arp.senderIp.toString());
    if (arp.operation == ArpPacket::Request)
        return filled(language, {"ARP who has {0}?", "ARP 谁有 {0}？"}, arp.targetIp.toString());
    if (arp.operation == ArpPacket::Reply)
        return filled(language, {"ARP {0} is {1}", "ARP {0} 是 {1}"}, arp.senderIp.toString(),
                      arp.senderMac.toString());
    return filled(language, {"ARP operation {0}", "ARP 操作 {0}"}, arp.operation);
}

std::string unknownIcmp(const IcmpMessage& icmp, Language language)
{
    return filled(language, {"ICMP type {0} code {1}", "ICMP 类型 {0} 代码 {1}"}, icmp.type, icmp.code);
}

std::string unreachable(const IcmpMessage& icmp, Language language)
{
    switch (icmp.code) { // RFC 792
    case IcmpMessage::NetUnreachable: return filled(language, {"Network unreachable", "网络不可达"});
    case IcmpMessage::HostUnreachable: return filled(language, {"Host unreachable", "主机不可达"});
    case IcmpMessage::ProtocolUnreachable: return filled(language, {"Protocol unreachable", "协议不可达"});
    case IcmpMessage::PortUnreachable: return filled(language, {"Port unreachable", "端口不可达"});
    case IcmpMessage::FragmentationNeeded:
        return filled(language, {"Fragmentation needed, MTU {0}", "需要分片，MTU {0}"}, icmp.rest & 0xffff);
    default: return filled(language, {"Unreachable, code {0}", "不可达，代码 {0}"}, icmp.code);
    }
}

std::string timeExceeded(bool reassembly, Language language)
{
    return reassembly ? filled(language, {"Reassembly time exceeded", "重组超时"})
                      : filled(language, {"Time exceeded", "TTL 超时"});
}

std::string echo(bool request, const IcmpMessage& icmp, Language language)
{
    return filled(language,
                  request ? Words{"Echo request {0}", "回送请求 {0}"} : Words{"Echo reply {0}", "回送应答 {0}"},
                  icmp.echoSequence());
}

std::string icmpTitle(const IcmpMessage& icmp, Language language)
{
    switch (icmp.type) {
    case IcmpMessage::EchoRequest: return echo(true, icmp, language);
    case IcmpMessage::EchoReply: return echo(false, icmp, language);
    case IcmpMessage::DestinationUnreachable: return unreachable(icmp, language);
    case IcmpMessage::TimeExceeded: return timeExceeded(icmp.code == IcmpMessage::ReassemblyTimeExceeded, language);
    default: return unknownIcmp(icmp, language);
    }
}

std::string neighborTitle(const NeighborMessage& neighbor, Language language)
{
    const std::string target = neighbor.target.toString();
    if (neighbor.solicitation)
        return filled(language, {"Neighbour: who has {0}?", "邻居请求：谁有 {0}？"}, target);
    if (!neighbor.linkAddress)
        return filled(language, {"Neighbour: {0} is here", "邻居通告：{0} 在此"}, target);
    return filled(language, {"Neighbour: {0} is {1}", "邻居通告：{0} 是 {1}"}, target,
                  neighbor.linkAddress->toString());
}

constexpr std::uint8_t kV6ParameterProblem = 4, kV6UnknownNextHeader = 1; // RFC 4443 §3.4

std::string icmpv6Title(const IcmpMessage& icmp, Language language)
{
    switch (icmp.type) { // RFC 4443
    case IcmpMessage::V6EchoRequest: return echo(true, icmp, language);
    case IcmpMessage::V6EchoReply: return echo(false, icmp, language);
    case IcmpMessage::V6PacketTooBig:
        return filled(language, {"Packet too big, MTU {0}", "分组过大，MTU {0}"}, icmp.rest);
    case IcmpMessage::V6TimeExceeded: return timeExceeded(icmp.code == IcmpMessage::ReassemblyTimeExceeded, language);
    case kV6ParameterProblem:
        return icmp.code == kV6UnknownNextHeader ? filled(language, {"Unknown next header", "无法识别的下一首部"})
                                                 : filled(language, {"Parameter problem", "参数问题"});
    case IcmpMessage::V6DestinationUnreachable:
        switch (icmp.code) {
        case IcmpMessage::V6NoRoute: return filled(language, {"No route to destination", "没有到目的地的路由"});
        case IcmpMessage::V6AddressUnreachable: return filled(language, {"Address unreachable", "地址不可达"});
        case IcmpMessage::V6PortUnreachable: return filled(language, {"Port unreachable", "端口不可达"});
        default: return filled(language, {"Unreachable, code {0}", "不可达，代码 {0}"}, icmp.code);
        }
    default: return unknownIcmp(icmp, language);
    }
}

std::string dataOf(const DnsRecord& record)
{
    if (const auto* v4 = std::get_if<Ipv4Address>(&record.data))
        return v4->toString();
    if (const auto* v6 = std::get_if<Ipv6Address>(&record.data))
        return v6->toString();
    if (const auto* name = std::get_if<DnsName>(&record.data))
        return toString(record.type) + ' ' + (name->empty() ? "." : *name);
    return toString(record.type);
}

/// A question; an answer by what was found at the end of it; a referral by the zone whose servers it names.
std::string dnsTitle(const DnsMessage& dns)
{
    const auto shown = [](const DnsName& name) { return name.empty() ? std::string(".") : name; };
    if (!dns.response)
        return dns.questions.empty()
                   ? "DNS"
                   : fmt::format("DNS {}? {}", toString(dns.questions[0].type), shown(dns.questions[0].name));
    if (dns.code != DnsCode::NoError)
        return "DNS " + toString(dns.code);
    if (!dns.answers.empty()) {
        const std::size_t more = dns.answers.size() - 1;
        return "DNS " + dataOf(dns.answers.back()) + (more > 0 ? fmt::format(" (+{})", more) : "");
    }
    for (const DnsRecord& record : dns.authorities)
        if (record.type == DnsType::NS)
            return fmt::format("DNS {} {}", shown(record.name), dataOf(record));
    return "DNS NOERROR, 0";
}

/// Of a start line the part that tells: method and target, or status and reason.
std::string httpTitle(const std::string& start)
{
    if (start.starts_with("HTTP/"))
        return start.size() > 9 ? start.substr(9) : start;
    const std::size_t version = start.rfind(" HTTP/");
    return start.substr(0, version);
}

std::string tcpTitle(const PacketSummary& p, Language language)
{
    const std::string flags = p.tcpFlags.bits == 0 ? "TCP" : p.tcpFlags.toString();
    return p.length == 0 ? flags : flags + ' ' + octetsText(p.length, language);
}

std::string fullTitle(const PacketSummary& p, Language language)
{
    if (p.fragment)
        return filled(language, {"IP fragment at {0}", "IP 分片，偏移 {0}"}, p.fragmentOffset);
    switch (p.protocol) {
    case Protocol::Other: return filled(language, {"Frame, {0}", "帧，{0}"}, octetsText(p.length, language));
    case Protocol::Arp: return arpTitle(p, language);
    case Protocol::Icmp: return p.icmp ? icmpTitle(*p.icmp, language) : "ICMP";
    case Protocol::Icmpv6:
        if (p.neighbor)
            return neighborTitle(*p.neighbor, language);
        return p.icmp ? icmpv6Title(*p.icmp, language) : "ICMPv6";
    case Protocol::Udp: return "UDP " + octetsText(p.length, language);
    case Protocol::Dns: return p.dns ? dnsTitle(*p.dns) : filled(language, {"DNS, malformed", "DNS，格式错误"});
    case Protocol::Http: return httpTitle(p.httpStart);
    case Protocol::Tls:
        return filled(language, {"TLS-shaped record, {0}", "仿 TLS 加密记录，{0}"}, octetsText(p.length, language));
    case Protocol::Tcp: return tcpTitle(p, language);
    }
    return {};
}

} // namespace

std::string_view labelOf(Protocol protocol, Language language)
{
    return protocolLabel(protocol).in(language);
}
std::string_view explain(Protocol protocol, Language language)
{
    return protocolWords(protocol).in(language);
}

std::string packetTitle(const PacketSummary& packet, Language language)
{
    const std::string title = fullTitle(packet, language);
    if (utf8Prefix(title, kLongest).size() == title.size())
        return title;
    return std::string(utf8Prefix(title, kLongest - 1)) + "…";
}

} // namespace packetarium
