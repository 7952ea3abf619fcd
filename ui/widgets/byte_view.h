// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A frame's bytes in hexadecimal and as text, eight or sixteen to a row by the
// room there is. Bits that a field picks out are marked; where a field does
// not fill its bytes, a line below shows them bit by bit. (The class is not
// called ByteView: that is core's word for a span of octets.)

#include "core/wire/fields.h"
#include "ui/theme/theme.h"

#include <QAbstractScrollArea>
#include <array>

namespace packetarium {

class HexView : public QAbstractScrollArea {
    Q_OBJECT
public:
    explicit HexView(QWidget* parent = nullptr);

    void setLook(const Theme& theme);
    void setBytes(ByteView bytes);
    /// Marks bits from the frame's first; length 0: none.
    void setMarked(std::uint32_t bitOffset, std::uint32_t bitLength);
    /// The octets to draw in full ink; the others are muted.
    void setEmphasis(std::uint32_t firstByte, std::uint32_t byteCount);
    /// Which octets belong to which layer, underlined in its colour.
    struct LayerRun {
        std::uint32_t first = 0, count = 0;
        Layer layer{};
        bool operator==(const LayerRun&) const = default;
    };
    void setLayers(std::vector<LayerRun> runs);

    int bytesPerRow() const { return perRow_; }
    std::uint32_t cursor() const { return cursor_; }
    void setCursor(std::uint32_t byte);
    using QWidget::setCursor;
    /// Marked octets as "3b 9a ca 01"; all of them as rows with offsets and text when none is marked.
    QString textToCopy() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    /// The user picked a byte, by mouse or keyboard.
    void bytePicked(std::uint32_t byte);

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    static constexpr double kRowPitch = 22; ///< at the desktop's scale
    static constexpr double kPadding = 8;
    /// Where things stand in a row, from the viewport's left edge.
    struct Cells {
        double character = 8, pitch = 20, hexLeft = 40, textLeft = 0, rowPitch = 20;
        int perRow = 8;
        bool hasText = true;
        double hexX(int column) const { return hexLeft + column * pitch + (column >= 8 ? character / 2 : 0); }
        double textX(int column) const { return textLeft + column * character; }
    };
    Cells cells() const;
    void measure();
    int rowCount() const;
    int wholeRows() const; ///< that fit below each other
    bool showsBits() const;
    void pick(std::int64_t byte);
    std::int64_t byteAt(const QPointF& position) const;
    bool isMarked(std::uint32_t byte) const;
    void ensureVisible(std::uint32_t byte);
    void paintMark(QPainter& painter, const Cells& c, int from, int to, double top) const;
    void paintRow(QPainter& painter, int row, double top) const;
    void paintBits(QPainter& painter) const;
    void describe();
    static QChar printable(std::uint8_t octet); ///< a dot for what is no letter
    static QString hexOctet(std::uint8_t octet);
    QColor markColor() const;

    Theme theme_ = Theme::make(ThemeKind::Light);
    Bytes bytes_;
    std::vector<LayerRun> layers_;
    std::uint32_t markOffset_ = 0, markLength_ = 0; ///< bits
    std::uint32_t inkFirst_ = 0, inkCount_ = 0;     ///< octets
    std::uint32_t cursor_ = 0;
    int perRow_ = 8;
};

} // namespace packetarium
