// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The captures of a Linux kernel in tests/support/captures, as the tests that play them want them: datagrams with their times,
// and a segment in a few words. They are read here by hand, so that a fault of our own reader cannot hide one of our TCP.

#include <cstdint>
#include <string>
#include <vector>

namespace packetarium::test {

using RawOctets = std::vector<std::uint8_t>;

struct CapturedDatagram {
    std::int64_t us = 0; ///< since the first
    RawOctets octets;
};

/// The IPv4 datagrams of a classic pcap file of Ethernet frames. Data that it has cut off are zeros, and the checksum is right
/// for them.
std::vector<CapturedDatagram> kernelCapture(const std::string& name);

struct CapturedSegment {
    std::uint32_t source = 0; ///< address, as a number
    std::uint32_t seq = 0, ack = 0, flags = 0, window = 0, length = 0;
};
CapturedSegment segmentOf(const RawOctets& datagram);

/// A segment in words: "PSH,ACK 1 1 53": flags, number and acknowledgment from the initial numbers of both, octets.
std::string wordsOf(const CapturedSegment& segment, std::uint32_t iss, std::uint32_t irs);

RawOctets fromHex(const std::string& hex);
std::string toHex(const RawOctets& octets);

} // namespace packetarium::test
