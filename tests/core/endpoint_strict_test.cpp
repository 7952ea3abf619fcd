// SPDX-License-Identifier: GPL-3.0-or-later
// What the endpoint's requests may not hold: nothing that is misspelt is passed over in silence.
#include "tests/support/catch.h"

#include "tests/core/endpoint_v6.h"

using namespace packetarium;
using namespace packetarium::test;
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
         {"1e30", "1.5", "18446744073709551615", "9000000000000001", "\"soon\"", "-0.5"}) {
        INFO(time);
        CHECK(errorOf(rig.raw(fmt::format(R"({{"op":"run","until_us":{}}})", time))) == why);
        CHECK(errorOf(rig.raw(fmt::format(R"({{"op":"run","for_us":{}}})", time))) == why);
    }
    CHECK(errorOf(rig.raw(R"({"op":"run","until_us":1,"for_us":1})")) ==
          "\"until_us\" and \"for_us\" exclude each other");
    CHECK(rig.raw(R"({"op":"run","until_us":-1})")["now_us"] == 0); // a time that has passed
    CHECK(rig.raw(R"({"op":"run","until_us":1e3})")["now_us"] == 1000);
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
    CHECK(error("delack_ms", 500).starts_with("host.delack_ms cannot be 500; it is "));
    CHECK(error("sack", "perhaps") == "host.sack cannot be \"perhaps\"; it is true or false");
    // The least MTU and the MSS that it leaves.
    CHECK(rig.request({{"op", "reset"}, {"host", {{"mtu", 68}, {"mss", 28}, {"iss", 1000}}}})["ok"] == true);
    rig.connected();
    rig.call("send", {{"fd", 3}, {"len", 28}});
    CHECK(rig.sent().size() == 1);
}
