// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Seeded random numbers, the same on every machine: SplitMix64 (Steele, Lea,
// Flood 2014). The standard library's distributions are not used, because
// their results may differ between libraries.

#include <cstdint>

namespace packetarium {

class Rng {
public:
    explicit constexpr Rng(std::uint64_t seed = 0)
        : state_(seed)
    {}

    constexpr std::uint64_t next()
    {
        state_ += 0x9e3779b97f4a7c15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
        z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
        return z ^ (z >> 31);
    }
    /// Uniform in 0 .. bound-1, without bias; bound > 0.
    constexpr std::uint64_t below(std::uint64_t bound)
    {
        const std::uint64_t reject = (0 - bound) % bound;
        std::uint64_t r = next();
        while (r < reject)
            r = next();
        return r % bound;
    }
    /// True with a probability of ppm parts in a million.
    constexpr bool chance(std::uint32_t ppm) { return ppm != 0 && below(1'000'000) < ppm; }

    constexpr bool operator==(const Rng&) const = default;

private:
    std::uint64_t state_;
};

} // namespace packetarium
