// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"

#include "app/cli/captures.h"
#include "app/cli/journey_list.h"
#include "app/cli/ladder.h"
#include "core/base/atomic_file.h"
#include "core/capture/pcapng_writer.h"
#include "core/engine/engine.h"
#include "core/scenario/builtin_heads.h"
#include "core/scenario/scenario_file.h"
#include "core/trace/moment.h"
#include "core/trace/series.h"
#include "core/trace/trace_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <sstream>

namespace packetarium::cli {
namespace {

Result<Scenario, InputError> scenarioOf(const Arguments& arguments)
{
    if (arguments.conversation)
        return InputError{InputErrorId::UnexpectedArgument, {"--conversation"}, {}};
    auto loaded = loadScenario(arguments.names.front());
    if (!loaded)
        return loaded;
    Scenario scenario = std::move(loaded).value();
    if (arguments.profile)
        changeProfile(scenario, *arguments.profile);
    if (arguments.seed)
        scenario.seed = *arguments.seed;
    if (arguments.until)
        scenario.until = *arguments.until;
    return scenario;
}

InputError tooLong()
{
    return {InputErrorId::RunTooLong, {std::to_string(EngineOptions().maxEvents)}, {}};
}

std::string summary(const Engine& engine, Language language)
{
    const bool zh = language == Language::Chinese;
    const Trace& trace = engine.trace();
    const Scenario& scenario = engine.scenario();
    const auto count = [&](Fate fate) {
        return std::count_if(trace.packets().begin(), trace.packets().end(),
                             [&](const PacketInfo& p) { return p.fate == fate; });
    };
    const std::string& title = textIn(scenario.title, language);
    std::string text = scenario.name + (title.empty() ? "" : (zh ? "：" : ": ") + title) + "\n";
    if (scenario.isNetwork())
        text += fmt::format(fmt::runtime(zh ? "帧：发出 {} 个，到达 {} 个，丢失 {} 个，仍在途中 {} 个。\n"
                                            : "Frames: {} sent, {} arrived, {} lost, {} still under way.\n"),
                            trace.packets().size(), count(Fate::Arrived), count(Fate::Lost), count(Fate::InFlight));
    else
        text += fmt::format(fmt::runtime(zh ? "报文段：发出 {} 个，到达 {} 个，丢失 {} 个，仍在途中 {} 个。\n"
                                            : "Segments: {} sent, {} arrived, {} lost, {} still under way.\n"),
                            trace.packets().size(), count(Fate::Arrived), count(Fate::Lost), count(Fate::InFlight));
    text += fmt::format(
        fmt::runtime(zh ? "模拟时间：{}；配置：{}；种子：{}。\n" : "Simulated time: {}; profile: {}; seed: {}.\n"),
        durationText(trace.end() - SimTime::zero(), language), toString(scenario.profile), scenario.seed);
    const Moment end = MomentIndex(trace).at(trace.end());
    const auto hasConnections = [&](NodeId host) {
        return std::any_of(trace.conns().begin(), trace.conns().end(),
                           [host](const TraceConn& c) { return c.host == host; });
    };
    constexpr std::size_t kMostHosts = 20;
    std::size_t told = 0;
    for (const HostMoment& host : end.hosts) {
        if (scenario.isNetwork() && (!hasConnections(host.id) || ++told > kMostHosts))
            continue;
        text += fmt::format(
            fmt::runtime(zh ? "{}：{}；程序写入 {}，读取 {}。\n" : "{}: {}; its program wrote {} and read {}.\n"),
            trace.nodes()[host.id.value()].name, toString(host.state), octetsText(host.octetsWritten, language),
            octetsText(host.octetsRead, language));
    }
    if (scenario.isNetwork()) {
        constexpr std::size_t kMostLines = 60;
        return text + "\n" + journeyList(trace, {false, kMostLines}, language);
    }
    for (const Record& r : trace.records())
        if (r.kind == RecordKind::App && r.call() == AppCall::Failed)
            text += fmt::format(
                fmt::runtime(zh ? "{}的程序得知：{}（{}）。\n" : "The program of {} was told: {} (at {}).\n"),
                trace.nodes()[r.host.value()].name, labelOf(r.result(), language),
                durationText(r.at - SimTime::zero(), language));
    return text;
}

} // namespace

namespace {

NodeId nodeNamed(const Trace& trace, std::string_view name)
{
    for (std::size_t i = 0; i < trace.nodes().size(); ++i)
        if (trace.nodes()[i].name == name)
            return NodeId(static_cast<std::uint8_t>(i));
    return {};
}

} // namespace

std::optional<InputError> writeCapture(std::ostream& out, const Trace& trace, const std::optional<std::string>& at)
{
    if (!at) {
        writePcapng(out, trace);
        return std::nullopt;
    }
    if (*at == "all") {
        writePcapngOfAllLinks(out, trace);
        return std::nullopt;
    }
    if (*at == "nodes") {
        writePcapngOfAllNodes(out, trace);
        return std::nullopt;
    }
    if (const NodeId node = nodeNamed(trace, *at)) {
        writePcapng(out, trace, node);
        return std::nullopt;
    }
    const std::size_t comma = at->find(',');
    const NodeId a = nodeNamed(trace, std::string_view(*at).substr(0, comma));
    const NodeId b = comma == std::string::npos ? NodeId() : nodeNamed(trace, std::string_view(*at).substr(comma + 1));
    for (std::size_t i = 0; a && b && i < trace.links().size(); ++i) {
        const TraceLink& link = trace.links()[i];
        if ((link.a == a && link.b == b) || (link.a == b && link.b == a)) {
            writePcapng(out, trace, LinkId(static_cast<std::uint16_t>(i)));
            return std::nullopt;
        }
    }
    std::string choices = "all, nodes";
    for (const TraceNode& node : trace.nodes())
        choices += ", " + node.name;
    return InputError{InputErrorId::NotOneOf, {"--at", *at, choices}, {}};
}

int writeResult(const std::string& file, const std::string& content, Language language)
{
    if (file == "-")
        return writeOut(content, language);
    const auto error = writeFileAtomically(file, content);
    return error ? complain(*error, language, kFailed) : kOk;
}

void complain(const std::string& sentence)
{
    fmt::print(stderr, "packetarium-cli: {}\n", sentence);
}

int complain(const InputError& error, Language language, int status)
{
    complain(sentenceFor(error, language));
    return status;
}

int writeOut(std::string_view text, Language language)
{
    errno = 0;
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (written)
        return kOk;
    const std::string where = language == Language::Chinese ? "标准输出" : "standard output";
    return complain({InputErrorId::FileUnwritable, {std::strerror(errno)}, where}, language, kFailed);
}

int listScenarios(Language language)
{
    std::string text;
    for (const BuiltinHead& head : builtinScenarioHeads())
        text += fmt::format("{}\t{}\t{}\n", head.name, textIn(head.title, language), groupName(head.group, language));
    return writeOut(text, language);
}

int runScenario(const Arguments& arguments, Language language)
{
    if (isCapture(arguments.names.front()))
        return runCapture(arguments, language);
    auto scenario = scenarioOf(arguments);
    if (!scenario)
        return complain(scenario.error(), language, kBadInput);
    EngineOptions options;
    options.layers = arguments.layers;
    Engine engine(std::move(scenario).value(), options);
    if (engine.runToEnd() == RunEnd::TooManyEvents)
        return complain(tooLong(), language, kFailed);
    if (arguments.trace) {
        std::ostringstream lines;
        writeTraceJson(lines, engine.trace());
        if (const int status = writeResult(*arguments.trace, lines.str(), language); status != kOk)
            return status;
    }
    if (arguments.pcap) {
        std::ostringstream capture;
        if (const auto error = writeCapture(capture, engine.trace(), arguments.at))
            return complain(*error, language, kBadInput);
        if (const int status = writeResult(*arguments.pcap, capture.str(), language); status != kOk)
            return status;
    }
    if (arguments.csv) {
        const SeriesIndex index(engine.trace());
        const std::string table = flowCsv(index.busiest() != nullptr ? *index.busiest() : FlowSeries());
        if (const int status = writeResult(*arguments.csv, table, language); status != kOk)
            return status;
    }
    return arguments.trace || arguments.pcap || arguments.csv ? kOk : writeOut(summary(engine, language), language);
}

int printScenario(const Arguments& arguments, Language language)
{
    if (isCapture(arguments.names.front()))
        return printCapture(arguments, language);
    auto scenario = scenarioOf(arguments);
    if (!scenario)
        return complain(scenario.error(), language, kBadInput);
    EngineOptions options;
    options.layers = arguments.layers;
    Engine engine(std::move(scenario).value(), options);
    if (engine.runToEnd() == RunEnd::TooManyEvents)
        return complain(tooLong(), language, kFailed);
    const std::string& title = textIn(engine.scenario().title, language);
    // A ladder has two sides; more nodes, or their layers, are a list.
    JourneyList how;
    how.layers = arguments.layers;
    const bool asList = engine.scenario().isNetwork() || arguments.layers;
    return writeOut((title.empty() ? engine.scenario().name : title) + "\n\n" +
                        (asList ? journeyList(engine.trace(), how, language) : ladder(engine.trace())),
                    language);
}

} // namespace packetarium::cli
