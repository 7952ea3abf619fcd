// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/network_moment.h"

#include "ui/i18n/catalogue_network.h"
#include "ui/i18n/catalogue_tables.h"

#include <QLineF>
#include <algorithm>
#include <array>
#include <cmath>

namespace packetarium {

namespace {

constexpr double kLane = 5;       ///< beside the cable's line, to the left of the way
constexpr double kShownFor = 1.3; ///< shown seconds that a loss stays in sight
constexpr double kWidestChip = 190;
constexpr std::size_t kMostNamed = 12; ///< packets at once
constexpr std::size_t kMostLookedBack = 600;

double share(SimTime t, SimTime from, SimDuration length)
{
    if (t <= from)
        return 0;
    if (length.ns() <= 0)
        return 1;
    return std::min(1.0, static_cast<double>((t - from).ns()) / static_cast<double>(length.ns()));
}

} // namespace

Role packetRoleOnCable(const PacketInfo& p)
{
    switch (p.protocol) {
    case Protocol::Arp: return Role::LayerLink;
    case Protocol::Icmp:
    case Protocol::Icmpv6: return Role::LayerInternet;
    case Protocol::Udp: return Role::LayerTransport;
    case Protocol::Dns:
    case Protocol::Http:
    case Protocol::Tls: return Role::LayerApplication;
    case Protocol::Tcp:
    case Protocol::Other: break;
    }
    if (p.flags.rst())
        return Role::Rst;
    if (p.flags.syn())
        return Role::Syn;
    if (p.flags.fin())
        return Role::Fin;
    return p.length > 0 ? Role::Data : Role::Ack;
}

NodeId nodeOpenedBy(const StageScene& scene)
{
    const Selection& s = scene.selection;
    if (s.kind == Selection::Kind::Host)
        return s.host;
    const auto rows = scene.trace->tableRows();
    if (s.kind == Selection::Kind::Row && s.index >= 0 && static_cast<std::size_t>(s.index) < rows.size())
        return rows[static_cast<std::size_t>(s.index)].node;
    return {};
}

QLineF NetworkPacket::bar(double capsule) const
{
    const QLineF lane(from, to);
    const double length = std::max(1.0, lane.length());
    double first = tail * length, last = head * length;
    if (last - first < capsule) {
        const double middle =
            std::clamp((first + last) / 2, std::min(capsule, length) / 2, std::max(length / 2, length - capsule / 2));
        first = std::max(0.0, middle - capsule / 2);
        last = std::min(length, middle + capsule / 2);
    }
    return {lane.pointAt(first / length), lane.pointAt(last / length)};
}

QLineF NetworkPacket::leader(double capsule) const
{
    if (!chip.placed)
        return {};
    const QPointF at = bar(capsule).center();
    const double inset = std::min(chip.box.width(), chip.box.height()) / 4;
    return {at, QPointF(std::clamp(at.x(), chip.box.left() + inset, chip.box.right() - inset),
                        std::clamp(at.y(), chip.box.top(), chip.box.bottom()))};
}

NetworkMoment::NetworkMoment(const StageScene& scene, const NetworkLayout& layout, const QRectF& keepClear)
    : scene_(scene)
    , layout_(layout)
    , taken_(layout.theme().px(64))
    , bars_(layout.theme().px(64))
    , open_(nodeOpenedBy(scene))
{
    if (!keepClear.isEmpty())
        taken_.add(TurnedBox::upright(keepClear));
    findPackets();
    findEnded();
    placeChips();
    placeNotes();
}

void NetworkMoment::findPackets()
{
    const SimTime now = scene_.moment->at;
    const auto add = [&](PacketId id, bool held, bool ended) {
        const PacketInfo& p = scene_.trace->packet(id);
        const NetworkCable* cable = layout_.cableOf(p);
        if (cable == nullptr)
            return;
        const bool forward = cable->a == p.from;
        const QPointF from = forward ? cable->from : cable->to;
        const QPointF to = forward ? cable->to : cable->from;
        if (!ended && p.txStart > now && p.startPpm == 0) {
            auto queue = std::find_if(queues_.begin(), queues_.end(),
                                      [&](const NetworkQueue& q) { return q.cable == cable && q.at == p.from; });
            if (queue == queues_.end()) {
                const double length = std::max(1.0, QLineF(from, to).length());
                const QPointF way = (to - from) / length;
                const QPointF place = from + way * std::min(layout_.theme().px(13), length / 2) -
                                      QPointF(way.y(), -way.x()) * layout_.theme().px(12);
                queues_.push_back({cable, p.from, 0, place, {}, {}});
                queue = queues_.end() - 1;
            }
            ++queue->count;
            queue->packets.push_back(id);
            return;
        }
        NetworkPacket packet;
        packet.id = id;
        packet.cable = cable;
        const double length = std::max(1.0, QLineF(from, to).length());
        const QPointF left((to - from).y() / length, -(to - from).x() / length);
        packet.from = from + left * layout_.theme().px(kLane);
        packet.to = to + left * layout_.theme().px(kLane);
        packet.held = held;
        packet.ended = ended;
        packet.corrupted = p.corrupted;
        packet.role = packetRoleOnCable(p);
        packet.chip.text = layout_.titleOf(scene_, id);
        packet.chip.style = TextStyle::Label;
        const double at = ended ? 1.0 : p.positionAt(now);
        if (p.startPpm != 0) {
            packet.head = packet.tail = at;
        } else {
            // The instant at which an undisturbed packet would be as far.
            const SimDuration whole = p.naturalArrival - p.txStart;
            const SimTime instant =
                p.txStart + SimDuration::nanoseconds(std::llround(at * static_cast<double>(whole.ns())));
            const SimDuration way = p.naturalArrival - p.txEnd;
            packet.head = ended ? 1.0 : share(instant, p.txStart, way);
            packet.tail = ended ? 1.0 : std::min(packet.head, share(instant, p.txEnd, way));
            if (way.ns() <= 0 && instant <= p.txStart)
                packet.head = packet.tail = 0;
        }
        packets_.push_back(packet);
    };
    for (const PacketMoment& flying : scene_.moment->inFlight)
        add(flying.id, flying.held, false);
    const auto records = scene_.trace->records();
    for (std::size_t i = scene_.moment->recordsDone; i-- > 0 && records[i].at == now;)
        if (records[i].kind == RecordKind::PacketArrived)
            add(records[i].packet, false, true);
}

void NetworkMoment::findEnded()
{
    const auto records = scene_.trace->records();
    const SimTime now = scene_.moment->at;
    const double shownNow = scene_.story->shown(now);
    std::size_t looked = 0;
    for (std::size_t i = std::min(scene_.moment->recordsDone, records.size()); i-- > 0 && looked < kMostLookedBack;
         ++looked) {
        const Record& r = records[i];
        if (r.at != now && shownNow - scene_.story->shown(r.at) > kShownFor)
            break;
        if (r.kind == RecordKind::PacketLost) {
            const PacketInfo& p = scene_.trace->packet(r.packet);
            const NetworkCable* cable = layout_.cableOf(p);
            if (cable == nullptr)
                continue;
            const bool forward = cable->a == p.from;
            const QLineF line(forward ? cable->from : cable->to, forward ? cable->to : cable->from);
            NetworkLoss loss;
            loss.id = r.packet;
            loss.at = line.pointAt(std::clamp(p.positionAt(p.endAt), 0.06, 0.94));
            loss.words.text = fromUtf8(labelOf(p.lossReason, scene_.language));
            losses_.push_back(loss);
        } else if (r.kind == RecordKind::SegmentIgnored && r.host && r.host.value() < layout_.nodes().size()) {
            NetworkNote note;
            note.kind = NetworkNote::Kind::Ignored;
            note.node = r.host;
            note.packet = r.packet;
            note.words.text = fromUtf8(labelOf(r.reason, scene_.language));
            const auto said = [&](const NetworkNote& other) {
                return other.node == note.node && other.words.text == note.words.text;
            };
            if (std::none_of(notes_.begin(), notes_.end(), said))
                notes_.push_back(note);
        }
    }
    // The tables that are open show their rows themselves.
    for (const TableLine& line : layout_.tables().litAt(scene_.moment->recordsDone)) {
        if (line.row.node == open_ || line.row.node.value() >= layout_.nodes().size())
            continue;
        if (line.row.kind == TableKind::Route && line.change == TableChange::Added)
            continue; // there from the start: nothing has happened to it
        NetworkNote note;
        note.kind = NetworkNote::Kind::Row;
        note.node = line.row.node;
        note.row = static_cast<int>(line.rowIndex);
        const QString what = fromUtf8(rowText(line.row, {}, scene_.language));
        const TableChange change = line.change;
        note.words.text = change == TableChange::Missed
                              ? fromUtf8(line.row.kind == TableKind::Switch ? line.row.mac.toString()
                                         : !line.row.name.empty()           ? line.row.name
                                                                            : line.row.prefix.address.toString()) +
                                    QStringLiteral(": ") + fromUtf8(word(NetworkWord::NotFound, scene_.language))
                              : (change == TableChange::Added ? QStringLiteral("+ ") : QString()) + what;
        notes_.push_back(note);
    }
}

void NetworkMoment::measure(NetworkText& text, double widest) const
{
    const TextRuler& ruler = layout_.ruler();
    text.text = ruler.fitted(text.style, text.text, widest);
    text.box.setSize({ruler.width(text.style, text.text) + layout_.theme().px(14),
                      ruler.height(text.style) + layout_.theme().px(5)});
}

bool NetworkMoment::put(NetworkText& text, QPointF center, bool over)
{
    QRectF box(QPointF(), text.box.size());
    box.moveCenter(center);
    const double edge = layout_.theme().px(2);
    const QRectF inside(edge, edge, layout_.sheet().width() - 2 * edge, layout_.sheet().height() - 2 * edge);
    // A glyph's ink may lie a little outside of its line.
    const double ink = layout_.theme().px(2);
    const TurnedBox turned = TurnedBox::upright(box.adjusted(-ink, -ink, ink, ink));
    if (!inside.contains(box) || layout_.fixed().hits(turned) || taken_.hits(turned) ||
        (!over && (layout_.yielding().hits(turned) || bars_.hits(turned))))
        return false;
    text.box = box;
    text.placed = true;
    taken_.add(turned);
    return true;
}

void NetworkMoment::putFirst(NetworkText& text, std::span<const QPointF> centers)
{
    for (const bool over : {false, true})
        for (const QPointF& center : centers)
            if (put(text, center, over))
                return;
}

void NetworkMoment::placeChips()
{
    const auto px = [this](double v) { return layout_.theme().px(v); };
    // Crosses and queues are small and stay where they are; words step aside.
    for (const NetworkLoss& loss : losses_)
        taken_.add(TurnedBox::upright(QRectF(loss.at - QPointF(px(9), px(9)), QSizeF(px(18), px(18)))));
    for (NetworkQueue& queue : queues_) {
        taken_.add(TurnedBox::upright(QRectF(queue.place - QPointF(px(8), px(8)), QSizeF(px(16), px(16)))));
        queue.words.style = TextStyle::MonoSmall;
        queue.words.text = fromUtf8(sentence(NetworkWord::Waiting, scene_.language, {std::to_string(queue.count)}));
        measure(queue.words, px(kWidestChip));
        const double w = queue.words.box.width() / 2 + px(10), h = queue.words.box.height() / 2 + px(10);
        const QPointF& at = queue.place;
        putFirst(queue.words, std::array{at + QPointF(0, h), at + QPointF(w, 0), at + QPointF(-w, 0),
                                         at + QPointF(0, -h), at + QPointF(w, h)});
    }
    std::vector<NetworkPacket*> order;
    for (NetworkPacket& packet : packets_) {
        order.push_back(&packet);
        const QLineF bar = packet.bar(px(18));
        bars_.add({bar.center(), {bar.length() + px(8), px(10)}, -bar.angle()});
    }
    // What is selected first, then what is on its way, then what has just ended.
    std::stable_sort(order.begin(), order.end(), [this](const NetworkPacket* a, const NetworkPacket* b) {
        const auto rank = [this](const NetworkPacket* p) {
            const bool picked = scene_.selection.kind == Selection::Kind::Packet && scene_.selection.packet == p->id;
            return picked ? 0 : p->ended ? 2 : 1;
        };
        return rank(a) < rank(b);
    });
    for (NetworkPacket* packet : order) {
        measure(packet->chip, px(kWidestChip));
        const QLineF lane(packet->from, packet->to);
        const double length = std::max(1.0, lane.length());
        const QPointF way((lane.dx()) / length, lane.dy() / length);
        const QPointF left(way.y(), -way.x());
        const QPointF middle = packet->bar(px(18)).center();
        const QSizeF size = packet->chip.box.size();
        const double reach = std::abs(left.x()) * size.width() / 2 + std::abs(left.y()) * size.height() / 2 + px(7);
        const double next = std::abs(left.x()) * size.width() + std::abs(left.y()) * size.height() + px(4);
        const double aside = std::abs(way.x()) * size.width() / 2 + std::abs(way.y()) * size.height() / 2;
        std::vector<QPointF> places{middle + left * reach, middle - left * (reach + 2 * px(kLane))};
        // In a crowd words farther off would no longer say whose they are.
        if (order.size() <= kMostNamed) {
            places.push_back(middle + left * (reach + next));
            for (const double along : {0.5, -0.5, 1.0, -1.0})
                for (const double out : {reach, -reach - 2 * px(kLane), reach + next})
                    places.push_back(middle + left * out + way * (along * aside));
        }
        putFirst(packet->chip, places);
        if (const QLineF line = packet->leader(px(18)); line.length() >= px(15))
            bars_.add({line.center(), {line.length(), px(3)}, -line.angle()});
    }
    for (NetworkLoss& loss : losses_) {
        loss.words.style = TextStyle::Label;
        measure(loss.words, px(kWidestChip));
        const double w = loss.words.box.width() / 2 + px(12), h = loss.words.box.height() / 2 + px(12);
        std::vector<QPointF> places;
        for (const QPointF by :
             {QPointF(0, -h), QPointF(0, h), QPointF(w, 0), QPointF(-w, 0), QPointF(w * 0.8, -h), QPointF(w * 0.8, h),
              QPointF(-w * 0.8, -h), QPointF(-w * 0.8, h), QPointF(0, -2 * h), QPointF(0, 2 * h)})
            places.push_back(loss.at + by);
        putFirst(loss.words, places);
    }
}

void NetworkMoment::placeNotes()
{
    const auto px = [this](double v) { return layout_.theme().px(v); };
    for (NetworkNote& note : notes_) {
        const NetworkNode& node = layout_.nodes()[note.node.value()];
        note.words.style = note.kind == NetworkNote::Kind::Row ? TextStyle::MonoSmall : TextStyle::Small;
        measure(note.words, px(280));
        const QRectF whole = node.whole();
        const double w = note.words.box.width() / 2 + px(6), h = note.words.box.height() / 2 + px(5);
        const double x = whole.center().x();
        // Beneath the node's words first: cables leave sideways more often than not.
        const QPointF places[] = {{x, whole.bottom() + h},
                                  {x, whole.top() - h},
                                  {whole.right() + w, node.center.y()},
                                  {whole.left() - w, node.center.y()},
                                  {x, whole.bottom() + 3 * h},
                                  {x, whole.top() - 3 * h},
                                  {x + w * 0.7, whole.bottom() + h},
                                  {x - w * 0.7, whole.bottom() + h},
                                  {x + w * 0.7, whole.top() - h},
                                  {x - w * 0.7, whole.top() - h}};
        putFirst(note.words, places);
    }
}

} // namespace packetarium
