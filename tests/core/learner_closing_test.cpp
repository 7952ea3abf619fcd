// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a learner must be able to see answered about closing a connection, as
// the design's list of questions and Figures 12 and 13 of RFC 9293 §3.6 have
// it. ISNs are 99 and 299, so that the close begins at SEQ=100, ACK=300.
#include "tests/support/catch.h"
#include "tests/support/exchange.h"

// A segment to a line, with the states that it leads to, as in the RFC's figures.
// clang-format off

namespace packetarium::learner_closing_test {

using namespace literals;

namespace {

constexpr SimDuration kTwoMsl = 240_s;  // RFC 9293 §3.4.2: MSL is 2 minutes

Exchange& opens(Exchange& x)
{
    return x.client("SYN", {.seq = 99}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 299, .ack = 100}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 100, .ack = 300}).states("ESTABLISHED", "ESTABLISHED");
}

/// The first three lines of Figure 12: both FINs are sent, the client's is acknowledged.
Exchange& closesUpToLastAck(Exchange& x)
{
    return opens(x)
        .client("FIN,ACK", {.seq = 100, .ack = 300}).states("FIN-WAIT-1", "CLOSE-WAIT")
            .tells("server", AppCall::PeerClosed)
        .server("ACK", {.seq = 300, .ack = 101}).states("FIN-WAIT-2", "CLOSE-WAIT")
        .server("FIN,ACK", {.seq = 300, .ack = 101}).states("TIME-WAIT", "LAST-ACK")
            .starts("server", Timer::Retransmission, 1_s);
}

} // namespace

TEST_CASE("16. a normal close is Figure 12, with 2MSL for the end that closed first", "[learner]")
{
    Exchange x("teardown");
    closesUpToLastAck(x).starts("client", Timer::TimeWait, kTwoMsl);
    const SimTime timeWait = x.ended();
    x.client("ACK", {.seq = 101, .ack = 301}).states("TIME-WAIT", "CLOSED").tells("server", AppCall::Closed)
        .statesAt(timeWait + kTwoMsl - 1_ns, "TIME-WAIT", "CLOSED").statesAt(timeWait + kTwoMsl, "CLOSED", "CLOSED")
        .toldAt(timeWait + kTwoMsl, "client", AppCall::Closed, AppResult::Ok)
        .atLast("CLOSED", "CLOSED")
        .nothingElse();
}

TEST_CASE("16. the server is in CLOSE-WAIT on receiving the FIN, and in LAST-ACK on sending its own", "[learner]")
{
    Exchange x("teardown");
    opens(x).client("FIN,ACK", {.seq = 100, .ack = 300});
    x.statesAt(x.sent(), "FIN-WAIT-1", "ESTABLISHED").statesAt(x.ended() - 1_ns, "FIN-WAIT-1", "ESTABLISHED")
            .statesAt(x.ended(), "FIN-WAIT-1", "CLOSE-WAIT");
    x.server("ACK", {.seq = 300, .ack = 101}).server("FIN,ACK", {.seq = 300, .ack = 101});
    x.statesAt(x.sent() - 1_ns, "FIN-WAIT-2", "CLOSE-WAIT").statesAt(x.sent(), "FIN-WAIT-2", "LAST-ACK");
    x.client("ACK", {.seq = 101, .ack = 301}).nothingElse();
}

TEST_CASE("17. close in three: with nothing left to send, the server's ACK and FIN share a segment", "[learner]")
{
    Exchange x("close-in-three");
    opens(x)
        .client("FIN,ACK", {.seq = 100, .ack = 300}).states("FIN-WAIT-1", "CLOSE-WAIT")
            .starts("server", Timer::DelayedAck, 200_ms)
        .server("FIN,ACK", {.seq = 300, .ack = 101}).states("TIME-WAIT", "LAST-ACK")
            .takes("client", TcpEvent::RcvFinAckOfFin).starts("client", Timer::TimeWait, kTwoMsl);
    const SimTime arrives = x.ended();
    x.statesAt(arrives - 1_ns, "FIN-WAIT-1", "LAST-ACK")  // never in FIN-WAIT-2
        .client("ACK", {.seq = 101, .ack = 301}).states("TIME-WAIT", "CLOSED")
        .statesAt(arrives + kTwoMsl - 1_ns, "TIME-WAIT", "CLOSED").statesAt(arrives + kTwoMsl, "CLOSED", "CLOSED")
        .nothingElse();
    for (const Record& r : x.trace().records())
        CHECK_FALSE((r.kind == RecordKind::StateChange && r.to() == TcpState::FinWait2));
}

TEST_CASE("18. half-close: data from CLOSE-WAIT are received and acknowledged in FIN-WAIT-2", "[learner]")
{
    Exchange x("half-close");
    opens(x)
        .client("FIN,ACK", {.seq = 100, .ack = 300}).states("FIN-WAIT-1", "CLOSE-WAIT")
        .server("ACK", {.seq = 300, .ack = 101}).states("FIN-WAIT-2", "CLOSE-WAIT")
        .server("PSH,ACK", {.seq = 300, .ack = 101, .len = 500}).states("FIN-WAIT-2", "CLOSE-WAIT")
            .tells("client", AppCall::Delivered)
        .client("ACK", {.seq = 101, .ack = 800}).states("FIN-WAIT-2", "CLOSE-WAIT")
        .server("PSH,ACK", {.seq = 800, .ack = 101, .len = 500}).states("FIN-WAIT-2", "CLOSE-WAIT")
            .tells("client", AppCall::Delivered)
        .client("ACK", {.seq = 101, .ack = 1300}).states("FIN-WAIT-2", "CLOSE-WAIT")
        .server("FIN,ACK", {.seq = 1300, .ack = 101}).states("TIME-WAIT", "LAST-ACK")
        .client("ACK", {.seq = 101, .ack = 1301}).states("TIME-WAIT", "CLOSED")
        .readInAll("client", 1000)
        .atLast("CLOSED", "CLOSED")
        .nothingElse();
}

TEST_CASE("20. a simultaneous close is Figure 13: CLOSING and then TIME-WAIT on both", "[learner]")
{
    Exchange x("simultaneous-close");
    opens(x).client("FIN,ACK", {.seq = 100, .ack = 300});
    x.statesAt(x.ended() - 1_ns, "FIN-WAIT-1", "FIN-WAIT-1");
    x.server("FIN,ACK", {.seq = 300, .ack = 100}).states("CLOSING", "CLOSING");
    // Both answer in the same instant, each with its own ACK.
    x.server("ACK", {.seq = 301, .ack = 101}).states("TIME-WAIT", "TIME-WAIT")
            .starts("client", Timer::TimeWait, kTwoMsl)
        .client("ACK", {.seq = 101, .ack = 301}).states("TIME-WAIT", "TIME-WAIT")
            .starts("server", Timer::TimeWait, kTwoMsl);
    const SimTime both = x.ended();
    x.statesAt(both - 1_ns, "CLOSING", "CLOSING").statesAt(both + kTwoMsl - 1_ns, "TIME-WAIT", "TIME-WAIT")
            .statesAt(both + kTwoMsl, "CLOSED", "CLOSED")
        .nothingElse();
}

TEST_CASE("21. TIME-WAIT: the last ACK is lost, the FIN comes again, 2MSL begin anew", "[learner]")
{
    Exchange x("time-wait-last-ack-lost");
    closesUpToLastAck(x).starts("client", Timer::TimeWait, kTwoMsl);
    const SimTime firstWait = x.ended();
    const SimTime firstFin = x.sent();
    x.client("ACK", {.seq = 101, .ack = 301}).lost().states("TIME-WAIT", "LAST-ACK")
        .server("FIN,ACK", {.seq = 300, .ack = 101}).again().states("TIME-WAIT", "LAST-ACK")
            .starts("client", Timer::TimeWait, kTwoMsl);
    CHECK(x.sent() == firstFin + 1_s);
    const SimTime secondWait = x.ended();
    x.client("ACK", {.seq = 101, .ack = 301}).because(Reason::SentAckOfFinAgain).states("TIME-WAIT", "CLOSED")
        .statesAt(firstWait + kTwoMsl, "TIME-WAIT", "CLOSED")  // the first deadline no longer counts
        .statesAt(secondWait + kTwoMsl - 1_ns, "TIME-WAIT", "CLOSED").statesAt(secondWait + kTwoMsl, "CLOSED", "CLOSED")
        .atLast("CLOSED", "CLOSED")
        .nothingElse();
}

TEST_CASE("21. without TIME-WAIT the repeated FIN is answered with RST", "[learner]")
{
    Exchange x("no-time-wait");
    opens(x)
        .client("FIN,ACK", {.seq = 100, .ack = 300}).states("FIN-WAIT-1", "CLOSE-WAIT")
        .server("ACK", {.seq = 300, .ack = 101}).states("FIN-WAIT-2", "CLOSE-WAIT")
        .server("FIN,ACK", {.seq = 300, .ack = 101}).states("CLOSED", "LAST-ACK")
        .client("ACK", {.seq = 101, .ack = 301}).lost().states("CLOSED", "LAST-ACK")
        .server("FIN,ACK", {.seq = 300, .ack = 101}).again().states("CLOSED", "LAST-ACK")
        .client("RST", {.seq = 101}).because(Reason::SentRstNoConnection).states("CLOSED", "CLOSED")
        .nothingElse();
}

TEST_CASE("23. close() with data unread sends RST, and the peer sees a reset", "[learner]")
{
    Exchange("close-with-unread-data")
        .client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED")
        .server("PSH,ACK", {.seq = 301, .ack = 101, .len = 500}).states("ESTABLISHED", "ESTABLISHED")
        .client("ACK", {.seq = 101, .ack = 801}).states("ESTABLISHED", "ESTABLISHED")
        .client("RST", {.seq = 101}).because(Reason::SentRstUnreadData).states("CLOSED", "CLOSED")
            .tells("server", AppCall::Failed, AppResult::Reset)
        .readInAll("client", 0)
        .nothingElse();
}

} // namespace packetarium::learner_closing_test
