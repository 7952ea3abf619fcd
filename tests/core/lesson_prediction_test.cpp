// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/prediction.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "tests/support/two_hosts.h"

#include <set>

namespace packetarium::lesson_prediction_test {

using namespace literals;

namespace {

/// SYN at 100 ms, 40 ms each way: SYN,ACK at 140 ms, ACK at 180 ms, which arrives at 220 ms.
struct OpenedOnce {
    Engine engine{builtinScenario("handshake").value()};
    OpenedOnce() { engine.runToEnd(); }

    std::optional<Prediction> ask(SimDuration after, SimDuration until, NumberStyle style = NumberStyle::Symbolic) const
    {
        return predictionFor(engine.trace(), Symbols(engine.trace()), style, SimTime::zero() + after,
                             SimTime::zero() + until);
    }
};

std::string answerOf(const Prediction& question)
{
    return question.choices.at(question.answer);
}

} // namespace

TEST_CASE("before the SYN the question is which flags come", "[lesson]")
{
    const auto question = OpenedOnce().ask(0_ms, 120_ms);
    REQUIRE(question);
    CHECK(question->asks == Prediction::Asks::Flags);
    CHECK(question->host == NodeId(0));
    CHECK(answerOf(*question) == "SYN");
}

TEST_CASE("before an ACK the question is its number, among the commonest slips", "[lesson]")
{
    const OpenedOnce run;
    const auto symbolic = run.ask(120_ms, 160_ms);
    REQUIRE(symbolic);
    CHECK(symbolic->asks == Prediction::Asks::Acknowledgment);
    CHECK(symbolic->host == NodeId(1));
    CHECK(answerOf(*symbolic) == "x+1");
    const std::set<std::string> choices(symbolic->choices.begin(), symbolic->choices.end());
    CHECK(choices == std::set<std::string>{"x", "x+1", "x+2", "y"});
    // ISNs 100 and 300.
    CHECK(answerOf(*run.ask(120_ms, 160_ms, NumberStyle::Raw)) == "101");
    CHECK(answerOf(*run.ask(160_ms, 200_ms, NumberStyle::Raw)) == "301");
}

TEST_CASE("where nothing is sent the question is the next state", "[lesson]")
{
    const auto question = OpenedOnce().ask(200_ms, 220_ms);
    REQUIRE(question);
    CHECK(question->asks == Prediction::Asks::State);
    CHECK(question->host == NodeId(1));
    CHECK(answerOf(*question) == "ESTABLISHED");
}

TEST_CASE("where nothing happens there is no question", "[lesson]")
{
    CHECK_FALSE(OpenedOnce().ask(220_ms, 10'000_ms));
    CHECK_FALSE(OpenedOnce().ask(101_ms, 139_ms));
}

TEST_CASE("every question of every built-in run has different choices, and the same ones each time", "[lesson]")
{
    for (const std::string& name : builtinScenarioNames()) {
        Engine engine(builtinScenario(name).value());
        engine.runToEnd();
        const Symbols symbols(engine.trace());
        INFO(name);
        SimTime before = SimTime::zero() - 1_ns;
        for (const Record& record : engine.trace().records()) {
            const auto question = predictionFor(engine.trace(), symbols, NumberStyle::Symbolic, before, record.at);
            before = record.at;
            if (!question)
                continue;
            const std::set<std::string> different(question->choices.begin(), question->choices.end());
            CHECK(different.size() == question->choices.size());
            CHECK(question->choices.size() >= 2);
            CHECK(question->choices.size() <= 4);
            CHECK(question->answer < question->choices.size());
        }
    }
}

} // namespace packetarium::lesson_prediction_test
