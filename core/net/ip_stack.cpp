// SPDX-License-Identifier: GPL-3.0-or-later
//
// Datagrams on their way out, and time.
#include "core/net/icmp_errors.h"
#include "core/wire/bytes.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <limits>

namespace packetarium {

namespace {

constexpr std::size_t kFragmentUnit = 8;
constexpr std::uint8_t kLinkLocalLength = 64;
constexpr std::uint8_t kInternetworkControl = 0xc0; // precedence 6, RFC 1812 §4.3.2.5
constexpr std::size_t kMaxPathMtus = 256;

IpStackSetup withLinkLocal(IpStackSetup setup)
{
    for (Interface& interface : setup.interfaces) {
        const auto is = [&](bool linkLocal) {
            return std::any_of(interface.addresses.begin(), interface.addresses.end(), [&](const IpPrefix& p) {
                return p.address.isV6() && (!linkLocal || p.address.v6().isLinkLocal());
            });
        };
        if (is(false) && !is(true))
            interface.addresses.push_back(IpPrefix{Ipv6Address::linkLocal(interface.mac), kLinkLocalLength});
    }
    return setup;
}

/// RFC 1191 §7: the next lower plateau, for routers that do not say how much fits.
std::uint16_t plateauBelow(std::uint32_t octets)
{
    constexpr std::array<std::uint16_t, 9> kPlateaus{32000, 17914, 8166, 4352, 2002, 1492, 1006, 508, 296};
    for (const std::uint16_t plateau : kPlateaus) {
        if (plateau < octets)
            return plateau;
    }
    return 68;
}

} // namespace

IpStack::IpStack(IpStackSetup setup)
    : setup_(withLinkLocal(std::move(setup)))
    , routes_(setup_.interfaces, setup_.routes)
{}

std::optional<Hop> IpStack::hopTo(const IpAddress& destination) const
{
    if (setup_.neighbors.count(destination) != 0)
        return Hop{0, destination};
    const Route* route = routes_.find(destination);
    return route == nullptr ? std::nullopt : std::optional(Routes::hopBy(*route, destination));
}

std::optional<Hop> IpStack::hopTo(const NodeContext& cx, const IpAddress& destination, PacketId cause) const
{
    if (cx.layers && setup_.neighbors.count(destination) == 0) {
        if (const Route* route = routes_.find(destination)) {
            noteTable(cx, TableChange::Used, Routes::rowOf(setup_.node, *route), cause);
        } else {
            Route missing;
            missing.to = IpPrefix{destination, static_cast<std::uint8_t>(destination.isV6() ? 128 : 32)};
            noteTable(cx, TableChange::Missed, Routes::rowOf(setup_.node, missing), cause);
        }
    }
    return hopTo(destination);
}

std::optional<IpAddress> IpStack::sourceFor(const IpAddress& destination) const
{
    const auto hop = hopTo(destination);
    return hop ? routes_.sourceFor(destination, *hop) : std::nullopt;
}

const IpStack::PathMtu* IpStack::learntMtu(const IpAddress& destination) const
{
    const auto learnt = pathMtus_.find(destination);
    return learnt == pathMtus_.end() || learnt->second.until <= now_ ? nullptr : &learnt->second;
}

std::uint16_t IpStack::linkMtuTo(const IpAddress& destination) const
{
    const auto hop = hopTo(destination);
    return setup_.interfaces[hop ? hop->port : 0].mtu;
}

std::uint16_t IpStack::mtuTo(const IpAddress& destination) const
{
    const std::uint16_t link = linkMtuTo(destination);
    const PathMtu* learnt = learntMtu(destination);
    return learnt == nullptr ? link : std::min(link, learnt->octets);
}

IpStack::Sent IpStack::send(const NodeContext& cx, const Datagram& datagram, const SendNote& note)
{
    now_ = cx.now;
    const bool v6 = datagram.destination.isV6();
    const auto hop = hopTo(cx, datagram.destination, datagram.packet);
    if (!hop)
        return Sent::NoRoute;
    IpAddress source = datagram.source;
    if (source.isUnspecified()) {
        const auto chosen = routes_.sourceFor(datagram.destination, *hop);
        if (!chosen)
            return Sent::NoRoute;
        source = *chosen;
    }
    const std::size_t size =
        (v6 ? kIpv6HeaderSize : kIpv4HeaderSize) + datagram.upperHeader.size() + datagram.payload.size();
    const std::uint16_t linkMtu = setup_.interfaces[hop->port].mtu;
    const bool whole = datagram.dontFragment;
    const PathMtu* learnt = whole || v6 ? learntMtu(datagram.destination) : nullptr;
    const std::uint16_t pathMtu = learnt ? std::min(linkMtu, learnt->octets) : linkMtu;
    // What one header can say: of IPv4 header and payload, of IPv6 the payload alone.
    const std::size_t longest = std::numeric_limits<std::uint16_t>::max() + (v6 ? kIpv6HeaderSize : 0);
    if (size > (whole ? pathMtu : longest))
        return Sent::TooBig;

    Leaving leaving;
    leaving.note = note;
    if (v6) {
        Ipv6Header header;
        header.trafficClass = datagram.dscpEcn;
        header.nextHeader = datagram.protocol;
        header.hopLimit = datagram.ttl;
        header.source = source.v6();
        header.destination = datagram.destination.v6();
        if (size > pathMtu) {
            assert(datagram.upperHeader.empty());
            sendFragments6(cx, *hop, header, datagram.payload, pathMtu, leaving);
            return Sent::Yes;
        }
        leaving.frame.appendHead(ipv6HeaderOctets(header, size - kIpv6HeaderSize));
        leaving.frame.appendHead(datagram.upperHeader);
        leaving.frame.setBody(datagram.payload);
        transmitTo(cx, *hop, std::move(leaving));
        return Sent::Yes;
    }
    Ipv4Header header;
    header.dscpEcn = datagram.dscpEcn;
    header.identification = ++ipId_;
    header.dontFragment = datagram.dontFragment;
    header.ttl = datagram.ttl;
    header.protocol = datagram.protocol;
    header.source = source.v4();
    header.destination = datagram.destination.v4();
    if (size > linkMtu) {
        assert(datagram.upperHeader.empty()); // TCP has its segments fit
        sendFragments(cx, *hop, header, datagram.payload, leaving);
        return Sent::Yes;
    }
    leaving.frame.appendHead(ipv4HeaderOctets(header, size - kIpv4HeaderSize));
    leaving.frame.appendHead(datagram.upperHeader);
    leaving.frame.setBody(datagram.payload);
    transmitTo(cx, *hop, std::move(leaving));
    return Sent::Yes;
}

// RFC 791 §3.2. `header` may be a fragment's already; options are not carried over.
void IpStack::sendFragments(const NodeContext& cx, const Hop& hop, const Ipv4Header& header, ByteView payload,
                            const Leaving& pattern)
{
    const std::size_t room = (setup_.interfaces[hop.port].mtu - kIpv4HeaderSize) / kFragmentUnit * kFragmentUnit;
    for (std::size_t at = 0; at < payload.size(); at += room) {
        const ByteView part = payload.subspan(at, std::min(room, payload.size() - at));
        Ipv4Header piece = header;
        piece.fragmentOffset = static_cast<std::uint16_t>(header.fragmentOffset + at / kFragmentUnit);
        piece.moreFragments = header.moreFragments || at + part.size() < payload.size();
        Leaving leaving = pattern;
        leaving.frame.setBody(encodeIpv4(piece, part));
        transmitTo(cx, hop, std::move(leaving));
    }
}

// RFC 8200 §4.5: only who sends a packet may fragment it.
void IpStack::sendFragments6(const NodeContext& cx, const Hop& hop, const Ipv6Header& header, ByteView payload,
                             std::size_t mtu, const Leaving& pattern)
{
    constexpr std::size_t kFragmentHeader = 8;
    const std::size_t room = (mtu - kIpv6HeaderSize - kFragmentHeader) / kFragmentUnit * kFragmentUnit;
    ++ip6Id_;
    for (std::size_t at = 0; at < payload.size(); at += room) {
        const ByteView part = payload.subspan(at, std::min(room, payload.size() - at));
        const bool more = at + part.size() < payload.size();
        Bytes piece(kFragmentHeader);
        piece[0] = header.nextHeader;
        writeU16(piece, 2, static_cast<std::uint16_t>(at | (more ? 1u : 0u)));
        writeU32(piece, 4, ip6Id_);
        piece.insert(piece.end(), part.begin(), part.end());
        Ipv6Header outer = header;
        outer.nextHeader = Ip6ExtensionHeader::Fragment;
        Leaving leaving = pattern;
        leaving.frame.setBody(encodeIpv6(outer, piece));
        transmitTo(cx, hop, std::move(leaving));
    }
}

/// Takes one from the bucket, unless it is empty.
bool IpStack::mayComplain(const NodeContext& cx, const Datagram& about)
{
    const SimTime full = std::max(errorsFull_, cx.now) + kErrorInterval;
    if (full - cx.now > kErrorBurst * kErrorInterval) {
        noteIgnored(cx, setup_.node, about.packet, Reason::IgnoredIcmpLimit);
        return false;
    }
    errorsFull_ = full;
    return true;
}

void IpStack::sendError(const NodeContext& cx, const Datagram& about, std::uint8_t type, std::uint8_t code,
                        std::uint32_t rest, Reason cause)
{
    if (mayBeAnsweredByError(about) && mayComplain(cx, about))
        sendIcmp(cx, about, errorAbout(about, type, code, rest), cause);
}

void IpStack::complain(const NodeContext& cx, const Datagram& about, const Ip6Chain::Problem& problem)
{
    if (mayBeAnsweredByError(about, problem.alsoToGroup) && mayComplain(cx, about))
        sendIcmp(cx, about, parameterProblem(about, problem.code, problem.pointer), Reason::SentParameterProblem);
}

void IpStack::sendIcmp(const NodeContext& cx, const Datagram& about, const IcmpMessage& message, Reason cause)
{
    Datagram error;
    error.destination = about.source;
    // From the address it was for, if that is ours (RFC 1122 §3.2.2); a router's own otherwise.
    if (isOwn(about.destination))
        error.source = about.destination;
    else
        error.source = sourceFor(about.source).value_or(IpAddress());
    if (about.source.isV6()) {
        error.protocol = kProtocolIcmpv6;
        error.payload = encodeIcmpv6(message, error.source.v6(), about.source.v6());
    } else {
        error.protocol = kProtocolIcmp;
        error.dscpEcn = kInternetworkControl;
        error.payload = encodeIcmp(message);
    }
    send(cx, error, SendNote{cause, ConnId::none(), false});
}

Reason IpStack::learnMtu(const NodeContext& cx, const IcmpMessage& message, bool v6)
{
    const bool tooBig =
        v6 ? message.type == IcmpMessage::V6PacketTooBig
           : message.type == IcmpMessage::DestinationUnreachable && message.code == IcmpMessage::FragmentationNeeded;
    const auto sent = tooBig ? describeDatagram(message.payload) : std::nullopt;
    if (!sent || sent->source.isV6() != v6 || !isOwn(sent->source))
        return Reason::None;
    constexpr std::uint32_t kLeastV6 = 1280, kLeastV4 = 68; // RFC 8200 §5, RFC 791 §3.2
    const std::uint32_t quoted =
        v6 ? static_cast<std::uint32_t>(readU16(message.payload, 4) + kIpv6HeaderSize) : readU16(message.payload, 2);
    std::uint32_t octets = v6 ? message.rest : message.rest & 0xffff;
    if (octets == 0 && !v6)
        octets = plateauBelow(quoted);
    // RFC 8201 §4: below the least, or not less than what is said not to fit.
    if ((v6 && octets < kLeastV6) || octets >= quoted)
        return Reason::IgnoredIcmpMtu;
    octets = std::max(octets, kLeastV4);
    if (octets >= mtuTo(sent->destination))
        return Reason::None;
    std::erase_if(pathMtus_, [&](const auto& entry) { return entry.second.until <= cx.now; });
    if (pathMtus_.size() < kMaxPathMtus || pathMtus_.count(sent->destination) != 0)
        pathMtus_[sent->destination] = PathMtu{static_cast<std::uint16_t>(octets), cx.now + kPathMtuLifetime};
    return Reason::None;
}

void IpStack::onTimer(const NodeContext& cx)
{
    now_ = cx.now;
    if (due_ > cx.now)
        return;
    runNeighbors(cx);
    expireFragments(cx);
    replan();
}

void IpStack::replan()
{
    due_ = work_ = fragments_.nextDeadline();
    for (const auto& [who, neighbor] : neighbors_) {
        due_ = std::min(due_, neighbor.due);
        if (!neighbor.mac)
            work_ = std::min(work_, neighbor.due);
    }
}

void IpStack::forget(const NodeContext& cx)
{
    for (const auto& [who, neighbor] : neighbors_) {
        if (neighbor.mac)
            noteTable(cx, TableChange::Removed, rowOf(who, neighbor), PacketId::none());
    }
    neighbors_.clear();
    pathMtus_.clear();
    errorsFull_ = SimTime();
    fragments_.clear();
    replan();
}

void IpStack::noteRoutes(const NodeContext& cx) const
{
    for (const Route& route : routes_.all())
        noteTable(cx, TableChange::Added, Routes::rowOf(setup_.node, route), PacketId::none());
}

} // namespace packetarium
