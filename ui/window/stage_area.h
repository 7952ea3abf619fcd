// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The middle of the window: tabs, the view that is on, the caption below. A
// view is made when it is first looked at.

#include "ui/paint/stage_painter.h"

#include <QWidget>

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

private:
    void followSession();
    void showQuestion();
    StageCanvas* canvasFor(StageView view);

    Session* session_;
    Actions* actions_;
    QTabBar* tabs_;
    SegmentedSwitch* numbers_;
    QStackedLayout* stack_;
    QBoxLayout* captionRow_;
    StageCanvas* sequence_ = nullptr;
    StageCanvas* states_ = nullptr;
    CaptionCard* caption_;
    PredictionCard* question_ = nullptr; ///< made when first needed
};

} // namespace packetarium
