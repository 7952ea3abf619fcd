// SPDX-License-Identifier: GPL-3.0-or-later
//
// IPv6 addresses, addresses of either version, and prefixes.
#include "core/wire/address.h"
#include "tests/support/catch.h"

namespace packetarium::wire_address6_test {

namespace {

Ipv6Address v6(std::string_view text)
{
    const auto address = Ipv6Address::parse(text);
    INFO(text);
    REQUIRE(address);
    return *address;
}

IpAddress ip(std::string_view text)
{
    const auto address = IpAddress::parse(text);
    INFO(text);
    REQUIRE(address);
    return *address;
}

} // namespace

TEST_CASE("The forms of an IPv6 address that RFC 4291 §2.2 gives are one address", "[wire]")
{
    const Ipv6Address unicast{{0x20, 0x01, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0x08, 0x08, 0, 0x20, 0x0c, 0x41, 0x7a}};
    REQUIRE(v6("2001:DB8:0:0:8:800:200C:417A") == unicast);
    REQUIRE(v6("2001:DB8::8:800:200C:417A") == unicast);
    REQUIRE(v6("FF01:0:0:0:0:0:0:101") == v6("FF01::101"));
    REQUIRE(v6("0:0:0:0:0:0:0:1") == v6("::1"));
    REQUIRE(v6("0:0:0:0:0:0:0:0") == Ipv6Address{});
    REQUIRE(v6("::") == Ipv6Address{});
    REQUIRE(v6("0:0:0:0:0:0:13.1.68.3") == v6("::d01:4403"));
    REQUIRE(v6("::13.1.68.3") == v6("::d01:4403"));
    REQUIRE(v6("0:0:0:0:0:FFFF:129.144.52.38") == v6("::ffff:8190:3426"));
    REQUIRE(v6("2001:0DB8:0000:CD30:0000:0000:0000:0000") == v6("2001:0DB8:0:CD30::"));
    REQUIRE(v6("1:2:3:4:5:6:7::") == v6("1:2:3:4:5:6:7:0"));
    REQUIRE(v6("::2:3:4:5:6:7:8") == v6("0:2:3:4:5:6:7:8"));
}

TEST_CASE("IPv6 addresses are written as RFC 5952 wants them", "[wire]")
{
    struct Row {
        const char *given, *written;
    };
    for (const Row& row : {
             Row{"2001:0db8::0001", "2001:db8::1"},               // §4.1
             Row{"2001:db8:0:0:0:0:2:1", "2001:db8::2:1"},        // §4.2.1
             Row{"2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"}, // §4.2.2: one group is not shortened
             Row{"2001:0:0:1:0:0:0:1", "2001:0:0:1::1"},          // §4.2.3: the longest run
             Row{"2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"},    // the first of two as long
             Row{"2001:DB8:AAAA:BBBB:CCCC:DDDD:EEEE:AAAA", "2001:db8:aaaa:bbbb:cccc:dddd:eeee:aaaa"}, // §4.3
             Row{"::ffff:c000:0201", "::ffff:192.0.2.1"},                                             // §5
             Row{"0:0:0:0:0:0:0:0", "::"},
             Row{"0:0:0:0:0:0:0:1", "::1"},
             Row{"1:0:0:0:0:0:0:0", "1::"},
             Row{"0:1:0:0:0:0:0:0", "0:1::"},
             Row{"1:2:3:4:5:6:0:0", "1:2:3:4:5:6::"},
             Row{"0:0:3:4:5:6:7:8", "::3:4:5:6:7:8"},
         }) {
        INFO(row.given);
        REQUIRE(v6(row.given).toString() == row.written);
        REQUIRE(v6(row.written) == v6(row.given));
    }
}

TEST_CASE("What is no IPv6 address is not read as one", "[wire]")
{
    for (const char* text : {"",
                             ":",
                             ":::",
                             "1",
                             "1:",
                             ":1",
                             "1::2::3",
                             "1:2:3:4:5:6:7",
                             "1:2:3:4:5:6:7:8:9",
                             "1:2:3:4:5:6:7:8::",
                             "1:2:3:4::5:6:7:8",
                             "::1:2:3:4:5:6:7:8",
                             "12345::",
                             "g::",
                             "1:2:3:4:5:6:7:",
                             ":2:3:4:5:6:7:8",
                             "::1 ",
                             " ::1",
                             "::+1",
                             "::-1",
                             "::0x1",
                             "fe80::1%eth0",
                             "::1/64",
                             "[::1]",
                             "::1.2.3",
                             "::1.2.3.4.5",
                             "::256.1.1.1",
                             "::1.2.3.4:5",
                             "1.2.3.4::",
                             "1:2:3:4:5:6:7:1.2.3.4",
                             "1:2:3:4:5:1.2.3.4",
                             "::01.2.3.4",
                             "1.2.3.4"}) {
        INFO(text);
        REQUIRE_FALSE(Ipv6Address::parse(text));
    }
    REQUIRE_FALSE(Ipv6Address::parse(std::string_view("::1\0", 4)));
}

TEST_CASE("Kinds of IPv6 address", "[wire]")
{
    REQUIRE(v6("ff02::1").isMulticast());
    REQUIRE_FALSE(v6("fe80::1").isMulticast());
    REQUIRE(v6("fe80::1").isLinkLocal());
    REQUIRE(v6("febf::1").isLinkLocal()); // fe80::/10
    REQUIRE_FALSE(v6("fec0::1").isLinkLocal());
    REQUIRE_FALSE(v6("ff02::1").isLinkLocal());
}

TEST_CASE("Addresses that are made from others", "[wire]")
{
    // RFC 4291 §2.7.1: the solicited-node address of 4037::01:800:200E:8C6C.
    REQUIRE(v6("4037::01:800:200E:8C6C").solicitedNode() == v6("FF02::1:FF0E:8C6C"));
    // RFC 2464 §4: the interface identifier of 34-56-78-9A-BC-DE.
    const MacAddress mac{{0x34, 0x56, 0x78, 0x9a, 0xbc, 0xde}};
    REQUIRE(Ipv6Address::linkLocal(mac) == v6("fe80::3656:78ff:fe9a:bcde"));
    // RFC 1112 §6.4: the low 23 bits behind 01-00-5E; 224.0.0.1 and 239.255.255.250 lose their bit 23.
    REQUIRE(multicastMac(ip("224.0.0.1")).toString() == "01:00:5e:00:00:01");
    REQUIRE(multicastMac(ip("239.255.255.250")).toString() == "01:00:5e:7f:ff:fa");
    REQUIRE(multicastMac(ip("255.255.255.255")) == MacAddress::broadcast());
    REQUIRE(multicastMac(ip("10.0.0.255")) == MacAddress::broadcast());
    // RFC 2464 §7: the low 32 bits behind 33-33.
    REQUIRE(multicastMac(ip("ff02::1:ff0e:8c6c")).toString() == "33:33:ff:0e:8c:6c");
}

TEST_CASE("An address of either version", "[wire]")
{
    REQUIRE(ip("10.0.0.1").isV4());
    REQUIRE(ip("10.0.0.1").v4() == Ipv4Address{0x0a000001});
    REQUIRE(ip("2001:db8::1").isV6());
    REQUIRE(ip("2001:db8::1").v6() == v6("2001:db8::1"));
    REQUIRE(ip("10.0.0.1").toString() == "10.0.0.1");
    REQUIRE(ip("2001:DB8::1").toString() == "2001:db8::1");
    REQUIRE(ip("::ffff:10.0.0.1") != ip("10.0.0.1"));
    REQUIRE(ip("255.255.255.255") < ip("::"));
    REQUIRE(ip("10.0.0.1") < ip("10.0.0.2"));
    REQUIRE(ip("2001:db8::1") < ip("2001:db8::2"));
    REQUIRE(IpAddress().isUnspecified());
    REQUIRE(ip("::").isUnspecified());
    REQUIRE(ip("::") != IpAddress());
    REQUIRE_FALSE(ip("::1").isUnspecified());
    REQUIRE(ip("224.0.0.1").isMulticast());
    REQUIRE(ip("239.255.255.255").isMulticast());
    REQUIRE_FALSE(ip("240.0.0.1").isMulticast());
    REQUIRE_FALSE(ip("223.255.255.255").isMulticast());
    REQUIRE(ip("ff02::1").isMulticast());
    for (const char* text : {"", "10", "10.0.0", "host", "10.0.0.1:80", "2001:db8::1/64"})
        REQUIRE_FALSE(IpAddress::parse(text));
}

TEST_CASE("Prefixes are read, cut to their network, and looked into", "[wire]")
{
    const auto prefix = [](std::string_view text) { return IpPrefix::parse(text).value(); };
    REQUIRE(prefix("192.168.1.25/24").network() == prefix("192.168.1.0/24"));
    REQUIRE(prefix("192.168.1.25/24").toString() == "192.168.1.25/24");
    REQUIRE(prefix("10.255.255.255/9").network().toString() == "10.128.0.0/9");
    REQUIRE(prefix("10.1.2.3/0").network().toString() == "0.0.0.0/0");
    REQUIRE(prefix("10.1.2.3/32").network().toString() == "10.1.2.3/32");
    REQUIRE(prefix("2001:db8:ffff::1/33").network().toString() == "2001:db8:8000::/33");
    REQUIRE(prefix("2001:db8::1/128").network().toString() == "2001:db8::1/128");
    REQUIRE(prefix("2001:db8::1/0").network().toString() == "::/0");

    REQUIRE(prefix("192.168.1.25/24").contains(ip("192.168.1.255")));
    REQUIRE_FALSE(prefix("192.168.1.25/24").contains(ip("192.168.2.0")));
    REQUIRE(prefix("0.0.0.0/0").contains(ip("203.0.113.7")));
    REQUIRE_FALSE(prefix("0.0.0.0/0").contains(ip("2001:db8::1")));
    REQUIRE_FALSE(prefix("::/0").contains(ip("203.0.113.7")));
    REQUIRE(prefix("2001:db8::/32").contains(ip("2001:db8:ffff::1")));
    REQUIRE_FALSE(prefix("2001:db8::/32").contains(ip("2001:db9::")));
    REQUIRE(prefix("10.0.0.5/32").contains(ip("10.0.0.5")));
    REQUIRE_FALSE(prefix("10.0.0.5/32").contains(ip("10.0.0.4")));

    for (const char* text :
         {"", "/", "10.0.0.1", "10.0.0.1/", "/24", "10.0.0.1/33", "10.0.0.1/-1", "10.0.0.1/+8", "10.0.0.1/08",
          "10.0.0.1/8/8", "10.0.0.1/8 ", "10.0.0.1/256", "10.0.0/8", "::/129", "::/1000", "2001:db8::1/a"}) {
        INFO(text);
        REQUIRE_FALSE(IpPrefix::parse(text));
    }
}

} // namespace packetarium::wire_address6_test
