// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Addresses as they stand on the wire, and as people write them.

#include <array>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace packetarium {

struct MacAddress {
    std::array<std::uint8_t, 6> octets{};
    auto operator<=>(const MacAddress&) const = default;
    std::string toString() const; ///< 02:00:00:00:00:01
    static std::optional<MacAddress> parse(std::string_view text);
};

struct Ipv4Address {
    std::uint32_t value = 0; ///< host order: 192.168.1.25 is 0xC0A80119
    auto operator<=>(const Ipv4Address&) const = default;
    std::string toString() const;
    /// Four decimal numbers 0-255 without leading zeros; anything else is no address.
    static std::optional<Ipv4Address> parse(std::string_view text);
};

} // namespace packetarium
