// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/tcp/rack.h"

#include <algorithm>

namespace packetarium {

void Rack::markLost(Segment& segment, bool lost)
{
    if (segment.lost == lost)
        return;
    segment.lost = lost;
    lost_ += lost ? 1 : std::size_t(-1);
}

/// A segment ends at `at`, if anything is there: parts of one may go again, or arrive.
void Rack::split(Seq32 at)
{
    const auto found = std::upper_bound(segments_.begin(), segments_.end(), at,
                                        [](Seq32 seq, const Segment& s) { return seqLt(seq, s.right); });
    if (found == segments_.end() || !seqGt(at, found->left))
        return;
    Segment first = *found;
    first.right = at;
    found->left = at;
    lost_ += first.lost ? 1 : 0;
    segments_.insert(found, first);
}

void Rack::onSent(Seq32 left, Seq32 right, SimTime now, bool again)
{
    if (!again) {
        while (!segments_.empty() && seqGt(segments_.back().right, left)) { // SND.NXT was taken back
            markLost(segments_.back(), false);
            segments_.pop_back();
        }
        segments_.push_back({left, right, now});
        return;
    }
    split(left);
    split(right);
    for (Segment& segment : segments_) {
        if (seqGe(segment.left, right))
            break;
        if (seqLt(segment.left, left))
            continue;
        segment.sent = now;
        segment.again = true;
        markLost(segment, false);
    }
}

/// Step 2, RACK_update(), and step 3, RACK_detect_reordering().
void Rack::arrive(const Segment& segment, const Ack& ack)
{
    const SimDuration rtt = ack.now - segment.sent;
    // The answer may be to the first of two transmissions: too soon, or with too old an echo.
    const bool ofTheFirst = segment.again && (segment.sent > ack.answered || rtt < minRtt_);
    if (!segment.again)
        minRtt_ = minRtt_.ns() == 0 ? rtt : std::min(minRtt_, rtt);
    if (!ofTheFirst) {
        rtt_ = rtt;
        if (!known_ || sentAfter(segment.sent, segment.right, xmit_, end_)) {
            xmit_ = segment.sent;
            end_ = segment.right;
            known_ = true;
        }
    }
    if (!fack_ || seqGt(segment.right, *fack_))
        fack_ = segment.right;
    else if (seqLt(segment.right, *fack_) && !segment.again)
        reordering_ = true;
}

/// Step 4, RACK_update_reo_wnd(): each round in which a D-SACK says that something went again for nothing widens it.
void Rack::widenWindow(const Ack& ack, std::uint32_t sacked)
{
    if (dsackRound_ && seqGe(ack.una, *dsackRound_))
        dsackRound_.reset();
    if (!dsackRound_ && ack.duplicate) {
        dsackRound_ = ack.nxt;
        ++windowMult_;
        windowPersist_ = kPersist;
    }
    const bool enough = sacked >= static_cast<std::uint32_t>(ack.duplicateAcks) * ack.smss;
    window_ = !reordering_ && (ack.repairing || enough) ? SimDuration{} : std::min(windowMult_ * minRtt_ / 4, ack.srtt);
}

void Rack::onAck(const Ack& ack, const Scoreboard& board)
{
    split(ack.una);
    for (const SackBlock& range : board.ranges()) {
        split(range.left);
        split(range.right);
    }
    auto range = board.ranges().begin();
    std::size_t gone = 0;
    for (Segment& segment : segments_) {
        const bool cumulative = seqLe(segment.right, ack.una);
        while (!cumulative && range != board.ranges().end() && seqLe(range->right, segment.left))
            ++range;
        if (!cumulative && range == board.ranges().end())
            break;
        if (cumulative || seqLe(range->left, segment.left)) {
            if (!segment.arrived)
                arrive(segment, ack);
            segment.arrived = true;
            markLost(segment, false);
        }
        gone += cumulative ? 1 : 0;
    }
    segments_.erase(segments_.begin(), segments_.begin() + static_cast<std::ptrdiff_t>(gone));
    widenWindow(ack, board.octets());
}

SimTime Rack::detectLosses(SimTime now)
{
    SimTime next = SimTime::never();
    if (!known_)
        return next;
    for (Segment& segment : segments_) {
        if (segment.arrived || segment.lost || !sentAfter(xmit_, end_, segment.sent, segment.right))
            continue;
        const SimTime due = segment.sent + rtt_ + window_;
        if (due <= now) {
            markLost(segment, true);
            ++found_;
        } else { // the RFC waits for the latest of them, so that one look is enough
            next = next.isNever() ? due : std::max(next, due);
        }
    }
    return next;
}

std::optional<SackBlock> Rack::firstLost() const
{
    if (lost_ == 0)
        return std::nullopt;
    const auto found = std::find_if(segments_.begin(), segments_.end(), [](const Segment& s) { return s.lost; });
    return SackBlock{found->left, found->right};
}

std::uint32_t Rack::pipe() const
{
    std::uint32_t octets = 0;
    for (const Segment& segment : segments_) {
        if (!segment.arrived && !segment.lost)
            octets += static_cast<std::uint32_t>(segment.right - segment.left);
    }
    return octets;
}

std::optional<SimDuration> Rack::roundTrip(Seq32 ack, SimTime now) const
{
    std::optional<SimDuration> age;
    for (const Segment& segment : segments_) {
        if (seqGt(segment.right, ack))
            break;
        if (segment.again)
            return std::nullopt;
        if (!age && !segment.arrived)
            age = now - segment.sent;
    }
    return age;
}

std::optional<SackBlock> Rack::last() const
{
    return segments_.empty() ? std::nullopt : std::optional(SackBlock{segments_.back().left, segments_.back().right});
}

void Rack::onRecovered()
{
    if (--windowPersist_ <= 0)
        windowMult_ = 1;
}

void Rack::startOver()
{
    for (Segment& segment : segments_) {
        segment.arrived = false;
        markLost(segment, true);
    }
}

void Rack::timedOut(SimTime now)
{
    for (Segment& segment : segments_)
        markLost(segment, &segment == &segments_.front() || segment.sent + rtt_ + window_ <= now);
}

void Rack::clear()
{
    segments_.clear();
    lost_ = 0;
}

} // namespace packetarium
