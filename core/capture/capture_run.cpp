// SPDX-License-Identifier: GPL-3.0-or-later
// The second reading: the packets that were chosen, when they were sent and arrived, and what both ends made of them.
#include "core/capture/capture_run.h"

#include "core/capture/capture_hosts.h"
#include "core/capture/packet_causes.h"
#include "core/capture/tcp_inference.h"
#include "core/trace/describe_frame.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace packetarium {
namespace {

constexpr std::int64_t kNominal = 500'000; ///< ns, on either side of the capture
constexpr std::int64_t kLeast = 1'000;     ///< ns: what is less is not seen to travel
constexpr std::int64_t kLongest =
    std::int64_t{366} * 86'400 * 1'000'000'000; ///< a capture that covers more has odd clocks
/// A datagram that is repeated later than this was sent again; what passes two places does it sooner.
constexpr std::int64_t kSamePassage = 200'000'000;
constexpr std::uint64_t kAtAGlance = 400; ///< packets that may be shown all at once
constexpr std::uint64_t kHostsAtAGlance = 6;

struct Kept {
    std::int64_t ns = 0;
    std::uint32_t conversation = 0;
    FrameFacts facts;
    Bytes frame;
    bool hasMac = false;
    bool fromA = false;
    NodeId from, to;
    LinkId link;
    std::int64_t sentAt = 0, endAt = 0;
    bool lost = false;
    std::size_t segment = 0; ///< in its conversation, of TCP
};

struct Talk {
    std::vector<CapturedSegment> segments;
    TcpFindings findings;
    std::unique_ptr<TcpInference> inference;
};

class Builder {
public:
    Builder(CaptureReader reader, const CaptureIndex& index, const CaptureChoice& choice, CaptureProgress& progress,
            const CaptureLimits& limits)
        : reader_(std::move(reader))
        , index_(index)
        , progress_(progress)
        , limits_(limits)
    {
        run_.choice = choice;
        run_.notes = index.notes;
    }

    Result<CapturedRun, InputError> build()
    {
        if (auto problem = collect())
            return *problem;
        std::stable_sort(kept_.begin(), kept_.end(), [](const Kept& a, const Kept& b) { return a.ns < b.ns; });
        dropOddTimes();
        placeHosts();
        analyse();
        if (progress_.cancelled)
            return InputError{InputErrorId::CaptureCancelled, {}, index_.file};
        emitAll();
        finish();
        return std::move(run_);
    }

private:
    bool isChosen(std::uint32_t conversation) const
    {
        return conversation != ConversationTable::kNone &&
               (!run_.choice.conversation || *run_.choice.conversation == conversation);
    }

    std::uint64_t packetsOfChoice() const
    {
        if (run_.choice.conversation)
            return index_.conversations[*run_.choice.conversation].packets;
        std::uint64_t all = 0;
        for (const Conversation& c : index_.conversations)
            all += c.packets;
        return all;
    }

    std::optional<InputError> collect()
    {
        ConversationTable table;
        const std::uint64_t wanted = packetsOfChoice();
        std::uint64_t octets = 0, read = 0;
        progress_.total = reader_.size();
        while (const auto packet = reader_.next()) {
            if (read++ % CaptureProgress::kEvery == 0) {
                progress_.done = reader_.position();
                if (progress_.cancelled)
                    return InputError{InputErrorId::CaptureCancelled, {}, index_.file};
            }
            const auto located = locate(packet->link, packet->bytes);
            if (!located)
                continue;
            const FrameFacts facts = factsOf(packet->bytes, *located, packet->wireLength);
            const std::uint32_t conversation = table.add(facts, packet->wireLength, packet->ns);
            if (!isChosen(conversation))
                continue;
            Kept kept;
            kept.ns = packet->ns;
            kept.conversation = conversation;
            kept.facts = facts;
            kept.hasMac = located->hasSource;
            kept.frame = ethernetLike(packet->link, packet->bytes, *located, packet->complete(), index_.hasFcs);
            if (wasSeen(kept))
                continue;
            octets += kept.frame.size();
            kept_.push_back(std::move(kept));
            if (kept_.size() + seenAgain_ == wanted)
                break;
            if (kept_.size() == limits_.packets || octets > limits_.octets) {
                note(CaptureNote::Kind::OnlyFirst, kept_.size(), std::to_string(wanted));
                break;
            }
        }
        note(CaptureNote::Kind::SeenAgain, seenAgain_);
        return std::nullopt;
    }

    /// A capture of several interfaces, or of all of them, has a packet once for each that it passed.
    bool wasSeen(const Kept& k)
    {
        const Passage now = passageOf(k.frame);
        const auto [at, first] = passages_.try_emplace(now.datagram, now, k.ns);
        if (first)
            return false;
        const auto [before, ns] = at->second;
        at->second = {now, k.ns};
        const bool elsewhere = now.marked || before.where != now.where;
        if (k.ns - ns > kSamePassage || k.ns < ns - kSamePassage || !elsewhere)
            return false;
        ++seenAgain_;
        return true;
    }

    void note(CaptureNote::Kind kind, std::uint64_t count, std::string text = {})
    {
        if (count > 0)
            run_.notes.push_back({kind, count, std::move(text)});
    }

    void dropOddTimes()
    {
        if (kept_.empty())
            return;
        const std::int64_t middle = kept_[kept_.size() / 2].ns;
        const auto isOdd = [middle](const Kept& k) { return k.ns < middle - kLongest || k.ns > middle + kLongest; };
        note(CaptureNote::Kind::OddTimes, std::erase_if(kept_, isOdd));
    }

    /// The end of the conversation that it comes from, and the one it goes to.
    std::pair<CaptureHosts::Key, CaptureHosts::Key> endsOf(const Kept& k) const
    {
        const Conversation& c = index_.conversations[k.conversation];
        CaptureHosts::Key a{c.a}, b{c.b, c.a == c.b};
        return k.fromA ? std::pair(a, b) : std::pair(b, a);
    }

    void placeHosts()
    {
        CaptureHosts::Key first;
        bool haveFirst = false;
        for (Kept& k : kept_) {
            const Conversation& c = index_.conversations[k.conversation];
            k.fromA = k.facts.source == c.a && k.facts.sourcePort == c.aPort;
            const auto [from, to] = endsOf(k);
            hosts_.hear(from, to, k.hasMac ? std::optional(k.facts.sourceMac) : std::nullopt);
            if (!haveFirst && k.facts.protocol == Protocol::Tcp) {
                first = {c.a};
                haveFirst = known_ = c.beginning || c.protocol == Protocol::Tcp;
                known_ = c.beginning || (k.facts.flags.syn() && k.facts.flags.ack());
            }
        }
        if (!haveFirst && !kept_.empty())
            first = endsOf(kept_.front()).first;
        hosts_.settle(first, std::min<std::size_t>(limits_.hosts, 200));
        const auto isBeyond = [this](Kept& k) {
            const auto [from, to] = endsOf(k);
            k.from = hosts_.nodeOf(from);
            k.to = hosts_.nodeOf(to);
            if (k.from && k.to && k.from != k.to)
                k.link = hosts_.linkOf(k.from, k.to);
            return !k.link;
        };
        note(CaptureNote::Kind::TooManyHosts, std::erase_if(kept_, isBeyond));
    }

    void analyse()
    {
        for (std::size_t i = 0; i < kept_.size(); ++i) {
            Kept& k = kept_[i];
            if (k.facts.protocol != Protocol::Tcp)
                continue;
            auto& segments = talks_[k.conversation].segments;
            k.segment = segments.size();
            segments.push_back({i, k.ns, k.fromA, k.facts});
        }
        measure();
        for (auto& [conversation, talk] : talks_) {
            const Kept& k = kept_[talk.segments.front().packet];
            const NodeId a = k.fromA ? k.from : k.to, b = k.fromA ? k.to : k.from;
            talk.findings = analyseTcp(talk.segments, distance(a), distance(b));
            run_.retransmissions += talk.findings.retransmissions;
            run_.lost += talk.findings.lost;
            run_.outOfOrder += talk.findings.outOfOrder;
            run_.octetsMissing += talk.findings.octetsMissing;
            for (const CapturedSegment& s : talk.segments)
                kept_[s.packet].lost = s.lost;
            const Conversation& c = index_.conversations[conversation];
            const TcpFindings& f = talk.findings;
            talk.inference = std::make_unique<TcpInference>(
                run_.trace, TcpInference::End{a, c.aPort, f.scaleA, f.aSpoke, false},
                TcpInference::End{b, c.bPort, f.scaleB, f.bSpoke, f.bSentSynAck && !f.bSentSyn && c.beginning});
        }
    }

    // --- distances --------------------------------------------------------------------------------------------

    std::int64_t distance(NodeId node) const
    {
        const auto found = distances_.find(node);
        if (found != distances_.end())
            return found->second;
        // Of whoever never answers nothing is known. If it is there that the capture is made, the others tell.
        return distances_.empty() ? kNominal : 0;
    }

    void measure()
    {
        const auto least = [this](NodeId node, std::optional<std::int64_t> ns) {
            if (!ns || *ns < 0)
                return;
            const auto [at, added] = distances_.try_emplace(node, *ns);
            if (!added)
                at->second = std::min(at->second, *ns);
        };
        for (auto& [conversation, talk] : talks_) {
            unwrapNumbers(talk.segments);
            const TapDistances d = distancesOf(talk.segments);
            const Kept& k = kept_[talk.segments.front().packet];
            least(k.fromA ? k.from : k.to, d.a);
            least(k.fromA ? k.to : k.from, d.b);
        }
        // Whatever else there is: who speaks first asks, and what then comes from the other side is the answer.
        struct Asked {
            NodeId asker, last;
            std::int64_t at = 0;
        };
        std::map<LinkId, Asked> asked;
        for (const Kept& k : kept_) {
            if (k.facts.protocol == Protocol::Tcp)
                continue;
            const auto [before, first] = asked.try_emplace(k.link, Asked{k.from, k.from, k.ns});
            if (!first && k.from != before->second.asker && before->second.last == before->second.asker)
                least(k.from, (k.ns - before->second.at) / 2);
            before->second.last = k.from;
            before->second.at = k.ns;
        }
        for (std::size_t i = 0; i < hosts_.links().size(); ++i) {
            const TraceLink& link = hosts_.links()[i];
            hosts_.setDelay(LinkId(static_cast<std::uint16_t>(i)),
                            SimDuration::nanoseconds(std::max(kLeast, distance(link.a) + distance(link.b))));
        }
        std::int64_t start = std::numeric_limits<std::int64_t>::max();
        for (Kept& k : kept_) {
            k.sentAt = k.ns - distance(k.from);
            k.endAt = std::max(k.ns + distance(k.to), k.sentAt + kLeast);
            start = std::min(start, k.sentAt);
        }
        run_.startNs = kept_.empty() ? 0 : start;
        for (Kept& k : kept_) {
            k.sentAt -= run_.startNs;
            k.endAt -= run_.startNs;
        }
    }

    // --- the trace --------------------------------------------------------------------------------------------

    void emitAll()
    {
        run_.trace.setNodes(hosts_.nodes(known_));
        run_.trace.setLinks(hosts_.links());
        struct Event {
            std::int64_t at;
            bool sends;
            std::size_t packet;
        };
        std::vector<Event> events;
        events.reserve(2 * kept_.size());
        for (std::size_t i = 0; i < kept_.size(); ++i) {
            Kept& k = kept_[i];
            if (k.lost) // beyond the place where it was captured
                k.endAt -= (k.endAt - (k.ns - run_.startNs)) / 2;
            events.push_back({k.sentAt, true, i});
            events.push_back({k.endAt, false, i});
        }
        // What arrives is there before what is sent at that instant: it may be the answer.
        std::sort(events.begin(), events.end(), [](const Event& x, const Event& y) {
            return std::tie(x.at, x.sends, x.packet) < std::tie(y.at, y.sends, y.packet);
        });
        ids_.assign(kept_.size(), PacketId::none());
        for (const Event& event : events) {
            const SimTime at = SimTime::fromNs(event.at);
            if (event.sends)
                send(event.packet, at);
            else
                arrive(event.packet, at);
        }
        if (!events.empty())
            run_.trace.setEnd(SimTime::fromNs(events.back().at));
    }

    const CapturedSegment* segmentOf(const Kept& k) const
    {
        return k.facts.protocol == Protocol::Tcp ? &talks_.at(k.conversation).segments[k.segment] : nullptr;
    }

    Record recordOf(RecordKind kind, SimTime at, NodeId host, PacketId packet) const
    {
        Record r;
        r.at = at;
        r.kind = kind;
        r.host = host;
        r.packet = packet;
        return r;
    }

    void send(std::size_t i, SimTime at)
    {
        const Kept& k = kept_[i];
        const CapturedSegment* segment = segmentOf(k);
        TcpInference* inference = segment ? talks_.at(k.conversation).inference.get() : nullptr;
        PacketInfo info;
        info.cause = inference ? inference->beforeSending(*segment, at) : causeOf(k.frame);
        if (k.facts.cut && info.cause == Reason::None)
            info.cause = Reason::CapturedCut;
        info.from = k.from;
        info.to = k.to;
        info.link = k.link;
        info.conn = inference ? inference->connOf(k.fromA) : ConnId::none();
        info.retransmission = segment && segment->retransmission;
        info.sentAt = info.txStart = info.txEnd = at;
        info.naturalArrival =
            std::max(at + SimDuration::nanoseconds(kLeast), SimTime::fromNs(k.ns - run_.startNs + distance(k.to)));
        info.endAt = SimTime::fromNs(k.endAt);
        info.fate = k.lost ? Fate::Lost : Fate::Arrived;
        info.lossReason = k.lost ? Reason::LostAfterCapture : Reason::None;
        describeFrame(info, ByteView(k.frame));
        if (segment) { // also where the capture cut it short, or the sender left checksums to its card
            if (info.protocol == Protocol::Other)
                info.protocol = Protocol::Tcp;
            info.sourcePort = k.facts.sourcePort;
            info.destinationPort = k.facts.destinationPort;
            info.seq = k.facts.seq;
            info.ack = k.facts.ack;
            info.flags = k.facts.flags;
            info.window = k.facts.window;
            info.length = k.facts.length;
        }
        const PacketId id(static_cast<std::uint32_t>(run_.trace.packets().size()));
        const FrameUnits units = unitsOf(ByteView(k.frame));
        noteSendingLayers(run_.trace, at, k.from, id, units, k.frame.size());
        ids_[i] = run_.trace.addPacket(info, k.frame);
        Record r = recordOf(RecordKind::PacketSent, at, k.from, ids_[i]);
        r.conn = info.conn;
        r.reason = info.cause;
        run_.trace.append(r);
        if (inference)
            inference->afterSending(*segment, ids_[i], at);
    }

    void arrive(std::size_t i, SimTime at)
    {
        const Kept& k = kept_[i];
        if (k.lost) {
            Record r = recordOf(RecordKind::PacketLost, at, NodeId::none(), ids_[i]);
            r.reason = Reason::LostAfterCapture;
            run_.trace.append(r);
            return;
        }
        const CapturedSegment* segment = segmentOf(k);
        TcpInference* inference = segment ? talks_.at(k.conversation).inference.get() : nullptr;
        Record r = recordOf(RecordKind::PacketArrived, at, k.to, ids_[i]);
        if (inference)
            r.conn = inference->connOf(!k.fromA);
        run_.trace.append(r);
        const FrameUnits units = unitsOf(ByteView(k.frame));
        noteReceivingLayers(run_.trace, at, k.to, ids_[i], units, k.frame);
        const bool news = inference ? inference->arrived(*segment, ids_[i], at) : true;
        if (news)
            noteDelivery(run_.trace, at, k.to, ids_[i], units);
    }

    void finish()
    {
        run_.scenario = hosts_.scenario(hosts_.nodes(known_));
        if (!talks_.empty())
            note(CaptureNote::Kind::Inferred, 1);
        progress_.done = progress_.total.load();
    }

    CaptureReader reader_;
    const CaptureIndex& index_;
    CaptureProgress& progress_;
    CaptureLimits limits_;
    CapturedRun run_;
    std::vector<Kept> kept_;
    std::map<std::uint64_t, std::pair<Passage, std::int64_t>> passages_; ///< by datagram: the last one, and when
    std::uint64_t seenAgain_ = 0;
    std::map<std::uint32_t, Talk> talks_;
    std::map<NodeId, std::int64_t> distances_; ///< from the place of the capture
    std::vector<PacketId> ids_;
    CaptureHosts hosts_;
    bool known_ = false;
};

} // namespace

CaptureChoice firstChoice(const CaptureIndex& index)
{
    if (index.packets <= kAtAGlance && index.hosts <= kHostsAtAGlance)
        return {};
    for (std::uint32_t i = 0; i < index.conversations.size(); ++i)
        if (const Conversation& c = index.conversations[i];
            c.beginning && c.answered && c.end != ConversationEnd::Refused)
            return {i};
    for (std::uint32_t i = 0; i < index.conversations.size(); ++i)
        if (index.conversations[i].protocol == Protocol::Tcp)
            return {i};
    return {0};
}

Result<CapturedRun, InputError> readCapture(const CaptureIndex& index, const CaptureChoice& choice,
                                            CaptureProgress& progress, const CaptureLimits& limits)
{
    auto reader = CaptureReader::open(index.file);
    if (!reader)
        return reader.error();
    return readCapture(std::move(reader).value(), index, choice, progress, limits);
}

Result<CapturedRun, InputError> readCapture(CaptureReader reader, const CaptureIndex& index,
                                            const CaptureChoice& choice, CaptureProgress& progress,
                                            const CaptureLimits& limits)
{
    if (choice.conversation && *choice.conversation >= index.conversations.size())
        return InputError{InputErrorId::NoSuchConversation,
                          {std::to_string(*choice.conversation + 1), std::to_string(index.conversations.size())},
                          index.file};
    return Builder(std::move(reader), index, choice, progress, limits).build();
}

} // namespace packetarium
