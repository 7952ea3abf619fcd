// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The letters over the plots: what befell the flow, in a colour of its own.

#include "core/trace/series.h"
#include "ui/theme/theme.h"

#include <QRectF>
#include <QString>

class QPainter;

namespace packetarium {

Role roleOf(FlowEventKind kind);
/// Round, and square for a time-out.
void drawMarkBadge(QPainter& painter, const Theme& theme, FlowEventKind kind, const QRectF& box, const QString& letter);

} // namespace packetarium
