// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/rng.h"
#include "tests/support/catch.h"

#include <array>
#include <vector>

namespace packetarium::base_rng_test {

TEST_CASE("the random numbers are SplitMix64's", "[base]")
{
    // Published first outputs of the reference implementation.
    SECTION("seed 1234567")
    {
        Rng rng(1234567);
        for (const std::uint64_t expected : {6457827717110365317ULL, 3203168211198807973ULL, 9817491932198370423ULL,
                                             4593380528125082431ULL, 16408922859458223821ULL})
            CHECK(rng.next() == expected);
    }
    SECTION("seed 0")
    {
        Rng rng(0);
        CHECK(rng.next() == 0xe220a8397b1dcdafULL);
        CHECK(rng.next() == 0x6e789e6aa1b965f4ULL);
        CHECK(rng.next() == 0x06c45d188009454fULL);
    }
}

TEST_CASE("a copy of a generator goes on as the original does", "[base]")
{
    Rng rng(42);
    rng.next();
    Rng copy = rng;
    CHECK(copy == rng);
    for (int i = 0; i < 100; ++i)
        CHECK(copy.next() == rng.next());
    copy.next();
    CHECK_FALSE(copy == rng);
}

TEST_CASE("numbers below a bound reach every value and none above", "[base]")
{
    Rng rng(7);
    for (int i = 0; i < 100; ++i)
        CHECK(rng.below(1) == 0);
    std::array<int, 6> counts{};
    constexpr int kThrows = 60'000;
    for (int i = 0; i < kThrows; ++i) {
        const std::uint64_t face = rng.below(6);
        REQUIRE(face < 6);
        ++counts[static_cast<std::size_t>(face)];
    }
    // 10,000 expected of each; the standard deviation is sqrt(60000 * 1/6 * 5/6) = 91, so 5 of them are 456.
    for (const int count : counts)
        CHECK(std::abs(count - 10'000) < 456);
    // A bound above 2^63, where a careless remainder would favour the low half.
    constexpr std::uint64_t kHigh = 0xc000000000000000ULL;
    int low = 0;
    for (int i = 0; i < 3'000; ++i) {
        const std::uint64_t r = rng.below(kHigh);
        REQUIRE(r < kHigh);
        low += r < kHigh / 3 ? 1 : 0;
    }
    CHECK(std::abs(low - 1'000) < 130); // 5 * sqrt(3000 * 1/3 * 2/3); with the bias it would be 1500
}

TEST_CASE("a chance in parts per million comes about as often as it says", "[base]")
{
    Rng rng(11);
    for (int i = 0; i < 1000; ++i) {
        CHECK_FALSE(rng.chance(0));
        CHECK(rng.chance(1'000'000));
    }
    int hits = 0;
    for (int i = 0; i < 100'000; ++i)
        hits += rng.chance(250'000) ? 1 : 0;
    CHECK(std::abs(hits - 25'000) < 685); // 5 * sqrt(100000 * 1/4 * 3/4)
}

TEST_CASE("a chance of nothing draws no number, so that it changes no run", "[base]")
{
    Rng with(5), without(5);
    static_cast<void>(with.chance(0));
    CHECK(with == without);
}

} // namespace packetarium::base_rng_test
