// SPDX-License-Identifier: GPL-3.0-or-later
//
// The measure that the other learner tests use must itself notice what is
// wrong; and every built-in scenario must be one that those tests cover.
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "tests/support/exchange.h"
#include "tests/support/places.h"

#include <fstream>
#include <sstream>

namespace packetarium::learner_exchange_test {

using namespace literals;

TEST_CASE("an exchange that differs is told in steps", "[learner]")
{
    Exchange wrongNumber("why-not-four");
    wrongNumber.client("SYN", {.seq = 100}).server("SYN,ACK", {.seq = 300, .ack = 100});
    REQUIRE_THAT(wrongNumber.problem(), containsText("client sends SYN SEQ=100"));
    REQUIRE_THAT(wrongNumber.problem(), containsText("2. server sends SYN,ACK SEQ=300 ACK=100"));
    REQUIRE_THAT(wrongNumber.problem(), containsText("but: server sends SYN,ACK SEQ=300 ACK=101"));

    Exchange wrongState("why-not-four");
    wrongState.client("SYN", {.seq = 100}).states("SYN-SENT", "ESTABLISHED");
    REQUIRE_THAT(wrongState.problem(), containsText("but: client is in SYN-SENT, server in SYN-RECEIVED"));

    Exchange tooMany("why-not-four");
    tooMany.client("SYN", {.seq = 100})
        .server("SYN,ACK", {.seq = 300, .ack = 101})
        .client("ACK", {.seq = 101, .ack = 301})
        .client("ACK", {.seq = 101, .ack = 301});
    REQUIRE_THAT(tooMany.problem(), containsText("but: nothing more is sent"));

    Exchange lossUnsaid("third-segment-lost-idle");
    lossUnsaid.client("SYN", {.seq = 100})
        .server("SYN,ACK", {.seq = 300, .ack = 101})
        .client("ACK", {.seq = 101, .ack = 301})
        .server("SYN,ACK", {.seq = 300, .ack = 101});
    REQUIRE_THAT(lossUnsaid.problem(), containsText("but: it is lost"));

    Exchange wrongTime("syn-lost");
    wrongTime.client("SYN", {.seq = 100}).lost().client("SYN", {.seq = 100}).sentAt(1_s + 1_ns);
    REQUIRE_THAT(wrongTime.problem(), containsText("but: at 1.000000 s"));
}

TEST_CASE("every built-in scenario reads, runs to a quiet end and says both languages", "[learner]")
{
    const auto names = builtinScenarioNames();
    REQUIRE(names.size() >= 100);
    for (const std::string& name : names) {
        INFO(name);
        auto scenario = builtinScenario(name);
        REQUIRE(scenario.ok());
        for (const LocalizedText* text : {&scenario.value().title, &scenario.value().summary}) {
            CHECK_FALSE(text->en.empty());
            CHECK_FALSE(text->zh.empty());
        }
        CHECK(scenario.value().until.isNever());
        const auto again = parseScenario(writeScenario(scenario.value()), name + ".yaml");
        REQUIRE(again.ok());
        CHECK(again.value() == scenario.value());
        Engine engine(std::move(scenario).value());
        CHECK(engine.runToEnd() == RunEnd::Quiet);
        for (const Record& r : engine.trace().records())
            CHECK_FALSE((r.kind == RecordKind::Command && r.reason != Reason::None));
    }
}

TEST_CASE("initial sequence numbers for one connection after another are a list; the last one stays", "[learner]")
{
    const auto withIss = [](const std::string& iss) {
        std::string text = writeScenario(builtinScenario("why-not-four").value());
        const std::size_t at = text.find("iss: 300");
        REQUIRE(at != std::string::npos);
        return parseScenario(text.replace(at, 8, "iss: " + iss), "list.yaml");
    };
    REQUIRE(withIss("[300, 400, 4294967295]").ok());
    const TcpConfig tcp = withIss("[300, 400, 4294967295]").value().hosts[1].tcp;
    CHECK(tcp.iss == Seq32(300));
    CHECK(tcp.laterIss == std::vector{Seq32(400), Seq32(4294967295u)});
    CHECK(withIss("[300]").value() == withIss("300").value());
    CHECK(withIss("[300, 4294967296]").error().id == InputErrorId::OutOfRange);
    CHECK(withIss("[300, y]").error().id == InputErrorId::WrongType);
    CHECK(withIss("[300, [400]]").error().id == InputErrorId::WrongType);
    CHECK(withIss("[]").error().id == InputErrorId::WrongType);
    CHECK(withIss("{a: 1}").error().id == InputErrorId::WrongType);

    // Three connections from the server's point of view: 300, 400, and then the last one again and again.
    Scenario scenario = withIss("[300, 400]").value();
    scenario.script.clear();
    scenario.script.push_back({AtTime{}, "server", DoListen{80}});
    for (std::uint16_t i = 0; i < 3; ++i) {
        const SimTime at = SimTime::zero() + (1 + i) * 1_s;
        scenario.script.push_back(
            {AtTime{at}, "client", DoConnect{"server", 80, static_cast<std::uint16_t>(49152 + i)}});
        scenario.script.push_back({AtTime{at + 300_ms}, "client", DoAbort{}});
        scenario.script.push_back({AtTime{at + 600_ms}, "server", DoListen{80}});
    }
    const std::vector<std::uint32_t> expected{300, 400, 400};
    std::vector<std::uint32_t> found;
    Engine engine(scenario);
    engine.runToEnd();
    for (const PacketInfo& packet : engine.trace().packets()) {
        if (packet.flags.toString() == "SYN,ACK")
            found.push_back(packet.seq.value());
    }
    CHECK(found == expected);
}

TEST_CASE("every built-in scenario has its exchange written down in a learner test", "[learner]")
{
    std::string tests;
    for (const char* file : {"learner_opening_test.cpp", "learner_reset_test.cpp", "learner_closing_test.cpp",
                             "learner_network_test.cpp", "learner_windows_test.cpp", "learner_loss_test.cpp",
                             "learner_whatif_test.cpp", "lesson_tcp_test.cpp", "learner_queues_test.cpp"}) {
        std::ifstream in(test::sourceRoot() / "tests/core" / file);
        std::stringstream text;
        text << in.rdbuf();
        tests += text.str();
    }
    for (const std::string& name : builtinScenarioNames()) {
        INFO(name);
        const bool written = tests.find("(\"" + name + "\")") != std::string::npos ||
                             tests.find("x(\"" + name + "\")") != std::string::npos;
        CHECK(written);
    }
}

} // namespace packetarium::learner_exchange_test
