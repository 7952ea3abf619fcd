// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/rng.h"
#include "core/tcp/reassembly.h"
#include "tests/support/catch.h"

#include <optional>

namespace packetarium::tcp_reassembly_test {

namespace {

Bytes bytes(std::string_view text)
{
    return Bytes(text.begin(), text.end());
}

} // namespace

TEST_CASE("what is next is taken at once, what is not waits", "[tcp]")
{
    Reassembly r;
    CHECK(r.empty());
    r.insert(Seq32(10), bytes("ab"), Seq32(10));
    r.insert(Seq32(14), bytes("ef"), Seq32(10));
    CHECK(r.octets() == 4);
    CHECK(r.take(Seq32(10)) == bytes("ab"));
    CHECK(r.take(Seq32(12)).empty());
    CHECK_FALSE(r.empty());
    r.insert(Seq32(12), bytes("cd"), Seq32(12));
    CHECK(r.take(Seq32(12)) == bytes("cdef"));
    CHECK(r.empty());
    CHECK(r.octets() == 0);
}

TEST_CASE("octets that were taken before are cut off", "[tcp]")
{
    Reassembly r;
    r.insert(Seq32(10), bytes("abcd"), Seq32(12));
    CHECK(r.octets() == 2);
    CHECK(r.take(Seq32(12)) == bytes("cd"));
    r.insert(Seq32(10), bytes("abcd"), Seq32(14));
    CHECK(r.empty());
}

TEST_CASE("where segments overlap, what came first stays", "[tcp]")
{
    Reassembly r;
    r.insert(Seq32(2), bytes("CD"), Seq32(0));
    r.insert(Seq32(6), bytes("GH"), Seq32(0));
    r.insert(Seq32(0), bytes("abcdefghij"), Seq32(0)); // around and between both
    CHECK(r.octets() == 10);
    CHECK(r.take(Seq32(0)) == bytes("abCDefGHij"));
}

TEST_CASE("a FIN is remembered until its turn", "[tcp]")
{
    Reassembly r;
    CHECK_FALSE(r.finIsNext(Seq32(0)));
    r.rememberFin(Seq32(5));
    CHECK_FALSE(r.empty()); // it counts as one that waits
    CHECK_FALSE(r.finIsNext(Seq32(4)));
    CHECK(r.finIsNext(Seq32(5)));
    r.clear();
    CHECK_FALSE(r.finIsNext(Seq32(5)));
    CHECK(r.empty());
}

TEST_CASE("random overlaps, in any order, make the stream that a plain array makes", "[tcp]")
{
    constexpr std::size_t kSize = 400;
    for (std::uint64_t seed = 0; seed < 500; ++seed) {
        Rng rng(seed);
        // Half of the runs cross 2^32.
        const Seq32 origin(seed % 2 == 0 ? static_cast<std::uint32_t>(rng.next())
                                         : 0u - static_cast<std::uint32_t>(rng.below(kSize)));
        std::vector<std::optional<std::uint8_t>> model(kSize);
        std::size_t taken = 0;
        Reassembly r;
        Bytes stream, expected;
        for (int i = 0; i < 400 && taken < kSize; ++i) {
            const std::size_t first = rng.below(kSize);
            const std::size_t length = rng.below(std::min<std::size_t>(60, kSize - first) + 1);
            Bytes data(length);
            for (std::size_t k = 0; k < length; ++k) {
                // Every arrival carries different octets, so that it shows which of two copies was kept.
                data[k] = static_cast<std::uint8_t>(rng.next());
                if (first + k >= taken && !model[first + k])
                    model[first + k] = data[k];
            }
            r.insert(origin + static_cast<std::uint32_t>(first), data, origin + static_cast<std::uint32_t>(taken));
            if (rng.chance(700'000)) {
                const Bytes more = r.take(origin + static_cast<std::uint32_t>(taken));
                stream.insert(stream.end(), more.begin(), more.end());
                while (taken < kSize && model[taken])
                    expected.push_back(*model[taken++]);
                INFO("seed " << seed << ", step " << i);
                REQUIRE(stream == expected);
            }
            std::size_t waiting = 0;
            for (std::size_t k = taken; k < kSize; ++k)
                waiting += model[k] ? 1 : 0;
            REQUIRE(r.octets() == waiting);
        }
    }
}

} // namespace packetarium::tcp_reassembly_test
