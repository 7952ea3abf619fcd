// SPDX-License-Identifier: GPL-3.0-or-later
//
// Explicit congestion notification, RFC 3168 §6.1.
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

namespace packetarium::tcp_ecn_test {

using namespace literals;
using namespace testing;

namespace {

TcpConfig withEcn(std::uint32_t iss = 100)
{
    TcpConfig config = bulkConfig(10);
    config.ecn = true;
    config.iss = Seq32(iss);
    return config;
}

void expectData(TcpRig& rig, const std::string& flags, std::uint32_t from, const std::string& octets)
{
    rig.expectSent(flags, seq(from), ack(301), data(octets), ipEcn(2));
}

const std::string kSegment = std::string(1000, 'x');

} // namespace

TEST_CASE("RFC 3168 section 6.1.1: ECE and CWR on the SYN offer ECN, ECE alone on the SYN,ACK takes it", "[tcp]")
{
    const std::vector<std::pair<std::string, bool>> answers{
        {"SYN,ACK,ECE", true}, {"SYN,ACK", false}, {"SYN,ACK,ECE,CWR", false}, {"SYN,ACK,CWR", false}};
    for (const auto& [answer, taken] : answers) {
        INFO(answer);
        TcpRig rig(withEcn());
        rig.openActive();
        rig.expectSent("SYN,ECE,CWR", seq(100)); // and no ECT on a SYN
        rig.receive(answer, seq(300), ack(101), mss(1000));
        rig.expectTold(AppCall::Opened);
        rig.expectSent("ACK", seq(101), ack(301)); // §6.1.4: a pure ACK is not ECT
        CHECK(rig.tcp().usesEcn() == taken);
        rig.send("hello");
        rig.expectSent("PSH,ACK", seq(101), ack(301), data("hello"), ipEcn(taken ? 2 : 0));
    }
    const std::vector<std::pair<std::string, bool>> offers{
        {"SYN,ECE,CWR", true}, {"SYN", false}, {"SYN,ECE", false}, {"SYN,CWR", false}};
    for (const auto& [offer, taken] : offers) {
        INFO(offer);
        TcpRig rig(withEcn());
        rig.openPassive();
        rig.receive(offer, seq(300), mss(1000));
        rig.expectSent(taken ? "SYN,ACK,ECE" : "SYN,ACK", seq(100), ack(301));
    }
    TcpRig rig(bulkConfig()); // and who does not want it answers without
    rig.openPassive();
    rig.receive("SYN,ECE,CWR", seq(300), mss(1000));
    rig.expectSent("SYN,ACK", seq(100), ack(301));
}

TEST_CASE("RFC 3168 section 6.1.3: a mark is echoed with every ACK until CWR comes", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withEcn());
    rig.receive("ACK", seq(301), ack(101), data("a"), ipEcn(2));
    rig.expectDelivered("a");
    rig.expectSent("ACK", seq(101), ack(302));
    rig.receive("ACK", seq(302), ack(101), data("b"), ipEcn(3));
    rig.expectDelivered("b");
    rig.expectSent("ACK,ECE", seq(101), ack(303));
    rig.receive("ACK", seq(303), ack(101), data("c"), ipEcn(2));
    rig.expectDelivered("c");
    rig.expectSent("ACK,ECE", seq(101), ack(304));
    rig.receive("ACK,CWR", seq(304), ack(101), data("d"), ipEcn(2));
    rig.expectDelivered("d");
    rig.expectSent("ACK", seq(101), ack(305));
    rig.receive("ACK,CWR", seq(305), ack(101), data("e"), ipEcn(3)); // CWR and a new mark at once
    rig.expectDelivered("e");
    rig.expectSent("ACK,ECE", seq(101), ack(306));
}

TEST_CASE("RFC 3168 section 6.1.2: the window is halved once in a round trip, and the next new data say so", "[tcp]")
{
    // An ISN in the upper half of the numbers must make no difference.
    for (const std::uint32_t iss : {100u, 0xc0000000u, 0xfffff000u}) {
        INFO("ISN " << iss);
        TcpRig rig(withEcn(iss));
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.receive("SYN,ACK,ECE", seq(300), ack(iss + 1), mss(1000));
        rig.skipWhatWasSaid();
        const auto at = [&](std::uint32_t octets) { return iss + 1 + octets; };
        rig.send(std::string(30'000, 'x'));
        for (std::uint32_t n = 0; n < 10; ++n)
            expectData(rig, "ACK", at(1000 * n), kSegment);
        rig.receive("ACK,ECE", seq(301), ack(at(1000))); // FlightSize was 10000
        rig.expectWindows(5000, 5000);
        rig.expectNothing();
        for (std::uint32_t n = 2; n <= 5; ++n)
            rig.receive("ACK,ECE", seq(301), ack(at(1000 * n)));
        rig.expectNothing();
        rig.expectWindows(5000, 5000); // the same round trip; and no ECN-Echo lets the window grow
        rig.receive("ACK,ECE", seq(301), ack(at(6000)));
        expectData(rig, "ACK,CWR", at(10'000), kSegment);
        for (std::uint32_t n = 7; n <= 10; ++n) { // up to the ACK of all that was sent before the reduction
            rig.receive("ACK,ECE", seq(301), ack(at(1000 * n)));
            expectData(rig, "ACK", at(10'000 + 1000 * (n - 6)), kSegment);
            rig.expectWindows(5000, 5000);
        }
        rig.receive("ACK,ECE", seq(301), ack(at(11'000))); // the receiver has seen CWR: this is a new mark
        rig.expectWindows(2500, 2500);                     // FlightSize was 5000
    }
}

TEST_CASE("a mark on the only segment under way counts too, and never makes the window larger", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withEcn());
    rig.send(kSegment);
    expectData(rig, "PSH,ACK", 101, kSegment);
    rig.receive("ACK,ECE", seq(301), ack(1101));
    rig.expectWindows(2000, 2000); // never below two segments
    rig.send(kSegment);
    expectData(rig, "PSH,ACK,CWR", 1101, kSegment);
}

TEST_CASE("RFC 3168 section 6.1.2: a loss is told with CWR as well, and its retransmission is not ECT", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withEcn());
    rig.send(std::string(30'000, 'x'));
    for (std::uint32_t n = 0; n < 10; ++n)
        expectData(rig, "ACK", 101 + 1000 * n, kSegment);
    SECTION("a time-out")
    {
        rig.passToTimer(Timer::Retransmission);
        rig.expectSent("ACK", seq(101), ack(301), data(kSegment), again()); // §6.1.5
        rig.receive("ACK", seq(301), ack(10'101));
        expectData(rig, "ACK,CWR", 10'101, kSegment);
        expectData(rig, "ACK", 11'101, kSegment);
    }
    SECTION("a fast retransmit")
    {
        for (std::uint32_t n = 0; n < 3; ++n) {
            rig.receive("ACK", seq(301), ack(101));
            if (n < 2)
                expectData(rig, "ACK", 10'101 + 1000 * n, kSegment);
        }
        rig.expectSent("ACK", seq(101), ack(301), data(kSegment), again());
        rig.receive("ACK,ECE", seq(301), ack(12'101)); // in the same round trip a mark takes nothing more
        rig.expectWindows(5000, 5000);
        expectData(rig, "ACK,CWR", 12'101, kSegment);
        rig.skipWhatWasSaid();
    }
}

TEST_CASE("RFC 3168 section 6.1.6: a zero-window probe is not ECT", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withEcn(), 0);
    rig.send("hello");
    rig.passToTimer(Timer::Persist);
    rig.expectSent("ACK", seq(101), ack(301), data("h"));
}

TEST_CASE("RFC 3168 section 6.1.3: a delayed ACK tells of a mark among what it acknowledges, even if CWR came since",
          "[tcp]")
{
    TcpConfig config = withEcn();
    config.delayedAck = true;
    TcpRig rig = TcpRig::agreed(config);
    rig.receive("ACK", seq(301), ack(101), data("a"), ipEcn(3));
    rig.expectDelivered("a");
    rig.receive("ACK,CWR", seq(302), ack(101), data("b"), ipEcn(2));
    rig.expectDelivered("b");
    rig.passToTimer(Timer::DelayedAck);
    rig.expectSent("ACK,ECE", seq(101), ack(303));
    rig.receive("ACK", seq(303), ack(101), data("c"), ipEcn(2)); // and CWR has ended it
    rig.expectDelivered("c");
    rig.passToTimer(Timer::DelayedAck);
    rig.expectSent("ACK", seq(101), ack(304));
}

TEST_CASE("RFC 3168 section 6.1.2: a mark that finds the window at one segment stops new data until the timer", "[tcp]")
{
    TcpConfig config = withEcn();
    config.initialWindow = 1;
    TcpRig rig = TcpRig::agreed(config);
    const std::string written = octetsOf(5000);
    const auto expectOne = [&](const std::string& flags, std::uint32_t n) {
        rig.expectSent(flags, seq(101 + 1000 * n), ack(301), ipEcn(2), data(written.substr(1000 * n, 1000)));
    };
    rig.send(written);
    expectOne("ACK", 0);
    rig.receive("ACK,ECE", seq(301), ack(1101));
    rig.expectWindows(1000, 2000);
    rig.expectVariable(Variable::LimitedBy, static_cast<std::uint64_t>(SendLimit::CongestionWindow));
    rig.expectTimer(Timer::Retransmission, 1_s);
    rig.expectNoTimer(Timer::Persist);
    rig.send("x"); // nor does the program bring it about
    rig.expectNothing();
    rig.passToTimer(Timer::Retransmission);
    expectOne("ACK,CWR", 1);
    rig.expectSentBecause(Reason::SentAckClock);
    rig.receive("ACK", seq(301), ack(2101));
    rig.expectWindows(2000, 2000);
    expectOne("ACK", 2);
    expectOne("ACK", 3);
}

TEST_CASE("RFC 3168 section 6.1.3: what bears no data cannot bear a mark either", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(withEcn());
    rig.receive("ACK", seq(301), ack(101), ipEcn(3));
    rig.receive("PSH,ACK", seq(301), ack(101), data("a"), ipEcn(2));
    rig.expectDelivered("a");
    rig.expectSent("ACK", seq(101), ack(302));
}

} // namespace packetarium::tcp_ecn_test
