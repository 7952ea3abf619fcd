// SPDX-License-Identifier: GPL-3.0-or-later
// Names: a client with its recursive name server, and the servers of the root, of com, example.com and of a zone whose
// server's own name lies elsewhere. All on one switch, 5 ms from it: 10 ms from host to host.
#include "tests/support/apps_rig.h"
#include "tests/support/catch.h"

#include <algorithm>

namespace packetarium::apps_dns_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;

void serve(HostSpec& host, std::vector<std::string> zones, std::vector<DnsRecordSpec> records)
{
    host.services.dns = DnsServiceSpec{std::move(zones), std::move(records), false, {}};
}

Scenario nameServers()
{
    Scenario scenario;
    scenario.switches.push_back(SwitchSpec{.name = "sw", .label = {}, .place = {}});
    const auto add = [&](const std::string& name, const std::string& address) -> HostSpec& {
        join(scenario, name, "sw", 5_ms);
        return addHost(scenario, name, address);
    };
    add("client", "10.0.0.1").nameServer = *IpAddress::parse("10.0.0.2");
    HostSpec& recursive = add("dns", "10.0.0.2");
    recursive.services.dns = DnsServiceSpec{{}, {}, true, {*IpAddress::parse("10.0.0.3")}};
    serve(add("root", "10.0.0.3"), {""},
          {{"com", "NS", "a.nic.com", 172800},
           {"a.nic.com", "A", "10.0.0.4", 172800},
           {"org", "NS", "ns.example.com", 172800}});
    serve(add("com", "10.0.0.4"), {"com"},
          {{"example.com", "NS", "ns.example.com", 86400}, {"ns.example.com", "A", "10.0.0.5", 86400}});
    serve(add("example", "10.0.0.5"), {"example.com", "org"},
          {{"www.example.com", "A", "93.184.216.34", 20},
           {"ns.example.com", "A", "10.0.0.5", 86400},
           {"web.example.com", "CNAME", "www.example.com", 30},
           {"out.example.com", "CNAME", "www.example.org", 30},
           {"loop.example.com", "CNAME", "pool.example.com", 30},
           {"pool.example.com", "CNAME", "loop.example.com", 30},
           {"www.example.org", "A", "192.0.2.80", 60},
           {"six.example.com", "AAAA", "2001:db8::6", 60},
           {"deep.under.example.com", "A", "192.0.2.9", 60}});
    return scenario;
}

const Lines kWay = {
    "client > dns: www.example.com A? rd",
    "dns > root: www.example.com A?",
    "root > dns: www.example.com A NOERROR / com=NS a.nic.com / a.nic.com=10.0.0.4",
    "dns > com: www.example.com A?",
    "com > dns: www.example.com A NOERROR / example.com=NS ns.example.com / ns.example.com=10.0.0.5",
    "dns > example: www.example.com A?",
    "example > dns: www.example.com A NOERROR aa www.example.com=93.184.216.34",
    "dns > client: www.example.com A NOERROR www.example.com=93.184.216.34",
};

Engine run(const Scenario& scenario, SimDuration until = 600_s, bool layers = false)
{
    Engine engine(scenario, {.layers = layers});
    engine.runUntil(SimTime::zero() + until);
    return engine;
}

void resolve(Scenario& scenario, SimDuration when, const std::string& name, bool v6 = false)
{
    at(scenario, when, "client", DoResolve{name, v6});
}

} // namespace

TEST_CASE("a name is found from the root down, each server pointing to the next", "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "www.example.com");
    const Engine engine = run(scenario);
    CHECK(dnsMessages(engine.trace()) == kWay);
    // Each question takes 10 ms to its server, each answer 10 ms, and before the first question to a host ARP takes 20 ms.
    CHECK(doings(engine.trace()) == Lines{
                                        "0.0 client resolve-asked www.example.com",
                                        "0.06 root name-referred com a.nic.com",
                                        "0.1 com name-referred example.com ns.example.com",
                                        "0.14 example name-served www.example.com",
                                        "0.15 dns name-served www.example.com",
                                        "0.16 client resolve-answered www.example.com 93.184.216.34",
                                    });
}

TEST_CASE("the second time the client's cache answers, for as long as the TTL says and not a nanosecond longer",
          "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "www.example.com");
    // Learnt by the client at 160 ms, TTL 20 s: until 20.16 s. By the server at 150 ms: until 20.15 s.
    resolve(scenario, 20'159'999'999_ns, "www.example.com");
    resolve(scenario, 20'160'000'000_ns, "www.example.com");
    const Engine engine = run(scenario);
    const Lines messages = dnsMessages(engine.trace());
    REQUIRE(messages.size() == kWay.size() + 4);
    // The zones' servers are still known (TTL 86400 s and more): only the last is asked again.
    CHECK(Lines(messages.begin() + 8, messages.end()) ==
          Lines{
              "client > dns: www.example.com A? rd",
              "dns > example: www.example.com A?",
              "example > dns: www.example.com A NOERROR aa www.example.com=93.184.216.34",
              "dns > client: www.example.com A NOERROR www.example.com=93.184.216.34",
          });
    const Lines client = doings(engine.trace(), "client");
    CHECK(Lines(client.begin() + 2, client.end()) ==
          Lines{
              "20.159999999 client resolve-cached www.example.com",
              "20.159999999 client resolve-answered www.example.com 93.184.216.34",
              "20.16 client resolve-asked www.example.com",
              "20.2 client resolve-answered www.example.com 93.184.216.34",
          });
}

TEST_CASE("another client gets what the server still has, with the time that is left", "[apps]")
{
    Scenario scenario = nameServers();
    addHost(scenario, "other", "10.0.0.9").nameServer = *IpAddress::parse("10.0.0.2");
    join(scenario, "other", "sw", 5_ms);
    resolve(scenario, 0_ms, "www.example.com");
    at(scenario, 10_s, "other", DoResolve{"WWW.Example.COM"}); // names have no case (RFC 4343)
    const Engine engine = run(scenario, 15_s);
    CHECK(dnsMessages(engine.trace()).size() == kWay.size() + 2);
    CHECK(doings(engine.trace(), "dns").back() == "10.03 dns name-served WWW.Example.COM");
    // The server learnt it at 150 ms and is asked again at 10.03 s: 10.12 s of 20 s are left, in whole seconds 10.
    std::optional<PacketInfo> last;
    for (const PacketInfo& packet : engine.trace().packets()) {
        if (packet.cause == Reason::SentDnsAnswer)
            last = packet;
    }
    REQUIRE(last);
    CHECK(summarize(engine.trace().bytes(last->id)).dns->answers.at(0).ttl == 10);
}

TEST_CASE("what the caches learn, use and let go is told", "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "www.example.com");
    resolve(scenario, 21_s, "www.example.com");
    const Lines rows = cacheChanges(run(scenario, 100_s, true).trace());
    const Lines clients = [&] {
        Lines some;
        std::copy_if(rows.begin(), rows.end(), std::back_inserter(some),
                     [](const std::string& row) { return row.find(" client ") != std::string::npos; });
        return some;
    }();
    CHECK(clients == Lines{
                         "0.0 client missed www.example.com A",
                         "0.16 client added www.example.com A 93.184.216.34",
                         "21.0 client expired www.example.com A 93.184.216.34",
                         "21.0 client missed www.example.com A",
                         "21.04 client added www.example.com A 93.184.216.34",
                     });
    CHECK(std::count(rows.begin(), rows.end(), "0.07 dns added com NS NS a.nic.com") == 1);
    CHECK(std::count(rows.begin(), rows.end(), "0.07 dns added a.nic.com A 10.0.0.4") == 1);
    CHECK(std::count(rows.begin(), rows.end(), "21.01 dns used example.com NS NS ns.example.com") == 1);
    // Without being asked for, uses are not told.
    const Lines brief = cacheChanges(run(scenario, 100_s, false).trace());
    CHECK(std::none_of(brief.begin(), brief.end(), [](const std::string& row) {
        return row.find(" used ") != std::string::npos || row.find(" missed ") != std::string::npos;
    }));
}

TEST_CASE("a name that does not exist is remembered not to, for as long as the zone's SOA says", "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "nope.example.com");
    // The answer is with the client at 160 ms; the zone's minimum is 300 s (RFC 2308 §5). The answer to the last question takes
    // 80 ms, because MAC addresses have to be asked for again.
    resolve(scenario, 300'159_ms, "nope.example.com");
    resolve(scenario, 300'160_ms, "nope.example.com");
    const Engine engine = run(scenario);
    CHECK(doings(engine.trace(), "client") == Lines{
                                                  "0.0 client resolve-asked nope.example.com",
                                                  "0.16 client resolve-failed nope.example.com no-such-name",
                                                  "300.159 client resolve-cached nope.example.com",
                                                  "300.159 client resolve-failed nope.example.com no-such-name",
                                                  "300.16 client resolve-asked nope.example.com",
                                                  "300.24 client resolve-failed nope.example.com no-such-name",
                                              });
    const Lines messages = dnsMessages(engine.trace());
    CHECK(messages[6] == "example > dns: nope.example.com A NXDOMAIN aa / example.com=SOA /");
    CHECK(messages[7] == "dns > client: nope.example.com A NXDOMAIN / example.com=SOA /");
    CHECK(doings(engine.trace(), "dns").front() == "0.15 dns name-served nope.example.com no-such-name");
}

TEST_CASE("a name that has no record of this type, and one that only has names below it, exist all the same", "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "www.example.com", true);
    resolve(scenario, 1_s, "under.example.com");
    resolve(scenario, 2_s, "six.example.com", true);
    const Engine engine = run(scenario, 10_s);
    const Lines messages = dnsMessages(engine.trace());
    CHECK(messages[6] == "example > dns: www.example.com AAAA NOERROR aa / example.com=SOA /");
    CHECK(std::count(messages.begin(), messages.end(),
                     "dns > client: under.example.com A NOERROR / example.com=SOA /") == 1);
    const Lines client = doings(engine.trace(), "client");
    CHECK(client[1] == "0.16 client resolve-failed www.example.com no-such-name");
    CHECK(client.back() == "2.04 client resolve-answered six.example.com 2001:db8::6");
}

TEST_CASE("an alias is followed within a zone by its server, and across zones by who resolves", "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "web.example.com");
    resolve(scenario, 1_s, "out.example.com");
    const Engine engine = run(scenario, 10_s);
    const Lines messages = dnsMessages(engine.trace());
    REQUIRE(messages.size() == 8 + 8);
    CHECK(messages[7] == "dns > client: web.example.com A NOERROR web.example.com=CNAME www.example.com "
                         "www.example.com=93.184.216.34");
    CHECK(
        Lines(messages.begin() + 8, messages.end()) ==
        Lines{
            "client > dns: out.example.com A? rd",
            "dns > example: out.example.com A?",
            // It serves org too, so it can answer at once; but it was asked as example.com's server, and what it says of
            // org is not believed.
            "example > dns: out.example.com A NOERROR aa out.example.com=CNAME www.example.org "
            "www.example.org=192.0.2.80",
            "dns > root: www.example.org A?",
            "root > dns: www.example.org A NOERROR / org=NS ns.example.com /",
            "dns > example: www.example.org A?",
            "example > dns: www.example.org A NOERROR aa www.example.org=192.0.2.80",
            "dns > client: out.example.com A NOERROR out.example.com=CNAME www.example.org www.example.org=192.0.2.80",
        });
    CHECK(doings(engine.trace(), "client").back() == "1.08 client resolve-answered out.example.com 192.0.2.80");
}

TEST_CASE("a server that is only named is resolved first", "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "www.example.org");
    const Lines messages = dnsMessages(run(scenario, 10_s).trace());
    REQUIRE(messages.size() > 4);
    CHECK(Lines(messages.begin(), messages.begin() + 4) ==
          Lines{
              "client > dns: www.example.org A? rd",
              "dns > root: www.example.org A?",
              "root > dns: www.example.org A NOERROR / org=NS ns.example.com /",
              "dns > root: ns.example.com A?",
          });
    CHECK(messages.back() == "dns > client: www.example.org A NOERROR www.example.org=192.0.2.80");
}

TEST_CASE("aliases in a circle end in a failure, not in a circle", "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "loop.example.com");
    const Engine engine = run(scenario, 10_s);
    CHECK(doings(engine.trace(), "client").back() == "0.16 client resolve-failed loop.example.com server-failed");
    CHECK(dnsMessages(engine.trace()).size() == 8);
}

TEST_CASE("a silent server is asked three times, and the client hears of it before it gives up itself", "[apps]")
{
    Scenario scenario = nameServers();
    scenario.hosts[4].filtered = true; // example
    resolve(scenario, 0_ms, "www.example.com");
    const Engine engine = run(scenario, 20_s);
    const Lines messages = dnsMessages(engine.trace());
    CHECK(std::count(messages.begin(), messages.end(), "dns > example: www.example.com A?") == 3);
    // The client asks again after 2 s and 4 s; the server began at 30 ms and gives up after 5 s.
    CHECK(std::count(messages.begin(), messages.end(), "client > dns: www.example.com A? rd") == 3);
    CHECK(messages.back() == "dns > client: www.example.com A SERVFAIL");
    CHECK(doings(engine.trace(), "client").back() == "5.04 client resolve-failed www.example.com server-failed");
}

TEST_CASE("a silent name server is given three times two seconds", "[apps]")
{
    Scenario scenario = nameServers();
    scenario.hosts[1].filtered = true; // dns
    resolve(scenario, 0_ms, "www.example.com");
    const Engine engine = run(scenario, 20_s);
    CHECK(dnsMessages(engine.trace()) == Lines(3, "client > dns: www.example.com A? rd"));
    CHECK(doings(engine.trace(), "client").back() == "6.0 client resolve-failed www.example.com no-answer");
}

TEST_CASE("a lost answer is asked for again and the server does not begin anew", "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "www.example.com");
    // The server's frames: ARP reply to the client, then ARP request and query for each of three servers, then the answer.
    at(scenario, 0_ms, "", DoDrop{{"dns", 8}});
    const Engine engine = run(scenario, 20_s);
    const Lines messages = dnsMessages(engine.trace());
    REQUIRE(messages.size() == kWay.size() + 2); // the second answer comes from the cache
    CHECK(messages[8] == "client > dns: www.example.com A? rd");
    CHECK(doings(engine.trace(), "client").back() == "2.02 client resolve-answered www.example.com 93.184.216.34");
}

TEST_CASE("where nobody serves names the answer is an ICMP error, and without a name server there is no question",
          "[apps]")
{
    Scenario scenario = nameServers();
    scenario.hosts[1].services = {};
    resolve(scenario, 0_ms, "www.example.com");
    CHECK(doings(run(scenario, 10_s).trace(), "client").back() ==
          "0.04 client resolve-failed www.example.com port-unreachable");
    scenario.hosts[0].nameServer.reset();
    CHECK(doings(run(scenario, 10_s).trace(), "client").back() ==
          "0.0 client resolve-failed www.example.com no-name-server");
}

TEST_CASE("an authoritative server that is asked for what is not its own refuses", "[apps]")
{
    Scenario scenario = nameServers();
    scenario.hosts[0].nameServer = *IpAddress::parse("10.0.0.5");
    resolve(scenario, 0_ms, "www.elsewhere.net");
    const Engine engine = run(scenario, 10_s);
    CHECK(dnsMessages(engine.trace()).back() == "example > client: www.elsewhere.net A REFUSED");
    CHECK(doings(engine.trace(), "client").back() == "0.04 client resolve-failed www.elsewhere.net server-failed");
}

TEST_CASE("a server that is off is passed over for the zone's other one", "[apps]")
{
    Scenario scenario = nameServers();
    std::vector<DnsRecordSpec>& com = scenario.hosts[3].services.dns->records;
    com.insert(com.begin(),
               {{"example.com", "NS", "ns0.example.com", 86400}, {"ns0.example.com", "A", "10.0.0.50", 86400}});
    resolve(scenario, 0_ms, "www.example.com");
    const Engine engine = run(scenario, 10_s);
    // 10.0.0.50 is nobody: no answer to ARP. After 2 s the next server's turn comes.
    CHECK(doings(engine.trace(), "client").back() == "2.16 client resolve-answered www.example.com 93.184.216.34");
}

TEST_CASE("an answer over 512 octets is cut short and says so", "[apps]")
{
    Scenario scenario = nameServers();
    std::vector<DnsRecordSpec>& records = scenario.hosts[4].services.dns->records;
    // Header 12, question 21, each A record 16 with its name compressed to 2 octets: 29 records fit into 512, 30 do not.
    for (int i = 1; i <= 29; ++i)
        records.push_back({"many.example.com", "A", "192.0.2." + std::to_string(i), 60});
    resolve(scenario, 0_ms, "many.example.com");
    CHECK(doings(run(scenario, 10_s).trace(), "client").back() ==
          "0.16 client resolve-answered many.example.com 192.0.2.1");
    records.push_back({"many.example.com", "A", "192.0.2.30", 60});
    const Engine engine = run(scenario, 10_s);
    CHECK(doings(engine.trace(), "client").back() == "0.16 client resolve-failed many.example.com server-failed");
}

TEST_CASE("an address that came with a referral leads to a server but answers nobody", "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "www.example.com");
    resolve(scenario, 1_s, "ns.example.com");
    const Lines messages = dnsMessages(run(scenario, 10_s).trace());
    // RFC 2181 §5.4.1: it is known from the com server, and yet the zone's own server is asked.
    CHECK(Lines(messages.begin() + 8, messages.end()) ==
          Lines{
              "client > dns: ns.example.com A? rd",
              "dns > example: ns.example.com A?",
              "example > dns: ns.example.com A NOERROR aa ns.example.com=10.0.0.5",
              "dns > client: ns.example.com A NOERROR ns.example.com=10.0.0.5",
          });
}

TEST_CASE("two names at once do not disturb each other", "[apps]")
{
    Scenario scenario = nameServers();
    resolve(scenario, 0_ms, "www.example.com");
    resolve(scenario, 0_ms, "nope.example.com");
    resolve(scenario, 0_ms, "www.example.org");
    const Lines lines = doings(run(scenario, 10_s).trace(), "client");
    const auto has = [&](const std::string& end) {
        return std::count_if(lines.begin(), lines.end(), [&](const std::string& line) { return line.ends_with(end); });
    };
    CHECK(has("resolve-answered www.example.com 93.184.216.34") == 1);
    CHECK(has("resolve-failed nope.example.com no-such-name") == 1);
    CHECK(has("resolve-answered www.example.org 192.0.2.80") == 1);
}

} // namespace packetarium::apps_dns_test
