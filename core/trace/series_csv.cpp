// SPDX-License-Identifier: GPL-3.0-or-later
//
// A flow as a table that a spreadsheet or a script opens: one row per thing that was seen, in order of time.
#include "core/trace/series.h"

#include <algorithm>

#include <fmt/format.h>

namespace packetarium {
namespace {

std::string seconds(std::int64_t ns)
{
    return fmt::format("{}.{:09}", ns / 1'000'000'000, ns % 1'000'000'000);
}

struct Row {
    SimTime at;
    std::string text;
};

class Table {
public:
    void add(SimTime at, std::string_view series, const std::string& value, const std::string& until = {},
             PacketId packet = {}, std::string_view note = {})
    {
        const std::string number = packet ? std::to_string(packet.value() + 1) : std::string();
        rows_.push_back({at, fmt::format("{},{},{},{},{},{}", seconds(at.ns()), series, value, until, number, note)});
    }
    void steps(std::string_view name, const Series& series, bool time = false)
    {
        for (const SeriesPoint& p : series)
            add(p.at, name, time ? seconds(p.value) : std::to_string(p.value));
    }
    std::string text()
    {
        std::ranges::stable_sort(rows_, {}, &Row::at);
        std::string all = "time_s,series,value,until,packet,note\n";
        for (const Row& row : rows_)
            all.append(row.text).append(1, '\n');
        return all;
    }

private:
    std::vector<Row> rows_;
};

std::string_view nameOf(FlowEventKind kind)
{
    switch (kind) {
    case FlowEventKind::Loss: return "lost";
    case FlowEventKind::Timeout: return "time-out";
    case FlowEventKind::FastRetransmit: return "fast-retransmit";
    case FlowEventKind::EcnReduction: return "ecn-reduction";
    }
    return {};
}

} // namespace

std::string flowCsv(const FlowSeries& flow)
{
    Table table;
    for (const SegmentPoint& s : flow.segments)
        table.add(s.at, s.retransmission ? "retransmission" : "segment", std::to_string(s.from), std::to_string(s.to),
                  s.packet, toString(s.cause));
    for (const AckPoint& a : flow.acks)
        table.add(a.at, a.repeated ? "duplicate-ack" : "ack", std::to_string(a.ack), std::to_string(a.edge), a.packet);
    for (const SackPoint& s : flow.sacks)
        table.add(s.at, "sack", std::to_string(s.from), std::to_string(s.to));
    for (const FlowEvent& e : flow.events)
        table.add(e.at, nameOf(e.kind), {}, {}, e.packet, toString(e.reason));
    table.steps("cwnd", flow.variable(Variable::Cwnd));
    table.steps("ssthresh", flow.variable(Variable::Ssthresh));
    table.steps("in-flight", flow.inFlight);
    for (const SeriesPoint& p : flow.variable(Variable::Phase))
        table.add(p.at, "phase", std::to_string(p.value), {}, {}, toString(static_cast<CongestionPhase>(p.value)));
    table.steps("rtt_s", flow.rtt, true);
    table.steps("srtt_s", flow.variable(Variable::Srtt), true);
    table.steps("rto_s", flow.variable(Variable::Rto), true);
    table.steps("arrived", flow.arrived);
    table.steps("arrived-new", flow.fresh);
    table.steps("queue-packets", flow.queue.packets);
    table.steps("queue-octets", flow.queue.octets);
    return table.text();
}

} // namespace packetarium
