// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// traceroute, the classic way: a UDP datagram with TTL 1, then 2, and so on,
// to a port where nobody listens, 33434 and upwards. The router at which a TTL
// ends says so (RFC 792, time exceeded), the destination says that its port is
// unreachable, and that is the end. One probe for each hop, 1 s for each answer.

#include "core/apps/app_context.h"
#include "core/scenario/scenario.h"

namespace packetarium {

class Traceroute {
public:
    static constexpr SimDuration kPatience = SimDuration::seconds(1);
    static constexpr std::uint16_t kFirstPort = 33434;
    static constexpr std::size_t kProbeOctets = 32;

    void begin(const AppContext& app, const DoTraceroute& asked, const IpAddress& to);
    bool onIcmp(const AppContext& app, const IcmpDelivery& delivery);
    /// A program listens at the port after all: the destination is reached.
    bool onDatagram(const AppContext& app, const UdpDelivery& delivery);
    void onTimer(const AppContext& app);
    SimTime nextDeadline() const;

private:
    struct Job {
        IpAddress to;
        std::uint16_t localPort = 0;
        std::uint8_t ttl = 0, maxHops = 30;
        SimTime deadline;
    };
    // Either may end the job.
    void probe(const AppContext& app, std::size_t place);
    void goOn(const AppContext& app, std::size_t place);
    void end(const AppContext& app, std::size_t place, ProgramTrouble trouble);

    std::vector<Job> jobs_;
};

} // namespace packetarium
