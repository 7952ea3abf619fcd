// SPDX-License-Identifier: GPL-3.0-or-later
// The endpoint's protocol, its UDP sockets, options and polls; and that no line can hurt it.
#include "tests/support/catch.h"

#include "tests/core/endpoint_rig.h"
#include "tests/support/places.h"

#include <cstdio>
#include <fstream>

namespace packetarium::endpoint_session_test {

using test::EndpointRig;
using test::failed;
using test::ret;
using Json = EndpointRig::Json;
using Lines = std::vector<std::string>;

namespace {

/// The requests and replies of the example in docs/endpoint.md: lines after "> " and "< ".
std::vector<std::pair<std::string, std::string>> exampleOfTheDocument()
{
    std::ifstream in(packetarium::test::sourceRoot() / "docs/endpoint.md");
    std::vector<std::pair<std::string, std::string>> pairs;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with("> {"))
            pairs.emplace_back(line.substr(2), "");
        else if (line.starts_with("< ") && !pairs.empty())
            pairs.back().second = line.substr(2);
    }
    return pairs;
}

} // namespace

TEST_CASE("the document's example is what happens", "[endpoint]")
{
    EndpointSession session;
    const auto pairs = exampleOfTheDocument();
    REQUIRE(pairs.size() > 8);
    for (const auto& [request, reply] : pairs) {
        INFO(request);
        CHECK(session.handle(request) == reply);
    }
}

TEST_CASE("the program speaks it over a pipe", "[endpoint]")
{
    const auto folder = packetarium::test::scratchDir();
    const auto input = folder / "endpoint-input";
    std::string expected;
    {
        std::ofstream out(input, std::ios::binary);
        for (const auto& [request, reply] : exampleOfTheDocument()) {
            out << request << "\n\n";
            expected += reply + "\n";
        }
        out << "nonsense"; // the last line lacks its end
        expected += "{\"error\":\"not JSON\",\"line\":" + std::to_string(exampleOfTheDocument().size() + 1) + "}\n";
    }
    const std::string command =
        (packetarium::test::binDir() / "packetarium-cli").string() + " endpoint < " + input.string();
    FILE* pipe = popen(command.c_str(), "r");
    REQUIRE(pipe != nullptr);
    std::string got;
    for (int c = std::fgetc(pipe); c != EOF; c = std::fgetc(pipe))
        got.push_back(static_cast<char>(c));
    CHECK(pclose(pipe) == 0);
    CHECK(got == expected);
}

TEST_CASE("lines that are no requests are answered with what is wrong", "[endpoint]")
{
    EndpointRig rig;
    CHECK(rig.raw("{") == Json{{"error", "not JSON"}, {"line", 2}});
    CHECK(rig.raw("[1]")["error"] == "not a JSON object");
    CHECK(rig.raw("{}")["error"] == "there is no \"op\"");
    CHECK(rig.raw(R"({"op":"fly"})").contains("error"));
    CHECK(rig.raw(R"({"op":"inject"})")["error"] == "there is no \"hex\"");
    CHECK(rig.raw(R"({"op":"inject","hex":"4"})").contains("error"));
    CHECK(rig.raw(R"({"op":"run","until_us":"soon"})").contains("error"));
    CHECK(rig.raw(R"({"op":"run","stop_on":"never"})").contains("error"));
    CHECK(rig.raw(R"({"op":"info","fd":9})")["errno"] == "EBADF");
    const Json unknown = rig.raw(R"({"op":"call","id":"x","fn":"fork"})");
    CHECK(unknown["id"] == "x");
    CHECK(unknown["errno"] == "EINVAL");
    CHECK(rig.raw(R"({"op":"call","id":1,"fn":"bind"})")["errno"] == "EINVAL");
    CHECK(rig.raw(R"({"op":"call","id":1,"fn":"socket","args":{"type":"raw"}})")["errno"] == "ESOCKTNOSUPPORT");
    CHECK(rig.raw(R"({"op":"call","id":1,"fn":"socket","args":{"domain":"unix"}})")["errno"] == "EAFNOSUPPORT");
    CHECK(EndpointSession().handle("  ").empty());
    CHECK(rig.raw("{\"op\":\"" + std::string(EndpointSession::kLongestLine, 'x') + "\"}").contains("error"));
}

TEST_CASE("reset takes every setting by its short name or its key in scenario files", "[endpoint]")
{
    EndpointRig rig;
    const Json host{{"ip", {"10.1.0.1/16", "2001:db8::1/64"}},
                    {"mtu", 9000},
                    {"iss", {1, 2}},
                    {"rcvbuf", 1000},
                    {"sndbuf", 1000},
                    {"mss", 500},
                    {"wscale", 7},
                    {"profile", "linux"},
                    {"cc", "reno"},
                    {"min_rto_ms", 300},
                    {"delack_ms", 40},
                    {"timestamps", true},
                    {"sack", 1},
                    {"ecn", false},
                    {"nodelay", true},
                    {"iw", 3},
                    {"msl_ms", 1000},
                    {"syn_retries", 2},
                    {"data-retries", 3},
                    {"keepalive", true},
                    {"keepalive_idle_s", 60},
                    {"keep-alive-interval", "10 s"},
                    {"user_timeout_ms", 5000},
                    {"quickack", 0},
                    {"seed", 3},
                    {"limited_transmit", false}};
    const Json reply = rig.request({{"op", "reset"}, {"host", host}});
    CHECK(reply ==
          Json{{"ok", true}, {"now_us", 0}, {"addresses", {"10.1.0.1/16", "2001:db8::1/64", "fe80::ff:fe00:1/64"}}});
    const Json wrong = rig.request({{"op", "reset"}, {"host", {{"colour", "red"}}}});
    CHECK(wrong["error"] == "unknown key: host.colour");
    for (const Json& bad : {Json{{"mss", 1}}, Json{{"wscale", 15}}, Json{{"cc", "fast"}}, Json{{"ip", "10.0.0"}},
                            Json{{"mtu", 10}}, Json{{"delack_ms", 500}}, Json{{"profile", "bsd"}}}) {
        INFO(bad.dump());
        CHECK(rig.request({{"op", "reset"}, {"host", bad}}).contains("error"));
    }
}

TEST_CASE("settings reach the segments", "[endpoint]")
{
    EndpointRig rig(Json{{"mtu", 1000}, {"rcvbuf", 1234}});
    const int fd = rig.socket();
    rig.call("setsockopt", {{"fd", fd}, {"level", "IPPROTO_IP"}, {"name", "IP_TTL"}, {"value", 9}});
    rig.call("connect", {{"fd", fd}, {"addr", "203.0.113.5"}, {"port", 4000}});
    const std::string hex = rig.run()["outputs"][0]["hex"];
    CHECK(hex.substr(16, 2) == "09");           // TTL
    CHECK(hex.substr(2 * 34, 4) == "04d2");     // window 1234
    CHECK(hex.substr(2 * 40, 8) == "020403c0"); // MSS 960
}

TEST_CASE("IPv6 peers are reached as well", "[endpoint]")
{
    EndpointRig rig(Json{{"ip", "2001:db8::1"}});
    const int fd = rig.call("socket", {{"domain", "AF_INET6"}, {"type", "SOCK_STREAM"}})["ret"];
    rig.call("connect", {{"fd", fd}, {"addr", "2001:db8:9::2"}, {"port", 4000}});
    const Json outputs = rig.run()["outputs"];
    REQUIRE(outputs.size() == 1);
    CHECK(std::string(outputs[0]["hex"]).substr(0, 2) == "60");
    CHECK(rig.request({{"op", "info"}, {"fd", fd}})["local"]["addr"] == "2001:db8::1");
}

TEST_CASE("bad datagrams are counted and dropped", "[endpoint]")
{
    EndpointRig rig;
    CHECK(rig.inject(Bytes{1, 2, 3})["dropped"] == "ignored-malformed");
    CHECK(rig.inject({})["ok"] == true);
    Bytes datagram = EndpointRig::datagram(kProtocolTcp, Bytes(20, 0));
    CHECK(rig.inject(datagram)["dropped"] != nullptr);
    datagram[10] ^= 1;
    CHECK(rig.inject(datagram)["dropped"] == "ignored-bad-ip-checksum");
    CHECK(rig.request({{"op", "info"}})["dropped"]["ignored-bad-ip-checksum"] == 1);
    CHECK(rig.sent().empty());
}

TEST_CASE("segments for nobody are reset, datagrams answered by ICMP", "[endpoint]")
{
    EndpointRig rig;
    rig.segment(TcpFlags::Syn, 0, 0);
    const Lines reset = rig.sent();
    REQUIRE(reset.size() == 1);
    CHECK(reset[0].starts_with("RST,ACK"));
    rig.udp(9, 53, "?");
    CHECK(rig.sent() == Lines{"ICMP 3/3"});
}

TEST_CASE("UDP keeps messages apart", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket("dgram");
    CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}}) == failed("EDESTADDRREQ"));
    CHECK(rig.call("bind", {{"fd", fd}, {"port", 53}}) == ret(0));
    CHECK(rig.call("recvfrom", {{"fd", fd}, {"nonblock", true}}) == failed("EAGAIN"));
    rig.udp(9, 53, "one");
    rig.udp(10, 53, "two");
    CHECK(rig.call("recvfrom", {{"fd", fd}}) ==
          Json{{"ret", 3}, {"hex", "6f6e65"}, {"data", "one"}, {"addr", "10.0.0.2"}, {"port", 9}});
    const Json cut = rig.call("recvfrom", {{"fd", fd}, {"len", 2}});
    CHECK(cut["ret"] == 2);
    CHECK(cut["data"] == "tw");
    CHECK(cut["flags"] == Json::array({"MSG_TRUNC"}));
    CHECK(rig.call("sendto", {{"fd", fd}, {"data", "three"}, {"addr", "10.0.0.2"}, {"port", 9}}) == ret(5));
    CHECK(rig.sent() == Lines{"UDP 53>9 \"three\""});
    CHECK(rig.call("sendto", {{"fd", fd}, {"len", 70000}, {"addr", "10.0.0.2"}, {"port", 9}}) == failed("EMSGSIZE"));
    CHECK(rig.call("listen", {{"fd", fd}}) == failed("EOPNOTSUPP"));
    CHECK(rig.call("accept", {{"fd", fd}}) == failed("EOPNOTSUPP"));
}

TEST_CASE("a connected UDP socket hears its peer only, and that nobody is there", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket("dgram");
    CHECK(rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 9}}) == ret(0));
    CHECK(rig.call("recv", {{"fd", fd}}, 4) == Json{{"pending", true}});
    const std::uint16_t port = rig.call("getsockname", {{"fd", fd}})["port"];
    rig.udp(10, port, "stranger");
    rig.sent();
    CHECK(rig.done.empty());
    rig.udp(9, port, "peer");
    rig.sent();
    CHECK(rig.done[0]["data"] == "peer");
    rig.call("send", {{"fd", fd}, {"data", "anybody?"}});
    const std::string hex = rig.run()["outputs"][0]["hex"];
    IcmpMessage message;
    message.type = IcmpMessage::DestinationUnreachable;
    message.code = IcmpMessage::PortUnreachable;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
        message.payload.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    rig.inject(EndpointRig::datagram(kProtocolIcmp, encodeIcmp(message)));
    CHECK(rig.call("recv", {{"fd", fd}}) == failed("ECONNREFUSED"));
    CHECK(rig.call("send", {{"fd", fd}, {"data", "again"}}) == ret(5));
}

TEST_CASE("options are set and got", "[endpoint]")
{
    EndpointRig rig(Json{{"profile", "linux"}});
    const int fd = rig.socket();
    const auto get = [&](std::string_view name) {
        return rig.call("getsockopt", {{"fd", fd}, {"level", "SOL_SOCKET"}, {"name", name}})["value"];
    };
    for (const auto& [name, value] : {std::pair<std::string, Json>{"SO_RCVBUF", 5000},
                                      {"SO_SNDBUF", 6000},
                                      {"SO_KEEPALIVE", 1},
                                      {"SO_REUSEADDR", 1},
                                      {"TCP_NODELAY", 1},
                                      {"TCP_MAXSEG", 600},
                                      {"TCP_KEEPIDLE", 30},
                                      {"TCP_KEEPINTVL", 5},
                                      {"TCP_KEEPCNT", 4},
                                      {"TCP_USER_TIMEOUT", 7000},
                                      {"TCP_CONGESTION", "reno"},
                                      {"TCP_QUICKACK", 1},
                                      {"TCP_CORK", 1},
                                      {"IP_TTL", 33},
                                      {"SO_RCVTIMEO", 250},
                                      {"SO_LINGER", Json{{"onoff", 1}, {"linger", 3}}}}) {
        INFO(name);
        CHECK(rig.call("setsockopt", {{"fd", fd}, {"name", name}, {"value", value}}) == ret(0));
        CHECK(get(name) == value);
    }
    CHECK(get("SO_TYPE") == "SOCK_STREAM");
    CHECK(get("SO_ACCEPTCONN") == 0);
    CHECK(rig.call("getsockopt", {{"fd", fd}, {"name", "TCP_INFO"}})["value"]["state"] == "CLOSED");
    CHECK(rig.call("setsockopt", {{"fd", fd}, {"name", "SO_MAGIC"}, {"value", 1}})["errno"] == "ENOPROTOOPT");
    CHECK(rig.call("setsockopt", {{"fd", fd}, {"name", "SO_TYPE"}, {"value", 1}})["errno"] == "ENOPROTOOPT");
    CHECK(rig.call("setsockopt", {{"fd", fd}, {"name", "IP_TTL"}, {"value", 300}})["errno"] == "EINVAL");
    const int udp = rig.socket("dgram");
    CHECK(rig.call("getsockopt", {{"fd", udp}, {"name", "TCP_NODELAY"}})["errno"] == "ENOPROTOOPT");
}

TEST_CASE("poll waits for readiness or for its time", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.connected();
    const auto poll = [&](const Json& events, const Json& timeout) {
        return rig.call("poll", {{"fds", {{{"fd", fd}, {"events", events}}}}, {"timeout_ms", timeout}}, 3);
    };
    CHECK(poll({"POLLOUT", "POLLIN"}, 0)["fds"][0]["revents"] == Json::array({"POLLOUT"}));
    CHECK(poll({"POLLIN"}, 0)["ret"] == 0);
    CHECK(poll({"POLLIN"}, 50)["pending"] == true);
    const Json late = rig.run({{"until_us", 1'000'000}, {"stop_on", "done"}});
    CHECK(late["now_us"] == 50'000);
    CHECK(late["done"][0]["ret"] == 0);
    CHECK(poll({"POLLIN"}, -1)["pending"] == true);
    rig.segment(TcpFlags::Ack, 1, 1, "x");
    rig.sent();
    CHECK(rig.done[0]["fds"][0]["revents"] == Json::array({"POLLIN"}));
    CHECK(rig.call("poll", {{"fds", {99}}})["fds"][0]["revents"] == Json::array({"POLLNVAL"}));
}

TEST_CASE("time passes only when asked to, and stops where asked", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket();
    rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 1}});
    CHECK(rig.run({{"stop_on", "output"}, {"until_us", 5'000'000}})["now_us"] == 0); // what waits comes first
    CHECK(rig.run({{"stop_on", "output"}, {"until_us", 5'000'000}})["now_us"] == 1'000'000);
    CHECK(rig.run({{"until_us", 2'500'000}})["now_us"] == 2'500'000);
    CHECK(rig.run({{"until_us", 10}})["now_us"] == 2'500'000);
    CHECK(rig.run({{"for_us", 500'000}})["outputs"].size() == 1);
}

TEST_CASE("descriptors, calls and connections are bounded", "[endpoint]")
{
    EndpointRig rig;
    Json last;
    for (int i = 0; i < 1025; ++i)
        last = rig.call("socket", {{"domain", "inet"}, {"type", "stream"}});
    CHECK(last == failed("EMFILE"));
    EndpointRig other;
    const int fd = other.listening();
    for (int i = 0; i < 5000; ++i)
        last = other.call("accept", {{"fd", fd}});
    CHECK(last == failed("ENOBUFS"));
}

TEST_CASE("a host can talk to itself", "[endpoint]")
{
    EndpointRig rig(Json{{"iss", {100, 200}}});
    const int listener = rig.listening();
    const int fd = rig.socket();
    rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.1"}, {"port", 80}}, 2);
    CHECK(rig.sent().empty());
    CHECK(rig.done == Json::array({{{"done", 2}, {"ret", 0}}}));
    CHECK(rig.call("accept", {{"fd", listener}})["addr"] == "10.0.0.1");
}

TEST_CASE("what a UDP socket sends carries its descriptor", "[endpoint]")
{
    EndpointRig rig;
    const int first = rig.socket("dgram"), second = rig.socket("dgram");
    rig.call("sendto", {{"fd", second}, {"data", "x"}, {"addr", "10.0.0.2"}, {"port", 7}});
    rig.call("sendto", {{"fd", first}, {"len", 2000}, {"addr", "10.0.0.2"}, {"port", 7}}); // two fragments
    rig.udp(9, 53, "nobody is there");
    const Json outputs = rig.run()["outputs"];
    REQUIRE(outputs.size() == 4);
    CHECK(outputs[0]["fd"] == second);
    CHECK(outputs[1]["fd"] == first);
    CHECK(outputs[2]["fd"] == first);
    CHECK_FALSE(outputs[3].contains("fd")); // ICMP is the host's own
    CHECK_FALSE(outputs[0].contains("conn"));
}

TEST_CASE("MSG_MORE is of TCP", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket("dgram");
    rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 7}});
    CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}, {"flags", "MSG_MORE"}}) == failed("EOPNOTSUPP"));
    CHECK(rig.sent().empty());
}

TEST_CASE("an algorithm that is none is not found", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket();
    CHECK(rig.call("setsockopt", {{"fd", fd}, {"name", "TCP_CONGESTION"}, {"value", "bbr"}}) == failed("ENOENT"));
    CHECK(rig.call("setsockopt", {{"fd", fd}, {"name", "TCP_CONGESTION"}, {"value", 5}})["errno"] == "EINVAL");
    CHECK(rig.call("setsockopt", {{"fd", fd}, {"name", "TCP_CONGESTION"}, {"value", "cubic"}}) == ret(0));
}

TEST_CASE("what a listener waits with is no connection", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.listening();
    const auto info = [&](int conn) { return rig.request({{"op", "info"}, {"conn", conn}}); };
    CHECK(info(0)["error"] == "there is no such connection");
    rig.handshake();
    rig.call("accept", {{"fd", fd}});
    CHECK(info(0)["state"] == "ESTABLISHED");
    CHECK(info(1)["error"] == "there is no such connection");
    CHECK(rig.request({{"op", "info"}})["connections"] == Json::array({{{"conn", 0}, {"state", "ESTABLISHED"}}}));
    CHECK(rig.state(fd) == "LISTEN");
}

} // namespace packetarium::endpoint_session_test
