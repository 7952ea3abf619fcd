// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The states view on the screen: RFC 9293 Figure 5 and every further row of
// the transition table, with both ends as tokens on it.

#include "ui/paint/states_layout.h"
#include "ui/widgets/stage_canvas.h"

#include <memory>

namespace packetarium {

class StatesCanvas : public StageCanvas {
    Q_OBJECT
public:
    explicit StatesCanvas(Session* session, QWidget* parent = nullptr);
    ~StatesCanvas() override;

    const std::vector<StageItem>& items() const override;
    QSize minimumSizeHint() const override;

protected:
    Selection hit(QPointF at) const override;
    void invalidateLayout() override;
    void onMomentChanged() override;
    void paintEvent(QPaintEvent* event) override;

private:
    const StatesLayout& layout() const;

    mutable std::unique_ptr<StatesLayout> layout_;
    mutable std::vector<StageItem> items_;
    mutable bool itemsStale_ = true;
    std::size_t recordsShown_ = 0;
};

} // namespace packetarium
