// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/card_grid.h"

#include <QEvent>
#include <algorithm>

namespace packetarium {
namespace {

constexpr int kGap = 20;

} // namespace

CardGrid::CardGrid(int narrowestCard, int mostColumns, QWidget* parent)
    : QWidget(parent)
    , narrowest_(narrowestCard)
    , mostColumns_(mostColumns)
{
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Minimum);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

Card* CardGrid::addCard()
{
    auto* card = new Card(this);
    const auto index = static_cast<int>(cards_.size());
    connect(card, &Card::clicked, this, [this, index] { emit chosen(index); });
    cards_.push_back(card);
    card->show();
    updateGeometry();
    return card;
}

void CardGrid::setCount(std::size_t count)
{
    while (cards_.size() > count) {
        // Its own click may be what drops it.
        cards_.back()->hide();
        cards_.back()->deleteLater();
        cards_.pop_back();
    }
    while (cards_.size() < count)
        addCard();
    updateGeometry();
    place(width(), true);
}

int CardGrid::place(int width, bool move) const
{
    const auto count = static_cast<int>(cards_.size());
    if (count == 0)
        return 0;
    const int columns = std::clamp((width + kGap) / (narrowest_ + kGap), 1, mostColumns_);
    const auto left = [&](int column) { return column * (width + kGap) / columns; };
    int y = 0;
    for (int first = 0; first < count; first += columns) {
        const int last = std::min(first + columns, count);
        int height = 0;
        for (int i = first; i < last; ++i)
            height = std::max(height, cards_[static_cast<std::size_t>(i)]->heightForWidth(left(i - first + 1) - kGap -
                                                                                          left(i - first)));
        for (int i = first; move && i < last; ++i)
            cards_[static_cast<std::size_t>(i)]->setGeometry(left(i - first), y,
                                                             left(i - first + 1) - kGap - left(i - first), height);
        y += height + kGap;
    }
    return y - kGap;
}

void CardGrid::resizeEvent(QResizeEvent* event)
{
    place(width(), true);
    QWidget::resizeEvent(event);
}

bool CardGrid::event(QEvent* event)
{
    // A card has other words, so perhaps another height.
    if (event->type() == QEvent::LayoutRequest) {
        updateGeometry();
        place(width(), true);
    }
    return QWidget::event(event);
}

} // namespace packetarium
