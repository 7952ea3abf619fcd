// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One run on the stage: the view that is on, the caption below it, and, where
// two are compared, what it is above it. A view is made when it is first
// looked at.

#include "ui/paint/comparison_painter.h"

#include <QWidget>
#include <array>

class QAbstractButton;
class QBoxLayout;
class QStackedLayout;

namespace packetarium {

class CaptionCard;
class PredictionCard;
class RunHeadingBar;
class Session;
class StageCanvas;
struct Selection;

class RunPane : public QWidget {
    Q_OBJECT
public:
    explicit RunPane(Session& session, QWidget* parent = nullptr);

    StageCanvas& canvas(); ///< of the view that is on
    void setHeadingShown(bool on);
    RunHeadingBar& heading() const { return *heading_; }
    void retranslate();

signals:
    void contextRequested(const Selection& what, const QPoint& at);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    StageCanvas* canvasFor(StageView view);
    StageCanvas* makeCanvas(StageView view);
    void followView();
    void showQuestion();

    Session* session_;
    RunHeadingBar* heading_;
    QStackedLayout* stack_;
    QBoxLayout* captionRow_;
    std::array<StageCanvas*, 6> canvases_{}; ///< by StageView
    CaptionCard* caption_;
    PredictionCard* question_ = nullptr; ///< made when first needed
};

/// Above a half; with a button on it, the half that can be taken away.
class RunHeadingBar : public QWidget {
    Q_OBJECT
public:
    explicit RunHeadingBar(Session& session, QWidget* parent = nullptr);

    void setClosable();
    void retranslate();
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void closeWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void placeButton();

    Session* session_;
    RunHeading shown_;
    QAbstractButton* close_ = nullptr;
};

} // namespace packetarium
