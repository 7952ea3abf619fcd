// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Octets to send where it does not matter which: a function of their place in
// the stream, so that what arrives can be checked, and all of them parts of one
// block, so that any number of them takes no memory.

#include "core/base/octets.h"

namespace packetarium {

/// From the octet at `offset` on, at most `most`; at least one if `most` is not 0. Octet i is 'a' + i % 26.
Octets streamPattern(std::uint64_t offset, std::uint64_t most);

} // namespace packetarium
