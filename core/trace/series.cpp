// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/series.h"

#include <algorithm>
#include <deque>
#include <map>

namespace packetarium {
namespace {

void append(Series& series, SimTime at, std::int64_t value)
{
    if (!series.empty() && series.back().at == at)
        series.back().value = value;
    else if (series.empty() || series.back().value != value)
        series.push_back({at, value});
}

/// Which octets have arrived: disjoint ranges, by their beginning.
class Received {
public:
    /// How many of them are new.
    std::int64_t add(std::int64_t from, std::int64_t to)
    {
        std::int64_t fresh = to - from;
        auto next = ranges_.lower_bound(from);
        if (next != ranges_.begin() && std::prev(next)->second >= from)
            --next;
        while (next != ranges_.end() && next->first <= to) {
            fresh -= std::max<std::int64_t>(0, std::min(to, next->second) - std::max(from, next->first));
            from = std::min(from, next->first);
            to = std::max(to, next->second);
            next = ranges_.erase(next);
        }
        ranges_.emplace(from, to);
        return fresh;
    }

private:
    std::map<std::int64_t, std::int64_t> ranges_;
};

using LinkEnd = std::pair<LinkId, NodeId>;

/// A flow while it is being read.
struct Builder {
    FlowSeries flow;
    bool hasIss = false, hasUna = false, hasNxt = false, hasPipe = false;
    std::int64_t highest = 0; ///< first number never sent
    std::int64_t acked = -1;
    std::int64_t arrived = 0, fresh = 0;
    std::uint32_t una = 0, nxt = 0;
    int scale = 0;
    struct Waiting {
        std::int64_t to;
        SimTime at;
        bool again;
    };
    std::deque<Waiting> unacknowledged;
    Received received;
    SimTime echoAt = SimTime::never(); ///< when an ACK last told of a mark (RFC 3168 §6.1.3), and which one
    PacketId echo;
    std::map<LinkEnd, std::int64_t> waits; ///< ns in all; a full queue counts as a second

    void note(SimTime at) { flow.last = std::max(flow.last, at); }
    std::int64_t offsetOf(Seq32 number) const { return highest + (number - flow.number(highest)); }

    /// Index of its segment, or -1: it takes up no numbers.
    int send(SimTime at, const PacketInfo& p)
    {
        if (!hasIss) {
            flow.iss = p.flags.syn() ? p.seq : p.seq - 1;
            hasIss = true;
        }
        if (flow.segments.empty() && highest == 0)
            flow.first = at;
        const std::int64_t from = offsetOf(p.seq);
        const std::int64_t to = from + p.length + (p.flags.syn() ? 1 : 0) + (p.flags.fin() ? 1 : 0);
        if (to == from)
            return -1;
        SegmentPoint s;
        s.at = at;
        s.from = from;
        s.to = to;
        s.packet = p.id;
        s.cause = p.cause;
        s.retransmission = p.retransmission || to <= highest;
        if (s.retransmission)
            for (Waiting& w : unacknowledged)
                w.again = w.again || w.to > from;
        if (to > highest)
            unacknowledged.push_back({to, at, s.retransmission});
        highest = std::max(highest, to);
        flow.payload += p.length;
        flow.senderPort = p.sourcePort;
        flow.receiverPort = p.destinationPort;
        flow.segments.push_back(s);
        noteEvent(at, s);
        if (!hasUna || !hasNxt)
            append(flow.inFlight, at, highest - std::max<std::int64_t>(0, acked));
        note(at);
        return static_cast<int>(flow.segments.size()) - 1;
    }

    void noteEvent(SimTime at, const SegmentPoint& s)
    {
        if (s.cause == Reason::SentFastRetransmit) {
            if (!flow.events.empty() && flow.events.back().kind == FlowEventKind::EcnReduction &&
                flow.events.back().at == at)
                flow.events.pop_back(); // the reduction was the loss's
            flow.events.push_back({at, FlowEventKind::FastRetransmit, s.packet, s.cause});
        } else if (s.cause == Reason::SentRetransmission && !flow.events.empty()) {
            FlowEvent& last = flow.events.back();
            if (last.kind == FlowEventKind::Timeout && last.at == at && !last.packet)
                last.packet = s.packet;
        }
    }

    void arrive(SimTime at, const PacketInfo& p, SegmentPoint& s)
    {
        if (s.arrivedAt.isNever()) {
            s.arrivedAt = at;
            s.lostAt = SimTime::never();
            std::erase_if(flow.events,
                          [&](const FlowEvent& e) { return e.kind == FlowEventKind::Loss && e.packet == s.packet; });
        }
        arrived += p.length;
        const std::int64_t begin = s.from + (p.flags.syn() ? 1 : 0);
        if (p.length > 0) {
            fresh += received.add(begin, begin + p.length);
            append(flow.arrived, at, arrived);
            append(flow.fresh, at, fresh);
        }
        note(at);
    }

    void lose(SimTime at, const PacketInfo& p, SegmentPoint& s)
    {
        if (!s.arrivedAt.isNever() || !s.lostAt.isNever())
            return;
        s.lostAt = at;
        s.lossReason = p.lossReason;
        flow.events.push_back({at, FlowEventKind::Loss, s.packet, p.lossReason});
        note(at);
    }

    void acknowledge(SimTime at, const PacketInfo& p)
    {
        if (!p.flags.ack() || p.flags.rst() || !hasIss)
            return;
        const std::int64_t number = offsetOf(p.ack);
        if (number > highest || number < 0)
            return; // of something never sent
        if (p.flags.has(TcpFlags::Ece) && !p.flags.syn()) {
            echoAt = at;
            echo = p.id;
        }
        const std::int64_t edge = number + (std::int64_t{p.window} << (p.flags.syn() ? 0 : scale));
        const bool isNew = number > acked;
        flow.acks.push_back({at, number, edge, p.id, !isNew && p.length == 0 && !p.flags.syn() && !p.flags.fin()});
        if (number >= acked)
            append(flow.edge, at, edge);
        note(at);
        if (!isNew)
            return;
        acked = number;
        append(flow.acked, at, acked);
        if (!hasUna || !hasNxt)
            append(flow.inFlight, at, highest - acked);
        bool again = false;
        std::optional<SimTime> sentAt;
        for (; !unacknowledged.empty() && unacknowledged.front().to <= acked; unacknowledged.pop_front()) {
            again = again || unacknowledged.front().again;
            sentAt = unacknowledged.front().at;
        }
        if (sentAt && !again)
            flow.rtt.push_back({at, (at - *sentAt).ns()}); // equal ones are two measurements all the same
    }

    void variable(const Record& r)
    {
        const Variable v = r.variable();
        append(flow.variables[static_cast<std::size_t>(v)], r.at, static_cast<std::int64_t>(r.value));
        switch (v) {
        case Variable::Iss:
            if (flow.segments.empty()) {
                flow.iss = Seq32(static_cast<std::uint32_t>(r.value));
                hasIss = true;
            }
            break;
        case Variable::SndScale: scale = static_cast<int>(std::min<std::uint64_t>(r.value, 14)); break;
        case Variable::SndUna:
            una = static_cast<std::uint32_t>(r.value);
            hasUna = true;
            break;
        case Variable::SndNxt:
            nxt = static_cast<std::uint32_t>(r.value);
            hasNxt = true;
            break;
        case Variable::Pipe: // RFC 6675; once it is told it is told whenever it changes
            append(flow.inFlight, r.at, static_cast<std::int64_t>(r.value));
            hasPipe = true;
            break;
        case Variable::Ssthresh:
            if (echoAt == r.at && echo &&
                (flow.events.empty() || flow.events.back().at != r.at ||
                 flow.events.back().kind != FlowEventKind::FastRetransmit)) {
                flow.events.push_back({r.at, FlowEventKind::EcnReduction, echo, Reason::None});
                echo = {};
            }
            break;
        case Variable::Sacked1:
        case Variable::Sacked2:
        case Variable::Sacked3:
        case Variable::Sacked4:
            if (r.value != 0)
                flow.sacks.push_back({r.at, offsetOf(Seq32(static_cast<std::uint32_t>(r.value >> 32))),
                                      offsetOf(Seq32(static_cast<std::uint32_t>(r.value)))});
            break;
        default: break;
        }
        if ((v == Variable::SndUna || v == Variable::SndNxt) && hasUna && hasNxt && !hasPipe && !flow.segments.empty())
            append(flow.inFlight, r.at, std::max<std::int64_t>(0, Seq32(nxt) - Seq32(una)));
    }
};

class SeriesReader {
public:
    explicit SeriesReader(const Trace& trace)
        : trace_(trace)
    {
        for (const PacketInfo& p : trace.packets()) {
            const PacketId before = p.parent ? p.parent : p.copyOf;
            const std::uint32_t root = before ? packets_[before.value()].root : p.id.value();
            packets_.push_back({root, before ? packets_[root].conn : p.conn, -1});
        }
    }

    std::vector<FlowSeries> read()
    {
        for (const Record& r : trace_.records())
            one(r);
        addQueues();
        std::vector<FlowSeries> flows;
        for (auto& [conn, builder] : builders_)
            if (!builder.flow.segments.empty())
                flows.push_back(std::move(builder.flow));
        return flows;
    }

private:
    struct Known {
        std::uint32_t root; ///< the packet as its maker sent it
        ConnId conn;        ///< the maker's
        int segment;        ///< of the maker's flow, at the root
    };

    Builder& of(ConnId conn)
    {
        Builder& b = builders_[conn];
        b.flow.conn = conn;
        return b;
    }

    void one(const Record& r)
    {
        switch (r.kind) {
        case RecordKind::PacketSent: sent(r); break;
        case RecordKind::PacketArrived: arrived(r); break;
        case RecordKind::PacketLost: lost(r); break;
        case RecordKind::Variable:
            if (r.conn)
                of(r.conn).variable(r);
            break;
        case RecordKind::Timer:
            if (r.conn && r.timer() == Timer::Retransmission && r.timerChange() == TimerChange::Fired) {
                of(r.conn).flow.events.push_back({r.at, FlowEventKind::Timeout, {}, Reason::SentRetransmission});
                of(r.conn).note(r.at);
            }
            break;
        default: break;
        }
    }

    void sent(const Record& r)
    {
        Known& known = packets_[r.packet.value()];
        if (!known.conn)
            return;
        const PacketInfo& p = trace_.packet(r.packet);
        Builder& b = of(known.conn);
        if (known.root == r.packet.value() && !p.injected) {
            known.segment = b.send(r.at, p);
            b.flow.sender = r.host;
            connAt_[{r.host, p.sourcePort}] = known.conn;
        }
        const bool full = p.fate == Fate::Lost && p.lossReason == Reason::LostQueueFull;
        b.waits[{p.link, p.from}] += full ? 1'000'000'000 : (p.txStart - p.sentAt).ns();
    }

    /// A host does not say which connection took what arrived: it is the one that talks to the sender's, or else one with these
    /// ports that talks to nobody yet.
    ConnId takerOf(NodeId host, const PacketInfo& p, ConnId sender) const
    {
        const auto fits = [&](ConnId conn) { return trace_.conns()[conn.value()].host == host; };
        if (const auto known = peers_.find(sender); sender && known != peers_.end() && !trace_.conns().empty())
            return fits(known->second) ? known->second : ConnId();
        for (std::size_t i = 0; i < trace_.conns().size(); ++i) {
            const TraceConn& c = trace_.conns()[i];
            const ConnId conn(static_cast<std::uint32_t>(i));
            if (c.host == host && c.localPort == p.destinationPort && c.remotePort == p.sourcePort &&
                (!peers_.contains(conn) || !sender))
                return conn;
        }
        if (trace_.conns().empty())
            if (const auto found = connAt_.find({host, p.destinationPort}); found != connAt_.end())
                return found->second;
        return {};
    }

    void arrived(const Record& r)
    {
        const Known& known = packets_[r.packet.value()];
        const PacketInfo& p = trace_.packet(r.packet);
        const ConnId taker = r.conn ? r.conn : takerOf(r.host, p, known.conn);
        const bool two = trace_.nodes().size() <= 2;
        if (taker && known.conn && taker != known.conn) {
            peers_[known.conn] = taker;
            peers_[taker] = known.conn;
        }
        if (known.conn && known.conn != taker && (taker || two)) {
            Builder& b = of(known.conn);
            b.flow.receiver = r.host;
            b.flow.peer = taker ? taker : b.flow.peer;
            if (const int segment = packets_[known.root].segment; segment >= 0)
                b.arrive(r.at, p, b.flow.segments[static_cast<std::size_t>(segment)]);
        }
        if (taker && taker != known.conn)
            of(taker).acknowledge(r.at, p);
    }

    void lost(const Record& r)
    {
        const Known& known = packets_[r.packet.value()];
        if (const int segment = packets_[known.root].segment; known.conn && segment >= 0) {
            Builder& b = of(known.conn);
            b.lose(r.at, trace_.packet(r.packet), b.flow.segments[static_cast<std::size_t>(segment)]);
        }
    }

    /// Where most is waited for; if nowhere, the slowest link; if all are alike, the first.
    LinkEnd bottleneck(const Builder& b) const
    {
        LinkEnd best;
        std::pair<std::int64_t, std::uint64_t> most{-1, 0};
        for (const auto& [end, wait] : b.waits) {
            const std::size_t index = end.first ? end.first.value() : trace_.links().size();
            const std::uint64_t rate = index < trace_.links().size() ? trace_.links()[index].bitsPerSecond : 0;
            const std::pair<std::int64_t, std::uint64_t> mine{wait, rate == 0 ? 0 : ~rate};
            if (mine > most) {
                most = mine;
                best = end;
            }
        }
        return best;
    }

    void addQueues()
    {
        std::map<LinkEnd, QueueSeries> queues;
        for (auto& [conn, builder] : builders_)
            queues[bottleneck(builder)];
        struct Change {
            SimTime at;
            int packets;
            std::int64_t octets;
        };
        std::map<LinkEnd, std::vector<Change>> changes;
        for (const PacketInfo& p : trace_.packets()) {
            const LinkEnd end{p.link, p.from};
            const auto queue = queues.find(end);
            if (queue == queues.end())
                continue;
            if (p.fate == Fate::Lost && p.lossReason == Reason::LostQueueFull) {
                SegmentPoint s;
                s.at = p.sentAt;
                s.packet = p.id;
                queue->second.dropped.push_back(s);
            } else if (const SimTime leaves = std::min(p.txStart, p.endAt); leaves > p.sentAt) {
                changes[end].push_back({p.sentAt, 1, p.bytesSize});
                changes[end].push_back({leaves, -1, -std::int64_t{p.bytesSize}});
            }
        }
        for (const Record& r : trace_.records()) {
            if (r.kind != RecordKind::PacketChanged || r.reason != Reason::ChangedMarked)
                continue;
            const PacketInfo p = trace_.packet(r.packet);
            if (const auto queue = queues.find({p.link, p.from}); queue != queues.end()) {
                SegmentPoint s;
                s.at = r.at;
                s.packet = r.packet;
                queue->second.marked.push_back(s);
            }
        }
        for (auto& [end, queue] : queues) {
            queue.link = end.first;
            queue.from = end.second;
            std::vector<Change>& all = changes[end];
            std::ranges::stable_sort(all, {}, &Change::at);
            std::int64_t packets = 0, octets = 0;
            for (const Change& c : all) {
                append(queue.packets, c.at, packets += c.packets);
                append(queue.octets, c.at, octets += c.octets);
            }
        }
        for (auto& [conn, builder] : builders_)
            builder.flow.queue = queues[bottleneck(builder)];
    }

    const Trace& trace_;
    std::vector<Known> packets_;
    std::map<ConnId, Builder> builders_;
    std::map<ConnId, ConnId> peers_;
    std::map<std::pair<NodeId, std::uint16_t>, ConnId> connAt_; ///< of traces without connections
};

} // namespace

std::optional<std::int64_t> valueAt(const Series& series, SimTime t)
{
    const auto after = std::ranges::upper_bound(series, t, {}, &SeriesPoint::at);
    if (after == series.begin())
        return std::nullopt;
    return std::prev(after)->value;
}

std::vector<double> ratesOf(const Series& total, SimTime from, SimTime to, std::size_t bins)
{
    std::vector<double> rates(bins, 0.0);
    const std::int64_t length = (to - from).ns();
    if (length <= 0 || bins == 0)
        return rates;
    // Up to and including an edge, so that what arrives at the very end is counted in the last bin.
    const auto edge = [&](std::size_t i) {
        return from + SimDuration::nanoseconds(static_cast<std::int64_t>(
                          static_cast<double>(length) * static_cast<double>(i) / static_cast<double>(bins)));
    };
    auto point = std::ranges::lower_bound(total, from, {}, &SeriesPoint::at);
    std::int64_t before = point == total.begin() ? 0 : std::prev(point)->value;
    for (std::size_t i = 0; i < bins; ++i) {
        const SimTime end = i + 1 == bins ? to : edge(i + 1);
        std::int64_t after = before;
        for (; point != total.end() && (point->at < end || (i + 1 == bins && point->at == end)); ++point)
            after = point->value;
        rates[i] =
            static_cast<double>(after - before) / (static_cast<double>(length) / static_cast<double>(bins) / 1e9);
        before = after;
    }
    return rates;
}

SeriesIndex::SeriesIndex(const Trace& trace)
    : trace_(&trace)
{
    refresh();
}

bool SeriesIndex::refresh()
{
    const std::size_t records = trace_->records().size(), packets = trace_->packets().size();
    const std::size_t truncations = trace_->truncations().size();
    if (read_ && records == records_ && packets == packets_ && truncations == truncations_)
        return false;
    read_ = true;
    records_ = records;
    packets_ = packets;
    truncations_ = truncations;
    flows_ = SeriesReader(*trace_).read();
    return true;
}

const FlowSeries* SeriesIndex::flowOf(ConnId conn) const
{
    const auto found = std::ranges::find(flows_, conn, &FlowSeries::conn);
    return found == flows_.end() ? nullptr : &*found;
}

const FlowSeries* SeriesIndex::busiest() const
{
    const auto most = std::ranges::max_element(flows_, {}, &FlowSeries::payload);
    return most == flows_.end() ? nullptr : &*most;
}

} // namespace packetarium
