// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/byte_view.h"

#include "ui/widgets/field_tree.h"
#include "ui/widgets/own_keys.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMenu>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

constexpr double kRowPitch = 22;
constexpr double kPadding = 8;
constexpr int kRowsWanted = 5;
constexpr int kRowsAtLeast = 3;

QChar printable(std::uint8_t octet)
{
    return octet >= 0x20 && octet < 0x7f ? QChar(octet) : QChar(0x00b7);
}

QString hexOctet(std::uint8_t octet)
{
    return QStringLiteral("%1").arg(octet, 2, 16, QLatin1Char('0'));
}

} // namespace

/// Where things stand in a row, from the viewport's left edge.
struct HexView::Cells {
    double character = 8, pitch = 20, hexLeft = 40, textLeft = 0, rowPitch = 20;
    int perRow = 8;
    bool hasText = true;
    double hexX(int column) const { return hexLeft + column * pitch + (column >= 8 ? character / 2 : 0); }
    double textX(int column) const { return textLeft + column * character; }
};

HexView::HexView(QWidget* parent) : QAbstractScrollArea(parent)
{
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    viewport()->setAutoFillBackground(false);
    viewport()->QWidget::setCursor(Qt::IBeamCursor);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

HexView::Cells HexView::cells() const
{
    const double character = QFontMetricsF(theme_.font(TextStyle::MonoSmall)).horizontalAdvance(QLatin1Char('0'));
    const double pad = theme_.px(kPadding);
    const double room = viewport()->width() - 2 * pad;
    Cells c;
    c.character = character;
    c.rowPitch = theme_.px(kRowPitch);
    c.hexLeft = pad + character * 5;
    // Characters that a row needs: offset and gap 5, then each octet three and one for its text, and a gap before that.
    const auto needed = [&](int octets, double pitch) { return character * (5 + octets * (pitch + 1) + 1 + (octets > 8 ? 0.5 : 0)); };
    c.perRow = needed(16, 2.6) <= room ? 16 : 8;
    const double least = 2.35;
    c.hasText = needed(c.perRow, least) <= room;
    const double spare = (room / character - 6 - (c.hasText ? c.perRow : 0) - (c.perRow > 8 ? 0.5 : 0)) / c.perRow;
    c.pitch = character * std::clamp(spare, least, 3.0);
    c.textLeft = c.hexX(c.perRow) + character * 0.5;
    return c;
}

void HexView::setLook(const Theme& theme)
{
    theme_ = theme;
    measure();
}

void HexView::setBytes(ByteView bytes)
{
    if (std::ranges::equal(bytes, bytes_))
        return;
    bytes_.assign(bytes.begin(), bytes.end());
    cursor_ = 0;
    markLength_ = 0;
    measure();
    verticalScrollBar()->setValue(0);
}

void HexView::setMarked(std::uint32_t bitOffset, std::uint32_t bitLength)
{
    if (markOffset_ == bitOffset && markLength_ == bitLength)
        return;
    markOffset_ = bitOffset;
    markLength_ = bitLength;
    if (bitLength > 0) {
        const std::uint32_t first = bitOffset / 8;
        const std::uint32_t last = (bitOffset + bitLength - 1) / 8;
        if (cursor_ < first || cursor_ > last)
            cursor_ = first;
    }
    measure();
    if (bitLength > 0) {
        ensureVisible((bitOffset + bitLength - 1) / 8);
        ensureVisible(bitOffset / 8);
    }
    describe();
}

void HexView::setEmphasis(std::uint32_t firstByte, std::uint32_t byteCount)
{
    inkFirst_ = firstByte;
    inkCount_ = byteCount;
    viewport()->update();
}

void HexView::setLayers(std::vector<LayerRun> runs)
{
    layers_ = std::move(runs);
    viewport()->update();
}

void HexView::setCursor(std::uint32_t byte)
{
    if (bytes_.empty())
        return;
    cursor_ = std::min(byte, static_cast<std::uint32_t>(bytes_.size() - 1));
    ensureVisible(cursor_);
    describe();
    viewport()->update();
}

void HexView::describe()
{
    if (cursor_ >= bytes_.size())
        return setAccessibleDescription({});
    setAccessibleDescription(tr("Byte %1 of %2: 0x%3").arg(cursor_ + 1).arg(bytes_.size()).arg(hexOctet(bytes_[cursor_])));
}

int HexView::rowCount() const
{
    return (static_cast<int>(bytes_.size()) + perRow_ - 1) / perRow_;
}

bool HexView::showsBits() const
{
    return markLength_ > 0 && markLength_ < 32 && (markOffset_ % 8 != 0 || markLength_ % 8 != 0);
}

void HexView::measure()
{
    const Cells c = cells();
    perRow_ = c.perRow;
    verticalScrollBar()->setRange(0, std::max(0, rowCount() - wholeRows()));
    verticalScrollBar()->setPageStep(wholeRows());
    updateGeometry();
    viewport()->update();
}

QSize HexView::sizeHint() const
{
    const int rows = std::clamp(rowCount(), 1, kRowsWanted) + (showsBits() ? 1 : 0);
    return {static_cast<int>(theme_.px(300)), static_cast<int>(rows * theme_.px(kRowPitch) + 2 * theme_.px(kPadding))};
}

QSize HexView::minimumSizeHint() const
{
    return {static_cast<int>(theme_.px(180)),
            static_cast<int>(std::min(rowCount(), kRowsAtLeast) * theme_.px(kRowPitch) + 2 * theme_.px(kPadding))};
}

bool HexView::isMarked(std::uint32_t byte) const
{
    return markLength_ > 0 && byte >= markOffset_ / 8 && byte <= (markOffset_ + markLength_ - 1) / 8;
}

int HexView::wholeRows() const
{
    const Cells c = cells();
    const double height = viewport()->height() - 2 * theme_.px(kPadding - 2) - (showsBits() ? c.rowPitch : 0);
    return std::max(1, static_cast<int>((height + 0.5) / c.rowPitch));
}

void HexView::ensureVisible(std::uint32_t byte)
{
    const int row = static_cast<int>(byte) / perRow_;
    const int top = verticalScrollBar()->value();
    if (row < top)
        verticalScrollBar()->setValue(row);
    else if (row >= top + wholeRows())
        verticalScrollBar()->setValue(row - wholeRows() + 1);
}

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
    const double bandTop = top + theme_.px(1);
    const double bandHeight = c.rowPitch - theme_.px(2);
    if (from >= 0) {
        QColor band = theme_.color(Role::Accent);
        band.setAlphaF(theme_.kind() == ThemeKind::HighContrast ? 0.5F : 0.25F);
        painter.setPen(Qt::NoPen);
        painter.setBrush(band);
        const double gap = (c.pitch - 2 * c.character) / 2;
        painter.drawRoundedRect(QRectF(c.hexX(from) - gap, bandTop, c.hexX(to) - c.hexX(from) + 2 * c.character + 2 * gap, bandHeight),
                                theme_.px(3), theme_.px(3));
        if (c.hasText)
            painter.drawRoundedRect(QRectF(c.textX(from), bandTop, (to - from + 1) * c.character, bandHeight), theme_.px(2), theme_.px(2));
    }

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
                painter.fillRect(QRectF(c.hexX(i), top + c.rowPitch - theme_.px(2.5), joins ? c.hexX(i + 1) - c.hexX(i) : 2 * c.character, theme_.px(1.5)),
                                 theme_.color(roleOf(run.layer)));
                break;
            }
        if (hasFocus() && at == cursor_) {
            painter.setPen(QPen(theme_.color(Role::Focus), 1.5));
            painter.setBrush(Qt::NoBrush);
            painter.drawRoundedRect(QRectF(c.hexX(i) - 2, bandTop, 2 * c.character + 4, bandHeight), 3, 3);
        }
    }
}

void HexView::paintBits(QPainter& painter) const
{
    const Cells c = cells();
    const double top = viewport()->height() - c.rowPitch - theme_.px(3);
    const double left = theme_.px(kPadding);
    const std::uint32_t first = markOffset_ / 8;
    const std::uint32_t last = std::min((markOffset_ + markLength_ - 1) / 8, static_cast<std::uint32_t>(bytes_.size() - 1));
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
            if (marked) {
                QColor band = theme_.color(Role::Accent);
                band.setAlphaF(theme_.kind() == ThemeKind::HighContrast ? 0.5F : 0.25F);
                painter.fillRect(QRectF(x, top + theme_.px(3), width, c.rowPitch - theme_.px(5)), band);
            }
            painter.setPen(theme_.color(marked ? Role::Ink : Role::Muted));
            painter.drawText(QRectF(x, top, width, c.rowPitch), Qt::AlignCenter,
                             (bytes_[byte] >> (7 - bit) & 1) != 0 ? QStringLiteral("1") : QStringLiteral("0"));
            x += width + (bit == 3 ? c.character * 0.4 : 0);
        }
}

std::int64_t HexView::byteAt(const QPointF& position) const
{
    const Cells c = cells();
    const int line = static_cast<int>(std::floor((position.y() - theme_.px(kPadding - 2)) / c.rowPitch));
    const int row = line + verticalScrollBar()->value();
    if (line < 0 || line >= wholeRows() || row >= rowCount() || (showsBits() && position.y() > viewport()->height() - c.rowPitch - theme_.px(3)))
        return -1;
    const double gap = (c.pitch - 2 * c.character) / 2;
    for (int i = 0; i < perRow_; ++i) {
        const bool inHex = position.x() >= c.hexX(i) - gap && position.x() < c.hexX(i) - gap + c.pitch;
        const bool inText = c.hasText && position.x() >= c.textX(i) && position.x() < c.textX(i) + c.character;
        if (inHex || inText) {
            const std::int64_t at = std::int64_t{row} * perRow_ + i;
            return at < static_cast<std::int64_t>(bytes_.size()) ? at : -1;
        }
    }
    return -1;
}

void HexView::pick(std::int64_t byte)
{
    if (bytes_.empty())
        return;
    const auto most = static_cast<std::int64_t>(bytes_.size()) - 1;
    setCursor(static_cast<std::uint32_t>(std::clamp<std::int64_t>(byte, 0, most)));
    emit bytePicked(cursor_);
}

void HexView::resizeEvent(QResizeEvent* event)
{
    QAbstractScrollArea::resizeEvent(event);
    measure();
}

void HexView::mousePressEvent(QMouseEvent* event)
{
    if (event->button() != Qt::LeftButton)
        return;
    if (const std::int64_t at = byteAt(event->position()); at >= 0)
        pick(at);
}

void HexView::mouseMoveEvent(QMouseEvent* event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    if (const std::int64_t at = byteAt(event->position()); at >= 0 && at != cursor_)
        pick(at);
}

bool HexView::event(QEvent* event)
{
    return claimsKey(event, {Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End, Qt::Key_PageUp, Qt::Key_PageDown})
        || QAbstractScrollArea::event(event);
}

void HexView::keyPressEvent(QKeyEvent* event)
{
    const auto at = static_cast<std::int64_t>(cursor_);
    const int page = wholeRows();
    if (event->matches(QKeySequence::Copy)) {
        QApplication::clipboard()->setText(textToCopy());
        return;
    }
    switch (event->key()) {
    case Qt::Key_Left: return pick(at - 1);
    case Qt::Key_Right: return pick(at + 1);
    case Qt::Key_Up: return pick(at < perRow_ ? at : at - perRow_);
    case Qt::Key_Down: return pick(at + perRow_);
    case Qt::Key_PageUp: return pick(at - page * perRow_);
    case Qt::Key_PageDown: return pick(at + page * perRow_);
    case Qt::Key_Home: return pick(0);
    case Qt::Key_End: return pick(static_cast<std::int64_t>(bytes_.size()));
    default: QAbstractScrollArea::keyPressEvent(event);
    }
}

void HexView::focusInEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusInEvent(event);
    describe();
    viewport()->update();
}

void HexView::focusOutEvent(QFocusEvent* event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

void HexView::contextMenuEvent(QContextMenuEvent* event)
{
    QMenu menu(this);
    QAction* copy = menu.addAction(markLength_ > 0 ? tr("Copy the marked bytes") : tr("Copy all bytes"));
    copy->setShortcut(QKeySequence::Copy);
    connect(copy, &QAction::triggered, this, [this] { QApplication::clipboard()->setText(textToCopy()); });
    menu.exec(event->globalPos());
}

QString HexView::textToCopy() const
{
    QString text;
    if (markLength_ > 0) {
        for (std::uint32_t at = markOffset_ / 8; at <= (markOffset_ + markLength_ - 1) / 8 && at < bytes_.size(); ++at)
            text += (text.isEmpty() ? QString() : QStringLiteral(" ")) + hexOctet(bytes_[at]);
        return text;
    }
    constexpr std::size_t kPerLine = 16;
    for (std::size_t start = 0; start < bytes_.size(); start += kPerLine) {
        QString hex;
        QString letters;
        for (std::size_t at = start; at < std::min(start + kPerLine, bytes_.size()); ++at) {
            hex += hexOctet(bytes_[at]) + QLatin1Char(' ');
            letters += printable(bytes_[at]);
        }
        text += QStringLiteral("%1  %2 %3\n").arg(start, 4, 16, QLatin1Char('0')).arg(hex.leftJustified(48)).arg(letters);
    }
    return text;
}

} // namespace packetarium
