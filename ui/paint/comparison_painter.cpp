// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/comparison_painter.h"

#include "ui/paint/primitives.h"
#include "ui/paint/text_ruler.h"

#include <QPainter>
#include <algorithm>

namespace packetarium {
namespace {

constexpr double kNameMargin = 16, kNameGap = 10; ///< desktop pixels
/// A half has less room than a slide of its own: a fifth more, and all in it a sixth smaller.
constexpr double kHalfHeight = 1.2 * SlidePainter::kSlideHeight;

} // namespace

double runHeadingHeight(const Theme& theme)
{
    return std::ceil(TextRuler(theme).height(TextStyle::Heading) + theme.px(14));
}

void paintRunHeading(QPainter& p, const Theme& theme, const RunHeading& heading, const QRectF& box)
{
    const TextRuler ruler(theme);
    p.save();
    p.setRenderHint(QPainter::Antialiasing);
    p.fillRect(box, theme.color(Role::Sunken));
    p.fillRect(QRectF(box.left(), box.bottom() - theme.px(1), box.width(), theme.px(1)), theme.color(Role::Line));
    const double left = box.left() + theme.px(kNameMargin);
    double right = box.right() - theme.px(kNameMargin);
    if (!heading.note.isEmpty()) {
        const double width = std::min(ruler.width(TextStyle::Small, heading.note), (right - left) / 2);
        drawText(p, theme, TextStyle::Small, theme.color(Role::Muted),
                 QRectF(right - width, box.top(), width, box.height()), Qt::AlignRight | Qt::AlignVCenter,
                 ruler.fitted(TextStyle::Small, heading.note, width));
        right -= width + theme.px(kNameGap);
    }
    const double chip = heading.mark.isEmpty() ? 0 : ruler.width(TextStyle::Label, heading.mark) + theme.px(14);
    const double room = std::max(0.0, right - left - (chip > 0 ? chip + theme.px(kNameGap) : 0));
    const QString title = ruler.fitted(TextStyle::Heading, heading.title, room);
    const double width = std::min(room, ruler.width(TextStyle::Heading, title));
    drawText(p, theme, TextStyle::Heading, theme.color(Role::Ink), QRectF(left, box.top(), room, box.height()),
             Qt::AlignLeft | Qt::AlignVCenter, title);
    if (chip > 0) {
        const double height = ruler.height(TextStyle::Label) + theme.px(4);
        drawChip(p, theme, QRectF(left + width + theme.px(kNameGap), box.center().y() - height / 2, chip, height),
                 heading.mark, theme.color(Role::Card), theme.color(Role::Rst), theme.color(Role::Rst),
                 TextStyle::Label);
    }
    p.restore();
}

ComparisonPainter::ComparisonPainter()
{
    left_.setSlideHeight(kHalfHeight);
    right_.setSlideHeight(kHalfHeight);
}

void ComparisonPainter::paint(QPainter& p, const ComparedRun& left, const ComparedRun& right, StageView view,
                              QSizeF size)
{
    const Theme& theme = left.scene.theme;
    const double scale = theme.isProjector() && size.height() > 0 ? size.height() / kHalfHeight : 1;
    const double heading = std::ceil(runHeadingHeight(theme) * scale);
    const double line = std::max(1.0, theme.px(1) * scale);
    const double half = std::floor((size.width() - line) / 2);
    const auto paintHalf = [&](SlidePainter& painter, const ComparedRun& run, double x, double width) {
        p.save();
        p.translate(x, 0);
        p.setClipRect(QRectF(0, 0, width, size.height()), Qt::IntersectClip);
        p.save();
        p.scale(scale, scale);
        paintRunHeading(p, theme, run.heading, QRectF(0, 0, width / scale, heading / scale));
        p.restore();
        // What has scrolled up must not come out above.
        p.setClipRect(QRectF(0, heading, width, size.height() - heading), Qt::IntersectClip);
        p.translate(0, heading);
        painter.paint(p, run.scene, view, run.caption, QSizeF(width, size.height() - heading));
        p.restore();
    };
    // Of the same width, so that both make the same room for each other.
    paintHalf(left_, left, 0, half);
    paintHalf(right_, right, size.width() - half, half);
    p.fillRect(QRectF(half, 0, size.width() - 2 * half, size.height()), theme.color(Role::LineStrong));
}

void ComparisonPainter::forget()
{
    left_.forget();
    right_.forget();
}

} // namespace packetarium
