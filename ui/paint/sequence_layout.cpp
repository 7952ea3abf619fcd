// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/sequence_layout.h"

#include "ui/i18n/stage_words.h"
#include "ui/paint/sequence_labels.h"

#include <algorithm>
#include <string>
#include <unordered_map>

namespace packetarium {

namespace {

// Desktop pixels; Theme::px() scales them.
constexpr double kPadSide = 12;
constexpr double kMaxLadder = 960;   ///< a wider ladder only makes the eye travel
constexpr double kRoomyLadder = 300; ///< below this, chips move onto the lifelines
constexpr double kRoomyPitch = 190;  ///< of more than two columns: below this, nothing stands beside the outer ones
constexpr double kSlimCard = 128;

} // namespace

SequenceBasis::SequenceBasis(const StageScene& scene)
    : model(scene.ladder ? scene.ladder : readLadderAhead(*scene.trace))
    , length_(scene.story->length())
    , gaps_(scene.story->gaps().begin(), scene.story->gaps().end())
{
    const std::vector<LadderTick>& ticks = model->ticks;
    shown.reserve(ticks.size());
    for (std::size_t i = 0; i < ticks.size(); ++i)
        shown.push_back(i > 0 && ticks[i].at == ticks[i - 1].at ? shown.back() : scene.story->shown(ticks[i].at));
}

bool SequenceBasis::tells(const StoryTime& story) const
{
    return length_ == story.length() &&
           std::ranges::equal(gaps_, story.gaps(), [](const StoryGap& a, const StoryGap& b) {
               return a.from == b.from && a.to == b.to && a.shownFrom == b.shownFrom && a.shownTo == b.shownTo;
           });
}

SequenceLayout::SequenceLayout(const StageScene& scene, QSizeF size, double zoom,
                               std::shared_ptr<const SequenceBasis> basis)
    : SequenceLayout(scene, size, Measured{basis ? std::move(basis) : std::make_shared<const SequenceBasis>(scene)})
{
    placeCards(scene);
    std::unique_ptr<SequenceLayout> beside;
    if (scene.beside) {
        StageScene other = *scene.beside;
        other.theme = scene.theme;
        beside.reset(new SequenceLayout(other, size, Measured{std::make_shared<const SequenceBasis>(other)}));
    }
    placeTicks(*scene.story, beside.get());
    fullHeight_ = contentHeight_;
    origin_ = tickY_.front();
    sortArrows();
    setZoom(zoom);
}

SequenceLayout::~SequenceLayout() = default;

void SequenceLayout::setZoom(double zoom)
{
    zoom_ = std::clamp(zoom, leastZoom(), 1.0);
    contentHeight_ = std::max(viewHeight(), zoomed(fullHeight_));
    openParts();
    placeChips();
    placeGaps(scene_);
}

double SequenceLayout::leastZoom() const
{
    return std::min(1.0, (viewHeight() - origin_) / std::max(1.0, fullHeight_ - origin_));
}

SequenceLayout::SequenceLayout(const StageScene& scene, QSizeF size, Measured measured)
    : trace_(scene.trace)
    , story_(scene.story)
    , theme_(scene.theme)
    , ruler_(scene.theme)
    , size_(size)
    , scene_(scene)
    , basis_(std::move(measured.basis))
    , model_(basis_->model)
{
    scene_.moment = nullptr;
    scene_.beside = nullptr; // it need not live as long
    placeColumns();
    wordTimers();
}

void SequenceLayout::placeColumns()
{
    const auto px = [this](double v) { return theme_.px(v); };
    band_ = theme_.isProjector() ? px(4) : px(22);
    laneWidth_ = px(12) + ruler_.height(TextStyle::Small);
    chipWidth_ = 0;
    if (!theme_.isProjector())
        for (const LadderState& s : model_->states)
            chipWidth_ =
                std::max(chipWidth_, ruler_.width(TextStyle::MonoStrong, fromUtf8(toString(s.state))) + px(20));
    const std::size_t count = std::max<std::size_t>(2, model_->columns.size());
    const auto gaps = static_cast<double>(count - 1);
    int most = 0;
    for (const int lanes : model_->lanesOf)
        most = std::max(most, lanes);
    const double lanes = most * laneWidth_;
    double margin = px(kPadSide) + chipWidth_ + px(8) + lanes + band_ / 2 + px(4);
    const double width = size_.width();
    bare_ = count > 2 && (theme_.isProjector() || (width - 2 * margin) / gaps < px(kRoomyPitch));
    narrow_ = count == 2 && width - 2 * margin < px(kRoomyLadder);
    if (narrow_)
        margin = px(6) + std::max(chipWidth_ / 2, lanes + band_ / 2 + px(4));
    if (bare_)
        margin = std::min(px(130), width / (2 * static_cast<double>(count)));
    else if (theme_.isProjector())
        margin = std::max(margin, 0.2 * width);
    const double ladder = std::clamp(width - 2 * margin, px(40), px(kMaxLadder) * std::max(1.0, gaps / 2));
    for (std::size_t i = 0; i < count; ++i)
        x_.push_back((width - ladder) / 2 + ladder * static_cast<double>(i) / gaps);
    header_ = theme_.isProjector() ? px(54) : px(66);
    if (bare_) {
        band_ = px(3);
        dropTimers();
    }
}

double SequenceLayout::pitch() const
{
    return (right() - left()) / static_cast<double>(x_.size() - 1);
}

/// Arrows are placed after the texts at the lifelines, so their ends are asked of the model.
bool SequenceLayout::strikesArrow(const QRectF& box, const SequencePart& part) const
{
    const double room = theme_.px(3);
    const QRectF around = box.adjusted(-room, -room, room, room);
    return std::any_of(part.ids.begin(), part.ids.end(), [&](int id) {
        const LadderArrow& a = model_->arrows[static_cast<std::size_t>(id)];
        const double from = y(a.sentAt), to = y(std::max(a.sentAt, std::min(a.endAt, trace_->end())));
        if (from > around.bottom() || to < around.top())
            return false;
        const double start = x(a.from), end = x(a.to);
        // Where the straight line is at the box's two sides.
        const auto at = [&](double px) { return from + (to - from) * (px - start) / (end - start); };
        const double left = std::max(around.left(), std::min(start, end));
        const double right = std::min(around.right(), std::max(start, end));
        if (start == end || left >= right)
            return false;
        return std::min(at(left), at(right)) < around.bottom() && std::max(at(left), at(right)) > around.top();
    });
}

bool SequenceLayout::strikesLifeline(const QRectF& box) const
{
    return std::any_of(x_.begin(), x_.end(),
                       [&](double x) { return box.left() < x + theme_.px(2) && box.right() > x - theme_.px(2); });
}

void SequenceLayout::dropTimers()
{
    auto model = std::make_shared<LadderModel>(*model_);
    model->timers.clear();
    model->lanesOf.assign(model->columns.size(), 0);
    for (LadderTick& tick : model->ticks)
        if (tick.role == TickRole::TimerStart || tick.role == TickRole::TimerEnd)
            tick.subject = -1;
    indexLadder(*model);
    model_ = std::move(model);
}

double SequenceLayout::laneX(NodeId host, int lane) const
{
    const double out = band_ / 2 + theme_.px(theme_.isProjector() ? 9 : 7) + lane * laneWidth_;
    return isLeft(host) ? x(host) - out : x(host) + out;
}

void SequenceLayout::placeCards(const StageScene& scene)
{
    for (const NodeId node : model_->columns) {
        HostCard card;
        card.host = node;
        const std::size_t h = node.value();
        card.name = h < scene.hostLabels.size() ? scene.hostLabels[h] : fromUtf8(trace_->nodes()[h].name);
        if (theme_.isProjector())
            placeSlideCard(std::move(card));
        else
            placeCard(std::move(card), scene);
    }
}

void SequenceLayout::placeSlideCard(HostCard card)
{
    const auto px = [this](double v) { return theme_.px(v); };
    double chip = 0;
    bool hasStates = false;
    for (const LadderState& s : model_->states)
        if (s.host == card.host) {
            chip = std::max(chip, ruler_.width(TextStyle::MonoStrong, fromUtf8(toString(s.state))));
            hasStates = true;
        }
    const double half =
        isMany() ? std::min(pitch() / 2, left()) - px(4) : std::min(left() * 2, size_.width() / 2) - px(4);
    card.box = QRectF(x(card.host) - half, px(2), 2 * half, px(24));
    const double chipWidth = std::max(chip + px(32), px(92));
    if (hasStates && (!isMany() || chipWidth <= pitch() - px(6)))
        card.chip = QRectF(x(card.host) - chipWidth / 2, px(28), chipWidth, px(20));
    card.name = ruler_.fitted(TextStyle::Title, card.name, 2 * half);
    cards_.push_back(std::move(card));
}

void SequenceLayout::placeCard(HostCard card, const StageScene& scene)
{
    const auto px = [this](double v) { return theme_.px(v); };
    const double middle = size_.width() / 2;
    // Where it may stand: on its half, or between its neighbours.
    double from = isLeft(card.host) ? px(8) : middle + px(4);
    double to = isLeft(card.host) ? middle - px(4) : size_.width() - px(8);
    if (isMany()) {
        from = std::max(px(4), x(card.host) - pitch() / 2 + px(3));
        to = std::min(size_.width() - px(4), x(card.host) + pitch() / 2 - px(3));
        card.slim = to - from < px(kSlimCard);
    }
    std::uint16_t port = 0;
    for (const TraceConn& c : trace_->conns())
        if (c.host == card.host && port == 0)
            port = c.localPort;
    const bool connects = model_->connects[card.host.value()], listens = model_->listens[card.host.value()];
    if (connects != listens)
        card.role = fromUtf8(word(connects ? StageWord::ActiveOpen : StageWord::PassiveOpen, scene.language));
    card.address = fromUtf8(trace_->nodes()[card.host.value()].address.toString());
    if (port != 0 && model_->twoHosts)
        card.address += QStringLiteral(" : ") + QString::number(port);
    const double pads = px(card.slim ? 14 : 28);
    const double most = isMany() ? to - from : middle - px(12);
    const TextStyle style = card.slim ? TextStyle::Label : TextStyle::Heading;
    double width = std::max({ruler_.width(style, card.name) + px(16) + ruler_.width(TextStyle::Small, card.role),
                             ruler_.width(TextStyle::MonoSmall, card.address), px(isMany() ? 60 : 150)}) +
                   pads;
    if (width > most) {
        card.role.clear();
        width = std::min(
            most, std::max(ruler_.width(style, card.name), ruler_.width(TextStyle::MonoSmall, card.address)) + pads);
        if (!isMany())
            width = most;
        card.name = ruler_.fitted(style, card.name, width - pads);
        // Half an address says nothing.
        if (isMany() && ruler_.width(TextStyle::MonoSmall, card.address) > width - pads)
            card.address.clear();
        card.address = ruler_.fitted(TextStyle::MonoSmall, card.address, width - pads);
    }
    const double left = std::clamp(x(card.host) - width / 2, from, std::max(from, to - width));
    card.box = QRectF(left, px(8), width, px(50));
    cards_.push_back(std::move(card));
}

QString SequenceLayout::timerWords(const LadderTimer& t) const
{
    return fromUtf8(timerName(t.timer, scene_.language)) + QLatin1Char(' ') +
           fromUtf8(durationText(t.duration(), scene_.language));
}

void SequenceLayout::wordTimers()
{
    // The words first, because ticks are set far enough apart for them; the places follow the ticks. Many timers say the same.
    std::unordered_map<std::string, double> widths;
    timerTextWidth_.assign(model_->timers.size(), 0);
    for (std::size_t i = 0; i < model_->timers.size(); ++i) {
        const LadderTimer& t = model_->timers[i];
        if (t.chain != static_cast<int>(i))
            continue;
        const auto [width, isNew] = widths.try_emplace(std::string(timerName(t.timer, scene_.language)) + ' ' +
                                                       durationText(t.duration(), scene_.language));
        if (isNew)
            width->second = ruler_.width(TextStyle::Small, fromUtf8(width->first));
        timerTextWidth_[i] = width->second;
    }
}

void SequenceLayout::placeChips()
{
    const auto px = [this](double v) { return theme_.px(v); };
    const double height = ruler_.height(TextStyle::MonoStrong) + px(6);
    chips_.clear();
    chipTexts_ = BoxIndex(px(64));
    for (std::size_t i = 0; i < model_->states.size(); ++i) {
        const LadderState& s = model_->states[i];
        PlacedText chip;
        chip.subject = static_cast<int>(i);
        chip.text = fromUtf8(toString(s.state));
        const double width = ruler_.width(TextStyle::MonoStrong, chip.text) + px(20);
        const double y = tickY(s.from) + px(kChipDrop) + height / 2;
        const double out = band_ / 2 + px(7) + lanesOf(s.host) * laneWidth_ + width / 2;
        const double x0 = x(s.host);
        // Beside an inner lifeline it stands between the columns, if nothing else does.
        const bool toTheLeft = isLeft(s.host) == hasMargin(s.host);
        chip.box = {{narrow_ ? x0 : toTheLeft ? x0 - out : x0 + out, y}, {width, height}, 0};
        chip.placed = !theme_.isProjector() && tellsStates();
        if (!hasMargin(s.host))
            chip.placed = chip.placed && !strikesLifeline(chip.box.bounds());
        if (!hasMargin(s.host) || zoom_ < 1)
            chip.placed = chip.placed && !chipTexts_.hits(chip.box);
        if (chip.placed)
            chipTexts_.add(chip.box.grown(px(1)));
        chips_.push_back(chip);
    }
}

/// Folded stretches. In a network several may follow each other with nothing to be seen here in between, such as a row
/// of a table that expires: those are one.
std::vector<StoryGap> SequenceLayout::gapsToMark() const
{
    std::vector<StoryGap> all;
    for (const StoryGap& gap : story_->gaps()) {
        if (gap.from >= trace_->end())
            break; // of a longer run beside this one
        const auto isBefore = [](const LadderTick& tick, SimTime t) { return tick.at < t; };
        const bool joins = !model_->twoHosts && !all.empty() && [&] {
            const auto tick = std::lower_bound(model_->ticks.begin(), model_->ticks.end(), all.back().to, isBefore);
            return tick == model_->ticks.end() || tick->at > gap.from;
        }();
        if (joins)
            all.back().to = gap.to;
        else
            all.push_back(gap);
    }
    return all;
}

void SequenceLayout::placeGaps(const StageScene& scene)
{
    gaps_.clear();
    gapTexts_ = BoxIndex(theme_.px(64));
    for (const StoryGap& gap : gapsToMark()) {
        GapMark mark;
        mark.top = y(gap.from);
        const auto knot =
            std::lower_bound(knots_.begin(), knots_.end(), gap.to, [](const Knot& k, SimTime t) { return k.at < t; });
        mark.bottom = knot == knots_.end() ? y(gap.to) : zoomed(knot->firstY);
        mark.text.text = fromUtf8(durationText(gap.to - gap.from, scene.language));
        const double width = ruler_.width(TextStyle::Label, mark.text.text) + theme_.px(24);
        const double height = ruler_.height(TextStyle::Label) + theme_.px(6);
        const QPointF middle((left() + right()) / 2, (mark.top + mark.bottom) / 2);
        mark.text.box = {middle, {width, height}, 0};
        const auto isTaken = [&] { return gapTexts_.hits(mark.text.box) || chipTexts_.hits(mark.text.box); };
        for (std::size_t i = 0; i + 1 < x_.size() && isTaken(); ++i) // in a network the middle may be a node's place
            mark.text.box.center.setX((x_[i] + x_[i + 1]) / 2);
        if (isTaken())
            mark.text.box.center = middle;
        mark.text.placed = zoom_ == 1 || !isTaken();
        if (mark.text.placed)
            gapTexts_.add(mark.text.box.grown(theme_.px(2)));
        gaps_.push_back(mark);
    }
}

namespace {

QPointF pointOn(const QPolygonF& path, double contentY)
{
    for (qsizetype i = 0; i + 1 < path.size(); ++i) {
        if (contentY > path[i + 1].y() && i + 2 < path.size())
            continue;
        const double height = path[i + 1].y() - path[i].y();
        const double part = height <= 0 ? 0 : std::clamp((contentY - path[i].y()) / height, 0.0, 1.0);
        return path[i] + (path[i + 1] - path[i]) * part;
    }
    return path.last();
}

} // namespace

QPointF SequenceLayout::pointAtY(int arrow, double contentY) const
{
    return pointOn(this->arrow(arrow).path, contentY);
}

QRectF SequenceLayout::capsuleAt(int arrow, double contentY) const
{
    return capsuleOf(this->arrow(arrow), model_->arrows[static_cast<std::size_t>(arrow)], contentY);
}

QRectF SequenceLayout::capsuleOf(const SequenceArrow& arrow, const LadderArrow& a, double contentY) const
{
    const QPointF at = pointOn(arrow.path, contentY);
    const QSizeF size = arrow.travelling.box.size;
    const double room = band_ / 2 + theme_.px(8) + size.width() / 2;
    const double least = std::min(x(a.from), x(a.to)) + room;
    const double most = std::max(x(a.from), x(a.to)) - room;
    const double cx = least > most ? (least + most) / 2 : std::clamp(at.x(), least, most);
    return {QPointF(cx - size.width() / 2, at.y() - size.height() / 2), size};
}

} // namespace packetarium
