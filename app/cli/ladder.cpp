// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/ladder.h"

#include "core/trace/moment.h"

#include <fmt/format.h>

#include <algorithm>

namespace packetarium::cli {
namespace {

constexpr int kState = 12; // SYN-RECEIVED
constexpr std::size_t kMiddle = 50;

class Ladder {
public:
    explicit Ladder(const Trace& trace)
        : trace_(trace)
        , moments_(trace)
    {}

    std::string draw()
    {
        header();
        const auto records = trace_.records();
        for (std::size_t i = 0; i < records.size(); ++i)
            event(i);
        return text_;
    }

private:
    bool onLeft(NodeId host) const
    {
        return host.value() < trace_.nodes().size() && trace_.nodes()[host.value()].activeSide;
    }

    std::string_view stateAt(bool left, SimTime t) const
    {
        const Moment moment = moments_.at(t);
        for (const HostMoment& host : moment.hosts)
            if (onLeft(host.id) == left)
                return toString(host.state);
        return {};
    }

    void row(std::string_view time, std::string_view leftState, const std::string& middle, std::string_view rightState)
    {
        std::string line =
            fmt::format("{:>12}  {:>{}} |{:<{}}| {}", time, leftState, kState, middle, kMiddle, rightState);
        line.erase(line.find_last_not_of(' ') + 1);
        text_ += line + "\n";
    }

    static std::string timeText(SimTime t)
    {
        return fmt::format("{}.{:06} s", t.ns() / 1'000'000'000, t.ns() % 1'000'000'000 / 1'000);
    }

    void header()
    {
        std::string_view left, right;
        std::string leftAddress, rightAddress;
        for (std::size_t i = 0; i < trace_.nodes().size(); ++i) {
            const TraceNode& host = trace_.nodes()[i];
            (host.activeSide ? left : right) = host.name;
            (host.activeSide ? leftAddress : rightAddress) = host.address.toString();
        }
        const auto line = [&](std::string_view l, std::string_view r) {
            text_ += fmt::format("{:>28}  {:{}}{}\n", l, "", kMiddle - 1, r);
        };
        line(left, right);
        line(leftAddress, rightAddress);
    }

    void event(std::size_t index)
    {
        const Record& r = trace_.records()[index];
        switch (r.kind) {
        case RecordKind::PacketSent: sent(r); break;
        case RecordKind::PacketArrived:
            if (!isOneRow(trace_.packet(r.packet)))
                arrived(r);
            break;
        case RecordKind::PacketLost:
            if (!isOneRow(trace_.packet(r.packet)))
                lost(r);
            break;
        case RecordKind::App:
            if (r.call() <= AppCall::Crash || r.call() == AppCall::Failed)
                note(r.at, r.host, appText(r));
            break;
        case RecordKind::Timer:
            if (r.timerChange() == TimerChange::Fired)
                note(r.at, r.host, fmt::format("({} timer)", toString(r.timer())));
            break;
        case RecordKind::ConnCreated:
        case RecordKind::PacketChanged:
        case RecordKind::SegmentIgnored:
        case RecordKind::StateChange:
        case RecordKind::Variable:
        case RecordKind::Layer:
        case RecordKind::Table:
        case RecordKind::Program:
        case RecordKind::LinkState:
        case RecordKind::NodeState:
        case RecordKind::Command: break;
        }
    }

    static std::string appText(const Record& r)
    {
        std::string text(toString(r.call()));
        if (r.value > 0 && (r.call() == AppCall::Send || r.call() == AppCall::Receive))
            text += fmt::format(" {}", r.value);
        if (r.result() != AppResult::Ok)
            text += fmt::format(": {}", toString(r.result()));
        return "(" + text + ")";
    }

    /// Nothing else is drawn between its departure and its end, so that one row shows the whole way.
    bool isOneRow(const PacketInfo& packet) const
    {
        if (packet.fate == Fate::InFlight)
            return false;
        const auto records = trace_.records();
        const auto first = std::find_if(records.begin(), records.end(), [&](const Record& r) {
            return r.kind == RecordKind::PacketSent && r.packet == packet.id;
        });
        for (auto r = first; r != records.end(); ++r) {
            if (r == first)
                continue;
            if ((r->kind == RecordKind::PacketArrived || r->kind == RecordKind::PacketLost) && r->packet == packet.id)
                return true;
            if (r->kind == RecordKind::PacketSent || r->kind == RecordKind::PacketArrived ||
                r->kind == RecordKind::PacketLost || r->kind == RecordKind::App ||
                (r->kind == RecordKind::Timer && r->timerChange() == TimerChange::Fired))
                return false;
        }
        return false;
    }

    static std::string label(const PacketInfo& p)
    {
        std::string text = fmt::format(" {} seq={}", p.flags.toString(), p.seq.value());
        if (p.flags.ack())
            text += fmt::format(" ack={}", p.ack.value());
        if (p.length > 0)
            text += fmt::format(" len={}", p.length);
        return text + " ";
    }

    /// An arrow from `from`'s side as wide as the middle, or one that only leaves, arrives, or ends in an X.
    enum class Shape { Whole, Leaves, Arrives, Lost };
    void arrow(std::string_view time, const PacketInfo& p, Shape shape, std::string_view left, std::string_view right)
    {
        const bool rightward = onLeft(p.from);
        std::string name = label(p);
        if (p.copyOf)
            name = " copy:" + name;
        else if (p.injected)
            name = " injected:" + name;
        else if (p.retransmission)
            name = " again:" + name;
        const std::string start = shape == Shape::Arrives ? "..." : "--";
        std::string line = start + name;
        const std::string end = shape == Shape::Leaves ? "..." : shape == Shape::Lost ? "X" : rightward ? ">" : "<";
        const std::size_t most = shape == Shape::Lost ? std::max(kMiddle * 3 / 4, line.size() + 1) : kMiddle;
        if (line.size() + end.size() < most)
            line += std::string(most - line.size() - end.size(), '-');
        line += end;
        if (!rightward) {
            // The same arrow seen from the other side; the label stays readable.
            line = end +
                   std::string(most > name.size() + end.size() + start.size()
                                   ? most - name.size() - end.size() - start.size()
                                   : 0,
                               '-') +
                   name + start;
            if (line.size() < kMiddle)
                line.insert(0, kMiddle - line.size(), ' ');
        }
        row(time, left, line, right);
    }

    void sent(const Record& r)
    {
        const PacketInfo& p = trace_.packet(r.packet);
        const bool left = onLeft(p.from);
        const std::string_view own = p.injected ? std::string_view() : stateAt(left, r.at);
        if (isOneRow(p) && p.fate == Fate::Lost) {
            arrow(timeText(r.at), p, Shape::Lost, left ? own : "", left ? "" : own);
            return;
        }
        if (isOneRow(p)) {
            const std::string_view other = stateAt(!left, p.endAt);
            arrow(timeText(r.at), p, Shape::Whole, left ? own : other, left ? other : own);
            return;
        }
        arrow(timeText(r.at), p, Shape::Leaves, left ? own : "", left ? "" : own);
    }

    void arrived(const Record& r)
    {
        const bool left = onLeft(r.host);
        const std::string_view state = stateAt(left, r.at);
        arrow(timeText(r.at), trace_.packet(r.packet), Shape::Arrives, left ? state : "", left ? "" : state);
    }

    void lost(const Record& r) { arrow(timeText(r.at), trace_.packet(r.packet), Shape::Lost, "", ""); }

    void note(SimTime t, NodeId host, const std::string& words)
    {
        const bool left = onLeft(host);
        const std::string_view state = stateAt(left, t);
        const std::string middle = left ? " " + words : fmt::format("{:>{}} ", words, kMiddle - 1);
        row(timeText(t), left ? state : "", middle, left ? "" : state);
    }

    const Trace& trace_;
    MomentIndex moments_;
    std::string text_;
};

} // namespace

std::string ladder(const Trace& trace)
{
    return Ladder(trace).draw();
}

} // namespace packetarium::cli
