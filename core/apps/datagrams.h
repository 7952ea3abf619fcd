// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Programs that speak UDP and nothing more: one that sends a datagram when the
// script says so and takes what comes back, the echo service (RFC 862), and
// ports on which datagrams are simply taken.

#include "core/apps/app_context.h"
#include "core/scenario/scenario.h"

#include <map>

namespace packetarium {

class Datagrams {
public:
    void start(const AppContext& app, const ServicesSpec& services);
    void send(const AppContext& app, const DoSendDatagram& asked, const IpAddress& to);
    bool onDatagram(const AppContext& app, const UdpDelivery& delivery, const ServicesSpec& services);
    bool onIcmp(const AppContext& app, const IcmpDelivery& error);

private:
    void transmit(const AppContext& app, std::uint16_t localPort, const Endpoint& to, ByteView data, bool dontFragment);

    std::map<Endpoint, std::uint16_t> ephemeral_; ///< the port from which this host talks to each other one
    std::map<std::uint16_t, bool> open_;          ///< all ports; true: echo
};

} // namespace packetarium
