// SPDX-License-Identifier: GPL-3.0-or-later
//
// The settled layer of the sequence view.
#include "ui/paint/primitives.h"
#include "ui/paint/sequence_marks.h"
#include "ui/paint/sequence_painter.h"

#include <QPainter>
#include <algorithm>

namespace packetarium {

namespace {

constexpr double kBeside = 40; ///< desktop pixels: words are no farther from their arrow
/// More changes than this are repainted as one.
constexpr std::ptrdiff_t kMostChanges = 160;

class Settled {
public:
    Settled(QPainter& p, const StageScene& scene, const SequenceLayout& layout, const QRectF& clip)
        : p_(p)
        , scene_(scene)
        , layout_(layout)
        , theme_(scene.theme)
        , clip_(clip)
        , done_(scene.moment->recordsDone)
    {}

    void paint()
    {
        p_.fillRect(clip_, theme_.color(Role::Background));
        lifelines();
        for (const GapMark& gap : layout_.gaps())
            drawGap(gap);
        brackets();
        // Words stand a little beside what they belong to.
        const std::vector<int> arrows =
            layout_.arrowsIn(clip_.top() - theme_.px(kBeside), clip_.bottom() + theme_.px(kBeside));
        const std::vector<SequenceBundle> bundles = layout_.bundlesIn(clip_.top() - 4, clip_.bottom() + 4);
        for (const SequenceBundle& bundle : bundles)
            drawBundle(p_, scene_, layout_, bundle);
        for (const int i : arrows)
            drawArrow(i);
        for (const SequenceBundle& bundle : bundles)
            drawBundleCount(p_, scene_, layout_, bundle);
        for (const int i : arrows)
            drawArrowWords(i);
        for (const int i : arrows)
            if (layout_.model().arrows[static_cast<std::size_t>(i)].special)
                for (const ArrowNote* note : layout_.notesOf(i))
                    if (visible(note->box.bounds()) && noteHappened(*note))
                        drawNote(p_, theme_, *note);
        chips();
        calls();
    }

private:
    bool visible(const QRectF& r) const { return r.adjusted(-4, -4, 4, 4).intersects(clip_); }
    bool happened(std::size_t record) const { return record == kNoRecord || record < done_; }

    bool noteHappened(const ArrowNote& note) const
    {
        return phaseOf(layout_.model().arrows[static_cast<std::size_t>(note.arrow)], done_) == PacketPhase::Done;
    }

    void lifelines()
    {
        for (const HostCard& card : layout_.cards()) {
            const double x = layout_.x(card.host);
            const double y = std::max(layout_.top(), clip_.top() - 40);
            // Dashes are counted from the lifeline's beginning, so that neighbouring tiles agree.
            QPen pen = dashPen(theme_.color(Role::LineStrong), theme_.px(theme_.isProjector() ? 2.2 : 1.3),
                               theme_.px(3), theme_.px(5));
            pen.setDashOffset((y - layout_.top()) / pen.widthF());
            p_.setPen(pen);
            p_.drawLine(QPointF(x, y), QPointF(x, std::min(layout_.contentHeight(), clip_.bottom() + 40)));
        }
        for (const LadderState& s : layout_.model().states) {
            if (!layout_.hasMargin(s.host) || !happened(s.fromRecord) || s.toRecord == kNoRecord ||
                !happened(s.toRecord))
                continue;
            const double from = layout_.tickY(s.from);
            const double to = layout_.tickY(s.to) - theme_.px(3);
            if (to >= clip_.top() && from <= clip_.bottom())
                drawBand(p_, layout_, theme_, s, from, to, false);
        }
    }

    void drawGap(const GapMark& gap)
    {
        const QRectF box = gap.text.box.bounds();
        const double left = layout_.left() - layout_.bandWidth();
        const double right = layout_.right() + layout_.bandWidth();
        if (!visible(QRectF(left, gap.top, right - left, std::max(1.0, gap.bottom - gap.top))))
            return;
        const double y = box.center().y();
        p_.setBrush(Qt::NoBrush);
        p_.setPen(dashPen(theme_.color(Role::LineStrong), theme_.px(1.2), theme_.px(1.5), theme_.px(5)));
        p_.drawLine(QPointF(left + layout_.bandWidth() * 2, y), QPointF(box.left() - theme_.px(4), y));
        p_.drawLine(QPointF(box.right() + theme_.px(4), y), QPointF(right - layout_.bandWidth() * 2, y));
        if (!gap.text.placed)
            return;
        p_.setPen(linePen(theme_.color(Role::Line), theme_.px(1.2)));
        p_.setBrush(theme_.color(Role::Sunken));
        p_.drawRoundedRect(box, box.height() / 2, box.height() / 2);
        drawText(p_, theme_, TextStyle::Label, theme_.color(Role::Muted), box, Qt::AlignCenter, gap.text.text);
    }

    void brackets()
    {
        const auto& timers = layout_.model().timers;
        for (const int i : layout_.timersIn(clip_.top() - 8, clip_.bottom() + 8)) {
            const LadderTimer& t = timers[static_cast<std::size_t>(i)];
            if (t.toRecord == kNoRecord || !happened(t.fromRecord) || !happened(t.toRecord))
                continue;
            const double from = layout_.tickY(t.from);
            const double to = layout_.tickY(t.to);
            if (!visible(bracketBox(layout_, t, from, to)))
                continue;
            drawBracket(p_, layout_, theme_, t, from, to, to, false);
            if (t.fired) {
                p_.setPen(Qt::NoPen);
                p_.setBrush(theme_.color(Role::TimerFill));
                p_.drawEllipse(QPointF(layout_.laneX(t.host, t.lane), to), theme_.px(4), theme_.px(4));
            }
        }
        for (const PlacedText* label : layout_.timerLabelsIn(clip_.top(), clip_.bottom()))
            if (label->placed && happened(timers[static_cast<std::size_t>(label->subject)].fromRecord) &&
                visible(label->box.bounds()))
                drawText(p_, theme_, TextStyle::Small, theme_.color(Role::Muted), label->box, label->text);
    }

    void drawArrow(int index)
    {
        const SequenceArrow& arrow = layout_.arrow(index);
        if (!arrow.drawn || !visible(arrow.path.boundingRect()))
            return;
        const LadderArrow& a = layout_.model().arrows[static_cast<std::size_t>(index)];
        const PacketPhase phase = phaseOf(a, done_);
        const QColor main = theme_.color(arrow.label.role);
        p_.setBrush(Qt::NoBrush);
        if (phase == PacketPhase::Pending) {
            const QColor faint = blended(theme_.color(Role::Background), theme_.color(Role::Muted), 0.5);
            drawStroke(p_, dashPen(faint, theme_.px(1.3), theme_.px(4), theme_.px(5)), arrow.path);
        }
        if (phase != PacketPhase::Done)
            return;
        drawStroke(p_, linePen(main, theme_.px(2)), arrow.path);
        if (scene_.trace->packet(a.id).injected || a.startPart > 0) {
            p_.setBrush(theme_.color(Role::Background));
            p_.drawEllipse(arrow.path.first(), theme_.px(4), theme_.px(4));
        }
        const QPointF tip = arrow.path.last();
        if (a.lost) {
            drawCross(p_, tip, theme_.px(6), theme_.px(2.6), theme_.color(Role::Rst));
            return;
        }
        double angle = 0;
        static_cast<void>(pointAlong(arrow.path, 1e9, &angle));
        drawArrowHead(p_, tip, angle, theme_.px(10), main);
        if (a.ignored != Reason::None && happened(a.ignoredRecord)) {
            p_.setPen(linePen(theme_.color(Role::Rst), theme_.px(2)));
            p_.drawLine(tip + QPointF(0, -theme_.px(6)), tip + QPointF(0, theme_.px(6)));
        }
    }

    void drawArrowWords(int index)
    {
        const SequenceArrow& arrow = layout_.arrow(index);
        if (!arrow.drawn || !arrow.label.placed || !visible(arrow.label.box.bounds()))
            return;
        const PacketPhase phase = phaseOf(layout_.model().arrows[static_cast<std::size_t>(index)], done_);
        if (phase == PacketPhase::Pending)
            drawPendingLabel(p_, theme_, arrow.label);
        else if (phase == PacketPhase::Done)
            drawLabel(p_, theme_, arrow.label, arrow.label.box);
    }

    void chips()
    {
        std::vector<int> current(layout_.model().columns.size(), -1);
        for (std::size_t i = 0; i < current.size(); ++i)
            current[i] = currentState(layout_.model(), layout_.model().columns[i], done_);
        for (const PlacedText& chip : layout_.chips()) {
            const LadderState& s = layout_.model().states[static_cast<std::size_t>(chip.subject)];
            if (!chip.placed || !happened(s.fromRecord) || !visible(chip.box.bounds()))
                continue;
            // The current one is drawn by the moving layer, which lets it stay in sight.
            if (std::find(current.begin(), current.end(), chip.subject) == current.end())
                drawStateChip(p_, theme_, chip.box.bounds(), s.state, layout_.side(s.host), false,
                              TextStyle::MonoStrong);
        }
    }

    void calls()
    {
        for (const PlacedText* call : layout_.callsIn(clip_.top(), clip_.bottom()))
            if (call->placed && happened(layout_.model().calls[static_cast<std::size_t>(call->subject)].record) &&
                visible(call->box.bounds()))
                drawText(p_, theme_, TextStyle::Small, theme_.color(Role::Ink), call->box, call->text);
        for (const LadderCall& command : layout_.model().commands)
            if (happened(command.record))
                drawDiamond(p_, {theme_.px(7), layout_.tickY(command.tick)}, theme_.px(5), theme_.color(Role::Accent));
    }

    QPainter& p_;
    const StageScene& scene_;
    const SequenceLayout& layout_;
    const Theme& theme_;
    QRectF clip_;
    std::size_t done_;
};

} // namespace

void paintSequenceSettled(QPainter& painter, const StageScene& scene, const SequenceLayout& layout, const QRectF& clip)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    Settled(painter, scene, layout, clip).paint();
    painter.restore();
}

std::vector<QRectF> sequenceSettledChanges(const SequenceLayout& layout, std::size_t before, std::size_t after)
{
    const LadderModel& m = layout.model();
    const auto earlier = [](const LadderTouch& t, std::size_t record) { return t.record < record; };
    const auto first = std::lower_bound(m.touches.begin(), m.touches.end(), std::min(before, after), earlier);
    const auto last = std::lower_bound(first, m.touches.end(), std::max(before, after), earlier);
    if (!layout.isWhole() && last - first > kMostChanges)
        return {QRectF(0, 0, layout.size().width(), layout.contentHeight())};
    std::vector<QRectF> boxes;
    const auto add = [&boxes](const QRectF& r) { boxes.push_back(r.adjusted(-10, -10, 10, 10)); };
    const auto arrowChanged = [&](int i) {
        const SequenceArrow& arrow = layout.arrow(i);
        if (!arrow.drawn)
            return;
        add(arrow.path.boundingRect());
        if (arrow.label.placed)
            add(arrow.label.box.bounds());
        for (const ArrowNote* note : layout.notesOf(i))
            if (note->placed)
                add(note->box.bounds());
        // A bundle's number changes with each of its packets.
        const double y = arrow.path.first().y();
        for (const SequenceBundle& b : layout.bundlesIn(y, y))
            if (b.from == m.arrows[static_cast<std::size_t>(i)].from && b.startTop <= y && b.startBottom >= y)
                add(QRectF(QPointF(layout.left(), b.top()), QPointF(layout.right(), b.bottom())) | b.box.bounds());
    };
    for (auto t = first; t < last; ++t) {
        const auto subject = static_cast<std::size_t>(t->subject);
        switch (t->what) {
        case LadderTouch::What::Arrow: arrowChanged(t->subject); break;
        case LadderTouch::What::State: {
            const LadderState& s = m.states[subject];
            add(layout.chips()[subject].box.bounds());
            add(QRectF(layout.x(s.host) - layout.bandWidth(), layout.tickY(s.from), 2 * layout.bandWidth(),
                       layout.tickY(s.to) - layout.tickY(s.from)));
            break;
        }
        case LadderTouch::What::Timer: {
            const LadderTimer& timer = m.timers[subject];
            add(bracketBox(layout, timer, layout.tickY(timer.from), layout.tickY(timer.to)));
            if (timer.chain == t->subject && t->record == timer.fromRecord)
                if (const PlacedText* label = layout.timerLabel(t->subject))
                    add(label->box.bounds());
            break;
        }
        case LadderTouch::What::Call: {
            const double y = layout.tickY(m.calls[subject].tick);
            for (const PlacedText* call : layout.callsIn(y, y))
                if (call->subject == t->subject)
                    add(call->box.bounds());
            break;
        }
        case LadderTouch::What::Command: add(QRectF(0, layout.tickY(m.commands[subject].tick) - 12, 24, 24)); break;
        }
    }
    return boxes;
}

} // namespace packetarium
