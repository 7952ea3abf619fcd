// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/quantities.h"

#include "core/base/ascii.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

namespace packetarium {
namespace {

struct Unit {
    std::string_view name;
    std::int64_t size;
};
// Largest first, so that writing finds the largest that fits.
constexpr std::array kDurationUnits{Unit{"min", 60'000'000'000}, Unit{"s", 1'000'000'000}, Unit{"ms", 1'000'000},
                                    Unit{"us", 1'000}, Unit{"ns", 1}};
constexpr std::array kBandwidthUnits{Unit{"Gbit/s", 1'000'000'000}, Unit{"Mbit/s", 1'000'000}, Unit{"kbit/s", 1'000},
                                     Unit{"bit/s", 1}};
constexpr std::array kPercentUnits{Unit{"%", 10'000}};

/// "12.5 ms" as a whole number of the smallest unit, if it is one.
std::optional<std::int64_t> parseQuantity(std::string_view text, std::span<const Unit> units)
{
    const auto numberEnd = std::find_if_not(text.begin(), text.end(), [](char c) { return isDigit(c) || c == '.'; });
    std::string_view number = text.substr(0, static_cast<std::size_t>(numberEnd - text.begin()));
    std::string_view unitName = text.substr(number.size());
    while (unitName.starts_with(' '))
        unitName.remove_prefix(1);
    const auto unit = std::find_if(units.begin(), units.end(), [&](const Unit& u) { return u.name == unitName; });
    if (unit == units.end() || number.empty() || !isDigit(number.front()) || !isDigit(number.back()))
        return std::nullopt;

    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    std::int64_t whole = 0;
    while (!number.empty() && isDigit(number.front())) {
        const int digit = number.front() - '0';
        if (whole > (most / unit->size - digit) / 10)
            return std::nullopt;
        whole = whole * 10 + digit;
        number.remove_prefix(1);
    }
    std::int64_t value = whole * unit->size;
    if (number.empty())
        return value;

    number.remove_prefix(1); // the point
    std::int64_t place = unit->size;
    for (const char c : number) {
        if (!isDigit(c))
            return std::nullopt;
        if (c == '0') {
            place /= 10;
            continue;
        }
        if (place % 10 != 0)
            return std::nullopt;
        place /= 10;
        const std::int64_t part = place * (c - '0');
        if (place == 0 || value > most - part)
            return std::nullopt;
        value += part;
    }
    return value;
}

std::string writeDecimal(std::int64_t value, const Unit& unit)
{
    std::string text = std::to_string(value / unit.size);
    std::string decimals;
    for (std::int64_t rest = value % unit.size, place = unit.size / 10; rest != 0 && place != 0;
         rest %= place, place /= 10)
        decimals += static_cast<char>('0' + rest / place);
    if (!decimals.empty())
        text += "." + decimals;
    return text + " " + std::string(unit.name);
}

} // namespace

std::optional<SimDuration> parseDuration(std::string_view text)
{
    const auto ns = parseQuantity(text, kDurationUnits);
    return ns ? std::optional(SimDuration::nanoseconds(*ns)) : std::nullopt;
}

std::string writeDuration(SimDuration duration)
{
    const std::int64_t ns = duration.ns();
    if (ns == 0)
        return "0 ms";
    // Never minutes: "200 s" is how the RFCs write it, and not every second is a decimal fraction of a minute.
    for (const Unit& unit : std::span(kDurationUnits).subspan(1))
        if (ns >= unit.size)
            return writeDecimal(ns, unit);
    return writeDecimal(ns, kDurationUnits.back());
}

std::optional<std::uint64_t> parseBandwidth(std::string_view text)
{
    if (text == "unlimited")
        return 0;
    const auto bits = parseQuantity(text, kBandwidthUnits);
    return bits ? std::optional(static_cast<std::uint64_t>(*bits)) : std::nullopt;
}

std::string writeBandwidth(std::uint64_t bitsPerSecond)
{
    if (bitsPerSecond == 0)
        return "unlimited";
    const auto bits = static_cast<std::int64_t>(bitsPerSecond);
    for (const Unit& unit : kBandwidthUnits)
        if (bits >= unit.size)
            return writeDecimal(bits, unit);
    return {};
}

std::optional<std::uint32_t> parsePercentage(std::string_view text)
{
    const auto ppm = parseQuantity(text, kPercentUnits);
    if (!ppm || *ppm > std::numeric_limits<std::uint32_t>::max())
        return std::nullopt;
    return static_cast<std::uint32_t>(*ppm);
}

std::string writePercentage(std::uint32_t ppm)
{
    return writeDecimal(ppm, kPercentUnits.front());
}

} // namespace packetarium
