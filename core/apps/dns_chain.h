// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Small things that everyone who reads DNS answers needs: following aliases
// (RFC 1034 §3.6.2), the time for which "no" may be kept (RFC 2308 §5), and
// records as people write them.

#include "core/wire/dns.h"

namespace packetarium {

constexpr std::size_t kMaxAliases = 8; ///< more than that is taken for a loop

/// What answers a question, in order, from a set of records: aliases, then records of the type asked for.
struct DnsChain {
    std::vector<DnsRecord> records;
    DnsName name;          ///< where the chain ends: the question's own name if there is no alias
    bool complete = false; ///< records of the type asked for are among them
    bool loop = false;
};
/// Only records whose owner is within `zone` count: a server speaks for nothing else.
DnsChain followAliases(const std::vector<DnsRecord>& records, const DnsQuestion& question, std::string_view zone);

/// The first address among records, or nothing.
std::optional<IpAddress> addressIn(const std::vector<DnsRecord>& records);

/// A start of authority (RFC 1035 §3.3.13) for a zone that the scenario describes by its records alone. `minimum`: seconds.
DnsRecord startOfAuthority(const DnsName& zone, const DnsName& server, std::uint32_t minimum);
/// The SOA that lets a "no" about `name` be kept, its TTL being how long: the smaller of its own and its MINIMUM field (RFC 2308
/// §5). Only of a zone that `name` is in and that is within `zone`.
std::optional<DnsRecord> negativeAuthority(const std::vector<DnsRecord>& authorities, std::string_view name,
                                           std::string_view zone);

/// "93.184.216.34", "NS a.gtld-servers.net".
std::string dataText(const DnsRecord& record);
DnsType typeOfAddress(bool v6);

} // namespace packetarium
