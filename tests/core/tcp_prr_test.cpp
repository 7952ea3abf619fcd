// SPDX-License-Identifier: GPL-3.0-or-later
//
// Proportional rate reduction, RFC 9937: how much an acknowledgment lets go during a recovery with SACK.
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

#include <utility>

namespace packetarium::tcp_prr_test {

using namespace testing;

namespace {

TcpConfig reducing()
{
    TcpConfig config = bulkConfig(10);
    config.sack = true;
    config.proportionalReduction = true;
    config.limitedTransmit = false;
    return config;
}

} // namespace

TEST_CASE("RFC 9937: the reduction is spread over the recovery's round trip", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(reducing());
    Bulk bulk(rig, 30'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 2101}}));
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 3101}}));
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 4101}}));
    bulk.expectSentAgain(101);
    CHECK(rig.tcp().ssthresh() == 5000);
    // RecoverFS: 8000, the ten segments but for two that were known to have arrived. Of n delivered ones n * 5000 / 8000 may
    // have gone, rounded up to segments, while more than 5000 octets are under way: 1, 2 and 2. Then 5000 are kept under way.
    std::uint32_t next = 10'101;
    std::uint32_t edge = 4101;
    for (const bool lets : {true, false, false, true, true, true}) {
        edge += 1000;
        rig.receive("ACK", seq(301), ack(101), sack({{1101, edge}}));
        if (lets)
            bulk.expectSent(std::exchange(next, next + 1000));
        rig.expectNothing();
    }
    rig.receive("ACK", seq(301), ack(10'101)); // in all five went: half of ten
    CHECK(rig.tcp().cwnd() == 5000);
}

TEST_CASE("RFC 9937: after many losses a segment goes for each that arrives, and two once that is safe", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(reducing());
    Bulk bulk(rig, 30'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(101), sack({{7101, 8101}}));
    rig.receive("ACK", seq(301), ack(101), sack({{7101, 9101}}));
    rig.receive("ACK", seq(301), ack(101), sack({{7101, 10'101}})); // seven are lost, nothing is under way
    bulk.expectSentAgain(101);
    rig.expectNothing(); // MAX(prr_delivered - prr_out, DeliveredData) is one segment, and this was it
    rig.receive("ACK", seq(301), ack(1101), sack({{7101, 10'101}})); // SafeACK: another MSS
    bulk.expectSentAgain(1101);
    bulk.expectSentAgain(2101);
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(2101), sack({{7101, 10'101}}));
    bulk.expectSentAgain(3101);
    bulk.expectSentAgain(4101);
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(2101), sack({{7101, 10'101}, {3101, 4101}})); // SND.UNA has not moved: but one
    bulk.expectSentAgain(5101);
    rig.expectNothing();
}

} // namespace packetarium::tcp_prr_test
