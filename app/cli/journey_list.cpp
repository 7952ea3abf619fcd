// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/journey_list.h"

#include "core/trace/journeys.h"
#include "ui/i18n/catalogue_layers.h"
#include "ui/i18n/catalogue_network.h"
#include "ui/i18n/catalogue_packets.h"
#include "ui/i18n/catalogue_programs.h"

#include <fmt/format.h>

#include <algorithm>

namespace packetarium::cli {
namespace {

class Lister {
public:
    Lister(const Trace& trace, const JourneyList& how, Language language)
        : trace_(trace)
        , how_(how)
        , language_(language)
    {}

    std::string list()
    {
        for (const Journey& journey : journeys(trace_))
            lines_.push_back({journey.sentAt, firstRecordOf(journey), journeyText(journey)});
        const auto records = trace_.records();
        for (std::size_t i = 0; i < records.size(); ++i)
            if (const std::string text = recordText(records[i]); !text.empty())
                lines_.push_back({records[i].at, i, text});
        std::stable_sort(lines_.begin(), lines_.end(), [](const Line& a, const Line& b) {
            return a.at < b.at || (a.at == b.at && a.record < b.record);
        });
        std::string text;
        const std::size_t count = std::min(lines_.size(), how_.most);
        for (std::size_t i = 0; i < count; ++i)
            text += fmt::format("{}  {}\n", timeText(lines_[i].at), lines_[i].text);
        if (count < lines_.size())
            text += fmt::format(fmt::runtime(zh() ? "……还有 {} 行；print 全部列出。\n"
                                                  : "... and {} lines more; print shows them all.\n"),
                                lines_.size() - count);
        return text;
    }

private:
    struct Line {
        SimTime at;
        std::size_t record = 0;
        std::string text;
    };

    bool zh() const { return language_ == Language::Chinese; }

    static std::string timeText(SimTime t)
    {
        return fmt::format("{:>5}.{:06} s", t.ns() / 1'000'000'000, t.ns() % 1'000'000'000 / 1'000);
    }

    std::string_view nameOf(NodeId node) const
    {
        return node.value() < trace_.nodes().size() ? std::string_view(trace_.nodes()[node.value()].name) : "?";
    }

    std::size_t firstRecordOf(const Journey& journey) const
    {
        const auto records = trace_.records();
        const auto before = [](const Record& r, SimTime t) { return r.at < t; };
        auto r = std::lower_bound(records.begin(), records.end(), journey.sentAt, before);
        while (r != records.end() && !(r->kind == RecordKind::PacketSent && r->packet == journey.hops.front()))
            ++r;
        return static_cast<std::size_t>(r - records.begin());
    }

    std::string what(const PacketInfo& p) const
    {
        const PacketSummary summary = summarize(trace_.bytes(p.id));
        std::string text = packetTitle(summary, language_);
        if (p.protocol == Protocol::Tcp) {
            text = fmt::format("TCP {} seq={}", p.flags.toString(), p.seq.value());
            if (p.flags.ack())
                text += fmt::format(" ack={}", p.ack.value());
            if (p.length > 0)
                text += fmt::format(" len={}", p.length);
        }
        if (p.retransmission)
            text += zh() ? "（重传）" : " (again)";
        if (p.copyOf)
            text += zh() ? "（副本）" : " (copy)";
        return text;
    }

    std::string journeyText(const Journey& journey) const
    {
        std::string way(nameOf(journey.from));
        for (std::size_t i = 1; i < journey.hops.size(); ++i)
            way += fmt::format(" - {}", nameOf(trace_.packet(journey.hops[i]).from));
        std::string text =
            fmt::format("{} \u2192 {}: {}", way, nameOf(journey.to), what(trace_.packet(journey.hops.front())));
        switch (journey.fate) {
        case Fate::Arrived:
            text += fmt::format(" [{}]", durationText(journey.endAt - journey.sentAt, language_));
            break;
        case Fate::Lost: text += fmt::format(" X {}", labelOf(journey.lossReason, language_)); break;
        case Fate::InFlight: text += zh() ? " …仍在途中" : " ... still under way"; break;
        }
        return text;
    }

    std::string recordText(const Record& r) const
    {
        switch (r.kind) {
        case RecordKind::Program:
            return fmt::format("    {}: {}", nameOf(r.host), programSentence(trace_, r, language_));
        case RecordKind::SegmentIgnored:
            // That a station does not take what was meant for another is no news.
            return r.reason == Reason::IgnoredNotForThisMac || r.reason == Reason::IgnoredArpNotForUs
                       ? std::string()
                       : fmt::format("    {}: {}", nameOf(r.host), labelOf(r.reason, language_));
        case RecordKind::Layer:
            return how_.layers
                       ? fmt::format("        {}: {} [{}]", nameOf(r.host), layerSentence(trace_, r, language_).heading,
                                     octetsText(r.unitLength(), language_))
                       : std::string();
        case RecordKind::LinkState:
            if (r.value >= trace_.links().size())
                return {};
            return fmt::format("    {} - {}: {}", nameOf(trace_.links()[r.value].a), nameOf(trace_.links()[r.value].b),
                               r.a != 0 ? (zh() ? "网线接上" : "cable plugged in")
                                        : (zh() ? "网线拔掉" : "cable pulled"));
        case RecordKind::NodeState:
            return fmt::format("    {}: {}", nameOf(r.host),
                               r.a != 0 ? (zh() ? "通电" : "power on") : (zh() ? "断电" : "power off"));
        case RecordKind::App:
            return r.call() == AppCall::Failed
                       ? fmt::format("    {}: {}", nameOf(r.host), labelOf(r.result(), language_))
                       : std::string();
        case RecordKind::ConnCreated:
        case RecordKind::PacketSent:
        case RecordKind::PacketArrived:
        case RecordKind::PacketLost:
        case RecordKind::PacketChanged:
        case RecordKind::StateChange:
        case RecordKind::Variable:
        case RecordKind::Timer:
        case RecordKind::Table:
        case RecordKind::Command: return {};
        }
        return {};
    }

    const Trace& trace_;
    JourneyList how_;
    Language language_;
    std::vector<Line> lines_;
};

} // namespace

std::string journeyList(const Trace& trace, const JourneyList& how, Language language)
{
    return Lister(trace, how, language).list();
}

} // namespace packetarium::cli
