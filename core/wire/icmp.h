// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Control messages: ICMP (RFC 792) and ICMPv6 (RFC 4443), with neighbour
// discovery (RFC 4861).

#include "core/wire/tcp_segment.h"

namespace packetarium {

struct IcmpMessage {
    // ICMP
    static constexpr std::uint8_t EchoReply = 0, DestinationUnreachable = 3, EchoRequest = 8, TimeExceeded = 11;
    static constexpr std::uint8_t NetUnreachable = 0, HostUnreachable = 1, ProtocolUnreachable = 2, PortUnreachable = 3,
                                  FragmentationNeeded = 4;
    static constexpr std::uint8_t TtlExceeded = 0, ReassemblyTimeExceeded = 1;
    // ICMPv6
    static constexpr std::uint8_t V6DestinationUnreachable = 1, V6PacketTooBig = 2, V6TimeExceeded = 3,
                                  V6EchoRequest = 128, V6EchoReply = 129, V6NeighborSolicitation = 135,
                                  V6NeighborAdvertisement = 136;
    static constexpr std::uint8_t V6NoRoute = 0, V6AddressUnreachable = 3, V6PortUnreachable = 4;

    std::uint8_t type = 0;
    std::uint8_t code = 0;
    std::uint32_t rest =
        0;         ///< the header's second word: echo identifier << 16 | sequence, next-hop MTU, pointer, flags
    Bytes payload; ///< echo data, or the datagram that is spoken of
    bool operator==(const IcmpMessage&) const = default;
    std::uint16_t echoIdentifier() const { return static_cast<std::uint16_t>(rest >> 16); }
    std::uint16_t echoSequence() const { return static_cast<std::uint16_t>(rest); }
};
constexpr std::size_t kIcmpHeaderSize = 8;

enum class IcmpError { None, TooShort, BadChecksum };
struct IcmpDecoded {
    IcmpError error = IcmpError::None;
    IcmpMessage message;
};
Bytes encodeIcmp(const IcmpMessage& message);
IcmpDecoded decodeIcmp(ByteView bytes);
/// ICMPv6 has a pseudo-header in its checksum (RFC 4443 §2.3).
Bytes encodeIcmpv6(const IcmpMessage& message, const Ipv6Address& source, const Ipv6Address& destination);
IcmpDecoded decodeIcmpv6(ByteView bytes, const Ipv6Address& source, const Ipv6Address& destination);

/// A neighbour solicitation or advertisement (RFC 4861 §4.3, §4.4).
struct NeighborMessage {
    static constexpr std::uint8_t SourceLinkAddress = 1, TargetLinkAddress = 2; ///< types of options (§4.6.1)
    bool solicitation = true;
    Ipv6Address target;
    std::optional<MacAddress>
        linkAddress; ///< source link-layer address of a solicitation, target's of an advertisement
    bool router = false, solicited = false, override_ = false; ///< flags of an advertisement
    bool operator==(const NeighborMessage&) const = default;
};
IcmpMessage toIcmp(const NeighborMessage& message);
/// Nothing if the message is something else or malformed (RFC 4861 §7.1.1, §7.1.2): a code, a target cut short or a group,
/// an option of length 0 or past the end. Whether the hop limit was 255 is the caller's to check.
std::optional<NeighborMessage> toNeighborMessage(const IcmpMessage& message);

} // namespace packetarium
