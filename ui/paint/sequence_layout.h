// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where everything of the sequence view stands, computed once per trace, size,
// theme, language and number style; used for painting, for hit-testing and
// for whoever reads the view aloud. Start with SequenceLayout.
//
// Two coordinate systems: the view's own (0,0 is its corner, with the header
// of host cards on top), and the content's, which scrolls below the header.
// Heights in the content follow story time: so many pixels per shown second,
// and more wherever labels, chips and timers would not have room otherwise.
// Two runs beside each other make room for each other's, too, so that one
// instant is at one height in both.

#include "ui/paint/geometry.h"
#include "ui/paint/sequence_model.h"
#include "ui/paint/stage_scene.h"
#include "ui/paint/text_ruler.h"

#include <QSizeF>

namespace packetarium {

/// The flags and numbers of one packet, as a strip: a coloured part, a plain part, and a tag ("again") if there is one.
struct PacketLabel {
    QString flags, numbers, tag;
    QString pending; ///< before it is sent: "SYN ?"
    Role role = Role::Ack;
    double flagsWidth = 0, numbersWidth = 0, tagWidth = 0, pendingWidth = 0;
    TurnedBox box;
    bool placed = false; ///< false: there was no room; hovering tells
    double width() const { return flagsWidth + numbersWidth + tagWidth; }
};

struct SequenceArrow {
    bool drawn = false;
    QPolygonF path;         ///< from sender to where it ended; three more points if it was held
    PacketLabel label;      ///< along the arrow
    bool capsule = false;   ///< in flight, its label travels with it; otherwise it stays beside the arrow
    PacketLabel travelling; ///< as wide as it may be, upright
};

/// Words beside a point of an arrow: why it was lost, ignored, or that it is held.
struct ArrowNote {
    enum class Kind { Lost, Ignored, Held };
    Kind kind{};
    int arrow = -1;
    QPointF at;
    QString text;
    TurnedBox box;
    bool placed = false;
};

struct PlacedText {
    int subject = -1; ///< index in the model
    QString text;
    TurnedBox box;
    bool placed = false;
};

struct GapMark {
    double top = 0, bottom = 0;
    PlacedText text;
};

struct HostCard {
    NodeId host;
    QString name, role, address;
    QRectF box;  ///< in the view
    QRectF chip; ///< the projector's big state chip, in the view; else empty
    bool slim = false; ///< many columns, little room: smaller words
};

class SequenceLayout {
public:
    SequenceLayout(const StageScene& scene, QSizeF size);

    QSizeF size() const { return size_; }
    double headerHeight() const { return header_; }
    double viewHeight() const { return size_.height() - header_; } ///< of what is seen of the content
    double contentHeight() const { return contentHeight_; }
    double scrollRange() const { return std::max(0.0, contentHeight_ - viewHeight()); }
    /// The scroll that shows what happens at a height of the content, and what led to it.
    double scrollFor(double contentY) const;

    const LadderModel& model() const { return model_; }
    const Trace& trace() const { return *trace_; }
    double x(NodeId host) const { return x_[columnIndex(host)]; }
    double left() const { return x_.front(); } ///< the outer lifelines
    double right() const { return x_.back(); }
    bool isLeft(NodeId host) const { return columnIndex(host) == 0; }
    /// As sideRoles() wants it.
    int side(NodeId host) const { return model_.ends.sideOf(host); }
    /// An outer lifeline with room beside it for state bands, chips and timers; of two hosts both.
    bool hasMargin(NodeId host) const { return !bare_ && (x(host) == left() || x(host) == right()); }
    double bandWidth() const { return band_; }
    double laneX(NodeId host, int lane) const; ///< of a timer's bracket
    double y(SimTime t) const;
    double tickY(int tick) const { return tick < 0 ? contentHeight_ : tickY_[static_cast<std::size_t>(tick)]; }
    double top() const { return tickY_.front(); } ///< where the lifelines begin
    double bottom() const { return tickY_.back(); }

    const std::vector<SequenceArrow>& arrows() const { return arrows_; }
    const std::vector<ArrowNote>& notes() const { return notes_; }
    const std::vector<PlacedText>& chips() const { return chips_; } ///< one per model state
    const std::vector<PlacedText>& timerLabels() const { return timerLabels_; }
    const std::vector<PlacedText>& calls() const { return calls_; }
    const std::vector<GapMark>& gaps() const { return gaps_; }
    const std::vector<HostCard>& cards() const { return cards_; }
    /// Where an arrow's packet is drawn when the now-line is at a height.
    QPointF pointAtY(int arrow, double contentY) const;
    /// The travelling label's box at a height.
    QRectF capsuleAt(int arrow, double contentY) const;
    /// Every text that stands still, in content coordinates.
    const BoxIndex& texts() const { return texts_; }
    bool overlapsText(const QRectF& contentBox) const { return texts_.hits(TurnedBox::upright(contentBox)); }

private:
    friend class LabelPlacer;
    class Pass;

    /// Only what heights depend on: of the run beside.
    struct Measured {};
    SequenceLayout(const StageScene& scene, QSizeF size, Measured);

    std::size_t columnIndex(NodeId host) const { return static_cast<std::size_t>(std::max(0, model_.columnOf(host))); }
    int lanesOf(NodeId host) const { return model_.lanesOf.empty() ? 0 : model_.lanesOf[columnIndex(host)]; }
    double pitch() const; ///< between neighbouring lifelines
    bool isMany() const { return x_.size() > 2; }
    /// Would words here lie on a lifeline?
    bool strikesLifeline(const QRectF& box) const;
    bool strikesArrow(const QRectF& box) const;
    void placeColumns();
    void dropTimers();
    void placeCards(const StageScene& scene);
    void placeSlideCard(HostCard card);
    void placeCard(HostCard card, const StageScene& scene);
    void placeTicks(const StoryTime& story, SequenceLayout* beside);
    /// Places all ticks; the height of the content, of two runs of the higher one.
    double solve(const StoryTime& story, double perSecond, SequenceLayout* beside);
    void placeChips();
    void wordTimers(const StageScene& scene);
    void placeTimerLabels();
    void placeCalls(const StageScene& scene);
    std::vector<StoryGap> gapsToMark() const;
    void placeGaps(const StageScene& scene);
    void placeArrows();

    /// From a change of state to its chip, desktop pixels: leaves room for the time pill.
    static constexpr double kChipDrop = 13;

    struct Knot {
        SimTime at;
        double shown;
        double firstY, y;
    };

    const Trace* trace_;
    const StoryTime* story_;
    Theme theme_;
    TextRuler ruler_;
    QSizeF size_;
    LadderModel model_;
    double header_ = 0, contentHeight_ = 0;
    std::vector<double> x_; ///< by column
    double band_ = 0, chipWidth_ = 0, laneWidth_ = 0;
    bool narrow_ = false;
    bool bare_ = false; ///< many columns without room for what stands beside a lifeline
    std::vector<double> tickY_;
    std::vector<Knot> knots_;
    std::vector<double> timerTextWidth_; ///< by model timer
    std::vector<QString> timerText_;
    std::vector<SequenceArrow> arrows_;
    std::vector<ArrowNote> notes_;
    std::vector<PlacedText> chips_, timerLabels_, calls_;
    std::vector<GapMark> gaps_;
    std::vector<HostCard> cards_;
    BoxIndex texts_{64};
};

} // namespace packetarium
