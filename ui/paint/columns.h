// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who stands where: which of a network's nodes the sequence view draws as
// columns, and which two are the ends of the conversation, blue and orange.
// Two hosts on one link are both, as ever.

#include "core/trace/journeys.h"

namespace packetarium {

struct ConversationEnds {
    NodeId client{0}, server{1};
    /// As sideRoles() wants it: 0 the client's side, 1 the server's, 2 neither.
    int sideOf(NodeId node) const { return node == client ? 0 : node == server ? 1 : 2; }
    bool operator==(const ConversationEnds&) const = default;
};
/// Of the last connection that the first host opened, or anybody; without one, of what the first host asked last.
ConversationEnds conversationEnds(const Trace& trace);

/// Not a network: two hosts, who have one conversation.
bool isTwoHosts(const Trace& trace);

constexpr std::size_t kMostColumns = 6;
/// Hosts in the scenario's order and routers between those whom they join; of a network those that sent or took something,
/// at most kMostColumns of them, those that talked most. At least two where there are two nodes.
std::vector<NodeId> columnsOf(const Trace& trace, const std::vector<Journey>& journeys);

/// How many links lie between two nodes on the shortest way; 0 for the same node or where there is none.
std::size_t linksBetween(const Trace& trace, NodeId from, NodeId to);

} // namespace packetarium
