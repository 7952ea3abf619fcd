// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A TCP segment as a value (RFC 9293 §3.1), and its codec. Read wire/fields.h
// for the same bytes as a tree of fields.

#include "core/base/octets.h"
#include "core/base/seq32.h"
#include "core/wire/address.h"

#include <array>
#include <cstdint>
#include <optional>
#include <string>

namespace packetarium {

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

/// Timestamps option, RFC 7323 §3.2.
struct TcpTimestamps {
    std::uint32_t value = 0; ///< TSval: the sender's clock
    std::uint32_t echo = 0;  ///< TSecr: the peer's clock, as last heard; meaningful only with the ACK bit
    bool operator==(const TcpTimestamps&) const = default;
};

/// Octets that have arrived ahead of a gap: from left up to but not including right (RFC 2018 §3).
struct SackBlock {
    Seq32 left, right;
    bool operator==(const SackBlock&) const = default;
};

/// The blocks of one SACK option, at most four: what 40 octets of options have room for.
class SackBlocks {
public:
    static constexpr std::size_t kMost = 4;
    SackBlocks() = default;
    SackBlocks(std::initializer_list<SackBlock> blocks)
    {
        for (const SackBlock& block : blocks)
            add(block);
    }
    /// Further ones than kMost are left out.
    void add(const SackBlock& block)
    {
        if (count_ < kMost)
            blocks_[count_++] = block;
    }
    std::size_t size() const { return count_; }
    bool empty() const { return count_ == 0; }
    const SackBlock& operator[](std::size_t i) const { return blocks_[i]; }
    const SackBlock* begin() const { return blocks_.data(); }
    const SackBlock* end() const { return blocks_.data() + count_; }
    /// The D-SACK in an acknowledgment of everything before `ack`, if there is one: the first block, of what is acknowledged or
    /// stands in the second one as well (RFC 2883 §4).
    std::optional<SackBlock> duplicate(Seq32 ack) const
    {
        if (count_ == 0)
            return std::nullopt;
        const SackBlock& first = blocks_[0];
        const bool within = count_ > 1 && seqGe(first.left, blocks_[1].left) && seqLe(first.right, blocks_[1].right);
        return seqLe(first.right, ack) || within ? std::optional(first) : std::nullopt;
    }
    bool operator==(const SackBlocks&) const = default;

private:
    std::array<SackBlock, kMost> blocks_{};
    std::size_t count_ = 0;
};

/// The longest header there is: the data offset counts up to fifteen words (§3.1).
constexpr std::size_t kMostTcpHeader = 60;

struct TcpSegment {
    std::uint16_t sourcePort = 0;
    std::uint16_t destinationPort = 0;
    Seq32 seq;
    Seq32 ack; ///< meaningful only with the ACK bit
    TcpFlags flags;
    std::uint16_t window = 0;
    std::uint16_t urgentPointer = 0;
    std::optional<std::uint16_t> mss; ///< option kind 2, §3.7.1; octets
    /// Option kind 3, RFC 7323 §2.2: windows that this end announces later count in units of 2^shift octets. Only with SYN.
    std::optional<std::uint8_t> windowScale;
    bool sackPermitted = false;              ///< option kind 4, RFC 2018 §2; only with SYN
    SackBlocks sack;                         ///< option kind 5; as many as fit beside timestamps are sent
    std::optional<TcpTimestamps> timestamps; ///< option kind 8
    /// The two ECN bits of the IP header that it travels under (wire/ecn.h): no part of the TCP header, but TCP's business.
    std::uint8_t ipEcn = 0;
    Octets payload;

    /// SEG.LEN: payload octets, plus one each for SYN and FIN (§3.4).
    std::uint32_t segLen() const
    {
        return static_cast<std::uint32_t>(payload.size()) + (flags.syn() ? 1u : 0u) + (flags.fin() ? 1u : 0u);
    }
    bool operator==(const TcpSegment&) const = default;
};

/// Header (with options padded to 32 bits) and payload, checksum filled in over the pseudo-header of either IP version (§3.1, RFC 8200 §8.1).
Bytes encodeTcp(const TcpSegment& segment, const IpAddress& source, const IpAddress& destination);

/// The header alone, its checksum taken over the payload where it lies; `to` has room for 60 octets. Returns its size.
std::size_t writeTcpHeader(std::span<std::uint8_t> to, const TcpSegment& segment, const IpAddress& source,
                           const IpAddress& destination);

enum class TcpDecodeError { None, TooShort, BadDataOffset, BadOption, BadChecksum };
struct TcpDecoded {
    TcpDecodeError error = TcpDecodeError::None;
    TcpSegment segment; ///< what could be read; complete when error is None
};
/// Never reads outside `bytes`. Unknown options are skipped; a malformed option length is BadOption (§3.2).
TcpDecoded decodeTcp(ByteView bytes, const IpAddress& source, const IpAddress& destination);
/// The same where header and payload lie apart. The segment's payload shares the one given, or borrows it as that does.
TcpDecoded decodeTcp(ByteView header, const Octets& payload, const IpAddress& source, const IpAddress& destination);

} // namespace packetarium
