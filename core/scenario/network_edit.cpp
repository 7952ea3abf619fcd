// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/network_edit.h"

#include <algorithm>

namespace packetarium {
namespace {

struct Place {
    NodeKind kind{};
    std::size_t index = 0;
};

std::optional<Place> placeOf(const Scenario& s, NodeId node)
{
    if (!node)
        return std::nullopt;
    std::size_t i = node.value();
    const std::pair<NodeKind, std::size_t> kinds[] = {{NodeKind::Host, s.hosts.size()},
                                                      {NodeKind::Router, s.routers.size()},
                                                      {NodeKind::Switch, s.switches.size()},
                                                      {NodeKind::Hub, s.hubs.size()}};
    for (const auto& [kind, count] : kinds) {
        if (i < count)
            return Place{kind, i};
        i -= count;
    }
    return std::nullopt;
}

/// Calls `visit` with the node's specification, whichever kind it is.
template <class S, class Visit>
void withSpec(S& s, NodeId node, Visit visit)
{
    const std::optional<Place> place = placeOf(s, node);
    if (!place)
        return;
    switch (place->kind) {
    case NodeKind::Host: visit(s.hosts[place->index]); break;
    case NodeKind::Router: visit(s.routers[place->index]); break;
    case NodeKind::Switch: visit(s.switches[place->index]); break;
    case NodeKind::Hub: visit(s.hubs[place->index]); break;
    }
}

NodeId idAt(const Scenario& s, NodeKind kind, std::size_t index)
{
    std::size_t before = 0;
    if (kind != NodeKind::Host)
        before += s.hosts.size();
    if (kind == NodeKind::Switch || kind == NodeKind::Hub)
        before += s.routers.size();
    if (kind == NodeKind::Hub)
        before += s.switches.size();
    return NodeId(static_cast<std::uint8_t>(before + index));
}

/// Every place in a command where a node may be named.
template <class C, class Visit>
void forEachName(C& command, Visit visit)
{
    visit(command.host);
    std::visit(
        [&](auto& when) {
            if constexpr (requires { when.host; })
                visit(when.host);
        },
        command.when);
    std::visit(
        [&](auto& action) {
            if constexpr (requires { action.to; })
                visit(action.to);
            if constexpr (requires { action.from; })
                visit(action.from);
            if constexpr (requires { action.packet.from; })
                visit(action.packet.from);
            if constexpr (requires { action.a.node; }) {
                visit(action.a.node);
                visit(action.b.node);
            }
        },
        command.action);
}

void forgetCommands(Scenario& s, const std::string& name)
{
    const auto names = [&name](const Command& command) {
        bool found = false;
        forEachName(command, [&](const std::string& each) { found = found || each == name; });
        return found;
    };
    std::erase_if(s.script, names);
    std::erase_if(s.commands, names);
}

/// The commands about a cable that is gone.
void forgetCable(Scenario& s, const NetworkLink& link)
{
    const auto about = [&link](const Command& command) {
        return std::visit(
            [&link](const auto& action) {
                if constexpr (requires { action.a.node; })
                    return (action.a == link.a && action.b == link.b) || (action.a == link.b && action.b == link.a);
                else
                    return false;
            },
            command.action);
    };
    std::erase_if(s.script, about);
    std::erase_if(s.commands, about);
}

} // namespace

Scenario newNetwork()
{
    Scenario s;
    s.name = "network";
    s.title = {"New network", "新网络"};
    s.summary = {"A client, a switch and a web server. Build on it, or type what a program should do.",
                 "一台客户端、一台交换机和一台网页服务器。可以继续搭建，也可以键入要程序做的事。"};
    s.group = "sandbox";
    s.hints.view = "network";
    const NodeId client = addNode(s, NodeKind::Host, {120, 500});
    static_cast<void>(renameNode(s, client, "client"));
    const NodeId server = addNode(s, NodeKind::Host, {880, 500});
    static_cast<void>(renameNode(s, server, "server"));
    HttpFileSpec page;
    page.path = "/";
    const std::string_view text = "<!doctype html>\n<title>Hello</title>\n<p>Hello from the server.</p>\n";
    page.content = Bytes(text.begin(), text.end());
    s.hosts[1].services.http = HttpServiceSpec{80, true, {page}};
    s.hosts[1].services.udpEcho = {7};
    const NodeId between = addNode(s, NodeKind::Switch, {500, 500});
    static_cast<void>(join(s, client, between));
    static_cast<void>(join(s, between, server));
    return s;
}

Trace sketchOf(const Scenario& s)
{
    std::vector<TraceNode> nodes;
    for (const HostSpec& host : s.hosts) {
        TraceNode node;
        node.name = host.name;
        node.activeSide = host.activeSide;
        node.macs = {host.mac};
        if (host.address != Ipv4Address{})
            node.addresses.push_back({host.address, host.prefixLength});
        if (host.address6)
            node.addresses.push_back({*host.address6, host.prefixLength6});
        if (!node.addresses.empty())
            node.address = node.addresses.front().address;
        nodes.push_back(std::move(node));
    }
    const auto add = [&nodes](const std::string& name, NodeKind kind) {
        TraceNode node;
        node.name = name;
        node.kind = kind;
        nodes.push_back(std::move(node));
    };
    for (const RouterSpec& router : s.routers) {
        add(router.name, NodeKind::Router);
        for (const RouterInterfaceSpec& interface : router.interfaces) {
            nodes.back().macs.push_back(interface.mac);
            if (interface.address)
                nodes.back().addresses.push_back({*interface.address, interface.prefixLength});
            if (interface.address6)
                nodes.back().addresses.push_back({*interface.address6, interface.prefixLength6});
        }
        if (!nodes.back().addresses.empty())
            nodes.back().address = nodes.back().addresses.front().address;
    }
    for (const SwitchSpec& one : s.switches)
        add(one.name, NodeKind::Switch);
    for (const HubSpec& hub : s.hubs)
        add(hub.name, NodeKind::Hub);

    std::vector<TraceLink> links;
    std::vector<std::uint8_t> ports(nodes.size(), 0);
    for (const NetworkLink& link : s.links) {
        TraceLink made;
        made.a = nodeNamed(s, link.a.node);
        made.b = nodeNamed(s, link.b.node);
        if (made.a)
            made.aPort = ports[made.a.value()]++;
        if (made.b)
            made.bPort = ports[made.b.value()]++;
        made.bitsPerSecond = link.spec.bitsPerSecond;
        made.delay = link.spec.delay;
        links.push_back(made);
    }
    Trace trace;
    trace.setNodes(std::move(nodes));
    trace.setLinks(std::move(links));
    return trace;
}

std::optional<InputError> checkNetwork(const Scenario& s)
{
    if (s.hosts.empty())
        return InputError{InputErrorId::OutOfRange, {"hosts", "0", "1", std::to_string(kMaxNetworkHosts)}, {}};
    if (!s.isNetwork())
        return InputError{InputErrorId::OutOfRange, {"links", "0", "1", std::to_string(kMaxLinks)}, {}};
    return checkScenario(s);
}

std::size_t nodeCount(const Scenario& s)
{
    return s.hosts.size() + s.routers.size() + s.switches.size() + s.hubs.size();
}

NodeKind kindOf(const Scenario& s, NodeId node)
{
    const std::optional<Place> place = placeOf(s, node);
    return place ? place->kind : NodeKind::Host;
}

const std::string& nameOf(const Scenario& s, NodeId node)
{
    static const std::string none;
    const std::string* name = &none;
    withSpec(s, node, [&name](const auto& spec) { name = &spec.name; });
    return *name;
}

NodeId nodeNamed(const Scenario& s, std::string_view name)
{
    for (std::size_t i = 0; i < nodeCount(s); ++i)
        if (const NodeId id(static_cast<std::uint8_t>(i)); nameOf(s, id) == name)
            return id;
    return {};
}

std::string uniqueName(const Scenario& s, std::string_view stem)
{
    for (std::size_t n = 1;; ++n) {
        std::string name = std::string(stem) + "-" + std::to_string(n);
        if (!nodeNamed(s, name))
            return name;
    }
}

void setPlace(Scenario& s, NodeId node, NodePlace place)
{
    withSpec(s, node, [&place](auto& spec) { spec.place = place; });
}

NodeId addNode(Scenario& s, NodeKind kind, NodePlace place)
{
    const auto fresh = [&](auto& specs, std::string_view stem) -> auto&
    {
        const std::string name = uniqueName(s, stem);
        specs.emplace_back();
        specs.back().name = name;
        specs.back().place = place;
        return specs.back();
    };
    switch (kind) {
    case NodeKind::Host: {
        const MacAddress mac = unusedMac(s);
        HostSpec& host = fresh(s.hosts, "pc");
        host.mac = mac;
        host.activeSide = s.hosts.size() == 1;
        host.tcp = TcpConfig::forProfile(s.profile);
        return idAt(s, kind, s.hosts.size() - 1);
    }
    case NodeKind::Router: fresh(s.routers, "router"); return idAt(s, kind, s.routers.size() - 1);
    case NodeKind::Switch: fresh(s.switches, "switch"); return idAt(s, kind, s.switches.size() - 1);
    case NodeKind::Hub: fresh(s.hubs, "hub"); return idAt(s, kind, s.hubs.size() - 1);
    }
    return {};
}

void removeNode(Scenario& s, NodeId node)
{
    const std::optional<Place> place = placeOf(s, node);
    if (!place)
        return;
    const std::string name = nameOf(s, node);
    std::erase_if(s.links, [&](const NetworkLink& link) { return link.a.node == name || link.b.node == name; });
    forgetCommands(s, name);
    const auto at = static_cast<std::ptrdiff_t>(place->index);
    switch (place->kind) {
    case NodeKind::Host: s.hosts.erase(s.hosts.begin() + at); break;
    case NodeKind::Router: s.routers.erase(s.routers.begin() + at); break;
    case NodeKind::Switch: s.switches.erase(s.switches.begin() + at); break;
    case NodeKind::Hub: s.hubs.erase(s.hubs.begin() + at); break;
    }
    for (std::size_t i = 0; i < s.hosts.size(); ++i)
        s.hosts[i].activeSide = i == 0;
}

std::optional<InputError> renameNode(Scenario& s, NodeId node, const std::string& name)
{
    if (auto wrong = checkNodeName("name", name))
        return wrong;
    if (const NodeId other = nodeNamed(s, name); other && other != node)
        return InputError{InputErrorId::DuplicateName, {name}, {}};
    const std::string before = nameOf(s, node);
    withSpec(s, node, [&name](auto& spec) { spec.name = name; });
    const auto rename = [&](std::string& each) {
        if (each == before)
            each = name;
    };
    for (NetworkLink& link : s.links) {
        rename(link.a.node);
        rename(link.b.node);
    }
    for (auto* commands : {&s.script, &s.commands})
        for (Command& command : *commands)
            forEachName(command, rename);
    return std::nullopt;
}

void removeLink(Scenario& s, LinkId link)
{
    if (!link || link.value() >= s.links.size())
        return;
    forgetCable(s, s.links[link.value()]);
    s.links.erase(s.links.begin() + link.value());
}

} // namespace packetarium
