// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/byte_view.h"

#include "ui/widgets/own_keys.h"

#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QFontMetricsF>
#include <QKeyEvent>
#include <QMenu>
#include <QScrollBar>
#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

constexpr int kRowsWanted = 5;
constexpr int kRowsAtLeast = 3;

} // namespace

QChar HexView::printable(std::uint8_t octet)
{
    return octet >= 0x20 && octet < 0x7f ? QChar(octet) : QChar(0x00b7);
}

QString HexView::hexOctet(std::uint8_t octet)
{
    return QStringLiteral("%1").arg(octet, 2, 16, QLatin1Char('0'));
}

HexView::HexView(QWidget* parent)
    : QAbstractScrollArea(parent)
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
    const auto needed = [&](int octets, double pitch) {
        return character * (5 + octets * (pitch + 1) + 1 + (octets > 8 ? 0.5 : 0));
    };
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
    setAccessibleDescription(
        tr("Byte %1 of %2: 0x%3").arg(cursor_ + 1).arg(bytes_.size()).arg(hexOctet(bytes_[cursor_])));
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

std::int64_t HexView::byteAt(const QPointF& position) const
{
    const Cells c = cells();
    const int line = static_cast<int>(std::floor((position.y() - theme_.px(kPadding - 2)) / c.rowPitch));
    const int row = line + verticalScrollBar()->value();
    if (line < 0 || line >= wholeRows() || row >= rowCount() ||
        (showsBits() && position.y() > viewport()->height() - c.rowPitch - theme_.px(3)))
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
    return claimsKey(event, {Qt::Key_Up, Qt::Key_Down, Qt::Key_Left, Qt::Key_Right, Qt::Key_Home, Qt::Key_End,
                             Qt::Key_PageUp, Qt::Key_PageDown}) ||
           QAbstractScrollArea::event(event);
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
        text +=
            QStringLiteral("%1  %2 %3\n").arg(start, 4, 16, QLatin1Char('0')).arg(hex.leftJustified(48)).arg(letters);
    }
    return text;
}

} // namespace packetarium
