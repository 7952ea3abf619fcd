// SPDX-License-Identifier: GPL-3.0-or-later
// What calls can be made, and making them. The bar itself: application_bar_view.cpp.
#include "ui/widgets/application_bar.h"

#include "ui/i18n/catalogue_typed.h"

#include <algorithm>

namespace packetarium {
namespace {

constexpr std::uint16_t kFirstDynamicPort = 49152; // RFC 6335 §6
constexpr std::uint16_t kUsualPort = 80;

bool isUp(const Session& session, NodeId host)
{
    return session.hasRun() && host && host.value() < session.moment().hosts.size();
}

/// Another host: one that listens now, else the first.
NodeId peerOf(const Session& session, NodeId host)
{
    NodeId first;
    for (const HostMoment& each : session.moment().hosts) {
        const bool isHost = session.trace().nodes()[each.id.value()].kind == NodeKind::Host;
        if (each.id == host || !isHost)
            continue;
        const bool listening = std::ranges::any_of(session.moment().conns, [&each](const ConnMoment& conn) {
            return conn.host == each.id && conn.state == TcpState::Listen;
        });
        if (listening)
            return each.id;
        first = first ? first : each.id;
    }
    return first;
}

/// Where the peer listens now, or the port that the scenario's programs use, or the usual one.
std::uint16_t portToReach(const Session& session, NodeId peer)
{
    for (const ConnMoment& conn : session.moment().conns)
        if (conn.host == peer && conn.state == TcpState::Listen)
            return conn.localPort;
    for (const Command& command : session.scenario().script) {
        if (const auto* connect = std::get_if<DoConnect>(&command.action))
            return connect->port;
        if (const auto* listen = std::get_if<DoListen>(&command.action))
            return listen->port;
    }
    return kUsualPort;
}

/// The first dynamic port that no connection of this host has had yet.
std::uint16_t freshPort(const Session& session, NodeId host)
{
    std::uint16_t port = kFirstDynamicPort;
    for (const ConnMoment& conn : session.moment().conns)
        if (conn.host == host && conn.localPort >= port && conn.localPort < 65535)
            port = static_cast<std::uint16_t>(conn.localPort + 1);
    return port;
}

bool listens(const Session& session, NodeId host, std::uint16_t port)
{
    return std::ranges::any_of(session.moment().conns, [&](const ConnMoment& conn) {
        return conn.host == host && conn.state == TcpState::Listen && conn.localPort == port;
    });
}

bool hasConnection(const Session& session, NodeId host)
{
    return std::ranges::any_of(session.moment().conns, [&](const ConnMoment& conn) {
        return conn.host == host && conn.state != TcpState::Closed;
    });
}

} // namespace

QString whyNotCall(const Session& session, NodeId host, AppCall call)
{
    if (!isUp(session, host))
        return ApplicationBar::tr("Nothing is open.");
    if (session.isCaptured())
        return session.whyReadOnly();
    const TcpState state = session.moment().hosts[host.value()].state;
    const QString stateName = fromUtf8(toString(state));
    const bool closing =
        state != TcpState::Closed && !findTransition(state, TcpEvent::Close) && state != TcpState::Listen;
    switch (call) {
    case AppCall::Listen:
        return listens(session, host, portToReach(session, host)) ? ApplicationBar::tr("It is listening already.")
               : findTransition(state, TcpEvent::PassiveOpen) || state == TcpState::TimeWait
                   ? QString()
                   : ApplicationBar::tr("In %1 there is a connection already.").arg(stateName);
    case AppCall::Connect:
        return findTransition(state, TcpEvent::ActiveOpen) || state == TcpState::TimeWait
                   ? QString()
                   : ApplicationBar::tr("In %1 there is a connection already.").arg(stateName);
    case AppCall::Send:
        if (state == TcpState::Closed || state == TcpState::Listen)
            return ApplicationBar::tr("In %1 there is no one to send to yet.").arg(stateName);
        return closing ? ApplicationBar::tr("In %1 this end has closed: it may not send any more.").arg(stateName)
                       : QString();
    case AppCall::Close:
    case AppCall::Shutdown:
        if (state == TcpState::Closed)
            return ApplicationBar::tr("In CLOSED there is nothing to close.");
        if (call == AppCall::Shutdown && state == TcpState::Listen)
            return ApplicationBar::tr("In LISTEN there is no direction to shut down.");
        return closing ? ApplicationBar::tr("In %1 this end has closed already.").arg(stateName) : QString();
    case AppCall::Abort:
        return findTransition(state, TcpEvent::Abort)
                   ? QString()
                   : ApplicationBar::tr("In %1 there is nothing to abort.").arg(stateName);
    case AppCall::Crash:
        return hasConnection(session, host) ? QString() : ApplicationBar::tr("There is no connection to forget.");
    case AppCall::Receive:
    case AppCall::Accept:
    case AppCall::Opened:
    case AppCall::Delivered:
    case AppCall::PeerClosed:
    case AppCall::Failed:
    case AppCall::Closed: return ApplicationBar::tr("This is not a call of the program.");
    }
    return {};
}

void makeCall(Session& session, NodeId host, AppCall call, const QString& text)
{
    if (!whyNotCall(session, host, call).isEmpty())
        return;
    const QString name = QString::fromStdString(session.trace().nodes()[host.value()].name);
    switch (call) {
    case AppCall::Listen: session.apply(DoListen{portToReach(session, host)}, name); break;
    case AppCall::Connect: {
        const NodeId peer = peerOf(session, host);
        if (peer)
            session.apply(DoConnect{session.trace().nodes()[peer.value()].name, portToReach(session, peer),
                                    freshPort(session, host)},
                          name);
        break;
    }
    case AppCall::Send: {
        const QByteArray octets = text.toUtf8();
        if (!octets.isEmpty())
            session.apply(DoSend{Bytes(octets.begin(), octets.end())}, name);
        break;
    }
    case AppCall::Close: session.apply(DoClose{}, name); break;
    case AppCall::Shutdown: session.apply(DoShutdown{}, name); break;
    case AppCall::Abort: session.apply(DoAbort{}, name); break;
    case AppCall::Crash: session.apply(DoCrash{}, name); break;
    case AppCall::Receive:
    case AppCall::Accept:
    case AppCall::Opened:
    case AppCall::Delivered:
    case AppCall::PeerClosed:
    case AppCall::Failed:
    case AppCall::Closed: break;
    }
}

QString doTyped(Session& session, NodeId host, const QString& line)
{
    if (!isUp(session, host) || !session.scenario().isNetwork())
        return ApplicationBar::tr("Nothing is open.");
    if (session.isCaptured())
        return session.whyReadOnly();
    auto parsed = parseTyped(line.toStdString(), session.scenario());
    if (!parsed)
        return QString::fromStdString(sentenceFor(parsed.error(), session.language()));
    Action action = std::move(parsed).value();
    // The state decides whether TCP can do it, as with the buttons.
    const std::pair<bool, AppCall> calls[] = {{std::holds_alternative<DoListen>(action), AppCall::Listen},
                                              {std::holds_alternative<DoConnect>(action), AppCall::Connect},
                                              {std::holds_alternative<DoSend>(action), AppCall::Send},
                                              {std::holds_alternative<DoClose>(action), AppCall::Close},
                                              {std::holds_alternative<DoShutdown>(action), AppCall::Shutdown},
                                              {std::holds_alternative<DoAbort>(action), AppCall::Abort},
                                              {std::holds_alternative<DoCrash>(action), AppCall::Crash}};
    for (const auto& [is, call] : calls)
        if (is && call != AppCall::Listen)
            if (const QString reason = whyNotCall(session, host, call); !reason.isEmpty())
                return reason;
    if (auto* connect = std::get_if<DoConnect>(&action); connect && connect->localPort == 0)
        connect->localPort = freshPort(session, host);
    session.apply(std::move(action), QString::fromStdString(session.trace().nodes()[host.value()].name));
    return {};
}

} // namespace packetarium
