// SPDX-License-Identifier: GPL-3.0-or-later
//
// The world as a scenario describes it, before anything has happened.
#include "core/engine/world.h"

#include <algorithm>

namespace packetarium {

namespace {

/// Beside the run's own random numbers, so that a program more does not change which packets a link loses.
constexpr std::uint64_t kProgramsSeed = 0x70726f6772616d73ULL;
constexpr std::size_t kTextSecretSize = 32;

bool hasServices(const ServicesSpec& services)
{
    return services != ServicesSpec{};
}

Interface interfaceOf(MacAddress mac, std::optional<IpPrefix> v4, std::optional<IpPrefix> v6, std::uint16_t mtu)
{
    Interface interface {
        mac, {}, mtu
    };
    if (v4)
        interface.addresses.push_back(*v4);
    if (v6) {
        interface.addresses.push_back(*v6);
        interface.addresses.push_back(IpPrefix{Ipv6Address::linkLocal(mac), 64});
    }
    return interface;
}

template <class T>
std::optional<IpPrefix> prefixOf(const std::optional<T>& address, std::uint8_t length)
{
    return address ? std::optional(IpPrefix{*address, length}) : std::nullopt;
}

constexpr IpPrefix kAllIpv4{Ipv4Address{}, 0};
constexpr IpPrefix kAllIpv6{Ipv6Address{}, 0};

IpStackSetup stackOf(const Scenario& scenario, const HostSpec& spec, NodeId node)
{
    IpStackSetup setup;
    setup.node = node;
    const auto v4 = spec.address == Ipv4Address{} ? std::nullopt : std::optional(spec.address);
    setup.interfaces = {
        interfaceOf(spec.mac, prefixOf(v4, spec.prefixLength), prefixOf(spec.address6, spec.prefixLength6), spec.mtu)};
    if (!scenario.isNetwork()) {
        // Two hosts on one cable: everyone is next door, and known.
        setup.routes = {Route{kAllIpv4, {}, 0}};
        for (const HostSpec& other : scenario.hosts)
            setup.neighbors[other.address] = other.mac;
        return setup;
    }
    if (spec.gateway)
        setup.routes.push_back(Route{kAllIpv4, *spec.gateway, 0});
    if (spec.gateway6)
        setup.routes.push_back(Route{kAllIpv6, *spec.gateway6, 0});
    return setup;
}

TraceNode described(const std::string& name, NodeKind kind, std::span<const Interface> interfaces)
{
    TraceNode node;
    node.name = name;
    node.kind = kind;
    for (const Interface& interface : interfaces) {
        node.macs.push_back(interface.mac);
        node.addresses.insert(node.addresses.end(), interface.addresses.begin(), interface.addresses.end());
    }
    if (!node.addresses.empty())
        node.address = node.addresses.front().address;
    return node;
}

} // namespace

World::World(const Scenario& scenario, Trace& trace, bool layers)
    : rng_(scenario.seed)
    , script_(scenario)
    , layers_(layers)
{
    for (const HostSpec& spec : scenario.hosts)
        addHost(scenario, spec);
    for (const RouterSpec& spec : scenario.routers)
        addRouter(spec);
    addBridges(scenario);
    on_.assign(names_.size(), true);
    timerPlanned_.assign(names_.size(), SimTime::never());
    sentCount_.assign(names_.size(), 0);
    cablesOf_.resize(names_.size());
    interfacesOf_.resize(names_.size());
    addCables(scenario);

    Rng secrets(scenario.seed ^ kProgramsSeed);
    Bytes textSecret;
    while (textSecret.size() < kTextSecretSize)
        textSecret.push_back(static_cast<std::uint8_t>(secrets.next()));
    for (std::size_t i = 0; i < hosts_.size(); ++i) {
        programs_.emplace_back(scenario.hosts[i], hosts_[i].id(), secrets.next(), textSecret);
        programsUsed_ = programsUsed_ || hasServices(scenario.hosts[i].services);
    }
    describeTo(trace, scenario);

    trace_ = &trace;
    for (std::size_t i = 0; i < hosts_.size(); ++i)
        programs_[i].start(context(), hosts_[i]);
    for (const Host& host : hosts_)
        planTimer(host.id());
    if (scenario.isNetwork()) {
        for (const Host& host : hosts_)
            host.ip().noteRoutes(context());
        for (const Router& router : routers_)
            router.noteRoutes(context());
    }
    trace_ = nullptr;
    for (std::size_t i = 0; i < scenario.script.size(); ++i) {
        if (const auto* at = std::get_if<AtTime>(&scenario.script[i].when))
            planScript(at->at, static_cast<std::uint32_t>(i));
    }
}

void World::addHost(const Scenario& scenario, const HostSpec& spec)
{
    HostSetup setup;
    setup.ip = stackOf(scenario, spec, NodeId(static_cast<std::uint8_t>(names_.size())));
    setup.filtered = spec.filtered;
    setup.tcp = spec.tcp;
    setup.secret.k0 = rng_.next();
    setup.secret.k1 = rng_.next();
    hosts_.emplace_back(std::move(setup));
    names_.push_back(spec.name);
}

void World::addRouter(const RouterSpec& spec)
{
    IpStackSetup setup;
    setup.node = NodeId(static_cast<std::uint8_t>(names_.size()));
    setup.router = true;
    for (const RouterInterfaceSpec& i : spec.interfaces)
        setup.interfaces.push_back(
            interfaceOf(i.mac, prefixOf(i.address, i.prefixLength), prefixOf(i.address6, i.prefixLength6), i.mtu));
    for (const RouteSpec& route : spec.routes) {
        for (std::size_t port = 0; port < setup.interfaces.size(); ++port) {
            const std::vector<IpPrefix>& own = setup.interfaces[port].addresses;
            if (std::any_of(own.begin(), own.end(), [&](const IpPrefix& p) { return p.contains(route.via); })) {
                setup.routes.push_back(Route{route.to, route.via, static_cast<std::uint8_t>(port)});
                break;
            }
        }
    }
    routers_.emplace_back(std::move(setup));
    names_.push_back(spec.name);
}

void World::addBridges(const Scenario& scenario)
{
    const auto cables = [&](const std::string& name) {
        const auto ends = [&](const NetworkLink& link) { return link.a.node == name || link.b.node == name; };
        return static_cast<std::uint8_t>(std::count_if(scenario.links.begin(), scenario.links.end(), ends));
    };
    for (const SwitchSpec& spec : scenario.switches) {
        switches_.emplace_back(NodeId(static_cast<std::uint8_t>(names_.size())), cables(spec.name), spec.aging);
        names_.push_back(spec.name);
    }
    for (const HubSpec& spec : scenario.hubs) {
        hubs_.emplace_back(NodeId(static_cast<std::uint8_t>(names_.size())), cables(spec.name));
        names_.push_back(spec.name);
    }
}

void World::addCables(const Scenario& scenario)
{
    for (std::size_t i = 0; i < scenario.routers.size(); ++i) {
        const std::size_t node = hosts_.size() + i;
        for (const RouterInterfaceSpec& interface : scenario.routers[i].interfaces)
            interfacesOf_[node].push_back(interface.name);
        cablesOf_[node].resize(interfacesOf_[node].size());
    }
    const auto attach = [&](const LinkEnd& end, LinkId cable) {
        const NodeId node = nodeNamed(end.node);
        std::vector<LinkId>& ports = cablesOf_[node.value()];
        const std::optional<std::uint8_t> named = portOf(node, end.interface);
        const std::size_t port = named.value_or(static_cast<std::uint8_t>(ports.size()));
        if (ports.size() <= port)
            ports.resize(port + 1);
        ports[port] = cable;
        return std::pair(node, static_cast<std::uint8_t>(port));
    };
    std::vector<NetworkLink> links = scenario.links;
    if (!scenario.isNetwork() && scenario.hosts.size() == 2)
        links.push_back({{scenario.hosts[0].name, {}}, {scenario.hosts[1].name, {}}, scenario.link});
    for (const NetworkLink& link : links) {
        const LinkId id(static_cast<std::uint16_t>(cables_.size()));
        const auto [a, aPort] = attach(link.a, id);
        const auto [b, bPort] = attach(link.b, id);
        cables_.push_back(Cable{a, b, aPort, bPort, LinkDirection(link.spec), LinkDirection(link.spec)});
    }
}

void World::describeTo(Trace& trace, const Scenario& scenario) const
{
    std::vector<TraceNode> nodes;
    for (std::size_t i = 0; i < hosts_.size(); ++i) {
        nodes.push_back(described(names_[i], NodeKind::Host, hosts_[i].ip().setup().interfaces));
        nodes.back().activeSide = scenario.hosts[i].activeSide;
    }
    for (const Router& router : routers_)
        nodes.push_back(described(names_[nodes.size()], NodeKind::Router, router.ip().setup().interfaces));
    for (std::size_t i = 0; i < switches_.size(); ++i)
        nodes.push_back(described(names_[nodes.size()], NodeKind::Switch, {}));
    for (std::size_t i = 0; i < hubs_.size(); ++i)
        nodes.push_back(described(names_[nodes.size()], NodeKind::Hub, {}));
    trace.setNodes(std::move(nodes));

    std::vector<TraceLink> links;
    for (const Cable& cable : cables_) {
        const LinkSpec& spec = cable.toB.spec();
        links.push_back({cable.a, cable.b, cable.aPort, cable.bPort, spec.bitsPerSecond, spec.delay});
    }
    trace.setLinks(std::move(links));
}

} // namespace packetarium
