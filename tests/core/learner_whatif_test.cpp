// SPDX-License-Identifier: GPL-3.0-or-later
//
// What would be if TCP were not as it is: two segments, four, an ACK that
// waits for the FIN, one ISN for all; and how TIME-WAIT, the clock and
// timestamps keep what is old away from what is new.
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/moment.h"
#include "tests/support/catch.h"
#include "tests/support/exchange.h"
#include "tests/support/exchange_values.h"
#include "ui/i18n/catalogue.h"

// A segment to a line, with the states that it leads to, as in the RFC's figures.
// clang-format off

namespace packetarium::learner_whatif_test {

using namespace literals;

namespace {

Exchange& opens(Exchange& x, std::uint32_t a = 100, std::uint32_t b = 300)
{
    return x.client("SYN", {.seq = a}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = b, .ack = a + 1}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = a + 1, .ack = b + 1}).states("ESTABLISHED", "ESTABLISHED");
}

/// Eight octets of the first connection are held somewhere while it is reset, and a second one opens.
Exchange& losesSightOfData(Exchange& x, std::uint32_t secondIss)
{
    opens(x).client("PSH,ACK", {.seq = 101, .ack = 301, .len = 8})
        .server("RST", {.seq = 301}).because(Reason::SentRstAbort).states("CLOSED", "CLOSED");
    return opens(x, secondIss);
}

/// Question 22 has the server close first, so that TIME-WAIT is where the next SYN will arrive.
Exchange& serverClosesFirst(Exchange& x)
{
    return opens(x)
        .server("FIN,ACK", {.seq = 301, .ack = 101}).states("CLOSE-WAIT", "FIN-WAIT-1")
        .client("ACK", {.seq = 101, .ack = 302}).states("CLOSE-WAIT", "FIN-WAIT-2")
        .client("FIN,ACK", {.seq = 101, .ack = 302}).states("LAST-ACK", "TIME-WAIT")
            .starts("server", Timer::TimeWait, 240_s)
        .server("ACK", {.seq = 302, .ack = 102}).states("CLOSED", "TIME-WAIT");
}

} // namespace

TEST_CASE("3. with two segments only, an old SYN leaves the server a ghost", "[learner]")
{
    Exchange("two-way-handshake")
        .atFirst("CLOSED", "LISTEN")
        .fromNowhere("SYN", {.seq = 90}).states("CLOSED", "ESTABLISHED")
        .server("SYN,ACK", {.seq = 300, .ack = 91}).lost()
        .atLast("CLOSED", "ESTABLISHED")  // nobody will ever say anything on it
        .nothingElse();
}

TEST_CASE("3. what the ghost does is no step of TCP's, and the caption says so", "[learner]")
{
    Engine engine(builtinScenario("two-way-handshake").value());
    engine.runToEnd();
    const Trace& trace = engine.trace();
    bool seen = false;
    for (std::size_t i = 0; i < trace.records().size(); ++i) {
        const Record& r = trace.records()[i];
        if (r.kind == RecordKind::PacketArrived && trace.packet(r.packet).flags.syn()) {
            seen = true;
            CHECK(captionFor(trace, i, NumberStyle::Symbolic, Language::English).why ==
                  "Nobody has waited for an acknowledgment. TCP has no such step: it is what this run tries out.");
        }
    }
    CHECK(seen);
    CHECK(MomentIndex(trace).at(trace.end()).conns.back().lastTransition == -1); // no edge of the diagram is lit
}

TEST_CASE("4. with four segments nothing is gained", "[learner]")
{
    Exchange("four-way-handshake")
        .client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("ACK", {.seq = 300, .ack = 101})
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
}

TEST_CASE("10. with one ISN for all, a stale segment is read, and the new one is taken for a copy", "[learner]")
{
    Exchange x("fixed-isn");
    losesSightOfData(x, 100)
        .server("ACK", {.seq = 301, .ack = 109}).because(Reason::SentAckImmediate)  // of what the client never sent now
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 8}).ignored(Reason::IgnoredDuplicateData)
        .server("ACK", {.seq = 301, .ack = 109})
        .atLast("ESTABLISHED", "ESTABLISHED")
        .readInAll("server", 8)
        .nothingElse();
}

TEST_CASE("10. with an ISN by the clock the stale segment lies outside the window", "[learner]")
{
    // RFC 9293 §3.4.1: a tick every 4 us, and the second SYN is sent 1 s after the first.
    constexpr std::uint32_t iss = 100 + 1'000'000 / 4;
    Exchange x("clock-isn");
    losesSightOfData(x, iss)
        .server("ACK", {.seq = 301, .ack = iss + 1}).because(Reason::SentAckUnacceptable)
        .client("PSH,ACK", {.seq = iss + 1, .ack = 301, .len = 8})
        .server("ACK", {.seq = 301, .ack = iss + 9})
        .readInAll("server", 8)
        .nothingElse();
}

TEST_CASE("22. PAWS rejects the stale segment by its timestamp, though its numbers fit", "[learner]")
{
    Exchange x("paws");
    losesSightOfData(x, 100)
        .server("ACK", {.seq = 301, .ack = 101}).because(Reason::SentAckPaws)
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 8})
        .server("ACK", {.seq = 301, .ack = 109})
        .readInAll("server", 8)
        .nothingElse();
}

TEST_CASE("22. a SYN with a higher number reopens from TIME-WAIT: MAY-2", "[learner]")
{
    Exchange x("reopen-from-time-wait");
    opens(serverClosesFirst(x), 100 + 1'000'000 / 4, 400)
        .atLast("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
}

TEST_CASE("22. an old SYN can cut TIME-WAIT short: RFC 1337", "[learner]")
{
    Exchange x("time-wait-assassinated");
    serverClosesFirst(x)
        .fromNowhere("SYN", {.seq = 50}).states("CLOSED", "TIME-WAIT")
        .server("ACK", {.seq = 302, .ack = 102})
        .client("RST", {.seq = 102}).because(Reason::SentRstNoConnection).states("CLOSED", "CLOSED")
        .nothingElse();
    CHECK(x.ended() < SimTime::zero() + 240_s);
}

TEST_CASE("an ACK that waits for the own FIN makes the other side send its FIN again", "[learner]")
{
    Exchange x("hold-ack-for-fin");
    opens(x, 99, 299).client("FIN,ACK", {.seq = 100, .ack = 300}).states("FIN-WAIT-1", "CLOSE-WAIT")
            .starts("client", Timer::Retransmission, 1_s)
        .client("FIN,ACK", {.seq = 100, .ack = 300}).again().after(1_s).states("FIN-WAIT-1", "CLOSE-WAIT")
        .server("FIN,ACK", {.seq = 300, .ack = 101}).states("TIME-WAIT", "LAST-ACK")  // never in FIN-WAIT-2
        .client("ACK", {.seq = 101, .ack = 301}).states("TIME-WAIT", "CLOSED")
        .nothingElse();
}

TEST_CASE("19. a program that never closes leaves CLOSE-WAIT here and FIN-WAIT-2 there, for ever", "[learner]")
{
    Exchange x("close-wait");
    opens(x, 99, 299)
        .client("FIN,ACK", {.seq = 100, .ack = 300}).states("FIN-WAIT-1", "CLOSE-WAIT").tells("server", AppCall::PeerClosed)
        .server("ACK", {.seq = 300, .ack = 101}).states("FIN-WAIT-2", "CLOSE-WAIT")
        .atLast("FIN-WAIT-2", "CLOSE-WAIT")  // and no timer runs
        .nothingElse();
}

} // namespace packetarium::learner_whatif_test
