// SPDX-License-Identifier: GPL-3.0-or-later
//
// The stretches of which a long sequence view is made. Each is worded when somebody looks there. So that the words do not
// depend on where one looked first, even stretches heed no neighbour and odd ones heed both; words never leave their own
// stretch and the next one. A short run is one stretch.
#include "ui/i18n/catalogue_programs.h"
#include "ui/i18n/stage_words.h"
#include "ui/paint/sequence_labels.h"

#include <algorithm>
#include <limits>

namespace packetarium {

namespace {

constexpr std::size_t kWhole = 1500; ///< arrows that are laid out in one piece
constexpr double kBundle =
    28; ///< desktop pixels: what begins within them may be drawn as one; there is room for a number
constexpr int kMostSingles = 2; ///< so many that begin so close together are still drawn one by one
constexpr int kBundlesPerPart = 36;
constexpr double kUnseen = 1e9;

} // namespace

void SequenceLayout::sortArrows()
{
    directions_.clear();
    std::vector<IntervalIndex<double>::Entry> specials, spans, fired;
    const auto height = [this](int tick, double otherwise) {
        return tick < 0 ? otherwise : tickY_[static_cast<std::size_t>(tick)];
    };
    std::map<std::pair<int, int>, std::size_t> places;
    for (std::size_t i = 0; i < model_->arrows.size(); ++i) {
        const LadderArrow& a = model_->arrows[i];
        const int from = model_->columnOf(a.from), to = model_->columnOf(a.to);
        if (a.start < 0 || from == to || from < 0 || to < 0)
            continue;
        const double start = height(a.start, 0), end = height(a.end, fullHeight_);
        if (a.special || a.end < 0) {
            specials.push_back({start, end, static_cast<int>(i)});
            continue;
        }
        const auto [place, isNew] = places.try_emplace({from, to}, directions_.size());
        if (isNew) {
            directions_.emplace_back();
            directions_.back().from = a.from;
            directions_.back().to = a.to;
        }
        directions_[place->second].ids.push_back(static_cast<int>(i));
    }
    const auto arrowAt = [this](int id) -> const LadderArrow& { return model_->arrows[static_cast<std::size_t>(id)]; };
    for (Direction& d : directions_) {
        const auto above = [&](int a, int b) { return height(arrowAt(a).start, 0) < height(arrowAt(b).start, 0); };
        if (!std::is_sorted(d.ids.begin(), d.ids.end(), above))
            std::stable_sort(d.ids.begin(), d.ids.end(), above);
        double latest = 0;
        std::size_t record = 0;
        for (const int id : d.ids) {
            const LadderArrow& a = arrowAt(id);
            d.start.push_back(height(a.start, 0));
            d.end.push_back(height(a.end, 0));
            d.latest.push_back(latest = std::max(latest, d.end.back()));
            d.lastRecord.push_back(record = std::max(record, a.endRecord));
        }
    }
    labels_.clear();
    for (std::size_t i = 0; i < model_->timers.size(); ++i) {
        const LadderTimer& t = model_->timers[i];
        const IntervalIndex<double>::Entry span{height(t.from, 0), height(t.to, kUnseen), static_cast<int>(i)};
        spans.push_back(span);
        if (t.fired)
            fired.push_back(span);
        if (t.chain == static_cast<int>(i))
            labels_.push_back({span.from, span.id});
    }
    callsAt_.clear();
    for (std::size_t i = 0; i < model_->calls.size(); ++i)
        callsAt_.push_back({height(model_->calls[i].tick, 0), static_cast<int>(i)});
    for (auto* all : {&labels_, &callsAt_})
        std::stable_sort(all->begin(), all->end(), [](const Timed& a, const Timed& b) { return a.y < b.y; });
    specials_ = IntervalIndex<double>(std::move(specials));
    timerSpans_ = IntervalIndex<double>(std::move(spans));
    firedSpans_ = IntervalIndex<double>(std::move(fired));
}

void SequenceLayout::openParts()
{
    whole_ = zoom_ == 1 && model_->arrows.size() <= kWhole;
    partHeight_ = theme_.px(kBundle) * kBundlesPerPart;
    parts_.clear();
    loose_.clear();
    parts_.resize(whole_ ? 1 : static_cast<std::size_t>(contentHeight_ / partHeight_) + 1);
}

int SequenceLayout::partAt(double y) const
{
    if (whole_)
        return 0;
    return std::clamp(static_cast<int>(y / partHeight_), 0, static_cast<int>(parts_.size()) - 1);
}

SequencePart& SequenceLayout::part(int number) const
{
    std::unique_ptr<SequencePart>& part = parts_[static_cast<std::size_t>(number)];
    if (!part) {
        part = std::make_unique<SequencePart>(theme_.px(64), whole_ ? 0 : number * partHeight_ - theme_.px(64));
        gather(*part, number);
        for (const int id : part->ids)
            part->arrows.push_back(makeArrow(id));
    }
    return *part;
}

void SequenceLayout::gather(SequencePart& part, int number) const
{
    if (whole_) {
        for (std::size_t i = 0; i < model_->arrows.size(); ++i)
            part.ids.push_back(static_cast<int>(i));
        return;
    }
    const double top = number * partHeight_, bottom = (number + 1) * partHeight_;
    const auto before = [this](const auto& entry, double y) { return zoomed(entry.from) < y; };
    const auto& specials = specials_.entries();
    const auto last = std::lower_bound(specials.begin(), specials.end(), bottom, before);
    // Zoomed out, two of one kind on one row of pixels are one mark.
    std::map<std::tuple<NodeId, int, int>, double> seen;
    for (auto s = std::lower_bound(specials.begin(), specials.end(), top, before); s < last; ++s) {
        const LadderArrow& a = model_->arrows[static_cast<std::size_t>(s->id)];
        if (zoom_ < 1) {
            const int kind = a.lost ? 1 : a.ignored != Reason::None ? 2 : a.hold >= 0 ? 3 : 4;
            const auto [place, isNew] = seen.try_emplace({a.from, kind, static_cast<int>(a.endPart * 8)}, -kUnseen);
            if (zoomed(s->from) - place->second < theme_.px(4))
                continue;
            place->second = zoomed(s->from);
        }
        part.ids.push_back(s->id);
    }
    for (std::size_t d = 0; d < directions_.size(); ++d) {
        const std::vector<double>& start = directions_[d].start;
        const auto until = [&](double y) {
            return static_cast<int>(
                std::partition_point(start.begin(), start.end(), [&](double at) { return zoomed(at) < y; }) -
                start.begin());
        };
        const int end = until(bottom);
        for (int i = until(top); i < end;) {
            const double band = theme_.px(kBundle);
            const double at = zoomed(start[static_cast<std::size_t>(i)]);
            const int next =
                zoom_ < 1 ? std::min(end, std::max(i + 1, until((std::floor(at / band + 1e-9) + 1) * band))) : i + 1;
            if (next - i > kMostSingles)
                part.bundles.push_back(makeBundle(static_cast<int>(d), i, next));
            else
                for (int k = i; k < next; ++k)
                    part.ids.push_back(directions_[d].ids[static_cast<std::size_t>(k)]);
            i = next;
        }
    }
    std::sort(part.ids.begin(), part.ids.end());
}

SequenceArrow SequenceLayout::makeArrow(int index) const
{
    const auto inset = [this](NodeId host) { return (hasMargin(host) ? band_ / 2 : theme_.px(1)) + theme_.px(2); };
    const LadderArrow& a = model_->arrows[static_cast<std::size_t>(index)];
    SequenceArrow arrow;
    arrow.drawn = a.start >= 0 && a.from != a.to && model_->columnOf(a.from) >= 0 && model_->columnOf(a.to) >= 0;
    if (!arrow.drawn)
        return arrow;
    const double way = x(a.from) < x(a.to) ? 1 : -1;
    const double from = x(a.from) + way * inset(a.from);
    const double to = x(a.to) - way * inset(a.to);
    const auto at = [&](double part) { return from + (to - from) * part; };
    arrow.path << QPointF(at(a.startPart), tickY(a.start));
    if (a.hold >= 0)
        arrow.path << QPointF(at(a.holdPart), tickY(a.hold))
                   << QPointF(at(a.holdPart), tickY(a.letGo >= 0 ? a.letGo : static_cast<int>(tickY_.size()) - 1));
    if (a.hold < 0 || a.letGo >= 0)
        arrow.path << QPointF(at(a.endPart),
                              a.end >= 0 ? tickY(a.end) : std::max(bottom(), arrow.path.last().y() + theme_.px(8)));
    return arrow;
}

SequencePart& SequenceLayout::worded(int number) const
{
    SequencePart& part = this->part(number);
    if (part.worded)
        return part;
    const int count = static_cast<int>(parts_.size());
    if (number % 2 != 0)
        for (const int neighbour : {number - 1, number + 1})
            if (neighbour < count)
                worded(neighbour);
    placeCalls(part, number);
    if (!whole_)
        for (SequenceBundle& bundle : part.bundles)
            placeCount(bundle, part, number);
    placeTimerLabels(part, number);
    LabelPlacer(*this, part, number).place();
    part.worded = true;
    return part;
}

const SequencePart& SequenceLayout::finished(int number) const
{
    SequencePart& part = worded(number);
    if (part.finished || zoom_ < 1) // from afar no label travels
        return part;
    for (const int neighbour : {number - 1, number + 1})
        if (neighbour >= 0 && neighbour < static_cast<int>(parts_.size()))
            worded(neighbour);
    part.finished = true;
    LabelPlacer(*this, part, number).chooseCapsules();
    return part;
}

const SequencePart& SequenceLayout::whole() const
{
    assert(whole_);
    return finished(0);
}

bool SequenceLayout::hitsText(const TurnedBox& box, int except, const SequencePart& part, int number) const
{
    if (chipTexts_.hits(box) || gapTexts_.hits(box) || part.texts.hits(box, except))
        return true;
    if (whole_)
        return false;
    if (const QRectF bounds = box.bounds(); bounds.top() < partTop(number) || bounds.bottom() > partBottom(number))
        return true;
    if (number % 2 == 0 && !part.worded)
        return false;
    for (const int neighbour : {number - 1, number + 1})
        if (neighbour >= 0 && neighbour < static_cast<int>(parts_.size()) &&
            parts_[static_cast<std::size_t>(neighbour)]->texts.hits(box, except))
            return true;
    return false;
}

void SequenceLayout::placeCalls(SequencePart& part, int number) const
{
    const double height = ruler_.height(TextStyle::Small);
    const auto before = [this](const Timed& t, double y) { return zoomed(t.y) < y; };
    const auto first =
        whole_ ? callsAt_.begin() : std::lower_bound(callsAt_.begin(), callsAt_.end(), number * partHeight_, before);
    const auto last =
        whole_ ? callsAt_.end() : std::lower_bound(first, callsAt_.end(), (number + 1) * partHeight_, before);
    std::vector<int> calls;
    for (auto c = first; c < last; ++c)
        calls.push_back(c->id);
    std::sort(calls.begin(), calls.end());
    for (const int i : calls) {
        const LadderCall& c = model_->calls[static_cast<std::size_t>(i)];
        const Record& r = trace_->records()[c.record];
        const bool isCall = r.kind == RecordKind::App;
        if (zoom_ < 1 && isCall && r.call() == AppCall::Send)
            continue; // too many to be read from afar
        PlacedText note;
        note.subject = i;
        note.text = fromUtf8(isCall ? labelOf(r.call(), scene_.language) : labelOf(r.program(), scene_.language));
        if (isCall && r.call() == AppCall::Send)
            note.text += QStringLiteral(" %1 B").arg(r.value);
        const double width = ruler_.width(TextStyle::Small, note.text);
        const int lanes = lanesOf(c.host);
        // Outside, beyond the timers; without room there, within the ladder, above the arrow that follows.
        const double away = band_ / 2 + theme_.px(9) + width / 2;
        const double y = tickY(c.tick) + height / 2 - theme_.px(2);
        const double outwards = isLeft(c.host) ? -1 : 1;
        for (const double dx : {outwards * (away + lanes * laneWidth_), -outwards * away}) {
            if (zoom_ < 1 && dx * outwards < 0)
                break; // within the ladder there are lines
            note.box = {{x(c.host) + dx, y}, {width, height}, 0};
            const QRectF edges = note.box.bounds();
            const bool taken =
                whole_ ? chipTexts_.hits(note.box) || part.texts.hits(note.box) : hitsText(note.box, -2, part, number);
            note.placed = edges.left() >= theme_.px(3) && edges.right() <= size_.width() - theme_.px(3) && !taken &&
                          !(isMany() && (strikesLifeline(edges) || strikesArrow(edges, part)));
            if (note.placed)
                break;
        }
        if (note.placed)
            part.texts.add(note.box);
        part.calls.push_back(note);
    }
}

void SequenceLayout::placeTimerLabels(SequencePart& part, int number) const
{
    const double height = ruler_.height(TextStyle::Small);
    const auto before = [this](const Timed& t, double y) { return zoomed(t.y) < y; };
    const auto first =
        whole_ ? labels_.begin() : std::lower_bound(labels_.begin(), labels_.end(), number * partHeight_, before);
    const auto last =
        whole_ ? labels_.end() : std::lower_bound(first, labels_.end(), (number + 1) * partHeight_, before);
    std::vector<int> chains;
    for (auto t = first; t < last; ++t)
        if (zoom_ == 1 || model_->timers[static_cast<std::size_t>(t->id)].fired)
            chains.push_back(t->id);
    std::sort(chains.begin(), chains.end());
    for (const int chain : chains) {
        const LadderTimer& t = model_->timers[static_cast<std::size_t>(chain)];
        PlacedText label{chain, timerWords(t), {}, false};
        const double length = ruler_.width(TextStyle::Small, label.text);
        const double gap = laneWidth_ / 2 + theme_.px(1);
        const double x = laneX(t.host, t.lane) + (isLeft(t.host) ? -gap : gap);
        // Near its beginning, or below what else stands there.
        const double least = tickY(t.from) + theme_.px(6);
        const double most = tickY(t.chainEnd) - length - theme_.px(6);
        const double end = std::min(zoom_ == 1 ? std::max(least, most) : most, partBottom(number));
        for (double y = least; y <= end + 0.01 && !label.placed; y += theme_.px(4)) {
            label.box = {{x, y + length / 2}, {length, height}, -90};
            label.placed = !hitsText(label.box, -2, part, number);
        }
        if (label.placed)
            part.texts.add(label.box.grown(theme_.px(1)));
        part.timerLabels.push_back(label);
    }
}

} // namespace packetarium
