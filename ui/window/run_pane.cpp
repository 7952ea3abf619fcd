// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/run_pane.h"

#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/caption_card.h"
#include "ui/widgets/layers_canvas.h"
#include "ui/widgets/network_canvas.h"
#include "ui/widgets/pill_button.h"
#include "ui/widgets/plots_canvas.h"
#include "ui/widgets/prediction_card.h"
#include "ui/widgets/sequence_canvas.h"
#include "ui/widgets/states_canvas.h"
#include "ui/widgets/windows_canvas.h"
#include "ui/window/stage_area.h"
#include "ui/window/stage_picture.h"

#include <QBoxLayout>
#include <QPainter>
#include <QStackedLayout>

namespace packetarium {

RunPane::RunPane(Session& session, QWidget* parent)
    : QWidget(parent)
    , session_(&session)
{
    static_assert(std::tuple_size_v<decltype(canvases_)> == kStageViews.size());
    heading_ = new RunHeadingBar(session, this);
    heading_->hide();
    stack_ = new QStackedLayout;
    caption_ = new CaptionCard(session_, this);
    captionRow_ = new QHBoxLayout;
    captionRow_->setContentsMargins(24, 6, 24, 16);
    captionRow_->addStretch(1);
    captionRow_->addWidget(caption_, 60);
    captionRow_->addStretch(1);

    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(heading_);
    column->addLayout(stack_, 1);
    column->addLayout(captionRow_);

    for (const auto signal : {&Session::stopsChanged, &Session::presentationChanged})
        connect(session_, signal, this, &RunPane::followView);
    connect(session_, &Session::predictionChanged, this, &RunPane::showQuestion);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, [this] {
        for (StageCanvas* canvas : canvases_)
            if (canvas)
                canvas->setTheme(ThemeManager::current().theme());
    });
    followView();
}

StageCanvas* RunPane::makeCanvas(StageView view)
{
    switch (view) {
    case StageView::Sequence: return new SequenceCanvas(session_, this);
    case StageView::States: return new StatesCanvas(session_, this);
    case StageView::Layers: return new LayersCanvas(session_, this);
    case StageView::Network: return new NetworkCanvas(session_, this);
    case StageView::Windows: return new WindowsCanvas(session_, this);
    case StageView::Plots: return new PlotsCanvas(session_, this);
    }
    return nullptr;
}

StageCanvas* RunPane::canvasFor(StageView view)
{
    StageCanvas*& canvas = canvases_.at(static_cast<std::size_t>(view));
    if (!canvas) {
        canvas = makeCanvas(view);
        canvas->setTheme(ThemeManager::current().theme());
        stack_->addWidget(canvas);
        connect(canvas, &StageCanvas::contextRequested, this, &RunPane::contextRequested);
    }
    return canvas;
}

StageCanvas& RunPane::canvas()
{
    return *canvasFor(stageViewOf(session_->stopView()));
}

void RunPane::followView()
{
    StageCanvas* canvas = &this->canvas();
    if (stack_->currentWidget() == canvas)
        return;
    const bool hadFocus = stack_->currentWidget() && stack_->currentWidget()->hasFocus();
    stack_->setCurrentWidget(canvas);
    if (hadFocus)
        canvas->setFocus();
}

void RunPane::setHeadingShown(bool on)
{
    heading_->setVisible(on);
    const int side = on ? 12 : 24; // half the room
    captionRow_->setContentsMargins(side, 6, side, on ? 12 : 16);
}

void RunPane::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    caption_->setRoom(size());
    if (question_)
        question_->setMaximumWidth(caption_->maximumWidth());
}

void RunPane::retranslate()
{
    heading_->retranslate();
}

/// The question stands where the caption was, and is at least as high, so that the stage above does not move.
void RunPane::showQuestion()
{
    const bool asked = session_->prediction().has_value();
    if (!asked && !question_)
        return;
    if (!question_) {
        question_ = new PredictionCard(session_, this);
        question_->setMaximumWidth(caption_->maximumWidth());
        captionRow_->insertWidget(1, question_, 60);
    }
    if (asked && caption_->isVisible())
        question_->setMinimumHeight(caption_->height());
    caption_->setVisible(!asked);
    question_->setVisible(asked);
}

// --- what stands above a half -------------------------------------------------------------------------------------

RunHeadingBar::RunHeadingBar(Session& session, QWidget* parent)
    : QWidget(parent)
    , session_(&session)
{
    setObjectName(QStringLiteral("run-heading"));
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    for (const auto signal :
         {&Session::runChanged, &Session::momentChanged, &Session::presentationChanged, &Session::documentChanged})
        connect(session_, signal, this, &RunHeadingBar::refresh);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, [this] {
        updateGeometry();
        update();
    });
    refresh();
}

void RunHeadingBar::setClosable()
{
    auto* button = new PillButton(this);
    button->setCompact(true);
    button->setObjectName(QStringLiteral("end-comparison"));
    button->setFocusPolicy(Qt::TabFocus);
    button->setText(QStringLiteral("\u00d7"));
    connect(button, &QAbstractButton::clicked, this, &RunHeadingBar::closeWanted);
    close_ = button;
    retranslate();
    placeButton();
}

void RunHeadingBar::retranslate()
{
    if (close_) {
        close_->setToolTip(tr("End the comparison"));
        close_->setAccessibleName(close_->toolTip());
    }
    refresh();
}

void RunHeadingBar::refresh()
{
    const RunHeading heading = runHeading(*session_);
    if (heading == shown_)
        return;
    shown_ = heading;
    // A title that has been cut can be read here.
    setToolTip(heading.title);
    setAccessibleName(heading.mark.isEmpty() ? heading.title : heading.title + QStringLiteral(", ") + heading.mark);
    setAccessibleDescription(heading.note);
    update();
}

QSize RunHeadingBar::sizeHint() const
{
    return {200, static_cast<int>(runHeadingHeight(ThemeManager::current().theme()))};
}

QSize RunHeadingBar::minimumSizeHint() const
{
    return {80, sizeHint().height()};
}

void RunHeadingBar::placeButton()
{
    if (!close_)
        return;
    const QSize size(std::max(close_->sizeHint().width(), 28), std::min(close_->sizeHint().height(), height() - 4));
    close_->setGeometry(width() - size.width() - 8, (height() - size.height()) / 2, size.width(), size.height());
}

void RunHeadingBar::resizeEvent(QResizeEvent* event)
{
    placeButton();
    QWidget::resizeEvent(event);
}

void RunHeadingBar::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    const Theme& theme = ThemeManager::current().theme();
    const QRectF all(rect());
    p.fillRect(all, theme.color(Role::Sunken));
    const double right = close_ ? close_->x() - 0.0 : all.right();
    paintRunHeading(p, theme, shown_, QRectF(0, 0, right, all.height()));
    p.fillRect(QRectF(right, all.height() - 1, all.width() - right, 1), theme.color(Role::Line));
}

} // namespace packetarium
