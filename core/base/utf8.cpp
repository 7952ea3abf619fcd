// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/base/utf8.h"

namespace packetarium {

std::size_t utf8Length(std::string_view text)
{
    const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
    const unsigned char first = byte(0);
    if (first < 0x80)
        return 1;
    std::size_t length = 0;
    unsigned char least = 0x80,
                  most = 0xBF; // of the second byte: no overlong forms, no surrogates, nothing above U+10FFFF
    if (first >= 0xC2 && first <= 0xDF) {
        length = 2;
    } else if (first >= 0xE0 && first <= 0xEF) {
        length = 3;
        least = first == 0xE0 ? 0xA0 : 0x80;
        most = first == 0xED ? 0x9F : 0xBF;
    } else if (first >= 0xF0 && first <= 0xF4) {
        length = 4;
        least = first == 0xF0 ? 0x90 : 0x80;
        most = first == 0xF4 ? 0x8F : 0xBF;
    }
    if (length == 0 || text.size() < length || byte(1) < least || byte(1) > most)
        return 0;
    for (std::size_t i = 2; i < length; ++i)
        if (!isUtf8Continuation(text[i]))
            return 0;
    return length;
}

bool isUtf8(std::string_view text)
{
    while (!text.empty()) {
        const std::size_t length = utf8Length(text);
        if (length == 0)
            return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string_view utf8Prefix(std::string_view text, std::size_t most)
{
    std::size_t size = 0;
    for (std::size_t characters = 0; size < text.size(); ++size)
        if (!isUtf8Continuation(text[size]) && ++characters > most)
            break;
    return text.substr(0, size);
}

} // namespace packetarium
