// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/datagrams.h"

#include <algorithm>

namespace packetarium {

void Datagrams::start(const AppContext& app, const ServicesSpec& services)
{
    for (const std::uint16_t port : services.udpEcho) {
        app.host.openUdp(port);
        open_[port] = true;
    }
    for (const std::uint16_t port : services.udpOpen) {
        app.host.openUdp(port);
        open_.emplace(port, false);
    }
}

void Datagrams::send(const AppContext& app, const DoSendDatagram& asked, const IpAddress& to)
{
    const Endpoint peer{to, asked.port};
    std::uint16_t port = asked.localPort;
    if (port == 0) {
        const auto known = ephemeral_.find(peer);
        port = known != ephemeral_.end() ? known->second : app.host.ephemeralUdpPort();
        ephemeral_[peer] = port;
    }
    if (!open_.contains(port)) {
        app.host.openUdp(port);
        open_[port] = false;
    }
    transmit(app, port, peer, asked.data, asked.dontFragment);
}

void Datagrams::transmit(const AppContext& app, std::uint16_t localPort, const Endpoint& to, ByteView data,
                         bool dontFragment)
{
    noteProgram(app, ProgramEvent::DatagramSent, {.value = data.size(), .text = endpointText(to)});
    Host::UdpSend how;
    how.localPort = localPort;
    how.to = to;
    how.dontFragment = dontFragment;
    const IpStack::Sent sent = app.host.sendUdp(app.cx, how, data);
    if (sent != IpStack::Sent::Yes)
        noteProgram(app, ProgramEvent::DatagramRefused,
                    {.trouble = sent == IpStack::Sent::NoRoute ? ProgramTrouble::NotReachable
                                                               : ProgramTrouble::FragmentationNeeded});
}

bool Datagrams::onDatagram(const AppContext& app, const UdpDelivery& delivery, const ServicesSpec& services)
{
    const auto port = open_.find(delivery.localPort);
    if (port == open_.end())
        return false;
    noteProgram(app, ProgramEvent::DatagramReceived,
                {.value = delivery.data.size(), .text = endpointText(delivery.from)});
    // From an echo port it may be an echo itself: two services would send it to and fro for ever.
    const bool loop =
        std::find(services.udpEcho.begin(), services.udpEcho.end(), delivery.from.port) != services.udpEcho.end();
    if (port->second && !loop)
        transmit(app, delivery.localPort, delivery.from, delivery.data, false);
    return true;
}

bool Datagrams::onIcmp(const AppContext& app, const IcmpDelivery& error)
{
    if (error.trouble == ProgramTrouble::None || error.protocol != kProtocolUdp ||
        !open_.contains(error.originalFrom.port))
        return false;
    noteProgram(app, ProgramEvent::DatagramRefused, {.text = error.from.toString(), .trouble = error.trouble});
    return true;
}

} // namespace packetarium
