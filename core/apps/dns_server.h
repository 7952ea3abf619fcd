// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A name server on UDP port 53 (RFC 1034 §4.3): answers for its own zones, and
// if it is recursive finds out the rest for who asks it to. An answer over 512
// octets is cut short and says so (RFC 1035 §4.2.1); there is no DNS over TCP
// and no EDNS here.

#include "core/apps/dns_zones.h"
#include "core/apps/recursion.h"

#include <memory>

namespace packetarium {

class DnsServer {
public:
    explicit DnsServer(const DnsServiceSpec& spec);

    void start(const AppContext& app) { app.host.openUdp(kDnsPort); }
    bool onDatagram(const AppContext& app, DnsCache& cache, const UdpDelivery& delivery);
    bool onIcmp(const AppContext& app, DnsCache& cache, const IcmpDelivery& error);
    void onTimer(const AppContext& app, DnsCache& cache);
    SimTime nextDeadline() const { return recursion_.nextDeadline(); }

private:
    /// Who waits for what recursion brings.
    struct Client {
        std::uint32_t ticket = 0;
        Endpoint from;
        DnsMessage query;
    };
    void serve(const AppContext& app, DnsCache& cache, const Endpoint& from, const DnsMessage& query);
    void respond(const AppContext& app, const Endpoint& to, DnsMessage answer) const;
    void respondToDone(const AppContext& app);

    std::shared_ptr<const DnsZones> zones_; ///< never changed
    bool recursive_ = false;
    Recursion recursion_;
    std::vector<Client> clients_;
    std::uint32_t lastTicket_ = 0;
};

} // namespace packetarium
