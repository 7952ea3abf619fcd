// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/dns_zones.h"

#include <algorithm>

namespace packetarium {

namespace {

std::string_view parentOf(std::string_view name)
{
    const std::size_t dot = name.find('.');
    return dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
}

DnsName withoutLastDot(std::string_view name)
{
    if (name.ends_with('.'))
        name.remove_suffix(1);
    return DnsName(name);
}

/// The root, or a name that can go on the wire.
bool isName(const DnsName& name)
{
    return name.empty() || checkName(name) == DnsNameError::None;
}

std::optional<DnsRecord> recordOf(const DnsRecordSpec& spec)
{
    DnsRecord record{withoutLastDot(spec.name), DnsType::A, spec.ttl, Ipv4Address{}};
    if (!isName(record.name))
        return std::nullopt;
    const std::optional<IpAddress> address = IpAddress::parse(spec.data);
    if (spec.type == "A" && address && address->isV4()) {
        record.data = address->v4();
    } else if (spec.type == "AAAA" && address && address->isV6()) {
        record.type = DnsType::AAAA;
        record.data = address->v6();
    } else if (spec.type == "CNAME" || spec.type == "NS") {
        record.type = spec.type == "NS" ? DnsType::NS : DnsType::CNAME;
        record.data = withoutLastDot(spec.data);
        if (!isName(std::get<DnsName>(record.data)))
            return std::nullopt;
    } else {
        return std::nullopt;
    }
    return record;
}

} // namespace

DnsZones::DnsZones(const DnsServiceSpec& spec)
{
    for (const std::string& zone : spec.zones) {
        if (isName(withoutLastDot(zone)))
            zones_.push_back(withoutLastDot(zone));
    }
    for (const DnsRecordSpec& entry : spec.records) {
        if (std::optional<DnsRecord> record = recordOf(entry))
            records_.push_back(std::move(*record));
    }
}

DnsZones::Reply DnsZones::answer(const DnsQuestion& question) const
{
    Reply reply;
    DnsName name = question.name;
    for (std::size_t aliases = 0; aliases <= kMaxAliases; ++aliases) {
        const DnsName* zone = zoneOf(name);
        if (zone == nullptr) {
            // An alias may lead to what others answer for.
            reply.kind = reply.answers.empty() ? Kind::NotOurs : Kind::Answer;
            return reply;
        }
        if (const std::optional<DnsName> handedOver = cut(name, *zone)) {
            if (!reply.answers.empty()) {
                reply.kind = Kind::Answer;
                return reply;
            }
            reply.kind = Kind::Referral;
            reply.authorities = of(*handedOver, DnsType::NS);
            addAddresses(reply);
            return reply;
        }
        std::vector<DnsRecord> found = of(name, question.type);
        if (!found.empty()) {
            reply.kind = Kind::Answer;
            reply.answers.insert(reply.answers.end(), found.begin(), found.end());
            return reply;
        }
        const std::vector<DnsRecord> alias = of(name, DnsType::CNAME);
        if (alias.empty()) {
            reply.kind = exists(name) ? Kind::NoData : Kind::NoSuchName;
            reply.authorities.push_back(authorityOf(*zone));
            return reply;
        }
        reply.answers.push_back(alias.front());
        name = std::get<DnsName>(alias.front().data);
    }
    reply.kind = Kind::Answer; // a loop of aliases: whoever asked sees it
    return reply;
}

const DnsName* DnsZones::zoneOf(std::string_view name) const
{
    const DnsName* best = nullptr;
    for (const DnsName& zone : zones_) {
        if (isWithin(name, zone) && (best == nullptr || zone.size() > best->size()))
            best = &zone;
    }
    return best;
}

std::optional<DnsName> DnsZones::cut(std::string_view name, std::string_view zone) const
{
    std::optional<DnsName> topmost;
    for (; !name.empty() && !sameName(name, zone); name = parentOf(name)) {
        if (!of(name, DnsType::NS).empty())
            topmost = DnsName(name);
    }
    return topmost;
}

void DnsZones::addAddresses(Reply& reply) const
{
    for (const DnsRecord& server : reply.authorities) {
        for (const DnsType type : {DnsType::A, DnsType::AAAA}) {
            for (DnsRecord& address : of(std::get<DnsName>(server.data), type))
                reply.additionals.push_back(std::move(address));
        }
    }
}

std::vector<DnsRecord> DnsZones::of(std::string_view name, DnsType type) const
{
    std::vector<DnsRecord> found;
    std::copy_if(records_.begin(), records_.end(), std::back_inserter(found),
                 [&](const DnsRecord& record) { return record.type == type && sameName(record.name, name); });
    return found;
}

bool DnsZones::exists(std::string_view name) const
{
    // A name with nothing of its own exists if there is something below it (RFC 4592 §2.2.2).
    const auto below = [&](const DnsRecord& record) { return isWithin(record.name, name); };
    return std::any_of(records_.begin(), records_.end(), below) ||
           std::any_of(zones_.begin(), zones_.end(), [&](const DnsName& zone) { return sameName(zone, name); });
}

DnsRecord DnsZones::authorityOf(const DnsName& zone) const
{
    const std::vector<DnsRecord> servers = of(zone, DnsType::NS);
    const DnsName server = servers.empty() ? zone : std::get<DnsName>(servers.front().data);
    return startOfAuthority(zone, server, kNegativeTtl);
}

} // namespace packetarium
