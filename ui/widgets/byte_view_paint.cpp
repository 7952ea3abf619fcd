// SPDX-License-Identifier: GPL-3.0-or-later
//
// How the byte view draws itself.
#include "ui/widgets/byte_view.h"

#include "ui/paint/primitives.h"

#include <QPainter>
#include <QScrollBar>
#include <algorithm>

namespace packetarium {

void HexView::paintEvent(QPaintEvent*)
{
    QPainter painter(viewport());
    painter.setRenderHint(QPainter::Antialiasing);
    const bool outlined = theme_.kind() == ThemeKind::HighContrast;
    painter.setPen(hasFocus() ? QPen(theme_.color(Role::Focus), 1.5)
                   : outlined ? QPen(theme_.color(Role::Line), 1)
                              : QPen(Qt::NoPen));
    painter.setBrush(theme_.color(Role::Sunken));
    const QRectF all = QRectF(viewport()->rect()).adjusted(1, 1, -1, -1);
    painter.drawRoundedRect(all, theme_.px(6), theme_.px(6));
    if (bytes_.empty())
        return;
    const Cells c = cells();
    const int first = verticalScrollBar()->value();
    const int last = std::min(rowCount(), first + wholeRows());
    for (int row = first; row < last; ++row)
        paintRow(painter, row, theme_.px(kPadding - 2) + (row - first) * c.rowPitch);
    if (showsBits())
        paintBits(painter);
}

QColor HexView::markColor() const
{
    QColor band = theme_.color(Role::Accent);
    band.setAlphaF(theme_.kind() == ThemeKind::HighContrast ? 0.5F : 0.25F);
    return band;
}

void HexView::paintMark(QPainter& painter, const Cells& c, int from, int to, double top) const
{
    const double bandTop = top + theme_.px(1);
    const double bandHeight = c.rowPitch - theme_.px(2);
    const double gap = (c.pitch - 2 * c.character) / 2;
    painter.setPen(Qt::NoPen);
    painter.setBrush(markColor());
    painter.drawRoundedRect(
        QRectF(c.hexX(from) - gap, bandTop, c.hexX(to) - c.hexX(from) + 2 * c.character + 2 * gap, bandHeight),
        theme_.px(3), theme_.px(3));
    if (c.hasText)
        painter.drawRoundedRect(QRectF(c.textX(from), bandTop, (to - from + 1) * c.character, bandHeight), theme_.px(2),
                                theme_.px(2));
}

void HexView::paintRow(QPainter& painter, int row, double top) const
{
    const Cells c = cells();
    const auto start = static_cast<std::uint32_t>(row * perRow_);
    const int count = std::min(perRow_, static_cast<int>(bytes_.size()) - static_cast<int>(start));

    // The mark is one band per row, under the hexadecimal digits and under the text.
    int from = -1;
    int to = -1;
    for (int i = 0; i < count; ++i)
        if (isMarked(start + static_cast<std::uint32_t>(i))) {
            from = from < 0 ? i : from;
            to = i;
        }
    if (from >= 0)
        paintMark(painter, c, from, to, top);

    const QFont font = theme_.font(TextStyle::MonoSmall);
    painter.setFont(font);
    const auto write = [&](double x, double width, const QString& text, bool ink) {
        painter.setPen(theme_.color(ink ? Role::Ink : Role::Muted));
        painter.drawText(QRectF(x, top, width + 2, c.rowPitch), Qt::AlignLeft | Qt::AlignVCenter, text);
    };
    write(theme_.px(kPadding), c.character * 4, QStringLiteral("%1").arg(start, 4, 16, QLatin1Char('0')), false);
    for (int i = 0; i < count; ++i) {
        const std::uint32_t at = start + static_cast<std::uint32_t>(i);
        const bool ink = isMarked(at) || (at >= inkFirst_ && at < inkFirst_ + inkCount_);
        write(c.hexX(i), 2 * c.character, hexOctet(bytes_[at]), ink);
        if (c.hasText)
            write(c.textX(i), c.character, QString(printable(bytes_[at])), ink);
        for (const LayerRun& run : layers_)
            if (at >= run.first && at < run.first + run.count) {
                const bool joins = i + 1 < count && at + 1 < run.first + run.count;
                painter.fillRect(QRectF(c.hexX(i), top + c.rowPitch - theme_.px(2.5),
                                        joins ? c.hexX(i + 1) - c.hexX(i) : 2 * c.character, theme_.px(1.5)),
                                 theme_.color(layerRole(run.layer)));
                break;
            }
        if (hasFocus() && at == cursor_) {
            painter.setPen(QPen(theme_.color(Role::Focus), 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(
                QRectF(c.hexX(i) - 2, top + theme_.px(1), 2 * c.character + 4, c.rowPitch - theme_.px(2)), 3, 3);
        }
    }
}

void HexView::paintBits(QPainter& painter) const
{
    const Cells c = cells();
    const double top = viewport()->height() - c.rowPitch - theme_.px(3);
    const double left = theme_.px(kPadding);
    const std::uint32_t first = markOffset_ / 8;
    const std::uint32_t last =
        std::min((markOffset_ + markLength_ - 1) / 8, static_cast<std::uint32_t>(bytes_.size() - 1));
    painter.setPen(QPen(theme_.color(Role::Line), 1));
    painter.drawLine(QPointF(left, top), QPointF(viewport()->width() - left, top));
    painter.setFont(theme_.font(TextStyle::MonoSmall));
    painter.setPen(theme_.color(Role::Muted));
    painter.drawText(QRectF(left, top, c.character * 5, c.rowPitch), Qt::AlignLeft | Qt::AlignVCenter,
                     QStringLiteral("%1").arg(first, 4, 16, QLatin1Char('0')));
    double x = c.hexLeft;
    for (std::uint32_t byte = first; byte <= last; ++byte, x += c.character)
        for (std::uint32_t bit = 0; bit < 8; ++bit) {
            const std::uint32_t at = byte * 8 + bit;
            const bool marked = at >= markOffset_ && at < markOffset_ + markLength_;
            const double width = c.character * 1.15;
            if (marked)
                painter.fillRect(QRectF(x, top + theme_.px(3), width, c.rowPitch - theme_.px(5)), markColor());
            painter.setPen(theme_.color(marked ? Role::Ink : Role::Muted));
            painter.drawText(QRectF(x, top, width, c.rowPitch), Qt::AlignCenter,
                             (bytes_[byte] >> (7 - bit) & 1) != 0 ? QStringLiteral("1") : QStringLiteral("0"));
            x += width + (bit == 3 ? c.character * 0.4 : 0);
        }
}

} // namespace packetarium
