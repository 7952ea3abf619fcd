// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Interfaces, their addresses, and which way leads where: longest prefix first
// (RFC 1812 §5.2.4.3).

#include "core/base/ids.h"
#include "core/trace/trace.h"
#include "core/wire/address.h"

#include <optional>
#include <vector>

namespace packetarium {

/// ff02::1, all nodes of the link (RFC 4291 §2.7.1).
inline constexpr Ipv6Address kAllNodes{{0xff, 0x02, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}};

struct Interface {
    MacAddress mac;
    std::vector<IpPrefix> addresses; ///< with their prefixes
    std::uint16_t mtu = 1500;
};
struct Route {
    IpPrefix to;
    IpAddress via; ///< 0.0.0.0: on the link
    std::uint8_t port = 0;
    bool operator==(const Route&) const = default;
};
/// Where a datagram goes next.
struct Hop {
    std::uint8_t port = 0;
    IpAddress address;
};

class Routes {
public:
    Routes(const std::vector<Interface>& interfaces, const std::vector<Route>& further);

    /// The row that decides, or nullptr. Of rows with equally long prefixes the first.
    const Route* find(const IpAddress& destination) const;
    static Hop hopBy(const Route& route, const IpAddress& destination);
    /// The address of this node that a datagram to `destination` by `hop` is from (RFC 1122 §3.3.4.3); nothing if there is none
    /// of that version.
    std::optional<IpAddress> sourceFor(const IpAddress& destination, const Hop& hop) const;

    bool isOwn(const IpAddress& address) const;
    bool isOwn(const IpAddress& address, std::uint8_t port) const;
    /// 255.255.255.255, or the last address of one of the node's own IPv4 prefixes.
    bool isBroadcast(const IpAddress& address) const;
    bool isNetworkItself(const IpAddress& address) const; ///< of an own one, IPv4: the address without a host's number
    /// An IPv6 group that the node belongs to: all nodes, of a router all routers, and those that neighbours ask.
    bool isOwnGroup(const IpAddress& address, bool router) const;
    const std::vector<Route>& all() const { return routes_; }

    static TableRow rowOf(NodeId node, const Route& route);

private:
    struct Own {
        IpPrefix address;
        std::uint8_t port = 0;
    };
    std::vector<Own> own_;
    std::vector<Route> routes_; ///< longest prefix first
};

} // namespace packetarium
