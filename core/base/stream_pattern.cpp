// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/stream_pattern.h"

namespace packetarium {

Octets streamPattern(std::uint64_t offset, std::uint64_t most)
{
    constexpr std::size_t kAlphabet = 26, kSize = kAlphabet * 2520; // just under 64 KiB
    static const Octets::Block block = [] {
        Bytes octets(kSize);
        for (std::size_t i = 0; i < kSize; ++i)
            octets[i] = static_cast<std::uint8_t>('a' + i % kAlphabet);
        return std::make_shared<const Bytes>(std::move(octets));
    }();
    const std::size_t at = offset % kSize;
    return Octets(block, at, static_cast<std::size_t>(std::min<std::uint64_t>(most, kSize - at)));
}

} // namespace packetarium
