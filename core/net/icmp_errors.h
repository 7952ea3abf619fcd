// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// ICMP errors about datagrams: what they quote, which are allowed, and what
// one that comes back is about.

#include "core/net/ip_stack.h"

namespace packetarium {

/// IP header and as much of the datagram as an error about it may hold: the error has at most 576 octets (RFC 1812 §4.3.2.3),
/// of IPv6 1280 (RFC 4443 §2.4 (c)).
Bytes quotationOf(ByteView datagram);
/// The same of a datagram that came in.
Bytes quotationOf(const Datagram& about);

/// The addresses, protocol and quotation of a datagram given whole; nothing if its header cannot be read.
std::optional<Datagram> describeDatagram(ByteView datagram);

/// RFC 1122 §3.2.2, RFC 4443 §2.4 (e): never about an ICMP error, a datagram for a group, a fragment other than the first, or
/// from no single host.
bool mayBeAnsweredByError(const Datagram& about, bool alsoToGroup = false);

/// The message; type and code as IPv4 has them are translated for IPv6.
IcmpMessage errorAbout(const Datagram& about, std::uint8_t type, std::uint8_t code, std::uint32_t rest);

/// RFC 4443 §3.4: `pointer` is the octet of the quoted packet.
IcmpMessage parameterProblem(const Datagram& about, std::uint8_t code, std::uint32_t pointer);
bool isParameterProblem(const IcmpMessage& message, bool v6);

bool isIcmpError(std::uint8_t type, bool v6);

/// For the programs of the host that sent what `message`, an error or an echo reply, is about.
IcmpDelivery deliveryOf(const IpAddress& from, IcmpMessage message);

} // namespace packetarium
