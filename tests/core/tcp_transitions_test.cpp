// SPDX-License-Identifier: GPL-3.0-or-later
//
// The table that is executed is the table that is drawn, so each of its rows
// must be one that a connection can really take: a recipe per row, and none
// may be missing.
#include "tests/support/catch.h"
#include "tests/support/tcp_rig.h"

#include <functional>
#include <set>

namespace packetarium::tcp_transitions_test {

using namespace literals;
using namespace testing;

namespace {

using S = TcpState;
using E = TcpEvent;

struct Recipe {
    S from;
    E event;
    S to;
    std::function<TcpRig()> cook; ///< its last transition is the row
};

/// From `state` by what `act` does.
std::function<TcpRig()> from(S state, std::function<void(TcpRig&)> act)
{
    return [state, act = std::move(act)] {
        TcpRig rig = TcpRig::inState(state);
        act(rig);
        rig.skipWhatWasSaid();
        return rig;
    };
}

/// SYN-RECEIVED after an active open: both ends opened at once.
std::function<TcpRig()> fromSimultaneousOpen(std::function<void(TcpRig&)> act)
{
    return from(S::SynSent, [act = std::move(act)](TcpRig& rig) {
        rig.receive("SYN", seq(300));
        rig.expectState("SYN-RECEIVED");
        rig.skipWhatWasSaid();
        act(rig);
    });
}

const auto close = [](TcpRig& rig) { rig.shutdown(); };
const auto abort_ = [](TcpRig& rig) { rig.abort(); };
/// Nothing comes back: in every profile R2 is well under ten minutes away from a fresh connection.
const auto silence = [](TcpRig& rig) {
    while (rig.deadlineOf(Timer::Retransmission)) {
        rig.passToTimer(Timer::Retransmission);
        rig.skipWhatWasSaid();
    }
};
/// Nothing of its own is under way there, so only keep-alives can go unanswered.
const auto keptAliveInFinWait2 = [] {
    TcpConfig config = TcpRig::config(Profile::Rfc);
    config.keepAlive = true;
    TcpRig rig = TcpRig::agreed(config);
    rig.shutdown();
    rig.skipWhatWasSaid();
    rig.receive("ACK", seq(301), ack(102));
    rig.expectState("FIN-WAIT-2");
    while (rig.deadlineOf(Timer::KeepAlive)) {
        rig.passToTimer(Timer::KeepAlive);
        rig.skipWhatWasSaid();
    }
    return rig;
};
const auto dataIntoSilence = [](TcpRig& rig) {
    rig.send("x");
    rig.skipWhatWasSaid();
    silence(rig);
};
/// A segment with these flags and numbers.
auto arrival(const char* flags, std::uint32_t sequence, std::uint32_t acknowledgment)
{
    return [=](TcpRig& rig) { rig.receive(flags, seq(sequence), ack(acknowledgment)); };
}

const std::vector<Recipe>& recipes()
{
    static const Endpoint peer{TcpRig::kRemote, TcpRig::kRemotePort};
    static const std::vector<Recipe> all{
        {S::Closed, E::PassiveOpen, S::Listen, from(S::Closed, [](TcpRig& rig) { rig.openPassive(); })},
        {S::Closed, E::ActiveOpen, S::SynSent, from(S::Closed, [](TcpRig& rig) { rig.openActive(); })},

        {S::Listen, E::ActiveOpen, S::SynSent, from(S::Listen, [](TcpRig& rig) { rig.openActive(); })},
        {S::Listen, E::Send, S::SynSent,
         from(S::Closed,
              [](TcpRig& rig) {
                  rig.openPassive(peer);
                  rig.send("x");
              })},
        {S::Listen, E::RcvSyn, S::SynReceived, from(S::Listen, [](TcpRig& rig) { rig.receive("SYN", seq(300)); })},
        {S::Listen, E::Close, S::Closed, from(S::Listen, close)},
        {S::Listen, E::Abort, S::Closed, from(S::Listen, abort_)},

        {S::SynSent, E::RcvSynAck, S::Established, from(S::SynSent, arrival("SYN,ACK", 300, 101))},
        {S::SynSent, E::RcvSyn, S::SynReceived, from(S::SynSent, [](TcpRig& rig) { rig.receive("SYN", seq(300)); })},
        {S::SynSent, E::Close, S::Closed, from(S::SynSent, close)},
        {S::SynSent, E::Abort, S::Closed, from(S::SynSent, abort_)},
        {S::SynSent, E::RcvRst, S::Closed, from(S::SynSent, arrival("RST,ACK", 0, 101))},
        {S::SynSent, E::GiveUp, S::Closed, from(S::SynSent, silence)},

        {S::SynReceived, E::RcvAckOfSyn, S::Established, from(S::SynReceived, arrival("ACK", 301, 101))},
        {S::SynReceived, E::RcvRst, S::Listen, from(S::SynReceived, [](TcpRig& rig) { rig.receive("RST", seq(301)); })},
        {S::SynReceived, E::RcvRst, S::Closed, fromSimultaneousOpen([](TcpRig& rig) { rig.receive("RST", seq(301)); })},
        {S::SynReceived, E::RcvSyn, S::Listen, from(S::SynReceived, [](TcpRig& rig) { rig.receive("SYN", seq(400)); })},
        {S::SynReceived, E::Close, S::FinWait1, from(S::SynReceived, close)},
        {S::SynReceived, E::Abort, S::Closed, from(S::SynReceived, abort_)},
        {S::SynReceived, E::GiveUp, S::Closed, from(S::SynReceived, silence)},

        {S::Established, E::Close, S::FinWait1, from(S::Established, close)},
        {S::Established, E::RcvFin, S::CloseWait, from(S::Established, arrival("FIN,ACK", 301, 101))},
        {S::Established, E::RcvRst, S::Closed, from(S::Established, arrival("RST", 301, 0))},
        {S::Established, E::Abort, S::Closed, from(S::Established, abort_)},
        {S::Established, E::GiveUp, S::Closed, from(S::Established, dataIntoSilence)},

        {S::FinWait1, E::RcvAckOfFin, S::FinWait2, from(S::FinWait1, arrival("ACK", 301, 102))},
        {S::FinWait1, E::RcvFin, S::Closing, from(S::FinWait1, arrival("FIN,ACK", 301, 101))},
        {S::FinWait1, E::RcvFinAckOfFin, S::TimeWait, from(S::FinWait1, arrival("FIN,ACK", 301, 102))},
        {S::FinWait1, E::RcvRst, S::Closed, from(S::FinWait1, arrival("RST", 301, 0))},
        {S::FinWait1, E::Abort, S::Closed, from(S::FinWait1, abort_)},
        {S::FinWait1, E::GiveUp, S::Closed, from(S::FinWait1, silence)},

        {S::FinWait2, E::RcvFin, S::TimeWait, from(S::FinWait2, arrival("FIN,ACK", 301, 102))},
        {S::FinWait2, E::RcvRst, S::Closed, from(S::FinWait2, arrival("RST", 301, 0))},
        {S::FinWait2, E::Abort, S::Closed, from(S::FinWait2, abort_)},
        {S::FinWait2, E::GiveUp, S::Closed, keptAliveInFinWait2},

        {S::CloseWait, E::Close, S::LastAck, from(S::CloseWait, close)},
        {S::CloseWait, E::RcvRst, S::Closed, from(S::CloseWait, arrival("RST", 302, 0))},
        {S::CloseWait, E::Abort, S::Closed, from(S::CloseWait, abort_)},
        {S::CloseWait, E::GiveUp, S::Closed,
         from(S::CloseWait,
              [](TcpRig& rig) {
                  rig.pass(200_ms); // the acknowledgment of the FIN is out of the way
                  rig.skipWhatWasSaid();
                  dataIntoSilence(rig);
              })},

        {S::Closing, E::RcvAckOfFin, S::TimeWait, from(S::Closing, arrival("ACK", 302, 102))},
        {S::Closing, E::RcvRst, S::Closed, from(S::Closing, arrival("RST", 302, 0))},
        {S::Closing, E::Abort, S::Closed, from(S::Closing, abort_)},
        {S::Closing, E::GiveUp, S::Closed, from(S::Closing, silence)},

        {S::LastAck, E::RcvAckOfFin, S::Closed, from(S::LastAck, arrival("ACK", 302, 102))},
        {S::LastAck, E::RcvRst, S::Closed, from(S::LastAck, arrival("RST", 302, 0))},
        {S::LastAck, E::Abort, S::Closed, from(S::LastAck, abort_)},
        {S::LastAck, E::GiveUp, S::Closed, from(S::LastAck, silence)},

        {S::TimeWait, E::TimeWaitTimeout, S::Closed,
         from(S::TimeWait, [](TcpRig& rig) { rig.passToTimer(Timer::TimeWait); })},
        {S::TimeWait, E::RcvSyn, S::Closed,
         from(S::TimeWait,
              [](TcpRig& rig) {
                  TcpSegment syn;
                  syn.seq = Seq32(302);
                  syn.flags.bits = TcpFlags::Syn;
                  if (rig.tcp().mayBeReopenedBy(syn))
                      rig.tcp().giveWayToNewConnection(rig.now(), rig.sink());
              })},
        {S::TimeWait, E::RcvRst, S::Closed, from(S::TimeWait, arrival("RST", 302, 0))},
        {S::TimeWait, E::Abort, S::Closed, from(S::TimeWait, abort_)},
    };
    return all;
}

std::string nameOf(S state, E event, S to)
{
    return std::string(toString(state)) + " --" + std::string(toString(event)) + "--> " + std::string(toString(to));
}

} // namespace

TEST_CASE("every row of the transition table is taken by a connection", "[tcp]")
{
    std::set<int> reached;
    for (const Recipe& recipe : recipes()) {
        INFO(nameOf(recipe.from, recipe.event, recipe.to));
        const TcpRig rig = recipe.cook();
        REQUIRE_FALSE(rig.rowsTaken().empty());
        const int taken = rig.rowsTaken().back();
        const TcpTransition& row = tcpTransitions()[static_cast<std::size_t>(taken)];
        CHECK(toString(row.from) == toString(recipe.from));
        CHECK(toString(row.event) == toString(recipe.event));
        CHECK(toString(row.to) == toString(recipe.to));
        CHECK(toString(rig.tcp().state()) == toString(recipe.to));
        reached.insert(taken);
    }
    for (const TcpTransition& row : tcpTransitions()) {
        INFO(nameOf(row.from, row.event, row.to));
        CHECK(reached.count(transitionIndex(row)) == 1); // else: a row without a recipe
    }
    CHECK(recipes().size() == tcpTransitions().size());
}

TEST_CASE("the transition table holds every edge of Figure 5, and no other is marked as its", "[tcp]")
{
    // RFC 9293 Figure 5, edge by edge; its notes 2 and 3 included (FIN-WAIT-1 to TIME-WAIT, SYN-RECEIVED to LISTEN).
    const std::set<std::pair<S, S>> figure{
        {S::Closed, S::Listen},           {S::Closed, S::SynSent},       {S::Listen, S::Closed},
        {S::Listen, S::SynReceived},      {S::Listen, S::SynSent},       {S::SynSent, S::Closed},
        {S::SynSent, S::SynReceived},     {S::SynSent, S::Established},  {S::SynReceived, S::Listen},
        {S::SynReceived, S::Established}, {S::SynReceived, S::FinWait1}, {S::Established, S::FinWait1},
        {S::Established, S::CloseWait},   {S::FinWait1, S::FinWait2},    {S::FinWait1, S::Closing},
        {S::FinWait1, S::TimeWait},       {S::FinWait2, S::TimeWait},    {S::Closing, S::TimeWait},
        {S::CloseWait, S::LastAck},       {S::LastAck, S::Closed},       {S::TimeWait, S::Closed},
    };
    std::set<std::pair<S, S>> marked;
    for (const TcpTransition& row : tcpTransitions()) {
        if (row.inFigure5)
            marked.insert({row.from, row.to});
    }
    CHECK(marked == figure);
}

TEST_CASE("looking up a transition finds its row, and nothing where there is none", "[tcp]")
{
    for (const TcpTransition& row : tcpTransitions()) {
        const bool passive = row.from != S::SynReceived || row.to == S::Listen;
        CHECK(findTransition(row.from, row.event, passive) == &row);
    }
    CHECK(findTransition(S::Closed, E::RcvFin) == nullptr);
    CHECK(findTransition(S::TimeWait, E::GiveUp) == nullptr);           // nothing is sent that could go unanswered
    CHECK(findTransition(S::SynReceived, E::RcvSyn, false) == nullptr); // only a passive OPEN returns to LISTEN
    const TcpTransition elsewhere = *findTransition(S::Established, E::RcvFin);
    CHECK(transitionIndex(elsewhere) == -1); // a copy is no row
}

TEST_CASE("states and events are named, and found by their names", "[tcp]")
{
    // RFC 9293 §3.3.2 spells them so.
    const std::vector<std::string> names{"CLOSED",      "LISTEN",     "SYN-SENT",   "SYN-RECEIVED",
                                         "ESTABLISHED", "FIN-WAIT-1", "FIN-WAIT-2", "CLOSE-WAIT",
                                         "CLOSING",     "LAST-ACK",   "TIME-WAIT"};
    REQUIRE(names.size() == static_cast<std::size_t>(kTcpStateCount));
    for (int i = 0; i < kTcpStateCount; ++i) {
        const auto state = static_cast<TcpState>(i);
        CHECK(toString(state) == names[static_cast<std::size_t>(i)]);
        CHECK(parseTcpState(toString(state)) == state);
    }
    CHECK_FALSE(parseTcpState("established"));
    CHECK_FALSE(parseTcpState(""));
    std::set<std::string_view> events;
    for (int i = 0; i < kTcpEventCount; ++i) {
        const auto event = static_cast<TcpEvent>(i);
        CHECK(parseTcpEvent(toString(event)) == event);
        events.insert(toString(event));
    }
    CHECK(events.size() == static_cast<std::size_t>(kTcpEventCount));
    CHECK_FALSE(parseTcpEvent("rcv-syn-"));
}

} // namespace packetarium::tcp_transitions_test
