// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/capture/frame_facts.h"

#include "core/wire/arp.h"
#include "core/wire/bytes.h"
#include "core/wire/ethernet.h"
#include "core/wire/ip.h"
#include "core/wire/tcp_options.h"

#include <algorithm>

namespace packetarium {
namespace {

constexpr std::uint16_t kVlanTag = 0x8100, kServiceTag = 0x88a8, kOldServiceTag = 0x9100; // IEEE 802.1Q
constexpr std::size_t kMacs = 12, kTagSize = 4;
constexpr std::size_t kCookedHeader = 16, kCooked2Header = 20; // Linux "any" device, SLL and SLL2
constexpr std::size_t kNullHeader = 4;                         // BSD loopback: an address family
constexpr std::size_t kTcpHeader = 20, kUdpHeader = 8;

bool isKnown(std::uint16_t etherType)
{
    return etherType == kEtherTypeIpv4 || etherType == kEtherTypeIpv6 || etherType == kEtherTypeArp;
}

/// Locally administered, and the same for the same address.
MacAddress macFor(ByteView address)
{
    MacAddress mac{{0x02, 0, 0, 0, 0, 0}};
    const ByteView last = address.last(std::min<std::size_t>(address.size(), 4));
    std::copy(last.begin(), last.end(), mac.octets.end() - static_cast<std::ptrdiff_t>(last.size()));
    return mac;
}

std::uint16_t typeOfDatagram(ByteView datagram)
{
    const unsigned version = datagram.empty() ? 0 : datagram[0] >> 4;
    return version == 4 ? kEtherTypeIpv4 : version == 6 ? kEtherTypeIpv6 : std::uint16_t{0};
}

Bytes withMadeUpHeader(std::uint16_t type, ByteView datagram)
{
    MacAddress source = {{0x02, 0, 0, 0, 0, 0}}, destination = source;
    if (type == kEtherTypeIpv4 && datagram.size() >= kIpv4HeaderSize) {
        source = macFor(datagram.subspan(12, 4));
        destination = macFor(datagram.subspan(16, 4));
    } else if (type == kEtherTypeIpv6 && datagram.size() >= kIpv6HeaderSize) {
        source = macFor(datagram.subspan(8, 16));
        destination = macFor(datagram.subspan(24, 16));
    }
    Bytes frame;
    frame.reserve(kEthernetHeaderSize + datagram.size() + kFcsSize);
    frame.insert(frame.end(), destination.octets.begin(), destination.octets.end());
    frame.insert(frame.end(), source.octets.begin(), source.octets.end());
    appendU16(frame, type);
    frame.insert(frame.end(), datagram.begin(), datagram.end());
    return frame;
}

void addFcs(Bytes& frame)
{
    const std::uint32_t fcs = frameCheckSequence(frame);
    for (unsigned shift = 0; shift < 32; shift += 8)
        frame.push_back(static_cast<std::uint8_t>(fcs >> shift & 0xff));
}

/// Where a tag stands, the type behind it is the one that counts.
std::optional<Located> inEthernet(ByteView packet)
{
    if (packet.size() < kEthernetHeaderSize)
        return std::nullopt;
    Located at;
    std::size_t typeAt = kMacs;
    at.etherType = readU16(packet, typeAt);
    while ((at.etherType == kVlanTag || at.etherType == kServiceTag || at.etherType == kOldServiceTag) &&
           typeAt + kTagSize + 2 <= packet.size()) {
        typeAt += kTagSize;
        at.etherType = readU16(packet, typeAt);
        at.tagged = true;
    }
    at.offset = typeAt + 2;
    at.source = readMac(packet, 6);
    at.hasSource = true;
    return at;
}

/// Only the sender's link address is there.
std::optional<Located> inCooked(ByteView packet, std::size_t header, std::uint16_t type, std::size_t addressLength,
                                std::size_t addressAt)
{
    Located at{type, header, {}, false, false};
    if (addressLength == 6) {
        at.source = readMac(packet, addressAt);
        at.hasSource = true;
    }
    return at;
}

std::optional<Located> locateAny(CaptureLink link, ByteView packet)
{
    switch (link) {
    case CaptureLink::Ethernet: return inEthernet(packet);
    case CaptureLink::RawIp: return Located{typeOfDatagram(packet), 0, {}, false, false};
    case CaptureLink::Null:
        // The address family is a number that differs between systems and stands in the capturing machine's order; the
        // datagram says itself what it is.
        if (packet.size() <= kNullHeader)
            return std::nullopt;
        return Located{typeOfDatagram(packet.subspan(kNullHeader)), kNullHeader, {}, false, false};
    case CaptureLink::LinuxCooked:
        if (packet.size() < kCookedHeader)
            return std::nullopt;
        return inCooked(packet, kCookedHeader, readU16(packet, 14), readU16(packet, 4), 6);
    case CaptureLink::LinuxCooked2:
        if (packet.size() < kCooked2Header)
            return std::nullopt;
        return inCooked(packet, kCooked2Header, readU16(packet, 0), packet[11], 12);
    case CaptureLink::Unknown: break;
    }
    return std::nullopt;
}

// --- what the headers say -----------------------------------------------------------------------------------------

void readOptions(FrameFacts& f, ByteView options)
{
    for (std::size_t at = 0; at < options.size();) {
        const TcpOption option = tcpOptionAt(options, at);
        if (option.malformed || option.kind == TcpOption::End)
            return;
        if (!option.odd && option.kind == TcpOption::Mss && option.size == 4)
            f.mss = readU16(options, at + 2);
        else if (!option.odd && option.kind == TcpOption::WindowScale && option.size == 3)
            f.windowScale = std::min<std::uint8_t>(options[at + 2], 14); // RFC 7323 §2.3
        else if (!option.odd && option.kind == TcpOption::Sack && option.size >= 2)
            for (std::size_t block = at + 2; block + 8 <= at + option.size; block += 8)
                f.sack.add({Seq32(readU32(options, block)), Seq32(readU32(options, block + 4))});
        at += std::max<std::size_t>(option.size, 1);
    }
}

/// `all`: octets of the transport layer by the headers; `there`: those captured.
void readTransport(FrameFacts& f, std::uint8_t protocol, bool v6, ByteView there, std::size_t all)
{
    f.cut = there.size() < all;
    f.length = static_cast<std::uint32_t>(all);
    if (protocol == kProtocolTcp && there.size() >= kTcpHeader) {
        const std::size_t header = (there[12] >> 4) * std::size_t{4};
        if (header < kTcpHeader || header > all)
            return;
        f.protocol = Protocol::Tcp;
        f.sourcePort = readU16(there, 0);
        f.destinationPort = readU16(there, 2);
        f.seq = Seq32(readU32(there, 4));
        f.ack = Seq32(readU32(there, 8));
        f.flags = TcpFlags{there[13]};
        f.window = readU16(there, 14);
        f.length = static_cast<std::uint32_t>(all - header);
        const std::size_t options = std::min(header, there.size());
        readOptions(f, there.subspan(kTcpHeader, options - kTcpHeader));
    } else if (protocol == kProtocolUdp && there.size() >= kUdpHeader) {
        f.protocol = Protocol::Udp;
        f.sourcePort = readU16(there, 0);
        f.destinationPort = readU16(there, 2);
        f.length = static_cast<std::uint32_t>(all - std::min(all, kUdpHeader));
    } else if (protocol == (v6 ? kProtocolIcmpv6 : kProtocolIcmp) && there.size() >= 8) {
        f.protocol = v6 ? Protocol::Icmpv6 : Protocol::Icmp;
        f.length = static_cast<std::uint32_t>(all - std::min<std::size_t>(all, 8));
        const bool solicitation = v6 && there[0] == 135 && there.size() >= 24; // RFC 4861 §4.3: who is asked for
        if (solicitation)
            f.destination = readIpv6(there, 8);
    }
}

void readIpv4Header(FrameFacts& f, ByteView bytes, std::size_t onWire)
{
    if (bytes.size() < kIpv4HeaderSize || bytes[0] >> 4 != 4)
        return;
    const std::size_t header = (bytes[0] & 0x0fu) * std::size_t{4};
    std::size_t total = readU16(bytes, 2);
    if (total == 0)
        total = onWire;
    f.source = Ipv4Address{readU32(bytes, 12)};
    f.destination = Ipv4Address{readU32(bytes, 16)};
    if (header < kIpv4HeaderSize || total < header)
        return;
    const bool fragment = (readU16(bytes, 6) & 0x3fff) != 0;
    const std::size_t there = std::min(total, bytes.size());
    f.length = static_cast<std::uint32_t>(total - header);
    f.cut = there < total;
    if (!fragment && there >= header)
        readTransport(f, bytes[9], false, bytes.subspan(header, there - header), total - header);
}

void readIpv6Header(FrameFacts& f, ByteView bytes, std::size_t onWire)
{
    if (bytes.size() < kIpv6HeaderSize || bytes[0] >> 4 != 6)
        return;
    f.source = readIpv6(bytes, 8);
    f.destination = readIpv6(bytes, 24);
    std::size_t all = readU16(bytes, 4);
    if (all == 0 && onWire > kIpv6HeaderSize)
        all = onWire - kIpv6HeaderSize;
    f.length = static_cast<std::uint32_t>(all);
    f.cut = bytes.size() < kIpv6HeaderSize + all;
    // decodeIpv6() wants the whole datagram; a cut one is read where nothing stands between the headers.
    const Ipv6Decoded decoded = decodeIpv6(bytes);
    if (decoded.error == IpError::None) {
        if (!decoded.fragment) {
            const std::size_t before = decoded.headerSize - kIpv6HeaderSize;
            readTransport(f, decoded.header.nextHeader, true, decoded.payload, all - std::min(all, before));
        }
    } else if (f.cut) {
        readTransport(f, bytes[6], true, bytes.subspan(kIpv6HeaderSize), all);
    }
}

void readArp(FrameFacts& f, ByteView bytes)
{
    if (bytes.size() < kArpSize || readU16(bytes, 2) != kEtherTypeIpv4 || bytes[4] != 6 || bytes[5] != 4)
        return;
    f.protocol = Protocol::Arp;
    f.source = Ipv4Address{readU32(bytes, 14)};
    f.destination = Ipv4Address{readU32(bytes, 24)};
    f.length = kArpSize;
}

} // namespace

std::optional<Located> locate(CaptureLink link, ByteView packet)
{
    auto at = locateAny(link, packet);
    if (at && !isKnown(at->etherType))
        at.reset();
    return at;
}

Bytes ethernetLike(CaptureLink link, ByteView packet, const Located& located, bool complete, bool hasFcs)
{
    const ByteView datagram = packet.subspan(located.offset);
    const bool keepFcs = link == CaptureLink::Ethernet && complete && hasFcs;
    if (link != CaptureLink::Ethernet) {
        Bytes frame = withMadeUpHeader(located.etherType, datagram);
        if (located.hasSource)
            std::copy(located.source.octets.begin(), located.source.octets.end(), frame.begin() + 6);
        addFcs(frame);
        return frame;
    }
    Bytes frame;
    frame.reserve(packet.size() + kFcsSize);
    frame.assign(packet.begin(), packet.begin() + kMacs);
    appendU16(frame, located.etherType);
    const bool another = keepFcs && located.tagged && datagram.size() >= kFcsSize; // without the tag it is another one
    const ByteView kept = another ? datagram.first(datagram.size() - kFcsSize) : datagram;
    frame.insert(frame.end(), kept.begin(), kept.end());
    if (!keepFcs || another)
        addFcs(frame);
    return frame;
}

bool endsWithFcs(ByteView packet)
{
    return packet.size() > kEthernetHeaderSize + kFcsSize &&
           frameCheckSequence(packet.first(packet.size() - kFcsSize)) == readFcs(packet.last(kFcsSize));
}

FrameFacts factsOf(ByteView packet, const Located& located, std::uint32_t wireLength)
{
    FrameFacts f;
    f.sourceMac = located.source;
    const ByteView bytes = packet.subspan(std::min(located.offset, packet.size()));
    const std::size_t onWire = wireLength > located.offset ? wireLength - located.offset : 0;
    switch (located.etherType) {
    case kEtherTypeIpv4: readIpv4Header(f, bytes, onWire); break;
    case kEtherTypeIpv6: readIpv6Header(f, bytes, onWire); break;
    case kEtherTypeArp: readArp(f, bytes); break;
    default: break;
    }
    return f;
}

} // namespace packetarium
