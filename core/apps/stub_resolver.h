// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A host's own resolver: looks into its cache, else asks the one name server
// that the host has been told of, which does the rest (RFC 1034 §5.3.1). A try
// lasts 2 s, there are three; an ICMP error ends it at once.

#include "core/apps/dns_ask.h"
#include "core/apps/dns_cache.h"

namespace packetarium {

class StubResolver {
public:
    using Ticket = std::uint32_t;
    struct Done {
        Ticket ticket = 0;
        std::optional<IpAddress> address;
        ProgramTrouble trouble = ProgramTrouble::None; ///< why there is none
    };

    explicit StubResolver(std::optional<IpAddress> nameServer)
        : nameServer_(nameServer)
    {}

    /// The outcome comes by takeDone(), maybe before ask() has returned.
    Ticket ask(const AppContext& app, DnsCache& cache, const DnsQuestion& question);
    /// True if the datagram was for this resolver.
    bool onDatagram(const AppContext& app, DnsCache& cache, const UdpDelivery& delivery);
    bool onIcmp(const AppContext& app, const IcmpDelivery& error);
    void onTimer(const AppContext& app);
    SimTime nextDeadline() const;
    std::vector<Done> takeDone() { return std::exchange(done_, {}); }

private:
    struct Query {
        Ticket ticket = 0;
        DnsAsk ask;
        int tries = 0;
        SimTime deadline;
    };
    void send(const AppContext& app, std::size_t place);
    void finish(const AppContext& app, const DnsQuestion& question, Ticket ticket, std::optional<IpAddress> address,
                ProgramTrouble trouble);
    void fail(const AppContext& app, std::size_t place, ProgramTrouble trouble);
    void take(const AppContext& app, std::size_t place, DnsCache& cache, const DnsMessage& message);

    std::optional<IpAddress> nameServer_;
    std::vector<Query> queries_;
    std::vector<Done> done_;
    Ticket lastTicket_ = 0;
};

} // namespace packetarium
