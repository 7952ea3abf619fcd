// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/socket_host.h"

#include <algorithm>
#include <limits>

namespace packetarium {

namespace {

constexpr std::int64_t kMostBuffer = std::int64_t{1} << 30;
constexpr std::int64_t kMostSeconds = 32767; // TCP_KEEPIDLE and TCP_KEEPINTVL on Linux
constexpr std::int64_t kMostMilliseconds = std::numeric_limits<std::int32_t>::max();

bool isTcpOption(SockOpt option)
{
    return option >= SockOpt::TcpNoDelay && option <= SockOpt::TcpInfo;
}

std::int64_t secondsOf(SimDuration duration)
{
    return duration.ns() / 1'000'000'000;
}

std::int64_t millisecondsOf(SimDuration duration)
{
    return duration.ns() / 1'000'000;
}

} // namespace

void SocketHost::applyOptions(Socket& socket)
{
    if (socket.listening)
        host_.configureListener(context(), socket.listener, setupOf(socket));
    else if (socket.conn)
        host_.configure(context(), socket.conn, socket.tcp, socket.ttl);
}

Host::SocketSetup SocketHost::setupOf(const Socket& socket)
{
    Host::SocketSetup how;
    how.tcp = socket.tcp;
    how.ttl = socket.ttl;
    how.local = socket.local.address;
    how.v6Only = socket.v6Only;
    how.backlog = socket.backlog;
    return how;
}

Errno SocketHost::setTcpOption(Socket& socket, SockOpt option, const OptionValue& value)
{
    if (option == SockOpt::TcpCongestion) {
        const auto* name = std::get_if<std::string>(&value);
        const auto algorithm = name ? parseCongestionControl(*name) : std::nullopt;
        if (!algorithm) // as Linux says it; POSIX knows no such option
            return Errno::NoEnt;
        socket.tcp.congestionControl = *algorithm;
        return Errno::None;
    }
    const auto* number = std::get_if<std::int64_t>(&value);
    if (number == nullptr)
        return Errno::Invalid;
    const std::int64_t n = *number;
    const auto within = [&](std::int64_t least, std::int64_t most) { return n >= least && n <= most; };
    TcpConfig& tcp = socket.tcp;
    switch (option) {
    case SockOpt::TcpNoDelay: tcp.nagle = n == 0; return Errno::None;
    case SockOpt::TcpCork: tcp.cork = n != 0; return Errno::None;
    case SockOpt::TcpQuickAck:
        tcp.delayedAck = n == 0;
        if (n == 0) // nor those that a connection begins with
            tcp.quickAcks = 0;
        return Errno::None;
    case SockOpt::TcpMaxSeg:
        if (!within(kLeastMss, kMostMss))
            return Errno::Invalid;
        tcp.mss = static_cast<std::uint16_t>(n);
        tcp.mssBothWays = true;
        socket.maxSegSet = true;
        return Errno::None;
    case SockOpt::TcpKeepIdle:
        if (!within(1, kMostSeconds))
            return Errno::Invalid;
        tcp.keepAliveIdle = SimDuration::seconds(n);
        return Errno::None;
    case SockOpt::TcpKeepIntvl:
        if (!within(1, kMostSeconds))
            return Errno::Invalid;
        tcp.keepAliveInterval = SimDuration::seconds(n);
        return Errno::None;
    case SockOpt::TcpKeepCnt:
        if (!within(1, 127))
            return Errno::Invalid;
        tcp.keepAliveProbes = static_cast<int>(n);
        return Errno::None;
    case SockOpt::TcpUserTimeout:
        if (!within(0, kMostMilliseconds))
            return Errno::Invalid;
        tcp.userTimeout = SimDuration::milliseconds(n);
        return Errno::None;
    case SockOpt::TcpSynCnt:
        if (!within(1, 127))
            return Errno::Invalid;
        tcp.synRetries = static_cast<int>(n);
        return Errno::None;
    default: return Errno::NoProtoOpt;
    }
}

Answer SocketHost::setOption(Socket& socket, const Call& call)
{
    const auto answer = [&](Errno error) {
        if (error != Errno::None)
            return Answer::failed(error);
        applyOptions(socket);
        return Answer::of(0);
    };
    if (isTcpOption(call.option)) {
        if (!socket.stream)
            return Answer::failed(Errno::NoProtoOpt);
        const Errno error = setTcpOption(socket, call.option, call.value);
        if (error == Errno::None && call.option == SockOpt::TcpNoDelay && !socket.tcp.nagle && socket.tcp.cork) {
            // Linux, tcp(7): it pushes what waits, though TCP_CORK goes on holding back what follows.
            socket.tcp.cork = false;
            applyOptions(socket);
            socket.tcp.cork = true;
        }
        return answer(error);
    }
    if (call.option == SockOpt::Linger) {
        const auto* linger = std::get_if<Linger>(&call.value);
        if (linger == nullptr || linger->seconds < 0 || linger->seconds > kMostSeconds)
            return Answer::failed(Errno::Invalid);
        socket.linger = *linger;
        return Answer::of(0);
    }
    const auto* number = std::get_if<std::int64_t>(&call.value);
    if (number == nullptr)
        return Answer::failed(Errno::Invalid);
    const std::int64_t n = *number;
    switch (call.option) {
    case SockOpt::RcvBuf:
        if (n < 0)
            return Answer::failed(Errno::Invalid);
        socket.tcp.receiveBuffer = static_cast<std::uint32_t>(std::clamp<std::int64_t>(n, 1, kMostBuffer));
        break;
    case SockOpt::SndBuf:
        if (n < 0)
            return Answer::failed(Errno::Invalid);
        socket.tcp.sendBuffer = static_cast<std::uint32_t>(std::clamp<std::int64_t>(n, 1, kMostBuffer));
        break;
    case SockOpt::KeepAlive: socket.tcp.keepAlive = n != 0; break;
    case SockOpt::ReuseAddr: socket.reuseAddress = n != 0; break;
    case SockOpt::ReusePort: socket.reusePort = n != 0; break;
    case SockOpt::Broadcast: socket.broadcast = n != 0; break;
    case SockOpt::RcvTimeo:
    case SockOpt::SndTimeo:
        if (n < 0 || n > kMostMilliseconds)
            return Answer::failed(Errno::Domain);
        (call.option == SockOpt::RcvTimeo ? socket.receiveTimeout : socket.sendTimeout) = SimDuration::milliseconds(n);
        break;
    case SockOpt::IpTtl:
        if (n != -1 && (n < 1 || n > 255))
            return Answer::failed(Errno::Invalid);
        socket.ttl = n == -1 ? kDefaultTtl : static_cast<std::uint8_t>(n);
        socket.ttlSet = n != -1;
        break;
    case SockOpt::IpMulticastTtl:
        if (socket.stream || n < -1 || n > 255)
            return Answer::failed(Errno::Invalid);
        socket.groupTtl = n == -1 ? std::nullopt : std::optional(static_cast<std::uint8_t>(n));
        break;
    case SockOpt::Ipv6Only:
        if (!socket.v6 || socket.bound)
            return Answer::failed(socket.v6 ? Errno::Invalid : Errno::NoProtoOpt);
        socket.v6Only = n != 0;
        break;
    case SockOpt::NonBlock: socket.nonblock = n != 0; break;
    default: return Answer::failed(Errno::NoProtoOpt); // SO_ERROR, SO_TYPE ... can only be read
    }
    return answer(Errno::None);
}

Answer SocketHost::getOption(Socket& socket, const Call& call)
{
    if (isTcpOption(call.option) && !socket.stream)
        return Answer::failed(Errno::NoProtoOpt);
    const TcpConfig& tcp = socket.tcp;
    Answer answer = Answer::of(0);
    const auto number = [&](std::int64_t n) { answer.value = n; };
    const auto text = [&](std::string_view name) { answer.value = std::string(name); };
    switch (call.option) {
    case SockOpt::RcvBuf: number(tcp.receiveBuffer); break;
    case SockOpt::SndBuf: number(tcp.sendBuffer); break;
    case SockOpt::KeepAlive: number(tcp.keepAlive); break;
    case SockOpt::ReuseAddr: number(socket.reuseAddress); break;
    case SockOpt::ReusePort: number(socket.reusePort); break;
    case SockOpt::Broadcast: number(socket.broadcast); break;
    case SockOpt::Linger: answer.value = socket.linger; break;
    case SockOpt::Error: text(toString(takeError(socket))); break;
    case SockOpt::Type: text(socket.stream ? "SOCK_STREAM" : "SOCK_DGRAM"); break;
    case SockOpt::Domain: text(socket.v6 ? "AF_INET6" : "AF_INET"); break;
    case SockOpt::Protocol: text(socket.stream ? "IPPROTO_TCP" : "IPPROTO_UDP"); break;
    case SockOpt::AcceptConn: number(socket.listening); break;
    case SockOpt::RcvTimeo: number(millisecondsOf(socket.receiveTimeout)); break;
    case SockOpt::SndTimeo: number(millisecondsOf(socket.sendTimeout)); break;
    case SockOpt::TcpNoDelay: number(!tcp.nagle); break;
    case SockOpt::TcpMaxSeg: {
        // What a connection may send; before there is one, what was asked for, or the default of RFC 9293 §3.7.1.
        const ConnNews* told = socket.conn ? news(socket.conn) : nullptr;
        const auto& known = told ? told->variables[static_cast<std::size_t>(Variable::SndMss)] : std::nullopt;
        number(told && known      ? static_cast<std::int64_t>(*known)
               : socket.maxSegSet ? tcp.mss
                                  : (socket.v6 ? 1220 : 536));
        break;
    }
    case SockOpt::TcpKeepIdle: number(secondsOf(tcp.keepAliveIdle)); break;
    case SockOpt::TcpKeepIntvl: number(secondsOf(tcp.keepAliveInterval)); break;
    case SockOpt::TcpKeepCnt: number(tcp.keepAliveProbes); break;
    case SockOpt::TcpUserTimeout: number(millisecondsOf(tcp.userTimeout)); break;
    case SockOpt::TcpCongestion: text(toString(tcp.congestionControl)); break;
    case SockOpt::TcpQuickAck: number(!tcp.delayedAck); break;
    case SockOpt::TcpSynCnt: number(tcp.synRetries); break;
    case SockOpt::TcpCork: number(tcp.cork); break;
    case SockOpt::TcpInfo: break; // the session adds what `info` says
    case SockOpt::IpTtl: number(socket.ttl); break;
    case SockOpt::IpMulticastTtl: number(socket.groupTtl.value_or(socket.ttlSet ? socket.ttl : 1)); break;
    case SockOpt::Ipv6Only: number(socket.v6Only); break;
    case SockOpt::NonBlock: number(socket.nonblock); break;
    }
    return answer;
}

} // namespace packetarium
