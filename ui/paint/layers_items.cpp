// SPDX-License-Identifier: GPL-3.0-or-later
// What lies where on the layers view, for the mouse, the keyboard and the ear.
#include "ui/i18n/catalogue_words.h"
#include "ui/paint/layers_painter.h"

#include <algorithm>

namespace packetarium {

namespace {

Selection itemOf(const LayersLayout& layout, int index)
{
    Selection s;
    s.kind = Selection::Kind::Packet;
    s.packet = layout.story().packet;
    s.index = index;
    return s;
}

Selection layerAt(const StackNode& node, const StackLayer& layer)
{
    Selection s;
    s.kind = Selection::Kind::Layer;
    s.host = node.node;
    s.index = layer.index;
    return s;
}

QRectF onScreen(const QRectF& box, double scale)
{
    return {box.topLeft() * scale, box.size() * scale};
}

} // namespace

std::vector<StageItem> layersItems(const StageScene& scene, const LayersLayout& layout)
{
    const LayersStory& story = layout.story();
    const bool zh = scene.language == Language::Chinese;
    const auto in = [&](const Words& words) { return fromUtf8(words.in(scene.language)); };
    std::vector<StageItem> items;
    for (const LayerColumn& column : layout.columns()) {
        const StackNode& node = story.nodes[column.node];
        for (std::size_t i = column.boxes.size(); i-- > 0;) {
            const StackLayer& layer = node.layers[i];
            StageItem item;
            item.what = layerAt(node, layer);
            item.box = onScreen(column.boxes[i], layout.scale());
            item.name = node.label + (zh ? QStringLiteral("：") : QStringLiteral(": ")) + layer.name +
                        (layer.protocol.isEmpty() ? QString() : QStringLiteral(", ") + layer.protocol);
            item.description = scene.layers.osi ? fromUtf8(explain(layer.osi, scene.language))
                                                : fromUtf8(explain(layer.layer(), scene.language));
            if (layer.current)
                item.description +=
                    (zh ? QString() : QStringLiteral(" ")) + in({"The packet is here.", "现在就在这里。"});
            items.push_back(item);
        }
    }
    for (const UnitBlock& block : layout.blocks()) {
        const UnitPart& part = story.unit[block.part];
        StageItem item;
        item.what = itemOf(layout, static_cast<int>(block.part));
        item.box = onScreen(block.box, layout.scale());
        item.name = part.name + QStringLiteral(", ") + fromUtf8(octetsText(part.length, scene.language));
        item.description = fromUtf8(explain(part.id, scene.language));
        if (!part.there)
            item.description = in({"Not part of it now.", "现在不在其中。"}) + (zh ? QString() : QStringLiteral(" ")) +
                               item.description;
        items.push_back(item);
    }
    for (const FieldCell& cell : layout.cells()) {
        StageItem item;
        if (cell.field == FieldCell::kMore) {
            QStringList rest;
            for (std::size_t i = 0; i < story.fields.size(); ++i)
                if (std::ranges::none_of(layout.cells(), [i](const FieldCell& c) { return c.field == i; }))
                    rest << story.fields[i].name + QStringLiteral(" ") + story.fields[i].value;
            item.what = itemOf(layout, kLayersFieldIndex - 1);
            item.name = in({"More fields", "其余字段"});
            item.description = rest.join(QStringLiteral(" · "));
        } else {
            const OpenField& field = story.fields[cell.field];
            item.what = itemOf(layout, kLayersFieldIndex + static_cast<int>(cell.field));
            item.name = field.name + QStringLiteral(": ") + field.value;
            if (field.changed())
                item.name += in({", was ", "，原为 "}) + field.before;
            item.description = field.explanation;
        }
        item.box = onScreen(cell.box, layout.scale());
        items.push_back(item);
    }
    return items;
}

Selection layersHit(const StageScene&, const LayersLayout& layout, QPointF at)
{
    const LayersStory& story = layout.story();
    const QPointF p = at / layout.scale();
    for (const LayerColumn& column : layout.columns())
        for (std::size_t i = 0; i < column.boxes.size(); ++i)
            if (column.boxes[i].contains(p))
                return layerAt(story.nodes[column.node], story.nodes[column.node].layers[i]);
    for (const UnitBlock& block : layout.blocks())
        if (block.box.contains(p))
            return itemOf(layout, static_cast<int>(block.part));
    for (const FieldCell& cell : layout.cells())
        if (cell.box.contains(p))
            return itemOf(layout, cell.field == FieldCell::kMore ? kLayersFieldIndex - 1
                                                                 : kLayersFieldIndex + static_cast<int>(cell.field));
    return {};
}

std::optional<BitRange> layersBits(const LayersLayout& layout, const Selection& what)
{
    const LayersStory& story = layout.story();
    if (what.kind != Selection::Kind::Packet || what.packet != story.packet || what.index < 0)
        return {};
    if (what.index >= kLayersFieldIndex) {
        const auto field = static_cast<std::size_t>(what.index - kLayersFieldIndex);
        if (field < story.fields.size())
            return story.fields[field].bits;
        return {};
    }
    const auto part = static_cast<std::size_t>(what.index);
    if (part >= story.unit.size())
        return {};
    return BitRange{story.packet, story.unit[part].offset * 8, story.unit[part].length * 8};
}

std::optional<BitRange> layersBitsAt(const StageScene& scene, const LayersLayout& layout, QPointF at)
{
    const BitsWindow& bits = layout.bits();
    const QPointF p = at / layout.scale();
    if (layout.bitsPanel().isEmpty() || p.x() < bits.wave.left() || p.x() > bits.wave.right() ||
        p.y() < bits.lane.top() || p.y() > layout.bitsPanel().bottom())
        return {};
    const double bit = bits.bitAt(p.x());
    if (bit < 0 || bit >= bits.count)
        return {};
    const FrameBytes frame = scene.trace->bytes(layout.story().packet);
    return fieldOnWire(frame, layout.story().packet, static_cast<std::uint32_t>(bit));
}

} // namespace packetarium
