// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The bytes of a frame as a tree of fields: what each is, what it says, and
// exactly which bits hold it, so that a view can link fields and bytes both
// ways. Names and explanations are looked up by FieldId in the catalogue.

#include "core/wire/frame.h"

#include <string>
#include <variant>
#include <vector>

namespace packetarium {

enum class Layer : std::uint8_t { Physical, Link, Internet, Transport, Application };

enum class FieldId : std::uint8_t {
    Ethernet,
    EthDestination,
    EthSource,
    EthType,
    EthPadding,
    EthFcs,
    Ipv4,
    IpVersion,
    IpIhl,
    IpDscp,
    IpEcn,
    IpTotalLength,
    IpIdentification,
    IpFlags,
    IpReserved,
    IpDontFragment,
    IpMoreFragments,
    IpFragmentOffset,
    IpTtl,
    IpProtocol,
    IpHeaderChecksum,
    IpSource,
    IpDestination,
    IpOptions,
    Tcp,
    TcpSourcePort,
    TcpDestinationPort,
    TcpSequence,
    TcpAcknowledgment,
    TcpDataOffset,
    TcpReserved,
    TcpFlagBits,
    TcpCwr,
    TcpEce,
    TcpUrg,
    TcpAck,
    TcpPsh,
    TcpRst,
    TcpSyn,
    TcpFin,
    TcpWindow,
    TcpChecksum,
    TcpUrgentPointer,
    TcpOptions,
    TcpOptionMss,
    TcpOptionNop,
    TcpOptionEnd,
    TcpOptionUnknown,
    Payload,
    Undecoded,
};

/// Whether a checksum agrees with the bytes it covers.
struct ChecksumValue {
    std::uint32_t value = 0;
    std::uint32_t expected = 0;
    bool good() const { return value == expected; }
    bool operator==(const ChecksumValue&) const = default;
};
/// monostate: the field is only a container, or its bytes say it all.
using FieldValue = std::variant<std::monostate, std::uint64_t, Seq32, MacAddress, Ipv4Address, TcpFlags, ChecksumValue>;

struct Field {
    FieldId id{};
    Layer layer{};
    std::uint32_t bitOffset = 0; ///< from the first bit of the frame's destination address
    std::uint32_t bitLength = 0;
    FieldValue value;
    std::vector<Field> children;

    std::uint32_t byteOffset() const { return bitOffset / 8; }
    /// Bytes touched, whole or in part.
    std::uint32_t byteLength() const { return bitLength == 0 ? 0 : (bitOffset % 8 + bitLength + 7) / 8; }
};

/// One node per header, outermost first: Ethernet, IPv4, TCP, Payload; padding and FCS are children of Ethernet. A
/// node's range is its header, so those two, at the frame's end, are the only children outside their parent. Every bit
/// of the frame is in exactly one field without children.
///
/// Values are numbers as they stand in the header: IHL and data offset in 32-bit words, fragment offset in units of
/// 8 octets, IpFlags its three bits; of an unknown TCP option, its kind. A checksum that verifies is its own expected
/// value. TcpOptionEnd takes in the octets behind it.
///
/// Whatever the bytes are, this reads only them; what cannot be understood is an Undecoded field in the layer where it
/// stands. A header whose own length is impossible is shown without options, and all behind it is Undecoded.
std::vector<Field> dissect(ByteView frame);

} // namespace packetarium
