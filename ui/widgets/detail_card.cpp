// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/detail_card.h"

#include "ui/widgets/text_block.h"

#include <QGridLayout>
#include <QPainter>

namespace packetarium {

DetailCard::DetailCard(QWidget* parent)
    : QWidget(parent)
    , grid_(new QGridLayout(this))
    , headline_(new TextBlock(this))
    , text_(new TextBlock(this))
{
    grid_->setColumnStretch(1, 1);
    grid_->addWidget(headline_, 0, 0, 1, 2);
    setFocusPolicy(Qt::TabFocus);
}

void DetailCard::setDetail(const Detail& detail)
{
    if (detail == detail_)
        return;
    detail_ = detail;
    headline_->setText(detail.headline);
    while (rows_.size() < detail.rows.size()) {
        const int row = static_cast<int>(rows_.size()) + 1;
        auto* label = new TextBlock(this);
        auto* value = new TextBlock(this);
        grid_->addWidget(label, row, 0, Qt::AlignTop);
        grid_->addWidget(value, row, 1);
        rows_.emplace_back(label, value);
    }
    QStringList spoken;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
        const bool used = i < detail.rows.size();
        rows_[i].first->setVisible(used);
        rows_[i].second->setVisible(used);
        if (!used)
            continue;
        rows_[i].first->setText(detail.rows[i].label);
        rows_[i].second->setText(detail.rows[i].value);
        spoken << detail.rows[i].label + QStringLiteral(": ") + detail.rows[i].value;
    }
    text_->setText(detail.text);
    text_->setVisible(!detail.text.isEmpty());
    if (!detail.text.isEmpty()) {
        spoken << detail.text;
        grid_->removeWidget(text_);
        grid_->addWidget(text_, static_cast<int>(rows_.size()) + 1, 0, 1, 2);
    }
    setAccessibleName(detail.title + QStringLiteral(": ") + detail.headline);
    setAccessibleDescription(spoken.join(QStringLiteral("; ")));
    dress();
}

void DetailCard::setLook(const Theme& theme)
{
    theme_ = theme;
    dress();
}

void DetailCard::dress()
{
    const auto px = [this](double length) { return static_cast<int>(theme_.px(length)); };
    grid_->setContentsMargins(px(14), px(10), px(14), px(12));
    grid_->setHorizontalSpacing(px(14));
    grid_->setVerticalSpacing(px(3));
    QFont mono = theme_.font(TextStyle::Mono);
    mono.setWeight(QFont::Bold);
    headline_->setLook(mono, theme_.color(detail_.edge));
    QFont strong = theme_.font(TextStyle::Small);
    strong.setWeight(QFont::DemiBold);
    for (const auto& [label, value] : rows_) {
        label->setLook(theme_.font(TextStyle::Small), theme_.color(Role::Muted));
        value->setLook(strong, theme_.color(Role::Ink));
    }
    text_->setLook(theme_.font(TextStyle::Small), theme_.color(Role::Ink));
    update();
}

void DetailCard::paintEvent(QPaintEvent*)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(theme_.color(hasFocus() ? Role::Focus : detail_.edge), theme_.px(hasFocus() ? 2.5 : 1.8)));
    painter.setBrush(theme_.color(Role::Card));
    const double inset = theme_.px(1.5);
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), theme_.px(9), theme_.px(9));
}

} // namespace packetarium
