// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Addresses as a socket names them: an IPv6 socket's IPv4 peers stand in
// IPv4-mapped addresses (RFC 3493 §3.7), on the wire they are IPv4.

#include "core/endpoint/socket_host.h"

namespace packetarium {

/// 10.0.0.2 as ::ffff:10.0.0.2.
IpAddress mappedAddress(const IpAddress& address);
/// The reverse; other addresses stay as they are.
IpAddress unmappedAddress(const IpAddress& address);
/// What is on the wire, as the socket's program sees it.
Endpoint shownBy(const Socket& socket, const Endpoint& end);

/// 127.0.0.0/8 or ::1, which this host has not.
bool isLoopback(const IpAddress& address);
IpAddress anyAddress(bool v6);
/// Whether a socket of this local address takes in what comes to `to`.
bool hearsAt(const IpAddress& local, bool v6Only, const IpAddress& to);

} // namespace packetarium
