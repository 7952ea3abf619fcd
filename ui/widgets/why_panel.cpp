// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/why_panel.h"

#include "ui/widgets/own_keys.h"
#include "ui/widgets/selection_detail.h"
#include "ui/widgets/text_block.h"

#include <QDesktopServices>
#include <QFontMetricsF>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpression>
#include <QVBoxLayout>
#include <cmath>

namespace packetarium {
namespace {

/// A link that is a button: it takes the focus and answers to Space and Enter.
class LinkButton : public QPushButton {
public:
    explicit LinkButton(QWidget* parent)
        : QPushButton(parent)
    {
        QWidget::setCursor(Qt::PointingHandCursor);
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
    }
    void setLook(const Theme& theme)
    {
        theme_ = theme;
        updateGeometry();
        update();
    }
    QSize sizeHint() const override
    {
        const QFontMetricsF metrics(font());
        return {static_cast<int>(std::ceil(metrics.horizontalAdvance(text()))) + 4,
                static_cast<int>(metrics.height() + theme_.px(6))};
    }
    QSize minimumSizeHint() const override { return {20, sizeHint().height()}; }

protected:
    bool event(QEvent* event) override { return claimsKey(event, {Qt::Key_Space}) || QPushButton::event(event); }
    void paintEvent(QPaintEvent*) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        QFont used = linkFont();
        used.setUnderline(underMouse());
        painter.setFont(used);
        painter.setPen(theme_.color(Role::Accent));
        painter.drawText(rect().adjusted(0, 0, 2, 0), Qt::AlignLeft | Qt::AlignVCenter,
                         QFontMetricsF(used).elidedText(text(), Qt::ElideRight, width()));
        if (hasFocus()) {
            painter.setPen(QPen(theme_.color(Role::Focus), 1.5));
            painter.drawRoundedRect(QRectF(rect()).adjusted(0.75, 0.75, -0.75, -0.75), 4, 4);
        }
    }

private:
    QFont linkFont() const { return theme_.font(TextStyle::Label); }
    QFont font() const { return linkFont(); }

    Theme theme_ = Theme::make(ThemeKind::Light);
};

} // namespace

QUrl rfcUrl(const QString& reference)
{
    static const QRegularExpression pattern(QStringLiteral("RFC (\\d+)(?: \u00a7([A-Z0-9]+(?:\\.[0-9]+)*))?"));
    const QRegularExpressionMatch match = pattern.match(reference);
    if (!match.hasMatch())
        return {};
    QString address = QStringLiteral("https://www.rfc-editor.org/rfc/rfc%1.html").arg(match.captured(1));
    if (!match.captured(2).isEmpty())
        address += QStringLiteral("#section-") + match.captured(2);
    return QUrl(address);
}

WhyPanel::WhyPanel(Session* session, QWidget* parent)
    : Panel(session, parent)
    , title_(new QLabel(this))
    , text_(new TextBlock(this))
    , reference_(new LinkButton(this))
{
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(title_);
    column->addWidget(text_);
    column->addWidget(reference_, 0, Qt::AlignLeft);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    connect(reference_, &QPushButton::clicked, this, [this] {
        if (const QUrl url = rfcUrl(reference_->text()); !url.isEmpty())
            QDesktopServices::openUrl(url);
    });
    start();
}

void WhyPanel::restyle()
{
    const Theme now = theme();
    QFont strong = now.font(TextStyle::Small);
    strong.setWeight(QFont::DemiBold);
    title_->setFont(strong);
    QPalette colors = title_->palette();
    colors.setColor(QPalette::WindowText, now.color(Role::Muted));
    title_->setPalette(colors);
    text_->setLook(now.font(TextStyle::Small), now.color(Role::Ink));
    static_cast<LinkButton*>(reference_)->setLook(now);
    title_->setText(tr("Why?"));
    reference_->setToolTip(tr("Opens the RFC in the browser"));
    setAccessibleName(tr("Why?"));
}

void WhyPanel::refresh()
{
    const Why why = whyOf(session());
    text_->setText(why.text);
    reference_->setText(why.rfc);
    reference_->setAccessibleName(why.rfc);
    setAccessibleDescription(why.text);
    title_->setVisible(!why.text.isEmpty());
    text_->setVisible(!why.text.isEmpty());
    reference_->setVisible(!why.rfc.isEmpty());
}

} // namespace packetarium
