// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/world.h"

namespace packetarium {

namespace {

bool isProgramCall(const Action& action)
{
    return action.index() <= Action(DoCrash{}).index();
}

} // namespace

World::World(const Scenario& scenario, Trace& trace)
    : rng_(scenario.seed)
    , script_(scenario)
{
    std::vector<TraceNode> traceHosts;
    for (std::size_t i = 0; i < scenario.hosts.size(); ++i) {
        const HostSpec& spec = scenario.hosts[i];
        HostSetup setup;
        setup.id = NodeId(static_cast<std::uint8_t>(i));
        setup.address = spec.address;
        setup.mac = spec.mac;
        setup.filtered = spec.filtered;
        setup.tcp = spec.tcp;
        setup.secret = IsnSecret{rng_.next(), rng_.next()};
        for (const HostSpec& other : scenario.hosts)
            setup.neighbours[other.address] = other.mac;
        hosts_.emplace_back(std::move(setup));
        names_.push_back(spec.name);
        directions_.emplace_back(scenario.link);
        traceHosts.push_back(TraceNode{spec.name, spec.address, spec.activeSide});
    }
    timerPlanned_.assign(hosts_.size(), SimTime::never());
    sentCount_.assign(hosts_.size(), 0);
    trace.setNodes(std::move(traceHosts));
    for (std::size_t i = 0; i < scenario.script.size(); ++i) {
        if (const auto* at = std::get_if<AtTime>(&scenario.script[i].when))
            events_.push(at->at, EventKind::Script, static_cast<std::uint32_t>(i));
    }
}

void World::step(const Scenario& scenario, Trace& trace)
{
    trace_ = &trace;
    const Event event = events_.pop();
    now_ = event.at;
    switch (event.kind) {
    case EventKind::Script: run(scenario.script[event.index], event.index, false); break;
    case EventKind::PacketEnds: endPacket(*flying(PacketId(event.index))); break;
    case EventKind::PacketReleased: release(*flying(PacketId(event.index))); break;
    case EventKind::HostTimer: {
        timerPlanned_[event.index] = SimTime::never();
        hosts_[event.index].onTimer(now_, trace, *this);
        planHostTimer(NodeId(static_cast<std::uint8_t>(event.index)));
        break;
    }
    }
    dropStaleEvents();
    trace_ = nullptr;
}

void World::execute(const Command& command, std::uint32_t index, Trace& trace)
{
    trace_ = &trace;
    run(command, index, true);
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
    if (isProgramCall(command.action)) {
        const NodeId host = hostNamed(command.host);
        record.host = host;
        if (fromUser)
            note(record); // before what it brings about
        callProgram(host, command.action);
        planHostTimer(host);
        return;
    }
    if (const auto* forged = std::get_if<DoInject>(&command.action)) {
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

AppResult World::callProgram(NodeId host, const Action& action)
{
    Host& h = hosts_[host.value()];
    Trace& trace = *trace_;
    if (const auto* a = std::get_if<DoListen>(&action))
        return h.listen(now_, a->port, trace, *this);
    if (const auto* a = std::get_if<DoConnect>(&action))
        return h.connect(now_, a->localPort, Endpoint{hosts_[hostNamed(a->to).value()].address(), a->port}, trace,
                         *this);
    if (const auto* a = std::get_if<DoSend>(&action))
        return h.send(now_, a->data, trace, *this);
    if (const auto* a = std::get_if<DoReceive>(&action))
        return h.receive(now_, a->octets, trace, *this);
    if (const auto* a = std::get_if<DoAutoRead>(&action))
        return h.setAutoRead(now_, a->on, trace, *this);
    if (std::holds_alternative<DoClose>(action))
        return h.close(now_, trace, *this);
    if (std::holds_alternative<DoShutdown>(action))
        return h.shutdown(now_, trace, *this);
    if (std::holds_alternative<DoAbort>(action))
        return h.abort(now_, trace, *this);
    h.crash(now_, trace);
    return AppResult::Ok;
}

void World::planHostTimer(NodeId host)
{
    const std::size_t i = host.value();
    const SimTime next = hosts_[i].nextDeadline();
    if (next < timerPlanned_[i]) {
        timerPlanned_[i] = next;
        events_.push(next, EventKind::HostTimer, host.value());
    }
}

void World::dropStaleEvents()
{
    while (!events_.empty()) {
        const Event& next = events_.top();
        if (next.kind == EventKind::HostTimer) {
            if (hosts_[next.index].nextDeadline() == next.at && timerPlanned_[next.index] == next.at)
                return;
            const NodeId host(static_cast<std::uint8_t>(next.index));
            if (timerPlanned_[next.index] == next.at)
                timerPlanned_[next.index] = SimTime::never();
            events_.pop();
            planHostTimer(host);
        } else if (next.kind == EventKind::PacketEnds || next.kind == EventKind::PacketReleased) {
            const Flying* packet = flying(PacketId(next.index));
            if (packet != nullptr && packet->version == next.version)
                return;
            events_.pop();
        } else {
            return;
        }
    }
}

void World::endPacket(Flying& packet)
{
    if (packet.willBeLost) {
        loseNow(packet, packet.lossReason);
        return;
    }
    const Flying arrived = packet;
    std::erase_if(flying_, [&](const Flying& f) { return f.id == arrived.id; });
    PacketInfo& info = trace_->packetForUpdate(arrived.id);
    info.fate = Fate::Arrived;
    info.endAt = now_;
    const NodeId to = info.to;
    const ByteView frame = trace_->bytes(arrived.id);
    Bytes bytes(frame.begin(), frame.end());
    if (arrived.corruptBit)
        bytes[*arrived.corruptBit / 8] ^= static_cast<std::uint8_t>(0x80u >> (*arrived.corruptBit % 8));
    Record record;
    record.at = now_;
    record.kind = RecordKind::PacketArrived;
    record.packet = arrived.id;
    record.host = to;
    note(record);
    hosts_[to.value()].receiveFrame(now_, arrived.id, bytes, *trace_, *this);
    planHostTimer(to);
}

void World::programNews(NodeId host, ConnId, AppCall what, AppResult, std::uint64_t octets)
{
    std::vector<DueEntry> due;
    if (what == AppCall::Delivered)
        due = script_.onReceived(host, octets);
    else if (what == AppCall::PeerClosed)
        due = script_.onPeerClosed(host);
    for (const DueEntry& entry : due)
        events_.push(now_ + entry.after, EventKind::Script, entry.index);
}

void World::stateEntered(NodeId host, ConnId, TcpState state)
{
    for (const DueEntry& entry : script_.onState(host, state))
        events_.push(now_ + entry.after, EventKind::Script, entry.index);
}

NodeId World::hostNamed(const std::string& name) const
{
    const auto found = std::find(names_.begin(), names_.end(), name);
    return found == names_.end() ? NodeId(0) : NodeId(static_cast<std::uint8_t>(found - names_.begin()));
}

NodeId World::otherThan(NodeId host) const
{
    return NodeId(static_cast<std::uint8_t>(host.value() == 0 ? 1 : 0));
}

void World::note(Record record)
{
    trace_->append(record);
}

std::vector<PacketInfo> World::underWay(const Trace& trace) const
{
    std::vector<PacketInfo> infos;
    for (const Flying& packet : flying_)
        infos.push_back(trace.packet(packet.id));
    return infos;
}

void World::restoreConns(Trace& trace) const
{
    for (const Host& host : hosts_) {
        for (const Host::Slot& slot : host.connections())
            trace.connForUpdate(slot.id).remotePort =
                slot.tcp.state() == TcpState::Listen ? std::uint16_t{0} : slot.tcp.remote().port;
    }
}

} // namespace packetarium
