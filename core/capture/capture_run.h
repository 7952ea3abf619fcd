// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A captured conversation, or all of a small capture, as a trace: the same
// that a run leaves behind, for the same views.
//
// A capture is made at one place, and has one instant for each packet: when
// it passed there. Between an octet and the acknowledgment of it lie the way
// from the place to the receiver and back; half of the shortest such time is
// taken for the distance. So a packet was sent so much before its stamp and
// arrives so much after it. The distances are the least that the capture
// allows and the same for all packets, therefore nothing arrives before what
// it answers was sent. Where a capture tells no distance, half a millisecond
// is assumed on either side.

#include "core/capture/capture_index.h"
#include "core/scenario/scenario.h"
#include "core/trace/trace.h"

namespace packetarium {

struct CaptureLimits {
    std::uint64_t packets = 100'000;
    std::uint64_t octets = 256u << 20; ///< of their frames
    std::size_t hosts = 40;
};

/// One conversation of an index by its number, or all of them.
struct CaptureChoice {
    std::optional<std::uint32_t> conversation;
    bool operator==(const CaptureChoice&) const = default;
};
/// What to show first: everything if that can be taken in at a glance, else the first whole TCP connection, else the first of all.
CaptureChoice firstChoice(const CaptureIndex& index);

struct CapturedRun {
    Trace trace;
    Scenario scenario; ///< nodes and links only; nothing can be run
    CaptureChoice choice;
    std::int64_t startNs = 0;       ///< since 1970: the trace's zero
    std::vector<CaptureNote> notes; ///< the file's, then those about what is shown
    std::uint64_t retransmissions = 0, lost = 0, outOfOrder = 0, octetsMissing = 0;
};

Result<CapturedRun, InputError> readCapture(const CaptureIndex& index, const CaptureChoice& choice,
                                            CaptureProgress& progress, const CaptureLimits& limits = {});
Result<CapturedRun, InputError> readCapture(CaptureReader reader, const CaptureIndex& index,
                                            const CaptureChoice& choice, CaptureProgress& progress,
                                            const CaptureLimits& limits = {});

} // namespace packetarium
