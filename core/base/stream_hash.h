// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A running hash of a stream of octets, to compare what was read with what was
// written: XXH3 with 64 bits. It does not depend on how the stream was cut into
// pieces, and is the same on every machine.

#include "core/base/octets.h"

#include <cstdint>

#define XXH_STATIC_LINKING_ONLY // the state's size, so that it can be a member
#include <xxhash.h>

namespace packetarium {

class StreamHash {
public:
    StreamHash();
    void add(ByteView octets);
    std::uint64_t value() const;
    std::uint64_t octets() const { return octets_; }

private:
    XXH3_state_t state_;
    std::uint64_t octets_ = 0;
};

} // namespace packetarium
