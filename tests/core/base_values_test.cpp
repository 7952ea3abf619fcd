// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small values that everything else is made of: ids, results, UTF-8.
#include "core/base/ids.h"
#include "core/base/result.h"
#include "core/base/utf8.h"
#include "tests/support/catch.h"

#include <string>

namespace packetarium::base_values_test {

TEST_CASE("an id names one thing, or nothing", "[base]")
{
    CHECK_FALSE(PacketId());
    CHECK_FALSE(PacketId::none());
    CHECK(PacketId(0));
    CHECK(PacketId(3).value() == 3);
    CHECK(PacketId(3) == PacketId(3));
    CHECK(PacketId(3) < PacketId(4));
    CHECK(PacketId(0xfffffffeu));
    CHECK(NodeId(254));
    CHECK_FALSE(NodeId(255)); // the value kept for nothing
}

TEST_CASE("a result holds a value or an error, also when both are of one type", "[base]")
{
    const Result<int, std::string> good(5);
    CHECK(good.ok());
    CHECK(good);
    CHECK(good.value() == 5);
    const Result<int, std::string> bad(std::string("no"));
    CHECK_FALSE(bad.ok());
    CHECK(bad.error() == "no");
    Result<std::string, int> movable(std::string("text"));
    movable.value() += "!";
    CHECK(std::move(movable).value() == "text!");
}

TEST_CASE("UTF-8 is what RFC 3629 calls well-formed", "[base]")
{
    CHECK(utf8Length("a") == 1);
    CHECK(utf8Length("\xC2\xA7") == 2);         // U+00A7
    CHECK(utf8Length("\xE5\x8C\x85") == 3);     // U+5305
    CHECK(utf8Length("\xF0\x9F\x93\xA6") == 4); // U+1F4E6
    CHECK(isUtf8(""));
    CHECK(isUtf8("\xED\x9F\xBF"));     // U+D7FF, the last before the surrogates
    CHECK(isUtf8("\xF4\x8F\xBF\xBF")); // U+10FFFF, the last of all

    CHECK_FALSE(isUtf8("\x80"));             // a continuation alone
    CHECK_FALSE(isUtf8("\xC0\xAF"));         // '/' in two octets
    CHECK_FALSE(isUtf8("\xE0\x80\xAF"));     // '/' in three
    CHECK_FALSE(isUtf8("\xF0\x80\x80\xAF")); // '/' in four
    CHECK_FALSE(isUtf8("\xED\xA0\x80"));     // U+D800, a surrogate
    CHECK_FALSE(isUtf8("\xF4\x90\x80\x80")); // U+110000
    CHECK_FALSE(isUtf8("\xF8\x88\x80\x80\x80"));
    CHECK_FALSE(isUtf8("\xE5\x8C")); // cut off
    CHECK_FALSE(isUtf8("\xE5\x8C"
                       "a")); // cut off, and on
    CHECK_FALSE(isUtf8("\xFF"));
}

TEST_CASE("a text is cut between characters", "[base]")
{
    const std::string text = "a\xC2\xA7\xE5\x8C\x85"
                             "b";
    CHECK(utf8Prefix(text, 0).empty());
    CHECK(utf8Prefix(text, 2) == "a\xC2\xA7");
    CHECK(utf8Prefix(text, 3) == "a\xC2\xA7\xE5\x8C\x85");
    CHECK(utf8Prefix(text, 99) == text);
    CHECK(isUtf8Continuation('\xA7'));
    CHECK_FALSE(isUtf8Continuation('\xC2'));
    CHECK_FALSE(isUtf8Continuation('a'));
}

} // namespace packetarium::base_values_test
