// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How many octets a ruler of the windows view shows, and from which on, so
// that the picture stands still while one steps: the range only grows, in
// round steps, with what the connection has needed so far, and it is turned
// over like a page.

#include "core/trace/trace.h"
#include "core/trace/window_moment.h"

#include <vector>

namespace packetarium {

struct RulerPage {
    std::int64_t from = 0; ///< octets from ISS
    std::int64_t span = 0;
    bool operator==(const RulerPage&) const = default;
};

class WindowScales {
public:
    explicit WindowScales(const Trace& trace);
    /// The page on which a direction stands when `recordsDone` records have happened.
    RulerPage page(const WindowDirection& direction, std::size_t recordsDone) const;
    /// Octets that a connection has sent by the end of the run, not counting SYN and FIN.
    std::uint64_t octetsSent(ConnId conn) const;

private:
    struct Growth {
        std::size_t record = 0; ///< from here on
        std::uint64_t octets = 0;
    };
    struct Grown {
        std::vector<Growth> need;
        std::uint64_t octets = 0;
    };
    std::vector<Grown> conns_;
};

/// The next round number: 20, 40, 100, 200, 400, 1000 ...
std::int64_t roundSpan(std::uint64_t octets);

} // namespace packetarium
