// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a learner must be able to see answered about half-open connections and
// segments that do not belong: RFC 9293 §3.5.1-3 with Figures 9 and 10, and
// the checks of RST and SYN in §3.10.7.4 (from RFC 5961).
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "tests/support/exchange.h"

// A segment to a line, with the states that it leads to, as in the RFC's figures.
// clang-format off

namespace packetarium::learner_reset_test {

using namespace literals;

namespace {

/// The three segments of the handshake, with the ISNs 100 and 300.
Exchange& opens(Exchange& x)
{
    return x.client("SYN", {.seq = 100}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 300, .ack = 101}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 101, .ack = 301}).states("ESTABLISHED", "ESTABLISHED");
}

/// With the ISNs 99 and 299, so that what follows begins at 100 and 300 as in the figures.
Exchange& opensBelow(Exchange& x)
{
    return x.client("SYN", {.seq = 99}).states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 299, .ack = 100}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 100, .ack = 300}).states("ESTABLISHED", "ESTABLISHED");
}

/// Proof that the connection goes on: the client's five octets arrive and are acknowledged.
void goesOn(Exchange& x)
{
    x.client("PSH,ACK", {.seq = 101, .ack = 301, .len = 5}).states("ESTABLISHED", "ESTABLISHED")
        .server("ACK", {.seq = 301, .ack = 106}).states("ESTABLISHED", "ESTABLISHED")
        .readInAll("server", 5)
        .atLast("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
}

/// A built-in scenario in which the injected segment has another number.
Scenario withForgedNumber(const std::string& name, std::uint32_t seq)
{
    Scenario scenario = builtinScenario(name).value();
    for (Command& command : scenario.script) {
        if (auto* forged = std::get_if<DoInject>(&command.action))
            forged->segment.seq = Seq32(seq);
    }
    return scenario;
}

constexpr std::uint32_t kWindow = 65535;  // what the server offers throughout
constexpr std::uint32_t kNext = 101;      // what it expects

} // namespace

TEST_CASE("13. half-open, the restarted client sends SYN: Figure 9", "[learner]")
{
    Exchange x("half-open-syn");
    opensBelow(x)
        .client("SYN", {.seq = 400}).states("SYN-SENT", "ESTABLISHED")
        .server("ACK", {.seq = 300, .ack = 100}).because(Reason::SentChallengeAckSyn).states("SYN-SENT", "ESTABLISHED")
        .client("RST", {.seq = 100}).because(Reason::SentRstBadAck).states("SYN-SENT", "CLOSED")
            .tells("server", AppCall::Failed, AppResult::Reset)
        // line 7: the SYN again; the server listens once more, so this time it opens
        .client("SYN", {.seq = 400}).again().states("SYN-SENT", "SYN-RECEIVED")
        .server("SYN,ACK", {.seq = 600, .ack = 401}).states("ESTABLISHED", "SYN-RECEIVED")
        .client("ACK", {.seq = 401, .ack = 601}).states("ESTABLISHED", "ESTABLISHED")
        .nothingElse();
}

TEST_CASE("13. half-open, the server sends first: Figure 10", "[learner]")
{
    Exchange x("half-open-data");
    opensBelow(x)
        .server("PSH,ACK", {.seq = 300, .ack = 100, .len = 10}).states("CLOSED", "ESTABLISHED")
        .client("RST", {.seq = 100}).because(Reason::SentRstNoConnection).states("CLOSED", "CLOSED")
            .tells("server", AppCall::Failed, AppResult::Reset)
        .readInAll("client", 0)
        .nothingElse();
}

TEST_CASE("14. a SYN on a live connection gets a challenge ACK and changes nothing", "[learner]")
{
    Exchange x("syn-on-live");
    opens(x)
        .fromNowhere("SYN", {.seq = 400}).ignored(Reason::IgnoredSynOnConnection).states("ESTABLISHED", "ESTABLISHED")
        .server("ACK", {.seq = 301, .ack = 101}).because(Reason::SentChallengeAckSyn)
            .states("ESTABLISHED", "ESTABLISHED");
    goesOn(x);
}

TEST_CASE("14. whatever the number of the SYN, the answer is the same", "[learner]")
{
    for (const std::uint32_t seq : {90u, 100u, kNext, kNext + kWindow, 0u, 0xffffffffu}) {
        INFO("SEQ=" << seq);
        Exchange x(withForgedNumber("syn-on-live", seq));
        opens(x)
            .fromNowhere("SYN", {.seq = seq}).states("ESTABLISHED", "ESTABLISHED")
            .server("ACK", {.seq = 301, .ack = 101}).because(Reason::SentChallengeAckSyn)
            .states("ESTABLISHED", "ESTABLISHED");
        goesOn(x);
    }
}

TEST_CASE("15. a forged RST outside the window is dropped in silence", "[learner]")
{
    Exchange x("forged-rst-outside");
    opens(x).fromNowhere("RST", {.seq = 70000}).ignored(Reason::IgnoredRstOutsideWindow)
            .states("ESTABLISHED", "ESTABLISHED");
    goesOn(x);
}

TEST_CASE("15. a forged RST inside the window but not at its start gets a challenge ACK", "[learner]")
{
    Exchange x("forged-rst-inside");
    opens(x)
        .fromNowhere("RST", {.seq = 200}).ignored(Reason::IgnoredRstNotExact).states("ESTABLISHED", "ESTABLISHED")
        .server("ACK", {.seq = 301, .ack = 101}).because(Reason::SentChallengeAckRst)
            .states("ESTABLISHED", "ESTABLISHED");
    goesOn(x);
}

TEST_CASE("15. a forged RST at exactly RCV.NXT resets; the client learns it with its next data", "[learner]")
{
    Exchange x("forged-rst-exact");
    opens(x)
        .fromNowhere("RST", {.seq = kNext}).states("ESTABLISHED", "CLOSED")
            .tells("server", AppCall::Failed, AppResult::Reset)
        .client("PSH,ACK", {.seq = 101, .ack = 301, .len = 5}).states("ESTABLISHED", "CLOSED")
        .server("RST", {.seq = 301}).because(Reason::SentRstNoConnection).states("CLOSED", "CLOSED")
            .tells("client", AppCall::Failed, AppResult::Reset)
        .readInAll("server", 0)
        .nothingElse();
}

TEST_CASE("15. the window's edges are where RFC 9293 puts them: RCV.NXT =< SEG.SEQ < RCV.NXT+RCV.WND", "[learner]")
{
    const auto isDropped = [](std::uint32_t seq) {
        Exchange x(withForgedNumber("forged-rst-outside", seq));
        opens(x).fromNowhere("RST", {.seq = seq}).ignored(Reason::IgnoredRstOutsideWindow);
        goesOn(x);
    };
    const auto isChallenged = [](std::uint32_t seq) {
        Exchange x(withForgedNumber("forged-rst-outside", seq));
        opens(x)
            .fromNowhere("RST", {.seq = seq}).ignored(Reason::IgnoredRstNotExact)
            .server("ACK", {.seq = 301, .ack = 101}).because(Reason::SentChallengeAckRst);
        goesOn(x);
    };
    isDropped(kNext - 1);
    isChallenged(kNext + 1);
    isChallenged(kNext + kWindow - 1);
    isDropped(kNext + kWindow);
}

} // namespace packetarium::learner_reset_test
