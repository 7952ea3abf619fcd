// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/captures.h"

#include "app/cli/commands.h"
#include "app/cli/journey_list.h"
#include "app/cli/ladder.h"
#include "core/capture/capture_run.h"
#include "core/trace/moment.h"
#include "core/trace/trace_json.h"
#include "ui/i18n/catalogue_capture.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace packetarium::cli {
namespace {

constexpr std::size_t kMostListed = 40;
constexpr std::uint64_t kMostInLadder = 2'000; ///< packets

std::optional<InputError> notForCaptures(const Arguments& arguments)
{
    const auto refused = [](const char* option) { return InputError{InputErrorId::NotForCaptures, {option}, {}}; };
    if (arguments.until)
        return refused("--until");
    if (arguments.seed)
        return refused("--seed");
    if (arguments.profile)
        return refused("--profile");
    return std::nullopt;
}

Result<CaptureChoice, InputError> choiceOf(const Arguments& arguments, const CaptureIndex& index)
{
    if (!arguments.conversation)
        return firstChoice(index);
    const std::string& word = *arguments.conversation;
    if (word == "all")
        return CaptureChoice{};
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (error != std::errc() || end != word.data() + word.size() || number == 0 || number > index.conversations.size())
        return InputError{
            InputErrorId::NoSuchConversation, {word, std::to_string(index.conversations.size())}, index.file};
    return CaptureChoice{number - 1};
}

struct Opened {
    CaptureIndex index;
    CapturedRun run;
};

Result<Opened, InputError> open(const Arguments& arguments, const CaptureLimits& limits)
{
    if (auto refused = notForCaptures(arguments))
        return *refused;
    CaptureProgress progress;
    auto index = indexCapture(arguments.names.front(), progress);
    if (!index)
        return index.error();
    const auto choice = choiceOf(arguments, index.value());
    if (!choice)
        return choice.error();
    auto run = readCapture(index.value(), choice.value(), progress, limits);
    if (!run)
        return run.error();
    Opened opened{std::move(index).value(), std::move(run).value()};
    describe(opened.run, opened.index);
    return opened;
}

/// What is in the file, and what there is to know about it.
std::string overview(const Opened& opened, Language language)
{
    const bool zh = language == Language::Chinese;
    const auto& conversations = opened.index.conversations;
    std::string text =
        textIn(opened.run.scenario.title, language) + "\n" + textIn(opened.run.scenario.summary, language) + "\n";
    for (const CaptureNote& note : opened.run.notes)
        if (note.kind != CaptureNote::Kind::Inferred) // the summary says it
            text += sentenceFor(note, language) + "\n";
    text += "\n";
    for (std::size_t i = 0; i < conversations.size() && i < kMostListed; ++i) {
        const bool shown = !opened.run.choice.conversation || *opened.run.choice.conversation == i;
        text += fmt::format("{:>4} {} {}\n", i + 1, shown ? '*' : ' ', lineFor(conversations[i], language));
    }
    if (conversations.size() > kMostListed)
        text += fmt::format(fmt::runtime(zh ? "     ……另有 {} 个会话\n" : "     ... and {} more conversations\n"),
                            conversations.size() - kMostListed);
    return text + "\n";
}

} // namespace

bool isCapture(const std::string& name)
{
    std::ifstream file(name, std::ios::binary);
    std::array<char, 4> start{};
    if (!file.is_open() || std::filesystem::is_directory(name))
        return false;
    if (!file.read(start.data(), start.size()))
        return isNamedLikeCapture(name);
    Bytes bytes(start.begin(), start.end());
    return looksLikeCapture(bytes);
}

int printCapture(const Arguments& arguments, Language language)
{
    CaptureLimits limits;
    limits.packets = kMostInLadder;
    auto opened = open(arguments, limits);
    if (!opened)
        return complain(opened.error(), language, kBadInput);
    const Trace& trace = opened.value().run.trace;
    JourneyList how;
    how.layers = arguments.layers;
    // A ladder has two sides, and segments only.
    const auto isTcp = [](const PacketInfo& p) {
        return p.protocol == Protocol::Tcp || p.protocol == Protocol::Http || p.protocol == Protocol::Tls;
    };
    bool tcpOnly = trace.nodes().size() == 2;
    for (const PacketInfo& packet : trace.packets())
        tcpOnly = tcpOnly && isTcp(packet);
    const bool asList = !tcpOnly || arguments.layers;
    return writeOut(overview(opened.value(), language) + (asList ? journeyList(trace, how, language) : ladder(trace)),
                    language);
}

int runCapture(const Arguments& arguments, Language language)
{
    auto opened = open(arguments, {});
    if (!opened)
        return complain(opened.error(), language, kBadInput);
    const Trace& trace = opened.value().run.trace;
    if (arguments.trace) {
        std::ostringstream lines;
        writeTraceJson(lines, trace);
        if (const int status = writeResult(*arguments.trace, lines.str(), language); status != kOk)
            return status;
    }
    if (arguments.pcap) {
        std::ostringstream capture;
        if (const auto error = writeCapture(capture, trace, arguments.at))
            return complain(*error, language, kBadInput);
        if (const int status = writeResult(*arguments.pcap, capture.str(), language); status != kOk)
            return status;
    }
    if (arguments.trace || arguments.pcap)
        return kOk;
    std::string text = overview(opened.value(), language);
    const Moment end = MomentIndex(trace).at(trace.end());
    for (const ConnMoment& conn : end.conns)
        text += fmt::format("{}:{}  {}\n", trace.nodes()[conn.host.value()].address.toString(), conn.localPort,
                            toString(conn.state));
    return writeOut(text, language);
}

} // namespace packetarium::cli
