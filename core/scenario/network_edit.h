// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What an editor of networks does to a scenario: pure functions, so that the
// editor keeps nothing but scenarios, and undo is the scenario before. Every
// step gives what it adds names and addresses that fit; whether the whole can
// run says checkNetwork().

#include "core/base/input_error.h"
#include "core/scenario/network_check.h"
#include "core/trace/trace.h"

namespace packetarium {

/// Client, switch and web server, ready to run: where one begins to build.
Scenario newNetwork();
/// Nodes and cables as a run would describe them, and nothing that happens: what a picture of a network needs.
Trace sketchOf(const Scenario& scenario);
/// The first thing that keeps it from running as a network; checkScenario(), and that there is a cable at all.
std::optional<InputError> checkNetwork(const Scenario& scenario);

// Nodes, numbered as NodeId says.
std::size_t nodeCount(const Scenario& scenario);
NodeKind kindOf(const Scenario& scenario, NodeId node);
const std::string& nameOf(const Scenario& scenario, NodeId node);  ///< empty: no such node
NodeId nodeNamed(const Scenario& scenario, std::string_view name); ///< none: no such node
/// "pc-1", "pc-2" ... : the first that no node has.
std::string uniqueName(const Scenario& scenario, std::string_view stem);
void setPlace(Scenario& scenario, NodeId node, NodePlace place);

/// A node that is joined to nothing yet. Its id; ids of nodes of later kinds grow by one.
NodeId addNode(Scenario& scenario, NodeKind kind, NodePlace place);
/// With its cables, and with the commands that name it. The next host becomes the active one.
void removeNode(Scenario& scenario, NodeId node);
/// Everywhere it is named. What is wrong with the name, or nothing.
std::optional<InputError> renameNode(Scenario& scenario, NodeId node, const std::string& name);

/// A cable between two nodes. A router gets an interface if none is free; a host or an interface without an address gets the next
/// one of the network it joins, and a host a gateway and a name server if the network has them. Nothing changes if it cannot be.
std::optional<InputError> join(Scenario& scenario, NodeId a, NodeId b);
void removeLink(Scenario& scenario, LinkId link);

/// A network that no node uses yet: 192.168.1.0/24, 192.168.2.0/24 ...
IpPrefix unusedNetwork(const Scenario& scenario);
/// The first address of a network that no node has: from .1 on for routers, from .10 on for hosts; nothing if it is full.
std::optional<Ipv4Address> nextAddress(const Scenario& scenario, const IpPrefix& network, bool router);
MacAddress unusedMac(const Scenario& scenario);

} // namespace packetarium
