// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a host has learnt of names, each for as long as its TTL says (RFC 1035
// §3.2.1, RFC 2181 §5), and for a shorter time also that a name does not
// exist (RFC 2308). Every row that comes, goes or is used is in the trace as a
// Table record. A row whose time is over is taken out when the cache is next
// asked or told something: an Expired record may be later than the row's
// `expires`, but the row is never used after it.

#include "core/apps/app_context.h"
#include "core/apps/dns_chain.h"

namespace packetarium {

class DnsCache {
public:
    enum class Found { Nothing, Records, NoSuchName, NoData };
    struct Answer {
        Found found = Found::Nothing;
        std::vector<DnsRecord> records;     ///< aliases, then what was asked for; with the TTL that is left
        std::vector<DnsRecord> authorities; ///< of a "no": the SOA it came with
        DnsName name;                       ///< where the chain of aliases ends
    };
    /// Follows aliases. With Nothing there may be aliases in `records` all the same.
    Answer find(const AppContext& app, const DnsQuestion& question);

    /// Records of an answer, or of a referral's additional section (`glue`): those lead to servers only, they answer nothing
    /// (RFC 2181 §5.4.1). They take the place of all older ones of the same name and type. TTL 0 is not kept.
    void learn(const AppContext& app, const std::vector<DnsRecord>& records, bool glue);
    /// That a name, or records of this type for it, do not exist; for as long as the TTL of `authority` says
    /// (negativeAuthority()).
    void learnNegative(const AppContext& app, const DnsQuestion& question, bool noSuchName, const DnsRecord& authority);

    /// The closest zone around a name with a server that is known, or at least can be resolved from outside the zone.
    struct Delegation {
        DnsName zone;
        std::vector<IpAddress> addresses; ///< of its servers, those that are known
        std::vector<DnsName> unresolved;  ///< servers without a known address, outside the zone
    };
    std::optional<Delegation> closest(const AppContext& app, std::string_view name);
    std::vector<IpAddress> serverAddresses(const AppContext& app, std::string_view server) const;

    void clear() { rows_.clear(); }
    std::size_t size() const { return rows_.size(); }

private:
    struct Row {
        DnsRecord record; ///< of a "no": its name and type, and no data
        SimTime expires;
        bool glue = false;
        Found negative = Found::Nothing; ///< or NoSuchName or NoData
        std::optional<DnsRecord> authority = {};
    };
    void expire(const AppContext& app);
    void drop(const AppContext& app, std::size_t place, TableChange why);
    void insert(const AppContext& app, Row row);
    void note(const AppContext& app, TableChange change, const Row& row) const;
    static std::uint32_t ttlLeft(const AppContext& app, const Row& row);
    static bool same(const Row& a, const Row& b);

    std::vector<Row> rows_; ///< oldest first
};

} // namespace packetarium
