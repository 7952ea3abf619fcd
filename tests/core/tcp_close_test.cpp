// SPDX-License-Identifier: GPL-3.0-or-later
//
// Closing: RFC 9293 §3.6 and the steps of §3.10.4, §3.10.7.4 (fifth, eighth)
// and §3.10.8.
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

namespace packetarium::tcp_close_test {

using namespace literals;
using namespace testing;

TEST_CASE("a normal close is Figure 12 seen from the left", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.expectResult(rig.close(), AppResult::Ok);
    rig.expectSent("FIN,ACK", seq(101), ack(301));
    rig.expectSentBecause(Reason::SentFin);
    rig.expectState("FIN-WAIT-1");
    rig.expectTimer(Timer::Retransmission, 1_s);
    rig.receive("ACK", seq(301), ack(102));
    rig.expectState("FIN-WAIT-2");
    rig.expectNoTimer(Timer::Retransmission);
    rig.expectNothing();
    rig.receive("FIN,ACK", seq(301), ack(102));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectSent("ACK", seq(102), ack(302));
    rig.expectSentBecause(Reason::SentAckOfFin);
    rig.expectState("TIME-WAIT");
    rig.expectTimer(Timer::TimeWait, 240_s); // 2MSL of two minutes each
    rig.expectNothing();
    rig.passToTimer(Timer::TimeWait);
    rig.expectTold(AppCall::Closed);
    rig.expectState("CLOSED");
    rig.expectNothing();
    CHECK(rig.tcp().nextDeadline().isNever());
}

TEST_CASE("a normal close is Figure 12 seen from the right", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.receive("FIN,ACK", seq(301), ack(101));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectState("CLOSE-WAIT");
    rig.passToTimer(Timer::DelayedAck);
    rig.expectSent("ACK", seq(101), ack(302));
    rig.close();
    rig.expectSent("FIN,ACK", seq(101), ack(302));
    rig.expectState("LAST-ACK");
    rig.receive("ACK", seq(302), ack(102));
    rig.expectTold(AppCall::Closed);
    rig.expectState("CLOSED");
    rig.expectNothing();
    CHECK(rig.tcp().nextDeadline().isNever());
}

TEST_CASE("three segments are enough when the passive closer has nothing left to say", "[tcp]")
{
    SECTION("its FIN carries the acknowledgment that was delayed")
    {
        TcpRig rig = TcpRig::established();
        rig.receive("FIN,ACK", seq(301), ack(101));
        rig.expectTold(AppCall::PeerClosed);
        rig.pass(199_ms);
        rig.close();
        rig.expectSent("FIN,ACK", seq(101), ack(302));
        rig.expectNoTimer(Timer::DelayedAck);
        rig.expectState("LAST-ACK");
    }
    SECTION("the active closer goes from FIN-WAIT-1 to TIME-WAIT in one step")
    {
        TcpRig rig = TcpRig::inState(TcpState::FinWait1);
        rig.receive("FIN,ACK", seq(301), ack(102));
        rig.expectTold(AppCall::PeerClosed);
        rig.expectSent("ACK", seq(102), ack(302));
        rig.expectState("TIME-WAIT");
        const TcpTransition& row = tcpTransitions()[static_cast<std::size_t>(rig.rowsTaken().back())];
        CHECK(row.from == TcpState::FinWait1);
    }
}

TEST_CASE("both ends may close at once, as in Figure 13", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.close();
    rig.expectSent("FIN,ACK", seq(101), ack(301));
    rig.receive("FIN,ACK", seq(301), ack(101));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectSent("ACK", seq(102), ack(302)); // at once: there is nothing left that it could wait for
    rig.expectState("CLOSING");
    rig.receive("ACK", seq(302), ack(102));
    rig.expectState("TIME-WAIT");
    rig.expectTimer(Timer::TimeWait, 240_s);
    rig.expectNoTimer(Timer::Retransmission);
    rig.passToTimer(Timer::TimeWait);
    rig.expectTold(AppCall::Closed);
    rig.expectState("CLOSED");
}

TEST_CASE("a half-closed connection still receives, and the other end still sends", "[tcp]")
{
    SECTION("who closed receives and acknowledges in FIN-WAIT-2")
    {
        TcpRig rig = TcpRig::inState(TcpState::FinWait2);
        rig.receive("PSH,ACK", seq(301), ack(102), data("answer"));
        rig.expectDelivered("answer");
        rig.passToTimer(Timer::DelayedAck);
        rig.expectSent("ACK", seq(102), ack(307));
        rig.receive("FIN,ACK", seq(307), ack(102), data("end"));
        rig.expectDelivered("end");
        rig.expectTold(AppCall::PeerClosed);
        rig.expectSent("ACK", seq(102), ack(311));
        rig.expectState("TIME-WAIT");
    }
    SECTION("and so it does in FIN-WAIT-1")
    {
        TcpRig rig = TcpRig::inState(TcpState::FinWait1);
        rig.receive("PSH,ACK", seq(301), ack(101), data("answer"));
        rig.expectDelivered("answer");
        rig.expectState("FIN-WAIT-1");
    }
    SECTION("who received the FIN sends in CLOSE-WAIT")
    {
        TcpRig rig = TcpRig::inState(TcpState::CloseWait);
        rig.expectResult(rig.send("answer"), AppResult::Ok);
        rig.expectSent("PSH,ACK", seq(101), ack(302), data("answer"));
        rig.receive("ACK", seq(302), ack(107));
        rig.close();
        rig.expectSent("FIN,ACK", seq(107), ack(302));
        rig.expectState("LAST-ACK");
    }
}

TEST_CASE("a FIN goes behind all data, and rides on the last of them if it can", "[tcp]")
{
    SECTION("ESTABLISHED: FIN-WAIT-1 at once, the FIN when the data have gone (section 3.10.4)")
    {
        TcpRig rig = TcpRig::establishedWithPeerWindow(10);
        rig.send("0123456789abcdef");
        rig.expectSent("ACK", seq(101), ack(301), data("0123456789"));
        rig.close();
        rig.expectState("FIN-WAIT-1");
        rig.expectNothing();
        rig.receive("ACK", seq(301), ack(111), win(100));
        rig.expectSent("FIN,PSH,ACK", seq(111), ack(301), data("abcdef"));
        rig.receive("ACK", seq(301), ack(118));
        rig.expectState("FIN-WAIT-2");
    }
    SECTION("CLOSE-WAIT: LAST-ACK only when the FIN is sent")
    {
        TcpRig rig = TcpRig::establishedWithPeerWindow(10);
        rig.receive("FIN,ACK", seq(301), ack(101), win(10));
        rig.expectTold(AppCall::PeerClosed);
        rig.send("0123456789abcdef");
        rig.expectSent("ACK", seq(101), ack(302), data("0123456789"));
        rig.close();
        rig.expectState("CLOSE-WAIT");
        rig.expectResult(rig.send("more"), AppResult::Closing);
        rig.receive("ACK", seq(302), ack(111), win(100));
        rig.expectSent("FIN,PSH,ACK", seq(111), ack(302), data("abcdef"));
        rig.expectState("LAST-ACK");
    }
    SECTION("the window has room for the data, and none for the FIN")
    {
        TcpRig rig = TcpRig::establishedWithPeerWindow(10);
        rig.send("0123456789abcdef");
        rig.expectSent("ACK", seq(101), ack(301), data("0123456789"));
        rig.close();
        rig.receive("ACK", seq(301), ack(111), win(6));
        rig.expectSent("PSH,ACK", seq(111), ack(301), data("abcdef"));
        rig.receive("ACK", seq(301), ack(117), win(6));
        rig.expectSent("FIN,ACK", seq(117), ack(301));
    }
    SECTION("an acknowledgment of the data alone does not acknowledge the FIN")
    {
        TcpRig rig = TcpRig::established();
        rig.send("data");
        rig.expectSent("PSH,ACK", seq(101), ack(301), data("data"));
        rig.close();
        rig.expectSent("FIN,ACK", seq(105), ack(301));
        rig.receive("ACK", seq(301), ack(105));
        rig.expectState("FIN-WAIT-1");
        rig.expectTimer(Timer::Retransmission, 1_s);
        rig.receive("ACK", seq(301), ack(106));
        rig.expectState("FIN-WAIT-2");
    }
}

TEST_CASE("a FIN that overtakes data waits for them", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.receive("FIN,ACK", seq(305), ack(101));
    rig.expectSent("ACK", seq(101), ack(301)); // a gap: at once
    rig.expectSentBecause(Reason::SentAckOutOfOrder);
    rig.expectState("ESTABLISHED");
    rig.expectNothing();
    rig.receive("PSH,ACK", seq(301), ack(101), data("data"));
    rig.expectDelivered("data");
    rig.expectTold(AppCall::PeerClosed);
    rig.expectState("CLOSE-WAIT");
    rig.expectSent("ACK", seq(101), ack(306)); // the gap is filled: at once (RFC 5681 §4.2)
}

TEST_CASE("a FIN with data that overtakes others waits, data and all", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::FinWait2);
    rig.receive("FIN,ACK", seq(305), ack(102), data("tail"));
    rig.expectSent("ACK", seq(102), ack(301));
    rig.expectState("FIN-WAIT-2");
    rig.receive("ACK", seq(301), ack(102), data("head"));
    rig.expectDelivered("headtail");
    rig.expectTold(AppCall::PeerClosed);
    rig.expectSent("ACK", seq(102), ack(310));
    rig.expectState("TIME-WAIT");
}

TEST_CASE("the segment that fills the gap before a FIN may acknowledge ours too", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::FinWait1);
    rig.receive("FIN,ACK", seq(305), ack(101));
    rig.expectSent("ACK", seq(102), ack(301));
    rig.expectState("FIN-WAIT-1");
    rig.receive("ACK", seq(301), ack(102), data("data"));
    rig.expectDelivered("data");
    rig.expectTold(AppCall::PeerClosed);
    rig.expectSent("ACK", seq(102), ack(306));
    rig.expectState("TIME-WAIT");
}

TEST_CASE("a FIN behind the right edge of the window is cut off", "[tcp]")
{
    // The window holds 301 .. 1300; the data fill it and the FIN stands at 1301.
    const std::string full = octetsOf(1000);
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    rig.receive("FIN,ACK", seq(301), ack(101), data(full));
    rig.expectState("ESTABLISHED");
    rig.expectNothing();
    rig.receive("FIN,ACK", seq(1301), ack(101)); // into the shut window
    rig.expectSent("ACK", seq(101), ack(1301), win(0));
    rig.expectState("ESTABLISHED");
    rig.read();
    rig.expectDelivered(full);
    rig.expectSent("ACK", seq(101), ack(1301), win(1000));
    rig.receive("FIN,ACK", seq(1301), ack(101));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectState("CLOSE-WAIT");
}

TEST_CASE("a lost FIN is sent again, in every state that waits for its acknowledgment", "[tcp]")
{
    for (const TcpState state : {TcpState::FinWait1, TcpState::Closing, TcpState::LastAck}) {
        INFO(toString(state));
        TcpRig rig = TcpRig::inState(state);
        rig.passToTimer(Timer::Retransmission);
        rig.expectSent("FIN,ACK", seq(101), ack(rig.tcp().rcvNxt().value()), again());
        rig.expectSentBecause(Reason::SentRetransmission);
        rig.expectTimer(Timer::Retransmission, 2_s);
        rig.expectState(std::string(toString(state)));
    }
}

TEST_CASE("data and FIN lost together are sent again together, and the FIN is acknowledged once", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.send("data");
    rig.skipWhatWasSaid();
    rig.close();
    rig.skipWhatWasSaid();
    rig.passToTimer(Timer::Retransmission);
    rig.expectSent("FIN,PSH,ACK", seq(101), ack(301), data("data"), again());
    rig.receive("ACK", seq(301), ack(106));
    rig.expectState("FIN-WAIT-2");
    rig.expectNoTimer(Timer::Retransmission);
    rig.expectNothing();
}

TEST_CASE("in TIME-WAIT the peer's FIN again is acknowledged again, and 2MSL begin anew", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::TimeWait);
    rig.pass(239_s);
    rig.receive("FIN,ACK", seq(301), ack(102));
    rig.expectSent("ACK", seq(102), ack(302));
    rig.expectSentBecause(Reason::SentAckOfFinAgain);
    rig.expectTimer(Timer::TimeWait, 240_s);
    rig.pass(239_s);
    rig.expectState("TIME-WAIT");
    rig.receive("FIN,ACK", seq(297), ack(102), data("data")); // with the data before it
    rig.expectSent("ACK", seq(102), ack(302));
    rig.expectTimer(Timer::TimeWait, 240_s);
    rig.passToTimer(Timer::TimeWait);
    rig.expectTold(AppCall::Closed);
    rig.expectState("CLOSED");
}

TEST_CASE("in TIME-WAIT nothing but that FIN begins 2MSL anew", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::TimeWait);
    rig.pass(100_s);
    rig.receive("FIN,ACK", seq(250), ack(102)); // an old duplicate's FIN, not this peer's
    rig.expectSent("ACK", seq(102), ack(302));
    rig.receive("PSH,ACK", seq(290), ack(102), data("old"));
    rig.expectSent("ACK", seq(102), ack(302));
    rig.receive("ACK", seq(302), ack(102));
    rig.receive("FIN,ACK", seq(40'000), ack(102));
    rig.expectSent("ACK", seq(102), ack(302));
    rig.expectTimer(Timer::TimeWait, 140_s);
}

TEST_CASE("without TIME-WAIT a connection is gone at once, and the FIN that comes again meets nothing", "[tcp]")
{
    TcpConfig config = TcpRig::config();
    config.timeWait = false;
    TcpRig rig = TcpRig::inState(TcpState::FinWait2, config);
    rig.receive("FIN,ACK", seq(301), ack(102));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectSent("ACK", seq(102), ack(302));
    rig.expectTimer(Timer::TimeWait, SimDuration{});
    rig.pass(SimDuration{});
    rig.expectTold(AppCall::Closed);
    rig.expectState("CLOSED");
    rig.receive("FIN,ACK", seq(301), ack(102));
    rig.expectSent("RST", seq(102));
}

TEST_CASE("a SYN above the last number may reopen a connection in TIME-WAIT", "[tcp]")
{
    // MAY-2 of §3.6.1; RCV.NXT is 302.
    const auto may = [](std::uint32_t number, const char* kind, const TcpConfig& config = TcpRig::config(),
                        TcpState state = TcpState::TimeWait) {
        const TcpRig rig = TcpRig::inState(state, config);
        TcpSegment segment;
        segment.seq = Seq32(number);
        segment.flags.bits = std::string(kind) == "SYN"       ? TcpFlags::Syn
                             : std::string(kind) == "SYN,ACK" ? TcpFlags::Syn | TcpFlags::Ack
                             : std::string(kind) == "SYN,RST" ? TcpFlags::Syn | TcpFlags::Rst
                                                              : TcpFlags::Fin;
        return rig.tcp().mayBeReopenedBy(segment);
    };
    CHECK(may(302, "SYN"));
    CHECK(may(1'000'000, "SYN"));
    CHECK_FALSE(may(301, "SYN"));
    CHECK_FALSE(may(300, "SYN"));
    CHECK_FALSE(may(302u + 0x80000001u, "SYN")); // that is before it on the circle
    CHECK_FALSE(may(302, "SYN,ACK"));
    CHECK_FALSE(may(302, "SYN,RST"));
    CHECK_FALSE(may(302, "FIN"));
    CHECK_FALSE(may(302, "SYN", TcpRig::config(), TcpState::LastAck));
    TcpConfig never = TcpRig::config();
    never.reopenFromTimeWait = false;
    CHECK_FALSE(may(302, "SYN", never));
}

TEST_CASE("closing before the handshake is done", "[tcp]")
{
    SECTION("LISTEN and SYN-SENT: the connection is deleted, nothing is sent")
    {
        for (const TcpState state : {TcpState::Listen, TcpState::SynSent}) {
            TcpRig rig = TcpRig::inState(state);
            rig.expectResult(rig.close(), AppResult::Ok);
            rig.expectTold(AppCall::Closed);
            rig.expectState("CLOSED");
            rig.expectNothing();
            CHECK(rig.tcp().nextDeadline().isNever());
        }
    }
    SECTION("SYN-RECEIVED with nothing to send: a FIN, and FIN-WAIT-1")
    {
        TcpRig rig = TcpRig::inState(TcpState::SynReceived);
        rig.expectResult(rig.close(), AppResult::Ok);
        rig.expectSent("FIN,ACK", seq(101), ack(301));
        rig.expectState("FIN-WAIT-1");
        SECTION("the peer acknowledges both")
        {
            rig.receive("ACK", seq(301), ack(102));
            rig.expectState("FIN-WAIT-2");
        }
        SECTION("the peer acknowledges the SYN first")
        {
            rig.receive("ACK", seq(301), ack(101));
            rig.expectState("FIN-WAIT-1");
            rig.receive("ACK", seq(301), ack(102));
            rig.expectState("FIN-WAIT-2");
        }
        SECTION("when all is lost the SYN,ACK goes first, then the FIN")
        {
            rig.passToTimer(Timer::Retransmission);
            rig.expectSent("SYN,ACK", seq(100), ack(301), mss(1460), again());
            rig.receive("ACK", seq(301), ack(101));
            rig.expectSent("FIN,ACK", seq(101), ack(301), again());
            rig.receive("ACK", seq(301), ack(102));
            rig.expectState("FIN-WAIT-2");
        }
    }
    SECTION("SYN-RECEIVED with data waiting: the FIN waits for ESTABLISHED")
    {
        TcpRig rig = TcpRig::inState(TcpState::SynReceived);
        rig.send("data");
        rig.close();
        rig.expectState("SYN-RECEIVED");
        rig.expectNothing();
        rig.receive("ACK", seq(301), ack(101));
        rig.expectTold(AppCall::Opened);
        rig.expectSent("FIN,PSH,ACK", seq(101), ack(301), data("data"));
        rig.expectState("FIN-WAIT-1");
    }
    SECTION("and if the peer's SYN brought its FIN: LAST-ACK when ours is sent")
    {
        TcpRig rig = TcpRig::inState(TcpState::Listen);
        rig.receive("SYN,FIN", seq(300));
        rig.skipWhatWasSaid();
        rig.send("data");
        rig.shutdown();
        rig.receive("ACK", seq(301), ack(101));
        rig.expectTold(AppCall::Opened);
        rig.expectTold(AppCall::PeerClosed);
        rig.expectSent("FIN,PSH,ACK", seq(101), ack(302), data("data"));
        rig.expectState("LAST-ACK");
    }
    SECTION("and not before")
    {
        TcpRig rig = TcpRig::inState(TcpState::Listen);
        rig.receive("SYN,FIN", seq(300), win(4));
        rig.skipWhatWasSaid();
        rig.send("datadata");
        rig.shutdown();
        rig.receive("ACK", seq(301), ack(101), win(4));
        rig.expectTold(AppCall::Opened);
        rig.expectTold(AppCall::PeerClosed);
        rig.expectSent("ACK", seq(101), ack(302), data("data"));
        rig.expectState("CLOSE-WAIT");
        rig.receive("ACK", seq(302), ack(105), win(5));
        rig.expectSent("FIN,PSH,ACK", seq(105), ack(302), data("data"));
        rig.expectState("LAST-ACK");
    }
    SECTION("SYN-RECEIVED, and the peer's SYN offered no window: the SYN,ACK is not forgotten over it")
    {
        TcpRig rig = TcpRig::inState(TcpState::Listen);
        rig.receive("SYN", seq(300), win(0));
        rig.skipWhatWasSaid();
        rig.shutdown();
        rig.expectState("FIN-WAIT-1");
        rig.expectNothing();
        rig.expectTimer(Timer::Retransmission, 1_s);
        rig.expectNoTimer(Timer::Persist);
        rig.receive("ACK", seq(301), ack(101), win(10));
        rig.expectSent("FIN,ACK", seq(101), ack(301));
    }
}

TEST_CASE("closing with unread data in TIME-WAIT resets nobody, and 2MSL go on (RFC 9293 section 3.6.1, MUST-13)",
          "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    rig.shutdown();
    rig.expectSent("FIN,ACK", seq(101), ack(301));
    rig.receive("FIN,ACK", seq(301), ack(102), data("unread"));
    rig.skipWhatWasSaid();
    rig.expectState("TIME-WAIT");
    rig.close();
    rig.expectNothing();
    rig.expectState("TIME-WAIT");
    rig.expectTimer(Timer::TimeWait, 240_s);
}

} // namespace packetarium::tcp_close_test
