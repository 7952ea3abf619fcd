// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/paint/windows_plan.h"

class QPainter;

namespace packetarium {

/// Background, shapes, texts.
void paintWindows(QPainter& painter, const StageScene& scene, const WindowsLayout& layout, const WindowsPlan& plan);
void paintWindows(QPainter& painter, const StageScene& scene, const WindowsLayout& layout);

} // namespace packetarium
