// SPDX-License-Identifier: GPL-3.0-or-later
//
// Small segments and how to have few of them: Nagle (RFC 9293 §3.7.4), delayed
// acknowledgments (§3.8.6.3), the limit of the send buffer, PSH (§3.9.1.2); and
// the counterfactual handshakes.
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

namespace packetarium::tcp_nagle_test {

using namespace literals;
using namespace testing;

TEST_CASE("RFC 9293 section 3.7.4: while something is unacknowledged small writes wait and are put together", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig(10));
    rig.send("a");
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("a"));
    rig.send("b");
    rig.send("c");
    rig.expectNothing();
    rig.expectVariable(Variable::LimitedBy, static_cast<std::uint64_t>(SendLimit::Nagle));
    const std::string octets = octetsOf(1500);
    rig.send(octets); // with them there is a full segment, which does not wait
    rig.expectSent("ACK", seq(102), ack(301), data("bc" + octets.substr(0, 998)));
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(102));
    rig.expectNothing(); // still something under way
    rig.receive("ACK", seq(301), ack(1102));
    rig.expectSent("PSH,ACK", seq(1102), ack(301), data(octets.substr(998)));
}

TEST_CASE("without Nagle each write leaves at once, also when it is switched off on the way", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    TcpRig rig = TcpRig::agreed(config);
    rig.send("a");
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("a"));
    rig.send("b");
    rig.expectNothing();
    config.nagle = false;
    rig.configure(config);
    rig.expectSent("PSH,ACK", seq(102), ack(301), data("b"));
    rig.send("c");
    rig.expectSent("PSH,ACK", seq(103), ack(301), data("c"));
}

TEST_CASE("cork: what makes no full segment waits for more, half a second at most, or until there is none", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.nagle = false;
    config.cork = true;
    TcpRig rig = TcpRig::agreed(config);
    rig.send("a");
    rig.expectNothing();
    rig.expectVariable(Variable::LimitedBy, static_cast<std::uint64_t>(SendLimit::Program));
    const std::string octets = octetsOf(1500);
    rig.send(octets);
    rig.expectSent("ACK", seq(101), ack(301), data("a" + octets.substr(0, 999)));
    rig.receive("ACK", seq(301), ack(1101));
    rig.expectNothing();
    rig.expectTimer(Timer::Persist, 500_ms); // MUST-60: not without end
    rig.passToTimer(Timer::Persist);
    rig.expectSent("ACK", seq(1101), ack(301), data(octets.substr(999)));
    rig.expectSentBecause(Reason::SentOverrideTimer);
    rig.send("b");
    rig.expectNothing();
    config.cork = false;
    rig.configure(config);
    rig.expectSent("PSH,ACK", seq(1602), ack(301), data("b"));
}

TEST_CASE("cork: a close lets go what waits", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.cork = true;
    TcpRig rig = TcpRig::agreed(config);
    rig.send("a");
    rig.expectNothing();
    rig.shutdown();
    rig.expectSent("FIN,PSH,ACK", seq(101), ack(301), data("a"));
}

TEST_CASE("RFC 9293 section 3.8.6.3: every second full segment is acknowledged at once, one alone before half a second",
          "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.delayedAck = true;
    CHECK(config.delayedAckTime < 500_ms);
    TcpRig rig = TcpRig::agreed(config);
    const std::string full(1000, 'x');
    rig.receive("ACK", seq(301), ack(101), data(full));
    rig.expectDelivered(full);
    rig.expectNothing();
    rig.expectTimer(Timer::DelayedAck, 200_ms);
    rig.pass(100_ms);
    rig.receive("ACK", seq(1301), ack(101), data(full));
    rig.expectDelivered(full);
    rig.expectSent("ACK", seq(101), ack(2301));
    rig.expectSentBecause(Reason::SentAckSecondSegment);
    rig.expectNoTimer(Timer::DelayedAck);
    rig.receive("ACK", seq(2301), ack(101), data(full));
    rig.expectDelivered(full);
    rig.passToTimer(Timer::DelayedAck);
    rig.expectSent("ACK", seq(101), ack(3301));
    rig.receive("ACK", seq(3301), ack(101), data(full));
    rig.expectDelivered(full);
    rig.send("answer"); // takes the acknowledgment along
    rig.expectSent("PSH,ACK", seq(101), ack(4301), data("answer"));
    rig.expectNoTimer(Timer::DelayedAck);
}

TEST_CASE("the send buffer takes so much, the rest waits before it and follows as room comes", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.sendBuffer = 3000;
    TcpRig rig = TcpRig::agreed(config);
    CHECK(rig.sendRoom() == 3000);
    Bulk bulk(rig, 5000);
    bulk.expectSent(101, 3); // none of them carries PSH: more is waiting (§3.9.1.2)
    CHECK(rig.sendRoom() == 0);
    CHECK(rig.tcp().octetsUnacknowledged() == 3000);
    rig.receive("ACK", seq(301), ack(1101));
    bulk.expectSent(3101);
    rig.receive("ACK", seq(301), ack(3101));
    bulk.expectSent(4101); // the last: PSH
    CHECK(rig.sendRoom() == 1000);
    rig.receive("ACK", seq(301), ack(5101));
    CHECK(rig.sendRoom() == 3000);
}

TEST_CASE("a FIN waits for what waits before the send buffer", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.sendBuffer = 1000;
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 2000);
    bulk.expectSent(101);
    rig.shutdown();
    rig.expectState("FIN-WAIT-1");
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(1101));
    rig.expectSent("FIN,PSH,ACK", seq(1101), ack(301), data(octetsOf(2000).substr(1000)));
}

TEST_CASE("two-way handshake: the passive end is open as soon as it has answered, whoever sent the SYN", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.handshake = Handshake::TwoWay;
    REQUIRE_FALSE(config.isTcp());
    TcpRig rig(config);
    rig.openPassive();
    rig.receive("SYN", seq(300), mss(1000)); // it may be years old: nobody asks
    rig.expectSent("SYN,ACK", seq(100), ack(301));
    rig.expectTold(AppCall::Opened);
    rig.expectState("ESTABLISHED");
    rig.expectNoTimer(Timer::Retransmission);
    // No acknowledgment came, so the step is none of the table's: -1.
    REQUIRE(rig.rowsTaken().size() == 3);
    CHECK(rig.rowsTaken().back() == -1);
    CHECK(tcpTransitions()[static_cast<std::size_t>(rig.rowsTaken()[1])].event == TcpEvent::RcvSyn);

    TcpRig opener(config);
    opener.openActive();
    opener.expectSent("SYN", seq(100));
    opener.receive("SYN,ACK", seq(300), ack(101), mss(1000));
    opener.expectTold(AppCall::Opened);
    opener.expectState("ESTABLISHED");
    opener.expectNothing(); // no third segment
}

TEST_CASE("four-way handshake: the passive end's ACK and SYN go in two segments", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.handshake = Handshake::FourWay;
    TcpRig rig(config);
    rig.openPassive();
    rig.receive("SYN", seq(300), mss(1000));
    rig.expectSent("ACK", seq(100), ack(301));
    rig.expectSent("SYN,ACK", seq(100), ack(301));
    rig.expectState("SYN-RECEIVED");
    rig.receive("ACK", seq(301), ack(101));
    rig.expectTold(AppCall::Opened);
    rig.expectState("ESTABLISHED");
}

TEST_CASE("a passive closer that holds the ACK of the FIN back sends it with its own FIN: three segments", "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.holdAckForFin = true;
    TcpRig rig = TcpRig::agreed(config);
    rig.receive("FIN,ACK", seq(301), ack(101));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectState("CLOSE-WAIT");
    rig.expectNothing();
    rig.pass(5_s);
    rig.send("last words");
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("last words")); // the FIN is not acknowledged yet
    rig.receive("ACK", seq(302), ack(111));
    rig.shutdown();
    rig.expectSent("FIN,ACK", seq(111), ack(302));
    rig.expectState("LAST-ACK");
}

TEST_CASE("a receive buffer made smaller on the way takes back nothing that was promised (RFC 9293 section 3.8.6)",
          "[tcp]")
{
    TcpConfig config = bulkConfig();
    config.receiveBuffer = 4000;
    TcpRig rig = TcpRig::agreed(config);
    rig.autoRead(false);
    rig.receive("ACK", seq(301), ack(101), data(std::string(1000, 'x')));
    rig.expectSent("ACK", seq(101), ack(1301), win(3000));
    config.receiveBuffer = 1000;
    rig.configure(config);
    rig.receive("ACK", seq(1301), ack(101), data(std::string(1000, 'x')));
    rig.expectSent("ACK", seq(101), ack(2301), win(2000));
    rig.receive("ACK", seq(2301), ack(101), data(std::string(2000, 'x')));
    rig.expectSent("ACK", seq(101), ack(4301), win(0));
    rig.read();
    rig.expectDelivered(std::string(4000, 'x'));
    rig.expectSent("ACK", seq(101), ack(4301), win(1000));
}

} // namespace packetarium::tcp_nagle_test
