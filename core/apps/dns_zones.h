// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an authoritative name server knows, and how it answers from it: the
// algorithm of RFC 1034 §4.3.2, without wildcards. A zone ends where an NS
// record below its top hands the rest to other servers.

#include "core/apps/dns_chain.h"
#include "core/scenario/scenario.h"

namespace packetarium {

class DnsZones {
public:
    /// How long others may keep a "no", seconds: the SOA's MINIMUM (RFC 2308 §4). The scenario gives no SOA of its own.
    static constexpr std::uint32_t kNegativeTtl = 300;

    /// What is no name or no address is left out: whoever reads the scenario has said so.
    explicit DnsZones(const DnsServiceSpec& spec);

    enum class Kind { NotOurs, Answer, Referral, NoSuchName, NoData };
    struct Reply {
        Kind kind = Kind::NotOurs;
        std::vector<DnsRecord> answers, authorities, additionals;
    };
    Reply answer(const DnsQuestion& question) const;

private:
    const DnsName* zoneOf(std::string_view name) const;
    /// The name at or above `name`, but below the zone's top, that is handed to others; the topmost.
    std::optional<DnsName> cut(std::string_view name, std::string_view zone) const;
    void addAddresses(Reply& reply) const;
    std::vector<DnsRecord> of(std::string_view name, DnsType type) const;
    bool exists(std::string_view name) const;
    DnsRecord authorityOf(const DnsName& zone) const;

    std::vector<DnsName> zones_;
    std::vector<DnsRecord> records_;
};

} // namespace packetarium
