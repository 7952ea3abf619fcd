// SPDX-License-Identifier: GPL-3.0-or-later
//
// The addresses and ports of sockets: which are free, and how they are shown.
#include "core/endpoint/socket_names.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::uint16_t kFirstEphemeral = 49152; // RFC 6335 §6
constexpr std::size_t kMappedAt = 12;            // in ::ffff:a.b.c.d

/// Whether something can come that both would take in.
bool overlap(const IpAddress& a, bool aV6Only, const IpAddress& b, bool bV6Only)
{
    if (!a.isUnspecified())
        return hearsAt(b, bV6Only, a);
    if (!b.isUnspecified())
        return hearsAt(a, aV6Only, b);
    return a.isV6() == b.isV6() || !(a.isV6() ? aV6Only : bV6Only);
}

} // namespace

IpAddress mappedAddress(const IpAddress& address)
{
    if (address.isV6())
        return address;
    Ipv6Address mapped;
    mapped.octets[kMappedAt - 2] = mapped.octets[kMappedAt - 1] = 0xff;
    for (std::size_t i = 0; i < 4; ++i)
        mapped.octets[kMappedAt + i] = static_cast<std::uint8_t>(address.v4().value >> (24 - 8 * i));
    return mapped;
}

IpAddress unmappedAddress(const IpAddress& address)
{
    if (address.isV4() || !address.v6().isV4Mapped())
        return address;
    Ipv4Address inside;
    for (std::size_t i = 0; i < 4; ++i)
        inside.value = inside.value << 8 | address.v6().octets[kMappedAt + i];
    return inside;
}

Endpoint shownBy(const Socket& socket, const Endpoint& end)
{
    return socket.v6 ? Endpoint{mappedAddress(end.address), end.port} : end;
}

bool isLoopback(const IpAddress& address)
{
    constexpr std::uint32_t kLoopbackNet = 127;
    return address.isV6() ? address.v6().isLoopback() : address.v4().value >> 24 == kLoopbackNet;
}

IpAddress anyAddress(bool v6)
{
    return v6 ? IpAddress(Ipv6Address{}) : IpAddress();
}

bool hearsAt(const IpAddress& local, bool v6Only, const IpAddress& to)
{
    if (!local.isUnspecified())
        return local == to;
    return local.isV6() == to.isV6() || (local.isV6() && !v6Only); // RFC 3493 §5.3
}

bool SocketHost::portTaken(const Socket& socket, std::uint16_t port, const IpAddress& address) const
{
    for (const auto& [fd, other] : sockets_) {
        if (other.serial == socket.serial || other.stream != socket.stream || !other.bound ||
            other.local.port != port || !overlap(other.local.address, other.v6Only, address, socket.v6Only))
            continue;
        const bool shared =
            (socket.reusePort && other.reusePort) || (socket.reuseAddress && other.reuseAddress && !other.listening);
        if (!shared)
            return true;
    }
    if (!socket.stream || socket.reuseAddress || socket.reusePort)
        return false;
    // What is left of connections whose sockets are closed: without SO_REUSEADDR even TIME-WAIT keeps the port.
    return std::any_of(host_.connections().begin(), host_.connections().end(), [&](const Host::Slot& slot) {
        const TcpState state = slot.tcp.state();
        return !slot.gone && state != TcpState::Closed && state != TcpState::Listen && slot.tcp.local().port == port &&
               overlap(slot.tcp.local().address, false, address, socket.v6Only);
    });
}

/// Whether another socket listens where this one wants to, and they do not share the port.
bool SocketHost::heardByAnother(const Socket& socket) const
{
    return std::any_of(sockets_.begin(), sockets_.end(), [&](const auto& entry) {
        const Socket& other = entry.second;
        return other.listening && other.local.port == socket.local.port &&
               overlap(other.local.address, other.v6Only, socket.local.address, socket.v6Only) &&
               !(socket.reusePort && other.reusePort);
    });
}

/// The next in turn; 0 if every one is taken.
std::uint16_t SocketHost::freePort(const Socket& socket)
{
    for (int left = 65536 - kFirstEphemeral; left > 0; --left) {
        const std::uint16_t port = nextPort_;
        nextPort_ = port == 65535 ? kFirstEphemeral : static_cast<std::uint16_t>(port + 1);
        if (!portTaken(socket, port, socket.local.address))
            return port;
    }
    return 0;
}

Errno SocketHost::bindTo(Socket& socket, const IpAddress& address, std::uint16_t port)
{
    if (port == 0) {
        port = freePort(socket);
        if (port == 0)
            return Errno::AddrInUse;
    } else if (portTaken(socket, port, address)) {
        return Errno::AddrInUse;
    }
    socket.local = Endpoint{address, port};
    socket.bound = true;
    if (!socket.stream && udpUsers_[port]++ == 0)
        host_.openUdp(port);
    return Errno::None;
}

void SocketHost::releasePort(const Socket& socket)
{
    if (!socket.stream && socket.bound && --udpUsers_[socket.local.port] == 0) {
        udpUsers_.erase(socket.local.port);
        host_.closeUdp(socket.local.port);
    }
}

Answer SocketHost::bind(Socket& socket, const Call& call)
{
    if (socket.bound || socket.conn || socket.listening)
        return Answer::failed(Errno::Invalid);
    const IpAddress given = call.address.value_or(anyAddress(socket.v6));
    if (given.isV6() != socket.v6)
        return Answer::failed(Errno::AfNoSupport);
    const IpAddress address = unmappedAddress(given);
    if (address.isV4() && socket.v6 && socket.v6Only)
        return Answer::failed(Errno::Invalid);
    if (!address.isUnspecified() && !host_.ip().isOwn(address))
        return Answer::failed(Errno::AddrNotAvail);
    const Errno error = bindTo(socket, address, call.port.value_or(0));
    return error == Errno::None ? Answer::of(0) : Answer::failed(error);
}

/// Where a socket may send to; `to` becomes what is on the wire. This host has no loopback address (RFC 1122 §3.2.1.3 (g):
/// none may appear on a cable).
Errno SocketHost::reach(const Socket& socket, IpAddress& to) const
{
    if (to.isV6() != socket.v6)
        return Errno::AfNoSupport;
    to = unmappedAddress(to);
    if (socket.v6 && to.isV4() && socket.v6Only)
        return Errno::NetUnreach;
    const IpAddress& local = socket.local.address;
    const bool otherVersion = socket.v6 && to.isV6() != local.isV6() && (local.isV4() || !local.isUnspecified());
    if (otherVersion || to.isUnspecified() || isLoopback(to) || !host_.ip().sourceFor(to))
        return Errno::NetUnreach;
    return Errno::None;
}

Answer SocketHost::nameOf(const Socket& socket, bool peer) const
{
    if (peer && (!socket.peer || (socket.stream && !socket.conn)))
        return Answer::failed(Errno::NotConn);
    const ConnNews* told = socket.conn ? news(socket.conn) : nullptr;
    if (peer && socket.stream && (told == nullptr || !told->opened || told->dead))
        return Answer::failed(Errno::NotConn);
    Answer answer = Answer::of(0);
    answer.address = peer ? shownBy(socket, *socket.peer) : localNameOf(socket);
    return answer;
}

Endpoint SocketHost::localNameOf(const Socket& socket) const
{
    Endpoint name = socket.local;
    if (!socket.stream && socket.peer && name.address.isUnspecified())
        name.address = host_.ip().sourceFor(socket.peer->address).value_or(name.address);
    return shownBy(socket, name);
}

} // namespace packetarium
