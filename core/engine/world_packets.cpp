// SPDX-License-Identifier: GPL-3.0-or-later
//
// Packets on their way, and what is done to them on purpose.
#include "core/engine/world.h"

namespace packetarium {

namespace {

/// Where on its way a packet meets a fate that was ordered before it was sent, so that one can see it go.
SimTime midway(const PacketInfo& info)
{
    return info.txStart + (info.naturalArrival - info.txStart) / 2;
}

/// The bit to flip for DoCorrupt: counted from the payload if there is one, else from the TCP header's start.
std::uint32_t frameBit(ByteView frame, std::uint32_t payloadOctets, std::uint32_t bit)
{
    const std::size_t headers = kEthernetHeaderSize + kIpv4HeaderSize;
    const std::size_t dataOffset = payloadOctets > 0 ? std::size_t{4} * (frame[headers + 12] >> 4) : 0;
    const std::size_t start = (headers + dataOffset) * 8;
    return static_cast<std::uint32_t>(start + bit % (frame.size() * 8 - start));
}

} // namespace

PacketInfo World::describe(NodeId from, ConnId conn, const TcpSegment& segment) const
{
    PacketInfo info;
    info.from = from;
    info.to = otherThan(from);
    info.conn = conn;
    info.sentAt = now_;
    info.sourcePort = segment.sourcePort;
    info.destinationPort = segment.destinationPort;
    info.seq = segment.seq;
    info.ack = segment.ack;
    info.flags = segment.flags;
    info.window = segment.window;
    info.length = static_cast<std::uint32_t>(segment.payload.size());
    return info;
}

void World::transmit(NodeId from, ConnId conn, const TcpSegment& segment, Bytes frame, Reason cause,
                     bool retransmission)
{
    PacketInfo info = describe(from, conn, segment);
    info.cause = cause;
    info.retransmission = retransmission;
    info.nth = ++sentCount_[from.value()];
    ++sentByAll_;
    const auto datagram = static_cast<std::uint32_t>(frame.size() - kEthernetHeaderSize - kFcsSize);
    const LinkPlan plan =
        directions_[from.value()].accept(now_, datagram, static_cast<std::uint32_t>(frame.size() * 8), rng_);
    launch(info, frame, plan, plan.corrupted ? std::optional(plan.corruptBit) : std::nullopt);
}

void World::launch(PacketInfo info, ByteView frame, const LinkPlan& plan, std::optional<std::uint32_t> corruptBit)
{
    info.txStart = plan.txStart;
    info.txEnd = plan.txEnd;
    info.naturalArrival = plan.arrival;
    const PacketId id = trace_->addPacket(info, frame);
    info = trace_->packet(id);
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
    if (corruptBit)
        corrupt(flying_.back(), *corruptBit);
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
    const NodeId from = selector.from.empty() ? NodeId::none() : hostNamed(selector.from);
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
        const PacketInfo& info = trace_->packet(packet.id);
        corrupt(packet, frameBit(trace_->bytes(packet.id), info.length, flip->bit));
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
    std::erase_if(flying_, [&](const Flying& f) { return f.id == id; });
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
    const NodeId from = hostNamed(forged.from);
    const NodeId to = hostNamed(forged.to);
    PacketInfo info = describe(from, ConnId::none(), forged.segment);
    info.to = to;
    info.cause = Reason::SentInjected;
    info.injected = true;
    info.startPpm = 500'000;
    EthernetHeader eth;
    eth.source = hosts_[from.value()].mac();
    eth.destination = hosts_[to.value()].mac();
    Ipv4Header ip;
    ip.source = hosts_[from.value()].address();
    ip.destination = hosts_[to.value()].address();
    LinkPlan plan;
    plan.txStart = plan.txEnd = now_;
    plan.arrival = now_ + directions_[from.value()].delay() / 2;
    launch(info, encodeTcpFrame(eth, ip, forged.segment), plan, std::nullopt);
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
    for (Flying& packet : flying_) {
        if (packet.id == id)
            return &packet;
    }
    return nullptr;
}

} // namespace packetarium
