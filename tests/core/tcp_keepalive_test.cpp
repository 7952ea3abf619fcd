// SPDX-License-Identifier: GPL-3.0-or-later
//
// Whom a connection gives up, and what it makes of hints: keep-alive (RFC 9293
// §3.8.4), the user timeout (RFC 5482), ICMP errors (§3.9.2.2, RFC 5927), path
// MTU (RFC 1191), and the limit on challenge ACKs (RFC 5961 §7).
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

namespace packetarium::tcp_keepalive_test {

using namespace literals;
using namespace testing;

namespace {

TcpConfig alive()
{
    TcpConfig config = bulkConfig(10);
    config.keepAlive = true;
    return config;
}

} // namespace

TEST_CASE("RFC 9293 section 3.8.4: keep-alive is off by default, and its idle time two hours", "[tcp]")
{
    const TcpConfig config;
    CHECK_FALSE(config.keepAlive);
    CHECK(config.keepAliveIdle >= 2 * SimDuration::seconds(3600));
    TcpRig rig = TcpRig::agreed(bulkConfig());
    rig.expectNoTimer(Timer::KeepAlive);
}

TEST_CASE("keep-alive: after two hours a segment before the window; nine unanswered ones end the connection", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(alive());
    rig.expectTimer(Timer::KeepAlive, 7200_s);
    for (int i = 0; i < 9; ++i) {
        rig.passToTimer(Timer::KeepAlive);
        rig.expectSent("ACK", seq(100), ack(301)); // SEG.SEQ = SND.NXT - 1, no octets
        rig.expectSentBecause(Reason::SentKeepAlive);
        rig.expectTimer(Timer::KeepAlive, 75_s);
    }
    SECTION("given up")
    {
        rig.passToTimer(Timer::KeepAlive);
        rig.expectSent("RST", seq(101));
        rig.expectTold(AppCall::Failed, AppResult::TimedOut);
        rig.expectState("CLOSED");
    }
    SECTION("an answer begins anew")
    {
        rig.receive("ACK", seq(301), ack(101));
        rig.expectTimer(Timer::KeepAlive, 7200_s);
        rig.passToTimer(Timer::KeepAlive);
        rig.expectSent("ACK", seq(100), ack(301));
    }
}

TEST_CASE("keep-alive: a peer that is gone ends FIN-WAIT-2, too, and the program hears of it", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(alive());
    rig.shutdown();
    rig.expectSent("FIN,ACK", seq(101), ack(301));
    rig.receive("ACK", seq(301), ack(102));
    rig.expectState("FIN-WAIT-2");
    for (int i = 0; i < 9; ++i) {
        rig.passToTimer(Timer::KeepAlive);
        rig.expectSent("ACK", seq(101), ack(301));
    }
    rig.passToTimer(Timer::KeepAlive);
    rig.expectSent("RST", seq(102));
    rig.expectTold(AppCall::Failed, AppResult::TimedOut);
    rig.expectState("CLOSED");
    rig.expectNoTimer(Timer::KeepAlive);
}

TEST_CASE("keep-alive counts from the last segment, and does not ask while data are under way", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(alive());
    rig.pass(7190_s);
    rig.receive("ACK", seq(301), ack(101), data("x"));
    rig.expectDelivered("x");
    rig.expectSent("ACK", seq(101), ack(302));
    rig.passToTimer(Timer::KeepAlive); // at 7200 s: nothing
    rig.expectNothing();
    rig.expectTimer(Timer::KeepAlive, 7190_s);
    rig.passToTimer(Timer::KeepAlive);
    rig.expectSent("ACK", seq(100), ack(302));
    rig.receive("ACK", seq(302), ack(101));

    rig.pass(7199_s);
    rig.send("hello");
    rig.expectSent("PSH,ACK", seq(101), ack(302), data("hello"));
    rig.pass(900_ms);
    rig.pass(200_ms); // past the deadline: the retransmission timer sees to what is under way
    rig.expectSent("PSH,ACK", seq(101), ack(302), data("hello"), again());
    rig.expectNothing();
}

TEST_CASE("a peer answers a keep-alive, which lies before its window (RFC 9293 section 3.8.4)", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig());
    rig.receive("ACK", seq(300), ack(101));
    rig.expectSent("ACK", seq(101), ack(301));
    rig.receive("ACK", seq(300), ack(101), data("g")); // with the garbage octet of older stacks
    rig.expectSent("ACK", seq(101), ack(301));
}

TEST_CASE("RFC 5482: data unacknowledged for the user timeout end the connection; progress begins it anew", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.userTimeout = 10_s;
    TcpRig rig = TcpRig::agreed(config);
    rig.expectNoTimer(Timer::UserTimeout);
    Bulk bulk(rig, 3000);
    bulk.expectSent(101, 3);
    rig.expectTimer(Timer::UserTimeout, 10_s);
    rig.pass(10_ms);
    rig.receive("ACK", seq(301), ack(1101));
    rig.expectTimer(Timer::UserTimeout, 10_s);
    rig.pass(10_ms);
    rig.receive("ACK", seq(301), ack(3101));
    rig.expectNoTimer(Timer::UserTimeout);
    bulk.write(1000);
    bulk.expectSent(3101);
    for (int i = 0; i < 3; ++i) { // RTO 1, 2, 4 s
        rig.passToTimer(Timer::Retransmission);
        bulk.expectSentAgain(3101);
    }
    rig.expectTimer(Timer::UserTimeout, 3_s);
    rig.passToTimer(Timer::UserTimeout);
    rig.expectTold(AppCall::Failed, AppResult::TimedOut);
    rig.expectState("CLOSED");
}

TEST_CASE("RFC 9293 section 3.10.1: the user timeout counts for the SYN, too", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.userTimeout = 2500_ms;
    TcpRig rig(config);
    rig.openActive();
    rig.expectSent("SYN", seq(100));
    rig.passToTimer(Timer::Retransmission);
    rig.expectSent("SYN", seq(100), again());
    rig.passToTimer(Timer::UserTimeout);
    rig.expectTold(AppCall::Failed, AppResult::TimedOut);
}

TEST_CASE("RFC 5961 section 7: ten challenge ACKs in five seconds, and then none until they are over", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig());
    rig.pass(1_s);
    for (int i = 0; i < 10; ++i) {
        rig.receive(i % 2 == 0 ? "SYN" : "RST", seq(400));
        rig.expectSent("ACK", seq(101), ack(301));
        rig.expectSentBecause(i % 2 == 0 ? Reason::SentChallengeAckSyn : Reason::SentChallengeAckRst);
    }
    rig.pass(5_s - 1_ns);
    rig.receive("ACK", seq(301), ack(999));
    rig.expectIgnored(Reason::IgnoredAckOfUnsent);
    rig.expectIgnored(Reason::IgnoredChallengeLimit);
    rig.expectNothing();
    rig.pass(1_ns);
    rig.receive("ACK", seq(301), ack(999));
    rig.expectSent("ACK", seq(101), ack(301));
    rig.expectSentBecause(Reason::SentChallengeAckAck);

    TcpConfig config = bulkConfig();
    config.challengeAcks = 0; // without limit
    TcpRig free = TcpRig::agreed(config);
    for (int i = 0; i < 50; ++i) {
        free.receive("SYN", seq(400));
        free.expectSent("ACK", seq(101), ack(301));
    }
}

TEST_CASE("RFC 9293 section 3.9.2.2: a soft ICMP error is only noted, and is why the connection failed in the end",
          "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.dataRetries = 1;
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 1000);
    bulk.expectSent(101);
    rig.onIcmpError(101, true, AppResult::Unreachable);
    rig.expectIgnored(Reason::IgnoredIcmpSoft);
    rig.expectState("ESTABLISHED");
    rig.passToTimer(Timer::Retransmission);
    bulk.expectSentAgain(101);
    SECTION("given up")
    {
        rig.passToTimer(Timer::Retransmission);
        rig.expectTold(AppCall::Failed, AppResult::Unreachable);
    }
    SECTION("an acknowledgment shows that it has passed")
    {
        rig.receive("ACK", seq(301), ack(1101));
        CHECK(rig.tcp().softError() == AppResult::Ok);
    }
}

TEST_CASE("RFC 5927 section 4.1: an ICMP error about what is not under way is ignored", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig(10));
    Bulk bulk(rig, 2000);
    bulk.expectSent(101, 2);
    for (const std::uint32_t number : {100u, 2101u, 0u, 0x80000000u}) {
        rig.onIcmpError(number, false, AppResult::Refused);
        rig.expectIgnored(Reason::IgnoredIcmpNotInFlight);
        CHECK(rig.tcp().softError() == AppResult::Ok);
    }
    rig.onIcmpError(2100, false, AppResult::Refused); // RFC 5461 §4.1: in a synchronized state a hard one is soft, too
    rig.expectIgnored(Reason::IgnoredIcmpSoft);
    rig.expectState("ESTABLISHED");
}

TEST_CASE("an opening connection ends with a hard ICMP error; with a soft one where the profile has it", "[tcp]")
{
    for (const bool abortOnSoft : {false, true}) {
        for (const bool soft : {false, true}) {
            TcpConfig config = bulkConfig();
            config.abortOpenOnSoftError = abortOnSoft;
            TcpRig rig(config);
            rig.openActive();
            rig.expectSent("SYN", seq(100));
            rig.onIcmpError(100, soft, AppResult::Unreachable);
            if (!soft || abortOnSoft) {
                rig.expectTold(AppCall::Failed, AppResult::Unreachable);
                rig.expectState("CLOSED");
            } else {
                rig.expectState("SYN-SENT");
            }
        }
    }
}

TEST_CASE("RFC 1191 section 6.4: what was too large for the path goes again in smaller segments, the window as it is",
          "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig(4));
    Bulk bulk(rig, 4000);
    bulk.expectSent(101, 4);
    rig.onPathMtu(500);
    bulk.expectSentAgain(101, 8, 500);
    rig.expectWindows(4000, CongestionWindow::kNoThreshold);
    CHECK(rig.tcp().smss() == 500);
    rig.onPathMtu(800); // it never grows again by this
    rig.expectNothing();
    CHECK(rig.tcp().smss() == 500);
    rig.passToTimer(Timer::Retransmission); // a loss after that is a loss: RFC 5681, equation 4
    bulk.expectSentAgain(101, 1, 500);
    rig.expectWindows(500, 2000);
}

TEST_CASE("what the path lets through bounds what is sent, what the own link takes bounds the MSS that is offered",
          "[tcp]")
{
    TcpRig rig(bulkConfig());
    rig.tcp().limitMss(700);
    rig.tcp().limitOfferedMss(1200);
    rig.openActive();
    rig.expectSent("SYN", seq(100), mss(1200));
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1000));
    rig.expectTold(AppCall::Opened);
    rig.expectSent("ACK", seq(101), ack(301));
    CHECK(rig.tcp().smss() == 700);
}

TEST_CASE("RFC 9293 section 3.8.3, MUST-21: a user timeout beyond R2 keeps the connection that long", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.dataRetries = 2; // R2: without a user timeout after 1 + 2 + 4 s
    for (const auto& [userTimeout, window, over] :
         {std::tuple{20_s, 65535u, 20_s}, {20_s, 0u, 20_s}, {SimDuration{}, 65535u, 7_s}}) {
        INFO(userTimeout.ns() << " ns, window " << window);
        config.userTimeout = userTimeout;
        TcpRig rig = TcpRig::agreed(config, window);
        rig.send("x");
        rig.skipWhatWasSaid();
        rig.pass(over - 1_ns);
        rig.skipWhatWasSaid();
        rig.expectState("ESTABLISHED");
        rig.pass(1_ns);
        rig.expectTold(AppCall::Failed, AppResult::TimedOut);
        rig.expectState("CLOSED");
    }
}

TEST_CASE("RFC 5482 section 3: a user timeout set late counts from when the data began to wait", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    for (const auto& [limit, left] : {std::pair{12_s, 2_s}, {10_s, SimDuration{}}, {3_s, SimDuration{}}}) {
        config.userTimeout = {};
        TcpRig rig = TcpRig::agreed(config);
        rig.send("x");
        rig.skipWhatWasSaid();
        rig.pass(10_s);
        rig.skipWhatWasSaid();
        config.userTimeout = limit;
        rig.configure(config);
        rig.expectTimer(Timer::UserTimeout, left);
        rig.pass(left);
        rig.skipWhatWasSaid();
        rig.expectState("CLOSED");
    }
}

} // namespace packetarium::tcp_keepalive_test
