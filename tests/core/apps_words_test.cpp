// SPDX-License-Identifier: GPL-3.0-or-later
// Every program event and trouble has its words, and sentences come out right in both languages.
#include "tests/support/apps_rig.h"
#include "tests/support/catch.h"
#include "ui/i18n/catalogue_programs.h"

#include <set>

namespace packetarium::apps_words_test {

using namespace literals;
using namespace testing;

namespace {

constexpr Language kLanguages[] = {Language::English, Language::Chinese};

std::string sentence(ProgramEvent event, std::uint64_t value, std::string_view text, ProgramTrouble trouble,
                     Language language)
{
    Trace trace;
    TraceNode client;
    client.name = "client";
    trace.setNodes({client});
    Record record;
    record.kind = RecordKind::Program;
    record.host = NodeId(0);
    record.a = static_cast<std::uint8_t>(event);
    record.b = static_cast<std::uint8_t>(trouble);
    record.value = value;
    trace.append(record, text);
    return programSentence(trace, trace.records()[0], language);
}

} // namespace

TEST_CASE("every program event and trouble has a label, each its own", "[catalogue]")
{
    for (const Language language : kLanguages) {
        std::set<std::string_view> seen;
        for (int i = 0; i < static_cast<int>(ProgramEvent::Count_); ++i) {
            const std::string_view label = labelOf(static_cast<ProgramEvent>(i), language);
            CHECK_FALSE(label.empty());
            CHECK(seen.insert(label).second);
        }
        seen.clear();
        for (int i = 1; i <= static_cast<int>(ProgramTrouble::NoNameServer); ++i) {
            const std::string_view label = labelOf(static_cast<ProgramTrouble>(i), language);
            CHECK_FALSE(label.empty());
            CHECK(seen.insert(label).second);
        }
    }
}

TEST_CASE("every program event is a sentence, with its value and text in it", "[catalogue]")
{
    for (int i = 0; i < static_cast<int>(ProgramEvent::Count_); ++i) {
        const auto event = static_cast<ProgramEvent>(i);
        for (const ProgramTrouble trouble : {ProgramTrouble::None, ProgramTrouble::NoAnswer}) {
            for (const Language language : kLanguages) {
                const std::string s = sentence(event, 7, "alpha beta", trouble, language);
                INFO(s);
                CHECK(s.ends_with(language == Language::English ? "." : "。"));
                CHECK(s.find("  ") == std::string::npos);
                CHECK(s.find("{") == std::string::npos);
                CHECK(s.find("!") == std::string::npos);
                CHECK(s.starts_with(language == Language::English      ? "The client"
                                    : event == ProgramEvent::TurnTaken ? "轮到客户端"
                                                                       : "客户端"));
            }
        }
    }
    CHECK(sentence(ProgramEvent::DatagramSent, 5, "10.0.0.2:7", {}, Language::English) ==
          "The client sends a datagram of 5 octets to 10.0.0.2:7.");
    CHECK(sentence(ProgramEvent::DatagramSent, 5, "10.0.0.2:7", {}, Language::Chinese) ==
          "客户端向 10.0.0.2:7 发送 5 字节的数据报。");
    CHECK(sentence(ProgramEvent::DatagramReceived, 5, "10.0.0.2:7", {}, Language::Chinese) ==
          "客户端收到来自 10.0.0.2:7 的 5 字节数据报。");
    CHECK(sentence(ProgramEvent::PingAnswered, 20'000'000, "10.0.0.2", {}, Language::English) ==
          "The client has an answer from 10.0.0.2 after 20 ms.");
    CHECK(sentence(ProgramEvent::ResolveAnswered, 0, "www.example.com 93.184.216.34", {}, Language::English) ==
          "The client knows now: www.example.com is 93.184.216.34.");
    CHECK(sentence(ProgramEvent::NameReferred, 0, "com a.nic.com", {}, Language::Chinese) ==
          "客户端不知道答案，但知道该问谁：com 归 a.nic.com 管。");
    CHECK(sentence(ProgramEvent::PingRefused, 1, "", ProgramTrouble::NotReachable, Language::English) ==
          "The client learns from its own network layer that its echo request did not get there: no route.");
    CHECK(sentence(ProgramEvent::TransferCut, 1500, "", ProgramTrouble::NoAnswer, Language::Chinese) ==
          "客户端的传输中断：没有应答。已确保 1,500 字节。");
    CHECK(programSentence(Trace(), Record(), Language::English).empty());
}

} // namespace packetarium::apps_words_test
