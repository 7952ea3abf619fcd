// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_reasons_net.h"

namespace packetarium {

Words networkReasonLabel(Reason reason)
{
    switch (reason) {
    case Reason::SentRepeated: return {"repeated by the hub", "集线器转发"};
    case Reason::SentSwitched: return {"to the known port", "送往已知端口"};
    case Reason::SentFlooded: return {"flooded", "泛洪"};
    case Reason::SentRouted: return {"routed", "路由转发"};
    case Reason::SentArpRequest: return {"ARP request", "ARP 请求"};
    case Reason::SentArpReply: return {"ARP reply", "ARP 应答"};
    case Reason::SentNeighborSolicitation: return {"neighbor solicitation", "邻居请求"};
    case Reason::SentNeighborAdvertisement: return {"neighbor advertisement", "邻居通告"};
    case Reason::SentEchoRequest: return {"echo request", "回显请求"};
    case Reason::SentEchoReply: return {"echo reply", "回显应答"};
    case Reason::SentTraceProbe: return {"traceroute probe", "路由跟踪探测"};
    case Reason::SentDatagram: return {"datagram", "用户数据报"};
    case Reason::SentDnsQuery: return {"DNS query", "DNS 查询"};
    case Reason::SentDnsAnswer: return {"DNS answer", "DNS 回答"};
    case Reason::SentNetworkUnreachable: return {"network unreachable", "网络不可达"};
    case Reason::SentHostUnreachable: return {"host unreachable", "主机不可达"};
    case Reason::SentPortUnreachable: return {"port unreachable", "端口不可达"};
    case Reason::SentProtocolUnreachable: return {"protocol unreachable", "协议不可达"};
    case Reason::SentFragmentationNeeded: return {"too large, not to be fragmented", "需要分片但不允许"};
    case Reason::SentTimeExceeded: return {"time exceeded", "超过生存时间"};
    case Reason::SentParameterProblem: return {"parameter problem", "参数问题"};
    case Reason::SentReassemblyTimeExceeded: return {"reassembly time exceeded", "重组超时"};

    case Reason::IgnoredNotForThisMac: return {"for another MAC address", "MAC 地址不符"};
    case Reason::IgnoredSwitchSamePort: return {"destination on the same port", "目的地在来的端口"};
    case Reason::IgnoredNotRouted: return {"not passed on", "不予转发"};
    case Reason::IgnoredNoRoute: return {"no route", "没有路由"};
    case Reason::IgnoredTtlExpired: return {"TTL used up", "TTL 耗尽"};
    case Reason::IgnoredTooBig: return {"too large for the link", "超过链路的 MTU"};
    case Reason::IgnoredNoNeighbor: return {"next hop does not answer", "下一跳没有回应"};
    case Reason::IgnoredArpNotForUs: return {"asks for another address", "询问的不是本机"};
    case Reason::IgnoredBadIcmpChecksum: return {"bad ICMP checksum", "ICMP 校验和错误"};
    case Reason::IgnoredBadUdpChecksum: return {"bad UDP checksum", "UDP 校验和错误"};
    case Reason::IgnoredNoUdpPort: return {"no program at this port", "端口上没有程序"};
    case Reason::IgnoredUnknownProtocol: return {"unknown protocol", "未知的协议"};
    case Reason::IgnoredUnexpected: return {"nobody asked for it", "没有人要求过"};
    case Reason::IgnoredFragmentOverlap: return {"fragments overlap", "分片重叠"};
    case Reason::IgnoredFragmentEcn: return {"fragments disagree on ECN", "分片的 ECN 不一致"};
    case Reason::IgnoredReassemblyTimeout: return {"fragments missing", "分片没有到齐"};
    case Reason::IgnoredReassemblyLimit: return {"too many fragments", "等待的分片太多"};
    case Reason::IgnoredBadSource: return {"source is no host", "源地址不是一台主机"};
    case Reason::IgnoredIcmpMtu: return {"impossible path MTU", "路径 MTU 不合理"};
    case Reason::IgnoredUnknownHeader: return {"unknown IPv6 option", "不认识的 IPv6 选项"};
    case Reason::IgnoredNoNextHeader: return {"nothing inside", "后面没有内容"};
    case Reason::IgnoredIcmpLimit: return {"ICMP error held back", "ICMP 差错暂不发送"};
    case Reason::IgnoredReceiveBufferFull: return {"receive buffer full", "接收缓冲区已满"};
    case Reason::IgnoredNodeOff: return {"node is switched off", "设备已关机"};

    case Reason::LostUnplugged: return {"cable pulled", "线缆已拔掉"};
    case Reason::CommandNothingToDo: return {"nothing to do", "不需要做什么"};
    default: return {};
    }
}

Words networkReasonWhy(Reason reason)
{
    switch (reason) {
    case Reason::SentRepeated:
        return {"A hub repeats whatever it hears on every other port; it does not look at addresses.",
                "集线器把收到的信号原样送到其他所有端口，不看地址。"};
    case Reason::SentSwitched:
        return {"The switch has learnt behind which port this destination is, so only that port gets the frame.",
                "交换机已经学到目的地址在哪个端口后面，所以只往那个端口转发。"};
    case Reason::SentFlooded:
        return {"The switch does not know where this destination is, or the frame is for everybody: it goes out of "
                "every other port.",
                "交换机不知道目的地址在哪个端口，或者这个帧本来就是发给大家的，所以送往其他所有端口。"};
    case Reason::SentRouted:
        return {"The datagram is for another network. The router takes one from its TTL, redoes the header checksum, "
                "and sends it on in a new frame towards the next hop.",
                "数据报要去别的网络。路由器把 TTL 减一，重算首部校验和，装进新的帧，发往下一跳。"};
    case Reason::SentArpRequest:
        return {"The next hop's IP address is known, but not its MAC address. The question goes to everybody on the "
                "link; what is to be sent waits.",
                "知道下一跳的 IP 地址，却不知道它的 MAC 地址。于是向本链路上的所有人询问，要发的数据报先等着。"};
    case Reason::SentArpReply:
        return {"Somebody asked who has this IP address. Its owner answers with its MAC address, to whoever asked.",
                "有人询问这个 IP 地址属于谁。拥有它的一方用自己的 MAC 地址回答，只发给询问者。"};
    case Reason::SentNeighborSolicitation:
        return {
            "The next hop's IPv6 address is known, but not its MAC address. The question goes to a small group "
            "that its owner listens to; what is to be sent waits.",
            "知道下一跳的 IPv6 地址，却不知道它的 MAC 地址。于是向它所在的请求节点组播组询问，要发的数据报先等着。"};
    case Reason::SentNeighborAdvertisement:
        return {"Somebody asked who has this IPv6 address. Its owner answers with its MAC address.",
                "有人询问这个 IPv6 地址属于谁。拥有它的一方用自己的 MAC 地址回答。"};
    case Reason::SentEchoRequest:
        return {"Ping asks the other side to send the same data back, to see whether it is there and how long the way "
                "takes.",
                "ping 请对方把同样的数据送回来，看它是否在，来回要多久。"};
    case Reason::SentEchoReply:
        return {"Every host must answer an echo request with the same identifier, sequence number and data.",
                "每台主机都必须回答回显请求，标识符、序号和数据与请求相同。"};
    case Reason::SentTraceProbe:
        return {"Traceroute lets the TTL end one router further each time, so that each router on the way reports "
                "itself.",
                "路由跟踪让 TTL 每次多走一个路由器才用完，沿途的路由器于是一个接一个报告自己。"};
    case Reason::SentDatagram:
        return {"A program sends a datagram by UDP. There is no connection and no acknowledgment.",
                "程序用 UDP 发送一个数据报，没有连接，也没有确认。"};
    case Reason::SentDnsQuery:
        return {"A name must become an address first: a name server is asked.",
                "先要把域名变成地址：向域名服务器查询。"};
    case Reason::SentDnsAnswer:
        return {"The name server answers: with what was asked for, with who knows more, or that there is no such name.",
                "域名服务器回答：给出所问的结果，或指出谁知道得更多，或说没有这个名字。"};
    case Reason::SentNetworkUnreachable:
        return {"No route leads to the destination. The router throws the datagram away and tells its sender.",
                "没有去往目的地的路由。路由器丢弃数据报，并告诉发送方。"};
    case Reason::SentHostUnreachable:
        return {"The destination's link is here, but nobody answered when asked for that address. The router tells the "
                "sender.",
                "目的地所在的链路到了，可是询问那个地址时没有人回答。路由器把这件事告诉发送方。"};
    case Reason::SentPortUnreachable:
        return {"The host is there, but no program has this UDP port open. UDP cannot say so; ICMP does.",
                "主机在，但没有程序打开这个 UDP 端口。UDP 自己无法说明，由 ICMP 来报告。"};
    case Reason::SentProtocolUnreachable:
        return {"This node does not know the protocol inside the datagram, and says so to its sender.",
                "本机不认识数据报里的协议，于是告诉发送方。"};
    case Reason::SentFragmentationNeeded:
        return {"The datagram is larger than the next link can carry and must not be fragmented. The router tells the "
                "sender how much fits.",
                "数据报比下一段链路能装的还大，又不允许分片。路由器告诉发送方最多能装多少。"};
    case Reason::SentTimeExceeded:
        return {"The datagram's TTL ended at this router. It is thrown away, so that nothing circles for ever, and its "
                "sender is told.",
                "数据报的 TTL 在这个路由器上用完了。丢弃它，免得永远转圈，并告诉发送方。"};
    case Reason::SentParameterProblem:
        return {
            "The packet has an IPv6 header or option that this node does not know and may not pass over. Its sender is "
            "told where it stands.",
            "数据包里有本机不认识、又不能跳过的 IPv6 首部或选项，于是告诉发送方它在什么位置。"};
    case Reason::SentReassemblyTimeExceeded:
        return {"Not all fragments came in time. Those that are there are thrown away, and their sender is told.",
                "分片没有按时到齐。已有的都被丢弃，并告诉发送方。"};

    case Reason::IgnoredNotForThisMac:
        return {"The frame is for another MAC address. It was heard only because a hub or a switch sent it to "
                "everybody.",
                "帧是发给别的 MAC 地址的。只因集线器或交换机把它送给了所有人，才会到这里。"};
    case Reason::IgnoredSwitchSamePort:
        return {"The destination is behind the port that the frame came from, so it has had the frame already.",
                "目的地就在帧来的那个端口后面，它已经收到了，不需要再转发。"};
    case Reason::IgnoredNotRouted:
        return {"The frame came to this node, but the datagram inside is for another address, and this node does not "
                "pass it on.",
                "帧送到了这里，但里面的数据报是给别的地址的，而本机不转发它。"};
    case Reason::IgnoredNoRoute:
        return {"No row of the routing table matches the destination.", "路由表里没有一行与目的地址匹配。"};
    case Reason::IgnoredTtlExpired:
        return {"One is taken from the TTL at each router; here nothing was left.",
                "每过一个路由器 TTL 减一，到这里已经用完。"};
    case Reason::IgnoredTooBig:
        return {"The datagram is larger than the next link's MTU, and its DF flag forbids to fragment it.",
                "数据报大于下一段链路的 MTU，而它的 DF 标志不允许分片。"};
    case Reason::IgnoredNoNeighbor:
        return {"The next hop was asked for its MAC address and did not answer; what waited for it is given up.",
                "向下一跳询问 MAC 地址，它没有回答；等着它的数据报只好放弃。"};
    case Reason::IgnoredArpNotForUs:
        return {"The question is for another node's address; its owner will answer.",
                "问的是别人的地址，由拥有它的一方回答。"};
    case Reason::IgnoredBadIcmpChecksum:
        return {"The ICMP checksum does not match; the message is dropped.", "ICMP 校验和不符，报文被丢弃。"};
    case Reason::IgnoredBadUdpChecksum:
        return {"The UDP checksum does not match; the datagram is dropped, and nobody will send it again.",
                "UDP 校验和不符，数据报被丢弃，也没有人会重传。"};
    case Reason::IgnoredNoUdpPort:
        return {"No program on this host has the destination port open.", "本机没有程序打开这个目的端口。"};
    case Reason::IgnoredUnknownProtocol:
        return {"What is inside is of a protocol that this node does not know.", "里面的内容属于本机不认识的协议。"};
    case Reason::IgnoredUnexpected:
        return {"It is an answer, but nobody here asked.", "这是一个回答，但这里没有人问过。"};
    case Reason::IgnoredFragmentOverlap:
        return {"Fragments of one datagram overlap, which no honest sender does: all of them are thrown away.",
                "同一个数据报的分片相互重叠，正常的发送方不会这样做，所以全部丢弃。"};
    case Reason::IgnoredFragmentEcn:
        return {"One fragment says that a router met congestion, another that its sender does not know such marks. "
                "Neither can be said of the whole datagram, so it is thrown away.",
                "一个分片带有路由器的拥塞标记，另一个却表示发送方不认识这种标记。整个数据报无法同时说明两者，所以全部丢"
                "弃。"};
    case Reason::IgnoredReassemblyTimeout:
        return {"The other fragments of the datagram did not come in time; this one alone is of no use.",
                "数据报的其他分片没有按时到齐，只有这一片没有用处。"};
    case Reason::IgnoredReassemblyLimit:
        return {"Too many fragments are waiting for the rest of their datagrams; there is no room for more.",
                "等待凑齐的分片太多，已经没有地方再放。"};
    case Reason::IgnoredBadSource:
        return {"The source address is a group, a broadcast, a loopback address or none at all. No single host can "
                "have sent it, and nobody could be answered.",
                "源地址是组播、广播、回送地址，或者根本没有填。不会有哪一台主机这样发送，也就无从回答。"};
    case Reason::IgnoredIcmpMtu:
        return {"The message names an MTU that every link has at least, or that the datagram it quotes would have "
                "fitted. Nothing is learnt from it.",
                "报文给出的 MTU 低于任何链路都有的下限，或者它引用的数据报本来就装得下，所以不予采信。"};
    case Reason::IgnoredUnknownHeader:
        return {"An extension header or option of the packet is not known here, and its type says that it may not "
                "simply be passed over.",
                "数据包里有本机不认识的扩展首部或选项，而按它的类型不能跳过不理。"};
    case Reason::IgnoredNoNextHeader:
        return {"The IPv6 headers say that nothing follows them. There is nobody to give it to and nothing to answer.",
                "IPv6 首部说明后面没有别的内容，没有可以上交的，也没有可以回答的。"};
    case Reason::IgnoredIcmpLimit:
        return {"An ICMP error would be the answer, but enough of them have been sent lately. Nobody can make this "
                "node send without end.",
                "本该用 ICMP 差错报文回答，但最近发出的已经够多，先不再发，免得有人让本机发个不停。"};
    case Reason::IgnoredReceiveBufferFull:
        return {"The program has not read the datagrams that came before, and the receive buffer has no room for one "
                "more. UDP loses it.",
                "程序还没有读走先到的数据报，接收缓冲区放不下了，UDP 只好丢弃它。"};
    case Reason::IgnoredNodeOff: return {"The node is switched off; nobody listens.", "设备已关机，没有人在听。"};

    case Reason::LostUnplugged:
        return {"The cable was pulled out while the packet was on it.", "数据包还在途中，线缆就被拔掉了。"};
    case Reason::CommandNothingToDo: return {"It already is as the command wants it.", "已经是命令所要的样子。"};
    default: return {};
    }
}

} // namespace packetarium
