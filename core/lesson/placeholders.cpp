// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/placeholders.h"

#include "core/scenario/quantities.h"
#include "core/trace/packet_summary.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace packetarium {
namespace {

struct Word {
    std::string_view name;
    Query::Kind kind;
};
constexpr std::array kPacketQueries{Word{"seq", Query::Kind::Seq}, Word{"ack", Query::Kind::Ack},
                                    Word{"flags", Query::Kind::Flags}, Word{"len", Query::Kind::Length},
                                    Word{"win", Query::Kind::Window}};
constexpr std::array kStepQueries{Word{"state", Query::Kind::State}, Word{"x", Query::Kind::ActiveIss},
                                  Word{"y", Query::Kind::PassiveIss}, Word{"rto", Query::Kind::Rto},
                                  Word{"time", Query::Kind::Time}};

template <std::size_t N>
std::optional<Query> find(const std::array<Word, N>& words, std::string_view name)
{
    const auto it = std::find_if(words.begin(), words.end(), [&](const Word& w) { return w.name == name; });
    if (it == words.end())
        return std::nullopt;
    Query query;
    query.kind = it->kind;
    return query;
}

std::optional<Query> findPacketWord(std::string_view name)
{
    auto query = find(kPacketQueries, name);
    for (const auto& word : packetWords())
        if (!query && word.name == name) {
            query.emplace();
            query->kind = Query::Kind::Packet;
            query->packetWord = word.word;
        }
    return query;
}

std::optional<Query> findRecordWord(std::string_view name)
{
    for (const auto& word : recordWords())
        if (word.name == name) {
            Query query;
            query.kind = Query::Kind::Record;
            query.recordWord = word.word;
            return query;
        }
    return std::nullopt;
}

/// "client.state", "client.SND.NXT"
std::optional<Query> parseHostQuery(std::string_view name)
{
    const std::size_t dot = name.find('.');
    if (dot == std::string_view::npos || dot == 0)
        return std::nullopt;
    Query query;
    query.host = name.substr(0, dot);
    const std::string_view rest = name.substr(dot + 1);
    if (rest == "state") {
        query.kind = Query::Kind::HostState;
        return query;
    }
    query.kind = Query::Kind::HostVariable;
    for (int i = 0; i < kVariableCount; ++i) {
        query.variable = static_cast<Variable>(i);
        if (toString(query.variable) == rest)
            return query;
    }
    return std::nullopt;
}

bool isSequence(const Query& query)
{
    switch (query.kind) {
    case Query::Kind::Seq:
    case Query::Kind::Ack:
    case Query::Kind::ActiveIss:
    case Query::Kind::PassiveIss: return true;
    case Query::Kind::HostVariable: return kindOf(query.variable) == VariableKind::Sequence;
    case Query::Kind::Flags:
    case Query::Kind::Length:
    case Query::Kind::Window:
    case Query::Kind::State:
    case Query::Kind::Rto:
    case Query::Kind::Time:
    case Query::Kind::HostState:
    case Query::Kind::Packet:
    case Query::Kind::Record: return false;
    }
    return false;
}

/// Calls `onText` and `onBraces` for the pieces of a text in order; an opening brace without its end is given as it is.
template <class OnText, class OnBraces>
void split(std::string_view text, OnText onText, OnBraces onBraces)
{
    while (!text.empty()) {
        const std::size_t open = std::min(text.find('{'), text.size());
        onText(text.substr(0, open));
        text.remove_prefix(open);
        if (text.empty())
            break;
        const std::size_t close = text.find('}');
        const std::size_t size = close == std::string_view::npos ? text.size() : close + 1;
        onBraces(text.substr(0, size));
        text.remove_prefix(size);
    }
}

std::optional<Query> parseBraces(std::string_view braces)
{
    if (braces.size() < 3 || braces.back() != '}')
        return std::nullopt;
    return parsePlaceholder(braces.substr(1, braces.size() - 2));
}

} // namespace

std::string_view layerName(Layer layer)
{
    switch (layer) {
    case Layer::Physical: return "physical";
    case Layer::Link: return "link";
    case Layer::Internet: return "internet";
    case Layer::Transport: return "transport";
    case Layer::Application: return "application";
    }
    return {};
}

std::optional<Query> parsePlaceholder(std::string_view name)
{
    std::uint32_t plus = 0;
    if (const std::size_t sign = name.find('+'); sign != std::string_view::npos) {
        const std::string_view digits = name.substr(sign + 1);
        const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), plus);
        if (digits.empty() || error != std::errc() || end != digits.data() + digits.size())
            return std::nullopt;
        name = name.substr(0, sign);
    }
    auto query = findPacketWord(name);
    if (!query)
        query = find(kStepQueries, name);
    if (!query)
        query = findRecordWord(name);
    if (!query)
        query = parseHostQuery(name);
    if (!query || (plus != 0 && !isSequence(*query)))
        return std::nullopt;
    query->plus = plus;
    return query;
}

std::optional<Query> parseClaimSubject(std::string_view subject)
{
    constexpr std::string_view packet = "packet.", step = "step.";
    if (subject.starts_with(packet))
        return findPacketWord(subject.substr(packet.size()));
    if (subject.starts_with(step))
        return findRecordWord(subject.substr(step.size()));
    return parseHostQuery(subject);
}

std::string claimSubjects()
{
    std::string text;
    for (const Word& word : kPacketQueries)
        text += "packet." + std::string(word.name) + ", ";
    for (const auto& word : packetWords())
        text += "packet." + std::string(word.name) + ", ";
    for (const auto& word : recordWords())
        text += "step." + std::string(word.name) + ", ";
    return text + "HOST.state, HOST.SND.UNA ...";
}

bool knowsHost(const Query& query, const Trace& trace)
{
    const auto hosts = trace.nodes();
    return query.host.empty() ||
           std::any_of(hosts.begin(), hosts.end(), [&](const TraceNode& h) { return h.name == query.host; });
}

std::vector<std::string> placeholderNames()
{
    std::vector<std::string> names;
    for (const Word& word : kPacketQueries)
        names.emplace_back(word.name);
    for (const auto& word : packetWords())
        names.emplace_back(word.name);
    for (const Word& word : kStepQueries)
        names.emplace_back(word.name);
    for (const auto& word : recordWords())
        names.emplace_back(word.name);
    names.emplace_back("HOST.state");
    for (int i = 0; i < kVariableCount; ++i)
        names.push_back("HOST." + std::string(toString(static_cast<Variable>(i))));
    return names;
}

std::optional<std::string> firstBadPlaceholder(std::string_view text)
{
    std::optional<std::string> bad;
    split(
        text, [](std::string_view) {},
        [&](std::string_view braces) {
            if (!bad && !parseBraces(braces))
                bad = std::string(braces);
        });
    return bad;
}

std::vector<Placeholder> placeholdersIn(std::string_view text)
{
    std::vector<Placeholder> found;
    split(
        text, [](std::string_view) {},
        [&](std::string_view braces) {
            if (auto query = parseBraces(braces))
                found.push_back({std::string(braces), std::move(*query)});
        });
    return found;
}

std::string fillPlaceholders(std::string_view text, const BoundStep& step, const Trace& trace,
                             const MomentIndex& moments, const Symbols& symbols, NumberStyle style)
{
    const StepValues values(step, trace, moments, symbols);
    std::string filled;
    split(
        text, [&](std::string_view plain) { filled += plain; },
        [&](std::string_view braces) {
            const auto query = parseBraces(braces);
            const std::string value = query ? values.text(*query, style) : std::string(braces);
            filled += value.empty() ? "?" : value;
        });
    return filled;
}

std::string StepValues::text(const Query& query, NumberStyle style) const
{
    const std::optional<PacketInfo> p = packet();
    if (p && !speaksTcp(*p) && query.kind <= Query::Kind::Window)
        return query.kind == Query::Kind::Length ? std::to_string(summarize(trace_.bytes(p->id)).length)
                                                 : std::string();
    switch (query.kind) {
    case Query::Kind::Seq:
        if (p && query.plus == 0)
            return symbols_.packetSeq(*p, style);
        return p ? sequence(p->from, p->seq, query.plus, style) : std::string();
    case Query::Kind::Ack: return p && p->flags.ack() ? sequence(p->to, p->ack, query.plus, style) : std::string();
    case Query::Kind::Flags: return p ? p->flags.toString() : std::string();
    case Query::Kind::Length: return p ? std::to_string(p->length) : std::string();
    case Query::Kind::Window: return p ? std::to_string(p->window) : std::string();
    case Query::Kind::State: {
        const ConnMoment* conn = connOf(step_.host);
        return step_.host ? std::string(toString(conn ? conn->state : TcpState::Closed)) : std::string();
    }
    case Query::Kind::ActiveIss: return sequence(activeSide(true), issOf(activeSide(true)), query.plus, style);
    case Query::Kind::PassiveIss: return sequence(activeSide(false), issOf(activeSide(false)), query.plus, style);
    case Query::Kind::Rto: return variable(connOf(step_.host), Variable::Rto, 0, style);
    case Query::Kind::Time: return writeDuration(step_.at - SimTime::zero());
    case Query::Kind::HostState: {
        const NodeId host = hostNamed(query.host);
        const ConnMoment* conn = connOf(host);
        return host ? std::string(toString(conn ? conn->state : TcpState::Closed)) : std::string();
    }
    case Query::Kind::HostVariable: return variable(connOf(hostNamed(query.host)), query.variable, query.plus, style);
    case Query::Kind::Packet: return p ? packetWord(query.packetWord, *p, trace_) : std::string();
    case Query::Kind::Record: return recordWord(query.recordWord, step_, trace_);
    }
    return {};
}

std::string StepValues::sequence(NodeId sender, std::optional<Seq32> number, std::uint32_t plus,
                                 NumberStyle style) const
{
    return number && sender ? symbols_.sequence(sender, *number + plus, style, step_.at) : std::string();
}

std::string StepValues::variable(const ConnMoment* conn, Variable variable, std::uint32_t plus, NumberStyle style) const
{
    const auto value = conn ? conn->variable(variable) : std::nullopt;
    if (!value)
        return {};
    switch (kindOf(variable)) {
    case VariableKind::Sequence: {
        const NodeId peer = activeSide(conn->host != activeSide(true));
        return sequence(countsFromIss(variable) ? conn->host : peer, Seq32(static_cast<std::uint32_t>(*value)), plus,
                        style);
    }
    case VariableKind::Duration: return writeDuration(SimDuration::nanoseconds(static_cast<std::int64_t>(*value)));
    case VariableKind::Octets:
    case VariableKind::Choice:
    case VariableKind::Range:
    case VariableKind::Count: return std::to_string(*value);
    }
    return {};
}

const ConnMoment* StepValues::connOf(NodeId host) const
{
    if (!host)
        return nullptr;
    if (step_.conn && step_.conn.value() < moment_.conns.size() && moment_.conns[step_.conn.value()].host == host)
        return &moment_.conns[step_.conn.value()];
    return moment_.connOf(host);
}

std::optional<PacketInfo> StepValues::packet() const
{
    return step_.packet && step_.packet.value() < trace_.packets().size() ? std::optional(trace_.packet(step_.packet))
                                                                          : std::nullopt;
}

NodeId StepValues::hostNamed(std::string_view name) const
{
    const auto hosts = trace_.nodes();
    const auto it = std::find_if(hosts.begin(), hosts.end(), [&](const TraceNode& h) { return h.name == name; });
    return it == hosts.end() ? NodeId::none() : NodeId(static_cast<std::uint8_t>(it - hosts.begin()));
}

NodeId StepValues::activeSide(bool active) const
{
    const auto hosts = trace_.nodes();
    const auto it =
        std::find_if(hosts.begin(), hosts.end(), [&](const TraceNode& h) { return h.activeSide == active; });
    return it == hosts.end() ? NodeId::none() : NodeId(static_cast<std::uint8_t>(it - hosts.begin()));
}

/// The number that x or y stands for: the ISS known at the step, or the first of the run.
std::optional<Seq32> StepValues::issOf(NodeId host) const
{
    const ConnMoment* conn = connOf(host);
    if (const auto iss = conn ? conn->variable(Variable::Iss) : std::nullopt)
        return Seq32(static_cast<std::uint32_t>(*iss));
    for (const Record& r : trace_.records())
        if (r.kind == RecordKind::Variable && r.host == host && r.variable() == Variable::Iss)
            return Seq32(static_cast<std::uint32_t>(r.value));
    return std::nullopt;
}

} // namespace packetarium
