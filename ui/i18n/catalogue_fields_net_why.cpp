// SPDX-License-Identifier: GPL-3.0-or-later
// What the fields below the application layer are for, beyond Ethernet, IPv4 and the TCP header.
#include "ui/i18n/catalogue_fields.h"

namespace packetarium {
namespace {

Words arpWords(FieldId field)
{
    switch (field) {
    case FieldId::Arp:
        return {"Asks, or answers, which MAC address belongs to an IP address on this network. It lies directly in the "
                "frame: there is no IP header.",
                "询问或回答：本网络中某个 IP 地址对应哪个 MAC 地址。它直接装在帧里，没有 IP 首部。"};
    case FieldId::ArpHardwareType: return {"The kind of network; 1 is Ethernet.", "网络的种类；1 表示以太网。"};
    case FieldId::ArpProtocolType:
        return {"The kind of address asked about; 0x0800 is IPv4.", "所问地址的种类；0x0800 表示 IPv4。"};
    case FieldId::ArpHardwareLength: return {"A MAC address has 6 octets.", "MAC 地址长 6 字节。"};
    case FieldId::ArpProtocolLength: return {"An IPv4 address has 4 octets.", "IPv4 地址长 4 字节。"};
    case FieldId::ArpOperation: return {"1 asks, 2 answers.", "1 是请求，2 是应答。"};
    case FieldId::ArpSenderMac:
        return {"MAC address of the sender; in a reply, this is the answer.",
                "发送方的 MAC 地址；在应答中，这就是答案。"};
    case FieldId::ArpSenderIp:
        return {"IP address of the sender; the receiver may note both addresses at once.",
                "发送方的 IP 地址；收到的一方可以顺便记下这对地址。"};
    case FieldId::ArpTargetMac:
        return {"In a request, zeros: this is what is asked for.", "在请求中全为 0：要问的正是它。"};
    case FieldId::ArpTargetIp: return {"In a request, the IP address asked about.", "在请求中，是所问的 IP 地址。"};
    default: return {};
    }
}

Words internetWords(FieldId field)
{
    switch (field) {
    case FieldId::Ipv6:
        return {"The packet's header in version 6: 40 octets, longer addresses, and no checksum of its own.",
                "IPv6 分组的首部：固定 40 字节，地址更长，自身没有校验和。"};
    case FieldId::Ip6Version: return {"6 for IPv6.", "IPv6 的版本号是 6。"};
    case FieldId::Ip6TrafficClass:
        return {"Which treatment the packet asks of routers, and signs of congestion.",
                "请求路由器给予哪一类服务，也用来通知拥塞。"};
    case FieldId::Ip6FlowLabel:
        return {"The same for all packets of one conversation, so that routers can keep them together.",
                "同一会话的分组取同一个值，便于路由器一并对待。"};
    case FieldId::Ip6PayloadLength:
        return {"Octets behind this header, extension headers included.", "本首部之后的字节数，包括扩展首部。"};
    case FieldId::Ip6NextHeader:
        return {"What follows this header; 6 is TCP, 17 UDP, 58 ICMPv6.",
                "本首部后面是什么；6 是 TCP，17 是 UDP，58 是 ICMPv6。"};
    case FieldId::Ip6HopLimit:
        return {"Each router takes one away; at zero the packet is dropped. In IPv4 it is called time to live.",
                "每经过一个路由器减 1，减到 0 就丢弃。在 IPv4 中叫生存时间。"};
    case FieldId::Ip6Source: return {"IP address of the host that sent the packet.", "发出分组的主机的 IP 地址。"};
    case FieldId::Ip6Destination:
        return {"IP address of the host or group that is to get the packet.", "应当收到分组的主机或组的 IP 地址。"};
    case FieldId::Ip6Extension:
        return {"An extra header between IPv6 and what it carries. Its first octet says what comes next.",
                "夹在 IPv6 首部与所载内容之间的附加首部，其第一个字节说明后面是什么。"};
    case FieldId::IpFragmentData:
        return {"A piece of a datagram; only when all pieces are there can it be opened.",
                "数据报的一片；各片到齐、重新组装之后才能打开。"};
    default: return {};
    }
}

Words icmpWords(FieldId field)
{
    switch (field) {
    case FieldId::Icmp:
        return {"A message about the network itself: an error report, or a question such as ping.",
                "关于网络本身的消息：差错报告，或者像 ping 那样的询问。"};
    case FieldId::Icmpv6:
        return {"Messages about the network itself; with IPv6 they also find neighbours, as ARP does with IPv4.",
                "关于网络本身的消息；在 IPv6 中还用来寻找邻居，相当于 IPv4 的 ARP。"};
    case FieldId::IcmpType: return {"What kind of message this is.", "这是哪一种消息。"};
    case FieldId::IcmpCode: return {"Says more exactly what the type means.", "对类型作进一步说明。"};
    case FieldId::IcmpChecksum:
        return {"Over the whole message; in ICMPv6 the IP addresses count too.",
                "对整个消息计算；在 ICMPv6 中还包括 IP 地址。"};
    case FieldId::IcmpIdentifier: return {"Tells one run of ping from another.", "区分不同的 ping 进程。"};
    case FieldId::IcmpSequence:
        return {"Counts the requests of one run; the reply repeats it.", "给每次请求编号；应答原样带回。"};
    case FieldId::IcmpUnused: return {"Unused; zero.", "未使用，为 0。"};
    case FieldId::IcmpNextHopMtu:
        return {"The largest datagram that the next link can carry; the sender is to make smaller ones.",
                "下一段链路能承载的最大数据报；发送方应改用更小的。"};
    case FieldId::IcmpEchoData: return {"Any data; the reply sends back the same.", "任意数据；应答原样送回。"};
    case FieldId::IcmpQuotation:
        return {
            "The beginning of the datagram that this error is about, so that its sender knows which program to tell.",
            "出错的那个数据报的开头部分，让原发送方知道该通知哪个程序。"};
    case FieldId::NdReserved: return {"Unused; zero.", "未使用，为 0。"};
    case FieldId::NdFlags: return {"What the answer is worth.", "说明这份应答的性质。"};
    case FieldId::NdRouter: return {"Set: the sender is a router.", "置 1 时，发送方是路由器。"};
    case FieldId::NdSolicited: return {"Set: this answers a solicitation.", "置 1 时，这是对请求的应答。"};
    case FieldId::NdOverride:
        return {"Set: replace the address that was known before.", "置 1 时，应替换先前记下的地址。"};
    case FieldId::NdTarget:
        return {"The IPv6 address whose MAC address is asked for, or given.", "要询问或告知其 MAC 地址的 IPv6 地址。"};
    case FieldId::NdOption:
        return {"An extra part of the message; here usually a MAC address.", "消息的附加部分，这里通常是 MAC 地址。"};
    case FieldId::NdOptionType:
        return {"1 is the sender's MAC address, 2 the target's.", "1 是发送方的 MAC 地址，2 是目标的 MAC 地址。"};
    case FieldId::NdOptionLength:
        return {"Length of the option in units of 8 octets.", "选项的长度，以 8 字节为单位。"};
    case FieldId::NdLinkAddress:
        return {"In a solicitation the asker's own; in an advertisement it is the answer.",
                "在请求中是询问者自己的地址；在通告中就是答案。"};
    default: return {};
    }
}

Words transportWords(FieldId field)
{
    switch (field) {
    case FieldId::Udp:
        return {"The datagram's header: ports, a length and a checksum. Nothing is acknowledged or sent again.",
                "用户数据报的首部：只有端口、长度和校验和。不确认，也不重传。"};
    case FieldId::UdpSourcePort: return {"Port of the program that sent this.", "发送方程序的端口。"};
    case FieldId::UdpDestinationPort: return {"Port of the program that is to get this.", "接收方程序的端口。"};
    case FieldId::UdpLength: return {"Header and data together, in octets.", "首部与数据的总长度，以字节为单位。"};
    case FieldId::UdpChecksum:
        return {"Over header, data and the IP addresses; 0 means none was made, which only IPv4 allows.",
                "对首部、数据和 IP 地址计算；0 表示没有计算，只有 IPv4 允许这样。"};
    case FieldId::TcpOptionWindowScale:
        return {"The window of this side counts in units of 2 to this power; only in SYN segments.",
                "本方的窗口以 2 的这个次幂为单位；只出现在 SYN 报文段中。"};
    case FieldId::TcpOptionSackPermitted:
        return {"This side understands selective acknowledgments; only in SYN segments.",
                "本方支持选择确认；只出现在 SYN 报文段中。"};
    case FieldId::TcpOptionSack:
        return {"Ranges that have arrived beyond a gap, so that only what is missing is sent again.",
                "缺口之后已经收到的区间，这样只需重传缺少的部分。"};
    case FieldId::TcpOptionTimestamps:
        return {"When this was sent, and the last time value heard from the other side: for measuring round trips.",
                "发送时的时间值，以及从对方听到的最近一个时间值，用来测量往返时间。"};
    default: return {};
    }
}

} // namespace

Words networkFieldWords(FieldId field)
{
    for (const auto part : {arpWords, internetWords, icmpWords, transportWords})
        if (const Words words = part(field); !words.en.empty())
            return words;
    return {};
}

} // namespace packetarium
