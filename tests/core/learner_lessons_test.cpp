// SPDX-License-Identifier: GPL-3.0-or-later
//
// The built-in lessons: nothing in them contradicts the run, every step says
// what and why in both languages, and what is on screen is short.
#include "core/base/utf8.h"
#include "core/engine/engine.h"
#include "core/lesson/lesson.h"
#include "tests/support/catch.h"

using namespace packetarium;

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
    Engine engine(loadLessonScenario(lesson).value());
    engine.runToEnd();
    return {std::move(lesson), std::move(engine)};
}

} // namespace

TEST_CASE("the lessons that must be there are there, in the order of a course", "[learner]")
{
    const auto names = builtinLessonNames();
    REQUIRE(names.size() >= 4);
    CHECK(names[0] == "three-way-handshake");
    CHECK(names[1] == "why-three");
    CHECK(names[2] == "four-way-teardown");
    CHECK(names[3] == "time-wait");
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

TEST_CASE("a built-in lesson begins at the start, ends at the end, and has five to eight steps", "[learner]")
{
    for (const std::string& name : builtinLessonNames()) {
        INFO(name);
        const Ran ran = run(name);
        CHECK(ran.lesson.steps.size() >= 5);
        CHECK(ran.lesson.steps.size() <= 8);
        CHECK(ran.lesson.steps.front().anchor.kind == StepAnchor::Kind::Start);
        CHECK(ran.lesson.steps.back().anchor.kind == StepAnchor::Kind::End);
        const auto bound = bindSteps(ran.lesson, ran.engine.trace());
        for (std::size_t i = 1; i < bound.size(); ++i)
            CHECK(bound[i - 1].at < bound[i].at); // each step moves on
    }
}

TEST_CASE("every step of a built-in lesson says why, by which RFC, and claims both states", "[learner]")
{
    for (const std::string& name : builtinLessonNames()) {
        const Ran ran = run(name);
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
                CHECK(ownWords(*words).find_first_of("0123456789") == std::string::npos);
            }
        }
    }
}

TEST_CASE("a built-in lesson's captions are short enough for two lines beneath the stage", "[learner]")
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
            CHECK(width(filled(step.text.en)) <= 120);
            CHECK(width(filled(step.text.zh)) <= 2 * 50);
            // A line break in the file between Chinese characters would show as a space.
            for (const std::string* words : {&step.text.zh, &step.why.zh}) {
                for (const char* mark : {"， ", "。 ", "： ", "； "})
                    CHECK(words->find(mark) == std::string::npos);
            }
        }
    }
}
