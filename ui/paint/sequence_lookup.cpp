// SPDX-License-Identifier: GPL-3.0-or-later
//
// What of a sequence view lies at some heights, or is going on at some record, without walking through the run.
#include "ui/paint/sequence_labels.h"

#include <algorithm>
#include <cmath>

namespace packetarium {

namespace {

constexpr std::size_t kMostFlying = 120; ///< lines under way that are drawn; more are a surface anyway
constexpr std::size_t kMostLoose = 4096;

} // namespace

const SequenceArrow& SequenceLayout::arrow(int index) const
{
    if (whole_)
        return finished(0).arrows[static_cast<std::size_t>(index)];
    const LadderArrow& a = model_->arrows[static_cast<std::size_t>(index)];
    if (a.start >= 0) {
        const int number = partAt(tickY(a.start));
        SequencePart& own = part(number);
        const auto found = std::lower_bound(own.ids.begin(), own.ids.end(), index);
        if (found != own.ids.end() && *found == index) {
            finished(number);
            return own.arrows[static_cast<std::size_t>(found - own.ids.begin())];
        }
    }
    const auto known = loose_.find(index);
    if (known != loose_.end())
        return known->second;
    if (loose_.size() > kMostLoose)
        loose_.clear();
    SequenceArrow arrow = makeArrow(index);
    arrow.label.role = flagRole(trace_->packet(a.id));
    return loose_.emplace(index, std::move(arrow)).first->second;
}

int SequenceLayout::firstPartFor(double from) const
{
    int first = std::max(0, partAt(from) - 1);
    for (const Direction& d : directions_) {
        const auto reaches =
            std::partition_point(d.latest.begin(), d.latest.end(), [&](double end) { return zoomed(end) < from; });
        if (reaches != d.latest.end())
            first = std::min(first, partAt(zoomed(d.start[static_cast<std::size_t>(reaches - d.latest.begin())])));
    }
    return first;
}

std::vector<int> SequenceLayout::arrowsIn(double from, double to) const
{
    std::vector<int> found;
    if (whole_) {
        found = finished(0).ids;
        return found;
    }
    const int last = partAt(to);
    for (int number = firstPartFor(from); number <= last; ++number) {
        const SequencePart& part = finished(number);
        for (std::size_t i = 0; i < part.ids.size(); ++i) {
            const LadderArrow& a = model_->arrows[static_cast<std::size_t>(part.ids[i])];
            const double top = part.arrows[i].path.isEmpty() ? 0 : part.arrows[i].path.first().y();
            if (!a.special && a.end >= 0 && part.arrows[i].drawn && top <= to && tickY(a.end) >= from)
                found.push_back(part.ids[i]);
        }
    }
    specials_.each(unzoomed(from), unzoomed(to), [&](const auto& entry) {
        const std::vector<int>& ids = finished(partAt(zoomed(entry.from))).ids;
        if (zoom_ == 1 || std::binary_search(ids.begin(), ids.end(), entry.id))
            found.push_back(entry.id);
    });
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<int> SequenceLayout::flying(std::size_t recordsDone) const
{
    std::vector<int> found;
    model_->arrowLives.each(recordsDone, recordsDone, [&](const auto& life) {
        const LadderArrow& a = model_->arrows[static_cast<std::size_t>(life.id)];
        if (a.start >= 0 && a.from != a.to && model_->columnOf(a.from) >= 0 && model_->columnOf(a.to) >= 0)
            found.push_back(life.id);
    });
    std::sort(found.begin(), found.end());
    if (!whole_ && found.size() > kMostFlying) {
        const std::size_t stride = found.size() / kMostFlying + 1;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < found.size(); ++i)
            if (i % stride == 0 || model_->arrows[static_cast<std::size_t>(found[i])].special)
                found[kept++] = found[i];
        found.resize(kept);
    }
    return found;
}

SequenceBundle SequenceLayout::makeBundle(int direction, int first, int last) const
{
    const Direction& d = directions_[static_cast<std::size_t>(direction)];
    SequenceBundle b;
    b.direction = direction;
    b.first = first;
    b.last = last;
    b.from = d.from;
    b.to = d.to;
    const auto at = [&](const std::vector<double>& heights, int place) {
        return zoomed(heights[static_cast<std::size_t>(place)]);
    };
    b.startTop = at(d.start, first);
    b.startBottom = at(d.start, last - 1);
    b.endTop = at(d.end, first);
    // Where some overtake others the last one to begin may not be the last to end.
    b.endBottom = std::max(b.endTop, std::max(at(d.latest, last - 1), at(d.end, last - 1)));
    return b;
}

SequenceBundle SequenceLayout::firstOf(const SequenceBundle& bundle, int count) const
{
    SequenceBundle first =
        makeBundle(bundle.direction, bundle.first, bundle.first + std::clamp(count, 1, bundle.count()));
    first.box = bundle.box;
    first.placed = bundle.placed;
    return first;
}

int SequenceLayout::arrowIn(const SequenceBundle& bundle, int place) const
{
    return directions_[static_cast<std::size_t>(bundle.direction)]
        .ids[static_cast<std::size_t>(std::clamp(bundle.first + place, bundle.first, bundle.last - 1))];
}

SequenceLayout::BundleDone SequenceLayout::bundleDone(const SequenceBundle& bundle, std::size_t recordsDone) const
{
    const Direction& d = directions_[static_cast<std::size_t>(bundle.direction)];
    const auto sent = std::partition_point(d.ids.begin() + bundle.first, d.ids.begin() + bundle.last, [&](int id) {
        return model_->arrows[static_cast<std::size_t>(id)].sentRecord < recordsDone;
    });
    const auto ended = std::partition_point(d.lastRecord.begin() + bundle.first, d.lastRecord.begin() + bundle.last,
                                            [&](std::size_t record) { return record < recordsDone; });
    return {static_cast<int>(sent - d.ids.begin()) - bundle.first,
            static_cast<int>(ended - d.lastRecord.begin()) - bundle.first};
}

std::vector<SequenceBundle> SequenceLayout::bundlesIn(double from, double to) const
{
    std::vector<SequenceBundle> found;
    if (whole_)
        return found;
    const int last = partAt(to);
    for (int number = firstPartFor(from); number <= last; ++number)
        for (const SequenceBundle& b : finished(number).bundles)
            if (b.top() <= to && b.bottom() >= from)
                found.push_back(b);
    return found;
}

void SequenceLayout::placeCount(SequenceBundle& b, SequencePart& part, int number) const
{
    const double height = ruler_.height(TextStyle::Label) + theme_.px(2);
    const double width = ruler_.width(TextStyle::Label, bundleWords(b.count())) + theme_.px(12);
    // Near its sender, so that the numbers of both directions stand apart; elsewhere if something is written there.
    for (const double place : {0.25, 0.18, 0.32, 0.4}) {
        const double top = b.startTop + (b.endTop - b.startTop) * place;
        const double bottom = b.startBottom + (b.endBottom - b.startBottom) * place;
        const double cx = x(b.from) + (x(b.to) - x(b.from)) * place;
        b.box = {{cx, (top + bottom) / 2}, {width, height}, 0};
        b.placed = !hitsText(b.box.grown(1), -2, part, number) && !(isMany() && strikesLifeline(b.box.bounds()));
        if (b.placed) {
            part.texts.add(b.box);
            return;
        }
    }
}

QString bundleWords(int count)
{
    return QStringLiteral("×%1").arg(count);
}

std::vector<const ArrowNote*> SequenceLayout::notesOf(int arrow) const
{
    std::vector<const ArrowNote*> found;
    const LadderArrow& a = model_->arrows[static_cast<std::size_t>(arrow)];
    if (a.start >= 0)
        for (const ArrowNote& note : finished(partAt(tickY(a.start))).notes)
            if (note.arrow == arrow)
                found.push_back(&note);
    return found;
}

std::vector<int> SequenceLayout::timersIn(double from, double to) const
{
    std::vector<int> found;
    if (whole_) {
        for (std::size_t i = 0; i < model_->timers.size(); ++i)
            found.push_back(static_cast<int>(i));
        return found;
    }
    // From afar only those that fired: the others were set again and again. Of two on one row of pixels one.
    double last = -1e9;
    (zoom_ < 1 ? firedSpans_ : timerSpans_).each(unzoomed(from), unzoomed(to), [&](const auto& span) {
        if (zoom_ < 1 && zoomed(span.from) - last < theme_.px(3))
            return;
        last = zoomed(span.from);
        found.push_back(span.id);
    });
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<int> SequenceLayout::runningTimers(std::size_t recordsDone) const
{
    std::vector<int> found;
    model_->timerLives.each(recordsDone, recordsDone, [&](const auto& life) { found.push_back(life.id); });
    std::sort(found.begin(), found.end());
    return found;
}

const PlacedText* SequenceLayout::timerLabel(int chain) const
{
    const int from = model_->timers[static_cast<std::size_t>(chain)].from;
    for (const PlacedText& label : finished(partAt(tickY(from))).timerLabels)
        if (label.subject == chain)
            return &label;
    return nullptr;
}

std::vector<const PlacedText*> SequenceLayout::timerLabelsIn(double from, double to) const
{
    std::vector<const PlacedText*> found;
    for (int number = std::max(0, partAt(from) - 1); number <= partAt(to); ++number)
        for (const PlacedText& label : finished(number).timerLabels)
            found.push_back(&label);
    return found;
}

std::vector<const PlacedText*> SequenceLayout::callsIn(double from, double to) const
{
    std::vector<const PlacedText*> found;
    for (int number = std::max(0, partAt(from) - 1); number <= partAt(to); ++number)
        for (const PlacedText& call : finished(number).calls)
            found.push_back(&call);
    return found;
}

std::vector<BoxIndex::Span> SequenceLayout::textsAt(double y, double reach) const
{
    std::vector<BoxIndex::Span> spans = chipTexts_.spansAt(y, reach);
    const auto add = [&](const BoxIndex& texts) {
        for (const BoxIndex::Span& span : texts.spansAt(y, reach))
            spans.push_back(span);
    };
    add(gapTexts_);
    for (int number = std::max(0, partAt(y) - 1); number <= partAt(y); ++number)
        add(finished(number).texts);
    return spans;
}

bool SequenceLayout::overlapsText(const QRectF& contentBox) const
{
    const TurnedBox box = TurnedBox::upright(contentBox);
    if (chipTexts_.hits(box) || gapTexts_.hits(box))
        return true;
    for (int number = std::max(0, partAt(contentBox.top()) - 1); number <= partAt(contentBox.bottom()); ++number)
        if (finished(number).texts.hits(box))
            return true;
    return false;
}

} // namespace packetarium
