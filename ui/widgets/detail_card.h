// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A framed card that shows a Detail: headline, rows of label and value, text.

#include "ui/widgets/selection_detail.h"

#include <QWidget>

class QGridLayout;

namespace packetarium {

class TextBlock;

class DetailCard : public QWidget {
    Q_OBJECT
public:
    explicit DetailCard(QWidget* parent = nullptr);
    void setDetail(const Detail& detail);
    void setLook(const Theme& theme);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void dress();

    Detail detail_;
    Theme theme_ = Theme::make(ThemeKind::Light);
    QGridLayout* grid_;
    TextBlock* headline_;
    TextBlock* text_;
    std::vector<std::pair<TextBlock*, TextBlock*>> rows_;
};

} // namespace packetarium
