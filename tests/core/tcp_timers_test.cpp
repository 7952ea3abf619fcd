// SPDX-License-Identifier: GPL-3.0-or-later
//
// Retransmission: RFC 6298 by hand, and R2 of RFC 9293 §3.8.3.
#include "core/tcp/rtt_estimator.h"
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

namespace packetarium::tcp_timers_test {

using namespace literals;
using namespace testing;

namespace {

/// No floor, so that the arithmetic shows.
TcpConfig withoutFloor()
{
    TcpConfig config = TcpRig::config();
    config.rtoMin = 1_ns;
    return config;
}

} // namespace

TEST_CASE("before any measurement the RTO is one second", "[tcp]")
{
    const RttEstimator rtt{TcpConfig{}};
    CHECK(rtt.rto() == 1_s); // §2.1
    CHECK_FALSE(rtt.measured());
}

TEST_CASE("the first measurement is SRTT, half of it RTTVAR", "[tcp]")
{
    SECTION("R = 100 ms: 100 + 4 * 50 = 300 ms")
    {
        RttEstimator rtt(withoutFloor());
        rtt.sample(100_ms);
        CHECK(rtt.srtt() == 100_ms);
        CHECK(rtt.rttVar() == 50_ms);
        CHECK(rtt.rto() == 300_ms);
    }
    SECTION("which the floor of one second raises (section 2.4)")
    {
        RttEstimator rtt{TcpConfig{}};
        rtt.sample(100_ms);
        CHECK(rtt.srtt() == 100_ms);
        CHECK(rtt.rto() == 1_s);
    }
    SECTION("R = 2 s: 2 + 4 * 1 = 6 s")
    {
        RttEstimator rtt{TcpConfig{}};
        rtt.sample(2_s);
        CHECK(rtt.rto() == 6_s);
    }
    SECTION("R = 30 s: 90 s, which the ceiling of 60 s lowers (section 2.5)")
    {
        RttEstimator rtt{TcpConfig{}};
        rtt.sample(30_s);
        CHECK(rtt.rto() == 60_s);
    }
}

TEST_CASE("later measurements move RTTVAR by a quarter and SRTT by an eighth, RTTVAR first", "[tcp]")
{
    RttEstimator rtt(withoutFloor());
    rtt.sample(100_ms);
    rtt.sample(180_ms);
    // RTTVAR = 3/4 * 50 + 1/4 * |100 - 180| = 37.5 + 20 = 57.5 ms; SRTT = 7/8 * 100 + 1/8 * 180 = 110 ms
    CHECK(rtt.rttVar() == 57'500_us);
    CHECK(rtt.srtt() == 110_ms);
    CHECK(rtt.rto() == 340_ms);
    rtt.sample(30_ms);
    // RTTVAR = 3/4 * 57.5 + 1/4 * 80 = 43.125 + 20 = 63.125 ms; SRTT = 7/8 * 110 + 1/8 * 30 = 100 ms
    CHECK(rtt.rttVar() == 63'125_us);
    CHECK(rtt.srtt() == 100_ms);
    CHECK(rtt.rto() == 352'500_us);
}

TEST_CASE("the variation counts for at least the clock's granularity", "[tcp]")
{
    RttEstimator rtt(withoutFloor()); // G = 1 ms
    for (int i = 0; i < 200; ++i)
        rtt.sample(100_ms);
    CHECK(4 * rtt.rttVar() < 1_ms);
    CHECK(rtt.srtt() == 100_ms);
    CHECK(rtt.rto() == 101_ms);
}

TEST_CASE("a backed-off RTO doubles to the ceiling, and a measurement brings it back", "[tcp]")
{
    RttEstimator rtt{TcpConfig{}};
    for (const SimDuration expected : {2_s, 4_s, 8_s, 16_s, 32_s, 60_s, 60_s}) {
        rtt.backOff();
        CHECK(rtt.rto() == expected);
    }
    rtt.sample(500_ms);
    CHECK(rtt.rto() == 1500_ms);
}

TEST_CASE("the round trip of the SYN is the first measurement", "[tcp]")
{
    TcpRig rig(withoutFloor());
    rig.openActive();
    rig.skipWhatWasSaid();
    rig.pass(40_ms);
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1460));
    CHECK(rig.tcp().rtt().srtt() == 40_ms);
    CHECK(rig.tcp().rtt().rttVar() == 20_ms);
    CHECK(rig.tcp().rtt().rto() == 120_ms);
}

TEST_CASE("one segment a round trip is timed, to the acknowledgment of its last octet", "[tcp]")
{
    TcpConfig config = withoutFloor();
    config.nagle = false;
    TcpRig rig = TcpRig::established(config); // measured 0 ms, at no distance
    rig.send("aaaa");
    rig.skipWhatWasSaid();
    rig.pass(400_us);
    rig.send("bbbb"); // not timed: "aaaa" is
    rig.skipWhatWasSaid();
    rig.pass(400_us);
    rig.receive("ACK", seq(301), ack(103)); // half of "aaaa"
    CHECK(rig.tcp().rtt().srtt() == 0_ms);
    rig.receive("ACK", seq(301), ack(109));
    CHECK(rig.tcp().rtt().srtt() == 100_us); // 1/8 of 800 us
}

TEST_CASE("a segment that was sent twice gives no measurement", "[tcp]")
{
    // Karn's algorithm, §3.
    TcpRig rig = TcpRig::established();
    const SimDuration before = rig.tcp().rtt().srtt();
    rig.send("data");
    rig.skipWhatWasSaid();
    rig.passToTimer(Timer::Retransmission);
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("data"), again());
    rig.pass(10_ms);
    rig.receive("ACK", seq(301), ack(105));
    CHECK(rig.tcp().rtt().srtt() == before);
    CHECK(rig.tcp().rtt().rto() == 2_s); // and the RTO stays backed off until there is one (§5, note)
    rig.send("next");
    rig.skipWhatWasSaid();
    rig.expectTimer(Timer::Retransmission, 2_s);
    rig.pass(10_ms);
    rig.receive("ACK", seq(301), ack(109));
    CHECK(rig.tcp().rtt().rto() == 1_s);
}

TEST_CASE("the timer runs from the first unacknowledged segment, and anew from each acknowledgment of new data",
          "[tcp]")
{
    // §5.1-5.3
    TcpConfig config = TcpRig::config();
    config.nagle = false;
    TcpRig rig = TcpRig::established(config);
    rig.expectNoTimer(Timer::Retransmission);
    rig.send("aaaa");
    rig.skipWhatWasSaid();
    rig.expectTimer(Timer::Retransmission, 1_s);
    rig.pass(300_ms);
    rig.send("bbbb");
    rig.skipWhatWasSaid();
    rig.expectTimer(Timer::Retransmission, 700_ms); // not restarted by sending
    rig.pass(300_ms);
    rig.receive("ACK", seq(301), ack(101));
    rig.expectTimer(Timer::Retransmission, 400_ms); // nor by an ACK of nothing new
    rig.receive("ACK", seq(301), ack(105));
    rig.expectTimer(Timer::Retransmission, rig.tcp().rtt().rto());
    rig.receive("ACK", seq(301), ack(109));
    rig.expectNoTimer(Timer::Retransmission);
}

TEST_CASE("a lost SYN goes again after 1, 3, 7, 15, 31, 63 and 123 seconds, and is given up after 183", "[tcp]")
{
    // R2 of a SYN is at least three minutes (MUST-23).
    TcpRig rig;
    rig.openActive();
    rig.expectSent("SYN", seq(100));
    for (const int at : {1, 3, 7, 15, 31, 63, 123}) {
        rig.passToTimer(Timer::Retransmission);
        CHECK(rig.now() == SimTime::zero() + SimDuration::seconds(at));
        rig.expectSent("SYN", seq(100), win(1000), mss(1460), again());
    }
    rig.passToTimer(Timer::Retransmission);
    CHECK(rig.now() == SimTime::zero() + 183_s);
    rig.expectTold(AppCall::Failed, AppResult::TimedOut);
    rig.expectState("CLOSED");
    rig.expectNothing();
}

TEST_CASE("a lost SYN,ACK goes again in the same steps", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::SynReceived);
    for (const int at : {1, 3, 7, 15, 31, 63, 123}) {
        rig.passToTimer(Timer::Retransmission);
        CHECK(rig.now() == SimTime::zero() + SimDuration::seconds(at));
        rig.expectSent("SYN,ACK", seq(100), ack(301), win(1000), mss(1460), again());
    }
    rig.passToTimer(Timer::Retransmission);
    CHECK(rig.now() == SimTime::zero() + 183_s);
    rig.expectTold(AppCall::Failed, AppResult::TimedOut);
    rig.expectState("CLOSED");
}

TEST_CASE("after a lost SYN the RTO is three seconds when data begin", "[tcp]")
{
    // RFC 6298 §5.7
    SECTION("on the opening side")
    {
        TcpRig rig;
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.passToTimer(Timer::Retransmission);
        rig.expectSent("SYN", seq(100), again());
        CHECK(rig.tcp().rtt().rto() == 2_s);
        rig.pass(40_ms);
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1460));
        rig.skipWhatWasSaid();
        CHECK_FALSE(rig.tcp().rtt().measured());
        CHECK(rig.tcp().rtt().rto() == 3_s);
        rig.send("data");
        rig.skipWhatWasSaid();
        rig.expectTimer(Timer::Retransmission, 3_s);
    }
    SECTION("also when it had been backed off further")
    {
        TcpRig rig;
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.pass(16_s);
        rig.skipWhatWasSaid();
        CHECK(rig.tcp().rtt().rto() == 16_s);
        rig.receive("SYN,ACK", seq(300), ack(101));
        rig.skipWhatWasSaid();
        CHECK(rig.tcp().rtt().rto() == 3_s);
    }
    SECTION("on the side whose SYN,ACK was lost")
    {
        TcpRig rig = TcpRig::inState(TcpState::SynReceived);
        rig.passToTimer(Timer::Retransmission);
        rig.skipWhatWasSaid();
        rig.receive("ACK", seq(301), ack(101));
        rig.skipWhatWasSaid();
        CHECK(rig.tcp().rtt().rto() == 3_s);
    }
    SECTION("a SYN answered at once leaves it alone")
    {
        CHECK(TcpRig::established().tcp().rtt().rto() == 1_s);
    }
    SECTION("linux does not raise it")
    {
        TcpRig rig(TcpRig::config(Profile::Linux));
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.passToTimer(Timer::Retransmission);
        rig.skipWhatWasSaid();
        rig.receive("SYN,ACK", seq(300), ack(101));
        rig.skipWhatWasSaid();
        CHECK(rig.tcp().rtt().rto() == 1_s);
    }
}

TEST_CASE("lost data go again eight times, and are given up after 243 seconds", "[tcp]")
{
    // R2 is at least 100 s (SHLD-11). 1 + 2 + 4 + 8 + 16 + 32 + 60 + 60 + 60 = 243.
    TcpRig rig = TcpRig::established();
    rig.send("data");
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("data"));
    for (const int at : {1, 3, 7, 15, 31, 63, 123, 183}) {
        rig.passToTimer(Timer::Retransmission);
        CHECK(rig.now() == SimTime::zero() + SimDuration::seconds(at));
        rig.expectSent("PSH,ACK", seq(101), ack(301), data("data"), again());
    }
    rig.passToTimer(Timer::Retransmission);
    CHECK(rig.now() == SimTime::zero() + 243_s);
    rig.expectTold(AppCall::Failed, AppResult::TimedOut);
    rig.expectState("CLOSED");
    rig.expectNothing();
}

TEST_CASE("an acknowledgment of anything new begins the count of retransmissions afresh", "[tcp]")
{
    TcpRig rig = TcpRig::establishedWithPeerWindow(4);
    rig.send("aaaabbbb");
    rig.skipWhatWasSaid();
    for (int i = 0; i < 8; ++i) {
        rig.passToTimer(Timer::Retransmission);
        rig.expectSent("ACK", seq(101), ack(301), data("aaaa"), again());
    }
    rig.receive("ACK", seq(301), ack(105), win(4));
    rig.expectSent("PSH,ACK", seq(105), ack(301), data("bbbb"));
    for (int i = 0; i < 8; ++i) {
        rig.passToTimer(Timer::Retransmission);
        rig.expectSent("PSH,ACK", seq(105), ack(301), data("bbbb"), again());
    }
    rig.passToTimer(Timer::Retransmission);
    rig.expectTold(AppCall::Failed, AppResult::TimedOut);
}

TEST_CASE("linux gives up a SYN after 127 seconds, a SYN,ACK after 63 and data after 924.6", "[tcp]")
{
    SECTION("a SYN: 1 + 2 + 4 + 8 + 16 + 32 + 64")
    {
        TcpRig rig(TcpRig::config(Profile::Linux));
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.pass(127_s - 1_ns);
        rig.skipWhatWasSaid();
        rig.expectState("SYN-SENT");
        rig.pass(1_ns);
        rig.expectTold(AppCall::Failed, AppResult::TimedOut);
        rig.expectState("CLOSED");
    }
    SECTION("a SYN of kernels from 6.5 on: 4 * 1, then 1 + 2 + 4 + 8 + 16 + 32 + 64")
    {
        TcpConfig config = TcpRig::config(Profile::Linux);
        config.synLinearRetries = 4;
        TcpRig rig(config);
        rig.openActive();
        rig.expectSent("SYN", seq(100));
        for (const SimDuration wait : {1_s, 1_s, 1_s, 1_s, 1_s, 2_s, 4_s, 8_s, 16_s, 32_s}) {
            rig.pass(wait - 1_ns);
            rig.expectNothing();
            rig.pass(1_ns);
            rig.expectSent("SYN", seq(100), again());
        }
        rig.pass(64_s - 1_ns);
        rig.expectState("SYN-SENT");
        rig.pass(1_ns);
        rig.expectState("CLOSED");
    }
    SECTION("a SYN,ACK: five times, 1 + 2 + 4 + 8 + 16 + 32")
    {
        TcpRig rig(TcpRig::config(Profile::Linux));
        rig.openPassive();
        rig.receive("SYN", seq(300));
        rig.skipWhatWasSaid();
        for (int i = 0; i < 5; ++i) {
            rig.passToTimer(Timer::Retransmission);
            rig.expectSent("SYN,ACK", seq(100), ack(301), again());
        }
        rig.pass(32_s - 1_ns);
        rig.expectState("SYN-RECEIVED");
        rig.pass(1_ns);
        rig.expectState("CLOSED");
    }
    SECTION("data: 0.2 * (2^10 - 1) + 6 * 120")
    {
        TcpRig rig = TcpRig::established(TcpRig::config(Profile::Linux));
        rig.send("data");
        rig.skipWhatWasSaid();
        rig.pass(924'600_ms - 1_ns);
        rig.skipWhatWasSaid();
        rig.expectState("ESTABLISHED");
        rig.pass(1_ns);
        rig.expectTold(AppCall::Failed, AppResult::TimedOut);
        rig.expectState("CLOSED");
    }
}

TEST_CASE("of several lost segments the first goes when the timer fires, the next as acknowledgments come", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    const std::string text = octetsOf(4380); // three segments
    rig.send(text);
    for (int i = 0; i < 3; ++i) {
        const auto first = static_cast<std::size_t>(i) * 1460;
        rig.expectSent(i == 2 ? "PSH,ACK" : "ACK", seq(101 + static_cast<std::uint32_t>(first)), ack(301),
                       data(text.substr(first, 1460)));
    }
    rig.passToTimer(Timer::Retransmission);
    rig.expectSent("ACK", seq(101), ack(301), data(text.substr(0, 1460)), again());
    rig.expectTimer(Timer::Retransmission, 2_s);
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(1561));
    // One segment acknowledged: cwnd is two (RFC 5681 §3.1).
    rig.expectSent("ACK", seq(1561), ack(301), data(text.substr(1460, 1460)), again());
    rig.expectSent("PSH,ACK", seq(3021), ack(301), data(text.substr(2920)), again());
    rig.receive("ACK", seq(301), ack(4481));
    rig.expectNothing();
    rig.expectNoTimer(Timer::Retransmission);
}

TEST_CASE("a retransmission carries no more than had been sent", "[tcp]")
{
    TcpRig rig = TcpRig::establishedWithPeerWindow(5);
    rig.send("0123456789");
    rig.expectSent("ACK", seq(101), ack(301), data("01234"));
    rig.passToTimer(Timer::Retransmission);
    rig.expectSent("ACK", seq(101), ack(301), data("01234"), again());
}

} // namespace packetarium::tcp_timers_test
