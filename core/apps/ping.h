// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// ping: echo requests (RFC 792, RFC 4443 §4), one per interval, numbered from
// 1; every request is given 1 s to be answered. A reply or an error belongs to
// the request with its identifier and sequence number.

#include "core/apps/app_context.h"
#include "core/scenario/scenario.h"

namespace packetarium {

class Ping {
public:
    static constexpr SimDuration kPatience = SimDuration::seconds(1);

    void begin(const AppContext& app, const DoPing& asked, const IpAddress& to);
    /// True if the message was for a ping of this host.
    bool onIcmp(const AppContext& app, const IcmpDelivery& delivery);
    void onTimer(const AppContext& app);
    SimTime nextDeadline() const;

private:
    struct Waiting {
        std::uint16_t sequence = 0;
        SimTime sentAt;
    };
    struct Job {
        DoPing asked;
        IpAddress to;
        std::uint16_t identifier = 0;
        std::uint32_t sent = 0;
        SimTime nextAt;
        std::vector<Waiting> waiting; ///< oldest first
    };
    static void send(const AppContext& app, Job& job);
    void forgetEnded();

    std::vector<Job> jobs_;
};

} // namespace packetarium
