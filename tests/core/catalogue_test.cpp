// SPDX-License-Identifier: GPL-3.0-or-later
// Every id has its words in both languages, and captions of real runs are whole sentences.
#include "core/base/utf8.h"
#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "ui/i18n/catalogue.h"
#include "ui/i18n/catalogue_captions.h"
#include "ui/i18n/catalogue_packets.h"

namespace packetarium::catalogue_test {

namespace {

constexpr Language kLanguages[] = {Language::English, Language::Chinese};

bool hasIdeograph(std::string_view text)
{
    return std::any_of(text.begin(), text.end(), [](char c) {
        return static_cast<unsigned char>(c) >= 0xE4 && static_cast<unsigned char>(c) <= 0xE9;
    });
}

void checkText(std::string_view text, Language language)
{
    INFO(text);
    CHECK_FALSE(text.empty());
    CHECK(isUtf8(text));
    CHECK(text.find('!') == std::string_view::npos);
    CHECK(text.find("！") == std::string_view::npos);
    CHECK(text.find("  ") == std::string_view::npos);
    CHECK(text.find("{}") == std::string_view::npos);
    if (language == Language::English)
        CHECK_FALSE(hasIdeograph(text));
}

/// A sentence ends with a full stop of its language.
void checkSentence(std::string_view text, Language language)
{
    checkText(text, language);
    INFO(text);
    CHECK(text.ends_with(language == Language::English ? "." : "。"));
    if (language == Language::Chinese)
        CHECK(hasIdeograph(text));
}

template <class Enum>
void checkAll(int first, int count, bool labels, bool sentences)
{
    for (int i = first; i < count; ++i)
        for (const Language language : kLanguages) {
            INFO("value " << i);
            const Enum value = static_cast<Enum>(i);
            if constexpr (requires { labelOf(value, language); })
                if (labels)
                    checkText(labelOf(value, language), language);
            if constexpr (requires { explain(value, language); })
                if (sentences)
                    checkSentence(explain(value, language), language);
        }
}

} // namespace

TEST_CASE("every id has its words in both languages", "[catalogue]")
{
    checkAll<Reason>(1, static_cast<int>(Reason::Count_), true, true);
    checkAll<TcpState>(0, kTcpStateCount, false, true);
    checkAll<TcpEvent>(0, kTcpEventCount, true, true);
    checkAll<TcpAction>(0, static_cast<int>(TcpAction::DeleteTcb) + 1, true, true);
    checkAll<Variable>(0, kVariableCount, false, true);
    checkAll<Timer>(0, kTimerCount, true, true);
    checkAll<TimerChange>(0, 3, true, false);
    checkAll<AppCall>(0, kAppCallCount, true, true);
    checkAll<AppResult>(0, static_cast<int>(AppResult::NoPortLeft) + 1, true, true);
    checkAll<CongestionPhase>(0, kCongestionPhaseCount, true, true);
    checkAll<SendLimit>(0, kSendLimitCount, true, true);
    checkAll<Fate>(0, 3, true, false);
    checkAll<Profile>(0, 2, true, true);
    checkAll<NumberStyle>(0, 3, true, false);
    checkAll<FieldId>(0, static_cast<int>(FieldId::TlsProtected) + 1, true, true);
    checkAll<Layer>(0, static_cast<int>(Layer::Application) + 1, true, true);
}

TEST_CASE("every error is a sentence, whatever its arguments", "[catalogue]")
{
    for (int i = 0; i <= static_cast<int>(InputErrorId::NotForCaptures); ++i)
        for (const Language language : kLanguages)
            for (std::size_t args = 0; args <= 5; ++args) {
                InputError error{static_cast<InputErrorId>(i), std::vector<std::string>(args, "thing"), {}, 0, 0};
                const std::string sentence = sentenceFor(error, language);
                INFO(i << ": " << sentence);
                checkText(sentence, language);
                CHECK(sentence.ends_with(language == Language::English ? "." : "。"));
                CHECK(sentence.find('\n') == std::string::npos);
            }
}

TEST_CASE("an error says where", "[catalogue]")
{
    const InputError error{InputErrorId::DuplicateKey, {"seed"}, "demo.yaml", 3, 5};
    CHECK(placeOf(error, Language::English) == "demo.yaml, line 3, column 5");
    CHECK(placeOf(error, Language::Chinese) == "demo.yaml，第 3 行第 5 列");
    CHECK(sentenceFor(error, Language::English) ==
          "demo.yaml, line 3, column 5: \"seed\" stands here a second time; keep one.");
    CHECK(sentenceFor(error, Language::Chinese) == "demo.yaml，第 3 行第 5 列：“seed” 重复出现，请只保留一个。");
    CHECK(placeOf({InputErrorId::DuplicateKey, {}, {}, 0, 0}, Language::English).empty());
}

TEST_CASE("what is quoted from a file stays on one line, short, and UTF-8", "[catalogue]")
{
    const std::string line = sentenceFor({InputErrorId::DuplicateKey, {"a\nb\tc"}, {}, 0, 0}, Language::English);
    CHECK_THAT(line, containsText("\"a b c\""));
    std::string many;
    for (int i = 0; i < 500; ++i)
        many += "你";
    CHECK(sentenceFor({InputErrorId::DuplicateKey, {many}, {}, 0, 0}, Language::Chinese).size() < 400);
    CHECK(isUtf8(sentenceFor({InputErrorId::DuplicateKey, {many}, {}, 0, 0}, Language::Chinese)));
    CHECK(isUtf8(sentenceFor({InputErrorId::DuplicateKey, {"\xFF\xFE"}, {}, 0, 0}, Language::Chinese)));
}

TEST_CASE("durations and counts as people write them", "[catalogue]")
{
    const auto en = [](SimDuration d) { return durationText(d, Language::English); };
    CHECK(en(SimDuration()) == "0 ms");
    CHECK(en(SimDuration::nanoseconds(7)) == "7 ns");
    CHECK(en(SimDuration::nanoseconds(1'250)) == "1.25 µs");
    CHECK(en(SimDuration::milliseconds(20)) == "20 ms");
    CHECK(en(SimDuration::milliseconds(1'500)) == "1.5 s");
    CHECK(en(SimDuration::seconds(60)) == "60 s");
    CHECK(en(SimDuration::seconds(240)) == "4 min");
    CHECK(en(SimDuration::milliseconds(-20)) == "-20 ms");
    CHECK(durationText(SimDuration::seconds(240), Language::Chinese) == "4 分钟");
    CHECK(octetsText(1, Language::English) == "1 octet");
    CHECK(octetsText(1'460, Language::English) == "1,460 octets");
    CHECK(octetsText(12'345'678, Language::Chinese) == "12,345,678 字节");
}

TEST_CASE("the language of a locale", "[catalogue]")
{
    CHECK(parseLanguage("zh_CN.UTF-8") == Language::Chinese);
    CHECK(parseLanguage("zh") == Language::Chinese);
    CHECK(parseLanguage("zh-Hans") == Language::Chinese);
    CHECK(parseLanguage("en_GB") == Language::English);
    CHECK_FALSE(parseLanguage("C").has_value());
    CHECK_FALSE(parseLanguage("zho").has_value());
    CHECK_FALSE(parseLanguage("").has_value());
    CHECK(textIn({"only", ""}, Language::Chinese) == "only");
    CHECK(textIn({"both", "都"}, Language::Chinese) == "都");
}

TEST_CASE("Chinese is spaced as it should be", "[catalogue]")
{
    CHECK(tidyChinese("把 5 字节 交给 TCP。") == "把 5 字节交给 TCP。");
    CHECK(tidyChinese("2 MSL计时器") == "2 MSL 计时器");
    CHECK(tidyChinese("等了20 ms，") == "等了 20 ms，");
}

namespace {

/// The caption's text without what it quotes from the run: what a program read or said, and titles of packets, which may
/// be in any language and may ask ("DNS A? www.example.com"). A caption may quote the packets sent at its instant.
std::string withoutQuotes(std::string text, const Trace& trace, const Record& record, Language language)
{
    std::vector<std::string> quotes;
    for (const Record& r : trace.records())
        if (r.at == record.at) {
            quotes.emplace_back(trace.textOf(r));
            if (r.packet)
                quotes.push_back(packetTitle(summarize(trace.bytes(r.packet)), language));
        }
    for (const std::string& quote : quotes)
        for (std::size_t at = 0; !quote.empty() && (at = text.find(quote, at)) != std::string::npos; ++at)
            text.replace(at, quote.size(), "x");
    if (text.ends_with("x")) // the question's own mark ended the sentence
        text += language == Language::English ? "." : "。";
    return text;
}

} // namespace

TEST_CASE("captions of every built-in run are whole sentences in both languages", "[catalogue]")
{
    for (const std::string& name : builtinScenarioNames()) {
        INFO(name);
        Engine engine(builtinScenario(name).value());
        engine.runToEnd();
        const Trace& trace = engine.trace();
        const Symbols symbols(trace);
        for (std::size_t i = 0; i < trace.records().size(); ++i)
            for (const Language language : kLanguages) {
                const EventCaption caption = captionFor(trace, symbols, i, NumberStyle::Symbolic, language);
                const RecordKind kind = trace.records()[i].kind;
                const bool seen = kind == RecordKind::PacketSent || kind == RecordKind::PacketArrived ||
                                  kind == RecordKind::PacketLost || kind == RecordKind::StateChange;
                INFO("record " << i);
                if (seen)
                    CHECK_FALSE(caption.empty());
                if (caption.empty())
                    continue;
                checkText(caption.heading, language);
                const std::string text = withoutQuotes(caption.text, trace, trace.records()[i], language);
                checkSentence(text, language);
                if (!caption.why.empty())
                    checkSentence(caption.why, language);
                CHECK(text.find('?') == std::string::npos);
            }
    }
}

TEST_CASE("captions have the numbers of the run, in the style asked for", "[catalogue]")
{
    const auto scenario =
        parseScenario("packetarium: scenario\nversion: 1\nhosts:\n  client: {address: 10.0.0.1, iss: 100}\n  server: "
                      "{address: 10.0.0.2, iss: 300}\nscript:\n"
                      "  - {at: 0 ms, host: server, listen: 80}\n  - {at: 1 ms, host: client, connect: {to: server}}\n",
                      "s.yaml");
    REQUIRE(scenario.ok());
    Engine engine(scenario.value());
    engine.runToEnd();
    const Trace& trace = engine.trace();
    std::vector<std::size_t> sent;
    for (std::size_t i = 0; i < trace.records().size(); ++i)
        if (trace.records()[i].kind == RecordKind::PacketSent)
            sent.push_back(i);
    REQUIRE(sent.size() == 3);
    const auto text = [&](std::size_t i, NumberStyle style) {
        return captionFor(trace, sent[i], style, Language::English).text;
    };
    CHECK_THAT(text(0, NumberStyle::Symbolic), containsText("seq = x:"));
    CHECK_THAT(text(0, NumberStyle::Raw), containsText("seq = 100:"));
    CHECK_THAT(text(1, NumberStyle::Symbolic), containsText("ack = x+1"));
    CHECK_THAT(text(1, NumberStyle::Relative), containsText("seq = 0"));
    CHECK_THAT(text(2, NumberStyle::Symbolic), containsText("ack = y+1"));
    CHECK(captionFor(trace, sent[0], NumberStyle::Symbolic, Language::English).heading == "Client sends SYN");
    CHECK(captionFor(trace, sent[1], NumberStyle::Symbolic, Language::Chinese).heading == "服务器发送 SYN,ACK");
    CHECK(captionFor(trace, sent[1], NumberStyle::Symbolic, Language::English).rfc == clauseOf(Reason::SentSynAck));
    CHECK(captionFor(trace, trace.records().size() + 5, NumberStyle::Raw, Language::English).empty());
}

TEST_CASE("captions name what a scenario is about", "[catalogue]")
{
    const auto all = [](const char* scenario, Language language) {
        Engine engine(builtinScenario(scenario).value());
        engine.runToEnd();
        std::string told;
        for (std::size_t i = 0; i < engine.trace().records().size(); ++i) {
            const EventCaption caption = captionFor(engine.trace(), i, NumberStyle::Symbolic, language);
            told += caption.heading + '|' + caption.text + '\n';
        }
        return told;
    };
    const std::string shut = all("zero-window", Language::English);
    CHECK_THAT(shut, containsText("The window is 0 now: nothing more may be sent."));
    CHECK_THAT(shut, containsText("1 octet reaches the server|"));
    CHECK_THAT(shut, containsText("The program reads all 1,000 octets."));
    CHECK_THAT(shut, containsText("ACK reaches the client|The window is open again, with room for 1,000 octets. "
                                  "The client goes on and sends 500 octets."));
    CHECK_THAT(all("zero-window", Language::Chinese),
               containsText("窗口重新打开，还可容纳 1,000 字节。客户端接着发送 500 字节。"));
    // FlightSize is nine segments of 1,000 octets, ssthresh half of it (RFC 5681, equation 4).
    CHECK_THAT(all("fast-retransmit", Language::English),
               containsText(
                   "Client sends 1,000 octets again|The third duplicate ACK has come: this segment is taken for lost. "
                   "ssthresh falls to 4,500 octets."));
}

} // namespace packetarium::catalogue_test
