// SPDX-License-Identifier: GPL-3.0-or-later
//
// CUBIC, RFC 9438, against values worked out beside each of them. Windows are
// in segments of 1,000 octets; C = 0.4, beta = 0.7.
#include "core/tcp/congestion.h"
#include "tests/support/catch.h"

#include <cmath>

namespace packetarium::tcp_cubic_test {

using namespace literals;

namespace {

constexpr std::uint32_t kSegment = 1000;

CongestionWindow cubic(int segments)
{
    TcpConfig config;
    config.congestionControl = CongestionControl::Cubic;
    config.initialWindow = segments;
    CongestionWindow window(config);
    window.begin(kSegment, false);
    return window;
}

/// A loss, repaired at once.
void lose(CongestionWindow& window, SimTime at)
{
    window.onCongestion(window.cwnd(), at);
    window.set(window.ssthresh());
}

/// Round trips of `rtt` from `from` to `to`: in each the whole window is acknowledged, segment by segment.
void acknowledge(CongestionWindow& window, SimTime from, SimTime to, SimDuration rtt)
{
    for (SimTime t = from; t <= to; t = t + rtt) {
        for (std::uint32_t n = window.cwnd() / kSegment; n > 0; --n)
            window.onAck(kSegment, t, rtt);
    }
}

SimTime at(SimDuration sinceStart)
{
    return SimTime() + sinceStart;
}

} // namespace

TEST_CASE("RFC 9438 section 4.6: a loss leaves seven tenths, at least two segments", "[tcp]")
{
    CongestionWindow window = cubic(100);
    lose(window, at(0_ms));
    CHECK(window.ssthresh() == 70'000);
    CHECK(window.cwnd() == 70'000);
    CongestionWindow small = cubic(2);
    lose(small, at(0_ms));
    CHECK(small.ssthresh() == 2000);
}

TEST_CASE("RFC 9438 section 4.2: the window is W_max again after K seconds, and grows beyond it from there", "[tcp]")
{
    // W_max = 100, cwnd = 70: K = cbrt(30 / 0.4) = cbrt(75) = 4.217 s. A long round trip keeps Reno's window below:
    // W_est grows by 9/17 of a segment in 500 ms, which is 70 + 4.5 after K.
    CongestionWindow window = cubic(100);
    lose(window, at(0_ms));
    // W_cubic(t + RTT) is where each round trip aims: after the one that begins at t it is C (t + RTT - K)^3 + W_max.
    const auto curve = [](double seconds) { return (0.4 * std::pow(seconds - std::cbrt(75.0), 3) + 100) * kSegment; };
    SimTime t = at(0_ms);
    double aimed = 0;
    for (int i = 0; i < 16; ++i, t = t + 500_ms) {
        acknowledge(window, t, t, 500_ms);
        aimed = curve(0.5 * (i + 1));
        INFO("round trip " << i);
        // (target - cwnd) / cwnd for each of cwnd acknowledgments goes nearly all the way: 1 - 1/e at the least.
        CHECK(window.cwnd() <= aimed + 1);
        CHECK(window.cwnd() > curve(0.5 * i) - 0.4 * (aimed - curve(0.5 * i)) - 2500);
        if (i == 7) // 4 s: the plateau
            CHECK(std::abs(static_cast<double>(window.cwnd()) - 100'000) < 500);
    }
    CHECK(window.cwnd() > 115'000); // 8 s: 0.4 * 3.783^3 = 21.6 above W_max
    CHECK(window.cwnd() <= 121'700);
}

TEST_CASE("RFC 9438 section 4.4: one acknowledgment's step is (target - cwnd) / cwnd, and the target at most half more",
          "[tcp]")
{
    CongestionWindow window = cubic(100);
    lose(window, at(0_ms));
    // At t = 0 W_cubic is 70 and W_est 70 + 9/17/70, so that the first step is Reno's: 7 octets.
    window.onAck(kSegment, at(0_ms), 500_ms);
    CHECK(window.cwnd() == 70'007);
    // t = 0.1, RTT = 0.5: W_cubic(0.6) = 100 - 0.4 * 3.6172^3 = 81.069; the step is 11062 / 70.007 = 158 octets.
    window.onAck(kSegment, at(100_ms), 500_ms);
    CHECK(std::abs(static_cast<int>(window.cwnd()) - 70'165) <= 1);

    CongestionWindow late = cubic(100);
    lose(late, at(0_ms));
    late.onAck(kSegment, at(0_ms), 1_ms); // the epoch begins; W_cubic(0.001) - 70 is nearly nothing
    const std::uint32_t before = late.cwnd();
    late.onAck(kSegment, at(30_s), 1_ms); // W_cubic(30) is far above: the target is 1.5 cwnd, the step half a segment
    CHECK(std::abs(static_cast<int>(late.cwnd() - before) - 500) <= 1);
}

TEST_CASE("RFC 9438 section 4.3: where Reno would be faster the window is Reno's", "[tcp]")
{
    // W_max = 10, cwnd = 7, RTT = 1 ms: K = cbrt(3 / 0.4) = 1.957 s, while W_est gains 9/17 of a segment a millisecond.
    CongestionWindow window = cubic(10);
    lose(window, at(0_ms));
    REQUIRE(window.cwnd() == 7000);
    window.onAck(kSegment, at(0_ms), 1_ms);
    // alpha = 3 * 0.3 / 1.7 = 9/17: 1000 * 1000 / 7000 * 9/17 = 75.6 octets
    CHECK(std::abs(static_cast<int>(window.cwnd()) - 7075) <= 1);
    double expected = 7000 + 1e6 / 7000 * 9 / 17;
    for (int i = 0; i < 60; ++i) {
        const double alpha = expected < 10'000 ? 9.0 / 17 : 1; // 1 once the window of before the loss is reached
        expected += 1e6 / window.cwnd() * alpha;
        window.onAck(kSegment, at(1_ms), 1_ms);
        INFO("acknowledgment " << i);
        CHECK(std::abs(static_cast<double>(window.cwnd()) - expected) < 2);
    }
    CHECK(window.cwnd() > 11'000);
}

TEST_CASE("RFC 9438 section 4.7: a loss before W_max was reached again lowers W_max to 85 percent of the window",
          "[tcp]")
{
    CongestionWindow window = cubic(100);
    lose(window, at(0_ms));
    lose(window, at(1_s)); // at 70 < 100: W_max = 70 * 1.7 / 2 = 59.5, cwnd = 49
    REQUIRE(window.cwnd() == 49'000);
    window.onAck(kSegment, at(2_s), 500_ms); // the epoch begins
    const std::uint32_t cwnd = window.cwnd();
    // K = cbrt(10.5 / 0.4) = 2.9723 s; W_cubic(0.6) = 59.5 - 0.4 * 2.3723^3 = 54.160
    window.onAck(kSegment, at(2100_ms), 500_ms);
    CHECK(std::abs(static_cast<int>(window.cwnd() - cwnd) - static_cast<int>((54'160 - cwnd) * 1000 / cwnd)) <= 1);
}

TEST_CASE("RFC 9438 section 4.8: after a time-out K is 0 and W_max the window where slow start ended", "[tcp]")
{
    CongestionWindow window = cubic(100);
    window.onTimeout(100'000, false, at(0_ms));
    CHECK(window.cwnd() == 1000);
    CHECK(window.ssthresh() == 70'000); // "sets ssthresh using beta_cubic"
    for (int i = 0; i < 69; ++i)
        window.onAck(kSegment, at(1_s), 500_ms);
    REQUIRE(window.cwnd() == 70'000);
    // W_cubic(0.5) = 70 + 0.4 * 0.125 = 70.05: less than W_est, 70 + 9/17/70 = 70.0076, is not; step 50 / 70 = 0
    window.onAck(kSegment, at(2_s), 500_ms);
    CHECK(window.cwnd() < 70'010);
    window.onAck(kSegment, at(7_s), 500_ms); // W_cubic(5.5) = 70 + 0.4 * 166.4 = 136.6, at most 105: step 35000 / 70
    CHECK(std::abs(static_cast<int>(window.cwnd()) - 70'500) <= 10);
}

TEST_CASE("in slow start CUBIC is Reno (RFC 9438 section 4.10)", "[tcp]")
{
    CongestionWindow window = cubic(10);
    for (int i = 0; i < 10; ++i)
        window.onAck(kSegment, at(0_ms), 100_ms);
    CHECK(window.cwnd() == 20'000);
}

} // namespace packetarium::tcp_cubic_test
