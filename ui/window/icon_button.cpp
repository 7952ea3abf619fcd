// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/icon_button.h"

#include "ui/theme/theme_manager.h"
#include "ui/widgets/own_keys.h"
#include "ui/window/actions.h"

#include <QAction>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPath>

namespace packetarium {
namespace {

QPolygonF triangle(const QRectF& box, bool pointsRight)
{
    return pointsRight ? QPolygonF({box.topLeft(), QPointF(box.right(), box.center().y()), box.bottomLeft()})
                       : QPolygonF({box.topRight(), QPointF(box.left(), box.center().y()), box.bottomRight()});
}

/// Draws in the square `b`, in the painter's pen colour.
void paintIcon(QPainter& p, Icon icon, const QRectF& b)
{
    const QColor ink = p.pen().color();
    const double bar = b.width() * 0.16;
    p.setBrush(ink);
    const QPen outline(ink, b.width() * 0.1, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    switch (icon) {
    case Icon::ToStart:
    case Icon::StepBack:
    case Icon::StepForward:
    case Icon::ToEnd: {
        const bool right = icon == Icon::StepForward || icon == Icon::ToEnd;
        const bool withBar = icon == Icon::ToStart || icon == Icon::ToEnd;
        const QRectF body = b.adjusted(b.width() * 0.2, b.height() * 0.12, -b.width() * 0.2, -b.height() * 0.12);
        p.setPen(Qt::NoPen);
        p.drawPolygon(triangle(body, right));
        if (withBar)
            p.drawRect(QRectF(right ? body.right() : body.left() - bar, body.top(), bar, body.height()));
        break;
    }
    case Icon::Play:
        p.setPen(Qt::NoPen);
        p.drawPolygon(triangle(b.adjusted(b.width() * 0.16, 0, -b.width() * 0.04, 0), true));
        break;
    case Icon::Pause:
        p.setPen(Qt::NoPen);
        p.drawRoundedRect(QRectF(b.left() + b.width() * 0.12, b.top(), b.width() * 0.26, b.height()), 1, 1);
        p.drawRoundedRect(QRectF(b.right() - b.width() * 0.38, b.top(), b.width() * 0.26, b.height()), 1, 1);
        break;
    case Icon::Theme: {
        const QRectF disc = b.adjusted(1, 1, -1, -1);
        p.setPen(outline);
        p.setBrush(Qt::NoBrush);
        p.drawEllipse(disc);
        p.setBrush(ink);
        p.setPen(Qt::NoPen);
        p.drawPie(disc, 90 * 16, 180 * 16);
        break;
    }
    case Icon::Predict: { // a question mark
        p.setPen(outline);
        p.setBrush(Qt::NoBrush);
        const QPointF c(b.center().x(), b.top() + b.height() * 0.3);
        const double r = b.width() * 0.24;
        QPainterPath hook(c + QPointF(-r, 0));
        hook.arcTo(QRectF(c - QPointF(r, r), QSizeF(2 * r, 2 * r)), 180, -225);
        hook.lineTo(b.center().x(), b.top() + b.height() * 0.68);
        p.drawPath(hook);
        p.setPen(Qt::NoPen);
        p.setBrush(ink);
        p.drawEllipse(QPointF(b.center().x(), b.bottom() - b.height() * 0.08), b.width() * 0.08, b.width() * 0.08);
        break;
    }
    case Icon::Projector: {
        p.setPen(outline);
        p.setBrush(Qt::NoBrush);
        const QRectF f = b.adjusted(1, 2, -1, -2);
        const double d = f.width() * 0.28;
        QPainterPath corners;
        for (const auto& [corner, dx, dy] : {std::tuple{f.topLeft(), d, d},
                                             {f.topRight(), -d, d},
                                             {f.bottomLeft(), d, -d},
                                             {f.bottomRight(), -d, -d}}) {
            corners.moveTo(corner + QPointF(dx, 0));
            corners.lineTo(corner);
            corners.lineTo(corner + QPointF(0, dy));
        }
        p.drawPath(corners);
        break;
    }
    }
}

} // namespace

IconButton::IconButton(Icon icon, QAction* action, QWidget* parent)
    : QAbstractButton(parent)
    , icon_(icon)
    , action_(action)
{
    // Reached by Tab, but a click leaves the keyboard where it was: Space is the next step.
    setFocusPolicy(Qt::TabFocus);
    setObjectName(action->objectName() + QStringLiteral("-button"));
    connect(this, &QAbstractButton::clicked, action, &QAction::trigger);
    connect(action, &QAction::changed, this, &IconButton::followAction);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, [this] {
        updateGeometry();
        update();
    });
    followAction();
}

void IconButton::followAction()
{
    setEnabled(action_->isEnabled());
    setToolTip(withKey(action_));
    setAccessibleName(plainText(action_));
    updateGeometry();
    update();
}

void IconButton::setIcon(Icon icon)
{
    if (icon_ == icon)
        return;
    icon_ = icon;
    update();
}

void IconButton::setSize(Size size)
{
    size_ = size;
    updateGeometry();
}

void IconButton::setWordShown(bool on)
{
    wordShown_ = on;
    updateGeometry();
}

QSize IconButton::sizeHint() const
{
    const int height = size_ == Size::Large ? 44 : 32;
    if (!wordShown_)
        return {height, height};
    const QFontMetricsF metrics(ThemeManager::current().theme().font(TextStyle::Label));
    return {static_cast<int>(metrics.horizontalAdvance(plainText(action_))) + 50, height};
}

bool IconButton::event(QEvent* event)
{
    return claimsKey(event, {Qt::Key_Space}) || QAbstractButton::event(event);
}

void IconButton::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const bool strong = size_ == Size::Large || (wordShown_ && action_->isChecked());
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    QColor back = theme.color(strong ? Role::Accent : underMouse() ? Role::Hover : Role::Sunken);
    QColor ink = theme.color(!isEnabled() ? Role::Disabled : strong ? Role::OnAccent : Role::Ink);
    if (strong && !isEnabled())
        back = theme.color(Role::Sunken);
    if (isDown())
        back = back.darker(112);
    p.setPen(Qt::NoPen);
    p.setBrush(back);
    p.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    if (hasFocus()) {
        p.setBrush(Qt::NoBrush);
        p.setPen(QPen(theme.color(strong ? Role::Ink : Role::Focus), 2));
        p.drawRoundedRect(box, box.height() / 2, box.height() / 2);
    }
    const double side = size_ == Size::Large ? 17 : 13;
    p.setPen(ink);
    if (!wordShown_) {
        paintIcon(p, icon_, QRectF(box.center() - QPointF(side / 2, side / 2), QSizeF(side, side)));
        return;
    }
    paintIcon(p, icon_, QRectF(box.left() + 14, box.center().y() - side / 2, side, side));
    p.setPen(ink);
    p.setFont(theme.font(TextStyle::Label));
    p.drawText(box.adjusted(33, 0, -8, 0), Qt::AlignVCenter | Qt::AlignLeft, plainText(action_));
}

void IconButton::enterEvent(QEnterEvent* event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void IconButton::leaveEvent(QEvent* event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace packetarium
