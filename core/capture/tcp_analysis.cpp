// SPDX-License-Identifier: GPL-3.0-or-later
//
// What the order of a conversation's segments tells: what went again and why, what was lost, which probe was let in.
#include "core/capture/tcp_analysis.h"

#include <algorithm>
#include <array>

namespace packetarium {

namespace {

constexpr std::size_t kLookAround = 64; ///< packets of the other side that are searched for selective acknowledgments
constexpr int kFastRetransmitAcks = 3;
constexpr std::int64_t kLateAfter = 3'000'000; ///< ns: what fills a gap sooner was overtaken, not sent again
constexpr std::int64_t kAtOnce = 3'000'000;    ///< ns: what follows sooner was only waiting for it

struct Again {
    std::size_t first = 0, second = 0;
};

class Analysis {
public:
    Analysis(std::span<CapturedSegment> segments, std::int64_t toA, std::int64_t toB)
        : segments_(segments)
    {
        directions_[0].toReceiver = toB;
        directions_[1].toReceiver = toA;
        directions_[0].toSender = toA;
        directions_[1].toSender = toB;
    }

    TcpFindings run()
    {
        lookAhead();
        for (std::size_t i = 0; i < segments_.size(); ++i)
            one(i);
        for (int d = 0; d < 2; ++d)
            judge(directions_[static_cast<std::size_t>(d)]);
        return findings_;
    }

private:
    struct Answer { ///< what the receiver has said by then
        std::int64_t at = 0, ack = 0;
        std::size_t index = 0;
    };
    struct Probe { ///< of a closed window, by an octet (or a FIN) that is to be let in
        std::size_t index = 0;
        bool answered = false; ///< by an acknowledgment of what was acknowledged before
    };
    struct Direction {
        std::int64_t toReceiver = 0, toSender = 0;
        bool any = false;
        std::int64_t high = 0;
        SeenNumbers seen;
        std::map<std::int64_t, std::size_t> newestAt; ///< by first number
        std::int64_t acked = 0;                       ///< by the receiver
        bool hasAck = false;
        int duplicates = 0;
        std::int64_t recoverTo = 0; ///< a fast retransmission repairs up to here
        std::uint64_t window = 1;   ///< of the receiver, as announced
        std::uint16_t rawWindow = 0;
        std::optional<std::int64_t> turnedAt; ///< when the window last closed or opened
        std::optional<Probe> probe;           ///< the last, whose octet counts as sent once it is let in
        std::optional<std::int64_t> letInAt;  ///< when the octet of a probe was acknowledged
        std::int64_t letIn = 0;               ///< which
        SeenNumbers sacked;
        std::int64_t gapAt = 0; ///< when the last gap was seen
        std::vector<std::size_t> afterGap;
        std::vector<Again> again;
        std::vector<Answer> answers;
    };

    void lookAhead()
    {
        std::optional<std::uint8_t> scales[2];
        for (const CapturedSegment& s : segments_) {
            const std::size_t side = s.fromA ? 0 : 1;
            if (!s.facts.flags.rst())
                (s.fromA ? findings_.aSpoke : findings_.bSpoke) = true;
            if (!s.facts.flags.syn())
                continue;
            if (!s.fromA)
                (s.facts.flags.ack() ? findings_.bSentSynAck : findings_.bSentSyn) = true;
            if (s.facts.windowScale)
                scales[side] = s.facts.windowScale;
        }
        if (scales[0] && scales[1]) { // RFC 7323 §2.2: only if both offer it
            findings_.scaleA = scales[0];
            findings_.scaleB = scales[1];
        }
    }

    void one(std::size_t i)
    {
        CapturedSegment& s = segments_[i];
        Direction& own = directions_[s.fromA ? 0 : 1];
        Direction& other = directions_[s.fromA ? 1 : 0];
        if (s.facts.flags.rst())
            return;
        if (s.facts.flags.ack())
            acknowledge(i, s, other);
        place(i, s, own);
    }

    /// `s` speaks about what the other side sent.
    void acknowledge(std::size_t i, CapturedSegment& s, Direction& other)
    {
        if (other.probe)
            answerProbe(s, other);
        const bool heard = s.fromA ? findings_.bSpoke : findings_.aSpoke;
        if (heard && other.any && s.ack > other.high) {
            s.cause = Reason::CapturedAckOfUnseen;
            findings_.octetsMissing += static_cast<std::uint64_t>(s.ack - other.high);
            other.seen.add(other.high, s.ack);
            other.high = s.ack;
        }
        s.duplicateAck = isDuplicate(s, other);
        if (!other.hasAck || s.ack > other.acked)
            other.duplicates = 0;
        if (s.duplicateAck)
            ++other.duplicates;
        other.acked = other.hasAck ? std::max(other.acked, s.ack) : s.ack;
        other.hasAck = true;
        if ((other.window == 0) != (s.facts.window == 0))
            other.turnedAt = s.at;
        other.rawWindow = s.facts.window;
        const auto& scale = s.fromA ? findings_.scaleA : findings_.scaleB;
        other.window = std::uint64_t{s.facts.window} << (s.facts.flags.syn() ? 0 : scale.value_or(0));
        other.answers.push_back({s.at, other.acked, i});
    }

    /// RFC 5681 §2: data are under way, it carries none (nor SYN or FIN), and repeats number and window of the last. With SACK
    /// instead: it tells of octets that were not told of before, whatever else it says (RFC 6675 §2).
    static bool isDuplicate(const CapturedSegment& s, Direction& other)
    {
        if (!s.facts.sack.empty())
            return tellsMore(s, other);
        return other.hasAck && s.ack == other.acked && s.end == s.start && s.facts.window == other.rawWindow &&
               other.high > s.ack;
    }

    static bool tellsMore(const CapturedSegment& s, Direction& other)
    {
        bool more = false;
        const std::int64_t acked = other.hasAck ? std::max(other.acked, s.ack) : s.ack;
        for (const SackBlock& block : s.facts.sack) {
            const std::int64_t left = std::max(acked, s.ack + (block.left - s.facts.ack));
            const std::int64_t right = s.ack + (block.right - s.facts.ack);
            if (left >= right || other.sacked.covers(left, right))
                continue;
            other.sacked.add(left, right);
            more = true;
        }
        other.sacked.forgetBefore(acked);
        return more;
    }

    // --- zero-window probes (RFC 9293 §3.8.6.1) -------------------------------------------------------------------

    /// How the sender sees the window: news of it need the way to the sender, and what it does then as long to come back.
    static bool seemsShut(const Direction& own, std::int64_t at)
    {
        const bool heard = !own.turnedAt || at >= *own.turnedAt + 2 * own.toSender;
        return heard == (own.window == 0);
    }

    /// It was sent when the sender had just heard that there is room.
    static bool waitedForRoom(const Direction& own, std::int64_t at)
    {
        const auto follows = [&](const std::optional<std::int64_t>& news) {
            const std::int64_t soonest = news.value_or(0) + 2 * own.toSender;
            return news && at >= soonest && at < soonest + std::max(kAtOnce, 2 * own.toSender);
        };
        return own.window > 0 && (follows(own.turnedAt) || follows(own.letInAt));
    }

    /// One octet beyond the window, or the FIN; and the same again as long as the sender seems not to know that there is room.
    static bool isProbe(const CapturedSegment& s, const Direction& own)
    {
        const bool next = own.any && own.hasAck && s.start == own.acked && own.acked <= own.high;
        const bool shut = seemsShut(own, s.at) || (own.probe && !waitedForRoom(own, s.at));
        return next && s.facts.length <= 1 && !s.facts.flags.syn() && shut;
    }

    void probe(std::size_t i, CapturedSegment& s, Direction& own)
    {
        if (own.probe && !own.probe->answered)
            own.again.push_back({own.probe->index, i});
        if (own.probe || s.facts.length > 0) // the first FIN is no less a FIN
            s.cause = Reason::SentZeroWindowProbe;
        s.refused = true;
        own.probe = Probe{i};
    }

    void answerProbe(const CapturedSegment& s, Direction& other)
    {
        CapturedSegment& probe = segments_[other.probe->index];
        if (s.ack <= probe.start) {
            other.probe->answered = other.probe->answered || refuses(s, probe, other);
            return;
        }
        probe.refused = false;
        other.letInAt = s.at;
        other.letIn = probe.start;
        countProbe(other);
    }

    /// The window is closed still. If it has opened, this may be news of its own: the answer comes when it is due.
    static bool refuses(const CapturedSegment& s, const CapturedSegment& probe, const Direction& other)
    {
        const std::int64_t due = probe.at + 2 * other.toReceiver;
        const bool inTime = s.at >= due && s.at < due + std::max(kAtOnce, 2 * other.toReceiver);
        return s.end == s.start && (s.facts.window == 0 || inTime);
    }

    /// From now on its octet is one of those sent. One that was refused was not lost, so what repeats it does not ask for it.
    void countProbe(Direction& own)
    {
        const CapturedSegment& probe = segments_[own.probe->index];
        if (!own.probe->answered)
            own.newestAt[probe.start] = own.probe->index;
        own.seen.add(probe.start, probe.end);
        own.high = std::max(own.high, probe.end);
        own.probe.reset();
    }

    /// Data after a probe go on behind its octet, or begin with it.
    void dataAfterProbe(std::size_t i, const CapturedSegment& s, Direction& own)
    {
        CapturedSegment& probe = segments_[own.probe->index];
        if (s.start >= probe.end) {
            probe.refused = own.probe->answered;
            countProbe(own);
        } else if (s.end > probe.start) {
            if (!own.probe->answered)
                own.again.push_back({own.probe->index, i});
            own.probe.reset();
        }
    }

    /// The sender has not heard yet that the octet of its probe was let in, so it begins with it.
    static bool beginsWithProbe(const CapturedSegment& s, const Direction& own)
    {
        return own.letInAt && s.start == own.letIn && s.end > own.high && s.at < *own.letInAt + 2 * own.toSender;
    }

    // --- the sender's numbers -------------------------------------------------------------------------------------

    void place(std::size_t i, CapturedSegment& s, Direction& own)
    {
        const bool data = !s.facts.flags.syn() && !s.facts.flags.fin();
        const bool allAcked = own.hasAck && own.acked >= own.high;
        // One number before what is next: a question that needs an answer (RFC 9293 §3.8.4, and what kernels send at a zero window).
        if (own.any && data && s.facts.length <= 1 && s.start == own.high - 1 && allAcked) {
            s.cause = seemsShut(own, s.at) ? Reason::SentZeroWindowProbe : Reason::SentKeepAlive;
            return;
        }
        if (s.end == s.start) {
            if (!own.any)
                begin(s, own);
            return;
        }
        if (isProbe(s, own)) {
            probe(i, s, own);
            return;
        }
        if (own.probe)
            dataAfterProbe(i, s, own);
        if (!own.any)
            begin(s, own);
        else if (s.start > own.high) {
            own.afterGap.push_back(i);
            own.gapAt = s.at;
        } else if (s.start < own.high && !beginsWithProbe(s, own)) {
            late(i, s, own);
        } else if (data && s.cause == Reason::None && waitedForRoom(own, s.at)) {
            s.cause = Reason::SentAckClock;
        }
        own.newestAt[s.start] = i;
        own.seen.add(s.start, s.end);
        own.high = std::max(own.high, s.end);
    }

    static void begin(const CapturedSegment& s, Direction& own)
    {
        own.any = true;
        own.high = s.start;
        own.seen.add(s.start - 1, s.start); // what was before is not asked for
    }

    void late(std::size_t i, CapturedSegment& s, Direction& own)
    {
        const bool known = own.seen.touches(s.start, std::min(s.end, own.high));
        if (!known && s.at - own.gapAt < std::max(kLateAfter, 2 * own.toSender) &&
            own.duplicates < kFastRetransmitAcks) {
            s.cause = Reason::CapturedOutOfOrder;
            ++findings_.outOfOrder;
            return;
        }
        // The SYN again, but now it answers the other side's: both have opened at once.
        if (const auto first = newestBefore(own, s.start);
            first && s.facts.flags.syn() && s.facts.flags.ack() && !segments_[*first].facts.flags.ack())
            return;
        s.retransmission = true;
        ++findings_.retransmissions;
        const bool repairs = own.recoverTo > s.start;
        if (repairs && own.duplicates > 0)
            s.cause = Reason::SentRecovery;
        else if (own.duplicates >= kFastRetransmitAcks) {
            s.cause = Reason::SentFastRetransmit;
            own.recoverTo = own.high;
        } else
            s.cause = repairs ? Reason::SentRecovery : Reason::SentRetransmission;
        if (known)
            if (const auto first = newestBefore(own, s.start))
                own.again.push_back({*first, i});
    }

    static std::optional<std::size_t> newestBefore(const Direction& own, std::int64_t start)
    {
        const auto at = own.newestAt.upper_bound(start);
        return at == own.newestAt.begin() ? std::nullopt : std::optional(std::prev(at)->second);
    }

    /// With everything known: what never came, and what came after all.
    void judge(Direction& own)
    {
        for (const std::size_t i : own.afterGap) {
            CapturedSegment& s = segments_[i];
            if (own.seen.covers(s.start - 1, s.start))
                continue; // it came later
            s.skipped = true;
            if (s.cause == Reason::None)
                s.cause = Reason::CapturedAfterGap;
        }
        if (!own.seen.empty()) {
            std::int64_t last = own.seen.ranges().begin()->second;
            for (const auto& [start, end] : own.seen.ranges()) {
                findings_.octetsMissing += static_cast<std::uint64_t>(std::max<std::int64_t>(0, start - last));
                last = end;
            }
        }
        for (const Again& pair : own.again) {
            CapturedSegment& first = segments_[pair.first];
            if (hasArrived(own, first, segments_[pair.second])) {
                first.refused = false;
            } else if (!first.lost) {
                first.lost = true;
                ++findings_.lost;
            }
        }
    }

    static bool holds(const SackBlocks& blocks, const CapturedSegment& s)
    {
        const Seq32 number = s.facts.seq;
        return std::any_of(blocks.begin(), blocks.end(),
                           [&](const SackBlock& b) { return number - b.left >= 0 && b.right - number > 0; });
    }

    /// What the receiver said before the second copy can have reached it, it says of the first.
    bool hasArrived(const Direction& own, const CapturedSegment& first, const CapturedSegment& second) const
    {
        const std::int64_t latest = second.at + 2 * own.toReceiver;
        const auto after = std::partition_point(own.answers.begin(), own.answers.end(),
                                                [&](const Answer& a) { return a.at < latest; });
        if (after != own.answers.begin() && std::prev(after)->ack >= first.end)
            return true;
        std::size_t looked = 0;
        for (auto a = after; a != own.answers.begin() && looked < kLookAround; ++looked) {
            --a;
            if (a->at < first.at)
                break;
            if (holds(segments_[a->index].facts.sack, first))
                return true;
        }
        // A block below the acknowledgment number says that something came twice (RFC 2883 §4).
        looked = 0;
        for (auto a = after; a != own.answers.end() && looked < kLookAround; ++a, ++looked) {
            const CapturedSegment& answer = segments_[a->index];
            if (!answer.facts.sack.empty() && answer.facts.ack - answer.facts.sack[0].right >= 0 &&
                holds(answer.facts.sack, first))
                return true;
        }
        return false;
    }

    std::span<CapturedSegment> segments_;
    std::array<Direction, 2> directions_;
    TcpFindings findings_;
};

} // namespace

TcpFindings analyseTcp(std::span<CapturedSegment> segments, std::int64_t toA, std::int64_t toB)
{
    return Analysis(segments, toA, toB).run();
}

} // namespace packetarium
