// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What must be true of a scenario beyond its form: names and addresses that
// differ, gateways that can be reached, cables that fit, no loops. Files and
// editors ask the same functions. Every mistake is one InputError; `key` is
// what it calls the field, and comes first among its arguments.

#include "core/base/input_error.h"
#include "core/base/result.h"
#include "core/scenario/scenario.h"

namespace packetarium {

constexpr std::size_t kMaxNetworkHosts = 200;
constexpr std::size_t kMaxNodes = 255;     ///< hosts, routers, switches and hubs together
constexpr std::size_t kMaxInterfaces = 32; ///< of one router
constexpr std::size_t kMaxRoutes = 1'000;  ///< of one router
constexpr std::size_t kMaxLinks = 1'000;
constexpr std::uint16_t kMinMtu = 68;    ///< RFC 791 §3.2
constexpr std::uint16_t kMinMtu6 = 1280; ///< RFC 8200 §5
constexpr std::uint16_t kMaxMtu = 1500;  ///< of Ethernet

/// What a cable in a network is like unless the file says otherwise: 1 ms each way, without limit.
LinkSpec defaultNetworkLink();
/// Of the router's interface, both from 0: 02:00:00:00:01:02 for the first router's second one. Hosts: groups.h.
MacAddress defaultRouterMac(std::size_t router, std::size_t interface);

// One field as a person types it.

/// Letters, digits, - and _, at most 32, the first a letter or digit: WrongType.
std::optional<InputError> checkNodeName(std::string_view key, std::string_view text);
/// The address of an interface with its prefix length, "192.168.1.25/24": NotAPrefix, OutOfRange (length 1 to 31),
/// NotAnAddress (no host's), NetworkAddress, BroadcastAddress.
Result<IpPrefix, InputError> parseInterfaceAddress(std::string_view key, std::string_view text);
/// The same for "2001:db8:1::25/64": NotAPrefix, OutOfRange (1 to 127), NotAnIpv6Address, NetworkAddress (the subnet-router
/// anycast address, RFC 4291 §2.6.1).
Result<IpPrefix, InputError> parseInterfaceAddress6(std::string_view key, std::string_view text);
/// One node's address: NotAnAddress, NotAnIpv6Address, NotAnAnyAddress.
Result<Ipv4Address, InputError> parseNodeAddress(std::string_view key, std::string_view text);
Result<Ipv6Address, InputError> parseNodeAddress6(std::string_view key, std::string_view text);
Result<IpAddress, InputError> parseAnyNodeAddress(std::string_view key, std::string_view text);
/// NotAMac.
Result<MacAddress, InputError> parseNodeMac(std::string_view key, std::string_view text);
/// Where a route leads, "10.1.0.0/16", "0.0.0.0/0", "::/0": NotAPrefix, HostBits.
Result<IpPrefix, InputError> parseRouteTarget(std::string_view key, std::string_view text);
/// "www.example.com"; a dot at the end is allowed: NotADomainName.
std::optional<InputError> checkDomainName(std::string_view key, std::string_view text);
/// Where ping, traceroute, a datagram or a transfer may go: the name of a host or router, an address, or a domain name with a
/// dot in it: NotADestination.
std::optional<InputError> checkDestination(std::string_view key, std::string_view text, const Scenario& scenario);
/// NotAUrl; its host as checkDestination.
std::optional<InputError> checkUrl(std::string_view key, std::string_view text, const Scenario& scenario);
/// "client" or "r1.lan": UnknownNode, UnknownInterface, InterfaceNeeded, NoInterfaces.
Result<LinkEnd, InputError> parseLinkEnd(std::string_view text, const Scenario& scenario);
std::string toString(const LinkEnd& end);

// The whole.

/// The first thing wrong with a scenario's nodes, services, cables and the names in its commands, with its path. A scenario
/// with two hosts on one link is looked at too. Nothing about reachability.
std::optional<InputError> checkScenario(const Scenario& scenario);
/// Whether a cable may be put between these ends: LinkToItself, LinkedTwice, TwoCables, SwitchLoop, PrefixesDiffer.
std::optional<InputError> checkNewLink(const Scenario& scenario, const LinkEnd& a, const LinkEnd& b);
/// Pairs of hosts between which a datagram finds no way there (NoRoute), following gateways and routing tables; at most one for
/// each host that sends. No mistake: a lesson may be about it.
std::vector<InputError> reachability(const Scenario& scenario);

} // namespace packetarium
