// SPDX-License-Identifier: GPL-3.0-or-later
// What is wrong with a network that came from outside, and what to do about it.
#include "ui/i18n/catalogue_error_words.h"

#include <algorithm>

namespace packetarium {
namespace {

struct Why {
    std::string_view name, en, zh;
};

template <std::size_t N>
std::string reason(const ErrorWords& w, const Why (&reasons)[N], std::size_t arg)
{
    const auto found =
        std::find_if(std::begin(reasons), std::end(reasons), [&](const Why& why) { return why.name == w.list(arg); });
    if (found == std::end(reasons))
        return w.arg(arg);
    return std::string(w.zh() ? found->zh : found->en);
}

std::string nameReason(const ErrorWords& w)
{
    static constexpr Why reasons[] = {
        {"empty", "it is empty", "它是空的"},
        {"label", "between two dots there must be something", "两个点之间不能为空"},
        {"long-label", "a part between dots has at most 63 characters", "两个点之间最多 63 个字符"},
        {"long", "a name has at most 253 characters", "域名最多 253 个字符"},
        {"character", "only letters, digits, hyphens and underscores may stand in it",
         "只能含字母、数字、连字符和下划线"},
        {"hyphen", "a part may not begin or end with a hyphen", "每一段不能以连字符开头或结尾"},
    };
    return reason(w, reasons, 2);
}

std::string urlReason(const ErrorWords& w)
{
    static constexpr Why reasons[] = {
        {"scheme", "only http:// is understood", "只支持 http://"},
        {"host", "it names no host", "其中没有可用的主机名"},
        {"port", "a port is a number from 1 to 65535", "端口应当是 1 到 65535 的数"},
        {"character", "spaces and control characters may not stand in it", "不能含空格和控制字符"},
    };
    return reason(w, reasons, 2);
}

} // namespace

std::string networkErrorText(const ErrorWords& w)
{
    const auto key = [&] { return w.key(0); };
    switch (w.id()) {
    case InputErrorId::NotAPrefix:
        return w.say("{} must be an address with its prefix length, such as {}; found {}.",
                     "{} 应当是带前缀长度的地址，例如 {}；实际是{}。", key(), w.arg(2), w.found(1));
    case InputErrorId::NotAnAnyAddress:
        return w.say("{} must be an IPv4 or IPv6 address of one node, such as 192.168.1.1 or 2001:db8::1; found {}.",
                     "{} 应当是一个节点的 IPv4 或 IPv6 地址，例如 192.168.1.1 或 2001:db8::1；实际是{}。", key(),
                     w.found(1));
    case InputErrorId::NotAnIpv6Address:
        return w.say("{} must be the IPv6 address of one node, such as 2001:db8::1; found {}.",
                     "{} 应当是一个节点的 IPv6 地址，例如 2001:db8::1；实际是{}。", key(), w.found(1));
    case InputErrorId::NetworkAddress:
        return w.say("{}: {} names the network {} itself; take another address in it.",
                     "{}：{} 是网络 {} 本身的地址，请换成其中的另一个地址。", key(), w.arg(1), w.arg(2));
    case InputErrorId::BroadcastAddress:
        return w.say("{}: {} is the broadcast address of {}; take another address in it.",
                     "{}：{} 是 {} 的广播地址，请换成其中的另一个地址。", key(), w.arg(1), w.arg(2));
    case InputErrorId::HostBits:
        return w.say("{} must name a network; write {} instead of {}.", "{} 应当是一个网络，请写 {} 而不是 {}。", key(),
                     w.arg(2), w.arg(1));
    case InputErrorId::NotOnPrefix:
        return w.list(2).empty()
                   ? w.say("{}: {} cannot be reached, because this node has no address of that kind; give it one.",
                           "{}：无法到达 {}，因为这个节点没有这类地址，请先给它一个。", key(), w.arg(1))
                   : w.say("{}: {} is not on a network of this node; its networks are {}.",
                           "{}：{} 不在这个节点所在的网络上；它所在的网络有：{}。", key(), w.arg(1), w.list(2));
    case InputErrorId::OwnAddress:
        return w.say("{}: {} is this node's own address; name another node's.",
                     "{}：{} 是这个节点自己的地址，请写另一个节点的。", key(), w.arg(1));
    case InputErrorId::DuplicateAddress:
        return w.say("{}: {} is the address of {} already; each node needs its own.",
                     "{}：{} 已经是 {} 的地址，每个节点必须各不相同。", key(), w.arg(1), w.arg(2));
    case InputErrorId::DuplicatePort:
        return w.say("{}: port {} is used twice on this host; each program needs its own.",
                     "{}：端口 {} 在这台主机上用了两次，每个程序必须各不相同。", key(), w.arg(1));
    case InputErrorId::UnknownNode:
        return w.say("there is no node {}; the nodes are: {}.", "没有名为{}的节点；现有节点：{}。", w.quoted(0),
                     w.list(1));
    case InputErrorId::UnknownInterface:
        return w.say("{}: the router {} has no such interface; it has: {}.",
                     "{}：路由器 {} 没有这个接口；它的接口有：{}。", w.quoted(0), w.arg(1), w.list(2));
    case InputErrorId::InterfaceNeeded:
        return w.say("{0} is a router; say which interface, such as {0}.lan; it has: {1}.",
                     "{0} 是路由器，请写明接口，例如 {0}.lan；它的接口有：{1}。", w.arg(0), w.list(1));
    case InputErrorId::NoInterfaces:
        return w.say("{}: only routers have named interfaces; write {}.", "{}：只有路由器有带名称的接口，请写 {}。",
                     w.quoted(0), w.arg(1));
    case InputErrorId::LinkToItself:
        return w.say("{}: {} cannot be joined with itself; name two nodes.",
                     "{}：{} 不能与自己相连，请写两个不同的节点。", key(), w.arg(1));
    case InputErrorId::LinkedTwice:
        return w.say("{}: {} and {} are joined already; remove one of the links.",
                     "{}：{} 和 {} 已经相连，请删去一条链路。", key(), w.arg(1), w.arg(2));
    case InputErrorId::TwoCables:
        return w.say("{}: {} has a cable already, and room for one only; join it through a switch.",
                     "{}：{} 已经接了网线，只能接一条；请通过交换机相连。", key(), w.arg(1));
    case InputErrorId::SwitchLoop:
        return w.say("{}: this link closes a loop: {}. A frame would go round for ever, for there is no spanning tree; "
                     "remove a link.",
                     "{}：这条链路形成了环路：{}。这里没有生成树协议，帧会无休止地转圈；请删去一条链路。", key(),
                     w.list(1));
    case InputErrorId::PrefixesDiffer:
        return w.say(
            "{}: {} ({}) and {} ({}) are on one link but in different networks; give them the same one or put a "
            "router between.",
            "{}：{}（{}）和 {}（{}）在同一条链路上，却属于不同的网络；请改为同一个网络，或在中间放一台路由器。", key(),
            w.arg(1), w.arg(2), w.arg(3), w.arg(4));
    case InputErrorId::SamePrefixTwice:
        return w.say("{}: the interface {} is in {} already; each interface needs a network of its own.",
                     "{}：接口 {} 已经在 {} 中，每个接口必须各有自己的网络。", key(), w.arg(2), w.arg(1));
    case InputErrorId::NotADomainName:
        return w.say("{} must be a domain name such as www.example.com: {}; found {}.",
                     "{} 应当是域名，例如 www.example.com：{}；实际是{}。", key(), nameReason(w), w.found(1));
    case InputErrorId::NotInZone:
        return w.list(2).empty() ? w.say("{}: {} belongs to no zone of this server; give it zones.",
                                         "{}：{} 不属于这台服务器的任何区域，请先写出 zones。", key(), w.arg(1))
                                 : w.say("{}: {} is in none of the zones of this server, {}.",
                                         "{}：{} 不在这台服务器的区域（{}）之内。", key(), w.arg(1), w.list(2));
    case InputErrorId::NotAUrl:
        return w.say("{} must be a URL such as http://www.example.com/index.html: {}; found {}.",
                     "{} 应当是网址，例如 http://www.example.com/index.html：{}；实际是{}。", key(), urlReason(w),
                     w.found(1));
    case InputErrorId::NotADestination:
        return w.say("{} must be a host or router ({}), an address, or a domain name with a dot in it; found {}.",
                     "{} 应当是主机或路由器（{}）、地址，或带点的域名；实际是{}。", key(), w.list(2), w.found(1));
    case InputErrorId::NoSuchLink:
        return w.say("{}: there is no link between {} and {}.", "{}：{} 和 {} 之间没有链路。", key(), w.arg(1),
                     w.arg(2));
    case InputErrorId::NeedsNetwork:
        return w.say("{} needs a network; this scenario is two hosts on one link. Write links instead of link.",
                     "{} 需要网络，而这个场景只有一条链路上的两台主机；请用 links 代替 link。", key());
    case InputErrorId::NoRoute:
        return w.say("a datagram from {} to {} goes no further than {}; look at gateways and routes.",
                     "从 {} 到 {} 的数据报最远只能到 {}，请检查网关和路由。", w.arg(0), w.arg(1), w.arg(2));
    default: return {};
    }
}

} // namespace packetarium
