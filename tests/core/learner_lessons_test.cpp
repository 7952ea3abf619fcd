// SPDX-License-Identifier: GPL-3.0-or-later
//
// The built-in lessons: nothing in them contradicts the run, every step says
// what and why in both languages, and what is on screen is short.
#include "core/base/utf8.h"
#include "core/engine/engine.h"
#include "core/lesson/lesson.h"
#include "tests/support/catch.h"

namespace packetarium::learner_lessons_test {

namespace {

/// What remains of a text without its words in braces and without "2MSL", which is a name.
std::string ownWords(std::string text)
{
    for (std::size_t open = text.find('{'); open != std::string::npos; open = text.find('{'))
        text.erase(open, text.find('}', open) - open + 1);
    for (std::size_t at = text.find("2MSL"); at != std::string::npos; at = text.find("2MSL"))
        text.erase(at, 4);
    return text;
}

/// Widths in halves of a Chinese character.
int width(std::string_view text)
{
    int halves = 0;
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        halves += length >= 3 ? 2 : 1;
        text.remove_prefix(length);
    }
    return halves;
}

struct Ran {
    Lesson lesson;
    Engine engine;
};

Ran run(const std::string& name)
{
    Lesson lesson = loadLesson(name).value();
    EngineOptions options;
    options.layers = true;
    Engine engine(loadLessonScenario(lesson).value(), options);
    engine.runToEnd();
    return {std::move(lesson), std::move(engine)};
}

} // namespace

TEST_CASE("the lessons that must be there are there, in the order of a course", "[learner]")
{
    const auto namesIn = [](const std::string& chapter) {
        std::vector<std::string> names;
        for (const std::string& name : builtinLessonNames())
            if (loadLesson(name).value().chapter == chapter)
                names.push_back(name);
        return names;
    };
    CHECK(namesIn("connections") == std::vector<std::string>{"three-way-handshake", "sequence-numbers", "why-three",
                                                             "four-way-teardown", "why-four", "time-wait",
                                                             "eleven-states"});
    CHECK(namesIn("layers") == std::vector<std::string>{"osi-seven-layers", "tcp-ip-four-layers", "encapsulation",
                                                        "application-layer", "presentation-layer", "session-layer",
                                                        "transport-layer", "network-layer", "link-physical-layer"});
    CHECK(namesIn("reliability") == std::vector<std::string>{"tcp-versus-udp", "which-to-choose", "flow-control",
                                                             "loss-and-retransmission", "congestion-control"});
    CHECK(builtinLessonNames().front() == "three-way-handshake"); // a course begins there
}

TEST_CASE("no built-in lesson claims what its run does not show", "[learner]")
{
    for (const std::string& name : builtinLessonNames()) {
        const Ran ran = run(name);
        for (const InputError& error : checkLesson(ran.lesson, ran.engine.trace())) {
            std::string args;
            for (const std::string& arg : error.args)
                args += " [" + arg + "]";
            FAIL_CHECK(name << ": line " << error.line << ", error " << static_cast<int>(error.id) << args);
        }
    }
}

TEST_CASE("a built-in lesson begins at the start, and each of its steps moves on", "[learner]")
{
    for (const std::string& name : builtinLessonNames()) {
        INFO(name);
        const Ran ran = run(name);
        const bool connections = ran.lesson.chapter == "connections";
        CHECK(ran.lesson.steps.size() >= 5);
        CHECK(ran.lesson.steps.size() <= (connections ? 9u : 20u)); // a request has many layers to cross
        CHECK(ran.lesson.steps.front().anchor.kind == StepAnchor::Kind::Start);
        if (connections)
            CHECK(ran.lesson.steps.back().anchor.kind == StepAnchor::Kind::End);
        const auto bound = bindSteps(ran.lesson, ran.engine.trace());
        for (std::size_t i = 1; i < bound.size(); ++i) {
            // Layer acts share an instant and have an order.
            if (connections || bound[i - 1].at != bound[i].at)
                CHECK(bound[i - 1].at < bound[i].at);
            else if (i > 1)
                CHECK(bound[i - 1].record < bound[i].record);
        }
    }
}

TEST_CASE("every step of a built-in lesson is said in both languages", "[learner]")
{
    for (const std::string& name : builtinLessonNames()) {
        const Ran ran = run(name);
        for (const LessonStep& step : ran.lesson.steps) {
            INFO(name << ", line " << step.line);
            CHECK(step.why.en.empty() == step.why.zh.empty());
            for (const LocalizedText* text : {&step.heading, &step.text}) {
                CHECK_FALSE(text->en.empty());
                CHECK_FALSE(text->zh.empty());
                CHECK(text->en != text->zh);
            }
        }
    }
}

TEST_CASE("every step of a lesson on connections says why, by which RFC, and claims both states", "[learner]")
{
    for (const std::string& name : builtinLessonNames()) {
        const Ran ran = run(name);
        if (ran.lesson.chapter != "connections")
            continue;
        for (const LessonStep& step : ran.lesson.steps) {
            INFO(name << ", line " << step.line);
            for (const LocalizedText* text : {&step.heading, &step.text, &step.why}) {
                CHECK_FALSE(text->en.empty());
                CHECK_FALSE(text->zh.empty());
                CHECK(text->en != text->zh);
            }
            CHECK(step.rfc.substr(0, 4) == "RFC ");
            for (const char* subject : {"client.state", "server.state"}) {
                const bool claimed = std::any_of(step.claims.begin(), step.claims.end(),
                                                 [&](const Claim& c) { return c.subject == subject; });
                CHECK(claimed);
            }
        }
    }
}

TEST_CASE("numbers in a built-in lesson's captions come from its run", "[learner]")
{
    for (const std::string& name : builtinLessonNames()) {
        const Ran ran = run(name);
        for (const LessonStep& step : ran.lesson.steps) {
            for (const std::string* words : {&step.heading.en, &step.heading.zh, &step.text.en, &step.text.zh}) {
                INFO(name << ", line " << step.line << ": " << *words);
                // Layers and steps may be counted; what is measured has more digits, or comes from the run.
                const std::string own = ownWords(*words);
                const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
                if (ran.lesson.chapter == "connections")
                    CHECK(std::none_of(own.begin(), own.end(), isDigit));
                else
                    CHECK(std::adjacent_find(own.begin(), own.end(),
                                             [&](char a, char b) { return isDigit(a) && isDigit(b); }) == own.end());
            }
        }
    }
}

TEST_CASE("a built-in lesson's captions are short enough for two or three lines beneath the stage", "[learner]")
{
    for (const std::string& name : builtinLessonNames()) {
        const Ran ran = run(name);
        const Trace& trace = ran.engine.trace();
        const MomentIndex moments(trace);
        const Symbols symbols(trace);
        const auto bound = bindSteps(ran.lesson, trace);
        for (std::size_t i = 0; i < bound.size(); ++i) {
            const LessonStep& step = ran.lesson.steps[i];
            const auto filled = [&](const std::string& text) {
                return fillPlaceholders(text, bound[i], trace, moments, symbols, NumberStyle::Raw);
            };
            INFO(name << ", line " << step.line << ": " << filled(step.text.en) << " / " << filled(step.text.zh));
            CHECK(width(filled(step.heading.en)) <= 48);
            CHECK(width(filled(step.heading.zh)) <= 2 * 16);
            const int lines = ran.lesson.chapter == "connections" ? 2 : 3; // layers have addresses to tell
            CHECK(width(filled(step.text.en)) <= lines * 60);
            CHECK(width(filled(step.text.zh)) <= lines * 50);
            // A line break in the file between Chinese characters would show as a space.
            for (const std::string* words : {&step.text.zh, &step.why.zh}) {
                for (const char* mark : {"， ", "。 ", "： ", "； "})
                    CHECK(words->find(mark) == std::string::npos);
            }
        }
    }
}

} // namespace packetarium::learner_lessons_test
