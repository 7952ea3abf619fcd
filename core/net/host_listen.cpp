// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sockets as POSIX has them: a listener with a queue of half-open connections
// and one of those that wait to be accepted, and reading on demand.
#include "core/net/host_sink.h"
#include "core/tcp/syn_cookie.h"

#include <algorithm>
#include <limits>

namespace packetarium {

namespace {

/// A host keeps every connection it has had; beyond this a listening socket takes no more.
constexpr std::size_t kMostConnections = 16384;

/// Only what deliver() says is of interest.
struct Reader final : TcpSink {
    Bytes data;
    void sendSegment(const TcpSegment&, Reason, bool) override {}
    void deliver(ByteView some) override { data.insert(data.end(), some.begin(), some.end()); }
    void tell(AppCall, AppResult) override {}
    void stateChanged(const TcpTransition&) override {}
    void variableChanged(Variable, std::uint64_t) override {}
    void timerChanged(Timer, TimerChange, SimTime) override {}
    void ignored(Reason) override {}
};

} // namespace

Host::Opened Host::openSocket(const NodeContext& cx, const SocketSetup& how, std::uint16_t localPort,
                              const Endpoint& remote)
{
    return connectAs(cx, localPort, remote, true, &how);
}

Host::Lasting* Host::lastingOf(ListenerId listener)
{
    const auto found = lasting_.find(listener);
    return found == lasting_.end() ? nullptr : &found->second;
}

const Host::Lasting* Host::lastingOf(ListenerId listener) const
{
    const auto found = lasting_.find(listener);
    return found == lasting_.end() ? nullptr : &found->second;
}

Host::ListenerId Host::newListener(std::uint16_t port, const SocketSetup* how)
{
    Lasting& lasting = lasting_[++listenersMade_];
    lasting.port = port;
    if (how)
        lasting.socket = *how;
    return listenersMade_;
}

Host::ListenerId Host::listenSocket(const NodeContext& cx, const SocketSetup& how, std::uint16_t port)
{
    const ListenerId listener = newListener(port, &how);
    listenAs(cx, port, true, listener);
    return listener;
}

AppResult Host::listen(const NodeContext& cx, std::uint16_t port, int backlog)
{
    if (listensOn(port))
        return listenAs(cx, port, false); // which says that the port is taken
    SocketSetup how;
    how.tcp = setup_.tcp;
    how.backlog = backlog;
    how.showQueues = true;
    how.local = IpAddress(Ipv6Address()); // any address
    listenSocket(cx, how, port);
    return AppResult::Ok;
}

AppResult Host::accept(const NodeContext& cx, std::uint16_t port)
{
    const auto listener = std::find_if(lasting_.begin(), lasting_.end(), [&](const auto& each) {
        return each.second.port == port && each.second.socket;
    });
    if (listener == lasting_.end()) {
        recordCall(cx, id(), ConnId::none(), AppCall::Accept, AppResult::NoSuchConnection, port);
        return AppResult::NoSuchConnection;
    }
    ++listener->second.accepting;
    acceptWaiting(cx, listener->first);
    return AppResult::Ok;
}

/// Calls of accept() that wait, and connections that wait for one.
void Host::acceptWaiting(const NodeContext& cx, ListenerId listener)
{
    while (mayAccept(listener) && lastingOf(listener)->accepting > 0) {
        Lasting& lasting = *lastingOf(listener);
        --lasting.accepting;
        const std::size_t slot = lasting.ready.front();
        leaveQueue(cx, slot);
        accept(listener);
        slots_.edit(slot).ofProgram = false;
        recordCall(cx, id(), slots_[slot].id, AppCall::Accept, AppResult::Ok, lasting.port);
        Sink sink(*this, cx, slot);
        slots_.edit(slot).tcp.setAutoRead(cx.now, autoRead_, sink);
        file(cx, slot);
    }
}

void Host::goOnListening(const NodeContext& cx, ListenerId listener)
{
    const Lasting* lasting = lastingOf(listener);
    if (lasting == nullptr)
        return;
    const auto listening = listeners_.find(lasting->port);
    const bool still = listening != listeners_.end() &&
                       std::any_of(listening->second.begin(), listening->second.end(),
                                   [&](std::size_t slot) { return slots_[slot].listener == listener; });
    if (!still)
        listenAs(cx, lasting->port, true, listener);
}

void Host::configureListener(const NodeContext& cx, ListenerId listener, const SocketSetup& how)
{
    Lasting* lasting = lastingOf(listener);
    if (lasting == nullptr || !lasting->socket)
        return;
    lasting->socket = how;
    const auto listening = listeners_.find(lasting->port);
    if (listening == listeners_.end())
        return;
    for (const std::size_t slot : std::vector<std::size_t>(listening->second)) {
        if (slots_[slot].listener == listener)
            configure(cx, slots_[slot].id, how.tcp, how.ttl);
    }
}

bool Host::mayAccept(ListenerId listener) const
{
    const Lasting* lasting = lastingOf(listener);
    return lasting != nullptr && !lasting->ready.empty();
}

ConnId Host::accept(ListenerId listener)
{
    if (!mayAccept(listener))
        return ConnId::none();
    std::deque<std::size_t>& ready = lastingOf(listener)->ready;
    const std::size_t slot = ready.front();
    ready.pop_front();
    slots_.edit(slot).queue = Slot::Queue::None;
    return slots_[slot].id;
}

void Host::closeListener(const NodeContext& cx, ListenerId listener)
{
    const auto found = lasting_.find(listener);
    if (found == lasting_.end())
        return;
    const Lasting lasting = found->second;
    for (const std::size_t slot : lasting.halfOpen)
        leaveQueue(cx, slot);
    for (const std::size_t slot : lasting.ready)
        leaveQueue(cx, slot);
    lasting_.erase(listener);
    for (const std::size_t slot : lasting.halfOpen) {
        slots_.edit(slot).gone = true;
        file(cx, slot);
    }
    for (const std::size_t slot : lasting.ready) {
        if (slots_[slot].tcp.state() != TcpState::Closed)
            finishSlot(cx, slot, AppCall::Abort);
    }
    if (!listensOn(lasting.port))
        return;
    for (const std::size_t slot : std::vector<std::size_t>(listeners_[lasting.port])) {
        if (slots_[slot].listener == listener)
            finishSlot(cx, slot, AppCall::Close);
    }
}

AppResult Host::receiveOn(const NodeContext& cx, ConnId conn, std::uint32_t most)
{
    const auto slot = slotOf(conn);
    Connection* tcp = slot ? &slots_.edit(*slot).tcp : nullptr;
    const AppResult may = tcp ? tcp->mayReceive() : AppResult::NoSuchConnection;
    recordCall(cx, id(), conn, AppCall::Receive, may, most);
    if (may != AppResult::Ok)
        return may;
    Sink sink(*this, cx, *slot);
    const AppResult result = tcp->receive(cx.now, most, sink);
    file(cx, *slot);
    return result;
}

AppResult Host::shutdownConn(const NodeContext& cx, ConnId conn)
{
    const auto slot = slotOf(conn);
    return slot ? finishSlot(cx, *slot, AppCall::Shutdown) : AppResult::NoSuchConnection;
}

std::size_t Host::sendRoom(ConnId conn) const
{
    const auto slot = slotOf(conn);
    return slot ? slots_[*slot].tcp.sendRoom() : 0;
}

Bytes Host::unreadOf(ConnId conn) const
{
    const auto slot = slotOf(conn);
    if (!slot || slots_[*slot].tcp.octetsUnread() == 0)
        return {};
    Connection copy = slots_[*slot].tcp; // reading from it tells the peer nothing
    Reader reader;
    copy.receive(SimTime::zero(), 0, reader);
    return std::move(reader.data);
}

void Host::configure(const NodeContext& cx, ConnId conn, const TcpConfig& config, std::uint8_t ttl)
{
    const auto slot = slotOf(conn);
    if (!slot)
        return;
    slots_.edit(*slot).ttl = ttl;
    Sink sink(*this, cx, *slot);
    slots_.edit(*slot).tcp.configure(cx.now, config, sink);
    file(cx, *slot);
}

std::optional<int> Host::hears(const Slot& slot, const IpAddress& local) const
{
    const Lasting* lasting = lastingOf(slot.listener);
    if (lasting == nullptr || !lasting->socket)
        return 0;
    const IpAddress& wanted = lasting->socket->local;
    if (!wanted.isUnspecified())
        return wanted == local ? std::optional(2) : std::nullopt;
    if (wanted.isV6() == local.isV6())
        return 1;
    return wanted.isV6() && !lasting->socket->v6Only ? std::optional(0) : std::nullopt; // RFC 3493 §5.3
}

/// The listener whose address is meant most closely. Several that are meant alike share the peers among them, by a hash of the
/// peer's end: what belongs together comes to the same one.
std::optional<std::size_t> Host::listenerFor(const TcpSegment& segment, const IpAddress& source,
                                             const IpAddress& local) const
{
    const auto at = listeners_.find(segment.destinationPort);
    if (at == listeners_.end())
        return std::nullopt;
    const Endpoint remote{source, segment.sourcePort};
    std::map<ListenerId, std::size_t> best; // of one listener the newest
    int closest = -1;
    for (const std::size_t slot : at->second) {
        const auto close = slots_[slot].tcp.listensTo(remote) ? hears(slots_[slot], local) : std::nullopt;
        if (!close || *close < closest)
            continue;
        if (*close > closest)
            best.clear();
        closest = *close;
        best[slots_[slot].listener] = slot;
    }
    if (best.empty())
        return std::nullopt;
    if (best.size() == 1)
        return best.begin()->second;
    constexpr std::uint32_t kBasis = 2166136261, kPrime = 16777619; // FNV-1a
    std::uint32_t hash = kBasis;
    const auto add = [&](std::uint32_t octet) { hash = (hash ^ octet) * kPrime; };
    for (int shift = 24; source.isV4() && shift >= 0; shift -= 8)
        add(source.v4().value >> shift & 0xff);
    for (std::size_t i = 0; source.isV6() && i < 16; ++i)
        add(source.v6().octets[i]);
    add(remote.port >> 8);
    add(remote.port & 0xff);
    return std::next(best.begin(), static_cast<std::ptrdiff_t>((hash >> 16 ^ hash) % best.size()))->second;
}

bool Host::acceptQueueFull(const Lasting& lasting)
{
    return lasting.socket && lasting.ready.size() > static_cast<std::size_t>(std::max(0, lasting.socket->backlog));
}

Reason Host::noRoomFor(const Slot& slot, const TcpSegment& segment) const
{
    const Lasting* found = lastingOf(slot.listener);
    if (found == nullptr || !found->socket || segment.flags.rst())
        return Reason::None;
    const Lasting& lasting = *found;
    const bool readyFull = acceptQueueFull(lasting);
    if (slot.tcp.state() == TcpState::Listen) {
        if (!segment.flags.syn() || segment.flags.ack())
            return Reason::None;
        if (readyFull)
            return Reason::IgnoredBacklogFull;
        const auto most = std::max<std::size_t>(1, lasting.socket->tcp.synBacklog);
        return lasting.halfOpen.size() >= most || slots_.size() >= kMostConnections ? Reason::IgnoredSynQueueFull
                                                                                    : Reason::None;
    }
    // The last segment of the handshake: as long as nobody accepts, it has not been heard, and SYN,ACK goes again.
    const bool completes = slot.queue == Slot::Queue::HalfOpen && segment.flags.ack() && !segment.flags.syn();
    return completes && readyFull ? Reason::IgnoredBacklogFull : Reason::None;
}

bool Host::answerWithCookie(const NodeContext& cx, const Datagram& datagram, const TcpSegment& syn, ListenerId listener,
                            Sink& sink) const
{
    const Lasting* found = lastingOf(listener);
    if (found == nullptr || !found->socket || !found->socket->tcp.synCookies)
        return false;
    const TcpConfig& config = found->socket->tcp;
    const Endpoint local{datagram.destination, syn.destinationPort}, remote{datagram.source, syn.sourcePort};
    const std::uint16_t mss = syn.mss.value_or(remote.address.isV6() ? 1220 : 536); // RFC 9293 §3.7.1
    if (mss < kLeastCookieMss)
        return false;
    TcpSegment answer;
    answer.sourcePort = syn.destinationPort;
    answer.destinationPort = syn.sourcePort;
    answer.seq = makeSynCookie(cx.now, local, remote, syn.seq, mss, setup_.secret);
    answer.ack = syn.seq + 1;
    answer.flags.bits = TcpFlags::Syn | TcpFlags::Ack;
    answer.window = static_cast<std::uint16_t>(std::min<std::uint32_t>(config.receiveBuffer, 65535));
    answer.mss = std::min(config.mss, mssOfferedTo(remote.address));
    sink.sendSegment(answer, Reason::SentSynCookie, false);
    return true;
}

std::optional<std::uint16_t> Host::cookieIn(const NodeContext& cx, const Datagram& datagram, const TcpSegment& ack,
                                            ListenerId listener) const
{
    const Lasting* found = lastingOf(listener);
    const bool expected = found != nullptr && found->socket && found->socket->tcp.synCookies;
    if (!expected || !ack.flags.ack() || ack.flags.syn() || ack.flags.rst())
        return std::nullopt;
    const Endpoint local{datagram.destination, ack.destinationPort}, remote{datagram.source, ack.sourcePort};
    return mssOfSynCookie(cx.now, local, remote, ack.seq - 1, ack.ack - 1, setup_.secret);
}

/// A half-open connection has gone on: to the queue of those that wait, or away.
void Host::queueUp(const NodeContext& cx, std::size_t index)
{
    const Slot& slot = slots_[index];
    if (!slot.gone && slot.tcp.state() == TcpState::SynReceived)
        return;
    lastingOf(slot.listener)->halfOpen.erase(index); // whose end takes its connections out of the queue
    leaveQueue(cx, index);
    if (slots_[index].gone || slots_[index].tcp.state() < TcpState::Established)
        return;
    lastingOf(slots_[index].listener)->ready.push_back(index);
    enterQueue(cx, index, Slot::Queue::Ready);
}

void Host::enterQueue(const NodeContext& cx, std::size_t slot, Slot::Queue queue)
{
    slots_.edit(slot).queue = queue;
    Lasting& lasting = *lastingOf(slots_[slot].listener);
    if (!lasting.socket->showQueues || queue == Slot::Queue::Open)
        return;
    const bool halfOpen = queue == Slot::Queue::HalfOpen;
    TableRow& row = lasting.shown[slot]; // kept, for a connection that goes back to LISTEN forgets its peer
    row.kind = halfOpen ? TableKind::SynQueue : TableKind::AcceptQueue;
    row.node = id();
    row.name = toString(slots_[slot].tcp.remote());
    row.localPort = lasting.port;
    row.data = std::to_string(halfOpen ? std::max(1, lasting.socket->tcp.synBacklog)
                                       : std::max(0, lasting.socket->backlog) + 1);
    noteTable(cx, TableChange::Added, row, PacketId::none());
}

void Host::leaveQueue(const NodeContext& cx, std::size_t slot)
{
    if (slots_[slot].queue == Slot::Queue::None)
        return;
    slots_.edit(slot).queue = Slot::Queue::None;
    Lasting* lasting = lastingOf(slots_[slot].listener);
    if (lasting == nullptr)
        return;
    if (const auto row = lasting->shown.extract(slot); !row.empty())
        noteTable(cx, TableChange::Removed, row.mapped(), PacketId::none());
}

} // namespace packetarium
