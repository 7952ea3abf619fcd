// SPDX-License-Identifier: GPL-3.0-or-later
//
// Opening: RFC 9293 §3.5 and the steps of §3.10.1-2, §3.10.7.2-4.
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

namespace packetarium::tcp_open_test {

using namespace literals;
using namespace testing;

TEST_CASE("an active open is Figure 6 seen from the left", "[tcp]")
{
    TcpRig rig;
    rig.expectResult(rig.openActive(), AppResult::Ok);
    rig.expectSent("SYN", seq(100), win(1000), mss(1460));
    rig.expectSentBecause(Reason::SentConnect);
    rig.expectState("SYN-SENT");
    rig.expectTimer(Timer::Retransmission, 1_s);
    rig.expectNothing();
    rig.pass(40_ms);
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1460));
    rig.expectSent("ACK", seq(101), ack(301), win(1000));
    rig.expectSentBecause(Reason::SentAckOfSyn);
    rig.expectTold(AppCall::Opened);
    rig.expectState("ESTABLISHED");
    rig.expectNoTimer(Timer::Retransmission);
    rig.expectNothing();
    CHECK(rig.tcp().iss() == Seq32(100));
    CHECK(rig.tcp().irs() == Seq32(300));
    CHECK(rig.tcp().sndUna() == Seq32(101));
    CHECK(rig.tcp().sndNxt() == Seq32(101));
    CHECK(rig.tcp().rcvNxt() == Seq32(301));
    CHECK(rig.tcp().sndWnd() == 65535);
    CHECK(rig.tcp().rcvWnd() == 1000);
}

TEST_CASE("a passive open is Figure 6 seen from the right", "[tcp]")
{
    TcpRig rig;
    rig.expectResult(rig.openPassive(), AppResult::Ok);
    rig.expectState("LISTEN");
    rig.expectNothing();
    rig.receive("SYN", seq(300), mss(1460));
    rig.expectSent("SYN,ACK", seq(100), ack(301), win(1000), mss(1460));
    rig.expectState("SYN-RECEIVED");
    rig.expectTimer(Timer::Retransmission, 1_s);
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(101));
    rig.expectTold(AppCall::Opened);
    rig.expectState("ESTABLISHED");
    rig.expectNoTimer(Timer::Retransmission);
    rig.expectNothing();
    CHECK(rig.tcp().openedPassively());
}

TEST_CASE("the third segment may be lost: data carry the acknowledgment too, and are kept", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::SynReceived);
    rig.receive("PSH,ACK", seq(301), ack(101), data("hello"));
    rig.expectTold(AppCall::Opened);
    rig.expectDelivered("hello");
    rig.expectState("ESTABLISHED");
    rig.passToTimer(Timer::DelayedAck);
    rig.expectSent("ACK", seq(101), ack(306));
}

TEST_CASE("the third segment may carry a FIN", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::SynReceived);
    rig.receive("FIN,ACK", seq(301), ack(101), data("bye"));
    rig.expectTold(AppCall::Opened);
    rig.expectDelivered("bye");
    rig.expectTold(AppCall::PeerClosed);
    rig.expectState("CLOSE-WAIT");
}

TEST_CASE("a SYN,ACK that comes again in ESTABLISHED is acknowledged again", "[tcp]")
{
    // Question 7b: the third segment was lost, and nothing else is said.
    TcpRig rig = TcpRig::established();
    rig.receive("SYN,ACK", seq(300), ack(101));
    rig.expectSent("ACK", seq(101), ack(301));
    rig.expectState("ESTABLISHED");
    rig.expectNothing();
}

TEST_CASE("a duplicate of the SYN in SYN-RECEIVED is answered as the profile has it", "[tcp]")
{
    SECTION("rfc: unacceptable, so an ACK says what is expected")
    {
        TcpRig rig = TcpRig::inState(TcpState::SynReceived);
        rig.receive("SYN", seq(300));
        rig.expectSent("ACK", seq(101), ack(301));
        rig.expectState("SYN-RECEIVED");
    }
    SECTION("linux: SYN,ACK once more")
    {
        TcpRig rig = TcpRig::inState(TcpState::SynReceived, TcpRig::config(Profile::Linux));
        rig.pass(300_ms);
        rig.receive("SYN", seq(300));
        rig.expectSent("SYN,ACK", seq(100), ack(301), mss(1460), again());
        rig.expectSentBecause(Reason::SentSynAck);
        rig.expectState("SYN-RECEIVED");
        rig.expectTimer(Timer::Retransmission, 700_ms); // its own timer goes on
    }
}

TEST_CASE("an old duplicate SYN is found out, as in Figure 8", "[tcp]")
{
    // The listener's side.
    TcpRig rig = TcpRig::inState(TcpState::Listen);
    rig.receive("SYN", seq(90));
    rig.expectSent("SYN,ACK", seq(100), ack(91));
    rig.receive("RST", seq(91));
    rig.expectState("LISTEN");
    rig.expectNothing(); // its program need not hear of it
    rig.expectNoTimer(Timer::Retransmission);
    rig.receive("SYN", seq(300));
    rig.expectSent("SYN,ACK", seq(100), ack(301));
    rig.receive("ACK", seq(301), ack(101));
    rig.expectTold(AppCall::Opened);
    rig.expectState("ESTABLISHED");
    CHECK(rig.tcp().irs() == Seq32(300));
}

TEST_CASE("the opener refuses the answer to its old duplicate, and opens all the same", "[tcp]")
{
    // Figure 8 from the left: A's SYN is 100, B answers a SYN with 89.
    TcpRig rig = TcpRig::inState(TcpState::SynSent);
    rig.receive("SYN,ACK", seq(300), ack(90));
    rig.expectSent("RST", seq(90));
    rig.expectState("SYN-SENT");
    rig.receive("SYN,ACK", seq(400), ack(101));
    rig.expectSent("ACK", seq(101), ack(401));
    rig.expectTold(AppCall::Opened);
    rig.expectState("ESTABLISHED");
}

TEST_CASE("a new SYN in the window of a passive SYN-RECEIVED returns to LISTEN, and the next one is taken", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::SynReceived);
    rig.receive("SYN", seq(400));
    rig.expectState("LISTEN");
    rig.expectNothing();
    rig.receive("SYN", seq(400));
    rig.expectSent("SYN,ACK", seq(100), ack(401));
    rig.expectState("SYN-RECEIVED");
}

TEST_CASE("a connection that returned to LISTEN keeps nothing of the one before", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::SynReceived);
    rig.send("for the first caller");
    rig.passToTimer(Timer::Retransmission);
    rig.skipWhatWasSaid();
    rig.receive("RST", seq(301));
    rig.expectState("LISTEN");
    rig.receive("SYN", seq(500));
    rig.expectSent("SYN,ACK", seq(100), ack(501));
    rig.expectTimer(Timer::Retransmission, 1_s); // not backed off
    rig.receive("ACK", seq(501), ack(101));
    rig.expectTold(AppCall::Opened);
    rig.expectNothing();
    CHECK(rig.tcp().rtt().rto() == 1_s); // nor raised by the other's loss
}

TEST_CASE("a program that has closed meanwhile does not listen again", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::SynReceived);
    rig.send("data");
    rig.close();
    rig.expectState("SYN-RECEIVED");
    rig.receive("RST", seq(301));
    rig.expectTold(AppCall::Closed);
    rig.expectState("CLOSED");
    rig.expectNothing();
}

TEST_CASE("both ends may open at once, as in Figure 7", "[tcp]")
{
    TcpRig rig;
    rig.openActive();
    rig.expectSent("SYN", seq(100));
    rig.pass(20_ms);
    rig.receive("SYN", seq(300), mss(1000));
    rig.expectSent("SYN,ACK", seq(100), ack(301), mss(1460));
    rig.expectSentBecause(Reason::SentSimultaneousOpen);
    rig.expectState("SYN-RECEIVED");
    rig.expectTimer(Timer::Retransmission, 980_ms); // of the SYN, which is still unacknowledged
    rig.expectNothing();
    SECTION("the other's SYN,ACK completes it")
    {
        rig.pass(20_ms);
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000));
        rig.expectTold(AppCall::Opened);
        rig.expectState("ESTABLISHED");
        rig.expectNoTimer(Timer::Retransmission);
        // The SYN went out twice, so the round trip is not measured (Karn's algorithm, RFC 6298 §3).
        CHECK_FALSE(rig.tcp().rtt().measured());
    }
    SECTION("so does a bare ACK")
    {
        rig.receive("ACK", seq(301), ack(101));
        rig.expectTold(AppCall::Opened);
        rig.expectState("ESTABLISHED");
    }
    SECTION("a reset refuses it: nobody was listening before, so nobody listens now")
    {
        rig.receive("RST", seq(301));
        rig.expectTold(AppCall::Failed, AppResult::Refused);
        rig.expectState("CLOSED");
    }
    SECTION("another SYN in the window is challenged as in any synchronized state")
    {
        rig.receive("SYN", seq(400));
        rig.expectSent("ACK", seq(101), ack(301));
        rig.expectSentBecause(Reason::SentChallengeAckSyn);
        rig.expectState("SYN-RECEIVED");
    }
    SECTION("when nothing answers, it is the SYN,ACK that is sent again")
    {
        rig.passToTimer(Timer::Retransmission);
        rig.expectSent("SYN,ACK", seq(100), ack(301), mss(1460), again());
    }
}

TEST_CASE("text that comes with a SYN waits for ESTABLISHED, and then is delivered and acknowledged", "[tcp]")
{
    SECTION("in LISTEN")
    {
        TcpRig rig = TcpRig::inState(TcpState::Listen);
        rig.receive("SYN", seq(300), data("hello"));
        rig.expectSent("SYN,ACK", seq(100), ack(301)); // the SYN alone
        rig.expectNothing();
        rig.receive("ACK", seq(301), ack(101));
        rig.expectTold(AppCall::Opened);
        rig.expectDelivered("hello");
        rig.expectNothing();
        rig.passToTimer(Timer::DelayedAck);
        rig.expectSent("ACK", seq(101), ack(306));
    }
    SECTION("with a FIN as well")
    {
        TcpRig rig = TcpRig::inState(TcpState::Listen);
        rig.receive("SYN,FIN", seq(300), data("hello"));
        rig.expectSent("SYN,ACK", seq(100), ack(301));
        rig.expectState("SYN-RECEIVED");
        rig.receive("ACK", seq(301), ack(101));
        rig.expectTold(AppCall::Opened);
        rig.expectDelivered("hello");
        rig.expectTold(AppCall::PeerClosed);
        rig.expectState("CLOSE-WAIT");
        rig.passToTimer(Timer::DelayedAck);
        rig.expectSent("ACK", seq(101), ack(307));
    }
    SECTION("when both ends open at once")
    {
        TcpRig rig = TcpRig::inState(TcpState::SynSent);
        rig.receive("SYN", seq(300), data("hello"));
        rig.expectSent("SYN,ACK", seq(100), ack(301));
        rig.receive("ACK", seq(306), ack(101)); // its SYN and its text are behind it
        rig.expectTold(AppCall::Opened);
        rig.expectDelivered("hello");
    }
    SECTION("a reset in between forgets it")
    {
        TcpRig rig = TcpRig::inState(TcpState::Listen);
        rig.receive("SYN", seq(300), data("old"));
        rig.skipWhatWasSaid();
        rig.receive("RST", seq(301));
        rig.receive("SYN", seq(300));
        rig.skipWhatWasSaid();
        rig.receive("ACK", seq(301), ack(101), data("new"));
        rig.expectTold(AppCall::Opened);
        rig.expectDelivered("new");
        rig.expectNothing();
    }
    SECTION("what does not fit the window is cut off, and a FIN behind it with it")
    {
        TcpRig rig = TcpRig::inState(TcpState::Listen);
        const std::string text = octetsOf(1200);
        rig.receive("SYN,FIN", seq(300), data(text));
        rig.skipWhatWasSaid();
        rig.receive("ACK", seq(301), ack(101));
        rig.expectTold(AppCall::Opened);
        rig.expectDelivered(text.substr(0, 1000));
        rig.expectState("ESTABLISHED");
    }
    SECTION("so is a FIN that alone does not fit")
    {
        TcpRig rig = TcpRig::inState(TcpState::Listen);
        rig.receive("SYN,FIN", seq(300), data(octetsOf(1000)));
        rig.skipWhatWasSaid();
        rig.receive("ACK", seq(301), ack(101));
        rig.expectTold(AppCall::Opened);
        rig.expectDelivered(octetsOf(1000));
        rig.expectState("ESTABLISHED");
    }
    SECTION("it counts for the acknowledgment of every second segment")
    {
        TcpConfig config = TcpRig::config();
        config.receiveBuffer = 20'000;
        TcpRig rig = TcpRig::inState(TcpState::Listen, config);
        rig.receive("SYN", seq(300), mss(1460), data(octetsOf(1460)));
        rig.skipWhatWasSaid();
        rig.receive("ACK", seq(1761), ack(101), data(octetsOf(1460)));
        rig.expectTold(AppCall::Opened);
        rig.expectDelivered(octetsOf(1460));
        rig.expectDelivered(octetsOf(1460));
        rig.expectSent("ACK", seq(101), ack(3221));
    }
}

TEST_CASE("a SYN,ACK may bring text and a FIN: the window of our SYN promised room for them", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::SynSent);
    SECTION("text")
    {
        rig.receive("SYN,ACK", seq(300), ack(101), data("hello"));
        rig.expectTold(AppCall::Opened);
        rig.expectDelivered("hello");
        rig.expectSent("ACK", seq(101), ack(306));
        rig.expectState("ESTABLISHED");
        rig.expectNothing();
    }
    SECTION("text and FIN")
    {
        rig.receive("SYN,FIN,ACK", seq(300), ack(101), data("hello"));
        rig.expectTold(AppCall::Opened);
        rig.expectDelivered("hello");
        rig.expectTold(AppCall::PeerClosed);
        rig.expectSent("ACK", seq(101), ack(307));
        rig.expectState("CLOSE-WAIT");
        rig.expectNothing();
    }
}

TEST_CASE("data written before the connection is open leave with the third segment", "[tcp]")
{
    TcpRig rig;
    rig.openActive();
    rig.skipWhatWasSaid();
    rig.expectResult(rig.send("hello"), AppResult::Ok);
    rig.expectNothing();
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1460));
    rig.expectTold(AppCall::Opened);
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("hello"));
    rig.expectNothing();
}

TEST_CASE("a passive open for one peer takes no other, and turns active when its program sends", "[tcp]")
{
    const Endpoint peer{TcpRig::kRemote, TcpRig::kRemotePort};
    TcpRig rig;
    rig.openPassive(peer);
    CHECK(rig.tcp().listensTo(peer));
    CHECK_FALSE(rig.tcp().listensTo(Endpoint{TcpRig::kRemote, 81}));
    CHECK_FALSE(rig.tcp().listensTo(Endpoint{Ipv4Address{0x0a000003}, TcpRig::kRemotePort}));
    rig.expectResult(rig.send("hello"), AppResult::Ok);
    rig.expectSent("SYN", seq(100));
    rig.expectState("SYN-SENT");
    rig.receive("RST,ACK", seq(0), ack(101)); // it is active now: refused, not back to LISTEN
    rig.expectTold(AppCall::Failed, AppResult::Refused);
    rig.expectState("CLOSED");
}

TEST_CASE("an open on a connection that exists is an error, except to turn LISTEN active", "[tcp]")
{
    for (int i = 1; i < kTcpStateCount; ++i) {
        const auto state = static_cast<TcpState>(i);
        INFO(toString(state));
        TcpRig rig = TcpRig::inState(state);
        rig.expectResult(rig.openPassive(), AppResult::AlreadyExists);
        rig.expectState(std::string(toString(state)));
        if (state == TcpState::Listen)
            continue;
        rig.expectResult(rig.openActive(), AppResult::AlreadyExists);
        rig.expectState(std::string(toString(state)));
        rig.expectNothing();
    }
    TcpRig rig = TcpRig::inState(TcpState::Listen);
    rig.expectResult(rig.openActive(), AppResult::Ok);
    rig.expectSent("SYN", seq(100));
    rig.expectState("SYN-SENT");
    CHECK_FALSE(rig.tcp().openedPassively());
}

TEST_CASE("a connection that was used and closed may be opened again, as if new", "[tcp]")
{
    TcpRig rig = TcpRig::inState(TcpState::LastAck);
    rig.pass(1_s);
    rig.skipWhatWasSaid();
    rig.receive("ACK", seq(302), ack(102));
    rig.expectTold(AppCall::Closed);
    rig.expectState("CLOSED");
    rig.openActive();
    rig.expectSent("SYN", seq(100));
    rig.expectTimer(Timer::Retransmission, 1_s);
    rig.receive("SYN,ACK", seq(500), ack(101), mss(1460));
    rig.expectTold(AppCall::Opened);
    rig.expectSent("ACK", seq(101), ack(501));
    rig.expectResult(rig.send("hello"), AppResult::Ok);
    rig.expectSent("PSH,ACK", seq(101), ack(501), data("hello"));
    rig.receive("FIN,ACK", seq(501), ack(106));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectState("CLOSE-WAIT");
}

TEST_CASE("the MSS option bounds what is sent, each way for itself", "[tcp]")
{
    const auto firstSegmentWith = [](std::optional<std::uint32_t> offered, std::uint16_t own) {
        TcpConfig config = TcpRig::config();
        config.mss = own;
        TcpRig rig(config);
        rig.openActive();
        rig.expectSent("SYN", seq(100), mss(own));
        rig.receive("SYN,ACK", seq(300), ack(101), offered ? mss(*offered) : SegmentField{});
        rig.skipWhatWasSaid();
        rig.send(octetsOf(3000));
        rig.expectSent("ACK", seq(101), ack(301),
                       data(octetsOf(3000).substr(0, offered.value_or(0) == 0 ? 536 : *offered)));
        rig.skipWhatWasSaid();
    };
    firstSegmentWith(1360, 1460);
    firstSegmentWith(1460, 1460);
    firstSegmentWith(536, 1460);
    firstSegmentWith(1460, 1000);         // what this end takes does not bound what it sends
    firstSegmentWith(std::nullopt, 1460); // 536 by default (MUST-15)
    firstSegmentWith(0, 1460);            // no room for anything is no answer
    firstSegmentWith(1, 1460);
}

TEST_CASE("the MSS of a SYN in LISTEN counts as well", "[tcp]")
{
    TcpConfig config = TcpRig::config();
    config.nagle = false;
    TcpRig rig = TcpRig::inState(TcpState::Listen, config);
    rig.receive("SYN", seq(300), mss(700));
    rig.skipWhatWasSaid();
    rig.receive("ACK", seq(301), ack(101));
    rig.skipWhatWasSaid();
    rig.send(octetsOf(1000));
    rig.expectSent("ACK", seq(101), ack(301), data(octetsOf(1000).substr(0, 700)));
    rig.expectSent("PSH,ACK", seq(801), ack(301), data(octetsOf(1000).substr(700)));
}

TEST_CASE("half-open connections are discovered, as in Figures 9 and 10", "[tcp]")
{
    SECTION("Figure 9, the end that crashed: its SYN meets an old connection")
    {
        TcpConfig config = TcpRig::config();
        config.iss = Seq32(400);
        TcpRig rig(config);
        rig.openActive();
        rig.expectSent("SYN", seq(400));
        rig.receive("ACK", seq(300), ack(100));
        rig.expectSent("RST", seq(100));
        rig.expectState("SYN-SENT");
        rig.passToTimer(Timer::Retransmission);
        rig.expectSent("SYN", seq(400), again());
    }
    SECTION("Figure 9, the end that did not: it answers, and is reset")
    {
        TcpRig rig = TcpRig::established();
        rig.receive("SYN", seq(700));
        rig.expectSent("ACK", seq(101), ack(301));
        rig.expectState("ESTABLISHED");
        rig.receive("RST", seq(301));
        rig.expectTold(AppCall::Failed, AppResult::Reset);
        rig.expectState("CLOSED");
    }
    SECTION("Figure 10: data meet an end that knows of nothing")
    {
        TcpRig rig;
        rig.receive("PSH,ACK", seq(300), ack(100), data("0123456789"));
        rig.expectSent("RST", seq(100));
        rig.expectState("CLOSED");
    }
}

} // namespace packetarium::tcp_open_test
