// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/congestion_trace.h"

#include <algorithm>
#include <map>
#include <tuple>

namespace packetarium {
namespace {

constexpr std::int64_t kMss = 1460;
constexpr std::uint32_t kIss = 1'000'000'000, kPeerIss = 5'000;
constexpr std::uint8_t kSyn = 2, kAck = 16;
const NodeId kSender{0}, kReceiver{1};

class CongestedRun {
public:
    explicit CongestedRun(const CongestionRun& run)
        : run_(run)
        , got_(static_cast<std::size_t>(run.segments))
    {
        TraceNode client, server;
        client.name = "client";
        client.activeSide = true;
        server.name = "server";
        trace_.setNodes({client, server});
        TraceLink link;
        link.a = kSender;
        link.b = kReceiver;
        link.bitsPerSecond = run.bitsPerSecond;
        link.delay = run.delay;
        trace_.setLinks({link});
        sender_ = trace_.addConn({kSender, 49152, 80});
        receiver_ = trace_.addConn({kReceiver, 80, 49152});
    }

    Trace go()
    {
        now_ = SimTime::fromNs(10'000'000);
        variable(Variable::Iss, kIss);
        send(kSyn, 0, 0, 0, Reason::SentConnect, false);
        while (!events_.empty()) {
            const auto [key, event] = *events_.begin();
            events_.erase(events_.begin());
            now_ = key.first;
            if (event.kind == Event::Timer)
                fire(event.value);
            else if (event.kind == Event::Lost)
                finish(event, RecordKind::PacketLost);
            else
                arrive(event);
        }
        trace_.setEnd(now_);
        return std::move(trace_);
    }

private:
    struct Event {
        enum Kind { Arrival, Lost, Timer } kind;
        PacketId packet;
        std::int64_t value = 0; ///< segment's number, or the timer's version; -1: the handshake
        std::vector<std::uint64_t> sacks;
    };

    void at(SimTime t, Event event) { events_.emplace(std::pair{t, order_++}, std::move(event)); }

    void record(RecordKind kind, NodeId host, ConnId conn, PacketId packet, Reason reason = Reason::None)
    {
        Record r;
        r.at = now_;
        r.kind = kind;
        r.host = host;
        r.conn = conn;
        r.packet = packet;
        r.reason = reason;
        trace_.append(r);
    }

    void variable(Variable v, std::int64_t value)
    {
        auto& last = last_[static_cast<std::size_t>(v)];
        if (last == value + 1)
            return;
        last = value + 1;
        Record r;
        r.at = now_;
        r.kind = RecordKind::Variable;
        r.host = kSender;
        r.conn = sender_;
        r.a = static_cast<std::uint8_t>(v);
        r.value = static_cast<std::uint64_t>(value);
        trace_.append(r);
    }

    void say()
    {
        variable(Variable::Cwnd, cwnd_);
        variable(Variable::Ssthresh, ssthresh_);
        variable(Variable::Phase, static_cast<std::int64_t>(phase_));
        variable(Variable::SndUna, kIss + 1 + una_ * kMss);
        variable(Variable::SndNxt, kIss + 1 + nxt_ * kMss);
    }

    PacketInfo info(NodeId from, std::uint8_t flags, std::uint32_t seq, std::uint32_t ack, std::uint32_t length)
    {
        PacketInfo p;
        p.from = from;
        p.to = from == kSender ? kReceiver : kSender;
        p.link = LinkId(0);
        p.protocol = Protocol::Tcp;
        p.conn = from == kSender ? sender_ : receiver_;
        p.sourcePort = from == kSender ? 49152 : 80;
        p.destinationPort = from == kSender ? 80 : 49152;
        p.flags.bits = flags;
        p.seq = Seq32(seq);
        p.ack = Seq32(ack);
        p.length = length;
        p.window = static_cast<std::uint16_t>(from == kReceiver && flags == kAck ? run_.window >> kScale : 65'535);
        p.sentAt = p.txStart = p.txEnd = now_;
        p.bytesSize = 0;
        return p;
    }

    void put(PacketInfo p, std::int64_t value, bool lost, std::vector<std::uint64_t> sacks = {})
    {
        if (p.from == kSender) {
            std::erase_if(starts_, [this](SimTime t) { return t <= now_; });
            if (starts_.size() >= run_.queueLimit) {
                p.fate = Fate::Lost;
                p.lossReason = Reason::LostQueueFull;
                p.naturalArrival = p.endAt = now_;
            } else {
                p.txStart = std::max(now_, busy_);
                p.txEnd = busy_ = p.txStart + SimDuration::nanoseconds(static_cast<std::int64_t>(
                                                  (p.length + 40) * 8 * 1'000'000'000ull / run_.bitsPerSecond));
                if (p.txStart > now_)
                    starts_.push_back(p.txStart);
            }
        }
        if (p.fate != Fate::Lost) {
            p.naturalArrival = p.txEnd + run_.delay;
            p.fate = lost ? Fate::Lost : Fate::Arrived;
            p.lossReason = lost ? Reason::LostRandom : Reason::None;
            p.endAt = lost ? p.txEnd + run_.delay / 2 : p.naturalArrival;
        }
        const SimTime end = p.endAt;
        const bool gone = p.fate == Fate::Lost;
        const NodeId from = p.from;
        const ConnId conn = p.conn;
        const Reason cause = p.cause;
        const PacketId id = trace_.addPacket(p, {});
        record(RecordKind::PacketSent, from, conn, id, cause);
        at(end, {gone ? Event::Lost : Event::Arrival, id, value, std::move(sacks)});
    }

    void send(std::uint8_t flags, std::int64_t number, std::uint32_t length, std::uint32_t ack, Reason why, bool again)
    {
        const auto seq = static_cast<std::uint32_t>(kIss + (flags == kSyn ? 0 : 1 + number * kMss));
        PacketInfo p = info(kSender, flags, seq, ack, length);
        p.cause = why;
        p.retransmission = again;
        const bool lost = length > 0 && std::ranges::find(run_.lost, ++count_) != run_.lost.end();
        put(p, length > 0 ? number : -1, lost);
    }

    void data(std::int64_t number, Reason why)
    {
        const bool again = number < sent_;
        sent_ = std::max(sent_, number + 1);
        send(kAck, number, kMss, kPeerIss + 1, why, again);
        if (!again)
            times_[number] = now_;
        else
            times_.erase(number);
    }

    void finish(const Event& event, RecordKind kind)
    {
        const PacketInfo& p = trace_.packet(event.packet);
        record(kind, kind == RecordKind::PacketLost ? NodeId() : p.to,
               kind == RecordKind::PacketLost ? ConnId() : (p.to == kSender ? sender_ : receiver_), event.packet,
               p.lossReason);
    }

    void arrive(const Event& event)
    {
        finish(event, RecordKind::PacketArrived);
        const PacketInfo p = trace_.packet(event.packet);
        if (p.from == kSender && p.flags.syn()) {
            PacketInfo answer = info(kReceiver, kSyn | kAck, kPeerIss, kIss + 1, 0);
            answer.cause = Reason::SentSynAck;
            put(answer, -1, false);
        } else if (p.from == kReceiver && p.flags.syn()) {
            variable(Variable::SndScale, kScale);
            send(kAck, 0, 0, kPeerIss + 1, Reason::SentAckOfSyn, false);
            more(Reason::SentAppWrite);
        } else if (p.from == kSender && event.value >= 0)
            receive(event.value);
        else if (p.from == kReceiver)
            acknowledged(event);
    }

    void receive(std::int64_t number)
    {
        got_[static_cast<std::size_t>(number)] = true;
        while (next_ < run_.segments && got_[static_cast<std::size_t>(next_)])
            ++next_;
        std::vector<std::uint64_t> sacks;
        for (std::int64_t i = next_; i < sent_ && sacks.size() < 3; ++i) {
            if (!got_[static_cast<std::size_t>(i)])
                continue;
            std::int64_t end = i;
            while (end < sent_ && got_[static_cast<std::size_t>(end)])
                ++end;
            sacks.push_back(static_cast<std::uint64_t>(kIss + 1 + i * kMss) << 32 |
                            static_cast<std::uint32_t>(kIss + 1 + end * kMss));
            i = end;
        }
        PacketInfo ack = info(kReceiver, kAck, kPeerIss + 1, static_cast<std::uint32_t>(kIss + 1 + next_ * kMss), 0);
        ack.cause = sacks.empty() ? Reason::SentAckImmediate : Reason::SentAckOutOfOrder;
        put(ack, next_, false, sacks);
    }

    void acknowledged(const Event& event)
    {
        for (std::size_t i = 0; i < 3; ++i)
            variable(static_cast<Variable>(static_cast<std::size_t>(Variable::Sacked1) + i),
                     i < event.sacks.size() ? static_cast<std::int64_t>(event.sacks[i]) : 0);
        const std::int64_t ack = event.value;
        if (ack > una_)
            advance(ack);
        else if (ack == una_ && nxt_ > una_)
            repeat();
        more(Reason::SentAckClock);
    }

    void advance(std::int64_t ack)
    {
        if (const auto sent = times_.find(ack - 1); sent != times_.end()) {
            const std::int64_t rtt = (now_ - sent->second).ns();
            srtt_ = srtt_ == 0 ? rtt : srtt_ + (rtt - srtt_) / 8;
            variable(Variable::Srtt, srtt_);
            variable(Variable::Rto, std::max<std::int64_t>(200'000'000, srtt_ * 2));
        }
        una_ = ack;
        nxt_ = std::max(nxt_, una_);
        repeated_ = 0;
        if (phase_ == CongestionPhase::FastRecovery) {
            if (una_ >= recover_) {
                cwnd_ = ssthresh_;
                phase_ = CongestionPhase::CongestionAvoidance;
            } else
                data(una_, Reason::SentRecovery);
        } else if (cwnd_ < ssthresh_)
            cwnd_ += kMss;
        else {
            cwnd_ += kMss * kMss / cwnd_;
            phase_ = CongestionPhase::CongestionAvoidance;
        }
        startTimer();
    }

    void repeat()
    {
        ++repeated_;
        if (phase_ == CongestionPhase::FastRecovery)
            cwnd_ += kMss;
        else if (repeated_ == 3 && phase_ != CongestionPhase::AfterTimeout) {
            ssthresh_ = std::max<std::int64_t>(2 * kMss, (nxt_ - una_) * kMss / 2);
            cwnd_ = ssthresh_ + 3 * kMss;
            recover_ = nxt_;
            phase_ = CongestionPhase::FastRecovery;
            data(una_, Reason::SentFastRetransmit);
            startTimer();
        }
    }

    void more(Reason why)
    {
        const bool idle = nxt_ == una_;
        while (nxt_ < run_.segments && (nxt_ + 1 - una_) * kMss <= cwnd_ &&
               (nxt_ + 1 - una_) * kMss <= static_cast<std::int64_t>(run_.window)) {
            data(nxt_, nxt_ < sent_ ? Reason::SentAfterTimeout : why);
            ++nxt_;
        }
        if (idle && nxt_ > una_)
            startTimer();
        say();
    }

    void startTimer()
    {
        ++version_;
        at(now_ + SimDuration::nanoseconds(std::max<std::int64_t>(300'000'000, 2 * srtt_)),
           {Event::Timer, {}, version_, {}});
    }

    void fire(std::int64_t version)
    {
        if (version != version_ || una_ >= run_.segments)
            return;
        Record r;
        r.at = now_;
        r.kind = RecordKind::Timer;
        r.host = kSender;
        r.conn = sender_;
        r.a = static_cast<std::uint8_t>(Timer::Retransmission);
        r.b = static_cast<std::uint8_t>(TimerChange::Fired);
        trace_.append(r);
        ssthresh_ = std::max<std::int64_t>(2 * kMss, (nxt_ - una_) * kMss / 2);
        cwnd_ = kMss;
        phase_ = CongestionPhase::AfterTimeout;
        repeated_ = 0;
        data(una_, Reason::SentRetransmission);
        nxt_ = una_ + 1;
        startTimer();
        say();
    }

    static constexpr int kScale = 3;
    const CongestionRun run_;
    Trace trace_;
    ConnId sender_, receiver_;
    std::map<std::pair<SimTime, std::uint64_t>, Event> events_;
    std::uint64_t order_ = 0;
    SimTime now_, busy_;
    std::vector<SimTime> starts_;
    std::array<std::int64_t, kVariableCount> last_{};
    std::vector<bool> got_;
    std::int64_t next_ = 0, sent_ = 0, una_ = 0, nxt_ = 0, recover_ = 0, version_ = 0;
    std::int64_t cwnd_ = 2 * kMss, ssthresh_ = 0x7fffffff, srtt_ = 0;
    int repeated_ = 0, count_ = 0;
    CongestionPhase phase_ = CongestionPhase::SlowStart;
    std::map<std::int64_t, SimTime> times_;
};

} // namespace

Trace congestionTrace(const CongestionRun& run)
{
    return CongestedRun(run).go();
}

Trace congestionTrace()
{
    CongestionRun run;
    run.segments = 220;
    // One packet that duplicate ACKs tell of, and later a whole flight of them, so that none come back.
    run.lost = {52,  150, 151, 152, 153, 154, 155, 156, 157, 158, 159,
                160, 161, 162, 163, 164, 165, 166, 167, 168, 169, 170};
    return congestionTrace(run);
}

} // namespace packetarium
