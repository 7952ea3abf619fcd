// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/address.h"
#include "tests/support/catch.h"

namespace packetarium::wire_address_test {

TEST_CASE("MAC addresses are written and read as six pairs of digits", "[wire]")
{
    const MacAddress mac{{0x02, 0x00, 0x5e, 0xa0, 0x0b, 0xff}};
    REQUIRE(mac.toString() == "02:00:5e:a0:0b:ff");
    REQUIRE(MacAddress::parse("02:00:5e:a0:0b:ff") == mac);
    REQUIRE(MacAddress::parse("02:00:5E:A0:0B:FF") == mac);
    REQUIRE(MacAddress{}.toString() == "00:00:00:00:00:00");
}

TEST_CASE("What is no MAC address is not read as one", "[wire]")
{
    for (const char* text : {"", "02", "02:00:00:00:00", "02:00:00:00:00:0", "02:00:00:00:00:001",
                             "02:00:00:00:00:01:", "02:00:00:00:00:01:02", "02-00-00-00-00-01", "0g:00:00:00:00:01",
                             "02:00:00:00:00: 1", "+2:00:00:00:00:01", "-2:00:00:00:00:01", "020000000001",
                             "2:000:00:00:00:01", "0x:00:00:00:00:01", " 2:00:00:00:00:01", ":::::::::::::::::"}) {
        INFO(text);
        REQUIRE_FALSE(MacAddress::parse(text));
    }
}

TEST_CASE("IPv4 addresses are written and read as four numbers", "[wire]")
{
    REQUIRE(Ipv4Address{0xC0A80119}.toString() == "192.168.1.25");
    REQUIRE(Ipv4Address::parse("192.168.1.25") == Ipv4Address{0xC0A80119});
    REQUIRE(Ipv4Address::parse("0.0.0.0") == Ipv4Address{0});
    REQUIRE(Ipv4Address::parse("255.255.255.255") == Ipv4Address{0xFFFFFFFF});
    REQUIRE(Ipv4Address{0xFFFFFFFF}.toString() == "255.255.255.255");
    REQUIRE(Ipv4Address::parse("10.0.0.2") == Ipv4Address{0x0A000002});
}

TEST_CASE("What is no IPv4 address is not read as one", "[wire]")
{
    for (const char* text :
         {"",          ".",        "...",       "1",         "1.2.3",      "1.2.3.",   ".1.2.3",           "1.2.3.4.",
          "1.2.3.4.5", "1..3.4",   "256.1.1.1", "1.1.1.256", "1.1.1.1000", "01.2.3.4", "1.2.3.00",         "1.2.3.4 ",
          " 1.2.3.4",  "1.2.3.-4", "1.2.3.+4",  "1.2.3.0x4", "a.b.c.d",    "1,2,3,4",  "99999999999.1.1.1"}) {
        INFO(text);
        REQUIRE_FALSE(Ipv4Address::parse(text));
    }
    REQUIRE_FALSE(Ipv4Address::parse(std::string_view("1.2.3.4\0", 8)));
}

TEST_CASE("Addresses are ordered as numbers", "[wire]")
{
    REQUIRE(Ipv4Address{0x0A000001} < Ipv4Address{0xC0A80119});
    REQUIRE(MacAddress{{1, 0, 0, 0, 0, 0}} > MacAddress{{0, 255, 255, 255, 255, 255}});
}

} // namespace packetarium::wire_address_test
