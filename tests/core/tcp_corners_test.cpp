// SPDX-License-Identifier: GPL-3.0-or-later
//
// Corners of the RFCs that ordinary exchanges do not come to.
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

namespace packetarium::tcp_corners_test {

using namespace literals;
using namespace testing;

namespace {

TcpConfig withSack()
{
    TcpConfig config = bulkConfig(10);
    config.sack = true;
    return config;
}

using Blocks = std::vector<std::pair<std::uint32_t, std::uint32_t>>;

} // namespace

TEST_CASE("RFC 6675 section 4: what was sent during a recovery and lost is sent again in it", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    Bulk bulk(rig, 60'000);
    bulk.expectSent(101, 10);
    const auto acked = [&](Blocks blocks) { rig.receive("ACK", seq(301), ack(101), sack(std::move(blocks))); };
    acked({{1101, 2101}});
    bulk.expectSent(10'101); // limited transmit
    acked({{1101, 3101}});
    bulk.expectSent(11'101);
    acked({{1101, 4101}});
    bulk.expectSentAgain(101);
    rig.expectVariable(Variable::Recover, 12'101);
    rig.expectWindows(5000, 5000);
    acked({{1101, 10'101}}); // pipe: 101 again, 10101 and 11101
    bulk.expectSent(12'101, 2);
    acked({{13'101, 14'101}, {1101, 10'101}}); // pipe 4000
    bulk.expectSent(14'101);
    acked({{13'101, 15'101}, {1101, 10'101}});
    bulk.expectSent(15'101);
    // 3000 octets above them: 10101, 11101 and 12101 are lost, the last one sent after the recovery began. Pipe 1000.
    acked({{13'101, 16'101}, {1101, 10'101}});
    bulk.expectSentAgain(10'101, 3);
    bulk.expectSent(16'101);
    rig.expectNothing();
}

TEST_CASE("RFC 3042 section 2: the first duplicate counts even if the window has shrunk below what is under way",
          "[tcp]")
{
    TcpConfig config = bulkConfig(20);
    config.congestionControl = CongestionControl::Reno;
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 60'000);
    bulk.expectSent(101, 20);
    for (const std::uint32_t from : {20'101u, 21'101u}) {
        bulk.duplicates(101, 1);
        bulk.expectSent(from);
    }
    bulk.duplicates(101, 1);
    bulk.expectSentAgain(101);
    rig.receive("ACK", seq(301), ack(11'101)); // Reno's recovery is over: 11000 under way
    rig.expectWindows(10'000, 10'000);
    bulk.duplicates(11'101, 1); // "would remain less than or equal to cwnd + 2 * SMSS"
    bulk.expectSent(22'101);
    rig.expectSentBecause(Reason::SentLimitedTransmit);
    bulk.duplicates(11'101, 1);
    rig.expectNothing();
}

TEST_CASE("RFC 3168 section 6.1.2: a mark and a loss from one window of data reduce once", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.ecn = true;
    TcpRig rig(config);
    rig.openActive();
    rig.skipWhatWasSaid();
    rig.receive("SYN,ACK,ECE", seq(300), ack(101), mss(1000));
    rig.skipWhatWasSaid();
    rig.send(octetsOf(30'000));
    rig.skipWhatWasSaid();
    rig.receive("ACK,ECE", seq(301), ack(1101));
    rig.expectWindows(5000, 5000);
    for (int i = 0; i < 3; ++i)
        rig.receive("ACK,ECE", seq(301), ack(1101));
    rig.expectSent("ACK", seq(1101), ack(301), data(octetsOf(2000).substr(1000)), again());
    rig.expectWindows(8000, 5000); // RFC 5681 §3.2 (3) with the ssthresh that the mark left
}

TEST_CASE("RFC 9438 section 4.2: time in which the program was the limit does not count", "[tcp]")
{
    const auto window = [] {
        TcpConfig config;
        config.congestionControl = CongestionControl::Cubic;
        config.initialWindow = 100;
        CongestionWindow w(config);
        w.begin(1000, false);
        w.onCongestion(100'000, SimTime());
        w.set(w.ssthresh());
        return w;
    };
    const auto roundTrips = [](CongestionWindow& w, SimDuration from, SimDuration to) {
        for (SimDuration t = from; t <= to; t = t + 100_ms)
            for (std::uint32_t n = w.cwnd() / 1000; n > 0; --n)
                w.onAck(1000, SimTime() + t, 100_ms);
    };
    CongestionWindow busy = window(), paused = window();
    roundTrips(busy, 0_ms, 1000_ms);
    roundTrips(paused, 0_ms, 1000_ms);
    REQUIRE(busy.cwnd() == paused.cwnd());
    paused.pause();
    roundTrips(busy, 1000_ms, 1500_ms);       // the same instant once more, as ...
    roundTrips(paused, 90'000_ms, 90'500_ms); // ... here, where the clock stood
    CHECK(busy.cwnd() == paused.cwnd());
}

TEST_CASE("CUBIC's window does not grow while it is not used, whatever the profile", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.congestionControl = CongestionControl::Cubic;
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 10'000);
    bulk.expectSent(101, 10);
    bulk.duplicates(101, 3);
    bulk.expectSentAgain(101);
    rig.receive("ACK", seq(301), ack(10'101));
    rig.expectWindows(7000, 7000); // beta is 0.7
    std::uint32_t next = 10'101;
    for (int i = 0; i < 50; ++i, next += 1000) { // one segment in each round trip
        bulk.write(1000);
        bulk.expectSent(next);
        rig.pass(100_ms);
        rig.receive("ACK", seq(301), ack(next + 1000));
    }
    rig.expectWindows(7000, 7000);
}

TEST_CASE("RFC 6928: with its larger initial window one lost SYN changes nothing, a second one does", "[tcp]")
{
    for (const int losses : {1, 2}) {
        TcpRig rig(bulkConfig(10));
        rig.openActive();
        for (int i = 0; i < losses; ++i) {
            rig.skipWhatWasSaid();
            rig.passToTimer(Timer::Retransmission);
        }
        rig.skipWhatWasSaid();
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000));
        rig.skipWhatWasSaid();
        rig.expectWindows(losses == 1 ? 10'000 : 1000, CongestionWindow::kNoThreshold);
    }
}

TEST_CASE("RFC 2018 section 4: a stretch that has not grown for long is told again when there is room", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    const auto arrives = [&](std::uint32_t from) {
        rig.receive("ACK", seq(from), ack(101), data(std::string(100, 'x')));
    };
    for (const std::uint32_t from : {401u, 601u, 801u, 1001u, 1201u}) {
        arrives(from);
        rig.skipWhatWasSaid();
    }
    arrives(1101);
    rig.expectSent("ACK", seq(101), ack(301), sack({{1001, 1301}, {801, 901}, {601, 701}, {401, 501}}));
}

TEST_CASE("RFC 7323 section 3.2: a reset bears a timestamp, and echoes none", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.timestamps = true;
    TcpRig rig(config);
    rig.openActive();
    rig.skipWhatWasSaid();
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), ts(5000, 0));
    rig.skipWhatWasSaid();
    rig.pass(30_ms);
    rig.abort();
    rig.expectSent("RST", seq(101), ts(30, 0));
}

TEST_CASE("a user timeout counts for keep-alive in place of the probes", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.keepAlive = true;
    config.keepAliveIdle = 10_s;
    config.keepAliveInterval = 3_s;
    config.userTimeout = 15_s;
    TcpRig rig = TcpRig::agreed(config);
    for (int i = 0; i < 2; ++i) { // at 10 and 13 s
        rig.passToTimer(Timer::KeepAlive);
        rig.expectSent("ACK", seq(100), ack(301));
    }
    rig.expectTimer(Timer::KeepAlive, 3_s);
    rig.passToTimer(Timer::KeepAlive); // 16 s without a word
    rig.expectSent("RST", seq(101));
    rig.expectTold(AppCall::Failed, AppResult::TimedOut);
}

TEST_CASE("a user timeout counts for data that a shut window keeps from being sent", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.userTimeout = 5_s;
    TcpRig rig = TcpRig::agreed(config, 0);
    rig.send("x");
    rig.expectTimer(Timer::UserTimeout, 5_s);
    rig.expectTimer(Timer::Persist, 1_s);
    rig.passToTimer(Timer::Persist);
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("x"));
    rig.pass(4_s);
    rig.skipWhatWasSaid();
    rig.expectState("CLOSED");
}

TEST_CASE("a window of half the buffer or less is told anew when reading has doubled it", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.receiveBuffer = 20'000;
    for (const std::uint32_t unread : {18'000u, 8000u}) {
        TcpRig rig = TcpRig::agreed(config);
        rig.autoRead(false);
        for (std::uint32_t n = 0; n < unread; n += 1000) {
            rig.receive("ACK", seq(301 + n), ack(101), data(std::string(1000, 'x')));
            rig.skipWhatWasSaid();
        }
        rig.read();
        rig.expectDelivered(std::string(unread, 'x'));
        if (unread == 18'000) { // 2000 were left; 12000 are more than half
            rig.expectSent("ACK", seq(101), ack(18'301), win(20'000));
            rig.expectSentBecause(Reason::SentAckWindowUpdate);
        }
        rig.expectNothing();
    }
}

TEST_CASE("RFC 9293 section 3.7.1: the MSS offered bounds what comes, the peer's what goes; TCP_MAXSEG bounds both",
          "[tcp]")
{
    for (const bool bothWays : {false, true}) {
        TcpConfig config = bulkConfig(4);
        config.mss = 500;
        config.mssBothWays = bothWays;
        TcpRig rig(config);
        rig.openActive();
        rig.expectSent("SYN", seq(100), mss(500));
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000));
        rig.skipWhatWasSaid();
        Bulk bulk(rig, 1000);
        bulk.expectSent(101, bothWays ? 2 : 1, bothWays ? 500 : 1000);
        rig.expectNothing();
    }
}

TEST_CASE("RFC 5961 section 3: a reset on the number of the SYN is left of the window, whatever else it bears", "[tcp]")
{
    TcpRig rig(bulkConfig());
    rig.openPassive();
    rig.receive("SYN", seq(300), mss(1000));
    rig.expectSent("SYN,ACK", seq(100), ack(301));
    rig.receive("SYN,RST,ACK", seq(300), ack(101));
    rig.expectIgnored(Reason::IgnoredRstOutsideWindow);
    rig.expectState("SYN-RECEIVED");
    rig.expectNothing();
}

TEST_CASE("RFC 9293 section 3.6.1, MAY-2: a connection that takes another's place begins above what that one used",
          "[tcp]")
{
    TcpRig rig(bulkConfig());
    rig.openPassive();
    rig.tcp().beginAbove(Seq32(5000)); // the number that would be chosen is 100
    rig.receive("SYN", seq(300), mss(1000));
    rig.expectSent("SYN,ACK", seq(5001), ack(301));
}

TEST_CASE("RFC 6191 section 2: the first connection with timestamps reopens, even with a lower number", "[tcp]")
{
    for (const bool used : {true, false}) {
        TcpConfig config = TcpRig::config();
        config.timestamps = used;
        const TcpRig rig = TcpRig::inState(TcpState::TimeWait, config); // the peer's SYN bore none
        TcpSegment syn;
        syn.seq = Seq32(200);
        syn.flags.bits = TcpFlags::Syn;
        syn.timestamps = TcpTimestamps{7, 0};
        CHECK(rig.tcp().mayBeReopenedBy(syn) == used);
    }
}

TEST_CASE("RFC 5961 section 5: of a segment that is dropped for its ACK no timestamp is remembered either", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.timestamps = true;
    for (const std::uint32_t number : {9999u, 101u - 70'000u}) { // of what was never sent; and too far back
        TcpRig rig(config);
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), ts(200, 0));
        rig.skipWhatWasSaid();
        rig.receive("FIN,ACK", seq(301), ack(number), ts(200'000, 0));
        rig.expectIgnored(Reason::IgnoredAckOfUnsent);
        rig.expectSent("ACK", seq(101), ack(301), ts(0, 200)); // the challenge
        rig.receive("PSH,ACK", seq(301), ack(101), data("abc"), ts(201, 0));
        rig.expectDelivered("abc");
        rig.expectSent("ACK", seq(101), ack(304), ts(0, 201));
    }
}

TEST_CASE("RFC 5961 section 4: a SYN on a connection is challenged, even if it lacks the timestamps agreed on", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.timestamps = true;
    for (const std::uint32_t number : {301u, 400u, 90'000u}) { // a peer that has begun anew has any number
        TcpRig rig(config);
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), ts(200, 0));
        rig.skipWhatWasSaid();
        rig.receive("SYN", seq(number), mss(1000));
        rig.expectIgnored(number < 65'000 ? Reason::IgnoredSynOnConnection : Reason::IgnoredOutsideWindow);
        rig.expectSent("ACK", seq(101), ack(301), ts(0, 200));
        rig.receive("ACK", seq(301), ack(101)); // RFC 7323 §3.2: any other segment without is dropped
        rig.expectIgnored(Reason::IgnoredPaws);
        rig.expectNothing();
    }
}

TEST_CASE("RFC 2883 section 4: a duplicate of several stored segments is told to its end", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    const auto arrives = [&](std::uint32_t from, std::size_t octets) {
        rig.receive("ACK", seq(from), ack(101), data(std::string(octets, 'x')));
    };
    arrives(1301, 1000);
    rig.skipWhatWasSaid();
    arrives(2301, 1000);
    rig.skipWhatWasSaid();
    SECTION("that lies within what is reported anyway")
    {
        arrives(1801, 2500);
        rig.expectSent("ACK", seq(101), ack(301), sack({{1801, 3301}, {1301, 4301}}));
    }
    SECTION("that fills the gap")
    {
        arrives(301, 3000);
        rig.expectDelivered(std::string(3000, 'x'));
        rig.expectSent("ACK", seq(101), ack(3301), sack({{1301, 3301}}));
    }
    SECTION("with another stretch behind it, which is not counted in")
    {
        arrives(4301, 1000);
        rig.skipWhatWasSaid();
        arrives(1301, 4000);
        rig.expectSent("ACK", seq(101), ack(301), sack({{1301, 3301}, {1301, 5301}}));
    }
}

TEST_CASE("RFC 5681 section 4.1: a window that was long shut opens upon the restart window", "[tcp]")
{
    TcpConfig config = bulkConfig(4);
    config.probeWithoutData = true; // with probes of an octet data would have been sent
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 4000);
    bulk.expectSent(101, 4);
    for (std::uint32_t number = 1101; number <= 3101; number += 1000)
        rig.receive("ACK", seq(301), ack(number));
    rig.receive("ACK", seq(301), ack(4101), win(0)); // cwnd is 8 segments
    bulk.write(20'000);
    for (int i = 0; i < 2; ++i) {
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(4100), ack(301));
        rig.receive("ACK", seq(301), ack(4101), win(0));
    }
    rig.receive("ACK", seq(301), ack(4101));
    bulk.expectSent(4101, 4);
    rig.expectVariable(Variable::Cwnd, 4000);
    rig.expectNothing();
}

TEST_CASE("RFC 7323 section 2.2: the window of a SYN,ACK that crosses ours is not scaled", "[tcp]")
{
    TcpConfig config = TcpRig::config();
    config.windowScaling = true;
    TcpRig rig(config);
    rig.openActive();
    rig.expectSent("SYN", seq(100));
    rig.receive("SYN", seq(300), win(1000), mss(1000), wscale(5));
    rig.expectSent("SYN,ACK", seq(100), ack(301));
    rig.receive("SYN,ACK", seq(300), ack(101), win(1000), mss(1000), wscale(5));
    rig.expectTold(AppCall::Opened);
    CHECK(rig.tcp().sndWnd() == 1000);
    rig.receive("ACK", seq(301), ack(101), win(1000));
    CHECK(rig.tcp().sndWnd() == 32'000);
}

TEST_CASE("RFC 9293 section 3.10.7.4, first: a SYN with text that comes again is answered like a bare one", "[tcp]")
{
    for (const bool likeLinux : {false, true}) {
        for (const bool fin : {false, true}) {
            INFO(likeLinux << fin);
            TcpConfig config = TcpRig::config();
            config.synAckOnDuplicateSyn = likeLinux;
            TcpRig rig(config);
            rig.openPassive();
            const char* const kind = fin ? "SYN,FIN" : "SYN";
            rig.receive(kind, seq(300), mss(1000), data("GET"));
            rig.expectSent("SYN,ACK", seq(100), ack(301));
            rig.pass(900_ms);
            rig.receive(kind, seq(300), mss(1000), data("GET"));
            rig.expectIgnored(Reason::IgnoredOutsideWindow);
            if (likeLinux)
                rig.expectSent("SYN,ACK", seq(100), ack(301), again());
            else
                rig.expectSent("ACK", seq(101), ack(301));
            rig.expectState("SYN-RECEIVED");
            rig.receive("ACK", seq(301), ack(101));
            rig.expectTold(AppCall::Opened);
            rig.expectDelivered("GET");
            if (fin)
                rig.expectTold(AppCall::PeerClosed);
            rig.skipWhatWasSaid();
            rig.expectState(fin ? "CLOSE-WAIT" : "ESTABLISHED");
        }
    }
}

TEST_CASE("RFC 9293 section 3.10.7.4, first: at a shut window only an ACK or a reset at the edge is acceptable",
          "[tcp]")
{
    for (const char* const kind : {"", "FIN", "PSH"}) {
        INFO(kind);
        TcpRig rig = TcpRig::established();
        rig.autoRead(false);
        rig.receive("PSH,ACK", seq(301), ack(101), data(std::string(1000, 'x')));
        rig.skipWhatWasSaid();
        REQUIRE(rig.tcp().rcvWnd() == 0);
        rig.receive(kind, seq(1301), data("y"));
        rig.expectIgnored(Reason::IgnoredOutsideWindow);
        rig.expectSent("ACK", seq(101), ack(1301), win(0));
    }
}

TEST_CASE("octets beyond the window are cut off and come again", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    rig.receive("ACK", seq(301), ack(101), data(octetsOf(1200)));
    rig.pass(200_ms);
    rig.expectSent("ACK", seq(101), ack(1301), win(0));
    rig.read();
    rig.expectDelivered(octetsOf(1200).substr(0, 1000));
    rig.expectSent("ACK", seq(101), ack(1301), win(1000));
    rig.receive("PSH,ACK", seq(1301), ack(101), data(octetsOf(1200).substr(1000)));
    rig.read();
    rig.expectDelivered(octetsOf(1200).substr(1000));
}

} // namespace packetarium::tcp_corners_test
