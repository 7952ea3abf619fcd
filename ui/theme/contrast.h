// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Contrast by WCAG 2.2, and the list of text on background that the program
// puts together. Whoever writes text in a new pair adds it here, and
// tests/ui/theme_test.cpp says whether it can be read.

#include "ui/theme/theme.h"

#include <span>

namespace packetarium {

struct TextPair {
    Role text;
    Role background;
};

std::span<const TextPair> textPairs();
/// 1 .. 21; https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio. Opaque colours.
double contrastRatio(const QColor& a, const QColor& b);

} // namespace packetarium
