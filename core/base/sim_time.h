// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Simulated time. Integer nanoseconds, so that the same inputs give the same
// instants on every machine; two types, so that an instant is never added to
// an instant. Range: about 292 years. Nothing in core reads a real clock.

#include <compare>
#include <cstdint>
#include <limits>

namespace packetarium {

/// A length of simulated time, in nanoseconds; may be negative.
class SimDuration {
public:
    constexpr SimDuration() = default;
    static constexpr SimDuration nanoseconds(std::int64_t n) { return SimDuration(n); }
    static constexpr SimDuration microseconds(std::int64_t n) { return SimDuration(n * 1'000); }
    static constexpr SimDuration milliseconds(std::int64_t n) { return SimDuration(n * 1'000'000); }
    static constexpr SimDuration seconds(std::int64_t n) { return SimDuration(n * 1'000'000'000); }
    static constexpr SimDuration max() { return SimDuration(std::numeric_limits<std::int64_t>::max()); }

    constexpr std::int64_t ns() const { return ns_; }
    constexpr double toSeconds() const { return static_cast<double>(ns_) / 1e9; }

    constexpr auto operator<=>(const SimDuration&) const = default;
    constexpr SimDuration operator-() const { return SimDuration(-ns_); }
    constexpr SimDuration& operator+=(SimDuration d)
    {
        ns_ += d.ns_;
        return *this;
    }
    constexpr SimDuration& operator-=(SimDuration d)
    {
        ns_ -= d.ns_;
        return *this;
    }
    friend constexpr SimDuration operator+(SimDuration a, SimDuration b) { return SimDuration(a.ns_ + b.ns_); }
    friend constexpr SimDuration operator-(SimDuration a, SimDuration b) { return SimDuration(a.ns_ - b.ns_); }
    friend constexpr SimDuration operator*(SimDuration a, std::int64_t k) { return SimDuration(a.ns_ * k); }
    friend constexpr SimDuration operator*(std::int64_t k, SimDuration a) { return SimDuration(a.ns_ * k); }
    friend constexpr SimDuration operator/(SimDuration a, std::int64_t k) { return SimDuration(a.ns_ / k); }

private:
    explicit constexpr SimDuration(std::int64_t n)
        : ns_(n)
    {}
    std::int64_t ns_ = 0;
};

/// An instant of a run, in nanoseconds since its start.
class SimTime {
public:
    constexpr SimTime() = default;
    static constexpr SimTime fromNs(std::int64_t n) { return SimTime(n); }
    static constexpr SimTime zero() { return SimTime(0); }
    /// Later than every instant of every run: "no deadline".
    static constexpr SimTime never() { return SimTime(std::numeric_limits<std::int64_t>::max()); }

    constexpr std::int64_t ns() const { return ns_; }
    constexpr double toSeconds() const { return static_cast<double>(ns_) / 1e9; }
    constexpr bool isNever() const { return *this == never(); }

    constexpr auto operator<=>(const SimTime&) const = default;
    friend constexpr SimDuration operator-(SimTime a, SimTime b) { return SimDuration::nanoseconds(a.ns_ - b.ns_); }
    friend constexpr SimTime operator-(SimTime a, SimDuration d) { return SimTime(a.ns_ - d.ns()); }
    /// Saturates at never(), so that a deadline that is off stays off.
    friend constexpr SimTime operator+(SimTime a, SimDuration d)
    {
        if (a.isNever() || (d.ns() > 0 && a.ns_ > never().ns_ - d.ns()))
            return never();
        return SimTime(a.ns_ + d.ns());
    }

private:
    explicit constexpr SimTime(std::int64_t n)
        : ns_(n)
    {}
    std::int64_t ns_ = 0;
};

namespace literals {
constexpr SimDuration operator""_ns(unsigned long long n)
{
    return SimDuration::nanoseconds(static_cast<std::int64_t>(n));
}
constexpr SimDuration operator""_us(unsigned long long n)
{
    return SimDuration::microseconds(static_cast<std::int64_t>(n));
}
constexpr SimDuration operator""_ms(unsigned long long n)
{
    return SimDuration::milliseconds(static_cast<std::int64_t>(n));
}
constexpr SimDuration operator""_s(unsigned long long n)
{
    return SimDuration::seconds(static_cast<std::int64_t>(n));
}
} // namespace literals

} // namespace packetarium
