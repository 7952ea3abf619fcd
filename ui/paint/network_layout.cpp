// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/network_layout.h"

#include "core/scenario/quantities.h"
#include "ui/i18n/catalogue_packets.h"

#include <QLineF>
#include <algorithm>
#include <array>
#include <cmath>

namespace packetarium {

namespace {

constexpr double kIconWidth = 54, kIconHeight = 42;
constexpr double kWordGap = 5;                          ///< between an icon and its words, and between words
constexpr double kEdge = 12;                            ///< between anything and the edge of the sheet
constexpr double kWidestColumn = 300, kWidestRow = 190; ///< between centres, where there is more room than needed
constexpr double kShortestCable = 56;                   ///< that a packet can be seen on

NodeLook lookOf(const TraceNode& node, bool serves)
{
    switch (node.kind) {
    case NodeKind::Router: return NodeLook::Router;
    case NodeKind::Switch: return NodeLook::Switch;
    case NodeKind::Hub: return NodeLook::Hub;
    case NodeKind::Host: break;
    }
    return node.activeSide ? NodeLook::Client : serves ? NodeLook::Server : NodeLook::Host;
}

QString cableWords(const TraceLink& link, Language language)
{
    QString words = QString::fromStdString(durationText(link.delay, language));
    if (link.bitsPerSecond > 0)
        words = QString::fromStdString(writeBandwidth(link.bitsPerSecond)) + QStringLiteral(" · ") + words;
    return words;
}

/// Where the way from a to b leaves the box for good, as a share of it; 0 if it does not pass through.
double leaves(const QRectF& box, QPointF a, QPointF b)
{
    const QPointF d = b - a;
    double in = 0, out = 1;
    const auto clip = [&](double from, double way, double low, double high) {
        if (way == 0)
            return from > low && from < high;
        const double one = (low - from) / way, other = (high - from) / way;
        in = std::max(in, std::min(one, other));
        out = std::min(out, std::max(one, other));
        return true;
    };
    return clip(a.x(), d.x(), box.left(), box.right()) && clip(a.y(), d.y(), box.top(), box.bottom()) && in < out ? out
                                                                                                                  : 0;
}

/// Where a cable to another node begins: outside of the node's drawing and of its words.
QPointF cableStart(const NetworkNode& node, QPointF to, double room)
{
    double share = leaves(node.icon.adjusted(-room, -room, room, room), node.center, to);
    for (const NetworkText* text : {&node.name, &node.address})
        if (text->placed)
            share = std::max(share, leaves(text->box.adjusted(-room, -room / 2, room, room / 2), node.center, to));
    return node.center + (to - node.center) * std::min(share, 0.49);
}

} // namespace

QRectF NetworkNode::whole() const
{
    QRectF box = icon;
    for (const NetworkText* text : {&name, &address})
        if (text->placed)
            box = box.united(text->box);
    return box;
}

double NetworkCable::length() const
{
    return QLineF(from, to).length();
}

NetworkLayout::NetworkLayout(const StageScene& scene, QSizeF size)
    : NetworkLayout(scene, size, nullptr)
{}

NetworkLayout::NetworkLayout(const StageScene& scene, QSizeF size, double scale)
    : NetworkLayout(scene, size, &scale)
{}

NetworkLayout::NetworkLayout(const StageScene& scene, QSizeF size, const double* scale)
    : theme_(scene.theme)
    , language_(scene.language)
    , ruler_(scene.theme)
    , size_(size)
    , places_(scene.places)
    , tables_(*scene.trace)
{
    read(scene);
    if (scale != nullptr) {
        place(*scale, true);
        return;
    }
    // The larger type wins, as long as every name has room; where none is large enough, the one with the fewest missing.
    const double unit = theme_.px(1);
    // Where there is much room, half of it goes into the drawing and half into the space around it.
    const double room = std::min(size.width() / (760 * unit), size.height() / (430 * unit));
    const double most = std::clamp(room > 1 ? 1 + (room - 1) * 0.55 : room, 0.8, 2.6);
    constexpr double kSmallest = 0.42, kStep = 0.92;
    double best = most;
    int fewest = 1 << 20;
    for (double s = most; s > kSmallest; s *= kStep) {
        place(s, false);
        const int missing = misses();
        if (missing < fewest) {
            fewest = missing;
            best = s;
        }
        if (missing == 0)
            break;
    }
    place(best, true);
}

void NetworkLayout::read(const StageScene& scene)
{
    const auto nodes = scene.trace->nodes();
    std::vector<bool> serves = servingHosts(*scene.trace);
    for (std::size_t i = 0; i < serves.size() && i < scene.serves.size(); ++i)
        serves[i] = serves[i] || (scene.serves[i] && !nodes[i].activeSide);
    std::vector<TraceLink> links(scene.trace->links().begin(), scene.trace->links().end());
    // A trace made by hand may leave the only cable between two hosts unsaid.
    if (links.empty() && nodes.size() == 2)
        links.push_back({NodeId(0), NodeId(1), 0, 0, 0, {}});
    grid_ = arrangeNetwork(nodes, links, serves);
    for (std::size_t i = 0; i < nodes.size(); ++i) {
        NetworkNode node;
        node.id = NodeId(static_cast<std::uint8_t>(i));
        // Of two hosts on one cable the other one is the server, whatever it does.
        node.look = lookOf(nodes[i], serves[i] || nodes.size() == 2);
        node.name.text = i < scene.hostLabels.size() && !scene.hostLabels[i].isEmpty() ? scene.hostLabels[i]
                                                                                       : fromUtf8(nodes[i].name);
        node.name.style = TextStyle::Heading;
        if (nodes[i].kind == NodeKind::Host && !nodes[i].address.isUnspecified())
            node.address.text = fromUtf8(nodes[i].address.toString());
        node.address.style = TextStyle::MonoSmall;
        nodes_.push_back(node);
    }
    for (std::size_t i = 0; i < links.size(); ++i) {
        NetworkCable cable;
        cable.id = LinkId(static_cast<std::uint16_t>(i));
        cable.a = links[i].a;
        cable.b = links[i].b;
        if (!cable.a || !cable.b || cable.a.value() >= nodes.size() || cable.b.value() >= nodes.size())
            continue;
        cable.words.text = scene.trace->links().empty() ? QString() : cableWords(links[i], language_);
        const auto endText = [&](NodeId node, std::uint8_t port, const QString& said) {
            if (!said.isEmpty())
                return said;
            return nodes[node.value()].kind == NodeKind::Switch ? QString::number(port + 1) : QString();
        };
        const CableEnds said = i < scene.cableEnds.size() ? scene.cableEnds[i] : CableEnds{};
        cable.aEnd.text = endText(cable.a, links[i].aPort, said.a);
        cable.bEnd.text = endText(cable.b, links[i].bPort, said.b);
        cable.aEnd.style = cable.bEnd.style = TextStyle::MonoSmall;
        cables_.push_back(cable);
    }
    const auto records = scene.trace->records();
    for (std::size_t i = 0; i < records.size(); ++i) {
        const Record& r = records[i];
        if (r.kind == RecordKind::NodeState && r.host)
            nodeChanges_.push_back({i, r.host.value(), r.a != 0});
        else if (r.kind == RecordKind::LinkState)
            linkChanges_.push_back({i, static_cast<std::size_t>(r.value), r.a != 0});
    }
}

void NetworkLayout::place(double scale, bool words)
{
    scale_ = scale;
    sheet_ = size_ / scale;
    fixed_ = yielding_ = BoxIndex(theme_.px(64));
    crowded_ = false;
    placeNodes();
    placeCables();
    if (words)
        placeCableWords();
}

bool NetworkLayout::tryBox(NetworkText& text, QPointF topLeft, BoxIndex& into)
{
    const QRectF box(topLeft, text.box.size());
    const double edge = theme_.px(2);
    const QRectF inside(edge, edge, sheet_.width() - 2 * edge, sheet_.height() - 2 * edge);
    const TurnedBox turned = TurnedBox::upright(box.adjusted(-2, -1, 2, 1));
    if (!inside.contains(box) || fixed_.hits(turned) || yielding_.hits(turned))
        return false;
    text.box = box;
    text.placed = true;
    into.add(TurnedBox::upright(box));
    return true;
}

void NetworkLayout::placeNodes()
{
    const auto px = [this](double v) { return theme_.px(v); };
    const double nameHeight = ruler_.height(TextStyle::Heading);
    const double addressHeight = ruler_.height(TextStyle::MonoSmall);
    double widest = px(kIconWidth);
    for (NetworkNode& node : nodes_) {
        node.name.box.setSize({ruler_.width(TextStyle::Heading, node.name.text), nameHeight});
        node.address.box.setSize({ruler_.width(TextStyle::MonoSmall, node.address.text), addressHeight});
        widest = std::max({widest, node.name.box.width(), node.address.box.width()});
    }
    widest = std::min(widest, sheet_.width() / 3);
    const double left = widest / 2 + px(kEdge);
    const double top = px(kIconHeight / 2 + kEdge);
    const double bottom = px(kIconHeight / 2 + 2 * kWordGap + kEdge) + nameHeight + addressHeight;
    usable_ =
        QRectF(left, top, std::max(1.0, sheet_.width() - 2 * left), std::max(1.0, sheet_.height() - top - bottom));

    // Where there is far more room than needed, the network stays together in the middle.
    const double wide = std::min(1.0, px(kWidestColumn) * (grid_.columns - 1) / usable_.width());
    const double high = std::min(1.0, px(kWidestRow) * grid_.rows / usable_.height());
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
        NetworkNode& node = nodes_[i];
        QPointF share;
        if (i < places_.size() && places_[i]) {
            share = QPointF(places_[i]->x / 1000.0, places_[i]->y / 1000.0);
        } else {
            share = grid_.placeOf(i);
            share = QPointF(0.5 + (share.x() - 0.5) * wide, 0.5 + (share.y() - 0.5) * high);
        }
        node.center = {usable_.left() + share.x() * usable_.width(), usable_.top() + share.y() * usable_.height()};
        node.icon = QRectF(node.center.x() - px(kIconWidth) / 2, node.center.y() - px(kIconHeight) / 2, px(kIconWidth),
                           px(kIconHeight));
        node.name.placed = node.address.placed = false;
        const TurnedBox box = TurnedBox::upright(node.icon.adjusted(-px(4), -px(4), px(4), px(2)));
        crowded_ = crowded_ || fixed_.hits(box);
        fixed_.add(box);
    }
    for (NetworkNode& node : nodes_) {
        const QSizeF size = node.name.box.size();
        const double x = node.center.x() - size.width() / 2;
        if (!tryBox(node.name, {x, node.icon.bottom() + px(kWordGap)}, fixed_))
            static_cast<void>(
                tryBox(node.name, {x, node.icon.top() - px(kWordGap) - size.height()}, fixed_) ||
                tryBox(node.name, {node.icon.right() + px(kWordGap), node.center.y() - size.height() / 2}, fixed_));
    }
    for (NetworkNode& node : nodes_) {
        if (node.address.text.isEmpty() || !node.name.placed)
            continue;
        const double x = node.name.box.center().x() - node.address.box.width() / 2;
        const bool above = node.name.box.bottom() < node.center.y();
        static_cast<void>(tryBox(
            node.address,
            {x, above ? node.name.box.top() - node.address.box.height() - px(1.5) : node.name.box.bottom() + px(1.5)},
            fixed_));
    }
}

void NetworkLayout::placeCables()
{
    const auto px = [this](double v) { return theme_.px(v); };
    for (NetworkCable& cable : cables_) {
        const NetworkNode& a = nodes_[cable.a.value()];
        const NetworkNode& b = nodes_[cable.b.value()];
        cable.from = cableStart(a, b.center, px(4));
        cable.to = cableStart(b, a.center, px(4));
        // Cables between the same two nodes run beside each other.
        int same = 0, before = 0;
        for (const NetworkCable& other : cables_) {
            const bool twin = (other.a == cable.a && other.b == cable.b) || (other.a == cable.b && other.b == cable.a);
            same += twin ? 1 : 0;
            before += twin && other.id < cable.id ? 1 : 0;
        }
        if (same > 1) {
            const QLineF line(cable.a < cable.b ? a.center : b.center, cable.a < cable.b ? b.center : a.center);
            const double length = std::max(1.0, line.length());
            const QPointF across(-line.dy() / length, line.dx() / length);
            const QPointF shift = across * (px(14) * (before - (same - 1) / 2.0));
            cable.from += shift;
            cable.to += shift;
        }
        for (NetworkText* text : {&cable.words, &cable.aEnd, &cable.bEnd}) {
            text->box.setSize({ruler_.width(text->style, text->text), ruler_.height(text->style)});
            text->placed = false;
        }
    }
}

void NetworkLayout::placeCableWords()
{
    const auto px = [this](double v) { return theme_.px(v); };
    // A text keeps clear of every cable, its own included.
    const auto clear = [&](const QRectF& box) {
        const TurnedBox turned = TurnedBox::upright(box.adjusted(-px(2), 0, px(2), 0));
        return std::none_of(cables_.begin(), cables_.end(),
                            [&](const NetworkCable& c) { return crosses(turned, c.from, c.to); });
    };
    // Words of one's own end first: they say which port it is; rate and delay where there is room left.
    const auto beside = [&](NetworkText& text, QPointF from, QPointF to, double along, double farther) {
        if (text.text.isEmpty())
            return;
        const QLineF line(from, to);
        const double length = line.length();
        if (length < 1)
            return;
        const QPointF way(line.dx() / length, line.dy() / length);
        const QSizeF size = text.box.size();
        // Beside the cable; where that is taken farther along it, then in a second row.
        for (const double row : {0.0, 1.0}) {
            for (const double shift : {0.0, farther, 2 * farther}) {
                const double at = std::min(along + shift, length / 2);
                for (const double side : {-1.0, 1.0}) {
                    // Upwards first; left of an upright cable.
                    QPointF across(-way.y() * side, way.x() * side);
                    if (std::abs(way.x()) >= std::abs(way.y()) && (across.y() > 0) != (side > 0))
                        across = -across;
                    const double reach = std::abs(across.x()) * size.width() / 2 +
                                         std::abs(across.y()) * size.height() / 2 + px(11) +
                                         row * (size.height() + px(2));
                    QRectF box(QPointF(), size);
                    box.moveCenter(from + way * at + across * reach);
                    if (clear(box) && tryBox(text, box.topLeft(), yielding_))
                        return;
                }
            }
        }
    };
    for (NetworkCable& cable : cables_) {
        const double half =
            std::abs(cable.to.x() - cable.from.x()) > std::abs(cable.to.y() - cable.from.y()) ? 0.5 : 0.2;
        beside(cable.aEnd, cable.from, cable.to, cable.aEnd.box.width() * half + px(4), px(16));
        beside(cable.bEnd, cable.to, cable.from, cable.bEnd.box.width() * half + px(4), px(16));
    }
    for (NetworkCable& cable : cables_)
        beside(cable.words, cable.from, cable.to, cable.length() / 2, px(30));
}

int NetworkLayout::misses() const
{
    int missing = crowded_ ? 400 : 0;
    for (const NetworkNode& node : nodes_) {
        missing += node.name.placed ? 0 : 20;
        missing += node.address.placed || node.address.text.isEmpty() ? 0 : 6;
        // What the user puts outside of the sheet's middle still has to be seen whole.
        missing += QRectF(QPointF(), sheet_).contains(node.icon) ? 0 : 100;
    }
    for (const NetworkCable& cable : cables_)
        missing += cable.length() < theme_.px(kShortestCable) ? 4 : 0;
    return missing;
}

const NetworkCable* NetworkLayout::cableOf(const PacketInfo& packet) const
{
    if (packet.link) {
        for (const NetworkCable& cable : cables_)
            if (cable.id == packet.link)
                return &cable;
        return nullptr;
    }
    for (const NetworkCable& cable : cables_)
        if ((cable.a == packet.from && cable.b == packet.to) || (cable.a == packet.to && cable.b == packet.from))
            return &cable;
    return nullptr;
}

NodePlace NetworkLayout::placeAt(QPointF center) const
{
    const auto thousandths = [](double share) {
        return static_cast<std::uint16_t>(std::lround(std::clamp(share, 0.0, 1.0) * 1000));
    };
    return {thousandths((center.x() - usable_.left()) / usable_.width()),
            thousandths((center.y() - usable_.top()) / usable_.height())};
}

bool NetworkLayout::isOn(std::size_t recordsDone, NodeId node) const
{
    bool on = true;
    for (const StateChangeAt& change : nodeChanges_)
        if (change.record < recordsDone && change.what == node.value())
            on = change.on;
    return on;
}

bool NetworkLayout::isPlugged(std::size_t recordsDone, LinkId link) const
{
    bool on = true;
    for (const StateChangeAt& change : linkChanges_)
        if (change.record < recordsDone && change.what == link.value())
            on = change.on;
    return on;
}

const QString& NetworkLayout::titleOf(const StageScene& scene, PacketId packet) const
{
    const auto [entry, isNew] = titles_.try_emplace(packet.value());
    if (isNew)
        entry->second = fromUtf8(packetTitle(summarize(scene.trace->bytes(packet)), language_));
    return entry->second;
}

} // namespace packetarium
