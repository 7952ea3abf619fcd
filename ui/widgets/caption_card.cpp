// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/caption_card.h"

#include "ui/paint/primitives.h"
#include "ui/widgets/text_block.h"

#include <QPainter>
#include <algorithm>

namespace packetarium {
namespace {

constexpr int kUsualLines = 2;

} // namespace

/// The card's lengths at the theme's scale.
struct CaptionCard::Shape {
    int padding, disc, textLeft, gap;
    int textWidth(int cardWidth) const { return std::max(1, cardWidth - textLeft - padding); }
};

CaptionCard::CaptionCard(Session* session, QWidget* parent)
    : Panel(session, parent)
    , heading_(new TextBlock(this))
    , text_(new TextBlock(this))
{
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(session, &Session::runChanged, this, [this, session] {
        if (!session->runHasOnlyGrown())
            reservedLines_ = 0;
        stale_ = true;
        refresh();
    });
    setMaximumWidth(kWidest);
    start();
}

void CaptionCard::setRoom(QSizeF room)
{
    const Theme before = grownTheme();
    room_ = room;
    if (grownTheme() == before)
        return;
    setMaximumWidth(static_cast<int>(grownTheme().px(kWidest)));
    restyle();
    refresh();
}

CaptionCard::Shape CaptionCard::shape(const Theme& theme) const
{
    const auto px = [&](double length) { return static_cast<int>(theme.px(length)); };
    const int padding = px(14);
    // Without a number the text begins where the disc would.
    return {padding, px(28), number_ > 0 ? padding + px(28 + 12) : padding, px(2)};
}

int CaptionCard::heightForWidth(int width) const
{
    const Shape s = shape(grownTheme());
    const int textWidth = s.textWidth(width);
    return 2 * s.padding + heading_->heightForWidth(textWidth) + s.gap + text_->heightForWidth(textWidth);
}

QSize CaptionCard::sizeHint() const
{
    const int wide = std::max(width(), static_cast<int>(grownTheme().px(420)));
    return {wide, heightForWidth(wide)};
}

QSize CaptionCard::minimumSizeHint() const
{
    return {static_cast<int>(grownTheme().px(240)),
            heightForWidth(std::max(width(), static_cast<int>(grownTheme().px(240))))};
}

void CaptionCard::restyle()
{
    const Theme now = grownTheme();
    QFont strong = now.font(TextStyle::Heading);
    strong.setWeight(QFont::Bold);
    heading_->setLook(strong, now.color(Role::Ink));
    text_->setLook(now.font(TextStyle::Body), now.color(Role::Muted));
    reservedLines_ = 0;
    stale_ = true;
}

void CaptionCard::refresh()
{
    const Caption caption = session().hasRun() ? session().caption() : Caption{};
    const bool past = caption.told < caption.number;
    if (caption.told == number_ && past == past_ && caption.heading == heading_->text() &&
        caption.text == text_->text() && !stale_)
        return;
    stale_ = false;
    number_ = caption.told;
    past_ = past;
    heading_->setText(caption.heading);
    text_->setText(caption.text);
    setAccessibleName(number_ > 0 ? tr("Step %1 of %2: %3").arg(number_).arg(caption.count).arg(caption.heading)
                                  : caption.heading);
    setAccessibleDescription(caption.text);
    place();
    update();
}

void CaptionCard::place()
{
    const Shape s = shape(grownTheme());
    const int textWidth = s.textWidth(width());
    if (reservedWidth_ != textWidth)
        reservedLines_ = 0;
    reservedWidth_ = textWidth;
    reservedLines_ = std::max({reservedLines_, kUsualLines, text_->lineCount(textWidth)});
    text_->setMinimumLines(reservedLines_);
    heading_->setMinimumLines(1);
    const int headingHeight = heading_->heightForWidth(textWidth);
    heading_->setGeometry(s.textLeft, s.padding, textWidth, headingHeight);
    text_->setGeometry(s.textLeft, s.padding + headingHeight + s.gap, textWidth, text_->heightForWidth(textWidth));
    updateGeometry();
}

void CaptionCard::resizeEvent(QResizeEvent* event)
{
    place();
    Panel::resizeEvent(event);
}

void CaptionCard::paintEvent(QPaintEvent*)
{
    const Theme now = grownTheme();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(QPen(now.color(Role::Line), now.px(1.5)));
    painter.setBrush(now.color(Role::Card));
    const double radius = now.px(12);
    const double inset = now.px(1);
    painter.drawRoundedRect(QRectF(rect()).adjusted(inset, inset, -inset, -inset), radius, radius);
    if (number_ <= 0)
        return;
    const Shape s = shape(now);
    // Beside what is written, not beside the lines kept free for longer steps.
    const int lines = std::max(1, text_->lineCount(text_->width()));
    const double written = s.padding + heading_->height() + s.gap +
                           text_->height() * lines / std::max(1.0, static_cast<double>(reservedLines_));
    const QRectF disc(s.padding, (s.padding + written - s.disc) / 2.0, s.disc, s.disc);
    QFont font = now.font(TextStyle::Body);
    font.setWeight(QFont::Bold);
    drawStepNumber(painter, disc, font, now.color(past_ ? Role::Sunken : Role::Accent),
                   now.color(past_ ? Role::Muted : Role::OnAccent), number_);
}

} // namespace packetarium
