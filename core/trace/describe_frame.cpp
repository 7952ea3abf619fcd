// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/describe_frame.h"

#include "core/trace/packet_summary.h"
#include "core/wire/bytes.h"
#include "core/wire/frame.h"
#include "core/wire/udp.h"

#include <algorithm>

namespace packetarium {

namespace {

struct Internet {
    std::size_t headerSize = 0, end = 0;
    std::uint8_t protocol = 0;
    bool laterFragment = false;
};

Internet internetOf(ByteView frame)
{
    const ByteView bytes = frame.subspan(kEthernetHeaderSize, frame.size() - kEthernetHeaderSize - kFcsSize);
    const std::uint16_t type = readU16(frame, 12);
    if (type == kEtherTypeIpv4 && bytes.size() >= kIpv4HeaderSize) {
        const Ipv4Decoded ip = decodeIpv4(bytes);
        if (ip.error == IpError::None)
            return {ip.headerSize, kEthernetHeaderSize + ip.headerSize + ip.payload.size(), ip.header.protocol,
                    ip.header.fragmentOffset != 0};
    }
    if (type == kEtherTypeIpv6 && bytes.size() >= kIpv6HeaderSize) {
        const Ipv6Decoded ip = decodeIpv6(bytes);
        if (ip.error == IpError::None)
            return {ip.headerSize, kEthernetHeaderSize + ip.headerSize + ip.payload.size(), ip.header.nextHeader,
                    ip.fragment};
    }
    return {};
}

} // namespace

FrameUnits unitsOf(ByteView frame)
{
    FrameUnits units;
    units.end = frame.size() < kFcsSize ? frame.size() : frame.size() - kFcsSize;
    if (frame.size() < kEthernetHeaderSize + kFcsSize)
        return units;
    const Internet ip = internetOf(frame);
    if (ip.headerSize == 0)
        return units;
    units.internet = kEthernetHeaderSize;
    units.end = ip.end;
    if (ip.laterFragment || (ip.protocol != kProtocolTcp && ip.protocol != kProtocolUdp))
        return units;
    const std::size_t at = kEthernetHeaderSize + ip.headerSize;
    const std::size_t left = ip.end - at;
    const std::size_t least = ip.protocol == kProtocolTcp ? kTcpHeaderSize : kUdpHeaderSize;
    if (left < least)
        return units;
    units.transport = at;
    const std::size_t header = ip.protocol == kProtocolTcp ? std::size_t{4} * (frame[at + 12] >> 4) : kUdpHeaderSize;
    if (header >= least && header < left)
        units.payload = at + header;
    return units;
}

namespace {

/// Of a frame in parts: where its TCP header begins, or 0 if its headers do not go so far.
std::size_t tcpHeaderAt(ByteView head)
{
    const bool v6 = head.size() > kEthernetHeaderSize && head[kEthernetHeaderSize] >> 4 == 6;
    const std::size_t at = kEthernetHeaderSize + (v6 ? kIpv6HeaderSize : kIpv4HeaderSize);
    return head.size() >= at + kTcpHeaderSize && head[kEthernetHeaderSize + (v6 ? 6 : 9)] == kProtocolTcp ? at : 0;
}

void describeTcp(PacketInfo& info, ByteView header, std::size_t length)
{
    info.sourcePort = readU16(header, 0);
    info.destinationPort = readU16(header, 2);
    info.seq = Seq32(readU32(header, 4));
    info.ack = Seq32(readU32(header, 8));
    info.flags = TcpFlags{header[13]};
    info.window = readU16(header, 14);
    info.length = static_cast<std::uint32_t>(length);
}

void describeUnits(PacketInfo& info, ByteView frame)
{
    const FrameUnits units = unitsOf(frame);
    if (units.transport == 0)
        return;
    const std::size_t at = units.transport;
    const std::size_t length = units.payload == 0 ? 0 : units.end - units.payload;
    const bool tcp =
        info.protocol == Protocol::Tcp || info.protocol == Protocol::Http || info.protocol == Protocol::Tls;
    if (tcp) {
        describeTcp(info, frame.subspan(at), length);
        return;
    }
    info.sourcePort = readU16(frame, at);
    info.destinationPort = readU16(frame, at + 2);
    info.length = static_cast<std::uint32_t>(length);
}

} // namespace

FrameUnits unitsOf(const WireFrame& frame)
{
    const std::size_t tcp = tcpHeaderAt(frame.head());
    if (tcp == 0)
        return unitsOf(ByteView(frame.octets()));
    FrameUnits units;
    units.internet = kEthernetHeaderSize;
    units.transport = tcp;
    units.end = frame.head().size() + frame.body().size();
    units.payload = frame.body().empty() ? 0 : frame.head().size();
    return units;
}

void describeFrame(PacketInfo& info, ByteView frame)
{
    info.protocol = protocolOf(frame);
    describeUnits(info, frame);
}

Protocol protocolOf(const WireFrame& frame)
{
    return tcpHeaderAt(frame.head()) == 0 ? protocolOf(ByteView(frame.octets())) : tcpProtocolOf(frame.body().view());
}

void describeFrame(PacketInfo& info, const WireFrame& frame)
{
    info.protocol = protocolOf(frame);
    describeHeaders(info, frame);
}

void describeHeaders(PacketInfo& info, const WireFrame& frame)
{
    const std::size_t tcp = tcpHeaderAt(frame.head());
    info.marked = frame.bearsMark();
    if (tcp != 0)
        describeTcp(info, frame.head().subspan(tcp), frame.body().size());
    else
        describeUnits(info, ByteView(frame.octets()));
}

} // namespace packetarium
