// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Traces of networks written by hand, with layer records and real bytes, so
// that what reads them is tested without the engine. Call in the order of time.

#include "core/trace/trace.h"

namespace packetarium {

// Of imageRequestTrace(): hosts first, then routers, then switches, as in every trace.
inline constexpr NodeId kNetClient{0};
inline constexpr NodeId kNetServer{1};
inline constexpr NodeId kNetRouter{2};
inline constexpr NodeId kNetSwitch{3};

class NetworkTrace {
public:
    NetworkTrace(std::vector<TraceNode> nodes, std::vector<TraceLink> links);

    /// A node puts a frame on a link: the layer records of its making, then PacketSent. The other end of the link is the receiver,
    /// where it is after `flight` if nothing else is said.
    PacketId send(SimTime at, LinkId link, NodeId from, const Bytes& frame, Reason why);
    /// The same as what a hub, a switch or a router passes on; a router gives a frame with TTL and MAC addresses changed.
    PacketId passOn(SimTime at, LinkId link, NodeId from, const Bytes& frame, Reason why, PacketId parent);
    /// PacketArrived at its natural time, and how far the receiver opens it: a hub the bits, a switch the link header, a router
    /// the IP header if `forIt` is false, everything else up to the data.
    void arrive(PacketId packet, bool forIt = true);
    /// Thrown away at a layer.
    void refuse(PacketId packet, Layer layer, Reason why);
    void lose(SimTime at, PacketId packet, Reason why);
    void layer(SimTime at, NodeId node, PacketId packet, LayerAct act, Layer layer, std::size_t offset,
               std::size_t length);
    void table(SimTime at, TableChange change, const TableRow& row, PacketId cause = {});
    void record(const Record& record);

    Trace trace;
    SimDuration flight = SimDuration::milliseconds(2);

private:
    PacketId put(SimTime at, LinkId link, NodeId from, const Bytes& frame, Reason why, PacketId parent);
};

/// client 192.168.1.25 - switch - router 192.168.1.1 / 203.0.113.1 - server 203.0.113.80. The client's request and the server's
/// answer with 12 octets of picture, each as one segment of a connection that is open already.
Trace imageRequestTrace();
/// client - switch - router - hub - router - switch - server: a request over all kinds of node.
Trace longWayTrace();
/// client, other and a router on one switch, the server behind the router: ARP flooded and answered, a ping, a DNS query and its
/// answer by UDP, a datagram by IPv6, and one whose TTL ends at the router.
Trace miscellanyTrace();
std::string imageRequestText();  ///< the octets of the request
std::string imageResponseText(); ///< and of the answer

} // namespace packetarium
