// SPDX-License-Identifier: GPL-3.0-or-later
//
// The windows view as a whole: which direction gets the room, and what is where.
#include "ui/paint/windows_planner.h"

#include <algorithm>
#include <cmath>

namespace packetarium {
namespace {

constexpr double kRuler = 28, kFlightHeight = 46, kFolded = 28, kViewMargin = 14, kTop = 8, kBetween = 12;
/// From here on a header's words have room on two lines.
constexpr double kRoomy = 560;
/// How many times the least height of one direction there must be for one that carries no data to be shown beside the other.
constexpr double kMostOfTwo = 2.6;

} // namespace

WindowsLayout::WindowsLayout(const StageScene& scene, QSizeF size)
    : size_(size)
    , scales_(*scene.trace)
    , ruler_(scene.theme)
{}

Selection WindowsPlan::hit(QPointF at) const
{
    for (auto spot = spots.rbegin(); spot != spots.rend(); ++spot)
        if (spot->box.contains(at))
            return spot->what;
    return {};
}

const WindowsPanel* WindowsPlan::panelAt(QPointF at) const
{
    for (const WindowsPanel& panel : panels)
        if (!panel.folded && panel.box.contains(at))
            return &panel;
    return nullptr;
}

WindowsPlan planWindows(const StageScene& scene, const WindowsLayout& layout, const WindowsLook& look)
{
    return WindowsPlanner(scene, layout, look).make();
}

WindowsPlanner::WindowsPlanner(const StageScene& scene, const WindowsLayout& layout, const WindowsLook& look)
    : scene_(scene)
    , layout_(layout)
    , look_(look)
    , ruler_(layout.ruler())
    , language_(scene.language)
    , row_(std::max(ruler_.height(TextStyle::Small), ruler_.height(TextStyle::MonoSmall)) + scene.theme.px(2))
{}

WindowsPlan WindowsPlanner::make()
{
    const auto pair = windowPair(*scene_.trace, *scene_.moment, pickedConn());
    if (!pair) {
        planEmpty();
        return std::move(plan_);
    }
    plan_.moment = windowMoment(*scene_.trace, *scene_.moment, *pair);
    placePanels();
    return std::move(plan_);
}

/// What is picked says which of several connections is meant.
ConnId WindowsPlanner::pickedConn() const
{
    const Selection& s = scene_.selection;
    if (s.kind == Selection::Kind::Window)
        return connIn(s.index);
    if (s.kind != Selection::Kind::Packet || s.packet.value() >= scene_.trace->packets().size())
        return {};
    PacketInfo packet = scene_.trace->packet(s.packet);
    while (packet.parent)
        packet = scene_.trace->packet(packet.parent);
    return packet.conn;
}

// --- small things -------------------------------------------------------------------------------------------------

int WindowsPlanner::sideOf(NodeId host) const
{
    return host == plan_.moment->directions[0].from ? 0 : 1;
}

QString WindowsPlanner::hostName(NodeId host) const
{
    return host && host.value() < scene_.hostLabels.size() ? scene_.hostLabels[host.value()] : QStringLiteral("–");
}

QString WindowsPlanner::number(NodeId sender, Seq32 n) const
{
    return QString::fromStdString(scene_.symbols->sequence(sender, n, scene_.numbers, scene_.moment->at));
}

std::int64_t WindowsPlanner::offsetOf(const WindowDirection& direction, Seq32 n) const
{
    const SendSide& send = *direction.send;
    return offsetFrom(n, send.una, static_cast<std::int64_t>(send.una.value() - send.iss.value()));
}

Selection WindowsPlanner::part(WindowPart part, NodeId host) const
{
    Selection s;
    s.kind = Selection::Kind::Window;
    s.host = host;
    s.index = packedPart(part, host == plan_.moment->directions[0].from ? plan_.moment->pair.client
                                                                        : plan_.moment->pair.server);
    return s;
}

void WindowsPlanner::outline(const QRectF& box, const Selection& what, double radius)
{
    if (!isMeant(what))
        return;
    WindowsShape s;
    s.box = box.adjusted(-px(1.5), -px(1.5), px(1.5), px(1.5));
    s.line = color(scene_.selection == what ? Role::Now : Role::LineStrong);
    s.width = px(scene_.selection == what ? 2.6 : 1.8);
    s.radius = radius + px(1.5);
    plan_.shapes.push_back(s);
}

bool WindowsPlanner::isFree(const QRectF& box) const
{
    return std::none_of(taken_.begin(), taken_.end(), [&box](const QRectF& other) { return other.intersects(box); });
}

bool WindowsPlanner::place(TextStyle style, const QColor& colour, const QRectF& box, int alignment, const QString& text,
                           const QColor& plate)
{
    if (text.isEmpty() || !isFree(box))
        return false;
    take(box.adjusted(-px(2), 0, px(2), 0));
    plan_.texts.push_back({box, style, colour, alignment, text, plate});
    return true;
}

void WindowsPlanner::line(QPointF a, QPointF b, const QColor& colour, double width, bool dashed)
{
    WindowsShape s;
    s.kind = WindowsShape::Kind::Line;
    s.box = QRectF(a, b);
    s.line = colour;
    s.width = width;
    s.dashed = dashed;
    plan_.shapes.push_back(s);
}

void WindowsPlanner::item(const Selection& what, const QRectF& box, const QString& name, const QString& description)
{
    plan_.items.push_back({what, box, name, description});
    plan_.spots.push_back({what, box});
}

/// Hundredths are enough while it runs.
QString WindowsPlanner::timeLeft(const TimerMoment& timer) const
{
    const SimDuration left = timer.deadline - scene_.moment->at;
    const std::int64_t unit = left.ns() >= 1'000'000'000 ? 100'000'000
                              : left.ns() >= 10'000'000  ? 10'000'000
                                                         : 1'000'000;
    const SimDuration rounded =
        SimDuration::nanoseconds(std::max<std::int64_t>(0, (left.ns() + unit - 1) / unit * unit));
    return QString::fromStdString(durationText(rounded, language_));
}

// --- the whole ----------------------------------------------------------------------------------------------------

void WindowsPlanner::planEmpty()
{
    const QString text = fromUtf8(word(WindowsWord::Empty, language_));
    const QRectF all(QPointF(), layout_.size());
    const double width = std::min(all.width() - px(40), px(520));
    const QRectF box(all.center().x() - width / 2, all.center().y() - px(40), width, px(80));
    plan_.texts.push_back({box, TextStyle::Body, color(Role::Muted), Qt::AlignCenter | Qt::TextWordWrap, text, {}});
}

void WindowsPlanner::placePanels()
{
    const QSizeF size = layout_.size();
    headerLines_ = size.width() < px(kRoomy) ? 3 : 2;
    const double header = headerLines_ * (row_ + px(6));
    const double least = header + 3 * row_ + 2 * px(kRuler) + px(kFlightHeight) + px(16);
    const double legendRow = row_ + px(4);
    int legendRows = size.height() > least + px(kFolded + kTop) + 3 * legendRow ? 2 : 1;
    if (size.height() < least + px(kFolded + kTop) + legendRow)
        legendRows = 0;
    const double legend = legendRows * legendRow + (legendRows > 0 ? px(8) : 0);
    const QRectF room(px(kViewMargin), px(kTop), size.width() - 2 * px(kViewMargin),
                      size.height() - px(kTop) - legend - px(4));

    std::array<std::uint64_t, 2> sent{};
    const ConnId senders[2] = {plan_.moment->pair.client, plan_.moment->pair.server};
    for (std::size_t i = 0; i < 2; ++i)
        sent[i] = layout_.scales().octetsSent(senders[i]);
    const bool bothTalk = (sent[0] > 0) == (sent[1] > 0);
    const int main = look_.direction >= 0 ? look_.direction : sent[1] > sent[0] ? 1 : 0;
    // One that carries no data is shown as well where the other has room to spare.
    const double shared = room.height() - px(kBetween);
    const bool both = look_.direction < 0 && shared >= (bothTalk ? 2.0 : kMostOfTwo) * least;
    const double quiet = both && !bothTalk ? least + 2.1 * row_ : both ? shared / 2 : px(kFolded);
    const double loud = both ? shared - quiet : room.height() - px(kFolded + 6);
    double y = room.top();
    for (int direction = 0; direction < 2; ++direction) {
        WindowsPanel panel;
        panel.direction = direction;
        panel.folded = !both && direction != main;
        const double height = direction == main ? loud : quiet;
        panel.markRows = height - least > row_ ? 2 : 1;
        panel.axis = height - least > 2 * row_;
        layOut(panel, QRectF(room.left(), y, room.width(), height));
        y += height + (both ? px(kBetween) : px(6));
        plan_.panels.push_back(panel);
    }
    for (const WindowsPanel& panel : plan_.panels) {
        if (panel.folded)
            planFolded(panel);
        else
            planPanel(panel);
    }
    if (legendRows > 0)
        planLegend(QRectF(room.left(), size.height() - legend - px(2), room.width(), legendRows * legendRow));
}

void WindowsPlanner::layOut(WindowsPanel& panel, const QRectF& box)
{
    panel.box = box;
    if (panel.folded)
        return;
    const double ruler = std::clamp(box.height() * 0.09, px(kRuler), px(46));
    const double gutter = box.width() < px(kRoomy) ? px(72) : px(104);
    const double left = box.left() + gutter, width = std::max(px(80), box.right() - left - px(6));
    const double top = box.top() + headerLines_ * (row_ + px(6)) + panel.markRows * row_ + px(6);
    const double bottom = box.bottom() - row_ - panel.markRows * row_ - (panel.axis ? row_ : 0) - px(8);
    panel.send = QRectF(left, top, width, ruler);
    panel.receive = QRectF(left, bottom - ruler, width, ruler);
    const RulerPage page = layout_.scales().page(directionOf(panel), scene_.moment->recordsDone);
    const WindowsLook::Zoom& zoom = look_.zoom[static_cast<std::size_t>(panel.direction)];
    panel.from = static_cast<double>(page.from) + zoom.moved;
    panel.span = static_cast<double>(page.span) / zoom.factor;
}

void WindowsPlanner::planFolded(const WindowsPanel& panel)
{
    const WindowDirection& direction = directionOf(panel);
    const ConnId sender = panel.direction == 0 ? plan_.moment->pair.client : plan_.moment->pair.server;
    const std::uint64_t octets = layout_.scales().octetsSent(sender);
    const NodeId to = plan_.moment->directions[static_cast<std::size_t>(1 - panel.direction)].from;
    const QString text = QString::fromStdString(
        octets == 0 ? sentence(WindowsWord::NothingSent, language_, {hostText(direction.from), hostText(to)})
                    : sentence(WindowsWord::FoldedLine, language_,
                               {hostText(direction.from), hostText(to), octetsText(octets, language_)}));
    // What goes on in it all the same: the handshake, the FIN.
    QString marks;
    if (direction.send) {
        marks = QStringLiteral(" · SND.UNA %1 · SND.NXT %2")
                    .arg(number(direction.from, direction.send->una), number(direction.from, direction.send->nxt));
        if (direction.receive)
            marks += QStringLiteral(" · RCV.NXT ") + number(direction.from, direction.receive->nxt);
    }
    const Selection what = part(WindowPart::Direction, direction.from ? direction.from : to);
    WindowsShape s;
    s.box = panel.box;
    s.fill = color(Role::Card);
    s.line = color(scene_.hover == what ? Role::LineStrong : Role::Line);
    s.width = px(1.2);
    s.radius = px(8);
    plan_.shapes.push_back(s);
    WindowsShape arrow;
    arrow.kind = WindowsShape::Kind::Right;
    arrow.box = QRectF(panel.box.left() + px(10), panel.box.center().y() - px(5), px(10), px(10));
    arrow.fill = color(Role::Muted);
    plan_.shapes.push_back(arrow);
    const QRectF words = panel.box.adjusted(px(28), 0, -px(10), 0);
    place(TextStyle::Small, color(Role::Muted), words, Qt::AlignLeft | Qt::AlignVCenter,
          ruler_.fitted(TextStyle::Small, text + marks, words.width()));
    item(what, panel.box, text, fromUtf8(word(WindowsWord::Unfold, language_)));
}

void WindowsPlanner::planPanel(const WindowsPanel& panel)
{
    WindowsShape card;
    card.box = panel.box.adjusted(-px(6), -px(4), px(6), px(4));
    card.fill = color(Role::Card);
    card.line = color(Role::Line);
    card.width = px(1.2);
    card.radius = px(10);
    plan_.shapes.push_back(card);
    planHeader(panel);
    planGutter(panel);
    planReceiverLine(panel);
    if (directionOf(panel).send) {
        planRulers(panel);
        const auto flight = static_cast<std::ptrdiff_t>(plan_.shapes.size());
        planFlight(panel);
        const auto axis = static_cast<std::ptrdiff_t>(plan_.shapes.size());
        if (panel.axis)
            planAxis(panel);
        // The words of what flies have their places first, but the axis's lines lie behind it.
        std::rotate(plan_.shapes.begin() + flight, plan_.shapes.begin() + axis, plan_.shapes.end());
        return;
    }
    for (const QRectF& track : {panel.send, panel.receive}) {
        WindowsShape empty;
        empty.box = track;
        empty.fill = color(Role::Sunken);
        empty.radius = px(4);
        plan_.shapes.push_back(empty);
    }
}

} // namespace packetarium
