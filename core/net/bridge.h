// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The nodes below the internet layer. A hub repeats every bit on every other
// port (IEEE 802.3 clause 27). A switch reads the frame's addresses, learns
// where each source is, and floods what it does not know (IEEE 802.1D §7).

#include "core/net/node_context.h"

#include <map>
#include <set>

namespace packetarium {

class Hub {
public:
    Hub(NodeId node, std::uint8_t ports)
        : node_(node)
        , ports_(ports)
    {}
    void receiveFrame(const NodeContext& cx, std::uint8_t port, PacketId packet, const WireFrame& frame);
    NodeId id() const { return node_; }

private:
    NodeId node_;
    std::uint8_t ports_;
};

class Switch {
public:
    Switch(NodeId node, std::uint8_t ports, SimDuration aging)
        : node_(node)
        , ports_(ports)
        , aging_(aging)
    {}
    /// A frame with a bad FCS goes no further: store and forward.
    void receiveFrame(const NodeContext& cx, std::uint8_t port, PacketId packet, const WireFrame& frame);
    /// Forgets addresses not seen for the aging time.
    void onTimer(const NodeContext& cx);
    SimTime nextDeadline() const;
    /// Power off, or a cable was pulled: what was learnt (at that port) is gone.
    void forget(const NodeContext& cx, std::optional<std::uint8_t> port = {});
    NodeId id() const { return node_; }

    static constexpr std::size_t kMaxLearnt =
        8192; ///< a full table learns nothing more, and what it does not know is flooded

private:
    struct Learnt {
        std::uint8_t port = 0;
        SimTime seen;
    };
    void learn(const NodeContext& cx, const MacAddress& source, std::uint8_t port, PacketId cause);
    TableRow rowOf(const MacAddress& mac, const Learnt& learnt) const;

    NodeId node_;
    std::uint8_t ports_;
    SimDuration aging_;
    std::map<MacAddress, Learnt> table_;
    std::set<std::pair<SimTime, MacAddress>> bySeen_; ///< the same, longest silent first
};

} // namespace packetarium
