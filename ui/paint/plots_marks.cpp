// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/plots_marks.h"

#include "ui/paint/primitives.h"

#include <QPainter>

namespace packetarium {

Role roleOf(FlowEventKind kind)
{
    switch (kind) {
    case FlowEventKind::Loss: return Role::Rst;
    case FlowEventKind::Timeout: return Role::Data;
    case FlowEventKind::FastRetransmit: return Role::Fin;
    case FlowEventKind::EcnReduction: return Role::Accent;
    }
    return Role::Ink;
}

void drawMarkBadge(QPainter& p, const Theme& theme, FlowEventKind kind, const QRectF& box, const QString& letter)
{
    const QColor colour = theme.color(roleOf(kind));
    p.setPen(linePen(colour, theme.px(1.3)));
    p.setBrush(theme.color(Role::Card));
    const double round = kind == FlowEventKind::Timeout ? theme.px(2) : box.height() / 2;
    p.drawRoundedRect(box, round, round);
    drawText(p, theme, TextStyle::Label, colour, box, Qt::AlignCenter, letter);
}

} // namespace packetarium
