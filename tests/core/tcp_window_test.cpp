// SPDX-License-Identifier: GPL-3.0-or-later
//
// Windows: respected, shut, probed, opened again, and never silly
// (RFC 9293 §3.8.6).
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

namespace packetarium::tcp_window_test {

using namespace literals;
using namespace testing;

namespace {

/// The peer has acknowledged ten octets and shut its window over the other ten: SND.UNA = SND.NXT = 111.
TcpRig facingShutWindow()
{
    TcpRig rig = TcpRig::establishedWithPeerWindow(10);
    rig.send("0123456789abcdefghij");
    rig.expectSent("ACK", seq(101), ack(301), data("0123456789"));
    rig.receive("ACK", seq(301), ack(111), win(0));
    rig.expectNothing();
    rig.expectNoTimer(Timer::Retransmission);
    rig.expectTimer(Timer::Persist, 1_s);
    return rig;
}

/// The receive buffer of 1,000 octets is full, and its window shut: RCV.NXT = 1301.
TcpRig withFullBuffer()
{
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    rig.receive("ACK", seq(301), ack(101), data(octetsOf(1000)));
    rig.pass(200_ms);
    rig.expectSent("ACK", seq(101), ack(1301), win(0));
    return rig;
}

} // namespace

TEST_CASE("no more is sent than the window has room for", "[tcp]")
{
    TcpRig rig = TcpRig::establishedWithPeerWindow(2000);
    const std::string text = octetsOf(5000);
    rig.send(text);
    rig.expectSent("ACK", seq(101), ack(301), data(text.substr(0, 1460)));
    rig.expectNothing(); // 540 are left: neither a full segment nor, at 540 of 2000, half the window
    rig.receive("ACK", seq(301), ack(1561), win(2000));
    rig.expectSent("ACK", seq(1561), ack(301), data(text.substr(1460, 1460)));
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(1561), win(3000));
    rig.expectSent("ACK", seq(3021), ack(301), data(text.substr(2920, 1460)));
    rig.expectSentBecause(Reason::SentAckClock);
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(4481), win(3000));
    rig.expectSent("PSH,ACK", seq(4481), ack(301), data(text.substr(4380)));
    rig.expectNothing();
}

TEST_CASE("the window is taken from the newest segment, not from the last to arrive", "[tcp]")
{
    // SND.WL1 and SND.WL2, §3.10.7.4, fifth.
    TcpRig rig = TcpRig::establishedWithPeerWindow(1000);
    rig.send("0123456789");
    rig.skipWhatWasSaid();
    rig.receive("ACK", seq(301), ack(111), win(700));
    CHECK(rig.tcp().sndWnd() == 700);
    rig.receive("ACK", seq(301), ack(101), win(990)); // same number, older acknowledgment
    CHECK(rig.tcp().sndWnd() == 700);
    rig.receive("ACK", seq(301), ack(111), win(800)); // both the same: an update
    CHECK(rig.tcp().sndWnd() == 800);
    rig.receive("PSH,ACK", seq(301), ack(111), data("x"), win(600));
    rig.expectDelivered("x");
    CHECK(rig.tcp().sndWnd() == 600);
    rig.receive("ACK", seq(310), ack(111), win(500)); // ahead of a gap, but newer
    CHECK(rig.tcp().sndWnd() == 500);
    rig.receive("ACK", seq(302), ack(111), win(400));
    CHECK(rig.tcp().sndWnd() == 500);
}

TEST_CASE("behind a probe's octet an ACK bears the number that the peer's shut window can take", "[tcp]")
{
    TcpRig rig = facingShutWindow();
    rig.passToTimer(Timer::Persist);
    rig.expectSent("ACK", seq(111), ack(301), data("a"));
    rig.receive("ACK", seq(301), ack(111), data("x"), win(0));
    rig.expectDelivered("x");
    rig.pass(200_ms);                                // the delayed acknowledgment
    rig.expectSent("ACK", seq(111), ack(302));       // SND.NXT is 112, which lies outside a window of 0 at 111
    rig.receive("ACK", seq(302), ack(112), win(10)); // the octet has been taken
    rig.expectSent("PSH,ACK", seq(112), ack(302), data("bcdefghij"));
}

TEST_CASE("a shut window is probed after the RTO, then after twice as long, up to a minute", "[tcp]")
{
    TcpRig rig = facingShutWindow();
    bool first = true;
    for (const int at : {1, 3, 7, 15, 31, 63, 123, 183, 243}) {
        rig.passToTimer(Timer::Persist);
        CHECK(rig.now() == SimTime::zero() + SimDuration::seconds(at));
        rig.expectSent("ACK", seq(111), ack(301), data("a"), first ? SegmentField{} : again());
        rig.expectSentBecause(Reason::SentZeroWindowProbe);
        rig.receive("ACK", seq(301), ack(111), win(0));
        rig.expectNothing();
        first = false;
    }
}

TEST_CASE("a shut window may stay shut as long as the peer answers", "[tcp]")
{
    // MUST-37
    TcpRig rig = facingShutWindow();
    for (int i = 0; i < 100; ++i) {
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(111), ack(301), data("a"), i == 0 ? SegmentField{} : again());
        rig.receive("ACK", seq(301), ack(111), win(0));
    }
    rig.expectState("ESTABLISHED");
}

TEST_CASE("a peer that answers no probe is given up as for lost data", "[tcp]")
{
    TcpRig rig = facingShutWindow();
    for (int i = 0; i < 8; ++i) {
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(111), ack(301), data("a"), i == 0 ? SegmentField{} : again());
    }
    rig.passToTimer(Timer::Persist);
    CHECK(rig.now() == SimTime::zero() + 243_s);
    rig.expectTold(AppCall::Failed, AppResult::TimedOut);
    rig.expectState("CLOSED");
}

TEST_CASE("a window that opens lets go what waited", "[tcp]")
{
    SECTION("before the first probe")
    {
        TcpRig rig = facingShutWindow();
        rig.receive("ACK", seq(301), ack(111), win(100));
        rig.expectSent("PSH,ACK", seq(111), ack(301), data("abcdefghij"));
        rig.expectNoTimer(Timer::Persist);
        rig.expectTimer(Timer::Retransmission, 1_s);
        rig.expectNothing();
    }
    SECTION("after a probe whose octet was refused: it goes with the rest")
    {
        TcpRig rig = facingShutWindow();
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(111), ack(301), data("a"));
        rig.receive("ACK", seq(301), ack(111), win(100));
        rig.expectSent("PSH,ACK", seq(111), ack(301), data("abcdefghij"));
        rig.expectNoTimer(Timer::Persist);
        rig.expectNothing();
        rig.receive("ACK", seq(301), ack(121));
        rig.expectNoTimer(Timer::Retransmission);
    }
    SECTION("after a probe whose octet was taken")
    {
        TcpRig rig = facingShutWindow();
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(111), ack(301), data("a"));
        rig.receive("ACK", seq(301), ack(112), win(100));
        rig.expectSent("PSH,ACK", seq(112), ack(301), data("bcdefghij"));
        rig.expectNoTimer(Timer::Persist);
        rig.expectNothing();
    }
    SECTION("a probe's octet may be taken and the window stay shut: the next octet is the next probe")
    {
        TcpRig rig = facingShutWindow();
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(111), ack(301), data("a"));
        rig.receive("ACK", seq(301), ack(112), win(0));
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(112), ack(301), data("b"));
    }
    SECTION("when a single octet waits it is sent again, and not measured")
    {
        TcpRig rig = TcpRig::establishedWithPeerWindow(10);
        rig.send("0123456789a");
        rig.skipWhatWasSaid();
        rig.receive("ACK", seq(301), ack(111), win(0));
        rig.passToTimer(Timer::Persist);
        rig.expectSent("PSH,ACK", seq(111), ack(301), data("a"));
        const SimDuration srtt = rig.tcp().rtt().srtt();
        rig.receive("ACK", seq(301), ack(111), win(10));
        rig.expectSent("PSH,ACK", seq(111), ack(301), data("a"), again());
        rig.pass(500_ms);
        rig.receive("ACK", seq(301), ack(112), win(10));
        CHECK(rig.tcp().rtt().srtt() == srtt);
        rig.expectNoTimer(Timer::Retransmission);
    }
}

TEST_CASE("a window that shuts again is probed from the beginning", "[tcp]")
{
    TcpRig rig = facingShutWindow();
    for (const SimDuration next : {2_s, 4_s, 8_s}) {
        rig.passToTimer(Timer::Persist);
        rig.skipWhatWasSaid();
        rig.expectTimer(Timer::Persist, next);
    }
    rig.receive("ACK", seq(301), ack(111), win(5));
    rig.expectSent("ACK", seq(111), ack(301), data("abcde"));
    rig.receive("ACK", seq(301), ack(116), win(0));
    const SimDuration rto = rig.tcp().rtt().rto();
    rig.expectTimer(Timer::Persist, rto);
    rig.passToTimer(Timer::Persist);
    rig.expectSent("ACK", seq(116), ack(301), data("f"));
    rig.expectTimer(Timer::Persist, 2 * rto);
}

TEST_CASE("a lost window update is made good by a probe", "[tcp]")
{
    // Question 27: without probing both ends would wait for ever.
    TcpRig rig = facingShutWindow();
    rig.pass(999_ms);
    rig.expectNothing();
    rig.passToTimer(Timer::Persist);
    rig.expectSent("ACK", seq(111), ack(301), data("a"));
    rig.receive("ACK", seq(301), ack(112), win(1000));
    rig.expectSent("PSH,ACK", seq(112), ack(301), data("bcdefghij"));
}

TEST_CASE("a FIN waits for the window like the octet it counts as, and is the probe when it is alone", "[tcp]")
{
    TcpRig rig = TcpRig::establishedWithPeerWindow(10);
    rig.send("0123456789");
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("0123456789"));
    rig.close();
    rig.expectState("FIN-WAIT-1");
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(111), win(0));
    rig.expectNothing();
    SECTION("the window opens")
    {
        rig.receive("ACK", seq(301), ack(111), win(1));
        rig.expectSent("FIN,ACK", seq(111), ack(301));
        rig.receive("ACK", seq(301), ack(112), win(1));
        rig.expectState("FIN-WAIT-2");
    }
    SECTION("the window stays shut")
    {
        rig.passToTimer(Timer::Persist);
        rig.expectSent("FIN,ACK", seq(111), ack(301));
        rig.expectSentBecause(Reason::SentZeroWindowProbe);
        rig.receive("ACK", seq(301), ack(111), win(0));
        rig.passToTimer(Timer::Persist);
        rig.expectSent("FIN,ACK", seq(111), ack(301), again());
        rig.receive("ACK", seq(301), ack(111), win(10));
        rig.expectSent("FIN,ACK", seq(111), ack(301), again());
        rig.receive("ACK", seq(301), ack(112), win(10));
        rig.expectState("FIN-WAIT-2");
        rig.expectNoTimer(Timer::Retransmission);
        rig.expectNoTimer(Timer::Persist);
    }
    SECTION("the peer takes the FIN all the same")
    {
        rig.passToTimer(Timer::Persist);
        rig.expectSent("FIN,ACK", seq(111), ack(301));
        rig.receive("ACK", seq(301), ack(112), win(0));
        rig.expectState("FIN-WAIT-2");
        rig.expectNoTimer(Timer::Persist);
    }
}

TEST_CASE("in CLOSE-WAIT a FIN that is the probe leads to LAST-ACK", "[tcp]")
{
    TcpRig rig = TcpRig::establishedWithPeerWindow(10);
    rig.receive("FIN,ACK", seq(301), ack(101), win(0));
    rig.expectTold(AppCall::PeerClosed);
    rig.pass(200_ms);
    rig.skipWhatWasSaid();
    rig.close();
    rig.expectState("CLOSE-WAIT");
    rig.expectNothing();
    rig.passToTimer(Timer::Persist);
    rig.expectSent("FIN,ACK", seq(101), ack(302));
    rig.expectState("LAST-ACK");
    rig.receive("ACK", seq(302), ack(102), win(0));
    rig.expectTold(AppCall::Closed);
    rig.expectState("CLOSED");
}

TEST_CASE("a window that shuts over data under way is probed, and not given up while the peer answers", "[tcp]")
{
    // The peer should not have shrunk it (SHLD-14); we must survive it (MUST-34, MUST-35, SHLD-17).
    TcpRig rig = TcpRig::established();
    const std::string text = octetsOf(2920);
    rig.send(text);
    rig.expectSent("ACK", seq(101), ack(301), data(text.substr(0, 1460)));
    rig.expectSent("PSH,ACK", seq(1561), ack(301), data(text.substr(1460)));
    rig.receive("ACK", seq(301), ack(101), win(0));
    rig.expectNothing();
    for (int i = 0; i < 20; ++i) {
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(101), ack(301), data(text.substr(0, 1)), again());
        rig.receive("ACK", seq(301), ack(101), win(0));
    }
    rig.receive("ACK", seq(301), ack(101), win(5000));
    rig.expectSent("ACK", seq(101), ack(301), data(text.substr(0, 1460)), again());
    rig.expectSent("PSH,ACK", seq(1561), ack(301), data(text.substr(1460)), again());
    rig.receive("ACK", seq(301), ack(3021), win(5000));
    rig.expectNoTimer(Timer::Retransmission);
    rig.expectNothing();
}

TEST_CASE("a small window is not filled with a small segment at once", "[tcp]")
{
    // The sender's part, §3.8.6.2.1 (MUST-38). The largest window was 1,000.
    SECTION("less than half of it waits for the override")
    {
        TcpRig rig = TcpRig::establishedWithPeerWindow(1000);
        rig.receive("ACK", seq(301), ack(101), win(499));
        rig.send(octetsOf(600));
        rig.expectNothing();
        rig.expectTimer(Timer::Persist, 500_ms); // between 0.1 and 1 s
        rig.receive("ACK", seq(301), ack(101), win(498));
        rig.expectTimer(Timer::Persist, 500_ms);
        rig.pass(100_ms);
        rig.receive("ACK", seq(301), ack(101), win(499));
        rig.expectTimer(Timer::Persist, 400_ms); // updates that help nothing do not put it off
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(101), ack(301), data(octetsOf(600).substr(0, 499)));
        rig.expectTimer(Timer::Retransmission, 1_s);
        rig.expectNoTimer(Timer::Persist);
        rig.receive("ACK", seq(301), ack(600), win(499));
        rig.expectSent("PSH,ACK", seq(600), ack(301), data(octetsOf(600).substr(499)));
    }
    SECTION("a window that shuts meanwhile is probed after the RTO, and one that opens a little is overridden again")
    {
        TcpRig rig = TcpRig::establishedWithPeerWindow(1000);
        rig.receive("ACK", seq(301), ack(101), win(100));
        rig.send(octetsOf(600));
        rig.expectTimer(Timer::Persist, 500_ms);
        rig.pass(400_ms);
        rig.receive("ACK", seq(301), ack(101), win(0));
        rig.expectTimer(Timer::Persist, 1_s);
        rig.pass(400_ms);
        rig.receive("ACK", seq(301), ack(101), win(100));
        rig.expectTimer(Timer::Persist, 500_ms);
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(101), ack(301), data(octetsOf(600).substr(0, 100)));
    }
    SECTION("half of it is worth a segment")
    {
        TcpRig rig = TcpRig::establishedWithPeerWindow(1000);
        rig.receive("ACK", seq(301), ack(101), win(500));
        rig.send(octetsOf(600));
        rig.expectSent("ACK", seq(101), ack(301), data(octetsOf(600).substr(0, 500)));
    }
    SECTION("so is all that waits, however little")
    {
        TcpRig rig = TcpRig::establishedWithPeerWindow(1000);
        rig.receive("ACK", seq(301), ack(101), win(3));
        rig.send("abc");
        rig.expectSent("PSH,ACK", seq(101), ack(301), data("abc"));
    }
    SECTION("so is a full segment of a large window")
    {
        TcpRig rig = TcpRig::established();
        rig.receive("ACK", seq(301), ack(101), win(1460));
        rig.send(octetsOf(2000));
        rig.expectSent("ACK", seq(101), ack(301), data(octetsOf(2000).substr(0, 1460)));
    }
    SECTION("a FIN behind what went by the override is not forgotten")
    {
        TcpRig rig = TcpRig::establishedWithPeerWindow(1000);
        rig.receive("FIN,ACK", seq(301), ack(101), win(4));
        rig.expectTold(AppCall::PeerClosed);
        rig.pass(200_ms);
        rig.skipWhatWasSaid();
        rig.send("abcdef");
        rig.close();
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(101), ack(302), data("abcd"));
        rig.expectState("CLOSE-WAIT");
        rig.receive("ACK", seq(302), ack(105), win(4));
        rig.expectSent("FIN,PSH,ACK", seq(105), ack(302), data("ef"));
        rig.expectState("LAST-ACK");
    }
}

TEST_CASE("the window that is offered shrinks with what is unread and never draws its edge back", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    rig.receive("ACK", seq(301), ack(101), data(octetsOf(400)));
    rig.pass(200_ms);
    rig.expectSent("ACK", seq(101), ack(701), win(600));
    CHECK(rig.tcp().octetsUnread() == 400);
    rig.read(100);
    rig.expectDelivered(octetsOf(400).substr(0, 100));
    rig.expectNothing(); // 100 more are not worth a word
    rig.receive("ACK", seq(701), ack(101), data(octetsOf(600)));
    rig.pass(200_ms);
    rig.expectSent("ACK", seq(101), ack(1301), win(0)); // nor a wider window (§3.8.6.2.2)
}

TEST_CASE("a full buffer shuts the window, and nothing more is taken", "[tcp]")
{
    TcpRig rig = withFullBuffer();
    rig.receive("ACK", seq(1301), ack(101), data("p")); // a probe
    rig.expectSent("ACK", seq(101), ack(1301), win(0));
    rig.receive("ACK", seq(1301), ack(101), data(octetsOf(500)));
    rig.expectSent("ACK", seq(101), ack(1301), win(0));
    rig.receive("ACK", seq(1302), ack(101), data("q")); // beyond even the probe's place
    rig.expectSent("ACK", seq(101), ack(1301), win(0));
    CHECK(rig.tcp().octetsUnread() == 1000);
    rig.expectNothing();
    // Without text, only the very number that is expected will do.
    rig.receive("ACK", seq(1301), ack(101));
    rig.expectNothing();
    for (const std::uint32_t number : {1300u, 1302u, 1305u}) {
        rig.receive("ACK", seq(number), ack(101));
        rig.expectSent("ACK", seq(101), ack(1301), win(0));
    }
}

TEST_CASE("a probe's acknowledgment counts though its octet does not fit", "[tcp]")
{
    // "special allowance should be made to accept valid ACKs" (§3.10.7.4, first)
    TcpRig rig = withFullBuffer();
    rig.send("data");
    rig.expectSent("PSH,ACK", seq(101), ack(1301), data("data"), win(0));
    rig.receive("ACK", seq(1301), ack(105), data("p"));
    rig.expectSent("ACK", seq(105), ack(1301), win(0));
    rig.expectNoTimer(Timer::Retransmission);
    CHECK(rig.tcp().sndUna() == Seq32(105));
}

TEST_CASE("the program reads, and the window is opened in worthwhile steps", "[tcp]")
{
    // The step is half the buffer here: 500 octets (§3.8.6.2.2).
    TcpRig rig = withFullBuffer();
    rig.read(499);
    rig.expectDelivered(octetsOf(1000).substr(0, 499));
    rig.expectNothing();
    rig.receive("ACK", seq(1301), ack(101), data("p"));
    rig.expectSent("ACK", seq(101), ack(1301), win(0));
    rig.read(1);
    rig.expectDelivered(octetsOf(1000).substr(499, 1));
    rig.expectSent("ACK", seq(101), ack(1301), win(500));
    rig.expectSentBecause(Reason::SentAckWindowUpdate);
    rig.read();
    rig.expectDelivered(octetsOf(1000).substr(500));
    rig.expectSent("ACK", seq(101), ack(1301), win(1000));
    rig.read();
    rig.expectNothing();
}

TEST_CASE("reading a little from a window that is wide open says nothing", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    rig.receive("PSH,ACK", seq(301), ack(101), data("hello"));
    rig.read();
    rig.expectDelivered("hello");
    rig.expectNothing();
    CHECK(rig.tcp().rcvWnd() == 995); // what the peer has been told, less what it has sent
    rig.passToTimer(Timer::DelayedAck);
    rig.expectSent("ACK", seq(101), ack(306), win(1000));
    // Reading much says something if half of the buffer or less was left, and the window can be doubled.
    TcpConfig config = TcpRig::config();
    config.receiveBuffer = 10'000;
    TcpRig large = TcpRig::established(config);
    large.autoRead(false);
    for (std::uint32_t i = 0; i < 5; ++i) {
        large.receive("ACK", seq(301 + i * 1460), ack(101), data(octetsOf(1460)));
        large.skipWhatWasSaid();
    }
    large.pass(1_s);
    large.skipWhatWasSaid();
    CHECK(large.tcp().rcvWnd() == 2700);
    large.read(5000);
    large.expectDelivered(octetsOf(1460) + octetsOf(1460) + octetsOf(1460) + octetsOf(1460).substr(0, 620));
    large.expectSent("ACK", seq(101), ack(7601), win(7700));
    large.receive("ACK", seq(7601), ack(101), data(octetsOf(1460)));
    large.pass(200_ms);
    large.expectSent("ACK", seq(101), ack(9061), win(6240));
}

TEST_CASE("with a program that always reads the window stays what it is", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    for (std::uint32_t i = 0; i < 20; ++i) {
        rig.receive("PSH,ACK", seq(301 + 300 * i), ack(101), data(octetsOf(300)));
        rig.expectDelivered(octetsOf(300));
        rig.pass(200_ms);
        rig.expectSent("ACK", seq(101), ack(601 + 300 * i), win(1000));
    }
}

} // namespace packetarium::tcp_window_test
