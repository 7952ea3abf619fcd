// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Writes a run as a pcapng capture (the IETF draft's Section Header, Interface
// Description and Enhanced Packet blocks), nanosecond stamps, FCS included:
// what a tap at one node's interfaces, or on a cable, would see. What it sends stands when its
// transmission begins, what arrives when it has arrived; what was lost on the
// way stands only at its sender, and what was corrupted only at its receiver
// corrupted. The run begins at 2000-01-01T00:00:00Z. Each packet carries as a
// comment its cause, the clause that stands behind it, and of what was lost why.

#include "core/trace/trace.h"

#include <optional>
#include <ostream>

namespace packetarium {

/// node: whose interfaces, one for each of its cables; none: the first host's. A failure to write shows in the stream's state.
void writePcapng(std::ostream& out, const Trace& trace, NodeId node = NodeId::none());
/// The same at every node: an interface for each cable of each.
void writePcapngOfAllNodes(std::ostream& out, const Trace& trace);
/// What a tap at one end of a cable sees of both directions: every frame that is put on it, as it was sent.
void writePcapng(std::ostream& out, const Trace& trace, LinkId link);
/// The same of every cable, an interface for each.
void writePcapngOfAllLinks(std::ostream& out, const Trace& trace);

} // namespace packetarium
