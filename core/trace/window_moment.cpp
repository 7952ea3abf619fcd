// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/trace/window_moment.h"

#include "core/trace/packet_summary.h"
#include "core/trace/window_sides.h"

#include <algorithm>
#include <utility>

namespace packetarium {
namespace {

/// How many records are looked through for what no variable says.
constexpr std::size_t kLookBack = 4096;
constexpr int kFar = 1'000'000;

const ConnMoment* connAt(const Moment& moment, ConnId id)
{
    return id && id.value() < moment.conns.size() ? &moment.conns[id.value()] : nullptr;
}

SeqRange rangeOf(const PacketInfo& packet)
{
    return {packet.seq, packet.seq + packet.length + (packet.flags.syn() ? 1 : 0) + (packet.flags.fin() ? 1 : 0)};
}

/// Links from each node to `end`.
std::vector<int> linksTo(const Trace& trace, NodeId end)
{
    std::vector<int> distance(trace.nodes().size(), kFar);
    if (!end || end.value() >= distance.size())
        return distance;
    distance[end.value()] = 0;
    std::vector<NodeId> reached{end};
    for (std::size_t i = 0; i < reached.size(); ++i) // it grows
        for (const TraceLink& link : trace.links()) {
            const NodeId other = link.a == reached[i] ? link.b : link.b == reached[i] ? link.a : NodeId();
            if (!other || other.value() >= distance.size() || distance[other.value()] != kFar)
                continue;
            distance[other.value()] = distance[reached[i].value()] + 1;
            reached.push_back(other);
        }
    return distance;
}

class WindowReader {
public:
    WindowReader(const Trace& trace, const Moment& moment, WindowMoment& into)
        : trace_(trace)
        , moment_(moment)
        , into_(into)
    {
        const ConnId ids[2] = {into.pair.client, into.pair.server};
        for (std::size_t side = 0; side < 2; ++side)
            ends_[side] = connAt(moment, ids[side]);
        if (trace.links().size() > 1)
            for (std::size_t side = 0; side < 2; ++side)
                if (into.directions[side].to)
                    links_[side] = linksTo(trace, into.directions[side].to);
    }

    void readUnderWay()
    {
        for (const PacketMoment& p : moment_.inFlight) {
            const auto way = wayOf(p.id, p.position);
            if (!way)
                continue;
            SegmentOnWay segment = way->segment;
            segment.held = p.held;
            if (segment.range.size() > 0)
                into_.directions[way->side].segments.push_back(segment);
            if (segment.ack)
                into_.directions[1 - way->side].acks.push_back(segment);
        }
    }

    void lookBack()
    {
        const auto records = trace_.records();
        const std::size_t done = std::min(moment_.recordsDone, records.size());
        const std::size_t first = done - std::min(done, kLookBack);
        for (std::size_t i = done; i-- > first;) {
            const Record& r = records[i];
            if (r.kind == RecordKind::PacketSent)
                noteSent(r);
            else if (r.kind == RecordKind::PacketLost || isDamaged(r))
                noteLost(r);
            else if (r.kind == RecordKind::PacketArrived)
                noteArrived(r);
        }
        for (WindowDirection& direction : into_.directions) {
            std::reverse(direction.lost.begin(), direction.lost.end());
            std::reverse(direction.lostAcks.begin(), direction.lostAcks.end());
        }
    }

private:
    struct Way {
        std::size_t side = 0; ///< the direction in which it goes
        SegmentOnWay segment;
    };

    static bool isDamaged(const Record& r)
    {
        return r.kind == RecordKind::SegmentIgnored &&
               (r.reason == Reason::IgnoredBadFcs || r.reason == Reason::IgnoredBadIpChecksum ||
                r.reason == Reason::IgnoredBadTcpChecksum);
    }

    std::optional<std::size_t> sideOf(const PacketInfo& made) const
    {
        for (std::size_t side = 0; side < 2; ++side) {
            const ConnMoment* conn = ends_[side];
            if (conn == nullptr)
                continue;
            if (made.conn && made.conn == conn->id)
                return side;
            // What the scenario put on the wire, and answers to nobody, belong to no connection.
            if (!made.conn && made.from == conn->host && made.sourcePort == conn->localPort &&
                made.destinationPort == conn->remotePort && made.sourcePort != 0)
                return side;
        }
        return std::nullopt;
    }

    std::optional<Way> wayOf(PacketId id, double position) const
    {
        const PacketInfo& here = trace_.packet(id);
        int passed = 0;
        PacketInfo made = here;
        while (made.parent) {
            made = trace_.packet(made.parent);
            ++passed;
        }
        const auto side = sideOf(made);
        if (!side)
            return std::nullopt;
        Way way;
        way.side = *side;
        SegmentOnWay& s = way.segment;
        s.packet = id;
        s.range = rangeOf(made);
        if (made.flags.ack())
            s.ack = made.ack;
        s.window = made.window;
        // RFC 7323 §2.2: the window of a segment with SYN is never scaled.
        if (const ConnMoment* sender = ends_[*side]; sender != nullptr && !made.flags.syn())
            if (const auto scale = sender->variable(Variable::RcvScale))
                s.window <<= std::min<std::uint64_t>(*scale, 14);
        s.retransmission = made.retransmission;
        s.corrupted = here.corrupted;
        s.copy = static_cast<bool>(here.copyOf);
        s.injected = made.injected;
        s.position = position;
        const std::vector<int>& links = links_[*side];
        if (here.to.value() < links.size() && links[here.to.value()] != kFar) {
            if (links[here.to.value()] >= links[here.from.value()])
                return std::nullopt; // flooded: this one goes elsewhere
            s.position = (passed + position) / (passed + 1 + links[here.to.value()]);
        }
        return way;
    }

    void noteSent(const Record& r)
    {
        for (std::size_t side = 0; side < 2; ++side) {
            if (ends_[side] == nullptr || r.conn != ends_[side]->id)
                continue;
            const PacketInfo packet = trace_.packet(r.packet);
            if (const SeqRange range = rangeOf(packet); range.size() > 0)
                sentLater_[side].push_back(range);
            if (packet.fate != Fate::Lost || packet.endAt > moment_.at)
                spokeLater_[side] = true;
        }
    }

    void noteLost(const Record& r)
    {
        if (!r.packet)
            return;
        const PacketInfo& packet = trace_.packet(r.packet);
        const auto way = wayOf(r.packet, packet.positionAt(packet.endAt));
        if (!way)
            return;
        if (way->segment.range.size() == 0) {
            if (way->segment.ack && !spokeLater_[way->side])
                into_.directions[1 - way->side].lostAcks.push_back(way->segment);
            return;
        }
        const SeqRange range = way->segment.range;
        WindowDirection& direction = into_.directions[way->side];
        const auto& later = sentLater_[way->side];
        const bool again =
            std::any_of(later.begin(), later.end(), [&](const SeqRange& other) { return other.contains(range.left); });
        const bool held =
            direction.receive && (seqLe(range.right, direction.receive->nxt) ||
                                  std::any_of(direction.receive->blocks.begin(), direction.receive->blocks.end(),
                                              [&](const SeqRange& b) { return b.contains(range.left); }));
        if (again || held || !direction.send || seqLe(range.right, direction.send->una))
            return;
        direction.lost.push_back(way->segment);
    }

    /// Only where the trace has no variables for what waits beyond a gap.
    void noteArrived(const Record& r)
    {
        for (std::size_t side = 0; side < 2; ++side) {
            WindowDirection& direction = into_.directions[side];
            const ConnMoment* receiver = ends_[1 - side];
            if (receiver == nullptr || r.conn != receiver->id || !direction.receive ||
                receiver->variable(Variable::OutOfOrder1) ||
                receiver->variable(Variable::RcvOutOfOrder).value_or(0) == 0)
                continue;
            const SeqRange range = rangeOf(trace_.packet(r.packet));
            ReceiveSide& receive = *direction.receive;
            if (range.size() == 0 || seqLe(range.left, receive.nxt) || seqGt(range.right, receive.edge()))
                continue;
            addBlock(receive, range);
        }
    }

    static void addBlock(ReceiveSide& receive, SeqRange range)
    {
        // Those that touch it become one with it.
        std::erase_if(receive.blocks, [&](const SeqRange& b) {
            if (seqGt(b.left, range.right) || seqLt(b.right, range.left))
                return false;
            range = {seqMin(range.left, b.left), seqMax(range.right, b.right)};
            return true;
        });
        receive.blocks.push_back(range);
        sortFrom(receive.blocks, receive.nxt);
    }

    const Trace& trace_;
    const Moment& moment_;
    WindowMoment& into_;
    std::array<const ConnMoment*, 2> ends_{};
    std::array<std::vector<int>, 2> links_; ///< to the receiver of each direction; empty: they are on one link
    std::array<std::vector<SeqRange>, 2> sentLater_;
    std::array<bool, 2> spokeLater_{}; ///< by side, likewise: anything that was not lost
};

/// The other end: the newest that has the ports the other way round and, where both say so, the same first number.
const ConnMoment* peerOf(const Moment& moment, const ConnMoment& conn)
{
    for (auto other = moment.conns.rbegin(); other != moment.conns.rend(); ++other) {
        if (!other->id || other->host == conn.host || other->localPort != conn.remotePort ||
            other->remotePort != conn.localPort || other->localPort == 0)
            continue;
        const auto same = [](const ConnMoment& sender, const ConnMoment& receiver) {
            const auto iss = sender.variable(Variable::Iss), irs = receiver.variable(Variable::Irs);
            return !iss || !irs || *iss == *irs;
        };
        if (same(conn, *other) && same(*other, conn))
            return &*other;
    }
    return nullptr;
}

int aliveness(const ConnMoment& conn)
{
    if (conn.remotePort == 0 || conn.state == TcpState::Listen)
        return 0;
    return conn.state == TcpState::Closed ? 1 : conn.state == TcpState::TimeWait ? 2 : 3;
}

/// Whom a connection tries to reach as long as nobody has answered.
NodeId addressee(const Trace& trace, const Moment& moment, const ConnMoment& conn)
{
    const auto nodes = trace.nodes();
    if (nodes.size() == 2)
        return NodeId(conn.host.value() == 0 ? 1 : 0);
    for (const PacketMoment& p : moment.inFlight) {
        PacketInfo made = trace.packet(p.id);
        while (made.parent)
            made = trace.packet(made.parent);
        if (made.conn != conn.id)
            continue;
        const IpAddress address = summarize(trace.bytes(made.id)).destination;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            for (const IpPrefix& own : nodes[i].addresses)
                if (own.address == address)
                    return NodeId(static_cast<std::uint8_t>(i));
    }
    return {};
}

} // namespace

std::optional<WindowPair> windowPair(const Trace& trace, const Moment& moment, ConnId preferred)
{
    const ConnMoment* chosen = connAt(moment, preferred);
    if (chosen != nullptr && aliveness(*chosen) == 0)
        chosen = nullptr;
    if (chosen == nullptr)
        for (const ConnMoment& conn : moment.conns)
            if (aliveness(conn) > 0 && (chosen == nullptr || aliveness(conn) >= aliveness(*chosen)))
                chosen = &conn;
    if (chosen == nullptr)
        return std::nullopt;
    const ConnMoment* peer = peerOf(moment, *chosen);
    const auto isActive = [&](const ConnMoment& conn) {
        return conn.host.value() < trace.nodes().size() && trace.nodes()[conn.host.value()].activeSide;
    };
    bool server = !isActive(*chosen) && peer != nullptr;
    if (peer != nullptr && isActive(*chosen) == isActive(*peer))
        server = chosen->localPort < peer->localPort; // services have the low ports
    if (server)
        std::swap(chosen, peer);
    return WindowPair{chosen->id, peer != nullptr ? peer->id : ConnId()};
}

WindowMoment windowMoment(const Trace& trace, const Moment& moment, const WindowPair& pair)
{
    WindowMoment result;
    result.pair = pair;
    const ConnMoment* ends[2] = {connAt(moment, pair.client), connAt(moment, pair.server)};
    for (std::size_t side = 0; side < 2; ++side) {
        WindowDirection& direction = result.directions[side];
        if (const ConnMoment* sender = ends[side]) {
            direction.from = sender->host;
            direction.send = sendSide(*sender);
        }
        if (const ConnMoment* receiver = ends[1 - side]) {
            direction.to = receiver->host;
            direction.receive = receiveSide(*receiver);
        }
    }
    if (ends[0] != nullptr && !result.directions[0].to)
        if (const NodeId to = addressee(trace, moment, *ends[0]))
            result.directions[0].to = result.directions[1].from = to;
    WindowReader reader(trace, moment, result);
    reader.readUnderWay();
    reader.lookBack();
    return result;
}

std::int64_t offsetFrom(Seq32 s, Seq32 near, std::int64_t offset)
{
    return offset + (s - near);
}

} // namespace packetarium
