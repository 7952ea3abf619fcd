// SPDX-License-Identifier: GPL-3.0-or-later
//
// Packets on their way, and what is done to them on purpose.
#include "core/engine/frame_units.h"
#include "core/engine/world.h"

#include "core/wire/frame.h"

#include <algorithm>

namespace packetarium {

namespace {

/// Where on its way a packet meets a fate that was ordered before it was sent, so that one can see it go.
SimTime midway(const PacketInfo& info)
{
    return info.txStart + (info.naturalArrival - info.txStart) / 2;
}

/// The bit to flip for DoCorrupt: counted from the payload if there is one, else from the innermost header's start.
std::uint32_t frameBit(ByteView frame, std::uint32_t bit)
{
    const FrameUnits units = unitsOf(frame);
    const std::size_t start = units.payload != 0     ? units.payload
                              : units.transport != 0 ? units.transport
                              : units.internet != 0  ? units.internet
                                                     : kEthernetHeaderSize;
    return static_cast<std::uint32_t>(start * 8 + bit % ((frame.size() - start) * 8));
}

} // namespace

void World::transmit(NodeId from, std::uint8_t port, Outgoing out)
{
    const std::vector<LinkId>& ports = cablesOf_[from.value()];
    if (port >= ports.size() || !ports[port])
        return; // no cable was ever here
    PacketInfo info;
    info.from = from;
    info.link = ports[port];
    Cable& cable = cables_[info.link.value()];
    const bool toB = cable.a == from && cable.aPort == port;
    info.to = toB ? cable.b : cable.a;
    info.conn = out.conn;
    info.parent = out.parent;
    info.sentAt = now_;
    info.cause = out.cause;
    info.retransmission = out.retransmission;
    describeFrame(info, out.frame);
    info.nth = ++sentCount_[from.value()];
    ++sentByAll_;

    const auto datagram = static_cast<std::uint32_t>(out.frame.size() - kEthernetHeaderSize - kFcsSize);
    LinkDirection& direction = toB ? cable.toB : cable.toA;
    const LinkPlan plan = direction.accept(now_, datagram, static_cast<std::uint32_t>(out.frame.size() * 8), rng_);
    launch(info, out, plan);
}

void World::noteLayersOfSender(const PacketInfo& info, const Outgoing& out)
{
    if (!layers_ || info.injected)
        return;
    const NodeContext cx = context();
    const auto act = [&](LayerAct what, Layer layer, std::size_t from, std::size_t end) {
        noteLayer(cx, info.from, info.id, what, layer, from, end - from);
    };
    const FrameUnits units = unitsOf(out.frame);
    const std::size_t whole = out.frame.size();
    const bool passedOn = static_cast<bool>(out.parent);
    if (!passedOn) {
        if (units.payload != 0)
            act(LayerAct::Made, Layer::Application, units.payload, units.end);
        if (units.transport != 0)
            act(LayerAct::Added, Layer::Transport, units.transport, units.end);
        if (units.internet != 0)
            act(LayerAct::Added, Layer::Internet, units.internet, units.end);
    } else if (out.rewritten) {
        act(LayerAct::Rewritten, Layer::Internet, units.internet, units.end);
    }
    if (!passedOn || out.rewritten)
        act(LayerAct::Added, Layer::Link, 0, whole);
    act(LayerAct::Signalled, Layer::Physical, 0, whole);
}

void World::launch(PacketInfo info, const Outgoing& out, const LinkPlan& plan)
{
    info.txStart = plan.txStart;
    info.txEnd = plan.txEnd;
    info.naturalArrival = plan.arrival;
    const PacketId id = trace_->addPacket(info, out.frame);
    info = trace_->packet(id);
    noteLayersOfSender(info, out);
    Record sent;
    sent.at = now_;
    sent.kind = RecordKind::PacketSent;
    sent.packet = id;
    sent.host = info.from;
    sent.conn = info.conn;
    sent.reason = info.cause;
    note(sent);

    flying_.push_back(
        Flying{id, 0, plan.arrival, false, Reason::None, false, std::nullopt, info.nth == 0 ? 0 : sentByAll_});
    if (plan.queueFull) {
        loseNow(flying_.back(), Reason::LostQueueFull);
        return;
    }
    if (!cables_[info.link.value()].plugged) {
        loseNow(flying_.back(), Reason::LostUnplugged);
        return;
    }
    if (plan.corrupted)
        corrupt(flying_.back(), plan.corruptBit);
    if (plan.reordered)
        changed(id, Reason::ChangedReordered, 0);
    if (plan.lost)
        loseAt(flying_.back(), midway(info), Reason::LostRandom);
    else
        events_.push(plan.arrival, EventKind::PacketEnds, id.value(), 0);
    if (plan.duplicated)
        duplicate(flying_.back(), SimDuration::milliseconds(1));
    applyRules(info, sentByAll_);
}

void World::applyRules(const PacketInfo& info, std::uint32_t nthOfAll)
{
    if (info.nth == 0)
        return;
    const auto meant = [&](const Rule& rule) {
        return rule.from ? rule.from == info.from && rule.nth == info.nth : rule.nth == nthOfAll;
    };
    std::vector<Action> actions;
    for (const Rule& rule : rules_) {
        if (meant(rule))
            actions.push_back(rule.action);
    }
    std::erase_if(rules_, meant);
    for (const Action& action : actions) {
        Flying* packet = flying(info.id);
        if (packet == nullptr)
            return;
        if (std::holds_alternative<DoDrop>(action))
            loseAt(*packet, midway(info), Reason::LostByCommand);
        else if (const auto* delay = std::get_if<DoDelay>(&action))
            hold(*packet, midway(info), midway(info) + delay->by);
        else if (std::holds_alternative<DoHold>(action))
            hold(*packet, midway(info), SimTime::never());
        else
            actInFlight(action, *packet);
    }
}

/// None, or why it could not be done.
Reason World::actOnPacket(const Action& action, const PacketSelector& selector)
{
    const NodeId from = selector.from.empty() ? NodeId::none() : nodeNamed(selector.from);
    const std::uint32_t sent = from ? sentCount_[from.value()] : sentByAll_;
    if (selector.nth > sent) {
        if (std::holds_alternative<DoLetGo>(action)) {
            std::erase_if(rules_, [&](const Rule& rule) {
                return rule.from == from && rule.nth == selector.nth && std::holds_alternative<DoHold>(rule.action);
            });
        } else {
            rules_.push_back(Rule{from, selector.nth, action});
        }
        return Reason::None;
    }
    for (Flying& packet : flying_) {
        const PacketInfo& info = trace_->packet(packet.id);
        if (from ? info.from == from && info.nth == selector.nth : packet.nthOfAll == selector.nth)
            return actInFlight(action, packet);
    }
    return Reason::CommandTooLate;
}

Reason World::actInFlight(const Action& action, Flying& packet)
{
    if (std::holds_alternative<DoDrop>(action)) {
        loseNow(packet, Reason::LostByCommand);
    } else if (const auto* delay = std::get_if<DoDelay>(&action)) {
        hold(packet, now_, now_ + delay->by);
    } else if (std::holds_alternative<DoHold>(action)) {
        hold(packet, now_, SimTime::never());
    } else if (std::holds_alternative<DoLetGo>(action)) {
        if (!packet.held)
            return Reason::CommandTooLate;
        release(packet);
    } else if (const auto* twice = std::get_if<DoDuplicate>(&action)) {
        duplicate(packet, twice->after);
    } else if (const auto* flip = std::get_if<DoCorrupt>(&action)) {
        corrupt(packet, frameBit(trace_->bytes(packet.id), flip->bit));
    }
    return Reason::None;
}

void World::loseNow(Flying& packet, Reason why)
{
    const PacketId id = packet.id;
    PacketInfo& info = trace_->packetForUpdate(id);
    info.fate = Fate::Lost;
    info.lossReason = why;
    info.endAt = now_;
    Record lost;
    lost.at = now_;
    lost.kind = RecordKind::PacketLost;
    lost.packet = id;
    lost.host = info.from;
    lost.reason = why;
    note(lost);
    forget(packet);
}

void World::loseAt(Flying& packet, SimTime at, Reason why)
{
    packet.willBeLost = true;
    packet.lossReason = why;
    ++packet.version;
    events_.push(at, EventKind::PacketEnds, packet.id.value(), packet.version);
}

void World::hold(Flying& packet, SimTime at, SimTime until)
{
    if (packet.held) // held already: only its end moves
        at = trace_->packet(packet.id).heldAt;
    packet.held = true;
    ++packet.version;
    PacketInfo& info = trace_->packetForUpdate(packet.id);
    info.heldAt = at;
    info.releasedAt = until;
    changed(packet.id, until.isNever() ? Reason::ChangedHeld : Reason::ChangedDelayed,
            until.isNever() ? 0 : static_cast<std::uint64_t>((until - at).ns()));
    if (!until.isNever())
        events_.push(until, EventKind::PacketReleased, packet.id.value(), packet.version);
}

void World::release(Flying& packet)
{
    PacketInfo& info = trace_->packetForUpdate(packet.id);
    // Let go before a rule's hold began, it was never held.
    const SimDuration waited = now_ > info.heldAt ? now_ - info.heldAt : SimDuration{};
    info.releasedAt = waited.ns() > 0 ? now_ : info.heldAt;
    packet.held = false;
    ++packet.version;
    packet.arrival = packet.arrival + waited;
    changed(packet.id, Reason::ChangedLetGo, 0);
    events_.push(packet.arrival, EventKind::PacketEnds, packet.id.value(), packet.version);
}

void World::duplicate(const Flying& packet, SimDuration after)
{
    const Flying original = packet; // adding to flying_ may move it
    PacketInfo copy = trace_->packet(original.id);
    copy.copyOf = original.id;
    copy.nth = 0;
    copy.heldAt = copy.releasedAt = copy.endAt = SimTime::never();
    copy.fate = Fate::InFlight;
    copy.lossReason = Reason::None;
    const PacketInfo& info = trace_->packet(original.id);
    copy.startPpm = static_cast<std::uint32_t>(info.positionAt(now_) * 1'000'000);
    copy.sentAt = copy.txStart = copy.txEnd = now_ + after;
    const SimDuration left = (original.arrival - copy.txStart) + after;
    copy.naturalArrival = copy.txStart + std::max(left, SimDuration::microseconds(1));
    const ByteView frame = trace_->bytes(original.id);
    const Bytes bytes(frame.begin(), frame.end());
    const PacketId id = trace_->addPacket(copy, bytes);
    changed(original.id, Reason::ChangedDuplicated, id.value());
    flying_.push_back(Flying{id, 0, copy.naturalArrival, false, Reason::None, false, original.corruptBit, 0});
    events_.push(copy.naturalArrival, EventKind::PacketEnds, id.value(), 0);
}

void World::corrupt(Flying& packet, std::uint32_t bit)
{
    packet.corruptBit = bit;
    trace_->packetForUpdate(packet.id).corrupted = true;
    changed(packet.id, Reason::ChangedCorrupted, bit);
}

void World::inject(const DoInject& forged)
{
    const NodeId from = nodeNamed(forged.from);
    const NodeId to = nodeNamed(forged.to);
    if (!from || !to || !isHost(from) || !isHost(to) || cablesOf_[to.value()].empty())
        return;
    const Cable& cable = cables_[cablesOf_[to.value()].front().value()];
    PacketInfo info;
    info.from = cable.a == to ? cable.b : cable.a;
    info.to = to;
    info.link = cablesOf_[to.value()].front();
    info.sentAt = now_;
    info.cause = Reason::SentInjected;
    info.injected = true;
    info.startPpm = 500'000;
    EthernetHeader eth;
    eth.source = hosts_[from.value()].mac();
    eth.destination = hosts_[to.value()].mac();
    Ipv4Header ip;
    ip.source = hosts_[from.value()].address().v4();
    ip.destination = hosts_[to.value()].address().v4();
    Outgoing out;
    out.frame = encodeTcpFrame(eth, ip, forged.segment);
    describeFrame(info, out.frame);
    LinkPlan plan;
    plan.txStart = plan.txEnd = now_;
    plan.arrival = now_ + (cable.b == to ? cable.toB : cable.toA).spec().delay / 2;
    launch(info, out, plan);
}

void World::changed(PacketId packet, Reason reason, std::uint64_t value)
{
    Record record;
    record.at = now_;
    record.kind = RecordKind::PacketChanged;
    record.packet = packet;
    record.host = trace_->packet(packet).from;
    record.reason = reason;
    record.value = value;
    note(record);
}

World::Flying* World::flying(PacketId id)
{
    const auto before = [](const Flying& packet, PacketId wanted) { return packet.id < wanted; };
    const auto found = std::lower_bound(flying_.begin(), flying_.end(), id, before);
    return found != flying_.end() && found->id == id ? &*found : nullptr;
}

void World::forget(const Flying& packet)
{
    flying_.erase(flying_.begin() + (&packet - flying_.data()));
}

} // namespace packetarium
