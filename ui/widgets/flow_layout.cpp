// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/flow_layout.h"

#include <QWidget>
#include <algorithm>

namespace packetarium {

FlowLayout::FlowLayout(QWidget* parent, int gap)
    : QLayout(parent)
    , gap_(gap)
{
    setContentsMargins(0, 0, 0, 0);
}

FlowLayout::~FlowLayout()
{
    qDeleteAll(items_);
}

QLayoutItem* FlowLayout::takeAt(int index)
{
    return index >= 0 && index < count() ? items_.takeAt(index) : nullptr;
}

QSize FlowLayout::minimumSize() const
{
    QSize least;
    for (const QLayoutItem* item : items_)
        least = least.expandedTo(item->minimumSize());
    return least;
}

QSize FlowLayout::sizeHint() const
{
    int width = 0;
    int height = 0;
    for (const QLayoutItem* item : items_) {
        if (item->isEmpty())
            continue;
        width += item->sizeHint().width() + (width > 0 ? gap_ : 0);
        height = std::max(height, item->sizeHint().height());
    }
    return {width, height};
}

void FlowLayout::setGeometry(const QRect& rect)
{
    QLayout::setGeometry(rect);
    lay(rect, true);
}

int FlowLayout::lay(const QRect& rect, bool place) const
{
    int y = rect.y();
    for (qsizetype i = 0; i < items_.size();) {
        // One row: as many as fit, at least one.
        qsizetype end = i;
        int used = 0;
        int height = 0;
        for (; end < items_.size(); ++end) {
            if (items_[end]->isEmpty())
                continue;
            const QSize size = items_[end]->sizeHint();
            const int wanted = used + (used > 0 ? gap_ : 0) + size.width();
            if (used > 0 && wanted > rect.width())
                break;
            used = wanted;
            height = std::max(height, size.height());
        }
        int x = rect.x();
        for (; i < end; ++i) {
            QLayoutItem* item = items_[i];
            if (item->isEmpty())
                continue;
            int width = std::min(item->sizeHint().width(), rect.width());
            if (item->expandingDirections().testFlag(Qt::Horizontal)) {
                width += std::max(0, rect.width() - used);
                used = rect.width();
            }
            if (place)
                item->setGeometry(
                    QRect(x, y + (height - item->sizeHint().height()) / 2, width, item->sizeHint().height()));
            x += width + gap_;
        }
        if (height > 0)
            y += height + gap_;
    }
    return std::max(0, y - gap_ - rect.y());
}

} // namespace packetarium
