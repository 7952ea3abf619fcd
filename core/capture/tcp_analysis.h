// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One captured TCP connection, segment by segment in the order in which the
// capture has them: which are sent again, which came late, which are probes,
// what was lost on its way beyond the place of the capture, and what the
// capture itself does not have. Numbers are unwrapped to 64 bits, so that a
// transfer of any length is one line.

#include "core/base/sim_time.h"
#include "core/capture/frame_facts.h"

#include <map>
#include <span>
#include <vector>

namespace packetarium {

struct CapturedSegment {
    std::size_t packet = 0; ///< the caller's number
    std::int64_t at = 0;    ///< captured, ns
    bool fromA = false;
    FrameFacts facts;
    // Filled in here:
    std::int64_t start = 0, end = 0; ///< numbers used, in the sender's space; SYN and FIN count
    std::int64_t ack = 0;            ///< in the receiver's space
    Reason cause = Reason::None;     ///< what can be told from the order alone; None: the state decides
    bool retransmission = false;
    bool lost = false;    ///< captured, but it did not arrive
    bool skipped = false; ///< octets before it are in no packet of the capture
    bool refused = false; ///< a zero-window probe that nothing shows to have been let in
    bool duplicateAck = false;
};

/// Numbers that have been seen, as ranges that do not touch.
class SeenNumbers {
public:
    void add(std::int64_t start, std::int64_t end);
    bool covers(std::int64_t start, std::int64_t end) const;
    bool touches(std::int64_t start, std::int64_t end) const;
    /// Where the unbroken run that contains or touches `from` ends; `from` if there is none.
    std::int64_t runEnd(std::int64_t from) const;
    void forgetBefore(std::int64_t number);
    bool empty() const { return ranges_.empty(); }
    const std::map<std::int64_t, std::int64_t>& ranges() const { return ranges_; }

private:
    std::map<std::int64_t, std::int64_t> ranges_;
};

struct TcpFindings {
    std::optional<std::uint8_t> scaleA, scaleB; ///< shift of windows that A, B announces; only where both offered it
    bool aSpoke = false, bSpoke = false;        ///< something but resets
    bool bSentSynAck = false, bSentSyn = false;
    std::uint64_t retransmissions = 0, lost = 0, outOfOrder = 0;
    std::uint64_t octetsMissing = 0; ///< acknowledged or passed over, and in no packet
};

/// How long it takes from the place of the capture to each end, one way; the least that the segments allow. Nothing: they say nothing.
struct TapDistances {
    std::optional<std::int64_t> a, b; ///< ns
};

/// Fills in numbers only.
void unwrapNumbers(std::span<CapturedSegment> segments);
TapDistances distancesOf(std::span<const CapturedSegment> segments);
/// After unwrapNumbers().
TcpFindings analyseTcp(std::span<CapturedSegment> segments, std::int64_t toA, std::int64_t toB);

} // namespace packetarium
