// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/network_map.h"

#include <algorithm>
#include <numeric>

namespace packetarium {
namespace {

template <class Spec>
NetworkPort interfacePort(LinkEnd end, std::string path, std::size_t node, const Spec& spec)
{
    NetworkPort port;
    port.end = std::move(end);
    port.path = std::move(path);
    port.node = node;
    if constexpr (requires { spec.address.has_value(); }) {
        if (spec.address)
            port.v4 = IpPrefix{*spec.address, spec.prefixLength};
    } else if (spec.address != Ipv4Address{}) {
        port.v4 = IpPrefix{spec.address, spec.prefixLength};
    }
    if (spec.address6)
        port.v6 = IpPrefix{*spec.address6, spec.prefixLength6};
    port.mac = spec.mac;
    port.mtu = spec.mtu;
    return port;
}

template <class Spec>
NetworkPort manyPort(const Spec& spec, std::string_view kind, std::size_t node)
{
    NetworkPort port;
    port.end.node = spec.name;
    port.path = std::string(kind) + "." + spec.name;
    port.node = node;
    port.manyCables = true;
    return port;
}

} // namespace

NetworkMap::NetworkMap(const Scenario& scenario)
{
    std::size_t node = 0;
    for (const HostSpec& host : scenario.hosts)
        ports_.push_back(interfacePort({host.name, {}}, "hosts." + host.name, node++, host));
    for (const RouterSpec& router : scenario.routers) {
        for (const RouterInterfaceSpec& interface : router.interfaces)
            ports_.push_back(interfacePort({router.name, interface.name},
                                           "routers." + router.name + ".interfaces." + interface.name, node,
                                           interface));
        ++node;
    }
    for (const SwitchSpec& one : scenario.switches)
        ports_.push_back(manyPort(one, "switches", node++));
    for (const HubSpec& hub : scenario.hubs)
        ports_.push_back(manyPort(hub, "hubs", node++));
    parent_.resize(ports_.size());
    std::iota(parent_.begin(), parent_.end(), std::size_t{0});
}

std::optional<std::size_t> NetworkMap::find(const LinkEnd& end) const
{
    const auto it = std::find_if(ports_.begin(), ports_.end(), [&](const NetworkPort& p) { return p.end == end; });
    return it == ports_.end() ? std::nullopt : std::optional(static_cast<std::size_t>(it - ports_.begin()));
}

std::size_t NetworkMap::segment(std::size_t port) const
{
    while (parent_[port] != port)
        port = parent_[port];
    return port;
}

std::optional<InputError> NetworkMap::join(std::string_view keyText, std::size_t a, std::size_t b)
{
    const std::string key(keyText);
    const NetworkPort &pa = ports_[a], &pb = ports_[b];
    if (pa.node == pb.node)
        return InputError{InputErrorId::LinkToItself, {key, pa.end.node}, {}};
    for (const Cable& cable : cables_) {
        const std::size_t na = ports_[cable.a].node, nb = ports_[cable.b].node;
        if ((na == pa.node && nb == pb.node) || (na == pb.node && nb == pa.node))
            return InputError{InputErrorId::LinkedTwice, {key, pa.end.node, pb.end.node}, {}};
    }
    for (const std::size_t port : {a, b})
        for (const Cable& cable : cables_)
            if (!ports_[port].manyCables && (cable.a == port || cable.b == port))
                return InputError{InputErrorId::TwoCables, {key, toString(ports_[port].end)}, {}};
    if (segment(a) == segment(b)) // both are switches or hubs then: nothing else has two cables
        return InputError{InputErrorId::SwitchLoop, {key, loopThrough(a, b)}, {}};
    cables_.push_back({a, b});
    parent_[segment(a)] = segment(b);
    return std::nullopt;
}

/// "s1, s2, s3, s1": from a over what is joined already to b, and back by the new link.
std::string NetworkMap::loopThrough(std::size_t a, std::size_t b) const
{
    std::vector<std::size_t> cameFrom(ports_.size(), ports_.size());
    std::vector<std::size_t> toVisit{b};
    cameFrom[b] = b;
    for (std::size_t i = 0; i < toVisit.size() && cameFrom[a] == ports_.size(); ++i)
        for (const Cable& cable : cables_)
            for (const auto& [from, to] : {std::pair(cable.a, cable.b), std::pair(cable.b, cable.a)})
                if (from == toVisit[i] && cameFrom[to] == ports_.size()) {
                    cameFrom[to] = from;
                    toVisit.push_back(to);
                }
    std::string names = ports_[a].end.node;
    for (std::size_t at = a; at != b && cameFrom[at] < ports_.size(); at = cameFrom[at])
        names += ", " + ports_[cameFrom[at]].end.node;
    return names + ", " + ports_[a].end.node;
}

std::optional<std::pair<std::size_t, std::size_t>> NetworkMap::disagreement() const
{
    constexpr std::size_t none = static_cast<std::size_t>(-1);
    for (const auto member : {&NetworkPort::v4, &NetworkPort::v6}) {
        std::vector<std::size_t> firstOf(ports_.size(), none);
        for (std::size_t port = 0; port < ports_.size(); ++port) {
            const auto& mine = ports_[port].*member;
            if (!mine)
                continue;
            std::size_t& first = firstOf[segment(port)];
            if (first == none)
                first = port;
            else if ((ports_[first].*member)->network() != mine->network())
                return std::pair(port, first);
        }
    }
    return std::nullopt;
}

std::optional<InputError> differentNetworks(std::string_view key, const NetworkPort& one, const NetworkPort& other)
{
    const bool v4 = one.v4 && other.v4 && one.v4->network() != other.v4->network();
    const auto &a = v4 ? one.v4 : one.v6, &b = v4 ? other.v4 : other.v6;
    if (!a || !b || a->network() == b->network())
        return std::nullopt;
    return InputError{InputErrorId::PrefixesDiffer,
                      {std::string(key), toString(one.end), a->toString(), toString(other.end), b->toString()},
                      {}};
}

} // namespace packetarium
