// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/apps/dns_cache.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr std::size_t kMaxRows = 512;

std::string rowName(const DnsName& name, DnsType type)
{
    return (name.empty() ? "." : name) + " " + toString(type);
}

} // namespace

DnsCache::Answer DnsCache::find(const AppContext& app, const DnsQuestion& question)
{
    expire(app);
    Answer answer;
    answer.name = question.name;
    for (std::size_t aliases = 0; aliases <= kMaxAliases; ++aliases) {
        const Row* alias = nullptr;
        for (const Row& row : rows_) {
            if (row.glue || !sameName(row.record.name, answer.name))
                continue;
            const bool ofType = row.record.type == question.type;
            if (row.negative == Found::NoSuchName || (row.negative == Found::NoData && ofType)) {
                note(app, TableChange::Used, row);
                answer.found = row.negative;
                answer.authorities.push_back(*row.authority);
                answer.authorities.back().ttl = ttlLeft(app, row);
                return answer;
            }
            if (row.negative != Found::Nothing)
                continue;
            if (ofType) {
                note(app, TableChange::Used, row);
                answer.records.push_back(row.record);
                answer.records.back().ttl = ttlLeft(app, row);
                answer.found = Found::Records;
            } else if (row.record.type == DnsType::CNAME) {
                alias = &row;
            }
        }
        if (answer.found == Found::Records)
            return answer;
        if (alias == nullptr)
            break;
        note(app, TableChange::Used, *alias);
        answer.records.push_back(alias->record);
        answer.records.back().ttl = ttlLeft(app, *alias);
        answer.name = std::get<DnsName>(alias->record.data);
    }
    note(app, TableChange::Missed, Row{{answer.name, question.type, 0, Bytes{}}, SimTime::never()});
    return answer;
}

void DnsCache::learn(const AppContext& app, const std::vector<DnsRecord>& records, bool glue)
{
    expire(app);
    const auto ofSameSet = [](const DnsRecord& a, const DnsRecord& b) {
        return a.type == b.type && sameName(a.name, b.name);
    };
    // What answers outranks what only leads on.
    std::vector<DnsRecord> taken;
    for (const DnsRecord& record : records) {
        const auto outranks = [&](const Row& row) {
            return !row.glue && row.negative == Found::Nothing && ofSameSet(row.record, record);
        };
        if (record.ttl > 0 && !(glue && std::any_of(rows_.begin(), rows_.end(), outranks)))
            taken.push_back(record);
    }
    for (std::size_t i = rows_.size(); i-- > 0;) {
        const Row& row = rows_[i];
        const auto replaces = [&](const DnsRecord& record) {
            return row.negative == Found::NoSuchName ? sameName(row.record.name, record.name)
                                                     : ofSameSet(row.record, record);
        };
        const auto renews = [&](const DnsRecord& record) {
            return row.negative == Found::Nothing && ofSameSet(row.record, record) && row.record.data == record.data;
        };
        if (std::any_of(taken.begin(), taken.end(), replaces) && std::none_of(taken.begin(), taken.end(), renews))
            drop(app, i, TableChange::Removed);
    }
    for (const DnsRecord& record : taken)
        insert(app, Row{record, app.now() + SimDuration::seconds(record.ttl), glue});
}

void DnsCache::learnNegative(const AppContext& app, const DnsQuestion& question, bool noSuchName,
                             const DnsRecord& authority)
{
    expire(app);
    if (authority.ttl == 0)
        return;
    insert(app, Row{{question.name, question.type, authority.ttl, Bytes{}},
                    app.now() + SimDuration::seconds(authority.ttl),
                    false,
                    noSuchName ? Found::NoSuchName : Found::NoData,
                    authority});
}

std::optional<DnsCache::Delegation> DnsCache::closest(const AppContext& app, std::string_view name)
{
    expire(app);
    std::string_view zone = name;
    while (true) {
        Delegation delegation{std::string(zone), {}, {}};
        for (const Row& row : rows_) {
            if (row.negative != Found::Nothing || row.record.type != DnsType::NS || !sameName(row.record.name, zone))
                continue;
            note(app, TableChange::Used, row);
            const DnsName& server = std::get<DnsName>(row.record.data);
            const std::vector<IpAddress> addresses = serverAddresses(app, server);
            delegation.addresses.insert(delegation.addresses.end(), addresses.begin(), addresses.end());
            if (addresses.empty() && !isWithin(server, zone))
                delegation.unresolved.push_back(server);
        }
        if (!delegation.addresses.empty() || !delegation.unresolved.empty())
            return delegation;
        if (zone.empty())
            return std::nullopt;
        const std::size_t dot = zone.find('.');
        zone = dot == std::string_view::npos ? std::string_view() : zone.substr(dot + 1);
    }
}

std::vector<IpAddress> DnsCache::serverAddresses(const AppContext& app, std::string_view server) const
{
    std::vector<IpAddress> addresses;
    for (const Row& row : rows_) {
        if (row.negative != Found::Nothing || row.expires <= app.now() || !sameName(row.record.name, server))
            continue;
        if (const std::optional<IpAddress> address = addressIn({row.record})) {
            note(app, TableChange::Used, row);
            addresses.push_back(*address);
        }
    }
    return addresses;
}

void DnsCache::expire(const AppContext& app)
{
    for (std::size_t i = 0; i < rows_.size();) {
        if (rows_[i].expires <= app.now())
            drop(app, i, TableChange::Expired);
        else
            ++i;
    }
}

void DnsCache::drop(const AppContext& app, std::size_t place, TableChange why)
{
    note(app, why, rows_[place]);
    rows_.erase(rows_.begin() + static_cast<std::ptrdiff_t>(place));
}

void DnsCache::insert(const AppContext& app, Row row)
{
    const auto known = std::find_if(rows_.begin(), rows_.end(), [&](const Row& other) { return same(row, other); });
    if (known != rows_.end()) {
        const bool changed = known->expires != row.expires;
        *known = std::move(row);
        if (changed)
            note(app, TableChange::Changed, *known);
        return;
    }
    if (rows_.size() >= kMaxRows)
        drop(app, 0, TableChange::Removed);
    rows_.push_back(std::move(row));
    note(app, TableChange::Added, rows_.back());
}

std::uint32_t DnsCache::ttlLeft(const AppContext& app, const Row& row)
{
    return static_cast<std::uint32_t>((row.expires - app.now()).ns() / 1'000'000'000);
}

bool DnsCache::same(const Row& a, const Row& b)
{
    return a.negative == b.negative && a.record.type == b.record.type && sameName(a.record.name, b.record.name) &&
           (a.negative != Found::Nothing || a.record.data == b.record.data);
}

void DnsCache::note(const AppContext& app, TableChange change, const Row& row) const
{
    if (!app.cx.layers && (change == TableChange::Used || change == TableChange::Missed))
        return;
    TableRow told;
    told.kind = TableKind::Dns;
    told.node = app.host.id();
    told.name = rowName(row.record.name, row.record.type);
    if (row.negative == Found::NoSuchName)
        told.data = "NXDOMAIN";
    else if (row.negative == Found::NoData)
        told.data = "NODATA";
    else if (change != TableChange::Missed)
        told.data = dataText(row.record);
    if (const std::optional<IpAddress> address = addressIn({row.record}))
        told.via = *address;
    told.expires = row.expires;
    noteTable(app.cx, change, told, PacketId::none());
}

} // namespace packetarium
