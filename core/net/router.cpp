// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/router.h"

namespace packetarium {

// What is for the router itself and not answered by its internet layer: nobody is there to take it.
void Router::receiveFrame(const NodeContext& cx, std::uint8_t port, PacketId packet, const WireFrame& frame)
{
    const auto datagram = ip_.receiveFrame(cx, port, packet, frame);
    if (!datagram)
        return;
    const bool udp = datagram->protocol == kProtocolUdp;
    const bool icmp = datagram->protocol == (datagram->source.isV6() ? kProtocolIcmpv6 : kProtocolIcmp);
    const Reason why = udp    ? Reason::IgnoredNoUdpPort
                       : icmp ? Reason::IgnoredUnexpected
                              : Reason::IgnoredUnknownProtocol;
    noteLayer(cx, id(), packet, LayerAct::Refused, udp ? Layer::Transport : Layer::Internet, datagram->payloadAt,
              datagram->payloadThere);
    noteIgnored(cx, id(), packet, why);
    if (icmp)
        return;
    ip_.sendError(cx, *datagram, IcmpMessage::DestinationUnreachable,
                  udp ? IcmpMessage::PortUnreachable : IcmpMessage::ProtocolUnreachable, 0,
                  udp ? Reason::SentPortUnreachable : Reason::SentProtocolUnreachable);
}

} // namespace packetarium
