// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/stage_area.h"

#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/own_keys.h"
#include "ui/widgets/panel.h"
#include "ui/widgets/segmented_switch.h"
#include "ui/window/actions.h"
#include "ui/window/run_pane.h"

#include <QBoxLayout>
#include <QPainter>
#include <QStyle>
#include <QTabBar>

namespace packetarium {
namespace {

/// With the keyboard on the tabs, arrows move between them; elsewhere they step.
class ViewTabs : public QTabBar {
public:
    using QTabBar::QTabBar;

protected:
    bool event(QEvent* event) override
    {
        return claimsKey(event, {Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End}) || QTabBar::event(event);
    }
};

} // namespace

StageArea::StageArea(Session& session, Actions& actions, QWidget* parent)
    : QWidget(parent)
    , session_(&session)
    , actions_(&actions)
{
    tabs_ = new ViewTabs(this);
    tabs_->setObjectName(QStringLiteral("view-tabs"));
    for (std::size_t i = 0; i < kStageViews.size(); ++i)
        tabs_->addTab({});
    tabs_->setDrawBase(false);
    tabs_->setExpanding(false);
    tabs_->setFocusPolicy(Qt::TabFocus);
    numbers_ = new SegmentedSwitch(this);
    numbers_->setCompact(true);

    bar_ = new QHBoxLayout;
    bar_->addWidget(tabs_, 0, Qt::AlignBottom);
    bar_->addStretch();
    bar_->addWidget(numbers_, 0, Qt::AlignVCenter);

    pane_ = new RunPane(session, this);
    runs_ = new QHBoxLayout;
    runs_->setSpacing(1); // through which the line between them is seen
    runs_->addWidget(pane_, 1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(bar_);
    column->addSpacing(1);
    column->addLayout(runs_, 1);

    connect(tabs_, &QTabBar::currentChanged, this,
            [this](int index) { actionFor(kStageViews.at(static_cast<std::size_t>(index)))->trigger(); });
    connect(numbers_, &SegmentedSwitch::chosen, this,
            [this](int index) { session_->setNumberStyle(static_cast<NumberStyle>(index)); });
    for (const auto signal : {&Session::stopsChanged, &Session::presentationChanged})
        connect(session_, signal, this, &StageArea::followSession);
    connect(pane_, &RunPane::contextRequested, this, &StageArea::contextRequested);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, qOverload<>(&QWidget::update));
    retranslate();
    followSession();
}

StageView stageViewOf(StopView view)
{
    switch (view) {
    case StopView::Sequence: return StageView::Sequence;
    case StopView::States: return StageView::States;
    case StopView::Layers: return StageView::Layers;
    case StopView::Network: return StageView::Network;
    case StopView::Windows: return StageView::Windows;
    case StopView::Plots: return StageView::Plots;
    }
    return StageView::Sequence;
}

QAction* StageArea::actionFor(StageView view) const
{
    switch (view) {
    case StageView::Sequence: return actions_->sequence;
    case StageView::States: return actions_->states;
    case StageView::Layers: return actions_->layers;
    case StageView::Network: return actions_->network;
    case StageView::Windows: return actions_->windows;
    case StageView::Plots: return actions_->plots;
    }
    return actions_->sequence;
}

StageView StageArea::view() const
{
    return stageViewOf(session_->stopView());
}

StageCanvas& StageArea::canvas()
{
    return pane_->canvas();
}

void StageArea::followSession()
{
    tabs_->setCurrentIndex(static_cast<int>(view()));
    numbers_->setCurrentIndex(static_cast<int>(session_->numberStyle()));
}

void StageArea::setBeside(Session* other)
{
    if (beside_) {
        // It may be its own button that has asked for this.
        beside_->hide();
        runs_->removeWidget(beside_);
        beside_->deleteLater();
        beside_ = nullptr;
    }
    pane_->setHeadingShown(other != nullptr);
    if (other) {
        beside_ = new RunPane(*other, this);
        beside_->setHeadingShown(true);
        beside_->heading().setClosable();
        connect(&beside_->heading(), &RunHeadingBar::closeWanted, this, &StageArea::endOfComparisonWanted);
        runs_->addWidget(beside_, 1);
        beside_->show();
    }
    update();
}

void StageArea::retranslate()
{
    for (int i = 0; i < tabs_->count(); ++i) {
        const QAction* action = actionFor(kStageViews.at(static_cast<std::size_t>(i)));
        tabs_->setTabText(i, plainText(action));
        tabs_->setTabToolTip(i, withKey(action));
    }
    tabs_->setAccessibleName(tr("Views of the same instant"));
    std::vector<SegmentedSwitch::Segment> segments;
    for (const NumberStyle style : {NumberStyle::Symbolic, NumberStyle::Relative, NumberStyle::Raw}) {
        QAction* action = actions_->numbers.at(static_cast<std::size_t>(style));
        const QString name = fromUtf8(labelOf(style, session_->language()));
        segments.push_back({name, plainText(action), plainText(action)});
    }
    numbers_->setSegments(segments);
    numbers_->setAccessibleName(tr("How sequence numbers are written"));
    numbers_->setCurrentIndex(static_cast<int>(session_->numberStyle()));
    pane_->retranslate();
    if (beside_)
        beside_->retranslate();
    fitBar();
}

/// In the smallest window every tab is in sight all the same: closer together, and then without the numbers' switch beside them,
/// which has a key and a menu of its own.
void StageArea::fitBar()
{
    constexpr int kRoomy = 620;
    const bool roomy = width() >= kRoomy;
    bar_->setContentsMargins(roomy ? 20 : 4, 0, roomy ? 16 : 4, 0);
    if (tabs_->property("tight").toBool() == roomy) {
        tabs_->setProperty("tight", !roomy);
        tabs_->style()->unpolish(tabs_);
        tabs_->style()->polish(tabs_);
    }
    const int room = width() - (roomy ? 36 : 8);
    numbers_->setVisible(tabs_->sizeHint().width() + numbers_->sizeHint().width() <= room);
}

void StageArea::resizeEvent(QResizeEvent* event)
{
    fitBar();
    QWidget::resizeEvent(event);
}

bool StageArea::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest) // the line stands below the tabs, wherever they come to be
        update();
    return QWidget::event(event);
}

void StageArea::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter p(this);
    p.fillRect(rect(), theme.color(Role::Background));
    p.fillRect(QRect(0, tabs_->geometry().bottom() + 1, width(), 1), theme.color(Role::Line));
    if (beside_)
        p.fillRect(QRect(beside_->x() - 1, beside_->y(), 1, beside_->height()), theme.color(Role::LineStrong));
}

} // namespace packetarium
