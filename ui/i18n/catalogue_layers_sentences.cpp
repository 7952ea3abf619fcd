// SPDX-License-Identifier: GPL-3.0-or-later
// A heading and a sentence for each thing that happens at a layer.
#include "ui/i18n/catalogue_captions.h"
#include "ui/i18n/catalogue_layers.h"

#include <algorithm>

namespace packetarium {
namespace {

class Teller {
public:
    Teller(const Trace& trace, const Record& record, Language language)
        : trace_(trace)
        , r_(record)
        , language_(language)
        , frame_(trace.bytes(record.packet))
        , nodes_(dissect(frame_))
        , packet_(trace.packet(record.packet))
    {}

    LayerWords tell() const
    {
        switch (r_.layerAct()) {
        case LayerAct::Made: return made();
        case LayerAct::Added: return added();
        case LayerAct::Signalled: return signalled();
        case LayerAct::Received: return received();
        case LayerAct::Read: return read();
        case LayerAct::Rewritten: return rewritten();
        case LayerAct::Removed: return removed();
        case LayerAct::Delivered: return delivered();
        case LayerAct::Refused: return refused();
        }
        return {};
    }

private:
    bool zh() const { return language_ == Language::Chinese; }
    template <class... Args>
    std::string say(fmt::format_string<Args...> en, fmt::format_string<Args...> chinese, Args&&... args) const
    {
        return zh() ? tidyChinese(fmt::format(chinese, std::forward<Args>(args)...))
                    : fmt::format(en, std::forward<Args>(args)...);
    }
    /// "Internet layer: ..."
    std::string heading(const std::string& rest) const
    {
        const std::string name(labelOf(r_.layer(), language_));
        return zh() ? name + "：" + rest : name + " layer: " + rest;
    }

    const Field* node(Layer layer, FieldId id) const
    {
        const auto found = std::ranges::find_if(nodes_, [&](const Field& f) { return f.layer == layer && f.id == id; });
        return found == nodes_.end() ? nullptr : &*found;
    }
    const Field* node(FieldId id) const
    {
        const auto found = std::ranges::find_if(nodes_, [&](const Field& f) { return f.id == id; });
        return found == nodes_.end() ? nullptr : &*found;
    }
    static const Field* part(const Field* header, FieldId id)
    {
        if (header == nullptr)
            return nullptr;
        for (const Field& f : header->children) {
            if (f.id == id)
                return &f;
            if (f.id == FieldId::HttpStartLine || f.id == FieldId::DnsQuestion)
                if (const Field* inside = part(&f, id))
                    return inside;
        }
        return nullptr;
    }
    /// What a field says, as text.
    std::string value(const Field* field) const
    {
        if (field == nullptr)
            return {};
        if (const auto* n = std::get_if<std::uint64_t>(&field->value))
            return std::to_string(*n);
        if (const auto* v4 = std::get_if<Ipv4Address>(&field->value))
            return v4->toString();
        if (const auto* v6 = std::get_if<Ipv6Address>(&field->value))
            return v6->toString();
        if (const auto* mac = std::get_if<MacAddress>(&field->value))
            return mac->toString();
        if (const auto* text = std::get_if<std::string>(&field->value))
            return *text;
        std::string text;
        for (std::uint32_t i = 0; i < field->byteLength() && i < 60; ++i)
            if (const std::uint8_t c = frame_[field->byteOffset() + i]; c >= 0x20 && c < 0x7f)
                text += static_cast<char>(c);
        return text;
    }
    std::string part(FieldId header, FieldId id) const { return value(part(node(header), id)); }
    static std::string shortened(std::string text)
    {
        constexpr std::size_t kMost = 32;
        if (text.size() > kMost)
            text = text.substr(0, kMost - 1) + "…";
        return text;
    }

    std::string octets(std::uint64_t n) const { return octetsText(n, language_); }
    NodeKind kind(NodeId id) const { return trace_.nodes()[id.value()].kind; }
    std::string who(NodeId id) const { return hostInSentence(trace_.nodes()[id.value()].name, language_); }
    /// At the start of a sentence.
    std::string subject(NodeId id) const
    {
        std::string name = who(id);
        if (!name.empty() && name.front() >= 'a' && name.front() <= 'z' && name.starts_with("the "))
            name.front() = 'T';
        return name;
    }
    bool ipv6() const { return node(FieldId::Ipv6) != nullptr; }
    std::string source() const
    {
        return ipv6() ? part(FieldId::Ipv6, FieldId::Ip6Source) : part(FieldId::Ipv4, FieldId::IpSource);
    }
    std::string destination() const
    {
        return ipv6() ? part(FieldId::Ipv6, FieldId::Ip6Destination) : part(FieldId::Ipv4, FieldId::IpDestination);
    }
    std::string hops() const
    {
        return ipv6() ? part(FieldId::Ipv6, FieldId::Ip6HopLimit) : part(FieldId::Ipv4, FieldId::IpTtl);
    }
    MacAddress macTo() const
    {
        const Field* f = part(node(FieldId::Ethernet), FieldId::EthDestination);
        const auto* mac = f != nullptr ? std::get_if<MacAddress>(&f->value) : nullptr;
        return mac != nullptr ? *mac : MacAddress{};
    }
    NodeId ownerOf(const MacAddress& mac) const
    {
        const auto nodes = trace_.nodes();
        for (std::size_t i = 0; i < nodes.size(); ++i)
            if (std::ranges::find(nodes[i].macs, mac) != nodes[i].macs.end())
                return NodeId(static_cast<std::uint8_t>(i));
        return {};
    }
    /// The address of the datagram's destination is this node's own.
    bool isFor(NodeId id) const
    {
        const auto& addresses = trace_.nodes()[id.value()].addresses;
        const std::string wanted = destination();
        return std::ranges::any_of(addresses, [&](const IpPrefix& a) { return a.address.toString() == wanted; });
    }
    std::string ipClause() const { return ipv6() ? "RFC 8200 §3" : "RFC 791 §3.1"; }
    bool isIcmp() const { return node(FieldId::Icmp) != nullptr || node(FieldId::Icmpv6) != nullptr; }
    std::string icmpClause() const { return ipv6() ? "RFC 4443 §2.1" : "RFC 792"; }
    std::string requestLine() const
    {
        const std::string method = part(FieldId::Http, FieldId::HttpMethod);
        return method.empty() ? std::string() : shortened(method + " " + part(FieldId::Http, FieldId::HttpTarget));
    }
    std::string statusLine() const
    {
        const std::string status = part(FieldId::Http, FieldId::HttpStatus);
        return status.empty() ? std::string() : status + " " + part(FieldId::Http, FieldId::HttpReason);
    }
    bool dnsAnswer() const { return part(FieldId::Dns, FieldId::DnsResponse) == "1"; }
    std::string dnsName() const { return shortened(part(FieldId::Dns, FieldId::DnsDomainName)); }

    LayerWords made() const
    {
        const std::string size = octets(r_.unitLength());
        if (const std::string request = requestLine(); !request.empty())
            return {heading(say("ask for {}", "写出请求 {}", request)),
                    say("The program writes its request as text, {}. Of cables, addresses and lost packets it knows "
                        "nothing.",
                        "程序把请求写成一段文本，共 {}。线缆、地址和丢包，它都不用管。", size),
                    "RFC 9112 §3"};
        if (const std::string status = statusLine(); !status.empty())
            return {heading(say("answer {}", "回答 {}", status)),
                    say("A status line, header lines, an empty line, and then what was asked for: {} in this segment.",
                        "状态行、首部行、空行，然后是对方要的内容：这个报文段里共 {}。", size),
                    "RFC 9112 §4"};
        if (node(FieldId::Dns) != nullptr)
            return {heading(dnsAnswer() ? say("answer about {}", "回答 {} 的查询", dnsName())
                                        : say("ask for {}", "查询 {}", dnsName())),
                    dnsAnswer() ? say("The name server repeats the question and adds what it knows: {}.",
                                      "域名服务器重复一遍问题，再附上它知道的结果，共 {}。", size)
                                : say("A program needs an address for a name. The question takes {}.",
                                      "程序要由域名找到地址。这个问题共 {}。", size),
                    "RFC 1035 §4.1"};
        if (node(FieldId::TlsRecord) != nullptr)
            return {heading(say("an encrypted record", "一条加密的记录")),
                    say("What the program says has been encrypted: {} that only the other end can read.",
                        "程序要说的内容已经加密：共 {}，只有另一端读得懂。", size),
                    "RFC 8446 §5.2"};
        return {
            heading(say("data to send", "有数据要发送")),
            say("The program hands down {}; no header is around them yet.", "程序交下来 {}，还没有任何首部。", size),
            ""};
    }

    LayerWords added() const
    {
        switch (r_.layer()) {
        case Layer::Transport: return addedTransport();
        case Layer::Internet: return addedInternet();
        default: return addedLink();
        }
    }

    LayerWords addedTransport() const
    {
        if (const Field* udp = node(FieldId::Udp))
            return {heading(say("name the ports", "写上端口")),
                    say("The UDP header takes only {}: from port {} to port {}, a length and a checksum. Nothing is "
                        "numbered, and nothing will be sent again.",
                        "UDP 首部只有 {}：从端口 {} 到端口 {}，加上长度和校验和。不编号，也不重传。",
                        octets(udp->byteLength()), part(FieldId::Udp, FieldId::UdpSourcePort),
                        part(FieldId::Udp, FieldId::UdpDestinationPort)),
                    "RFC 768"};
        const Field* tcp = node(FieldId::Tcp);
        const std::string header = octets(tcp != nullptr ? tcp->byteLength() : 0);
        const std::string from = part(FieldId::Tcp, FieldId::TcpSourcePort);
        const std::string to = part(FieldId::Tcp, FieldId::TcpDestinationPort);
        if (packet_.length == 0)
            return {heading(say("a segment without data", "不带数据的报文段")),
                    say("The header alone, {}, is the message: {} from port {} to port {}.",
                        "只有首部，共 {}，它本身就是消息：{}，从端口 {} 到端口 {}。", header, packet_.flags.toString(),
                        from, to),
                    "RFC 9293 §3.1"};
        return {heading(say("name the ports, number the octets", "写上端口，给字节编号")),
                say("The TCP header, {}, says from port {} to port {}, and where these octets belong in the stream.",
                    "TCP 首部共 {}，写明从端口 {} 到端口 {}，以及这些字节在数据流中的位置。", header, from, to),
                "RFC 9293 §3.1"};
    }

    LayerWords addedInternet() const
    {
        if (isIcmp())
            return {heading(say("a control message, and where it goes", "控制报文，写明去向")),
                    say("ICMP needs no ports: the message lies directly in an IP datagram from {} to {}.",
                        "ICMP 不用端口：报文直接放在从 {} 到 {} 的 IP 数据报里。", source(), destination()),
                    icmpClause()};
        return {heading(say("write where from and where to", "写明从哪里来、到哪里去")),
                say("The IP header says from {} to {}, over {} hops at most. A router on the way reads this far and no "
                    "further.",
                    "IP 首部写明从 {} 到 {}，最多经过 {} 跳。途中的路由器只看到这里为止。", source(), destination(),
                    hops()),
                ipClause()};
    }

    LayerWords arp(bool arriving) const
    {
        const bool request = part(FieldId::Arp, FieldId::ArpOperation) == "1";
        const std::string target = part(FieldId::Arp, FieldId::ArpTargetIp);
        const std::string sender = part(FieldId::Arp, FieldId::ArpSenderIp);
        const std::string mac = part(FieldId::Arp, FieldId::ArpSenderMac);
        if (request)
            return {heading(arriving ? say("somebody asks for {}", "有人在问 {}", target)
                                     : say("who has {}?", "谁有 {}？", target)),
                    say("The ARP request lies directly in a frame to everybody on this network: {} needs the MAC "
                        "address that belongs to {}.",
                        "ARP 请求直接装在帧里，发给本网络中的每一台：{} 要知道 {} 的 MAC 地址。", sender, target),
                    "RFC 826"};
        return {heading(say("{} is here", "{} 在这里", sender)),
                say("The ARP reply goes to the one who asked: {} is at {}.",
                    "ARP 应答只发给提问者：{} 的 MAC 地址是 {}。", sender, mac),
                "RFC 826"};
    }

    LayerWords addedLink() const
    {
        if (node(FieldId::Arp) != nullptr)
            return arp(false);
        const std::string mac = macTo().toString();
        constexpr std::string_view clause = "IEEE 802.3 clause 3";
        if (kind(r_.host) == NodeKind::Router && packet_.parent)
            return {heading(say("a new frame for the next cable", "为下一段线缆装新的帧")),
                    say("The old frame has done its work. The new one goes to {}; the datagram in it stays what it "
                        "was, but for the fields just rewritten.",
                        "旧的帧已经完成任务，新的帧发往 {}。里面的数据报除了刚改写的字段，原样不变。", mac),
                    std::string(clause)};
        if (macTo().isGroup())
            return {heading(say("address a group of stations", "写上一组站点的地址")),
                    say("{} is no single station: everybody who listens to this address takes the frame.",
                        "{} 不是某一台的地址：凡是听这个地址的站点都会收下这个帧。", mac),
                    std::string(clause)};
        const NodeId next = ownerOf(macTo());
        if (next && !isFor(next))
            return {heading(say("address the next station", "写上下一站的地址")),
                    say("The frame goes to {} of {}, not to the far end: a MAC address is good for this network only. "
                        "The check sequence behind it will show damage.",
                        "帧发给{1}的 {0}，而不是远处的终点：MAC 地址只在本网络内有效。末尾的检验序列用来发现损坏。",
                        mac, who(next)),
                    std::string(clause)};
        return {heading(say("address the station", "写上对方站点的地址")),
                say("The destination is on this network, so the frame goes straight to {}. The check sequence behind "
                    "it will show damage.",
                    "目的地就在本网络内，帧直接发往 {}。末尾的检验序列用来发现损坏。", mac),
                std::string(clause)};
    }

    LayerWords signalled() const
    {
        const std::uint64_t size = frame_.size();
        if (kind(r_.host) == NodeKind::Hub)
            return {heading(say("repeated on every other cable", "重复到其他每一条线缆")),
                    say("A hub reads nothing: what comes in by one cable leaves by all the others.",
                        "集线器什么也不看：从一条线缆进来的，从其余所有线缆出去。"),
                    "IEEE 802.3 clause 9"};
        if (kind(r_.host) == NodeKind::Switch)
            return packet_.cause == Reason::SentFlooded
                       ? LayerWords{heading(say("out of every other port", "从其他每个端口发出")),
                                    say("The switch does not know one port for {}, so the frame leaves by all but the "
                                        "one it came in by.",
                                        "交换机不知道 {} 在哪个端口，于是帧从进来的端口以外的所有端口发出。",
                                        macTo().toString()),
                                    "IEEE 802.1Q clause 8.6"}
                       : LayerWords{heading(say("out of the right port", "从正确的端口发出")),
                                    say("The same frame, bit for bit, leaves by the port behind which {} is, and "
                                        "nowhere else.",
                                        "帧一个比特也没变，只从 {} 所在的端口发出。", macTo().toString()),
                                    "IEEE 802.1Q clause 8.6"};
        return {heading(say("bits become a signal", "比特变成信号")),
                say("8 octets of preamble and {} of frame: {} bits leave one after the other, each octet's lowest bit "
                    "first.",
                    "前导码 8 字节，帧 {} 字节：共 {} 个比特依次送出，每个字节最低位在先。", size, (size + 8) * 8),
                "IEEE 802.3 clause 3.1"};
    }

    LayerWords received() const
    {
        if (kind(r_.host) == NodeKind::Hub)
            return {heading(say("a signal comes in", "收到信号")),
                    say("The hub cleans the signal up. It has no idea where a frame begins or whom it is for.",
                        "集线器把信号整形。它不知道帧从哪里开始，也不知道发给谁。"),
                    "IEEE 802.3 clause 9"};
        return {heading(say("a signal becomes bits", "信号还原成比特")),
                say("{} falls into step with the preamble, finds the start delimiter, and takes in {} of frame.",
                    "{}跟着前导码对齐节拍，找到帧起始定界符，收下 {} 的帧。", subject(r_.host), octets(frame_.size())),
                "IEEE 802.3 clause 3.1"};
    }

    LayerWords read() const
    {
        if (r_.layer() == Layer::Internet)
            return {heading(say("the router reads where it goes", "路由器查看目的地址")),
                    say("{} is not its own address, so it takes the longest prefix in its routing table that matches. "
                        "Ports and data stay closed.",
                        "{} 不是它自己的地址，于是它在路由表里找最长的匹配前缀。端口和数据它不打开。", destination()),
                    "RFC 1812 §5.2.4"};
        return {heading(say("the switch reads the MAC addresses", "交换机查看 MAC 地址")),
                say("It looks up {} to choose the port, and notes behind which port {} is. It opens nothing and "
                    "changes nothing.",
                    "它查 {} 决定端口，并记下 {} 在哪个端口后面。里面的内容不打开，也不改动。", macTo().toString(),
                    part(FieldId::Ethernet, FieldId::EthSource)),
                "IEEE 802.1Q clause 8.7"};
    }

    LayerWords rewritten() const
    {
        std::string before;
        if (packet_.parent) {
            const Teller old(trace_, oldRecord(), language_);
            before = old.hops();
        }
        if (before.empty())
            before = "?";
        if (ipv6())
            return {heading(say("one hop less", "跳数减一")),
                    say("Hop limit {} → {}. IPv6 has no header checksum to compute anew; the addresses stay.",
                        "跳数限制 {} → {}。IPv6 没有首部校验和，不用重算；地址不变。", before, hops()),
                    "RFC 8200 §3"};
        return {heading(say("one hop less, checksum anew", "TTL 减一，重算校验和")),
                say("TTL {} → {}, so the header checksum changes too. The IP addresses stay the same from end to end.",
                    "TTL {} → {}，首部校验和也跟着改变。IP 地址从头到尾不变。", before, hops()),
                "RFC 1812 §5.3.1"};
    }
    Record oldRecord() const
    {
        Record old = r_;
        old.packet = packet_.parent;
        return old;
    }

    LayerWords removed() const
    {
        switch (r_.layer()) {
        case Layer::Link: return removedLink();
        case Layer::Internet: return removedInternet();
        default: return removedTransport();
        }
    }

    LayerWords removedLink() const
    {
        if (node(FieldId::Arp) != nullptr)
            return arp(true);
        const std::string size = octets(frame_.size() - r_.unitLength());
        if (kind(r_.host) == NodeKind::Router)
            return {heading(say("take the frame off", "拆下帧")),
                    say("The check sequence is right and the frame is for this router. Its {} of header and trailer "
                        "were for this cable only.",
                        "检验序列正确，帧是发给这台路由器的。首部和尾部共 {}，只对这段线缆有用。", size),
                    "IEEE 802.3 clause 3"};
        return {heading(say("take the frame off", "拆下帧")),
                say("The check sequence is right and the frame is addressed to {}: header and trailer, {}, come off.",
                    "检验序列正确，帧是发给{}的：去掉首部和尾部，共 {}。", who(r_.host), size),
                "IEEE 802.3 clause 3"};
    }

    LayerWords removedInternet() const
    {
        if (isIcmp())
            return {heading(say("a control message for this node", "发给本机的控制报文")),
                    say("{} is its own address, and the message is for the internet layer itself.",
                        "{} 是它自己的地址，这个报文由网络层自己处理。", destination()),
                    icmpClause()};
        const std::string above = protocolAt(frame_, Layer::Transport, language_);
        return {heading(say("it is for this host", "是发给本机的")),
                say("{} is its own address. The header's protocol field says {}, so the rest goes up to {}.",
                    "{0} 是它自己的地址。首部的协议字段指明 {1}，其余部分交给 {2}。", destination(), above, above),
                ipClause()};
    }

    LayerWords removedTransport() const
    {
        const bool udp = node(FieldId::Udp) != nullptr;
        const std::string port =
            udp ? part(FieldId::Udp, FieldId::UdpDestinationPort) : part(FieldId::Tcp, FieldId::TcpDestinationPort);
        if (r_.unitLength() == 0)
            return {heading(say("the header was the message", "首部本身就是消息")),
                    say("There is no data to hand up: TCP itself takes note of {}.",
                        "没有数据要上交：{} 由 TCP 自己处理。", packet_.flags.toString()),
                    "RFC 9293 §3.10.7"};
        if (udp)
            return {heading(say("find the program", "找到程序")),
                    say("Port {} names the program; it gets the datagram whole or not at all.",
                        "端口 {} 指明程序；数据报要么整个交给它，要么不交。", port),
                    "RFC 768"};
        return {heading(say("find the program", "找到程序")),
                say("The checksum over the segment is right. Port {} names the program, and the sequence number the "
                    "place of these octets in its stream.",
                    "整个报文段的校验和正确。端口 {} 指明程序，序号指明这些字节在数据流中的位置。", port),
                "RFC 9293 §3.10.7"};
    }

    LayerWords delivered() const
    {
        const std::string size = octets(r_.unitLength());
        if (const std::string request = requestLine(); !request.empty())
            return {heading(say("{} is read", "读到 {}", request)),
                    say("All headers are gone. These {} are exactly what the program at the other end handed down.",
                        "所有首部都已去掉。这 {} 正是对方程序交下来的内容。", size),
                    "RFC 9112 §3"};
        if (const std::string status = statusLine(); !status.empty())
            return {heading(say("{} is read", "读到 {}", status)),
                    say("All headers are gone: {}, exactly as the server handed them down.",
                        "所有首部都已去掉：共 {}，与服务器交下来的完全一样。", size),
                    "RFC 9112 §4"};
        return {heading(say("the program has its data", "程序拿到数据")),
                say("All headers are gone. These {} are exactly what the program at the other end handed down.",
                    "所有首部都已去掉。这 {} 正是对方程序交下来的内容。", size),
                ""};
    }

    LayerWords refused() const
    {
        const auto records = trace_.records();
        Reason why = Reason::None;
        for (std::size_t i = trace_.firstAfter(r_.at); i-- > 0 && records[i].at == r_.at;)
            if (records[i].kind == RecordKind::SegmentIgnored && records[i].packet == r_.packet &&
                records[i].host == r_.host)
                why = records[i].reason;
        const bool known = why != Reason::None;
        return {heading(known ? std::string(labelOf(why, language_)) : say("thrown away", "丢弃")),
                known ? std::string(explain(why, language_))
                      : say("{} goes no further.", "到{}为止，不再往上交。", subject(r_.host)),
                std::string(known ? clauseOf(why) : std::string_view())};
    }

    const Trace& trace_;
    Record r_;
    Language language_;
    FrameBytes frame_;
    std::vector<Field> nodes_;
    PacketInfo packet_;
};

} // namespace

LayerWords layerSentence(const Trace& trace, const Record& record, Language language)
{
    if (record.kind != RecordKind::Layer || !record.packet || !record.host)
        return {};
    return Teller(trace, record, language).tell();
}

} // namespace packetarium
