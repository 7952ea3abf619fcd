// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sockets as programs use them.
#include "core/base/stream_pattern.h"
#include "core/net/host_sink.h"

#include <algorithm>
#include <limits>

namespace packetarium {

namespace {

constexpr std::uint16_t kFirst = 49152, kLast = 65535;

std::uint16_t following(std::uint16_t port)
{
    return port == kLast ? kFirst : static_cast<std::uint16_t>(port + 1);
}

} // namespace

/// The next in turn that is free for this remote end; the next in turn if none is, and the caller will hear that it is taken.
std::uint16_t Host::ephemeralTcpPort(const IpAddress& local, const Endpoint& remote)
{
    std::uint16_t port = nextTcpPort_;
    for (int left = kLast - kFirst; left > 0; --left) {
        if (!listensOn(port) && !byEnds_.contains({Endpoint{local, port}, remote}))
            break;
        port = following(port);
    }
    nextTcpPort_ = following(port);
    return port;
}

Host::Opened Host::connectTo(const NodeContext& cx, std::uint16_t localPort, const Endpoint& remote)
{
    return connectAs(cx, localPort, remote, true);
}

AppResult Host::listenOn(const NodeContext& cx, std::uint16_t port)
{
    const ListenerId listener = newListener(port, nullptr);
    const AppResult result = listenAs(cx, port, true, listener);
    if (result != AppResult::Ok)
        lasting_.erase(listener);
    return result;
}

AppResult Host::sendOn(const NodeContext& cx, ConnId conn, ByteView data, bool push)
{
    return sendSlot(cx, slotOf(conn), Octets::borrow(data), push);
}

AppResult Host::sendPattern(const NodeContext& cx, ConnId conn, std::uint64_t octets, bool thenClose)
{
    const auto slot = slotOf(conn);
    if (!slot)
        return AppResult::NoSuchConnection;
    Slot& sending = slots_.edit(*slot);
    sending.patternEnd += octets;
    sending.closeAfterPattern = thenClose;
    goOnWithPattern(cx, *slot);
    return AppResult::Ok;
}

namespace {

/// Of a send buffer without limit, so that a long pattern is not in it all at once.
constexpr std::uint64_t kMostWaiting = 256 * 1024;

std::uint64_t sendBufferOf(const Connection& tcp)
{
    return tcp.config().sendBuffer == 0 ? kMostWaiting : tcp.config().sendBuffer;
}

/// Octets that a connection would take without having more than its send buffer's worth wait in it, unsent or unacknowledged.
std::uint64_t roomIn(const Connection& tcp)
{
    if (tcp.config().sendBuffer != 0)
        return tcp.sendRoom();
    return kMostWaiting - std::min<std::uint64_t>(tcp.octetsUnacknowledged(), kMostWaiting);
}

} // namespace

void Host::goOnWithPattern(const NodeContext& cx, std::size_t index)
{
    constexpr std::uint64_t kMostWorthWaitingFor = 32 * 1024;
    Slot& slot = slots_.edit(index);
    // A program is not woken for less.
    const std::uint64_t worthWriting = std::clamp<std::uint64_t>(sendBufferOf(slot.tcp) / 3, 1, kMostWorthWaitingFor);
    while (slot.patternAt < slot.patternEnd) {
        const std::uint64_t left = slot.patternEnd - slot.patternAt;
        const std::uint64_t room = roomIn(slot.tcp);
        if (room < std::min(left, worthWriting))
            return;
        Octets some = streamPattern(slot.patternAt, std::min(left, room));
        const std::uint64_t written = some.size();
        if (sendSlot(cx, index, std::move(some)) != AppResult::Ok) {
            slot.patternAt = slot.patternEnd;
            return;
        }
        slot.patternAt += written;
    }
    if (!std::exchange(slot.closeAfterPattern, false))
        return;
    finishSlot(cx, index, AppCall::Close);
}

AppResult Host::closeConn(const NodeContext& cx, ConnId conn)
{
    const auto slot = slotOf(conn);
    return slot ? finishSlot(cx, *slot, AppCall::Close) : AppResult::NoSuchConnection;
}

AppResult Host::abortConn(const NodeContext& cx, ConnId conn)
{
    const auto slot = slotOf(conn);
    return slot && slots_[*slot].tcp.state() != TcpState::Closed ? finishSlot(cx, *slot, AppCall::Abort)
                                                                 : AppResult::NoSuchConnection;
}

bool Host::openUdp(std::uint16_t port)
{
    return udpPorts_.insert(port).second;
}

void Host::closeUdp(std::uint16_t port)
{
    udpPorts_.erase(port);
}

std::uint16_t Host::ephemeralUdpPort()
{
    std::uint16_t port = nextUdpPort_;
    for (int left = kLast - kFirst; left > 0 && udpPorts_.count(port) != 0; --left)
        port = following(port);
    nextUdpPort_ = following(port);
    return port;
}

IpStack::Sent Host::sendUdp(const NodeContext& cx, const UdpSend& how, ByteView data)
{
    const auto source = ip_.sourceFor(how.to.address);
    if (!source)
        return IpStack::Sent::NoRoute;
    if (data.size() > std::numeric_limits<std::uint16_t>::max() - kUdpHeaderSize)
        return IpStack::Sent::TooBig;
    UdpDatagram udp;
    udp.sourcePort = how.localPort;
    udp.destinationPort = how.to.port;
    udp.payload.assign(data.begin(), data.end());
    Datagram datagram;
    datagram.source = *source;
    datagram.destination = how.to.address;
    datagram.protocol = kProtocolUdp;
    datagram.ttl = how.ttl;
    datagram.dontFragment = how.dontFragment;
    datagram.payload = encodeUdp(udp, *source, how.to.address);
    return ip_.send(cx, datagram, SendNote{how.cause, ConnId::none(), false});
}

IpStack::Sent Host::sendEcho(const NodeContext& cx, const EchoSend& how, ByteView data)
{
    const auto source = ip_.sourceFor(how.to);
    if (!source)
        return IpStack::Sent::NoRoute;
    const bool v6 = how.to.isV6();
    IcmpMessage message;
    message.type = v6 ? IcmpMessage::V6EchoRequest : IcmpMessage::EchoRequest;
    message.rest = std::uint32_t{how.identifier} << 16 | how.sequence;
    message.payload.assign(data.begin(), data.end());
    Datagram datagram;
    datagram.source = *source;
    datagram.destination = how.to;
    datagram.protocol = v6 ? kProtocolIcmpv6 : kProtocolIcmp;
    datagram.ttl = how.ttl;
    datagram.dontFragment = how.dontFragment;
    datagram.payload = v6 ? encodeIcmpv6(message, source->v6(), how.to.v6()) : encodeIcmp(message);
    return ip_.send(cx, datagram, SendNote{how.cause, ConnId::none(), false});
}

} // namespace packetarium
