// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The programs on the hosts, as the scenario scripts them: which entries of
// the script fall due when a state is entered, data arrive, or the peer closes.

#include "core/base/ids.h"
#include "core/scenario/scenario.h"

namespace packetarium {

struct DueEntry {
    std::uint32_t index = 0; ///< into the script
    SimDuration after;
};

class ScriptRunner {
public:
    explicit ScriptRunner(const Scenario& scenario);

    // Each returns the entries that this makes due, in the script's order; an entry falls due once.
    std::vector<DueEntry> onState(NodeId host, TcpState state);
    std::vector<DueEntry> onReceived(NodeId host, std::uint64_t octets);
    std::vector<DueEntry> onPeerClosed(NodeId host);

private:
    struct Waiting {
        std::uint32_t index = 0;
        NodeId host;
        When when;
        std::uint64_t seen = 0; ///< entries into the state, or octets, so far
    };
    template <class Match>
    std::vector<DueEntry> collect(Match match);

    std::vector<Waiting> waiting_;
};

} // namespace packetarium
