// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every setting of a TCP endpoint in one place. Where the RFCs and a common
// kernel differ there is a profile, and each difference is one named setting
// here; docs/profiles.md lists them.

#include "core/base/seq32.h"
#include "core/base/sim_time.h"

#include <optional>
#include <string_view>
#include <vector>

namespace packetarium {

enum class Profile : std::uint8_t { Rfc, Linux };
std::string_view toString(Profile profile); ///< "rfc", "linux"
std::optional<Profile> parseProfile(std::string_view text);

struct TcpConfig {
    /// Fixed initial send sequence number; empty: by clock and keyed hash (RFC 9293 §3.4.1).
    std::optional<Seq32> iss;
    /// The host's further connections take these in turn (RFC 9293 Figures 8 and 9); the last one given stays.
    std::vector<Seq32> laterIss;
    std::uint16_t mss = 1460;            ///< MSS option sent in SYN segments, §3.7.1; octets
    std::uint32_t receiveBuffer = 65535; ///< octets; RCV.WND never exceeds it (no window scaling yet: at most 65535)
    bool delayedAck = true;              ///< §3.8.6.3
    SimDuration delayedAckTime = SimDuration::milliseconds(200); ///< MUST be < 0.5 s
    int quickAcks = 0;                                     ///< segments acknowledged at once at the start (linux: 16)
    SimDuration rtoInitial = SimDuration::seconds(1);      ///< RFC 6298 §2.1
    SimDuration rtoMin = SimDuration::seconds(1);          ///< RFC 6298 §2.4
    SimDuration rtoMax = SimDuration::seconds(60);         ///< RFC 6298 §2.5
    SimDuration rtoAfterSynLoss = SimDuration::seconds(3); ///< RFC 6298 §5.7; linux: not raised
    SimDuration clockGranularity = SimDuration::milliseconds(1); ///< G of RFC 6298 §2
    int synRetries =
        7; ///< retransmissions of a SYN before giving up: R2 MUST be >= 3 min, §3.8.3 (1+2+4+...+60+60 s = 183 s); linux: 6
    int dataRetries = 8;                         ///< R2 for data, FIN and unanswered probes: at least 100 s, §3.8.3
    SimDuration msl = SimDuration::seconds(120); ///< §3.4.2; linux: 30 s
    bool timeWait = true;                        ///< false: a counterfactual, not TCP
    /// MAY-2 of §3.6.1: a SYN with a number above the last one seen may reopen a connection in TIME-WAIT.
    bool reopenFromTimeWait = true;
    /// linux: a duplicate SYN in SYN-RECEIVED is answered with SYN,ACK again instead of a challenge ACK.
    bool synAckOnDuplicateSyn = false;
    bool resetOnUnreadData = true; ///< SHLD-3, §3.6.1

    bool operator==(const TcpConfig&) const = default;
    static TcpConfig forProfile(Profile profile);
};

} // namespace packetarium
