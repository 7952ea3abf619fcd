// SPDX-License-Identifier: GPL-3.0-or-later
//
// The built-in networks: what each host and router says, in its order, and
// what the programs make of it, written down from the protocols' documents.
// What a hub, switch or router passes on is not repeated here.
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/packet_summary.h"
#include "tests/support/catch.h"

namespace packetarium::learner_network_test {

namespace {

using Lines = std::vector<std::string>;

/// "ARP? 10.0.0.1", "ping", "ICMP 11/0", "DNS? www.example.com", "GET /", "SYN", "ACK +100", "UDP +5", "record".
std::string said(const PacketSummary& s, const PacketInfo& packet)
{
    const auto withLength = [](std::string what, std::uint32_t length) {
        return length == 0 ? what : what + " +" + std::to_string(length);
    };
    if (s.arp)
        return (s.arp->operation == 1 ? "ARP? " + s.arp->targetIp.toString() : "ARP! " + s.arp->senderIp.toString());
    if (s.neighbor)
        return (s.neighbor->solicitation ? "ND? " : "ND! ") + s.neighbor->target.toString();
    if (s.icmp) {
        const bool v6 = s.protocol == Protocol::Icmpv6;
        if (s.icmp->type == (v6 ? IcmpMessage::V6EchoRequest : IcmpMessage::EchoRequest))
            return "ping";
        if (s.icmp->type == (v6 ? IcmpMessage::V6EchoReply : IcmpMessage::EchoReply))
            return "pong";
        return "ICMP " + std::to_string(s.icmp->type) + "/" + std::to_string(s.icmp->code);
    }
    if (s.dns && !s.dns->response)
        return "DNS? " + s.dns->questions.at(0).name;
    if (s.dns)
        return !s.dns->answers.empty()           ? "DNS answer"
               : s.dns->code == DnsCode::NoError ? "DNS referral"
                                                 : "DNS " + toString(s.dns->code);
    if (s.protocol == Protocol::Udp)
        return withLength("UDP", s.length);
    if (s.protocol == Protocol::Tls)
        return "record";
    if (!s.httpStart.empty()) {
        const std::string version = "HTTP/1.1";
        std::string line = s.httpStart;
        const std::size_t at = line.find(version);
        line.erase(at == 0 ? 0 : at - 1, version.size() + 1);
        return line;
    }
    return withLength(packet.flags.toString(), packet.length);
}

Trace run(const std::string& name)
{
    Engine engine(builtinScenario(name).value());
    CHECK(engine.runToEnd() == RunEnd::Quiet);
    return engine.trace();
}

/// "client: ping" for every frame that a host or router makes itself.
Lines exchange(const Trace& trace)
{
    Lines lines;
    for (const PacketInfo& packet : trace.packets())
        if (!packet.parent && !packet.copyOf)
            lines.push_back(trace.nodes()[packet.from.value()].name + ": " +
                            said(summarize(trace.bytes(packet.id)), packet));
    return lines;
}

/// "ping-answered 10.0.0.2" for what happens to the programs of one host.
Lines told(const Trace& trace, std::string_view host)
{
    Lines lines;
    for (const Record& r : trace.records())
        if (r.kind == RecordKind::Program && trace.nodes()[r.host.value()].name == host)
            lines.push_back(std::string(toString(r.program())) +
                            (r.text == 0 ? "" : " " + std::string(trace.textOf(r))));
    return lines;
}

void operator+=(Lines& lines, const Lines& more)
{
    lines.insert(lines.end(), more.begin(), more.end());
}

// What happens once in the default topology: the client looks for its router, and the router for the server with the first
// packet from the client in its hand. Nobody else needs to ask, for who is asked remembers who asked (RFC 826).
const Lines kClientFindsRouter{"client: ARP? 192.168.1.1", "r1: ARP! 192.168.1.1"};
const Lines kRouterFindsServer{"r1: ARP? 93.184.216.34", "server: ARP! 93.184.216.34"};

/// With the first segment of a connection in the router's hand.
Lines opensFirst()
{
    Lines lines = kClientFindsRouter;
    lines += {"client: SYN"};
    lines += kRouterFindsServer;
    lines += {"server: SYN,ACK", "client: ACK"};
    return lines;
}
const Lines kOpens{"client: SYN", "server: SYN,ACK", "client: ACK"};
const Lines kBrowserCloses{"client: FIN,ACK", "server: FIN,ACK", "client: ACK"};

} // namespace

TEST_CASE("a host asks everybody for a MAC address once: RFC 826", "[learner]")
{
    const Trace trace = run("arp");
    CHECK(exchange(trace) == Lines{"client: ARP? 192.168.1.40", "server: ARP! 192.168.1.40", "client: ping",
                                   "server: pong", "client: ping", "server: pong"});
    // The switch sends the question to both others and everything after it to one: 2 + 5 frames.
    std::size_t passedOn = 0;
    for (const PacketInfo& packet : trace.packets())
        passedOn += packet.parent ? 1 : 0;
    CHECK(passedOn == 7);
}

TEST_CASE("a hub repeats to everyone, a switch learns: IEEE 802.1D", "[learner]")
{
    const Trace trace = run("hub-and-switch");
    Lines expected;
    for (const char* side : {"ab1", "de2"}) {
        const std::string asker(1, side[0]), other(1, side[1]), address = std::string("10.0.") + side[2] + ".2";
        expected += {asker + ": ARP? " + address, other + ": ARP! " + address};
        for (int i = 0; i < 2; ++i)
            expected += {asker + ": ping", other + ": pong"};
    }
    CHECK(exchange(trace) == expected);
    std::size_t repeated = 0, switched = 0, flooded = 0;
    for (const PacketInfo& packet : trace.packets()) {
        repeated += packet.cause == Reason::SentRepeated ? 1 : 0;
        switched += packet.cause == Reason::SentSwitched ? 1 : 0;
        flooded += packet.cause == Reason::SentFlooded ? 1 : 0;
    }
    CHECK(repeated == 6 * 3); // six frames, each on the three other cables
    CHECK(flooded == 3);      // only the question
    CHECK(switched == 5);
}

TEST_CASE("ping finds its way over a router: RFC 792", "[learner]")
{
    const Trace trace = run("ping");
    Lines expected = kClientFindsRouter;
    expected += {"client: ping"};
    expected += kRouterFindsServer;
    expected += {"server: pong", "client: ping", "server: pong", "client: ping", "server: pong"};
    CHECK(exchange(trace) == expected);
    CHECK(told(trace, "client") == Lines{"ping-sent 93.184.216.34", "ping-answered 93.184.216.34",
                                         "ping-sent 93.184.216.34", "ping-answered 93.184.216.34",
                                         "ping-sent 93.184.216.34", "ping-answered 93.184.216.34"});
}

TEST_CASE("one page, through every layer", "[learner]")
{
    const Trace image = run("encapsulation-get");
    Lines expected = opensFirst();
    expected += {"client: GET /image.png", "server: 200 OK"};
    expected += kBrowserCloses;
    CHECK(exchange(image) == expected);

    const Trace page = run("open-page");
    Lines withDns{"client: ARP? 192.168.1.53", "names: ARP! 192.168.1.53", "client: DNS? www.example.com",
                  "names: DNS answer"};
    withDns += opensFirst();
    withDns += {"client: GET /", "server: 200 OK"};
    withDns += kBrowserCloses;
    CHECK(exchange(page) == withDns);
    CHECK(told(page, "client") == Lines{"url-opened http://www.example.com/", "resolve-asked www.example.com",
                                        "resolve-answered www.example.com 93.184.216.34",
                                        "url-connecting 93.184.216.34:80", "url-requested GET /", "url-answered 200 OK",
                                        "url-shown text/html"});
}

TEST_CASE("two requests on one connection, and three that end differently: RFC 9110", "[learner]")
{
    Lines persistent = opensFirst();
    persistent += {"client: GET /", "server: 200 OK", "client: GET /image.png", "server: 200 OK"};
    persistent += kBrowserCloses;
    CHECK(exchange(run("http-persistent")) == persistent);

    const Trace trace = run("http-errors");
    Lines errors = opensFirst();
    errors += {"client: GET /", "server: 200 OK"};
    errors += kBrowserCloses;
    errors += kOpens;
    errors += {"client: GET /no-such-page", "server: 404 Not Found"};
    errors += kBrowserCloses;
    errors += {"client: SYN", "server: RST,ACK"};
    CHECK(exchange(trace) == errors);
    CHECK(told(trace, "client").back() == "url-failed http://93.184.216.34:8080/");
}

TEST_CASE("the same page compressed and not", "[learner]")
{
    const Trace trace = run("gzip");
    std::vector<std::uint32_t> bodies;
    for (const PacketInfo& packet : trace.packets())
        if (!packet.parent && summarize(trace.bytes(packet.id)).httpStart == "HTTP/1.1 200 OK")
            bodies.push_back(packet.length);
    REQUIRE(bodies.size() == 2);
    CHECK(bodies[0] < 400);   // the alphabet again and again hardly takes room
    CHECK(bodies[1] >= 1200); // all of it, and the header
    CHECK(told(trace, "client").back() == "url-shown text/plain");
}

TEST_CASE("characters, read rightly and wrongly, in the clear and encrypted", "[learner]")
{
    const std::string text = "你好，网络";
    const Lines read = told(run("presentation"), "server");
    REQUIRE(read.size() == 3);
    CHECK(read[0] == "text-decoded " + text);
    CHECK(read[1].starts_with("text-garbled "));
    CHECK(read[1].find(text) == std::string::npos);
    CHECK(read[2] == "text-decoded " + text);

    const Trace encrypted = run("encrypted");
    CHECK(told(encrypted, "server") ==
          Lines{"text-decoded My secret: 42", "text-decrypted AES-128-GCM", "text-decoded My secret: 42"});
    std::size_t readable = 0;
    for (const PacketInfo& packet : encrypted.packets()) {
        const FrameBytes bytes = encrypted.bytes(packet.id);
        readable +=
            std::string(bytes.octets().begin(), bytes.octets().end()).find("secret") != std::string::npos ? 1 : 0;
    }
    CHECK(readable == 3); // the first text on three cables, the second on none
}

TEST_CASE("taking turns, and a transfer that goes on where it was", "[learner]")
{
    const Trace turns = run("half-duplex");
    CHECK(told(turns, "client") == Lines{"turn-taken Are you there?", "text-encoded UTF-8", "text-decoded Yes, over.",
                                         "turn-taken Good, over.", "text-encoded UTF-8", "text-encoded UTF-8",
                                         "text-decoded So do I."});
    CHECK(told(turns, "server") == Lines{"text-decoded Are you there?", "turn-taken Yes, over.", "text-encoded UTF-8",
                                         "text-decoded Good, over.", "text-encoded UTF-8",
                                         "text-decoded I speak when I like."});

    const Trace transfer = run("transfer-resumed");
    std::vector<std::pair<std::string, std::uint64_t>> steps;
    for (const Record& r : transfer.records())
        if (r.kind == RecordKind::Program)
            steps.emplace_back(toString(r.program()), r.value);
    const std::vector<std::pair<std::string, std::uint64_t>> expected{
        {"transfer-asked", 0},          {"transfer-served", 0},         {"transfer-checkpoint", 4000},
        {"transfer-checkpoint", 8000},  {"transfer-cut", 8000},         {"transfer-asked", 8000},
        {"transfer-served", 8000},      {"transfer-checkpoint", 12000}, {"transfer-checkpoint", 16000},
        {"transfer-checkpoint", 20000}, {"transfer-done", 20000}};
    CHECK(steps == expected);
}

TEST_CASE("a TTL that ends on the way, once and on purpose: RFC 1812 §5.3.1", "[learner]")
{
    const Lines first{"client: ARP? 10.0.0.1", "r1: ARP! 10.0.0.1"}, second{"r1: ARP? 10.0.1.2", "r2: ARP! 10.0.1.2"};
    Lines expires = first;
    expires += {"client: ping"};
    expires += second;
    expires += {"r2: ICMP 11/0"};
    const Trace trace = run("ttl-expires");
    CHECK(exchange(trace) == expires);
    CHECK(told(trace, "client").back() == "ping-refused 10.0.1.2");

    const Trace traced = run("traceroute");
    Lines hops = first;
    hops += {"client: UDP +32", "r1: ICMP 11/0", "client: UDP +32"};
    hops += second;
    hops += {"r2: ICMP 11/0",   "client: UDP +32",   "r2: ARP? 10.0.2.2",     "r3: ARP! 10.0.2.2", "r3: ICMP 11/0",
             "client: UDP +32", "r3: ARP? 10.0.4.2", "server: ARP! 10.0.4.2", "server: ICMP 3/3"};
    CHECK(exchange(traced) == hops);
    Lines found;
    for (const std::string& line : told(traced, "client"))
        if (line.starts_with("trace-hop") || line.starts_with("trace-done"))
            found.push_back(line);
    CHECK(found == Lines{"trace-hop 10.0.0.1", "trace-hop 10.0.1.2", "trace-hop 10.0.2.2", "trace-hop 10.0.4.2",
                         "trace-done 10.0.4.2"});
}

TEST_CASE("the longest prefix wins: RFC 1812 §5.2.4.3", "[learner]")
{
    const Trace trace = run("longest-prefix");
    Lines ways; // on which cable r1 passes the pings on
    for (const PacketInfo& packet : trace.packets())
        if (packet.cause == Reason::SentRouted && trace.nodes()[packet.from.value()].name == "r1" &&
            said(summarize(trace.bytes(packet.id)), packet) == "ping")
            ways.push_back(trace.nodes()[packet.to.value()].name);
    CHECK(exchange(trace).size() == 2 + 1 + 4 + 1 + 1 + 4 + 1); // ARP for each hop once, two pings, two replies
    CHECK(ways == Lines{"r2", "r3"});
}

TEST_CASE("what cannot be delivered is told: RFC 792, RFC 1812 §5.2.7", "[learner]")
{
    Lines port = kClientFindsRouter;
    port += {"client: UDP +9"};
    port += kRouterFindsServer;
    port += {"server: UDP +9", "client: UDP +17", "server: ICMP 3/3"};
    CHECK(exchange(run("port-unreachable")) == port);

    const Trace nobody = run("host-unreachable");
    Lines host = kClientFindsRouter;
    host += {"client: UDP +17"};
    for (int i = 0; i < 3; ++i)
        host += {"r1: ARP? 93.184.216.99"};
    host += {"r1: ICMP 3/1"};
    CHECK(exchange(nobody) == host);
    CHECK(told(nobody, "client").back() == "datagram-refused 192.168.1.1");

    const Trace nowhere = run("network-unreachable");
    Lines network = kClientFindsRouter;
    network += {"client: ping", "r1: ICMP 3/0"};
    CHECK(exchange(nowhere) == network);
    CHECK(told(nowhere, "client").back() == "ping-refused 192.168.1.1");
}

TEST_CASE("what is too large is cut, or refused if it must not be: RFC 791 §3.2, RFC 1191", "[learner]")
{
    // 1400 octets of data and 8 of ICMP, over a link of 600: 580 behind the IP header, of which 576 is a multiple of 8.
    const Trace cut = run("fragmentation");
    std::vector<std::pair<std::uint32_t, bool>> pieces;
    for (const PacketInfo& packet : cut.packets())
        if (cut.nodes()[packet.from.value()].name == "r1" && cut.nodes()[packet.to.value()].name == "r2") {
            const PacketSummary summary = summarize(cut.bytes(packet.id));
            if (summary.fragment)
                pieces.emplace_back(summary.fragmentOffset, summary.moreFragments);
        }
    CHECK(pieces == std::vector<std::pair<std::uint32_t, bool>>{{0, true}, {576, true}, {1152, false}});
    CHECK(told(cut, "client").back() == "ping-answered 10.0.2.2");

    const Trace refused = run("path-mtu");
    CHECK(exchange(refused) == Lines{"client: ARP? 10.0.0.1", "r1: ARP! 10.0.0.1", "client: ping", "r1: ICMP 3/4",
                                     "client: ping", "r1: ARP? 10.0.1.2", "r2: ARP! 10.0.1.2", "r2: ARP? 10.0.2.2",
                                     "server: ARP! 10.0.2.2", "server: pong"});
    for (const PacketInfo& packet : refused.packets())
        if (const auto icmp = summarize(refused.bytes(packet.id)).icmp; icmp && icmp->type == 3)
            CHECK((icmp->rest & 0xFFFF) == 600); // the size that would fit
}

TEST_CASE("a name looked up from the root, from the cache, and one that is not there: RFC 1034 §4.3, RFC 2308",
          "[learner]")
{
    const auto lookUp = [](const std::string& name, const std::string& end) {
        return Lines{"client: ARP? 192.168.1.53",   "resolver: ARP! 192.168.1.53", "client: DNS? " + name,
                     "resolver: ARP? 192.168.1.1",  "r1: ARP! 192.168.1.1",        "resolver: DNS? " + name,
                     "r1: ARP? 198.41.0.4",         "root: ARP! 198.41.0.4",       "root: DNS referral",
                     "resolver: DNS? " + name,      "r1: ARP? 192.5.6.30",         "com: ARP! 192.5.6.30",
                     "com: DNS referral",           "resolver: DNS? " + name,      "r1: ARP? 93.184.216.53",
                     "example: ARP! 93.184.216.53", "example: DNS " + end,         "resolver: DNS " + end};
    };
    CHECK(exchange(run("dns-iterative")) == lookUp("www.example.com", "answer"));
    const Trace missing = run("nxdomain");
    CHECK(exchange(missing) == lookUp("wwww.example.com", "NXDOMAIN"));
    CHECK(told(missing, "client").back() == "resolve-failed wwww.example.com");

    const Trace cached = run("dns-cache");
    Lines expected = lookUp("www.example.com", "answer");
    // The second question costs nothing; the third only the last server, whose address the resolver still knows.
    expected += {"client: DNS? www.example.com", "resolver: DNS? www.example.com", "example: DNS answer",
                 "resolver: DNS answer"};
    CHECK(exchange(cached) == expected);
    const Lines client = told(cached, "client");
    CHECK(std::count(client.begin(), client.end(), "resolve-cached www.example.com") == 1);
    CHECK(std::count(client.begin(), client.end(), "resolve-answered www.example.com 93.184.216.34") == 3);
}

TEST_CASE("neighbours of IPv6: RFC 4861", "[learner]")
{
    const Trace trace = run("ipv6-neighbours");
    Lines expected{"client: ND? 2001:db8:1::30",
                   "neighbour: ND! 2001:db8:1::30",
                   "client: ping",
                   "neighbour: pong",
                   "client: ND? 2001:db8:1::1",
                   "r1: ND! 2001:db8:1::1",
                   "client: ping",
                   "r1: ND? 2001:db8:2::34",
                   "server: ND! 2001:db8:2::34",
                   "server: pong"};
    expected += kOpens;
    expected += {"client: GET /", "server: 200 OK"};
    expected += kBrowserCloses;
    CHECK(exchange(trace) == expected);
}

TEST_CASE("a cable that is out loses without a word, and then it works again", "[learner]")
{
    const Trace trace = run("unplugged");
    Lines answered;
    for (const std::string& line : told(trace, "client"))
        if (!line.starts_with("ping-sent"))
            answered.push_back(line.substr(0, line.find(' ')));
    CHECK(answered == Lines{"ping-answered", "ping-answered", "ping-timed-out", "ping-timed-out", "ping-answered",
                            "ping-answered"});
    std::size_t lost = 0;
    for (const PacketInfo& packet : trace.packets())
        lost += packet.lossReason == Reason::LostUnplugged ? 1 : 0;
    CHECK(lost == 2);
}

TEST_CASE("the lessons' longer networks tell what their single ones do", "[learner]")
{
    const std::string text = "你好，网络", again = "网络网络网络网络网络网络网络网络网络网络网络网络网络网络网络网络";
    const Lines read = told(run("presentation-layer"), "server");
    REQUIRE(read.size() == 8);
    CHECK(read[0] == "text-decoded " + text);
    CHECK(read[1].starts_with("text-garbled "));
    CHECK(read[2] == "text-decoded " + text);
    const Lines rest(read.begin() + 3, read.end());
    CHECK(rest == Lines{"text-inflated gzip", "text-decoded " + again, "text-decrypted AES-128-GCM",
                        "text-inflated gzip", "text-decoded " + again});

    const Lines client = told(run("session-layer"), "client");
    CHECK(std::count(client.begin(), client.end(), "transfer-cut") == 1);
    CHECK(client.back() == "transfer-done");

    const Trace lossy = run("transport-layer");
    std::size_t repeated = 0;
    for (const PacketInfo& packet : lossy.packets())
        repeated += packet.retransmission && !packet.parent ? 1 : 0;
    CHECK(repeated == 2); // the segment that was lost, and the one that was damaged
    CHECK(told(lossy, "client").back().starts_with("datagram-received"));

    Lines answers;
    for (const std::string& line : told(run("network-layer"), "client"))
        if (!line.starts_with("ping-sent") && !line.starts_with("trace-probed"))
            answers.push_back(line);
    CHECK(answers == Lines{"ping-answered 10.0.4.2", "ping-answered 10.9.0.2", "ping-refused 10.0.0.1",
                           "ping-refused 10.0.2.2", "trace-hop 10.0.0.1", "trace-hop 10.0.2.2", "trace-hop 10.9.0.2",
                           "trace-done 10.9.0.2"});
}

TEST_CASE("24. UDP keeps three datagrams: RFC 768", "[learner]")
{
    const Trace trace = run("datagrams");
    CHECK(exchange(trace) == Lines{"client: ARP? 192.168.1.40", "server: ARP! 192.168.1.40", "client: UDP +100",
                                   "client: UDP +100", "client: UDP +100"});
    std::vector<std::uint64_t> received;
    for (const Record& r : trace.records())
        if (r.kind == RecordKind::Program && r.program() == ProgramEvent::DatagramReceived)
            received.push_back(r.value);
    CHECK(received == std::vector<std::uint64_t>{100, 100, 100});
}

TEST_CASE("TCP sends again what UDP loses, and keeps the order", "[learner]")
{
    const Trace trace = run("tcp-and-udp");
    Lines expected{"client: ARP? 192.168.1.40", "server: ARP! 192.168.1.40", "client: UDP +100", "client: UDP +100",
                   "client: UDP +100"};
    expected += kOpens;
    // The second is lost, the third draws a duplicate ACK; after the time-out both still fit into one segment.
    expected += {"client: PSH,ACK +100", "server: ACK",          "client: PSH,ACK +100", "client: PSH,ACK +100",
                 "server: ACK",          "client: PSH,ACK +200", "server: ACK"};
    CHECK(exchange(trace) == expected);
    std::size_t datagrams = 0;
    std::uint64_t octets = 0;
    for (const Record& r : trace.records()) {
        datagrams += r.kind == RecordKind::Program && r.program() == ProgramEvent::DatagramReceived ? 1 : 0;
        octets += r.kind == RecordKind::App && r.call() == AppCall::Delivered ? r.value : 0;
    }
    CHECK(datagrams == 2);
    CHECK(octets == 300);
}

TEST_CASE("25. MSS: 1400 - 40 by the other end's word, 1400 - 40 by the own cable", "[learner]")
{
    const Trace trace = run("mss");
    Lines expected = opensFirst();
    expected += {"client: ACK +1360", "client: PSH,ACK +1360", "server: ACK", "server: ACK",
                 "server: ACK +1360", "server: PSH,ACK +1360", "client: ACK", "client: ACK"};
    CHECK(exchange(trace) == expected);
}

TEST_CASE("25. a small hop on the way: ICMP says 600, and 560 octets leave at once", "[learner]")
{
    const Trace trace = run("path-mtu-tcp");
    Lines expected{"client: ARP? 10.0.0.1", "r1: ARP! 10.0.0.1", "client: SYN",
                   "r1: ARP? 10.0.1.2",     "r2: ARP! 10.0.1.2", "r2: ARP? 10.0.2.2",
                   "server: ARP! 10.0.2.2", "server: SYN,ACK",   "client: ACK"};
    // 600 - 40 = 560, and 1460 = 560 + 560 + 340
    expected += {"client: PSH,ACK +1460", "r1: ICMP 3/4", "client: ACK +560", "client: ACK +560",
                 "client: PSH,ACK +340",  "server: ACK",  "server: ACK",      "server: ACK"};
    CHECK(exchange(trace) == expected);
    // Without a time-out: in the instant in which the ICMP message arrives.
    SimTime told = SimTime::never();
    for (const PacketInfo& packet : trace.packets()) {
        if (!packet.parent && said(summarize(trace.bytes(packet.id)), packet) == "ICMP 3/4")
            told = packet.endAt;
        if (!packet.parent && packet.retransmission)
            CHECK(packet.sentAt == told);
    }
}

} // namespace packetarium::learner_network_test
