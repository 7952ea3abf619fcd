// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/i18n/catalogue_pattern.h"

namespace packetarium {

std::string filledPattern(std::string_view pattern, std::initializer_list<std::string_view> arguments)
{
    std::string text;
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (pattern[i] == '{' && i + 2 < pattern.size() && pattern[i + 2] == '}') {
            const auto n = static_cast<std::size_t>(pattern[i + 1] - '0');
            if (n < arguments.size()) {
                text += *(arguments.begin() + n);
                i += 2;
                continue;
            }
        }
        text += pattern[i];
    }
    return text;
}

} // namespace packetarium
