// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A short style sheet made from the theme's roles. Style sheets are slow when
// a window is first polished, so it selects by class and by the dynamic
// property "look" only, and everything a palette can say is left to it:
//
//   QLabel          look = "title" | "heading" | "muted" | "small" | "mono" | "link"
//   QPushButton     look = "primary" | "quiet" | "danger"   (QToolButton too)
//   QFrame          look = "card" | "sunken" | "bar" | "side"   (bar: line below; side: the window's panels)
//   QTabBar         flat tabs with an underline

#include "ui/theme/theme.h"

#include <QString>

namespace packetarium {

QString styleSheetFor(const Theme& theme);

} // namespace packetarium
