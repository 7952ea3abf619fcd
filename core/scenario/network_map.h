// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A scenario's cables as a graph: which interfaces hear each other through
// hubs and switches, and so must be in one network.

#include "core/scenario/network_check.h"

#include <span>

namespace packetarium {

/// Where a cable can be put: a host, an interface of a router, a whole switch or hub.
struct NetworkPort {
    LinkEnd end;
    std::string path;               ///< "hosts.client", "routers.r1.interfaces.lan"
    std::size_t node = 0;           ///< NodeId
    bool manyCables = false;        ///< a switch or hub
    std::optional<IpPrefix> v4, v6; ///< as an interface has them, with host bits
    MacAddress mac;
    std::uint16_t mtu = 0; ///< 0: a switch or hub
};

class NetworkMap {
public:
    explicit NetworkMap(const Scenario& scenario);
    std::span<const NetworkPort> ports() const { return ports_; }
    std::optional<std::size_t> find(const LinkEnd& end) const;
    /// Puts a cable between two ports; nullopt, or what is wrong with it (nothing is joined then).
    std::optional<InputError> join(std::string_view key, std::size_t a, std::size_t b);
    /// Ports with the same number hear each other.
    std::size_t segment(std::size_t port) const;
    /// Two ports of one segment with different networks, the later one first; nullopt: none.
    std::optional<std::pair<std::size_t, std::size_t>> disagreement() const;

private:
    struct Cable {
        std::size_t a, b;
    };
    std::string loopThrough(std::size_t a, std::size_t b) const;
    std::vector<NetworkPort> ports_;
    std::vector<std::size_t> parent_; ///< union-find over ports
    std::vector<Cable> cables_;
};

/// PrefixesDiffer, if they do.
std::optional<InputError> differentNetworks(std::string_view key, const NetworkPort& one, const NetworkPort& other);

} // namespace packetarium
