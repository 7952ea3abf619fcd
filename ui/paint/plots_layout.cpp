// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/plots_layout.h"

#include "ui/i18n/catalogue_plots.h"

#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

double weightOf(PlotKind kind)
{
    return kind == PlotKind::Sequence ? 2.0 : kind == PlotKind::Congestion ? 1.4 : 1.0;
}

bool anyIn(const auto& points, auto&& test)
{
    return std::ranges::any_of(points, test);
}

} // namespace

bool isUnlimited(std::int64_t ssthresh)
{
    return ssthresh >= (std::int64_t{1} << 30);
}

const FlowSeries* chosenFlow(const SeriesIndex& index, const PlotsLook& look)
{
    const FlowSeries* chosen = look.flow ? index.flowOf(look.flow) : nullptr;
    return chosen != nullptr ? chosen : index.busiest();
}

QString flowTitle(const FlowSeries& flow, const StageScene& scene)
{
    const auto label = [&](NodeId node) {
        const std::size_t i = node ? node.value() : scene.hostLabels.size();
        return i < scene.hostLabels.size() ? scene.hostLabels[i].toStdString() : std::string("?");
    };
    return QString::fromStdString(sentence(PlotWord::Flow, scene.language,
                                           {label(flow.sender), std::to_string(flow.senderPort), label(flow.receiver),
                                            std::to_string(flow.receiverPort)}));
}

QString titleOf(PlotKind kind, Language language)
{
    switch (kind) {
    case PlotKind::Sequence: return fromUtf8(word(PlotWord::Sequence, language));
    case PlotKind::Congestion: return fromUtf8(word(PlotWord::Congestion, language));
    case PlotKind::RoundTrip: return fromUtf8(word(PlotWord::RoundTrip, language));
    case PlotKind::Throughput: return fromUtf8(word(PlotWord::Throughput, language));
    case PlotKind::Queue: return fromUtf8(word(PlotWord::Queue, language));
    }
    return {};
}

QString nameOf(PlotLine line, Language language)
{
    constexpr std::array kWords = {PlotWord::Segment,  PlotWord::Again,  PlotWord::Lost,    PlotWord::Acknowledged,
                                   PlotWord::Window,   PlotWord::Sack,   PlotWord::Cwnd,    PlotWord::Ssthresh,
                                   PlotWord::InFlight, PlotWord::Sample, PlotWord::Srtt,    PlotWord::Rto,
                                   PlotWord::Arrived,  PlotWord::Fresh,  PlotWord::Waiting, PlotWord::Dropped,
                                   PlotWord::Marked};
    return fromUtf8(word(kWords.at(static_cast<std::size_t>(line)), language));
}

std::vector<PlotLine> linesOf(const FlowSeries& flow, PlotKind kind)
{
    std::vector<PlotLine> lines;
    const auto add = [&lines](PlotLine line, bool there) {
        if (there)
            lines.push_back(line);
    };
    switch (kind) {
    case PlotKind::Sequence:
        add(PlotLine::Segment, true);
        add(PlotLine::Again, anyIn(flow.segments, [](const SegmentPoint& s) { return s.retransmission; }));
        add(PlotLine::Lost, anyIn(flow.segments, [](const SegmentPoint& s) { return !s.lostAt.isNever(); }));
        add(PlotLine::Acknowledged, !flow.acked.empty());
        add(PlotLine::Window, !flow.edge.empty());
        add(PlotLine::Sack, !flow.sacks.empty());
        break;
    case PlotKind::Congestion:
        add(PlotLine::Cwnd, !flow.variable(Variable::Cwnd).empty());
        add(PlotLine::Ssthresh, anyIn(flow.variable(Variable::Ssthresh),
                                      [](const SeriesPoint& p) { return p.value > 0 && !isUnlimited(p.value); }));
        add(PlotLine::InFlight, !flow.inFlight.empty());
        break;
    case PlotKind::RoundTrip:
        add(PlotLine::Sample, !flow.rtt.empty());
        add(PlotLine::Srtt, anyIn(flow.variable(Variable::Srtt), [](const SeriesPoint& p) { return p.value > 0; }));
        add(PlotLine::Rto, anyIn(flow.variable(Variable::Rto), [](const SeriesPoint& p) { return p.value > 0; }));
        break;
    case PlotKind::Throughput:
        add(PlotLine::Arrived, !flow.arrived.empty());
        add(PlotLine::Fresh, !flow.fresh.empty());
        break;
    case PlotKind::Queue:
        add(PlotLine::Waiting, true);
        add(PlotLine::Dropped, !flow.queue.dropped.empty());
        add(PlotLine::Marked, !flow.queue.marked.empty());
        break;
    }
    return lines;
}

void PlotsLayout::wholeOf(const FlowSeries* flow, SimTime& from, SimTime& to)
{
    from = SimTime::zero();
    to = SimTime::fromNs(1'000'000'000);
    if (flow == nullptr)
        return;
    const std::int64_t room = std::max<std::int64_t>(1'000, (flow->last - flow->first).ns() / 50);
    from = SimTime::fromNs(std::max<std::int64_t>(0, flow->first.ns() - room));
    to = SimTime::fromNs(flow->last.ns() + room);
}

PlotsLayout::PlotsLayout(const StageScene& scene, QSizeF size, PlotsFrame frame)
    : theme_(scene.theme)
    , ruler_(scene.theme)
    , size_(size)
    , frame_(std::move(frame))
{
    if (!frame_.index)
        frame_.index = std::make_shared<const SeriesIndex>(*scene.trace);
    flow_ = chosenFlow(*frame_.index, scene.plots);
    wholeOf(flow_, from_, to_);
    if (scene.beside) {
        if (!frame_.beside)
            frame_.beside = std::make_shared<const SeriesIndex>(*scene.beside->trace);
        beside_ = chosenFlow(*frame_.beside, scene.beside->plots);
        // Two runs are plotted over the same time, so that one instant is at one place in both.
        SimTime from, to;
        wholeOf(beside_, from, to);
        from_ = std::min(from_, from);
        to_ = std::max(to_, to);
    }
    from_ = scene.plots.from.value_or(from_);
    to_ = std::max(scene.plots.to.value_or(to_), from_ + SimDuration::nanoseconds(10));
    const double side = theme_.px(14);
    const double top = std::max(ruler_.height(TextStyle::Heading), frame_.controls.height()) + theme_.px(6);
    controls_ = QRectF(QPointF(size.width() - side - frame_.controls.width(), theme_.px(5)), frame_.controls);
    titleBox_ =
        QRectF(side, theme_.px(5),
               size.width() - 2 * side - (frame_.controls.isEmpty() ? 0 : frame_.controls.width() + theme_.px(8)),
               top - theme_.px(6));
    const double lane = ruler_.height(TextStyle::Small) + theme_.px(2);
    nowLane_ = QRectF(0, titleBox_.bottom() + theme_.px(4), size.width(), lane);
    markLane_ = QRectF(0, nowLane_.bottom(), size.width(), lane);
    if (flow_ == nullptr)
        return;
    title_ = flowTitle(*flow_, scene);
    choosePanels(scene);
    placePanels(scene);
    placeMarks();
    placeKeys(scene);
    placePhases(scene);
}

void PlotsLayout::choosePanels(const StageScene& scene)
{
    std::vector<PlotKind> kinds;
    for (int i = 0; i < kPlotKindCount; ++i)
        if (scene.plots.shows(static_cast<PlotKind>(i)))
            kinds.push_back(static_cast<PlotKind>(i));
    if (kinds.empty())
        kinds.push_back(PlotKind::Sequence);
    chosen_ = static_cast<int>(kinds.size());
    frame_.first = std::clamp(frame_.first, 0, chosen_ - 1);
    for (std::size_t i = static_cast<std::size_t>(frame_.first); i < kinds.size(); ++i) {
        PlotPanel panel;
        panel.kind = kinds[i];
        panels_.push_back(std::move(panel));
    }
}

NumberStyle PlotsLayout::styleOf(const StageScene& scene) const
{
    // Far from the ISS a symbolic number would be a raw one, and an axis of both kinds would be read by nobody.
    constexpr std::int64_t kSymbolic = std::int64_t{1} << 24;
    const bool far = !flow_->segments.empty() && flow_->segments.back().to > kSymbolic;
    return scene.numbers == NumberStyle::Symbolic && far ? NumberStyle::Relative : scene.numbers;
}

double PlotsLayout::placeLegend(const StageScene& scene, PlotPanel& panel, double left, double right, double top) const
{
    const double row = ruler_.height(TextStyle::Label) + theme_.px(2);
    const double gap = theme_.px(14), sample = theme_.px(18);
    const double words = std::min(ruler_.width(TextStyle::Label, panel.title), right - left);
    panel.titleBox = QRectF(left, top, words, row);
    double x = left + words + gap;
    double y = top;
    constexpr int kMostRows = 3;
    int rows = 1;
    for (const PlotLine line : linesOf(*flow_, panel.kind)) {
        PlotLegend entry;
        entry.line = line;
        entry.words = nameOf(line, scene.language);
        if (liesAbove(line, panel))
            entry.words += QStringLiteral(" ↑");
        const double width = ruler_.width(TextStyle::Small, entry.words);
        if (x + sample + theme_.px(5) + width > right && x > left) {
            if (rows == kMostRows)
                break;
            ++rows;
            x = left;
            y += row;
        }
        entry.sample = QRectF(x, y, sample, row);
        entry.text = QRectF(x + sample + theme_.px(5), y, width, row);
        x = entry.text.right() + gap;
        panel.legend.push_back(std::move(entry));
    }
    panel.head = QRectF(left, top, right - left, y + row - top);
    return panel.head.height();
}

void PlotsLayout::placePanels(const StageScene& scene)
{
    const double side = theme_.px(14), gap = theme_.px(9);
    const double label = ruler_.height(TextStyle::Small);
    const double axisHeight = label + theme_.px(8);
    const double top = markLane_.bottom() + theme_.px(2);
    const double bandHeight = label + theme_.px(3);
    const double least = theme_.px(44);
    double bottom = size_.height() - axisHeight;

    // How many fit, each at its least height.
    const auto fixed = [&](PlotPanel& panel) {
        panel.legend.clear();
        const double head = placeLegend(scene, panel, side, size_.width() - side, 0);
        const bool band = panel.kind == PlotKind::Congestion && !flow_->variable(Variable::Phase).empty();
        return head + (band ? bandHeight : 0) + gap;
    };
    for (PlotPanel& panel : panels_) {
        panel.title = titleOf(panel.kind, scene.language);
        if (panel.kind == PlotKind::Sequence)
            panel.title += QStringLiteral(" · ") + fromUtf8(labelOf(styleOf(scene), scene.language));
        if (panel.kind == PlotKind::Queue && flow_->queue.from && flow_->queue.from.value() < scene.hostLabels.size())
            panel.title = QString::fromStdString(sentence(PlotWord::QueueAt, scene.language,
                                                          {scene.hostLabels[flow_->queue.from.value()].toStdString()}));
        findRange(scene, panel);
    }
    const auto fitting = [&](double room) {
        double used = 0;
        std::size_t count = 0;
        for (PlotPanel& panel : panels_) {
            used += fixed(panel) + least;
            if (count > 0 && used > room)
                break;
            ++count;
        }
        return count;
    };
    std::size_t fit = fitting(bottom - top);
    if (fit < panels_.size()) {
        bottom -= label + theme_.px(4);
        fit = fitting(bottom - top);
        panels_.resize(fit);
        note_ = QString::fromStdString(sentence(PlotWord::MorePlots, scene.language, {std::to_string(hidden())}));
        noteBox_ = QRectF(side, size_.height() - label - theme_.px(4), size_.width() - 2 * side, label);
    }
    double fixedHeight = 0, weights = 0;
    for (PlotPanel& panel : panels_) {
        fixedHeight += fixed(panel);
        weights += weightOf(panel.kind);
    }
    const double spare = std::max(0.0, bottom - top - fixedHeight - least * static_cast<double>(panels_.size()));

    // Heights first, then ticks, then the gutter that their words need.
    double y = top, gutter = theme_.px(30);
    for (PlotPanel& panel : panels_) {
        const double head = panel.head.height();
        const double below = fixed(panel) - head - gap;
        panel.legend.clear();
        placeLegend(scene, panel, side, size_.width() - side, y);
        const double height = least + spare * weightOf(panel.kind) / weights;
        panel.body = QRectF(0, y + head + theme_.px(3), size_.width(), height - theme_.px(3));
        if (below > 0)
            panel.band = QRectF(0, panel.body.bottom(), size_.width(), below);
        y += head + height + below + gap;
        placeTicks(scene, panel);
        for (const PlotTick& tick : panel.ticks)
            gutter = std::max(gutter, ruler_.width(TextStyle::MonoSmall, tick.text));
    }
    const double left = side + std::min(gutter, size_.width() * 0.35) + theme_.px(8);
    const double right = std::max(left + theme_.px(40), size_.width() - side);
    for (PlotPanel& panel : panels_)
        for (QRectF* box : {&panel.body, &panel.band})
            if (!box->isEmpty()) {
                box->setLeft(left);
                box->setRight(right);
            }
    for (QRectF* lane : {&nowLane_, &markLane_}) {
        lane->setLeft(left);
        lane->setRight(right);
    }
    const double end = panels_.back().band.isEmpty() ? panels_.back().body.bottom() : panels_.back().band.bottom();
    plotArea_ = QRectF(left, panels_.front().body.top(), right - left, end - panels_.front().body.top());
    axis_ = QRectF(left, end, right - left, axisHeight);
    const double word = ruler_.width(TextStyle::MonoSmall, QStringLiteral("1000.25 ms")) * 1.25;
    timeTicks_ = packetarium::timeTicks(from_, to_, std::max(1, static_cast<int>(axis_.width() / word)));
    // The parts in which rates are taken follow the plot's width.
    for (PlotPanel& panel : panels_)
        if (panel.kind == PlotKind::Throughput)
            findRange(scene, panel), placeTicks(scene, panel);
}

SimTime PlotsLayout::endOf(const Series& series) const
{
    if (!beside_)
        return to_;
    return std::max(flow_->last, series.empty() ? SimTime::zero() : series.back().at);
}

double PlotsLayout::x(SimTime t) const
{
    const double share = static_cast<double>((t - from_).ns()) / static_cast<double>((to_ - from_).ns());
    return axis_.left() + share * axis_.width();
}

SimTime PlotsLayout::timeAt(double x) const
{
    if (axis_.width() <= 0)
        return from_;
    const double share = (x - axis_.left()) / axis_.width();
    const double ns = static_cast<double>(from_.ns()) + share * static_cast<double>((to_ - from_).ns());
    return SimTime::fromNs(static_cast<std::int64_t>(std::llround(std::clamp(ns, 0.0, 9e18))));
}

const PlotPanel* PlotsLayout::panelAt(QPointF at) const
{
    for (const PlotPanel& panel : panels_)
        if (panel.body.contains(at) || panel.band.contains(at))
            return &panel;
    return nullptr;
}

void PlotsLayout::placeMarks()
{
    const double height = markLane_.height() - theme_.px(2);
    for (std::size_t i = 0; i < flow_->events.size(); ++i) {
        const FlowEvent& event = flow_->events[i];
        if (event.at < from_ || event.at > to_)
            continue;
        const double at = x(event.at);
        const auto place = [&](PlotMark& mark) {
            mark.text = fromUtf8(letterOf(mark.kind)) + (mark.events.size() > 1 ? QStringLiteral("+") : QString());
            const double width = std::max(height, ruler_.width(TextStyle::Label, mark.text) + theme_.px(8));
            const double middle = x(flow_->events[mark.events.front()].at);
            mark.box = QRectF(middle - height / 2, markLane_.top() + theme_.px(1), width, height);
        };
        // Time-outs say more than fast retransmits, and those more than the loss behind them.
        constexpr std::array<int, kFlowEventKindCount> kGravity = {0, 3, 2, 1};
        const double reach = height / 2 + theme_.px(2);
        if (!marks_.empty() && marks_.back().box.right() + reach > at) {
            PlotMark& mark = marks_.back();
            mark.events.push_back(i);
            if (kGravity.at(static_cast<std::size_t>(event.kind)) > kGravity.at(static_cast<std::size_t>(mark.kind)))
                mark.kind = event.kind;
            place(mark);
            continue;
        }
        PlotMark mark;
        mark.events = {i};
        mark.kind = event.kind;
        place(mark);
        marks_.push_back(std::move(mark));
    }
}

void PlotsLayout::placeKeys(const StageScene& scene)
{
    const double gap = theme_.px(14), height = markLane_.height() - theme_.px(2);
    double x = 0;
    const auto add = [&](std::optional<FlowEventKind> kind, std::string_view letter, std::string_view words) {
        PlotKey key{kind, fromUtf8(letter), fromUtf8(words), {}, {}};
        const double badge = kind ? height : ruler_.width(TextStyle::Label, key.letter);
        const double top = titleBox_.center().y() - height / 2;
        key.badge = QRectF(x, top, badge, height);
        key.text = QRectF(key.badge.right() + theme_.px(5), top, ruler_.width(TextStyle::Small, key.words), height);
        x = key.text.right() + gap;
        keys_.push_back(std::move(key));
    };
    for (int i = 0; i < kFlowEventKindCount; ++i) {
        const auto kind = static_cast<FlowEventKind>(i);
        if (std::ranges::find(flow_->events, kind, &FlowEvent::kind) != flow_->events.end())
            add(kind, letterOf(kind), labelOf(kind, scene.language));
    }
    if (std::ranges::any_of(marks_, [](const PlotMark& mark) { return mark.events.size() > 1; }))
        add({}, "+", word(PlotWord::SeveralMarks, scene.language));
    // Beside the title, at the right; without room for all of them the words under the pointer must do.
    const double shift = titleBox_.right() - (x - gap);
    if (keys_.empty() || shift < titleBox_.left() + ruler_.width(TextStyle::Heading, title_) + 2 * gap) {
        keys_.clear();
        return;
    }
    for (PlotKey& key : keys_) {
        key.badge.translate(shift, 0);
        key.text.translate(shift, 0);
    }
    titleBox_.setRight(keys_.front().badge.left() - gap);
}

void PlotsLayout::placePhases(const StageScene& scene)
{
    const auto panel = std::ranges::find(panels_, PlotKind::Congestion, &PlotPanel::kind);
    if (panel == panels_.end() || panel->band.isEmpty())
        return;
    const Series& phases = flow_->variable(Variable::Phase);
    for (std::size_t i = 0; i < phases.size(); ++i) {
        const SimTime begin = std::max(phases[i].at, from_);
        const SimTime end = i + 1 < phases.size() ? phases[i + 1].at : std::min(to_, endOf(phases));
        if (end <= from_ || begin >= to_ || phases[i].value < 0 || phases[i].value >= kCongestionPhaseCount)
            continue;
        PlotPhase phase;
        phase.phase = static_cast<CongestionPhase>(phases[i].value);
        phase.from = phases[i].at;
        const double left = x(begin), right = std::min(x(end), panel->band.right());
        // Of many that fall on the same point one is drawn.
        if (!phases_.empty() && right - phases_.back().box.right() < 0.5)
            continue;
        phase.box = QRectF(left, panel->band.top(), right - left, panel->band.height());
        const QString full = fromUtf8(labelOf(phase.phase, scene.language));
        const QString brief = fromUtf8(shortLabelOf(phase.phase, scene.language));
        const double room = phase.box.width() - theme_.px(6);
        phase.text = ruler_.width(TextStyle::Small, full) <= room    ? full
                     : ruler_.width(TextStyle::Small, brief) <= room ? brief
                                                                     : QString();
        phases_.push_back(std::move(phase));
    }
}

} // namespace packetarium
