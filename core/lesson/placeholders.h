// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What may be asked of a run at a step: the words in braces of a lesson's
// texts, and the subjects of its claims. Both are read by the same code, so
// that whatever a lesson may show it may also claim.

#include "core/lesson/lesson.h"
#include "core/lesson/step_words.h"

namespace packetarium {

/// As lesson files spell it: "physical", "link", "internet", "transport", "application".
std::string_view layerName(Layer layer);

/// One thing to look up: "seq", "x+1", "client.state", "server.SND.NXT".
struct Query {
    enum class Kind : std::uint8_t {
        Seq,
        Ack,
        Flags,
        Length,
        Window,
        State,
        ActiveIss,
        PassiveIss,
        Rto,
        Time,
        HostState,
        HostVariable,
        Packet,
        Record
    };
    Kind kind{};
    std::string host;        ///< HostState, HostVariable
    Variable variable{};     ///< HostVariable
    std::uint32_t plus = 0;  ///< added to a sequence number
    PacketWord packetWord{}; ///< Packet
    RecordWord recordWord{}; ///< Record
};

/// A word in braces (without them); nullopt if there is no such.
std::optional<Query> parsePlaceholder(std::string_view name);
/// A claim's subject: "packet.seq", "packet.ttl", "step.text", "client.state", "client.SND.NXT".
std::optional<Query> parseClaimSubject(std::string_view subject);
/// All of them in one line, for messages.
std::string claimSubjects();
/// Whether this names a host that the run has; true for queries without a host.
bool knowsHost(const Query& query, const Trace& trace);

/// Looks things up at one step of a run.
class StepValues {
public:
    StepValues(const BoundStep& step, const Trace& trace, const MomentIndex& moments, const Symbols& symbols)
        : step_(step)
        , trace_(trace)
        , symbols_(symbols)
        , moment_(moments.at(step.at))
    {}
    /// As text in the style; empty if it has no value at the step.
    std::string text(const Query& query, NumberStyle style) const;

private:
    std::string sequence(NodeId sender, std::optional<Seq32> number, std::uint32_t plus, NumberStyle style) const;
    std::string variable(const ConnMoment* conn, Variable variable, std::uint32_t plus, NumberStyle style) const;
    /// The connection of `host` to show: the step's own if it is there, else the one that views show.
    const ConnMoment* connOf(NodeId host) const;
    std::optional<PacketInfo> packet() const;
    NodeId hostNamed(std::string_view name) const;
    NodeId activeSide(bool active) const;
    std::optional<Seq32> issOf(NodeId host) const;

    const BoundStep& step_;
    const Trace& trace_;
    const Symbols& symbols_;
    Moment moment_;
};

/// The first word in braces that is none of placeholderNames(), with its braces; nullopt: all are well.
std::optional<std::string> firstBadPlaceholder(std::string_view text);
/// Every well-formed one of the text, with its braces.
struct Placeholder {
    std::string braces;
    Query query;
};
std::vector<Placeholder> placeholdersIn(std::string_view text);

} // namespace packetarium
