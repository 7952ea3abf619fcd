// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Messages of the domain name system: RFC 1035 §4, with AAAA (RFC 3596).

#include "core/wire/tcp_segment.h"

#include <variant>

namespace packetarium {

enum class DnsType : std::uint16_t { A = 1, NS = 2, CNAME = 5, SOA = 6, AAAA = 28 };
std::string toString(DnsType type); ///< "A", or "TYPE99" (RFC 3597 §5)
enum class DnsCode : std::uint8_t {
    NoError = 0,
    FormatError = 1,
    ServerFailure = 2,
    NameError = 3,
    NotImplemented = 4,
    Refused = 5
};
std::string toString(DnsCode code); ///< "NOERROR", "NXDOMAIN" ..., or "RCODE9"

/// A name as people write it, without the last dot; "" is the root. Compared without regard to the case of letters.
using DnsName = std::string;
bool sameName(std::string_view a, std::string_view b);
/// Whether `name` is `zone` or below it; everything is below the root.
bool isWithin(std::string_view name, std::string_view zone);
/// What is wrong with a name a person typed: labels of 1 to 63 letters, digits, hyphens (not at an end) or underscores, at most
/// 253 characters in all (RFC 1035 §2.3.1, §2.3.4).
enum class DnsNameError { None, Empty, LabelEmpty, LabelTooLong, TooLong, BadCharacter, HyphenAtEnd };
DnsNameError checkName(std::string_view name);

struct DnsQuestion {
    DnsName name;
    DnsType type = DnsType::A;
    bool operator==(const DnsQuestion&) const = default;
};
struct DnsRecord {
    DnsName name;
    DnsType type = DnsType::A;
    std::uint32_t ttl = 0; ///< seconds
    /// A, AAAA: an address; NS, CNAME: a name; else the octets as they stand (SOA: with its names not compressed)
    std::variant<Ipv4Address, Ipv6Address, DnsName, Bytes> data;
    bool operator==(const DnsRecord&) const = default;
};
struct DnsMessage {
    std::uint16_t id = 0;
    bool response = false, authoritative = false, truncated = false, recursionDesired = false,
         recursionAvailable = false;
    std::uint8_t opcode = 0;
    DnsCode code = DnsCode::NoError;
    std::vector<DnsQuestion> questions;
    std::vector<DnsRecord> answers, authorities, additionals;
    bool operator==(const DnsMessage&) const = default;
};
constexpr std::uint16_t kDnsPort = 53;
constexpr std::size_t kDnsHeaderSize = 12;

/// Names are compressed (RFC 1035 §4.1.4). Throws std::invalid_argument if a name is not well formed (checkName() finds out
/// before; what decodeDns() made always is), std::length_error over 65,535 octets.
Bytes encodeDns(const DnsMessage& message);
/// Nothing if it is malformed. A pointer must point backwards, a name may have at most 255 octets: no loop, no bomb. Only the
/// class Internet is read: a question of another class is malformed, a record of another class (EDNS, RFC 6891) is left out.
std::optional<DnsMessage> decodeDns(ByteView bytes);

/// What an SOA record says (RFC 1035 §3.3.13): a negative answer carries one, and may be kept for `minimum` (RFC 2308 §5).
struct DnsSoa {
    DnsName primary, mailbox;
    std::uint32_t serial = 0, refresh = 0, retry = 0, expire = 0, minimum = 0; ///< all but the serial in seconds
    bool operator==(const DnsSoa&) const = default;
};
Bytes encodeSoa(const DnsSoa& soa);
std::optional<DnsSoa> decodeSoa(ByteView data); ///< of a record that decodeDns() made

} // namespace packetarium
