// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/wire/address.h"

#include <charconv>

#include <fmt/format.h>

namespace packetarium {

namespace {

/// The whole of `text` as a number in `base`, without sign or space.
std::optional<std::uint8_t> octet(std::string_view text, int base)
{
    std::uint8_t value = 0;
    const char* end = text.data() + text.size();
    const auto [stopped, error] = std::from_chars(text.data(), end, value, base);
    if (error != std::errc{} || stopped != end)
        return std::nullopt;
    return value;
}

/// Takes what stands before the first `separator` off the front of `rest`; takes all of it if there is none.
std::string_view takeUntil(std::string_view& rest, char separator)
{
    const std::size_t at = rest.find(separator);
    const std::string_view part = rest.substr(0, at);
    rest = at == std::string_view::npos ? std::string_view{} : rest.substr(at + 1);
    return part;
}

} // namespace

std::string MacAddress::toString() const
{
    return fmt::format("{:02x}:{:02x}:{:02x}:{:02x}:{:02x}:{:02x}", octets[0], octets[1], octets[2], octets[3],
                       octets[4], octets[5]);
}

std::optional<MacAddress> MacAddress::parse(std::string_view text)
{
    constexpr std::size_t kTextSize = 17;
    if (text.size() != kTextSize)
        return std::nullopt;
    MacAddress mac;
    for (std::uint8_t& o : mac.octets) {
        const std::string_view part = takeUntil(text, ':');
        const auto value = part.size() == 2 ? octet(part, 16) : std::nullopt;
        if (!value)
            return std::nullopt;
        o = *value;
    }
    return mac;
}

std::string Ipv4Address::toString() const
{
    return fmt::format("{}.{}.{}.{}", value >> 24, value >> 16 & 0xff, value >> 8 & 0xff, value & 0xff);
}

std::optional<Ipv4Address> Ipv4Address::parse(std::string_view text)
{
    Ipv4Address address;
    for (int left = 4; left > 0; --left) {
        const bool last = left == 1;
        if (last != (text.find('.') == std::string_view::npos))
            return std::nullopt;
        const std::string_view part = takeUntil(text, '.');
        // A leading zero means octal to some programs and decimal to others; so it is no address here.
        const auto value = part.size() > 1 && part[0] == '0' ? std::nullopt : octet(part, 10);
        if (!value)
            return std::nullopt;
        address.value = address.value << 8 | *value;
    }
    return address;
}

} // namespace packetarium
