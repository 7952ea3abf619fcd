// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Well-formed UTF-8 (RFC 3629), for text that comes from outside.

#include <cstddef>
#include <string_view>

namespace packetarium {

/// Length of the well-formed sequence at the start of `text`, or 0. Precondition: not empty.
std::size_t utf8Length(std::string_view text);
bool isUtf8(std::string_view text);
/// A byte that is not the first of its character.
constexpr bool isUtf8Continuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}
/// The longest start of `text` with at most `most` characters. Precondition: isUtf8(text).
std::string_view utf8Prefix(std::string_view text, std::size_t most);

} // namespace packetarium
