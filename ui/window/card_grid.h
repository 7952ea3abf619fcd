// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Cards in as many columns as there is room for, all equally wide, those of a
// row equally high.

#include "ui/window/card.h"

#include <QWidget>
#include <vector>

namespace packetarium {

class CardGrid : public QWidget {
    Q_OBJECT
public:
    CardGrid(int narrowestCard, int mostColumns, QWidget* parent = nullptr);

    const std::vector<Card*>& cards() const { return cards_; }
    Card* addCard();
    /// Makes or drops cards at the end until there are so many.
    void setCount(std::size_t count);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override { return place(width, false); }
    // Heights go by heightForWidth() alone; measuring the cards at widths they never get would cost more than painting.
    QSize sizeHint() const override { return {narrowest_, 0}; }
    QSize minimumSizeHint() const override { return sizeHint(); }

signals:
    void chosen(int index);

protected:
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    int place(int width, bool move) const;

    int narrowest_;
    int mostColumns_;
    std::vector<Card*> cards_;
};

} // namespace packetarium
