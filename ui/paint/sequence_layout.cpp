// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/sequence_layout.h"

#include "ui/i18n/stage_words.h"
#include "ui/paint/sequence_labels.h"

#include <algorithm>

namespace packetarium {

namespace {

// Desktop pixels; Theme::px() scales them.
constexpr double kPadSide = 12;
constexpr double kMaxLadder = 960;   ///< a wider ladder only makes the eye travel
constexpr double kRoomyLadder = 300; ///< below this, chips move onto the lifelines

} // namespace

SequenceLayout::SequenceLayout(const StageScene& scene, QSizeF size)
    : trace_(scene.trace)
    , story_(scene.story)
    , theme_(scene.theme)
    , ruler_(scene.theme)
    , size_(size)
    , model_(readLadder(*scene.trace))
    , texts_(scene.theme.px(64))
{
    placeColumns();
    placeCards(scene);
    wordTimers(scene);
    placeTicks(*scene.story);
    placeChips();
    placeCalls(scene);
    placeGaps(scene);
    placeTimerLabels();
    placeArrows();
    LabelPlacer(*this, scene).place();
}

void SequenceLayout::placeColumns()
{
    const auto px = [this](double v) { return theme_.px(v); };
    band_ = theme_.isProjector() ? px(4) : px(22);
    laneWidth_ = px(12) + ruler_.height(TextStyle::Small);
    chipWidth_ = 0;
    if (!theme_.isProjector())
        for (const LadderState& s : model_.states)
            chipWidth_ =
                std::max(chipWidth_, ruler_.width(TextStyle::MonoStrong, fromUtf8(toString(s.state))) + px(20));
    const double lanes = std::max(model_.lanesOf[0], model_.lanesOf[1]) * laneWidth_;
    double margin = px(kPadSide) + chipWidth_ + px(8) + lanes + band_ / 2 + px(4);
    const double width = size_.width();
    narrow_ = width - 2 * margin < px(kRoomyLadder);
    if (narrow_)
        margin = px(6) + std::max(chipWidth_ / 2, lanes + band_ / 2 + px(4));
    if (theme_.isProjector())
        margin = std::max(margin, 0.2 * width);
    const double ladder = std::clamp(width - 2 * margin, px(40), px(kMaxLadder));
    x_[0] = (width - ladder) / 2;
    x_[1] = (width + ladder) / 2;
    header_ = theme_.isProjector() ? px(54) : px(66);
}

double SequenceLayout::laneX(NodeId host, int lane) const
{
    const double out = band_ / 2 + theme_.px(theme_.isProjector() ? 9 : 7) + lane * laneWidth_;
    return isLeft(host) ? x(host) - out : x(host) + out;
}

void SequenceLayout::placeCards(const StageScene& scene)
{
    const auto px = [this](double v) { return theme_.px(v); };
    const std::size_t count = std::min<std::size_t>(2, trace_->nodes().size());
    for (std::size_t h = 0; h < count; ++h) {
        HostCard card;
        card.host = NodeId(static_cast<std::uint8_t>(h));
        card.name = h < scene.hostLabels.size() ? scene.hostLabels[h] : fromUtf8(trace_->nodes()[h].name);
        const double half = std::min(x_[0] * 2, size_.width() / 2) - px(4);
        if (theme_.isProjector()) {
            double chip = 0;
            for (const LadderState& s : model_.states)
                if (s.host == card.host)
                    chip = std::max(chip, ruler_.width(TextStyle::MonoStrong, fromUtf8(toString(s.state))));
            card.box = QRectF(x(card.host) - half, px(2), 2 * half, px(24));
            const double chipWidth = std::max(chip + px(32), px(92));
            card.chip = QRectF(x(card.host) - chipWidth / 2, px(28), chipWidth, px(20));
            card.name = ruler_.fitted(TextStyle::Title, card.name, 2 * half);
            cards_.push_back(card);
            continue;
        }
        std::uint16_t port = 0;
        for (const TraceConn& c : trace_->conns())
            if (c.host == card.host && port == 0)
                port = c.localPort;
        bool connects = false, listens = false;
        for (const Record& r : trace_->records()) {
            if (r.kind != RecordKind::App || r.host != card.host)
                continue;
            connects = connects || r.call() == AppCall::Connect;
            listens = listens || r.call() == AppCall::Listen;
        }
        if (connects != listens)
            card.role = fromUtf8(word(connects ? StageWord::ActiveOpen : StageWord::PassiveOpen, scene.language));
        card.address = fromUtf8(trace_->nodes()[h].address.toString());
        if (port != 0)
            card.address += QStringLiteral(" : ") + QString::number(port);
        const double pads = px(28);
        const double most = size_.width() / 2 - px(12);
        double width =
            std::max({ruler_.width(TextStyle::Heading, card.name) + px(16) + ruler_.width(TextStyle::Small, card.role),
                      ruler_.width(TextStyle::MonoSmall, card.address), px(150)}) +
            pads;
        if (width > most) {
            width = most;
            card.role.clear();
            card.name = ruler_.fitted(TextStyle::Heading, card.name, most - pads);
            card.address = ruler_.fitted(TextStyle::MonoSmall, card.address, most - pads);
        }
        double left = x(card.host) - width / 2;
        left = h == 0 ? std::clamp(left, px(8), std::max(px(8), size_.width() / 2 - px(4) - width))
                      : std::clamp(left, size_.width() / 2 + px(4),
                                   std::max(size_.width() / 2 + px(4), size_.width() - px(8) - width));
        card.box = QRectF(left, px(8), width, px(50));
        cards_.push_back(card);
    }
}

void SequenceLayout::wordTimers(const StageScene& scene)
{
    // The words first, because ticks are set far enough apart for them; the places follow the ticks.
    for (std::size_t i = 0; i < model_.timers.size(); ++i) {
        const LadderTimer& t = model_.timers[i];
        timerText_.push_back(fromUtf8(timerName(t.timer, scene.language)) + QLatin1Char(' ') +
                             fromUtf8(durationText(t.duration(), scene.language)));
        timerTextWidth_.push_back(ruler_.width(TextStyle::Small, timerText_.back()));
        if (t.chain == static_cast<int>(i))
            timerLabels_.push_back({static_cast<int>(i), timerText_.back(), {}, false});
    }
}

void SequenceLayout::placeTimerLabels()
{
    const double height = ruler_.height(TextStyle::Small);
    for (PlacedText& label : timerLabels_) {
        const LadderTimer& t = model_.timers[static_cast<std::size_t>(label.subject)];
        const double length = ruler_.width(TextStyle::Small, label.text);
        const double gap = laneWidth_ / 2 + theme_.px(1);
        const double x = laneX(t.host, t.lane) + (isLeft(t.host) ? -gap : gap);
        // Near its beginning, or below what else stands there.
        const double last = std::max(tickY(t.from) + theme_.px(6), tickY(t.chainEnd) - length - theme_.px(6));
        for (double y = tickY(t.from) + theme_.px(6); y <= last + 0.01 && !label.placed; y += theme_.px(4)) {
            label.box = {{x, y + length / 2}, {length, height}, -90};
            label.placed = !texts_.hits(label.box);
        }
        if (label.placed)
            texts_.add(label.box.grown(theme_.px(1)));
    }
}

void SequenceLayout::placeChips()
{
    const auto px = [this](double v) { return theme_.px(v); };
    const double height = ruler_.height(TextStyle::MonoStrong) + px(6);
    for (std::size_t i = 0; i < model_.states.size(); ++i) {
        const LadderState& s = model_.states[i];
        PlacedText chip;
        chip.subject = static_cast<int>(i);
        chip.text = fromUtf8(toString(s.state));
        const double width = ruler_.width(TextStyle::MonoStrong, chip.text) + px(20);
        const double y = tickY(s.from) + px(kChipDrop) + height / 2;
        const int lanes = model_.lanesOf[isLeft(s.host) ? 0 : 1];
        const double out = band_ / 2 + px(7) + lanes * laneWidth_ + width / 2;
        const double x0 = x(s.host);
        chip.box = {{narrow_ ? x0 : isLeft(s.host) ? x0 - out : x0 + out, y}, {width, height}, 0};
        chip.placed = !theme_.isProjector();
        if (chip.placed)
            texts_.add(chip.box.grown(px(1)));
        chips_.push_back(chip);
    }
}

void SequenceLayout::placeCalls(const StageScene& scene)
{
    const double height = ruler_.height(TextStyle::Small);
    for (std::size_t i = 0; i < model_.calls.size(); ++i) {
        const LadderCall& c = model_.calls[i];
        const Record& r = trace_->records()[c.record];
        PlacedText note;
        note.subject = static_cast<int>(i);
        note.text = fromUtf8(labelOf(r.call(), scene.language));
        if (r.call() == AppCall::Send)
            note.text += QStringLiteral(" %1 B").arg(r.value);
        const double width = ruler_.width(TextStyle::Small, note.text);
        const int lanes = model_.lanesOf[isLeft(c.host) ? 0 : 1];
        // Outside, beyond the timers; without room there, within the ladder, above the arrow that follows.
        const double away = band_ / 2 + theme_.px(9) + width / 2;
        const double y = tickY(c.tick) + height / 2 - theme_.px(2);
        const double outwards = isLeft(c.host) ? -1 : 1;
        for (const double dx : {outwards * (away + lanes * laneWidth_), -outwards * away}) {
            note.box = {{x(c.host) + dx, y}, {width, height}, 0};
            const QRectF edges = note.box.bounds();
            note.placed =
                edges.left() >= theme_.px(3) && edges.right() <= size_.width() - theme_.px(3) && !texts_.hits(note.box);
            if (note.placed)
                break;
        }
        if (note.placed)
            texts_.add(note.box);
        calls_.push_back(note);
    }
}

void SequenceLayout::placeGaps(const StageScene& scene)
{
    for (const StoryGap& gap : story_->gaps()) {
        GapMark mark;
        mark.top = y(gap.from);
        const auto knot =
            std::lower_bound(knots_.begin(), knots_.end(), gap.to, [](const Knot& k, SimTime t) { return k.at < t; });
        mark.bottom = knot == knots_.end() ? y(gap.to) : knot->firstY;
        mark.text.text = fromUtf8(durationText(gap.to - gap.from, scene.language));
        const double width = ruler_.width(TextStyle::Label, mark.text.text) + theme_.px(24);
        const double height = ruler_.height(TextStyle::Label) + theme_.px(6);
        mark.text.box = {{(x_[0] + x_[1]) / 2, (mark.top + mark.bottom) / 2}, {width, height}, 0};
        mark.text.placed = true;
        texts_.add(mark.text.box.grown(theme_.px(2)));
        gaps_.push_back(mark);
    }
}

void SequenceLayout::placeArrows()
{
    const double inset = band_ / 2 + theme_.px(2);
    for (const LadderArrow& a : model_.arrows) {
        SequenceArrow arrow;
        arrow.drawn = a.start >= 0 && a.from.value() < 2 && a.to.value() < 2;
        if (arrow.drawn) {
            const double side = a.from.value() == 0 ? inset : -inset;
            const double from = x(a.from) + side;
            const double to = x(a.to) - side;
            const auto at = [&](double part) { return from + (to - from) * part; };
            arrow.path << QPointF(at(a.startPart), tickY(a.start));
            if (a.hold >= 0)
                arrow.path << QPointF(at(a.holdPart), tickY(a.hold))
                           << QPointF(at(a.holdPart),
                                      tickY(a.letGo >= 0 ? a.letGo : static_cast<int>(tickY_.size()) - 1));
            const bool arrives = a.end >= 0;
            const PacketInfo& p = trace_->packet(a.id);
            const double endPart = arrives ? a.endPart : p.positionAt(trace_->end());
            if (a.hold < 0 || a.letGo >= 0)
                arrow.path << QPointF(at(endPart), arrives ? tickY(a.end)
                                                           : std::max(bottom(), arrow.path.last().y() + theme_.px(8)));
        }
        arrows_.push_back(arrow);
    }
}

QPointF SequenceLayout::pointAtY(int arrow, double contentY) const
{
    const QPolygonF& path = arrows_[static_cast<std::size_t>(arrow)].path;
    for (qsizetype i = 0; i + 1 < path.size(); ++i) {
        if (contentY > path[i + 1].y() && i + 2 < path.size())
            continue;
        const double height = path[i + 1].y() - path[i].y();
        const double part = height <= 0 ? 0 : std::clamp((contentY - path[i].y()) / height, 0.0, 1.0);
        return path[i] + (path[i + 1] - path[i]) * part;
    }
    return path.last();
}

QRectF SequenceLayout::capsuleAt(int arrow, double contentY) const
{
    const QPointF at = pointAtY(arrow, contentY);
    const QSizeF size = arrows_[static_cast<std::size_t>(arrow)].travelling.box.size;
    const double room = band_ / 2 + theme_.px(8) + size.width() / 2;
    const double least = x_[0] + room;
    const double most = x_[1] - room;
    const double cx = least > most ? (x_[0] + x_[1]) / 2 : std::clamp(at.x(), least, most);
    return {QPointF(cx - size.width() / 2, at.y() - size.height() / 2), size};
}

} // namespace packetarium
