// SPDX-License-Identifier: GPL-3.0-or-later
//
// The header of the sequence view: a card per host, or on a slide its name and state.
#include "ui/paint/primitives.h"
#include "ui/paint/sequence_marks.h"
#include "ui/paint/sequence_painter.h"

#include <QPainter>

namespace packetarium {

namespace {

void drawProjectorCard(QPainter& p, const StageScene& scene, const SequenceLayout& layout, const HostCard& card)
{
    const Theme& theme = scene.theme;
    const int side = layout.side(card.host);
    drawText(p, theme, TextStyle::Title, theme.color(sideRoles(side).main), card.box, Qt::AlignCenter, card.name);
    const TcpState state = scene.moment->hosts.size() > card.host.value() ? scene.moment->hosts[card.host.value()].state
                                                                          : TcpState::Closed;
    if (!card.chip.isEmpty() && layout.tellsStates())
        drawStateChip(p, theme, card.chip, state, side, true, TextStyle::MonoStrong);
}

void drawDesktopCard(QPainter& p, const StageScene& scene, const SequenceLayout& layout, const HostCard& card)
{
    const Theme& theme = scene.theme;
    const double bar = theme.px(6);
    p.setPen(linePen(theme.color(Role::Line), theme.px(1.3)));
    p.setBrush(theme.color(Role::Card));
    p.drawRoundedRect(card.box, theme.px(8), theme.px(8));
    p.setPen(Qt::NoPen);
    p.setBrush(theme.color(sideRoles(layout.side(card.host)).main));
    p.drawRoundedRect(QRectF(card.box.left(), card.box.top(), bar, card.box.height()), bar / 2, bar / 2);
    const QRectF inner =
        card.box.adjusted(theme.px(card.slim ? 10 : 16), theme.px(5), -theme.px(card.slim ? 4 : 12), -theme.px(5));
    const QRectF upper(inner.topLeft(), QSizeF(inner.width(), inner.height() * (card.address.isEmpty() ? 1.0 : 0.54)));
    const QRectF lower(inner.left(), upper.bottom(), inner.width(), inner.height() * 0.46);
    drawText(p, theme, card.slim ? TextStyle::Label : TextStyle::Heading, theme.color(Role::Ink), upper,
             Qt::AlignLeft | Qt::AlignVCenter, card.name);
    if (!card.role.isEmpty())
        drawText(p, theme, TextStyle::Small, theme.color(Role::Muted), upper, Qt::AlignRight | Qt::AlignVCenter,
                 card.role);
    if (!card.address.isEmpty())
        drawText(p, theme, TextStyle::MonoSmall, theme.color(Role::Muted), lower, Qt::AlignLeft | Qt::AlignVCenter,
                 card.address);
}

} // namespace

void paintSequenceHeader(QPainter& painter, const StageScene& scene, const SequenceLayout& layout, double scroll)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(0, 0, layout.size().width(), layout.headerHeight()), scene.theme.color(Role::Background));
    if (scroll > 0) {
        painter.setPen(linePen(scene.theme.color(Role::Line), scene.theme.px(1)));
        painter.drawLine(QPointF(0, layout.headerHeight()), QPointF(layout.size().width(), layout.headerHeight()));
    }
    for (const Selection* what : {&scene.hover, &scene.selection}) {
        if (what->kind != Selection::Kind::Host)
            continue;
        painter.setBrush(Qt::NoBrush);
        painter.setPen(
            linePen(faded(scene.theme.color(Role::Focus), what == &scene.hover ? 0.16 : 0.3), scene.theme.px(7)));
        painter.drawPath(sequenceOutline(layout, *what, scene.moment->recordsDone, scroll));
    }
    for (const HostCard& card : layout.cards())
        scene.theme.isProjector() ? drawProjectorCard(painter, scene, layout, card)
                                  : drawDesktopCard(painter, scene, layout, card);
    painter.restore();
}

} // namespace packetarium
