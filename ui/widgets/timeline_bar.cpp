// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/timeline_bar.h"

#include "ui/i18n/stage_words.h"
#include "ui/paint/text_ruler.h"
#include "ui/session/session.h"
#include "ui/widgets/canvas_accessible.h"

#include <QAccessible>
#include <QHelpEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <QWheelEvent>

namespace packetarium {

TimelineBar::TimelineBar(Session* session, QWidget* parent)
    : QWidget(parent)
    , session_(session)
{
    installCanvasAccessibility();
    setFocusPolicy(Qt::TabFocus);
    setAttribute(Qt::WA_OpaquePaintEvent);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(session_, &Session::momentChanged, this, [this] {
        update();
        if (QAccessible::isActive()) {
            QAccessibleValueChangeEvent event(this, session_->shownNow());
            QAccessible::updateAccessibility(&event);
        }
    });
    const auto renew = [this] {
        rebuild();
        update();
    };
    connect(session_, &Session::runChanged, this, renew);
    connect(session_, &Session::presentationChanged, this, renew);
    connect(session_, &Session::stopsChanged, this, renew); // another view may tell another story
    rebuild();
}

void TimelineBar::setTheme(const Theme& theme)
{
    if (theme_ == theme)
        return;
    theme_ = theme;
    rebuild();
    updateGeometry();
    update();
}

QSize TimelineBar::sizeHint() const
{
    return {static_cast<int>(theme_.px(480)), static_cast<int>(theme_.px(40))};
}

QSize TimelineBar::minimumSizeHint() const
{
    return {static_cast<int>(theme_.px(120)), static_cast<int>(theme_.px(40))};
}

QString TimelineBar::spokenValue() const
{
    const Language language = session_->language();
    return fromUtf8(sentence(StageWord::TimeOf, language,
                             {durationText(session_->now() - SimTime::zero(), language),
                              durationText(session_->end() - SimTime::zero(), language)}));
}

void TimelineBar::rebuild()
{
    marks_ = {};
    setAccessibleName(fromUtf8(word(StageWord::Timeline, session_->language())));
    if (!session_->hasRun()) {
        layout_ = {};
        return;
    }
    StageScene scene = session_->scene();
    scene.theme = theme_;
    layout_ = layoutTimeline(scene, size());
}

bool TimelineBar::event(QEvent* event)
{
    if (event->type() == QEvent::ToolTip && session_->hasRun()) {
        const auto* help = static_cast<QHelpEvent*>(event);
        const SimTime at = session_->story().simulated(layout_.shownAt(help->pos().x(), session_->story()));
        QToolTip::showText(help->globalPos(), fromUtf8(durationText(at - SimTime::zero(), session_->language())), this);
        return true;
    }
    return QWidget::event(event);
}

void TimelineBar::paintEvent(QPaintEvent*)
{
    QPainter p(this);
    if (!session_->hasRun()) {
        p.fillRect(rect(), theme_.color(Role::Card));
        return;
    }
    StageScene scene = session_->scene();
    scene.theme = theme_;
    const double ratio = devicePixelRatioF();
    if (marks_.isNull() || marks_.devicePixelRatio() != ratio) {
        marks_ = QPixmap((QSizeF(size()) * ratio).toSize());
        marks_.setDevicePixelRatio(ratio);
        QPainter still(&marks_);
        paintTimelineMarks(still, theme_, layout_);
    }
    p.drawPixmap(0, 0, marks_);
    paintTimelineRail(p, scene, layout_, hasFocus());
}

void TimelineBar::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    rebuild();
}

void TimelineBar::seekTo(double x)
{
    if (session_->hasRun())
        session_->seekShown(layout_.shownAt(x, session_->story()));
}

void TimelineBar::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    dragging_ = true;
    seekTo(event->position().x());
}

void TimelineBar::mouseMoveEvent(QMouseEvent* event)
{
    if (dragging_)
        seekTo(event->position().x());
}

void TimelineBar::mouseReleaseEvent(QMouseEvent* event)
{
    if (event->button() == Qt::LeftButton)
        dragging_ = false;
}

void TimelineBar::wheelEvent(QWheelEvent* event)
{
    if (!session_->hasRun() || event->angleDelta().y() == 0)
        return;
    constexpr double kSecondsPerNotch = 0.25;
    session_->seekShown(session_->shownNow() - event->angleDelta().y() / 120.0 * kSecondsPerNotch);
    event->accept();
}

} // namespace packetarium
