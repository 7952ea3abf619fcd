// SPDX-License-Identifier: GPL-3.0-or-later
// Names of the fields below the application layer, beyond Ethernet, IPv4 and the TCP header.
#include "ui/i18n/catalogue_fields.h"

namespace packetarium {
namespace {

Words arpLabel(FieldId field)
{
    switch (field) {
    case FieldId::Arp: return {"ARP", "ARP"};
    case FieldId::ArpHardwareType: return {"Hardware type", "硬件类型"};
    case FieldId::ArpProtocolType: return {"Protocol type", "协议类型"};
    case FieldId::ArpHardwareLength: return {"Hardware address length", "硬件地址长度"};
    case FieldId::ArpProtocolLength: return {"Protocol address length", "协议地址长度"};
    case FieldId::ArpOperation: return {"Operation", "操作"};
    case FieldId::ArpSenderMac: return {"Sender's MAC address", "发送方 MAC 地址"};
    case FieldId::ArpSenderIp: return {"Sender's IP address", "发送方 IP 地址"};
    case FieldId::ArpTargetMac: return {"Target's MAC address", "目标 MAC 地址"};
    case FieldId::ArpTargetIp: return {"Target's IP address", "目标 IP 地址"};
    default: return {};
    }
}

Words internetLabel(FieldId field)
{
    switch (field) {
    case FieldId::Ipv6: return {"IPv6", "IPv6"};
    case FieldId::Ip6Version: return {"Version", "版本"};
    case FieldId::Ip6TrafficClass: return {"Traffic class", "流量类别"};
    case FieldId::Ip6FlowLabel: return {"Flow label", "流标签"};
    case FieldId::Ip6PayloadLength: return {"Payload length", "有效载荷长度"};
    case FieldId::Ip6NextHeader: return {"Next header", "下一个首部"};
    case FieldId::Ip6HopLimit: return {"Hop limit", "跳数限制"};
    case FieldId::Ip6Source: return {"Source address", "源地址"};
    case FieldId::Ip6Destination: return {"Destination address", "目的地址"};
    case FieldId::Ip6Extension: return {"Extension header", "扩展首部"};
    case FieldId::IpFragmentData: return {"Fragment", "分片数据"};
    default: return {};
    }
}

Words icmpLabel(FieldId field)
{
    switch (field) {
    case FieldId::Icmp: return {"ICMP", "ICMP"};
    case FieldId::Icmpv6: return {"ICMPv6", "ICMPv6"};
    case FieldId::IcmpType: return {"Type", "类型"};
    case FieldId::IcmpCode: return {"Code", "代码"};
    case FieldId::IcmpChecksum: return {"Checksum", "校验和"};
    case FieldId::IcmpIdentifier: return {"Identifier", "标识符"};
    case FieldId::IcmpSequence: return {"Sequence number", "序号"};
    case FieldId::IcmpUnused: return {"Unused", "未使用"};
    case FieldId::IcmpNextHopMtu: return {"MTU of the next link", "下一链路的 MTU"};
    case FieldId::IcmpEchoData: return {"Echo data", "回显数据"};
    case FieldId::IcmpQuotation: return {"Datagram in question", "出错的数据报"};
    case FieldId::NdReserved: return {"Reserved", "保留"};
    case FieldId::NdFlags: return {"Flags", "标志"};
    case FieldId::NdRouter: return {"R: router", "R：路由器"};
    case FieldId::NdSolicited: return {"S: solicited", "S：应请求"};
    case FieldId::NdOverride: return {"O: override", "O：覆盖"};
    case FieldId::NdTarget: return {"Target address", "目标地址"};
    case FieldId::NdOption: return {"Option", "选项"};
    case FieldId::NdOptionType: return {"Option type", "选项类型"};
    case FieldId::NdOptionLength: return {"Option length", "选项长度"};
    case FieldId::NdLinkAddress: return {"MAC address", "MAC 地址"};
    default: return {};
    }
}

Words transportLabel(FieldId field)
{
    switch (field) {
    case FieldId::Udp: return {"UDP", "UDP"};
    case FieldId::UdpSourcePort: return {"Source port", "源端口"};
    case FieldId::UdpDestinationPort: return {"Destination port", "目的端口"};
    case FieldId::UdpLength: return {"Length", "长度"};
    case FieldId::UdpChecksum: return {"Checksum", "校验和"};
    case FieldId::TcpOptionWindowScale: return {"Window scale", "窗口扩大因子"};
    case FieldId::TcpOptionSackPermitted: return {"SACK permitted", "允许选择确认"};
    case FieldId::TcpOptionSack: return {"SACK", "选择确认"};
    case FieldId::TcpOptionTimestamps: return {"Timestamps", "时间戳"};
    default: return {};
    }
}

} // namespace

Words networkFieldLabel(FieldId field)
{
    for (const auto part : {arpLabel, internetLabel, icmpLabel, transportLabel})
        if (const Words words = part(field); !words.en.empty())
            return words;
    return {};
}

} // namespace packetarium
