// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The writer behind captionFor(): one record of a trace, with what followed
// from it at the same instant, as a heading and a sentence or two. All numbers
// come from the trace.

#include "ui/i18n/catalogue.h"

#include <fmt/format.h>

namespace packetarium {

/// Between a Chinese character and a Latin letter or digit stands one space, between two Chinese characters none: so that
/// a sentence may be put together without knowing what is filled in.
std::string tidyChinese(std::string_view text);

class CaptionWriter {
public:
    CaptionWriter(const Trace& trace, const Symbols& symbols, NumberStyle style, Language language)
        : trace_(trace)
        , symbols_(symbols)
        , style_(style)
        , language_(language)
    {}
    EventCaption write(std::size_t recordIndex) const;

private:
    // catalogue_captions_packets.cpp
    EventCaption sent(const Record& record) const;
    EventCaption arrived(std::size_t recordIndex) const;
    EventCaption lost(const Record& record) const;
    EventCaption changed(const Record& record) const;
    EventCaption ignored(const Record& record) const;
    /// What the packet is, for a heading: "SYN", "100 octets", "ACK".
    std::string what(const PacketInfo& packet) const;
    bool isPlural(const PacketInfo& packet) const
    {
        return packet.length > 1 || (packet.length > 0 && packet.flags.fin());
    }
    /// What the packet says, with its numbers, in a sentence or two.
    std::string content(const PacketInfo& packet) const;
    std::string thirdDuplicate(const Record& sent) const;
    std::string windowNews(std::size_t recordIndex) const;
    std::string reaction(const PacketInfo& packet, const PacketInfo& reply, const std::string& who) const;
    std::string dataRange(const PacketInfo& packet) const;

    // catalogue_captions_network.cpp
    /// A segment between two hosts on one link, of which everything is said in TCP's words.
    bool isTold(const PacketInfo& packet) const;
    bool isPassedOn(const PacketInfo& packet) const;
    /// What it is, whatever the protocol: "ARP who has 192.168.1.1?", "SYN".
    std::string title(const PacketInfo& packet) const;
    EventCaption sentInNetwork(const Record& record) const;
    EventCaption arrivedInNetwork(std::size_t recordIndex) const;
    EventCaption lostInNetwork(const Record& record) const;
    EventCaption changedInNetwork(const Record& record) const;
    EventCaption ignoredInNetwork(const Record& record) const;
    EventCaption layerAct(const Record& record) const;
    EventCaption tableChanged(const Record& record) const;
    EventCaption programMet(const Record& record) const;
    EventCaption linkChanged(const Record& record) const;
    EventCaption powerChanged(const Record& record) const;

    // catalogue_captions.cpp
    EventCaption packetEvent(std::size_t recordIndex) const;
    /// That this is one of several of its sort here at this instant; empty if it is the only one.
    std::string company(std::size_t recordIndex) const;
    /// Since when the window that a host may send into is closed, or nothing: it is open.
    std::optional<SimTime> closedSince(std::size_t recordIndex) const;
    EventCaption written(std::size_t recordIndex) const;
    EventCaption stateChanged(const Record& record) const;
    /// Why the state changed, and the clause; of a counterfactual's step that TCP has none.
    void explainTransition(const Record& state, EventCaption& caption) const;
    EventCaption timerFired(std::size_t recordIndex) const;
    EventCaption app(std::size_t recordIndex) const;
    EventCaption command(const Record& record) const;
    std::optional<std::uint16_t> portThatTells(ConnId conn) const;
    std::string newState(const Record& stateChange) const;
    /// The step with which a state change ends: several may follow each other at once.
    const Record& lastStep(const Record& state) const;

    static bool beginsAnother(const Record& r)
    {
        return r.kind == RecordKind::PacketArrived ||
               (r.kind == RecordKind::Timer && r.timerChange() == TimerChange::Fired);
    }
    // What else happened: the first record at the same instant after `recordIndex`, before the next packet arrives and
    // before another timer fires, for which `accept` holds; or nullptr.
    template <class Accept>
    const Record* consequence(std::size_t recordIndex, Accept accept) const
    {
        const auto records = trace_.records();
        for (std::size_t i = recordIndex + 1; i < records.size() && records[i].at == records[recordIndex].at; ++i) {
            if (beginsAnother(records[i]))
                break;
            if (accept(records[i]))
                return &records[i];
        }
        return nullptr;
    }

    bool zh() const { return language_ == Language::Chinese; }
    /// "The client" at the start of a sentence, "the client" within one, "Client" in a heading.
    std::string subject(NodeId host) const;
    std::string inSentence(NodeId host) const;
    std::string word(NodeId host) const;
    std::string_view nameOf(NodeId host) const;
    std::string number(NodeId sender, Seq32 value, SimTime at) const
    {
        return symbols_.sequence(sender, value, style_, at);
    }
    std::string duration(SimDuration d) const { return durationText(d, language_); }
    std::string octets(std::uint64_t n) const { return octetsText(n, language_); }
    template <class... Args>
    std::string say(fmt::format_string<Args...> en, fmt::format_string<Args...> chinese, Args&&... args) const
    {
        return zh() ? tidyChinese(fmt::format(chinese, std::forward<Args>(args)...))
                    : fmt::format(en, std::forward<Args>(args)...);
    }
    /// Two sentences with what the language puts between them.
    std::string joined(std::string first, const std::string& second) const;

    const Trace& trace_;
    const Symbols& symbols_;
    NumberStyle style_;
    Language language_;
};

} // namespace packetarium
