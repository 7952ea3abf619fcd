// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/loading_bar.h"

#include "ui/session/long_work.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/pill_button.h"

#include <QBoxLayout>
#include <QPainter>
#include <algorithm>

namespace packetarium {
namespace {

constexpr int kShownAfter = 300; ///< ms
constexpr int kWidth = 460, kHeight = 56;

} // namespace

LoadingBar::LoadingBar(std::vector<LongWork*> works, QWidget* parent)
    : QWidget(parent)
    , works_(std::move(works))
{
    setObjectName(QStringLiteral("loading"));
    cancel_ = new PillButton(this);
    cancel_->setCompact(true);
    cancel_->setFocusPolicy(Qt::TabFocus);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 8, 12, 8);
    row->addStretch(1);
    row->addWidget(cancel_, 0, Qt::AlignVCenter);
    showLater_.setSingleShot(true);
    showLater_.setInterval(kShownAfter);
    connect(&showLater_, &QTimer::timeout, this, [this] {
        place(top_);
        show();
        raise();
    });
    connect(cancel_, &QAbstractButton::clicked, this, [this] {
        if (LongWork* work = busy())
            work->stop();
    });
    for (LongWork* work : works_) {
        connect(work, &LongWork::busyChanged, this, &LoadingBar::follow);
        connect(work, &LongWork::progressed, this, qOverload<>(&QWidget::update));
    }
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, qOverload<>(&QWidget::update));
    retranslate();
    hide();
}

LongWork* LoadingBar::busy() const
{
    const auto found = std::ranges::find_if(works_, [](const LongWork* work) { return work->isBusy(); });
    return found == works_.end() ? nullptr : *found;
}

void LoadingBar::follow()
{
    if (busy() != nullptr) {
        retranslate();
        if (isHidden() && !showLater_.isActive())
            showLater_.start();
    } else {
        showLater_.stop();
        hide();
    }
}

void LoadingBar::retranslate()
{
    if (const LongWork* work = busy()) {
        cancel_->setText(work->stopWords());
        cancel_->setToolTip(work->stopHint());
        cancel_->setAccessibleName(work->stopHint());
    }
    update();
}

void LoadingBar::place(int top)
{
    top_ = top;
    const int width = std::min(kWidth, parentWidget()->width() - 40);
    setGeometry((parentWidget()->width() - width) / 2, top + 8, width, kHeight);
}

void LoadingBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    p.setPen(QPen(theme.color(Role::LineStrong), 1));
    p.setBrush(theme.color(Role::Card));
    p.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), 10, 10);
    const LongWork* work = busy();
    if (work == nullptr)
        return;
    const int percent = work->percent();
    const double width = cancel_->x() - 30;
    const QRectF words(18, percent < 0 ? (height() - 26) / 2.0 : 6, width, 26);
    p.setFont(theme.font(TextStyle::Body));
    p.setPen(theme.color(Role::Ink));
    p.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
               QFontMetrics(p.font()).elidedText(work->words(), Qt::ElideMiddle, static_cast<int>(width)));
    if (percent < 0)
        return;
    const QRectF track(18, 36, width, 6);
    p.setPen(Qt::NoPen);
    p.setBrush(theme.color(Role::Sunken));
    p.drawRoundedRect(track, 3, 3);
    p.setBrush(theme.color(Role::Accent));
    p.drawRoundedRect(QRectF(track.topLeft(), QSizeF(track.width() * percent / 100, track.height())), 3, 3);
}

} // namespace packetarium
