// SPDX-License-Identifier: GPL-3.0-or-later
//
// Packets on their way, and what is done to them on purpose.
#include "core/engine/world.h"
#include "core/trace/describe_frame.h"

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
std::uint32_t frameBit(const WireFrame& frame, std::uint32_t bit)
{
    const FrameUnits units = unitsOf(frame);
    const std::size_t start = units.payload != 0     ? units.payload
                              : units.transport != 0 ? units.transport
                              : units.internet != 0  ? units.internet
                                                     : kEthernetHeaderSize;
    return static_cast<std::uint32_t>(start * 8 + bit % ((frame.size() - start) * 8));
}

} // namespace

void World::transmit(NodeId from, std::uint8_t port, Outgoing&& out)
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
    info.nth = ++sentCount_[from.value()];
    ++sentByAll_;

    const auto datagram = static_cast<std::uint32_t>(out.frame.size() - kEthernetHeaderSize - kFcsSize);
    LinkDirection& direction = toB ? cable.toB : cable.toA;
    LinkPlan plan = direction.accept(now_, datagram, static_cast<std::uint32_t>(out.frame.size() * 8), rng_);
    plan.marked = plan.marked && out.frame.markCongestion();
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

World::Flying& World::takeOff(const PacketInfo& info, WireFrame&& frame, SimTime arrival)
{
    if (freePlaces_.empty()) {
        freePlaces_.push_back(static_cast<std::uint32_t>(flying_.size()));
        flying_.emplace_back();
    }
    Flying& packet = flying_[freePlaces_.back()];
    freePlaces_.pop_back();
    packet.info = info;
    packet.frame = std::move(frame);
    packet.arrival = arrival;
    packet.willBeLost = packet.held = false;
    packet.corruptBit.reset();
    packet.nthOfAll = 0;
    return packet;
}

void World::planEnd(Flying& packet, SimTime at)
{
    events_.push(at, EventKind::PacketEnds, placeOf(packet), packet.version);
}

void World::launch(PacketInfo& info, Outgoing& out, const LinkPlan& plan)
{
    info.txStart = plan.txStart;
    info.txEnd = plan.txEnd;
    info.naturalArrival = plan.arrival;
    info.id = trace_->addPacket(info, out.frame);
    noteLayersOfSender(info, out);
    Record sent;
    sent.at = now_;
    sent.kind = RecordKind::PacketSent;
    sent.packet = info.id;
    sent.host = info.from;
    sent.conn = info.conn;
    sent.reason = info.cause;
    note(sent);

    Flying& packet = takeOff(info, std::move(out.frame), plan.arrival);
    packet.nthOfAll = info.nth == 0 ? 0 : sentByAll_;
    if (plan.queueFull) {
        loseNow(packet, Reason::LostQueueFull);
        return;
    }
    if (!cables_[info.link.value()].plugged) {
        loseNow(packet, Reason::LostUnplugged);
        return;
    }
    if (plan.marked)
        changed(packet, Reason::ChangedMarked, 0);
    if (plan.corrupted)
        corrupt(packet, plan.corruptBit);
    if (plan.reordered)
        changed(packet, Reason::ChangedReordered, 0);
    if (plan.lost)
        loseAt(packet, midway(info), Reason::LostRandom);
    else
        planEnd(packet, plan.arrival);
    if (plan.duplicated)
        duplicate(packet, SimDuration::milliseconds(1));
    applyRules(info, sentByAll_);
}

void World::applyRules(const PacketInfo& info, std::uint32_t nthOfAll)
{
    if (info.nth == 0 || rules_.empty())
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
    for (const PacketId id : flyingIds()) {
        Flying& packet = *flying(id);
        const PacketInfo& info = packet.info;
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
        corrupt(packet, frameBit(packet.frame, flip->bit));
    }
    return Reason::None;
}

void World::loseNow(Flying& packet, Reason why)
{
    const PacketId id = packet.info.id;
    trace_->packetLost(id, now_, why);
    Record lost;
    lost.at = now_;
    lost.kind = RecordKind::PacketLost;
    lost.packet = id;
    lost.host = packet.info.from;
    lost.reason = why;
    note(lost);
    forget(packet);
}

void World::loseAt(Flying& packet, SimTime at, Reason why)
{
    packet.willBeLost = true;
    packet.lossReason = why;
    ++packet.version;
    planEnd(packet, at);
}

void World::hold(Flying& packet, SimTime at, SimTime until)
{
    if (packet.held) // held already: only its end moves
        at = packet.info.heldAt;
    packet.held = true;
    ++packet.version;
    packet.info.heldAt = at;
    packet.info.releasedAt = until;
    trace_->packetHeld(packet.info.id, at, until);
    changed(packet, until.isNever() ? Reason::ChangedHeld : Reason::ChangedDelayed,
            until.isNever() ? 0 : static_cast<std::uint64_t>((until - at).ns()));
    if (!until.isNever())
        events_.push(until, EventKind::PacketReleased, placeOf(packet), packet.version);
}

void World::release(Flying& packet)
{
    PacketInfo& info = packet.info;
    // Let go before a rule's hold began, it was never held.
    const SimDuration waited = now_ > info.heldAt ? now_ - info.heldAt : SimDuration{};
    info.releasedAt = waited.ns() > 0 ? now_ : info.heldAt;
    trace_->packetReleased(info.id, info.releasedAt);
    packet.held = false;
    ++packet.version;
    packet.arrival = packet.arrival + waited;
    changed(packet, Reason::ChangedLetGo, 0);
    planEnd(packet, packet.arrival);
}

void World::duplicate(const Flying& packet, SimDuration after)
{
    PacketInfo copy = packet.info;
    copy.copyOf = packet.info.id;
    copy.nth = 0;
    copy.heldAt = copy.releasedAt = copy.endAt = SimTime::never();
    copy.startPpm = static_cast<std::uint32_t>(packet.info.positionAt(now_) * 1'000'000);
    copy.sentAt = copy.txStart = copy.txEnd = now_ + after;
    const SimDuration left = (packet.arrival - copy.txStart) + after;
    copy.naturalArrival = copy.txStart + std::max(left, SimDuration::microseconds(1));
    copy.id = trace_->addPacket(copy, packet.frame);
    changed(packet, Reason::ChangedDuplicated, copy.id.value());
    const std::optional<std::uint32_t> corruptBit = packet.corruptBit;
    Flying& second = takeOff(copy, WireFrame(packet.frame), copy.naturalArrival); // may move the first
    second.corruptBit = corruptBit;
    planEnd(second, copy.naturalArrival);
}

void World::corrupt(Flying& packet, std::uint32_t bit)
{
    packet.corruptBit = bit;
    packet.info.corrupted = true;
    trace_->packetCorrupted(packet.info.id);
    changed(packet, Reason::ChangedCorrupted, bit);
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
    LinkPlan plan;
    plan.txStart = plan.txEnd = now_;
    plan.arrival = now_ + (cable.b == to ? cable.toB : cable.toA).spec().delay / 2;
    launch(info, out, plan);
}

void World::changed(const Flying& packet, Reason reason, std::uint64_t value)
{
    Record record;
    record.at = now_;
    record.kind = RecordKind::PacketChanged;
    record.packet = packet.info.id;
    record.host = packet.info.from;
    record.reason = reason;
    record.value = value;
    note(record);
}

World::Flying* World::flying(PacketId id)
{
    const auto found =
        std::find_if(flying_.begin(), flying_.end(), [&](const Flying& packet) { return packet.info.id == id; });
    return found != flying_.end() && id ? &*found : nullptr;
}

std::vector<PacketId> World::flyingIds() const
{
    std::vector<PacketId> ids;
    for (const Flying& packet : flying_) {
        if (packet.info.id)
            ids.push_back(packet.info.id);
    }
    std::sort(ids.begin(), ids.end());
    return ids;
}

void World::forget(Flying& packet)
{
    packet.info.id = PacketId::none();
    packet.frame.setBody({}); // somebody's block
    ++packet.version;
    freePlaces_.push_back(placeOf(packet));
}

} // namespace packetarium
