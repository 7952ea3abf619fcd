// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a packet says, in one short line: for the labels on the stage, for
// lists and for the command line.

#include "core/trace/packet_summary.h"
#include "ui/i18n/catalogue.h"

namespace packetarium {

/// "ARP", "DNS", "TLS-shaped".
std::string_view labelOf(Protocol protocol, Language language);
/// One sentence: what it is for.
std::string_view explain(Protocol protocol, Language language);

/// "ARP who has 192.168.1.1?", "Echo request 1", "DNS A? www.example.com", "GET /image.png", "UDP 5 octets", "IP fragment
/// at 1480". Of a TCP segment that begins no message of the application only its flags and octets ("PSH,ACK 10 octets"): the
/// numbers are in PacketInfo. Never empty, and never longer than 64 characters: long names and targets end in "…".
std::string packetTitle(const PacketSummary& packet, Language language);

} // namespace packetarium
