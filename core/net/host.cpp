// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/host.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::uint64_t kFnvPrime = 1099511628211ULL;

Record makeRecord(SimTime now, RecordKind kind, NodeId host, ConnId conn)
{
    Record r;
    r.at = now;
    r.kind = kind;
    r.host = host;
    r.conn = conn;
    return r;
}

} // namespace

/// Writes what a connection says into the trace, and hands its segments on as frames.
class Host::Sink final : public TcpSink {
public:
    Sink(Host& host, ConnId conn, const Connection& tcp, SimTime now, Trace& trace, HostSink& out, PacketId cause = {})
        : host_(host)
        , conn_(conn)
        , tcp_(tcp)
        , now_(now)
        , trace_(trace)
        , out_(out)
        , cause_(cause)
    {}

    /// Where a segment goes when the connection does not know yet: back to whoever sent the one that arrived.
    void answerTo(Ipv4Address address) { peer_ = address; }

    void sendSegment(const TcpSegment& segment, Reason why, bool retransmission) override
    {
        const Ipv4Address to = peer_.value_or(tcp_.remote().address);
        out_.transmit(host_.id(), conn_, segment, host_.makeFrame(segment, to), why, retransmission);
    }
    void deliver(ByteView data) override
    {
        for (const std::uint8_t octet : data)
            host_.readHash_ = (host_.readHash_ ^ octet) * kFnvPrime;
        host_.octetsRead_ += data.size();
        news(AppCall::Delivered, AppResult::Ok, data.size());
    }
    void tell(AppCall what, AppResult result) override { news(what, result, 0); }
    void stateChanged(const TcpTransition& row) override
    {
        Record r = makeRecord(now_, RecordKind::StateChange, host_.id(), conn_);
        r.a = static_cast<std::uint8_t>(row.from);
        r.b = static_cast<std::uint8_t>(row.to);
        r.value = static_cast<std::uint64_t>(transitionIndex(row));
        r.packet = cause_;
        trace_.append(r);
        out_.stateEntered(host_.id(), conn_, row.to);
    }
    void variableChanged(Variable variable, std::uint64_t value) override
    {
        Record r = makeRecord(now_, RecordKind::Variable, host_.id(), conn_);
        r.a = static_cast<std::uint8_t>(variable);
        r.value = value;
        trace_.append(r);
    }
    void timerChanged(Timer timer, TimerChange change, SimTime deadline) override
    {
        Record r = makeRecord(now_, RecordKind::Timer, host_.id(), conn_);
        r.a = static_cast<std::uint8_t>(timer);
        r.b = static_cast<std::uint8_t>(change);
        r.value = static_cast<std::uint64_t>(deadline.ns());
        trace_.append(r);
    }
    void ignored(Reason why) override { host_.ignore(now_, cause_, conn_, why, trace_); }
    std::optional<Seq32> fixedIss(const TcpConfig& config) override
    {
        const std::size_t place = std::min(host_.isnsChosen_++, config.laterIss.size());
        return place == 0 ? config.iss : config.laterIss[place - 1];
    }

private:
    void news(AppCall what, AppResult result, std::uint64_t octets)
    {
        Record r = makeRecord(now_, RecordKind::App, host_.id(), conn_);
        r.a = static_cast<std::uint8_t>(what);
        r.b = static_cast<std::uint8_t>(result);
        r.value = octets;
        trace_.append(r);
        out_.programNews(host_.id(), conn_, what, result, octets);
    }

    Host& host_;
    ConnId conn_;
    const Connection& tcp_;
    SimTime now_;
    Trace& trace_;
    HostSink& out_;
    PacketId cause_;
    std::optional<Ipv4Address> peer_;
};

namespace {

void recordCall(SimTime now, NodeId host, ConnId conn, AppCall call, AppResult result, std::uint64_t octets,
                Trace& trace)
{
    Record r = makeRecord(now, RecordKind::App, host, conn);
    r.a = static_cast<std::uint8_t>(call);
    r.b = static_cast<std::uint8_t>(result);
    r.value = octets;
    trace.append(r);
}

} // namespace

const Connection* Host::current() const
{
    for (auto slot = slots_.rbegin(); slot != slots_.rend(); ++slot) {
        if (!slot->gone && slot->tcp.state() != TcpState::Closed)
            return &slot->tcp;
    }
    return slots_.empty() || slots_.back().gone ? nullptr : &slots_.back().tcp;
}

Host::Slot* Host::currentSlot()
{
    const Connection* tcp = current();
    for (Slot& slot : slots_) {
        if (&slot.tcp == tcp)
            return &slot;
    }
    return nullptr;
}

ConnId Host::currentId() const
{
    const Connection* tcp = current();
    for (const Slot& slot : slots_) {
        if (&slot.tcp == tcp)
            return slot.id;
    }
    return ConnId::none();
}

Host::Slot& Host::open(std::uint16_t localPort, Trace& trace)
{
    const ConnId id = trace.addConn(TraceConn{setup_.id, localPort, 0});
    slots_.push_back(Slot{id, Connection(setup_.tcp, setup_.secret, setup_.address)});
    return slots_.back();
}

AppResult Host::listen(SimTime now, std::uint16_t port, Trace& trace, HostSink& out)
{
    for (const Slot& slot : slots_) {
        if (!slot.gone && slot.tcp.state() == TcpState::Listen && slot.tcp.local().port == port) {
            recordCall(now, setup_.id, slot.id, AppCall::Listen, AppResult::AlreadyExists, 0, trace);
            return AppResult::AlreadyExists;
        }
    }
    Slot& slot = open(port, trace);
    Record created = makeRecord(now, RecordKind::ConnCreated, setup_.id, slot.id);
    created.value = std::uint64_t{port} << 16;
    trace.append(created);
    recordCall(now, setup_.id, slot.id, AppCall::Listen, AppResult::Ok, 0, trace);
    Sink sink(*this, slot.id, slot.tcp, now, trace, out);
    const AppResult result = slot.tcp.openPassive(now, port, std::nullopt, sink);
    slot.tcp.setAutoRead(now, autoRead_, sink);
    return result;
}

AppResult Host::connect(SimTime now, std::uint16_t localPort, const Endpoint& remote, Trace& trace, HostSink& out)
{
    for (const Slot& slot : slots_) {
        const TcpState state = slot.tcp.state();
        if (!slot.gone && state != TcpState::Closed && state != TcpState::Listen &&
            slot.tcp.local().port == localPort && slot.tcp.remote() == remote) {
            recordCall(now, setup_.id, slot.id, AppCall::Connect, AppResult::AlreadyExists, 0, trace);
            return AppResult::AlreadyExists;
        }
    }
    Slot& slot = open(localPort, trace);
    trace.connForUpdate(slot.id).remotePort = remote.port;
    Record created = makeRecord(now, RecordKind::ConnCreated, setup_.id, slot.id);
    created.value = (std::uint64_t{localPort} << 16) | remote.port;
    trace.append(created);
    recordCall(now, setup_.id, slot.id, AppCall::Connect, AppResult::Ok, 0, trace);
    Sink sink(*this, slot.id, slot.tcp, now, trace, out);
    const AppResult result = slot.tcp.openActive(now, localPort, remote, sink);
    slot.tcp.setAutoRead(now, autoRead_, sink);
    return result;
}

AppResult Host::send(SimTime now, ByteView data, Trace& trace, HostSink& out)
{
    Slot* slot = currentSlot();
    const auto answer = [&](AppResult result) {
        recordCall(now, setup_.id, slot == nullptr ? ConnId::none() : slot->id, AppCall::Send, result, data.size(),
                   trace);
        return result;
    };
    if (slot == nullptr)
        return answer(AppResult::NoSuchConnection);
    const AppResult may = slot->tcp.mayTakeData();
    answer(may);
    if (may != AppResult::Ok)
        return may;
    octetsWritten_ += data.size();
    Sink sink(*this, slot->id, slot->tcp, now, trace, out);
    return slot->tcp.send(now, data, sink);
}

AppResult Host::receive(SimTime now, std::uint32_t octets, Trace& trace, HostSink& out)
{
    Slot* slot = currentSlot();
    if (slot == nullptr) {
        recordCall(now, setup_.id, ConnId::none(), AppCall::Receive, AppResult::NoSuchConnection, 0, trace);
        return AppResult::NoSuchConnection;
    }
    recordCall(now, setup_.id, slot->id, AppCall::Receive, slot->tcp.mayReceive(), octets, trace);
    Sink sink(*this, slot->id, slot->tcp, now, trace, out);
    return slot->tcp.receive(now, octets, sink);
}

AppResult Host::setAutoRead(SimTime now, bool on, Trace& trace, HostSink& out)
{
    autoRead_ = on;
    for (Slot& slot : slots_) {
        if (slot.gone)
            continue;
        Sink sink(*this, slot.id, slot.tcp, now, trace, out);
        slot.tcp.setAutoRead(now, on, sink);
    }
    return AppResult::Ok;
}

AppResult Host::finish(SimTime now, AppCall call, Trace& trace, HostSink& out)
{
    Slot* slot = currentSlot();
    if (slot == nullptr || slot->tcp.state() == TcpState::Closed) {
        recordCall(now, setup_.id, ConnId::none(), call, AppResult::NoSuchConnection, 0, trace);
        return AppResult::NoSuchConnection;
    }
    const auto function = call == AppCall::Close      ? &Connection::close
                          : call == AppCall::Shutdown ? &Connection::shutdown
                                                      : &Connection::abort;
    // What the call returns is known before what it causes happens.
    const AppResult result = call == AppCall::Abort ? AppResult::Ok : slot->tcp.mayClose(call == AppCall::Close);
    recordCall(now, setup_.id, slot->id, call, result, 0, trace);
    if (result != AppResult::Ok)
        return result;
    Sink sink(*this, slot->id, slot->tcp, now, trace, out);
    return (slot->tcp.*function)(now, sink);
}

AppResult Host::close(SimTime now, Trace& trace, HostSink& out)
{
    return finish(now, AppCall::Close, trace, out);
}
AppResult Host::shutdown(SimTime now, Trace& trace, HostSink& out)
{
    return finish(now, AppCall::Shutdown, trace, out);
}
AppResult Host::abort(SimTime now, Trace& trace, HostSink& out)
{
    return finish(now, AppCall::Abort, trace, out);
}

void Host::crash(SimTime now, Trace& trace)
{
    for (Slot& slot : slots_) {
        if (slot.gone)
            continue;
        slot.gone = true;
        recordCall(now, setup_.id, slot.id, AppCall::Crash, AppResult::Ok, 0, trace);
    }
}

Host::Slot* Host::slotFor(const TcpSegment& seg, Ipv4Address source)
{
    Slot* listening = nullptr;
    for (auto slot = slots_.rbegin(); slot != slots_.rend(); ++slot) {
        const Connection& tcp = slot->tcp;
        if (slot->gone || tcp.state() == TcpState::Closed || tcp.local().port != seg.destinationPort)
            continue;
        if (tcp.state() == TcpState::Listen) {
            if (listening == nullptr && tcp.listensTo(Endpoint{source, seg.sourcePort}))
                listening = &*slot;
        } else if (tcp.remote() == Endpoint{source, seg.sourcePort}) {
            return &*slot;
        }
    }
    return listening;
}

void Host::receiveFrame(SimTime now, PacketId packet, ByteView frame, Trace& trace, HostSink& out)
{
    const DecodedFrame decoded = decodeTcpFrame(frame);
    const auto refuse = [&]() -> Reason {
        switch (decoded.error) {
        case FrameError::None: break;
        case FrameError::BadFcs: return Reason::IgnoredBadFcs;
        case FrameError::BadIpChecksum: return Reason::IgnoredBadIpChecksum;
        case FrameError::BadTcp:
            return decoded.tcpError == TcpDecodeError::BadChecksum ? Reason::IgnoredBadTcpChecksum
                                                                   : Reason::IgnoredMalformed;
        case FrameError::TooShort:
        case FrameError::NotIpv4:
        case FrameError::BadIpHeader:
        case FrameError::NotTcp: return Reason::IgnoredMalformed;
        }
        if (decoded.eth.destination != setup_.mac || decoded.ip.destination != setup_.address)
            return Reason::IgnoredNotForUs;
        return setup_.filtered ? Reason::IgnoredFiltered : Reason::None;
    };
    if (const Reason why = refuse(); why != Reason::None) {
        ignore(now, packet, ConnId::none(), why, trace);
        return;
    }
    Slot* slot = slotFor(decoded.tcp, decoded.ip.source);
    const auto listens = [&](const Slot& other) {
        return !other.gone && other.tcp.state() == TcpState::Listen &&
               other.tcp.local().port == decoded.tcp.destinationPort;
    };
    // Only for a listener that takes the SYN; else 2MSL go on.
    if (slot != nullptr && slot->tcp.mayBeReopenedBy(decoded.tcp) &&
        std::any_of(slots_.begin(), slots_.end(), listens)) {
        Sink sink(*this, slot->id, slot->tcp, now, trace, out, packet);
        slot->tcp.giveWayToNewConnection(now, sink);
        slot = slotFor(decoded.tcp, decoded.ip.source);
    }
    if (slot == nullptr) {
        Connection nobody(setup_.tcp, setup_.secret, setup_.address); // all data in CLOSED (§3.10.7.1)
        Sink sink(*this, ConnId::none(), nobody, now, trace, out, packet);
        sink.answerTo(decoded.ip.source);
        nobody.onSegment(now, decoded.tcp, sink);
        return;
    }
    Sink sink(*this, slot->id, slot->tcp, now, trace, out, packet);
    if (slot->tcp.state() == TcpState::Listen) {
        sink.answerTo(decoded.ip.source);
        slot->tcp.hearFrom(decoded.ip.source);
    }
    slot->tcp.onSegment(now, decoded.tcp, sink);
    trace.connForUpdate(slot->id).remotePort =
        slot->tcp.state() == TcpState::Listen ? std::uint16_t{0} : slot->tcp.remote().port;
}

void Host::ignore(SimTime now, PacketId packet, ConnId conn, Reason why, Trace& trace)
{
    Record r = makeRecord(now, RecordKind::SegmentIgnored, setup_.id, conn);
    r.packet = packet;
    r.reason = why;
    trace.append(r);
}

void Host::onTimer(SimTime now, Trace& trace, HostSink& out)
{
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        Slot& slot = slots_[i];
        if (slot.gone || slot.tcp.nextDeadline() > now)
            continue;
        Sink sink(*this, slot.id, slot.tcp, now, trace, out);
        slot.tcp.onTimer(now, sink);
    }
}

SimTime Host::nextDeadline() const
{
    SimTime next = SimTime::never();
    for (const Slot& slot : slots_) {
        if (!slot.gone)
            next = std::min(next, slot.tcp.nextDeadline());
    }
    return next;
}

Bytes Host::makeFrame(const TcpSegment& segment, Ipv4Address destination)
{
    EthernetHeader eth;
    eth.source = setup_.mac;
    if (const auto known = setup_.neighbours.find(destination); known != setup_.neighbours.end())
        eth.destination = known->second;
    Ipv4Header ip;
    ip.source = setup_.address;
    ip.destination = destination;
    ip.identification = ++ipId_;
    return encodeTcpFrame(eth, ip, segment);
}

} // namespace packetarium
