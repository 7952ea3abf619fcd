// SPDX-License-Identifier: GPL-3.0-or-later
// Networks in scenario files: what every key means, and what is looked at when an editor asks.
#include "core/scenario/groups.h"
#include "core/scenario/network_check.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"

namespace packetarium::scenario_network_test {

namespace {

constexpr const char* kWhole = R"(packetarium: scenario
version: 1
group: network
view: layers
hosts:
  client:
    address: 192.168.1.25/24
    gateway: 192.168.1.1
    address6: "2001:db8:1::25/64"
    gateway6: "2001:db8:1::1"
    name-server: 93.184.216.53
    mtu: 1400
    mac: "02:aa:00:00:00:01"
    place: [10, 40]
  server:
    address: 93.184.216.34/24
    gateway: 93.184.216.1
    tcp: {delayed-ack: off}
    services:
      http:
        port: 8080
        keep-alive: no
        files:
          /: {type: text/html, content: "<h1>你好</h1>", gzip: yes}
          /image.png: {type: image/png, content: {octets: 4000}, chunked: yes}
      transfer: {port: 2121, octets: 20000}
      udp-echo: [7, 8]
      udp-open: 5000
  names:
    address: 93.184.216.53/24
    services:
      dns:
        zones: [example.com, "."]
        recursive: yes
        roots: [198.41.0.4, "2001:503:ba3e::2:30"]
        records:
          - {name: www.example.com, a: 93.184.216.34, ttl: 300 s}
          - {name: www.example.com., aaaa: "2001:db8:2::34"}
          - {name: web.example.com, cname: www.example.com}
          - {name: ".", ns: a.root-servers.net, ttl: 2 min}
routers:
  r1:
    label: {en: Edge, zh: 边缘}
    place: [500, 500]
    interfaces:
      lan: {address: 192.168.1.1/24, address6: "2001:db8:1::1/64"}
      wan: {address: 93.184.216.1/24, mtu: 1300, mac: "02:bb:00:00:00:02"}
    routes:
      - {to: 10.0.0.0/8, via: 93.184.216.34}
      - {to: "::/0", via: "2001:db8:1::25"}
switches:
  s1: {aging: 10 s, place: [1, 2]}
  s2:
hubs:
  h1: {label: Hub}
links:
  - {between: [client, s1]}
  - {between: [s1, r1.lan], delay: 5 ms, bandwidth: 10 Mbit/s, loss: 1 %}
  - {between: [r1.wan, h1]}
  - {between: [h1, server]}
  - {between: [names, h1]}
script:
  - {at: 0 ms, host: client, ping: {to: server, count: 5, interval: 200 ms, octets: 1000, ttl: 3, dont-fragment: yes}}
  - {at: 1 ms, host: client, traceroute: {to: 93.184.216.34, max-hops: 9}}
  - {at: 2 ms, host: client, resolve: www.example.com}
  - {at: 3 ms, host: client, resolve: {name: www.example.com, type: AAAA}}
  - {at: 4 ms, host: client, open: "http://www.example.com:8080/image.png"}
  - {at: 5 ms, host: client, open: {url: "http://server/", accept-gzip: no}}
  - {at: 6 ms, host: client, send-datagram: {to: r1, port: 9, from-port: 4000, data: "hello", dont-fragment: yes}}
  - {at: 7 ms, host: client, send-text: {text: "你好", charset: GBK, gzip: yes, encrypt: yes, half-duplex: yes}}
  - {at: 8 ms, host: server, read-text: {charset: GBK, gzip: yes, encrypt: yes}}
  - {at: 9 ms, host: client, transfer: {to: www.example.com, port: 2122, checkpoint: 500, resume: no}}
  - {at: 10 ms, unplug: [s1, r1.lan]}
  - {at: 11 ms, plug: [r1.lan, s1]}
  - {at: 12 ms, host: r1, do: power-off}
  - {at: 13 ms, host: s1, do: power-on}
  - {at: 14 ms, drop: {from: s1, nth: 2}}
  - {at: 15 ms, host: client, connect: {to: server, port: 8080}}
)";

Scenario read(const std::string& yaml)
{
    const auto parsed = parseScenario(yaml, "net.yaml");
    if (!parsed) {
        std::string args;
        for (const std::string& arg : parsed.error().args)
            args += " [" + arg + "]";
        FAIL("error " << static_cast<int>(parsed.error().id) << " at " << parsed.error().line << ":"
                      << parsed.error().column << args);
    }
    return parsed.value();
}

template <class Do>
const Do& action(const Scenario& scenario, std::size_t index)
{
    return std::get<Do>(scenario.script.at(index).action);
}

} // namespace

TEST_CASE("every key of a network is read", "[scenario]")
{
    const Scenario s = read(kWhole);
    CHECK(s.isNetwork());
    CHECK_FALSE(s.unlinked);
    CHECK(s.group == "network");
    CHECK(s.hints.view == "layers");
    REQUIRE(s.hosts.size() == 3);
    const HostSpec& client = s.hosts[0];
    CHECK(client.activeSide);
    CHECK(client.address.toString() == "192.168.1.25");
    CHECK(client.prefixLength == 24);
    CHECK(client.gateway == Ipv4Address::parse("192.168.1.1"));
    CHECK(client.address6 == Ipv6Address::parse("2001:db8:1::25"));
    CHECK(client.prefixLength6 == 64);
    CHECK(client.gateway6 == Ipv6Address::parse("2001:db8:1::1"));
    CHECK(client.nameServer == IpAddress::parse("93.184.216.53"));
    CHECK(client.mtu == 1400);
    CHECK(client.mac.toString() == "02:aa:00:00:00:01");
    CHECK(client.place == NodePlace{10, 40});
    CHECK(client.services == ServicesSpec());
    const ServicesSpec& web = s.hosts[1].services;
    CHECK(s.hosts[1].mac.toString() == "02:00:00:00:00:02");
    CHECK_FALSE(s.hosts[1].tcp.delayedAck);
    REQUIRE(web.http);
    CHECK(web.http->port == 8080);
    CHECK_FALSE(web.http->keepAlive);
    REQUIRE(web.http->files.size() == 2);
    CHECK(web.http->files[0].path == "/");
    CHECK(std::string(web.http->files[0].content.begin(), web.http->files[0].content.end()) == "<h1>你好</h1>");
    CHECK(web.http->files[0].gzip);
    CHECK_FALSE(web.http->files[0].chunked);
    CHECK(web.http->files[1].type == "image/png");
    CHECK(web.http->files[1].content.size() == 4000);
    CHECK(web.http->files[1].chunked);
    CHECK(web.transfer == TransferServiceSpec{2121, 20000});
    CHECK(web.udpEcho == std::vector<std::uint16_t>{7, 8});
    CHECK(web.udpOpen == std::vector<std::uint16_t>{5000});
    REQUIRE(s.hosts[2].services.dns);
    const DnsServiceSpec& dns = *s.hosts[2].services.dns;
    CHECK(dns.zones == std::vector<std::string>{"example.com", ""});
    CHECK(dns.recursive);
    CHECK(dns.roots ==
          std::vector<IpAddress>{*IpAddress::parse("198.41.0.4"), *IpAddress::parse("2001:503:ba3e::2:30")});
    CHECK(dns.records == std::vector<DnsRecordSpec>{{"www.example.com", "A", "93.184.216.34", 300},
                                                    {"www.example.com", "AAAA", "2001:db8:2::34", 3600},
                                                    {"web.example.com", "CNAME", "www.example.com", 3600},
                                                    {"", "NS", "a.root-servers.net", 120}});
    REQUIRE(s.routers.size() == 1);
    const RouterSpec& r1 = s.routers[0];
    CHECK(r1.label.zh == "边缘");
    CHECK(r1.place == NodePlace{500, 500});
    REQUIRE(r1.interfaces.size() == 2);
    CHECK(r1.interfaces[0].name == "lan");
    CHECK(r1.interfaces[0].mac.toString() == "02:00:00:00:01:01");
    CHECK(r1.interfaces[0].address == Ipv4Address::parse("192.168.1.1"));
    CHECK(r1.interfaces[0].address6 == Ipv6Address::parse("2001:db8:1::1"));
    CHECK(r1.interfaces[1].mtu == 1300);
    CHECK(r1.interfaces[1].mac.toString() == "02:bb:00:00:00:02");
    REQUIRE(r1.routes.size() == 2);
    CHECK(r1.routes[0] == RouteSpec{*IpPrefix::parse("10.0.0.0/8"), *IpAddress::parse("93.184.216.34")});
    CHECK(r1.routes[1].to.toString() == "::/0");
    REQUIRE(s.switches.size() == 2);
    CHECK(s.switches[0].aging == SimDuration::seconds(10));
    CHECK(s.switches[1].aging == SimDuration::seconds(300));
    CHECK(s.hubs.at(0).label.en == "Hub");
    REQUIRE(s.links.size() == 5);
    CHECK(s.links[0].a == LinkEnd{"client", ""});
    CHECK(s.links[0].spec == defaultNetworkLink());
    CHECK(s.links[0].spec.delay == SimDuration::milliseconds(1));
    CHECK(s.links[1].b == LinkEnd{"r1", "lan"});
    CHECK(s.links[1].spec.bitsPerSecond == 10'000'000);
    CHECK(s.links[1].spec.lossPpm == 10'000);

    CHECK(action<DoPing>(s, 0) == DoPing{"server", 5, SimDuration::milliseconds(200), 1000, 3, true});
    CHECK(action<DoTraceroute>(s, 1) == DoTraceroute{"93.184.216.34", 9});
    CHECK(action<DoResolve>(s, 2) == DoResolve{"www.example.com", false});
    CHECK(action<DoResolve>(s, 3) == DoResolve{"www.example.com", true});
    CHECK(action<DoOpen>(s, 4) == DoOpen{"http://www.example.com:8080/image.png", true});
    CHECK(action<DoOpen>(s, 5) == DoOpen{"http://server/", false});
    CHECK(action<DoSendDatagram>(s, 6) == DoSendDatagram{"r1", 9, 4000, {'h', 'e', 'l', 'l', 'o'}, true});
    CHECK(action<DoSendText>(s, 7) == DoSendText{"你好", "GBK", true, true, true});
    CHECK(action<DoReadText>(s, 8) == DoReadText{"GBK", true, true});
    CHECK(action<DoTransfer>(s, 9) == DoTransfer{"www.example.com", 2122, 500, false});
    CHECK(action<DoUnplug>(s, 10) == DoUnplug{{"s1", ""}, {"r1", "lan"}});
    CHECK(action<DoPlug>(s, 11) == DoPlug{{"r1", "lan"}, {"s1", ""}});
    CHECK(s.script[12].host == "r1");
    CHECK(std::holds_alternative<DoPowerOff>(s.script[12].action));
    CHECK(std::holds_alternative<DoPowerOn>(s.script[13].action));
    CHECK(action<DoDrop>(s, 14).packet.from == "s1");
    CHECK(action<DoConnect>(s, 15).to == "server");
    CHECK_FALSE(checkScenario(s));
    CHECK(read(writeScenario(s)).hosts == s.hosts);
}

TEST_CASE("a network needs no more than a host", "[scenario]")
{
    const Scenario alone = read("packetarium: scenario\nversion: 1\nhosts: {a: {}}\nlinks: []\n");
    CHECK(alone.isNetwork());
    CHECK(alone.unlinked);
    CHECK(alone.hosts[0].address == Ipv4Address{});
    CHECK(alone.hosts[0].mtu == 1500);
    const Scenario spare = read("packetarium: scenario\nversion: 1\nhosts: {a: {}}\nswitches: {s: }\n");
    CHECK(spare.isNetwork());
    CHECK_FALSE(spare.unlinked);
    // Two hosts and no such key are what they always were.
    const Scenario pair =
        read("packetarium: scenario\nversion: 1\nhosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2}}\n");
    CHECK_FALSE(pair.isNetwork());
}

TEST_CASE("two hundred hosts fit, and every interface has a MAC address of its own", "[scenario]")
{
    std::string yaml = "packetarium: scenario\nversion: 1\nhosts:\n";
    for (int i = 0; i < 200; ++i)
        yaml += "  h" + std::to_string(i) + ": {address: 10.0.0." + std::to_string(i + 1) + "/24}\n";
    const std::string hosts = yaml;
    yaml += "routers:\n  r1: {interfaces: {a: {}, b: {}}}\n  r2: {interfaces: {a: {}}}\nswitches:\n";
    for (int i = 0; i < 53; ++i)
        yaml += "  s" + std::to_string(i) + ":\n";
    const Scenario full = read(yaml);
    CHECK_FALSE(checkScenario(full)); // also: no MAC address twice
    CHECK(defaultMac(199).toString() == "02:00:00:00:00:c8");
    CHECK(full.routers[1].interfaces[0].mac.toString() == "02:00:00:00:02:01");

    const auto idOf = [](const std::string& text) {
        const auto parsed = parseScenario(text, "f");
        return parsed ? -1 : static_cast<int>(parsed.error().id);
    };
    CHECK(idOf(yaml + "  one-too-many:\n") == static_cast<int>(InputErrorId::TooMany));
    CHECK(idOf(hosts + "  h200: {address: 10.0.0.201/24}\nlinks: []\n") == static_cast<int>(InputErrorId::OutOfRange));
}

TEST_CASE("fields of a network are looked at one by one", "[scenario]")
{
    const auto idOf = [](const auto& result) { return result ? -1 : static_cast<int>(result.error().id); };
    const auto id = [](InputErrorId error) { return static_cast<int>(error); };
    using Id = InputErrorId;
    CHECK(parseInterfaceAddress("address", "10.1.2.2/30").value().toString() == "10.1.2.2/30");
    CHECK(idOf(parseInterfaceAddress("address", "10.1.2.2/31")) == -1); // RFC 3021
    CHECK(idOf(parseInterfaceAddress("address", "10.1.2.3")) == id(Id::NotAPrefix));
    CHECK(idOf(parseInterfaceAddress("address", "10.1.2/24")) == id(Id::NotAPrefix));
    CHECK(idOf(parseInterfaceAddress("address", "10.1.2.3/33")) == id(Id::NotAPrefix));
    CHECK(idOf(parseInterfaceAddress("address", "2001:db8::1/64")) == id(Id::NotAPrefix));
    CHECK(idOf(parseInterfaceAddress("address", "10.1.2.3/32")) == id(Id::OutOfRange));
    CHECK(idOf(parseInterfaceAddress("address", "10.1.2.3/0")) == id(Id::OutOfRange));
    CHECK(idOf(parseInterfaceAddress("address", "127.0.0.1/8")) == id(Id::NotAnAddress));
    CHECK(idOf(parseInterfaceAddress("address", "224.0.0.1/24")) == id(Id::NotAnAddress));
    const auto network = parseInterfaceAddress("address", "10.1.2.0/24");
    REQUIRE_FALSE(network);
    CHECK(network.error().id == Id::NetworkAddress);
    CHECK(network.error().args == std::vector<std::string>{"address", "10.1.2.0", "10.1.2.0/24"});
    CHECK(idOf(parseInterfaceAddress("address", "10.1.3.255/23")) == id(Id::BroadcastAddress));
    CHECK(idOf(parseInterfaceAddress("address", "10.1.2.255/23")) == -1);

    CHECK(idOf(parseInterfaceAddress6("address6", "2001:db8::25/64")) == -1);
    CHECK(idOf(parseInterfaceAddress6("address6", "2001:db8::/64")) == id(Id::NetworkAddress));
    CHECK(idOf(parseInterfaceAddress6("address6", "2001:db8::/127")) == -1); // RFC 6164
    CHECK(idOf(parseInterfaceAddress6("address6", "2001:db8::1/128")) == id(Id::OutOfRange));
    CHECK(idOf(parseInterfaceAddress6("address6", "ff02::1/64")) == id(Id::NotAnIpv6Address));
    CHECK(idOf(parseInterfaceAddress6("address6", "::1/64")) == id(Id::NotAnIpv6Address));
    CHECK(idOf(parseInterfaceAddress6("address6", "10.0.0.1/8")) == id(Id::NotAPrefix));

    CHECK(idOf(parseAnyNodeAddress("name-server", "2001:db8::53")) == -1);
    CHECK(idOf(parseAnyNodeAddress("name-server", "ns.example.com")) == id(Id::NotAnAnyAddress));
    CHECK(idOf(parseNodeMac("mac", "02:00:00:00:00:01")) == -1);
    CHECK(idOf(parseNodeMac("mac", "03:00:00:00:00:01")) == id(Id::NotAMac));
    CHECK(idOf(parseRouteTarget("to", "0.0.0.0/0")) == -1);
    const auto bits = parseRouteTarget("to", "10.1.2.3/16");
    REQUIRE_FALSE(bits);
    CHECK(bits.error().id == Id::HostBits);
    CHECK(bits.error().args.at(2) == "10.1.0.0/16");

    CHECK_FALSE(checkDomainName("name", "www.example.com"));
    CHECK_FALSE(checkDomainName("name", "www.example.com."));
    CHECK(checkDomainName("name", "")->args.at(2) == "empty");
    CHECK(checkDomainName("name", "a..b")->args.at(2) == "label");
    CHECK(checkDomainName("name", std::string(64, 'a') + ".com")->args.at(2) == "long-label");
    CHECK(checkDomainName("name", "a b.com")->args.at(2) == "character");
    CHECK(checkDomainName("name", "-a.com")->args.at(2) == "hyphen");

    const Scenario s = read(kWhole);
    for (const char* good : {"server", "r1", "10.0.0.1", "2001:db8::1", "www.example.com"})
        CHECK_FALSE(checkDestination("to", good, s));
    for (const char* bad : {"", "sever", "s1", "10.0.0.256", "255.255.255.255", "-a.com", "ff02::1"})
        CHECK(checkDestination("to", bad, s)->id == Id::NotADestination);
    CHECK_FALSE(checkUrl("url", "http://server/a?b=c", s));
    CHECK_FALSE(checkUrl("url", "http://[2001:db8::1]:81/", s));
    CHECK(checkUrl("url", "https://server/", s)->args.at(2) == "scheme");
    CHECK(checkUrl("url", "http://server:0/", s)->args.at(2) == "port");
    CHECK(checkUrl("url", "http:///", s)->args.at(2) == "host");
    CHECK(checkUrl("url", "http://server/a b", s)->args.at(2) == "character");
    CHECK(checkUrl("url", "http://nowhere/", s)->id == Id::NotADestination);
    CHECK(parseLinkEnd("r1.wan", s).value() == LinkEnd{"r1", "wan"});
    CHECK(idOf(parseLinkEnd("r1", s)) == id(Id::InterfaceNeeded));
    CHECK(idOf(parseLinkEnd("r1.", s)) == id(Id::UnknownInterface));
    CHECK(idOf(parseLinkEnd("client.eth0", s)) == id(Id::NoInterfaces));
    CHECK(idOf(parseLinkEnd("nobody", s)) == id(Id::UnknownNode));
}

TEST_CASE("an editor hears at once whether a cable fits", "[scenario]")
{
    const Scenario s = read(R"(packetarium: scenario
version: 1
hosts: {a: {address: 10.0.0.1/24}, b: {address: 10.0.0.2/24}, c: {address: 10.0.1.1/24}}
routers: {r: {interfaces: {x: {address: 10.0.0.254/24}, y: {address: 10.0.1.254/24}}}}
switches: {s1: , s2: , s3: }
links: [{between: [a, s1]}, {between: [s1, s2]}, {between: [s2, s3]}]
)");
    const auto idOf = [&](LinkEnd a, LinkEnd b) {
        const auto wrong = checkNewLink(s, a, b);
        return wrong ? static_cast<int>(wrong->id) : -1;
    };
    const auto id = [](InputErrorId error) { return static_cast<int>(error); };
    CHECK(idOf({"b", ""}, {"s3", ""}) == -1);
    CHECK(idOf({"r", "x"}, {"s3", ""}) == -1);
    CHECK(idOf({"r", "y"}, {"c", ""}) == -1);
    CHECK(idOf({"s1", ""}, {"s1", ""}) == id(InputErrorId::LinkToItself));
    CHECK(idOf({"r", "x"}, {"r", "y"}) == id(InputErrorId::LinkToItself));
    CHECK(idOf({"s2", ""}, {"s1", ""}) == id(InputErrorId::LinkedTwice));
    CHECK(idOf({"b", ""}, {"a", ""}) == id(InputErrorId::TwoCables));
    CHECK(idOf({"c", ""}, {"s2", ""}) == id(InputErrorId::PrefixesDiffer));
    CHECK(idOf({"r", "y"}, {"s2", ""}) == id(InputErrorId::PrefixesDiffer));
    CHECK(idOf({"r", "z"}, {"s2", ""}) == id(InputErrorId::UnknownInterface));
    CHECK(idOf({"b", ""}, {"nobody", ""}) == id(InputErrorId::UnknownNode));
    const auto loop = checkNewLink(s, {"s3", ""}, {"s1", ""});
    REQUIRE(loop);
    CHECK(loop->id == InputErrorId::SwitchLoop);
    CHECK(loop->args.at(1) == "s3, s2, s1, s3");
}

TEST_CASE("where a datagram would find no way is told, and is no mistake", "[scenario]")
{
    const std::string head =
        "packetarium: scenario\nversion: 1\nhosts:\n  a: {address: 10.0.0.1/24, gateway: 10.0.0.254}\n";
    const std::string tail = R"(routers:
  r1: {interfaces: {x: {address: 10.0.0.254/24}, y: {address: 10.0.9.1/24}}ROUTE}
  r2: {interfaces: {x: {address: 10.0.1.254/24}, y: {address: 10.0.9.2/24}}, routes: [{to: 10.0.0.0/24, via: 10.0.9.1}]}
links:
  - {between: [a, r1.x]}
  - {between: [r1.y, r2.y]}
  - {between: [r2.x, b]}
)";
    const auto with = [&](const std::string& b, const std::string& route) {
        std::string text = head + b + tail;
        text.replace(text.find("ROUTE"), 5, route);
        return reachability(read(text));
    };
    const std::string route = ", routes: [{to: 10.0.1.0/24, via: 10.0.9.2}]";
    CHECK(with("  b: {address: 10.0.1.1/24, gateway: 10.0.1.254}\n", route).empty());
    const auto noGateway = with("  b: {address: 10.0.1.1/24}\n", route);
    REQUIRE(noGateway.size() == 1);
    CHECK(noGateway[0].id == InputErrorId::NoRoute);
    CHECK(noGateway[0].args == std::vector<std::string>{"b", "a", "b"});
    const auto noRoute = with("  b: {address: 10.0.1.1/24, gateway: 10.0.1.254}\n", "");
    REQUIRE(noRoute.size() == 1);
    CHECK(noRoute[0].args == std::vector<std::string>{"a", "b", "r1"});
    // Two routers that point to each other
    const auto round = with("  b: {address: 10.0.1.1/24, gateway: 10.0.1.254}\n",
                            ", routes: [{to: 10.0.2.0/24, via: 10.0.9.2}, {to: 10.0.1.0/25, via: 10.0.0.1}]");
    REQUIRE(round.size() == 1);
    CHECK(round[0].args.at(0) == "a");
}

} // namespace packetarium::scenario_network_test
