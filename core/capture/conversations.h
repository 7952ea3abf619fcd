// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which packets of a capture belong together: one TCP connection, one pair of
// UDP ports, or what two hosts say to each other by another protocol. A port
// pair that is used again after its connection has ended is another
// conversation. The same packets in the same order always get the same
// numbers, so that a second reading of a file finds what the first one listed.

#include "core/capture/frame_facts.h"

#include <limits>
#include <unordered_map>
#include <vector>

namespace packetarium {

/// How far a TCP connection got, as far as the capture shows it.
enum class ConversationEnd : std::uint8_t {
    NotTcp,
    NoAnswer, ///< SYN, and nothing came back
    Refused,  ///< SYN, and a reset came back
    Open,     ///< not closed within the capture
    HalfOpen, ///< one side has sent its FIN
    Closed,   ///< both have
    Reset,
};

struct Conversation {
    Protocol protocol = Protocol::Other;
    IpAddress a, b; ///< a: who began, by its SYN or, where that is not in the capture, by the first packet
    std::uint16_t aPort = 0, bPort = 0;
    std::uint64_t packets = 0;
    std::uint64_t octets = 0; ///< as on the wire
    std::int64_t firstNs = 0, lastNs = 0;
    ConversationEnd end = ConversationEnd::NotTcp;
    bool beginning = false; ///< of TCP: the SYN is in the capture
    bool answered = false;  ///< of TCP: b has sent something
    bool aFin = false, bFin = false;
    Seq32 iss; ///< of the SYN
};

class ConversationTable {
public:
    static constexpr std::size_t kMost = 50'000;
    static constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();

    /// The number of the conversation to which it belongs; kNone when there are too many.
    std::uint32_t add(const FrameFacts& facts, std::uint32_t wireLength, std::int64_t ns);
    const std::vector<Conversation>& all() const { return all_; }
    std::vector<Conversation> take() { return std::move(all_); }

private:
    struct Key {
        IpAddress low, high;
        std::uint16_t lowPort = 0, highPort = 0;
        Protocol protocol{};
        bool operator==(const Key&) const = default;
    };
    struct Hash {
        std::size_t operator()(const Key& key) const;
    };
    static Key keyOf(const FrameFacts& facts);

    std::vector<Conversation> all_;
    std::unordered_map<Key, std::uint32_t, Hash> newest_; ///< looked up only, never walked
};

} // namespace packetarium
