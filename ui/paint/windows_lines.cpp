// SPDX-License-Identifier: GPL-3.0-or-later
//
// The words of the windows view outside its rulers: the lines above and below them, whose they are, the legend.
#include "ui/paint/windows_planner.h"

#include "ui/i18n/stage_words.h"

#include <algorithm>

namespace packetarium {
namespace {

/// What the legend shows, the more telling first. Where there is no room for all, what is not there is left out.
constexpr std::array kLegend = {
    WindowPart::InFlight,     WindowPart::Usable, WindowPart::Waiting, WindowPart::Ready,      WindowPart::HeldBack,
    WindowPart::Sacked,       WindowPart::Unread, WindowPart::Gap,     WindowPart::OutOfOrder, WindowPart::Open,
    WindowPart::Acknowledged, WindowPart::Read,   WindowPart::Outside,
};

bool isReceivers(WindowPart part)
{
    return part >= WindowPart::Read && part <= WindowPart::Beyond;
}

} // namespace

/// Words one after the other, as far as they fit on so many lines.
void WindowsPlanner::flow(const QRectF& box, int lines, const std::vector<Word>& words)
{
    const double lineHeight = box.height() / lines;
    double x = box.left();
    int lineNow = 0;
    for (const Word& w : words) {
        const bool chip = w.fill.isValid();
        const double pad = chip ? px(8) : 0;
        double width = ruler_.width(w.style, w.text) + 2 * pad + 1;
        QString text = w.text;
        if (x > box.left() && x + width > box.right()) {
            if (++lineNow >= lines)
                return;
            x = box.left();
        }
        if (width > box.width()) {
            text = ruler_.fitted(w.style, text, box.width() - 2 * pad);
            width = box.width();
        }
        const double height = std::min(lineHeight - px(2), ruler_.height(w.style) + px(chip ? 3 : 0));
        const QRectF at(x, box.top() + lineNow * lineHeight + (lineHeight - height) / 2, width, height);
        if (chip) {
            WindowsShape s;
            s.box = at;
            s.fill = w.fill;
            s.line = w.border;
            s.width = px(1.2);
            s.radius = height / 2;
            plan_.shapes.push_back(s);
        }
        place(w.style, w.ink, at.adjusted(pad, 0, -pad, 0), Qt::AlignLeft | Qt::AlignVCenter, text);
        if (!w.name.isEmpty()) {
            outline(at, w.what, height / 2);
            item(w.what, at, w.name, w.description);
        }
        x += width + px(chip ? 8 : 14);
    }
}

void WindowsPlanner::planHeader(const WindowsPanel& panel)
{
    const WindowDirection& direction = directionOf(panel);
    const NodeId from = direction.from;
    const NodeId to = plan_.moment->directions[static_cast<std::size_t>(1 - panel.direction)].from;
    const SideRoles roles = sideRoles(panel.direction);
    const auto says = [&](WindowPart p) { return fromUtf8(explain(p, language_)); };
    const auto chip = [&](const QString& text, Role ink, Role border, const Selection& what,
                          const QString& description) {
        return Word{text, TextStyle::Label, color(ink), color(Role::Card), color(border), what, text, description};
    };
    std::vector<Word> words;
    Word title;
    title.text = QString::fromStdString(
        sentence(WindowsWord::Way, language_, {hostText(from), to ? hostText(to) : std::string("?")}));
    title.style = TextStyle::Heading;
    title.ink = color(roles.main);
    words.push_back(title);
    if (direction.send) {
        const SendSide& send = *direction.send;
        const TimerMoment* persist = nullptr;
        for (const TimerMoment& t : send.timers)
            if (t.timer == Timer::Persist)
                persist = &t;
        if (send.windowClosed()) {
            const QString text = persist ? QString::fromStdString(sentence(WindowsWord::ClosedProbe, language_,
                                                                           {timeLeft(*persist).toStdString()}))
                                         : fromUtf8(word(WindowsWord::Closed, language_));
            Word closed{text,
                        TextStyle::Label,
                        color(Role::OnFlag),
                        color(Role::Rst),
                        color(Role::Rst),
                        part(WindowPart::Closed, from),
                        text,
                        says(WindowPart::Closed)};
            words.push_back(closed);
        }
        if (send.limit && send.open)
            words.push_back(chip(
                QString::fromStdString(sentence(WindowsWord::LimitedBy, language_, {labelOf(*send.limit, language_)})),
                Role::Ink, Role::LineStrong, part(WindowPart::Limit, from), fromUtf8(explain(*send.limit, language_))));
        if (send.phase && send.cwnd)
            words.push_back(chip(fromUtf8(labelOf(*send.phase, language_)), Role::Data, Role::Data,
                                 part(WindowPart::Phase, from), fromUtf8(explain(*send.phase, language_))));
        for (const TimerMoment& t : send.timers) {
            Selection what;
            what.kind = Selection::Kind::Timer;
            what.host = from;
            what.index = static_cast<int>(t.timer);
            words.push_back(
                chip(QString::fromStdString(sentence(WindowsWord::TimerLeft, language_,
                                                     {timerName(t.timer, language_), timeLeft(t).toStdString()})),
                     Role::Ink, Role::TimerFill, what, fromUtf8(explain(t.timer, language_))));
        }
        const auto numberWord = [&](const std::string& text) {
            words.push_back({QString::fromStdString(text),
                             TextStyle::MonoSmall,
                             color(Role::Ink),
                             {},
                             {},
                             part(WindowPart::Numbers, from),
                             QString::fromStdString(text),
                             says(WindowPart::Numbers)});
        };
        numberWord(sentence(WindowsWord::InFlight, language_, {groupedNumber(send.flight())}));
        if (send.window && send.scale && *send.scale > 0)
            numberWord(sentence(WindowsWord::RwndScaled, language_,
                                {groupedNumber(*send.window), std::to_string(1U << *send.scale)}));
        else if (send.window)
            numberWord(sentence(WindowsWord::Rwnd, language_, {groupedNumber(*send.window)}));
        if (send.cwnd)
            numberWord("cwnd " + groupedNumber(*send.cwnd));
        if (send.ssthresh && send.cwnd)
            numberWord("ssthresh " +
                       (*send.ssthresh >= 0x3fffffffU ? std::string("∞") : groupedNumber(*send.ssthresh)));
        if (send.waiting() > 0)
            numberWord(sentence(WindowsWord::Waiting, language_, {groupedNumber(send.waiting())}));
    }
    flow(QRectF(panel.box.left(), panel.box.top(), panel.box.width(), headerLines_ * (row_ + px(6))), headerLines_,
         words);
}

void WindowsPlanner::planReceiverLine(const WindowsPanel& panel)
{
    const WindowDirection& direction = directionOf(panel);
    if (!direction.receive)
        return;
    const ReceiveSide& receive = *direction.receive;
    std::vector<Word> words;
    const auto numberWord = [&](const std::string& text) {
        words.push_back({QString::fromStdString(text),
                         TextStyle::MonoSmall,
                         color(Role::Ink),
                         {},
                         {},
                         part(WindowPart::ReceiveNumbers, direction.to),
                         QString::fromStdString(text),
                         fromUtf8(explain(WindowPart::ReceiveNumbers, language_))});
    };
    if (receive.scale && *receive.scale > 0)
        numberWord(sentence(WindowsWord::RcvWindowScaled, language_,
                            {groupedNumber(receive.window), std::to_string(1U << *receive.scale)}));
    else
        numberWord(sentence(WindowsWord::RcvWindow, language_, {groupedNumber(receive.window)}));
    numberWord(sentence(WindowsWord::Unread, language_, {groupedNumber(receive.unread())}));
    std::uint64_t outOfOrder = 0;
    for (const SeqRange& block : receive.blocks)
        outOfOrder += block.size();
    if (outOfOrder > 0)
        numberWord(sentence(WindowsWord::OutOfOrder, language_, {groupedNumber(outOfOrder)}));
    for (const TimerMoment& t : receive.timers) {
        Selection what;
        what.kind = Selection::Kind::Timer;
        what.host = direction.to;
        what.index = static_cast<int>(t.timer);
        const QString text = QString::fromStdString(
            sentence(WindowsWord::TimerLeft, language_, {timerName(t.timer, language_), timeLeft(t).toStdString()}));
        words.push_back({text, TextStyle::Label, color(Role::Ink), color(Role::Card), color(Role::TimerFill), what,
                         text, fromUtf8(explain(t.timer, language_))});
    }
    flow(QRectF(panel.receive.left(), panel.box.bottom() - row_, panel.receive.width(), row_), 1, words);
}

void WindowsPlanner::planGutter(const WindowsPanel& panel)
{
    const WindowDirection& direction = directionOf(panel);
    const NodeId to = plan_.moment->directions[static_cast<std::size_t>(1 - panel.direction)].from;
    const auto label = [&](const QRectF& track, NodeId host, int side, WindowsWord what) {
        const double width = track.left() - panel.box.left() - px(8);
        const double height = ruler_.height(TextStyle::Label) + ruler_.height(TextStyle::Small);
        const QRectF name(panel.box.left(), track.center().y() - height / 2, width, ruler_.height(TextStyle::Label));
        const QRectF below(name.left(), name.bottom(), width, ruler_.height(TextStyle::Small));
        place(TextStyle::Label, color(sideRoles(side).main), name, Qt::AlignLeft | Qt::AlignVCenter,
              ruler_.fitted(TextStyle::Label, hostName(host), width));
        place(TextStyle::Small, color(Role::Muted), below, Qt::AlignLeft | Qt::AlignVCenter,
              ruler_.fitted(TextStyle::Small, fromUtf8(word(what, language_)), width));
        if (!host)
            return;
        Selection whole;
        whole.kind = Selection::Kind::Host;
        whole.host = host;
        const QRectF box = name.united(below);
        outline(box, whole, px(4));
        item(whole, box, hostName(host), fromUtf8(word(what, language_)));
    };
    label(panel.send, direction.from, panel.direction, WindowsWord::Sends);
    label(panel.receive, to, 1 - panel.direction, WindowsWord::Receives);
}

void WindowsPlanner::planLegend(const QRectF& box)
{
    const auto open =
        std::find_if(plan_.panels.begin(), plan_.panels.end(), [](const WindowsPanel& p) { return !p.folded; });
    if (open == plan_.panels.end())
        return;
    const WindowDirection& direction = directionOf(*open);
    const NodeId to = plan_.moment->directions[static_cast<std::size_t>(1 - open->direction)].from;
    const int rows = std::max(1, static_cast<int>(box.height() / (row_ + px(3))));
    const double lineHeight = box.height() / rows;
    const QSizeF swatch(px(22), px(12));
    const auto widthOf = [&](WindowPart p) {
        return swatch.width() + px(6) + ruler_.width(TextStyle::Small, fromUtf8(labelOf(p, language_))) + 1;
    };
    double x = box.left(), y = box.top();
    int rowNow = 0;
    for (const WindowPart p : kLegend) {
        x += widthOf(p) + px(16);
        if (x - px(16) > box.right()) {
            ++rowNow;
            x = box.left() + widthOf(p) + px(16);
        }
    }
    const bool all = rowNow < rows;
    x = box.left();
    rowNow = 0;
    for (const WindowPart p : kLegend) {
        if (!all && !drawn_[static_cast<std::size_t>(p)])
            continue;
        const NodeId host = isReceivers(p) ? to : direction.from;
        const QString text = fromUtf8(labelOf(p, language_));
        const double width = widthOf(p);
        if (x > box.left() && x + width > box.right()) {
            if (++rowNow >= rows)
                return;
            x = box.left();
            y += lineHeight;
        }
        const StretchLook look = lookOf(p, isReceivers(p) ? 1 - open->direction : open->direction);
        WindowsShape s;
        s.box = QRectF(QPointF(x, y + (lineHeight - swatch.height()) / 2), swatch);
        s.fill = look.fill;
        s.line = look.border;
        s.dashed = look.dashed;
        s.width = px(1.2);
        s.radius = px(2);
        s.hatch = look.hatch;
        s.hatchInk = look.hatchInk;
        plan_.shapes.push_back(s);
        const QRectF words(s.box.right() + px(6), y, width - swatch.width() - px(6), lineHeight);
        place(TextStyle::Small, color(Role::Muted), words, Qt::AlignLeft | Qt::AlignVCenter, text);
        if (host) {
            const Selection what = part(p, host);
            const QRectF whole(x, y, width, lineHeight);
            outline(whole.adjusted(-px(2), px(1), px(2), -px(1)), what, px(3));
            item(what, whole, text, fromUtf8(explain(p, language_)));
        }
        x += width + px(16);
    }
}

} // namespace packetarium
