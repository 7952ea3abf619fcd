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
    NodeId host;
    std::optional<std::uint32_t> iss, irs, una, nxt, window, cwnd, rcvNxt;
    std::uint32_t buffered = 0, unread = 0;
    std::uint64_t widest = 0; ///< window that was ever allowed

    bool take(const Record& r)
    {
        const auto value = static_cast<std::uint32_t>(std::min<std::uint64_t>(r.value, UINT32_MAX));
        switch (r.variable()) {
        case Variable::Iss: iss = value; return true;
        case Variable::Irs: irs = value; return true;
        case Variable::RcvNxt: rcvNxt = value; return true;
        case Variable::SndUna: una = value; return true;
        case Variable::SndNxt: nxt = value; return true;
        case Variable::SndWnd: window = value; return true;
        case Variable::Cwnd: cwnd = value; return true;
        case Variable::SndBuffered: buffered = value; return true;
        case Variable::RcvBuffered: unread = value; return true;
        default: return false;
        }
    }

    /// As a sender, to a receiver that may not be known yet: from the oldest octet that either still holds to the last that matters.
    std::uint64_t need(const Known* receiver)
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
        if (receiver != nullptr && receiver->rcvNxt)
            if (const std::int32_t before = first - (Seq32(*receiver->rcvNxt) - receiver->unread); before > 0)
                all += std::min<std::uint64_t>(static_cast<std::uint64_t>(before), receiver->unread);
        return all;
    }
};

/// The other end: the newest on another host that chose the first number that this one heard.
Known* peerOf(std::vector<Known>& known, const Known& one)
{
    if (one.irs && one.iss)
        for (auto other = known.rbegin(); other != known.rend(); ++other)
            if (other->host != one.host && other->iss == one.irs && (!other->irs || other->irs == one.iss))
                return &*other;
    return nullptr;
}

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
    std::vector<Known*> peers(conns_.size(), nullptr);
    for (std::size_t i = 0; i < known.size(); ++i)
        known[i].host = trace.conns()[i].host;
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
        Known*& peer = peers[r.conn.value()];
        if (peer == nullptr || peer->iss != k.irs)
            peer = peerOf(known, k);
        grow(grown.need, i, k.need(peer));
        if (peer != nullptr)
            grow(conns_[static_cast<std::size_t>(peer - known.data())].need, i, peer->need(&k));
    }
}

RulerPage WindowScales::page(const WindowDirection& direction, std::size_t recordsDone) const
{
    if (!direction.send)
        return {0, roundSpan(0)};
    const SendSide& send = *direction.send;
    std::uint64_t need = 0;
    if (send.conn.value() < conns_.size())
        need = grownTo(conns_[send.conn.value()].need, recordsDone);
    const std::int64_t una = static_cast<std::int64_t>(send.una.value() - send.iss.value());
    std::int64_t base = una;
    if (direction.receive)
        base = std::min(base, offsetFrom(direction.receive->read, send.una, una));
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
