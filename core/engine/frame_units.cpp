// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/frame_units.h"

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

void describeFrame(PacketInfo& info, ByteView frame)
{
    info.protocol = protocolOf(frame);
    const FrameUnits units = unitsOf(frame);
    if (units.transport == 0)
        return;
    const std::size_t at = units.transport;
    info.sourcePort = readU16(frame, at);
    info.destinationPort = readU16(frame, at + 2);
    info.length = units.payload == 0 ? 0 : static_cast<std::uint32_t>(units.end - units.payload);
    const bool tcp = info.protocol == Protocol::Tcp || info.protocol == Protocol::Http || info.protocol == Protocol::Tls;
    if (!tcp)
        return;
    info.seq = Seq32(readU32(frame, at + 4));
    info.ack = Seq32(readU32(frame, at + 8));
    info.flags = TcpFlags{frame[at + 13]};
    info.window = readU16(frame, at + 14);
}

} // namespace packetarium
