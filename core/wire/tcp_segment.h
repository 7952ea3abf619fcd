// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A TCP segment as a value (RFC 9293 §3.1), and its codec. Read wire/fields.h
// for the same bytes as a tree of fields.

#include "core/base/seq32.h"
#include "core/wire/address.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace packetarium {

using Bytes = std::vector<std::uint8_t>;
using ByteView = std::span<const std::uint8_t>;

/// Control bits, RFC 9293 §3.1, with the values they have in the header.
struct TcpFlags {
    static constexpr std::uint8_t Fin = 0x01, Syn = 0x02, Rst = 0x04, Psh = 0x08, Ack = 0x10, Urg = 0x20, Ece = 0x40,
                                  Cwr = 0x80;
    std::uint8_t bits = 0;
    constexpr bool has(std::uint8_t f) const { return (bits & f) != 0; }
    constexpr bool fin() const { return has(Fin); }
    constexpr bool syn() const { return has(Syn); }
    constexpr bool rst() const { return has(Rst); }
    constexpr bool psh() const { return has(Psh); }
    constexpr bool ack() const { return has(Ack); }
    constexpr bool operator==(const TcpFlags&) const = default;
    /// In the order SYN,FIN,RST,PSH,ACK,URG,ECE,CWR with commas: "SYN,ACK", "FIN,ACK", "PSH,ACK"; empty if none is set.
    std::string toString() const;
};

struct TcpSegment {
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    Seq32 seq;
    Seq32 ack; ///< meaningful only with the ACK bit
    TcpFlags flags;
    std::uint16_t window = 0;
    std::uint16_t urgentPointer = 0;
    std::optional<std::uint16_t> mss; ///< option kind 2, §3.7.1; octets
    Bytes payload;

    /// SEG.LEN: payload octets, plus one each for SYN and FIN (§3.4).
    std::uint32_t segLen() const
    {
        return static_cast<std::uint32_t>(payload.size()) + (flags.syn() ? 1u : 0u) + (flags.fin() ? 1u : 0u);
    }
    bool operator==(const TcpSegment&) const = default;
};

/// Header (with options padded to 32 bits) and payload, checksum filled in over the pseudo-header of either IP version (§3.1, RFC 8200 §8.1).
Bytes encodeTcp(const TcpSegment& segment, const IpAddress& source, const IpAddress& destination);

enum class TcpDecodeError { None, TooShort, BadDataOffset, BadOption, BadChecksum };
struct TcpDecoded {
    TcpDecodeError error = TcpDecodeError::None;
    TcpSegment segment; ///< what could be read; complete when error is None
};
/// Never reads outside `bytes`. Unknown options are skipped; a malformed option length is BadOption (§3.2).
TcpDecoded decodeTcp(ByteView bytes, const IpAddress& source, const IpAddress& destination);

} // namespace packetarium
