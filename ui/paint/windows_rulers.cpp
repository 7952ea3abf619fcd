// SPDX-License-Identifier: GPL-3.0-or-later
//
// The two rulers of a direction: what each stretch of numbers is, the marks at the edges, the axis.
#include "ui/paint/windows_planner.h"

#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

/// What an octet of the sender's is; all are offsets from ISS.
struct SendEdges {
    std::int64_t una, nxt, written, window, allowed;
    bool knowsWindow;
    std::vector<std::pair<std::int64_t, std::int64_t>> sacked;

    WindowPart at(double x) const
    {
        if (x < static_cast<double>(una))
            return WindowPart::Acknowledged;
        if (x < static_cast<double>(nxt)) {
            for (const auto& [from, to] : sacked)
                if (x >= static_cast<double>(from) && x < static_cast<double>(to))
                    return WindowPart::Sacked;
            return WindowPart::InFlight;
        }
        if (x < static_cast<double>(written))
            return x < static_cast<double>(allowed) ? WindowPart::Ready : WindowPart::Waiting;
        if (x < static_cast<double>(allowed))
            return WindowPart::Usable;
        return x < static_cast<double>(window) ? WindowPart::HeldBack : WindowPart::Outside;
    }
};

struct ReceiveEdges {
    std::int64_t read, nxt, edge;
    std::vector<std::pair<std::int64_t, std::int64_t>> blocks;

    WindowPart at(double x) const
    {
        if (x < static_cast<double>(read))
            return WindowPart::Read;
        if (x < static_cast<double>(nxt))
            return WindowPart::Unread;
        for (const auto& [from, to] : blocks)
            if (x >= static_cast<double>(from) && x < static_cast<double>(to))
                return WindowPart::OutOfOrder;
        if (!blocks.empty() && x < static_cast<double>(blocks.back().second))
            return WindowPart::Gap;
        return x < static_cast<double>(edge) ? WindowPart::Open : WindowPart::Beyond;
    }
};

template <class Edges>
auto cutAt(std::vector<std::int64_t> cuts, std::int64_t first, double last, const Edges& edges)
{
    std::vector<std::pair<WindowPart, std::pair<std::int64_t, std::int64_t>>> stretches;
    const auto end = static_cast<std::int64_t>(std::ceil(last));
    cuts.push_back(first);
    cuts.push_back(end);
    std::sort(cuts.begin(), cuts.end());
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
        const std::int64_t from = std::max(cuts[i], first), to = std::min(cuts[i + 1], end);
        if (from >= to)
            continue;
        const WindowPart part = edges.at((static_cast<double>(from) + static_cast<double>(to)) / 2);
        if (!stretches.empty() && stretches.back().first == part && stretches.back().second.second == from &&
            part != WindowPart::OutOfOrder && part != WindowPart::Sacked)
            stretches.back().second.second = to;
        else
            stretches.push_back({part, {from, to}});
    }
    return stretches;
}

/// 1, 2 or 5 times a power of ten.
std::int64_t roundStep(double least)
{
    std::int64_t step = 1;
    for (int i = 0; static_cast<double>(step) < least; ++i)
        step = i % 3 == 1 ? step / 2 * 5 : step * 2;
    return step;
}

} // namespace

StretchLook WindowsPlanner::lookOf(WindowPart part, int side) const
{
    const SideRoles roles = sideRoles(side);
    const QColor main = color(roles.main);
    using Hatch = WindowsShape::Hatch;
    switch (part) {
    case WindowPart::InFlight:
    case WindowPart::Unread: return {main, main, color(roles.on)};
    case WindowPart::Acknowledged:
    case WindowPart::Read: return {color(roles.tint), color(Role::Line), color(Role::Ink)};
    case WindowPart::Sacked:
        return {color(Role::Good),   color(Role::Good),
                color(Role::OnFlag), false,
                Hatch::Upright,      faded(color(Role::OnFlag), 0.4)};
    case WindowPart::OutOfOrder:
        return {color(Role::Data),   color(Role::Data),
                color(Role::OnFlag), false,
                Hatch::Upright,      faded(color(Role::OnFlag), 0.4)};
    case WindowPart::Ready: return {color(Role::Card), main, color(Role::Ink), false, Hatch::Rising, main};
    case WindowPart::Usable:
    case WindowPart::Open: return {color(Role::Card), main, color(Role::Ink), true};
    case WindowPart::Waiting:
        return {color(Role::Sunken), color(Role::LineStrong), color(Role::Ink), false,
                Hatch::Rising,       color(Role::LineStrong)};
    case WindowPart::HeldBack:
        return {color(Role::Card), color(Role::Data), color(Role::Ink), true, Hatch::Dots, color(Role::Data)};
    case WindowPart::Gap: return {color(Role::Card), color(Role::Rst), color(Role::Rst), true, Hatch::None};
    default: break;
    }
    return {color(Role::Sunken), color(Role::Line), color(Role::Ink), false, Hatch::Crossed, color(Role::Line)};
}

std::vector<WindowsPlanner::Stretch> WindowsPlanner::sendStretches(const WindowsPanel& panel) const
{
    const WindowDirection& direction = directionOf(panel);
    const SendSide& send = *direction.send;
    SendEdges e{};
    e.una = offsetOf(direction, send.una);
    e.nxt = offsetOf(direction, send.nxt);
    e.written = offsetOf(direction, send.written);
    e.allowed = std::max(e.nxt, offsetOf(direction, send.allowed()));
    e.window = send.window ? offsetOf(direction, *send.windowEdge()) : e.allowed;
    std::vector<std::int64_t> cuts{e.una, e.nxt, e.written, e.allowed, e.window};
    for (const SeqRange& r : send.sacked) {
        e.sacked.emplace_back(offsetOf(direction, r.left), offsetOf(direction, r.right));
        cuts.insert(cuts.end(), {e.sacked.back().first, e.sacked.back().second});
    }
    std::vector<Stretch> all;
    for (const auto& [part, range] : cutAt(cuts, 0, panel.from + panel.span, e))
        all.push_back({part, range.first, range.second});
    return all;
}

std::vector<WindowsPlanner::Stretch> WindowsPlanner::receiveStretches(const WindowsPanel& panel) const
{
    const WindowDirection& direction = directionOf(panel);
    if (!direction.receive)
        return {};
    const ReceiveSide& receive = *direction.receive;
    ReceiveEdges e{};
    e.read = offsetOf(direction, receive.read);
    e.nxt = offsetOf(direction, receive.nxt);
    e.edge = offsetOf(direction, receive.edge());
    std::vector<std::int64_t> cuts{e.read, e.nxt, e.edge};
    for (const SeqRange& r : receive.blocks) {
        e.blocks.emplace_back(offsetOf(direction, r.left), offsetOf(direction, r.right));
        cuts.insert(cuts.end(), {e.blocks.back().first, e.blocks.back().second});
    }
    std::vector<Stretch> all;
    for (const auto& [part, range] : cutAt(cuts, 0, panel.from + panel.span, e))
        all.push_back({part, range.first, range.second});
    return all;
}

void WindowsPlanner::planRulers(const WindowsPanel& panel)
{
    const WindowDirection& direction = directionOf(panel);
    const SendSide& send = *direction.send;
    planStretches(panel, panel.send, sendStretches(panel), send.fin, send.host);
    std::vector<Mark> marks{{WindowPart::SndUna, offsetOf(direction, send.una), send.una},
                            {WindowPart::SndNxt, offsetOf(direction, send.nxt), send.nxt}};
    if (send.window)
        marks.push_back({WindowPart::SendEdge, offsetOf(direction, *send.windowEdge()), *send.windowEdge()});
    if (send.cwnd)
        marks.push_back({WindowPart::CwndEdge, offsetOf(direction, *send.cwndEdge()), *send.cwndEdge()});
    planMarks(panel, panel.send, marks, send.host, true);

    if (!direction.receive) {
        WindowsShape empty;
        empty.box = panel.receive;
        empty.fill = color(Role::Sunken);
        empty.radius = px(3);
        plan_.shapes.push_back(empty);
        return;
    }
    const ReceiveSide& receive = *direction.receive;
    planStretches(panel, panel.receive, receiveStretches(panel), receive.fin, receive.host);
    planMarks(panel, panel.receive,
              {{WindowPart::RcvNxt, offsetOf(direction, receive.nxt), receive.nxt},
               {WindowPart::ReceiveEdge, offsetOf(direction, receive.edge()), receive.edge()}},
              receive.host, false);
}

void WindowsPlanner::planStretches(const WindowsPanel& panel, const QRectF& ruler,
                                   const std::vector<Stretch>& stretches, std::optional<Seq32> finNumber, NodeId host)
{
    WindowsShape track;
    track.box = ruler;
    track.fill = color(Role::Background);
    track.line = color(Role::Line);
    track.width = px(1);
    plan_.shapes.push_back(track);
    const WindowDirection& direction = directionOf(panel);
    const int side = sideOf(host);
    const auto fin = finNumber ? std::optional(offsetOf(direction, *finNumber)) : std::nullopt;
    for (const Stretch& s : stretches) {
        const double left = std::max(ruler.left(), panel.x(static_cast<double>(s.from)));
        const double right = std::min(ruler.right(), panel.x(static_cast<double>(s.to)));
        if (right <= left)
            continue;
        drawn_[static_cast<std::size_t>(s.part)] = true;
        const StretchLook look = lookOf(s.part, side);
        WindowsShape shape;
        shape.box = QRectF(left, ruler.top(), right - left, ruler.height());
        shape.fill = look.fill;
        shape.line = look.border;
        shape.width = px(1.2);
        shape.dashed = look.dashed;
        shape.hatch = look.hatch;
        shape.hatchInk = look.hatchInk;
        plan_.shapes.push_back(shape);
        const Selection what = part(s.part, host);
        // SYN and FIN have numbers, but are no octets.
        const bool withFin = fin && s.from <= *fin && *fin < s.to;
        const std::int64_t octets = s.to - s.from - (s.from == 0 ? 1 : 0) - (withFin ? 1 : 0);
        const auto count = static_cast<std::uint64_t>(std::max<std::int64_t>(0, octets));
        QStringList flags;
        if (octets <= 0 && s.from == 0)
            flags << QStringLiteral("SYN");
        if (octets <= 0 && withFin)
            flags << QStringLiteral("FIN");
        const QString name = flags.isEmpty() ? fromUtf8(labelOf(s.part, language_)) : flags.join(QStringLiteral(" + "));
        // What is open-ended has no size worth saying.
        const bool endless = s.part == WindowPart::Outside || s.part == WindowPart::Beyond;
        const QString size = endless || !flags.isEmpty() ? QString() : QString::fromStdString(groupedNumber(count));
        const bool cut = static_cast<double>(s.to) >= panel.from + panel.span && !endless;
        QStringList candidates;
        if (!size.isEmpty() && !cut)
            candidates << name + QLatin1Char(' ') + size;
        candidates << name;
        if (!size.isEmpty() && !cut)
            candidates << size;
        for (const QString& text : candidates) {
            const double width = ruler_.width(TextStyle::Small, text) + px(4);
            if (width > shape.box.width() - px(6))
                continue;
            const double height = ruler_.height(TextStyle::Small);
            const QRectF box(shape.box.center().x() - width / 2, shape.box.center().y() - height / 2, width, height);
            if (place(TextStyle::Small, look.ink, box, Qt::AlignCenter, text,
                      look.hatch != WindowsShape::Hatch::None ? look.fill : QColor()))
                break;
        }
        outline(shape.box, what, 0);
        const Seq32 from = direction.send->iss + static_cast<std::uint32_t>(s.from);
        const Seq32 to = direction.send->iss + static_cast<std::uint32_t>(s.to);
        QString description = fromUtf8(explain(s.part, language_));
        if (flags.size() == 1)
            description = QString::fromStdString(sentence(WindowsWord::NoOctet, language_, {name.toStdString()}));
        else if (flags.size() > 1)
            description = fromUtf8(word(WindowsWord::NoOctets, language_));
        else if (!endless && !cut)
            description = QString::fromStdString(
                              sentence(WindowsWord::Octets, language_,
                                       {octetsText(count, language_), number(direction.send->host, from).toStdString(),
                                        number(direction.send->host, to).toStdString()})) +
                          QLatin1Char(' ') + description;
        item(what, shape.box, name, description);
    }
    // The numbers go on where the ruler ends.
    const auto torn = [&](double x) {
        WindowsShape edge;
        edge.kind = WindowsShape::Kind::Torn;
        edge.box = QRectF(x - px(2), ruler.top() - px(2), px(4), ruler.height() + px(4));
        edge.fill = color(Role::Card);
        edge.line = color(Role::LineStrong);
        edge.width = px(1.2);
        plan_.shapes.push_back(edge);
    };
    torn(ruler.right() - px(5));
    if (panel.from > 0)
        torn(ruler.left() + px(5));
}

// --- marks --------------------------------------------------------------------------------------------------------

/// Those at one place share a label.
void WindowsPlanner::planMarks(const WindowsPanel& panel, const QRectF& ruler, std::vector<Mark> marks, NodeId host,
                               bool above)
{
    for (const Mark& mark : marks)
        drawMark(panel, ruler, mark, above);
    while (!marks.empty()) {
        std::vector<Mark> together;
        const std::int64_t at = marks.front().offset;
        std::copy_if(marks.begin(), marks.end(), std::back_inserter(together),
                     [at](const Mark& m) { return m.offset == at; });
        std::erase_if(marks, [at](const Mark& m) { return m.offset == at; });
        double next = 1e9;
        for (const Mark& m : marks)
            if (m.offset > at)
                next = std::min(next, panel.x(static_cast<double>(m.offset)));
        planMark(panel, ruler, together, host, above, next);
    }
}

void WindowsPlanner::drawMark(const WindowsPanel& panel, const QRectF& ruler, const Mark& mark, bool above)
{
    const double x = panel.x(static_cast<double>(mark.offset));
    if (x < ruler.left() - 1 || x > ruler.right() + 1)
        return;
    const double reach = px(6);
    const QPointF top(x, ruler.top() - (above ? reach : 0)), bottom(x, ruler.bottom() + (above ? 0 : reach));
    const QColor ink = color(Role::Ink);
    const bool closed = mark.part == WindowPart::SendEdge && directionOf(panel).send->windowClosed();
    switch (mark.part) {
    case WindowPart::CwndEdge: {
        line(top, bottom + QPointF(0, reach), color(Role::Data), px(2.4), true);
        WindowsShape diamond;
        diamond.kind = WindowsShape::Kind::Diamond;
        diamond.box = QRectF(x - px(5), ruler.bottom() + px(2), px(10), px(10));
        diamond.fill = color(Role::Data);
        plan_.shapes.push_back(diamond);
        break;
    }
    case WindowPart::SendEdge:
    case WindowPart::ReceiveEdge: {
        const QColor gate = closed ? color(Role::Rst) : ink;
        line(top, bottom, gate, px(closed ? 4 : 2.2));
        line(top + QPointF(px(4), 0), bottom + QPointF(px(4), 0), gate, px(closed ? 3 : 1.4));
        break;
    }
    default: line(top, bottom, ink, px(2)); break;
    }
}

void WindowsPlanner::planMark(const WindowsPanel& panel, const QRectF& ruler, const std::vector<Mark>& together,
                              NodeId host, bool above, double nextX)
{
    const double x = panel.x(static_cast<double>(together.front().offset));
    const bool before = x<ruler.left() - 1, after = x> ruler.right() + 1;
    QStringList names;
    bool isCwnd = false;
    for (const Mark& m : together) {
        names << fromUtf8(labelOf(m.part, language_));
        isCwnd = isCwnd || m.part == WindowPart::CwndEdge;
    }
    const QString value = number(directionOf(panel).send->host, together.front().number);
    const QString joined = names.join(QStringLiteral(" = "));
    QStringList candidates{joined + QLatin1Char(' ') + value};
    if (names.size() > 1)
        candidates << joined;
    candidates << names.front() + QLatin1Char(' ') + value << names.front();
    const bool only = isCwnd && together.size() == 1;
    for (int row = 0; row < panel.markRows; ++row) {
        for (const QString& each : candidates) {
            const QString text = before ? QStringLiteral("← ") + each : after ? each + QStringLiteral(" →") : each;
            const double width = ruler_.width(TextStyle::MonoSmall, text) + px(6);
            const double y = above ? ruler.top() - px(6) - (row + 1) * row_ : ruler.bottom() + px(6) + row * row_;
            QRectF box(0, y, width, row_);
            // In the middle over the mark; where the next one is near, before it, and then after.
            const double middle = x - width / 2, ending = x - width + px(4);
            bool free = false;
            for (const double wanted : {nextX - x < width ? ending : middle, middle, x - px(4)}) {
                box.moveLeft(
                    std::clamp(wanted, ruler.left() - px(2), std::max(ruler.left(), ruler.right() + px(4) - width)));
                if (free = isFree(box); free)
                    break;
            }
            if (!free)
                continue;
            const QRectF leader(x - px(1.5), above ? box.bottom() : ruler.bottom() + px(6), px(3),
                                above ? ruler.top() - px(6) - box.bottom() : box.top() - ruler.bottom() - px(6));
            if (row > 0 && (before || after || !isFree(leader)))
                continue;
            if (!place(TextStyle::MonoSmall, color(only ? Role::Data : Role::Ink), box, Qt::AlignCenter, text))
                continue;
            if (row > 0) {
                line({x, leader.top()}, {x, leader.bottom()}, color(Role::LineStrong), px(1));
                take(leader);
            }
            for (const Mark& m : together) {
                const Selection what = part(m.part, host);
                outline(box, what, px(3));
                item(what, box, fromUtf8(labelOf(m.part, language_)) + QLatin1Char(' ') + value,
                     fromUtf8(explain(m.part, language_)));
            }
            return;
        }
    }
    // No room for the words: the line can be pointed at all the same.
    if (before || after)
        return;
    for (const Mark& m : together)
        item(part(m.part, host), QRectF(x - px(4), ruler.top() - px(6), px(8), ruler.height() + px(12)),
             fromUtf8(labelOf(m.part, language_)) + QLatin1Char(' ') + value, fromUtf8(explain(m.part, language_)));
}

void WindowsPlanner::planAxis(const WindowsPanel& panel)
{
    const WindowDirection& direction = directionOf(panel);
    const double y = panel.box.bottom() - 2 * row_;
    // As far apart as the widest of its numbers needs.
    const Seq32 last = direction.send->iss + static_cast<std::uint32_t>(std::max(0.0, panel.from + panel.span));
    const double widest = ruler_.width(TextStyle::MonoSmall, number(direction.send->host, last)) + px(24);
    const std::int64_t step = roundStep(widest / panel.send.width() * panel.span);
    auto first = static_cast<std::int64_t>(std::ceil(std::max(0.0, panel.from) / static_cast<double>(step))) * step;
    for (; static_cast<double>(first) <= panel.from + panel.span; first += step) {
        const double x = panel.x(static_cast<double>(first));
        line({x, panel.send.bottom()}, {x, panel.receive.top()}, color(Role::Line), px(1));
        const QString text = number(direction.send->host, direction.send->iss + static_cast<std::uint32_t>(first));
        const double width = ruler_.width(TextStyle::MonoSmall, text) + px(4);
        const double left = std::clamp(x - width / 2, panel.send.left() - px(2), panel.box.right() - width);
        place(TextStyle::MonoSmall, color(Role::Muted), QRectF(left, y, width, row_), Qt::AlignCenter, text);
        line({x, y - px(1)}, {x, y + px(2)}, color(Role::LineStrong), px(1));
    }
}

} // namespace packetarium
