// SPDX-License-Identifier: GPL-3.0-or-later
// Programs that are told anything at all, and programs that are copied: whatever comes, a run ends, and ends the same.
#include "core/base/rng.h"
#include "tests/support/apps_rig.h"
#include "tests/support/catch.h"

#include <algorithm>

namespace packetarium::apps_hostile_test {

using namespace literals;
using namespace testing;

namespace {

/// client and server on a cable, every service on the server, which is its own root.
Scenario everyService()
{
    Scenario scenario = twoOnACable(10_ms);
    ServicesSpec& services = scenario.hosts[1].services;
    services.dns = DnsServiceSpec{{"example.com"},
                                  {{"www.example.com", "A", "10.0.0.2", 60},
                                   {"a.example.com", "CNAME", "www.example.com", 60},
                                   {"sub.example.com", "NS", "ns.sub.example.com", 60},
                                   {"ns.sub.example.com", "A", "10.0.0.1", 60}},
                                  true,
                                  {*IpAddress::parse("10.0.0.1")}};
    services.http = HttpServiceSpec{
        80,
        true,
        {{"/", "text/html", octets("<img src=/b>"), true, true}, {"/b", "image/png", Bytes(4000, 7), false, false}}};
    services.transfer = TransferServiceSpec{2121, 5000};
    services.udpEcho = {7};
    scenario.hosts[0].nameServer = *IpAddress::parse("10.0.0.2");
    return scenario;
}

/// `base` with a few octets changed, put in or taken out.
Bytes mutated(Bytes base, Rng& rng)
{
    for (std::uint64_t left = 1 + rng.below(4); left > 0 && !base.empty(); --left) {
        const auto place = static_cast<std::ptrdiff_t>(rng.below(base.size()));
        const auto octet = static_cast<std::uint8_t>(rng.next());
        switch (rng.below(4)) {
        case 0: base.erase(base.begin() + place); break;
        case 1: base.insert(base.begin() + place, octet); break;
        default: base[static_cast<std::size_t>(place)] = octet;
        }
    }
    return base;
}

} // namespace

TEST_CASE("name servers and resolvers take any datagram", "[apps]")
{
    Rng rng(53);
    DnsMessage query;
    query.recursionDesired = true;
    query.questions = {{"www.example.com", DnsType::A}};
    DnsMessage answer = query;
    answer.response = true;
    answer.answers = {{"a.example.com", DnsType::CNAME, 60, DnsName("www.example.com")},
                      {"www.example.com", DnsType::A, 60, Ipv4Address{1}}};
    answer.authorities = {{"sub.example.com", DnsType::NS, 60, DnsName("ns.sub.example.com")}};
    const Bytes seeds[] = {encodeDns(query), encodeDns(answer)};
    Scenario scenario = everyService();
    // The answers go to the port from which the client's resolver asks, and claim to be from port 53.
    for (int i = 0; i < 3000; ++i) {
        at(scenario, SimDuration::milliseconds(i), "client",
           DoSendDatagram{.to = "server", .port = 53, .localPort = 5000, .data = mutated(seeds[rng.below(2)], rng)});
    }
    at(scenario, 100_ms, "client", DoResolve{"www.example.com"});
    Engine engine(scenario, {.maxEvents = 200'000});
    REQUIRE(engine.runUntil(SimTime::zero() + 60_s) == RunEnd::TimeReached);
    const auto lines = doings(engine.trace(), {ProgramEvent::ResolveAnswered});
    REQUIRE(lines.size() == 1);
    CHECK(lines[0] == "0.12 client resolve-answered www.example.com 10.0.0.2");
}

TEST_CASE("a resolver believes only the server it asked, and only about what it asked", "[apps]")
{
    // The server stands silent behind its filter while the client sends itself, as a forger would, answers to every id: it
    // cannot, because they do not come from the server's address. So the forger is the name server itself, and says what
    // it has no business to say.
    Scenario scenario = everyService();
    scenario.hosts[1].services.dns.reset();
    scenario.hosts[1].services.udpEcho = {53}; // sends each query back: not a response
    at(scenario, 0_ms, "client", DoResolve{"www.example.com"});
    Engine engine(scenario);
    engine.runUntil(SimTime::zero() + 60_s);
    CHECK(doings(engine.trace(), "client").back() == "6.0 client resolve-failed www.example.com no-answer");
}

TEST_CASE("web and file servers take any stream", "[apps]")
{
    Rng rng(80);
    const Bytes seeds[] = {
        octets("GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: gzip\r\n\r\nGET /b HTTP/1.1\r\nHost: a\r\n\r\n"),
        octets("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
        octets("GET 100\r\n")};
    Scenario scenario = everyService();
    for (int i = 0; i < 300; ++i) {
        const SimDuration start = SimDuration::milliseconds(200) * i;
        const bool file = i % 3 == 2;
        at(scenario, start, "client",
           DoConnect{"server", static_cast<std::uint16_t>(file ? 2121 : 80), static_cast<std::uint16_t>(20'000 + i)});
        at(scenario, start + 50_ms, "client", DoSend{mutated(seeds[i % 3], rng)});
        at(scenario, start + 120_ms, "client", DoClose{});
    }
    Engine engine(scenario, {.maxEvents = 200'000});
    REQUIRE(engine.runUntil(SimTime::zero() + 61_s) == RunEnd::TimeReached);
    CHECK(doings(engine.trace(), {ProgramEvent::ResponseSent}).size() > 100);
    CHECK(doings(engine.trace(), {ProgramEvent::TransferServed}).size() > 0);
}

TEST_CASE("from every checkpoint a run of programs ends the same", "[apps]")
{
    Scenario scenario = everyService();
    at(scenario, 0_ms, "client", DoOpen{"http://www.example.com/", true});
    at(scenario, 0_ms, "client", DoPing{.to = "a.example.com"});
    at(scenario, 10_ms, "client", DoTransfer{.to = "www.example.com", .checkpoint = 1000});
    at(scenario, 20_ms, "client", DoTraceroute{.to = "server"});
    at(scenario, 30_ms, "client", DoResolve{"x.sub.example.com"});
    at(scenario, 40_ms, "client", DoSendDatagram{.to = "server", .port = 7, .data = octets("hi")});
    at(scenario, 300_ms, "server", DoListen{7000});
    at(scenario, 300_ms, "client", DoConnect{"server", 7000, 50000});
    at(scenario, 400_ms, "server", DoReadText{"UTF-8", true, true});
    at(scenario, 400_ms, "client", DoSendText{"hello", "UTF-8", true, true, true});
    at(scenario, 600_ms, "server", DoPowerOff{});
    at(scenario, 900_ms, "server", DoPowerOn{});
    scenario.until = SimTime::zero() + 20_s;
    Engine engine(scenario, {.checkpointEvery = 3, .layers = true});
    engine.runToEnd();
    const std::uint64_t fingerprint = engine.trace().fingerprint();
    const std::vector<std::string> lines = doings(engine.trace());
    REQUIRE(engine.checkpointCount() > 10);
    for (std::size_t i = engine.checkpointCount(); i-- > 0;) {
        engine.rewindTo(i);
        engine.runToEnd();
        REQUIRE(engine.trace().fingerprint() == fingerprint);
    }
    CHECK(doings(engine.trace()) == lines);
    // What was seen of each program, so that it was not all for nothing.
    for (const char* event : {"url-shown", "ping-answered", "transfer-", "trace-done", "resolve-failed",
                              "datagram-received", "text-decoded 5 hello"})
        CHECK(std::any_of(lines.begin(), lines.end(),
                          [&](const std::string& line) { return line.find(event) != std::string::npos; }));
}

} // namespace packetarium::apps_hostile_test
