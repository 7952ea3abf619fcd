// SPDX-License-Identifier: GPL-3.0-or-later
//
// Resets: which are believed (RFC 9293 §3.5.3, RFC 5961 §3), which are
// challenged, and when one is sent.
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

namespace packetarium::tcp_reset_test {

using namespace literals;
using namespace testing;

TEST_CASE("of all numbers only RCV.NXT resets at once", "[tcp]")
{
    // RCV.NXT 301, window 1000.
    for (const std::uint32_t number : {0u, 299u, 300u, 1301u, 40'000u, 301u + 0x80000000u}) {
        INFO("outside: " << number);
        TcpRig rig = TcpRig::established();
        rig.receive("RST", seq(number));
        rig.expectIgnored(Reason::IgnoredRstOutsideWindow);
        rig.expectState("ESTABLISHED");
        rig.expectNothing();
    }
    for (const std::uint32_t number : {302u, 800u, 1300u}) {
        INFO("inside: " << number);
        TcpRig rig = TcpRig::established();
        rig.receive("RST,ACK", seq(number), ack(101));
        rig.expectSent("ACK", seq(101), ack(301));
        rig.expectSentBecause(Reason::SentChallengeAckRst);
        rig.expectState("ESTABLISHED");
        rig.expectNothing();
    }
    TcpRig rig = TcpRig::established();
    rig.receive("RST", seq(301));
    rig.expectTold(AppCall::Failed, AppResult::Reset);
    rig.expectState("CLOSED");
    rig.expectNothing();
}

TEST_CASE("a reset whose number is outside the window is dropped though its text reaches into it", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.receive("RST", seq(298), data("reason"));
    rig.expectIgnored(Reason::IgnoredRstOutsideWindow);
    rig.expectState("ESTABLISHED");
    rig.expectNothing();
}

TEST_CASE("a reset counts though the window is shut, if it is exact", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    rig.receive("ACK", seq(301), ack(101), data(octetsOf(1000)));
    rig.skipWhatWasSaid();
    REQUIRE(rig.tcp().rcvWnd() == 0);
    rig.receive("RST", seq(1302));
    rig.expectState("ESTABLISHED");
    rig.expectNothing();
    rig.receive("RST", seq(1301));
    rig.expectTold(AppCall::Failed, AppResult::Reset);
    rig.expectState("CLOSED");
}

TEST_CASE("a reset stops every timer and forgets what was queued", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.send(octetsOf(2000));
    rig.skipWhatWasSaid();
    rig.receive("ACK", seq(301), ack(101), data("x"));
    rig.skipWhatWasSaid();
    CHECK(rig.deadlineOf(Timer::Retransmission));
    CHECK(rig.deadlineOf(Timer::DelayedAck));
    rig.receive("RST", seq(302));
    rig.expectTold(AppCall::Failed, AppResult::Reset);
    for (int t = 0; t < kTimerCount; ++t)
        rig.expectNoTimer(static_cast<Timer>(t));
    CHECK(rig.tcp().nextDeadline().isNever());
    CHECK(rig.tcp().octetsUnsent() == 0);
    rig.pass(600_s);
    rig.expectNothing();
}

TEST_CASE("a reset is told to the program as what it is in each state", "[tcp]")
{
    const auto resetIn = [](TcpState state, AppCall what, AppResult result) {
        INFO(toString(state));
        TcpRig rig = TcpRig::inState(state);
        rig.receive("RST", seq(rig.tcp().rcvNxt().value()));
        rig.expectTold(what, result);
        rig.expectState("CLOSED");
        rig.expectNothing();
    };
    resetIn(TcpState::Established, AppCall::Failed, AppResult::Reset);
    resetIn(TcpState::FinWait1, AppCall::Failed, AppResult::Reset);
    resetIn(TcpState::FinWait2, AppCall::Failed, AppResult::Reset);
    resetIn(TcpState::CloseWait, AppCall::Failed, AppResult::Reset);
    // Here both ends had finished: no error (§3.10.7.4, second).
    resetIn(TcpState::Closing, AppCall::Closed, AppResult::Ok);
    resetIn(TcpState::LastAck, AppCall::Closed, AppResult::Ok);
    resetIn(TcpState::TimeWait, AppCall::Closed, AppResult::Ok);
}

TEST_CASE("abort sends a reset where the peer may still hold a connection", "[tcp]")
{
    for (const TcpState state :
         {TcpState::SynReceived, TcpState::Established, TcpState::FinWait1, TcpState::FinWait2, TcpState::CloseWait}) {
        INFO(toString(state));
        TcpRig rig = TcpRig::inState(state);
        const std::uint32_t next = rig.tcp().sndNxt().value();
        rig.expectResult(rig.abort(), AppResult::Ok);
        rig.expectSent("RST", seq(next));
        rig.expectSentBecause(Reason::SentRstAbort);
        rig.expectTold(AppCall::Closed, AppResult::Aborted);
        rig.expectState("CLOSED");
        rig.expectNothing();
        CHECK(rig.tcp().nextDeadline().isNever());
    }
    for (const TcpState state :
         {TcpState::Listen, TcpState::SynSent, TcpState::Closing, TcpState::LastAck, TcpState::TimeWait}) {
        INFO(toString(state));
        TcpRig rig = TcpRig::inState(state);
        rig.expectResult(rig.abort(), AppResult::Ok);
        rig.expectTold(AppCall::Closed, AppResult::Aborted);
        rig.expectState("CLOSED");
        rig.expectNothing();
    }
    TcpRig rig;
    rig.expectResult(rig.abort(), AppResult::NoSuchConnection);
    rig.expectNothing();
}

TEST_CASE("abort forgets data that wait, and its reset has the number behind all that was sent", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.receive("ACK", seq(301), ack(101), win(5));
    rig.send("0123456789");
    rig.skipWhatWasSaid();
    const std::uint32_t next = rig.tcp().sndNxt().value();
    rig.abort();
    rig.expectSent("RST", seq(next));
    rig.expectTold(AppCall::Closed, AppResult::Aborted);
}

TEST_CASE("closing with data unread resets, so that the peer learns of the loss", "[tcp]")
{
    // SHLD-3 of §3.6.1.
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    rig.receive("PSH,ACK", seq(301), ack(101), data("unread"));
    SECTION("close")
    {
        rig.expectResult(rig.close(), AppResult::Ok);
        rig.expectSent("RST", seq(101));
        rig.expectSentBecause(Reason::SentRstUnreadData);
        rig.expectTold(AppCall::Closed);
        rig.expectState("CLOSED");
        rig.expectNothing();
    }
    SECTION("close after the peer's FIN")
    {
        rig.receive("FIN,ACK", seq(307), ack(101));
        rig.expectTold(AppCall::PeerClosed);
        rig.close();
        rig.expectSent("RST", seq(101));
        rig.expectTold(AppCall::Closed);
        rig.expectState("CLOSED");
    }
    SECTION("after reading everything a close is a close")
    {
        rig.read();
        rig.expectDelivered("unread");
        rig.close();
        rig.expectSent("FIN,ACK", seq(101), ack(307));
        rig.expectState("FIN-WAIT-1");
    }
    SECTION("shutdown of the sending side leaves them to be read")
    {
        rig.shutdown();
        rig.expectSent("FIN,ACK", seq(101), ack(307));
        rig.expectState("FIN-WAIT-1");
        rig.read();
        rig.expectDelivered("unread");
    }
}

TEST_CASE("where the profile says so, closing with data unread is an ordinary close", "[tcp]")
{
    TcpConfig config = TcpRig::config();
    config.resetOnUnreadData = false;
    TcpRig rig = TcpRig::established(config);
    rig.autoRead(false);
    rig.receive("PSH,ACK", seq(301), ack(101), data("unread"));
    rig.close();
    rig.expectSent("FIN,ACK", seq(101), ack(307));
    rig.expectState("FIN-WAIT-1");
    // What comes now is acknowledged, and nobody reads it.
    rig.receive("PSH,ACK", seq(307), ack(102), data("more"));
    rig.expectState("FIN-WAIT-2");
    CHECK(rig.tcp().octetsUnread() == 0);
    rig.passToTimer(Timer::DelayedAck);
    rig.expectSent("ACK", seq(102), ack(311), win(1000));
    // Nor is it given to a program that used to read at once.
    TcpRig eager = TcpRig::established(config);
    eager.close();
    eager.expectSent("FIN,ACK", seq(101), ack(301));
    eager.receive("PSH,ACK", seq(301), ack(102), data("late"));
    eager.expectState("FIN-WAIT-2");
    eager.expectNothing();
}

TEST_CASE("data for a program that has closed are answered with a reset", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.close();
    rig.expectSent("FIN,ACK", seq(101), ack(301));
    SECTION("in FIN-WAIT-1")
    {
        rig.receive("PSH,ACK", seq(301), ack(101), data("late"));
        rig.expectSent("RST", seq(102));
        rig.expectSentBecause(Reason::SentRstDataAfterClose);
        rig.expectTold(AppCall::Closed, AppResult::Reset);
        rig.expectState("CLOSED");
    }
    SECTION("in FIN-WAIT-2")
    {
        rig.receive("ACK", seq(301), ack(102));
        rig.expectState("FIN-WAIT-2");
        rig.receive("PSH,ACK", seq(301), ack(102), data("late"));
        rig.expectSent("RST", seq(102));
        rig.expectTold(AppCall::Closed, AppResult::Reset);
        rig.expectState("CLOSED");
    }
    SECTION("after a shutdown only, the program still reads")
    {
        TcpRig half = TcpRig::inState(TcpState::FinWait2);
        half.receive("PSH,ACK", seq(301), ack(102), data("late"));
        half.expectDelivered("late");
        half.expectState("FIN-WAIT-2");
        SECTION("until it closes for good")
        {
            half.expectResult(half.close(), AppResult::Ok);
            half.expectNothing();
            half.expectState("FIN-WAIT-2");
            half.receive("PSH,ACK", seq(305), ack(102), data("later"));
            half.expectSent("RST", seq(102));
            half.expectTold(AppCall::Closed, AppResult::Reset);
        }
    }
    SECTION("a duplicate of what was read before is not new data")
    {
        TcpRig busy = TcpRig::established();
        busy.receive("PSH,ACK", seq(301), ack(101), data("read"));
        busy.expectDelivered("read");
        busy.close();
        busy.expectSent("FIN,ACK", seq(101), ack(305));
        busy.receive("PSH,ACK", seq(301), ack(101), data("read"));
        busy.expectSent("ACK", seq(102), ack(305));
        busy.expectState("FIN-WAIT-1");
    }
}

} // namespace packetarium::tcp_reset_test
