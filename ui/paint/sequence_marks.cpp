// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/sequence_marks.h"

#include "ui/paint/primitives.h"

#include <QPainter>

namespace packetarium {

PacketPhase phaseOf(const LadderArrow& a, std::size_t recordsDone)
{
    if (a.endRecord != kNoRecord && a.endRecord < recordsDone)
        return PacketPhase::Done;
    return a.sentRecord != kNoRecord && a.sentRecord < recordsDone ? PacketPhase::UnderWay : PacketPhase::Pending;
}

int currentState(const LadderModel& model, NodeId host, std::size_t recordsDone)
{
    int current = -1;
    for (std::size_t i = 0; i < model.states.size(); ++i) {
        const LadderState& s = model.states[i];
        if (s.host == host && (s.fromRecord == kNoRecord || s.fromRecord < recordsDone))
            current = static_cast<int>(i);
    }
    return current;
}

bool isIdle(TcpState state)
{
    return state == TcpState::Closed || state == TcpState::Listen;
}

void drawLabel(QPainter& p, const Theme& theme, const PacketLabel& label, const TurnedBox& box)
{
    const QSizeF size = box.size;
    const QColor main = theme.color(label.role);
    const double radius = theme.px(5);
    const QRectF all(-size.width() / 2, -size.height() / 2, size.width(), size.height());
    p.save();
    p.translate(box.center);
    p.rotate(box.angle);

    // Two fills, for there may be hundreds of labels: stroking an outline costs several times as much.
    const double half = theme.px(0.75);
    p.setPen(Qt::NoPen);
    p.setBrush(main);
    p.drawRoundedRect(all.adjusted(-half, -half, half, half), radius + half, radius + half);
    const QRectF flags(all.topLeft(), QSizeF(label.flagsWidth, size.height()));
    if (label.width() > label.flagsWidth) {
        const QRectF inside = all.adjusted(half, half, -half, -half);
        const double left = flags.right(), inner = radius - half;
        QPainterPath rest(QPointF(left, inside.top()));
        rest.lineTo(inside.right() - inner, inside.top());
        rest.quadTo(inside.topRight(), {inside.right(), inside.top() + inner});
        rest.lineTo(inside.right(), inside.bottom() - inner);
        rest.quadTo(inside.bottomRight(), {inside.right() - inner, inside.bottom()});
        rest.lineTo(left, inside.bottom());
        p.setBrush(theme.color(Role::Card));
        p.drawPath(rest);
    }
    drawText(p, theme, TextStyle::MonoStrong, theme.color(Role::OnFlag), flags, Qt::AlignCenter, label.flags);
    const QRectF numbers(flags.right(), flags.top(), label.numbersWidth, flags.height());
    if (label.numbersWidth > 0)
        drawText(p, theme, TextStyle::MonoStrong, theme.color(Role::Ink), numbers, Qt::AlignCenter, label.numbers);
    if (label.tagWidth > 0) {
        const double left = numbers.left() + label.numbersWidth;
        p.setPen(linePen(main, theme.px(1)));
        p.drawLine(QPointF(left, all.top() + theme.px(4)), QPointF(left, all.bottom() - theme.px(4)));
        drawText(p, theme, TextStyle::Label, theme.color(Role::Rst),
                 QRectF(left, flags.top(), label.tagWidth, flags.height()), Qt::AlignCenter, label.tag);
    }
    p.restore();
}

void drawPendingLabel(QPainter& p, const Theme& theme, const PacketLabel& label)
{
    TurnedBox box = label.box;
    box.size.setWidth(std::min(label.pendingWidth, label.box.size.width()));
    p.save();
    p.translate(box.center);
    p.rotate(box.angle);
    p.fillRect(QRectF(-box.size.width() / 2, -box.size.height() / 2, box.size.width(), box.size.height() - theme.px(3)),
               theme.color(Role::Background));
    p.restore();
    drawText(p, theme, TextStyle::MonoStrong, theme.color(Role::Muted), box,
             label.pendingWidth <= label.box.size.width() ? label.pending : label.flags);
}

void drawStateChip(QPainter& p, const Theme& theme, const QRectF& box, TcpState state, int side, bool current,
                   TextStyle style)
{
    const SideRoles roles = sideRoles(side);
    const QString name = fromUtf8(toString(state));
    if (isIdle(state))
        drawChip(p, theme, box, name, theme.color(Role::Card), theme.color(current ? Role::LineStrong : Role::Line),
                 theme.color(Role::Muted), style);
    else if (current)
        drawChip(p, theme, box, name, theme.color(roles.main), theme.color(roles.main), theme.color(roles.on), style);
    else
        drawChip(p, theme, box, name, theme.color(Role::Card),
                 blended(theme.color(Role::Card), theme.color(roles.main), 0.55), theme.color(roles.main), style);
}

void drawBand(QPainter& p, const SequenceLayout& layout, const Theme& theme, const LadderState& state, double from,
              double to, bool current)
{
    if (to - from < 1)
        return;
    const SideRoles roles = sideRoles(layout.side(state.host));
    const double x = layout.x(state.host);
    const double half = layout.bandWidth() / 2;
    if (theme.isProjector()) {
        p.setPen(linePen(theme.color(isIdle(state.state) ? Role::LineStrong : roles.main), layout.bandWidth()));
        p.drawLine(QPointF(x, from), QPointF(x, to));
        return;
    }
    const QRectF band(x - half, from, 2 * half, to - from);
    const double radius = std::min(theme.px(5), band.height() / 2);
    const bool idle = isIdle(state.state);
    const QColor main = theme.color(roles.main);
    p.setBrush(theme.color(idle ? Role::Sunken : roles.tint));
    p.setPen(linePen(idle      ? theme.color(current ? Role::LineStrong : Role::Line)
                     : current ? main
                               : blended(theme.color(roles.tint), main, 0.45),
                     theme.px(current ? 2 : 1.5)));
    p.drawRoundedRect(band.adjusted(1, 1, -1, -1), radius, radius);
}

void drawBracket(QPainter& p, const SequenceLayout& layout, const Theme& theme, const LadderTimer& timer, double from,
                 double filled, double to, bool open)
{
    const double x = layout.laneX(timer.host, timer.lane);
    const double hook = layout.isLeft(timer.host) ? theme.px(5) : -theme.px(5);
    p.setBrush(Qt::NoBrush);
    if (to > filled) {
        p.setPen(open ? dashPen(theme.color(Role::LineStrong), theme.px(1.5), theme.px(4), theme.px(3))
                      : linePen(theme.color(Role::LineStrong), theme.px(1.5)));
        p.drawLine(QPointF(x, filled), QPointF(x, to));
    }
    p.setPen(linePen(theme.color(Role::LineStrong), theme.px(1.5)));
    p.drawLine(QPointF(x, from), QPointF(x + hook, from));
    if (!open)
        p.drawLine(QPointF(x, to), QPointF(x + hook, to));
    p.setPen(QPen(theme.color(Role::TimerFill), theme.px(3), Qt::SolidLine, Qt::FlatCap));
    p.drawLine(QPointF(x, from), QPointF(x, std::min(filled, to)));
}

QRectF bracketBox(const SequenceLayout& layout, const LadderTimer& timer, double from, double to)
{
    const double x = layout.laneX(timer.host, timer.lane);
    return QRectF(x - 8, from - 4, 16, to - from + 8).adjusted(-layout.bandWidth() / 4, 0, layout.bandWidth() / 4, 0);
}

void drawNote(QPainter& p, const Theme& theme, const ArrowNote& note)
{
    if (!note.placed)
        return;
    const bool lost = note.kind == ArrowNote::Kind::Lost;
    drawText(p, theme, TextStyle::Label, theme.color(lost ? Role::Rst : Role::Muted), note.box, note.text);
}

} // namespace packetarium
