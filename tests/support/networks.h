// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Networks for tests, written in a few lines each, and what crossed a cable
// in words that can be compared with a capture of real machines.

#include "core/engine/engine.h"
#include "core/net/host.h"

namespace packetarium::testing {

/// Grows a Scenario: nodes in the order named, cables in the order joined. MAC addresses are given out in turn.
class NetworkBuilder {
public:
    /// "10.1.0.1/24", gateway "10.1.0.254" or "".
    HostSpec& host(const std::string& name, const std::string& address, const std::string& gateway = "");
    RouterSpec& router(const std::string& name);
    /// Adds an interface to the router named last.
    NetworkBuilder& interface(const std::string& name, const std::string& address);
    NetworkBuilder& route(const std::string& to, const std::string& via);
    SwitchSpec& bridge(const std::string& name);
    HubSpec& hub(const std::string& name);
    /// "client", "r.lan"
    NetworkBuilder& join(const std::string& a, const std::string& b, SimDuration delay = SimDuration::milliseconds(1));
    NetworkBuilder& at(SimDuration when, const std::string& host, Action action);

    Scenario scenario;

private:
    MacAddress nextMac();
    std::uint8_t macs_ = 0;
};

/// 10.1.0.1 (client) - 10.1.0.254 (r.near) 10.2.0.254 (r.far) - 10.2.0.2 (server): the machines of the capture ra_router_arp_ttl.
NetworkBuilder routedPair();
/// 10.0.0.1, 2001:db8::1 (client) - 10.0.0.2, 2001:db8::2 (server), one cable of 20 ms, ARP and neighbour discovery.
NetworkBuilder cabledPair();

/// What crossed a cable, one line each, in the order in which tcpdump at `node` would print it: sent ones when they are sent, others
/// when they arrive. Like "10.1.0.1 > 10.2.0.2 echo request 1, ttl 64" and "who has 10.1.0.254, tell 10.1.0.1".
std::vector<std::string> seenAt(const Trace& trace, const std::string& node);

} // namespace packetarium::testing
