// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/window_scales.h"

#include <algorithm>
#include <optional>

namespace packetarium {
namespace {

/// A page is turned by a quarter; a twentieth of it lies before the first number of interest.
constexpr std::int64_t kPagesPerSpan = 4;
constexpr std::int64_t kMargin = 20;
/// What the program has written beyond the window is shown as far as the window is wide; a window much wider than all that
/// happens in it is not shown to its end.
constexpr std::uint64_t kWideWindow = 2;

/// What a control block says, as far as the scale depends on it.
struct Known {
    std::optional<std::uint32_t> iss, una, nxt, window, cwnd;
    std::uint32_t buffered = 0, unread = 0;
    std::uint64_t widest = 0; ///< window that was ever allowed

    bool take(const Record& r)
    {
        const auto value = static_cast<std::uint32_t>(std::min<std::uint64_t>(r.value, UINT32_MAX));
        switch (r.variable()) {
        case Variable::Iss: iss = value; return true;
        case Variable::SndUna: una = value; return true;
        case Variable::SndNxt: nxt = value; return true;
        case Variable::SndWnd: window = value; return true;
        case Variable::Cwnd: cwnd = value; return true;
        case Variable::SndBuffered: buffered = value; return true;
        case Variable::RcvBuffered: unread = value; return true;
        default: return false;
        }
    }

    std::uint64_t need()
    {
        if (!iss)
            return 0;
        const Seq32 first(una.value_or(*iss));
        const std::int32_t ahead = Seq32(nxt.value_or(first.value())) - first;
        const std::uint64_t flight = ahead > 0 ? static_cast<std::uint64_t>(ahead) : 0;
        const std::uint64_t queued = buffered > flight ? buffered - flight : 0;
        std::uint64_t allowed = window.value_or(0);
        if (cwnd)
            allowed = std::min<std::uint64_t>(allowed, *cwnd);
        widest = std::max(widest, allowed);
        std::uint64_t all = flight + std::min(queued, std::max(flight, widest));
        if (allowed <= kWideWindow * std::max<std::uint64_t>(all, 1))
            all = std::max(all, allowed);
        if (window && *window <= kWideWindow * std::max<std::uint64_t>(all, 1))
            all = std::max<std::uint64_t>(all, *window);
        return all;
    }
};

template <class Growths>
void grow(Growths& growths, std::size_t record, std::uint64_t octets)
{
    if (octets > 0 && (growths.empty() || roundSpan(octets) > roundSpan(growths.back().octets)))
        growths.push_back({record, octets});
}

template <class Growths>
std::uint64_t grownTo(const Growths& growths, std::size_t recordsDone)
{
    std::uint64_t octets = 0;
    for (const auto& g : growths)
        if (g.record < recordsDone)
            octets = g.octets;
    return octets;
}

} // namespace

std::int64_t roundSpan(std::uint64_t octets)
{
    std::int64_t span = 20;
    for (int i = 0; static_cast<std::uint64_t>(span) < octets; ++i)
        span = i % 3 == 1 ? span / 2 * 5 : span * 2;
    return span;
}

WindowScales::WindowScales(const Trace& trace)
    : conns_(trace.conns().size())
{
    std::vector<Known> known(conns_.size());
    const auto records = trace.records();
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Record& r = records[i];
        if (!r.conn || r.conn.value() >= conns_.size())
            continue;
        Grown& grown = conns_[r.conn.value()];
        if (r.kind == RecordKind::PacketSent && r.packet) {
            const PacketInfo& packet = trace.packet(r.packet);
            grown.octets += packet.retransmission ? 0 : packet.length;
        }
        if (r.kind != RecordKind::Variable)
            continue;
        // A control block speaks of all that changed at once; half of it would be a state that never was.
        Known& k = known[r.conn.value()];
        bool changed = k.take(r);
        while (i + 1 < records.size() && records[i + 1].kind == RecordKind::Variable && records[i + 1].conn == r.conn &&
               records[i + 1].at == r.at)
            changed = k.take(records[++i]) || changed;
        if (!changed)
            continue;
        grow(grown.sent, i, k.need());
        grow(grown.unread, i, k.unread);
    }
}

RulerPage WindowScales::page(const WindowDirection& direction, std::size_t recordsDone) const
{
    if (!direction.send)
        return {0, roundSpan(0)};
    const SendSide& send = *direction.send;
    std::uint64_t need = 0;
    if (send.conn.value() < conns_.size())
        need = grownTo(conns_[send.conn.value()].sent, recordsDone);
    const std::int64_t una = static_cast<std::int64_t>(send.una.value() - send.iss.value());
    std::int64_t base = una;
    if (direction.receive) {
        if (direction.receive->conn.value() < conns_.size())
            need += grownTo(conns_[direction.receive->conn.value()].unread, recordsDone);
        base = std::min(base, offsetFrom(direction.receive->read, send.una, una));
    }
    // Room for a page that is about to be turned, and for the margin.
    RulerPage page;
    page.span = roundSpan(need * 10 / 7);
    const std::int64_t quarter = page.span / kPagesPerSpan, margin = page.span / kMargin;
    const std::int64_t turned = std::max<std::int64_t>(0, base) / quarter;
    page.from = turned * quarter - margin;
    return page;
}

std::uint64_t WindowScales::octetsSent(ConnId conn) const
{
    return conn && conn.value() < conns_.size() ? conns_[conn.value()].octets : 0;
}

} // namespace packetarium
