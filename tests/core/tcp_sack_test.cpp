// SPDX-License-Identifier: GPL-3.0-or-later
//
// Selective acknowledgments: what a receiver reports (RFC 2018, D-SACK after
// RFC 2883), and what a sender makes of it (RFC 6675).
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

namespace packetarium::tcp_sack_test {

using namespace literals;
using namespace testing;

namespace {

TcpConfig withSack(int initialWindow = 10)
{
    TcpConfig config = bulkConfig(initialWindow);
    config.sack = true;
    return config;
}

/// The peer's octets of number `from` to before `to`, which cannot be delivered yet or have been before.
void arrives(TcpRig& rig, std::uint32_t from, std::uint32_t to)
{
    rig.receive("ACK", seq(from), ack(101), data(std::string(to - from, 'x')));
}

} // namespace

TEST_CASE("RFC 2018 section 2: SACK is used if both SYNs permit it", "[tcp]")
{
    for (const bool offered : {true, false}) {
        TcpRig rig(withSack());
        rig.openActive();
        rig.expectSent("SYN", seq(100), sackPermitted());
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), offered ? sackPermitted() : SegmentField{});
        rig.expectTold(AppCall::Opened);
        rig.expectSent("ACK", seq(101), ack(301));
        CHECK(rig.tcp().usesSack() == offered);
        arrives(rig, 401, 501);
        rig.expectSent("ACK", seq(101), ack(301), offered ? sack({{401, 501}}) : SegmentField{});
    }
    for (const bool offered : {true, false}) {
        TcpRig rig(withSack());
        rig.openPassive();
        rig.receive("SYN", seq(300), mss(1000), offered ? sackPermitted() : SegmentField{});
        rig.expectSent("SYN,ACK", seq(100), ack(301), offered ? sackPermitted() : without("SACK permitted"));
    }
    TcpRig without(bulkConfig());
    without.openActive();
    without.expectSent("SYN", seq(100), testing::without("SACK permitted"));
}

TEST_CASE("RFC 2018 section 4: the block that has just grown comes first; case 3 of its examples", "[tcp]")
{
    // The RFC's numbers: eight segments of 500 octets from 5000 on, of which the second, fourth, sixth and eighth are lost.
    TcpRig rig(withSack());
    rig.openActive();
    rig.skipWhatWasSaid();
    rig.receive("SYN,ACK", seq(4999), ack(101), mss(1000), sackPermitted());
    rig.skipWhatWasSaid();
    const auto expectAck = [&](std::uint32_t number, std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks) {
        rig.expectSent("ACK", seq(101), ack(number), sack(std::move(blocks)));
    };
    arrives(rig, 5000, 5500);
    rig.expectDelivered(std::string(500, 'x'));
    expectAck(5500, {});
    arrives(rig, 6000, 6500);
    expectAck(5500, {{6000, 6500}});
    arrives(rig, 7000, 7500);
    expectAck(5500, {{7000, 7500}, {6000, 6500}});
    arrives(rig, 8000, 8500);
    expectAck(5500, {{8000, 8500}, {7000, 7500}, {6000, 6500}});
    arrives(rig, 6500, 7000); // the fourth arrives out of order
    expectAck(5500, {{6000, 7500}, {8000, 8500}});
    arrives(rig, 5500, 6000); // the second
    rig.expectDelivered(std::string(2000, 'x'));
    expectAck(7500, {{8000, 8500}});
    arrives(rig, 7500, 8000);
    rig.expectDelivered(std::string(1000, 'x'));
    expectAck(8500, {});
}

TEST_CASE("RFC 2018 section 4: where several stretches become one, those reported last follow it", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    // Stretch n of 500 octets begins at 301 + 500 n.
    const auto stretch = [](std::uint32_t first, std::uint32_t last) {
        return std::pair{301 + 500 * first, 301 + 500 * (last + 1)};
    };
    for (const std::uint32_t n : {1u, 3u, 5u, 7u, 9u, 11u}) {
        arrives(rig, stretch(n, n).first, stretch(n, n).second);
        rig.skipWhatWasSaid();
    }
    arrives(rig, stretch(6, 6).first, stretch(6, 6).second);
    rig.expectSent("ACK", seq(101), ack(301), sack({stretch(5, 7), stretch(11, 11), stretch(9, 9), stretch(3, 3)}));
}

TEST_CASE("RFC 2018 section 4, case 2: the first of eight segments is lost", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    for (std::uint32_t end = 1301; end <= 4301; end += 500) {
        arrives(rig, end - 500, end);
        rig.expectSent("ACK", seq(101), ack(301), sack({{801, end}}));
    }
}

TEST_CASE("RFC 2018 section 3: at most four blocks, and three beside timestamps", "[tcp]")
{
    for (const bool stamps : {false, true}) {
        TcpConfig config = withSack();
        config.timestamps = stamps;
        TcpRig rig = TcpRig::agreed(config);
        std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks;
        for (std::uint32_t from = 401; from <= 1401; from += 200) { // six holes
            rig.receive("ACK", seq(from), ack(101), data(std::string(100, 'x')), stamps ? ts(5000) : SegmentField{});
            blocks.insert(blocks.begin(), {from, from + 100});
            blocks.resize(std::min<std::size_t>(blocks.size(), stamps ? 3 : 4));
            rig.expectSent("ACK", seq(101), ack(301), sack(blocks));
        }
    }
}

TEST_CASE("blocks go with data as well, and take room from them", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    arrives(rig, 401, 501);
    rig.expectSent("ACK", seq(101), ack(301), sack({{401, 501}}));
    const std::string octets = octetsOf(2000);
    rig.send(octets); // one block and its head are 12 octets with the padding
    rig.expectSent("ACK", seq(101), ack(301), sack({{401, 501}}), data(octets.substr(0, 988)));
    rig.expectSent("ACK", seq(1089), ack(301), sack({{401, 501}}), data(octets.substr(988, 988)));
    rig.receive("ACK", seq(301), ack(2077));
    rig.expectSent("PSH,ACK", seq(2077), ack(301), sack({{401, 501}}), data(octets.substr(1976)));
}

TEST_CASE("RFC 2883 section 4.1: D-SACK names a duplicate once, before the other blocks", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    arrives(rig, 301, 801);
    rig.expectDelivered(std::string(500, 'x'));
    rig.expectSent("ACK", seq(101), ack(801));
    arrives(rig, 301, 801); // 4.1.1: the ACK was lost, the segment comes again
    rig.expectSent("ACK", seq(101), ack(801), sack({{301, 801}}));
    arrives(rig, 1301, 1801);
    rig.expectSent("ACK", seq(101), ack(801), sack({{1301, 1801}})); // it is not repeated
    arrives(rig, 301, 801);                                          // 4.1.2: an old segment while there is a gap
    rig.expectSent("ACK", seq(101), ack(801), sack({{301, 801}, {1301, 1801}}));
    arrives(rig, 1801, 2301);
    rig.expectSent("ACK", seq(101), ack(801), sack({{1301, 2301}}));
    arrives(rig, 1301, 1801); // 4.1.3: a duplicate of what waits behind the gap: then the block it is part of
    rig.expectSent("ACK", seq(101), ack(801), sack({{1301, 1801}, {1301, 2301}}));
}

TEST_CASE("RFC 2883 section 4.2: of a segment that is old in part D-SACK names that part", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    arrives(rig, 301, 801);
    rig.expectDelivered(std::string(500, 'x'));
    rig.expectSent("ACK", seq(101), ack(801));
    arrives(rig, 601, 1101);
    rig.expectDelivered(std::string(300, 'x'));
    rig.expectSent("ACK", seq(101), ack(1101), sack({{601, 801}}));
    arrives(rig, 1301, 1801);
    rig.expectSent("ACK", seq(101), ack(1101), sack({{1301, 1801}}));
    arrives(rig, 1601, 2101); // behind the gap
    rig.expectSent("ACK", seq(101), ack(1101), sack({{1601, 1801}, {1301, 2101}}));
}

TEST_CASE("RFC 2883 section 4: of two stretches that are old D-SACK names the first", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    arrives(rig, 301, 801);
    rig.expectDelivered(std::string(500, 'x'));
    rig.expectSent("ACK", seq(101), ack(801));
    arrives(rig, 1301, 1801);
    rig.expectSent("ACK", seq(101), ack(801), sack({{1301, 1801}}));
    arrives(rig, 301, 2301);
    rig.expectDelivered(std::string(1500, 'x'));
    rig.expectSent("ACK", seq(101), ack(2301), sack({{301, 801}}));
}

TEST_CASE("RFC 2018 section 3: blocks are of sequence space, in which a FIN takes a place", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    rig.receive("FIN,ACK", seq(401), ack(101)); // alone behind the gap
    rig.expectSent("ACK", seq(101), ack(301), sack({{401, 402}}));
    arrives(rig, 351, 401); // and with what stands before it
    rig.expectSent("ACK", seq(101), ack(301), sack({{351, 402}}));
    rig.receive("ACK", seq(301), ack(101), data(std::string(50, 'x')));
    rig.expectDelivered(std::string(100, 'x'));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectSent("ACK", seq(101), ack(402)); // nothing is missing
    // RFC 2883 section 4: the same of a duplicate.
    rig.receive("FIN,ACK", seq(351), ack(101), data(std::string(50, 'x')));
    rig.expectSent("ACK", seq(101), ack(402), sack({{351, 402}}));
    rig.receive("FIN,ACK", seq(401), ack(101));
    rig.expectSent("ACK", seq(101), ack(402), sack({{401, 402}}));
}

TEST_CASE("RFC 6675: the scoreboard, pipe and NextSeg of a recovery with two holes", "[tcp]")
{
    // Of 101 .. 10100 the segments 101 and 3101 are lost.
    TcpRig rig = TcpRig::agreed(withSack());
    Bulk bulk(rig, 30'000);
    bulk.expectSent(101, 10);
    const auto acked = [&](std::uint32_t number, std::vector<std::pair<std::uint32_t, std::uint32_t>> blocks) {
        rig.receive("ACK", seq(301), ack(number), sack(std::move(blocks)));
    };
    acked(101, {{1101, 2101}});
    bulk.expectSent(10'101); // limited transmit
    acked(101, {{1101, 3101}});
    bulk.expectSent(11'101);
    acked(101, {{4101, 5101}, {1101, 3101}}); // DupAcks = 3: §5 (4)
    bulk.expectSentAgain(101);
    rig.expectSentBecause(Reason::SentFastRetransmit);
    rig.expectWindows(5000, 5000); // FlightSize 12000 without the 2000 of limited transmit
    rig.expectVariable(Variable::Recover, 12'101);
    // 101 is lost and sent again: 1000. 3101 has 1000 octets sacked above it, which is not more than 2 * SMSS: 1000.
    // 5101 to 12100: 7000.
    rig.expectVariable(Variable::Pipe, 9000);
    acked(101, {{4101, 6101}, {1101, 3101}}); // 2000 above 3101: still not more than
    rig.expectVariable(Variable::Pipe, 8000);
    acked(101, {{4101, 7101}, {1101, 3101}}); // 3000: it is lost, and no longer in the pipe
    rig.expectVariable(Variable::Pipe, 6000);
    acked(101, {{4101, 8101}, {1101, 3101}});
    rig.expectVariable(Variable::Pipe, 5000);
    rig.expectNothing();                      // cwnd - pipe = 0
    acked(101, {{4101, 9101}, {1101, 3101}}); // 4000: room for one; NextSeg rule 1
    bulk.expectSentAgain(3101);
    rig.expectSentBecause(Reason::SentRecovery);
    rig.expectVariable(Variable::Pipe, 5000);
    acked(101, {{4101, 10'101}, {1101, 3101}});
    bulk.expectSent(12'101); // no hole that is lost: rule 2, new data
    rig.expectVariable(Variable::Pipe, 5000);
    acked(101, {{4101, 12'101}, {1101, 3101}});
    bulk.expectSent(13'101, 2);
    acked(3101, {{4101, 12'101}}); // what was sent first arrived
    bulk.expectSent(15'101);
    rig.expectWindows(5000, 5000);
    acked(12'101, {}); // §5 (A): RecoveryPoint
    rig.expectWindows(5000, 5000);
    rig.expectVariable(Variable::Recover, 0);
    bulk.expectSent(16'101); // 12101 .. 16100 are under way
    rig.expectNothing();
}

TEST_CASE("RFC 6675 section 5 (2): more than two segments' octets sacked make a loss before the third duplicate",
          "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    Bulk bulk(rig, 10'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 3101}}));
    rig.expectNothing(); // 2000 is not more than 2 * SMSS
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 3102}}));
    bulk.expectSentAgain(101);
    rig.expectWindows(5000, 5000);
}

TEST_CASE("RFC 6675 section 4, IsLost: three separate stretches are enough, however small", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    Bulk bulk(rig, 10'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(101), sack({{8101, 8102}, {6101, 6102}, {4101, 4102}}));
    bulk.expectSentAgain(101);
    rig.expectWindows(5000, 5000);
}

TEST_CASE("RFC 6675 section 2: an acknowledgment without news is no duplicate; one with news is, even with data",
          "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    Bulk bulk(rig, 10'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 1201}}));
    for (int i = 0; i < 5; ++i)
        rig.receive("ACK", seq(301), ack(101), sack({{1101, 1201}}));
    for (int i = 0; i < 5; ++i)
        rig.receive("ACK", seq(301), ack(101));
    rig.expectNothing();
    rig.expectVariable(Variable::DuplicateAcks, 1);
    rig.receive("ACK", seq(301), ack(101), data("text"), win(60'000), sack({{1101, 1301}}));
    rig.expectDelivered("text");
    rig.expectSent("ACK", seq(10'101), ack(305));
    rig.receive("ACK", seq(305), ack(101), data("text"), sack({{1101, 1401}}));
    rig.expectDelivered("text");
    rig.expectSent("ACK", seq(101), ack(305), data(octetsOf(10'000).substr(0, 1000)), again());
    rig.expectSent("ACK", seq(10'101), ack(309));
    rig.expectWindows(5000, 5000);
}

TEST_CASE("RFC 6675 section 5: an ACK of new data that also tells of a hole is the first duplicate", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    Bulk bulk(rig, 10'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(1101), sack({{2101, 3101}}));
    rig.expectVariable(Variable::DuplicateAcks, 1);
    rig.receive("ACK", seq(301), ack(1101), sack({{2101, 4101}}));
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(1101), sack({{2101, 4102}}));
    bulk.expectSentAgain(1101);
    rig.expectWindows(4500, 4500); // FlightSize 9000
}

TEST_CASE("after a recovery with SACK the next loss begins another at once", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    Bulk bulk(rig, 10'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 10'101}}));
    bulk.expectSentAgain(101);
    rig.receive("ACK", seq(301), ack(10'101)); // full, exactly at RecoveryPoint
    rig.expectWindows(5000, 5000);
    bulk.write(5000);
    bulk.expectSent(10'101, 5);
    rig.receive("ACK", seq(301), ack(10'101), sack({{11'101, 15'101}}));
    bulk.expectSentAgain(10'101); // its first segment is lost: no time-out is needed
    rig.expectWindows(2500, 2500);
}

TEST_CASE("RFC 6675 section 4, NextSeg rule 4: a lost tail is resent once, without a time-out", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    Bulk bulk(rig, 10'000); // 101 and the last, 9101, are lost
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 9101}}));
    bulk.expectSentAgain(101);
    rig.expectNothing(); // HighACK is not above RescueRxt yet
    rig.receive("ACK", seq(301), ack(9101));
    bulk.expectSentAgain(9101);
    rig.expectSentBecause(Reason::SentRecovery);
    rig.receive("ACK", seq(301), ack(9101));
    rig.expectNothing(); // once
    rig.receive("ACK", seq(301), ack(10'101));
    rig.expectWindows(5000, 5000);
}

TEST_CASE("a time-out forgets what was sacked (RFC 2018 section 8), and no recovery begins before RecoveryPoint",
          "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    Bulk bulk(rig, 10'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 2101}}));
    rig.expectVariable(Variable::Sacked1, std::uint64_t{1101} << 32 | 2101);
    rig.passToTimer(Timer::Retransmission);
    bulk.expectSentAgain(101);
    rig.expectVariable(Variable::Sacked1, 0);
    rig.expectWindows(1000, 5000);
    rig.receive("ACK", seq(301), ack(101), sack({{2101, 7101}})); // RFC 6675 §5.1
    rig.expectNothing();
    rig.expectWindows(1000, 5000);
    rig.receive("ACK", seq(301), ack(1101), sack({{2101, 7101}})); // what is known to have arrived is passed over
    bulk.expectSentAgain(1101);
    rig.receive("ACK", seq(301), ack(7101));
    bulk.expectSentAgain(7101, 3);
}

TEST_CASE("a retransmission that blocks leave less room for is followed by the rest", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withSack());
    const std::string octets = octetsOf(2000);
    rig.send(octets);
    rig.expectSent("ACK", seq(101), ack(301), data(octets.substr(0, 1000)));
    rig.expectSent("PSH,ACK", seq(1101), ack(301), data(octets.substr(1000)));
    arrives(rig, 401, 501);
    rig.expectSent("ACK", seq(2101), ack(301), sack({{401, 501}}));
    rig.passToTimer(Timer::Retransmission);
    rig.expectSent("ACK", seq(101), ack(301), data(octets.substr(0, 988)), sack({{401, 501}}), again());
    rig.receive("ACK", seq(301), ack(1089));
    rig.expectSent("ACK", seq(1089), ack(301), data(octets.substr(988, 988)), sack({{401, 501}}), again());
    // slow start: cwnd 1988 leaves room for all of it
    rig.expectSent("PSH,ACK", seq(2077), ack(301), data(octets.substr(1976)), sack({{401, 501}}), again());
}

} // namespace packetarium::tcp_sack_test
