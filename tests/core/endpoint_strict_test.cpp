// SPDX-License-Identifier: GPL-3.0-or-later
// What the endpoint's requests may not hold: nothing that is misspelt is passed over in silence.
#include "tests/support/catch.h"

#include "tests/core/endpoint_v6.h"

namespace packetarium::endpoint_strict_test {

using namespace test;
using Json = EndpointRig::Json;

namespace {

std::string errorOf(const Json& reply)
{
    return reply.value("error", "");
}

} // namespace

TEST_CASE("a key that is none is named", "[endpoint]")
{
    EndpointRig rig;
    CHECK(errorOf(rig.raw(R"({"op":"reset","hosts":{}})")) == "unknown key: hosts");
    CHECK(errorOf(rig.raw(R"({"op":"reset","ip":"10.0.0.1"})")) == "unknown key: ip");
    CHECK(errorOf(rig.raw(R"({"op":"run","until":5})")) == "unknown key: until");
    CHECK(errorOf(rig.raw(R"({"op":"run","args":{"stop":"done","at":5}})")) == "unknown key: args.at");
    CHECK(errorOf(rig.raw(R"({"op":"inject","hex":"45","at_us":5})")) == "unknown key: at_us");
    CHECK(errorOf(rig.raw(R"({"op":"info","socket":3})")) == "unknown key: socket");
    const Json call = rig.raw(R"({"op":"call","id":4,"fn":"socket","args":{"domain":"inet","typ":"dgram"}})");
    CHECK(call["id"] == 4);
    CHECK(call["errno"] == "EINVAL");
    CHECK(errorOf(call) == "unknown key: args.typ");
    CHECK(errorOf(rig.raw(R"({"op":"call","id":4,"fn":"close","args":{"fd":3,"how":2}})")) == "unknown key: args.how");
    CHECK(errorOf(rig.raw(R"({"op":"call","id":4,"fn":"socket","args":[1]})")) == "\"args\" is not an object");
    CHECK(errorOf(rig.raw(R"({"op":"call","id":4,"fn":"socket","args":"inet"})")) == "\"args\" is not an object");
    CHECK(rig.request({{"op", "info"}})["fds"].empty());
}

TEST_CASE("the spellings that help are still taken", "[endpoint]")
{
    EndpointRig rig;
    CHECK(rig.raw(R"({"op":"call","id":1,"fn":"socket","domain":"inet","type":"stream"})")["ret"] == 3);
    CHECK(rig.raw(R"({"op":"close","id":1,"fd":3})")["ret"] == 0);
    CHECK(
        rig.raw(
            R"({"fn":"socket","args":{"domain":"AF_INET","type":"SOCK_STREAM|SOCK_NONBLOCK","protocol":0}})")["ret"] ==
        3);
    CHECK(rig.raw(R"({"op":"call","id":1,"fn":"socket","args":null})")["ret"] == 4);
    CHECK(
        rig.raw(
            R"({"op":"call","id":1,"fn":"setsockopt","args":{"fd":3,"level":"SOL_SOCKET","optname":"SO_RCVBUF","optval":5000,"optlen":4}})")
            ["ret"] == 0);
    CHECK(rig.raw(R"({"op":"call","id":1,"fn":"getsockopt","args":{"fd":3,"level":1,"name":"SO_RCVBUF"}})")["value"] ==
          5000);
    CHECK(rig.raw(R"({"op":"call","id":1,"fn":"poll","args":{"fds":[{"fd":3,"events":"POLLIN|POLLOUT"}],"timeout":0}})")
              .contains("fds"));
    CHECK(rig.raw(R"({"op":"call","id":1,"fn":"connect","args":{"fd":3,"addr":"10.0.0.2","port":80}})")["errno"] ==
          "EINPROGRESS");
    CHECK(rig.raw(R"({"op":"run","id":9,"until_us":10.0,"stop_on":"output|done"})")["ended"] == "output");
    CHECK(rig.raw(R"({"op":"call","id":1,"fn":"close","args":{"fd":3}})")["ret"] == 0);
    const Json host{{"ip", "10.0.0.1/24"}, {"mtu", 1500},       {"iss", 1},       {"rcvbuf", 1000},
                    {"sndbuf", 1000},      {"mss", 500},        {"wscale", 7},    {"profile", "rfc"},
                    {"cc", "reno"},        {"min_rto_ms", 200}, {"delack_ms", 0}, {"timestamps", true},
                    {"sack", true}};
    CHECK(rig.request({{"op", "reset"}, {"host", host}})["ok"] == true);
}

TEST_CASE("times are whole and within bounds", "[endpoint]")
{
    EndpointRig rig;
    const std::string why = "the time is not a whole number of microseconds from 0 to 9000000000000000";
    for (const std::string_view time :
         {"1e30", "1.5", "18446744073709551615", "9000000000000001", "\"soon\"", "-0.5", "-1"}) {
        INFO(time);
        CHECK(errorOf(rig.raw(fmt::format(R"({{"op":"run","until_us":{}}})", time))) == why);
        CHECK(errorOf(rig.raw(fmt::format(R"({{"op":"run","for_us":{}}})", time))) == why);
    }
    CHECK(errorOf(rig.raw(R"({"op":"run","until_us":1,"for_us":1})")) ==
          "\"until_us\" and \"for_us\" exclude each other");
    CHECK(rig.raw(R"({"op":"run","until_us":1e3})")["now_us"] == 1000);
    CHECK(rig.raw(R"({"op":"run","until_us":0})")["now_us"] == 1000); // a time that has passed
    CHECK(rig.raw(R"({"op":"run","until_us":9000000000000000})")["now_us"] == 9'000'000'000'000'000);
}

TEST_CASE("a host's address is one that a host can have", "[endpoint]")
{
    EndpointRig rig;
    const auto error = [&](const char* key, const Json& value) {
        return errorOf(rig.request({{"op", "reset"}, {"host", {{key, value}}}}));
    };
    for (const auto& [key, address, why] : std::vector<std::array<const char*, 3>>{
             {"ip", "0.0.0.0", "0.0.0.0 is no address"},
             {"ip", "224.0.0.1", "224.0.0.1 is a multicast address"},
             {"ip", "127.0.0.1", "127.0.0.1 is a loopback address"},
             {"ip", "240.0.0.1", "240.0.0.1 is a reserved address"},
             {"ip", "10.0.0.0/24", "10.0.0.0 is the network's address"},
             {"ip", "10.0.0.255/24", "10.0.0.255 is the network's broadcast address"},
             {"ip", "10.0.0.7/29", "10.0.0.7 is the network's broadcast address"},
             {"ip6", "ff02::1", "ff02::1 is a multicast address"},
             {"ip6", "::1", "::1 is a loopback address"},
             {"ip6", "::", ":: is no address"},
             {"ip6", "::ffff:10.0.0.1", "::ffff:10.0.0.1 is an IPv4-mapped address"},
             {"ip6", "10.0.0.1", "that is the other version"},
             {"ip4", "2001:db8::1", "that is the other version"}}) {
        INFO(address);
        CHECK(error(key, address) == fmt::format("host.{} cannot be \"{}\"; {}", key, address, why));
    }
    CHECK(error("ip", {"10.0.0.1", "10.0.0.1"}).ends_with("; it is there already"));
    CHECK(error("ip", Json::array()) == "host.ip cannot be []");
    for (const std::string_view good : {"10.0.0.0/31", "10.0.0.1/31", "10.0.0.0/32", "10.0.0.8/28", "10.0.0.1/0"})
        CHECK(error("ip", good).empty());
    // IPv6 alone leaves the host without IPv4.
    CHECK(rig.request({{"op", "reset"}, {"host", {{"ip6", "2001:db8::1"}}}})["addresses"] ==
          Json{"2001:db8::1/64", "fe80::ff:fe00:1/64"});
    CHECK(
        rig.call("sendto", {{"fd", rig.socket("dgram")}, {"data", "x"}, {"addr", "10.0.0.2"}, {"port", 7}})["errno"] ==
        "ENETUNREACH");
}

TEST_CASE("a call's number out of range is told its range, too", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket();
    CHECK(errorOf(rig.call("bind", {{"fd", fd}, {"port", 65536}})) == "\"port\" cannot be read; it is 0 to 65535");
    CHECK(errorOf(rig.call("send", {{"fd", fd}, {"len", (16 << 20) + 1}})) ==
          "\"len\" cannot be read; it is 0 to 16777216");
    CHECK(
        errorOf(rig.call("poll", {{"fds", Json::array({{{"fd", fd}, {"events", "POLLIN"}}})}, {"timeout_ms", 1e18}})) ==
        "\"timeout_ms\" cannot be read; it is a number up to 10^12; less than 0 is for ever");
}

TEST_CASE("the least RTO is no more than the most, and a seed no less than 0", "[endpoint]")
{
    EndpointRig rig;
    const auto reset = [&rig](const Json& host) { return errorOf(rig.request({{"op", "reset"}, {"host", host}})); };
    CHECK(reset({{"min_rto_ms", 5000}, {"max_rto_ms", 1000}}) == "host.max_rto_ms is less than the least RTO, 5 s");
    CHECK(reset({{"min_rto_ms", 1000}, {"max_rto_ms", 1000}}).empty());
    CHECK(reset({{"min_rto_ms", 90'000}}).empty()); // the most follows
    CHECK(reset({{"seed", -1}}) == "host.seed cannot be -1; it is 0 to 2^64 - 1");
    CHECK(reset({{"seed", 18446744073709551615U}}).empty());
}

TEST_CASE("an octet of value 0 ends no line", "[endpoint]")
{
    using namespace std::string_view_literals;
    EndpointRig rig;
    CHECK(errorOf(rig.raw("{\"op\":\"info\"}\0"sv)) == "there is an octet of value 0 in the line");
    CHECK(errorOf(rig.raw("{\"op\":\"info\"}\0{}"sv)) == "there is an octet of value 0 in the line");
}

TEST_CASE("a value out of range is told its range", "[endpoint]")
{
    EndpointRig rig;
    const auto error = [&](const char* key, const Json& value) {
        return errorOf(rig.request({{"op", "reset"}, {"host", {{key, value}}}}));
    };
    CHECK(error("mss", 27) == "host.mss cannot be 27; it is 28 to 65495");
    CHECK(error("mss", 65496) == "host.mss cannot be 65496; it is 28 to 65495");
    CHECK(error("mss", 28).empty());
    CHECK(error("mss", 65495).empty());
    CHECK(error("mtu", 67) == "host.mtu cannot be 67; it is 68 to 65535");
    CHECK(error("wscale", 15) == "host.wscale cannot be 15; it is 0 to 14, or -1 for none");
    CHECK(error("iss", -1) == "host.iss cannot be -1; it is 0 to 4294967295, or a list of them");
    CHECK(error("delack_ms", 500) == "host.delack_ms cannot be 500; it is 0 to 499 ms"); // 0: off
    CHECK(error("delayed-ack-time", "0.5 s") == "host.delayed-ack-time cannot be \"0.5 s\"; it is 0 to 499 ms");
    CHECK(error("delack_ms", 0).empty());
    CHECK(error("delack_ms", 499).empty());
    CHECK(error("sack", "perhaps") == "host.sack cannot be \"perhaps\"; it is true or false");
    // The least MTU and the MSS that it leaves.
    CHECK(rig.request({{"op", "reset"}, {"host", {{"mtu", 68}, {"mss", 28}, {"iss", 1000}}}})["ok"] == true);
    rig.connected();
    rig.call("send", {{"fd", 3}, {"len", 28}});
    CHECK(rig.sent().size() == 1);
}

TEST_CASE("what must be a text is told so", "[endpoint]")
{
    EndpointRig rig;
    CHECK(errorOf(rig.raw(R"({"op":1})")) == "\"op\" is not a text");
    CHECK(errorOf(rig.raw(R"({"op":null,"fn":"socket"})")) == "\"op\" is not a text");
    CHECK(errorOf(rig.raw(R"({"op":"inject","hex":5})")) == "\"hex\" is not a text");
    CHECK(errorOf(rig.raw(R"({"op":"inject","hex":"4"})")) == "\"hex\" is not an even number of hexadecimal digits");
    const int fd = rig.socket();
    CHECK(errorOf(rig.call("send", {{"fd", fd}, {"hex", 5}})) == "\"hex\" is not a text");
    CHECK(errorOf(rig.call("send", {{"fd", fd}, {"hex", "4g"}})) ==
          "\"hex\" is not an even number of hexadecimal digits");
    CHECK(errorOf(rig.call("send", {{"fd", fd}, {"data", "x"}, {"flags", Json::array({5})}})) ==
          "\"flags\" cannot be read");
}

TEST_CASE("an id comes back with every answer", "[endpoint]")
{
    EndpointRig rig;
    for (const std::string_view line :
         {R"({"op":"reset","id":"a"})", R"({"op":"run","id":"a"})", R"({"op":"inject","id":"a","hex":"45"})",
          R"({"op":"info","id":"a"})", R"({"op":"info","id":"a","fd":9})", R"({"op":"fly","id":"a"})",
          R"({"op":5,"id":"a"})", R"({"id":"a"})", R"({"op":"run","id":"a","until_us":-1})",
          R"({"op":"run","id":"a","until":5})", R"({"op":"call","id":"a","fn":"fork"})",
          R"({"op":"call","id":"a","fn":"socket"})", R"({"op":"call","id":"a","fn":"close","args":{"fd":9}})"}) {
        INFO(line);
        CHECK(rig.raw(line).value("id", "") == "a");
    }
    CHECK_FALSE(rig.raw(R"({"op":"run"})").contains("id"));
}

TEST_CASE("what is given twice is named", "[endpoint]")
{
    EndpointRig rig;
    CHECK(errorOf(rig.raw(R"({"op":"info","fd":3,"fd":4})")) == "given twice: fd");
    const Json call = rig.raw(R"({"op":"call","id":4,"fn":"close","args":{"fd":3,"fd":4}})");
    CHECK(call["id"] == 4);
    CHECK(call["errno"] == "EINVAL");
    CHECK(errorOf(call) == "given twice: fd");
    CHECK(errorOf(rig.raw(R"({"op":"call","fn":"close","args":{"fd":3,"sockfd":4}})")) ==
          "given twice: args.fd and args.sockfd");
    CHECK(errorOf(rig.raw(R"({"op":"call","fn":"close","fd":3,"args":{"fd":3}})")) == "given twice: args.fd and fd");
    CHECK(errorOf(rig.raw(R"({"op":"run","until_us":3,"until-us":4})")) == "given twice: until_us and until-us");
    CHECK(errorOf(rig.raw(R"({"op":"info","fd":3,"conn":0})")) == "\"fd\" and \"conn\" exclude each other");
    // The same key in two objects is none that is given twice.
    CHECK(rig.raw(R"({"op":"call","fn":"poll","args":{"fds":[{"fd":8},{"fd":9}],"timeout":0}})")["ret"] == 2);

    const auto error = [&](const Json& host) { return errorOf(rig.request({{"op", "reset"}, {"host", host}})); };
    CHECK(error({{"syn-cookies", true}, {"syn_cookies", false}}) ==
          "given twice: host.syn-cookies and host.syn_cookies");
    CHECK(error({{"rcvbuf", 1000}, {"tcp", {{"receive-buffer", 2000}}}}) ==
          "given twice: host.rcvbuf and host.tcp.receive-buffer");
    CHECK(error({{"delack_ms", 40}, {"delayed-ack-time", "50 ms"}}) ==
          "given twice: host.delack_ms and host.delayed-ack-time");
    CHECK(error({{"nagle", true}, {"nodelay", true}}) == "given twice: host.nagle and host.nodelay");
    CHECK(error({{"ip", "10.0.0.1"}, {"ip6", "2001:db8::1"}}).empty());
}

TEST_CASE("a line without measure is not read", "[endpoint]")
{
    EndpointRig rig;
    const auto nested = [](std::size_t arrays) { // in the object that is the request
        return R"({"op":"info","id":)" + std::string(arrays, '[') + std::string(arrays, ']') + "}";
    };
    CHECK(rig.raw(nested(99)).contains("now_us"));
    CHECK(errorOf(rig.raw(nested(100))) == "nested deeper than 100");
    CHECK(errorOf(rig.raw(nested(1'000'000))) == "nested deeper than 100");
    std::string many = R"({"op":"info")";
    for (int i = 0; i < 10'000; ++i)
        many += fmt::format(R"(,"{}":0)", i);
    CHECK(errorOf(rig.raw(many + "}")) == "an object has more than 10000 keys");
}

TEST_CASE("a key inside a value that is none is named", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.socket();
    const auto set = [&](std::string_view name, const Json& value) {
        return rig.call("setsockopt", {{"fd", fd}, {"name", name}, {"value", value}});
    };
    const auto get = [&](std::string_view name) {
        return rig.call("getsockopt", {{"fd", fd}, {"name", name}})["value"];
    };
    CHECK(errorOf(set("SO_LINGER", {{"onoff", 1}, {"lingerx", 5}})) == "unknown key: args.value.lingerx");
    CHECK(errorOf(set("SO_LINGER", {{"linger", 5}})) == "\"value\" cannot be read");
    CHECK(errorOf(set("SO_LINGER", {1, 5})) == "\"value\" cannot be read");
    CHECK(set("SO_LINGER", {{"l_onoff", 1}, {"l_linger", 5}}) == ret(0)); // as struct linger spells it
    CHECK(get("SO_LINGER") == Json{{"onoff", 1}, {"linger", 5}});
    CHECK(errorOf(set("SO_RCVTIMEO", {{"sec", 1}, {"msec", 5}})) == "unknown key: args.value.msec");
    CHECK(set("SO_RCVTIMEO", {{"sec", 1}, {"usec", 500'000}}) == ret(0));
    CHECK(get("SO_RCVTIMEO") == 1500);
    CHECK(set("SO_SNDTIMEO", {{"tv_sec", 2}}) == ret(0)); // as struct timeval spells it
    CHECK(get("SO_SNDTIMEO") == 2000);
    CHECK(set("SO_SNDTIMEO", {{"sec", 0}, {"usec", 1'000'000}}) == failed("EDOM")); // POSIX: a timeval that cannot be
    CHECK(errorOf(rig.raw(R"({"op":"setsockopt","fd":3,"name":"SO_LINGER","value":{"on":1}})")) ==
          "unknown key: value.on");
    CHECK(errorOf(rig.raw(R"({"op":"poll","args":{"fds":[{"fd":3},{"fd":3,"x":1}],"timeout_ms":0}})")) ==
          "unknown key: args.fds[1].x");
    CHECK(errorOf(rig.raw(R"({"op":"poll","fds":[{"fd":3,"events":[1]}],"timeout_ms":0})")) ==
          "\"events\" cannot be read");
    CHECK(errorOf(rig.raw(R"({"op":"connect","args":{"fd":3,"addr":{"addr":"10.0.0.2","port":80,"scope":1}}})")) ==
          "unknown key: args.addr.scope");
    CHECK(rig.call("connect", {{"fd", fd}, {"addr", {{"addr", "10.0.0.2"}, {"port", 80}}}})["pending"] == true);
}

TEST_CASE("a destination that lacks something is told what", "[endpoint]")
{
    EndpointRig rig;
    const int tcp = rig.socket(), udp = rig.socket("dgram");
    for (const int fd : {tcp, udp}) {
        const Json nothing = rig.call("connect", {{"fd", fd}});
        CHECK(nothing["errno"] == "EINVAL");
        CHECK(errorOf(nothing) == "there is no \"addr\"");
        CHECK(nothing.contains("line"));
        CHECK(errorOf(rig.call("connect", {{"fd", fd}, {"port", 80}})) == "there is no \"addr\"");
        CHECK(errorOf(rig.call("connect", {{"fd", fd}, {"addr", "10.0.0.2"}})) == "there is no \"port\"");
    }
    CHECK(errorOf(rig.call("sendto", {{"fd", udp}, {"data", "x"}, {"port", 7}})) == "there is no \"addr\"");
    CHECK(errorOf(rig.call("sendto", {{"fd", udp}, {"data", "x"}, {"addr", "10.0.0.2"}})) == "there is no \"port\"");
    CHECK(rig.sent().empty());
}

TEST_CASE("data come in one form", "[endpoint]")
{
    EndpointRig rig;
    const int fd = rig.connected();
    CHECK(errorOf(rig.call("send", {{"fd", fd}, {"data", "x"}, {"hex", "78"}})) ==
          "\"data\" and \"hex\" exclude each other");
    CHECK(errorOf(rig.call("send", {{"fd", fd}, {"data", "x"}, {"len", 1}})) ==
          "\"data\" and \"len\" exclude each other");
    CHECK(errorOf(rig.call("send", {{"fd", fd}, {"hex", "78"}, {"len", 1}})) ==
          "\"hex\" and \"len\" exclude each other");
    CHECK(errorOf(rig.call("send", {{"fd", fd}})) == "there is no \"data\"");
    CHECK(rig.sent().empty());
}

TEST_CASE("what a run may stop on is told", "[endpoint]")
{
    EndpointRig rig;
    for (const std::string_view stop : {"\"never\"", "\"output|never\"", "5", "[5]"}) {
        INFO(stop);
        CHECK(errorOf(rig.raw(fmt::format(R"({{"op":"run","stop_on":{}}})", stop))) ==
              R"("stop_on" is "output", "done", "output|done" or "time")");
    }
    // "time" stops at nothing before the time, as without it.
    rig.call("connect", {{"fd", rig.socket()}, {"addr", "10.0.0.2"}, {"port", 80}});
    const Json reply = rig.run({{"until_us", 10}, {"stop_on", "time"}});
    CHECK(reply["now_us"] == 10);
    CHECK(reply["ended"] == "time");
    CHECK(reply["outputs"].size() == 1);
}

} // namespace packetarium::endpoint_strict_test
