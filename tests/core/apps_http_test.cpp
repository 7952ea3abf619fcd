// SPDX-License-Identifier: GPL-3.0-or-later
// The web: a browser and a server, 10 ms apart.
#include "core/apps/http_fields.h"
#include "core/apps/http_server.h"
#include "core/presentation/presentation.h"
#include "tests/support/apps_rig.h"
#include "tests/support/catch.h"

namespace packetarium::apps_http_test {

using namespace literals;
using namespace testing;

namespace {

using Lines = std::vector<std::string>;

Scenario webServer(std::vector<HttpFileSpec> files)
{
    Scenario scenario = twoOnACable(10_ms);
    scenario.hosts[1].services.http = HttpServiceSpec{80, true, std::move(files)};
    return scenario;
}

HttpFileSpec page(const std::string& path, const std::string& html)
{
    return {path, "text/html", octets(html), false, false};
}

Engine run(const Scenario& scenario, SimDuration until = 30_s)
{
    Engine engine(scenario);
    engine.runUntil(SimTime::zero() + until);
    return engine;
}

/// The messages that went over the client's first connection, from the server.
std::vector<HttpMessage> responses(const Trace& trace)
{
    HttpParser parser(HttpParser::Kind::Responses);
    std::vector<HttpMessage> messages = parser.feed(streamFrom(trace, "server", 80));
    REQUIRE(parser.error() == HttpError::None);
    return messages;
}

std::size_t connections(const Trace& trace)
{
    std::size_t syns = 0;
    for (const PacketInfo& packet : trace.packets())
        syns += packet.cause == Reason::SentConnect ? 1u : 0u;
    return syns;
}

const Lines kEventsOfOne = {
    "0.0 client url-opened http://server/",
    "0.0 client url-connecting 10.0.0.2:80",
    // ARP 20 ms, SYN and SYN,ACK 20 ms; the request rides behind the ACK.
    "0.04 client url-requested GET /",
    "0.05 server request-received GET /",
    "0.05 server response-sent 200 200 OK",
    "0.06 client url-answered 200 200 OK",
    "0.06 client url-shown 15 text/html",
};

} // namespace

TEST_CASE("a page: connect, ask, answer, show, close", "[apps]")
{
    Scenario scenario = webServer({page("/", "<h1>Hello</h1>\n")});
    at(scenario, 0_ms, "client", DoOpen{.url = "http://server/"});
    const Engine engine = run(scenario);
    CHECK(doings(engine.trace()) == kEventsOfOne);
    CHECK(text(streamFrom(engine.trace(), "client", 49152)) == "GET / HTTP/1.1\r\n"
                                                               "Host: server\r\n"
                                                               "User-Agent: Packetarium\r\n"
                                                               "Accept: */*\r\n"
                                                               "Accept-Encoding: gzip\r\n\r\n");
    CHECK(text(streamFrom(engine.trace(), "server", 80)) == "HTTP/1.1 200 OK\r\n"
                                                            "Server: Packetarium\r\n"
                                                            "Content-Type: text/html\r\n"
                                                            "Content-Length: 15\r\n\r\n"
                                                            "<h1>Hello</h1>\n");
    // Whoever is done closes: the client, and so it waits in TIME-WAIT.
    CHECK(engine.hosts()[0].connections().back().tcp.state() == TcpState::TimeWait);
}

TEST_CASE("the page's images come on the same connection, one after another, each once", "[apps]")
{
    const std::string html =
        "<img src=\"/a.png\"><p><IMG alt='x' src='b.png'><img src=\"/a.png\"><image src=\"/no.png\">"
        "<img src=\"http://elsewhere.example/c.png\"><img data-src=\"/no.png\">";
    Scenario scenario = webServer({page("/dir/index.html", html),
                                   {"/a.png", "image/png", Bytes(3000, 1), false, false},
                                   {"/dir/b.png", "image/png", Bytes(10, 2), false, false}});
    at(scenario, 0_ms, "client", DoOpen{.url = "http://10.0.0.2/dir/index.html"});
    const Engine engine = run(scenario);
    CHECK(doings(engine.trace(), {ProgramEvent::UrlRequested, ProgramEvent::UrlShown}) ==
          Lines{
              "0.04 client url-requested GET /dir/index.html",
              "0.06 client url-shown " + std::to_string(html.size()) + " text/html",
              "0.06 client url-requested GET /a.png",
              "0.08 client url-shown 3000 image/png",
              "0.08 client url-requested GET /dir/b.png",
              "0.1 client url-shown 10 image/png",
          });
    CHECK(connections(engine.trace()) == 1);
    CHECK(responses(engine.trace()).size() == 3);
}

TEST_CASE("a server that does not keep connections costs one for each file", "[apps]")
{
    Scenario scenario = webServer({page("/", "<img src=/a.png><img src=/b.png>"),
                                   {"/a.png", "image/png", Bytes(5, 1), false, false},
                                   {"/b.png", "image/png", Bytes(6, 1), false, false}});
    scenario.hosts[1].services.http->keepAlive = false;
    at(scenario, 0_ms, "client", DoOpen{.url = "http://10.0.0.2/"});
    const Engine engine = run(scenario);
    CHECK(connections(engine.trace()) == 3);
    // Each file after the first: 20 ms for the handshake more than on an open connection.
    CHECK(doings(engine.trace(), {ProgramEvent::UrlShown}) == Lines{
                                                                  "0.06 client url-shown 32 text/html",
                                                                  "0.1 client url-shown 5 image/png",
                                                                  "0.14 client url-shown 6 image/png",
                                                              });
    CHECK(responses(engine.trace()).at(0).headers.get("Connection") == "close");
}

TEST_CASE("a body may come in chunks, gzipped, or both, and is the same in the end", "[apps]")
{
    Bytes body;
    for (int i = 0; i < 2500; ++i)
        body.push_back(static_cast<std::uint8_t>("repetition "[i % 11]));
    for (const bool chunked : {false, true}) {
        for (const bool zipped : {false, true}) {
            Scenario scenario = webServer({{"/f", "text/plain", body, zipped, chunked}});
            at(scenario, 0_ms, "client", DoOpen{.url = "http://10.0.0.2/f"});
            const Engine engine = run(scenario);
            CHECK(doings(engine.trace(), {ProgramEvent::UrlShown}) == Lines{"0.06 client url-shown 2500 text/plain"});
            const HttpMessage response = responses(engine.trace()).at(0);
            CHECK(response.headers.get("Transfer-Encoding").has_value() == chunked);
            CHECK(response.headers.get("Content-Length").has_value() == !chunked);
            CHECK(response.headers.get("Content-Encoding").has_value() == zipped);
            CHECK((zipped ? gunzip(response.body, 10'000) : std::optional(response.body)) == body);
            CHECK((response.body.size() < 200) == zipped);
            const std::string wire = text(streamFrom(engine.trace(), "server", 80));
            // 2500 = 1024 + 1024 + 452, in hexadecimal 400, 400, 1c4.
            if (chunked && !zipped)
                CHECK(wire.ends_with("\r\n0\r\n\r\n"));
            CHECK((wire.find("\r\n1c4\r\n") != std::string::npos) == (chunked && !zipped));
        }
    }
}

TEST_CASE("who does not accept gzip gets none", "[apps]")
{
    Scenario scenario = webServer({{"/f", "text/plain", Bytes(500, 'x'), true, false}});
    at(scenario, 0_ms, "client", DoOpen{.url = "http://10.0.0.2/f", .acceptGzip = false});
    const HttpMessage response = responses(run(scenario).trace()).at(0);
    CHECK(response.body == Bytes(500, 'x'));
    CHECK(response.headers.get("Vary") == "Accept-Encoding");
}

TEST_CASE("a large body fills many segments and arrives whole", "[apps]")
{
    Bytes body(200'000);
    for (std::size_t i = 0; i < body.size(); ++i)
        body[i] = static_cast<std::uint8_t>(i * 31 >> 3);
    Scenario scenario = webServer({{"/big", "application/zip", body, false, false}});
    at(scenario, 0_ms, "client", DoOpen{.url = "http://10.0.0.2/big"});
    const Engine engine = run(scenario);
    CHECK(responses(engine.trace()).at(0).body == body);
    const Lines shown = doings(engine.trace(), {ProgramEvent::UrlShown});
    REQUIRE(shown.size() == 1);
    CHECK(shown[0].ends_with("url-shown 200000 application/zip"));
}

TEST_CASE("what is not there is 404, and shown all the same", "[apps]")
{
    Scenario scenario = webServer({page("/", "x")});
    at(scenario, 0_ms, "client", DoOpen{.url = "http://10.0.0.2/nothing"});
    CHECK(doings(run(scenario).trace(), {ProgramEvent::UrlAnswered, ProgramEvent::UrlShown}) ==
          Lines{"0.06 client url-answered 404 404 Not Found", "0.06 client url-shown 23 text/html"});
}

TEST_CASE("a connection can fail: nobody listens, nobody is there, it is cut, it is silent", "[apps]")
{
    Scenario scenario = twoOnACable(10_ms);
    at(scenario, 0_ms, "client", DoOpen{.url = "http://10.0.0.2:8080/"});
    at(scenario, 0_ms, "client", DoOpen{.url = "http://192.0.2.1/"});
    CHECK(doings(run(scenario).trace(), {ProgramEvent::UrlFailed}) ==
          Lines{
              "0.0 client url-failed http://192.0.2.1/ not-reachable",
              "0.04 client url-failed http://10.0.0.2:8080/ connection-refused",
          });

    scenario = twoOnACable(10_ms);
    at(scenario, 0_ms, "server", DoListen{8080});
    at(scenario, 100_ms, "server", DoAbort{});
    at(scenario, 0_ms, "client", DoOpen{.url = "http://10.0.0.2:8080/"});
    CHECK(doings(run(scenario).trace(), {ProgramEvent::UrlFailed}) ==
          Lines{"0.11 client url-failed http://10.0.0.2:8080/ connection-reset"});

    // The server takes the request at 50 ms and says nothing: 30 s from when it was sent.
    scenario.script.erase(scenario.script.begin() + 1);
    CHECK(doings(run(scenario, 60_s).trace(), {ProgramEvent::UrlFailed}) ==
          Lines{"30.04 client url-failed http://10.0.0.2:8080/ no-answer"});

    // A firewall lets nothing through: TCP gives up after 183 s of retransmissions (1+2+4+...+60+60).
    scenario = twoOnACable(10_ms);
    scenario.hosts[1].filtered = true;
    at(scenario, 0_ms, "client", DoOpen{.url = "http://10.0.0.2/"});
    const Lines failed = doings(run(scenario, 300_s).trace(), {ProgramEvent::UrlFailed});
    REQUIRE(failed.size() == 1);
    CHECK(failed[0].ends_with("url-failed http://10.0.0.2/ no-answer"));
}

TEST_CASE("a router that knows no way ends the attempt at once", "[apps]")
{
    Scenario scenario;
    addHost(scenario, "client", "10.0.0.1").gateway = Ipv4Address::parse("10.0.0.254");
    addHost(scenario, "server", "10.0.1.2").gateway = Ipv4Address::parse("10.0.1.254");
    addRouter(scenario, "r", "10.0.0.254/24", "10.0.1.254/24");
    join(scenario, "client", "r.left", 10_ms);
    join(scenario, "r.right", "server", 10_ms);
    at(scenario, 0_ms, "client", DoOpen{.url = "http://192.0.2.1/"});
    CHECK(doings(run(scenario).trace(), {ProgramEvent::UrlFailed}) ==
          Lines{"0.04 client url-failed http://192.0.2.1/ network-unreachable"});
}

TEST_CASE("what is typed by hand is answered: HEAD, other methods, nonsense, two requests at once", "[apps]")
{
    Scenario scenario = webServer({{"/f", "text/plain", octets("abc"), false, true}});
    const auto typed = [&](const std::string& request) {
        scenario.script.clear();
        at(scenario, 0_ms, "client", DoConnect{"server", 80, 50000});
        at(scenario, 100_ms, "client", DoSend{octets(request)});
        return text(streamFrom(run(scenario).trace(), "server", 80));
    };
    // As for GET but that nothing follows; a body in chunks has no length to tell.
    CHECK(typed("HEAD /f HTTP/1.1\r\nHost: a\r\n\r\n") == "HTTP/1.1 200 OK\r\n"
                                                          "Server: Packetarium\r\n"
                                                          "Content-Type: text/plain\r\n\r\n");
    const std::string head = typed("HEAD /no HTTP/1.1\r\nHost: a\r\n\r\n");
    CHECK(head.starts_with("HTTP/1.1 404 Not Found\r\n"));
    CHECK(head.ends_with("Content-Length: 23\r\n\r\n"));
    const std::string post = typed("POST /f HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nxy");
    CHECK(post.starts_with("HTTP/1.1 405 Method Not Allowed\r\n"));
    CHECK(post.find("Allow: GET, HEAD\r\n") != std::string::npos);
    for (const std::string bad :
         {"hello\r\n\r\n", "GET /f HTTP/1.1\r\n\r\n", "GET /f HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
          "GET /f HTTP/1.1\r\nHost : a\r\n\r\n"}) {
        const std::string answer = typed(bad);
        CHECK(answer.starts_with("HTTP/1.1 400 Bad Request\r\n"));
        CHECK(answer.find("Connection: close\r\n") != std::string::npos);
    }
    const std::string two =
        typed("GET /no HTTP/1.1\r\nHost: a\r\n\r\nGET /f HTTP/1.0\r\n\r\nGET /f HTTP/1.1\r\nHost: a\r\n\r\n");
    // Of HTTP/1.0 the connection is not kept, and no chunks are known; what follows is not answered.
    CHECK(two.find("404 Not Found") < two.find("200 OK"));
    CHECK(two.ends_with("Content-Type: text/plain\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabc"));
}

TEST_CASE("a browser speaks to what its name resolves to and names the host it was told", "[apps]")
{
    Scenario scenario = webServer({page("/", "<h1>Hello</h1>\n")});
    scenario.hosts[0].nameServer = *IpAddress::parse("10.0.0.2");
    scenario.hosts[1].services.dns =
        DnsServiceSpec{{"example.com"}, {{"www.example.com", "A", "10.0.0.2", 60}}, false, {}};
    scenario.hosts[1].services.http->port = 8080;
    at(scenario, 0_ms, "client", DoOpen{.url = "www.example.com:8080/"});
    at(scenario, 1_s, "client", DoOpen{.url = "http://nope.example.com/"});
    at(scenario, 2_s, "client", DoOpen{.url = "http://bad name/"});
    const Engine engine = run(scenario);
    CHECK(text(streamFrom(engine.trace(), "client", 49152)).find("Host: www.example.com:8080\r\n") !=
          std::string::npos);
    CHECK(doings(engine.trace(), {ProgramEvent::UrlShown, ProgramEvent::UrlFailed}) ==
          Lines{
              "0.08 client url-shown 15 text/html",
              "1.02 client url-failed http://nope.example.com/ no-such-name",
              "2.0 client url-failed http://bad name/ no-such-name",
          });
}

TEST_CASE("which codings are accepted, and what ends a connection", "[apps]")
{
    const auto accepts = [](const std::string& value) {
        HttpHeaders headers;
        headers.add("accept-encoding", value);
        return acceptsGzip(headers);
    };
    // RFC 9110 §12.5.3
    CHECK(accepts("gzip"));
    CHECK(accepts("compress, GZIP"));
    CHECK(accepts("br;q=1.0, gzip;q=0.5"));
    CHECK_FALSE(accepts("gzip;q=0"));
    CHECK_FALSE(accepts("gzip;q=0.000, br"));
    CHECK_FALSE(accepts("br"));
    CHECK_FALSE(accepts(""));
    CHECK_FALSE(acceptsGzip({}));
    const auto closes = [](const std::string& version, const std::string& option) {
        HttpMessage message;
        message.version = version;
        if (!option.empty())
            message.headers.add("Connection", option);
        return closesConnection(message);
    };
    // RFC 9112 §9.3
    CHECK_FALSE(closes("HTTP/1.1", ""));
    CHECK(closes("HTTP/1.1", "Close"));
    CHECK(closes("HTTP/1.1", "x, close"));
    CHECK(closes("HTTP/1.0", ""));
    CHECK_FALSE(closes("HTTP/1.0", "keep-alive"));
}

TEST_CASE("over IPv6 the same programs do the same", "[apps]")
{
    Scenario scenario = webServer({page("/", "<h1>Hello</h1>\n")});
    for (HostSpec& host : scenario.hosts) {
        host.address6 = Ipv6Address::parse(host.name == "client" ? "2001:db8::1" : "2001:db8::2");
        host.address = {}; // IPv6 only
    }
    scenario.hosts[0].nameServer = *IpAddress::parse("2001:db8::2");
    scenario.hosts[1].services.udpEcho = {7};
    scenario.hosts[1].services.dns =
        DnsServiceSpec{{"example.com"}, {{"www.example.com", "AAAA", "2001:db8::2", 60}}, false, {}};
    at(scenario, 0_ms, "client", DoPing{.to = "server", .count = 2});
    at(scenario, 2_s, "client", DoOpen{.url = "http://[2001:db8::2]/"});
    at(scenario, 3_s, "client", DoOpen{.url = "http://www.example.com/"});
    at(scenario, 4_s, "client", DoTraceroute{.to = "server"});
    at(scenario, 5_s, "client",
       DoSendDatagram{.to = "server", .port = 7, .localPort = 5000, .data = octets("hello"), .dontFragment = false});
    const Engine engine = run(scenario);
    const Lines client = doings(engine.trace(), "client");
    // Neighbour discovery takes as long as ARP: 20 ms.
    CHECK(client == Lines{
                        "0.0 client ping-sent 1 2001:db8::2",
                        "0.04 client ping-answered 40000000 2001:db8::2",
                        "1.0 client ping-sent 2 2001:db8::2",
                        "1.02 client ping-answered 20000000 2001:db8::2",
                        "2.0 client url-opened http://[2001:db8::2]/",
                        "2.0 client url-connecting [2001:db8::2]:80",
                        "2.02 client url-requested GET /",
                        "2.04 client url-answered 200 200 OK",
                        "2.04 client url-shown 15 text/html",
                        "3.0 client url-opened http://www.example.com/",
                        "3.0 client resolve-asked www.example.com",
                        "3.02 client resolve-answered www.example.com 2001:db8::2",
                        "3.02 client url-connecting [2001:db8::2]:80",
                        "3.04 client url-requested GET /",
                        "3.06 client url-answered 200 200 OK",
                        "3.06 client url-shown 15 text/html",
                        "4.0 client trace-probed 1",
                        "4.02 client trace-hop 1 2001:db8::2",
                        "4.02 client trace-done 1 2001:db8::2",
                        "5.0 client datagram-sent 5 [2001:db8::2]:7",
                        "5.02 client datagram-received 5 [2001:db8::2]:7",
                    });
}

} // namespace packetarium::apps_http_test
