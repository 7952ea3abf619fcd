// SPDX-License-Identifier: GPL-3.0-or-later
// Whatever is wrong with a network in a file: which mistake, at which line and column, and that it can be said.
#include "core/scenario/network_check.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "ui/i18n/catalogue.h"

#include <set>

namespace packetarium::scenario_network_errors_test {

namespace {

/// A network in which one thing is wrong: `hosts`, `nodes` and `rest` stand on lines of their own, 4 and 7 and so on.
struct Mistake {
    std::string yaml; ///< from line 3 on
    InputErrorId id;
    int line, column;
    std::vector<std::string> args; ///< the first ones
};

// Lines 3 to 5
#define PAIR "hosts:\n  a: {address: 10.0.0.1/24}\n  b: {address: 10.0.0.2/24}\n"
#define JOINED PAIR "links: [{between: [a, b]}]\n"

const std::vector<Mistake>& mistakes()
{
    using Id = InputErrorId;
    static const std::vector<Mistake> list{
        // The top
        {"hosts: {}\nlinks: []\n", Id::OutOfRange, 3, 8, {"hosts", "0", "1", "200"}},
        {PAIR "link: {delay: 1 ms}\nlinks: []\n", Id::NotExactlyOne, 6, 1, {"", "link, links", "link, links"}},
        {PAIR "links: {}\n", Id::WrongType, 6, 8, {"links", "list", "{...}"}},
        {PAIR "routers: [r1]\n", Id::WrongType, 6, 10, {"routers", "map", "[...]"}},
        {PAIR "switches: {a: }\n", Id::DuplicateName, 6, 12, {"a"}},
        {PAIR "hubs: {h h: }\n", Id::WrongType, 6, 8, {"hubs", "name", "h h"}},
        {PAIR "switches: {s: {colour: red}}\n", Id::UnknownKey, 6, 16, {"colour", "switches.s", "label, aging, place"}},
        {PAIR "switches: {s: {aging: 0 s}}\n", Id::OutOfRange, 6, 23, {"switches.s.aging", "0 s"}},
        // Hosts
        {"hosts: {a: {address: 10.0.0.1}}\nlinks: []\n",
         Id::NotAPrefix,
         3,
         22,
         {"hosts.a.address", "10.0.0.1", "192.168.1.25/24"}},
        {"hosts: {a: {address: 10.0.0.0/24}}\nlinks: []\n",
         Id::NetworkAddress,
         3,
         22,
         {"hosts.a.address", "10.0.0.0", "10.0.0.0/24"}},
        {"hosts: {a: {address: 10.0.0.255/24}}\nlinks: []\n", Id::BroadcastAddress, 3, 22, {"hosts.a.address"}},
        {"hosts: {a: {address: 10.0.0.1/24, gateway: 10.0.1.1}}\nlinks: []\n",
         Id::NotOnPrefix,
         3,
         44,
         {"hosts.a.gateway", "10.0.1.1", "10.0.0.0/24"}},
        {"hosts: {a: {gateway: 10.0.1.1}}\nlinks: []\n", Id::NotOnPrefix, 3, 22, {"hosts.a.gateway", "10.0.1.1", ""}},
        {"hosts: {a: {address: 10.0.0.1/24, gateway: 10.0.0.1}}\nlinks: []\n",
         Id::OwnAddress,
         3,
         44,
         {"hosts.a.gateway", "10.0.0.1"}},
        {"hosts: {a: {address: 10.0.0.1/24, gateway: r1}}\nlinks: []\n", Id::NotAnAddress, 3, 44, {"hosts.a.gateway"}},
        {"hosts: {a: {address6: 10.0.0.1/24}}\nlinks: []\n",
         Id::NotAPrefix,
         3,
         23,
         {"hosts.a.address6", "10.0.0.1/24", "2001:db8:1::25/64"}},
        {"hosts: {a: {address6: \"2001:db8::5/64\", gateway6: \"2001:db8:1::1\"}}\nlinks: []\n",
         Id::NotOnPrefix,
         3,
         51,
         {"hosts.a.gateway6", "2001:db8:1::1", "2001:db8::/64"}},
        {"hosts: {a: {gateway6: 10.0.0.1}}\nlinks: []\n", Id::NotAnIpv6Address, 3, 23, {"hosts.a.gateway6"}},
        {"hosts: {a: {name-server: dns}}\nlinks: []\n", Id::NotAnAnyAddress, 3, 26, {"hosts.a.name-server", "dns"}},
        {"hosts: {a: {mtu: 67}}\nlinks: []\n", Id::OutOfRange, 3, 18, {"hosts.a.mtu", "67", "68", "1500"}},
        {"hosts: {a: {address6: \"2001:db8::5/64\", mtu: 1279}}\nlinks: []\n",
         Id::OutOfRange,
         3,
         46,
         {"hosts.a.mtu", "1279", "1280", "1500"}},
        {"hosts: {a: {place: [1]}}\nlinks: []\n", Id::WrongType, 3, 20, {"hosts.a.place", "place", "[...]"}},
        {"hosts: {a: {place: [1, 1001]}}\nlinks: []\n", Id::OutOfRange, 3, 24, {"hosts.a.place", "1001", "0", "1000"}},
        {"hosts:\n  a: {address: 10.0.0.1/24}\n  b: {address: 10.0.0.1/24}\nlinks: []\n",
         Id::DuplicateAddress,
         5,
         16,
         {"hosts.b.address", "10.0.0.1", "a"}},
        {"hosts:\n  a: {}\n  b: {mac: \"02:00:00:00:00:01\"}\nlinks: []\n",
         Id::DuplicateAddress,
         5,
         12,
         {"hosts.b.mac", "02:00:00:00:00:01", "a"}},
        // Services
        {"hosts: {a: {services: {ftp: {}}}}\nlinks: []\n", Id::UnknownKey, 3, 24, {"ftp", "hosts.a.services"}},
        {"hosts: {a: {services: {udp-echo: 0}}}\nlinks: []\n", Id::OutOfRange, 3, 34, {"hosts.a.services.udp-echo"}},
        {"hosts: {a: {services: {udp-echo: [7, 7]}}}\nlinks: []\n",
         Id::DuplicatePort,
         3,
         24,
         {"hosts.a.services.udp-echo", "7"}},
        {"hosts: {a: {services: {dns: {}, udp-open: 53}}}\nlinks: []\n",
         Id::DuplicatePort,
         3,
         43,
         {"hosts.a.services.udp-open", "53"}},
        {"hosts: {a: {services: {http: {port: 2121}, transfer: {octets: 1}}}}\nlinks: []\n",
         Id::DuplicatePort,
         3,
         44,
         {"hosts.a.services.transfer.port", "2121"}},
        {"hosts: {a: {services: {transfer: {port: 1}}}}\nlinks: []\n",
         Id::MissingKey,
         3,
         34,
         {"octets", "hosts.a.services.transfer"}},
        {"hosts: {a: {services: {http: {files: {image: {content: a}}}}}}\nlinks: []\n",
         Id::WrongType,
         3,
         39,
         {"hosts.a.services.http.files", "path", "image"}},
        {"hosts: {a: {services: {http: {files: {/a.png: {type: png, content: a}}}}}}\nlinks: []\n",
         Id::WrongType,
         3,
         54,
         {"hosts.a.services.http.files./a.png.type", "media-type", "png"}},
        {"hosts: {a: {services: {http: {files: {/: {type: text/html}}}}}}\nlinks: []\n",
         Id::MissingKey,
         3,
         42,
         {"content", "hosts.a.services.http.files./"}},
        {"hosts: {a: {services: {dns: {zones: [a..b]}}}}\nlinks: []\n",
         Id::NotADomainName,
         3,
         38,
         {"hosts.a.services.dns.zones[1]", "a..b", "label"}},
        {"hosts: {a: {services: {dns: {zones: [a.b], records: [{name: a.c, a: 10.0.0.1}]}}}}\nlinks: []\n",
         Id::NotInZone,
         3,
         61,
         {"hosts.a.services.dns.records[1].name", "a.c", "a.b"}},
        {"hosts: {a: {services: {dns: {records: [{name: a.c, a: 10.0.0.1}]}}}}\nlinks: []\n",
         Id::NotInZone,
         3,
         47,
         {"hosts.a.services.dns.records[1].name", "a.c", ""}},
        {"hosts: {a: {services: {dns: {zones: [a.b], records: [{name: a.b, a: a.c}]}}}}\nlinks: []\n",
         Id::NotAnAddress,
         3,
         69,
         {"hosts.a.services.dns.records[1].a", "a.c"}},
        {"hosts: {a: {services: {dns: {zones: [a.b], records: [{name: a.b}]}}}}\nlinks: []\n",
         Id::NotExactlyOne,
         3,
         54,
         {"hosts.a.services.dns.records[1]", "a, aaaa, cname, ns", ""}},
        {"hosts: {a: {services: {dns: {zones: [a.b], records: [{name: a.b, ns: c.d, ttl: 1.5 s}]}}}}\nlinks: []\n",
         Id::WrongType,
         3,
         80,
         {"hosts.a.services.dns.records[1].ttl", "seconds", "1.5 s"}},
        {"hosts: {a: {services: {dns: {roots: [root]}}}}\nlinks: []\n",
         Id::NotAnAnyAddress,
         3,
         38,
         {"hosts.a.services.dns.roots[1]", "root"}},
        // Routers
        {PAIR "routers: {r: {interfaces: {x: {address: 10.0.0.9/24}, y: {address: 10.0.0.8/24}}}}\n",
         Id::SamePrefixTwice,
         6,
         68,
         {"routers.r.interfaces.y.address", "10.0.0.0/24", "x"}},
        {PAIR "routers: {r: {interfaces: {x: {address: 10.0.0.2/24}}}}\n",
         Id::DuplicateAddress,
         6,
         41,
         {"routers.r.interfaces.x.address", "10.0.0.2", "b"}},
        {PAIR "routers: {r: {interfaces: {x y: }}}\n", Id::WrongType, 6, 28, {"routers.r.interfaces", "name", "x y"}},
        {PAIR "routers: {r: {interfaces: {x: {address: 10.0.9.1/24}}, routes: [{to: 10.1.0.0/16, via: 10.0.8.1}]}}\n",
         Id::NotOnPrefix,
         6,
         88,
         {"routers.r.routes[1].via", "10.0.8.1", "10.0.9.0/24"}},
        {PAIR "routers: {r: {interfaces: {x: {address: 10.0.9.1/24}}, routes: [{to: 10.1.0.1/16, via: 10.0.9.2}]}}\n",
         Id::HostBits,
         6,
         70,
         {"routers.r.routes[1].to", "10.1.0.1/16", "10.1.0.0/16"}},
        {PAIR "routers: {r: {interfaces: {x: {address: 10.0.9.1/24}}, routes: [{to: \"::/0\", via: 10.0.9.2}]}}\n",
         Id::NotAnIpv6Address,
         6,
         83,
         {"routers.r.routes[1].via", "10.0.9.2"}},
        {PAIR "routers: {r: {routes: [{to: 10.1.0.0/16}]}}\n", Id::MissingKey, 6, 24, {"via", "routers.r.routes[1]"}},
        // Links
        {PAIR "links: [{delay: 1 ms}]\n", Id::MissingKey, 6, 9, {"between", "links[1]"}},
        {PAIR "links: [{between: a}]\n", Id::WrongType, 6, 19, {"links[1].between", "ends", "a"}},
        {PAIR "links: [{between: [a]}]\n", Id::WrongType, 6, 19, {"links[1].between", "ends", "[...]"}},
        {PAIR "links: [{between: [a, c]}]\n", Id::UnknownNode, 6, 23, {"c", "a, b"}},
        {PAIR "routers: {r: {interfaces: {x: }}}\nlinks: [{between: [a, r]}]\n",
         Id::InterfaceNeeded,
         7,
         23,
         {"r", "x"}},
        {PAIR "routers: {r: {interfaces: {x: }}}\nlinks: [{between: [a, r.y]}]\n",
         Id::UnknownInterface,
         7,
         23,
         {"r.y", "r", "x"}},
        {PAIR "links: [{between: [a.x, b]}]\n", Id::NoInterfaces, 6, 20, {"a.x", "a"}},
        {PAIR "links: [{between: [a, a]}]\n", Id::LinkToItself, 6, 10, {"links[1].between", "a"}},
        {PAIR "switches: {s: , t: }\nlinks: [{between: [s, t]}, {between: [t, s]}]\n",
         Id::LinkedTwice,
         7,
         29,
         {"links[2].between", "t", "s"}},
        {PAIR "switches: {s: }\nlinks: [{between: [a, s]}, {between: [b, a]}]\n",
         Id::TwoCables,
         7,
         42,
         {"links[2].between", "a"}},
        {PAIR "switches: {s: , t: }\nhubs: {h: }\nlinks: [{between: [s, t]}, {between: [t, h]}, {between: [h, s]}]\n",
         Id::SwitchLoop,
         8,
         48,
         {"links[3].between", "h, t, s, h"}},
        {"hosts:\n  a: {address: 10.0.0.1/24}\n  b: {address: 10.0.1.2/24}\nlinks: [{between: [a, b]}]\n",
         Id::PrefixesDiffer,
         5,
         16,
         {"hosts.b.address", "b", "10.0.1.2/24", "a", "10.0.0.1/24"}},
        {"hosts:\n  a: {address: 10.0.0.1/24}\n  b: {address: 10.0.0.2/25}\nlinks: [{between: [a, b]}]\n",
         Id::PrefixesDiffer,
         5,
         16,
         {"hosts.b.address"}},
        {"hosts:\n  a: {address6: \"2001:db8::1/64\"}\n  b: {address6: \"2001:db8:1::1/64\"}\nlinks: [{between: [a, "
         "b]}]\n",
         Id::PrefixesDiffer,
         5,
         17,
         {"hosts.b.address6"}},
        // The script
        {"hosts: {a: {address: 10.0.0.1}, b: {address: 10.0.0.2}}\nscript: [{at: 0 s, host: a, ping: {to: b}}]\n",
         Id::NeedsNetwork,
         4,
         29,
         {"ping"}},
        {JOINED "script: [{at: 0 s, ping: {to: b}}]\n", Id::MissingKey, 7, 10, {"host", "script[1]"}},
        {JOINED "script: [{at: 0 s, host: a, ping: {to: c}}]\n",
         Id::NotADestination,
         7,
         40,
         {"script[1].ping.to", "c", "a, b"}},
        {JOINED "script: [{at: 0 s, host: c, ping: {to: b}}]\n", Id::UnknownHost, 7, 26, {"c", "a, b"}},
        {JOINED "script: [{at: 0 s, host: a, ping: {to: b, count: 0}}]\n",
         Id::OutOfRange,
         7,
         50,
         {"script[1].ping.count", "0", "1", "10000"}},
        {JOINED "script: [{at: 0 s, host: a, ping: {to: b, ttl: 256}}]\n",
         Id::OutOfRange,
         7,
         48,
         {"script[1].ping.ttl"}},
        {JOINED "script: [{at: 0 s, host: a, traceroute: {}}]\n",
         Id::MissingKey,
         7,
         41,
         {"to", "script[1].traceroute"}},
        {JOINED "script: [{at: 0 s, host: a, resolve: a_.-b}]\n",
         Id::NotADomainName,
         7,
         38,
         {"script[1].resolve", "a_.-b", "hyphen"}},
        {JOINED "script: [{at: 0 s, host: a, open: \"gopher://b/\"}]\n",
         Id::NotAUrl,
         7,
         35,
         {"script[1].open", "gopher://b/", "scheme"}},
        {JOINED "script: [{at: 0 s, host: a, send-text: {text: hi, charset: Latin-1}}]\n",
         Id::NotOneOf,
         7,
         60,
         {"script[1].send-text.charset", "Latin-1", "UTF-8, GBK"}},
        {JOINED "script: [{at: 0 s, host: a, send-text: {text: \"\"}}]\n",
         Id::OutOfRange,
         7,
         47,
         {"script[1].send-text.text", "0"}},
        {JOINED "script: [{at: 0 s, unplug: [a, c]}]\n", Id::UnknownNode, 7, 32, {"c", "a, b"}},
        {JOINED "script: [{at: 0 s, host: a, unplug: [a, b]}]\n", Id::UnknownKey, 7, 20, {"host", "script[1]"}},
        {PAIR "links: []\nscript: [{at: 0 s, unplug: [a, b]}]\n",
         Id::NoSuchLink,
         7,
         20,
         {"script[1].unplug", "a", "b"}},
        {JOINED "script: [{at: 0 s, host: c, do: power-off}]\n", Id::UnknownNode, 7, 26, {"c", "a, b"}},
        {JOINED "script: [{at: 0 s, host: a, do: explode}]\n",
         Id::NotOneOf,
         7,
         33,
         {"script[1].do", "explode", "close, shutdown, abort, crash, power-off, power-on"}},
        {JOINED "script: [{at: 0 s, drop: {from: c}}]\n", Id::UnknownNode, 7, 33, {"c", "a, b"}},
    };
    return list;
}

} // namespace

TEST_CASE("each mistake in a network is named with its place, its words, and in both languages", "[scenario]")
{
    std::set<std::string> sentences;
    for (const Mistake& mistake : mistakes()) {
        INFO(mistake.yaml);
        const auto parsed = parseScenario("packetarium: scenario\nversion: 1\n" + mistake.yaml, "net.yaml");
        REQUIRE_FALSE(parsed.ok());
        const InputError& error = parsed.error();
        CHECK(static_cast<int>(error.id) == static_cast<int>(mistake.id));
        CHECK(error.line == mistake.line);
        CHECK(error.column == mistake.column);
        REQUIRE(error.args.size() >= mistake.args.size());
        for (std::size_t i = 0; i < mistake.args.size(); ++i)
            CHECK(error.args[i] == mistake.args[i]);
        for (const Language language : {Language::English, Language::Chinese}) {
            const std::string sentence = sentenceFor(error, language);
            INFO(sentence);
            CHECK(sentence.find('?') == std::string::npos); // an argument that is missing
            CHECK(sentences.insert(sentence).second);
        }
    }
}

TEST_CASE("sentences about networks say what to do", "[scenario]")
{
    const auto say = [](InputErrorId id, std::vector<std::string> args, Language language) {
        return sentenceFor({id, std::move(args), {}}, language);
    };
    CHECK(say(InputErrorId::NetworkAddress, {"address", "10.0.0.0", "10.0.0.0/24"}, Language::English) ==
          "Address: 10.0.0.0 names the network 10.0.0.0/24 itself; take another address in it.");
    CHECK(say(InputErrorId::HostBits, {"to", "10.1.0.1/16", "10.1.0.0/16"}, Language::Chinese) ==
          "to 应当是一个网络，请写 10.1.0.0/16 而不是 10.1.0.1/16。");
    CHECK(say(InputErrorId::TwoCables, {"between", "client"}, Language::Chinese) ==
          "between：client 已经接了网线，只能接一条；请通过交换机相连。");
    CHECK(say(InputErrorId::NoRoute, {"a", "b", "r1"}, Language::English) ==
          "A datagram from a to b goes no further than r1; look at gateways and routes.");
}

} // namespace packetarium::scenario_network_errors_test
