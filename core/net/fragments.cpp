// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/net/fragments.h"

#include "core/wire/ecn.h"

#include <algorithm>

namespace packetarium {

namespace {

enum class Fit { New, Copy, Overlap };

} // namespace

std::size_t Fragments::Waiting::octets() const
{
    std::size_t sum = firstFragment.size();
    for (const auto& [offset, piece] : pieces)
        sum += piece.data.size();
    return sum;
}

Fragments::Added Fragments::add(SimTime now, PacketId packet, const Part& part, ByteView datagram)
{
    constexpr std::uint32_t kUnit = 8;
    Added added;
    const auto refuse = [&](Reason why) {
        added.refused = why;
        return added;
    };
    const std::uint32_t begin = part.begin;
    const std::uint32_t end = begin + static_cast<std::uint32_t>(part.data.size());
    const bool last = !part.more;
    if (end == begin || (!last && part.data.size() % kUnit != 0) || end > part.most)
        return refuse(Reason::IgnoredMalformed);

    const Key key{part.source, part.destination, part.protocol, part.identification};
    auto found = waiting_.find(key);
    std::size_t octets = 0;
    for (const auto& [other, waiting] : waiting_)
        octets += waiting.octets();
    if ((found == waiting_.end() && waiting_.size() >= kMaxDatagrams) || octets + datagram.size() > kMaxOctets)
        return refuse(Reason::IgnoredReassemblyLimit);
    if (found == waiting_.end()) {
        found = waiting_.emplace(key, Waiting{}).first;
        found->second.due = now + (part.source.isV6() ? kTimeoutV6 : kTimeout);
    }
    Waiting& waiting = found->second;
    if (waiting.refused)
        return refuse(Reason::IgnoredFragmentOverlap);
    const auto giveUp = [&](Reason why) {
        for (const auto& [offset, piece] : waiting.pieces)
            added.givenUp.push_back(piece.packet);
        return refuse(why);
    };

    const auto fit = [&]() -> Fit {
        const auto same = waiting.pieces.find(begin);
        if (same != waiting.pieces.end() && same->second.data.size() == part.data.size() &&
            last == (waiting.total == end) && std::equal(part.data.begin(), part.data.end(), same->second.data.begin()))
            return Fit::Copy;
        // Behind the end, or an end before what is there.
        if (waiting.total && (end > *waiting.total || last))
            return Fit::Overlap;
        const auto next = waiting.pieces.lower_bound(begin);
        if (next != waiting.pieces.end() && (next->first < end || last))
            return Fit::Overlap;
        if (next != waiting.pieces.begin()) {
            const auto& [offset, before] = *std::prev(next);
            if (offset + before.data.size() > begin)
                return Fit::Overlap;
        }
        return Fit::New;
    }();
    if (fit == Fit::Copy)
        return refuse(Reason::IgnoredDuplicateData);
    if (fit == Fit::Overlap) {
        giveUp(Reason::IgnoredFragmentOverlap);
        waiting.pieces.clear();
        waiting.firstFragment.clear();
        waiting.refused = true;
        return added;
    }
    waiting.marked = waiting.marked || part.ecn == Ecn::CongestionExperienced;
    waiting.cannotBeMarked = waiting.cannotBeMarked || part.ecn == Ecn::NotEct;

    waiting.pieces.emplace(begin, Piece{Bytes(part.data.begin(), part.data.end()), packet});
    if (begin == 0)
        waiting.firstFragment.assign(datagram.begin(), datagram.end());
    if (last)
        waiting.total = end;
    if (!waiting.total)
        return added;
    std::uint32_t reached = 0;
    for (const auto& [offset, piece] : waiting.pieces) {
        if (offset != reached)
            return added;
        reached += static_cast<std::uint32_t>(piece.data.size());
    }
    if (reached != *waiting.total)
        return added;
    // RFC 3168 §5.3: a mark must not be lost, nor be told of a datagram whose sender does not know marks.
    if (waiting.marked && waiting.cannotBeMarked) {
        waiting.pieces.erase(begin); // it is refused itself
        giveUp(Reason::IgnoredFragmentEcn);
        waiting_.erase(found);
        return added;
    }
    added.complete = true;
    added.ecn = waiting.marked ? Ecn::CongestionExperienced : part.ecn;
    for (const auto& [offset, piece] : waiting.pieces)
        added.payload.insert(added.payload.end(), piece.data.begin(), piece.data.end());
    added.firstHeader = std::move(waiting.firstFragment);
    waiting_.erase(found);
    return added;
}

std::vector<Fragments::Expired> Fragments::expire(SimTime now)
{
    std::vector<Expired> expired;
    for (auto it = waiting_.begin(); it != waiting_.end();) {
        if (it->second.due > now) {
            ++it;
            continue;
        }
        Expired one;
        for (const auto& [offset, piece] : it->second.pieces)
            one.packets.push_back(piece.packet);
        one.firstFragment = std::move(it->second.firstFragment);
        expired.push_back(std::move(one));
        it = waiting_.erase(it);
    }
    return expired;
}

SimTime Fragments::nextDeadline() const
{
    SimTime next = SimTime::never();
    for (const auto& [key, waiting] : waiting_)
        next = std::min(next, waiting.due);
    return next;
}

} // namespace packetarium
