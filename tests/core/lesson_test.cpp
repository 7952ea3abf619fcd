// SPDX-License-Identifier: GPL-3.0-or-later
// Lessons: their files, their steps found in a run, their claims and their words in braces.
#include "core/engine/engine.h"
#include "core/lesson/lesson.h"
#include "core/lesson/placeholders.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"

#include <fstream>
#include <sstream>

namespace packetarium::lesson_test {

namespace {

// RFC 9293 Figure 6 with both ISNs fixed, 20 ms each way; then five octets.
constexpr const char* kScenario = R"(packetarium: scenario
version: 1
until: 5 s
hosts:
  client: {address: 10.0.0.1, iss: 100, tcp: {delayed-ack: off}}
  server: {address: 10.0.0.2, iss: 300, tcp: {delayed-ack: off}}
link: {delay: 20 ms}
script:
  - {at: 0 ms, host: server, listen: 80}
  - {at: 10 ms, host: client, connect: {to: server, port: 80}}
  - {at: 100 ms, host: client, send: "hello"}
)";

constexpr const char* kHead =
    "packetarium: lesson\nversion: 1\nchapter: connections\norder: 3\ntitle: {en: T, zh: 题}\nscenario: handshake\n";

const Trace& handshake()
{
    static Engine engine = [] {
        Engine e(parseScenario(kScenario, "s.yaml").value());
        e.runToEnd();
        return e;
    }();
    return engine.trace();
}

Lesson lessonWith(const std::string& steps)
{
    const auto parsed = parseLesson(kHead + ("steps:\n" + steps), "folder/l.yaml");
    if (!parsed)
        FAIL("error " << static_cast<int>(parsed.error().id) << " at line " << parsed.error().line << ":"
                      << parsed.error().column << " " << parsed.error().args.at(0));
    return parsed.value();
}

std::string step(const std::string& at, const std::string& more = "")
{
    return "  - at: " + at + "\n    heading: {en: h, zh: 标}\n    text: {en: t, zh: 文}\n" + more;
}

std::vector<InputErrorId> idsOf(const std::vector<InputError>& errors)
{
    std::vector<InputErrorId> ids;
    for (const InputError& error : errors)
        ids.push_back(error.id);
    return ids;
}

std::int64_t milliseconds(SimTime t)
{
    return t.ns() / 1'000'000;
}

} // namespace

TEST_CASE("a lesson file is read whole", "[lesson]")
{
    const auto parsed = parseLesson(R"(packetarium: lesson
version: 1
chapter: layers
order: 2
title: {en: "Title", zh: "题目"}
summary: {en: "Sum", zh: "总结"}
scenario: "./other.yaml"
steps:
  - at: start
    heading: {en: "A", zh: "甲"}
    text: {en: "Two ends.", zh: "两端。"}
    why: {en: "W", zh: "因"}
    rfc: RFC 9293 §3.5
    claims: {client.state: CLOSED, packet.seq: x+1}
  - at: {flight: {host: client, flags: "ACK, SYN", percent: 30, nth: 2}}
    heading: h
    text: "{seq} {seq+1} {client.SND.NXT} {rto}"
  - at: {timer-fired: {host: server, timer: time-wait}}
    heading: h
    text: t
  - at: {app: {host: server, call: peer-closed}}
    heading: h
    text: t
  - at: end
    heading: h
    text: t
)",
                                    "dir/lesson-one.yaml");
    REQUIRE(parsed.ok());
    const Lesson& lesson = parsed.value();
    CHECK(lesson.name == "lesson-one");
    CHECK(lesson.file == "dir/lesson-one.yaml");
    CHECK(lesson.chapter == "layers");
    CHECK(lesson.order == 2);
    CHECK(lesson.title.zh == "题目");
    CHECK(lesson.summary.en == "Sum");
    CHECK(lesson.scenario == "./other.yaml");
    REQUIRE(lesson.steps.size() == 5);
    CHECK(lesson.steps[0].anchor.kind == StepAnchor::Kind::Start);
    CHECK(lesson.steps[0].rfc == "RFC 9293 §3.5");
    CHECK(lesson.steps[0].line == 9);
    REQUIRE(lesson.steps[0].claims.size() == 2);
    CHECK(lesson.steps[0].claims[0].subject == "client.state");
    CHECK(lesson.steps[0].claims[1].value == "x+1");
    CHECK(lesson.steps[0].claims[1].line == 14);
    CHECK(lesson.steps[1].anchor.kind == StepAnchor::Kind::Flight);
    CHECK(lesson.steps[1].anchor.flags == "SYN,ACK");
    CHECK(lesson.steps[1].anchor.percent == 30);
    CHECK(lesson.steps[1].anchor.nth == 2);
    CHECK(lesson.steps[1].heading == LocalizedText{"h", "h"});
    CHECK(lesson.steps[2].anchor.timer == Timer::TimeWait);
    CHECK(lesson.steps[3].anchor.call == AppCall::PeerClosed);
    CHECK(lesson.steps[4].anchor.kind == StepAnchor::Kind::End);
}

TEST_CASE("each mistake in a lesson file is named with its place", "[lesson]")
{
    struct Mistake {
        std::string yaml;
        InputErrorId id;
        int line;
        std::string firstArg;
    };
    const std::string head = kHead;
    const std::vector<Mistake> mistakes{
        {"packetarium: scenario\nversion: 1\n", InputErrorId::NotOneOf, 1, "packetarium"},
        {"packetarium: lesson\nversion: 1\ntitle: t\n", InputErrorId::MissingKey, 1, "chapter"},
        {"packetarium: lesson\nversion: 1\nchapter: cooking\n", InputErrorId::NotOneOf, 3, "chapter"},
        {head, InputErrorId::MissingKey, 1, "steps"},
        {head + "steps: []\n", InputErrorId::OutOfRange, 7, "steps"},
        {head + "steps:\n  - at: middle\n", InputErrorId::NotOneOf, 8, "steps[1].at"},
        {head + "steps:\n" + step("{sent: {flags: SYN}}"), InputErrorId::MissingKey, 8, "host"},
        {head + "steps:\n" + step("{sent: {host: client, flags: SIN}}"), InputErrorId::NotOneOf, 8,
         "steps[1].at.sent.flags"},
        {head + "steps:\n" + step("{state: {host: client}}"), InputErrorId::MissingKey, 8, "is"},
        {head + "steps:\n" + step("{state: {host: client, is: OPEN}}"), InputErrorId::NotOneOf, 8,
         "steps[1].at.state.is"},
        {head + "steps:\n" + step("{sent: {host: a}, lost: {host: a}}"), InputErrorId::NotExactlyOne, 8, "steps[1].at"},
        {head + "steps:\n" + step("{flight: {host: a, percent: 101}}"), InputErrorId::OutOfRange, 8,
         "steps[1].at.flight.percent"},
        {head + "steps:\n" + step("{sent: {host: a, nth: 0}}"), InputErrorId::OutOfRange, 8, "steps[1].at.sent.nth"},
        {head + "steps:\n" + step("{sent: {host: a, when: b}}"), InputErrorId::UnknownKey, 8, "when"},
        {head + "steps:\n  - at: start\n    heading: h\n", InputErrorId::MissingKey, 8, "text"},
        {head + "steps:\n  - at: start\n    heading: h\n    text: \"{sequence}\"\n", InputErrorId::UnknownPlaceholder,
         10, "{sequence}"},
        {head + "steps:\n  - at: start\n    heading: h\n    text: {en: fine, zh: \"{flags+1}\"}\n",
         InputErrorId::UnknownPlaceholder, 10, "{flags+1}"},
        {head + "steps:\n  - at: start\n    heading: h\n    text: \"{seq\"\n", InputErrorId::UnknownPlaceholder, 10,
         "{seq"},
        {head + "steps:\n" + step("start", "    claims: {packet.color: red}\n"), InputErrorId::UnknownKey, 11,
         "packet.color"},
        {head + "steps:\n" + step("start", "    claims: {client.state: OPEN}\n"), InputErrorId::NotOneOf, 11,
         "steps[1].claims.client.state"},
        {head + "steps:\n" + step("start", "    claims: [a]\n"), InputErrorId::WrongType, 11, "steps[1].claims"},
    };
    for (const Mistake& mistake : mistakes) {
        INFO(mistake.yaml);
        const auto parsed = parseLesson(mistake.yaml, "l.yaml");
        REQUIRE_FALSE(parsed.ok());
        CHECK(static_cast<int>(parsed.error().id) == static_cast<int>(mistake.id));
        CHECK(parsed.error().file == "l.yaml");
        CHECK(parsed.error().line == mistake.line);
        REQUIRE_FALSE(parsed.error().args.empty());
        CHECK(parsed.error().args[0] == mistake.firstArg);
    }
}

TEST_CASE("steps are found where they happen", "[lesson]")
{
    const Lesson lesson = lessonWith(
        step("start") + step("{sent: {host: client, flags: SYN}}") +
        step("{flight: {host: client, flags: SYN, percent: 25}}") +
        step("{flight: {host: client, flags: SYN, percent: 75}}") + step("{arrived: {host: server, flags: SYN}}") +
        step("{state: {host: server, is: SYN-RECEIVED}}") +
        step("{timer-started: {host: server, timer: retransmission}}") + step("{app: {host: client, call: opened}}") +
        step("{flight: {host: client, flags: ACK}}") + step("end"));
    const auto bound = bindSteps(lesson, handshake());
    REQUIRE(bound.size() == 10);
    for (const BoundStep& b : bound)
        CHECK(b.found);
    // Sent at 10 ms, 20 ms on the way; the SYN,ACK arrives at 50 ms.
    const std::vector<std::int64_t> times{0, 10, 15, 25, 30, 30, 30, 50, 60};
    for (std::size_t i = 0; i < times.size(); ++i) {
        INFO("step " << i + 1);
        CHECK(milliseconds(bound[i].at) == times[i]);
    }
    CHECK(bound.back().at == handshake().end());
    CHECK(bound[1].packet == bound[3].packet);
    CHECK(bound[1].host == NodeId(0));
    CHECK(bound[4].host == NodeId(1));
    CHECK(bound[5].conn);
}

TEST_CASE("equal steps find one event after the other, and nth counts from the step before", "[lesson]")
{
    const std::string twoSegments = step("{sent: {host: client}}") + step("{sent: {host: client}}");
    const auto bound = bindSteps(lessonWith(twoSegments), handshake());
    CHECK(milliseconds(bound[0].at) == 10); // SYN
    CHECK(milliseconds(bound[1].at) == 50); // ACK
    const auto third =
        bindSteps(lessonWith(step("{arrived: {host: client}}") + step("{sent: {host: client, nth: 2}}")), handshake());
    CHECK(milliseconds(third[0].at) == 50);
    CHECK(milliseconds(third[1].at) == 100); // at 50 ms the ACK, then the data
}

TEST_CASE("a lesson that agrees with its run has no mistakes", "[lesson]")
{
    const Lesson lesson =
        lessonWith(step("start", "    claims: {client.state: CLOSED, server.state: LISTEN}\n") +
                   step("{flight: {host: client, flags: SYN}}",
                        "    claims: {packet.seq: x, packet.flags: SYN, packet.len: 0, client.state: SYN-SENT, "
                        "client.SND.NXT: x+1, client.RTO: 1 s}\n") +
                   step("{arrived: {host: client}}", "    claims: {packet.seq: y, packet.ack: x+1, packet.flags: "
                                                     "\"ACK, SYN\", client.RCV.NXT: y+1, client.ISS: 100}\n") +
                   step("{state: {host: server, is: ESTABLISHED}}",
                        "    claims: {server.state: ESTABLISHED, server.SND.UNA: y+1, packet.seq: 101}\n"));
    CHECK(checkLesson(lesson, handshake()).empty());
}

TEST_CASE("what the run does not show is a mistake, with its line", "[lesson]")
{
    const auto errorsOf = [](const std::string& steps) { return checkLesson(lessonWith(steps), handshake()); };
    using Ids = std::vector<InputErrorId>;

    const auto claim = errorsOf(
        step("{arrived: {host: server, flags: SYN}}", "    claims: {server.state: ESTABLISHED, packet.seq: x}\n"));
    REQUIRE(idsOf(claim) == Ids{InputErrorId::ClaimNotShown});
    CHECK(claim[0].args == std::vector<std::string>{"1", "server.state: ESTABLISHED", "SYN-RECEIVED"});
    CHECK(claim[0].line == 11);
    CHECK(claim[0].file == "folder/l.yaml");

    const auto never = errorsOf(step("{lost: {host: client, flags: SYN}}"));
    REQUIRE(idsOf(never) == Ids{InputErrorId::StepNeverHappens});
    CHECK(never[0].args == std::vector<std::string>{"1", "lost {host: client, flags: \"SYN\"}"});
    CHECK(never[0].line == 8);

    const auto order =
        errorsOf(step("{state: {host: client, is: ESTABLISHED}}") + step("{sent: {host: client, flags: SYN}}"));
    REQUIRE(idsOf(order) == Ids{InputErrorId::StepsOutOfOrder});
    CHECK(order[0].args.at(0) == "2");

    CHECK(idsOf(errorsOf(step("{sent: {host: nobody}}"))) == Ids{InputErrorId::UnknownHost});
    CHECK(idsOf(errorsOf(step("start", "    claims: {nobody.state: CLOSED}\n"))) == Ids{InputErrorId::UnknownHost});
    CHECK(idsOf(errorsOf("  - at: start\n    heading: {en: h}\n    text: {zh: 文}\n")) ==
          Ids{InputErrorId::MissingTranslation, InputErrorId::MissingTranslation});

    // A word in braces that has no value there: no packet belongs to the start.
    const auto empty = errorsOf("  - at: start\n    heading: h\n    text: \"{ack}\"\n");
    REQUIRE_FALSE(empty.empty());
    CHECK(empty[0].id == InputErrorId::ClaimNotShown);
    CHECK(empty[0].args.at(1) == "{ack}");
}

TEST_CASE("words in braces are filled from the run, in every number style", "[lesson]")
{
    const Lesson lesson = lessonWith(step("{arrived: {host: client}}") + step("{sent: {host: client, nth: 2}}"));
    const Trace& trace = handshake();
    const auto bound = bindSteps(lesson, trace);
    const MomentIndex moments(trace);
    const Symbols symbols(trace);
    const auto fill = [&](std::size_t i, std::string_view text, NumberStyle style) {
        return fillPlaceholders(text, bound[i], trace, moments, symbols, style);
    };

    const std::string text = "{flags} seq {seq} ack {ack}, next {ack+1}; x={x} y={y}; {state} {server.state}; "
                             "{client.RCV.NXT}; {client.RTO}; {len} {win} at {time}";
    CHECK(fill(0, text, NumberStyle::Symbolic) ==
          "SYN,ACK seq y ack x+1, next x+2; x=x y=y; ESTABLISHED SYN-RECEIVED; y+1; 1 s; 0 65535 at 50 ms");
    CHECK(fill(0, text, NumberStyle::Raw) ==
          "SYN,ACK seq 300 ack 101, next 102; x=100 y=300; ESTABLISHED SYN-RECEIVED; 301; 1 s; 0 65535 at 50 ms");
    CHECK(fill(0, "{seq} {ack} {x}", NumberStyle::Relative) == "0 1 0");
    CHECK(fill(1, "{len} octets from {seq}: next {seq+5}", NumberStyle::Symbolic) == "5 octets from x+1: next x+6");
    CHECK(fill(1, "no braces", NumberStyle::Raw) == "no braces");
    CHECK(fill(1, "{nonsense}", NumberStyle::Raw) == "{nonsense}");
}

TEST_CASE("the example of docs/lesson-format.md agrees with its run", "[lesson]")
{
    std::ostringstream page;
    page << std::ifstream(PACKETARIUM_SOURCE_ROOT "/docs/lesson-format.md").rdbuf();
    const std::string text = page.str();
    const std::size_t begin = text.find("packetarium: lesson\n");
    REQUIRE(begin != std::string::npos);
    const auto lesson = parseLesson(text.substr(begin, text.find("```", begin) - begin), "example.yaml");
    REQUIRE(lesson.ok());
    Engine engine(loadLessonScenario(lesson.value()).value());
    engine.runToEnd();
    CHECK(checkLesson(lesson.value(), engine.trace()).empty());
}

TEST_CASE("every placeholder that is listed is understood", "[lesson]")
{
    for (std::string name : placeholderNames()) {
        INFO(name);
        if (name.starts_with("HOST"))
            name.replace(0, 4, "client");
        CHECK(parsePlaceholder(name).has_value());
    }
    CHECK_FALSE(parsePlaceholder("seq+").has_value());
    CHECK_FALSE(parsePlaceholder("seq+x").has_value());
    CHECK_FALSE(parsePlaceholder("client.").has_value());
    CHECK_FALSE(parsePlaceholder(".state").has_value());
    CHECK_FALSE(parsePlaceholder("").has_value());
}

TEST_CASE("a lesson's scenario is a built-in one or a file beside it", "[lesson]")
{
    Lesson lesson;
    lesson.file = "/no/where/lesson.yaml";
    lesson.scenario = "beside.yaml";
    const auto beside = loadLessonScenario(lesson);
    REQUIRE_FALSE(beside.ok());
    CHECK(beside.error().file == "/no/where/beside.yaml");
    lesson.scenario = "no-such";
    CHECK(loadLessonScenario(lesson).error().id == InputErrorId::UnknownScenario);
    CHECK(loadLesson("no-such").error().id == InputErrorId::UnknownLesson);
}

TEST_CASE("every built-in lesson agrees with its run, in both languages", "[lesson]")
{
    for (const std::string& name : builtinLessonNames()) {
        INFO(name);
        const auto lesson = loadLesson(name);
        REQUIRE(lesson.ok());
        const auto scenario = loadLessonScenario(lesson.value());
        REQUIRE(scenario.ok());
        EngineOptions options;
        options.layers = true;
        Engine engine(scenario.value(), options);
        engine.runToEnd();
        for (const InputError& error : checkLesson(lesson.value(), engine.trace()))
            FAIL_CHECK("error " << static_cast<int>(error.id) << " line " << error.line << ": " << error.args.at(0)
                                << " " << (error.args.size() > 1 ? error.args[1] : "") << " "
                                << (error.args.size() > 2 ? error.args[2] : ""));
    }
}

} // namespace packetarium::lesson_test
