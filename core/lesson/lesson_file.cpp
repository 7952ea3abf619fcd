// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/placeholders.h"
#include "core/scenario/builtin.h"
#include "core/scenario/builtin_heads.h"
#include "core/scenario/groups.h"
#include "core/scenario/scenario_file.h"

#include <algorithm>

namespace packetarium {
namespace {

constexpr std::size_t kMaxSteps = 200;
constexpr std::size_t kMaxClaims = 50;
constexpr int kMaxNth = 100'000;
constexpr std::array<std::string_view, 11> kEventKeys{
    "sent", "flight", "arrived", "lost", "state", "timer-started", "timer-fired", "app", "layer", "program", "table"};
/// Stable names as their enumerations have them, from the first to the last.
constexpr int kLayerActs = static_cast<int>(LayerAct::Refused) + 1;
constexpr int kTables = kTableKindCount;
constexpr int kTableChanges = static_cast<int>(TableChange::Removed) + 1;
constexpr int kProgramEvents = static_cast<int>(ProgramEvent::Count_);
constexpr std::array kProtocols{Protocol::Arp, Protocol::Icmp, Protocol::Icmpv6, Protocol::Udp,
                                Protocol::Tcp, Protocol::Dns,  Protocol::Http,   Protocol::Tls};

std::string stemOf(std::string_view fileName)
{
    fileName = fileName.substr(fileName.find_last_of('/') + 1);
    return std::string(fileName.substr(0, fileName.find_last_of('.')));
}

/// The stable names of an enumeration with values 0 .. count-1.
template <class Enum>
std::vector<std::string_view> names(int count)
{
    std::vector<std::string_view> result;
    for (int i = 0; i < count; ++i)
        result.push_back(toString(static_cast<Enum>(i)));
    return result;
}

class LessonReader {
public:
    LessonReader(InputReader& in, std::string_view fileName)
        : in_(in)
    {
        lesson_.file = fileName;
        lesson_.name = stemOf(fileName);
    }

    Lesson read(const YamlNode& root)
    {
        const YamlMap top =
            in_.map(root, "", {"packetarium", "version", "chapter", "order", "title", "summary", "scenario", "steps"});
        readHead(in_, top, "lesson");
        in_.require(top, "chapter");
        const int chapter = in_.oneOf(top, "chapter", kLessonChapters);
        if (chapter >= 0)
            lesson_.chapter = kLessonChapters[static_cast<std::size_t>(chapter)];
        in_.number(top, "order", lesson_.order, 0, 9999);
        requiredTexts(top, "title", lesson_.title);
        in_.texts(top, "summary", lesson_.summary);
        in_.require(top, "scenario");
        in_.text(top, "scenario", lesson_.scenario);
        in_.require(top, "steps");
        const auto steps = in_.list(top, "steps", kMaxSteps);
        if (!in_.failed() && steps.empty())
            in_.fail(InputErrorId::OutOfRange, {"steps", "0", "1", std::to_string(kMaxSteps)}, *top.find("steps"));
        for (std::size_t i = 0; i < steps.size() && !in_.failed(); ++i)
            lesson_.steps.push_back(step(steps[i], "steps[" + std::to_string(i + 1) + "]"));
        return std::move(lesson_);
    }

private:
    void requiredTexts(const YamlMap& in, std::string_view key, LocalizedText& out)
    {
        in_.require(in, key);
        stepTexts(in, key, out);
        if (!in_.failed() && in.node && out.empty())
            in_.fail(InputErrorId::WrongType, {in.pathOf(key), "texts", ""}, *in.find(key));
    }

    /// Texts whose words in braces are all known.
    void stepTexts(const YamlMap& in, std::string_view key, LocalizedText& out)
    {
        in_.texts(in, key, out);
        const YamlNode* node = in.find(key);
        if (in_.failed() || !node)
            return;
        const auto check = [&](const std::string& words, const YamlNode& at) {
            if (const auto bad = firstBadPlaceholder(words)) {
                const auto allowed = placeholderNames();
                in_.fail(InputErrorId::UnknownPlaceholder,
                         {*bad, joined(std::vector<std::string_view>(allowed.begin(), allowed.end()))}, at);
            }
        };
        const YamlMap languages{node, {}};
        check(out.en, languages.find("en") ? *languages.find("en") : *node);
        check(out.zh, languages.find("zh") ? *languages.find("zh") : *node);
    }

    LessonStep step(const YamlNode& node, std::string path)
    {
        const YamlMap map = in_.map(node, std::move(path), {"at", "heading", "text", "why", "rfc", "claims"});
        LessonStep step;
        step.line = node.line;
        in_.require(map, "at");
        anchor(map, step.anchor);
        requiredTexts(map, "heading", step.heading);
        requiredTexts(map, "text", step.text);
        stepTexts(map, "why", step.why);
        in_.text(map, "rfc", step.rfc);
        claims(map, step.claims);
        return step;
    }

    void anchor(const YamlMap& step, StepAnchor& out)
    {
        const YamlNode* at = step.find("at");
        if (in_.failed() || !at)
            return;
        if (at->kind != YamlNode::Kind::Map) {
            static constexpr std::array<std::string_view, 2> words{"start", "end"};
            const int index = in_.oneOf(step, "at", words);
            out.kind = index == 1 ? StepAnchor::Kind::End : StepAnchor::Kind::Start;
            return;
        }
        const YamlMap choice = in_.map(*at, step.pathOf("at"), kEventKeys);
        const std::string_view key = in_.exactlyOne(choice, kEventKeys);
        if (in_.failed())
            return;
        if (key == "state") {
            const YamlMap map = in_.map(choice, key, {"host", "is", "nth"});
            out.kind = StepAnchor::Kind::State;
            out.state = enumeration<TcpState>(map, "is", kTcpStateCount);
            hostAndNth(map, out);
        } else if (key == "timer-started" || key == "timer-fired") {
            const YamlMap map = in_.map(choice, key, {"host", "timer", "nth"});
            out.kind = key == "timer-started" ? StepAnchor::Kind::TimerStarted : StepAnchor::Kind::TimerFired;
            out.timer = enumeration<Timer>(map, "timer", kTimerCount);
            hostAndNth(map, out);
        } else if (key == "app") {
            const YamlMap map = in_.map(choice, key, {"host", "call", "nth"});
            out.kind = StepAnchor::Kind::App;
            out.call = enumeration<AppCall>(map, "call", kAppCallCount);
            hostAndNth(map, out);
        } else if (key == "layer") {
            layerAnchor(in_.map(choice, key, {"host", "act", "layer", "flags", "protocol", "nth"}), out);
        } else if (key == "program") {
            const YamlMap map = in_.map(choice, key, {"host", "event", "nth"});
            out.kind = StepAnchor::Kind::Program;
            out.program = enumeration<ProgramEvent>(map, "event", kProgramEvents);
            hostAndNth(map, out);
        } else if (key == "table") {
            const YamlMap map = in_.map(choice, key, {"host", "table", "change", "nth"});
            out.kind = StepAnchor::Kind::Table;
            out.table = enumeration<TableKind>(map, "table", kTables);
            if (map.find("change"))
                out.change = enumeration<TableChange>(map, "change", kTableChanges);
            hostAndNth(map, out);
        } else {
            packetAnchor(choice, key, out);
        }
    }

    void layerAnchor(const YamlMap& map, StepAnchor& out)
    {
        out.kind = StepAnchor::Kind::Layer;
        out.act = enumeration<LayerAct>(map, "act", kLayerActs);
        std::vector<std::string_view> layers;
        for (int i = 0; i <= static_cast<int>(Layer::Application); ++i)
            layers.push_back(layerName(static_cast<Layer>(i)));
        if (const int index = in_.oneOf(map, "layer", layers); index >= 0)
            out.layer = static_cast<Layer>(index);
        hostAndNth(map, out);
        contents(map, out);
    }

    void packetAnchor(const YamlMap& choice, std::string_view key, StepAnchor& out)
    {
        if (key == "flight") {
            out.kind = StepAnchor::Kind::Flight;
            const YamlMap map = in_.map(choice, key, {"host", "flags", "protocol", "nth", "percent"});
            in_.number(map, "percent", out.percent, 0, 100);
            hostAndNth(map, out);
            contents(map, out);
            return;
        }
        out.kind = key == "sent"      ? StepAnchor::Kind::Sent
                   : key == "arrived" ? StepAnchor::Kind::Arrived
                                      : StepAnchor::Kind::Lost;
        const YamlMap map = in_.map(choice, key, {"host", "flags", "protocol", "nth"});
        hostAndNth(map, out);
        contents(map, out);
    }

    /// What the packet must carry.
    void contents(const YamlMap& map, StepAnchor& out)
    {
        flags(map, out.flags);
        std::vector<std::string_view> protocols;
        for (const Protocol protocol : kProtocols)
            protocols.push_back(toString(protocol));
        if (const int index = in_.oneOf(map, "protocol", protocols); index >= 0)
            out.protocol = kProtocols[static_cast<std::size_t>(index)];
    }

    void hostAndNth(const YamlMap& map, StepAnchor& out)
    {
        in_.require(map, "host");
        in_.text(map, "host", out.host);
        in_.number(map, "nth", out.nth, 1, kMaxNth);
    }

    /// Kept in one spelling: "SYN,ACK".
    void flags(const YamlMap& map, std::string& out)
    {
        static constexpr std::array<std::string_view, 8> known{"FIN", "SYN", "RST", "PSH",
                                                               "ACK", "URG", "ECE", "CWR"}; // by bit
        std::string text;
        in_.text(map, "flags", text);
        std::erase(text, ' ');
        TcpFlags bits;
        for (std::string_view rest = text; !in_.failed() && !rest.empty();) {
            const std::string_view word = rest.substr(0, rest.find(','));
            rest.remove_prefix(std::min(rest.size(), word.size() + 1));
            const auto it = std::find(known.begin(), known.end(), word);
            if (it == known.end())
                in_.fail(InputErrorId::NotOneOf, {map.pathOf("flags"), std::string(word), joined(known)},
                         *map.find("flags"));
            else
                bits.bits = static_cast<std::uint8_t>(bits.bits | 1 << (it - known.begin()));
        }
        out = bits.toString();
    }

    template <class Enum>
    std::optional<Enum> enumeration(const YamlMap& map, std::string_view key, int count)
    {
        in_.require(map, key);
        const int index = in_.oneOf(map, key, names<Enum>(count));
        return index < 0 ? std::nullopt : std::optional(static_cast<Enum>(index));
    }

    void claims(const YamlMap& step, std::vector<Claim>& out)
    {
        const YamlNode* node = step.find("claims");
        if (in_.failed() || !node)
            return;
        const std::string path = step.pathOf("claims");
        if (node->kind != YamlNode::Kind::Map) {
            in_.fail(InputErrorId::WrongType, {path, "map", foundText(*node)}, *node);
            return;
        }
        if (node->entries.size() > kMaxClaims)
            in_.fail(InputErrorId::TooMany, {path, std::to_string(kMaxClaims)}, *node);
        for (const YamlEntry& entry : node->entries)
            out.push_back(claim(entry, path));
    }

    Claim claim(const YamlEntry& entry, const std::string& path)
    {
        Claim claim{entry.key.text, entry.value.text, entry.key.line};
        const auto query = parseClaimSubject(claim.subject);
        if (!query)
            in_.fail(InputErrorId::UnknownKey, {claim.subject, path, claimSubjects()}, entry.key);
        else if (entry.value.kind != YamlNode::Kind::Scalar)
            in_.fail(InputErrorId::WrongType, {path + "." + claim.subject, "text", foundText(entry.value)},
                     entry.value);
        else if (query->kind == Query::Kind::HostState && !parseTcpState(claim.value))
            in_.fail(InputErrorId::NotOneOf,
                     {path + "." + claim.subject, claim.value, joined(names<TcpState>(kTcpStateCount))}, entry.value);
        return claim;
    }

    InputReader& in_;
    Lesson lesson_;
};

} // namespace

Result<Lesson, InputError> parseLesson(std::string_view yaml, std::string_view fileName)
{
    const auto tree = parseYamlTree(yaml, fileName);
    if (!tree)
        return tree.error();
    InputReader in(fileName);
    Lesson lesson = LessonReader(in, fileName).read(tree.value());
    if (in.failed())
        return in.error();
    return lesson;
}

Result<Lesson, InputError> loadLesson(const std::string& pathOrName)
{
    if (!looksLikePath(pathOrName)) {
        if (const auto text = builtinText("lesson", pathOrName))
            return parseLesson(*text, pathOrName + ".yaml");
        if (!fileExists(pathOrName)) {
            const auto known = builtinLessonNames();
            return InputError{InputErrorId::UnknownLesson,
                              {pathOrName, joined(std::vector<std::string_view>(known.begin(), known.end()))},
                              {}};
        }
    }
    const auto text = readInputFile(pathOrName);
    if (!text)
        return text.error();
    return parseLesson(text.value(), pathOrName);
}

std::vector<std::string> builtinLessonNames()
{
    std::vector<std::string> names;
    for (const BuiltinHead& head : builtinLessonHeads())
        names.push_back(head.name);
    return names;
}

Result<Scenario, InputError> loadLessonScenario(const Lesson& lesson)
{
    if (!looksLikePath(lesson.scenario))
        return builtinScenario(lesson.scenario);
    const bool absolute = lesson.scenario.starts_with('/');
    const std::size_t slash = lesson.file.find_last_of('/');
    const std::string folder =
        absolute || slash == std::string::npos ? std::string() : lesson.file.substr(0, slash + 1);
    return loadScenario(folder + lesson.scenario);
}

} // namespace packetarium
