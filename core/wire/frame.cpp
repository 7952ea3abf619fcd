// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/frame.h"

#include "core/wire/bytes.h"
#include "core/wire/checksum.h"

#include <algorithm>
#include <limits>
#include <stdexcept>
#include <utility>

namespace packetarium {

namespace {

constexpr std::uint16_t kDontFragmentBit = 0x4000;
constexpr std::uint16_t kMoreFragmentsBit = 0x2000;
constexpr std::uint16_t kFragmentOffsetMask = 0x1fff;
constexpr std::size_t kIpChecksumAt = 10;

void appendEthernet(Bytes& bytes, const EthernetHeader& eth)
{
    bytes.insert(bytes.end(), eth.destination.octets.begin(), eth.destination.octets.end());
    bytes.insert(bytes.end(), eth.source.octets.begin(), eth.source.octets.end());
    appendU16(bytes, eth.etherType);
}

void appendIpv4(Bytes& bytes, const Ipv4Header& ip, std::uint16_t totalLength)
{
    const std::size_t start = bytes.size();
    bytes.push_back(0x45); // version 4, five 32-bit words of header
    bytes.push_back(ip.dscpEcn);
    appendU16(bytes, totalLength);
    appendU16(bytes, ip.identification);
    appendU16(bytes, static_cast<std::uint16_t>((ip.dontFragment ? kDontFragmentBit : 0) |
                                                (ip.moreFragments ? kMoreFragmentsBit : 0) |
                                                (ip.fragmentOffset & kFragmentOffsetMask)));
    bytes.push_back(ip.ttl);
    bytes.push_back(ip.protocol);
    appendU16(bytes, 0); // the checksum counts as zero while it is computed
    appendU32(bytes, ip.source.value);
    appendU32(bytes, ip.destination.value);
    writeU16(bytes, start + kIpChecksumAt, checksumFinish(checksumAdd(0, ByteView(bytes).subspan(start))));
}

EthernetHeader readEthernet(ByteView frame)
{
    EthernetHeader eth;
    std::copy_n(frame.begin(), 6, eth.destination.octets.begin());
    std::copy_n(frame.begin() + 6, 6, eth.source.octets.begin());
    eth.etherType = readU16(frame, 12);
    return eth;
}

Ipv4Header readIpv4(ByteView bytes)
{
    Ipv4Header ip;
    ip.dscpEcn = bytes[1];
    ip.totalLength = readU16(bytes, 2);
    ip.identification = readU16(bytes, 4);
    const std::uint16_t fragment = readU16(bytes, 6);
    ip.dontFragment = (fragment & kDontFragmentBit) != 0;
    ip.moreFragments = (fragment & kMoreFragmentsBit) != 0;
    ip.fragmentOffset = fragment & kFragmentOffsetMask;
    ip.ttl = bytes[8];
    ip.protocol = bytes[9];
    ip.source.value = readU32(bytes, 12);
    ip.destination.value = readU32(bytes, 16);
    return ip;
}

/// `bytes` is the frame's payload: the datagram and perhaps padding.
void decodeIpv4(ByteView bytes, DecodedFrame& decoded)
{
    const std::size_t headerSize = (bytes[0] & 0x0fu) * 4;
    decoded.ip = readIpv4(bytes);
    if (bytes[0] >> 4 != 4 || headerSize < kIpv4HeaderSize || headerSize > decoded.ip.totalLength ||
        decoded.ip.totalLength > bytes.size()) {
        decoded.error = FrameError::BadIpHeader;
        return;
    }
    if (checksumFinish(checksumAdd(0, bytes.first(headerSize))) != 0) {
        decoded.error = FrameError::BadIpChecksum;
        return;
    }
    if (decoded.ip.protocol != kProtocolTcp || decoded.ip.moreFragments || decoded.ip.fragmentOffset != 0) {
        decoded.error = FrameError::NotTcp;
        return;
    }
    TcpDecoded tcp = decodeTcp(bytes.subspan(headerSize, decoded.ip.totalLength - headerSize), decoded.ip.source,
                               decoded.ip.destination);
    decoded.tcp = std::move(tcp.segment);
    decoded.tcpError = tcp.error;
    if (tcp.error != TcpDecodeError::None)
        decoded.error = FrameError::BadTcp;
}

} // namespace

Bytes encodeTcpFrame(const EthernetHeader& eth, const Ipv4Header& ip, const TcpSegment& tcp)
{
    const Bytes segment = encodeTcp(tcp, ip.source, ip.destination);
    const std::size_t totalLength = kIpv4HeaderSize + segment.size();
    if (totalLength > std::numeric_limits<std::uint16_t>::max())
        throw std::length_error("a TCP segment too long for an IPv4 datagram");

    Bytes frame;
    frame.reserve(kEthernetHeaderSize + std::max(totalLength, kEthernetMinPayload) + kFcsSize);
    appendEthernet(frame, eth);
    appendIpv4(frame, ip, static_cast<std::uint16_t>(totalLength));
    frame.insert(frame.end(), segment.begin(), segment.end());
    frame.resize(std::max(frame.size(), kEthernetHeaderSize + kEthernetMinPayload));
    const std::uint32_t fcs = frameCheckSequence(frame);
    for (unsigned shift = 0; shift < 32; shift += 8)
        frame.push_back(static_cast<std::uint8_t>(fcs >> shift & 0xff));
    return frame;
}

DecodedFrame decodeTcpFrame(ByteView frame)
{
    DecodedFrame decoded;
    if (frame.size() < kEthernetHeaderSize + kEthernetMinPayload + kFcsSize) {
        decoded.error = FrameError::TooShort;
        return decoded;
    }
    const ByteView covered = frame.first(frame.size() - kFcsSize);
    decoded.eth = readEthernet(frame);
    if (frameCheckSequence(covered) != readFcs(frame.last(kFcsSize)))
        decoded.error = FrameError::BadFcs;
    else if (decoded.eth.etherType != kEtherTypeIpv4)
        decoded.error = FrameError::NotIpv4;
    else
        decodeIpv4(covered.subspan(kEthernetHeaderSize), decoded);
    return decoded;
}

} // namespace packetarium
