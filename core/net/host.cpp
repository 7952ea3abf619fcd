// SPDX-License-Identifier: GPL-3.0-or-later
//
// A host's connections: where they are found, and the calls of the script.
#include "core/net/host_sink.h"

#include <algorithm>
#include <functional>
#include <limits>

namespace packetarium {

namespace {

IpStackSetup stackOf(const HostSetup& setup)
{
    IpStackSetup stack = setup.ip;
    stack.filtered = setup.filtered;
    return stack;
}

Connection::Config forPrograms(TcpConfig config)
{
    config.nagle = false; // programs that write whole messages and wait for answers set TCP_NODELAY
    return std::make_shared<const TcpConfig>(std::move(config));
}

std::size_t headersTo(const IpAddress& remote)
{
    return (remote.isV6() ? kIpv6HeaderSize : kIpv4HeaderSize) + kTcpHeaderSize;
}

} // namespace

Host::Host(HostSetup setup)
    : setup_(std::move(setup))
    , ofScript_(std::make_shared<const TcpConfig>(setup_.tcp))
    , ofPrograms_(forPrograms(setup_.tcp))
    , ip_(stackOf(setup_))
{}

IpAddress Host::address() const
{
    const auto& addresses = ip_.setup().interfaces.front().addresses;
    return addresses.empty() ? IpAddress() : addresses.front().address;
}

std::optional<std::size_t> Host::currentSlot() const
{
    std::optional<std::size_t> ofProgram;
    for (std::size_t i = slots_.size(); i-- > 0;) {
        const Slot& slot = slots_[i];
        if (slot.gone || slot.tcp.state() == TcpState::Closed)
            continue;
        if (!slot.ofProgram)
            return i;
        if (!ofProgram)
            ofProgram = i;
    }
    if (ofProgram)
        return ofProgram;
    return slots_.empty() || slots_.back().gone ? std::nullopt : std::optional(slots_.size() - 1);
}

const Connection* Host::current() const
{
    const auto slot = currentSlot();
    return slot ? &slots_[*slot].tcp : nullptr;
}

ConnId Host::currentId() const
{
    const auto slot = currentSlot();
    return slot ? slots_[*slot].id : ConnId::none();
}

std::optional<std::size_t> Host::slotOf(ConnId conn) const
{
    const auto found =
        std::lower_bound(slots_.begin(), slots_.end(), conn, [](const Slot& slot, ConnId id) { return slot.id < id; });
    if (found == slots_.end() || found->id != conn || found->gone)
        return std::nullopt;
    return static_cast<std::size_t>(found - slots_.begin());
}

const Connection* Host::connection(ConnId conn) const
{
    const auto slot = slotOf(conn);
    return slot ? &slots_[*slot].tcp : nullptr;
}

std::size_t Host::open(const NodeContext& cx, const IpAddress& local, std::uint16_t localPort, std::uint16_t remotePort,
                       bool ofProgram, const SocketSetup* how)
{
    const ConnId id = cx.trace.addConn(TraceConn{Host::id(), localPort, remotePort});
    // Nearly all connections are alike, and share what they are set to.
    Connection::Config config = ofProgram ? ofPrograms_ : ofScript_;
    if (how)
        config = std::make_shared<const TcpConfig>(how->tcp);
    slots_.push_back(Slot{id, Connection(config, setup_.secret, local), false, ofProgram, {}});
    Slot& slot = slots_.edit(slots_.size() - 1);
    slot.ttl = how ? how->ttl : kDefaultTtl;
    Record created = hostRecord(cx, RecordKind::ConnCreated, Host::id(), id);
    created.value = (std::uint64_t{localPort} << 16) | remotePort;
    cx.trace.append(created);
    return slots_.size() - 1;
}

/// Brings up to date where the slot is found: by its ends or its port, and by its deadline.
void Host::file(const NodeContext& cx, std::size_t index)
{
    Slot& slot = slots_.edit(index);
    const TcpState state = slot.tcp.state();
    const bool found = !slot.gone && !slot.standsAside && state != TcpState::Closed;
    if (!found) {
        refile(index, Filed::As::Nothing, {});
    } else if (state == TcpState::Listen) {
        refile(index, Filed::As::Listener, {slot.tcp.local(), Endpoint{}});
    } else if (slot.filed.as != Filed::As::Connection || slot.filed.ends.second != slot.tcp.remote() ||
               slot.filed.ends.first != slot.tcp.local()) {
        refile(index, Filed::As::Connection, {slot.tcp.local(), slot.tcp.remote()});
    }
    slot.filed.due = slot.gone ? SimTime::never() : slot.tcp.nextDeadline();
    planTimer(index);
    settleTimers();
    if (slot.queue == Slot::Queue::HalfOpen || slot.queue == Slot::Queue::Open)
        queueUp(cx, index);
    if (slot.placeOf)
        settlePlace(cx, index, nullptr);
}

void Host::refile(std::size_t index, Filed::As as, const FourTuple& ends)
{
    Filed& filed = slots_.edit(index).filed;
    if (as == filed.as && ends == filed.ends)
        return;
    if (filed.as == Filed::As::Connection) {
        byEnds_.erase(filed.ends);
    } else if (filed.as == Filed::As::Listener) {
        std::vector<std::size_t>& at = listeners_[filed.ends.first.port];
        std::erase(at, index);
        if (at.empty())
            listeners_.erase(filed.ends.first.port);
    }
    if (as == Filed::As::Connection) {
        byEnds_.set(ends, index);
    } else if (as == Filed::As::Listener) {
        std::vector<std::size_t>& at = listeners_[ends.first.port];
        at.insert(std::lower_bound(at.begin(), at.end(), index), index);
    }
    filed.as = as;
    filed.ends = ends;
}

void Host::planTimer(std::size_t index)
{
    Filed& filed = slots_.edit(index).filed;
    if (filed.due >= filed.planned)
        return;
    filed.planned = filed.due;
    timers_.emplace_back(filed.due, index);
    std::push_heap(timers_.begin(), timers_.end(), std::greater<>());
}

/// What is on top is due then, or nothing is left.
void Host::settleTimers()
{
    while (!timers_.empty()) {
        const auto [at, index] = timers_.front();
        const Filed& filed = slots_[index].filed;
        const bool current = filed.planned == at;
        if (current && filed.due == at)
            return;
        std::pop_heap(timers_.begin(), timers_.end(), std::greater<>());
        timers_.pop_back();
        if (!current)
            continue;
        slots_.edit(index).filed.planned = SimTime::never();
        planTimer(index);
    }
}

/// What the way there leaves for data, as far as it is known, without options.
std::uint16_t Host::mssFor(const IpAddress& remote) const
{
    return static_cast<std::uint16_t>(ip_.mtuTo(remote) - headersTo(remote));
}

/// RFC 9293 §3.7.1: what the own link lets come in.
std::uint16_t Host::mssOfferedTo(const IpAddress& remote) const
{
    return static_cast<std::uint16_t>(ip_.linkMtuTo(remote) - headersTo(remote));
}

void Host::limitMss(Connection& tcp, const IpAddress& remote) const
{
    tcp.limitMss(mssFor(remote));
    tcp.limitOfferedMss(mssOfferedTo(remote));
}

// --- the script's calls ---

AppResult Host::listen(const NodeContext& cx, std::uint16_t port)
{
    return listenAs(cx, port, false);
}

AppResult Host::listenAs(const NodeContext& cx, std::uint16_t port, bool ofProgram, ListenerId listener)
{
    const Lasting* lasting = lastingOf(listener);
    const SocketSetup* how = lasting && lasting->socket ? &*lasting->socket : nullptr;
    if (const auto taken = listeners_.find(port); taken != listeners_.end() && !how) {
        recordCall(cx, id(), slots_[taken->second.front()].id, AppCall::Listen, AppResult::AlreadyExists, 0);
        return AppResult::AlreadyExists;
    }
    const std::size_t slot = open(cx, address(), port, 0, ofProgram, how);
    slots_.edit(slot).listener = listener;
    recordCall(cx, id(), slots_[slot].id, AppCall::Listen, AppResult::Ok, 0);
    Sink sink(*this, cx, slot);
    const AppResult result = slots_.edit(slot).tcp.openPassive(cx.now, port, std::nullopt, sink);
    slots_.edit(slot).tcp.setAutoRead(cx.now, !how && (ofProgram || autoRead_), sink);
    file(cx, slot);
    return result;
}

AppResult Host::connect(const NodeContext& cx, std::uint16_t localPort, const Endpoint& remote)
{
    return connectAs(cx, localPort, remote, false).result;
}

Host::Opened Host::connectAs(const NodeContext& cx, std::uint16_t localPort, const Endpoint& remote, bool ofProgram,
                             const SocketSetup* how)
{
    const IpAddress local = ip_.sourceFor(remote.address).value_or(address());
    if (localPort == 0)
        localPort = ephemeralTcpPort(local, remote);
    if (const auto taken = byEnds_.find({Endpoint{local, localPort}, remote})) {
        const ConnId conn = slots_[*taken].id;
        recordCall(cx, id(), conn, AppCall::Connect, AppResult::AlreadyExists, 0);
        return Opened{AppResult::AlreadyExists, ConnId::none()};
    }
    const std::size_t slot = open(cx, local, localPort, remote.port, ofProgram, how);
    Slot& opened = slots_.edit(slot);
    recordCall(cx, id(), opened.id, AppCall::Connect, AppResult::Ok, 0);
    Sink sink(*this, cx, slot);
    limitMss(opened.tcp, remote.address);
    const AppResult result = opened.tcp.openActive(cx.now, localPort, remote, sink);
    opened.tcp.setAutoRead(cx.now, !how && (ofProgram || autoRead_), sink);
    file(cx, slot);
    return Opened{result, opened.id};
}

AppResult Host::send(const NodeContext& cx, ByteView data)
{
    return sendSlot(cx, currentSlot(), Octets::borrow(data));
}

AppResult Host::sendSlot(const NodeContext& cx, std::optional<std::size_t> slot, Octets data, bool push)
{
    const auto answer = [&](AppResult result) {
        recordCall(cx, id(), slot ? slots_[*slot].id : ConnId::none(), AppCall::Send, result, data.size());
        return result;
    };
    if (!slot)
        return answer(AppResult::NoSuchConnection);
    Connection& tcp = slots_.edit(*slot).tcp;
    const AppResult may = answer(tcp.mayTakeData());
    if (may != AppResult::Ok)
        return may;
    octetsWritten_ += data.size();
    Sink sink(*this, cx, *slot);
    const AppResult result = tcp.send(cx.now, std::move(data), sink, push);
    file(cx, *slot);
    return result;
}

AppResult Host::receive(const NodeContext& cx, std::uint32_t octets)
{
    const auto slot = currentSlot();
    if (!slot) {
        recordCall(cx, id(), ConnId::none(), AppCall::Receive, AppResult::NoSuchConnection, 0);
        return AppResult::NoSuchConnection;
    }
    Connection& tcp = slots_.edit(*slot).tcp;
    recordCall(cx, id(), slots_[*slot].id, AppCall::Receive, tcp.mayReceive(), octets);
    Sink sink(*this, cx, *slot);
    const AppResult result = tcp.receive(cx.now, octets, sink);
    file(cx, *slot);
    return result;
}

AppResult Host::setAutoRead(const NodeContext& cx, bool on)
{
    autoRead_ = on;
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i].gone || slots_[i].ofProgram)
            continue;
        Sink sink(*this, cx, i);
        slots_.edit(i).tcp.setAutoRead(cx.now, on, sink);
        file(cx, i);
    }
    return AppResult::Ok;
}

AppResult Host::finish(const NodeContext& cx, AppCall call)
{
    const auto slot = currentSlot();
    if (!slot || slots_[*slot].tcp.state() == TcpState::Closed) {
        recordCall(cx, id(), ConnId::none(), call, AppResult::NoSuchConnection, 0);
        return AppResult::NoSuchConnection;
    }
    return finishSlot(cx, *slot, call);
}

AppResult Host::finishSlot(const NodeContext& cx, std::size_t slot, AppCall call)
{
    const auto function = call == AppCall::Close      ? &Connection::close
                          : call == AppCall::Shutdown ? &Connection::shutdown
                                                      : &Connection::abort;
    Connection& tcp = slots_.edit(slot).tcp;
    // What the call returns is known before what it causes happens.
    const AppResult result = call == AppCall::Abort ? AppResult::Ok : tcp.mayClose(call == AppCall::Close);
    recordCall(cx, id(), slots_[slot].id, call, result, 0);
    if (result != AppResult::Ok)
        return result;
    Sink sink(*this, cx, slot);
    const AppResult done = (tcp.*function)(cx.now, sink);
    file(cx, slot);
    return done;
}

AppResult Host::close(const NodeContext& cx)
{
    return finish(cx, AppCall::Close);
}
AppResult Host::shutdown(const NodeContext& cx)
{
    return finish(cx, AppCall::Shutdown);
}
AppResult Host::abort(const NodeContext& cx)
{
    return finish(cx, AppCall::Abort);
}

void Host::crash(const NodeContext& cx)
{
    for (std::size_t i = 0; i < slots_.size(); ++i)
        leaveQueue(cx, i);
    lasting_.clear();
    for (std::size_t i = 0; i < slots_.size(); ++i) {
        if (slots_[i].gone)
            continue;
        slots_.edit(i).gone = true;
        recordCall(cx, id(), slots_[i].id, AppCall::Crash, AppResult::Ok, 0);
        file(cx, i);
    }
}

void Host::powerOff(const NodeContext& cx)
{
    crash(cx);
    udpPorts_.clear();
    ip_.forget(cx);
}

// --- time ---

void Host::onTimer(const NodeContext& cx)
{
    ip_.onTimer(cx);
    std::vector<std::size_t> dueNow; // each once, in the order in which they were opened
    while (!timers_.empty() && timers_.front().first <= cx.now) {
        const std::size_t slot = timers_.front().second;
        dueNow.push_back(slot);
        std::pop_heap(timers_.begin(), timers_.end(), std::greater<>());
        timers_.pop_back();
        slots_.edit(slot).filed.planned = SimTime::never();
        settleTimers();
    }
    std::sort(dueNow.begin(), dueNow.end());
    for (const std::size_t slot : dueNow) {
        Sink sink(*this, cx, slot);
        slots_.edit(slot).tcp.onTimer(cx.now, sink);
        file(cx, slot);
    }
}

SimTime Host::nextWork() const
{
    return timers_.empty() ? ip_.nextWork() : std::min(ip_.nextWork(), timers_.front().first);
}

SimTime Host::nextDeadline() const
{
    return timers_.empty() ? ip_.nextDeadline() : std::min(ip_.nextDeadline(), timers_.front().first);
}

} // namespace packetarium
