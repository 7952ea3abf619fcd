// SPDX-License-Identifier: GPL-3.0-or-later
//
// RACK-TLP, RFC 8985: losses that time shows, and probes of a tail. In all of them the round trip is 100 ms, so SRTT is 100 ms,
// min_RTT as well, and RTO, 300 ms by RFC 6298 §2.2, at least a second.
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

namespace packetarium::tcp_rack_test {

using namespace literals;
using namespace testing;

namespace {

TcpConfig withRack(bool rack = true, bool probe = true, int initialWindow = 10)
{
    TcpConfig config = bulkConfig(initialWindow);
    config.sack = true;
    config.rack = rack;
    config.tailLossProbe = probe;
    return config;
}

TcpRig opened(const TcpConfig& config)
{
    TcpRig rig(config);
    rig.openActive();
    rig.expectSent("SYN", seq(100));
    rig.pass(100_ms);
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), sackPermitted());
    rig.skipWhatWasSaid();
    return rig;
}

void acked(TcpRig& rig, std::uint32_t number, std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks = {},
           TcpRig::Where where = TcpRig::Where::current())
{
    rig.receive("ACK", seq(301), ack(number), blocks.empty() ? SegmentField{} : sack(std::move(blocks)), {}, {}, {}, {},
                where);
}

} // namespace

// --- the probe, section 7 -----------------------------------------------------------------------------------------

TEST_CASE("RFC 8985 section 7.2: of several segments the last goes again after two round trips", "[tcp]")
{
    TcpRig rig = opened(withRack());
    Bulk bulk(rig, 3000);
    bulk.expectSent(101, 3);
    rig.expectTimer(Timer::TailLossProbe, 200_ms);
    rig.expectTimer(Timer::Retransmission, 1_s);
    rig.passToTimer(Timer::TailLossProbe);
    bulk.expectSentAgain(2101);
    rig.expectSentBecause(Reason::SentTailLossProbe);
    rig.expectTimer(Timer::Retransmission, 1_s); // §7.3: armed anew
    rig.expectNoTimer(Timer::TailLossProbe);
}

TEST_CASE("RFC 8985 section 7.2: of a single segment the acknowledgment may be delayed, so 200 ms more", "[tcp]")
{
    TcpRig rig = opened(withRack());
    Bulk bulk(rig, 1000);
    bulk.expectSent(101);
    rig.expectTimer(Timer::TailLossProbe, 400_ms);
    rig.passToTimer(Timer::TailLossProbe);
    bulk.expectSentAgain(101);
    rig.expectSentBecause(Reason::SentTailLossProbe);
}

TEST_CASE("RFC 8985 section 7.2: two small segments are not one, and each that goes plans the probe anew", "[tcp]")
{
    TcpConfig config = withRack();
    config.nagle = false;
    const std::string some(30, 'x');
    TcpRig rig = opened(config);
    rig.send(some);
    rig.expectSent("PSH,ACK", seq(101), ack(301), data(some));
    rig.expectTimer(Timer::TailLossProbe, 400_ms);
    rig.pass(55_ms);
    rig.send(some);
    rig.expectSent("PSH,ACK", seq(131), ack(301), data(some));
    rig.expectTimer(Timer::TailLossProbe, 200_ms); // 2 SRTT from now
    rig.passToTimer(Timer::TailLossProbe);
    rig.expectSent("PSH,ACK", seq(131), ack(301), data(some), again());
    rig.expectSentBecause(Reason::SentTailLossProbe);
}

TEST_CASE("RFC 8985 section 7.2: where the retransmission timer would be earlier, the probe takes its place", "[tcp]")
{
    TcpConfig config = withRack();
    config.rtoMin = 200_ms; // RTO is 300 ms
    TcpRig rig = opened(config);
    Bulk bulk(rig, 1000);
    bulk.expectSent(101);
    rig.expectTimer(Timer::TailLossProbe, 300_ms);
    rig.expectTimer(Timer::Retransmission, 300_ms);
    rig.passToTimer(Timer::TailLossProbe);
    bulk.expectSentAgain(101);
    rig.expectSentBecause(Reason::SentTailLossProbe);
    rig.expectWindows(10'000, CongestionWindow::kNoThreshold); // no time-out
    rig.expectTimer(Timer::Retransmission, 300_ms);
    rig.passToTimer(Timer::Retransmission); // it is one now
    bulk.expectSentAgain(101);
    rig.expectSentBecause(Reason::SentRetransmission);
    rig.expectTimer(Timer::Retransmission, 600_ms);
}

TEST_CASE("RFC 8985 section 7.2: without a round trip measured a second, and no probe then", "[tcp]")
{
    TcpConfig config = withRack();
    config.rtoMin = 3_s;
    TcpRig rig(config);
    rig.openActive();
    rig.expectSent("SYN", seq(100));
    rig.passToTimer(Timer::Retransmission); // the SYN again: nothing is measured (Karn)
    rig.skipWhatWasSaid();
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), sackPermitted());
    rig.skipWhatWasSaid();
    Bulk bulk(rig, 1000);
    bulk.expectSent(101);
    rig.expectTimer(Timer::TailLossProbe, 1_s);
    rig.passToTimer(Timer::TailLossProbe);
    rig.expectNothing(); // §7.3: "the sender has obtained an RTT measurement"
}

TEST_CASE("RFC 8985 section 7.3: new data rather than old, whatever the congestion window says", "[tcp]")
{
    TcpRig rig = opened(withRack(true, true, 2));
    Bulk bulk(rig, 5000);
    bulk.expectSent(101, 2);
    rig.passToTimer(Timer::TailLossProbe);
    bulk.expectSent(2101);
    rig.expectSentBecause(Reason::SentTailLossProbe);
    rig.expectNothing();
}

TEST_CASE("RFC 8985 section 7.3: old data where the receiver's window has no room for new ones", "[tcp]")
{
    TcpRig rig = opened(withRack());
    rig.receive("ACK", seq(301), ack(101), win(2000));
    Bulk bulk(rig, 5000);
    bulk.expectSent(101, 2);
    rig.passToTimer(Timer::TailLossProbe);
    bulk.expectSentAgain(1101);
    rig.expectSentBecause(Reason::SentTailLossProbe);
}

TEST_CASE("a tail that the receiver's window no longer reaches is not probed: the time-out sends what it takes",
          "[tcp]")
{
    TcpRig rig = opened(withRack());
    Bulk bulk(rig, 3000);
    bulk.expectSent(101, 3);
    rig.receive("ACK", seq(301), ack(101), win(2000)); // the right edge was behind all three
    rig.passToTimer(Timer::TailLossProbe);
    rig.expectNothing();
    rig.passToTimer(Timer::Retransmission);
    bulk.expectSentAgain(101);
    rig.expectSentBecause(Reason::SentRetransmission);
}

TEST_CASE("RFC 8985 section 7.3: a FIN is a tail, too", "[tcp]")
{
    TcpRig rig = opened(withRack());
    rig.shutdown();
    rig.expectSent("FIN,ACK", seq(101), ack(301));
    rig.passToTimer(Timer::TailLossProbe);
    rig.expectSent("FIN,ACK", seq(101), ack(301), again());
    rig.expectSentBecause(Reason::SentTailLossProbe);
}

TEST_CASE("a FIN that leaves with a probe of new data counts as sent", "[tcp]")
{
    TcpRig rig = opened(withRack(true, true, 2));
    rig.receive("FIN,ACK", seq(301), ack(101));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectSent("ACK", seq(101), ack(302));
    const std::string octets = octetsOf(2500);
    rig.send(octets);
    rig.expectSent("ACK", seq(101), ack(302), data(octets.substr(0, 1000)));
    rig.expectSent("ACK", seq(1101), ack(302), data(octets.substr(1000, 1000)));
    rig.close(); // 500 octets wait for cwnd
    rig.expectState("CLOSE-WAIT");
    rig.passToTimer(Timer::TailLossProbe);
    rig.expectSent("FIN,PSH,ACK", seq(2101), ack(302), data(octets.substr(2000)));
    rig.expectSentBecause(Reason::SentTailLossProbe);
    rig.expectState("LAST-ACK");
    rig.receive("ACK", seq(302), ack(2602));
    rig.expectTold(AppCall::Closed);
    rig.expectState("CLOSED");
}

TEST_CASE("RFC 8985 section 7.3: one probe, and no other before a round trip was measured", "[tcp]")
{
    TcpRig rig = opened(withRack());
    Bulk bulk(rig, 2000);
    bulk.expectSent(101, 2);
    rig.passToTimer(Timer::TailLossProbe);
    bulk.expectSentAgain(1101);
    bulk.write(1000);
    bulk.expectSent(2101); // new data plan another
    rig.expectTimer(Timer::TailLossProbe, 200_ms);
    rig.passToTimer(Timer::TailLossProbe);
    rig.expectNothing();
    rig.passToTimer(Timer::Retransmission); // nothing else is left
    bulk.expectSentAgain(101);
    rig.expectSentBecause(Reason::SentRetransmission);
}

TEST_CASE("RFC 8985 section 7.2: an ACK of new data plans the probe anew; one with SACK takes it back", "[tcp]")
{
    TcpRig rig = opened(withRack());
    Bulk bulk(rig, 5000);
    bulk.expectSent(101, 5);
    rig.pass(100_ms);
    acked(rig, 1101);
    rig.expectTimer(Timer::TailLossProbe, 200_ms);
    acked(rig, 1101, {{2101, 3101}});
    rig.expectNoTimer(Timer::TailLossProbe);
    acked(rig, 5101);
    rig.expectNoTimer(Timer::TailLossProbe); // nothing is under way
    rig.expectNoTimer(Timer::Reordering);
    rig.expectNothing();
}

TEST_CASE("RFC 8985 section 7.4.2: a loss that the probe repaired counts once it shows", "[tcp]")
{
    TcpRig rig = opened(withRack());
    Bulk bulk(rig, 4000);
    bulk.expectSent(101, 4); // the last is lost
    rig.pass(100_ms);
    acked(rig, 3101); // cwnd 11000 by the ACK
    rig.expectWindows(11'000, CongestionWindow::kNoThreshold);
    rig.passToTimer(Timer::TailLossProbe);
    bulk.expectSentAgain(3101);
    rig.pass(100_ms);
    acked(rig, 4101); // TLP.end_seq: perhaps only the first copy's
    rig.expectWindows(12'000, CongestionWindow::kNoThreshold);
    bulk.write(1000);
    bulk.expectSent(4101);
    rig.pass(100_ms);
    acked(rig, 5101);              // beyond, and no D-SACK
    rig.expectWindows(2000, 2000); // RFC 5681 equation 4: two segments at least; and that ACK lets nothing grow
}

TEST_CASE("RFC 8985 section 7.4.2: a D-SACK of the probe, or a bare repeat, says that nothing was lost", "[tcp]")
{
    for (const bool dsack : {true, false}) {
        TcpRig rig = opened(withRack());
        Bulk bulk(rig, 2000);
        bulk.expectSent(101, 2);
        rig.passToTimer(Timer::TailLossProbe);
        bulk.expectSentAgain(1101);
        acked(rig, 2101); // late
        bulk.write(1000);
        bulk.expectSent(2101);
        if (dsack)
            acked(rig, 2101, {{1101, 2101}});
        else
            acked(rig, 2101);
        rig.pass(100_ms);
        acked(rig, 3101);
        rig.expectWindows(12'000, CongestionWindow::kNoThreshold); // two ACKs of new data, and no loss
    }
}

TEST_CASE("a probe of new data that is acknowledged says nothing of a loss", "[tcp]")
{
    TcpRig rig = opened(withRack(true, true, 2));
    Bulk bulk(rig, 3000);
    bulk.expectSent(101, 2);
    rig.passToTimer(Timer::TailLossProbe);
    bulk.expectSent(2101);
    acked(rig, 3101);
    rig.expectWindows(3000, CongestionWindow::kNoThreshold);
}

// --- losses by time, section 6 ------------------------------------------------------------------------------------

TEST_CASE("RFC 8985 section 6.2: what left before something that arrived is lost a quarter of min_RTT later", "[tcp]")
{
    TcpRig rig = opened(withRack(true, false));
    Bulk bulk(rig, 3000);
    bulk.expectSent(101, 3);
    rig.pass(100_ms);
    acked(rig, 101, {{2101, 3101}}); // one duplicate only
    rig.expectTimer(Timer::Reordering, 25_ms);
    rig.passToTimer(Timer::Reordering);
    bulk.expectSentAgain(101);
    rig.expectSentBecause(Reason::SentRackRetransmit);
    bulk.expectSentAgain(1101); // cwnd and ssthresh two segments: FlightSize 3000, of which one has arrived
    rig.expectSentBecause(Reason::SentRecovery);
    rig.expectWindows(2000, 2000);
    rig.expectNoTimer(Timer::Reordering);
}

TEST_CASE("RFC 8985 section 6.2: one that comes within that time was only overtaken", "[tcp]")
{
    TcpRig rig = opened(withRack(true, false));
    Bulk bulk(rig, 3000);
    bulk.expectSent(101, 3);
    rig.pass(100_ms);
    acked(rig, 101, {{2101, 3101}});
    rig.pass(24_ms);
    acked(rig, 2101, {{2101, 3101}});
    acked(rig, 3101);
    rig.expectNoTimer(Timer::Reordering);
    rig.pass(500_ms);
    rig.expectNothing();
    rig.expectWindows(12'000, CongestionWindow::kNoThreshold);
}

TEST_CASE("RFC 8985 section 6.2, step 4: three segments behind it, and nothing was ever overtaken: lost at once",
          "[tcp]")
{
    TcpRig rig = opened(withRack(true, false));
    Bulk bulk(rig, 10'000);
    bulk.expectSent(101, 10);
    rig.pass(100_ms);
    acked(rig, 101, {{1101, 2101}});
    acked(rig, 101, {{1101, 3101}});
    rig.expectNothing();
    acked(rig, 101, {{1101, 4101}});
    bulk.expectSentAgain(101);
    rig.expectSentBecause(Reason::SentFastRetransmit);
    rig.expectWindows(5000, 5000);
}

TEST_CASE("RFC 8985 section 6.2, step 4: once segments were overtaken three behind one are not enough", "[tcp]")
{
    TcpRig rig = opened(withRack(true, false));
    Bulk bulk(rig, 10'000);
    bulk.expectSent(101, 10);
    rig.pass(100_ms);
    acked(rig, 101, {{1101, 2101}});
    acked(rig, 2101); // 101 has come late
    acked(rig, 2101, {{3101, 6101}});
    rig.expectTimer(Timer::Reordering, 25_ms);
    rig.passToTimer(Timer::Reordering);
    bulk.expectSentAgain(2101);
    rig.expectSentBecause(Reason::SentRackRetransmit);
}

TEST_CASE("RFC 8985 section 6.2, step 4: each round with a D-SACK lets the wait grow", "[tcp]")
{
    TcpRig rig = opened(withRack(true, false));
    Bulk bulk(rig, 3000);
    bulk.expectSent(101, 3);
    rig.pass(100_ms);
    acked(rig, 101, {{1101, 2101}});
    rig.passToTimer(Timer::Reordering);
    bulk.expectSentAgain(101); // for nothing
    acked(rig, 2101);          // it was only late
    acked(rig, 3101, {{101, 1101}});
    bulk.write(3000);
    bulk.expectSent(3101, 2); // cwnd 2000
    rig.pass(100_ms);
    acked(rig, 3101, {{4101, 5101}});
    // Something was overtaken (101), and reo_wnd_mult is 2: 2 x 100 / 4 ms.
    rig.expectTimer(Timer::Reordering, 50_ms);
}

TEST_CASE("RFC 8985 section 3.1: a retransmission that is lost shows by what was sent after it", "[tcp]")
{
    TcpRig rig = opened(withRack(true, false));
    Bulk bulk(rig, 20'000);
    bulk.expectSent(101, 10);
    rig.pass(100_ms);
    acked(rig, 101, {{1101, 7101}});
    bulk.expectSentAgain(101); // and is lost again
    rig.expectWindows(5000, 5000);
    bulk.expectSent(10'101); // pipe 4000: 101 and 7101..10101
    rig.pass(100_ms);
    acked(rig, 101, {{1101, 10'101}});
    bulk.expectSent(11'101, 3);
    acked(rig, 101, {{1101, 11'101}}); // 10101 left right after it, and has arrived
    bulk.expectSentAgain(101);
    rig.expectSentBecause(Reason::SentRecovery);
    bulk.expectSent(14'101); // cwnd 5000: 101 and 11101 to 14100 leave room for it
    rig.expectNothing();
}

TEST_CASE("RFC 8985 section 3.3: the whole end of a flight is repaired without a time-out", "[tcp]")
{
    TcpRig rig = opened(withRack());
    Bulk bulk(rig, 5000);
    bulk.expectSent(101, 5); // the last three are lost
    rig.pass(100_ms);
    acked(rig, 2101);
    rig.passToTimer(Timer::TailLossProbe);
    bulk.expectSentAgain(4101);
    rig.expectSentBecause(Reason::SentTailLossProbe);
    rig.pass(100_ms);
    acked(rig, 2101, {{4101, 5101}}); // left 200 ms after the two before it: they are lost
    bulk.expectSentAgain(2101);
    rig.expectSentBecause(Reason::SentRackRetransmit);
    bulk.expectSentAgain(3101);
    rig.pass(100_ms);
    acked(rig, 5101);
    rig.expectVariable(Variable::Recover, 0);
    rig.expectNoTimer(Timer::Retransmission);
}

TEST_CASE("RFC 8985 section 6.2, step 2: the acknowledgment of a first copy tells nothing of the second", "[tcp]")
{
    TcpRig rig = opened(withRack(true, false));
    Bulk bulk(rig, 10'000);
    bulk.expectSent(101, 10);
    rig.pass(100_ms);
    acked(rig, 101, {{1101, 4101}});
    bulk.expectSentAgain(101);
    rig.pass(10_ms); // far less than min_RTT: the first copy came late
    acked(rig, 4101);
    // Taken for an answer to the second copy it would make all six that are under way late.
    rig.expectNoTimer(Timer::Reordering);
    rig.pass(80_ms);
    rig.expectNothing();
}

TEST_CASE("RACK-TLP without SACK is not there", "[tcp]")
{
    TcpConfig config = withRack();
    config.sack = false;
    TcpRig rig = opened(config);
    Bulk bulk(rig, 3000);
    bulk.expectSent(101, 3);
    rig.expectNoTimer(Timer::TailLossProbe);
    rig.expectTimer(Timer::Retransmission, 1_s);
}

TEST_CASE("sample-every-ack: each acknowledgment of new data measures the oldest it covers", "[tcp]")
{
    for (const bool every : {true, false}) {
        TcpConfig config = bulkConfig(10);
        config.sampleEveryAck = every;
        TcpRig rig = opened(config);
        Bulk bulk(rig, 1000);
        bulk.expectSent(101); // the one that is timed, RFC 6298 §4
        rig.pass(20_ms);
        bulk.write(1000);
        bulk.expectSent(1101);
        rig.pass(80_ms);
        acked(rig, 1101);
        rig.expectVariable(Variable::Srtt, 100'000'000);
        rig.pass(100_ms);
        acked(rig, 2101); // 180 ms: 7/8 x 100 + 1/8 x 180
        rig.expectVariable(Variable::Srtt, every ? 110'000'000 : 100'000'000);
    }
}

TEST_CASE("sample-every-ack: what went twice measures nothing, however long ago something was timed", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.sampleEveryAck = true;
    TcpRig rig = opened(config);
    Bulk bulk(rig, 5000);
    bulk.expectSent(101, 5);
    rig.pass(100_ms);
    acked(rig, 1101); // ends the sample that began with the first, too
    bulk.duplicates(1101, 3);
    bulk.expectSentAgain(1101);
    rig.pass(300_ms);
    acked(rig, 5101); // the second copy among them: Karn's algorithm
    rig.expectVariable(Variable::Srtt, 100'000'000);
}

TEST_CASE("RFC 8985 section 6.3: of what is under way at a time-out only what is older than a round trip is lost",
          "[tcp]")
{
    // The round trip that the SYN took is 100 ms.
    for (const auto& [age, lost] : {std::pair{100_ms, true}, {100_ms - 1_ns, false}, {50_ms, false}}) {
        INFO(age.ns());
        TcpRig rig = opened(withRack(true, false));
        Bulk bulk(rig, 1000);
        bulk.expectSent(101);
        rig.pass(1_s - age);
        bulk.write(3000);
        bulk.expectSent(1101, 3);
        rig.passToTimer(Timer::Retransmission);
        bulk.expectSentAgain(101);
        rig.expectWindows(1000, 2000);
        rig.pass(40_ms);
        acked(rig, 1101);
        rig.expectWindows(2000, 2000);
        if (lost) {
            bulk.expectSentAgain(1101, 2);
            rig.expectSentBecause(Reason::SentAfterTimeout);
        }
        rig.expectNothing();
        acked(rig, 4101);
        rig.expectNoTimer(Timer::Retransmission);
    }
}

TEST_CASE("RFC 8985 section 6.3: what was too young at a time-out and lost all the same goes with the next", "[tcp]")
{
    TcpRig rig = opened(withRack(true, false));
    Bulk bulk(rig, 1000);
    bulk.expectSent(101);
    rig.pass(950_ms);
    bulk.write(2000);
    bulk.expectSent(1101, 2);
    rig.passToTimer(Timer::Retransmission);
    bulk.expectSentAgain(101);
    rig.pass(100_ms);
    acked(rig, 1101); // the others left 50 ms before what this answers
    bulk.expectSentAgain(1101, 2);
    rig.pass(100_ms);
    acked(rig, 3101);
    rig.expectNoTimer(Timer::Retransmission);
}

} // namespace packetarium::tcp_rack_test
