// SPDX-License-Identifier: GPL-3.0-or-later
//
// The moving layer of the sequence view.
#include "ui/paint/primitives.h"
#include "ui/paint/sequence_marks.h"
#include "ui/paint/sequence_painter.h"

#include <QPainter>
#include <algorithm>

namespace packetarium {

namespace {

/// What moves at one instant, with its places; computed alike for painting and for finding what to repaint.
class Moving {
public:
    Moving(const StageScene& scene, const SequenceLayout& layout, double scroll)
        : scene_(scene)
        , layout_(layout)
        , theme_(scene.theme)
        , ruler_(scene.theme)
        , done_(scene.moment->recordsDone)
        , scroll_(scroll)
        , now_(layout.y(scene.moment->at))
    {
        for (const int i : layout_.flying(done_))
            flying_.push_back(i);
        findStruckWords();
        running_ = layout_.runningTimers(done_);
        placeChips();
        placePill();
    }

    void paint(QPainter& p)
    {
        for (const HostCard& card : layout_.cards())
            drawCurrentBand(p, card.host);
        for (const int i : running_) {
            const LadderTimer& t = layout_.model().timers[static_cast<std::size_t>(i)];
            drawBracket(p, layout_, theme_, t, layout_.tickY(t.from), now_, timerTail(t),
                        timerTail(t) < layout_.y(t.deadline) || t.deadline > scene_.trace->end());
        }
        drawHighlight(p, scene_.hover, 0.16);
        drawHighlight(p, scene_.selection, 0.3);
        drawNowLine(p);
        for (const int i : flying_)
            drawFlight(p, i);
        for (const int i : struckLabels_)
            drawLabel(p, theme_, layout_.arrow(i).label, layout_.arrow(i).label.box);
        for (const ArrowNote* note : struckNotes_)
            drawNote(p, theme_, *note);
        for (const int i : flying_)
            drawFlyingLabel(p, i);
        for (const int i : flying_)
            drawHead(p, i);
        for (const auto& [state, box] : chips_) {
            const LadderState& s = layout_.model().states[static_cast<std::size_t>(state)];
            drawStateChip(p, theme_, box, s.state, layout_.side(s.host), true, TextStyle::MonoStrong);
        }
        drawPill(p);
    }

    std::vector<QRectF> boxes() const
    {
        std::vector<QRectF> all;
        const auto add = [&all](const QRectF& r, double m) { all.push_back(r.adjusted(-m, -m, m, m)); };
        add(QRectF(0, now_, layout_.size().width(), 0), 3);
        add(pill_, 2);
        for (const HostCard& card : layout_.cards()) {
            const int i = currentState(layout_.model(), card.host, done_);
            if (i >= 0) {
                const double from = layout_.tickY(layout_.model().states[static_cast<std::size_t>(i)].from);
                add(QRectF(layout_.x(card.host) - layout_.bandWidth(), from, 2 * layout_.bandWidth(),
                           std::max(0.0, now_ - from)),
                    3);
            }
        }
        for (const auto& chip : chips_)
            add(chip.second, 3);
        for (const int i : running_) {
            const LadderTimer& t = layout_.model().timers[static_cast<std::size_t>(i)];
            add(bracketBox(layout_, t, layout_.tickY(t.from), timerTail(t)), 2);
        }
        for (const int i : flying_) {
            const QPolygonF& path = layout_.arrow(i).path;
            add(QRectF(path.first(), layout_.pointAtY(i, now_)).normalized(), theme_.px(8));
            if (layout_.arrow(i).capsule)
                add(layout_.capsuleAt(i, now_), 4);
            else
                add(layout_.arrow(i).label.box.bounds(), 3);
            if (layout_.model().arrows[static_cast<std::size_t>(i)].special)
                for (const ArrowNote* note : layout_.notesOf(i))
                    if (note->kind == ArrowNote::Kind::Held && note->placed)
                        add(note->box.bounds(), 3);
        }
        for (const int i : struckLabels_)
            add(layout_.arrow(i).label.box.bounds(), 3);
        for (const ArrowNote* note : struckNotes_)
            add(note->box.bounds(), 3);
        return all;
    }

private:
    /// Words of packets that have arrived or are lost, across which something flies now: they are written over its line.
    void findStruckWords()
    {
        QRectF reach;
        for (const int i : flying_)
            reach |= layout_.arrow(i).path.boundingRect();
        reach = reach.intersected(QRectF(0, scroll_, layout_.size().width(), layout_.viewHeight()));
        if (reach.isEmpty())
            return;
        const auto isStruck = [&](const TurnedBox& box) {
            return std::any_of(flying_.begin(), flying_.end(), [&](int i) {
                const QPolygonF& path = layout_.arrow(i).path;
                for (qsizetype k = 0; k + 1 < path.size(); ++k)
                    if (crosses(box, path[k], path[k + 1]))
                        return true;
                return false;
            });
        };
        const double beside = theme_.px(60);
        for (const int i : layout_.arrowsIn(reach.top() - beside, reach.bottom() + beside)) {
            const SequenceArrow& arrow = layout_.arrow(i);
            if (!arrow.drawn ||
                phaseOf(layout_.model().arrows[static_cast<std::size_t>(i)], done_) != PacketPhase::Done)
                continue;
            if (arrow.label.placed && isStruck(arrow.label.box))
                struckLabels_.push_back(i);
            if (!layout_.model().arrows[static_cast<std::size_t>(i)].special)
                continue;
            for (const ArrowNote* note : layout_.notesOf(i))
                if (note->placed && isStruck(note->box))
                    struckNotes_.push_back(note);
        }
    }

    /// How far a running timer's bracket reaches: to its deadline, or a little way ahead with an open end.
    double timerTail(const LadderTimer& t) const
    {
        const double deadline = t.deadline <= scene_.trace->end() ? layout_.y(t.deadline) : layout_.contentHeight();
        double tail = now_ + theme_.px(40);
        if (const PlacedText* label = layout_.timerLabel(t.chain); label != nullptr && label->placed)
            tail = std::max(tail, label->box.bounds().bottom() + theme_.px(4));
        return std::min(tail, deadline);
    }

    void placeChips()
    {
        if (!layout_.tellsStates())
            return;
        for (const HostCard& card : layout_.cards()) {
            const int i = currentState(layout_.model(), card.host, done_);
            if (i < 0)
                continue;
            // Zoomed out, others may stand where it would: the state of the moment is told all the same.
            const bool displaced = !layout_.chips()[static_cast<std::size_t>(i)].placed;
            if (displaced && (layout_.zoom() == 1 || theme_.isProjector() || !layout_.hasMargin(card.host)))
                continue;
            QRectF box = layout_.chips()[static_cast<std::size_t>(i)].box.bounds();
            const double least = std::max(scroll_ + theme_.px(6), displaced ? box.top() : 0.0);
            if (box.top() < least || displaced) {
                // Its beginning has scrolled away: it stays in sight at the top, where nothing else is written.
                const QRectF home = box;
                const auto isTaken = [this](const QRectF& where) {
                    return layout_.overlapsText(where) ||
                           std::any_of(chips_.begin(), chips_.end(),
                                       [&where](const auto& chip) { return chip.second.intersects(where); });
                };
                for (double y = least; y < least + theme_.px(90); y += theme_.px(6)) {
                    box.moveTop(y);
                    if (!isTaken(box))
                        break;
                }
                if (isTaken(box) && displaced)
                    continue;
                if (isTaken(box))
                    box = home;
            }
            chips_.push_back({i, box});
        }
    }

    void placePill()
    {
        pillText_ = fromUtf8(durationText(scene_.moment->at - SimTime::zero(), scene_.language));
        const double width = ruler_.width(TextStyle::Label, pillText_) + theme_.px(16);
        const double height = ruler_.height(TextStyle::Label) + theme_.px(4);
        const double right = layout_.size().width() - theme_.px(6) - width;
        const double left = theme_.px(16);
        pill_ = QRectF(right, now_ - height / 2, width, height);
        if (theme_.isProjector())
            pill_ = {};
        std::vector<QRectF> taken;
        for (const auto& chip : chips_)
            taken.push_back(chip.second);
        for (const int i : flying_)
            if (layout_.arrow(i).capsule)
                taken.push_back(layout_.capsuleAt(i, now_));
        const auto isFree = [&](const QRectF& box) {
            const QRectF wide = box.adjusted(-2, -2, 2, 2);
            return !layout_.overlapsText(wide) &&
                   std::none_of(taken.begin(), taken.end(), [&wide](const QRectF& t) { return t.intersects(wide); });
        };
        if (pill_.isEmpty())
            return;
        for (double shift = 0; shift <= theme_.px(64); shift += theme_.px(1)) {
            for (const double x : {right, left}) {
                for (const double sign : {-1.0, 1.0}) {
                    const QRectF box(x, now_ - height / 2 + sign * shift, width, height);
                    // Only from afar is the other side better.
                    if ((x == left && shift < theme_.px(30)) || box.top() < scroll_ || !isFree(box))
                        continue;
                    pill_ = box;
                    return;
                }
            }
        }
        pill_ = {};
    }

    void drawCurrentBand(QPainter& p, NodeId host)
    {
        const int i = currentState(layout_.model(), host, done_);
        if (i < 0 || !layout_.hasMargin(host))
            return;
        const LadderState& s = layout_.model().states[static_cast<std::size_t>(i)];
        const double from = layout_.tickY(s.from);
        const double to = std::max(now_, from + theme_.px(3));
        const double half = layout_.bandWidth() / 2 + 1;
        p.fillRect(QRectF(layout_.x(host) - half, from, 2 * half, to - from), theme_.color(Role::Background));
        drawBand(p, layout_, theme_, s, from, to, true);
    }

    void drawNowLine(QPainter& p)
    {
        // Broken wherever something is written, so that it strikes nothing out.
        using Span = BoxIndex::Span;
        std::vector<Span> blocked;
        const double m = theme_.px(4);
        const auto block = [&](const QRectF& r) { blocked.push_back({r.left() - m, r.right() + m}); };
        for (const Span& s : layout_.textsAt(now_, m / 2))
            blocked.push_back({s.from - m, s.to + m});
        for (const HostCard& card : layout_.cards())
            blocked.push_back({layout_.x(card.host) - layout_.bandWidth() / 2 - m,
                               layout_.x(card.host) + layout_.bandWidth() / 2 + m});
        for (const auto& chip : chips_)
            if (chip.second.top() - m < now_ && chip.second.bottom() + m > now_)
                block(chip.second);
        if (pill_.top() < now_ && pill_.bottom() > now_)
            block(pill_);
        for (const int i : flying_)
            if (layout_.arrow(i).capsule)
                block(layout_.capsuleAt(i, now_));
        std::sort(blocked.begin(), blocked.end(), [](const Span& a, const Span& b) { return a.from < b.from; });
        p.setPen(dashPen(theme_.color(Role::Now), theme_.px(1.3), theme_.px(5), theme_.px(3)));
        double x = theme_.px(16);
        blocked.push_back({layout_.size().width() - theme_.px(6), 0});
        for (const Span& span : blocked) {
            if (span.from - x > theme_.px(6))
                p.drawLine(QPointF(x, now_), QPointF(span.from, now_));
            x = std::max(x, span.to);
        }
    }

    void drawFlight(QPainter& p, int index)
    {
        const SequenceArrow& arrow = layout_.arrow(index);
        const LadderArrow& a = layout_.model().arrows[static_cast<std::size_t>(index)];
        const QColor main = theme_.color(arrow.label.role);
        const QPointF at = layout_.pointAtY(index, now_);
        QPolygonF gone, rest{at};
        for (const QPointF& point : arrow.path)
            (point.y() <= at.y() ? gone : rest) << point;
        gone << at;
        // Where a packet that will be lost was heading: its end is not told before it happens.
        if (a.lost && rest.size() >= 2) {
            const QPointF d = rest[rest.size() - 1] - rest[rest.size() - 2];
            const double half = layout_.bandWidth() / 2;
            const double far = layout_.x(a.to) + (layout_.x(a.from) < layout_.x(a.to) ? -half : half);
            const QPointF last = rest.last();
            if (std::abs(d.x()) > 1)
                rest << last + d * ((far - last.x()) / d.x() * 0.999);
        }
        p.setBrush(Qt::NoBrush);
        std::reverse(rest.begin(), rest.end());
        const QColor faint = blended(theme_.color(Role::Background), main, 0.6);
        drawStroke(p, dashPen(faint, theme_.px(1.5), theme_.px(2.5), theme_.px(3.5)), rest);
        drawStroke(p, linePen(main, theme_.px(2)), gone);
        if (a.startPart > 0) {
            p.setBrush(theme_.color(Role::Background));
            p.drawEllipse(arrow.path.first(), theme_.px(4), theme_.px(4));
        }
        if (a.hold >= 0 && now_ >= layout_.tickY(a.hold))
            for (const ArrowNote* note : layout_.notesOf(index))
                if (note->kind == ArrowNote::Kind::Held)
                    drawNote(p, theme_, *note);
    }

    void drawHead(QPainter& p, int index)
    {
        const SequenceArrow& arrow = layout_.arrow(index);
        const QPointF at = layout_.pointAtY(index, now_);
        // It passes under words, its own and those of others.
        const double r = theme_.px(5);
        if (hidesWords(QRectF(at.x() - r, at.y() - r, 2 * r, 2 * r)))
            return;
        p.setPen(linePen(theme_.color(Role::Background), theme_.px(1.5)));
        p.setBrush(theme_.color(arrow.label.role));
        p.drawEllipse(at, r, r);
    }

    /// Would a shape here lie on words that can be seen now?
    bool hidesWords(const QRectF& shape) const
    {
        const TurnedBox box = TurnedBox::upright(shape);
        // Words stand a little beside their arrow; those that travel are at the now-line.
        const double beside = theme_.px(60);
        std::vector<int> near = layout_.arrowsIn(shape.top() - beside, shape.bottom() + beside);
        for (const int i : near) {
            const SequenceArrow& arrow = layout_.arrow(i);
            const PacketPhase phase = phaseOf(layout_.model().arrows[static_cast<std::size_t>(i)], done_);
            if (arrow.drawn && arrow.capsule && phase == PacketPhase::UnderWay) {
                if (layout_.capsuleAt(i, now_).intersects(shape))
                    return true;
            } else if (arrow.drawn && arrow.label.placed) {
                TurnedBox words = arrow.label.box;
                if (phase == PacketPhase::Pending)
                    words.size.setWidth(std::min(words.size.width(), arrow.label.pendingWidth));
                if (overlap(words, box))
                    return true;
            }
        }
        return std::any_of(near.begin(), near.end(), [&](int i) {
            if (!layout_.model().arrows[static_cast<std::size_t>(i)].special)
                return false;
            const std::vector<const ArrowNote*> notes = layout_.notesOf(i);
            return std::any_of(notes.begin(), notes.end(),
                               [&box](const ArrowNote* note) { return note->placed && overlap(note->box, box); });
        });
    }

    void drawFlyingLabel(QPainter& p, int index)
    {
        const SequenceArrow& arrow = layout_.arrow(index);
        if (arrow.capsule)
            drawLabel(p, theme_, arrow.travelling, TurnedBox::upright(layout_.capsuleAt(index, now_)));
        else if (arrow.label.placed)
            drawLabel(p, theme_, arrow.label, arrow.label.box);
    }

    void drawHighlight(QPainter& p, const Selection& what, double opacity)
    {
        if (what.kind == Selection::Kind::Host)
            return; // on the header
        const QPainterPath outline = sequenceOutline(layout_, what, done_, scroll_);
        if (outline.isEmpty())
            return;
        p.save();
        p.translate(0, scroll_ - layout_.headerHeight()); // outlines are in the view's coordinates
        p.setBrush(Qt::NoBrush);
        p.setPen(linePen(faded(theme_.color(Role::Focus), opacity), theme_.px(7)));
        p.drawPath(outline);
        p.restore();
    }

    void drawPill(QPainter& p)
    {
        if (pill_.isEmpty())
            return;
        p.setPen(Qt::NoPen);
        p.setBrush(theme_.color(Role::Now));
        p.drawRoundedRect(pill_, pill_.height() / 2, pill_.height() / 2);
        drawText(p, theme_, TextStyle::Label, theme_.color(Role::OnNow), pill_, Qt::AlignCenter, pillText_);
    }

    const StageScene& scene_;
    const SequenceLayout& layout_;
    const Theme& theme_;
    TextRuler ruler_;
    std::size_t done_;
    double scroll_, now_;
    std::vector<int> flying_, running_;
    std::vector<int> struckLabels_;
    std::vector<const ArrowNote*> struckNotes_;
    std::vector<std::pair<int, QRectF>> chips_; ///< state, box
    QRectF pill_;
    QString pillText_;
};

} // namespace

void paintSequenceMoving(QPainter& painter, const StageScene& scene, const SequenceLayout& layout, double scroll)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    Moving(scene, layout, scroll).paint(painter);
    painter.restore();
}

std::vector<QRectF> sequenceMovingBoxes(const StageScene& scene, const SequenceLayout& layout, double scroll)
{
    return Moving(scene, layout, scroll).boxes();
}

void paintSequence(QPainter& painter, const StageScene& scene, const SequenceLayout& layout)
{
    const double scroll = layout.scrollFor(layout.y(scene.moment->at));
    painter.save();
    painter.translate(0, layout.headerHeight() - scroll);
    paintSequenceSettled(painter, scene, layout, QRectF(0, scroll, layout.size().width(), layout.viewHeight()));
    paintSequenceMoving(painter, scene, layout, scroll);
    painter.restore();
    paintSequenceHeader(painter, scene, layout, scroll);
}

} // namespace packetarium
