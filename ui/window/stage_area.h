// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The middle of the window: tabs, and below them the run that is open, or two
// that are compared.

#include "core/lesson/stops.h"
#include "ui/paint/stage_painter.h"

#include <QWidget>
#include <array>

class QAction;
class QBoxLayout;
class QTabBar;

namespace packetarium {

class Actions;
class RunPane;
class SegmentedSwitch;
class Session;
class StageCanvas;
struct Selection;

/// The views in the order of their tabs.
inline constexpr std::array kStageViews = {StageView::Sequence, StageView::States,  StageView::Layers,
                                           StageView::Network,  StageView::Windows, StageView::Plots};
StageView stageViewOf(StopView view);

class StageArea : public QWidget {
    Q_OBJECT
public:
    StageArea(Session& session, Actions& actions, QWidget* parent = nullptr);

    void retranslate();
    StageView view() const;
    StageCanvas& canvas(); ///< of the view that is on
    /// Shows another run on the right; nullptr: only the one that is open. The other session must live until then.
    void setBeside(Session* other);
    RunPane& pane() const { return *pane_; }
    RunPane* paneBeside() const { return beside_; } ///< nullptr: nothing is compared

signals:
    void contextRequested(const Selection& what, const QPoint& at);
    void endOfComparisonWanted();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void followSession();
    void fitBar();
    QAction* actionFor(StageView view) const;

    Session* session_;
    Actions* actions_;
    QBoxLayout* bar_;
    QTabBar* tabs_;
    SegmentedSwitch* numbers_;
    QBoxLayout* runs_;
    RunPane* pane_;
    RunPane* beside_ = nullptr;
};

} // namespace packetarium
