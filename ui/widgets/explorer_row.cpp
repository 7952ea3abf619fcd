// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/explorer_row.h"

#include "ui/models/explorer_model.h"
#include "ui/theme/theme_manager.h"

#include <QAbstractItemView>
#include <QFontMetricsF>
#include <QPainter>

namespace packetarium {
namespace {

constexpr double kPacketRow = 30;
constexpr double kHeadingHeight = 32;
constexpr double kLine = 17; // one more line of a title
constexpr double kTextLeft = 30;
constexpr double kTextRight = 6;

/// Empty, half or full, as far as the lesson has been followed.
void paintRing(QPainter& painter, const Theme& theme, const QPointF& center, double done)
{
    const double radius = theme.px(5);
    const QRectF box(center.x() - radius, center.y() - radius, 2 * radius, 2 * radius);
    const QColor color = theme.color(done > 0 ? Role::Good : Role::LineStrong);
    painter.setPen(QPen(color, theme.px(1.6)));
    painter.setBrush(done >= 1 ? QBrush(color) : QBrush(Qt::NoBrush));
    painter.drawEllipse(box);
    if (done > 0 && done < 1) {
        painter.setPen(Qt::NoPen);
        painter.setBrush(color);
        painter.drawPie(box, 90 * 16, -180 * 16);
    }
}

void paintScenarioMark(QPainter& painter, const Theme& theme, const QPointF& center)
{
    const double r = theme.px(4);
    painter.setPen(QPen(theme.color(Role::LineStrong), theme.px(1.4), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    painter.drawLine(center + QPointF(-r, -r), center + QPointF(r, -r / 3));
    painter.drawLine(center + QPointF(r, r / 3), center + QPointF(-r, r));
}

QFont titleFont(const Theme& theme, bool strong)
{
    QFont font = theme.font(TextStyle::Body);
    font.setPixelSize(static_cast<int>(theme.px(13)));
    if (strong)
        font.setWeight(QFont::DemiBold);
    return font;
}

bool isHeading(const QModelIndex& index)
{
    return static_cast<ExplorerModel::Kind>(index.data(ExplorerModel::KindRole).toInt()) ==
           ExplorerModel::Kind::Heading;
}

} // namespace

QSize ExplorerRow::sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = ThemeManager::current().theme();
    if (isHeading(index))
        return {60, static_cast<int>(theme.px(kHeadingHeight))};
    // A title too long for one line has two.
    const auto* view = qobject_cast<const QAbstractItemView*>(option.widget);
    const double room = (view ? view->viewport()->width() : 200) - theme.px(kTextLeft + kTextRight);
    const double width = QFontMetricsF(titleFont(theme, index.data(ExplorerModel::OpenRole).toBool()))
                             .horizontalAdvance(index.data().toString());
    return {60, static_cast<int>(theme.px(width <= room ? kPacketRow : kPacketRow + kLine))};
}

void ExplorerRow::paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const Theme& theme = ThemeManager::current().theme();
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QRectF row = QRectF(option.rect).adjusted(0, 0.5, -1, -0.5);
    if (isHeading(index))
        paintHeading(*painter, theme, row, index);
    else
        paintEntry(*painter, theme, row, option, index);
    painter->restore();
}

void ExplorerRow::paintHeading(QPainter& painter, const Theme& theme, const QRectF& row, const QModelIndex& index) const
{
    painter.setFont(theme.font(TextStyle::Label));
    painter.setPen(theme.color(Role::Muted));
    painter.drawText(row.adjusted(theme.px(8), theme.px(6), 0, 0), Qt::AlignLeft | Qt::AlignVCenter,
                     painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                      static_cast<int>(row.width() - theme.px(8))));
}

void ExplorerRow::paintEntry(QPainter& painter, const Theme& theme, const QRectF& row,
                             const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const bool open = index.data(ExplorerModel::OpenRole).toBool();
    const bool focused = option.state.testFlag(QStyle::State_HasFocus);
    const double radius = theme.px(6);
    painter.setPen(Qt::NoPen);
    if (open) {
        painter.setBrush(theme.color(Role::AccentTint));
        painter.drawRoundedRect(row, radius, radius);
        painter.setBrush(theme.color(Role::Accent));
        painter.drawRoundedRect(QRectF(row.left(), row.top() + theme.px(6), theme.px(3), row.height() - theme.px(12)),
                                theme.px(1.5), theme.px(1.5));
    } else if (option.state.testFlag(QStyle::State_MouseOver)) {
        painter.setBrush(theme.color(Role::Hover));
        painter.drawRoundedRect(row, radius, radius);
    }
    if (focused) {
        painter.setPen(QPen(theme.color(Role::Focus), 1.5));
        painter.setBrush(Qt::NoBrush);
        painter.drawRoundedRect(row.adjusted(1, 1, -1, -1), radius, radius);
    }
    const QPointF mark(row.left() + theme.px(17), row.top() + theme.px(kPacketRow / 2));
    if (static_cast<ExplorerModel::Kind>(index.data(ExplorerModel::KindRole).toInt()) == ExplorerModel::Kind::Lesson)
        paintRing(painter, theme, mark, index.data(ExplorerModel::ProgressRole).toDouble());
    else
        paintScenarioMark(painter, theme, mark);
    painter.setFont(titleFont(theme, open));
    painter.setPen(theme.color(Role::Ink));
    const QRectF text = row.adjusted(theme.px(kTextLeft), 0, 1 - theme.px(kTextRight), 0);
    // Two lines are the most; what still does not fit is cut, and the tool tip has it.
    const QString title = painter.fontMetrics().elidedText(index.data().toString(), Qt::ElideRight,
                                                           static_cast<int>(2 * text.width() - theme.px(40)));
    const bool one = row.height() <= theme.px(kPacketRow);
    painter.drawText(one ? text : text.adjusted(0, theme.px(6), 0, 0),
                     Qt::AlignLeft | (one ? Qt::AlignVCenter | Qt::TextSingleLine : Qt::AlignTop | Qt::TextWordWrap),
                     one ? index.data().toString() : title);
}

} // namespace packetarium
