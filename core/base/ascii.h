// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Letters and digits of protocols: ASCII alone, whatever the locale.

#include <string_view>

namespace packetarium {

constexpr bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

/// Without `spaces` at both ends.
constexpr std::string_view trimmed(std::string_view text, std::string_view spaces = " \t")
{
    const auto from = text.find_first_not_of(spaces);
    return from == std::string_view::npos ? std::string_view()
                                          : text.substr(from, text.find_last_not_of(spaces) - from + 1);
}

} // namespace packetarium
