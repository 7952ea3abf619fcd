// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Sequence numbers: 32 bits, arithmetic modulo 2^32 (RFC 9293 §3.4). "Less
// than" means "comes before on the circle, less than half way round", so it
// is not an order that a sorted container may use; hence no operator<.

#include <cstdint>

namespace packetarium {

class Seq32 {
public:
    constexpr Seq32() = default;
    explicit constexpr Seq32(std::uint32_t v)
        : v_(v)
    {}
    constexpr std::uint32_t value() const { return v_; }

    constexpr bool operator==(const Seq32&) const = default;
    friend constexpr Seq32 operator+(Seq32 s, std::uint32_t n) { return Seq32(s.v_ + n); }
    friend constexpr Seq32 operator-(Seq32 s, std::uint32_t n) { return Seq32(s.v_ - n); }
    constexpr Seq32& operator+=(std::uint32_t n)
    {
        v_ += n;
        return *this;
    }
    /// How far a lies behind (negative) or ahead of b, -2^31 .. 2^31-1.
    friend constexpr std::int32_t operator-(Seq32 a, Seq32 b) { return static_cast<std::int32_t>(a.v_ - b.v_); }

private:
    std::uint32_t v_ = 0;
};

/// a comes before b on the circle.
constexpr bool seqLt(Seq32 a, Seq32 b)
{
    return a - b < 0;
}
constexpr bool seqLe(Seq32 a, Seq32 b)
{
    return a - b <= 0;
}
constexpr bool seqGt(Seq32 a, Seq32 b)
{
    return a - b > 0;
}
constexpr bool seqGe(Seq32 a, Seq32 b)
{
    return a - b >= 0;
}
constexpr Seq32 seqMax(Seq32 a, Seq32 b)
{
    return seqLt(a, b) ? b : a;
}
constexpr Seq32 seqMin(Seq32 a, Seq32 b)
{
    return seqLt(a, b) ? a : b;
}

/// first <= s < first + size, modulo 2^32; size up to 2^31.
constexpr bool seqInWindow(Seq32 s, Seq32 first, std::uint32_t size)
{
    return s.value() - first.value() < size;
}

} // namespace packetarium
