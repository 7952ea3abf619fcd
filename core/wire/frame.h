// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The frame around it all: Ethernet II (IEEE 802.3 clause 3, type
// interpretation) with its frame check sequence, holding IPv4 (RFC 791).

#include "core/wire/ethernet.h"
#include "core/wire/ip.h"
#include "core/wire/tcp_segment.h"

namespace packetarium {

constexpr std::size_t kTcpHeaderSize = 20;

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

} // namespace packetarium
