// SPDX-License-Identifier: GPL-3.0-or-later
//
// Data: acknowledged when RFC 9293 §3.8.6.3 and RFC 5681 §4.2 say so, put in
// order again, pushed, and all that across the wrap of sequence numbers.
#include "core/base/rng.h"
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

#include <algorithm>
#include <numeric>

namespace packetarium::tcp_data_test {

using namespace literals;
using namespace testing;

namespace {

TcpConfig withBuffer(std::uint32_t octets)
{
    TcpConfig config = TcpRig::config();
    config.receiveBuffer = octets;
    return config;
}

} // namespace

TEST_CASE("a lone segment is acknowledged after 200 ms", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.receive("PSH,ACK", seq(301), ack(101), data("hello"));
    rig.expectDelivered("hello");
    rig.expectNothing();
    rig.expectTimer(Timer::DelayedAck, 200_ms);
    rig.passToTimer(Timer::DelayedAck);
    rig.expectSent("ACK", seq(101), ack(306));
    rig.expectSentBecause(Reason::SentAckDelayedTimer);
    rig.expectNoTimer(Timer::DelayedAck);
}

TEST_CASE("every second full-sized segment is acknowledged at once", "[tcp]")
{
    const std::string full = octetsOf(1460);
    TcpRig rig = TcpRig::established(withBuffer(20'000));
    for (std::uint32_t i = 0; i < 6; i += 2) {
        rig.receive("ACK", seq(301 + i * 1460), ack(101), data(full));
        rig.expectDelivered(full);
        rig.expectNothing();
        rig.expectTimer(Timer::DelayedAck, 200_ms);
        rig.pass(10_ms);
        rig.receive("ACK", seq(301 + (i + 1) * 1460), ack(101), data(full));
        rig.expectDelivered(full);
        rig.expectSent("ACK", seq(101), ack(301 + (i + 2) * 1460));
        rig.expectSentBecause(Reason::SentAckSecondSegment);
        rig.expectNoTimer(Timer::DelayedAck);
    }
}

TEST_CASE("small segments wait together for the one timer of the first", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.receive("PSH,ACK", seq(301), ack(101), data("aa"));
    rig.expectDelivered("aa");
    rig.pass(150_ms);
    rig.receive("PSH,ACK", seq(303), ack(101), data("bb"));
    rig.expectDelivered("bb");
    rig.expectTimer(Timer::DelayedAck, 50_ms); // MUST-40 counts from the first: under half a second
    rig.passToTimer(Timer::DelayedAck);
    rig.expectSent("ACK", seq(101), ack(305));
}

TEST_CASE("data sent in the meantime carry the acknowledgment", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.receive("PSH,ACK", seq(301), ack(101), data("question"));
    rig.expectDelivered("question");
    rig.pass(50_ms);
    rig.send("answer");
    rig.expectSent("PSH,ACK", seq(101), ack(309), data("answer"));
    rig.expectNoTimer(Timer::DelayedAck);
    rig.pass(500_ms);
    rig.expectNothing();
}

TEST_CASE("without delayed acknowledgments each segment is acknowledged at once", "[tcp]")
{
    TcpConfig config = TcpRig::config();
    config.delayedAck = false;
    TcpRig rig = TcpRig::established(config);
    rig.receive("PSH,ACK", seq(301), ack(101), data("a"));
    rig.expectDelivered("a");
    rig.expectSent("ACK", seq(101), ack(302));
    rig.expectSentBecause(Reason::SentAckImmediate);
    rig.receive("FIN,ACK", seq(302), ack(101));
    rig.expectTold(AppCall::PeerClosed);
    rig.expectSent("ACK", seq(101), ack(303));
}

TEST_CASE("linux acknowledges the first sixteen segments at once, fewer if the window is small, and then after 40 ms",
          "[tcp]")
{
    // Half of the segments for which the window has room, taken for 536 octets each until there is a longer one.
    const auto [buffer, atOnce] = GENERATE(std::pair{2u * 536 * 16, 16u}, std::pair{2u * 536 * 16 - 1, 15u},
                                           std::pair{2u * 536 * 17, 16u}, std::pair{2u * 536 * 3, 3u});
    TcpConfig config = TcpRig::config(Profile::Linux);
    config.receiveBuffer = buffer;
    TcpRig rig = TcpRig::established(config);
    for (std::uint32_t i = 0; i < atOnce; ++i) {
        rig.receive("PSH,ACK", seq(301 + i), ack(101), data("a"));
        rig.expectDelivered("a");
        rig.expectSent("ACK", seq(101), ack(302 + i));
    }
    rig.receive("PSH,ACK", seq(301 + atOnce), ack(101), data("a"));
    rig.expectDelivered("a");
    rig.expectNothing();
    rig.expectTimer(Timer::DelayedAck, 40_ms);
}

TEST_CASE("a segment out of order is acknowledged at once, with what is still expected", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    for (const std::uint32_t number : {311u, 321u, 341u, 311u}) {
        rig.receive("ACK", seq(number), ack(101), data("0123456789"));
        rig.expectSent("ACK", seq(101), ack(301));
        rig.expectSentBecause(Reason::SentAckOutOfOrder);
        rig.expectNothing();
    }
    // The first gap is filled, and what waited behind it follows; another gap is left.
    rig.receive("ACK", seq(301), ack(101), data("abcdefghij"));
    rig.expectDelivered("abcdefghij01234567890123456789");
    rig.expectSent("ACK", seq(101), ack(331));
    rig.expectSentBecause(Reason::SentAckFillsGap);
    // So it is when the last gap is filled.
    rig.receive("ACK", seq(331), ack(101), data("ABCDEFGHIJ"));
    rig.expectDelivered("ABCDEFGHIJ0123456789");
    rig.expectSent("ACK", seq(101), ack(351));
    rig.expectNoTimer(Timer::DelayedAck);
    rig.expectNothing();
}

TEST_CASE("an old duplicate is acknowledged at once and delivered no second time", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.receive("PSH,ACK", seq(301), ack(101), data("hello"));
    rig.expectDelivered("hello");
    rig.receive("PSH,ACK", seq(301), ack(101), data("hello"));
    rig.expectIgnored(Reason::IgnoredDuplicateData);
    rig.expectSent("ACK", seq(101), ack(306));
    rig.expectNothing();
    rig.expectNoTimer(Timer::DelayedAck);
    rig.receive("PSH,ACK", seq(303), ack(101), data("llo, world")); // and one that is partly old
    rig.expectDelivered(", world");
}

TEST_CASE("five segments arrive in order again, in whatever order they came", "[tcp]")
{
    const std::string text = octetsOf(500);
    std::array<std::uint32_t, 5> order{};
    std::iota(order.begin(), order.end(), 0u);
    int orders = 0;
    do {
        TcpRig rig = TcpRig::established();
        rig.autoRead(false);
        for (const std::uint32_t i : order) {
            rig.receive(i == 4 ? "FIN,ACK" : "ACK", seq(301 + i * 100), ack(101), data(text.substr(i * 100, 100)));
            rig.skipWhatWasSaid();
        }
        INFO("order " << order[0] << order[1] << order[2] << order[3] << order[4]);
        rig.expectState("CLOSE-WAIT");
        CHECK(rig.tcp().rcvNxt() == Seq32(802));
        rig.read();
        rig.expectDelivered(text);
        rig.expectNothing();
        ++orders;
    } while (std::next_permutation(order.begin(), order.end()));
    CHECK(orders == 120);
}

TEST_CASE("a write fills segments, and the last of them is pushed", "[tcp]")
{
    // MUST-60: PSH on the last segment of what waits, and on it only.
    TcpConfig config = TcpRig::config();
    config.nagle = false;
    TcpRig rig = TcpRig::established(config);
    const std::string text = octetsOf(3000);
    rig.send(text);
    rig.expectSent("ACK", seq(101), ack(301), data(text.substr(0, 1460)));
    rig.expectSentBecause(Reason::SentAppWrite);
    rig.expectSent("ACK", seq(1561), ack(301), data(text.substr(1460, 1460)));
    rig.expectSent("PSH,ACK", seq(3021), ack(301), data(text.substr(2920)));
    rig.expectNothing();
    CHECK(rig.tcp().sndNxt() == Seq32(3101));
    CHECK(rig.tcp().sndUna() == Seq32(101));
}

TEST_CASE("an acknowledgment may cover part of a segment", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.send("0123456789");
    rig.skipWhatWasSaid();
    rig.receive("ACK", seq(301), ack(104));
    CHECK(rig.tcp().sndUna() == Seq32(104));
    rig.passToTimer(Timer::Retransmission);
    rig.expectSent("PSH,ACK", seq(104), ack(301), data("3456789"), again());
    rig.receive("ACK", seq(301), ack(111));
    rig.expectNoTimer(Timer::Retransmission);
    rig.receive("ACK", seq(301), ack(104)); // an old one
    rig.expectIgnored(Reason::IgnoredOldAck);
    rig.expectNothing();
    CHECK(rig.tcp().sndUna() == Seq32(111));
}

TEST_CASE("an empty write sends nothing", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.expectResult(rig.send(""), AppResult::Ok);
    rig.expectNothing();
    rig.expectNoTimer(Timer::Retransmission);
}

TEST_CASE("reads need not follow writes: 100 + 100 + 100 may be read as 150 + 150", "[tcp]")
{
    const std::string text = octetsOf(300);
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    for (std::uint32_t i = 0; i < 3; ++i)
        rig.receive("PSH,ACK", seq(301 + i * 100), ack(101), data(text.substr(i * 100, 100)));
    rig.expectNothing();
    rig.read(150);
    rig.expectDelivered(text.substr(0, 150));
    rig.read(150);
    rig.expectDelivered(text.substr(150));
    rig.autoRead(true);
    rig.expectNothing();
}

TEST_CASE("what waits is delivered when the program begins to read at once", "[tcp]")
{
    TcpRig rig = TcpRig::established();
    rig.autoRead(false);
    rig.receive("PSH,ACK", seq(301), ack(101), data("hello"));
    rig.autoRead(true);
    rig.expectDelivered("hello");
    rig.receive("PSH,ACK", seq(306), ack(101), data("again"));
    rig.expectDelivered("again");
}

TEST_CASE("sent data and FIN go across the wrap of sequence numbers", "[tcp]")
{
    // 2^32 - 1 - ISS octets before the wrap: the SYN, then the data over it, or the FIN exactly on it.
    for (const std::uint32_t before : {0u, 1u, 2u, 3u, 10u, 1459u, 1460u, 1461u, 3000u, 3001u, 3002u}) {
        INFO(before << " numbers between the ISN and the wrap");
        TcpConfig config = TcpRig::config();
        config.iss = Seq32(0xffffffffu - before);
        config.nagle = false;
        TcpRig rig = TcpRig::established(config);
        const std::uint32_t first = config.iss->value() + 1; // may be 0
        const std::string text = octetsOf(3000);
        rig.send(text);
        rig.expectSent("ACK", seq(first), ack(301), data(text.substr(0, 1460)));
        rig.expectSent("ACK", seq(first + 1460), ack(301), data(text.substr(1460, 1460)));
        rig.expectSent("PSH,ACK", seq(first + 2920), ack(301), data(text.substr(2920)));
        rig.close();
        rig.expectSent("FIN,ACK", seq(first + 3000), ack(301));
        rig.passToTimer(Timer::Retransmission);
        rig.expectSent("ACK", seq(first), ack(301), data(text.substr(0, 1460)), again());
        rig.receive("ACK", seq(301), ack(first + 1460));
        // cwnd is two segments now (RFC 5681 §3.1): the rest goes at once.
        rig.expectSent("ACK", seq(first + 1460), ack(301), data(text.substr(1460, 1460)), again());
        rig.expectSent("FIN,PSH,ACK", seq(first + 2920), ack(301), data(text.substr(2920)), again());
        rig.receive("ACK", seq(301), ack(first + 3001));
        rig.expectState("FIN-WAIT-2");
        rig.expectNoTimer(Timer::Retransmission);
    }
}

TEST_CASE("received data and FIN come across the wrap of sequence numbers", "[tcp]")
{
    for (const std::uint32_t before : {0u, 1u, 2u, 10u, 99u, 100u, 101u, 250u, 300u, 301u}) {
        INFO(before << " numbers between the peer's ISN and the wrap");
        const std::uint32_t irs = 0xffffffffu - before;
        const std::uint32_t first = irs + 1;
        const std::string text = octetsOf(300);
        TcpRig rig;
        rig.openActive();
        rig.skipWhatWasSaid();
        rig.receive("SYN,ACK", seq(irs), ack(101), mss(1460));
        rig.expectTold(AppCall::Opened);
        rig.expectSent("ACK", seq(101), ack(first));
        rig.receive("FIN,ACK", seq(first + 200), ack(101), data(text.substr(200)));
        rig.expectSent("ACK", seq(101), ack(first));
        rig.receive("ACK", seq(first), ack(101), data(text.substr(0, 100)));
        rig.expectDelivered(text.substr(0, 100));
        rig.expectSent("ACK", seq(101), ack(first + 100));
        rig.receive("RST", seq(first + 99)); // one to the left of the window
        rig.expectState("ESTABLISHED");
        rig.receive("ACK", seq(first + 50), ack(101), data(text.substr(50, 150)));
        rig.expectDelivered(text.substr(100));
        rig.expectTold(AppCall::PeerClosed);
        rig.expectSent("ACK", seq(101), ack(first + 301));
        rig.expectState("CLOSE-WAIT");
    }
}

} // namespace packetarium::tcp_data_test
