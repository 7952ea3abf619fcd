// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a learner must be able to see answered about opening a connection, as
// the design's list of questions and the figures of RFC 9293 §3.5 have it:
// which segments, with which numbers, and both states when each has arrived.
// The client's ISN is 100 and the server's 300 unless a figure says otherwise.
#include "tests/support/catch.h"
#include "tests/support/exchange.h"

// A segment to a line, with the states that it leads to, as in the RFC's figures.
// clang-format off

namespace packetarium::learner_opening_test {

using namespace literals;

TEST_CASE("1. a normal open is Figure 6: SYN, SYN,ACK, ACK, and nothing else", "[learner]")
{
    Exchange x("handshake");
    x.atFirst("CLOSED", "LISTEN")
        .client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED")
        .atLast("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
}

TEST_CASE("1. line 5 of Figure 6: the first data have the number that the ACK had", "[learner]")
{
    Exchange x("handshake-first-data");
    x.atFirst("CLOSED", "LISTEN")
        .client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED")
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 5}).states("ESTABLISHED", "ESTABLISHED")
            .tells("server", AppCall::Delivered)
        // Beyond the figure: the data are acknowledged, without more data to carry it after the delay of §3.8.6.3.
        .server("ACK", {.seq = 301, .ack = 106}).because(Reason::SentAckDelayedTimer)
            .states("ESTABLISHED", "ESTABLISHED")
        .atLast("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
}

TEST_CASE("1. the client is connected on receiving the second segment, the server on receiving the third", "[learner]")
{
    Exchange x("handshake");
    x.client("SYN", {.seq = 100});
    x.statesAt(x.ended() - 1_ns, "SYN-SENT", "LISTEN").statesAt(x.ended(), "SYN-SENT", "SYN-RECEIVED");
    x.server("SYN,ACK", {.seq = 300, .ack = 101}).tells("client", AppCall::Opened);
    x.statesAt(x.ended() - 1_ns, "SYN-SENT", "SYN-RECEIVED").statesAt(x.ended(), "ESTABLISHED", "SYN-RECEIVED");
    x.client("ACK", {.seq = 101, .ack = 301}).tells("server", AppCall::Opened);
    x.statesAt(x.ended() - 1_ns, "ESTABLISHED", "SYN-RECEIVED").statesAt(x.ended(), "ESTABLISHED", "ESTABLISHED");
    x.nothingElse();
}

TEST_CASE("2. SYN and FIN use one sequence number each, and a pure ACK none", "[learner]")
{
    Exchange("numbers-of-syn-and-fin")
        .client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED")
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 5}).states("ESTABLISHED", "ESTABLISHED")
        .server("ACK", {.seq = 301, .ack = 106}).states("ESTABLISHED", "ESTABLISHED")
        .client("FIN,ACK", {.seq = 106, .ack = 301}).states("FIN-WAIT-1", "CLOSE-WAIT")
        .server("ACK", {.seq = 301, .ack = 107}).states("FIN-WAIT-2", "CLOSE-WAIT")
        .server("FIN,ACK", {.seq = 301, .ack = 107}).states("TIME-WAIT", "LAST-ACK")
        .client("ACK", {.seq = 107, .ack = 302}).states("TIME-WAIT", "CLOSED")
        .readInAll("server", 5)
        .atLast("CLOSED", "CLOSED")
        .nothingElse();
}

TEST_CASE("3. an old duplicate SYN is Figure 8: the third segment is a RST, and the real SYN then succeeds", "[learner]")
{
    Exchange x("old-duplicate-syn");
    x.client("SYN", {.seq = 100});
    const SimTime realSynArrives = x.ended();
    x.fromNowhere("SYN", {.seq = 90}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 91}).states("SYN-SENT", "SYN-RECEIVED")
        .client("RST", {.seq = 91}).because(Reason::SentRstBadAck).states("SYN-SENT", "LISTEN").takes("server", TcpEvent::RcvRst)
        // line 6: the new SYN arrives only now
        .statesAt(realSynArrives - 1_ns, "SYN-SENT", "LISTEN").statesAt(realSynArrives, "SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 400, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 401}).states("ESTABLISHED", "ESTABLISHED")
        .atLast("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
}

TEST_CASE("4. not four: the server's ACK and its SYN are one segment", "[learner]")
{
    Exchange("why-not-four")
        .client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
}

TEST_CASE("5. a lost SYN goes again with the same ISN at 1, 3 and 7 s", "[learner]")
{
    Exchange("syn-lost")
        .client("SYN", {.seq = 100}).sentAt(0_s).lost().states("SYN-SENT", "LISTEN")
            .starts("client", Timer::Retransmission, 1_s)
        .client("SYN", {.seq = 100}).sentAt(1_s).again().lost().states("SYN-SENT", "LISTEN")
            .starts("client", Timer::Retransmission, 2_s)
        .client("SYN", {.seq = 100}).sentAt(3_s).again().lost().states("SYN-SENT", "LISTEN")
            .starts("client", Timer::Retransmission, 4_s)
        .client("SYN", {.seq = 100}).sentAt(7_s).again().states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
}

TEST_CASE("5. after a lost SYN the first data wait 3 s for their acknowledgment", "[learner]")
{
    Exchange("rto-after-syn-loss")
        .client("SYN", {.seq = 100}).sentAt(0_s).lost().states("SYN-SENT", "LISTEN")
        .client("SYN", {.seq = 100}).sentAt(1_s).again().states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED")
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 5}).lost().starts("client", Timer::Retransmission, 3_s)
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 5}).again().after(3_s).states("ESTABLISHED", "ESTABLISHED")
        .server("ACK", {.seq = 301, .ack = 106}).states("ESTABLISHED", "ESTABLISHED")
        .readInAll("server", 5)
        .nothingElse();
}

TEST_CASE("6. SYN,ACK lost: by the RFC a duplicate SYN is answered with an ACK, and the server's timer repeats SYN,ACK", "[learner]")
{
    // The client's timer began first and fires first. Its SYN lies before the server's window (§3.10.7.4, first): the answer
    // is an ACK, which says nothing to SYN-SENT (§3.10.7.3, fifth).
    Exchange x("syn-ack-lost");
    x.client("SYN", {.seq = 100}).starts("client", Timer::Retransmission, 1_s);
    const SimTime first = x.sent();
    x.states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).lost().states("SYN-SENT", "SYN-RECEIVED")
            .starts("server", Timer::Retransmission, 1_s);
    const SimTime second = x.sent();
    x.client("SYN", {.seq = 100}).again().ignored(Reason::IgnoredOutsideWindow).states("SYN-SENT", "SYN-RECEIVED");
    CHECK(x.sent() == first + 1_s);
    x.server("ACK", {.seq = 301, .ack = 101}).because(Reason::SentAckUnacceptable).ignored(Reason::IgnoredNoSyn)
            .states("SYN-SENT", "SYN-RECEIVED");
    x.server("SYN,ACK", {.seq = 300, .ack = 101}).again().states("ESTABLISHED", "SYN-RECEIVED");
    CHECK(x.sent() == second + 1_s);
    x.client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED").nothingElse();
}

TEST_CASE("6. SYN,ACK lost: the linux profile answers a duplicate SYN with SYN,ACK at once", "[learner]")
{
    Exchange x("syn-ack-lost-linux");
    CHECK(x.scenario().profile == Profile::Linux);
    x.client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).lost().states("SYN-SENT", "SYN-RECEIVED")
        .client("SYN", {.seq = 100}).again().states("SYN-SENT", "SYN-RECEIVED");
    const SimTime duplicateArrives = x.ended();
    x.server("SYN,ACK", {.seq = 300, .ack = 101}).because(Reason::SentSynAck).states("ESTABLISHED", "SYN-RECEIVED");
    CHECK(x.sent() == duplicateArrives);
    x.client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED").nothingElse();
}

TEST_CASE("7a. third segment lost, data follow at once: they carry the acknowledgment, and are kept", "[learner]")
{
    Exchange("third-segment-lost-data")
        .client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).lost().states("ESTABLISHED", "SYN-RECEIVED")
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 5}).states("ESTABLISHED", "ESTABLISHED")
            .tells("server", AppCall::Delivered)
        .server("ACK", {.seq = 301, .ack = 106}).states("ESTABLISHED", "ESTABLISHED")
        .readInAll("server", 5)
        .nothingElse();
}

TEST_CASE("7b. third segment lost, nobody sends: SYN,ACK goes again and is acknowledged again", "[learner]")
{
    Exchange("third-segment-lost-idle")
        .client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
            .starts("server", Timer::Retransmission, 1_s)
        .client("ACK", {.seq = 101, .ack = 301}).lost().states("ESTABLISHED", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).again().states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
}

TEST_CASE("7c. third segment lost until the server gives up: later data are answered with RST", "[learner]")
{
    Exchange x("third-segment-lost-gave-up");
    x.client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED").server("SYN,ACK", {.seq = 300, .ack = 101})
            .states("ESTABLISHED", "SYN-RECEIVED");
    const SimTime opened = x.sent();
    x.client("ACK", {.seq = 101, .ack = 301}).lost().states("ESTABLISHED", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).again().states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).lost().states("ESTABLISHED", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).again().states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).lost().states("ESTABLISHED", "SYN-RECEIVED")
        // two retries in this scenario: 1 + 2 + 4 s
        .statesAt(opened + 7_s - 1_ns, "ESTABLISHED", "SYN-RECEIVED").statesAt(opened + 7_s, "ESTABLISHED", "CLOSED")
        .toldAt(opened + 7_s, "server", AppCall::Failed, AppResult::TimedOut)
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 5}).states("ESTABLISHED", "CLOSED")
        .server("RST", {.seq = 301}).because(Reason::SentRstNoConnection).states("CLOSED", "CLOSED")
            .tells("client", AppCall::Failed, AppResult::Reset)
        .readInAll("server", 0)
        .nothingElse();
}

TEST_CASE("8. a simultaneous open is Figure 7: four segments, SYN-RECEIVED on both, one connection", "[learner]")
{
    Exchange x("simultaneous-open");
    x.atFirst("CLOSED", "CLOSED").client("SYN", {.seq = 100});
    const SimTime ours = x.ended();
    x.server("SYN", {.seq = 300});
    const SimTime theirs = x.ended();
    x.statesAt(ours - 1_ns, "SYN-SENT", "SYN-SENT").statesAt(ours, "SYN-SENT", "SYN-RECEIVED")
            .statesAt(theirs, "SYN-RECEIVED", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).because(Reason::SentSimultaneousOpen)
            .states("ESTABLISHED", "SYN-RECEIVED")
        .client("SYN,ACK", {.seq = 100, .ack = 301}).because(Reason::SentSimultaneousOpen)
            .states("ESTABLISHED", "ESTABLISHED")
        .atLast("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
    CHECK(x.trace().conns().size() == 2);  // one end each
}

TEST_CASE("9. a closed port refuses at once with SEQ=0 ACK=101 RST,ACK", "[learner]")
{
    Exchange("refused")
        .atFirst("CLOSED", "CLOSED")
        .client("SYN", {.seq = 100}).states("SYN-SENT", "CLOSED")
        .server("RST,ACK", {.seq = 0, .ack = 101}).states("CLOSED", "CLOSED")
            .tells("client", AppCall::Failed, AppResult::Refused)
        .nothingElse();
}

TEST_CASE("9. a filtered port is silent: SYNs back off until R2, at least three minutes", "[learner]")
{
    Exchange x("filtered");
    for (const SimDuration at : {0_s, 1_s, 3_s, 7_s, 15_s, 31_s, 63_s, 123_s})  // the wait doubles up to 60 s
        x.client("SYN", {.seq = 100}).sentAt(at).ignored(Reason::IgnoredFiltered).states("SYN-SENT", "LISTEN");
    const SimTime gaveUp = SimTime::zero() + 183_s;
    CHECK(gaveUp - SimTime::zero() >= 180_s);  // §3.8.3: R2 for a SYN is at least 3 minutes
    x.statesAt(gaveUp - 1_ns, "SYN-SENT", "LISTEN").statesAt(gaveUp, "CLOSED", "LISTEN")
        .toldAt(gaveUp, "client", AppCall::Failed, AppResult::TimedOut)
        .nothingElse();
}

TEST_CASE("9. the linux profile gives a filtered port up after 127 s", "[learner]")
{
    Exchange x("filtered-linux");
    for (const SimDuration at : {0_s, 1_s, 3_s, 7_s, 15_s, 31_s, 63_s})
        x.client("SYN", {.seq = 100}).sentAt(at).ignored(Reason::IgnoredFiltered).states("SYN-SENT", "LISTEN");
    const SimTime gaveUp = SimTime::zero() + 127_s;
    x.statesAt(gaveUp - 1_ns, "SYN-SENT", "LISTEN").statesAt(gaveUp, "CLOSED", "LISTEN")
        .toldAt(gaveUp, "client", AppCall::Failed, AppResult::TimedOut)
        .nothingElse();
}

} // namespace packetarium::learner_opening_test
