// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/lesson/prediction.h"

#include "core/base/rng.h"
#include "core/lesson/step_words.h"
#include "core/tcp/transition_table.h"

#include <algorithm>

namespace packetarium {
namespace {

constexpr std::size_t kMostChoices = 4;

/// Puts `right` and what differs from it among `others` into an order that does not give it away.
Prediction withChoices(Prediction question, const std::string& right, const std::vector<std::string>& others,
                       std::uint64_t salt)
{
    question.choices = {right};
    for (const std::string& other : others) {
        const bool known = std::find(question.choices.begin(), question.choices.end(), other) != question.choices.end();
        if (!known && question.choices.size() < kMostChoices)
            question.choices.push_back(other);
    }
    Rng rng(salt);
    for (std::size_t i = question.choices.size(); i > 1; --i)
        std::swap(question.choices[i - 1], question.choices[rng.below(i)]);
    const auto found = std::find(question.choices.begin(), question.choices.end(), right);
    question.answer = static_cast<std::size_t>(found - question.choices.begin());
    return question;
}

/// A segment where its maker sends it, not where a switch or router passes it on.
bool isAsked(const PacketInfo& packet)
{
    return speaksTcp(packet) && !packet.parent;
}

Prediction aboutFlags(const PacketInfo& packet)
{
    return withChoices({Prediction::Asks::Flags, packet.from, packet.id, {}, 0}, packet.flags.toString(),
                       {"SYN", "SYN,ACK", "ACK", "FIN,ACK", "RST"}, packet.id.value());
}

/// The commonest slips: the number last received, one too many, the segment's own sequence number.
Prediction aboutAcknowledgment(const PacketInfo& packet, const Symbols& symbols, NumberStyle style)
{
    const auto written = [&](NodeId sender, Seq32 number) {
        return symbols.sequence(sender, number, style, packet.sentAt);
    };
    return withChoices(
        {Prediction::Asks::Acknowledgment, packet.from, packet.id, {}, 0}, written(packet.to, packet.ack),
        {written(packet.to, packet.ack - 1), written(packet.from, packet.seq), written(packet.to, packet.ack + 1)},
        packet.id.value());
}

std::optional<Prediction> aboutState(const Record& change)
{
    std::vector<std::string> others;
    for (const TcpTransition& row : tcpTransitions()) {
        if (row.from == change.from() && row.to != change.to())
            others.emplace_back(toString(row.to));
    }
    others.emplace_back(toString(change.from())); // "it stays where it is"
    return withChoices({Prediction::Asks::State, change.host, PacketId::none(), {}, 0},
                       std::string(toString(change.to())), others, static_cast<std::uint64_t>(change.at.ns()));
}

} // namespace

std::optional<Prediction> predictionFor(const Trace& trace, const Symbols& symbols, NumberStyle style, SimTime after,
                                        SimTime until)
{
    const auto records = trace.records();
    const Record* firstState = nullptr;
    for (std::size_t i = trace.firstAfter(after); i < records.size() && records[i].at <= until; ++i) {
        const Record& record = records[i];
        if (record.kind == RecordKind::PacketSent && !trace.packet(record.packet).injected &&
            !trace.packet(record.packet).copyOf && isAsked(trace.packet(record.packet))) {
            const PacketInfo& packet = trace.packet(record.packet);
            return packet.flags.ack() ? aboutAcknowledgment(packet, symbols, style) : aboutFlags(packet);
        }
        if (record.kind == RecordKind::StateChange && firstState == nullptr)
            firstState = &record;
    }
    return firstState == nullptr ? std::nullopt : aboutState(*firstState);
}

} // namespace packetarium
