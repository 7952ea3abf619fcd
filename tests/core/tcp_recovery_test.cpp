// SPDX-License-Identifier: GPL-3.0-or-later
//
// Losses that duplicate acknowledgments show, without SACK: fast retransmit and
// fast recovery (RFC 5681 §3.2), limited transmit (RFC 3042), NewReno
// (RFC 6582), and what Reno and Tahoe did instead.
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

namespace packetarium::tcp_recovery_test {

using namespace literals;
using namespace testing;

namespace {

TcpConfig with(CongestionControl algorithm)
{
    TcpConfig config = bulkConfig(10);
    config.congestionControl = algorithm;
    return config;
}

/// Ten segments of 1,000 octets have gone, and the first is acknowledged: 1101 to 10100 are under way.
void sendTen(TcpRig& rig, Bulk& bulk)
{
    bulk.write(10'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(1101));
    rig.expectWindows(11'000, CongestionWindow::kNoThreshold); // slow start: one more
    rig.expectNothing();
}

} // namespace

TEST_CASE("RFC 5681 section 3.2: of ten segments the second is lost; the window at each of eight duplicates", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::NewReno));
    Bulk bulk(rig);
    sendTen(rig, bulk);
    bulk.duplicates(1101, 2);
    rig.expectNothing();
    rig.expectWindows(11'000, CongestionWindow::kNoThreshold);
    bulk.duplicates(1101, 1); // the third
    bulk.expectSentAgain(1101);
    rig.expectSentBecause(Reason::SentFastRetransmit);
    rig.expectWindows(7500, 4500); // FlightSize 9000: half of it, and three segments that have left the network
    rig.expectVariable(Variable::Recover, 10'101);
    rig.expectVariable(Variable::DuplicateAcks, 3);
    for (std::uint32_t further = 1; further <= 5; ++further) {
        bulk.duplicates(1101, 1);
        rig.expectWindows(7500 + 1000 * further, 4500); // step 4
    }
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(10'101)); // step 6
    rig.expectWindows(4500, 4500);
    rig.expectNoTimer(Timer::Retransmission);
    rig.expectNothing();
}

TEST_CASE("RFC 5681 section 3.2 (5): what the inflated window has room for goes", "[tcp]")
{
    TcpConfig config = with(CongestionControl::NewReno);
    config.limitedTransmit = false;
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig);
    sendTen(rig, bulk);
    bulk.duplicates(1101, 3);
    bulk.expectSentAgain(1101);
    bulk.write(5000);
    rig.expectNothing(); // cwnd 7500, FlightSize 9000
    bulk.duplicates(1101, 2);
    rig.expectNothing(); // 9500: no room for a whole segment
    bulk.duplicates(1101, 1);
    bulk.expectSent(10'101); // 10500
    bulk.duplicates(1101, 1);
    bulk.expectSent(11'101);
}

TEST_CASE("RFC 3042: the first two duplicates let one new segment go each, and FlightSize leaves them out", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::NewReno));
    Bulk bulk(rig, 20'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(1101));
    bulk.expectSent(10'101, 2); // cwnd 11000, FlightSize 11000
    bulk.duplicates(1101, 1);
    bulk.expectSent(12'101);
    rig.expectSentBecause(Reason::SentLimitedTransmit);
    bulk.duplicates(1101, 1);
    bulk.expectSent(13'101);
    rig.expectSentBecause(Reason::SentLimitedTransmit);
    rig.expectWindows(11'000, CongestionWindow::kNoThreshold); // §2: cwnd itself does not change
    bulk.duplicates(1101, 1);
    bulk.expectSentAgain(1101);
    rig.expectWindows(8500, 5500); // 11000 / 2, not 13000 / 2
}

TEST_CASE("without limited transmit two duplicates let nothing go", "[tcp]")
{
    TcpConfig config = with(CongestionControl::NewReno);
    config.limitedTransmit = false;
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 20'000);
    bulk.expectSent(101, 10);
    bulk.duplicates(101, 2);
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(1101));
    bulk.expectSent(10'101, 2);
}

TEST_CASE("limited transmit minds the receiver's window (RFC 3042 section 2)", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::NewReno), 10'000);
    Bulk bulk(rig, 20'000);
    bulk.expectSent(101, 10);
    for (int i = 0; i < 2; ++i)
        rig.receive("ACK", seq(301), ack(101), win(10'000));
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(101), win(10'000));
    bulk.expectSentAgain(101);
}

TEST_CASE("RFC 5681 section 2: what is no duplicate acknowledgment does not count as one", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::NewReno));
    Bulk bulk(rig);
    sendTen(rig, bulk);
    std::uint32_t next = 301;
    for (int i = 0; i < 4; ++i, next += 4) { // (b) it carries data
        rig.receive("ACK", seq(next), ack(1101), data("text"));
        rig.expectDelivered("text");
        rig.expectSent("ACK", seq(10'101), ack(next + 4));
    }
    for (std::uint32_t i = 1; i <= 4; ++i) // (e) another window
        rig.receive("ACK", seq(next), ack(1101), win(60'000 + i));
    for (int i = 0; i < 4; ++i) // (d) an older acknowledgment
        rig.receive("ACK", seq(next), ack(101), win(60'004));
    rig.expectNothing();
    rig.expectWindows(11'000, CongestionWindow::kNoThreshold);
    rig.receive("ACK", seq(next), ack(10'101), win(60'004));
    for (int i = 0; i < 4; ++i) // (a) nothing is outstanding
        rig.receive("ACK", seq(next), ack(10'101), win(60'004));
    rig.expectNothing();
}

TEST_CASE("RFC 6582 section 3.2 (3): each partial acknowledgment shows the next hole", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::NewReno));
    Bulk bulk(rig);
    sendTen(rig, bulk);
    bulk.duplicates(1101, 3); // 1101, 3101 and 4101 are lost: six duplicates in all
    bulk.expectSentAgain(1101);
    bulk.duplicates(1101, 3);
    rig.expectWindows(10'500, 4500);
    rig.pass(300_ms);
    rig.receive("ACK", seq(301), ack(3101)); // partial: 2000 octets
    bulk.expectSentAgain(3101);
    rig.expectSentBecause(Reason::SentRecovery);
    rig.expectWindows(10'500 - 2000 + 1000, 4500);
    rig.expectTimer(Timer::Retransmission, 1_s); // the first partial acknowledgment resets the timer
    rig.pass(300_ms);
    rig.receive("ACK", seq(301), ack(4101)); // partial again
    bulk.expectSentAgain(4101);
    rig.expectWindows(9500 - 1000 + 1000, 4500);
    rig.expectTimer(Timer::Retransmission, 700_ms); // only the first does
    rig.pass(300_ms);
    bulk.write(2000); // cwnd 9500, FlightSize 6000
    bulk.expectSent(10'101, 2);
    rig.receive("ACK", seq(301), ack(10'101)); // full: everything up to recover
    rig.expectWindows(4500, 4500);
    rig.expectTimer(Timer::Retransmission, 1_s); // RFC 6298 §5.3: out of recovery an ACK of new data restarts it
    rig.expectVariable(Variable::Recover, 0);
}

TEST_CASE("RFC 6582 section 3.2: less than a segment acknowledged is not added back", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::NewReno));
    Bulk bulk(rig);
    sendTen(rig, bulk);
    bulk.duplicates(1101, 3);
    bulk.expectSentAgain(1101);
    rig.receive("ACK", seq(301), ack(1601)); // 500 octets
    bulk.expectSentAgain(1601);
    rig.expectWindows(7000, 4500);
}

TEST_CASE("RFC 6582 section 3.2 (1): duplicates that do not go beyond recover begin no other recovery", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::NewReno));
    Bulk bulk(rig);
    sendTen(rig, bulk);
    bulk.duplicates(1101, 3);
    bulk.expectSentAgain(1101);
    rig.receive("ACK", seq(301), ack(10'101));
    bulk.write(4000);
    bulk.expectSent(10'101, 4); // cwnd 4500
    bulk.duplicates(10'101, 5); // exactly at recover
    rig.expectWindows(4500, 4500);
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(11'101)); // beyond it
    bulk.duplicates(11'101, 3);
    bulk.expectSentAgain(11'101);
    rig.expectWindows(2000 + 3000, 2000); // FlightSize 3000: at least two segments (equation 4)
}

TEST_CASE("RFC 6582 section 3.2 (4): after a time-out duplicates of what was under way begin no recovery", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::NewReno));
    Bulk bulk(rig);
    sendTen(rig, bulk);
    rig.passToTimer(Timer::Retransmission);
    bulk.expectSentAgain(1101);
    rig.expectWindows(1000, 4500);
    bulk.duplicates(1101, 6);
    rig.expectNothing();
    rig.expectWindows(1000, 4500);
    rig.receive("ACK", seq(301), ack(2101)); // slow start through what is taken for lost
    bulk.expectSentAgain(2101, 2);
    rig.expectSentBecause(Reason::SentAfterTimeout);
    rig.expectWindows(2000, 4500);
}

TEST_CASE("Reno leaves recovery at the first new acknowledgment, and halves again for the second loss", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::Reno));
    Bulk bulk(rig);
    sendTen(rig, bulk);
    bulk.duplicates(1101, 3);
    bulk.expectSentAgain(1101);
    rig.expectWindows(7500, 4500);
    rig.receive("ACK", seq(301), ack(3101)); // RFC 5681 §3.2 (6): any ACK of new data
    rig.expectWindows(4500, 4500);
    rig.expectNothing();
    bulk.duplicates(3101, 3); // RFC 5681 knows no "recover"
    bulk.expectSentAgain(3101);
    rig.expectWindows(3500 + 3000, 3500); // FlightSize 7000
}

TEST_CASE("Tahoe begins with one segment after a fast retransmit", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::Tahoe));
    Bulk bulk(rig);
    sendTen(rig, bulk);
    bulk.duplicates(1101, 3);
    bulk.expectSentAgain(1101);
    rig.expectSentBecause(Reason::SentFastRetransmit);
    rig.expectWindows(1000, 4500);
    bulk.duplicates(1101, 5);
    rig.expectWindows(1000, 4500); // no inflation
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(10'101));
    rig.expectWindows(2000, 4500);
    bulk.write(10'000);
    bulk.expectSent(10'101, 2);
}

TEST_CASE("without congestion control the third duplicate still resends, and nothing holds the rest back", "[tcp]")
{
    TcpConfig config = with(CongestionControl::None);
    REQUIRE_FALSE(config.isTcp());
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 60'000);
    bulk.expectSent(101, 60);
    bulk.duplicates(101, 3);
    bulk.expectSentAgain(101);
    rig.expectSentBecause(Reason::SentFastRetransmit);
    rig.expectNothing();
}

TEST_CASE("a time-out during recovery begins anew with one segment", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(with(CongestionControl::NewReno));
    Bulk bulk(rig);
    sendTen(rig, bulk);
    bulk.duplicates(1101, 3);
    bulk.expectSentAgain(1101);
    rig.passToTimer(Timer::Retransmission);
    bulk.expectSentAgain(1101);
    rig.expectSentBecause(Reason::SentRetransmission);
    rig.expectWindows(1000, 4500); // FlightSize 9000
    rig.receive("ACK", seq(301), ack(10'101));
    rig.expectWindows(2000, 4500);
}

} // namespace packetarium::tcp_recovery_test
