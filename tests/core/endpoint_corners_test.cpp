// SPDX-License-Identifier: GPL-3.0-or-later
// TCP sockets of the endpoint where POSIX leaves a choice and Linux decides, and what they cannot do.
#include "tests/support/catch.h"

#include "tests/core/endpoint_rig.h"

namespace packetarium::endpoint_corners_test {

using test::EndpointRig;
using test::failed;
using test::ret;
using Json = EndpointRig::Json;
using Lines = std::vector<std::string>;

namespace {

constexpr std::uint8_t S = TcpFlags::Syn, A = TcpFlags::Ack, F = TcpFlags::Fin, R = TcpFlags::Rst, P = TcpFlags::Psh;

const Json kPending{{"pending", true}};

} // namespace

TEST_CASE("recv with MSG_TRUNC counts octets and throws them away", "[endpoint]")
{
    EndpointRig rig; // tcp(7)
    const int fd = rig.connected();
    rig.segment(A, 1, 1, "hello");
    CHECK(rig.call("recv", {{"fd", fd}, {"flags", {"MSG_PEEK", "MSG_TRUNC"}}}) == ret(5));
    CHECK(rig.call("recv", {{"fd", fd}, {"len", 3}, {"flags", "MSG_TRUNC"}}) == ret(3));
    CHECK(rig.call("recv", {{"fd", fd}})["data"] == "lo");
    CHECK(rig.call("recv", {{"fd", fd}, {"len", 4}, {"flags", {"MSG_TRUNC", "MSG_WAITALL"}}}, 11) == kPending);
    rig.segment(A, 6, 1, "ab");
    rig.sent();
    CHECK(rig.done.empty());
    rig.segment(A, 8, 1, "cd");
    rig.sent();
    CHECK(rig.done == Json::array({{{"done", 11}, {"ret", 4}}}));
    // Of what a call has when its time is over, too.
    rig.call("setsockopt", {{"fd", fd}, {"name", "SO_RCVTIMEO"}, {"value", 100}});
    CHECK(rig.call("recv", {{"fd", fd}, {"len", 4}, {"flags", {"MSG_TRUNC", "MSG_WAITALL"}}}, 12) == kPending);
    rig.segment(A, 10, 1, "ef");
    rig.sent(100'000);
    CHECK(rig.done == Json::array({{{"done", 12}, {"ret", 2}}}));
    rig.segment(F | A, 12, 1);
    CHECK(rig.call("recv", {{"fd", fd}, {"flags", "MSG_TRUNC"}}) == ret(0));
}

TEST_CASE("after a connect that failed send breaks, and recv is as poll says", "[endpoint]")
{
    // What a Linux kernel (6.18) answers to the same calls.
    EndpointRig rig;
    const Json nothing{{"ret", 0}, {"hex", ""}, {"data", ""}};
    const int fd = rig.socket();
    const auto connect = [&](bool nonblock) {
        return rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 4000}, {"nonblock", nonblock}}, 7);
    };
    const auto polled = [&] {
        const Json entry{{"fd", fd}, {"events", {"POLLIN", "POLLOUT", "POLLRDHUP"}}};
        return rig.call("poll", {{"fds", Json::array({entry})}, {"timeout_ms", 0}})["fds"][0]["revents"];
    };
    rig.hostPort = 49152;
    SECTION("SO_ERROR has told it")
    {
        CHECK(connect(true) == failed("EINPROGRESS"));
        rig.segment(R | A, 0, 1);
        CHECK(polled() == Json::array({"POLLIN", "POLLOUT", "POLLERR", "POLLHUP", "POLLRDHUP"}));
        CHECK(rig.call("getsockopt", {{"fd", fd}, {"name", "SO_ERROR"}})["value"] == "ECONNREFUSED");
        CHECK(polled() == Json::array({"POLLIN", "POLLOUT", "POLLHUP", "POLLRDHUP"}));
        CHECK(rig.call("recv", {{"fd", fd}}) == nothing);
        CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}}) == failed("EPIPE"));
    }
    SECTION("connect itself has told it: the socket is not connected")
    {
        CHECK(connect(false) == kPending);
        rig.segment(R | A, 0, 1);
        rig.sent();
        CHECK(rig.done == Json::array({{{"done", 7}, {"errno", "ECONNREFUSED"}}}));
        CHECK(polled() == Json::array({"POLLOUT", "POLLHUP"}));
        CHECK(rig.call("recv", {{"fd", fd}}) == failed("ENOTCONN"));
        CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}}) == failed("EPIPE"));
    }
    SECTION("a second connect has told it")
    {
        CHECK(connect(true) == failed("EINPROGRESS"));
        rig.segment(R | A, 0, 1);
        CHECK(rig.call("listen", {{"fd", fd}}) == failed("EINVAL"));
        CHECK(connect(true) == failed("ECONNREFUSED"));
        CHECK(polled() == Json::array({"POLLOUT", "POLLHUP"}));
        CHECK(rig.call("recv", {{"fd", fd}}) == failed("ENOTCONN"));
        CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}}) == failed("EPIPE"));
    }
    // It may be tried again.
    CHECK(connect(false) == kPending);
    rig.hostPort = 49153;
    rig.segment(S | A, 0, 1);
    CHECK(rig.state(fd) == "ESTABLISHED");
    CHECK(rig.call("send", {{"fd", fd}, {"data", "x"}}) == ret(1));
    CHECK(polled() == Json::array({"POLLOUT"}));
}

TEST_CASE("a UDP socket whose directions are shut polls as one does", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket("dgram");
    REQUIRE(rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 9}})["ret"] == 0);
    const auto polled = [&] {
        const Json entry{{"fd", fd}, {"events", {"POLLIN", "POLLOUT", "POLLRDHUP"}}};
        return rig.call("poll", {{"fds", Json::array({entry})}, {"timeout", 0}})["fds"][0]["revents"];
    };
    CHECK(polled() == Json::array({"POLLOUT"}));
    rig.call("shutdown", {{"fd", fd}, {"how", "SHUT_RD"}});
    CHECK(polled() == Json::array({"POLLIN", "POLLOUT", "POLLRDHUP"}));
    rig.call("shutdown", {{"fd", fd}, {"how", "SHUT_WR"}});
    CHECK(polled() == Json::array({"POLLIN", "POLLOUT", "POLLHUP", "POLLRDHUP"}));
}

TEST_CASE("connections that cannot be begun, and closed before they are", "[endpoint]")
{
    EndpointRig rig;
    const auto toPort = [&](int fd, std::string_view addr, int port) {
        return rig.call("connect", {{"fd", fd}, {"addr", addr}, {"port", port}});
    };
    const auto opened = [&] { // without a domain or type: a TCP socket of IPv4
        const int fd = rig.call("socket", Json::object())["ret"];
        rig.call("setsockopt", {{"fd", fd}, {"name", "SO_REUSEPORT"}, {"value", 1}});
        CHECK(rig.call("bind", {{"fd", fd}, {"port", 50000}}) == ret(0));
        return fd;
    };
    const int fd = opened(), other = opened();
    CHECK(rig.call("getsockopt", {{"fd", fd}, {"name", "SO_TYPE"}})["value"] == "SOCK_STREAM");
    CHECK(rig.call("getsockopt", {{"fd", fd}, {"name", "SO_DOMAIN"}})["value"] == "AF_INET");
    CHECK(toPort(fd, "10.0.0.2", 0) == failed("EADDRNOTAVAIL"));
    CHECK(toPort(fd, "0.0.0.0", 80) == failed("EADDRNOTAVAIL"));
    CHECK(toPort(fd, "10.0.0.2", 80) == kPending);
    CHECK(rig.call("shutdown", {{"fd", fd}, {"how", "SHUT_WR"}}) == failed("ENOTCONN"));
    const Json variables = rig.request({{"op", "info"}, {"fd", fd}})["variables"];
    CHECK_FALSE(variables.contains("srtt")); // nothing is measured yet
    CHECK_FALSE(variables.contains("rttvar"));
    CHECK(toPort(other, "10.0.0.2", 80) == failed("EADDRINUSE")); // the same two ends
    CHECK(rig.call("listen", {{"fd", other}}) == ret(0));
    CHECK(rig.call("shutdown", {{"fd", other}, {"how", "SHUT_WR"}}) == failed("ENOTCONN"));
    CHECK(rig.call("accept4", {{"fd", other}, {"nonblock", true}}) == failed("EAGAIN"));
}

TEST_CASE("accept4's flag is of the descriptor that it makes", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.listening();
    CHECK(rig.call("accept4", {{"fd", fd}, {"flags", "SOCK_NONBLOCK"}}, 9) == kPending);
    rig.handshake();
    rig.sent();
    REQUIRE(rig.done[0]["ret"] == 4);
    CHECK(rig.call("getsockopt", {{"fd", 4}, {"name", "O_NONBLOCK"}})["value"] == 1);
    CHECK(rig.call("recv", {{"fd", 4}}) == failed("EAGAIN"));
    CHECK(rig.call("accept", {{"fd", fd}}) == kPending);
}

TEST_CASE("setting TCP_QUICKACK sends the acknowledgment that waits", "[endpoint]")
{
    EndpointRig rig(Json{{"delack_ms", 40}}); // tcp(7)
    const int fd = rig.connected();
    rig.segment(P | A, 1, 1, "x");
    CHECK(rig.sent().empty());
    CHECK(rig.call("setsockopt", {{"fd", fd}, {"name", "TCP_QUICKACK"}, {"value", 1}}) == ret(0));
    CHECK(rig.sent() == Lines{"ACK seq=1 ack=2"});
    CHECK(rig.sent(100'000).empty());
    rig.segment(P | A, 2, 1, "y");
    CHECK(rig.sent() == Lines{"ACK seq=1 ack=3"});
}

TEST_CASE("RFC 5681 section 2: SMSS and TCP_MAXSEG are what is left beside the options of each segment", "[endpoint]")
{
    for (const bool timestamps : {false, true}) {
        EndpointRig rig(Json{{"timestamps", timestamps}});
        rig.hostPort = 49152;
        const int fd = rig.socket();
        rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}, {"port", 4000}});
        TcpSegment answer;
        answer.sourcePort = 4000;
        answer.destinationPort = rig.hostPort;
        answer.flags.bits = S | A;
        answer.seq = Seq32(EndpointRig::kPeerIss);
        answer.ack = Seq32(EndpointRig::kIss + 1);
        answer.window = 65535;
        answer.mss = 1460;
        answer.timestamps = TcpTimestamps{1, 0};
        rig.inject(EndpointRig::datagram(kProtocolTcp, encodeTcp(answer, EndpointRig::kPeer, EndpointRig::kHost)));
        const int room = timestamps ? 1448 : 1460;
        CHECK(rig.call("getsockopt", {{"fd", fd}, {"name", "TCP_MAXSEG"}})["value"] == room);
        CHECK(rig.request({{"op", "info"}, {"fd", fd}})["variables"]["smss"] == room);
    }
}

TEST_CASE("what an ACK lets go acknowledges the data that it came with", "[endpoint]")
{
    EndpointRig rig({{"delack_ms", 0}, {"sack", false}}); // RFC 9293 section 3.10.7.4, seventh: piggybacked
    const int fd = rig.connected();
    rig.call("send", {{"fd", fd}, {"data", "first"}});
    rig.call("send", {{"fd", fd}, {"data", "second"}}); // waits, as Nagle has it
    CHECK(rig.sent() == Lines{"PSH,ACK seq=1 ack=1 \"first\""});
    SECTION("in order: one segment does both")
    {
        rig.segment(P | A, 1, 6, "hello");
        CHECK(rig.sent() == Lines{"PSH,ACK seq=6 ack=6 \"second\""});
        CHECK(rig.sent(500'000) == Lines{});
    }
    SECTION("behind a gap: the duplicate ACK goes without data, or it would not count as one (RFC 5681 section 2)")
    {
        rig.segment(P | A, 11, 6, "hello");
        CHECK(rig.sent() == Lines{"PSH,ACK seq=6 ack=1 \"second\"", "ACK seq=12 ack=1"});
    }
}

TEST_CASE("what came before a reset is read after accept(), too", "[endpoint]")
{
    EndpointRig rig;
    const int listener = rig.listening();
    rig.handshake();
    rig.segment(P | A, 1, 1, "hello");
    rig.segment(R, 6, 0);
    const int fd = rig.call("accept", {{"fd", listener}})["ret"];
    CHECK(rig.call("recv", {{"fd", fd}})["data"] == "hello");
    CHECK(rig.call("recv", {{"fd", fd}}) == failed("ECONNRESET"));
    CHECK(rig.call("recv", {{"fd", fd}})["ret"] == 0);
}

TEST_CASE("TCP_NODELAY pushes what TCP_CORK holds back, but not what follows", "[endpoint]")
{
    EndpointRig rig; // Linux, tcp(7)
    const int fd = rig.connected();
    rig.call("setsockopt", {{"fd", fd}, {"name", "TCP_CORK"}, {"value", 1}});
    rig.call("send", {{"fd", fd}, {"data", "held"}});
    CHECK(rig.sent() == Lines{});
    rig.call("setsockopt", {{"fd", fd}, {"name", "TCP_NODELAY"}, {"value", 1}});
    CHECK(rig.sent() == Lines{"PSH,ACK seq=1 ack=1 \"held\""});
    rig.segment(A, 1, 5);
    rig.call("send", {{"fd", fd}, {"data", "more"}});
    CHECK(rig.sent() == Lines{});
    CHECK(rig.call("getsockopt", {{"fd", fd}, {"name", "TCP_CORK"}})["value"] == 1);
}

TEST_CASE("without TCP_QUICKACK not even the first segments are acknowledged at once", "[endpoint]")
{
    EndpointRig rig({{"profile", "linux"}, {"delack_ms", 40}});
    const int fd = rig.connected();
    rig.segment(P | A, 1, 1, "a");
    CHECK(rig.sent() == Lines{"ACK seq=1 ack=2"});
    rig.call("setsockopt", {{"fd", fd}, {"name", "TCP_QUICKACK"}, {"value", 0}});
    rig.segment(P | A, 2, 1, "b");
    CHECK(rig.sent(39'999) == Lines{});
    CHECK(rig.sent(1) == Lines{"ACK seq=1 ack=3"});
}

TEST_CASE("MSG_PEEK with MSG_WAITALL looks at what there is where it may not wait", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.connected();
    rig.segment(P | A, 1, 1, "hello");
    const Json look{{"fd", fd}, {"len", 10}, {"flags", {"MSG_PEEK", "MSG_WAITALL", "MSG_DONTWAIT"}}};
    CHECK(rig.call("recv", look)["data"] == "hello");
    CHECK(rig.call("recv", look)["data"] == "hello"); // it is still there
    CHECK(rig.call("recv", {{"fd", fd}, {"len", 7}, {"flags", {"MSG_PEEK", "MSG_WAITALL"}}}, 9) == kPending);
    rig.segment(P | A, 6, 1, "yes");
    rig.sent();
    REQUIRE(rig.done.size() == 1);
    CHECK(rig.done[0]["data"] == "helloye");
}

} // namespace packetarium::endpoint_corners_test
