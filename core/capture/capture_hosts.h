// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who is in a capture: a node for each address, and one for the addresses of
// both versions that one network card uses; a cable between two nodes that
// speak to each other.

#include "core/capture/frame_facts.h"
#include "core/scenario/scenario.h"
#include "core/trace/trace.h"

#include <map>
#include <set>

namespace packetarium {

class CaptureHosts {
public:
    /// An address that speaks to itself, as on a loopback interface, has two ends all the same.
    struct Key {
        IpAddress address;
        bool twin = false;
        auto operator<=>(const Key&) const = default;
    };
    /// First hear all, in the order of the capture. `mac`: from which card it was sent, if that is known.
    void hear(const Key& source, const Key& destination, const std::optional<MacAddress>& mac);
    /// `first`: the node that is drawn left.
    void settle(const Key& first, std::size_t most);

    NodeId nodeOf(const Key& key) const; ///< none: there are too many
    /// The cable between two different nodes; made when first asked for.
    LinkId linkOf(NodeId a, NodeId b);
    void setDelay(LinkId link, SimDuration delay) { links_[link.value()].delay = delay; }

    /// `known`: who is client and who is server can be said.
    std::vector<TraceNode> nodes(bool known) const;
    const std::vector<TraceLink>& links() const { return links_; }
    Scenario scenario(const std::vector<TraceNode>& nodes) const;

private:
    std::vector<Key> order_;
    std::set<Key> heard_;
    std::map<MacAddress, std::set<IpAddress>> used_; ///< addresses that a card sends from
    std::vector<std::vector<IpAddress>> hosts_;
    std::map<Key, NodeId> nodes_;
    std::vector<TraceLink> links_;
    std::map<std::pair<NodeId, NodeId>, LinkId> linkOf_;
    std::vector<std::uint8_t> ports_;
};

} // namespace packetarium
