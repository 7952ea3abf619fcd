// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/notice_bar.h"

#include "ui/theme/theme_manager.h"
#include "ui/widgets/pill_button.h"
#include "ui/widgets/text_block.h"

#include <QAccessible>
#include <QBoxLayout>
#include <QPainter>

namespace packetarium {
namespace {

constexpr int kMilliseconds = 7000;
constexpr int kWidest = 640;
constexpr double kEdge = 5;

} // namespace

NoticeBar::NoticeBar(QWidget* parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("notice"));
    text_ = new TextBlock(this);
    auto* close = new PillButton(this);
    close->setCompact(true);
    close->setFocusPolicy(Qt::TabFocus);
    close_ = close;
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(18, 8, 8, 8);
    row->setSpacing(12);
    row->addWidget(text_, 1, Qt::AlignVCenter);
    row->addWidget(close_, 0, Qt::AlignVCenter);
    hideLater_.setSingleShot(true);
    hideLater_.setInterval(kMilliseconds);
    connect(&hideLater_, &QTimer::timeout, this, &QWidget::hide);
    connect(close_, &QAbstractButton::clicked, this, &QWidget::hide);
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, &NoticeBar::restyle);
    restyle();
    retranslate();
    hide();
}

void NoticeBar::restyle()
{
    const Theme& theme = ThemeManager::current().theme();
    text_->setLook(theme.font(TextStyle::Body), theme.color(Role::Ink));
    update();
}

void NoticeBar::retranslate()
{
    close_->setText(tr("Close"));
    close_->setToolTip(tr("Close this message"));
    close_->setAccessibleName(tr("Close this message"));
}

QString NoticeBar::sentence() const
{
    return text_->text();
}

void NoticeBar::say(const QString& sentence, Kind kind)
{
    kind_ = kind;
    text_->setText(sentence);
    setAccessibleName(sentence);
    if (kind == Kind::Information)
        hideLater_.start();
    else
        hideLater_.stop();
    place(top_);
    show();
    raise();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void NoticeBar::place(int top)
{
    top_ = top;
    const QFontMetrics metrics(text_->font());
    const int beside = close_->sizeHint().width() + 12 + 26;
    const int wanted = metrics.horizontalAdvance(text_->text()) + 8 + beside;
    const int width = std::min({wanted, kWidest, parentWidget()->width() - 40});
    const int height = std::max(44, text_->heightForWidth(width - beside) + 20);
    setGeometry((parentWidget()->width() - width) / 2, top + 8, width, height);
}

void NoticeBar::paintEvent(QPaintEvent*)
{
    const Theme& theme = ThemeManager::current().theme();
    QPainter p(this);
    p.setRenderHint(QPainter::Antialiasing);
    const QColor edge = theme.color(kind_ == Kind::Mistake ? Role::Rst : Role::Accent);
    const QRectF box = QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5);
    p.setPen(QPen(theme.color(Role::LineStrong), 1));
    p.setBrush(theme.color(Role::Card));
    p.drawRoundedRect(box, 10, 10);
    p.setPen(Qt::NoPen);
    p.setBrush(edge);
    p.drawRoundedRect(QRectF(box.left() + 4, box.top() + 8, kEdge - 1, box.height() - 16), 2, 2);
}

} // namespace packetarium
