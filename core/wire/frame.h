// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The frame around it all: Ethernet II (IEEE 802.3 clause 3, type
// interpretation) with its frame check sequence, holding IPv4 (RFC 791).

#include "core/wire/tcp_segment.h"

namespace packetarium {

struct EthernetHeader {
    MacAddress destination;
    MacAddress source;
    std::uint16_t etherType = 0x0800;
    bool operator==(const EthernetHeader&) const = default;
};

struct Ipv4Header {
    std::uint8_t dscpEcn = 0;
    std::uint16_t totalLength = 0; ///< octets; filled in when encoding
    std::uint16_t identification = 0;
    bool dontFragment = true;
    bool moreFragments = false;
    std::uint16_t fragmentOffset = 0; ///< in units of 8 octets
    std::uint8_t ttl = 64;
    std::uint8_t protocol = 6;
    Ipv4Address source;
    Ipv4Address destination;
    bool operator==(const Ipv4Header&) const = default;
};

constexpr std::size_t kEthernetHeaderSize = 14;
constexpr std::size_t kFcsSize = 4;
constexpr std::size_t kIpv4HeaderSize = 20;
constexpr std::size_t kTcpHeaderSize = 20;
/// Shorter payloads are padded with zeros (IEEE 802.3 clause 3.2.8): 46 octets.
constexpr std::size_t kEthernetMinPayload = 46;

/// Destination, source, type, IPv4 header, TCP, padding, FCS: the octets that cross the cable after the preamble.
/// The IPv4 header has no options. Throws std::length_error if the datagram would be over 65,535 octets.
Bytes encodeTcpFrame(const EthernetHeader& eth, const Ipv4Header& ip, const TcpSegment& tcp);

enum class FrameError { None, TooShort, BadFcs, NotIpv4, BadIpHeader, BadIpChecksum, NotTcp, BadTcp };
struct DecodedFrame {
    FrameError error = FrameError::None;
    TcpDecodeError tcpError = TcpDecodeError::None;
    EthernetHeader eth;
    Ipv4Header ip;
    TcpSegment tcp;
};
/// Decodes outermost first and stops at the first thing wrong; what was read until then is filled in. Never reads
/// outside `frame`. Under 64 octets a frame is TooShort, as on a real cable (IEEE 802.3 clause 4.2.4.2.2). IPv4 options
/// are skipped. A fragment is NotTcp: what it carries is a segment only after reassembly.
DecodedFrame decodeTcpFrame(ByteView frame);

/// RFC 1071 over `bytes`, continuing from `sum`; an odd last octet is padded with zero.
std::uint32_t checksumAdd(std::uint32_t sum, ByteView bytes);
std::uint16_t checksumFinish(std::uint32_t sum);
/// IEEE 802.3 CRC-32 in the order in which it stands in the frame (as a little-endian number).
std::uint32_t frameCheckSequence(ByteView bytes);

} // namespace packetarium
