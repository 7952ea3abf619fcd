// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/routes.h"

#include <algorithm>

namespace packetarium {

namespace {

const Ipv6Address kAllRouters{{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}};

bool isLinkLocal(const IpAddress& address)
{
    return address.isV6() && address.v6().isLinkLocal();
}

constexpr std::uint8_t kPointToPoint = 31; // RFC 3021: from here on every address is a host's

std::uint32_t hostBits(const IpPrefix& prefix)
{
    return prefix.length == 0 ? 0xffffffffu : (std::uint32_t{1} << (32 - prefix.length)) - 1;
}

std::uint32_t firstOf(const IpPrefix& prefix)
{
    return prefix.address.v4().value & ~hostBits(prefix);
}

std::uint32_t lastOf(const IpPrefix& prefix)
{
    return prefix.address.v4().value | hostBits(prefix);
}

} // namespace

Routes::Routes(const std::vector<Interface>& interfaces, const std::vector<Route>& further)
{
    for (std::size_t i = 0; i < interfaces.size(); ++i) {
        const auto port = static_cast<std::uint8_t>(i);
        for (const IpPrefix& address : interfaces[i].addresses) {
            own_.push_back(Own{address, port});
            const Route link{address.network(), IpAddress(), port};
            if (std::find(routes_.begin(), routes_.end(), link) == routes_.end())
                routes_.push_back(link);
        }
    }
    routes_.insert(routes_.end(), further.begin(), further.end());
    std::stable_sort(routes_.begin(), routes_.end(),
                     [](const Route& a, const Route& b) { return a.to.length > b.to.length; });
}

const Route* Routes::find(const IpAddress& destination) const
{
    const auto found = std::find_if(routes_.begin(), routes_.end(),
                                    [&](const Route& route) { return route.to.contains(destination); });
    return found == routes_.end() ? nullptr : &*found;
}

Hop Routes::hopBy(const Route& route, const IpAddress& destination)
{
    return Hop{route.port, route.via.isUnspecified() ? destination : route.via};
}

std::optional<IpAddress> Routes::sourceFor(const IpAddress& destination, const Hop& hop) const
{
    // Better: on the interface it leaves by; of the destination's scope; in the next hop's prefix.
    const Own* best = nullptr;
    int bestRank = -1;
    for (const Own& own : own_) {
        if (own.address.address.isV6() != destination.isV6())
            continue;
        const bool there = own.port == hop.port;
        const bool scope = isLinkLocal(own.address.address) == isLinkLocal(destination);
        const bool near = own.address.contains(hop.address);
        const int rank = (scope ? 4 : 0) + (there ? 2 : 0) + (near ? 1 : 0);
        if (rank > bestRank) {
            best = &own;
            bestRank = rank;
        }
    }
    return best == nullptr ? std::nullopt : std::optional(best->address.address);
}

bool Routes::isOwn(const IpAddress& address) const
{
    return std::any_of(own_.begin(), own_.end(), [&](const Own& own) { return own.address.address == address; });
}

bool Routes::isOwn(const IpAddress& address, std::uint8_t port) const
{
    return std::any_of(own_.begin(), own_.end(),
                       [&](const Own& own) { return own.port == port && own.address.address == address; });
}

bool Routes::isBroadcast(const IpAddress& address) const
{
    if (address.isV6())
        return false;
    return address.v4().value == 0xffffffffu || std::any_of(own_.begin(), own_.end(), [&](const Own& own) {
               return own.address.address.isV4() && own.address.length < kPointToPoint &&
                      lastOf(own.address) == address.v4().value;
           });
}

bool Routes::isNetworkItself(const IpAddress& address) const
{
    return address.isV4() && std::any_of(own_.begin(), own_.end(), [&](const Own& own) {
               return own.address.address.isV4() && own.address.length < kPointToPoint &&
                      firstOf(own.address) == address.v4().value;
           });
}

bool Routes::isOwnGroup(const IpAddress& address, bool router) const
{
    if (!address.isV6())
        return false;
    if (address.v6() == kAllNodes || (router && address.v6() == kAllRouters))
        return true;
    return std::any_of(own_.begin(), own_.end(), [&](const Own& own) {
        return own.address.address.isV6() && own.address.address.v6().solicitedNode() == address.v6();
    });
}

TableRow Routes::rowOf(NodeId node, const Route& route)
{
    TableRow row;
    row.kind = TableKind::Route;
    row.node = node;
    row.prefix = route.to;
    row.via = route.via;
    row.port = route.port;
    return row;
}

} // namespace packetarium
