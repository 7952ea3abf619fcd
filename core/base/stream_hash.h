// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A running hash of a stream of octets, to compare what was read with what was
// written. It does not depend on how the stream was cut into pieces, and it
// takes many octets at a time: four words side by side, so that no
// multiplication waits for the one before. The same on every machine.

#include "core/base/octets.h"

#include <array>
#include <cstdint>

namespace packetarium {

class StreamHash {
public:
    void add(ByteView octets);
    std::uint64_t value() const;
    std::uint64_t octets() const { return octets_; }

private:
    static constexpr std::size_t kLanes = 4, kStep = kLanes * 8;
    void step(const std::uint8_t* octets);

    std::array<std::uint64_t, kLanes> lanes_{0x9e3779b97f4a7c15, 0xbf58476d1ce4e5b9, 0x94d049bb133111eb,
                                             0xcbf29ce484222325};
    std::array<std::uint8_t, kStep> rest_{}; ///< of the last piece, fewer than a step
    std::uint64_t octets_ = 0;
};

} // namespace packetarium
