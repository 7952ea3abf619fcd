// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where everything of the layers view stands. From above: what is under way
// and the switches; a stack of layers per node over the cable that joins them;
// the unit in the making, block by block; the header that the act is about,
// opened into its fields; the bits and their signal. With the parcel's story a
// panel stands beside the unit; where there is room, a card with the envelopes'
// sizes too.
//
// Laid out on a sheet at the theme's type size and drawn with `scale`. How high
// the stacks stand depends on size and model alone, so that nothing jumps from
// act to act. What does not fit is shortened here; tips say it in full.

#include "ui/paint/layers_story.h"
#include "ui/paint/text_ruler.h"

#include <QPolygonF>
#include <QSizeF>

namespace packetarium {

/// What the canvas adds to a scene: nothing of it is told by the run.
struct LayersFrame {
    QSizeF
        controls; ///< room for the model's and the story's switches, in device-independent pixels; none: their state is written there
    QSizeF codeControls;     ///< the same for the line code
    double firstBit = -1;    ///< of preamble and frame; negative: chosen to suit
    double bitWidth = 0;     ///< on the sheet; 0: chosen to suit
    bool openPicked = false; ///< the user just picked a field: its header is opened, not the act's
    bool operator==(const LayersFrame&) const = default;
};

struct LayerColumn {
    std::size_t node = 0; ///< of the story
    QRectF nameBox;
    QString name;
    double left = 0, right = 0; ///< of its boxes
    double inX = 0, outX = 0;   ///< where the way goes up, and down again
    bool slim = false, hidden = false;
    std::vector<QRectF> boxes; ///< by layer, physical first
};

struct UnitBlock {
    std::size_t part = 0; ///< of the story's unit
    QRectF box;
    QString name, size;
};

struct FieldCell {
    std::size_t field = 0; ///< of the story's fields; kMore: those for which there is no room
    static constexpr std::size_t kMore = static_cast<std::size_t>(-1);
    QRectF box;
    QString label, value;
    double labelWidth = 0; ///< label and value stand beside each other if it is not 0
    bool firstInRow = false;
};

/// The part of preamble and frame that is drawn bit by bit.
struct BitsWindow {
    QRectF lane, digits, wave; ///< which part the bits belong to, noughts and ones (or empty), the signal
    double first = 0;          ///< bit at the left edge
    double width = 1;          ///< of a bit
    std::uint32_t count = 0;   ///< bits in all
    double x(double bit) const { return wave.left() + (bit - first) * width; }
    double bitAt(double atX) const { return first + (atX - wave.left()) / width; }
};

class LayersLayout {
public:
    LayersLayout(const StageScene& scene, QSizeF size, const LayersFrame& frame = {});

    const LayersStory& story() const { return story_; }
    QSizeF size() const { return size_; }
    QSizeF sheet() const { return sheet_; }
    double scale() const { return scale_; }
    bool oneLine() const { return oneLine_; }

    const std::vector<LayerColumn>& columns() const { return columns_; }
    const std::vector<UnitBlock>& blocks() const { return blocks_; }
    const std::vector<FieldCell>& cells() const { return cells_; }
    const BitsWindow& bits() const { return bits_; }
    QRectF header() const { return header_; }
    QRectF controls() const { return controls_; }         ///< on the sheet
    QRectF codeControls() const { return codeControls_; } ///< empty: no room
    QRectF titleBox() const { return title_; }
    QRectF fieldsPanel() const { return fields_; }
    QRectF bitsPanel() const { return bitsPanel_; }
    QRectF parcelPanel() const { return parcel_; }
    QRectF bars() const { return bars_; }
    double cableY() const { return cableY_; }
    QString titleText() const { return titleText_; }
    QString sumText() const { return sumText_; }
    /// What the frame's part at an octet is called, and from where to where it reaches: of preamble and frame, in bits.
    struct Stretch {
        std::uint32_t from = 0, to = 0;
        QString name;
        Role role{};
    };
    const std::vector<Stretch>& stretches() const { return stretches_; }
    /// Half bits of the signal, of preamble and frame; made when they are first drawn.
    const std::vector<std::int8_t>& signal() const { return signal_; }
    const std::vector<bool>& bitValues() const { return bitValues_; }
    /// The preamble comes before the frame.
    static constexpr std::uint32_t kPreambleBits = kPreambleSize * 8;
    /// A part of the frame's bits (as fields count them, most significant first) as stretches of the wire's order.
    static std::vector<std::pair<std::uint32_t, std::uint32_t>> onWire(const BitRange& bits);

    /// The way of the unit, a polyline; and how far along it an act stands.
    const QPolygonF& way() const { return way_; }
    double wayAt(std::size_t onWay, bool arriving, Layer layer) const;
    /// Under way on the cable behind the onWay-th node, `part` of it done.
    double wayOnCable(std::size_t onWay, double part) const;

private:
    void placeColumns(double left, double width, double top, double boxHeight, double gap, int rows);
    void placeUnit(const QRectF& zone);
    void placeCells(QRectF zone);
    void placeLines(QRectF zone);
    void placeBits(const QRectF& zone, const LayersFrame& frame, const StageScene& scene);
    void routeWay();
    double u(double desktopPixels) const { return theme_.px(desktopPixels); }

    LayersStory story_;
    Theme theme_;
    TextRuler ruler_;
    QSizeF size_, sheet_;
    double scale_ = 1;
    bool oneLine_ = false;
    std::vector<LayerColumn> columns_;
    std::vector<UnitBlock> blocks_;
    std::vector<FieldCell> cells_;
    BitsWindow bits_;
    std::vector<Stretch> stretches_;
    std::vector<std::int8_t> signal_;
    std::vector<bool> bitValues_;
    QRectF header_, controls_, codeControls_, title_, fields_, bitsPanel_, parcel_, bars_;
    QString titleText_, sumText_;
    double cableY_ = 0;
    QPolygonF way_;
    std::vector<double> inAt_,
        outAt_; ///< along the way: where it comes up to, and goes down from, the onWay-th node's cable
};

/// The smallest field of a frame that holds a bit of the wire (counted from the preamble's first), or nothing.
std::optional<BitRange> fieldOnWire(ByteView frame, PacketId packet, std::uint32_t wireBit);

} // namespace packetarium
