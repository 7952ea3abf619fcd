// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/vocabulary.h"
#include "tests/support/catch.h"

#include <algorithm>
#include <set>

namespace packetarium::trace_vocabulary_test {

namespace {

/// Names of files: lower case letters and digits in words joined by hyphens.
bool isStableName(std::string_view name)
{
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'; };
    return !name.empty() && std::all_of(name.begin(), name.end(), allowed) && name.front() != '-' && name.back() != '-';
}

template <class E>
void requireDistinctNames(int count)
{
    std::set<std::string_view> names;
    for (int i = 0; i < count; ++i) {
        const std::string_view name = toString(static_cast<E>(i));
        INFO(i << " " << name);
        CHECK(isStableName(name));
        CHECK(names.insert(name).second);
    }
}

} // namespace

TEST_CASE("each reason, timer, call and result has its own stable name", "[trace]")
{
    requireDistinctNames<Reason>(static_cast<int>(Reason::Count_));
    requireDistinctNames<Timer>(kTimerCount);
    requireDistinctNames<TimerChange>(3);
    requireDistinctNames<AppCall>(kAppCallCount);
    requireDistinctNames<AppResult>(static_cast<int>(AppResult::NoPortLeft) + 1);
}

TEST_CASE("a reason's name tells its kind", "[trace]")
{
    for (int i = 1; i < static_cast<int>(Reason::Count_); ++i) {
        const auto reason = static_cast<Reason>(i);
        const std::string_view name = toString(reason);
        INFO(name);
        const std::string_view kind = name.substr(0, name.find('-'));
        if (reason <= Reason::SentReassemblyTimeExceeded)
            CHECK(kind == "sent");
        else if (reason <= Reason::IgnoredNodeOff)
            CHECK(kind == "ignored");
        else if (reason <= Reason::LostAfterCapture)
            CHECK(kind == "lost");
        else if (reason <= Reason::ChangedMarked)
            CHECK(kind == "changed");
        else if (reason <= Reason::CommandNothingToDo)
            CHECK(kind == "command");
        else
            CHECK(kind == "captured");
    }
}

TEST_CASE("what nodes send by themselves has a clause of a standard, and what is done on purpose has none", "[trace]")
{
    for (int i = 1; i < static_cast<int>(Reason::Count_); ++i) {
        const auto reason = static_cast<Reason>(i);
        INFO(toString(reason));
        const std::string_view clause = clauseOf(reason);
        if ((reason <= Reason::SentReassemblyTimeExceeded && reason != Reason::SentInjected) ||
            reason == Reason::ChangedMarked)
            CHECK(!clause.empty());
        if (reason >= Reason::LostRandom && reason <= Reason::CommandNothingToDo && reason != Reason::ChangedMarked)
            CHECK(clause.empty());
        if (!clause.empty()) {
            const std::string_view standard = clause.substr(0, clause.find_first_of(",;"));
            CHECK((standard.starts_with("RFC ") || standard.starts_with("IEEE ")));
            // The oldest RFCs have no numbered sections.
            const bool numbered = standard != "RFC 768" && standard != "RFC 792" && standard != "RFC 826";
            CHECK((standard.find(" §") != std::string_view::npos) == numbered);
        }
    }
    CHECK(clauseOf(Reason::SentSynAck) == "RFC 9293 §3.10.7.2, third");
    CHECK(clauseOf(Reason::SentRstNoConnection) == "RFC 9293 §3.10.7.1");
    CHECK(clauseOf(Reason::SentZeroWindowProbe) == "RFC 9293 §3.8.6.1");
    CHECK(clauseOf(Reason::SentChallengeAckRst) == "RFC 5961 §3");
}

TEST_CASE("variables are named as the RFCs spell them", "[trace]")
{
    std::set<std::string_view> names;
    for (int i = 0; i < kVariableCount; ++i)
        CHECK(names.insert(toString(static_cast<Variable>(i))).second);
    CHECK(names.count("") == 0);
    for (const char* name : {"ISS", "IRS", "SND.UNA", "SND.NXT", "SND.WND", "SND.WL1", "SND.WL2", "RCV.NXT", "RCV.WND",
                             "SRTT", "RTTVAR", "RTO"})
        CHECK(names.count(name) == 1);
}

TEST_CASE("sequence variables count in the space of the side that sends those numbers", "[trace]")
{
    // RFC 9293 §3.3.1: SND.WL1 is a segment's sequence number, SND.WL2 a segment's acknowledgment number.
    for (const Variable ours : {Variable::Iss, Variable::SndUna, Variable::SndNxt, Variable::SndWl2}) {
        CHECK(kindOf(ours) == VariableKind::Sequence);
        CHECK(countsFromIss(ours));
    }
    for (const Variable theirs : {Variable::Irs, Variable::RcvNxt, Variable::SndWl1}) {
        CHECK(kindOf(theirs) == VariableKind::Sequence);
        CHECK_FALSE(countsFromIss(theirs));
    }
    CHECK(kindOf(Variable::RcvWnd) == VariableKind::Octets);
    CHECK(kindOf(Variable::Rto) == VariableKind::Duration);
    CHECK(kindOf(Variable::Retransmissions) == VariableKind::Count);
}

} // namespace packetarium::trace_vocabulary_test
