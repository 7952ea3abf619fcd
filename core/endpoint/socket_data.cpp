// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sending, receiving, and waiting for either to be possible.
#include "core/endpoint/socket_names.h"

#include <algorithm>

namespace packetarium {

namespace {

Answer dataAnswer(Bytes data)
{
    Answer answer = Answer::of(static_cast<std::int64_t>(data.size()));
    answer.data = std::move(data);
    return answer;
}

} // namespace

std::size_t SocketHost::unread(const Socket& socket) const
{
    if (!socket.stream)
        return socket.messages.empty() ? 0 : socket.messages.front().data.size();
    const Connection* tcp = socket.conn ? host_.connection(socket.conn) : nullptr;
    if (tcp != nullptr && tcp->state() != TcpState::Closed)
        return tcp->octetsUnread();
    const ConnNews* told = socket.conn ? news(socket.conn) : nullptr;
    return told ? told->kept.size() : 0;
}

/// What recv() on a stream has collected; with MSG_TRUNC octets are thrown away and only counted, as tcp(7) has it.
Answer SocketHost::gathered(Call& call)
{
    Answer answer = Answer::of(static_cast<std::int64_t>(call.gathered.size()));
    if (!call.wholeLength)
        answer.data = std::move(call.gathered);
    return answer;
}

/// A call must not pass an earlier one of its kind that still waits on the same socket.
bool SocketHost::overtakes(const Call& call) const
{
    for (const Blocked& earlier : blocked_) {
        if (earlier.ticket == running_)
            return false;
        if (!earlier.lingers && earlier.call.fn == call.fn && earlier.call.socket == call.socket)
            return true;
    }
    return false;
}

MaybeAnswer SocketHost::send(Socket& socket, Call& call)
{
    return socket.stream ? sendStream(socket, call) : MaybeAnswer(sendDatagram(socket, call));
}

MaybeAnswer SocketHost::sendStream(Socket& socket, Call& call)
{
    const auto failed = [&](Errno error) {
        return call.sent > 0 ? Answer::of(static_cast<std::int64_t>(call.sent)) : Answer::failed(error);
    };
    if (!socket.conn)
        return Answer::failed(Errno::NotConn);
    const ConnNews& told = newsOf(socket.conn);
    if (told.dead && call.sent > 0)
        return failed(Errno::Pipe); // what has been taken; the next call hears why
    if (const Errno error = takeError(socket); error != Errno::None)
        return Answer::failed(error);
    if (told.dead || socket.writeShut)
        return failed(Errno::Pipe);
    if (!told.opened || overtakes(call))
        return std::nullopt;
    const std::size_t left = call.data.size() - call.sent;
    const std::size_t some = std::min(left, host_.sendRoom(socket.conn));
    if (some > 0) {
        const ByteView data = ByteView(call.data).subspan(call.sent, some);
        if (host_.sendOn(context(), socket.conn, data, !call.more) != AppResult::Ok)
            return failed(Errno::Pipe);
        call.sent += some;
    }
    if (call.sent < call.data.size())
        return std::nullopt;
    return Answer::of(static_cast<std::int64_t>(call.sent));
}

Answer SocketHost::sendDatagram(Socket& socket, const Call& call)
{
    if (call.more) // a datagram is what one call sends
        return Answer::failed(Errno::OpNotSupp);
    if (const Errno error = takeError(socket); error != Errno::None)
        return Answer::failed(error);
    if (socket.writeShut)
        return Answer::failed(Errno::Pipe);
    Endpoint to;
    if (call.address) {
        to = Endpoint{*call.address, call.port.value_or(0)};
        if (to.port == 0)
            return Answer::failed(Errno::Invalid);
    } else if (socket.peer) {
        to = *socket.peer;
    } else {
        return Answer::failed(Errno::DestAddrReq);
    }
    if (call.address) {
        if (const Errno error = reach(socket, to.address); error != Errno::None)
            return Answer::failed(error);
    }
    if (host_.ip().isBroadcast(to.address) && !socket.broadcast)
        return Answer::failed(Errno::Access);
    if (!socket.bound) {
        if (const Errno error = bindTo(socket, socket.local.address, 0); error != Errno::None)
            return Answer::failed(error);
    }
    Host::UdpSend how;
    how.localPort = socket.local.port;
    how.to = to;
    how.ttl = socket.ttl;
    if (to.address.isMulticast()) { // RFC 1112 §6.1: one hop, unless the program asks for more
        how.ttl = socket.groupTtl.value_or(socket.ttlSet ? socket.ttl : std::uint8_t{1});
        if (how.ttl == 0) // for this host alone, which belongs to no group
            return Answer::of(static_cast<std::int64_t>(call.data.size()));
    }
    sender_ = call.fd;
    const IpStack::Sent sent = host_.sendUdp(context(), how, call.data);
    sender_ = -1;
    switch (sent) {
    case IpStack::Sent::Yes: break;
    case IpStack::Sent::NoRoute: return Answer::failed(Errno::NetUnreach);
    case IpStack::Sent::TooBig: return Answer::failed(Errno::MsgSize);
    }
    return Answer::of(static_cast<std::int64_t>(call.data.size()));
}

MaybeAnswer SocketHost::receive(Socket& socket, Call& call)
{
    return socket.stream ? receiveStream(socket, call) : receiveDatagram(socket, call);
}

Bytes SocketHost::read(Socket& socket, std::size_t most, bool peek)
{
    const std::size_t some = std::min(most, unread(socket));
    if (some == 0)
        return {};
    const Connection* tcp = host_.connection(socket.conn);
    const bool alive = tcp != nullptr && tcp->state() != TcpState::Closed;
    if (peek || !alive) {
        Bytes& kept = newsOf(socket.conn).kept;
        Bytes data = alive ? host_.unreadOf(socket.conn) : kept;
        data.resize(some);
        if (!peek)
            kept.erase(kept.begin(), kept.begin() + static_cast<std::ptrdiff_t>(some));
        return data;
    }
    collected_.clear();
    host_.receiveOn(context(), socket.conn, static_cast<std::uint32_t>(some));
    return std::exchange(collected_, {});
}

MaybeAnswer SocketHost::receiveStream(Socket& socket, Call& call)
{
    if (!socket.conn)
        return Answer::failed(Errno::NotConn);
    if (overtakes(call))
        return std::nullopt;
    const ConnNews& told = newsOf(socket.conn);
    if (call.peek) // looked at again as a whole
        call.gathered.clear();
    const std::size_t left = call.length - call.gathered.size();
    if (left > 0) {
        const Bytes data = read(socket, left, call.peek);
        call.gathered.insert(call.gathered.end(), data.begin(), data.end());
    }
    const bool enough = call.gathered.size() == call.length || (!call.gathered.empty() && !call.waitAll);
    if (enough)
        return gathered(call);
    const bool over = told.peerClosed || told.dead || socket.readShut;
    if (!call.gathered.empty()) {
        return over ? MaybeAnswer(gathered(call)) : std::nullopt;
    }
    if (told.peerClosed || socket.readShut)
        return gathered(call);
    if (const Errno error = takeError(socket); error != Errno::None)
        return Answer::failed(error);
    if (socket.connectTold)
        return Answer::failed(Errno::NotConn);
    return told.dead ? MaybeAnswer(gathered(call)) : std::nullopt;
}

MaybeAnswer SocketHost::receiveDatagram(Socket& socket, const Call& call)
{
    if (const Errno error = takeError(socket); error != Errno::None)
        return Answer::failed(error);
    if (overtakes(call))
        return std::nullopt;
    if (socket.messages.empty())
        return socket.readShut ? MaybeAnswer(dataAnswer({})) : std::nullopt;
    Socket::Message& message = socket.messages.front();
    const std::size_t whole = message.data.size();
    Answer answer;
    answer.address = shownBy(socket, message.from);
    answer.truncated = whole > call.length;
    answer.data = call.peek ? message.data : std::move(message.data);
    answer.data->resize(std::min(whole, call.length));
    answer.ret = static_cast<std::int64_t>(call.wholeLength ? whole : answer.data->size());
    if (!call.peek) {
        socket.messageOctets -= whole;
        socket.messages.pop_front();
    }
    return answer;
}

std::uint16_t SocketHost::readiness(const Socket& socket) const
{
    using E = PollEvents;
    unsigned ready = 0;
    if (!socket.stream) {
        ready = E::Out;
        if (!socket.messages.empty() || socket.readShut)
            ready |= E::In;
        if (socket.error != Errno::None)
            ready |= E::Err | E::In;
        if (socket.readShut)
            ready |= E::RdHup;
        if (socket.readShut && socket.writeShut)
            ready |= E::Hup;
        return static_cast<std::uint16_t>(ready);
    }
    if (socket.listening)
        return host_.mayAccept(socket.listener) ? E::In : 0;
    const ConnNews* told = socket.conn ? news(socket.conn) : nullptr;
    if (told == nullptr || socket.connectTold)
        return E::Out | E::Hup;
    if (!socket.errorTaken && failureOf(*told) != Errno::None)
        ready |= E::Err;
    const bool over = told->peerClosed || told->dead || socket.readShut;
    if (over || unread(socket) > 0)
        ready |= E::In;
    if (over)
        ready |= E::RdHup;
    if (told->dead || ((told->peerClosed || socket.readShut) && socket.writeShut))
        ready |= E::Hup;
    if (told->dead || (told->opened && (socket.writeShut || host_.sendRoom(socket.conn) > 0)))
        ready |= E::Out;
    return static_cast<std::uint16_t>(ready);
}

MaybeAnswer SocketHost::poll(Call& call)
{
    constexpr unsigned kAlways = PollEvents::Err | PollEvents::Hup | PollEvents::NVal;
    std::int64_t ready = 0;
    for (Polled& polled : call.polled) {
        const Socket* socket = find(polled.fd);
        polled.revents = 0;
        if (polled.fd >= 0)
            polled.revents =
                socket ? static_cast<std::uint16_t>(readiness(*socket) & (polled.events | kAlways)) : PollEvents::NVal;
        ready += polled.revents != 0 ? 1 : 0;
    }
    if (ready == 0)
        return std::nullopt;
    Answer answer = Answer::of(ready);
    answer.polled = call.polled;
    return answer;
}

} // namespace packetarium
