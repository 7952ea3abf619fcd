// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The bytes of a frame as a tree of fields: what each is, what it says, and
// exactly which bits hold it, so that a view can link fields and bytes both
// ways. Names and explanations are looked up by FieldId in the catalogue.

#include "core/wire/frame.h"
#include "core/wire/frame_bytes.h"

#include <concepts>
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
    TcpOptionWindowScale,
    TcpOptionSackPermitted,
    TcpOptionSack,
    TcpOptionTimestamps,
    Payload,
    Undecoded,
    Arp,
    ArpHardwareType,
    ArpProtocolType,
    ArpHardwareLength,
    ArpProtocolLength,
    ArpOperation,
    ArpSenderMac,
    ArpSenderIp,
    ArpTargetMac,
    ArpTargetIp,
    Ipv6,
    Ip6Version,
    Ip6TrafficClass,
    Ip6FlowLabel,
    Ip6PayloadLength,
    Ip6NextHeader,
    Ip6HopLimit,
    Ip6Source,
    Ip6Destination,
    Ip6Extension,   ///< a whole extension header
    IpFragmentData, ///< a fragment's part of what it carries
    Icmp,
    IcmpType,
    IcmpCode,
    IcmpChecksum,
    IcmpIdentifier,
    IcmpSequence,
    IcmpUnused,
    IcmpNextHopMtu,
    IcmpEchoData,
    IcmpQuotation, ///< the datagram that an error is about; its headers are children
    Icmpv6,        ///< its type, code, checksum, echo fields and MTU have the ids above
    NdReserved,
    NdFlags,
    NdRouter,
    NdSolicited,
    NdOverride,
    NdTarget,
    NdOption,
    NdOptionType,
    NdOptionLength,
    NdLinkAddress,
    Udp,
    UdpSourcePort,
    UdpDestinationPort,
    UdpLength,
    UdpChecksum,
    Dns,
    DnsId,
    DnsFlags,
    DnsResponse,
    DnsOpcode,
    DnsAuthoritative,
    DnsTruncated,
    DnsRecursionDesired,
    DnsRecursionAvailable,
    DnsZ,
    DnsCode,
    DnsQuestionCount,
    DnsAnswerCount,
    DnsAuthorityCount,
    DnsAdditionalCount,
    DnsQuestion, ///< one of them; so are the next three
    DnsAnswer,
    DnsAuthority,
    DnsAdditional,
    DnsDomainName, ///< the field; DnsName is a type
    DnsType,
    DnsClass,
    DnsTtl,
    DnsDataLength,
    DnsData,
    Http,
    HttpStartLine,
    HttpMethod,
    HttpTarget,
    HttpVersion,
    HttpStatus,
    HttpReason,
    HttpField, ///< one header line
    HttpFieldName,
    HttpFieldValue,
    HttpEmptyLine,
    HttpBody,
    TlsRecord,
    TlsContentType,
    TlsVersion,
    TlsLength,
    TlsProtected,
};

/// Whether a checksum agrees with the bytes it covers.
struct ChecksumValue {
    std::uint32_t value = 0;
    std::uint32_t expected = 0;
    bool good() const { return value == expected; }
    bool operator==(const ChecksumValue&) const = default;
};
/// monostate: the field is only a container, or its bytes say it all.
using FieldValue = std::variant<std::monostate, std::uint64_t, Seq32, MacAddress, Ipv4Address, TcpFlags, ChecksumValue,
                                Ipv6Address, std::string>;

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

/// One node per header, outermost first: Ethernet; ARP, IPv4 or IPv6; TCP, UDP, ICMP or ICMPv6; DNS, HTTP, a TLS-shaped
/// record or Payload; padding and FCS are children of Ethernet. A
/// node's range is its header, so those two, at the frame's end, are the only children outside their parent. Every bit
/// of the frame is in exactly one field without children. Extension headers belong to the header of IPv6; echo data, and
/// a quotation with the headers in it, to the ICMP message; what is quoted in a quotation stays closed.
///
/// Values are numbers as they stand in the header: IHL and data offset in 32-bit words, fragment offset in units of
/// 8 octets, IpFlags its three bits; of an unknown TCP option, its kind; of an extension header, its own number. SACK's
/// blocks are "left-right, left-right", timestamps "TSval 7, TSecr 5". A checksum that verifies is its own expected
/// value; one that cannot be verified (of a datagram quoted in part, or none made: UDP's 0 with IPv4) is a number.
/// TcpOptionEnd takes in the octets behind it.
///
/// Whatever the bytes are, this reads only them; what cannot be understood is an Undecoded field in the layer where it
/// stands. A header whose own length is impossible is shown without options, and all behind it is Undecoded.
std::vector<Field> dissect(ByteView frame);
template <std::same_as<FrameBytes> Frame>
std::vector<Field> dissect(const Frame& frame)
{
    return dissect(frame.view());
}

} // namespace packetarium
