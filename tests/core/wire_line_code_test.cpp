// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/line_code.h"
#include "tests/core/wire_bytes.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <set>

namespace packetarium::wire_line_code_test {

using test::fromHex;

namespace {

std::vector<bool> bits(std::string_view text)
{
    std::vector<bool> all;
    for (const char c : text)
        if (c != ' ')
            all.push_back(c == '1');
    return all;
}

using Levels = std::vector<std::int8_t>;

} // namespace

TEST_CASE("Octets go out with the least significant bit first", "[wire]")
{
    REQUIRE(bitsOf(fromHex("01 80 d5")) == bits("10000000 00000001 10101011"));
    REQUIRE(bitsOf({}).empty());
}

TEST_CASE("Before a frame come seven octets of preamble and the start frame delimiter", "[wire]")
{
    // IEEE 802.3 clauses 3.2.1 and 3.2.2, in the order of sending: 10101010 seven times, then 10101011.
    const Bytes frame = withPreamble(fromHex("abcd"));
    REQUIRE(frame == fromHex("55555555555555 d5 abcd"));
    REQUIRE(bitsOf(ByteView(frame).first(kPreambleSize)) ==
            bits("10101010 10101010 10101010 10101010 10101010 10101010 10101010 10101011"));
}

TEST_CASE("NRZ holds a level for each bit", "[wire]")
{
    REQUIRE(levels(bits("1001"), LineCode::Nrz) == Levels{1, 1, -1, -1, -1, -1, 1, 1});
}

TEST_CASE("Manchester rises in the middle of a 1 and falls in the middle of a 0", "[wire]")
{
    REQUIRE(levels(bits("1001"), LineCode::Manchester) == Levels{-1, 1, 1, -1, 1, -1, -1, 1});
}

TEST_CASE("MLT-3 goes on through 0, +, 0, - with every 1", "[wire]")
{
    REQUIRE(levels(bits("111111"), LineCode::Mlt3) == Levels{1, 1, 0, 0, -1, -1, 0, 0, 1, 1, 0, 0});
    REQUIRE(levels(bits("010010"), LineCode::Mlt3) == Levels{0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0});
    REQUIRE(levels({}, LineCode::Mlt3).empty());
}

TEST_CASE("Four bits are sent as five, the low nibble first", "[wire]")
{
    // IEEE 802.3 table 24-1: 0 is 11110, 1 is 01001, E is 11100, F is 11101.
    REQUIRE(fourBFiveB(fromHex("10 fe")) == bits("11110 01001 11100 11101"));
    REQUIRE(fourBFiveB(fromHex("55 d5")) == bits("01011 01011 01011 11011"));
}

TEST_CASE("The sixteen code groups differ, and none has more than three zeros running", "[wire]")
{
    std::set<std::vector<bool>> groups;
    for (unsigned nibble = 0; nibble < 16; ++nibble) {
        const std::vector<bool> pair = fourBFiveB(Bytes{static_cast<std::uint8_t>(nibble)});
        groups.insert({pair.begin(), pair.begin() + 5});
        REQUIRE(pair.size() == 10);
        REQUIRE(std::vector<bool>(pair.begin() + 5, pair.end()) == bits("11110"));
    }
    REQUIRE(groups.size() == 16);
    for (const auto& first : groups)
        for (const auto& second : groups) { // what the code is for: a 1 never stays away long
            std::vector<bool> both = first;
            both.insert(both.end(), second.begin(), second.end());
            REQUIRE(std::search_n(both.begin(), both.end(), 4, false) == both.end());
        }
}

} // namespace packetarium::wire_line_code_test
