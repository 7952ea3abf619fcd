// SPDX-License-Identifier: GPL-3.0-or-later
//
// Sequence numbers without their wrap, which of them were seen, and how far the ends are from where they were captured.
#include "core/capture/tcp_analysis.h"

#include <algorithm>
#include <array>
#include <deque>

namespace packetarium {

void SeenNumbers::add(std::int64_t start, std::int64_t end)
{
    if (start >= end)
        return;
    auto at = ranges_.upper_bound(start);
    if (at != ranges_.begin() && std::prev(at)->second >= start) {
        --at;
        start = at->first;
        end = std::max(end, at->second);
        at = ranges_.erase(at);
    }
    while (at != ranges_.end() && at->first <= end) {
        end = std::max(end, at->second);
        at = ranges_.erase(at);
    }
    ranges_.emplace_hint(at, start, end);
}

bool SeenNumbers::covers(std::int64_t start, std::int64_t end) const
{
    const auto at = ranges_.upper_bound(start);
    return at != ranges_.begin() && std::prev(at)->second >= end;
}

bool SeenNumbers::touches(std::int64_t start, std::int64_t end) const
{
    const auto at = ranges_.lower_bound(end);
    return at != ranges_.begin() && std::prev(at)->second > start;
}

std::int64_t SeenNumbers::runEnd(std::int64_t from) const
{
    const auto at = ranges_.upper_bound(from);
    return at == ranges_.begin() ? from : std::max(from, std::prev(at)->second);
}

void SeenNumbers::forgetBefore(std::int64_t number)
{
    while (!ranges_.empty() && ranges_.begin()->second <= number)
        ranges_.erase(ranges_.begin());
}

namespace {

/// One direction's sequence space.
class Space {
public:
    std::int64_t unwrap(Seq32 number)
    {
        if (!known_) {
            known_ = true;
            reference_ = (std::int64_t{1} << 32) + number.value();
        }
        return reference_ + (number - Seq32(static_cast<std::uint32_t>(reference_)));
    }
    void advance(std::int64_t to) { reference_ = std::max(reference_, to); }

private:
    bool known_ = false;
    std::int64_t reference_ = 0;
};

} // namespace

void unwrapNumbers(std::span<CapturedSegment> segments)
{
    Space spaceA, spaceB;
    for (CapturedSegment& s : segments) {
        Space& own = s.fromA ? spaceA : spaceB;
        Space& other = s.fromA ? spaceB : spaceA;
        s.start = own.unwrap(s.facts.seq);
        s.end = s.start + s.facts.segLen();
        if (s.facts.flags.ack())
            s.ack = other.unwrap(s.facts.ack);
        if (!s.facts.flags.rst()) // its number may be anything
            own.advance(s.end);
    }
}

namespace {
constexpr std::size_t kMostWaiting = 1024; ///< unacknowledged segments: more than windows hold
} // namespace

TapDistances distancesOf(std::span<const CapturedSegment> segments)
{
    // From a segment to the first acknowledgment of it is at least the way there and back. What was sent again tells nothing:
    // the acknowledgment may be of either.
    struct Waiting {
        std::int64_t end, at;
    };
    struct Direction {
        std::deque<Waiting> waiting;
        std::int64_t high = 0;
        std::optional<std::int64_t> least;
    };
    std::array<Direction, 2> directions;
    for (const CapturedSegment& s : segments) {
        if (s.facts.flags.rst()) {
            // The answer to a SYN that nobody wanted is as good as any other.
            Direction& asked = directions[s.fromA ? 1 : 0];
            if (!asked.waiting.empty() && s.facts.flags.ack() && s.ack == asked.waiting.back().end)
                asked.least =
                    std::min(asked.least.value_or(s.at - asked.waiting.back().at), s.at - asked.waiting.back().at);
            continue;
        }
        Direction& own = directions[s.fromA ? 0 : 1];
        Direction& other = directions[s.fromA ? 1 : 0];
        if (s.facts.flags.ack()) {
            std::optional<std::int64_t> sample;
            while (!other.waiting.empty() && other.waiting.front().end <= s.ack) {
                sample = s.at - other.waiting.front().at;
                other.waiting.pop_front();
            }
            if (sample && *sample >= 0)
                other.least = std::min(other.least.value_or(*sample), *sample);
        }
        if (s.end > s.start) {
            if (s.end > own.high || own.high == 0)
                own.waiting.push_back({s.end, s.at});
            else if (!(s.facts.flags.syn() &&
                       s.facts.flags.ack())) // which answers, in a simultaneous opening, and asks nothing
                std::erase_if(own.waiting, [&](const Waiting& w) { return w.end > s.start; });
            own.high = std::max(own.high, s.end);
            if (own.waiting.size() > kMostWaiting)
                own.waiting.pop_front();
        }
    }
    const auto half = [](const Direction& d) {
        return d.least ? std::optional<std::int64_t>(*d.least / 2) : std::nullopt;
    };
    // What A sends comes back from B.
    return {half(directions[1]), half(directions[0])};
}

} // namespace packetarium
