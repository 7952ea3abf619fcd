// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/stream_hash.h"

#ifdef PACKETARIUM_XXHASH_DISPATCH
#include <xxh_x86dispatch.h> // the same functions, with the widest registers that the processor has
#endif

namespace packetarium {

StreamHash::StreamHash()
{
    XXH3_INITSTATE(&state_);
    XXH3_64bits_reset(&state_);
}

void StreamHash::add(ByteView octets)
{
    if (octets.empty())
        return;
    XXH3_64bits_update(&state_, octets.data(), octets.size());
    octets_ += octets.size();
}

std::uint64_t StreamHash::value() const
{
    return XXH3_64bits_digest(&state_);
}

} // namespace packetarium
