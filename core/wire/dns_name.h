// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Names inside a DNS message (RFC 1035 §4.1.4), for the codec and the field
// tree.

#include "core/wire/dns.h"

#include <map>

namespace packetarium {

constexpr std::size_t kDnsNameMax = 255; ///< octets on the wire, the root's included (RFC 1035 §2.3.4)
constexpr std::size_t kDnsLabelMax = 63;

struct DnsNameRead {
    DnsName name;
    std::size_t end = 0; ///< where what follows the name begins
};
/// The name at octet `at` of `message`. Each pointer must lead before the part of the name in which it stands, so that
/// reading ends. A dot or backslash within a label is written "\.", "\\", an octet that is no visible ASCII "\ddd"
/// (RFC 1035 §5.1).
std::optional<DnsNameRead> readDnsName(ByteView message, std::size_t at);

/// Writes names, each suffix that stands in the message already as a pointer to it.
class DnsNameWriter {
public:
    /// Throws std::invalid_argument if a label is empty or longer than 63 octets, or the name longer than 255.
    void append(Bytes& message, std::string_view name);

private:
    std::map<std::string, std::uint16_t, std::less<>> written_; ///< suffix -> where
};
/// The same without pointers.
void appendDnsName(Bytes& bytes, std::string_view name);

} // namespace packetarium
