// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The plots view on the screen. A click in a plot goes to that instant and a
// drag goes on with it; a click on a segment or a mark selects it. The wheel
// zooms where the pointer is; with Shift, or on the time axis, one drags the
// stretch of time along; with Ctrl one draws the stretch to be shown. Keys:
// + and - zoom, 0 shows all, Alt with the arrows moves in time and through
// the plots. The curves are a picture that is kept; a new instant only paints
// over it.

#include "ui/paint/plots_painter.h"
#include "ui/widgets/stage_canvas.h"

#include <QPixmap>
#include <memory>

class QMenu;

namespace packetarium {

class PillButton;

class PlotsCanvas : public StageCanvas {
    Q_OBJECT
public:
    explicit PlotsCanvas(Session* session, QWidget* parent = nullptr);
    ~PlotsCanvas() override;

    const std::vector<StageItem>& items() const override;
    QSize minimumSizeHint() const override;
    const PlotsLayout& layout() const;
    /// What the pointer reads.
    const PlotsPointer& pointer() const { return pointer_; }
    /// The menus of the two buttons; the caller owns them.
    QMenu* makePlotsMenu(QWidget* parent);
    QMenu* makeFlowMenu(QWidget* parent);
    PillButton& fitButton() const { return *fit_; }

    void zoom(double factor, double atX);
    void pan(SimDuration by);
    void showAll();
    /// Brings the plots into sight that did not fit.
    void scrollPlots(int by);

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
    void leaveEvent(QEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    enum class Drag { None, Seek, Pan, Box };
    void retranslate();
    void placeControls();
    void renew();
    void readPointer(std::optional<QPointF> at);
    QRect passedOver(double now) const;
    void popUp(QMenu* menu, PillButton* under);
    void show(SimTime from, SimTime to);
    void seekTo(double x);
    std::vector<PillButton*> controls() const;

    PillButton *plots_, *flow_, *out_, *in_, *fit_, *up_, *down_;
    std::shared_ptr<const SeriesIndex> mutable index_, besideIndex_;
    mutable std::unique_ptr<PlotsLayout> layout_;
    mutable std::vector<StageItem> items_;
    mutable bool itemsStale_ = true;
    QPixmap settled_;
    PlotsPointer pointer_;
    double nowX_ = 0; ///< where the now-line was painted
    int first_ = 0;   ///< of the chosen plots, the first in sight
    Drag drag_ = Drag::None;
    double dragX_ = 0;
    SimTime dragFrom_, dragTo_; ///< shown when a pan began
};

} // namespace packetarium
