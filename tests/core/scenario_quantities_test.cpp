// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/rng.h"
#include "core/scenario/quantities.h"
#include "tests/support/catch.h"

namespace packetarium::scenario_quantities_test {

TEST_CASE("durations are read exactly, with every unit", "[scenario]")
{
    const auto ns = [](std::string_view text) {
        return parseDuration(text).value_or(SimDuration::nanoseconds(-1)).ns();
    };
    CHECK(ns("7 ns") == 7);
    CHECK(ns("7us") == 7'000);
    CHECK(ns("20 ms") == 20'000'000);
    CHECK(ns("1.5 s") == 1'500'000'000);
    CHECK(ns("2 min") == 120'000'000'000);
    CHECK(ns("1.5 min") == 90'000'000'000);
    CHECK(ns("0.000000001 s") == 1);
    CHECK(ns("1.50 s") == 1'500'000'000);
    CHECK(ns("0 ms") == 0);
}

TEST_CASE("what is no duration, or cannot be held exactly, is refused", "[scenario]")
{
    for (const char* text :
         {"", "20", "ms", "-1 ms", "1,5 s", "1. s", ".5 s", "1.5 ns", "0.0000000001 s", "1 S", "1 sec", "1 ms ",
          "1e3 ms", "1..5 s", "99999999999999999999 s", "9223372036854775808 ns", "9223372037 s", "0x10 ms", "1 µs"})
        CHECK_FALSE(parseDuration(text).has_value());
    CHECK(parseDuration("9223372036 s").has_value());
}

TEST_CASE("written durations read back the same", "[scenario]")
{
    CHECK(writeDuration(SimDuration::milliseconds(20)) == "20 ms");
    CHECK(writeDuration(SimDuration::milliseconds(1500)) == "1.5 s");
    CHECK(writeDuration(SimDuration::seconds(120)) == "120 s");
    CHECK(writeDuration(SimDuration::nanoseconds(1'050)) == "1.05 us");
    CHECK(writeDuration(SimDuration()) == "0 ms");
    Rng rng(1);
    for (int i = 0; i < 2'000; ++i) {
        const auto d = SimDuration::nanoseconds(static_cast<std::int64_t>(rng.next() >> (1 + rng.below(60))));
        CHECK(parseDuration(writeDuration(d)) == d);
    }
}

TEST_CASE("bandwidths and percentages", "[scenario]")
{
    CHECK(parseBandwidth("10 Mbit/s") == 10'000'000u);
    CHECK(parseBandwidth("1.5 kbit/s") == 1'500u);
    CHECK(parseBandwidth("2 Gbit/s") == 2'000'000'000u);
    CHECK(parseBandwidth("unlimited") == 0u);
    CHECK_FALSE(parseBandwidth("10 MB/s").has_value());
    CHECK_FALSE(parseBandwidth("10").has_value());
    CHECK(writeBandwidth(1'500) == "1.5 kbit/s");
    CHECK(writeBandwidth(0) == "unlimited");

    CHECK(parsePercentage("1 %") == 10'000u);
    CHECK(parsePercentage("0.5%") == 5'000u);
    CHECK(parsePercentage("100 %") == 1'000'000u);
    CHECK_FALSE(parsePercentage("0.00001 %").has_value());
    CHECK_FALSE(parsePercentage("half").has_value());
    CHECK(writePercentage(5'000) == "0.5 %");
    for (std::uint32_t ppm = 0; ppm <= 1'000'000; ppm += 997)
        CHECK(parsePercentage(writePercentage(ppm)) == ppm);
}

} // namespace packetarium::scenario_quantities_test
