// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A frame's octets, put together for whoever asked for them. They live as long
// as this object does; so that nobody keeps a view of what is gone, one cannot
// be taken of a temporary: give the frame a name first.

#include "core/base/octets.h"

namespace packetarium {

class FrameBytes {
public:
    FrameBytes() = default;
    explicit FrameBytes(Bytes octets)
        : octets_(std::move(octets))
    {}
    std::size_t size() const { return octets_.size(); }
    bool empty() const { return octets_.empty(); }
    std::uint8_t operator[](std::size_t i) const { return octets_[i]; }
    ByteView view() const& { return octets_; }
    ByteView view() && = delete;
    operator ByteView() const& { return octets_; }
    operator ByteView() && = delete;
    const Bytes& octets() const& { return octets_; }
    Bytes octets() && { return std::move(octets_); }
    bool operator==(const FrameBytes&) const = default;

private:
    Bytes octets_;
};

} // namespace packetarium
