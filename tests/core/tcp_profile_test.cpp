// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a common kernel does otherwise, setting by setting; and the states that
// the segment matrix leaves out.
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

namespace packetarium::tcp_profile_test {

using namespace literals;
using namespace testing;

TEST_CASE("RFC 6298 section 2: R = 100 ms gives SRTT 100, RTTVAR 50, RTO 300 ms, which the floor raises to a second",
          "[tcp]")
{
    for (const Profile profile : {Profile::Rfc, Profile::Linux}) {
        TcpConfig config = bulkConfig(10, profile);
        config.timestamps = false;
        TcpRig rig(config);
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.pass(100_ms);
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000));
        rig.skipWhatWasSaid();
        rig.expectVariable(Variable::Srtt, 100'000'000);
        rig.expectVariable(Variable::RttVar, 50'000'000);
        const SimDuration rto = profile == Profile::Rfc ? 1000_ms : 300_ms; // linux: the floor is 200 ms
        rig.send("hello");
        rig.expectSent("PSH,ACK", seq(101), ack(301), data("hello"));
        rig.expectTimer(Timer::Retransmission, rto);
        SimDuration wait = rto;
        const SimDuration ceiling = profile == Profile::Rfc ? 60_s : 120_s;
        for (int i = 0; i < config.dataRetries; ++i) { // §5.5
            rig.passToTimer(Timer::Retransmission);
            rig.expectSent("PSH,ACK", seq(101), ack(301), data("hello"), again());
            wait = std::min(2 * wait, ceiling);
            rig.expectTimer(Timer::Retransmission, wait);
        }
        rig.passToTimer(Timer::Retransmission);
        rig.expectTold(AppCall::Failed, AppResult::TimedOut);
        CHECK(rig.now() >= SimTime() + 100_s); // R2, §3.8.3
    }
}

TEST_CASE("a kernel probes a shut window without data, one number below SND.UNA", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.probeWithoutData = true;
    TcpRig rig = TcpRig::agreed(config, 0);
    rig.send("hello");
    SimDuration wait = 1_s;
    for (int i = 0; i < 12; ++i) { // answered probes go on for ever, at most a minute apart (§3.8.6.1)
        rig.expectTimer(Timer::Persist, wait);
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(100), ack(301));
        rig.expectSentBecause(Reason::SentZeroWindowProbe);
        rig.receive("ACK", seq(301), ack(101), win(0));
        wait = std::min(2 * wait, 60_s);
    }
    rig.receive("ACK", seq(301), ack(101), win(1000));
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("hello"));
}

TEST_CASE(
    "a window that the peer draws back holds new data, and what is beyond it goes again when it must (section 3.8.6)",
    "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig(10), 4000);
    Bulk bulk(rig, 6000);
    bulk.expectSent(101, 4);
    rig.receive("ACK", seq(301), ack(1101), win(1000)); // the edge was 4101 and is 2101
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(3101), win(1000));
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(4101), win(1000));
    bulk.expectSent(4101);
    rig.expectNothing();
}

TEST_CASE("what fills a gap is newer than what came early, if it acknowledges more: its window counts", "[tcp]")
{
    TcpRig rig = TcpRig::establishedWithPeerWindow(1000);
    rig.send(std::string(1100, 'a'));
    rig.skipWhatWasSaid();
    rig.receive("ACK", seq(305), ack(101), data("late"), win(1000)); // the first four octets are missing: WL1 is 305
    rig.skipWhatWasSaid();
    rig.receive("ACK", seq(301), ack(1101), data("1234"), win(0));
    rig.expectDelivered("1234late");
    CHECK(rig.tcp().sndWnd() == 0);
    rig.expectTimer(Timer::Persist, SimDuration::seconds(1));
    rig.expectSent("ACK", seq(1101), ack(309)); // and nothing of the hundred octets that wait
    rig.expectNothing();
}

TEST_CASE("in a window that has shrunk what bears no data stands at its edge", "[tcp]")
{
    TcpRig rig = TcpRig::establishedWithPeerWindow(1000);
    rig.send(std::string(1000, 'a'));
    rig.skipWhatWasSaid();
    rig.receive("ACK", seq(301), ack(101), win(400));            // the edge was 1101 and is 501
    rig.receive("ACK", seq(311), ack(101), data("x"), win(400)); // ahead of a gap: acknowledged at once
    rig.expectSent("ACK", seq(501), ack(301));
    rig.abort();
    rig.expectSent("RST", seq(501));
}

TEST_CASE("an actively opened SYN-RECEIVED challenges a SYN in the window and is refused by a reset", "[tcp]")
{
    for (const bool reset : {false, true}) {
        TcpRig rig(bulkConfig());
        rig.openActive();
        rig.expectSent("SYN", seq(100));
        rig.receive("SYN", seq(300), mss(1000)); // both open at once
        rig.expectSent("SYN,ACK", seq(100), ack(301));
        rig.expectState("SYN-RECEIVED");
        if (reset) { // §3.10.7.4, second: "connection refused"
            rig.receive("RST", seq(301));
            rig.expectTold(AppCall::Failed, AppResult::Refused);
            rig.expectState("CLOSED");
        } else { // fourth
            rig.receive("SYN", seq(310));
            rig.expectSent("ACK", seq(101), ack(301));
            rig.expectState("SYN-RECEIVED");
        }
    }
}

TEST_CASE("after its FIN has been sent a state still takes the acknowledgment of data before it", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig(10));
    Bulk bulk(rig, 2000);
    bulk.expectSent(101, 2);
    rig.shutdown();
    rig.expectSent("FIN,ACK", seq(2101), ack(301));
    rig.receive("ACK", seq(301), ack(1101)); // part of it: stays
    rig.expectState("FIN-WAIT-1");
    rig.receive("ACK", seq(301), ack(2101)); // all but the FIN
    rig.expectState("FIN-WAIT-1");
    rig.receive("ACK", seq(301), ack(2102));
    rig.expectState("FIN-WAIT-2");
    rig.expectNoTimer(Timer::Retransmission);
}

TEST_CASE("a kernel's abort is an acknowledgment, too", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.acknowledgeInAbort = true;
    config.timestamps = true;
    TcpRig rig(config);
    rig.openActive();
    rig.skipWhatWasSaid();
    SECTION("of an open connection")
    {
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), ts(5000, 0));
        rig.skipWhatWasSaid();
        rig.pass(30_ms);
        rig.abort();
        rig.expectSent("RST,ACK", seq(101), ack(301), ts(30, 5000));
        rig.expectSentBecause(Reason::SentRstAbort);
    }
    SECTION("and with data unread")
    {
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), ts(5000, 0));
        rig.skipWhatWasSaid();
        rig.autoRead(false);
        rig.receive("ACK", seq(301), ack(101), data("abc"), ts(5001, 0));
        rig.skipWhatWasSaid();
        rig.close();
        rig.expectSent("RST,ACK", seq(101), ack(304), ts(0, 5001));
        rig.expectSentBecause(Reason::SentRstUnreadData);
    }
    SECTION("not while it is being opened")
    {
        rig.receive("SYN", seq(300), mss(1000), ts(5000, 0)); // both ends at once: SYN-RECEIVED
        rig.skipWhatWasSaid();
        rig.abort();
        rig.expectSent("RST", seq(101), ts(0, 0));
    }
}

TEST_CASE("slow start with byte counting: two segments for an ACK at most, or as many as it acknowledges", "[tcp]")
{
    for (const int limit : {2, 5, 0}) {
        TcpConfig config = bulkConfig(10);
        config.byteCounting = true;
        config.slowStartLimit = limit;
        TcpRig rig = TcpRig::agreed(config);
        Bulk bulk(rig, 100'000);
        bulk.expectSent(101, 10);
        rig.receive("ACK", seq(301), ack(10'101));
        const std::uint32_t segments = limit == 0 ? 20 : 10 + static_cast<std::uint32_t>(limit);
        rig.expectWindows(1000 * segments, CongestionWindow::kNoThreshold);
        bulk.expectSent(10'101, static_cast<int>(segments));
    }
}

TEST_CASE("without a limit slow start stops at ssthresh, and what is left counts for congestion avoidance", "[tcp]")
{
    TcpConfig config;
    config.byteCounting = true;
    config.slowStartLimit = 0;
    config.initialWindow = 20;
    CongestionWindow window(config);
    window.begin(1000, false);
    window.onCongestion(24'000, SimTime()); // ssthresh 12000
    window.set(8000);
    window.onAck(10'000, SimTime(), 100_ms); // 4000 up to ssthresh, and 6000 of the 12000 that make another segment
    CHECK(window.cwnd() == 12'000);
    window.onAck(6000, SimTime(), 100_ms);
    CHECK(window.cwnd() == 13'000);
}

TEST_CASE("a loss halves FlightSize, or with a kernel the window", "[tcp]")
{
    struct Case {
        CongestionControl algorithm;
        bool fromWindow;
        std::uint32_t threshold;
    };
    // One segment of ten was under way. RFC 5681 §3.1, equation 4: at least two segments; RFC 9438 §4.6: 0.7 of the window.
    for (const Case& c : {Case{CongestionControl::NewReno, false, 2000}, Case{CongestionControl::NewReno, true, 5000},
                          Case{CongestionControl::Cubic, false, 2000}, Case{CongestionControl::Cubic, true, 7000}}) {
        TcpConfig config = bulkConfig(10);
        config.congestionControl = c.algorithm;
        config.thresholdFromWindow = c.fromWindow;
        TcpRig rig = TcpRig::agreed(config);
        Bulk bulk(rig, 1000);
        bulk.expectSent(101);
        rig.passToTimer(Timer::Retransmission);
        bulk.expectSentAgain(101);
        rig.expectWindows(1000, c.threshold);
    }
}

TEST_CASE("window validation: what was under way at most in a window of data decides whether it was used", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.byteCounting = true;
    config.windowValidation = true;
    TcpRig rig = TcpRig::agreed(config);
    SECTION("all of it: each ACK of it counts, though less is under way by then")
    {
        Bulk bulk(rig, 10'000);
        bulk.expectSent(101, 10);
        for (std::uint32_t n = 1; n <= 5; ++n) {
            rig.receive("ACK", seq(301), ack(101 + 2000 * n));
            rig.expectVariable(Variable::Cwnd, 10'000 + 2000 * n);
        }
    }
    SECTION("more than half of it, in slow start")
    {
        Bulk bulk(rig, 6000);
        bulk.expectSent(101, 6);
        rig.receive("ACK", seq(301), ack(2101));
        rig.expectVariable(Variable::Cwnd, 12'000); // not below 2 * 6000 any more
        rig.receive("ACK", seq(301), ack(4101));
        rig.expectVariable(Variable::Cwnd, 12'000);
    }
    SECTION("half of it or less")
    {
        Bulk bulk(rig, 5000);
        bulk.expectSent(101, 5);
        rig.receive("ACK", seq(301), ack(5101));
        rig.expectVariable(Variable::Cwnd, 10'000);
    }
}

TEST_CASE("a kernel compresses ACKs that only repeat: three at once, then one within a millisecond", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.sack = true;
    config.compressSack = true;
    TcpRig rig(config);
    rig.openActive();
    rig.skipWhatWasSaid();
    const SimDuration roundTrip = GENERATE(10_ms, 100_ms);
    rig.pass(roundTrip);
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), sackPermitted());
    rig.skipWhatWasSaid();
    const auto arrives = [&](std::uint32_t from) {
        rig.receive("ACK", seq(from), ack(101), data(std::string(1000, 'x')));
    };
    for (std::uint32_t n = 1; n <= 3; ++n) { // 301 is missing
        arrives(301 + 1000 * n);
        rig.expectSent("ACK", seq(101), ack(301), sack({{1301, 1301 + 1000 * n}}));
    }
    const SimDuration wait = std::min(roundTrip / 20, 1_ms);
    arrives(4301);
    rig.expectNothing();
    rig.expectTimer(Timer::DelayedAck, wait);
    rig.pass(wait - 1_ns);
    arrives(5301);
    rig.expectNothing();
    rig.pass(1_ns);
    rig.expectSent("ACK", seq(101), ack(301), sack({{1301, 6301}}));
    arrives(6301);
    rig.expectNothing();
    arrives(301); // the gap closes: at once
    rig.expectDelivered(std::string(7000, 'x'));
    rig.expectSent("ACK", seq(101), ack(7301));
    rig.expectNoTimer(Timer::DelayedAck);
    arrives(8301); // and another gap counts anew
    rig.expectSent("ACK", seq(101), ack(7301), sack({{8301, 9301}}));
}

TEST_CASE("a kernel's window begins at 64 KiB and grows with what comes in order, which is acknowledged at once",
          "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.receiveBuffer = 70'000;
    config.windowScaling = true; // a shift of 1
    config.growWindow = true;
    config.delayedAck = true;
    TcpRig rig(config);
    rig.openActive();
    rig.skipWhatWasSaid();
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), wscale(0));
    rig.expectTold(AppCall::Opened);
    rig.expectSent("ACK", seq(101), ack(301), win(32'768)); // rounded up
    std::uint32_t offered = 65'535;
    for (std::uint32_t n = 0; n < 3; ++n) { // by 2000 octets, 2000, and what is left
        rig.receive("ACK", seq(301 + 1000 * n), ack(101), data(std::string(1000, 'x')));
        rig.expectDelivered(std::string(1000, 'x'));
        offered = std::min(offered + 2000, 70'000u);
        rig.expectSent("ACK", seq(101), ack(1301 + 1000 * n), win(static_cast<std::uint16_t>(offered / 2)));
    }
    rig.receive("ACK", seq(3301), ack(101), data(std::string(1000, 'x')));
    rig.expectDelivered(std::string(1000, 'x'));
    rig.expectNothing(); // all is offered: acknowledged with the next one
}

TEST_CASE("a kernel acknowledges no more segments at once than half of its window holds, and two after a silence",
          "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.receiveBuffer = 4500; // room for four: two at once
    config.delayedAck = true;
    config.delayedAckTime = 40_ms;
    config.quickAcks = 16;
    TcpRig rig = TcpRig::agreed(config);
    std::uint32_t next = 301;
    const auto arrives = [&] {
        rig.receive("ACK", seq(next), ack(101), data(std::string(1000, 'x')));
        rig.expectDelivered(std::string(1000, 'x'));
        next += 1000;
    };
    const auto acknowledgedAtOnce = [&] {
        arrives();
        rig.expectSent("ACK", seq(101), ack(next));
    };
    const auto acknowledgedLater = [&] {
        arrives();
        rig.expectTimer(Timer::DelayedAck, 40_ms);
        rig.pass(40_ms);
        rig.expectSent("ACK", seq(101), ack(next));
    };
    acknowledgedAtOnce();
    acknowledgedAtOnce();
    acknowledgedLater();
    SECTION("a pause of an RTO, here of the least")
    {
        rig.pass(960_ms); // a second since the last data
        acknowledgedLater();
    }
    SECTION("a longer one")
    {
        rig.pass(961_ms);
        acknowledgedAtOnce();
        acknowledgedAtOnce();
        acknowledgedLater();
    }
}

TEST_CASE("a kernel's buffer is memory: each segment takes a block, and the window is what is left in whole segments",
          "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.mss = 1000;
    config.receiveBuffer = 5000; // 10000 of memory
    config.segmentMemory = 2000; // of which 1000 octets of data fill the half
    TcpRig rig(config);
    rig.autoRead(false);
    rig.openActive();
    rig.skipWhatWasSaid();
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1000));
    rig.expectTold(AppCall::Opened);
    rig.expectSent("ACK", seq(101), ack(301), win(5000));
    // Four segments take 8000 of 10000: room for one more. A fifth: for none.
    for (std::uint32_t n = 1; n <= 5; ++n) {
        rig.receive("ACK", seq(301 + 1000 * (n - 1)), ack(101), data(std::string(1000, 'x')));
        rig.expectSent("ACK", seq(101), ack(301 + 1000 * n), win(static_cast<std::uint16_t>(5000 - 1000 * n)));
    }
    SECTION("a block goes back when all of it has been read")
    {
        rig.read(999);
        rig.expectDelivered(std::string(999, 'x'));
        rig.expectNothing();
        rig.read(1);
        rig.expectDelivered("x");
        rig.expectSent("ACK", seq(101), ack(5301), win(1000));
    }
    SECTION("a close gives all back: the window opens for a peer that probes")
    {
        TcpConfig silent = rig.tcp().config();
        silent.resetOnUnreadData = false;
        rig.configure(silent);
        rig.close();
        rig.expectSent("FIN,ACK", seq(101), ack(5301), win(5000));
    }
    SECTION("a program that reads at once gives back what waited behind a gap, too")
    {
        rig.autoRead(true);
        rig.expectDelivered(std::string(5000, 'x'));
        rig.expectSent("ACK", seq(101), ack(5301), win(5000));
        for (const std::uint32_t at : {6301, 7301}) { // two of five places
            rig.receive("ACK", seq(at), ack(101), data(std::string(1000, 'x')));
            rig.expectSent("ACK", seq(101), ack(5301), win(5000)); // what was promised stays
        }
        rig.receive("ACK", seq(5301), ack(101), data(std::string(1000, 'x')));
        rig.expectDelivered(std::string(3000, 'x'));
        rig.expectSent("ACK", seq(101), ack(8301), win(5000));
    }
    SECTION("small segments take as much as large ones, unless they fit behind the last")
    {
        rig.read(0);
        rig.expectDelivered(std::string(5000, 'x'));
        rig.expectSent("ACK", seq(101), ack(5301), win(5000));
        // 2000 less 706 for its keeping: a block takes 1000 and 294 more
        rig.receive("ACK", seq(5301), ack(101), data(std::string(1000, 'x')));
        rig.expectSent("ACK", seq(101), ack(6301), win(4000));
        rig.receive("ACK", seq(6301), ack(101), data(std::string(294, 'y')));
        rig.expectSent("ACK", seq(101), ack(6595), win(4000));
        rig.receive("ACK", seq(6595), ack(101), data("z")); // room for three segments, but no promise is taken back
        rig.expectSent("ACK", seq(101), ack(6596), win(3999));
        for (std::uint32_t n = 1; n <= 4; ++n) { // the first of them fits behind the "z"
            rig.receive("ACK", seq(6596 + 1000 * (n - 1)), ack(101), data(std::string(1000, 'x')));
            rig.expectSent("ACK", seq(101), ack(6596 + 1000 * n), win(static_cast<std::uint16_t>(4000 - 1000 * n)));
        }
        rig.read(1293); // the first block has 1294
        rig.expectDelivered(std::string(1000, 'x') + std::string(293, 'y'));
        rig.expectNothing();
        rig.read(1);
        rig.expectDelivered("y");
        rig.expectSent("ACK", seq(101), ack(10'596), win(1000));
    }
}

TEST_CASE("a kernel acknowledges a FIN at once if nothing came before it, and else waits for its own", "[tcp]")
{
    for (const bool dataFirst : {false, true}) {
        TcpConfig config = bulkConfig();
        config.delayedAck = true;
        config.delayedAckTime = 40_ms;
        config.quickAcks = 16;
        TcpRig rig = TcpRig::agreed(config);
        if (dataFirst) {
            rig.receive("ACK", seq(301), ack(101), data("x"));
            rig.expectDelivered("x");
            rig.expectSent("ACK", seq(101), ack(302));
        }
        const std::uint32_t fin = dataFirst ? 302 : 301;
        rig.receive("FIN,ACK", seq(fin), ack(101));
        rig.expectTold(AppCall::PeerClosed);
        if (dataFirst) {
            rig.expectTimer(Timer::DelayedAck, 40_ms);
            rig.pass(40_ms);
        }
        rig.expectSent("ACK", seq(101), ack(fin + 1));
    }
}

} // namespace packetarium::tcp_profile_test
