// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The lines that both ends of a transfer speak (core/apps/transfer.h).

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace packetarium {

constexpr std::size_t kMostLine = 64; ///< octets, with its end

/// The numbers in "WORD 1 2 CR LF", exactly `count` of them, each of 32 bits; nothing if the line is another.
std::optional<std::vector<std::uint32_t>> numbersAfter(std::string_view word, std::string_view line, std::size_t count);

/// The file's content.
constexpr std::uint8_t fileOctet(std::uint32_t place)
{
    return static_cast<std::uint8_t>(place % 251);
}

} // namespace packetarium
