// SPDX-License-Identifier: GPL-3.0-or-later
//
// What is between the rulers: segments on their way down, acknowledgments on their way up, and what was lost.
#include "ui/paint/windows_planner.h"

#include "ui/i18n/stage_words.h"

#include <algorithm>

namespace packetarium {
namespace {

constexpr double kBar = 17, kThin = 6, kTriangle = 15;
/// With more than this under way, labels that do not fit on their bars are left out.
constexpr std::size_t kMostLabelled = 14;

} // namespace

void WindowsPlanner::planFlight(const WindowsPanel& panel)
{
    const WindowDirection& direction = directionOf(panel);
    for (const SegmentOnWay& s : direction.lost)
        planSegment(panel, s, true);
    for (const SegmentOnWay& s : direction.segments)
        planSegment(panel, s, false);
    planBesides(panel, direction.segments.size() + direction.lost.size());
    for (const SegmentOnWay& s : direction.lostAcks)
        planAck(panel, s, true);
    for (const SegmentOnWay& s : direction.acks)
        planAck(panel, s, false);
}

/// The words of bars that are too short for them.
void WindowsPlanner::planBesides(const WindowsPanel& panel, std::size_t crowd)
{
    for (const Beside& each : besides_) {
        if (crowd > kMostLabelled && !each.special)
            continue;
        bool placed = false;
        for (const QString& text : each.candidates) {
            const double width = ruler_.width(TextStyle::MonoSmall, text) + px(6);
            for (const double left : {each.bar.right() + px(4), each.bar.left() - px(4) - width}) {
                const QRectF box(left, each.bar.top(), width, each.bar.height());
                if (!placed && !text.isEmpty() && box.left() >= panel.send.left() && box.right() <= panel.box.right())
                    placed = place(TextStyle::MonoSmall, each.ink, box, Qt::AlignCenter, text, color(Role::Card));
            }
        }
    }
    besides_.clear();
}

void WindowsPlanner::planSegment(const WindowsPanel& panel, const SegmentOnWay& segment, bool lost)
{
    const WindowDirection& direction = directionOf(panel);
    const std::int64_t from = offsetOf(direction, segment.range.left);
    const auto to = from + static_cast<std::int64_t>(segment.range.size());
    const double room = panel.receive.top() - panel.send.bottom() - px(6);
    const double height = std::min(std::max(px(kBar), ruler_.height(TextStyle::MonoSmall) + px(1)), room / 2);
    const double y = panel.send.bottom() + px(3) + std::clamp(segment.position, 0.0, 1.0) * (room - height);
    double left = panel.x(static_cast<double>(from)), right = panel.x(static_cast<double>(to));
    if (right < panel.send.left() || left > panel.send.right())
        return;
    left = std::max(left, panel.send.left());
    right = std::min(right, panel.send.right());
    if (right - left < px(kThin))
        right = left + px(kThin);
    else
        right -= std::min(px(1), (right - left) * 0.1); // neighbours stay apart

    const SideRoles roles = sideRoles(panel.direction);
    const bool hollow = segment.retransmission || lost;
    const QColor main = color(lost || segment.corrupted ? Role::Rst : roles.main);
    WindowsShape bar;
    bar.box = QRectF(left, y, right - left, height);
    bar.fill = color(Role::Card);
    bar.line = main;
    bar.width = px(hollow ? 2 : 1.2);
    bar.dashed = lost;
    bar.radius = px(3);
    if (!hollow)
        bar.fill = main;
    plan_.shapes.push_back(bar);
    if (lost) {
        WindowsShape cross;
        cross.kind = WindowsShape::Kind::Cross;
        const double reach = height * 0.34;
        const double x = std::min(bar.box.center().x(), left + px(10));
        cross.box = QRectF(x - reach, bar.box.center().y() - reach, 2 * reach, 2 * reach);
        cross.line = color(Role::Rst);
        cross.width = px(2.4);
        plan_.shapes.push_back(cross);
    }

    const PacketInfo& packet = scene_.trace->packet(segment.packet);
    const NodeId to_ = plan_.moment->directions[static_cast<std::size_t>(1 - panel.direction)].from;
    QString flags;
    for (const auto& [set, text] : {std::pair{packet.flags.syn(), "SYN"}, std::pair{packet.flags.fin(), "FIN"}})
        if (set)
            flags += (flags.isEmpty() ? QString() : QStringLiteral(" ")) + QString::fromLatin1(text);
    const QString seq = number(direction.send->host, segment.range.left);
    const QString size = packet.length > 0 ? QString::fromStdString(groupedNumber(packet.length)) : QString();
    QString tag;
    if (lost)
        tag = fromUtf8(word(WindowsWord::Lost, language_));
    else if (segment.corrupted)
        tag = fromUtf8(word(StageWord::Corrupted, language_));
    else if (segment.held)
        tag = fromUtf8(word(WindowsWord::Held, language_));
    else if (segment.retransmission)
        tag = fromUtf8(word(WindowsWord::Again, language_));
    else if (segment.copy)
        tag = fromUtf8(word(StageWord::Copy, language_));
    else if (segment.injected)
        tag = fromUtf8(word(StageWord::Injected, language_));
    const QString what =
        QStringList{flags, size}.join(flags.isEmpty() || size.isEmpty() ? QString() : QStringLiteral(" "));
    const auto tagged = [&](const QString& text) { return tag.isEmpty() ? text : tag + QLatin1Char(' ') + text; };

    Selection selection;
    selection.kind = Selection::Kind::Packet;
    selection.packet = segment.packet;
    // The tag is worth more than the number.
    const QStringList candidates{tagged(seq + QStringLiteral(" · ") + what), tagged(what), tag.isEmpty() ? what : tag};
    const double before = lost ? px(20) : 0;
    bool labelled = false;
    for (const QString& text : candidates) {
        const double width = ruler_.width(TextStyle::MonoSmall, text) + px(2);
        if (labelled || text.isEmpty() || width + before > bar.box.width() - px(6))
            continue;
        const QRectF inside(bar.box.left() + before, bar.box.top(), bar.box.width() - before, bar.box.height());
        const QRectF box(inside.center().x() - width / 2, inside.top(), width, inside.height());
        labelled = place(TextStyle::MonoSmall, hollow ? main : color(segment.corrupted ? Role::OnFlag : roles.on), box,
                         Qt::AlignCenter, text);
    }
    take(bar.box);
    if (!labelled)
        besides_.push_back({bar.box, main, candidates, !tag.isEmpty()});
    outline(bar.box, selection, px(3));
    const QString name =
        QStringLiteral("#%1 ").arg(segment.packet.value() + 1) + tagged(seq + QStringLiteral(" · ") + what);
    item(selection, bar.box.adjusted(-px(2), -px(2), px(2), px(2)), name,
         lost ? fromUtf8(packet.lossReason == Reason::None ? word(StageWord::Corrupted, language_)
                                                           : explain(packet.lossReason, language_))
              : QString::fromStdString(sentence(WindowsWord::SegmentTo, language_, {hostText(to_)})));
}

void WindowsPlanner::planAck(const WindowsPanel& panel, const SegmentOnWay& segment, bool lost)
{
    const WindowDirection& direction = directionOf(panel);
    const std::int64_t offset = offsetOf(direction, *segment.ack);
    const double room = panel.receive.top() - panel.send.bottom() - px(6);
    const double size = std::min(px(kTriangle), room / 3);
    const double x = panel.x(static_cast<double>(offset));
    if (x < panel.send.left() - px(2) || x > panel.send.right() + px(2))
        return;
    const double y = panel.receive.top() - px(3) - size - std::clamp(segment.position, 0.0, 1.0) * (room - size);
    WindowsShape up;
    up.kind = lost ? WindowsShape::Kind::Cross : WindowsShape::Kind::Up;
    up.box = QRectF(x - size / 2, y, size, size);
    up.fill = color(lost || segment.corrupted ? Role::Rst : Role::Ack);
    up.line = up.fill;
    up.width = lost ? px(2.4) : 0;
    line({x, up.box.bottom()}, {x, std::min(up.box.bottom() + px(8), panel.receive.top())}, up.fill, px(1.6));
    plan_.shapes.push_back(up);
    Selection selection;
    selection.kind = Selection::Kind::Packet;
    selection.packet = segment.packet;
    outline(up.box.adjusted(-px(2), -px(2), px(2), px(2)), selection, px(3));

    const QString tag = lost ? fromUtf8(word(WindowsWord::Lost, language_)) + QLatin1Char(' ') : QString();
    const QString text = tag + QStringLiteral("ACK ") + number(direction.send->host, *segment.ack);
    const QString window = QStringLiteral(" win ") + QString::fromStdString(groupedNumber(segment.window));
    const double height = ruler_.height(TextStyle::MonoSmall);
    bool labelled = direction.acks.size() > kMostLabelled;
    for (const QString& each : {text + window, text}) {
        const double width = ruler_.width(TextStyle::MonoSmall, each) + px(6);
        for (const double left : {up.box.right() + px(3), up.box.left() - px(3) - width}) {
            const QRectF box(left, up.box.center().y() - height / 2, width, height);
            if (labelled || box.left() < panel.send.left() || box.right() > panel.box.right() ||
                box.top() < panel.send.bottom() || box.bottom() > panel.receive.top())
                continue;
            labelled = place(TextStyle::MonoSmall, up.fill, box, Qt::AlignCenter, each, color(Role::Card));
        }
    }
    take(up.box);
    const NodeId to = direction.send->host;
    item(selection, up.box.adjusted(-px(3), -px(3), px(3), px(3)),
         QStringLiteral("#%1 ").arg(segment.packet.value() + 1) + text + window,
         QString::fromStdString(sentence(WindowsWord::AckTo, language_, {hostText(to)})));
}

} // namespace packetarium
