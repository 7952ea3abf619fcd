// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/field_tree.h"

#include "ui/paint/primitives.h"
#include "ui/widgets/own_keys.h"

#include <QApplication>
#include <QClipboard>
#include <QFontMetricsF>
#include <QHeaderView>
#include <QHelpEvent>
#include <QKeyEvent>
#include <QPainter>
#include <QPolygonF>
#include <QStyledItemDelegate>
#include <QToolTip>
#include <algorithm>

namespace packetarium {
namespace {

constexpr double kFieldRow = 23;
constexpr double kMargin = 8;
constexpr double kHeaderText = 12;
constexpr double kDepth = 12;
constexpr double kChevron = 16;

class RowHeight : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;
    int height = static_cast<int>(kFieldRow);
    QSize sizeHint(const QStyleOptionViewItem&, const QModelIndex&) const override { return {10, height}; }
};

bool isHeader(const QModelIndex& index)
{
    return index.data(FieldModel::IsHeaderRole).toBool();
}

} // namespace

FieldTree::FieldTree(QWidget* parent)
    : QTreeView(parent)
{
    setHeaderHidden(true);
    setFrameShape(QFrame::NoFrame);
    setIndentation(0);
    setUniformRowHeights(true);
    setSelectionBehavior(SelectRows);
    setEditTriggers(NoEditTriggers);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollMode(ScrollPerPixel);
    setItemDelegate(new RowHeight(this));
    setMouseTracking(true);
    header()->setStretchLastSection(true);
    header()->setMinimumSectionSize(10);
    viewport()->setAutoFillBackground(false);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    const auto resized = [this] {
        updateGeometry();
        emit fullHeightChanged();
    };
    connect(this, &QTreeView::expanded, this, resized);
    connect(this, &QTreeView::collapsed, this, resized);
}

void FieldTree::setModel(QAbstractItemModel* model)
{
    QTreeView::setModel(model);
    connect(model, &QAbstractItemModel::modelReset, this, &FieldTree::measure);
    connect(model, &QAbstractItemModel::dataChanged, this, &FieldTree::measure);
}

void FieldTree::setLook(const Theme& theme)
{
    theme_ = theme;
    static_cast<RowHeight*>(itemDelegate())->height = static_cast<int>(theme.px(kFieldRow));
    setFont(theme.font(TextStyle::Body));
    measure();
    doItemsLayout();
    viewport()->update();
}

void FieldTree::expandUsual()
{
    collapseAll();
    // The payload has no fields: open the first header that has.
    for (int row = 0; row < model()->rowCount(); ++row) {
        const QModelIndex top = model()->index(row, 0);
        if (model()->rowCount(top) > 0) {
            expand(top);
            break;
        }
    }
    updateGeometry();
    emit fullHeightChanged();
}

int FieldTree::visibleRows(const QModelIndex& parent) const
{
    int rows = 0;
    const int count = model() ? model()->rowCount(parent) : 0;
    for (int row = 0; row < count; ++row) {
        const QModelIndex child = model()->index(row, 0, parent);
        rows += 1 + (isExpanded(child) ? visibleRows(child) : 0);
    }
    return rows;
}

int FieldTree::fullHeight() const
{
    return visibleRows({}) * static_cast<int>(theme_.px(kFieldRow));
}

QSize FieldTree::sizeHint() const
{
    return {static_cast<int>(theme_.px(280)), fullHeight()};
}

QSize FieldTree::minimumSizeHint() const
{
    const int few = static_cast<int>(theme_.px(kFieldRow)) * 4;
    return {static_cast<int>(theme_.px(200)), std::min(few, fullHeight())};
}

double FieldTree::indentOf(const QModelIndex& index) const
{
    int depth = 0;
    for (QModelIndex above = index.parent(); above.isValid(); above = above.parent())
        ++depth;
    return theme_.px(depth == 0 ? kHeaderText : kMargin + kDepth * (depth - 1));
}

void FieldTree::measure()
{
    const QFontMetricsF metrics(theme_.font(TextStyle::Small));
    double widest = theme_.px(80);
    std::function<void(const QModelIndex&)> walk = [&](const QModelIndex& parent) {
        for (int row = 0; row < model()->rowCount(parent); ++row) {
            const QModelIndex child = model()->index(row, 0, parent);
            if (parent.isValid())
                widest = std::max(widest, indentOf(child) + metrics.horizontalAdvance(child.data().toString()) +
                                              (model()->rowCount(child) > 0 ? theme_.px(kChevron) : 0));
            walk(child);
        }
    };
    if (model())
        walk({});
    nameWidth_ = std::min(widest + theme_.px(12), viewport()->width() * 0.52);
    header()->resizeSection(FieldModel::NameColumn, static_cast<int>(nameWidth_));
    header()->resizeSection(FieldModel::ValueColumn, static_cast<int>(viewport()->width() * 0.3));
}

void FieldTree::drawRow(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const
{
    const QRectF row = QRectF(option.rect).adjusted(0, 0.5, 0, -0.5);
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    const QModelIndex first = index.siblingAtColumn(0);
    const bool current =
        currentIndex().siblingAtColumn(0) == first && selectionModel()->isRowSelected(first.row(), first.parent());
    if (current) {
        painter->setPen(hasFocus() ? QPen(theme_.color(Role::Focus), 1.5) : QPen(Qt::NoPen));
        painter->setBrush(theme_.color(Role::AccentTint));
        painter->drawRoundedRect(row.adjusted(1, 0.5, -1, -0.5), theme_.px(5), theme_.px(5));
    }
    if (isHeader(first))
        paintHeader(*painter, row, first);
    else
        paintField(*painter, row, first);
    painter->restore();
}

void FieldTree::paintChevron(QPainter& painter, const QPointF& center, bool open) const
{
    const double r = theme_.px(3);
    painter.setPen(QPen(theme_.color(Role::Muted), theme_.px(1.4), Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
    painter.setBrush(Qt::NoBrush);
    if (open)
        painter.drawPolyline(
            QPolygonF({center + QPointF(-r, -r / 2), center + QPointF(0, r / 2), center + QPointF(r, -r / 2)}));
    else
        painter.drawPolyline(
            QPolygonF({center + QPointF(-r / 2, -r), center + QPointF(r / 2, 0), center + QPointF(-r / 2, r)}));
}

void FieldTree::paintHeader(QPainter& painter, const QRectF& row, const QModelIndex& index) const
{
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme_.color(layerRole(static_cast<Layer>(index.data(FieldModel::LayerRole).toInt()))));
    painter.drawRoundedRect(QRectF(row.left(), row.top() + theme_.px(3), theme_.px(4), row.height() - theme_.px(6)),
                            theme_.px(2), theme_.px(2));

    QFont strong = theme_.font(TextStyle::Body);
    strong.setWeight(QFont::DemiBold);
    painter.setFont(strong);
    painter.setPen(theme_.color(Role::Ink));
    const QString name = index.data().toString();
    const double left = row.left() + theme_.px(kHeaderText);
    painter.drawText(QRectF(left, row.top(), row.width(), row.height()), Qt::AlignLeft | Qt::AlignVCenter, name);
    const double nameEnd = left + QFontMetricsF(strong).horizontalAdvance(name);
    const double after = nameEnd + theme_.px(kChevron);

    const QFont mono = theme_.font(TextStyle::MonoSmall);
    painter.setFont(mono);
    painter.setPen(theme_.color(Role::Muted));
    const double right = row.right() - theme_.px(kMargin);
    const QFontMetricsF metrics(mono);
    QString size = index.siblingAtColumn(FieldModel::MeaningColumn).data().toString();
    size = metrics.elidedText(size, Qt::ElideRight, right - after);
    painter.drawText(QRectF(after, row.top(), right - after, row.height()), Qt::AlignRight | Qt::AlignVCenter, size);
    const QString value = index.siblingAtColumn(FieldModel::ValueColumn).data().toString();
    const double room = right - after - metrics.horizontalAdvance(size) - theme_.px(12);
    if (!value.isEmpty() && room > theme_.px(30))
        painter.drawText(QRectF(after, row.top(), room, row.height()), Qt::AlignLeft | Qt::AlignVCenter,
                         metrics.elidedText(value, Qt::ElideRight, room));
    if (model()->hasChildren(index))
        paintChevron(painter, {nameEnd + theme_.px(9), row.center().y()}, isExpanded(index));
}

void FieldTree::paintField(QPainter& painter, const QRectF& row, const QModelIndex& index) const
{
    const double indent = indentOf(index);
    const QFont small = theme_.font(TextStyle::Small);
    const QFontMetricsF smallMetrics(small);
    const bool nested = model()->hasChildren(index);
    const double nameRoom = nameWidth_ - indent - (nested ? theme_.px(kChevron) : theme_.px(6));
    const QString name = smallMetrics.elidedText(index.data().toString(), Qt::ElideRight, nameRoom);
    painter.setFont(small);
    painter.setPen(theme_.color(Role::Muted));
    painter.drawText(QRectF(row.left() + indent, row.top(), nameRoom + 1, row.height()),
                     Qt::AlignLeft | Qt::AlignVCenter, name);
    if (nested)
        paintChevron(painter,
                     {row.left() + indent + smallMetrics.horizontalAdvance(name) + theme_.px(9), row.center().y()},
                     isExpanded(index));

    const double right = row.right() - theme_.px(kMargin);
    const double left = row.left() + nameWidth_;
    const QFont mono = theme_.font(TextStyle::MonoStrong);
    const QFontMetricsF monoMetrics(mono);
    QString value = index.siblingAtColumn(FieldModel::ValueColumn).data().toString();
    value = monoMetrics.elidedText(value, Qt::ElideRight, right - left);
    painter.setFont(mono);
    painter.setPen(theme_.color(Role::Ink));
    painter.drawText(QRectF(left, row.top(), right - left, row.height()), Qt::AlignLeft | Qt::AlignVCenter, value);

    const double from = left + (value.isEmpty() ? 0 : monoMetrics.horizontalAdvance(value) + theme_.px(8));
    if (from >= right)
        return;
    const auto tone = static_cast<FieldText::Tone>(index.data(FieldModel::ToneRole).toInt());
    const QString meaning = index.siblingAtColumn(FieldModel::MeaningColumn).data().toString();
    painter.setFont(small);
    painter.setPen(theme_.color(tone == FieldText::Tone::Bad    ? Role::Rst
                                : tone == FieldText::Tone::Good ? Role::Good
                                                                : Role::Muted));
    painter.drawText(QRectF(from, row.top(), right - from, row.height()), Qt::AlignRight | Qt::AlignVCenter,
                     smallMetrics.elidedText(meaning, Qt::ElideRight, right - from));
}

QRectF FieldTree::chevronBox(const QModelIndex& index) const
{
    const QModelIndex first = index.siblingAtColumn(0);
    if (!model()->hasChildren(first))
        return {};
    QFont font = theme_.font(isHeader(first) ? TextStyle::Body : TextStyle::Small);
    if (isHeader(first))
        font.setWeight(QFont::DemiBold);
    const QRect row = visualRect(first);
    const double at = indentOf(first) + QFontMetricsF(font).horizontalAdvance(first.data().toString());
    return {at, static_cast<double>(row.top()), theme_.px(kChevron + 4), static_cast<double>(row.height())};
}

void FieldTree::mousePressEvent(QMouseEvent* event)
{
    const QModelIndex index = indexAt(event->position().toPoint());
    if (event->button() == Qt::LeftButton && index.isValid() && chevronBox(index).contains(event->position())) {
        const QModelIndex first = index.siblingAtColumn(0);
        setExpanded(first, !isExpanded(first));
        return;
    }
    QTreeView::mousePressEvent(event);
}

bool FieldTree::event(QEvent* event)
{
    return claimsKey(event, {Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End}) ||
           QTreeView::event(event);
}

void FieldTree::keyPressEvent(QKeyEvent* event)
{
    if (event->matches(QKeySequence::Copy) && currentIndex().isValid()) {
        QStringList cells;
        for (int column = 0; column < FieldModel::ColumnCount; ++column)
            if (const QString cell = currentIndex().siblingAtColumn(column).data().toString(); !cell.isEmpty())
                cells << cell;
        QApplication::clipboard()->setText(cells.join(QLatin1Char('\t')));
        event->accept();
        return;
    }
    // Space steps the stage; the tree has no use for it.
    if (event->key() == Qt::Key_Space) {
        event->ignore();
        return;
    }
    QTreeView::keyPressEvent(event);
}

void FieldTree::resizeEvent(QResizeEvent* event)
{
    QTreeView::resizeEvent(event);
    measure();
}

bool FieldTree::viewportEvent(QEvent* event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const QModelIndex index = indexAt(help->pos()).siblingAtColumn(0);
        if (!index.isValid())
            return false;
        // The row may be cut for lack of room; the tip has all of it.
        QToolTip::showText(help->globalPos(),
                           index.data(Qt::AccessibleTextRole).toString() + QLatin1Char('\n') +
                               index.data(Qt::ToolTipRole).toString(),
                           viewport());
        return true;
    }
    return QTreeView::viewportEvent(event);
}

} // namespace packetarium
