// SPDX-License-Identifier: GPL-3.0-or-later
//
// How much a sender lets itself have under way: slow start and congestion
// avoidance (RFC 5681 §3.1), after a time-out and after silence (§4.1), and
// the settings that change it.
#include "core/tcp/congestion.h"
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

namespace packetarium::tcp_congestion_test {

using namespace literals;
using namespace testing;

namespace {

constexpr std::uint32_t kHigh = CongestionWindow::kNoThreshold;

} // namespace

TEST_CASE("RFC 5681 section 3.1: the initial window is four, three or two segments, by their size", "[tcp]")
{
    const auto initial = [](std::uint16_t size) {
        TcpConfig config = bulkConfig();
        config.mss = size;
        TcpRig rig(config);
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.receive("SYN,ACK", seq(300), ack(101), mss(size));
        return rig.tcp().cwnd();
    };
    CHECK(initial(536) == 4 * 536);
    CHECK(initial(1095) == 4 * 1095);
    CHECK(initial(1096) == 3 * 1096);
    CHECK(initial(2190) == 3 * 2190);
    CHECK(initial(2191) == 2 * 2191);
    CHECK(initial(8960) == 2 * 8960);
}

TEST_CASE("the initial window may be given in segments: RFC 6928's ten", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig(10));
    rig.expectWindows(10'000, kHigh);
}

TEST_CASE("RFC 5681 section 3.1: after a lost SYN or SYN,ACK the initial window is one segment", "[tcp]")
{
    SECTION("the opener's SYN")
    {
        TcpRig rig(bulkConfig());
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.passToTimer(Timer::Retransmission);
        rig.expectSent("SYN", seq(100), again());
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000));
        rig.skipWhatWasSaid();
        rig.expectWindows(1000, kHigh);
    }
    SECTION("the other end's SYN,ACK")
    {
        TcpRig rig(bulkConfig());
        rig.openPassive();
        rig.receive("SYN", seq(300), mss(1000));
        rig.skipWhatWasSaid();
        rig.passToTimer(Timer::Retransmission);
        rig.expectSent("SYN,ACK", seq(100), ack(301), again());
        rig.receive("ACK", seq(301), ack(101));
        rig.skipWhatWasSaid();
        rig.expectWindows(1000, kHigh);
    }
}

TEST_CASE("slow start: each acknowledgment lets the window grow by a segment at most (RFC 5681, equation 2)", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig());
    Bulk bulk(rig, 60'000);
    bulk.expectSent(101, 4);
    rig.expectVariable(Variable::Phase, static_cast<std::uint64_t>(CongestionPhase::SlowStart));
    rig.expectVariable(Variable::LimitedBy, static_cast<std::uint64_t>(SendLimit::CongestionWindow));
    std::uint32_t next = 4101, una = 101;
    for (std::uint32_t n = 1; n <= 12; ++n) { // one ACK per segment: two leave for each
        una += 1000;
        rig.receive("ACK", seq(301), ack(una));
        bulk.expectSent(next, 2);
        next += 2000;
        rig.expectWindows(4000 + 1000 * n, kHigh);
        rig.expectNothing();
    }
    una += 3000; // one ACK for three segments counts once
    rig.receive("ACK", seq(301), ack(una));
    rig.expectWindows(17'000, kHigh);
    bulk.expectSent(next, 4);
    rig.receive("ACK", seq(301), ack(una + 500)); // and less than a segment counts as what it is
    rig.expectWindows(17'500, kHigh);
    bulk.expectSent(next + 4000);
    rig.expectNothing();
}

TEST_CASE("byte counting: an acknowledgment of several segments counts for two (RFC 3465 section 2.3)", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.byteCounting = true;
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 4000);
    bulk.expectSent(101, 4);
    rig.receive("ACK", seq(301), ack(4101));
    rig.expectWindows(6000, kHigh);
}

TEST_CASE("byte counting: after a time-out an acknowledgment counts for one segment (RFC 3465 section 2.3)", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.byteCounting = true;
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 20'000);
    bulk.expectSent(101, 10);
    rig.passToTimer(Timer::Retransmission);
    bulk.expectSentAgain(101);
    rig.receive("ACK", seq(301), ack(3101)); // of the second and third, too, which were not lost
    rig.expectWindows(2000, 5000);
    bulk.expectSentAgain(3101, 2);
    rig.receive("ACK", seq(301), ack(10'101));
    rig.expectWindows(3000, 5000);
    bulk.expectSent(10'101, 3);
    rig.receive("ACK", seq(301), ack(11'101));
    rig.expectWindows(4000, 5000);
    bulk.expectSent(13'101, 2);
    rig.receive("ACK", seq(301), ack(12'101));
    rig.expectWindows(5000, 5000); // ssthresh: the slow start that followed the time-out is over
    bulk.expectSent(15'101, 2);
}

TEST_CASE("a time-out: ssthresh is half of FlightSize, the window one segment (RFC 5681 section 3.1)", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig(10));
    Bulk bulk(rig, 30'000);
    bulk.expectSent(101, 10);
    rig.expectTimer(Timer::Retransmission, 1_s);
    rig.passToTimer(Timer::Retransmission);
    bulk.expectSentAgain(101);
    rig.expectWindows(1000, 5000);
    rig.expectVariable(Variable::Phase, static_cast<std::uint64_t>(CongestionPhase::AfterTimeout));
    rig.expectTimer(Timer::Retransmission, 2_s);

    SECTION("held constant when the same segment times out again")
    {
        rig.passToTimer(Timer::Retransmission);
        bulk.expectSentAgain(101);
        rig.expectWindows(1000, 5000);
        rig.expectTimer(Timer::Retransmission, 4_s);
    }
    SECTION("another segment's time-out takes it down again")
    {
        rig.receive("ACK", seq(301), ack(4101)); // FlightSize is 6000 now
        bulk.expectSentAgain(4101, 2);
        rig.passToTimer(Timer::Retransmission);
        bulk.expectSentAgain(4101);
        rig.expectWindows(1000, 3000);
    }
    SECTION("then slow start up to ssthresh, and from there a segment per round trip")
    {
        rig.receive("ACK", seq(301), ack(1101));
        bulk.expectSentAgain(1101, 2);
        rig.expectWindows(2000, 5000);
        rig.receive("ACK", seq(301), ack(2101));
        bulk.expectSentAgain(3101, 2);
        rig.receive("ACK", seq(301), ack(3101));
        bulk.expectSentAgain(5101, 2);
        rig.expectWindows(4000, 5000);
        rig.receive("ACK", seq(301), ack(10'101)); // all of what was lost
        rig.expectWindows(5000, 5000);
        bulk.expectSent(10'101, 5);
        rig.expectVariable(Variable::Phase, static_cast<std::uint64_t>(CongestionPhase::CongestionAvoidance));
        // Equation 3: SMSS * SMSS / cwnd for each ACK: 200, 192, 185, 179, 173
        std::uint32_t cwnd = 5000, una = 10'101, sent = 15'101;
        for (int i = 0; i < 5; ++i) {
            cwnd += 1'000'000 / cwnd;
            una += 1000;
            rig.receive("ACK", seq(301), ack(una));
            rig.expectWindows(cwnd, 5000);
            bulk.expectSent(sent);
            sent += 1000;
            rig.expectNothing();
        }
        CHECK(cwnd == 5929); // a little less than a segment in a round trip
    }
}

TEST_CASE("ssthresh never falls below two segments (RFC 5681, equation 4)", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig(10));
    Bulk bulk(rig, 1000);
    bulk.expectSent(101);
    rig.passToTimer(Timer::Retransmission);
    bulk.expectSentAgain(101);
    rig.expectWindows(1000, 2000);
}

TEST_CASE("congestion avoidance by octets: a segment more for each window acknowledged (RFC 3465 section 2.1)", "[tcp]")
{
    TcpConfig config;
    config.byteCounting = true;
    CongestionWindow window(config);
    window.begin(1000, false);
    window.onCongestion(8000, SimTime());
    window.set(window.ssthresh());
    REQUIRE(window.cwnd() == 4000);
    for (int i = 0; i < 3; ++i)
        window.onAck(1000, SimTime(), 100_ms);
    CHECK(window.cwnd() == 4000);
    window.onAck(1000, SimTime(), 100_ms);
    CHECK(window.cwnd() == 5000);
    for (int i = 0; i < 5; ++i)
        window.onAck(1000, SimTime(), 100_ms);
    CHECK(window.cwnd() == 6000);
}

TEST_CASE("restart after idle: more than an RTO without sending leaves the initial window (RFC 5681 section 4.1)",
          "[tcp]")
{
    for (const bool restart : {true, false}) {
        TcpConfig config = bulkConfig();
        config.restartAfterIdle = restart;
        TcpRig rig = TcpRig::agreed(config);
        Bulk bulk(rig, 4000);
        bulk.expectSent(101, 4);
        for (std::uint32_t una = 1101; una <= 4101; una += 1000)
            rig.receive("ACK", seq(301), ack(una));
        rig.expectWindows(8000, kHigh);
        rig.pass(1_s); // exactly the RTO: not exceeding it
        bulk.write(1000);
        bulk.expectSent(4101);
        rig.expectWindows(8000, kHigh);
        rig.receive("ACK", seq(301), ack(5101));
        rig.expectWindows(9000, kHigh);
        rig.pass(1_s + 1_ns);
        bulk.write(9000);
        if (restart)
            bulk.expectSent(5101, 4);
        else
            bulk.expectSent(5101, 9);
        rig.expectNothing();
    }
}

TEST_CASE("a window that is not used does not grow where the profile validates it (RFC 7661)", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.windowValidation = true;
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 1000);
    bulk.expectSent(101);
    rig.receive("ACK", seq(301), ack(1101));
    rig.expectWindows(10'000, kHigh);
}

TEST_CASE("another congestion control in a live connection takes over the windows", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 30'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(1101));
    bulk.expectSent(10'101, 2);
    bulk.duplicates(1101, 1);
    bulk.expectSent(12'101);
    bulk.duplicates(1101, 1);
    bulk.expectSent(13'101);
    bulk.duplicates(1101, 1);
    bulk.expectSentAgain(1101);
    rig.receive("ACK", seq(301), ack(14'101)); // recover
    bulk.expectSent(14'101, 5);
    rig.expectWindows(5500, 5500);
    SECTION("with its threshold")
    {
        config.congestionControl = CongestionControl::Cubic;
        rig.configure(config);
        rig.expectWindows(5500, 5500);
        config.congestionControl = CongestionControl::Tahoe;
        rig.configure(config);
        rig.expectWindows(5500, 5500);
    }
    SECTION("none lets everything go, and one that comes after it begins with the initial window")
    {
        config.congestionControl = CongestionControl::None;
        rig.configure(config);
        bulk.expectSent(19'101, 11);
        config.congestionControl = CongestionControl::NewReno;
        rig.configure(config);
        rig.expectWindows(10'000, kHigh);
    }
}

} // namespace packetarium::tcp_congestion_test
