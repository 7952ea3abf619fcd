// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One question under way to one server by UDP (RFC 1035 §4.2.1), and how its
// answer is known from others: by the server's address and port, the local
// port, the identifier and the question (RFC 5452 §9.1).

#include "core/apps/app_context.h"
#include "core/wire/dns.h"

namespace packetarium {

constexpr SimDuration kDnsQueryTime = SimDuration::seconds(2); ///< until a try is given up
constexpr int kDnsTries = 3;                                   ///< of each server

struct DnsAsk {
    DnsQuestion question;
    IpAddress server;
    std::uint16_t localPort = 0;
    std::uint16_t id = 0;
    bool recursionDesired = false;
};

/// NotReachable or FragmentationNeeded if it could not leave.
ProgramTrouble sendQuery(const AppContext& app, const DnsAsk& ask);
/// The answer in a datagram, if it is one to this question and well formed.
std::optional<DnsMessage> answerTo(const DnsAsk& ask, const UdpDelivery& delivery);
/// Whether an ICMP error speaks of this question.
bool isAbout(const DnsAsk& ask, const IcmpDelivery& error);

} // namespace packetarium
