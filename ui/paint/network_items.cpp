// SPDX-License-Identifier: GPL-3.0-or-later
//
// What can be hit on the network view, and how it is read aloud.
#include "core/scenario/quantities.h"
#include "ui/i18n/catalogue_network.h"
#include "ui/i18n/catalogue_tables.h"
#include "ui/paint/geometry.h"
#include "ui/paint/network_painter.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr double kReach = 9; ///< from a bar or a cable at which it is still meant

Selection nodeSelection(NodeId node)
{
    Selection s;
    s.kind = Selection::Kind::Host;
    s.host = node;
    return s;
}
Selection indexed(Selection::Kind kind, int index)
{
    Selection s;
    s.kind = kind;
    s.index = index;
    return s;
}

QRectF around(const QLineF& line, double by)
{
    return QRectF(line.p1(), line.p2()).normalized().adjusted(-by, -by, by, by);
}

struct Reader {
    const StageScene& scene;
    const NetworkLayout& layout;
    std::size_t done;

    std::string name(NodeId node) const
    {
        return node && node.value() < layout.nodes().size() ? layout.nodes()[node.value()].name.text.toStdString()
                                                            : std::string();
    }
    std::string joined(const std::vector<IpPrefix>& addresses) const
    {
        std::string all;
        for (const IpPrefix& a : addresses)
            all += (all.empty() ? "" : scene.language == Language::Chinese ? "、" : ", ") + a.toString();
        return all;
    }
    StageItem node(const NetworkNode& n) const
    {
        const TraceNode& node = scene.trace->nodes()[n.id.value()];
        const Language language = scene.language;
        std::string text(explain(node.kind, language));
        const std::string space = language == Language::Chinese ? "" : " ";
        if (!node.addresses.empty())
            text += space + sentence(NetworkWord::NodeAddresses, language, {joined(node.addresses)});
        if (!layout.isOn(done, n.id))
            text += space + std::string(word(NetworkWord::NodeOff, language));
        return {nodeSelection(n.id), scaled(n.whole(), layout.scale()),
                fromUtf8(sentence(NetworkWord::NodeOf, language, {name(n.id), labelOf(node.kind, language)})),
                fromUtf8(text)};
    }
    StageItem cable(const NetworkCable& c) const
    {
        const Language language = scene.language;
        std::string text;
        if (const auto links = scene.trace->links(); c.id.value() < links.size()) {
            const TraceLink& link = links[c.id.value()];
            text = sentence(NetworkWord::CableLike, language,
                            {writeBandwidth(link.bitsPerSecond), durationText(link.delay, language)});
        }
        if (!layout.isPlugged(done, c.id))
            text += (language == Language::Chinese || text.empty() ? "" : " ") +
                    std::string(word(NetworkWord::CableUnplugged, language));
        return {indexed(Selection::Kind::Link, static_cast<int>(c.id.value())),
                scaled(around({c.from, c.to}, 4), layout.scale()),
                fromUtf8(sentence(NetworkWord::Cable, language, {name(c.a), name(c.b)})), fromUtf8(text)};
    }
    StageItem packet(PacketId id, const QRectF& box, NetworkWord how) const
    {
        const PacketInfo& p = scene.trace->packet(id);
        return {
            packetSelection(id), scaled(box, layout.scale()), layout.titleOf(scene, id),
            fromUtf8(sentence(how, scene.language, {name(p.from), name(p.to), labelOf(p.lossReason, scene.language)}))};
    }
};

QRectF sheetBox(const NetworkCard& card, const NetworkLayout& layout)
{
    return card.isOpen() ? scaled(card.box(), 1 / layout.scale()) : QRectF();
}

} // namespace

std::vector<StageItem> networkItems(const StageScene& scene, const NetworkLayout& layout)
{
    const NetworkCard card(scene, layout);
    const NetworkMoment moment(scene, layout, sheetBox(card, layout));
    const Reader read{scene, layout, scene.moment->recordsDone};
    const double capsule = layout.theme().px(NetworkPacket::kCapsule);
    std::vector<StageItem> items;
    for (const NetworkNode& node : layout.nodes()) {
        items.push_back(read.node(node));
        if (node.id != card.node())
            continue;
        for (const NetworkCard::Table& table : card.tables())
            for (const NetworkCard::Row& row : table.rows)
                items.push_back({indexed(Selection::Kind::Row, static_cast<int>(row.rowIndex)), card.boxOf(row),
                                 fromUtf8(sentence(NetworkWord::RowOf, scene.language,
                                                   {labelOf(table.kind, scene.language), read.name(node.id)})),
                                 row.spoken});
    }
    for (const NetworkCable& cable : layout.cables())
        items.push_back(read.cable(cable));
    for (const NetworkPacket& packet : moment.packets()) {
        QRectF box = around(packet.bar(capsule), layout.theme().px(5));
        if (packet.chip.placed)
            box = packet.chip.box;
        items.push_back(read.packet(packet.id, box, NetworkWord::UnderWay));
    }
    for (const NetworkQueue& queue : moment.queues())
        for (const PacketId id : queue.packets)
            items.push_back(read.packet(id, QRectF(queue.place - QPointF(8, 8), QSizeF(16, 16)), NetworkWord::Queued));
    for (const NetworkLoss& loss : moment.losses())
        items.push_back(read.packet(loss.id, QRectF(loss.at - QPointF(9, 9), QSizeF(18, 18)), NetworkWord::LostOn));
    return items;
}

Selection networkHit(const StageScene& scene, const NetworkLayout& layout, QPointF at)
{
    const NetworkCard card(scene, layout);
    if (card.isOpen() && card.box().contains(at)) {
        const int row = card.rowAt(at);
        return row >= 0 ? indexed(Selection::Kind::Row, row) : nodeSelection(card.node());
    }
    const NetworkMoment moment(scene, layout, sheetBox(card, layout));
    const QPointF p = at / layout.scale();
    const double reach = layout.theme().px(kReach);
    for (const NetworkPacket& packet : moment.packets())
        if (packet.chip.placed && packet.chip.box.contains(p))
            return packetSelection(packet.id);
    for (const NetworkLoss& loss : moment.losses())
        if (QLineF(p, loss.at).length() < reach || (loss.words.placed && loss.words.box.contains(p)))
            return packetSelection(loss.id);
    for (const NetworkNode& node : layout.nodes())
        if (node.icon.contains(p))
            return nodeSelection(node.id);
    double nearest = reach;
    Selection found;
    for (const NetworkPacket& packet : moment.packets()) {
        const QLineF bar = packet.bar(layout.theme().px(NetworkPacket::kCapsule));
        if (const double d = distanceToSegment(p, bar.p1(), bar.p2()); d < nearest) {
            nearest = d;
            found = packetSelection(packet.id);
        }
    }
    if (found.kind != Selection::Kind::None)
        return found;
    for (const NetworkQueue& queue : moment.queues())
        if (QLineF(p, queue.place).length() < reach || (queue.words.placed && queue.words.box.contains(p)))
            return packetSelection(queue.packets.front());
    for (const NetworkNote& note : moment.notes())
        if (note.words.placed && note.words.box.contains(p))
            return note.kind == NetworkNote::Kind::Row ? indexed(Selection::Kind::Row, note.row)
                                                       : packetSelection(note.packet);
    for (const NetworkNode& node : layout.nodes())
        if (node.whole().contains(p))
            return nodeSelection(node.id);
    for (const NetworkCable& cable : layout.cables())
        if (const double d = distanceToSegment(p, cable.from, cable.to); d < nearest) {
            nearest = d;
            found = indexed(Selection::Kind::Link, static_cast<int>(cable.id.value()));
        }
    return found;
}

} // namespace packetarium
