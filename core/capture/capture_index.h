// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The first reading of a capture: what conversations it holds, and what is to
// be known about the file. It keeps no packet, so that a file of any size
// costs a few octets for each conversation; the packets that are to be shown
// are read again, by capture_run.h.

#include "core/capture/capture_reader.h"
#include "core/capture/conversations.h"

namespace packetarium {

/// What there is to say about a capture beside what is shown of it. `count` and `text` as said.
struct CaptureNote {
    enum class Kind : std::uint8_t {
        Broken,          ///< text: libpcap's words; count: packets read before that
        Cut,             ///< count: packets of which the capture kept only the beginning
        NeitherIpNorArp, ///< count: frames left out
        Untagged,        ///< count: frames whose VLAN tags are not shown
        TooManyTalks,    ///< count: packets of conversations beyond the most that are listed
        OnlyFirst,       ///< count: packets shown, the first ones; text: of how many
        TooManyHosts,    ///< count: packets of further hosts, left out
        OddTimes,        ///< count: packets whose stamp lies more than a year from the first one's
        Backwards,       ///< count: packets that stand in the file before an earlier one
        NoLinkHeader,    ///< the capture has no link headers: the Ethernet headers shown are made up
        NoFcs,           ///< the capture has no check sequences: those shown are computed
        SeenAgain,       ///< count: packets that were captured at more than one place; each is shown once
        Inferred,        ///< states and variables are inferred from the segments
    };
    Kind kind{};
    std::uint64_t count = 0;
    std::string text{};
    bool operator==(const CaptureNote&) const = default;
};

struct CaptureIndex {
    std::string file;
    std::vector<Conversation> conversations; ///< in the order in which they begin in the file
    std::uint64_t packets = 0;               ///< in the file
    std::uint64_t octets = 0;                ///< of these, on the wire
    std::uint64_t hosts = 0;                 ///< addresses in conversations, as far as they were counted
    std::int64_t firstNs = 0, lastNs = 0;    ///< since 1970
    bool hasFcs = false;
    std::vector<CaptureNote> notes;
};

/// Cancelled: CaptureCancelled. A file with no packet that can be shown is an error (CaptureEmpty).
Result<CaptureIndex, InputError> indexCapture(const std::string& file, CaptureProgress& progress);
Result<CaptureIndex, InputError> indexCapture(CaptureReader reader, const std::string& name, CaptureProgress& progress);

} // namespace packetarium
