// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a common kernel does otherwise, setting by setting; and the states that
// the segment matrix leaves out.
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

using namespace packetarium;
using namespace packetarium::literals;
using namespace packetarium::testing;

TEST_CASE("RFC 6298 section 2: R = 100 ms gives SRTT 100, RTTVAR 50, RTO 300 ms, which the floor raises to a second",
          "[tcp]")
{
    for (const Profile profile : {Profile::Rfc, Profile::Linux}) {
        TcpConfig config = bulkConfig(10, profile);
        config.timestamps = false;
        TcpRig rig(config);
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.pass(100_ms);
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000));
        rig.skipWhatWasSaid();
        rig.expectVariable(Variable::Srtt, 100'000'000);
        rig.expectVariable(Variable::RttVar, 50'000'000);
        const SimDuration rto = profile == Profile::Rfc ? 1000_ms : 300_ms; // linux: the floor is 200 ms
        rig.send("hello");
        rig.expectSent("PSH,ACK", seq(101), ack(301), data("hello"));
        rig.expectTimer(Timer::Retransmission, rto);
        SimDuration wait = rto;
        const SimDuration ceiling = profile == Profile::Rfc ? 60_s : 120_s;
        for (int i = 0; i < config.dataRetries; ++i) { // §5.5
            rig.passToTimer(Timer::Retransmission);
            rig.expectSent("PSH,ACK", seq(101), ack(301), data("hello"), again());
            wait = std::min(2 * wait, ceiling);
            rig.expectTimer(Timer::Retransmission, wait);
        }
        rig.passToTimer(Timer::Retransmission);
        rig.expectTold(AppCall::Failed, AppResult::TimedOut);
        CHECK(rig.now() >= SimTime() + 100_s); // R2, §3.8.3
    }
}

TEST_CASE("a kernel probes a shut window without data, one number below SND.UNA", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.probeWithoutData = true;
    TcpRig rig = TcpRig::agreed(config, 0);
    rig.send("hello");
    SimDuration wait = 1_s;
    for (int i = 0; i < 12; ++i) { // answered probes go on for ever, at most a minute apart (§3.8.6.1)
        rig.expectTimer(Timer::Persist, wait);
        rig.passToTimer(Timer::Persist);
        rig.expectSent("ACK", seq(100), ack(301));
        rig.expectSentBecause(Reason::SentZeroWindowProbe);
        rig.receive("ACK", seq(301), ack(101), win(0));
        wait = std::min(2 * wait, 60_s);
    }
    rig.receive("ACK", seq(301), ack(101), win(1000));
    rig.expectSent("PSH,ACK", seq(101), ack(301), data("hello"));
}

TEST_CASE(
    "a window that the peer draws back holds new data, and what is beyond it goes again when it must (section 3.8.6)",
    "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig(10), 4000);
    Bulk bulk(rig, 6000);
    bulk.expectSent(101, 4);
    rig.receive("ACK", seq(301), ack(1101), win(1000)); // the edge was 4101 and is 2101
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(3101), win(1000));
    rig.expectNothing();
    rig.receive("ACK", seq(301), ack(4101), win(1000));
    bulk.expectSent(4101);
    rig.expectNothing();
}

TEST_CASE("RFC 6937: the reduction is spread over the recovery's round trip", "[tcp]")
{
    TcpConfig config = bulkConfig(10);
    config.sack = true;
    config.proportionalReduction = true;
    config.limitedTransmit = false;
    TcpRig rig = TcpRig::agreed(config);
    Bulk bulk(rig, 30'000);
    bulk.expectSent(101, 10);
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 2101}}));
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 3101}}));
    rig.receive("ACK", seq(301), ack(101), sack({{1101, 4101}}));
    bulk.expectSentAgain(101); // ssthresh 5000, RecoverFS 10000: a segment for every two delivered
    CHECK(rig.tcp().ssthresh() == 5000);
    int sent = 0;
    for (std::uint32_t edge = 5101; edge <= 10'101; edge += 1000) {
        rig.receive("ACK", seq(301), ack(101), sack({{1101, edge}}));
        for (const std::string& line : rig.takeNews())
            sent += line.starts_with("sent ") ? 1 : 0;
    }
    CHECK(sent >= 3);
    CHECK(sent <= 4); // with the retransmission four or five: half of ten
    rig.receive("ACK", seq(301), ack(10'101));
    CHECK(rig.tcp().cwnd() == 5000);
}

TEST_CASE("an actively opened SYN-RECEIVED challenges a SYN in the window and is refused by a reset", "[tcp]")
{
    for (const bool reset : {false, true}) {
        TcpRig rig(bulkConfig());
        rig.openActive();
        rig.expectSent("SYN", seq(100));
        rig.receive("SYN", seq(300), mss(1000)); // both open at once
        rig.expectSent("SYN,ACK", seq(100), ack(301));
        rig.expectState("SYN-RECEIVED");
        if (reset) { // §3.10.7.4, second: "connection refused"
            rig.receive("RST", seq(301));
            rig.expectTold(AppCall::Failed, AppResult::Refused);
            rig.expectState("CLOSED");
        } else { // fourth
            rig.receive("SYN", seq(310));
            rig.expectSent("ACK", seq(101), ack(301));
            rig.expectState("SYN-RECEIVED");
        }
    }
}

TEST_CASE("after its FIN has been sent a state still takes the acknowledgment of data before it", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(bulkConfig(10));
    Bulk bulk(rig, 2000);
    bulk.expectSent(101, 2);
    rig.shutdown();
    rig.expectSent("FIN,ACK", seq(2101), ack(301));
    rig.receive("ACK", seq(301), ack(1101)); // part of it: stays
    rig.expectState("FIN-WAIT-1");
    rig.receive("ACK", seq(301), ack(2101)); // all but the FIN
    rig.expectState("FIN-WAIT-1");
    rig.receive("ACK", seq(301), ack(2102));
    rig.expectState("FIN-WAIT-2");
    rig.expectNoTimer(Timer::Retransmission);
}
