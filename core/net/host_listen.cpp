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
        const auto most = std::max<std::size_t>(1, lasting.socket->tcp.synBacklog);
        return lasting.halfOpen.size() >= most || slots_.size() >= kMostConnections ? Reason::IgnoredSynQueueFull : Reason::None;
    }
    // The last segment of the handshake: as long as nobody accepts, it has not been heard, and SYN,ACK goes again.
    const bool completes = slot.queue == Slot::Queue::HalfOpen && segment.flags.ack() && !segment.flags.syn();
    return completes && readyFull ? Reason::IgnoredBacklogFull : Reason::None;
}

bool Host::answerWithCookie(const NodeContext& cx, const Datagram& datagram, const TcpSegment& syn, Sink& sink) const
{
    const auto found = lasting_.find(syn.destinationPort);
    if (found == lasting_.end() || !found->second.socket || !found->second.socket->tcp.synCookies)
        return false;
    const TcpConfig& config = found->second.socket->tcp;
    const Endpoint local{datagram.destination, syn.destinationPort}, remote{datagram.source, syn.sourcePort};
    const std::uint16_t ifNone = remote.address.isV6() ? 1220 : 536; // RFC 9293 §3.7.1
    TcpSegment answer;
    answer.sourcePort = syn.destinationPort;
    answer.destinationPort = syn.sourcePort;
    answer.seq = makeSynCookie(cx.now, local, remote, syn.seq, syn.mss.value_or(ifNone), setup_.secret);
    answer.ack = syn.seq + 1;
    answer.flags.bits = TcpFlags::Syn | TcpFlags::Ack;
    answer.window = static_cast<std::uint16_t>(std::min<std::uint32_t>(config.receiveBuffer, 65535));
    answer.mss = std::min(config.mss, mssFor(remote.address));
    sink.sendSegment(answer, Reason::SentSynCookie, false);
    return true;
}

std::optional<std::uint16_t> Host::cookieIn(const NodeContext& cx, const Datagram& datagram,
                                            const TcpSegment& ack) const
{
    const auto found = lasting_.find(ack.destinationPort);
    const bool expected = found != lasting_.end() && found->second.socket && found->second.socket->tcp.synCookies;
    if (!expected || !ack.flags.ack() || ack.flags.syn() || ack.flags.rst())
        return std::nullopt;
    const Endpoint local{datagram.destination, ack.destinationPort}, remote{datagram.source, ack.sourcePort};
    return mssOfSynCookie(cx.now, local, remote, ack.seq - 1, ack.ack - 1, setup_.secret);
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
