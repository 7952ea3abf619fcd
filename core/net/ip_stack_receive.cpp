// SPDX-License-Identifier: GPL-3.0-or-later
//
// Frames that come in: is it for this node, is it whole, and if it is for
// somebody else, which way on.
#include "core/net/icmp_errors.h"
#include "core/wire/ecn.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::uint8_t kLastTtl = 1;
constexpr std::uint32_t kMostOctets = 65535; // that a length field can say

/// Of a frame in parts: whether its headers go as far as TCP's, so that its body is the segment's data.
bool carriesTcpHeader(ByteView head)
{
    const bool v6 = head.size() > kEthernetHeaderSize && head[kEthernetHeaderSize] >> 4 == 6;
    return head.size() > kEthernetHeaderSize + (v6 ? kIpv6HeaderSize : kIpv4HeaderSize) &&
           head[kEthernetHeaderSize + (v6 ? 6 : 9)] == kProtocolTcp;
}

} // namespace

void IpStack::refuse(const NodeContext& cx, const Arrival& arrival, Layer layer, std::size_t offset, std::size_t length,
                     Reason why) const
{
    noteLayer(cx, setup_.node, arrival.packet, LayerAct::Refused, layer, offset, length);
    noteIgnored(cx, setup_.node, arrival.packet, why);
}

bool IpStack::hearsGroup(const MacAddress& group, std::uint8_t port) const
{
    if (group == MacAddress::broadcast())
        return true;
    // The groups of IPv6: which one it is for the datagram says.
    const bool ipv6 = group.octets[0] == 0x33 && group.octets[1] == 0x33;
    const auto& addresses = setup_.interfaces[port].addresses;
    return ipv6 && std::any_of(addresses.begin(), addresses.end(), [](const IpPrefix& p) { return p.address.isV6(); });
}

std::optional<Datagram> IpStack::receiveFrame(const NodeContext& cx, std::uint8_t port, PacketId packet,
                                              const WireFrame& frame)
{
    now_ = cx.now;
    Arrival arrival;
    EthernetDecoded ethernet;
    if (frame.isWhole()) {
        ethernet = decodeEthernet(frame.body().view());
        arrival.payload = Octets::borrow(ethernet.payload);
    } else {
        ethernet.header = frame.ethernet();
        if (carriesTcpHeader(frame.head())) {
            arrival.apart = &frame;
            arrival.payload = Octets::borrow(frame.head().subspan(kEthernetHeaderSize));
        } else {
            arrival.payload = frame.payload();
        }
    }
    arrival.port = port;
    arrival.packet = packet;
    arrival.source = ethernet.header.source;
    arrival.toGroup = ethernet.header.destination.isGroup();
    noteLayer(cx, setup_.node, packet, LayerAct::Received, Layer::Physical, 0, frame.size());
    const auto refused = [&](Reason why) {
        refuse(cx, arrival, Layer::Link, 0, frame.size(), why);
        return std::nullopt;
    };
    if (ethernet.error == EthernetError::BadFcs)
        return refused(Reason::IgnoredBadFcs);
    if (ethernet.error != EthernetError::None)
        return refused(Reason::IgnoredMalformed);
    if (arrival.toGroup ? !hearsGroup(ethernet.header.destination, port)
                        : ethernet.header.destination != setup_.interfaces[port].mac)
        return refused(Reason::IgnoredNotForThisMac);
    switch (ethernet.header.etherType) {
    case kEtherTypeIpv4: return receiveIpv4(cx, arrival);
    case kEtherTypeIpv6: return receiveIpv6(cx, arrival);
    case kEtherTypeArp: receiveArp(cx, arrival); return std::nullopt;
    default: return refused(Reason::IgnoredUnknownProtocol);
    }
}

/// RFC 1122 §3.2.1.3, RFC 4291 §2.5.2 and §2.7: no single host has such an address. Who has none yet may ask for one, and ask
/// whether one is free.
bool IpStack::isFromNobody(const Datagram& datagram) const
{
    constexpr std::uint32_t kThisNetwork = 0, kLoopback = 127, kFirstGroup = 0xe0;
    const IpAddress& source = datagram.source;
    if (source.isV4()) {
        const std::uint32_t first = source.v4().value >> 24;
        const bool asksForOne = source.isUnspecified() && datagram.destination == IpAddress(Ipv4Address{0xffffffff}) &&
                                datagram.protocol == kProtocolUdp; // RFC 2131 §4.1
        return (first == kThisNetwork && !asksForOne) || first == kLoopback || first >= kFirstGroup ||
               routes_.isBroadcast(source) || routes_.isNetworkItself(source);
    }
    const bool asksForFree = datagram.destination.isMulticast() && datagram.protocol == kProtocolIcmpv6 &&
                             !datagram.payload.empty() && datagram.payload[0] == IcmpMessage::V6NeighborSolicitation;
    return (source.isUnspecified() && !asksForFree) || source.isMulticast() || source.v6().isLoopback() ||
           source.v6().isV4Mapped();
}

/// Nobody else sends with an address of this node. A SYN that seems to come from where it goes would have the node answer
/// itself without end (RFC 9293 §3.9.2.3, MUST-63; known as LAND).
bool IpStack::isForgedOwn(const Arrival& arrival, const Datagram& datagram) const
{
    return isOwn(datagram.source) && arrival.source != setup_.interfaces[arrival.port].mac;
}

std::optional<Datagram> IpStack::receiveIpv4(const NodeContext& cx, const Arrival& arrival)
{
    const Ipv4Decoded ip = decodeIpv4(arrival.payload.view(), arrival.behind());
    const std::size_t size = ip.error == IpError::None ? std::size_t{ip.header.totalLength} : arrival.payload.size();
    noteLayer(cx, setup_.node, arrival.packet, LayerAct::Removed, Layer::Link, kEthernetHeaderSize, size);
    const auto refused = [&](Reason why) {
        refuse(cx, arrival, Layer::Internet, kEthernetHeaderSize, size, why);
        return std::nullopt;
    };
    if (ip.error == IpError::BadChecksum)
        return refused(Reason::IgnoredBadIpChecksum);
    if (ip.error != IpError::None)
        return refused(Reason::IgnoredMalformed);
    Datagram datagram;
    datagram.source = ip.header.source;
    datagram.destination = ip.header.destination;
    datagram.protocol = ip.header.protocol;
    datagram.ttl = ip.header.ttl;
    datagram.dscpEcn = ip.header.dscpEcn;
    datagram.dontFragment = ip.header.dontFragment;
    datagram.packet = arrival.packet;
    const bool broadcast = routes_.isBroadcast(datagram.destination);
    datagram.toGroup = arrival.toGroup || broadcast;
    datagram.payloadAt = kEthernetHeaderSize + ip.headerSize;
    datagram.payloadThere = size - ip.headerSize;
    takePayload(arrival, ip.headerSize, size, datagram);
    if (isFromNobody(datagram) || isForgedOwn(arrival, datagram))
        return refused(Reason::IgnoredBadSource);
    if (!isOwn(datagram.destination) && !broadcast) {
        if (datagram.destination.isMulticast())
            return refused(Reason::IgnoredNotForUs);
        if (!setup_.router || arrival.toGroup) // RFC 1812 §5.3.4
            return refused(Reason::IgnoredNotRouted);
        forward(cx, arrival, datagram, size);
        return std::nullopt;
    }
    if (setup_.filtered)
        return refused(Reason::IgnoredFiltered);
    noteLayer(cx, setup_.node, arrival.packet, LayerAct::Removed, Layer::Internet, datagram.payloadAt,
              datagram.payloadThere);
    if (ip.header.isFragment())
        return putTogether(cx, arrival, ip, std::move(datagram));
    if (datagram.protocol == kProtocolIcmp)
        return receiveIcmp(cx, arrival, std::move(datagram));
    return datagram;
}

std::optional<Datagram> IpStack::receiveIpv6(const NodeContext& cx, const Arrival& arrival)
{
    const Ipv6Decoded ip = decodeIpv6(arrival.payload.view(), arrival.behind());
    const std::size_t size =
        ip.error == IpError::None ? ip.headerSize + ip.payload.size() + arrival.behind() : arrival.payload.size();
    noteLayer(cx, setup_.node, arrival.packet, LayerAct::Removed, Layer::Link, kEthernetHeaderSize, size);
    const auto refused = [&](Reason why) {
        refuse(cx, arrival, Layer::Internet, kEthernetHeaderSize, size, why);
        return std::nullopt;
    };
    if (ip.error != IpError::None)
        return refused(Reason::IgnoredMalformed);
    Datagram datagram;
    datagram.source = ip.header.source;
    datagram.destination = ip.header.destination;
    datagram.protocol = ip.header.nextHeader;
    datagram.ttl = ip.header.hopLimit;
    datagram.dscpEcn = ip.header.trafficClass;
    datagram.dontFragment = true;
    datagram.packet = arrival.packet;
    datagram.toGroup = arrival.toGroup || datagram.destination.isMulticast();
    datagram.payloadAt = kEthernetHeaderSize + ip.headerSize;
    datagram.payloadThere = size - ip.headerSize;
    takePayload(arrival, ip.headerSize, size, datagram);
    if (isFromNobody(datagram) || isForgedOwn(arrival, datagram))
        return refused(Reason::IgnoredBadSource);
    if (!isOwn(datagram.destination) && !routes_.isOwnGroup(datagram.destination, setup_.router)) {
        if (datagram.destination.isMulticast())
            return refused(Reason::IgnoredNotForUs);
        // Link-local addresses mean nothing on another link (RFC 4291 §2.5.6).
        if (!setup_.router || arrival.toGroup || ip.header.destination.isLinkLocal() || ip.header.source.isLinkLocal())
            return refused(Reason::IgnoredNotRouted);
        forward(cx, arrival, datagram, size);
        return std::nullopt;
    }
    const bool neighborDiscovery = datagram.protocol == kProtocolIcmpv6 && !datagram.payload.empty() &&
                                   (datagram.payload[0] == IcmpMessage::V6NeighborSolicitation ||
                                    datagram.payload[0] == IcmpMessage::V6NeighborAdvertisement);
    if (setup_.filtered && !neighborDiscovery)
        return refused(Reason::IgnoredFiltered);
    const ByteView packet = arrival.payload.view().first(std::min(size, arrival.payload.size()));
    const Ip6Chain chain = readIp6Chain(packet);
    if (chain.refused != Reason::None) {
        refused(chain.refused);
        if (chain.problem)
            complain(cx, datagram, *chain.problem);
        return std::nullopt;
    }
    noteLayer(cx, setup_.node, arrival.packet, LayerAct::Removed, Layer::Internet, datagram.payloadAt,
              datagram.payloadThere);
    if (chain.fragment)
        return putTogether6(cx, arrival, chain, packet, std::move(datagram));
    if (datagram.protocol == kProtocolIcmpv6)
        return receiveIcmp(cx, arrival, std::move(datagram));
    return datagram;
}

/// Where the payload and what is in front of it lie. Nothing is copied: good while the frame is.
void IpStack::takePayload(const Arrival& arrival, std::size_t headerSize, std::size_t size, Datagram& datagram) const
{
    if (arrival.apart == nullptr) {
        datagram.headers = arrival.payload.view().first(headerSize);
        datagram.payload = arrival.payload.part(headerSize, size - headerSize);
        return;
    }
    datagram.headers = arrival.payload.view();
    datagram.upperHeader = arrival.payload.view().subspan(headerSize);
    datagram.payload = arrival.apart->body().part(0, size - arrival.payload.size());
}

// RFC 1812 §5.2.1: the way, then the time to live, then the size.
void IpStack::forward(const NodeContext& cx, const Arrival& arrival, const Datagram& datagram, std::size_t size)
{
    const bool v6 = datagram.destination.isV6();
    noteLayer(cx, setup_.node, arrival.packet, LayerAct::Read, Layer::Internet, kEthernetHeaderSize, size);
    const auto refused = [&](Reason why) { refuse(cx, arrival, Layer::Internet, kEthernetHeaderSize, size, why); };
    using M = IcmpMessage;
    const auto hop = hopTo(cx, datagram.destination, arrival.packet);
    if (!hop) {
        refused(Reason::IgnoredNoRoute);
        sendError(cx, datagram, M::DestinationUnreachable, M::NetUnreachable, 0, Reason::SentNetworkUnreachable);
        return;
    }
    if (datagram.ttl <= kLastTtl) {
        refused(Reason::IgnoredTtlExpired);
        sendError(cx, datagram, M::TimeExceeded, M::TtlExceeded, 0, Reason::SentTimeExceeded);
        return;
    }
    const std::uint16_t mtu = setup_.interfaces[hop->port].mtu;
    if (size > mtu && datagram.dontFragment) {
        refused(Reason::IgnoredTooBig);
        sendError(cx, datagram, M::DestinationUnreachable, M::FragmentationNeeded, mtu,
                  Reason::SentFragmentationNeeded);
        return;
    }
    Leaving leaving;
    leaving.note.cause = Reason::SentRouted;
    leaving.parent = arrival.packet;
    const auto age = [&](std::span<std::uint8_t> headers) {
        if (v6)
            --headers[7]; // the hop limit; there is no checksum to redo
        else
            decrementTtl(headers);
    };
    if (arrival.apart != nullptr && size <= mtu) { // the headers are copied, the data shared
        leaving.frame = *arrival.apart;
        age(leaving.frame.head().subspan(kEthernetHeaderSize));
        transmitTo(cx, *hop, std::move(leaving));
        return;
    }
    Bytes passed(datagram.headers.begin(), datagram.headers.end());
    passed.insert(passed.end(), datagram.payload.begin(), datagram.payload.end());
    age(passed);
    if (size <= mtu) {
        leaving.frame.setBody(std::move(passed));
        transmitTo(cx, *hop, std::move(leaving));
        return;
    }
    const Ipv4Decoded ip = decodeIpv4(passed);
    sendFragments(cx, *hop, ip.header, ip.payload, leaving);
}

std::optional<Datagram> IpStack::putTogether(const NodeContext& cx, const Arrival& arrival, const Ipv4Decoded& ip,
                                             Datagram datagram)
{
    constexpr std::uint32_t kUnit = 8;
    Fragments::Part part;
    part.source = datagram.source;
    part.destination = datagram.destination;
    part.protocol = datagram.protocol;
    part.identification = ip.header.identification;
    part.begin = ip.header.fragmentOffset * kUnit;
    part.more = ip.header.moreFragments;
    part.data = ip.payload;
    part.ecn = datagram.dscpEcn & Ecn::Bits;
    part.most = kMostOctets - kIpv4HeaderSize;
    auto added = addFragment(cx, arrival, part, arrival.payload.view().first(ip.header.totalLength), datagram);
    if (!added)
        return std::nullopt;
    datagram.reassembled = true;
    datagram.dscpEcn = static_cast<std::uint8_t>((datagram.dscpEcn & ~Ecn::Bits) | added->ecn);
    datagram.payload = std::move(added->payload);
    datagram.quotation = quotationOf(ByteView(added->firstHeader));
    if (datagram.protocol == kProtocolIcmp)
        return receiveIcmp(cx, arrival, std::move(datagram));
    return datagram;
}

/// What has become whole with this fragment, or nothing.
std::optional<Fragments::Added> IpStack::addFragment(const NodeContext& cx, const Arrival& arrival,
                                                     const Fragments::Part& part, ByteView whole,
                                                     const Datagram& datagram)
{
    Fragments::Added added = fragments_.add(cx.now, arrival.packet, part, whole);
    replan();
    for (const PacketId other : added.givenUp)
        noteIgnored(cx, setup_.node, other, added.refused);
    if (added.refused != Reason::None)
        refuse(cx, arrival, Layer::Internet, datagram.payloadAt, datagram.payloadThere, added.refused);
    return added.complete ? std::optional(std::move(added)) : std::nullopt;
}

// RFC 8200 §4.5. What is put together is a packet without its Fragment header, and is read like one.
std::optional<Datagram> IpStack::putTogether6(const NodeContext& cx, const Arrival& arrival, const Ip6Chain& chain,
                                              ByteView packet, Datagram datagram)
{
    constexpr std::uint32_t kUnit = 8, kPayloadLengthAt = 4, kOffsetAt = 2;
    using Problem = Ip6Chain::Problem;
    const auto refused = [&](Reason why, const std::optional<Problem>& problem) {
        refuse(cx, arrival, Layer::Internet, datagram.payloadAt, datagram.payloadThere, why);
        if (problem)
            complain(cx, datagram, *problem);
        return std::nullopt;
    };
    Fragments::Part part;
    part.source = datagram.source;
    part.destination = datagram.destination;
    part.identification = chain.fragment->identification;
    part.begin = chain.fragment->begin;
    part.more = chain.fragment->more;
    part.data = packet.subspan(chain.end);
    part.ecn = datagram.dscpEcn & Ecn::Bits;
    part.most = kMostOctets - static_cast<std::uint32_t>(chain.fragment->at - kIpv6HeaderSize);
    if (part.more && part.data.size() % kUnit != 0)
        return refused(Reason::IgnoredMalformed, Problem{Problem::Field, kPayloadLengthAt, false});
    if (part.begin + part.data.size() > part.most)
        return refused(Reason::IgnoredMalformed,
                       Problem{Problem::Field, static_cast<std::uint32_t>(chain.fragment->at + kOffsetAt), false});
    const auto added = addFragment(cx, arrival, part, packet, datagram);
    if (!added)
        return std::nullopt;

    const ByteView first(added->firstHeader);
    const Ip6Chain::Fragment cut = readIp6Chain(first).fragment.value();
    const std::size_t length = cut.at - kIpv6HeaderSize + added->payload.size();
    if (length > kMostOctets)
        return refused(Reason::IgnoredMalformed, std::nullopt);
    Bytes whole(first.begin(), first.begin() + static_cast<std::ptrdiff_t>(cut.at));
    whole[cut.nextAt] = first[cut.at];
    whole[kPayloadLengthAt] = static_cast<std::uint8_t>(length >> 8);
    whole[kPayloadLengthAt + 1] = static_cast<std::uint8_t>(length & 0xff);
    whole.insert(whole.end(), added->payload.begin(), added->payload.end());
    datagram.reassembled = true;
    datagram.dscpEcn = static_cast<std::uint8_t>((datagram.dscpEcn & ~Ecn::Bits) | added->ecn);
    datagram.quotation = quotationOf(ByteView(whole));
    const Ip6Chain inner = readIp6Chain(whole);
    if (inner.refused != Reason::None || inner.fragment) // a fragment of fragments: nobody makes them
        return refused(inner.fragment ? Reason::IgnoredMalformed : inner.refused, inner.problem);
    datagram.protocol = inner.next;
    datagram.payload = Bytes(whole.begin() + static_cast<std::ptrdiff_t>(inner.end), whole.end());
    if (datagram.protocol == kProtocolIcmpv6)
        return receiveIcmp(cx, arrival, std::move(datagram));
    return datagram;
}

void IpStack::expireFragments(const NodeContext& cx)
{
    for (const Fragments::Expired& expired : fragments_.expire(cx.now)) {
        for (const PacketId packet : expired.packets)
            noteIgnored(cx, setup_.node, packet, Reason::IgnoredReassemblyTimeout);
        // RFC 1122 §3.3.2: only if the first fragment is there to be quoted.
        if (const auto about = describeDatagram(expired.firstFragment))
            sendError(cx, *about, IcmpMessage::TimeExceeded, IcmpMessage::ReassemblyTimeExceeded, 0,
                      Reason::SentReassemblyTimeExceeded);
    }
}

std::optional<Datagram> IpStack::receiveIcmp(const NodeContext& cx, const Arrival& arrival, Datagram datagram)
{
    const bool v6 = datagram.destination.isV6();
    IcmpDecoded icmp = v6 ? decodeIcmpv6(datagram.payload.view(), datagram.source.v6(), datagram.destination.v6())
                          : decodeIcmp(datagram.payload.view());
    const auto refused = [&](Reason why) {
        refuse(cx, arrival, Layer::Internet, datagram.payloadAt, datagram.payloadThere, why);
        return std::nullopt;
    };
    if (icmp.error != IcmpError::None)
        return refused(icmp.error == IcmpError::BadChecksum ? Reason::IgnoredBadIcmpChecksum
                                                            : Reason::IgnoredMalformed);
    IcmpMessage& message = icmp.message;
    if (v6 &&
        (message.type == IcmpMessage::V6NeighborSolicitation || message.type == IcmpMessage::V6NeighborAdvertisement)) {
        const auto neighbor = datagram.reassembled ? std::nullopt : toNeighborMessage(message); // RFC 6980 §5
        if (neighbor)
            receiveNeighbor(cx, arrival, datagram, *neighbor);
        else
            return refused(Reason::IgnoredMalformed);
        return std::nullopt;
    }
    if (message.type != (v6 ? IcmpMessage::V6EchoRequest : IcmpMessage::EchoRequest))
        return datagram;
    // RFC 1122 §3.2.2.6: may be discarded. RFC 4443 §4.2: should be answered, from an address of one's own.
    const auto own = datagram.toGroup && v6 && datagram.destination.isMulticast() ? sourceFor(datagram.source)
                     : datagram.toGroup                                           ? std::nullopt
                                                                                  : std::optional(datagram.destination);
    if (!own)
        return refused(Reason::IgnoredNotForUs);
    message.type = v6 ? IcmpMessage::V6EchoReply : IcmpMessage::EchoReply;
    Datagram reply;
    reply.source = *own;
    reply.destination = datagram.source;
    reply.protocol = datagram.protocol;
    reply.dscpEcn = datagram.dscpEcn; // RFC 1349 §5.1
    reply.payload = v6 ? encodeIcmpv6(message, reply.source.v6(), reply.destination.v6()) : encodeIcmp(message);
    send(cx, reply, SendNote{Reason::SentEchoReply, ConnId::none(), false});
    return std::nullopt;
}

} // namespace packetarium
