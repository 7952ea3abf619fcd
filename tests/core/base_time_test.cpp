// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/sim_time.h"
#include "tests/support/catch.h"

#include <limits>

namespace packetarium::base_time_test {

using namespace literals;

TEST_CASE("durations are whole nanoseconds, whatever unit they are written in", "[base]")
{
    CHECK((1_ns).ns() == 1);
    CHECK((1_us).ns() == 1'000);
    CHECK((1_ms).ns() == 1'000'000);
    CHECK((1_s).ns() == 1'000'000'000);
    CHECK(1_s == 1'000_ms);
    CHECK(200_ms < 1_s);
    CHECK((1_s).toSeconds() == 1.0);
    CHECK((-250_ms).toSeconds() == -0.25);
}

TEST_CASE("durations add, scale and divide without rounding up", "[base]")
{
    SimDuration d = 3_s;
    d += 500_ms;
    CHECK(d == 3500_ms);
    d -= 4_s;
    CHECK(d == -500_ms);
    CHECK(2 * 300_ms == 600_ms);
    CHECK(300_ms * 2 == 2 * 300_ms);
    CHECK(7_ns / 2 == 3_ns);
    CHECK(1_s - 1_ns == 999'999'999_ns);
}

TEST_CASE("an instant moves by durations, and two instants are a duration apart", "[base]")
{
    const SimTime t = SimTime::zero() + 1_s;
    CHECK(t.ns() == 1'000'000'000);
    CHECK(t + 1_ns > t);
    CHECK(t - 1_ns < t);
    CHECK((t + 5_ms) - t == 5_ms);
    CHECK(t - (t + 5_ms) == -5_ms);
    CHECK((t + 250_ms).toSeconds() == 1.25);
    CHECK(SimTime() == SimTime::zero());
}

TEST_CASE("never is later than every instant, and adding to it or past it stays never", "[base]")
{
    const SimTime last = SimTime::fromNs(std::numeric_limits<std::int64_t>::max() - 1);
    CHECK(SimTime::never() > last);
    CHECK_FALSE(last.isNever());
    CHECK((SimTime::never() + 1_s).isNever());
    CHECK((SimTime::never() + -1_s).isNever());
    CHECK((SimTime::never() + SimDuration{}).isNever());
    CHECK((last + 1_ns).isNever());
    CHECK((last + 2_ns).isNever());
    CHECK((last + SimDuration::max()).isNever());
    CHECK((SimTime::zero() + SimDuration::max()).isNever());
    CHECK(last + -1_ns == SimTime::fromNs(std::numeric_limits<std::int64_t>::max() - 2));
}

} // namespace packetarium::base_time_test
