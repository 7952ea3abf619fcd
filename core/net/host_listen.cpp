// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sockets as POSIX has them: a listener with a queue of half-open connections
// and one of those that wait to be accepted, and reading on demand.
#include "core/net/host_sink.h"

#include <algorithm>
#include <limits>

namespace packetarium {

namespace {

/// A host keeps every connection it has had; beyond this a listening socket takes no more.
constexpr std::size_t kMostConnections = 16384;

/// Settings of a connection that has begun already, as far as it lets them be changed.
template <class Tcp>
void configureLive(Tcp& tcp, SimTime now, const TcpConfig& config, TcpSink& out)
{
    if constexpr (requires { tcp.configure(now, config, out); })
        tcp.configure(now, config, out);
}

/// The same for how much it may still be given.
template <class Tcp>
std::size_t roomOf(const Tcp& tcp, std::uint32_t sendBuffer)
{
    if constexpr (requires { std::size_t{tcp.sendRoom()}; }) {
        return tcp.sendRoom();
    } else {
        if (sendBuffer == 0)
            return std::numeric_limits<std::size_t>::max();
        const bool opening = tcp.state() == TcpState::SynSent || tcp.state() == TcpState::SynReceived;
        const auto sent = opening ? 0 : static_cast<std::size_t>(std::max(0, tcp.sndNxt() - tcp.sndUna()));
        const std::size_t kept = tcp.octetsUnsent() + sent;
        return kept >= sendBuffer ? 0 : sendBuffer - kept;
    }
}

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

AppResult Host::listenSocket(const NodeContext& cx, const SocketSetup& how, std::uint16_t port)
{
    const AppResult result = listenAs(cx, port, true, &how);
    if (result == AppResult::Ok)
        lasting_[port].socket = how;
    return result;
}

void Host::setBacklog(std::uint16_t port, int backlog)
{
    if (const auto found = lasting_.find(port); found != lasting_.end() && found->second.socket)
        found->second.socket->backlog = backlog;
}

bool Host::mayAccept(std::uint16_t port) const
{
    const auto found = lasting_.find(port);
    return found != lasting_.end() && !found->second.ready.empty();
}

ConnId Host::accept(std::uint16_t port)
{
    if (!mayAccept(port))
        return ConnId::none();
    std::deque<std::size_t>& ready = lasting_[port].ready;
    const std::size_t slot = ready.front();
    ready.pop_front();
    slots_.edit(slot).queue = Slot::Queue::None;
    return slots_[slot].id;
}

void Host::closeListener(const NodeContext& cx, std::uint16_t port)
{
    const auto found = lasting_.find(port);
    if (found == lasting_.end())
        return;
    const Lasting lasting = std::move(found->second);
    lasting_.erase(found);
    for (const std::size_t slot : lasting.halfOpen) {
        slots_.edit(slot).queue = Slot::Queue::None;
        slots_.edit(slot).gone = true;
        file(slot);
    }
    for (const std::size_t slot : lasting.ready) {
        slots_.edit(slot).queue = Slot::Queue::None;
        if (slots_[slot].tcp.state() != TcpState::Closed)
            finishSlot(cx, slot, AppCall::Abort);
    }
    while (listensOn(port))
        finishSlot(cx, listeners_[port].front(), AppCall::Close);
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
    file(*slot);
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
    return slot ? roomOf(slots_[*slot].tcp, slots_[*slot].sendBuffer) : 0;
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
    slots_.edit(*slot).sendBuffer = config.sendBuffer;
    Sink sink(*this, cx, *slot);
    configureLive(slots_.edit(*slot).tcp, cx.now, config, sink);
    file(*slot);
}

bool Host::hears(std::uint16_t port, const IpAddress& local) const
{
    const auto lasting = lasting_.find(port);
    if (lasting == lasting_.end() || !lasting->second.socket)
        return true;
    const IpAddress& wanted = lasting->second.socket->local;
    if (!wanted.isUnspecified())
        return wanted == local;
    return wanted.isV6() || local.isV4();
}

Reason Host::noRoomFor(const Slot& slot, const TcpSegment& segment) const
{
    const auto found = lasting_.find(segment.destinationPort);
    if (found == lasting_.end() || !found->second.socket || segment.flags.rst())
        return Reason::None;
    const Lasting& lasting = found->second;
    const bool readyFull = lasting.ready.size() > static_cast<std::size_t>(std::max(0, lasting.socket->backlog));
    if (slot.tcp.state() == TcpState::Listen) {
        if (!segment.flags.syn() || segment.flags.ack())
            return Reason::None;
        if (readyFull)
            return Reason::IgnoredBacklogFull;
        // What TcpConfig::synCookies asks for is answered by the connection itself.
        const auto most = std::max<std::size_t>(1, lasting.socket->tcp.synBacklog);
        const bool full = lasting.halfOpen.size() >= most && !lasting.socket->tcp.synCookies;
        return full || slots_.size() >= kMostConnections ? Reason::IgnoredSynQueueFull : Reason::None;
    }
    // The last segment of the handshake: as long as nobody accepts, it has not been heard, and SYN,ACK goes again.
    const bool completes = slot.queue == Slot::Queue::HalfOpen && segment.flags.ack() && !segment.flags.syn();
    return completes && readyFull ? Reason::IgnoredBacklogFull : Reason::None;
}

/// A half-open connection has gone on: to the queue of those that wait, or away.
void Host::queueUp(std::size_t index)
{
    Slot& slot = slots_.edit(index);
    if (!slot.gone && slot.tcp.state() == TcpState::SynReceived)
        return;
    Lasting& lasting = lasting_[slot.tcp.local().port];
    lasting.halfOpen.erase(index);
    const bool open = !slot.gone && slot.tcp.state() >= TcpState::Established;
    slot.queue = open ? Slot::Queue::Ready : Slot::Queue::None;
    if (open)
        lasting.ready.push_back(index);
}

} // namespace packetarium
