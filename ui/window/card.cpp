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

constexpr int kMostTitleLines = 2, kMostSummaryLines = 3;
constexpr double kPitch = 1.12;

/// Up to `most` lines, the last one shortened with an ellipsis.
QStringList breakLines(const QString& text, const QFont& font, double width, int most)
{
    QStringList lines;
    QTextLayout layout(text, font);
    layout.beginLayout();
    while (lines.size() < most) {
        QTextLine line = layout.createLine();
        if (!line.isValid())
            break;
        line.setLineWidth(width);
        const int start = line.textStart();
        const bool cut = lines.size() + 1 == most && start + line.textLength() < text.size();
        lines << (cut ? QFontMetricsF(font).elidedText(text.mid(start), Qt::ElideRight, width)
                      : text.mid(start, line.textLength()).trimmed());
    }
    layout.endLayout();
    return lines;
}

double paintLines(QPainter& p, const QFont& font, const QStringList& lines, double x, double y, double pitch)
{
    const double ascent = QFontMetricsF(font).ascent();
    p.setFont(font);
    for (const QString& line : lines) {
        p.drawText(QPointF(x, y + ascent), line);
        y += pitch;
    }
    return y;
}

} // namespace

Card::Card(QWidget* parent)
    : QAbstractButton(parent)
{
    setFocusPolicy(Qt::StrongFocus);
    setCursor(Qt::PointingHandCursor);
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, &Card::forgetLines);
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
    forgetLines();
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

const Card::Lines& Card::linesFor(int width) const
{
    for (const Lines& kept : lines_)
        if (kept.width == width)
            return kept;
    Lines& lines = lines_[nextLines_];
    nextLines_ = 1 - nextLines_;
    const Theme& theme = ThemeManager::current().theme();
    const QFont titleFont = theme.font(TextStyle::Heading), summaryFont = theme.font(TextStyle::Small);
    lines.width = width;
    lines.title = breakLines(text(), titleFont, width - 2 * kPad, kMostTitleLines);
    lines.summary = breakLines(summary_, summaryFont, width - 2 * kPad, kMostSummaryLines);
    lines.titlePitch = QFontMetricsF(titleFont).height() * kPitch;
    lines.summaryPitch = QFontMetricsF(summaryFont).height() * kPitch;
    return lines;
}

void Card::forgetLines()
{
    lines_ = {};
    updateGeometry();
    update();
}

int Card::heightForWidth(int width) const
{
    const Lines& lines = linesFor(width);
    double h = picture_ ? kPictureInset + kPictureHeight + 12 : 13;
    h += static_cast<double>(lines.title.size()) * lines.titlePitch + 2;
    h += static_cast<double>(lines.summary.size()) * lines.summaryPitch;
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
        paintThumbnail(p, *picture_, QRectF(kPictureInset, kPictureInset, width() - 2 * kPictureInset, kPictureHeight),
                       theme);
        y = kPictureInset + kPictureHeight + 12;
    }
    const double inner = width() - 2 * kPad;
    const Lines& lines = linesFor(width());
    p.setPen(theme.color(primary_ ? Role::OnAccent : Role::Ink));
    y = paintLines(p, theme.font(TextStyle::Heading), lines.title, kPad, y, lines.titlePitch) + 2;
    p.setPen(theme.color(primary_ ? Role::OnAccent : Role::Muted));
    paintLines(p, theme.font(TextStyle::Small), lines.summary, kPad, y, lines.summaryPitch);
    if (progress_) {
        const QRectF track(kPad, height() - 16 - kBarHeight, inner, kBarHeight);
        p.setPen(Qt::NoPen);
        p.setBrush(theme.color(Role::TimerTrack));
        p.drawRoundedRect(track, kBarHeight / 2, kBarHeight / 2);
        if (*progress_ > 0) {
            p.setBrush(theme.color(*progress_ >= 1 ? Role::Good : Role::Accent));
            p.drawRoundedRect(QRectF(track.topLeft(), QSizeF(inner * std::min(1.0, *progress_), kBarHeight)),
                              kBarHeight / 2, kBarHeight / 2);
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
