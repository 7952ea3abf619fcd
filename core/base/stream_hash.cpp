// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/stream_hash.h"

#include <bit>
#include <cstring>

namespace packetarium {

namespace {

constexpr std::uint64_t kPrime = 0x9fb21c651e98df25; // odd, its bits well mixed

/// Eight octets as a number, the first the least significant.
std::uint64_t wordAt(const std::uint8_t* octets)
{
    std::uint64_t word = 0;
    if constexpr (std::endian::native == std::endian::little) {
        std::memcpy(&word, octets, sizeof word);
    } else {
        for (unsigned i = 0; i < 8; ++i)
            word |= std::uint64_t{octets[i]} << (8 * i);
    }
    return word;
}

std::uint64_t mixed(std::uint64_t lane, std::uint64_t word)
{
    return std::rotl((lane ^ word) * kPrime, 29);
}

} // namespace

void StreamHash::step(const std::uint8_t* octets)
{
    for (std::size_t i = 0; i < kLanes; ++i)
        lanes_[i] = mixed(lanes_[i], wordAt(octets + 8 * i));
}

void StreamHash::add(ByteView octets)
{
    if (octets.empty())
        return;
    const std::size_t kept = octets_ % kStep;
    octets_ += octets.size();
    if (kept != 0) {
        const std::size_t some = std::min(octets.size(), kStep - kept);
        std::memcpy(rest_.data() + kept, octets.data(), some);
        octets = octets.subspan(some);
        if (kept + some < kStep)
            return;
        step(rest_.data());
    }
    for (; octets.size() >= kStep; octets = octets.subspan(kStep))
        step(octets.data());
    if (!octets.empty())
        std::memcpy(rest_.data(), octets.data(), octets.size());
}

std::uint64_t StreamHash::value() const
{
    StreamHash end = *this;
    const std::size_t kept = octets_ % kStep;
    if (kept != 0) {
        std::memset(end.rest_.data() + kept, 0, kStep - kept);
        end.step(end.rest_.data());
    }
    std::uint64_t hash = octets_; // what was filled up with zeros differs by its length
    for (const std::uint64_t lane : end.lanes_)
        hash = mixed(hash, lane);
    return hash ^ hash >> 32;
}

} // namespace packetarium
