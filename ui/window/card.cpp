// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/card.h"

#include "ui/theme/theme_manager.h"

#include <QPainter>
#include <QTextLayout>

namespace packetarium {
namespace {

constexpr double kPad = 18;
constexpr double kPictureInset = 12;
constexpr double kPictureHeight = 132;
constexpr double kBarHeight = 5;

/// Draws up to `most` lines, the last one shortened with an ellipsis, and returns the height; only measures without a painter.
double paintLines(QPainter* p, const QFont& font, const QString& text, const QPointF& at, double width, int most)
{
    const QFontMetricsF metrics(font);
    QTextLayout layout(text, font);
    layout.beginLayout();
    double y = 0;
    for (int n = 1; n <= most; ++n) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        if (p) {
            const int start = line.textStart();
            const bool last = n == most && start + line.textLength() < text.size();
            const QString shown = last ? metrics.elidedText(text.mid(start), Qt::ElideRight, width) : text.mid(start, line.textLength());
            p->setFont(font);
            p->drawText(QPointF(at.x(), at.y() + y + metrics.ascent()), shown.trimmed());
        }
        y += metrics.height() * 1.12;
    }
    layout.endLayout();
    return y;
}

} // namespace

Card::Card(QWidget* parent) : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, [this] {
        updateGeometry();
        update();
    });
}

void Card::setWords(const QString& title, const QString& summary)
{
    if (title == text() && summary == summary_)
        return;
    setText(title);
    summary_ = summary;
    setAccessibleName(title);
    setAccessibleDescription(summary);
    setToolTip(summary);
    updateGeometry();
    update();
}

void Card::setPicture(Thumbnail picture)
{
    picture_ = picture;
    updateGeometry();
}

void Card::setProgress(double fraction)
{
    progress_ = fraction;
    update();
}

void Card::setPrimary(bool on)
{
    primary_ = on;
    update();
}

QSize Card::sizeHint() const
{
    return {240, heightForWidth(240)};
}

int Card::heightForWidth(int width) const
{
    const Theme& theme = ThemeManager::current().theme();
    const double inner = width - 2 * kPad;
    double h = picture_ ? kPictureInset + kPictureHeight + 12 : 13;
    h += paintLines(nullptr, theme.font(TextStyle::Heading), text(), {}, inner, 2);
    h += 2 + paintLines(nullptr, theme.font(TextStyle::Small), summary_, {}, inner, 2);
    h += progress_ ? 12 + kBarHeight + 16 : 13;
    return static_cast<int>(h + 0.5);
}

void Card::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const QRectF box = QRectF(rect()).adjusted(1, 1, -1, -1);
    const double radius = picture_ ? 16 : 12;
    const bool lifted = underMouse() || isDown();
    QColor back = theme.color(primary_ ? Role::Accent : Role::Card);
    if (isDown())
        back = primary_ ? back.darker(110) : theme.color(Role::Hover);
    p.setBrush(back);
    if (hasFocus())
        p.setPen(QPen(theme.color(primary_ ? Role::Ink : Role::Focus), 2.5));
    else
        p.setPen(QPen(theme.color(primary_ ? Role::Accent : lifted ? Role::LineStrong : Role::Line), 1.2));
    p.drawRoundedRect(box, radius, radius);

    double y = 13;
    if (picture_) {
        paintThumbnail(p, *picture_, QRectF(kPictureInset, kPictureInset, width() - 2 * kPictureInset, kPictureHeight), theme);
        y = kPictureInset + kPictureHeight + 12;
    }
    const double inner = width() - 2 * kPad;
    p.setPen(theme.color(primary_ ? Role::OnAccent : Role::Ink));
    y += paintLines(&p, theme.font(TextStyle::Heading), text(), {kPad, y}, inner, 2) + 2;
    p.setPen(theme.color(primary_ ? Role::OnAccent : Role::Muted));
    paintLines(&p, theme.font(TextStyle::Small), summary_, {kPad, y}, inner, 2);
    if (progress_) {
        const QRectF track(kPad, height() - 16 - kBarHeight, inner, kBarHeight);
        p.setPen(Qt::NoPen);
        p.setBrush(theme.color(Role::TimerTrack));
        p.drawRoundedRect(track, kBarHeight / 2, kBarHeight / 2);
        if (*progress_ > 0) {
            p.setBrush(theme.color(*progress_ >= 1 ? Role::Good : Role::Accent));
            p.drawRoundedRect(QRectF(track.topLeft(), QSizeF(inner * std::min(1.0, *progress_), kBarHeight)), kBarHeight / 2, kBarHeight / 2);
        }
    }
}

void Card::enterEvent(QEnterEvent* event)
{
    update();
    QAbstractButton::enterEvent(event);
}

void Card::leaveEvent(QEvent* event)
{
    update();
    QAbstractButton::leaveEvent(event);
}

} // namespace packetarium
