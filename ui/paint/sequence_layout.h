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
//
// A run may have hundreds of thousands of packets, so paths and words are made
// for stretches of the content (SequencePart) when somebody looks there. Zoomed
// out, packets of one direction that begin close together become one bundle;
// what one looks for (losses, retransmissions, SYN, FIN and their kin) stays.

#include "ui/paint/geometry.h"
#include "ui/paint/sequence_model.h"
#include "ui/paint/stage_scene.h"
#include "ui/paint/text_ruler.h"

#include <QSizeF>
#include <map>
#include <memory>

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

/// Packets of one direction that begin within a few pixels.
struct SequenceBundle {
    int direction = -1;
    int first = 0, last = 0; ///< places among the plain arrows of the direction
    NodeId from, to;
    double startTop = 0, startBottom = 0, endTop = 0, endBottom = 0;
    TurnedBox box;       ///< of the number of packets
    bool placed = false; ///< whether it has room
    int count() const { return last - first; }
    double top() const { return startTop; }
    double bottom() const { return std::max(startBottom, endBottom); }
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
    QRectF box;        ///< in the view
    QRectF chip;       ///< the projector's big state chip, in the view; else empty
    bool slim = false; ///< many columns, little room: smaller words
};

/// Paths and words of what begins within one stretch of the content.
struct SequencePart {
    explicit SequencePart(double band, double top)
        : texts(band, top)
    {}
    std::vector<int> ids; ///< of its arrows, in the model, ascending
    std::vector<SequenceArrow> arrows;
    std::vector<SequenceBundle> bundles;
    std::vector<ArrowNote> notes;
    std::vector<PlacedText> timerLabels, calls;
    BoxIndex texts;
    double bottom = 0; ///< how far down its arrows and bundles reach
    bool worded = false, finished = false;
};

/// What a layout needs of a run and its story, whatever the size, theme and language: kept from one layout to the next.
struct SequenceBasis {
    explicit SequenceBasis(const StageScene& scene);
    std::shared_ptr<const LadderModel> model;
    std::vector<double> shown; ///< by tick: shown seconds
    /// Whether it is of this story: another run beside folds other stretches.
    bool tells(const StoryTime& story) const;

private:
    double length_;
    std::vector<StoryGap> gaps_;
};

/// "×120"
QString bundleWords(int count);

class SequenceLayout {
public:
    /// `zoom` 1: every packet has room; less: all heights are so much smaller.
    SequenceLayout(const StageScene& scene, QSizeF size, double zoom = 1,
                   std::shared_ptr<const SequenceBasis> basis = nullptr);
    ~SequenceLayout();
    double zoom() const { return zoom_; }
    /// Changes the heights alone.
    void setZoom(double zoom);
    double leastZoom() const; ///< all of the run in the view
    const std::shared_ptr<const SequenceBasis>& basis() const { return basis_; }

    QSizeF size() const { return size_; }
    double headerHeight() const { return header_; }
    double viewHeight() const { return size_.height() - header_; } ///< of what is seen of the content
    double contentHeight() const { return contentHeight_; }
    double scrollRange() const { return std::max(0.0, contentHeight_ - viewHeight()); }
    /// The scroll that shows what happens at a height of the content, and what led to it.
    double scrollFor(double contentY) const;

    const LadderModel& model() const { return *model_; }
    /// Without a TCP connection there is no state to tell: UDP has none.
    bool tellsStates() const { return !trace_->conns().empty(); }
    const Trace& trace() const { return *trace_; }
    double x(NodeId host) const { return x_[columnIndex(host)]; }
    double left() const { return x_.front(); } ///< the outer lifelines
    double right() const { return x_.back(); }
    bool isLeft(NodeId host) const { return columnIndex(host) == 0; }
    /// As sideRoles() wants it.
    int side(NodeId host) const { return model_->ends.sideOf(host); }
    /// An outer lifeline with room beside it for state bands, chips and timers; of two hosts both.
    bool hasMargin(NodeId host) const { return !bare_ && (x(host) == left() || x(host) == right()); }
    double bandWidth() const { return band_; }
    double laneX(NodeId host, int lane) const; ///< of a timer's bracket
    double y(SimTime t) const;
    double tickY(int tick) const { return tick < 0 ? contentHeight_ : zoomed(tickY_[static_cast<std::size_t>(tick)]); }
    double top() const { return tickY(0); } ///< where the lifelines begin
    double bottom() const { return zoomed(tickY_.back()); }

    /// Of a run that is laid out in one piece: everything, by index in the model.
    const std::vector<SequenceArrow>& arrows() const { return whole().arrows; }
    const std::vector<ArrowNote>& notes() const { return whole().notes; }
    const std::vector<PlacedText>& timerLabels() const { return whole().timerLabels; }
    const std::vector<PlacedText>& calls() const { return whole().calls; }
    bool isWhole() const { return whole_; }

    const SequenceArrow& arrow(int index) const;
    /// Indices, ascending, of the arrows that are drawn one by one and pass through a range of heights.
    std::vector<int> arrowsIn(double from, double to) const;
    /// Those on their way when so many records have happened: all if they are few, else some of them.
    std::vector<int> flying(std::size_t recordsDone) const;
    std::vector<SequenceBundle> bundlesIn(double from, double to) const;
    /// The bundle's packet at a place among them: index in the model.
    int arrowIn(const SequenceBundle& bundle, int place) const;
    /// How many of a bundle have been sent, and have ended.
    struct BundleDone {
        int sent = 0, ended = 0;
    };
    BundleDone bundleDone(const SequenceBundle& bundle, std::size_t recordsDone) const;
    /// The same bundle with its first packets only.
    SequenceBundle firstOf(const SequenceBundle& bundle, int count) const;
    std::vector<const ArrowNote*> notesOf(int arrow) const;
    std::vector<int> timersIn(double from, double to) const; ///< indices in the model
    std::vector<int> runningTimers(std::size_t recordsDone) const;
    const PlacedText* timerLabel(int chain) const; ///< of a timer's chain; nullptr: it has none
    std::vector<const PlacedText*> timerLabelsIn(double from, double to) const;
    std::vector<const PlacedText*> callsIn(double from, double to) const;
    const std::vector<PlacedText>& chips() const { return chips_; } ///< one per model state
    const std::vector<GapMark>& gaps() const { return gaps_; }
    const std::vector<HostCard>& cards() const { return cards_; }
    /// Where an arrow's packet is drawn when the now-line is at a height.
    QPointF pointAtY(int arrow, double contentY) const;
    /// The travelling label's box at a height.
    QRectF capsuleAt(int arrow, double contentY) const;
    QRectF capsuleOf(const SequenceArrow& arrow, const LadderArrow& a, double contentY) const;
    /// Every text that stands still, in content coordinates.
    std::vector<BoxIndex::Span> textsAt(double y, double reach) const;
    bool overlapsText(const QRectF& contentBox) const;

private:
    friend class LabelPlacer;
    class Pass;

    /// Only what heights depend on: of the run beside, nothing more.
    struct Measured {
        std::shared_ptr<const SequenceBasis> basis;
    };
    SequenceLayout(const StageScene& scene, QSizeF size, Measured measured);

    std::size_t columnIndex(NodeId host) const { return static_cast<std::size_t>(std::max(0, model_->columnOf(host))); }
    int lanesOf(NodeId host) const { return model_->lanesOf.empty() ? 0 : model_->lanesOf[columnIndex(host)]; }
    double pitch() const; ///< between neighbouring lifelines
    bool isMany() const { return x_.size() > 2; }
    /// Would words here lie on a lifeline?
    bool strikesLifeline(const QRectF& box) const;
    bool strikesArrow(const QRectF& box, const SequencePart& part) const;
    void placeColumns();
    void dropTimers();
    void placeCards(const StageScene& scene);
    void placeSlideCard(HostCard card);
    void placeCard(HostCard card, const StageScene& scene);
    void placeTicks(const StoryTime& story, SequenceLayout* beside);
    /// Places all ticks; the height of the content, of two runs of the higher one.
    double solve(const StoryTime& story, double perSecond, SequenceLayout* beside);
    void placeChips();
    QString timerWords(const LadderTimer& timer) const;
    void wordTimers();
    void placeTimerLabels(SequencePart& part, int number) const;
    void placeCalls(SequencePart& part, int number) const;
    std::vector<StoryGap> gapsToMark() const;
    void placeGaps(const StageScene& scene);
    void placeArrows(SequencePart& part) const;
    SequenceArrow makeArrow(int index) const;

    // sequence_parts.cpp
    double zoomed(double y) const { return zoom_ == 1 ? y : origin_ + (y - origin_) * zoom_; }
    void sortArrows(); ///< plain and special ones by height
    void openParts();
    const SequencePart& whole() const;
    int partAt(double y) const;
    double partTop(int number) const { return whole_ ? -1e9 : number * partHeight_; }
    double partBottom(int number) const { return whole_ ? 1e9 : (number + 2) * partHeight_; }
    SequencePart& part(int number) const; ///< with its arrows, in which nothing is worded
    SequencePart& worded(int number) const;
    const SequencePart& finished(int number) const;
    void gather(SequencePart& part, int number) const;
    void placeCount(SequenceBundle& bundle, SequencePart& part, int number) const;
    bool hitsText(const TurnedBox& box, int except, const SequencePart& part, int number) const;
    int firstPartFor(double from) const; ///< of those whose plain arrows reach down to a height
    double unzoomed(double y) const { return zoom_ == 1 ? y : origin_ + (y - origin_) / zoom_; }
    SequenceBundle makeBundle(int direction, int first, int last) const;

    /// From a change of state to its chip, desktop pixels: leaves room for the time pill.
    static constexpr double kChipDrop = 13;

    struct Knot {
        SimTime at;
        double shown;
        double firstY, y;
    };

    struct Timed {
        double y; ///< before zooming
        int id;
    };
    /// The plain arrows between two columns, by where they begin.
    struct Direction {
        NodeId from, to;
        std::vector<int> ids;
        std::vector<double> start, end, latest; ///< heights before zooming; the greatest end up to there
        std::vector<std::size_t> lastRecord;    ///< the greatest record up to there that ends one
    };

    const Trace* trace_;
    const StoryTime* story_;
    Theme theme_;
    TextRuler ruler_;
    QSizeF size_;
    StageScene scene_; ///< whose moment is not looked at: words do not depend on it
    std::shared_ptr<const SequenceBasis> basis_;
    std::shared_ptr<const LadderModel> model_;
    double zoom_ = 1, origin_ = 0;
    double header_ = 0, contentHeight_ = 0, fullHeight_ = 0;
    std::vector<double> x_; ///< by column
    double band_ = 0, chipWidth_ = 0, laneWidth_ = 0;
    bool narrow_ = false;
    bool bare_ = false;                  ///< many columns without room for what stands beside a lifeline
    std::vector<double> tickY_;          ///< before zooming
    std::vector<Knot> knots_;            ///< before zooming
    std::vector<double> timerTextWidth_; ///< by model timer; of the first of a chain
    std::vector<PlacedText> chips_;
    std::vector<GapMark> gaps_;
    std::vector<HostCard> cards_;
    BoxIndex chipTexts_{64}, gapTexts_{64};

    bool whole_ = true; ///< few enough to be one part
    double partHeight_ = 1;
    std::vector<Direction> directions_;
    IntervalIndex<double> specials_, timerSpans_, firedSpans_; ///< heights before zooming
    std::vector<Timed> labels_, callsAt_;                      ///< timers' chains and calls by height
    mutable std::vector<std::unique_ptr<SequencePart>> parts_;
    mutable std::map<int, SequenceArrow> loose_; ///< of bundles, asked for one by one
};

} // namespace packetarium
