// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_network.h"

#include "ui/i18n/catalogue_words.h"

namespace packetarium {
namespace {

Words kindLabel(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Host: return {"host", "主机"};
    case NodeKind::Router: return {"router", "路由器"};
    case NodeKind::Switch: return {"switch", "交换机"};
    case NodeKind::Hub: return {"hub", "集线器"};
    }
    return {};
}

Words kindWords(NodeKind kind)
{
    switch (kind) {
    case NodeKind::Host:
        return {"A computer with programs. It opens what is addressed to it at every layer, up to the program.",
                "运行程序的计算机。发给它的数据，它逐层打开，一直交到程序手里。"};
    case NodeKind::Router:
        return {"It joins networks. It opens a packet as far as the IP header, chooses the next link by its routing "
                "table, and packs the datagram into a new frame.",
                "连接不同的网络。它把收到的内容打开到 IP 首部，按路由表选择下一段链路，再把数据报装进新的帧。"};
    case NodeKind::Switch:
        return {"It joins the cables of one network. It reads the addresses of a frame and passes it on, unchanged, "
                "only to where its destination is.",
                "把同一个网络中的线缆连在一起。它只看帧首部中的 MAC 地址，把帧原样转发到目的地所在的端口。"};
    case NodeKind::Hub:
        return {"It repeats every bit on all other cables and reads nothing, so everybody hears everything.",
                "把每个比特原样送到其他所有线缆上，什么也不看，所以人人都能收到全部内容。"};
    }
    return {};
}

Words actLabel(LayerAct act)
{
    switch (act) {
    case LayerAct::Made: return {"data", "产生数据"};
    case LayerAct::Added: return {"header added", "加上首部"};
    case LayerAct::Signalled: return {"bits on the cable", "比特上线"};
    case LayerAct::Received: return {"bits received", "收到比特"};
    case LayerAct::Read: return {"header read", "查看首部"};
    case LayerAct::Rewritten: return {"header rewritten", "改写首部"};
    case LayerAct::Removed: return {"header removed", "去掉首部"};
    case LayerAct::Delivered: return {"data delivered", "交付数据"};
    case LayerAct::Refused: return {"thrown away", "丢弃"};
    }
    return {};
}

Words actWords(LayerAct act)
{
    switch (act) {
    case LayerAct::Made:
        return {"The program has data to send; no header is around them yet.",
                "程序有数据要发送，此时还没有任何首部。"};
    case LayerAct::Added:
        return {"This layer takes what it is given as a whole, and puts its own header in front.",
                "这一层把上层交来的内容当作一个整体，在前面加上自己的首部。"};
    case LayerAct::Signalled:
        return {"The frame leaves bit by bit, as a signal on the cable.", "帧变成信号，一个比特一个比特地送上线缆。"};
    case LayerAct::Received:
        return {"The signal on the cable has become bits again, and the bits a frame.",
                "线缆上的信号还原成比特，比特又组成帧。"};
    case LayerAct::Read:
        return {"This layer reads its header to decide where the unit goes, and leaves it as it is.",
                "这一层查看首部，决定往哪里转发，内容原样不动。"};
    case LayerAct::Rewritten:
        return {"This layer changes fields of its header before the unit goes on.",
                "转发之前，这一层改写了首部中的字段。"};
    case LayerAct::Removed:
        return {"This layer has read its header, takes it off, and hands the rest up.",
                "这一层读完自己的首部，把它去掉，其余部分交给上一层。"};
    case LayerAct::Delivered:
        return {"The program has what the other program sent, without any header.",
                "程序收到了对方程序发出的数据，所有首部都已去掉。"};
    case LayerAct::Refused:
        return {"This layer throws the unit away; nothing above it learns of it.",
                "这一层把它丢弃，上面各层都不知道它来过。"};
    }
    return {};
}

Words tableLabel(TableKind kind)
{
    switch (kind) {
    case TableKind::Arp: return {"ARP cache", "ARP 缓存"};
    case TableKind::Neighbor: return {"neighbor cache", "邻居缓存"};
    case TableKind::Switch: return {"MAC address table", "MAC 地址表"};
    case TableKind::Route: return {"routing table", "路由表"};
    case TableKind::Dns: return {"DNS cache", "DNS 缓存"};
    case TableKind::SynQueue: return {"SYN queue", "半连接队列"};
    case TableKind::AcceptQueue: return {"accept queue", "全连接队列"};
    }
    return {};
}

Words tableWords(TableKind kind)
{
    switch (kind) {
    case TableKind::Arp:
        return {"Which MAC address belongs to which IPv4 address on this link. Learnt from ARP, and forgotten after a "
                "while.",
                "本链路上 IPv4 地址与 MAC 地址的对应关系。由 ARP 得知，过一段时间就忘掉。"};
    case TableKind::Neighbor:
        return {"Which MAC address belongs to which IPv6 address on this link. Learnt from neighbor discovery, and "
                "forgotten after a while.",
                "本链路上 IPv6 地址与 MAC 地址的对应关系。由邻居发现得知，过一段时间就忘掉。"};
    case TableKind::Switch:
        return {"Behind which port each MAC address was last heard. Learnt from the source of every frame, and "
                "forgotten when it has been silent for long.",
                "每个 MAC 地址最近一次出现在哪个端口。从每个帧的源地址学来，长时间没有出现就忘掉。"};
    case TableKind::Route:
        return {"Which way leads to which network. Of all rows that match, the one with the longest prefix decides.",
                "去往每个网络走哪条路。几行都匹配时，前缀最长的那一行说了算。"};
    case TableKind::Dns:
        return {"What name servers have answered. Each answer says how long it may be kept.",
                "域名服务器给出的回答。每个回答都注明可以保存多久。"};
    case TableKind::SynQueue:
        return {"Connections that have been asked for and answered, and not confirmed: each SYN takes a place until "
                "the third "
                "segment comes or the answers have gone out in vain.",
                "收到 SYN、回了 SYN,ACK、还没等到第三次握手的连接。每个 SYN "
                "占一个位置，直到第三次握手到来，或者重发多次无人回应。"};
    case TableKind::AcceptQueue:
        return {"Connections that are open and wait for the program to call accept(). One more than the backlog of "
                "listen() may "
                "wait.",
                "已经建立、等程序调用 accept() 取走的连接。可以排队的个数比 listen() 的 backlog 多一个。"};
    }
    return {};
}

Words changeLabel(TableChange change)
{
    switch (change) {
    case TableChange::Added: return {"added", "新增"};
    case TableChange::Changed: return {"changed", "更改"};
    case TableChange::Used: return {"used", "查到"};
    case TableChange::Missed: return {"not found", "没有查到"};
    case TableChange::Expired: return {"expired", "过期"};
    case TableChange::Removed: return {"removed", "删除"};
    }
    return {};
}

} // namespace

std::string_view labelOf(NodeKind kind, Language language)
{
    return kindLabel(kind).in(language);
}
std::string_view explain(NodeKind kind, Language language)
{
    return kindWords(kind).in(language);
}
std::string_view labelOf(LayerAct act, Language language)
{
    return actLabel(act).in(language);
}
std::string_view explain(LayerAct act, Language language)
{
    return actWords(act).in(language);
}
std::string_view labelOf(TableKind kind, Language language)
{
    return tableLabel(kind).in(language);
}
std::string_view explain(TableKind kind, Language language)
{
    return tableWords(kind).in(language);
}
std::string_view labelOf(TableChange change, Language language)
{
    return changeLabel(change).in(language);
}

} // namespace packetarium
