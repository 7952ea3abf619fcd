// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Draws one row of the explorer: a heading, a lesson with a ring for how far
// it has been followed, or a scenario. A title too long for one line has two.

#include "ui/theme/theme.h"

#include <QStyledItemDelegate>

namespace packetarium {

class ExplorerRow : public QStyledItemDelegate {
    Q_OBJECT
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override;
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override;

private:
    void paintHeading(QPainter& painter, const Theme& theme, const QRectF& row, const QModelIndex& index) const;
    void paintEntry(QPainter& painter, const Theme& theme, const QRectF& row, const QStyleOptionViewItem& option,
                    const QModelIndex& index) const;
};

} // namespace packetarium
