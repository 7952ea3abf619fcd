// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a recursive name server does for its clients: from the closest zone it
// knows of, or else from the root, it asks server after server, each pointing
// to the next, until one answers (RFC 1034 §5.3.3). Aliases are followed, and
// where a referral names a server without its address that is resolved first.
//
// Bounds: 30 queries and 5 s for one client's question, 4 questions within
// questions, 8 aliases. 5 s, so that a client that gives up after 6 s (three
// tries of 2 s) still hears that the server has failed.

#include "core/apps/dns_ask.h"
#include "core/apps/dns_cache.h"

namespace packetarium {

class Recursion {
public:
    static constexpr SimDuration kPatience = SimDuration::seconds(5);
    static constexpr int kMostQueries = 30;
    static constexpr int kMostDepth = 4;

    struct Done {
        std::uint32_t ticket = 0;
        DnsCode code = DnsCode::ServerFailure;
        std::vector<DnsRecord> answers, authorities;
    };

    explicit Recursion(std::vector<IpAddress> roots)
        : roots_(std::move(roots))
    {}

    /// The outcome comes by takeDone(), maybe before begin() has returned.
    void begin(const AppContext& app, DnsCache& cache, std::uint32_t ticket, const DnsQuestion& question);
    bool onDatagram(const AppContext& app, DnsCache& cache, const UdpDelivery& delivery);
    bool onIcmp(const AppContext& app, DnsCache& cache, const IcmpDelivery& error);
    void onTimer(const AppContext& app, DnsCache& cache);
    SimTime nextDeadline() const;
    std::vector<Done> takeDone() { return std::exchange(done_, {}); }

private:
    struct Task {
        std::uint32_t id = 0;
        std::uint32_t parent = 0; ///< the task that waits for this one, or 0
        std::uint32_t ticket = 0; ///< without a parent
        int depth = 0;
        DnsType type = DnsType::A;
        DnsName name;                   ///< asked for now: at first the question's, then where aliases lead
        std::vector<DnsRecord> aliases; ///< followed so far
        DnsName zone;                   ///< what the servers answer for
        std::vector<IpAddress> servers;
        std::vector<DnsName> unresolved; ///< servers whose address must be found first, if no other is left
        std::size_t next = 0;            ///< of servers
        std::size_t tries = 0;           ///< since the servers were chosen
        int queriesLeft = kMostQueries;  ///< shared with the questions within this question
        bool asked = false;              ///< at least once: the answer is not from the cache alone
        DnsAsk ask;
        SimTime deadline = SimTime::never(); ///< of the query under way; never: waits for another task
        SimTime giveUp;
    };
    Task* task(std::uint32_t id);
    void start(const AppContext& app, DnsCache& cache, Task task);
    // Each may end the task, or begin others: a Task& does not outlive them.
    void advance(const AppContext& app, DnsCache& cache, std::uint32_t id);
    void chooseServers(const AppContext& app, DnsCache& cache, Task& task);
    std::vector<IpAddress> reachable(const AppContext& app, const std::vector<IpAddress>& servers) const;
    void askNext(const AppContext& app, DnsCache& cache, std::uint32_t id);
    void resolveServer(const AppContext& app, DnsCache& cache, std::uint32_t id);
    void dropServer(const AppContext& app, DnsCache& cache, std::uint32_t id);
    void take(const AppContext& app, DnsCache& cache, std::uint32_t id, const DnsMessage& message);
    void takeNo(const AppContext& app, DnsCache& cache, std::uint32_t id, const DnsMessage& message,
                const DnsQuestion& question);
    bool takeReferral(const AppContext& app, DnsCache& cache, Task& task, const DnsMessage& message);
    void finish(const AppContext& app, DnsCache& cache, std::uint32_t id, DnsCode code, std::vector<DnsRecord> answers,
                std::vector<DnsRecord> authorities);
    void fail(const AppContext& app, DnsCache& cache, std::uint32_t id)
    {
        finish(app, cache, id, DnsCode::ServerFailure, {}, {});
    }

    std::vector<IpAddress> roots_;
    std::vector<Task> tasks_;
    std::vector<Done> done_;
    std::uint32_t lastId_ = 0;
};

} // namespace packetarium
