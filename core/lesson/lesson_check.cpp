// SPDX-License-Identifier: GPL-3.0-or-later
// What a lesson says against what its run shows.
#include "core/lesson/placeholders.h"
#include "core/scenario/quantities.h"

#include <algorithm>
#include <set>

namespace packetarium {
namespace {

/// "sent {host: client, flags: SYN}": the anchor as its file writes it.
std::string describe(const StepAnchor& anchor)
{
    const auto map = [&](std::string_view word, std::string what) {
        std::string text = std::string(word) + " {host: " + anchor.host + (what.empty() ? "" : ", " + what);
        if (anchor.nth != 1)
            text += ", nth: " + std::to_string(anchor.nth);
        return text + "}";
    };
    std::string flags = anchor.flags.empty() ? std::string() : "flags: \"" + anchor.flags + "\"";
    if (anchor.protocol)
        flags += (flags.empty() ? "protocol: " : ", protocol: ") + std::string(toString(*anchor.protocol));
    switch (anchor.kind) {
    case StepAnchor::Kind::Start: return "start";
    case StepAnchor::Kind::Sent: return map("sent", flags);
    case StepAnchor::Kind::Flight:
        return map("flight", flags + (flags.empty() ? "" : ", ") + "percent: " + std::to_string(anchor.percent));
    case StepAnchor::Kind::Arrived: return map("arrived", flags);
    case StepAnchor::Kind::Lost: return map("lost", flags);
    case StepAnchor::Kind::State:
        return map("state", "is: " + std::string(anchor.state ? toString(*anchor.state) : ""));
    case StepAnchor::Kind::TimerStarted:
        return map("timer-started", "timer: " + std::string(anchor.timer ? toString(*anchor.timer) : ""));
    case StepAnchor::Kind::TimerFired:
        return map("timer-fired", "timer: " + std::string(anchor.timer ? toString(*anchor.timer) : ""));
    case StepAnchor::Kind::App: return map("app", "call: " + std::string(anchor.call ? toString(*anchor.call) : ""));
    case StepAnchor::Kind::Layer: {
        std::string what = "act: " + std::string(anchor.act ? toString(*anchor.act) : "");
        if (anchor.layer)
            what += ", layer: " + std::string(layerName(*anchor.layer));
        return map("layer", what + (flags.empty() ? "" : ", ") + flags);
    }
    case StepAnchor::Kind::Program:
        return map("program", "event: " + std::string(anchor.program ? toString(*anchor.program) : ""));
    case StepAnchor::Kind::Table: {
        std::string what = "table: " + std::string(anchor.table ? toString(*anchor.table) : "");
        if (anchor.change)
            what += ", change: " + std::string(toString(*anchor.change));
        return map("table", what);
    }
    case StepAnchor::Kind::End: return "end";
    }
    return {};
}

/// "ACK, SYN" and "SYN,ACK" are the same.
std::set<std::string> flagSet(std::string_view text)
{
    std::set<std::string> flags;
    std::string word;
    for (const char c : std::string(text) + ",") {
        if (c == ',' && !word.empty())
            flags.insert(std::exchange(word, {}));
        else if (c != ',' && c != ' ')
            word += c;
    }
    return flags;
}

/// Symbols are printed with a minus sign; people type a hyphen.
std::string withMinus(std::string_view text)
{
    std::string result;
    for (const char c : text)
        result += c == '-' ? std::string("\u2212") : std::string(1, c);
    return result;
}

class Checker {
public:
    Checker(const Lesson& lesson, const Trace& trace)
        : lesson_(lesson)
        , trace_(trace)
        , moments_(trace)
        , symbols_(trace)
    {}

    std::vector<InputError> run()
    {
        translated("title", lesson_.title, 0);
        translated("summary", lesson_.summary, 0);
        const auto bound = bindSteps(lesson_, trace_);
        for (std::size_t i = 0; i < bound.size(); ++i)
            step(i, bound[i]);
        return std::move(errors_);
    }

private:
    void fail(InputErrorId id, std::vector<std::string> args, int line)
    {
        errors_.push_back({id, std::move(args), lesson_.file, line, 0});
    }

    void translated(const std::string& key, const LocalizedText& text, int line)
    {
        if (text.empty())
            return; // whether it may be missing altogether was asked when the file was read
        if (text.en.empty())
            fail(InputErrorId::MissingTranslation, {key, "en"}, line);
        if (text.zh.empty())
            fail(InputErrorId::MissingTranslation, {key, "zh"}, line);
    }

    void step(std::size_t index, const BoundStep& bound)
    {
        const LessonStep& step = lesson_.steps[index];
        const std::string number = std::to_string(index + 1);
        const std::string path = "steps[" + number + "].";
        translated(path + "heading", step.heading, step.line);
        translated(path + "text", step.text, step.line);
        translated(path + "why", step.why, step.line);
        if (!hostsKnown(step))
            return;
        if (!bound.found) {
            // Somewhere in the run, but not after the step before?
            Lesson alone;
            alone.steps = {step};
            const bool elsewhere = bindSteps(alone, trace_).front().found;
            if (elsewhere)
                fail(InputErrorId::StepsOutOfOrder, {number, describe(step.anchor)}, step.line);
            else
                fail(InputErrorId::StepNeverHappens, {number, describe(step.anchor)}, step.line);
            return;
        }
        const StepValues values(bound, trace_, moments_, symbols_);
        for (const Claim& claim : step.claims)
            check(claim, number, values);
        for (const LocalizedText* text : {&step.heading, &step.text, &step.why})
            for (const std::string* words : {&text->en, &text->zh})
                for (const Placeholder& placeholder : placeholdersIn(*words))
                    if (values.text(placeholder.query, NumberStyle::Symbolic).empty())
                        fail(InputErrorId::ClaimNotShown, {number, placeholder.braces, ""}, step.line);
    }

    /// The anchor's host, the claims' and the placeholders'.
    bool hostsKnown(const LessonStep& step)
    {
        std::vector<Query> queries;
        if (!step.anchor.host.empty())
            queries.push_back({Query::Kind::HostState, step.anchor.host, {}, 0});
        for (const Claim& claim : step.claims)
            if (auto query = parseClaimSubject(claim.subject))
                queries.push_back(std::move(*query));
        for (const LocalizedText* text : {&step.heading, &step.text, &step.why})
            for (const std::string* words : {&text->en, &text->zh})
                for (Placeholder& placeholder : placeholdersIn(*words))
                    queries.push_back(std::move(placeholder.query));
        for (const Query& query : queries) {
            if (knowsHost(query, trace_))
                continue;
            std::string names;
            for (const TraceNode& host : trace_.nodes())
                names += (names.empty() ? "" : ", ") + host.name;
            fail(InputErrorId::UnknownHost, {query.host, names}, step.line);
            return false;
        }
        return true;
    }

    void check(const Claim& claim, const std::string& number, const StepValues& values)
    {
        const auto query = parseClaimSubject(claim.subject);
        if (!query)
            return; // refused when the file was read
        const std::string shown = values.text(*query, NumberStyle::Symbolic);
        const auto shownDuration = parseDuration(shown);
        const bool agrees = claim.value == shown || withMinus(claim.value) == shown ||
                            claim.value == values.text(*query, NumberStyle::Raw) ||
                            (query->kind == Query::Kind::Flags && flagSet(claim.value) == flagSet(shown)) ||
                            (shownDuration && parseDuration(claim.value) == shownDuration);
        if (!agrees)
            fail(InputErrorId::ClaimNotShown, {number, claim.subject + ": " + claim.value, shown}, claim.line);
    }

    const Lesson& lesson_;
    const Trace& trace_;
    MomentIndex moments_;
    Symbols symbols_;
    std::vector<InputError> errors_;
};

} // namespace

std::vector<InputError> checkLesson(const Lesson& lesson, const Trace& trace)
{
    return Checker(lesson, trace).run();
}

} // namespace packetarium
