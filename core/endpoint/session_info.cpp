// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/endpoint/session_parts.h"
#include "core/endpoint/socket_names.h"

namespace packetarium::endpoint {

namespace {

/// "SND.UNA" as "snd_una".
std::string snakeCase(std::string_view name)
{
    std::string snake = lowerCase(name);
    for (char& c : snake) {
        if (c == '.' || c == '-' || c == ' ')
            c = '_';
    }
    return snake;
}

Json valueOf(Variable variable, std::uint64_t value)
{
    switch (kindOf(variable)) {
    case VariableKind::Duration: return value / 1000;
    case VariableKind::Range:
        if (value == 0)
            return nullptr;
        return Json::array({value >> 32, value & 0xffffffff});
    case VariableKind::Choice:
        if (variable == Variable::Phase && value < kCongestionPhaseCount)
            return toString(static_cast<CongestionPhase>(value));
        if (variable == Variable::LimitedBy && value < kSendLimitCount)
            return toString(static_cast<SendLimit>(value));
        return value;
    default: return value;
    }
}

Json endOf(const Endpoint& end)
{
    return Json{{"addr", end.address.toString()}, {"port", end.port}};
}

} // namespace

Json connectionInfo(const SocketHost& host, ConnId conn)
{
    Json info{{"conn", conn.value()}};
    const Connection* tcp = host.host().connection(conn);
    if (tcp == nullptr) {
        info["state"] = toString(TcpState::Closed);
        return info;
    }
    info["state"] = toString(tcp->state());
    info["local"] = endOf(tcp->local());
    info["remote"] = endOf(tcp->remote());
    info["unread"] = tcp->octetsUnread();
    info["unsent"] = tcp->octetsUnsent();
    Json variables = Json::object();
    Json timers = Json::object();
    if (const ConnNews* told = host.news(conn)) {
        for (int i = 0; i < kVariableCount; ++i) {
            const auto variable = static_cast<Variable>(i);
            if (const auto& value = told->variables[static_cast<std::size_t>(i)])
                variables[snakeCase(toString(variable))] = valueOf(variable, *value);
        }
        for (int i = 0; i < kTimerCount; ++i) {
            const SimTime due = told->timers[static_cast<std::size_t>(i)];
            if (!due.isNever())
                timers[std::string(toString(static_cast<Timer>(i)))] = microseconds(due);
        }
    }
    info["variables"] = std::move(variables);
    info["timers_us"] = std::move(timers);
    return info;
}

Json socketInfo(const SocketHost& host, int fd, const Socket& socket)
{
    Json info{{"fd", fd}, {"type", socket.stream ? "stream" : "dgram"}, {"domain", socket.v6 ? "inet6" : "inet"}};
    if (socket.listening) {
        info["state"] = toString(TcpState::Listen);
        info["local"] = endOf(host.localNameOf(socket));
    } else if (socket.conn) {
        info.update(connectionInfo(host, socket.conn));
        info["unread"] = host.unread(socket);
    } else {
        if (socket.stream)
            info["state"] = toString(TcpState::Closed);
        info["local"] = endOf(host.localNameOf(socket));
        if (socket.peer)
            info["remote"] = endOf(shownBy(socket, *socket.peer));
        if (!socket.stream)
            info["messages"] = socket.messages.size();
    }
    return info;
}

Json hostInfo(const SocketHost& host)
{
    Json info{{"now_us", microseconds(host.now())}};
    Json fds = Json::array();
    for (const auto& [fd, socket] : host.sockets())
        fds.push_back(fd);
    info["fds"] = std::move(fds);
    info["pending"] = host.blocked();
    Json ignored = Json::object();
    for (const auto& [reason, count] : host.ignored())
        ignored[std::string(toString(reason))] = count;
    info["dropped"] = std::move(ignored);
    Json conns = Json::array();
    for (const Host::Slot& slot : host.host().connections()) {
        if (!slot.gone && slot.tcp.state() != TcpState::Closed && slot.tcp.state() != TcpState::Listen)
            conns.push_back(Json{{"conn", slot.id.value()}, {"state", toString(slot.tcp.state())}});
    }
    info["connections"] = std::move(conns);
    return info;
}

} // namespace packetarium::endpoint
