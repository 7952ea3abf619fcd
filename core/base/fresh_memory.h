// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Memory that a program has been given, but that the system finds a page for
// only when it is first written to: a fault for each 4 KiB. In stretches it
// costs a fifth less.

#include <cstddef>

namespace packetarium {

inline constexpr std::size_t kFreshStretch = 256 * 1024; ///< octets to ask for at once

/// Has the system find its pages now, if it can; contents stay. `at` and `octets` may be anything within an allocation.
void touchFresh(void* at, std::size_t octets);

} // namespace packetarium
