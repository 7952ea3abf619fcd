// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/transport_bar.h"

#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/pill_button.h"
#include "ui/widgets/timeline_bar.h"
#include "ui/window/actions.h"
#include "ui/window/icon_button.h"

#include <QBoxLayout>
#include <QMenu>
#include <QPainter>

namespace packetarium {
namespace {

constexpr std::array kSpeeds = {0.125, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0};
constexpr int kLabelHeight = 26;

QString times(double speed)
{
    return QStringLiteral("%1×").arg(speed);
}

} // namespace

TransportBar::TransportBar(Session& session, Actions& actions, QWidget* parent)
    : QWidget(parent)
    , session_(&session)
    , actions_(&actions)
{
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(16, 0, 16, 0);
    row->setSpacing(6);
    const auto add = [&](Icon icon, QAction* action) {
        auto* button = new IconButton(icon, action, this);
        row->addWidget(button, 0, Qt::AlignVCenter);
        return button;
    };
    add(Icon::ToStart, actions.toStart);
    add(Icon::StepBack, actions.previous);
    play_ = add(Icon::Play, actions.play);
    play_->setSize(IconButton::Size::Large);
    add(Icon::StepForward, actions.next);
    add(Icon::ToEnd, actions.toEnd);
    row->addSpacing(12);

    timeline_ = new TimelineBar(session_, this);
    auto* column = new QVBoxLayout;
    column->setContentsMargins(0, kLabelHeight, 0, 8);
    column->addWidget(timeline_);
    row->addLayout(column, 1);
    row->addSpacing(10);

    auto* speed = new PillButton(this);
    speed->setFocusPolicy(Qt::TabFocus);
    speed->setObjectName(QStringLiteral("speed-button"));
    speed_ = speed;
    speeds_ = new QMenu(this);
    connect(speeds_, &QMenu::aboutToShow, this, &TransportBar::fillSpeeds);
    connect(speed_, &QPushButton::clicked, this, [this] {
        fillSpeeds();
        speeds_->popup(speed_->mapToGlobal(QPoint(0, -speeds_->sizeHint().height())));
    });
    row->addWidget(speed_, 0, Qt::AlignVCenter);

    for (const auto signal : {&Session::runChanged, &Session::momentChanged, &Session::stopsChanged,
                              &Session::playingChanged, &Session::presentationChanged})
        connect(session_, signal, this, &TransportBar::refresh);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, &TransportBar::restyle);
    retranslate();
    restyle();
}

void TransportBar::restyle()
{
    timeline_->setTheme(ThemeManager::current().theme());
    update();
}

void TransportBar::fillSpeeds()
{
    speeds_->clear();
    for (const double speed : kSpeeds) {
        QAction* action = speeds_->addAction(times(speed));
        action->setCheckable(true);
        action->setChecked(speed == session_->speed());
        connect(action, &QAction::triggered, this, [this, speed] { session_->setSpeed(speed); });
    }
}

void TransportBar::retranslate()
{
    setAccessibleName(tr("Playback"));
    refresh();
}

void TransportBar::refresh()
{
    play_->setIcon(session_->isPlaying() ? Icon::Pause : Icon::Play);
    const QString speed = tr("Speed %1").arg(times(session_->speed()));
    if (speed_->text() != speed) {
        speed_->setText(speed);
        speed_->setAccessibleName(speed);
        speed_->setToolTip(tr("Playback speed (%1 slower, %2 faster)")
                               .arg(keyText(actions_->slower->shortcut()), keyText(actions_->faster->shortcut())));
    }
    QString time, step;
    if (session_->hasRun()) {
        const SimDuration sinceStart = session_->now() - SimTime::zero();
        // Whole microseconds: a fraction of one would flicker while playing.
        const SimDuration rounded = SimDuration::microseconds(sinceStart.ns() / 1000);
        time = QStringLiteral("t = %1").arg(QString::fromStdString(durationText(rounded, session_->language())));
        const Caption caption = session_->caption();
        if (caption.number > 0)
            step = tr("Step %1 of %2").arg(caption.number).arg(caption.count);
        // Of two runs, the words of the one in which this step is seen.
        const Session* beside = session_->beside();
        const QString heading = caption.told < caption.number && beside ? beside->caption().heading : caption.heading;
        if (!heading.isEmpty())
            step += (step.isEmpty() ? QString() : QStringLiteral(" · ")) + heading;
    }
    if (time != time_ || step != step_) {
        time_ = time;
        step_ = step;
        setAccessibleDescription(time_ + QStringLiteral(", ") + step_);
        update(QRect(timeline_->x(), 0, timeline_->width(), kLabelHeight));
    }
}

void TransportBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter p(this);
    p.fillRect(rect(), theme.color(Role::Card));
    p.fillRect(QRect(0, 0, width(), 1), theme.color(Role::Line));
    const QRect labels(timeline_->x() + 4, 6, timeline_->width() - 8, kLabelHeight - 6);
    const QFont mono = theme.font(TextStyle::MonoSmall);
    p.setPen(theme.color(Role::Muted));
    p.setFont(mono);
    p.drawText(labels, Qt::AlignLeft | Qt::AlignVCenter, time_);
    const int taken = QFontMetrics(mono).horizontalAdvance(time_) + 24;
    const QFont small = theme.font(TextStyle::Small);
    const QRect rest = labels.adjusted(taken, 0, 0, 0);
    p.setFont(small);
    p.drawText(rest, Qt::AlignRight | Qt::AlignVCenter,
               QFontMetrics(small).elidedText(step_, Qt::ElideRight, rest.width()));
}

void TransportBar::resizeEvent(QResizeEvent* event)
{
    update();
    QWidget::resizeEvent(event);
}

} // namespace packetarium
