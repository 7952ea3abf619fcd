// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a learner must be able to see answered about the octet stream, sizes of
// segments, small writes and windows. ISNs are 100 and 300; one way takes 40 ms.
#include "tests/support/catch.h"
#include "tests/support/exchange.h"
#include "tests/support/exchange_values.h"

// clang-format off

namespace packetarium::learner_windows_test {

using namespace literals;

namespace {

using Windows = std::vector<std::uint32_t>;
using Counts = std::vector<std::uint64_t>;

Exchange& opens(Exchange& x)
{
    return x.client("SYN", {.seq = 100})
        .server("SYN,ACK", {.seq = 300, .ack = 101})
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED");
}

/// A buffer of 1000 octets, filled with two segments of 500.
Exchange& fillsTheWindow(Exchange& x)
{
    return opens(x)
        .client("ACK", {.seq = 101, .ack = 301, .len = 500})
        .client("ACK", {.seq = 601, .ack = 301, .len = 500})
        .server("ACK", {.seq = 301, .ack = 601})
        .server("ACK", {.seq = 301, .ack = 1101});
}

} // namespace

TEST_CASE("24. three writes of 100 octets are two reads of 150", "[learner]")
{
    Exchange x("byte-stream");
    opens(x)
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 100})
        .client("PSH,ACK", {.seq = 201, .ack = 301, .len = 100})
        .client("PSH,ACK", {.seq = 301, .ack = 301, .len = 100})
        .server("ACK", {.seq = 301, .ack = 201})
        .server("ACK", {.seq = 301, .ack = 301})
        .server("ACK", {.seq = 301, .ack = 401})
        .nothingElse();
    CHECK(octetsOf(x.trace(), 0, AppCall::Send) == Counts{100, 100, 100});
    CHECK(octetsOf(x.trace(), 1, AppCall::Receive) == Counts{150, 150});
}

TEST_CASE("26. write, write, read: with Nagle the second write waits for a delayed ACK", "[learner]")
{
    Exchange x("nagle-delayed-ack");
    opens(x)
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 50}).sentAt(300_ms).starts("server", Timer::DelayedAck, 200_ms)
        .server("ACK", {.seq = 301, .ack = 151}).after(40_ms + 200_ms).because(Reason::SentAckDelayedTimer)
        .client("PSH,ACK", {.seq = 151, .ack = 301, .len = 50}).after(40_ms).because(Reason::SentAckClock)
        .server("PSH,ACK", {.seq = 301, .ack = 201, .len = 200}).sentAt(300_ms + 3 * 40_ms + 200_ms)
        .client("ACK", {.seq = 201, .ack = 501}).after(40_ms + 200_ms)
        .nothingElse();
}

TEST_CASE("26. write, write, read: without Nagle the answer comes after one round trip", "[learner]")
{
    Exchange x("nagle-off");
    opens(x)
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 50}).sentAt(300_ms)
        .client("PSH,ACK", {.seq = 151, .ack = 301, .len = 50}).sentAt(300_ms)
        .server("PSH,ACK", {.seq = 301, .ack = 201, .len = 200}).sentAt(300_ms + 40_ms)
        .client("ACK", {.seq = 201, .ack = 501}).after(40_ms + 200_ms)
        .nothingElse();
}

TEST_CASE("27. the window slides: 2000 octets, then as many as were read", "[learner]")
{
    Exchange x("sliding-window");
    opens(x);
    for (std::uint32_t i = 0; i < 4; ++i)
        x.client("ACK", {.seq = 101 + 500 * i, .ack = 301, .len = 500}).sentAt(300_ms);
    for (std::uint32_t i = 1; i <= 4; ++i)
        x.server("ACK", {.seq = 301, .ack = 101 + 500 * i});
    x.server("ACK", {.seq = 301, .ack = 2101}).sentAt(500_ms).because(Reason::SentAckWindowUpdate)
        .client("ACK", {.seq = 2101, .ack = 301, .len = 500}).sentAt(540_ms)
        .client("PSH,ACK", {.seq = 2601, .ack = 301, .len = 500}).sentAt(540_ms)
        .server("ACK", {.seq = 301, .ack = 2601})
        .server("ACK", {.seq = 301, .ack = 3101})
        .server("ACK", {.seq = 301, .ack = 3101}).sentAt(700_ms).because(Reason::SentAckWindowUpdate)
        .nothingElse();
    CHECK(windowsOf(x.trace(), 1) == Windows{1500, 1000, 500, 0, 1000, 500, 0, 2000});
}

TEST_CASE("27. a zero window is probed after one RTO, then at doubling intervals", "[learner]")
{
    Exchange x("zero-window");
    fillsTheWindow(x)
        .client("ACK", {.seq = 1101, .ack = 301, .len = 1}).sentAt(380_ms + 1_s).because(Reason::SentZeroWindowProbe)
        .server("ACK", {.seq = 301, .ack = 1101}).because(Reason::SentAckUnacceptable)
        .client("ACK", {.seq = 1101, .ack = 301, .len = 1}).sentAt(380_ms + 3_s).because(Reason::SentZeroWindowProbe)
        .server("ACK", {.seq = 301, .ack = 1101})
        .client("ACK", {.seq = 1101, .ack = 301, .len = 1}).sentAt(380_ms + 7_s).because(Reason::SentZeroWindowProbe)
        .server("ACK", {.seq = 301, .ack = 1101})
        .server("ACK", {.seq = 301, .ack = 1101}).sentAt(8_s).because(Reason::SentAckWindowUpdate)
        .client("PSH,ACK", {.seq = 1101, .ack = 301, .len = 500})
        .server("ACK", {.seq = 301, .ack = 1601})
        .nothingElse();
    CHECK(windowsOf(x.trace(), 1) == Windows{500, 0, 0, 0, 0, 1000, 500});
}

TEST_CASE("27. a window update is lost, and the probe finds the window open", "[learner]")
{
    Exchange x("window-update-lost");
    fillsTheWindow(x)
        .server("ACK", {.seq = 301, .ack = 1101}).sentAt(700_ms).because(Reason::SentAckWindowUpdate).lost()
        .client("ACK", {.seq = 1101, .ack = 301, .len = 1}).sentAt(380_ms + 1_s).because(Reason::SentZeroWindowProbe)
        .server("ACK", {.seq = 301, .ack = 1102})
        .client("PSH,ACK", {.seq = 1102, .ack = 301, .len = 499})
        .server("ACK", {.seq = 301, .ack = 1601})
        .nothingElse();
}

TEST_CASE("27. no silly windows: five reads of 100 octets make one update of 500", "[learner]")
{
    Exchange x("silly-window");
    fillsTheWindow(x)
        .server("ACK", {.seq = 301, .ack = 1101}).sentAt(900_ms).because(Reason::SentAckWindowUpdate)
        .client("PSH,ACK", {.seq = 1101, .ack = 301, .len = 500})
        .server("ACK", {.seq = 301, .ack = 1601})
        .nothingElse();
    CHECK(octetsOf(x.trace(), 1, AppCall::Receive) == Counts{100, 100, 100, 100, 100});
    CHECK(windowsOf(x.trace(), 1) == Windows{500, 0, 500, 0});
}

} // namespace packetarium::learner_windows_test
