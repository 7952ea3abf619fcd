// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/dns_chain.h"

#include <algorithm>

namespace packetarium {

DnsChain followAliases(const std::vector<DnsRecord>& records, const DnsQuestion& question, std::string_view zone)
{
    DnsChain chain;
    chain.name = question.name;
    for (std::size_t aliases = 0; aliases <= kMaxAliases; ++aliases) {
        const DnsRecord* alias = nullptr;
        for (const DnsRecord& record : records) {
            if (!sameName(record.name, chain.name) || !isWithin(record.name, zone))
                continue;
            if (record.type == question.type) {
                chain.records.push_back(record);
                chain.complete = true;
            } else if (record.type == DnsType::CNAME && alias == nullptr) {
                alias = &record;
            }
        }
        if (chain.complete || alias == nullptr || !std::holds_alternative<DnsName>(alias->data))
            return chain;
        chain.records.push_back(*alias);
        chain.name = std::get<DnsName>(alias->data);
    }
    chain.loop = true;
    return chain;
}

std::optional<IpAddress> addressIn(const std::vector<DnsRecord>& records)
{
    for (const DnsRecord& record : records) {
        if (const auto* v4 = std::get_if<Ipv4Address>(&record.data))
            return *v4;
        if (const auto* v6 = std::get_if<Ipv6Address>(&record.data))
            return *v6;
    }
    return std::nullopt;
}

DnsRecord startOfAuthority(const DnsName& zone, const DnsName& server, std::uint32_t minimum)
{
    DnsSoa soa;
    soa.primary = server;
    soa.mailbox = zone.empty() ? "hostmaster" : "hostmaster." + zone;
    if (checkName(soa.mailbox) != DnsNameError::None)
        soa.mailbox = zone; // too long with a label more
    soa.serial = 1;
    soa.refresh = 3600;
    soa.retry = 900;
    soa.expire = 604800;
    soa.minimum = minimum;
    return DnsRecord{zone, DnsType::SOA, minimum, encodeSoa(soa)};
}

std::optional<DnsRecord> negativeAuthority(const std::vector<DnsRecord>& authorities, std::string_view name,
                                           std::string_view zone)
{
    for (const DnsRecord& record : authorities) {
        const Bytes* data = std::get_if<Bytes>(&record.data);
        if (record.type != DnsType::SOA || data == nullptr || !isWithin(name, record.name) ||
            !isWithin(record.name, zone))
            continue;
        const std::optional<DnsSoa> soa = decodeSoa(*data);
        if (!soa)
            continue;
        DnsRecord authority = record;
        authority.ttl = std::min(record.ttl, soa->minimum);
        return authority;
    }
    return std::nullopt;
}

std::string dataText(const DnsRecord& record)
{
    if (const auto* v4 = std::get_if<Ipv4Address>(&record.data))
        return v4->toString();
    if (const auto* v6 = std::get_if<Ipv6Address>(&record.data))
        return v6->toString();
    if (const auto* name = std::get_if<DnsName>(&record.data))
        return toString(record.type) + " " + (name->empty() ? "." : *name);
    return toString(record.type);
}

DnsType typeOfAddress(bool v6)
{
    return v6 ? DnsType::AAAA : DnsType::A;
}

} // namespace packetarium
