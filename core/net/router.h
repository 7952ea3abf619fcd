// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A router: an internet layer that passes on what is for others (RFC 1812).

#include "core/net/ip_stack.h"

namespace packetarium {

class Router {
public:
    explicit Router(IpStackSetup setup)
        : ip_(std::move(setup))
    {}
    void receiveFrame(const NodeContext& cx, std::uint8_t port, PacketId packet, const WireFrame& frame);
    void onTimer(const NodeContext& cx) { ip_.onTimer(cx); }
    SimTime nextDeadline() const { return ip_.nextDeadline(); }
    SimTime nextWork() const { return ip_.nextWork(); }
    void noteRoutes(const NodeContext& cx) const { ip_.noteRoutes(cx); }
    void forget(const NodeContext& cx) { ip_.forget(cx); }
    NodeId id() const { return ip_.setup().node; }
    const IpStack& ip() const { return ip_; }

private:
    IpStack ip_;
};

} // namespace packetarium
