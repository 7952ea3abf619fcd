// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The plots view: one flow's curves over one stretch of time, each plot in a
// panel of its own, one time axis for all of them. Above the panels stand the
// flow's name, a row for the now-line's chip and one for the letters of what
// went wrong; within a panel's body there are curves only and no words, so
// that what moves over them never covers any.

#include "core/trace/series.h"
#include "ui/paint/plots_scale.h"
#include "ui/paint/stage_scene.h"
#include "ui/paint/text_ruler.h"

#include <QRectF>
#include <QSizeF>
#include <memory>

namespace packetarium {

/// Whatever is drawn in a panel and named in its legend.
enum class PlotLine : std::uint8_t {
    Segment,
    Again,
    Lost,
    Acknowledged,
    Window,
    Sack,
    Cwnd,
    Ssthresh,
    InFlight,
    Sample,
    Srtt,
    Rto,
    Arrived,
    Fresh,
    Waiting,
    Dropped,
    Marked,
};

struct PlotLegend {
    PlotLine line{};
    QRectF sample, text;
    QString words;
};

struct PlotTick {
    double value = 0;
    QString text;
};

struct PlotPanel {
    PlotKind kind{};
    QString title;
    QRectF head; ///< title and legend
    QRectF titleBox;
    std::vector<PlotLegend> legend;
    QRectF body;
    QRectF band;              ///< the phases' names; empty in most plots
    double low = 0, high = 1; ///< values at the body's bottom and top
    std::vector<PlotTick> ticks;
    bool empty = false;                 ///< nothing in the time shown
    std::vector<double> arrived, fresh; ///< bits per second, in equal parts of the time shown
    double y(double value) const { return body.bottom() - (value - low) / (high - low) * body.height(); }
    double valueAt(double y) const { return low + (body.bottom() - y) / body.height() * (high - low); }
};

/// Events that stand too close together share a mark: its letter is the gravest one's.
struct PlotMark {
    std::vector<std::size_t> events; ///< indices into FlowSeries::events, by time
    FlowEventKind kind{};
    QString text;
    QRectF box;
};

/// What a letter over the plots means.
struct PlotKey {
    std::optional<FlowEventKind> kind; ///< nothing: of the sign that there are several
    QString letter, words;
    QRectF badge, text;
};

struct PlotPhase {
    CongestionPhase phase{};
    SimTime from;
    QRectF box;
    QString text; ///< empty: no room
};

struct PlotsFrame {
    QSizeF controls;                           ///< room at the top right for the canvas' buttons
    int first = 0;                             ///< the plots chosen before this one are scrolled away
    std::shared_ptr<const SeriesIndex> index;  ///< of the scene's trace; none: it is read
    std::shared_ptr<const SeriesIndex> beside; ///< of the trace beside it, likewise
};

class PlotsLayout {
public:
    PlotsLayout(const StageScene& scene, QSizeF size, PlotsFrame frame = {});

    QSizeF size() const { return size_; }
    const std::shared_ptr<const SeriesIndex>& index() const { return frame_.index; }
    const FlowSeries* flow() const { return flow_; } ///< nullptr: there is nothing to plot
    SimTime from() const { return from_; }
    SimTime to() const { return to_; }
    double x(SimTime t) const;
    SimTime timeAt(double x) const; ///< also beside the body, but not before the run's start
    const std::vector<PlotPanel>& panels() const { return panels_; }
    const PlotPanel* panelAt(QPointF at) const; ///< whose body or band is there
    int chosen() const { return chosen_; }
    int first() const { return frame_.first; }
    int hidden() const { return chosen_ - frame_.first - static_cast<int>(panels_.size()); } ///< below

    const QString& title() const { return title_; }
    QRectF titleBox() const { return titleBox_; }
    QRectF controls() const { return controls_; }
    QRectF nowLane() const { return nowLane_; }
    QRectF markLane() const { return markLane_; }
    QRectF plotArea() const { return plotArea_; } ///< the bodies' left and right, from the first to the last
    QRectF axis() const { return axis_; }
    const TimeTicks& timeTicks() const { return timeTicks_; }
    const std::vector<PlotMark>& marks() const { return marks_; }
    const std::vector<PlotKey>& keys() const { return keys_; } ///< of the letters that this flow has
    const std::vector<PlotPhase>& phases() const { return phases_; }
    const QString& note() const { return note_; } ///< how many plots do not fit; empty: all do
    QRectF noteBox() const { return noteBox_; }
    /// How sequence numbers are written here.
    NumberStyle styleOf(const StageScene& scene) const;
    QString sequenceText(const StageScene& scene, double offset) const;
    const TextRuler& ruler() const { return ruler_; }

    /// Beside a longer run a curve does not go on for a flow that has ended.
    SimTime endOf(const Series& series) const;
    /// What of the flow happens, with a little room on either side: the time shown unless another is chosen.
    static void wholeOf(const FlowSeries* flow, SimTime& from, SimTime& to);

private:
    void choosePanels(const StageScene& scene);
    void placePanels(const StageScene& scene);
    double placeLegend(const StageScene& scene, PlotPanel& panel, double left, double right, double top) const;
    void findRange(const StageScene& scene, PlotPanel& panel) const;
    bool liesAbove(PlotLine line, const PlotPanel& panel) const;
    void placeTicks(const StageScene& scene, PlotPanel& panel) const;
    void placeMarks();
    void placeKeys(const StageScene& scene);
    void placePhases(const StageScene& scene);

    Theme theme_;
    TextRuler ruler_;
    QSizeF size_;
    PlotsFrame frame_;
    const FlowSeries* flow_ = nullptr;
    const FlowSeries* beside_ = nullptr; ///< of the run that is compared with this one
    SimTime from_, to_;
    int chosen_ = 0;
    std::vector<PlotPanel> panels_;
    QString title_, note_;
    QRectF titleBox_, controls_, nowLane_, markLane_, plotArea_, axis_, noteBox_;
    TimeTicks timeTicks_;
    std::vector<PlotMark> marks_;
    std::vector<PlotKey> keys_;
    std::vector<PlotPhase> phases_;
};

/// The flow that a scene shows, or nullptr.
const FlowSeries* chosenFlow(const SeriesIndex& index, const PlotsLook& look);
QString flowTitle(const FlowSeries& flow, const StageScene& scene);
/// Which lines a flow has for a plot.
std::vector<PlotLine> linesOf(const FlowSeries& flow, PlotKind kind);
QString nameOf(PlotLine line, Language language);
QString titleOf(PlotKind kind, Language language);
/// An unlimited ssthresh is no number to draw.
bool isUnlimited(std::int64_t ssthresh);

} // namespace packetarium
