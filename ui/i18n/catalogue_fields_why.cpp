// SPDX-License-Identifier: GPL-3.0-or-later
// What each header field is for.
#include "ui/i18n/catalogue_fields.h"

namespace packetarium {
namespace {

Words fieldWords(FieldId field)
{
    switch (field) {
    case FieldId::Ethernet:
        return {"The frame: it carries the datagram to the next station on this network.",
                "帧：把数据报送到本网络中的下一站。"};
    case FieldId::EthDestination:
        return {"MAC address of the station that is to take the frame.", "应当接收这个帧的站点的 MAC 地址。"};
    case FieldId::EthSource:
        return {"MAC address of the station that sent the frame.", "发出这个帧的站点的 MAC 地址。"};
    case FieldId::EthType:
        return {"What the frame carries; 0x0800 is IPv4, 0x0806 ARP, 0x86dd IPv6.",
                "帧里装的是什么；0x0800 是 IPv4，0x0806 是 ARP，0x86dd 是 IPv6。"};
    case FieldId::EthPadding:
        return {"Zeros that fill a short payload up to 46 octets, the least a frame must carry.",
                "用 0 把过短的数据补足到 46 字节，这是帧要求的最小长度。"};
    case FieldId::EthFcs:
        return {"A CRC over the whole frame; the receiver drops the frame if it does not match.",
                "对整个帧计算的 CRC；不符时接收方丢弃该帧。"};

    case FieldId::Ipv4:
        return {"The datagram's header: it brings the datagram to the right host, across networks.",
                "数据报的首部：把数据报跨网络送到正确的主机。"};
    case FieldId::IpVersion: return {"4 for IPv4.", "IPv4 的版本号是 4。"};
    case FieldId::IpIhl:
        return {"Length of this header in units of 4 octets; 5 means 20 octets.",
                "本首部的长度，以 4 字节为单位；5 表示 20 字节。"};
    case FieldId::IpDscp: return {"Which treatment the datagram asks of routers.", "请求路由器给予哪一类服务。"};
    case FieldId::IpEcn:
        return {"Lets a router signal congestion without dropping the datagram.", "让路由器不丢弃数据报也能通知拥塞。"};
    case FieldId::IpTotalLength:
        return {"Length of header and data together, in octets.", "首部与数据的总长度，以字节为单位。"};
    case FieldId::IpIdentification:
        return {"Tells which fragments belong to the same datagram.", "标明哪些分片属于同一个数据报。"};
    case FieldId::IpFlags:
        return {"Three bits that say whether the datagram may be and was fragmented.",
                "三个比特，说明数据报可否分片、是否还有分片。"};
    case FieldId::IpReserved: return {"Unused; zero.", "未使用，为 0。"};
    case FieldId::IpDontFragment:
        return {"Set: routers may not cut the datagram into fragments.", "置 1 时，路由器不得把数据报分片。"};
    case FieldId::IpMoreFragments:
        return {"Set: more fragments of the same datagram follow.", "置 1 时，后面还有同一数据报的分片。"};
    case FieldId::IpFragmentOffset:
        return {"Where this fragment's data belongs, in units of 8 octets.",
                "本分片的数据在原数据报中的位置，以 8 字节为单位。"};
    case FieldId::IpTtl:
        return {"Each router takes one away; at zero the datagram is dropped, so that none circles for ever.",
                "每经过一个路由器减 1，减到 0 就丢弃，防止数据报永远兜圈子。"};
    case FieldId::IpProtocol:
        return {"What the datagram carries; 1 is ICMP, 6 TCP, 17 UDP.",
                "数据报里装的是什么；1 是 ICMP，6 是 TCP，17 是 UDP。"};
    case FieldId::IpHeaderChecksum:
        return {"Protects this header only; every router checks it and computes it anew.",
                "只保护本首部；每个路由器都要检查并重新计算。"};
    case FieldId::IpSource: return {"IP address of the host that sent the datagram.", "发出数据报的主机的 IP 地址。"};
    case FieldId::IpDestination:
        return {"IP address of the host that is to get the datagram.", "应当收到数据报的主机的 IP 地址。"};
    case FieldId::IpOptions: return {"Rarely used extras of the header.", "首部的附加选项，很少使用。"};

    case FieldId::Tcp:
        return {"The segment's header: it brings the data to the right program, whole and in order.",
                "报文段的首部：把数据完整、有序地交给正确的程序。"};
    case FieldId::TcpSourcePort: return {"Port of the program that sent this.", "发送方程序的端口。"};
    case FieldId::TcpDestinationPort: return {"Port of the program that is to get this.", "接收方程序的端口。"};
    case FieldId::TcpSequence:
        return {"Number of the first octet of data in this segment; with SYN, the number of the SYN itself.",
                "本报文段第一个数据字节的序号；带 SYN 时，是 SYN 本身的序号。"};
    case FieldId::TcpAcknowledgment:
        return {"Next number the sender of this segment expects; everything before it has arrived. Valid with the ACK "
                "bit only.",
                "发出本报文段的一方期望收到的下一个序号，之前的都已收到。只有 ACK 位为 1 时有效。"};
    case FieldId::TcpDataOffset:
        return {"Length of this header in units of 4 octets: where the data begins.",
                "本首部的长度，以 4 字节为单位，也就是数据从哪里开始。"};
    case FieldId::TcpReserved: return {"Kept for later use; zero.", "保留今后使用，为 0。"};
    case FieldId::TcpFlagBits:
        return {"One bit each: what this segment asks for or says.", "每位一个含义：本报文段要求什么、说明什么。"};
    case FieldId::TcpCwr:
        return {"The sender has slowed down after a sign of congestion.", "发送方收到拥塞信号后已经放慢。"};
    case FieldId::TcpEce:
        return {"A router has signalled congestion; in a SYN: ECN is understood here.",
                "路由器通知了拥塞；在 SYN 中表示支持 ECN。"};
    case FieldId::TcpUrg:
        return {
            "The urgent pointer is valid. Urgent data are not supported here: such octets are taken as ordinary ones.",
            "紧急指针有效。这里不支持紧急数据：这些字节按普通数据处理。"};
    case FieldId::TcpAck:
        return {"The acknowledgment number is valid; set in every segment but the very first.",
                "确认号有效；除了最初的 SYN，每个报文段都置 1。"};
    case FieldId::TcpPsh:
        return {"Hand the data to the program without waiting for more. It marks no message boundary.",
                "不必等更多数据，尽快交给程序。它不是消息的分界。"};
    case FieldId::TcpRst: return {"The connection is ended at once, or never was.", "连接立即终止，或者根本不存在。"};
    case FieldId::TcpSyn:
        return {"Begins a connection: the sequence number is where counting starts. Uses up one number.",
                "开始连接：序号从这里开始计数。占用一个序号。"};
    case FieldId::TcpFin:
        return {"The sender has no more data. Uses up one number.", "发送方没有更多数据。占用一个序号。"};
    case FieldId::TcpWindow:
        return {"How many more octets the sender of this segment can take, from the acknowledgment number on.",
                "从确认号算起，发出本报文段的一方还能接收多少字节。"};
    case FieldId::TcpChecksum:
        return {"Over header, data and the IP addresses; a segment that does not match is dropped.",
                "对首部、数据和 IP 地址计算；不符的报文段被丢弃。"};
    case FieldId::TcpUrgentPointer:
        return {"Where urgent data ends; hardly used any more, and not supported by the hosts here.",
                "紧急数据到哪里为止；如今几乎不用，这里的主机也不支持。"};
    case FieldId::TcpOptions:
        return {"Extras of the header, padded to a multiple of 4 octets.", "首部的附加选项，填充到 4 字节的整数倍。"};
    case FieldId::TcpOptionMss:
        return {"Most data that one segment to this side may carry; only in SYN segments, and each side says its own.",
                "发给本方的报文段最多携带多少数据；只出现在 SYN 报文段中，双方各说各的。"};
    case FieldId::TcpOptionNop: return {"One octet of filling between options.", "选项之间的一个填充字节。"};
    case FieldId::TcpOptionEnd: return {"No options follow.", "后面没有选项。"};
    case FieldId::TcpOptionUnknown:
        return {"An option that this program does not know; it is skipped.", "本程序不认识的选项，跳过。"};

    case FieldId::Payload:
        return {"What the program sent. With TCP it is part of a stream of octets, without message boundaries.",
                "程序发送的内容。在 TCP 中，它是字节流中的一段，没有消息边界。"};
    case FieldId::Undecoded: return {"Bytes that could not be understood.", "无法解析的字节。"};
    default: break;
    }
    const Words words = networkFieldWords(field);
    return words.en.empty() ? applicationFieldWords(field) : words;
}

} // namespace

std::string_view explain(FieldId field, Language language)
{
    return fieldWords(field).in(language);
}

} // namespace packetarium
