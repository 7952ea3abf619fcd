// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sequence numbers go round a circle of 2^32 (RFC 9293 §3.4).
#include "core/base/rng.h"
#include "core/base/seq32.h"
#include "tests/support/catch.h"

namespace packetarium::base_seq32_test {

namespace {

constexpr std::uint32_t kHalf = 0x80000000u;

} // namespace

TEST_CASE("sequence numbers wrap to zero after 2^32 - 1", "[base]")
{
    CHECK(Seq32(0xffffffffu) + 1u == Seq32(0));
    CHECK(Seq32(0) - 1u == Seq32(0xffffffffu));
    CHECK(Seq32(0xfffffff0u) + 0x20u == Seq32(0x10));
    Seq32 s(0xfffffffeu);
    s += 3;
    CHECK(s == Seq32(1));
    CHECK(Seq32(5) - Seq32(0xfffffffbu) == 10);
    CHECK(Seq32(0xfffffffbu) - Seq32(5) == -10);
}

TEST_CASE("before and after are told across the wrap", "[base]")
{
    CHECK(seqLt(Seq32(0xffffffffu), Seq32(0)));
    CHECK(seqGt(Seq32(0), Seq32(0xffffffffu)));
    CHECK(seqLe(Seq32(7), Seq32(7)));
    CHECK(seqGe(Seq32(7), Seq32(7)));
    CHECK_FALSE(seqLt(Seq32(7), Seq32(7)));
    CHECK_FALSE(seqGt(Seq32(7), Seq32(7)));
    CHECK(seqMax(Seq32(0xfffffff0u), Seq32(16)) == Seq32(16));
    CHECK(seqMin(Seq32(0xfffffff0u), Seq32(16)) == Seq32(0xfffffff0u));
}

TEST_CASE("for distances under 2^31 exactly one of before, same and after holds, wherever on the circle", "[base]")
{
    Rng rng(9293);
    for (int i = 0; i < 10'000; ++i) {
        const Seq32 a(static_cast<std::uint32_t>(rng.next()));
        const auto distance = static_cast<std::uint32_t>(rng.below(kHalf - 1) + 1); // 1 .. 2^31 - 1
        const Seq32 b = a + distance;
        INFO(a.value() << " and " << distance << " further");
        REQUIRE((seqLt(a, b) && seqLe(a, b) && !seqGt(a, b) && !seqGe(a, b)));
        REQUIRE((seqGt(b, a) && seqGe(b, a) && !seqLt(b, a) && !seqLe(b, a)));
        REQUIRE(b - a == static_cast<std::int32_t>(distance));
        REQUIRE(seqMax(a, b) == b);
        REQUIRE(seqMin(a, b) == a);
    }
}

TEST_CASE("a window holds its first number and not the one behind its last", "[base]")
{
    for (const std::uint32_t first : {0u, 300u, 0xffffff00u, 0xffffffffu}) {
        for (const std::uint32_t size : {1u, 2u, 1000u, 65535u, kHalf}) {
            INFO("first " << first << ", size " << size);
            const Seq32 at(first);
            CHECK(seqInWindow(at, at, size));
            CHECK(seqInWindow(at + (size - 1), at, size));
            CHECK_FALSE(seqInWindow(at + size, at, size));
            CHECK_FALSE(seqInWindow(at - 1u, at, size));
        }
    }
    CHECK_FALSE(seqInWindow(Seq32(5), Seq32(5), 0));
}

} // namespace packetarium::base_seq32_test
