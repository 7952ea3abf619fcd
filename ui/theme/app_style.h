// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Dresses Qt's own widgets in the theme: a palette, a proxy over Fusion with
// our metrics, and a short style sheet (theme/style_sheet.h) for the few
// things a palette cannot say.

#include "ui/theme/theme.h"

#include <QPalette>

class QApplication;

namespace packetarium {

QPalette paletteFor(const Theme& theme);
/// What `choice` means on a desktop whose own palette is `desktop` (dark where its window is darker than its text).
ThemeKind resolveTheme(ThemeChoice choice, const QPalette& desktop);
/// Palette, style, default font and style sheet of the whole program. Cheap when nothing changes.
void applyTheme(QApplication& application, const Theme& theme);

} // namespace packetarium
