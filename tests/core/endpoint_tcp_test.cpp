// SPDX-License-Identifier: GPL-3.0-or-later
// TCP sockets of the endpoint: scripts that are the peer, with exact answers.
#include "tests/support/catch.h"

#include "tests/core/endpoint_rig.h"

namespace packetarium::endpoint_tcp_test {

using test::EndpointRig;
using test::failed;
using test::ret;
using Json = EndpointRig::Json;
using Lines = std::vector<std::string>;

namespace {

constexpr std::uint8_t S = TcpFlags::Syn, A = TcpFlags::Ack, F = TcpFlags::Fin, R = TcpFlags::Rst, P = TcpFlags::Psh;

const Json kPending{{"pending", true}};

} // namespace

TEST_CASE("connect blocks until the handshake is done", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket();
    CHECK(fd == 3);
    rig.hostPort = 49152;
    CHECK(rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 4000}}, 7) == kPending);
    CHECK(rig.sent() == Lines{"SYN seq=0"});
    CHECK(rig.state(fd) == "SYN-SENT");
    CHECK(rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 4000}}) == failed("EALREADY"));
    CHECK(rig.segment(S | A, 0, 1) == Json{{"ok", true}});
    CHECK(rig.sent() == Lines{"ACK seq=1 ack=1"});
    CHECK(rig.done == Json::array({{{"done", 7}, {"ret", 0}}}));
    CHECK(rig.state(fd) == "ESTABLISHED");
    CHECK(rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 4000}}) == failed("EISCONN"));
    CHECK(rig.call("getpeername", {{"fd", fd}}) == Json{{"ret", 0}, {"addr", "10.0.0.2"}, {"port", 4000}});
    CHECK(rig.call("getsockname", {{"fd", fd}}) == Json{{"ret", 0}, {"addr", "10.0.0.1"}, {"port", 49152}});
}

TEST_CASE("connect is refused, now or later", "[endpoint]")
{
    EndpointRig rig;
    rig.hostPort = 49152;
    const int fd = rig.socket();
    rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2:4000"}}, 7);
    rig.segment(R | A, 0, 1);
    rig.sent();
    CHECK(rig.done == Json::array({{{"done", 7}, {"errno", "ECONNREFUSED"}}}));
    CHECK(rig.state(fd) == "CLOSED");

    rig.hostPort = 49153;
    const int other = rig.socket();
    CHECK(rig.call("connect", {{"fd", other}, {"addr", "10.0.0.2"}, {"port", 4000}, {"nonblock", true}}) ==
          failed("EINPROGRESS"));
    rig.segment(R | A, 0, 1);
    const Json polled = rig.call("poll", {{"fds", {{{"fd", other}, {"events", {"POLLOUT"}}}}}});
    CHECK(polled["ret"] == 1);
    CHECK(polled["fds"][0]["revents"] == Json::array({"POLLOUT", "POLLERR", "POLLHUP"}));
    CHECK(rig.call("getsockopt", {{"fd", other}, {"name", "SO_ERROR"}})["value"] == "ECONNREFUSED");
    CHECK(rig.call("getsockopt", {{"fd", other}, {"name", "SO_ERROR"}})["value"] == 0);
    // The socket may try again, from another port.
    CHECK(rig.call("connect", {{"fd", other}, {"addr", "10.0.0.2"}, {"port", 4000}}) == kPending);
    rig.hostPort = 49154;
    rig.segment(S | A, 0, 1);
    CHECK(rig.state(other) == "ESTABLISHED");
}

TEST_CASE("MSG_MORE: SEND without RFC 9293's PUSH flag waits for what comes", "[endpoint]")
{
    EndpointRig rig;
    rig.hostPort = 49152;
    const int fd = rig.socket();
    rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 4000}}, 7);
    rig.segment(S | A, 0, 1);
    rig.sent();
    CHECK(rig.call("send", {{"fd", fd}, {"data", "head"}, {"flags", "MSG_MORE"}}) == ret(4));
    CHECK(rig.sent() == Lines{});
    CHECK(rig.call("send", {{"fd", fd}, {"data", "body"}}) == ret(4));
    CHECK(rig.sent() == Lines{"PSH,ACK seq=1 ack=1 \"headbody\""});
    rig.segment(A, 1, 9);
    CHECK(rig.call("send", {{"fd", fd}, {"data", "tail"}, {"flags", {"MSG_MORE", "MSG_NOSIGNAL"}}}) == ret(4));
    CHECK(rig.sent() == Lines{});
    const Json reply = rig.run({{"until_us", 2'000'000}, {"stop_on", "output"}});
    REQUIRE(reply["outputs"].size() == 1);
    CHECK(reply["outputs"][0]["t_us"] == 500'000); // MUST-60: not without end
    CHECK(reply["outputs"][0]["cause"] == "sent-override-timer");
}

TEST_CASE("connect gives up as the settings say", "[endpoint]")
{
    EndpointRig rig(Json{{"syn_retries", 1}});
    const int fd = rig.socket();
    rig.call("connect", {{"fd", fd}, {"addr", "192.0.2.9"}, {"port", 4000}}, 7);
    const Json reply = rig.run({{"until_us", 10'000'000}, {"stop_on", "done"}});
    CHECK(reply["now_us"] == 3'000'000); // 1 s and 2 s, RFC 6298
    CHECK(reply["ended"] == "done");
    CHECK(reply["done"] == Json::array({{{"done", 7}, {"errno", "ETIMEDOUT"}}}));
    REQUIRE(reply["outputs"].size() == 2);
    CHECK(reply["outputs"][1]["t_us"] == 1'000'000);
    CHECK(reply["outputs"][1]["cause"] == "sent-retransmission");
}

TEST_CASE("a port that is unreachable ends an attempt to connect", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket();
    rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 4000}}, 7);
    const std::string hex = rig.run()["outputs"][0]["hex"];
    IcmpMessage message;
    message.type = IcmpMessage::DestinationUnreachable;
    message.code = IcmpMessage::PortUnreachable;
    for (std::size_t i = 0; i < 2 * 28; i += 2)
        message.payload.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
    rig.inject(EndpointRig::datagram(kProtocolIcmp, encodeIcmp(message)));
    rig.sent();
    CHECK(rig.done == Json::array({{{"done", 7}, {"errno", "ECONNREFUSED"}}}));
}

TEST_CASE("accept gives connections in the order of their handshakes", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.listening();
    CHECK(rig.state(fd) == "LISTEN");
    CHECK(rig.call("accept", {{"fd", fd}, {"nonblock", true}}) == failed("EAGAIN"));
    CHECK(rig.call("accept", {{"fd", fd}}, 9) == kPending);
    rig.segment(S, 0, 0);
    CHECK(rig.sent() == Lines{"SYN,ACK seq=0 ack=1"});
    CHECK(rig.done.empty());
    rig.segment(A, 1, 1);
    CHECK(rig.sent().empty());
    CHECK(rig.done == Json::array({{{"done", 9}, {"ret", 4}, {"addr", "10.0.0.2"}, {"port", 4000}}}));
    CHECK(rig.state(4) == "ESTABLISHED");
    CHECK(rig.state(fd) == "LISTEN");
    rig.peerPort = 4001;
    rig.handshake();
    CHECK(rig.call("poll", {{"fds", {fd}}})["fds"][0]["revents"] == Json::array({"POLLIN"}));
    CHECK(rig.call("accept", {{"fd", fd}}) == Json{{"ret", 5}, {"addr", "10.0.0.2"}, {"port", 4001}});
}

TEST_CASE("the accept queue holds one more than the backlog", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.listening(1);
    for (std::uint16_t port = 4000; port < 4002; ++port) {
        rig.peerPort = port;
        rig.handshake();
    }
    rig.sent();
    rig.peerPort = 4002;
    CHECK(rig.segment(S, 0, 0)["dropped"] == "ignored-backlog-full");
    CHECK(rig.sent().empty());
    CHECK(rig.call("accept", {{"fd", fd}})["port"] == 4000);
    rig.segment(S, 0, 0);
    CHECK(rig.sent() == Lines{"SYN,ACK seq=0 ack=1"});
}

TEST_CASE("the last segment of a handshake waits for room in the accept queue", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.listening(0);
    rig.segment(S, 0, 0);
    rig.peerPort = 4001;
    rig.segment(S, 0, 0);
    rig.segment(A, 1, 1);
    rig.peerPort = 4000;
    CHECK(rig.segment(A, 1, 1)["dropped"] == "ignored-backlog-full");
    rig.sent();
    CHECK(rig.call("accept", {{"fd", fd}})["port"] == 4001);
    CHECK(rig.sent(1'000'000) == Lines{"SYN,ACK seq=0 ack=1"}); // again
    rig.segment(A, 1, 1);
    CHECK(rig.call("accept", {{"fd", fd}})["port"] == 4000);
}

TEST_CASE("half-open connections are bounded", "[endpoint]")
{
    EndpointRig rig(Json{{"syn_backlog", 2}});
    rig.listening();
    for (std::uint16_t port = 4000; port < 4003; ++port) {
        rig.peerPort = port;
        const Json reply = rig.segment(S, 0, 0);
        CHECK(reply.contains("dropped") == (port == 4002));
    }
    rig.peerPort = 4000;
    rig.segment(R, 1, 0); // one of them goes away
    rig.peerPort = 4002;
    CHECK_FALSE(rig.segment(S, 0, 0).contains("dropped"));
}

TEST_CASE("closing a listener resets what nobody has accepted", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.listening();
    rig.handshake();
    rig.peerPort = 4001;
    rig.segment(S, 0, 0);
    rig.sent();
    CHECK(rig.call("close", {{"fd", fd}}) == ret(0));
    const Lines reset = rig.sent();
    REQUIRE(reset.size() == 1);
    CHECK(reset[0].starts_with("RST"));
    rig.segment(A, 1, 1); // the half-open one is forgotten: nobody knows this segment
    CHECK(rig.sent() == Lines{"RST seq=1"});
}

TEST_CASE("data go both ways, and recv blocks", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.connected();
    CHECK(rig.call("recv", {{"fd", fd}, {"flags", "MSG_DONTWAIT"}}) == failed("EAGAIN"));
    CHECK(rig.call("recv", {{"fd", fd}, {"len", 3}}, 11) == kPending);
    rig.segment(P | A, 1, 1, "hello");
    CHECK(rig.sent() == Lines{"ACK seq=1 ack=6"});
    CHECK(rig.done == Json::array({{{"done", 11}, {"ret", 3}, {"hex", "68656c"}, {"data", "hel"}}}));
    CHECK(rig.call("recv", {{"fd", fd}, {"flags", {"MSG_PEEK"}}})["data"] == "lo");
    CHECK(rig.call("read", {{"fd", fd}})["data"] == "lo");
    CHECK(rig.call("send", {{"fd", fd}, {"data", "abc"}}) == ret(3));
    CHECK(rig.sent() == Lines{"PSH,ACK seq=1 ack=6 \"abc\""});
    rig.segment(A, 6, 4);
    CHECK(rig.call("write", {{"fd", fd}, {"len", 4}}) == ret(4));
    CHECK(rig.sent() == Lines{"PSH,ACK seq=4 ack=6 \"abcd\""});
}

TEST_CASE("recv with MSG_WAITALL waits for all, or for the end", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.connected();
    CHECK(rig.call("recv", {{"fd", fd}, {"len", 6}, {"flags", "MSG_WAITALL"}}, 11) == kPending);
    rig.segment(A, 1, 1, "abcd");
    rig.sent();
    CHECK(rig.done.empty());
    rig.segment(A, 5, 1, "efgh");
    rig.sent();
    CHECK(rig.done[0]["data"] == "abcdef");
    CHECK(rig.call("recv", {{"fd", fd}, {"len", 6}, {"flags", "MSG_WAITALL"}}, 12) == kPending);
    rig.segment(F | A, 9, 1);
    rig.sent();
    CHECK(rig.done[0]["data"] == "gh");
    CHECK(rig.call("recv", {{"fd", fd}}) == Json{{"ret", 0}, {"hex", ""}, {"data", ""}});
}

TEST_CASE("a full send buffer blocks send", "[endpoint]")
{
    EndpointRig rig(Json{{"sndbuf", 4}});
    const int fd = rig.connected();
    CHECK(rig.call("send", {{"fd", fd}, {"data", "abcdef"}}, 5) == kPending);
    CHECK(rig.sent() == Lines{"PSH,ACK seq=1 ack=1 \"abcd\""});
    CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}, {"nonblock", true}}) == failed("EAGAIN"));
    rig.segment(A, 1, 5);
    CHECK(rig.sent() == Lines{"PSH,ACK seq=5 ack=1 \"ef\""});
    CHECK(rig.done == Json::array({{{"done", 5}, {"ret", 6}}}));
    CHECK(rig.call("send", {{"fd", fd}, {"data", "ghij"}, {"nonblock", true}}) == ret(2)); // as much as fits
}

TEST_CASE("what is unread shuts the window, and reading opens it", "[endpoint]")
{
    EndpointRig rig(Json{{"rcvbuf", 8}});
    const int fd = rig.connected();
    rig.segment(A, 1, 1, "abcdefgh");
    rig.sent();
    CHECK(rig.request({{"op", "info"}, {"fd", fd}})["variables"]["rcv_wnd"] == 0);
    CHECK(rig.call("recv", {{"fd", fd}})["data"] == "abcdefgh");
    CHECK(rig.sent() == Lines{"ACK seq=1 ack=9"});
    CHECK(rig.request({{"op", "info"}, {"fd", fd}})["variables"]["rcv_wnd"] == 8);
}

TEST_CASE("the peer closes first", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.connected();
    rig.segment(F | A, 1, 1);
    CHECK(rig.sent() == Lines{"ACK seq=1 ack=2"});
    CHECK(rig.state(fd) == "CLOSE-WAIT");
    CHECK(rig.call("recv", {{"fd", fd}})["ret"] == 0);
    CHECK(rig.call("send", {{"fd", fd}, {"data", "bye"}}) == ret(3));
    rig.sent();
    CHECK(rig.call("close", {{"fd", fd}}) == ret(0));
    CHECK(rig.sent() == Lines{"FIN,ACK seq=4 ack=2"});
    CHECK(rig.request({{"op", "info"}, {"fd", fd}})["state"] == "LAST-ACK"); // of the descriptor's last connection
    rig.segment(A, 2, 5);
    CHECK(rig.state(fd) == "CLOSED");
}

TEST_CASE("shutdown closes one direction", "[endpoint]")
{
    EndpointRig rig(Json{{"msl_ms", 1000}});
    const int fd = rig.connected();
    CHECK(rig.call("shutdown", {{"fd", fd}, {"how", "SHUT_WR"}}) == ret(0));
    CHECK(rig.sent() == Lines{"FIN,ACK seq=1 ack=1"});
    CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}}) == failed("EPIPE"));
    rig.segment(A, 1, 2);
    CHECK(rig.state(fd) == "FIN-WAIT-2");
    rig.segment(A, 1, 2, "late");
    rig.segment(F | A, 5, 2);
    CHECK(rig.state(fd) == "TIME-WAIT");
    rig.sent(3'000'000);
    CHECK(rig.state(fd) == "CLOSED");
    CHECK(rig.call("recv", {{"fd", fd}})["data"] == "late"); // the connection is gone, what it brought is not
    CHECK(rig.call("recv", {{"fd", fd}})["ret"] == 0);
}

TEST_CASE("a reset is told once", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.connected();
    SECTION("by send, then EPIPE")
    {
        rig.segment(R, 1, 0);
        CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}}) == failed("ECONNRESET"));
        CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}}) == failed("EPIPE"));
        CHECK(rig.call("recv", {{"fd", fd}})["ret"] == 0);
        CHECK(rig.call("getpeername", {{"fd", fd}}) == failed("ENOTCONN"));
        CHECK(rig.call("shutdown", {{"fd", fd}, {"how", 1}}) == failed("ENOTCONN"));
    }
    SECTION("by recv, after what had arrived")
    {
        rig.segment(A, 1, 1, "last");
        rig.segment(R, 5, 0);
        CHECK(rig.call("recv", {{"fd", fd}})["data"] == "last");
        CHECK(rig.call("recv", {{"fd", fd}}) == failed("ECONNRESET"));
        CHECK(rig.call("recv", {{"fd", fd}})["ret"] == 0);
    }
    SECTION("by the call that waits")
    {
        rig.call("recv", {{"fd", fd}}, 8);
        rig.segment(R, 1, 0);
        rig.sent();
        CHECK(rig.done == Json::array({{{"done", 8}, {"errno", "ECONNRESET"}}}));
    }
    SECTION("after the peer's FIN it is a broken pipe")
    {
        rig.segment(F | A, 1, 1);
        rig.segment(R, 2, 0);
        CHECK(rig.call("recv", {{"fd", fd}})["ret"] == 0);
        CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}}) == failed("EPIPE"));
    }
}

TEST_CASE("closing with data unread resets, and so does a linger of 0", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.connected();
    SECTION("unread")
    {
        rig.segment(A, 1, 1, "unread");
        rig.sent();
        rig.call("close", {{"fd", fd}});
    }
    SECTION("linger")
    {
        rig.call("setsockopt", {{"fd", fd}, {"name", "SO_LINGER"}, {"value", {{"onoff", 1}, {"linger", 0}}}});
        rig.call("close", {{"fd", fd}});
    }
    const Lines reset = rig.sent();
    REQUIRE(reset.size() == 1);
    CHECK(reset[0].starts_with("RST"));
    CHECK(rig.state(fd) == "CLOSED");
}

TEST_CASE("close lingers until the data are acknowledged", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.connected();
    rig.call("setsockopt", {{"fd", fd}, {"name", "SO_LINGER"}, {"value", {{"onoff", 1}, {"linger", 10}}}});
    rig.call("send", {{"fd", fd}, {"data", "x"}});
    CHECK(rig.call("close", {{"fd", fd}}, 6) == kPending);
    rig.sent();
    CHECK(rig.done.empty());
    rig.segment(A, 1, 3);
    rig.sent();
    CHECK(rig.done == Json::array({{{"done", 6}, {"ret", 0}}}));
}

TEST_CASE("calls in the wrong state", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket();
    CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}}) == failed("ENOTCONN"));
    CHECK(rig.call("recv", {{"fd", fd}}) == failed("ENOTCONN"));
    CHECK(rig.call("getpeername", {{"fd", fd}}) == failed("ENOTCONN"));
    CHECK(rig.call("shutdown", {{"fd", fd}, {"how", "rdwr"}}) == failed("ENOTCONN"));
    CHECK(rig.call("accept", {{"fd", fd}}) == failed("EINVAL"));
    CHECK(rig.call("recv", {{"fd", 77}}) == failed("EBADF"));
    CHECK(rig.call("close", {{"fd", 77}}) == failed("EBADF"));
    CHECK(rig.call("bind", {{"fd", fd}, {"addr", "10.0.0.9"}, {"port", 80}}) == failed("EADDRNOTAVAIL"));
    CHECK(rig.call("bind", {{"fd", fd}, {"addr", "2001:db8::1"}, {"port", 80}}) == failed("EAFNOSUPPORT"));
    CHECK(rig.call("connect", {{"fd", fd}, {"addr", "2001:db8::1"}, {"port", 80}}) == failed("EAFNOSUPPORT"));
    CHECK(rig.call("connect", {{"fd", fd}, {"addr", "224.0.0.1"}, {"port", 80}}) == failed("ENETUNREACH"));
    CHECK(rig.call("bind", {{"fd", fd}, {"port", 80}}) == ret(0));
    CHECK(rig.call("bind", {{"fd", fd}, {"port", 81}}) == failed("EINVAL"));
    CHECK(rig.call("listen", {{"fd", fd}, {"backlog", 1}}) == ret(0));
    CHECK(rig.call("listen", {{"fd", fd}, {"backlog", 2}}) == ret(0));
    CHECK(rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 80}}) == failed("EOPNOTSUPP"));
    CHECK(rig.call("recv", {{"fd", fd}}) == failed("ENOTCONN"));
    const int other = rig.socket();
    CHECK(rig.call("bind", {{"fd", other}, {"port", 80}}) == failed("EADDRINUSE"));
    CHECK(rig.call("close", {{"fd", fd}}) == ret(0));
    CHECK(rig.call("bind", {{"fd", other}, {"port", 80}}) == ret(0));
    CHECK(rig.socket() == fd); // the lowest that is free
}

TEST_CASE("a closed connection keeps its port, unless addresses may be used again", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.connected();
    rig.call("close", {{"fd", fd}});
    rig.segment(F | A, 1, 2);
    const int next = rig.socket();
    CHECK(rig.call("bind", {{"fd", next}, {"port", rig.hostPort}}) == failed("EADDRINUSE"));
    CHECK(rig.call("setsockopt", {{"fd", next}, {"opt", "so_reuseaddr"}, {"val", 1}}) == ret(0));
    CHECK(rig.call("bind", {{"fd", next}, {"port", rig.hostPort}}) == ret(0));
}

} // namespace packetarium::endpoint_tcp_test
