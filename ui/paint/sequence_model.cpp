// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/sequence_model.h"

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

namespace packetarium {

namespace {

constexpr int kMostLanes = 3;

/// Which state each host's lifeline shows, kept up to date record by record; the same choice as HostMoment.
class ShownStates {
public:
    explicit ShownStates(std::size_t hosts)
        : shown_(hosts, TcpState::Closed)
    {}

    void see(const Record& r)
    {
        if (r.kind == RecordKind::ConnCreated)
            set(r.conn, r.host, TcpState::Closed);
        else if (r.kind == RecordKind::StateChange)
            set(r.conn, r.host, r.to());
    }
    TcpState of(std::size_t host) const { return shown_[host]; }

private:
    struct Conn {
        NodeId host;
        TcpState state = TcpState::Closed;
    };

    static int worth(TcpState s) { return s == TcpState::Closed ? 0 : s == TcpState::Listen ? 1 : 2; }

    void set(ConnId conn, NodeId host, TcpState state)
    {
        if (conn.value() >= conns_.size())
            conns_.resize(conn.value() + std::size_t{1});
        conns_[conn.value()] = {host, state};
        if (host.value() >= shown_.size())
            return;
        int best = -1;
        for (const Conn& c : conns_) {
            if (c.host == host && worth(c.state) >= best) {
                best = worth(c.state);
                shown_[host.value()] = c.state;
            }
        }
    }

    std::vector<Conn> conns_;
    std::vector<TcpState> shown_;
};

class LadderReader {
public:
    explicit LadderReader(const Trace& trace)
        : trace_(trace)
        , shown_(trace.nodes().size())
        , open_(trace.nodes().size(), -1)
    {}

    LadderModel read()
    {
        begin();
        const auto records = trace_.records();
        for (std::size_t i = 0; i < records.size(); ++i)
            see(records[i], i);
        finish();
        return std::move(model_);
    }

private:
    int tick(SimTime at, std::size_t record, TickRole role, NodeId host, int subject)
    {
        model_.ticks.push_back({at, record, role, host, subject});
        return static_cast<int>(model_.ticks.size()) - 1;
    }

    void begin()
    {
        readArrows(trace_, model_);
        firstOf_.assign(trace_.packets().size(), -1);
        lastOf_ = firstOf_;
        for (std::size_t i = 0; i < model_.arrows.size(); ++i) {
            firstOf_[model_.arrows[i].hops.front().value()] = static_cast<int>(i);
            lastOf_[model_.arrows[i].hops.back().value()] = static_cast<int>(i);
        }
        tick(SimTime::zero(), kNoRecord, TickRole::Start, {}, -1);
        model_.lanesOf.assign(model_.columns.size(), 0);
        model_.connects.assign(trace_.nodes().size(), false);
        model_.listens = model_.connects;
        for (const NodeId node : model_.columns)
            if (model_.twoHosts || hasConnections(node))
                openState(node, TcpState::Closed, 0, kNoRecord);
    }

    bool hasConnections(NodeId node) const
    {
        return std::any_of(trace_.conns().begin(), trace_.conns().end(),
                           [node](const TraceConn& c) { return c.host == node; });
    }

    void openState(NodeId host, TcpState state, int from, std::size_t record)
    {
        open_[host.value()] = static_cast<int>(model_.states.size());
        model_.states.push_back({host, state, from, -1, record, kNoRecord});
    }

    LadderArrow* arrowIn(const std::vector<int>& table, PacketId id)
    {
        if (id.value() >= table.size() || table[id.value()] < 0)
            return nullptr;
        return &model_.arrows[static_cast<std::size_t>(table[id.value()])];
    }

    void startArrow(PacketId id, std::size_t record)
    {
        LadderArrow* arrow = arrowIn(firstOf_, id);
        if (arrow == nullptr || arrow->start >= 0)
            return;
        const PacketInfo& p = trace_.packet(id);
        const int subject = firstOf_[id.value()];
        arrow->sentRecord = record;
        // One that waits in the queue leaves later than it was sent.
        const bool queued = p.txStart > p.sentAt && p.txStart < p.endAt;
        arrow->start =
            tick(queued ? p.txStart : p.sentAt, queued ? kNoRecord : record, TickRole::Send, arrow->from, subject);
        if (!arrow->holdAt.isNever()) {
            arrow->hold = tick(arrow->holdAt, kNoRecord, TickRole::Hold, arrow->from, subject);
            const SimTime until = std::min(arrow->letGoAt, trace_.end());
            if (until > arrow->holdAt && !until.isNever())
                arrow->letGo = tick(until, kNoRecord, TickRole::LetGo, arrow->from, subject);
        }
    }

    void endArrow(PacketId id, std::size_t record)
    {
        LadderArrow* arrow = arrowIn(lastOf_, id);
        if (arrow == nullptr)
            return;
        const TickRole role = arrow->lost ? TickRole::Lost : TickRole::Arrive;
        arrow->end = tick(trace_.records()[record].at, record, role, arrow->to, lastOf_[id.value()]);
        arrow->endRecord = record;
    }

    void ignore(const Record& r, std::size_t i)
    {
        LadderArrow* arrow = arrowIn(lastOf_, r.packet);
        if (arrow == nullptr)
            return;
        if (arrow->lost) {
            arrow->lossReason = r.reason;
            return;
        }
        arrow->ignored = r.reason;
        arrow->ignoredRecord = i;
    }

    void see(const Record& r, std::size_t i)
    {
        switch (r.kind) {
        case RecordKind::PacketSent: startArrow(r.packet, i); break;
        case RecordKind::PacketArrived:
        case RecordKind::PacketLost:
            startArrow(r.packet, i);
            endArrow(r.packet, i);
            break;
        case RecordKind::PacketChanged:
            if (r.reason == Reason::ChangedDuplicated) {
                // A copy that goes at once has no record of its own in some traces.
                const PacketId copy(static_cast<std::uint32_t>(r.value));
                if (copy.value() < trace_.packets().size() && trace_.packet(copy).sentAt <= r.at)
                    startArrow(copy, i);
            }
            break;
        case RecordKind::SegmentIgnored: ignore(r, i); break;
        case RecordKind::ConnCreated:
        case RecordKind::StateChange: changeState(r, i); break;
        case RecordKind::Timer: changeTimer(r, i); break;
        case RecordKind::App:
            asks(r);
            if (isColumn(r.host) && isDrawn(r.call()))
                call(r, i);
            break;
        case RecordKind::Program:
            if (isColumn(r.host) && isDrawn(r.program()))
                call(r, i);
            break;
        case RecordKind::LinkState:
        case RecordKind::NodeState:
        case RecordKind::Layer:
        case RecordKind::Table: break;
        case RecordKind::Command: command(r, i); break;
        case RecordKind::Variable: break;
        }
    }

    void asks(const Record& r)
    {
        if (r.host.value() >= model_.connects.size())
            return;
        if (r.call() == AppCall::Connect)
            model_.connects[r.host.value()] = true;
        if (r.call() == AppCall::Listen)
            model_.listens[r.host.value()] = true;
    }

    bool isColumn(NodeId node) const { return model_.columnOf(node) >= 0; }
    bool showsState(NodeId node) const { return node.value() < open_.size() && open_[node.value()] >= 0; }

    /// What a program set out to do, and how that ended; what lies between is seen from the packets.
    static bool isDrawn(ProgramEvent event)
    {
        switch (event) {
        case ProgramEvent::PingTimedOut:
        case ProgramEvent::TraceDone:
        case ProgramEvent::ResolveCached:
        case ProgramEvent::ResolveAnswered:
        case ProgramEvent::ResolveFailed:
        case ProgramEvent::UrlOpened:
        case ProgramEvent::UrlShown:
        case ProgramEvent::UrlFailed:
        case ProgramEvent::TransferCut:
        case ProgramEvent::TransferDone: return true;
        default: return false;
        }
    }

    /// Calls worth a word on the page; that data was delivered or read is seen from the packets.
    static bool isDrawn(AppCall c)
    {
        switch (c) {
        case AppCall::Accept:
        case AppCall::Connect:
        case AppCall::Send:
        case AppCall::Close:
        case AppCall::Shutdown:
        case AppCall::Abort:
        case AppCall::Crash:
        case AppCall::Failed: return true;
        case AppCall::Listen:
        case AppCall::Receive:
        case AppCall::Opened:
        case AppCall::Delivered:
        case AppCall::PeerClosed:
        case AppCall::Closed: return false;
        }
        return false;
    }

    void call(const Record& r, std::size_t i)
    {
        const int index = static_cast<int>(model_.calls.size());
        model_.calls.push_back({r.host, tick(r.at, i, TickRole::Call, r.host, index), i});
    }

    void command(const Record& r, std::size_t i)
    {
        const int index = static_cast<int>(model_.commands.size());
        model_.commands.push_back({r.host, tick(r.at, i, TickRole::Command, r.host, index), i});
    }

    void changeState(const Record& r, std::size_t i)
    {
        shown_.see(r);
        if (!showsState(r.host))
            return;
        const std::size_t host = r.host.value();
        LadderState& last = model_.states[static_cast<std::size_t>(open_[host])];
        if (last.state == shown_.of(host))
            return;
        if (r.at == SimTime::zero() && last.fromRecord == kNoRecord) {
            // Nobody ever saw what was before the first instant.
            last.state = shown_.of(host);
            return;
        }
        const int at = tick(r.at, i, TickRole::State, r.host, static_cast<int>(model_.states.size()));
        last.to = at;
        last.toRecord = i;
        openState(r.host, shown_.of(host), at, i);
    }

    /// Beside the outer lifelines there is room for a timer's bracket.
    bool isOuter(NodeId node) const
    {
        return !model_.columns.empty() && (node == model_.columns.front() || node == model_.columns.back());
    }

    void changeTimer(const Record& r, std::size_t i)
    {
        if (!isOuter(r.host))
            return;
        const auto key = std::tuple(r.host, r.conn, r.timer());
        const auto running = running_.find(key);
        if (running != running_.end()) {
            LadderTimer& t = model_.timers[static_cast<std::size_t>(running->second)];
            t.to = tick(r.at, i, TickRole::TimerEnd, r.host, running->second);
            t.toRecord = i;
            t.fired = r.timerChange() == TimerChange::Fired;
            lastEnded_[key] = running->second;
            running_.erase(running);
        }
        if (r.timerChange() == TimerChange::Started)
            startTimer(r, i);
    }

    void startTimer(const Record& r, std::size_t i)
    {
        const auto key = std::tuple(r.host, r.conn, r.timer());
        LadderTimer t;
        t.host = r.host;
        t.conn = r.conn;
        t.timer = r.timer();
        t.startedAt = r.at;
        t.deadline = SimTime::fromNs(static_cast<std::int64_t>(r.value));
        t.fromRecord = i;
        const int index = static_cast<int>(model_.timers.size());
        t.chain = index;
        if (const auto last = lastEnded_.find(key); last != lastEnded_.end()) {
            const LadderTimer& before = model_.timers[static_cast<std::size_t>(last->second)];
            const bool unbroken = !before.fired && model_.ticks[static_cast<std::size_t>(before.to)].at == r.at;
            if (unbroken && before.duration() == t.duration())
                t.chain = before.chain;
        }
        t.from = tick(r.at, i, TickRole::TimerStart, r.host, index);
        model_.timers.push_back(t);
        running_[key] = index;
    }

    void finish()
    {
        const SimTime end = trace_.end();
        SimTime last = end.isNever() ? SimTime::zero() : end;
        for (const LadderTick& t : model_.ticks)
            last = std::max(last, t.at);
        tick(last, kNoRecord, TickRole::End, {}, -1);
        sortTicks();
        dropTimersWithoutLength();
        for (LadderTimer& t : model_.timers)
            model_.timers[static_cast<std::size_t>(t.chain)].chainEnd = t.to;
        chooseLanes();
        indexLadder(model_);
    }

    void sortTicks()
    {
        std::vector<int> order(model_.ticks.size());
        for (std::size_t i = 0; i < order.size(); ++i)
            order[i] = static_cast<int>(i);
        const auto& ticks = model_.ticks;
        const auto key = [&ticks](int i) {
            const LadderTick& t = ticks[static_cast<std::size_t>(i)];
            return std::tuple(t.at, t.role != TickRole::Start, t.role == TickRole::End, t.record, i);
        };
        std::sort(order.begin(), order.end(), [&key](int a, int b) { return key(a) < key(b); });
        std::vector<LadderTick> sorted;
        std::vector<int> place(order.size());
        for (std::size_t i = 0; i < order.size(); ++i) {
            place[static_cast<std::size_t>(order[i])] = static_cast<int>(i);
            sorted.push_back(ticks[static_cast<std::size_t>(order[i])]);
        }
        model_.ticks = std::move(sorted);
        const auto moved = [&place](int& i) {
            if (i >= 0)
                i = place[static_cast<std::size_t>(i)];
        };
        for (LadderArrow& a : model_.arrows)
            for (int* i : {&a.start, &a.end, &a.hold, &a.letGo})
                moved(*i);
        for (LadderState& s : model_.states)
            for (int* i : {&s.from, &s.to})
                moved(*i);
        for (LadderTimer& t : model_.timers)
            for (int* i : {&t.from, &t.to})
                moved(*i);
        for (auto* calls : {&model_.calls, &model_.commands})
            for (LadderCall& c : *calls)
                moved(c.tick);
    }

    /// A timer set and stopped in the same instant is not seen; its ticks would only take room.
    void dropTimersWithoutLength()
    {
        std::vector<LadderTimer> kept;
        std::vector<int> place(model_.timers.size(), -1);
        for (std::size_t i = 0; i < model_.timers.size(); ++i) {
            const LadderTimer& t = model_.timers[i];
            const bool seen = t.to < 0 || model_.ticks[static_cast<std::size_t>(t.to)].at > t.startedAt;
            if (!seen) {
                for (const int at : {t.from, t.to})
                    model_.ticks[static_cast<std::size_t>(at)].subject = -1;
                continue;
            }
            place[i] = static_cast<int>(kept.size());
            kept.push_back(t);
        }
        std::map<int, int> firstOf; // the chain's first may have been dropped
        for (std::size_t i = 0; i < kept.size(); ++i)
            kept[i].chain = firstOf.try_emplace(kept[i].chain, static_cast<int>(i)).first->second;
        model_.timers = std::move(kept);
        for (LadderTick& t : model_.ticks)
            if ((t.role == TickRole::TimerStart || t.role == TickRole::TimerEnd) && t.subject >= 0)
                t.subject = place[static_cast<std::size_t>(t.subject)];
    }

    void chooseLanes()
    {
        std::array<int, kMostLanes> free{};
        free.fill(-1);
        std::vector<std::array<int, kMostLanes>> busyUntil(model_.columns.size(), free);
        std::vector<int> order;
        for (std::size_t i = 0; i < model_.timers.size(); ++i)
            if (model_.timers[i].chain == static_cast<int>(i))
                order.push_back(static_cast<int>(i));
        const auto& timers = model_.timers;
        std::sort(order.begin(), order.end(), [&timers](int a, int b) {
            return timers[static_cast<std::size_t>(a)].from < timers[static_cast<std::size_t>(b)].from;
        });
        for (const int i : order) {
            LadderTimer& t = model_.timers[static_cast<std::size_t>(i)];
            const auto column = static_cast<std::size_t>(model_.columnOf(t.host));
            auto& lanes = busyUntil[column];
            int lane = 0;
            while (lane + 1 < kMostLanes && lanes[static_cast<std::size_t>(lane)] >= t.from)
                ++lane;
            t.lane = lane;
            lanes[static_cast<std::size_t>(lane)] = t.chainEnd < 0 ? std::numeric_limits<int>::max() : t.chainEnd;
            int& needed = model_.lanesOf[column];
            needed = std::max(needed, lane + 1);
        }
        for (LadderTimer& t : model_.timers)
            t.lane = model_.timers[static_cast<std::size_t>(t.chain)].lane;
    }

    const Trace& trace_;
    LadderModel model_;
    ShownStates shown_;
    std::vector<int> open_;             ///< by node: the state that its lifeline shows; -1: none
    std::vector<int> firstOf_, lastOf_; ///< by packet: the arrow that begins, ends with it, or -1
    std::map<std::tuple<NodeId, ConnId, Timer>, int> running_, lastEnded_;
};

} // namespace

int LadderModel::columnOf(NodeId node) const
{
    const auto found = std::find(columns.begin(), columns.end(), node);
    return found == columns.end() ? -1 : static_cast<int>(found - columns.begin());
}

std::shared_ptr<const LadderModel> readLadderAhead(const Trace& trace)
{
    return std::make_shared<const LadderModel>(readLadder(trace));
}

LadderModel readLadder(const Trace& trace)
{
    return LadderReader(trace).read();
}

} // namespace packetarium
