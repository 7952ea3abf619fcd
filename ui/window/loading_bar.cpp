// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/loading_bar.h"

#include "ui/session/capture_loader.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/pill_button.h"

#include <QBoxLayout>
#include <QPainter>

namespace packetarium {
namespace {

constexpr int kShownAfter = 300; ///< ms
constexpr int kWidth = 460, kHeight = 56;

} // namespace

LoadingBar::LoadingBar(CaptureLoader& loader, QWidget* parent)
    : QWidget(parent)
    , loader_(&loader)
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
    connect(cancel_, &QAbstractButton::clicked, loader_, &CaptureLoader::cancel);
    connect(loader_, &CaptureLoader::busyChanged, this, &LoadingBar::follow);
    connect(loader_, &CaptureLoader::progressed, this, qOverload<>(&QWidget::update));
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, qOverload<>(&QWidget::update));
    retranslate();
    hide();
}

void LoadingBar::follow()
{
    if (loader_->isBusy()) {
        if (isHidden())
            showLater_.start();
    } else {
        showLater_.stop();
        hide();
    }
}

void LoadingBar::retranslate()
{
    cancel_->setText(tr("Cancel"));
    cancel_->setToolTip(tr("Stop reading the capture"));
    cancel_->setAccessibleName(tr("Stop reading the capture"));
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
    const QRectF words(18, 6, cancel_->x() - 30, 26);
    p.setFont(theme.font(TextStyle::Body));
    p.setPen(theme.color(Role::Ink));
    const QString text = tr("Reading %1: %2 %").arg(loader_->fileName()).arg(loader_->percent());
    p.drawText(words, Qt::AlignLeft | Qt::AlignVCenter,
               QFontMetrics(p.font()).elidedText(text, Qt::ElideMiddle, static_cast<int>(words.width())));
    const QRectF track(18, 36, words.width(), 6);
    p.setPen(Qt::NoPen);
    p.setBrush(theme.color(Role::Sunken));
    p.drawRoundedRect(track, 3, 3);
    p.setBrush(theme.color(Role::Accent));
    p.drawRoundedRect(QRectF(track.topLeft(), QSizeF(track.width() * loader_->percent() / 100, track.height())), 3, 3);
}

} // namespace packetarium
