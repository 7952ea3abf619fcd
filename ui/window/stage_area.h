// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The middle of the window: tabs, the view that is on, the caption below. A
// view is made when it is first looked at.

#include "core/lesson/stops.h"
#include "ui/paint/stage_painter.h"

#include <QWidget>
#include <array>

class QAction;
class QBoxLayout;
class QStackedLayout;
class QTabBar;

namespace packetarium {

class Actions;
class CaptionCard;
class PredictionCard;
class SegmentedSwitch;
class Session;
class StageCanvas;
struct Selection;

/// The views in the order of their tabs.
inline constexpr std::array kStageViews = {StageView::Sequence, StageView::States, StageView::Layers, StageView::Network,
                                             StageView::Windows, StageView::Plots};
StageView stageViewOf(StopView view);

class StageArea : public QWidget {
    Q_OBJECT
public:
    StageArea(Session& session, Actions& actions, QWidget* parent = nullptr);

    void retranslate();
    StageView view() const;
    StageCanvas& canvas(); ///< of the view that is on

signals:
    void contextRequested(const Selection& what, const QPoint& at);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void followSession();
    void showQuestion();
    void fitBar();
    StageCanvas* canvasFor(StageView view);
    StageCanvas* makeCanvas(StageView view);
    QAction* actionFor(StageView view) const;

    Session* session_;
    Actions* actions_;
    QBoxLayout* bar_;
    QTabBar* tabs_;
    SegmentedSwitch* numbers_;
    QStackedLayout* stack_;
    QBoxLayout* captionRow_;
    std::array<StageCanvas*, kStageViews.size()> canvases_{}; ///< by StageView
    CaptionCard* caption_;
    PredictionCard* question_ = nullptr; ///< made when first needed
};

} // namespace packetarium
