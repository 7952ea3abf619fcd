// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/engine.h"
#include "core/scenario/network_edit.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"

namespace packetarium::scenario_network_edit_test {

namespace {

NodeId add(Scenario& s, NodeKind kind)
{
    return addNode(s, kind, {500, 500});
}

} // namespace

TEST_CASE("a new network is ready to run, to be saved and opened again", "[scenario]")
{
    const Scenario s = newNetwork();
    CHECK_FALSE(checkNetwork(s));
    CHECK(reachability(s).empty());
    CHECK(s.hosts.size() == 2);
    CHECK(s.hosts[0].activeSide);
    CHECK_FALSE(s.hosts[1].activeSide);
    const auto again = parseScenario(writeScenario(s), "network.yaml");
    REQUIRE(again);
    CHECK(again.value() == s);
}

TEST_CASE("a network built step by step: everyone gets a name, a MAC address and an address that fit", "[scenario]")
{
    Scenario s;
    const NodeId one = add(s, NodeKind::Host);
    CHECK(nameOf(s, one) == "pc-1");
    CHECK(s.hosts[0].address == Ipv4Address{}); // joined to nothing yet
    CHECK(checkNetwork(s));                     // no cable

    add(s, NodeKind::Switch);
    REQUIRE_FALSE(join(s, nodeNamed(s, "pc-1"), nodeNamed(s, "switch-1")));
    CHECK(s.hosts[0].address.toString() == "192.168.1.10");
    add(s, NodeKind::Host);
    CHECK(nodeNamed(s, "switch-1") == NodeId(2)); // a host more: the switch's number grew
    REQUIRE_FALSE(join(s, nodeNamed(s, "pc-2"), nodeNamed(s, "switch-1")));
    CHECK(s.hosts[1].address.toString() == "192.168.1.11");
    CHECK(s.hosts[0].mac != s.hosts[1].mac);

    // A router takes .1 and becomes everyone's gateway; behind it another network begins.
    add(s, NodeKind::Router);
    REQUIRE_FALSE(join(s, nodeNamed(s, "router-1"), nodeNamed(s, "switch-1")));
    REQUIRE(s.routers[0].interfaces.size() == 1);
    CHECK(s.routers[0].interfaces[0].address->toString() == "192.168.1.1");
    REQUIRE(s.hosts[0].gateway);
    CHECK(s.hosts[0].gateway->toString() == "192.168.1.1");
    add(s, NodeKind::Host);
    REQUIRE_FALSE(join(s, nodeNamed(s, "router-1"), nodeNamed(s, "pc-3")));
    REQUIRE(s.routers[0].interfaces.size() == 2);
    CHECK(s.routers[0].interfaces[1].address->toString() == "192.168.2.1");
    CHECK(s.hosts[2].address.toString() == "192.168.2.10");
    CHECK(s.hosts[2].gateway->toString() == "192.168.2.1");
    CHECK_FALSE(checkNetwork(s));
    CHECK(reachability(s).empty());
    s.name = "built"; // what a file is called
    const auto again = parseScenario(writeScenario(s), "built.yaml");
    REQUIRE(again);
    CHECK(again.value() == s);
}

TEST_CASE("a built network runs: a ping through its router is answered", "[scenario]")
{
    Scenario s = newNetwork();
    add(s, NodeKind::Router);
    REQUIRE_FALSE(join(s, nodeNamed(s, "router-1"), nodeNamed(s, "switch-1")));
    add(s, NodeKind::Host);
    REQUIRE_FALSE(join(s, nodeNamed(s, "pc-1"), nodeNamed(s, "router-1")));
    s.commands.push_back({AtTime{SimTime::zero()}, "client", DoPing{"pc-1", 1}});
    REQUIRE_FALSE(checkNetwork(s));
    Engine engine(s, {.layers = true});
    engine.runToEnd();
    const auto records = engine.trace().records();
    CHECK(std::any_of(records.begin(), records.end(), [](const Record& r) {
        return r.kind == RecordKind::Program && r.program() == ProgramEvent::PingAnswered;
    }));
}

TEST_CASE("cables that cannot be are refused, and nothing has changed", "[scenario]")
{
    Scenario s = newNetwork();
    add(s, NodeKind::Switch);
    REQUIRE_FALSE(join(s, nodeNamed(s, "switch-1"), nodeNamed(s, "switch-2")));
    const Scenario before = s;
    const auto refused = [&](const char* a, const char* b, InputErrorId why) {
        const auto wrong = join(s, nodeNamed(s, a), nodeNamed(s, b));
        REQUIRE(wrong);
        CHECK(wrong->id == why);
        CHECK(s == before);
    };
    refused("switch-1", "switch-1", InputErrorId::LinkToItself);
    refused("client", "switch-2", InputErrorId::TwoCables);
    refused("switch-2", "switch-1", InputErrorId::LinkedTwice);
}

TEST_CASE("deleting a node takes its cables and its commands with it", "[scenario]")
{
    Scenario s = newNetwork();
    s.script.push_back({AtTime{}, "client", DoPing{"server"}});
    s.script.push_back({AtTime{}, "server", DoListen{81}});
    s.commands.push_back({AtTime{}, "", DoUnplug{{"client", ""}, {"switch-1", ""}}});
    removeLink(s, LinkId(0));
    CHECK(s.commands.empty());
    CHECK(s.links.size() == 1);
    removeNode(s, nodeNamed(s, "client"));
    REQUIRE(s.script.size() == 1);
    CHECK(std::holds_alternative<DoListen>(s.script[0].action));
    CHECK(s.hosts.size() == 1);
    CHECK(s.hosts[0].activeSide); // the next one is the active side now
    removeNode(s, nodeNamed(s, "switch-1"));
    CHECK(s.links.empty());
    removeNode(s, NodeId(99));
    CHECK(nodeCount(s) == 1);
}

TEST_CASE("a node is renamed everywhere it is named", "[scenario]")
{
    Scenario s = newNetwork();
    s.script.push_back({AtTime{}, "client", DoPing{"server"}});
    s.script.push_back({AtTime{}, "", DoDrop{{"server", 1}}});
    s.script.push_back({AtTime{}, "", DoPlug{{"server", ""}, {"switch-1", ""}}});
    REQUIRE_FALSE(renameNode(s, nodeNamed(s, "server"), "web"));
    CHECK(std::get<DoPing>(s.script[0].action).to == "web");
    CHECK(std::get<DoDrop>(s.script[1].action).packet.from == "web");
    CHECK(std::get<DoPlug>(s.script[2].action).a.node == "web");
    CHECK(s.links[1].b.node == "web");
    CHECK_FALSE(nodeNamed(s, "server"));
    CHECK(renameNode(s, nodeNamed(s, "web"), "client")->id == InputErrorId::DuplicateName);
    CHECK(renameNode(s, nodeNamed(s, "web"), "a name")->id == InputErrorId::WrongType);
    CHECK_FALSE(renameNode(s, nodeNamed(s, "web"), "web"));
}

TEST_CASE("addresses: the next that is free, until there is none", "[scenario]")
{
    Scenario s = newNetwork();
    const IpPrefix lan = *IpPrefix::parse("192.168.1.0/24");
    CHECK(nextAddress(s, lan, false)->toString() == "192.168.1.12");
    CHECK(nextAddress(s, lan, true)->toString() == "192.168.1.1");
    CHECK(unusedNetwork(s).toString() == "192.168.2.0/24");
    // A /30 has two: .1 and .2.
    s.hosts[0].address = *Ipv4Address::parse("10.0.0.1");
    s.hosts[1].address = *Ipv4Address::parse("10.0.0.2");
    CHECK_FALSE(nextAddress(s, *IpPrefix::parse("10.0.0.0/30"), false));
}

TEST_CASE("a sketch has the nodes and cables that a run has", "[scenario]")
{
    Scenario s = newNetwork();
    add(s, NodeKind::Router);
    REQUIRE_FALSE(join(s, nodeNamed(s, "router-1"), nodeNamed(s, "switch-1")));
    const Trace sketch = sketchOf(s);
    Engine engine(s);
    engine.runToEnd();
    REQUIRE(sketch.nodes().size() == engine.trace().nodes().size());
    for (std::size_t i = 0; i < sketch.nodes().size(); ++i) {
        CHECK(sketch.nodes()[i].name == engine.trace().nodes()[i].name);
        CHECK(sketch.nodes()[i].kind == engine.trace().nodes()[i].kind);
        CHECK(sketch.nodes()[i].address == engine.trace().nodes()[i].address);
    }
    REQUIRE(sketch.links().size() == engine.trace().links().size());
    for (std::size_t i = 0; i < sketch.links().size(); ++i) {
        CHECK(sketch.links()[i].a == engine.trace().links()[i].a);
        CHECK(sketch.links()[i].b == engine.trace().links()[i].b);
    }
}

} // namespace packetarium::scenario_network_edit_test
