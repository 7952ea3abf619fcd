// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening, connecting and closing sockets. The clauses are POSIX's error lists.
#include "core/endpoint/socket_names.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::size_t kMostConnections = 16384; // a host keeps all it has had

} // namespace

MaybeAnswer SocketHost::attempt(Call& call)
{
    if (call.fn == Fn::Socket)
        return openSocket(call);
    if (call.fn == Fn::Poll)
        return poll(call);
    Socket* socket = find(call.fd);
    if (socket == nullptr || socket->serial != call.socket)
        return Answer::failed(Errno::BadF);
    switch (call.fn) {
    case Fn::Bind: return bind(*socket, call);
    case Fn::Listen: return listen(*socket, call);
    case Fn::Accept: return accept(*socket, call);
    case Fn::Connect: return connect(*socket, call);
    case Fn::Send: return send(*socket, call);
    case Fn::Recv: return receive(*socket, call);
    case Fn::Shutdown: return shutdown(*socket, call);
    case Fn::SetSockOpt: return setOption(*socket, call);
    case Fn::GetSockOpt: return getOption(*socket, call);
    case Fn::GetSockName: return nameOf(*socket, false);
    case Fn::GetPeerName: return nameOf(*socket, true);
    case Fn::Socket:
    case Fn::Poll:
    case Fn::Close: break;
    }
    return Answer::failed(Errno::Invalid);
}

std::optional<int> SocketHost::freeFd() const
{
    for (int fd = kFirstFd; fd < kFirstFd + kMostFds; ++fd) {
        if (sockets_.count(fd) == 0)
            return fd;
    }
    return std::nullopt;
}

Answer SocketHost::openSocket(const Call& call)
{
    const auto fd = freeFd();
    if (!fd)
        return Answer::failed(Errno::MFile);
    Socket socket;
    socket.serial = ++serials_;
    socket.stream = call.stream;
    socket.v6 = call.v6;
    socket.nonblock = call.nonblock;
    socket.tcp = host_.setup().tcp;
    socket.local.address = anyAddress(call.v6);
    sockets_[*fd] = std::move(socket);
    lastConns_.erase(*fd);
    return Answer::of(*fd);
}

// --- TCP: listening and connecting ---

Answer SocketHost::listen(Socket& socket, const Call& call)
{
    if (!socket.stream)
        return Answer::failed(Errno::OpNotSupp);
    socket.backlog = std::clamp(call.backlog, 0, kMostBacklog);
    if (socket.listening) {
        applyOptions(socket);
        return Answer::of(0);
    }
    if (socket.connectTold)
        forgetAttempt(socket);
    if (socket.conn)
        return Answer::failed(Errno::Invalid);
    if (!socket.bound) {
        if (const Errno error = bindTo(socket, socket.local.address, 0); error != Errno::None)
            return Answer::failed(error);
    }
    if (heardByAnother(socket))
        return Answer::failed(Errno::AddrInUse);
    socket.listener = host_.listenSocket(context(), setupOf(socket), socket.local.port);
    socket.listening = true;
    return Answer::of(0);
}

MaybeAnswer SocketHost::accept(Socket& socket, const Call& call)
{
    if (!socket.stream)
        return Answer::failed(Errno::OpNotSupp);
    if (!socket.listening)
        return Answer::failed(Errno::Invalid);
    if (!host_.mayAccept(socket.listener))
        return std::nullopt;
    const auto fd = freeFd();
    if (!fd)
        return Answer::failed(Errno::MFile);
    const ConnId conn = host_.accept(socket.listener);
    const Connection* tcp = host_.connection(conn);
    Socket accepted = socket;
    accepted.serial = ++serials_;
    accepted.listening = false;
    accepted.nonblock = call.nonblockNew;
    accepted.listener = 0;
    accepted.conn = conn;
    accepted.local = tcp->local();
    accepted.peer = tcp->remote();
    accepted.error = Errno::None;
    Answer answer = Answer::of(*fd);
    answer.address = shownBy(accepted, *accepted.peer);
    sockets_[*fd] = std::move(accepted);
    fds_[conn] = *fd;
    lastConns_[*fd] = conn;
    return answer;
}

Answer SocketHost::connectUdp(Socket& socket, const Call& call)
{
    if (call.unspecified) {
        socket.peer.reset();
        return Answer::of(0);
    }
    if (!call.address || !call.port)
        return Answer::failed(Errno::Invalid);
    IpAddress to = *call.address;
    if (const Errno error = reach(socket, to); error != Errno::None)
        return Answer::failed(error);
    if (host_.ip().isBroadcast(to) && !socket.broadcast)
        return Answer::failed(Errno::Access);
    if (!socket.bound) {
        if (const Errno error = bindTo(socket, socket.local.address, 0); error != Errno::None)
            return Answer::failed(error);
    }
    socket.peer = Endpoint{to, *call.port};
    return Answer::of(0);
}

/// A connect that failed leaves a socket that is as before; what connect() chose is free again.
void SocketHost::forgetAttempt(Socket& socket)
{
    fds_.erase(socket.conn);
    socket.conn = ConnId::none();
    socket.connectTold = false;
    if (std::exchange(socket.boundByConnect, false)) {
        socket.bound = false;
        socket.local = Endpoint{anyAddress(socket.v6), 0};
    }
}

MaybeAnswer SocketHost::connect(Socket& socket, Call& call)
{
    if (!socket.stream)
        return connectUdp(socket, call);
    if (running_ == 0) {
        if (socket.listening)
            return Answer::failed(Errno::OpNotSupp);
        if (socket.conn && socket.connectPending && !newsOf(socket.conn).opened && !newsOf(socket.conn).dead)
            return Answer::failed(Errno::Already);
        if (socket.conn && newsOf(socket.conn).opened)
            return Answer::failed(Errno::IsConn);
        if (socket.conn) { // an attempt failed; what it failed with is told first
            if (const Errno error = takeError(socket); error != Errno::None) {
                socket.connectPending = false;
                socket.connectTold = true;
                return Answer::failed(error);
            }
            forgetAttempt(socket);
        }
        if (!call.address || !call.port)
            return Answer::failed(Errno::Invalid);
        IpAddress to = *call.address;
        if (to.isV6() == socket.v6 && (to.isUnspecified() || *call.port == 0))
            return Answer::failed(Errno::AddrNotAvail);
        if (const Errno error = reach(socket, to); error != Errno::None)
            return Answer::failed(error);
        if (to.isMulticast() || host_.ip().isBroadcast(to)) // RFC 9293 §3.9.2.3, MUST-46
            return Answer::failed(Errno::NetUnreach);
        if (host_.connections().size() >= kMostConnections)
            return Answer::failed(Errno::NoBufs);
        if (!socket.bound) {
            socket.boundByConnect = true;
            if (const Errno error = bindTo(socket, socket.local.address, 0); error != Errno::None)
                return Answer::failed(Errno::AddrNotAvail);
        }
        const Host::Opened opened =
            host_.openSocket(context(), setupOf(socket), socket.local.port, Endpoint{to, *call.port});
        if (opened.result != AppResult::Ok)
            return Answer::failed(Errno::AddrInUse);
        socket.conn = opened.conn;
        socket.peer = Endpoint{to, *call.port};
        socket.local.address = host_.ip().sourceFor(to).value_or(socket.local.address);
        socket.connectPending = true;
        socket.connectTold = socket.errorTaken = socket.writeShut = socket.readShut = false;
        fds_[opened.conn] = call.fd;
        lastConns_[call.fd] = opened.conn;
    }
    const ConnNews& told = newsOf(socket.conn);
    if (told.opened) {
        socket.connectPending = false;
        return Answer::of(0);
    }
    if (told.dead) {
        socket.connectPending = false;
        socket.connectTold = true;
        const Errno error = takeError(socket);
        return Answer::failed(error == Errno::None ? Errno::ConnAborted : error);
    }
    return std::nullopt;
}

// --- how connections end ---

Errno errnoOf(ProgramTrouble trouble, Errno otherwise)
{
    switch (trouble) {
    case ProgramTrouble::PortUnreachable: return Errno::ConnRefused;
    case ProgramTrouble::ProtocolUnreachable: return Errno::NoProtoOpt;
    case ProgramTrouble::HostUnreachable:
    case ProgramTrouble::TtlExceeded: return Errno::HostUnreach;
    case ProgramTrouble::NetworkUnreachable: return Errno::NetUnreach;
    default: return otherwise;
    }
}

Errno SocketHost::failureOf(const ConnNews& told) const
{
    if (!told.failed)
        return Errno::None;
    switch (*told.failed) {
    case AppResult::Refused: // by a RST or by ICMP, which may have meant the protocol: as of UDP
        return told.trouble == ProgramTrouble::ProtocolUnreachable ? Errno::NoProtoOpt : Errno::ConnRefused;
    case AppResult::Reset: return told.closeWait ? Errno::Pipe : Errno::ConnReset;
    case AppResult::TimedOut: return Errno::TimedOut;
    case AppResult::Unreachable: // RFC 1122 §4.2.3.9: which of them ICMP said
        return errnoOf(told.trouble, Errno::HostUnreach);
    case AppResult::Aborted: return Errno::ConnAborted;
    case AppResult::NoPortLeft: return Errno::AddrNotAvail;
    default: return Errno::ConnReset;
    }
}

Errno SocketHost::takeError(Socket& socket)
{
    if (socket.error != Errno::None)
        return std::exchange(socket.error, Errno::None);
    if (!socket.conn || socket.errorTaken)
        return Errno::None;
    const Errno error = failureOf(newsOf(socket.conn));
    if (error != Errno::None)
        socket.errorTaken = true;
    return error;
}

Answer SocketHost::shutdown(Socket& socket, const Call& call)
{
    if (!socket.stream) {
        if (!socket.peer)
            return Answer::failed(Errno::NotConn);
    } else if (!socket.conn || newsOf(socket.conn).dead || !newsOf(socket.conn).opened) {
        return Answer::failed(Errno::NotConn);
    }
    if (call.shutRead)
        socket.readShut = true;
    if (call.shutWrite && !socket.writeShut) {
        socket.writeShut = true;
        if (socket.stream)
            host_.shutdownConn(context(), socket.conn); // again after shutdown() or the FIN: nothing more to do
    }
    return Answer::of(0);
}

MaybeAnswer SocketHost::close(Call& call, ConnId& lingers)
{
    const auto found = sockets_.find(call.fd);
    if (found == sockets_.end())
        return Answer::failed(Errno::BadF);
    const Socket socket = std::move(found->second);
    sockets_.erase(found);
    releasePort(socket);
    if (socket.listening)
        host_.closeListener(context(), socket.listener);
    if (!socket.conn)
        return Answer::of(0);
    fds_.erase(socket.conn);
    if (socket.linger.on && socket.linger.seconds == 0) {
        host_.abortConn(context(), socket.conn);
        return Answer::of(0);
    }
    host_.closeConn(context(), socket.conn);
    if (!socket.linger.on || newsOf(socket.conn).dead)
        return Answer::of(0);
    lingers = socket.conn;
    return std::nullopt;
}

} // namespace packetarium
