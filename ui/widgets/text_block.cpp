// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/text_block.h"

#include <QFontMetricsF>
#include <QPainter>
#include <QTextLayout>
#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

constexpr double kLineSpacing = 1.3;

/// Names such as SYN-RECEIVED stay in one piece: a word joiner keeps a line from ending behind their hyphen.
QString unbroken(QString text)
{
    constexpr QChar kWordJoiner(0x2060);
    for (qsizetype i = text.size() - 2; i > 0; --i)
        if (text[i] == QLatin1Char('-') && text[i - 1].isUpper() && (text[i + 1].isUpper() || text[i + 1].isDigit()))
            text.insert(i + 1, kWordJoiner);
    return text;
}

/// Lays the text out in lines of `width`; returns how many there are.
int layOut(QTextLayout& layout, double width, double pitch)
{
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    layout.setTextOption(option);
    layout.beginLayout();
    int lines = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(std::max(1.0, width));
        line.setPosition(QPointF(0, lines * pitch + (pitch - line.height()) / 2));
        ++lines;
    }
    layout.endLayout();
    return lines;
}

} // namespace

TextBlock::TextBlock(QWidget* parent)
    : QLabel(parent)
{
    setTextFormat(Qt::PlainText);
    setWordWrap(true);
    QSizePolicy policy(QSizePolicy::Preferred, QSizePolicy::Preferred);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
}

void TextBlock::setLook(const QFont& textFont, const QColor& color)
{
    QPalette colors = palette();
    colors.setColor(QPalette::WindowText, color);
    setPalette(colors);
    setFont(textFont);
    updateGeometry();
}

void TextBlock::setMinimumLines(int lines)
{
    if (lines == minimumLines_)
        return;
    minimumLines_ = lines;
    updateGeometry();
}

double TextBlock::linePitch() const
{
    return std::round(QFontMetricsF(font()).height() * kLineSpacing);
}

int TextBlock::lineCount(int width) const
{
    if (text().isEmpty())
        return 0;
    QTextLayout layout(unbroken(text()), font());
    return layOut(layout, width, linePitch());
}

int TextBlock::heightForWidth(int width) const
{
    return static_cast<int>(std::ceil(std::max(lineCount(width), minimumLines_) * linePitch()));
}

QSize TextBlock::sizeHint() const
{
    const double natural = std::min(QFontMetricsF(font()).horizontalAdvance(text()), 26 * linePitch());
    const int width = std::max(1, static_cast<int>(std::ceil(natural)) + 1);
    return {width, heightForWidth(width)};
}

QSize TextBlock::minimumSizeHint() const
{
    return {static_cast<int>(4 * linePitch()), heightForWidth(std::max(width(), 1))};
}

void TextBlock::paintEvent(QPaintEvent*)
{
    if (text().isEmpty())
        return;
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::WindowText));
    QTextLayout layout(unbroken(text()), font());
    layOut(layout, width(), linePitch());
    layout.draw(&painter, QPointF(0, 0));
}

void TextBlock::resizeEvent(QResizeEvent* event)
{
    QLabel::resizeEvent(event);
    if (event->size().width() != event->oldSize().width())
        updateGeometry();
}

} // namespace packetarium
