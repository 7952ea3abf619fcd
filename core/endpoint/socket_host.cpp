// SPDX-License-Identifier: GPL-3.0-or-later
//
// The host at the end of its cable: what goes in and out, time, and what is
// made of its news.
#include "core/endpoint/socket_names.h"
#include "core/net/icmp_errors.h"
#include "core/wire/bytes.h"
#include "core/wire/ethernet.h"
#include "core/wire/ip.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr MacAddress kGatewayMac{{0x02, 0, 0, 0, 0, 0xfe}};
constexpr std::size_t kTraceLimit = 100'000; ///< records; older ones are forgotten, they have been read
constexpr std::size_t kMostLooped = 4096;    ///< datagrams to itself at one instant

IpAddress gatewayOf(bool v6)
{
    if (!v6)
        return Ipv4Address{0xc0000008}; // 192.0.0.8, an address that no host has (RFC 7600)
    return Ipv6Address{{0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xfe}};
}

IpPrefix halfOf(const IpPrefix& prefix, bool upper)
{
    IpPrefix half = prefix.network();
    half.length = static_cast<std::uint8_t>(prefix.length + 1);
    if (!upper)
        return half;
    if (half.address.isV4()) {
        half.address = Ipv4Address{half.address.v4().value | std::uint32_t{1} << (31 - prefix.length)};
    } else {
        Ipv6Address address = half.address.v6();
        const auto bit = static_cast<unsigned>(0x80 >> (prefix.length % 8));
        address.octets[prefix.length / 8] = static_cast<std::uint8_t>(address.octets[prefix.length / 8] | bit);
        half.address = address;
    }
    return half;
}

/// Everybody is reached by one neighbour whose address is known, also who would be on the link: nobody is asked for by ARP.
HostSetup withEverybody(HostSetup setup)
{
    Interface& interface = setup.ip.interfaces.front();
    interface.mac = MacAddress{{0x02, 0, 0, 0, 0, 0x01}};
    setup.ip.node = NodeId(0);
    std::vector<IpPrefix> prefixes = interface.addresses;
    prefixes.push_back(IpPrefix{Ipv6Address::linkLocal(interface.mac), 64});
    for (const IpPrefix& prefix : prefixes) {
        const bool v6 = prefix.address.isV6();
        if (prefix.length < (v6 ? 128 : 32)) {
            setup.ip.routes.push_back(Route{halfOf(prefix, false), gatewayOf(v6), 0});
            setup.ip.routes.push_back(Route{halfOf(prefix, true), gatewayOf(v6), 0});
        } else {
            setup.ip.neighbors[prefix.address] = kGatewayMac;
        }
    }
    for (const bool v6 : {false, true}) {
        setup.ip.neighbors[gatewayOf(v6)] = kGatewayMac;
        const IpAddress any = v6 ? IpAddress(Ipv6Address{}) : IpAddress();
        setup.ip.routes.push_back(Route{IpPrefix{any, 0}, gatewayOf(v6), 0});
    }
    return setup;
}

/// Of the octets after the Ethernet header, those that are the datagram.
ByteView datagramIn(ByteView payload)
{
    if (payload.size() >= kIpv4HeaderSize && payload[0] >> 4 == 4)
        return payload.first(std::min<std::size_t>(payload.size(), readU16(payload, 2)));
    if (payload.size() >= kIpv6HeaderSize && payload[0] >> 4 == 6)
        return payload.first(std::min<std::size_t>(payload.size(), kIpv6HeaderSize + readU16(payload, 4)));
    return {};
}

/// Nothing if it carries none.
Bytes datagramIn(const WireFrame& frame)
{
    if (!frame.isWhole())
        return frame.ethernet().etherType == kEtherTypeArp ? Bytes() : frame.payload();
    const EthernetDecoded ethernet = decodeEthernet(frame.body().view());
    if (ethernet.header.etherType == kEtherTypeArp)
        return {};
    const ByteView datagram = datagramIn(ethernet.payload);
    return Bytes(datagram.begin(), datagram.end());
}

/// Unspecified where there is no header of either version to read it from.
IpAddress destinationOf(ByteView datagram)
{
    const int version = datagram.empty() ? 0 : datagram[0] >> 4;
    if (version == 4 && datagram.size() >= kIpv4HeaderSize)
        return Ipv4Address{readU32(datagram, 16)};
    if (version == 6 && datagram.size() >= kIpv6HeaderSize)
        return readIpv6(datagram, 24);
    return {};
}

/// Whether a connection may end by it: also what cannot be seen at once, a fragment or a segment behind extension headers.
bool mayBearRst(ByteView datagram)
{
    constexpr std::size_t kFlagsAt = 13;
    constexpr unsigned kFragment = 0x3fff;
    if (datagram.size() < kIpv4HeaderSize)
        return false;
    const bool v4 = datagram[0] >> 4 == 4;
    if (v4 ? (readU16(datagram, 6) & kFragment) != 0 : datagram[6] != kProtocolTcp)
        return true;
    const std::size_t header = v4 ? (datagram[0] & 0x0fu) * 4 : kIpv6HeaderSize;
    return datagram.size() > header + kFlagsAt && (datagram[header + kFlagsAt] & TcpFlags::Rst) != 0;
}

/// Whether what an ICMP error says will not pass by itself (RFC 1122 §4.1.3.3; which that is, as on Linux).
bool lasts(const IcmpDelivery& delivery)
{
    if (delivery.trouble == ProgramTrouble::PortUnreachable || delivery.trouble == ProgramTrouble::ProtocolUnreachable)
        return true;
    const IcmpMessage& message = delivery.message;
    const auto isFrom = [&](unsigned first, unsigned last) { return message.code >= first && message.code <= last; };
    if (delivery.from.isV6()) // RFC 4443 §3.1: a filter; a policy, a route that rejects
        return message.type == IcmpMessage::V6DestinationUnreachable && (isFrom(1, 1) || isFrom(5, 6));
    // RFC 1122 §3.2.2.1: unknown, isolated, prohibited; RFC 1812 §5.2.7.1: a filter, precedence
    return message.type == IcmpMessage::DestinationUnreachable && (isFrom(6, 10) || isFrom(13, 15));
}

} // namespace

SocketHost::SocketHost(HostSetup setup)
    : host_(withEverybody(std::move(setup)))
{
    trace_.setNodes({TraceNode{"endpoint", host_.address(), true, NodeKind::Host, {}, {}}});
}

// --- what the host says ---

void SocketHost::transmit(NodeId, std::uint8_t, Outgoing&& out)
{
    Bytes datagram = datagramIn(out.frame);
    if (datagram.empty())
        return; // nobody needs to be asked: every neighbour is known
    if (host_.ip().isOwn(destinationOf(datagram))) {
        if (looped_.size() < kMostLooped)
            looped_.push_back(std::move(datagram));
        return;
    }
    outputs_.push_back(Output{now_, std::move(datagram), out.cause, out.conn, out.retransmission, sender_});
}

void SocketHost::programNews(NodeId, ConnId conn, AppCall what, AppResult result, std::uint64_t)
{
    ConnNews& news = newsOf(conn);
    switch (what) {
    case AppCall::Opened: news.opened = true; break;
    case AppCall::PeerClosed: news.peerClosed = true; break;
    case AppCall::Failed: news.failed = result; break;
    case AppCall::Closed:
        if (result == AppResult::Reset)
            news.failed = result;
        break;
    default: break;
    }
}

void SocketHost::dataArrived(NodeId, ConnId, ByteView data)
{
    collected_.insert(collected_.end(), data.begin(), data.end());
}

void SocketHost::stateEntered(NodeId, ConnId conn, TcpState state)
{
    ConnNews& news = newsOf(conn);
    if (state == TcpState::CloseWait)
        news.closeWait = true;
    else if (state != TcpState::Closed)
        news.closeWait = false;
    news.dead = state == TcpState::Closed;
}

/// The socket whose ends are meant most closely, of equals the oldest descriptor.
int SocketHost::takerOf(const UdpDelivery& delivery) const
{
    int best = -1;
    int bestRank = -1;
    for (const auto& [fd, socket] : sockets_) {
        const IpAddress& local = socket.local.address;
        if (socket.stream || !socket.bound || socket.local.port != delivery.localPort ||
            !hearsAt(local, socket.v6Only, delivery.to) || (socket.peer && *socket.peer != delivery.from))
            continue;
        const int rank = (socket.peer ? 2 : 0) + (local.isUnspecified() ? 0 : 1);
        if (rank > bestRank) {
            best = fd;
            bestRank = rank;
        }
    }
    return best;
}

void SocketHost::datagramArrived(NodeId, const UdpDelivery& delivery)
{
    Socket* best = find(takerOf(delivery));
    if (best == nullptr || best->readShut)
        return;
    // A full receive buffer loses what comes; one message always fits.
    if (!best->messages.empty() && best->messageOctets + delivery.data.size() > best->tcp.receiveBuffer) {
        ++ignored_[Reason::IgnoredReceiveBufferFull];
        ignoredNow_.push_back(Reason::IgnoredReceiveBufferFull);
        return;
    }
    best->messageOctets += delivery.data.size();
    best->messages.push_back({delivery.from, Bytes(delivery.data.begin(), delivery.data.end())});
}

void SocketHost::icmpArrived(NodeId, const IcmpDelivery& delivery)
{
    if (delivery.protocol == kProtocolTcp) {
        for (const Host::Slot& slot : host_.connections()) {
            if (!slot.gone && slot.tcp.local() == delivery.originalFrom && slot.tcp.remote() == delivery.originalTo)
                newsOf(slot.id).trouble = isParameterProblem(delivery.message, delivery.from.isV6())
                                              ? ProgramTrouble::HostUnreachable // it may pass (RFC 9293 §3.9.2.2)
                                              : delivery.trouble;
        }
        return;
    }
    if (delivery.protocol != kProtocolUdp)
        return;
    for (auto& [fd, socket] : sockets_) {
        if (socket.stream || !socket.peer || *socket.peer != delivery.originalTo ||
            socket.local.port != delivery.originalFrom.port)
            continue;
        if (lasts(delivery))
            socket.error = errnoOf(delivery.trouble, Errno::HostUnreach);
    }
}

// --- what becomes of it ---

/// Reads what the trace has got since the last time.
void SocketHost::absorb()
{
    const auto records = trace_.records();
    for (; recordsSeen_ < records.size(); ++recordsSeen_) {
        const Record& record = records[recordsSeen_];
        if (record.kind == RecordKind::Variable) {
            newsOf(record.conn).variables[record.a] = record.value;
        } else if (record.kind == RecordKind::Timer) {
            newsOf(record.conn).timers[record.a] = record.timerChange() == TimerChange::Started
                                                       ? SimTime::fromNs(static_cast<std::int64_t>(record.value))
                                                       : SimTime::never();
        } else if (record.kind == RecordKind::SegmentIgnored) {
            ++ignored_[record.reason];
            ignoredNow_.push_back(record.reason);
        }
    }
    if (recordsSeen_ < kTraceLimit)
        return;
    Trace fresh;
    fresh.setNodes({trace_.nodes().begin(), trace_.nodes().end()});
    for (const TraceConn& conn : trace_.conns())
        fresh.addConn(conn);
    trace_ = std::move(fresh);
    recordsSeen_ = 0;
}

/// A connection that is about to end forgets what is unread; a program may still read it.
void SocketHost::keepUnread(ConnId conn)
{
    const Connection* tcp = host_.connection(conn);
    if (tcp != nullptr && tcp->state() != TcpState::Closed)
        newsOf(conn).kept = host_.unreadOf(conn);
}

void SocketHost::settle()
{
    deliverLooped();
    absorb();
    for (std::size_t round = 0; round < kMostBlocked && retryBlocked(); ++round)
        deliverLooped();
    absorb();
}

bool SocketHost::retryBlocked()
{
    bool any = false;
    for (std::size_t i = 0; i < blocked_.size();) {
        running_ = blocked_[i].ticket;
        MaybeAnswer answer;
        if (blocked_[i].lingers) {
            const Connection* tcp = host_.connection(blocked_[i].lingers);
            if (tcp == nullptr || tcp->state() == TcpState::Closed || tcp->state() == TcpState::FinWait2 ||
                tcp->state() == TcpState::TimeWait || blocked_[i].until <= now_)
                answer = Answer::of(0);
        } else {
            answer = attempt(blocked_[i].call);
        }
        const Blocked& blocked = blocked_[i];
        if (!answer && blocked.until <= now_) {
            const Call& call = blocked.call;
            if (call.sent > 0) {
                answer = Answer::of(static_cast<std::int64_t>(call.sent));
            } else if (!call.gathered.empty()) {
                answer = gathered(blocked_[i].call);
            } else if (call.fn == Fn::Poll) {
                answer = Answer::of(0);
                answer->polled = call.polled;
            } else {
                answer = Answer::failed(blocked.whenLate);
            }
        }
        if (!answer) {
            ++i;
            continue;
        }
        any = true;
        done_.push_back(Done{blocked.ticket, std::move(*answer)});
        blocked_.erase(blocked_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    running_ = 0;
    return any;
}

// --- in and out ---

void SocketHost::receive(ByteView datagram, const MacAddress& from)
{
    const bool v6 = !datagram.empty() && datagram[0] >> 4 == 6;
    if (mayBearRst(datagram)) { // what nobody has accepted yet can be read from when it is
        for (const Host::Slot& slot : host_.connections())
            if (slot.tcp.state() >= TcpState::Established)
                keepUnread(slot.id);
    } else {
        for (const auto& [conn, fd] : fds_)
            if (const Connection* tcp = host_.connection(conn); tcp != nullptr && tcp->state() > TcpState::CloseWait)
                keepUnread(conn);
    }
    EthernetHeader header;
    header.source = from;
    header.destination = host_.mac();
    header.etherType = v6 ? kEtherTypeIpv6 : kEtherTypeIpv4;
    const IpAddress to = destinationOf(datagram);
    if (to == IpAddress(Ipv4Address{0xffffffff}))
        header.destination = MacAddress::broadcast();
    else if (to.isMulticast())
        header.destination = multicastMac(to);
    host_.receiveFrame(context(), PacketId::none(), encodeEthernet(header, datagram));
}

void SocketHost::deliverLooped()
{
    for (std::size_t n = 0; !looped_.empty() && n < kMostLooped; ++n) {
        const Bytes datagram = std::move(looped_.front());
        looped_.pop_front();
        receive(datagram, host_.mac());
    }
    looped_.clear();
}

std::vector<Reason> SocketHost::inject(ByteView datagram)
{
    absorb();
    ignoredNow_.clear();
    if (outputs_.size() < kMostOutputs)
        receive(datagram, kGatewayMac);
    absorb();
    std::vector<Reason> why = std::move(ignoredNow_);
    ignoredNow_.clear();
    settle();
    ignoredNow_.clear();
    return why;
}

MaybeAnswer SocketHost::call(std::uint64_t ticket, Call call)
{
    Blocked blocked;
    blocked.ticket = ticket;
    const Socket* socket = find(call.fd);
    call.socket = socket ? socket->serial : 0;
    const bool block = !call.nonblock && !(socket && socket->nonblock);
    if (call.fn == Fn::Poll)
        blocked.until = call.timeout ? now_ + *call.timeout : SimTime::never();
    else if (socket && call.fn == Fn::Close && socket->linger.on)
        blocked.until = now_ + SimDuration::seconds(socket->linger.seconds);
    else if (socket) {
        const bool writes = call.fn == Fn::Send || call.fn == Fn::Connect;
        const SimDuration most = writes ? socket->sendTimeout : socket->receiveTimeout;
        blocked.until = most > SimDuration() ? now_ + most : SimTime::never();
    }
    blocked.whenLate = call.fn == Fn::Connect ? Errno::InProgress : Errno::Again;

    MaybeAnswer answer = call.fn == Fn::Close ? close(call, blocked.lingers) : attempt(call);
    if (!answer && call.fn != Fn::Poll && !block) {
        answer = call.sent > 0          ? Answer::of(static_cast<std::int64_t>(call.sent))
                 : call.fn == Fn::Close ? Answer::of(0)
                                        : Answer::failed(blocked.whenLate);
        if (!call.gathered.empty())
            answer = gathered(call);
    }
    if (!answer && blocked.until <= now_) { // poll with a timeout of 0
        answer = Answer::of(0);
        answer->polled = call.polled;
    }
    if (!answer) {
        std::size_t octets = call.data.size();
        for (const Blocked& other : blocked_)
            octets += other.call.data.size();
        if (blocked_.size() >= kMostBlocked || octets > kMostBlockedOctets)
            answer = Answer::failed(Errno::NoBufs);
    }
    if (!answer) {
        blocked.call = std::move(call);
        blocked_.push_back(std::move(blocked));
    }
    settle();
    return answer;
}

SimTime SocketHost::nextDue() const
{
    SimTime due = host_.nextDeadline();
    for (const Blocked& blocked : blocked_)
        due = std::min(due, blocked.until);
    return due;
}

SocketHost::Ended SocketHost::run(SimTime until, Stop stop)
{
    const auto reached = [&]() -> std::optional<Ended> {
        if (stop.output && !outputs_.empty())
            return Ended::Output;
        if (stop.done && !done_.empty())
            return Ended::Done;
        return std::nullopt;
    };
    settle();
    until = std::max(until, now_);
    for (std::size_t steps = 0;; ++steps) {
        const SimTime due = nextDue();
        // Everything of this instant first.
        if (due > now_) {
            if (const auto ended = reached())
                return *ended;
            if (due > until || due.isNever())
                break;
            if (steps > kMostSteps || outputs_.size() >= kMostOutputs)
                return Ended::Limit;
            now_ = due;
        } else if (steps > kMostSteps) {
            return Ended::Limit;
        }
        for (const auto& [conn, fd] : fds_) {
            const Connection* tcp = host_.connection(conn);
            if (tcp != nullptr && tcp->nextDeadline() <= now_)
                keepUnread(conn);
        }
        host_.onTimer(context());
        settle();
    }
    if (!until.isNever())
        now_ = until;
    return Ended::Time;
}

std::vector<SocketHost::Output> SocketHost::takeOutputs()
{
    return std::exchange(outputs_, {});
}

std::vector<SocketHost::Done> SocketHost::takeDone()
{
    return std::exchange(done_, {});
}

Socket* SocketHost::find(int fd)
{
    const auto found = sockets_.find(fd);
    return found == sockets_.end() ? nullptr : &found->second;
}

const ConnNews* SocketHost::news(ConnId conn) const
{
    const auto found = news_.find(conn);
    return found == news_.end() ? nullptr : &found->second;
}

ConnId SocketHost::lastConnOf(int fd) const
{
    const auto found = lastConns_.find(fd);
    return found == lastConns_.end() ? ConnId::none() : found->second;
}

int SocketHost::fdOf(ConnId conn) const
{
    const auto found = fds_.find(conn);
    return found == fds_.end() ? -1 : found->second;
}

} // namespace packetarium
