// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The layers view on the screen. Which model is shown (TCP/IP or OSI), whether
// the parcel's story stands beside it and which line code the signal has are
// switches on the canvas; the bits can be zoomed with the wheel, a pinch, + and
// -, and dragged. A click on a block or a field picks its bits.

#include "ui/paint/layers_layout.h"
#include "ui/widgets/stage_canvas.h"

#include <QPixmap>
#include <memory>

namespace packetarium {

class SegmentedSwitch;

class LayersCanvas : public StageCanvas {
    Q_OBJECT
public:
    explicit LayersCanvas(Session* session, QWidget* parent = nullptr);
    ~LayersCanvas() override;

    const std::vector<StageItem>& items() const override;
    void activateItem(int index) override;
    QSize minimumSizeHint() const override;
    const LayersLayout& layout() const;
    SegmentedSwitch& modelSwitch() const { return *model_; }
    SegmentedSwitch& storySwitch() const { return *storySwitch_; }
    SegmentedSwitch& codeSwitch() const { return *code_; }

protected:
    Selection hit(QPointF at) const override;
    void invalidateLayout() override;
    void onMomentChanged() override;
    void updateHighlights() override;
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    QString toolTipFor(const Selection& what) const override;

private:
    void retranslate();
    void placeSwitches();
    void renew();
    void fieldPicked();
    void pick(const std::optional<BitRange>& bits);
    void zoom(double factor, double atX);
    void scrollBits(double firstBit);
    /// The act changed, or what is picked: another layout, the switches where they were.
    void renewAct();

    SegmentedSwitch* model_;
    SegmentedSwitch* storySwitch_;
    SegmentedSwitch* code_;
    mutable std::unique_ptr<LayersLayout> layout_;
    mutable std::vector<StageItem> items_;
    mutable bool itemsStale_ = true;
    mutable QPixmap settled_;
    double firstBit_ = -1, bitWidth_ = 0; ///< as LayersFrame has them
    std::size_t actShown_ = kNoAct;
    std::optional<BitRange> lastField_;
    bool openPicked_ = false; ///< as LayersFrame has it
    bool picking_ = false;
    double dragFrom_ = -1, dragBit_ = 0; ///< x of the mouse, first bit then; negative: no drag
    bool dragged_ = false;
};

} // namespace packetarium
