// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks what comes next, in the caption's place: the question, a button for
// each choice (keys 1 to 4), and then whether it was right.

#include "ui/widgets/panel.h"

#include <array>

class QShortcut;

namespace packetarium {

class PillButton;
class TextBlock;

class PredictionCard : public Panel {
    Q_OBJECT
public:
    explicit PredictionCard(Session* session, QWidget* parent = nullptr);

protected:
    void restyle() override;
    void refresh() override;
    void paintEvent(QPaintEvent* event) override;

private:
    TextBlock* question_;
    TextBlock* verdict_;
    std::array<PillButton*, 4> choices_{};
    std::array<QShortcut*, 4> keys_{};
};

} // namespace packetarium
