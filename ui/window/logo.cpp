// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/logo.h"

#include "ui/theme/theme.h"

#include <QPainter>
#include <QPainterPath>

namespace packetarium {

void paintLogo(QPainter& p, const QRectF& box, const Theme& theme)
{
    const QColor accent = theme.color(Role::Accent);
    const QColor inside = theme.kind() == ThemeKind::Light ? theme.color(Role::Card) : theme.color(Role::OnAccent);
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.translate(box.topLeft());
    p.scale(box.width() / 64, box.height() / 64);
    p.setPen(Qt::NoPen);
    p.setBrush(inside);
    p.drawEllipse(QPointF(32, 32), 22, 22);
    // The ring, left open where the path crosses it.
    p.setBrush(Qt::NoBrush);
    p.setPen(QPen(accent, 8, Qt::SolidLine, Qt::FlatCap));
    const QRectF ring(8, 8, 48, 48);
    QPainterPath arcs;
    arcs.arcMoveTo(ring, -36.6);
    arcs.arcTo(ring, -36.6, -146);
    arcs.arcMoveTo(ring, 143.4);
    arcs.arcTo(ring, 143.4, -146);
    p.drawPath(arcs);
    p.setPen(QPen(accent, 6, Qt::SolidLine, Qt::RoundCap));
    p.drawLine(QPointF(4, 22), QPointF(60, 42));
    p.translate(32, 32);
    p.rotate(19.7);
    p.setPen(QPen(inside, 4));
    p.setBrush(accent);
    p.drawRoundedRect(QRectF(-9.5, -9.5, 19, 19), 3, 3);
    p.restore();
}

} // namespace packetarium
