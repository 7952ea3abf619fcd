// SPDX-License-Identifier: GPL-3.0-or-later
//
// Window scaling and timestamps (RFC 7323), and with them PAWS.
#include "tests/support/catch.h"
#include "tests/support/tcp_bulk.h"

namespace packetarium::tcp_options_test {

using namespace literals;
using namespace testing;

namespace {

TcpConfig stamped()
{
    TcpConfig config = bulkConfig(10);
    config.timestamps = true;
    return config;
}

TcpConfig scaled(std::uint32_t buffer)
{
    TcpConfig config = bulkConfig(1000);
    config.windowScaling = true;
    config.receiveBuffer = buffer;
    return config;
}

constexpr SimDuration kDay = SimDuration::seconds(86'400);

} // namespace

TEST_CASE("RFC 7323 section 2.2: the shift is offered with the SYN, whose own window is never scaled", "[tcp]")
{
    const std::vector<std::pair<std::uint32_t, std::uint32_t>> shifts{
        {65'535, 0}, {65'536, 1}, {131'071, 1}, {131'072, 2}, {1'000'000, 4}, {0x3fff'c000, 14}, {0x7fff'0000, 14}};
    for (const auto& [buffer, shift] : shifts) {
        TcpRig rig(scaled(buffer));
        rig.openActive();
        rig.expectSent("SYN", seq(100), wscale(shift), win(std::min(buffer, 65'535u)));
        rig.receive("SYN,ACK", seq(300), ack(101), wscale(2), mss(1000),
                    win(5000)); // §2.2: this window is not scaled either
        rig.expectTold(AppCall::Opened);
        rig.expectVariable(Variable::SndWnd, 5000);
        rig.expectVariable(Variable::SndScale, 2);
        rig.expectVariable(Variable::RcvScale, shift);
        rig.expectSent("ACK", seq(101), ack(301), win(std::min(buffer >> shift, 65'535u)));
        rig.receive("ACK", seq(301), ack(101), win(5000));
        rig.expectVariable(Variable::SndWnd, 20'000);
    }
}

TEST_CASE("RFC 7323 section 2.2: scaling is off both ways unless both SYNs offer it", "[tcp]")
{
    TcpRig rig(scaled(1'000'000));
    rig.openActive();
    rig.expectSent("SYN", seq(100), wscale(4), win(65'535));
    rig.receive("SYN,ACK", seq(300), ack(101), mss(1000));
    rig.expectTold(AppCall::Opened);
    rig.expectSent("ACK", seq(101), ack(301), win(65'535));

    TcpRig passive(scaled(1'000'000));
    passive.openPassive();
    passive.receive("SYN", seq(300), mss(1000));
    passive.expectSent("SYN,ACK", seq(100), ack(301), without("window scale"));

    TcpRig unwilling(bulkConfig());
    unwilling.openPassive();
    unwilling.receive("SYN", seq(300), mss(1000), wscale(7));
    unwilling.expectSent("SYN,ACK", seq(100), ack(301), without("window scale"));
    unwilling.receive("ACK", seq(301), ack(101), win(1000));
    unwilling.expectTold(AppCall::Opened);
    unwilling.expectVariable(Variable::SndWnd, 1000);
}

TEST_CASE("RFC 7323 section 2.3: a shift above 14 counts as 14", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(scaled(65'535), 1, 255);
    rig.receive("ACK", seq(301), ack(101), win(2));
    rig.expectVariable(Variable::SndWnd, 2u << 14);
}

TEST_CASE("windows beyond 65,535 octets are used, and offered", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(scaled(1'000'000), 65'535, 3);
    rig.receive("ACK", seq(301), ack(101), win(25'000)); // 200,000
    Bulk bulk(rig, 300'000);
    bulk.expectSent(101, 200);
    rig.expectNothing();
    rig.autoRead(false);
    std::uint32_t next = 301; // and the other way: 1,000,000 were offered
    for (int i = 0; i < 300; ++i, next += 1000) {
        rig.receive("ACK", seq(next), ack(101), data(std::string(1000, 'x')), win(25'000));
        rig.skipWhatWasSaid();
    }
    CHECK(rig.tcp().octetsUnread() == 300'000);
    CHECK(rig.tcp().rcvWnd() >= 700'000);
    CHECK(rig.tcp().rcvWnd() < 700'016); // rounded up to a unit, once
}

TEST_CASE("RFC 7323 section 2.4: rounding to whole units never takes back what was promised", "[tcp]")
{
    TcpConfig config = scaled(100'000);
    config.windowShift = 7;
    TcpRig rig = TcpRig::agreed(config);
    rig.autoRead(false);
    Seq32 promised = rig.tcp().rcvNxt() + rig.tcp().rcvWnd();
    std::uint32_t next = 301;
    for (int i = 0; i < 200; ++i, next += 77) {
        rig.receive("ACK", seq(next), ack(101), data(std::string(77, 'x')));
        rig.skipWhatWasSaid();
        const Seq32 edge = rig.tcp().rcvNxt() + rig.tcp().rcvWnd();
        CHECK(seqGe(edge, promised));
        promised = edge;
    }
}

TEST_CASE("RFC 7323 section 3.2: timestamps are used if both SYNs bear them, and then on every segment", "[tcp]")
{
    for (const bool offered : {true, false}) {
        TcpRig rig(stamped());
        rig.pass(7_ms);
        rig.openActive();
        rig.expectSent("SYN", seq(100), ts(7, 0)); // no echo without an ACK
        rig.pass(20_ms);
        rig.receive("SYN,ACK", seq(300), ack(101), mss(1000), offered ? ts(5000, 7) : SegmentField{});
        rig.expectTold(AppCall::Opened);
        rig.expectSent("ACK", seq(101), ack(301), offered ? ts(27, 5000) : without("timestamps"));
        rig.pass(3_ms);
        rig.send("hello");
        rig.expectSent("PSH,ACK", seq(101), ack(301), data("hello"), offered ? ts(30, 5000) : without("timestamps"));
    }
    TcpRig passive(stamped());
    passive.openPassive();
    passive.receive("SYN", seq(300), mss(1000));
    passive.expectSent("SYN,ACK", seq(100), ack(301), without("timestamps"));
}

TEST_CASE("timestamps take twelve octets of each segment (RFC 6691 section 2)", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(stamped());
    Bulk bulk(rig, 1976);
    bulk.expectSent(101, 2, 988);
    CHECK(rig.tcp().cwnd() == 9880); // and windows count in what a segment carries
}

TEST_CASE("RFC 7323 section 4.3: what is echoed is the timestamp of the segment that the ACK answers", "[tcp]")
{
    TcpConfig config = stamped();
    config.delayedAck = true;
    TcpRig rig = TcpRig::agreed(config);
    SECTION("(A) of two segments under one delayed ACK the earlier one's")
    {
        rig.receive("ACK", seq(301), ack(101), data("a"), ts(5001));
        rig.expectDelivered("a");
        rig.receive("ACK", seq(302), ack(101), data("b"), ts(5002));
        rig.expectDelivered("b");
        rig.passToTimer(Timer::DelayedAck);
        rig.expectSent("ACK", seq(101), ack(303), tsEcho(5001));
    }
    SECTION("(B) behind a gap that of the last segment in order, until the gap is filled")
    {
        rig.receive("ACK", seq(302), ack(101), data("b"), ts(5002));
        rig.expectSent("ACK", seq(101), ack(301), tsEcho(5000));
        rig.receive("ACK", seq(303), ack(101), data("c"), ts(5003));
        rig.expectSent("ACK", seq(101), ack(301), tsEcho(5000));
        rig.receive("ACK", seq(301), ack(101), data("a"), ts(5004)); // (C) the one that fills it
        rig.expectDelivered("abc");
        rig.expectSent("ACK", seq(101), ack(304), tsEcho(5004));
    }
}

TEST_CASE("RFC 7323 section 5.3: an older timestamp is answered and dropped, a reset's is not looked at", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(stamped());
    rig.receive("ACK", seq(301), ack(101), data("old"), ts(4999));
    rig.expectIgnored(Reason::IgnoredPaws);
    rig.expectSent("ACK", seq(101), ack(301), tsEcho(5000));
    rig.expectSentBecause(Reason::SentAckPaws);
    rig.receive("ACK", seq(301), ack(101), data("old"), ts(5000u + 0x80000001u)); // modulo 2^32
    rig.expectSent("ACK", seq(101), ack(301), tsEcho(5000));
    rig.receive("ACK", seq(301), ack(101), data("same"), ts(5000));
    rig.expectDelivered("same");
    rig.expectSent("ACK", seq(101), ack(305), tsEcho(5000));
    rig.receive("FIN,ACK", seq(305), ack(101), ts(4999));
    rig.expectSent("ACK", seq(101), ack(305));
    rig.expectState("ESTABLISHED");
    rig.receive("RST", seq(305), ts(1));
    rig.expectTold(AppCall::Failed, AppResult::Reset);
}

TEST_CASE("RFC 7323 section 3.2: a segment without the agreed timestamps is dropped silently, or taken by a kernel",
          "[tcp]")
{
    for (const bool strict : {true, false}) {
        TcpConfig config = stamped();
        config.strictTimestamps = strict;
        TcpRig rig = TcpRig::agreed(config);
        rig.receive("ACK", seq(301), ack(101), data("bare"));
        if (strict) {
            rig.expectIgnored(Reason::IgnoredPaws);
            rig.expectNothing();
        } else {
            rig.expectDelivered("bare");
            rig.expectSent("ACK", seq(101), ack(305), tsEcho(5000));
        }
        rig.receive("RST", seq(strict ? 301 : 305)); // but a reset needs none
        rig.expectTold(AppCall::Failed, AppResult::Reset);
    }
}

TEST_CASE("RFC 7323 section 5.5: after 24 days of silence any timestamp is taken, and counts from then on", "[tcp]")
{
    TcpRig rig = TcpRig::agreed(stamped());
    rig.pass(24 * kDay - 1_ns);
    rig.receive("ACK", seq(301), ack(101), data("a"), ts(4000));
    rig.expectSent("ACK", seq(101), ack(301), tsEcho(5000));
    rig.pass(1_ns);
    rig.receive("ACK", seq(301), ack(101), data("a"), ts(4000));
    rig.expectDelivered("a");
    rig.expectSent("ACK", seq(101), ack(302), tsEcho(4000));
    rig.receive("ACK", seq(302), ack(101), data("b"), ts(3999));
    rig.expectIgnored(Reason::IgnoredPaws);
    rig.expectSent("ACK", seq(101), ack(302), tsEcho(4000));
}

TEST_CASE("RFC 7323 section 4: the echo gives a measurement even of what was sent twice", "[tcp]")
{
    for (const bool stamps : {true, false}) {
        TcpConfig config = stamped();
        config.timestamps = stamps;
        TcpRig rig = TcpRig::agreed(config);
        rig.send("hello");
        rig.skipWhatWasSaid();
        rig.passToTimer(Timer::Retransmission); // at 1 s
        rig.expectSent("PSH,ACK", seq(101), ack(301), data("hello"), again());
        rig.pass(100_ms);
        rig.receive("ACK", seq(301), ack(106), stamps ? ts(5001, 1000) : SegmentField{});
        // SRTT was 0, from the handshake: 7/8 * 0 + 1/8 * 100 ms; RTTVAR 3/4 * 0 + 1/4 * 100 ms
        CHECK(rig.tcp().rtt().srtt() == (stamps ? 12'500_us : 0_us));
        CHECK(rig.tcp().rtt().rttVar() == (stamps ? 25_ms : 0_ms));
        CHECK(rig.tcp().rtt().rto() == (stamps ? 1_s : 2_s)); // Karn: backed off until there is a measurement
    }
}

TEST_CASE("the MSS option is what a full segment is cut to before options, never below one octet", "[tcp]")
{
    TcpConfig config = stamped();
    TcpRig rig(config);
    rig.openActive();
    rig.skipWhatWasSaid();
    rig.receive("SYN,ACK", seq(300), ack(101), mss(10), ts(5000)); // less than the timestamps take
    rig.skipWhatWasSaid();
    rig.send("ab");
    rig.expectSent("ACK", seq(101), ack(301), data("a"));
    rig.expectSent("PSH,ACK", seq(102), ack(301), data("b"));
}

} // namespace packetarium::tcp_options_test
