// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pill_button.h"

#include "ui/theme/theme_manager.h"
#include "ui/widgets/own_keys.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>
#include <QPolygonF>
#include <cmath>

namespace packetarium {
namespace {

constexpr double kGlyphSize = 12;
constexpr double kGlyphGap = 5;

} // namespace

void paintGlyph(QPainter& painter, Glyph glyph, const QRectF& box)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    const double s = box.width() / 12;
    painter.translate(box.topLeft());
    painter.scale(s, s);
    QPen pen(painter.pen().color(), 1.4, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    switch (glyph) {
    case Glyph::None: break;
    case Glyph::Drop:
        painter.drawLine(QPointF(2.5, 2.5), QPointF(9.5, 9.5));
        painter.drawLine(QPointF(9.5, 2.5), QPointF(2.5, 9.5));
        break;
    case Glyph::Delay:
        painter.drawEllipse(QPointF(6, 6.8), 4.4, 4.4);
        painter.drawPolyline(QPolygonF({{6, 4.4}, {6, 6.9}, {7.7, 8.0}}));
        painter.drawLine(QPointF(4.8, 0.9), QPointF(7.2, 0.9));
        break;
    case Glyph::Duplicate:
        painter.drawRect(QRectF(1.2, 1.2, 6.4, 6.4));
        painter.drawPolyline(QPolygonF({{10.8, 4.4}, {10.8, 10.8}, {4.4, 10.8}}));
        break;
    case Glyph::Corrupt: painter.drawPolyline(QPolygonF({{7.2, 0.8}, {3.0, 6.6}, {8.6, 5.6}, {4.6, 11.2}})); break;
    case Glyph::Hold:
        painter.drawLine(QPointF(4, 2.4), QPointF(4, 9.6));
        painter.drawLine(QPointF(8, 2.4), QPointF(8, 9.6));
        break;
    case Glyph::Fold: painter.drawPolyline(QPolygonF({{2.5, 4.5}, {6, 8}, {9.5, 4.5}})); break;
    case Glyph::Unfold: painter.drawPolyline(QPolygonF({{4.5, 2.5}, {8, 6}, {4.5, 9.5}})); break;
    case Glyph::LetGo: painter.drawPolygon(QPolygonF({{3.4, 2.0}, {9.6, 6.0}, {3.4, 10.0}})); break;
    }
    painter.restore();
}

PillButton::PillButton(QWidget* parent)
    : QPushButton(parent)
{
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_Hover);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, [this] {
        updateGeometry();
        update();
    });
}

void PillButton::setGlyph(Glyph glyph)
{
    glyph_ = glyph;
    updateGeometry();
}

void PillButton::setTone(Tone tone)
{
    tone_ = tone;
    update();
}

void PillButton::setCompact(bool on)
{
    compact_ = on;
    updateGeometry();
}

QFont PillButton::textFont(const Theme& theme) const
{
    QFont font = theme.font(compact_ ? TextStyle::Small : TextStyle::Body);
    font.setWeight(QFont::DemiBold);
    return font;
}

double PillButton::glyphRoom(const Theme& theme) const
{
    return glyph_ == Glyph::None ? 0 : theme.px(text().isEmpty() ? kGlyphSize : kGlyphSize + kGlyphGap);
}

QSize PillButton::sizeHint() const
{
    const Theme& theme = ThemeManager::current().theme();
    double width = QFontMetricsF(textFont(theme)).horizontalAdvance(text());
    width += glyphRoom(theme);
    return {static_cast<int>(std::ceil(width + theme.px(compact_ ? 14 : 24))),
            static_cast<int>(theme.px(compact_ ? 28 : 32))};
}

bool PillButton::event(QEvent* event)
{
    return claimsKey(event, {Qt::Key_Space, Qt::Key_Return, Qt::Key_Enter}) || QPushButton::event(event);
}

void PillButton::keyPressEvent(QKeyEvent* event)
{
    if (event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter)
        click();
    else
        QPushButton::keyPressEvent(event);
}

void PillButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    const bool primary = tone_ == Tone::Primary || isChecked();

    QColor fill = theme.color(primary ? Role::Accent : Role::Sunken);
    QColor ink = theme.color(primary ? Role::OnAccent : tone_ == Tone::Danger ? Role::Rst : Role::Ink);
    if (!isEnabled()) {
        fill = theme.color(Role::Sunken);
        ink = theme.color(Role::Disabled);
    } else if (!primary && (isDown() || underMouse())) {
        fill = theme.color(Role::Hover);
    }
    const double edge = theme.kind() == ThemeKind::HighContrast ? 1.5 : 0;
    const QRectF pill = QRectF(rect()).adjusted(1.5, 1.5, -1.5, -1.5);
    painter.setPen(hasFocus() ? QPen(theme.color(Role::Focus), 2)
                   : edge > 0 ? QPen(isEnabled() ? theme.color(Role::LineStrong) : ink, edge)
                              : QPen(Qt::NoPen));
    painter.setBrush(fill);
    painter.drawRoundedRect(pill, pill.height() / 2, pill.height() / 2);

    const QFont font = textFont(theme);
    const double glyph = glyphRoom(theme);
    const double textWidth = std::min(QFontMetricsF(font).horizontalAdvance(text()), pill.width() - glyph - 6);
    const double left = pill.center().x() - (textWidth + glyph) / 2;
    painter.setPen(ink);
    if (glyph_ != Glyph::None) {
        const double size = theme.px(kGlyphSize);
        paintGlyph(painter, glyph_, QRectF(left, pill.center().y() - size / 2, size, size));
    }
    painter.setFont(font);
    painter.drawText(QRectF(left + glyph, pill.top(), textWidth + 2, pill.height()), Qt::AlignLeft | Qt::AlignVCenter,
                     QFontMetricsF(font).elidedText(text(), Qt::ElideRight, textWidth + 1));
}

} // namespace packetarium
