// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A text in both languages, side by side. Every catalogue_*.cpp is made of
// switches that return these, so that a translation is never a file away.

#include "ui/i18n/catalogue.h"

namespace packetarium {

struct Words {
    std::string_view en, zh;
    constexpr std::string_view in(Language language) const { return language == Language::Chinese ? zh : en; }
};

} // namespace packetarium
