// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/world.h"

#include <algorithm>

namespace packetarium {

namespace {

template <class... Kinds>
bool isOneOf(const Action& action)
{
    return (std::holds_alternative<Kinds>(action) || ...);
}

/// What the socket calls of a script do; the rest of what a program does is core/apps' business.
bool isSocketCall(const Action& action)
{
    return isOneOf<DoListen, DoAccept, DoConnect, DoSend, DoReceive, DoAutoRead, DoClose, DoShutdown, DoAbort, DoCrash>(
        action);
}

bool isProgramCall(const Action& action)
{
    return isOneOf<DoPing, DoTraceroute, DoResolve, DoOpen, DoSendDatagram, DoSendText, DoReadText, DoTransfer>(action);
}

bool isNetworkChange(const Action& action)
{
    return isOneOf<DoUnplug, DoPlug, DoPowerOff, DoPowerOn>(action);
}

} // namespace

void World::step(const Scenario& scenario, Trace& trace)
{
    trace_ = &trace;
    const Event event = events_.pop();
    now_ = event.at;
    switch (event.kind) {
    case EventKind::Script:
        --scriptsPlanned_;
        run(scenario.script[event.index], event.index, false);
        break;
    case EventKind::PacketEnds: endPacket(flying_[event.index]); break;
    case EventKind::PacketReleased: release(flying_[event.index]); break;
    case EventKind::NodeTimer: nodeTimer(NodeId(static_cast<std::uint8_t>(event.index))); break;
    }
    tellPrograms();
    dropStaleEvents();
    trace_ = nullptr;
}

void World::execute(const Command& command, std::uint32_t index, Trace& trace)
{
    trace_ = &trace;
    run(command, index, true);
    tellPrograms();
    dropStaleEvents();
    trace_ = nullptr;
}

void World::run(const Command& command, std::uint32_t index, bool fromUser)
{
    Reason outcome = Reason::None;
    Record record;
    record.at = now_;
    record.kind = RecordKind::Command;
    record.value = index;
    record.a = fromUser ? 1 : 0;
    if (isSocketCall(command.action) || isProgramCall(command.action)) {
        const NodeId node = nodeNamed(command.host);
        if (!isHost(node))
            return;
        record.host = node;
        if (!on_[node.value()])
            record.reason = Reason::CommandNothingToDo;
        if (fromUser || record.reason != Reason::None)
            note(record); // before what it brings about
        if (!on_[node.value()])
            return;
        Host& host = hosts_[node.value()];
        if (isSocketCall(command.action)) {
            callHost(host, command.action);
            if (std::holds_alternative<DoCrash>(command.action)) {
                // Its programs went down with it, and what waits on a port is started again.
                programs_[node.value()].forget();
                programs_[node.value()].start(context(), host);
            }
        } else {
            programsUsed_ = true;
            programs_[node.value()].call(context(), host, command.action, *this);
        }
        planTimer(node);
        return;
    }
    if (isNetworkChange(command.action)) {
        outcome = runOnNetwork(command);
        record.host = nodeNamed(command.host);
    } else if (const auto* forged = std::get_if<DoInject>(&command.action)) {
        inject(*forged);
    } else {
        const auto selector = std::visit(
            [](const auto& action) -> PacketSelector {
                if constexpr (requires { action.packet; })
                    return action.packet;
                else
                    return {};
            },
            command.action);
        outcome = actOnPacket(command.action, selector);
    }
    record.reason = outcome;
    if (fromUser || outcome != Reason::None)
        note(record);
}

Reason World::runOnNetwork(const Command& command)
{
    if (const auto* cable = std::get_if<DoUnplug>(&command.action))
        return plug(cable->a, cable->b, false);
    if (const auto* cable = std::get_if<DoPlug>(&command.action))
        return plug(cable->a, cable->b, true);
    return power(nodeNamed(command.host), std::holds_alternative<DoPowerOn>(command.action));
}

AppResult World::callHost(Host& host, const Action& action)
{
    const NodeContext cx = context();
    if (const auto* a = std::get_if<DoListen>(&action))
        return a->backlog ? host.listen(cx, a->port, *a->backlog) : host.listen(cx, a->port);
    if (const auto* a = std::get_if<DoAccept>(&action))
        return host.accept(cx, a->port);
    if (const auto* a = std::get_if<DoConnect>(&action)) {
        const bool v6 = host.address().isV6();
        const std::optional<IpAddress> to = addressOf(a->to, v6);
        return host.connect(cx, a->localPort, Endpoint{to.value_or(IpAddress()), a->port});
    }
    if (const auto* a = std::get_if<DoSend>(&action))
        return host.send(cx, a->data);
    if (const auto* a = std::get_if<DoReceive>(&action))
        return host.receive(cx, a->octets);
    if (const auto* a = std::get_if<DoAutoRead>(&action))
        return host.setAutoRead(cx, a->on);
    if (std::holds_alternative<DoClose>(action))
        return host.close(cx);
    if (std::holds_alternative<DoShutdown>(action))
        return host.shutdown(cx);
    if (std::holds_alternative<DoAbort>(action))
        return host.abort(cx);
    host.crash(cx);
    return AppResult::Ok;
}

SimTime World::deadlineOf(NodeId node) const
{
    std::size_t i = node.value();
    if (!on_[i])
        return SimTime::never();
    if (i < hosts_.size())
        return programsUsed_ ? std::min(hosts_[i].nextDeadline(), programs_[i].nextDeadline())
                             : hosts_[i].nextDeadline();
    i -= hosts_.size();
    if (i < routers_.size())
        return routers_[i].nextDeadline();
    i -= routers_.size();
    return i < switches_.size() ? switches_[i].nextDeadline() : SimTime::never();
}

void World::nodeTimer(NodeId node)
{
    timerPlanned_[node.value()] = SimTime::never();
    const NodeContext cx = context();
    if (isHost(node)) {
        Host& host = hosts_[node.value()];
        if (host.nextDeadline() <= now_)
            host.onTimer(cx);
        if (programs_[node.value()].nextDeadline() <= now_)
            programs_[node.value()].onTimer(cx, host, *this);
    } else if (Router* router = routerOf(node)) {
        router->onTimer(cx);
    } else if (Switch* bridge = switchOf(node)) {
        bridge->onTimer(cx);
    }
    planTimer(node);
}

bool World::isIdle() const
{
    if (scriptsPlanned_ > 0 || flying_.size() > freePlaces_.size())
        return false;
    for (std::size_t i = 0; i < hosts_.size(); ++i) {
        if (on_[i] && !std::min(hosts_[i].nextWork(), programs_[i].nextDeadline()).isNever())
            return false;
    }
    for (const Router& router : routers_) {
        if (on_[router.id().value()] && !router.nextWork().isNever())
            return false;
    }
    return true;
}

void World::planScript(SimTime at, std::uint32_t index)
{
    events_.push(at, EventKind::Script, index);
    ++scriptsPlanned_;
}

void World::planTimer(NodeId node)
{
    const std::size_t i = node.value();
    const SimTime next = deadlineOf(node);
    if (next < timerPlanned_[i]) {
        timerPlanned_[i] = next;
        events_.push(next, EventKind::NodeTimer, node.value());
    }
}

void World::dropStaleEvents()
{
    while (!events_.empty()) {
        const Event& next = events_.top();
        if (next.kind == EventKind::NodeTimer) {
            const NodeId node(static_cast<std::uint8_t>(next.index));
            if (deadlineOf(node) == next.at && timerPlanned_[next.index] == next.at)
                return;
            if (timerPlanned_[next.index] == next.at)
                timerPlanned_[next.index] = SimTime::never();
            events_.pop();
            planTimer(node);
        } else if (next.kind == EventKind::PacketEnds || next.kind == EventKind::PacketReleased) {
            if (flying_[next.index].version == next.version)
                return;
            events_.pop();
        } else {
            return;
        }
    }
}

// --- what hosts tell ----------------------------------------------------------------------------------------------

void World::programNews(NodeId host, ConnId conn, AppCall what, AppResult result, std::uint64_t octets)
{
    std::vector<DueEntry> due;
    if (what == AppCall::Delivered)
        due = script_.onReceived(host, octets);
    else if (what == AppCall::PeerClosed)
        due = script_.onPeerClosed(host);
    for (const DueEntry& entry : due)
        planScript(now_ + entry.after, entry.index);
    if (programsUsed_ && (what != AppCall::Delivered || programs_[host.value()].hearsData()))
        news_.push_back({News::Kind::Call, host, conn, what, result, {}, {}, {}});
}

void World::dataArrived(NodeId host, ConnId conn, ByteView data)
{
    if (programsUsed_ && programs_[host.value()].hearsData())
        news_.push_back({News::Kind::Data, host, conn, {}, {}, Bytes(data.begin(), data.end()), {}, {}});
}

void World::stateEntered(NodeId host, ConnId, TcpState state)
{
    for (const DueEntry& entry : script_.onState(host, state))
        planScript(now_ + entry.after, entry.index);
}

void World::datagramArrived(NodeId host, const UdpDelivery& delivery)
{
    news_.push_back(
        {News::Kind::Datagram, host, {}, {}, {}, Bytes(delivery.data.begin(), delivery.data.end()), delivery, {}});
    news_.back().datagram.data = {};
}

void World::icmpArrived(NodeId host, const IcmpDelivery& delivery)
{
    news_.push_back({News::Kind::Icmp, host, {}, {}, {}, {}, {}, delivery});
}

void World::tellPrograms()
{
    // Acting on one piece of news may bring the next.
    for (std::size_t i = 0; i < news_.size(); ++i) {
        News news = std::move(news_[i]);
        const std::size_t place = news.host.value();
        if (!on_[place])
            continue;
        const NodeContext cx = context();
        Host& host = hosts_[place];
        Programs& programs = programs_[place];
        switch (news.kind) {
        case News::Kind::Call: programs.onNews(cx, host, news.conn, news.call, news.result); break;
        case News::Kind::Data: programs.onData(cx, host, news.conn, news.data); break;
        case News::Kind::Datagram:
            news.datagram.data = news.data;
            programs.onDatagram(cx, host, news.datagram);
            break;
        case News::Kind::Icmp: programs.onIcmp(cx, host, news.icmp); break;
        }
        planTimer(news.host);
    }
    news_.clear();
}

void World::note(const Record& record)
{
    trace_->append(record);
}

std::vector<PacketInfo> World::underWay() const
{
    std::vector<PacketInfo> infos;
    for (const Flying& packet : flying_) {
        if (packet.info.id)
            infos.push_back(packet.info);
    }
    return infos;
}

void World::restoreConns(Trace& trace) const
{
    for (const Host& host : hosts_) {
        for (const Host::Slot& slot : host.connections())
            trace.setRemotePort(slot.id,
                                slot.tcp.state() == TcpState::Listen ? std::uint16_t{0} : slot.tcp.remote().port);
    }
}

} // namespace packetarium
