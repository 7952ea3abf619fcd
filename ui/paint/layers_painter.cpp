// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/layers_painter.h"

#include "ui/i18n/catalogue_words.h"
#include "ui/paint/primitives.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace packetarium {

namespace {

class Painter {
public:
    Painter(QPainter& p, const LayersLayout& layout, const StageScene& scene)
        : p_(p)
        , layout_(layout)
        , story_(layout.story())
        , scene_(scene)
        , theme_(scene.theme)
        , ruler_(scene.theme)
    {}

    void settled(bool written)
    {
        drawHeader(written);
        if (!story_.hasLayers)
            return;
        drawCable();
        for (const LayerColumn& column : layout_.columns())
            drawStack(column);
        drawUnit();
        drawCells();
        drawBars();
        if (scene_.layers.parcel)
            paintParcel(p_, layout_, scene_);
        if (!layout_.bitsPanel().isEmpty()) {
            paintSignal(p_, layout_, scene_);
            if (written && !layout_.codeControls().isEmpty())
                drawText(p_, theme_, TextStyle::Label, theme_.color(Role::Muted), layout_.codeControls(),
                         Qt::AlignRight | Qt::AlignVCenter, codeName(scene_.layers.lineCode));
        }
    }

    void moving()
    {
        if (!story_.hasLayers || story_.act == kNoAct)
            return;
        double done = 1;
        actOnStage(scene_, &done);
        drawWay(done);
        for (const UnitBlock& block : layout_.blocks())
            if (story_.unit[block.part].framed)
                drawBlock(block, done);
        drawHover();
    }

    static QString codeName(LineCode code)
    {
        switch (code) {
        case LineCode::Nrz: return QStringLiteral("NRZ");
        case LineCode::Manchester: return QStringLiteral("Manchester");
        case LineCode::Mlt3: return QStringLiteral("MLT-3");
        }
        return {};
    }

private:
    double u(double n) const { return theme_.px(n); }
    QColor colour(Role role) const { return theme_.color(role); }
    QString in(const Words& words) const { return fromUtf8(words.in(scene_.language)); }

    void drawHeader(bool written)
    {
        const QString text =
            story_.hasLayers ? story_.journey
                             : in({"Nothing passes through the layers in this run.", "这次运行中没有逐层处理的记录。"});
        drawText(p_, theme_, TextStyle::Heading, colour(Role::Ink), layout_.header(), Qt::AlignLeft | Qt::AlignVCenter,
                 ruler_.fitted(TextStyle::Heading, text, layout_.header().width()));
        if (written && story_.hasLayers)
            drawText(p_, theme_, TextStyle::Label, colour(Role::Muted), layout_.controls(),
                     Qt::AlignRight | Qt::AlignVCenter,
                     scene_.layers.osi ? QStringLiteral("OSI 7") : QStringLiteral("TCP/IP 4"));
    }

    void drawCable()
    {
        p_.setBrush(Qt::NoBrush);
        p_.setPen(linePen(colour(Role::LineStrong), u(1.4)));
        p_.drawPolyline(layout_.way());
        if (layout_.way().size() >= 2) {
            const QPointF end = layout_.way().last(), before = layout_.way()[layout_.way().size() - 2];
            if (end.y() < before.y() - u(8))
                drawArrowHead(p_, end - QPointF(0, u(2)), -90, u(9), colour(Role::LineStrong));
        }
    }

    void drawStack(const LayerColumn& column)
    {
        const StackNode& node = story_.nodes[column.node];
        if (column.hidden) {
            p_.setPen(Qt::NoPen);
            p_.setBrush(colour(Role::Muted));
            p_.drawEllipse(QPointF(column.left, layout_.cableY()), u(3), u(3));
            return;
        }
        const Role name = node.side == 0 ? Role::Client : node.side == 1 ? Role::Server : Role::Ink;
        drawText(p_, theme_, TextStyle::Label, colour(name), column.nameBox, Qt::AlignCenter, column.name);
        for (std::size_t i = 0; i < node.layers.size(); ++i)
            drawBox(column, node, i);
        // One frame around all the boxes of the act: in OSI the application's three are one act.
        QRectF frame;
        for (std::size_t i = 0; i < node.layers.size(); ++i)
            if (node.layers[i].current)
                frame = frame.united(column.boxes[i]);
        if (!frame.isEmpty()) {
            p_.setBrush(Qt::NoBrush);
            p_.setPen(linePen(colour(layerRole(story_.record.layer())), u(2.4)));
            p_.drawRoundedRect(frame.adjusted(-u(0.5), -u(0.5), u(0.5), u(0.5)), u(7), u(7));
        }
    }

    void drawBox(const LayerColumn& column, const StackNode& node, std::size_t i)
    {
        const StackLayer& layer = node.layers[i];
        const QRectF box = column.boxes[i];
        const QColor own = colour(layerRole(layer.layer()));
        const bool selected = scene_.selection.kind == Selection::Kind::Layer && scene_.selection.host == node.node &&
                              scene_.selection.index == layer.index;
        p_.setPen(layer.opened ? linePen(selected ? colour(Role::Focus) : colour(Role::Line), u(selected ? 2.4 : 1.3))
                               : dashPen(colour(Role::LineStrong), u(1), u(3), u(3)));
        p_.setBrush(layer.current  ? blended(colour(Role::Card), own, 0.1)
                    : layer.opened ? QBrush(colour(Role::Card))
                                   : QBrush(Qt::NoBrush));
        p_.drawRoundedRect(box, u(7), u(7));
        p_.setPen(Qt::NoPen);
        p_.setBrush(layer.opened ? own : blended(colour(Role::Background), own, 0.35));
        p_.drawRoundedRect(QRectF(box.left(), box.top() + u(1), u(6), box.height() - u(2)), u(3), u(3));
        if (column.slim)
            return;
        QRectF inside = box.adjusted(u(14), 0, -u(6), 0);
        if (scene_.layers.parcel && node.kind == NodeKind::Host && inside.width() > u(104)) {
            const double size = std::min(box.height() - u(2), u(26));
            drawPackerSign(p_, theme_, layer.osi,
                           QRectF(inside.right() - size, box.center().y() - size / 2, size, size));
            inside.setRight(inside.right() - size - u(4));
        }
        if (layer.done && !layer.current && inside.width() > u(60)) {
            // A quiet tick.
            const QPointF at(inside.right() - u(6), layout_.oneLine() ? box.center().y() : box.top() + u(12));
            p_.setPen(linePen(colour(Role::Good), u(1.8)));
            p_.setBrush(Qt::NoBrush);
            p_.drawPolyline(QPolygonF{at + QPointF(-u(4), 0), at + QPointF(-u(1), u(3)), at + QPointF(u(5), -u(4))});
            if (layout_.oneLine())
                inside.setRight(inside.right() - u(16));
        }
        const QColor ink = colour(layer.opened ? Role::Ink : Role::Muted);
        QString name = layer.name;
        if (scene_.layers.osi)
            name = QStringLiteral("%1 %2").arg(layer.number).arg(name);
        const double room = inside.width();
        if (layout_.oneLine()) {
            const QString shown = ruler_.fitted(TextStyle::Label, name, room);
            const double width = ruler_.width(TextStyle::Label, shown);
            drawText(p_, theme_, TextStyle::Label, ink, inside, Qt::AlignLeft | Qt::AlignVCenter, shown);
            const double left = room - width - u(8);
            if (ruler_.width(TextStyle::MonoSmall, layer.protocol) <= left)
                drawText(p_, theme_, TextStyle::MonoSmall, colour(Role::Muted), inside,
                         Qt::AlignRight | Qt::AlignVCenter, layer.protocol);
            return;
        }
        const double middle = box.center().y();
        const double tick = layer.done && !layer.current ? u(14) : 0;
        drawText(p_, theme_, TextStyle::Label, ink, QRectF(inside.left(), box.top(), room, middle - box.top() + u(1)),
                 Qt::AlignLeft | Qt::AlignVCenter, ruler_.fitted(TextStyle::Label, name, room - tick));
        drawText(p_, theme_, TextStyle::MonoSmall, colour(Role::Muted),
                 QRectF(inside.left(), middle - u(1), room, box.bottom() - middle - u(1)),
                 Qt::AlignLeft | Qt::AlignVCenter, ruler_.fitted(TextStyle::MonoSmall, layer.protocol, room));
    }

    void drawUnit()
    {
        const QRectF title = layout_.titleBox();
        drawText(p_, theme_, TextStyle::Label, colour(Role::Ink), title, Qt::AlignLeft | Qt::AlignVCenter,
                 layout_.titleText());
        drawText(p_, theme_, TextStyle::MonoSmall, colour(Role::Muted), title, Qt::AlignRight | Qt::AlignVCenter,
                 layout_.sumText());
        for (const UnitBlock& block : layout_.blocks())
            if (!story_.unit[block.part].framed)
                drawBlock(block, 1);
        if (story_.physical() && !layout_.blocks().empty()) {
            // The whole frame at once.
            p_.setBrush(Qt::NoBrush);
            p_.setPen(linePen(colour(Role::Now), u(2.2)));
            const QRectF whole = layout_.blocks().front().box.united(layout_.blocks().back().box);
            p_.drawRoundedRect(whole.adjusted(-u(3), -u(3), u(3), u(3)), u(9), u(9));
        }
    }

    /// `done`: how far a header that comes or goes has come or gone.
    void drawBlock(const UnitBlock& block, double done)
    {
        const UnitPart& part = story_.unit[block.part];
        const QColor own = colour(layerRole(part.layer));
        const double radius = u(7);
        const bool whole = done >= 1;
        const LayerAct act = story_.record.layerAct();
        const bool comes = part.framed && act == LayerAct::Added, goes = part.framed && act == LayerAct::Removed;
        if (!part.there || (!whole && (comes || goes))) {
            p_.setPen(dashPen(own, u(1.3), u(4), u(3)));
            p_.setBrush(colour(Role::Background));
            p_.drawRoundedRect(block.box, radius, radius);
        }
        QRectF solid = part.there ? block.box : QRectF();
        if (!whole && (comes || goes)) {
            // It grows out of what it is put around, and goes off outwards.
            const bool trailer = part.id == FieldId::EthFcs || part.id == FieldId::EthPadding;
            const double width = block.box.width() * (comes ? done : 1 - done);
            solid = block.box;
            solid.setWidth(std::max(u(2), width));
            if (trailer != comes)
                solid.moveRight(block.box.right());
        }
        if (!solid.isEmpty()) {
            p_.setPen(Qt::NoPen);
            p_.setBrush(own);
            p_.drawRoundedRect(solid, std::min(radius, solid.width() / 2), radius);
        }
        if (part.framed) {
            p_.setBrush(Qt::NoBrush);
            p_.setPen(linePen(colour(story_.record.layerAct() == LayerAct::Refused ? Role::Rst : Role::Now), u(2.2)));
            p_.drawRoundedRect(block.box.adjusted(-u(2.5), -u(2.5), u(2.5), u(2.5)), u(9), u(9));
        }
        drawPickedIn(block);
        if (!whole && (comes || goes))
            return;
        const QColor ink = part.there ? colour(Role::OnFlag) : colour(Role::Muted);
        QRectF upper = block.box, lower = block.box;
        const bool two = !block.size.isEmpty() && !block.name.isEmpty();
        if (two) {
            const double middle = block.box.center().y();
            upper = QRectF(block.box.left(), middle - ruler_.height(TextStyle::Label), block.box.width(),
                           ruler_.height(TextStyle::Label));
            lower = QRectF(block.box.left(), middle, block.box.width(), ruler_.height(TextStyle::MonoSmall));
        }
        drawText(p_, theme_, TextStyle::Label, ink, upper, Qt::AlignCenter, block.name);
        drawText(p_, theme_, TextStyle::MonoSmall, ink, lower, Qt::AlignCenter, block.size);
    }

    /// Where the picked bits lie in a block: a bar at its foot.
    void drawPickedIn(const UnitBlock& block)
    {
        if (!scene_.field || scene_.field->packet != story_.packet || scene_.field->length == 0)
            return;
        const UnitPart& part = story_.unit[block.part];
        const double from = std::max(scene_.field->offset, part.offset * 8);
        const double to = std::min(scene_.field->offset + scene_.field->length, (part.offset + part.length) * 8);
        if (to <= from)
            return;
        const double perBit = block.box.width() / (part.length * 8.0);
        const double left = block.box.left() + (from - part.offset * 8.0) * perBit;
        const double width = std::max(u(5), (to - from) * perBit);
        const QRectF bar(std::min(left, block.box.right() - width), block.box.bottom() + u(3.5), width, u(4.5));
        p_.setPen(Qt::NoPen);
        p_.setBrush(colour(Role::Focus));
        p_.drawRoundedRect(bar, u(2), u(2));
    }

    void drawCells()
    {
        const QRectF panel = layout_.fieldsPanel();
        if (panel.isEmpty())
            return;
        const QColor own = colour(layerRole(story_.openLayer));
        if (story_.openPart < layout_.blocks().size()) {
            const QRectF from = layout_.blocks()[story_.openPart].box;
            p_.setPen(linePen(blended(colour(Role::Background), own, 0.55), u(1)));
            p_.drawLine(from.bottomLeft() + QPointF(u(2), u(3)), panel.topLeft() + QPointF(u(5), 0));
            p_.drawLine(from.bottomRight() + QPointF(-u(2), u(3)), panel.topRight() + QPointF(-u(5), 0));
        }
        p_.setPen(linePen(own, u(1.5)));
        p_.setBrush(colour(Role::Card));
        p_.drawRoundedRect(panel, u(9), u(9));
        for (const FieldCell& cell : layout_.cells())
            drawCell(cell, own);
    }

    bool isPicked(const OpenField& field) const { return scene_.field && *scene_.field == field.bits; }

    void drawCell(const FieldCell& cell, const QColor& own)
    {
        const bool lines = cell.labelWidth > 0;
        if (cell.field == FieldCell::kMore) {
            drawText(p_, theme_, TextStyle::Label, colour(Role::Muted), cell.box.adjusted(u(8), 0, 0, 0),
                     Qt::AlignVCenter | (lines ? Qt::AlignLeft : Qt::AlignHCenter), cell.value);
            return;
        }
        const OpenField& field = story_.fields[cell.field];
        const bool picked = isPicked(field);
        if (field.changed() || picked) {
            p_.setBrush(picked ? colour(Role::AccentTint) : blended(colour(Role::Card), own, 0.12));
            p_.setPen(picked ? linePen(colour(Role::Focus), u(1.8)) : QPen(Qt::NoPen));
            p_.drawRoundedRect(cell.box.adjusted(u(2), u(1.5), -u(2), -u(1.5)), u(5), u(5));
        }
        if (!lines && !cell.firstInRow) {
            p_.setPen(linePen(colour(Role::Line), u(1)));
            p_.drawLine(cell.box.topLeft() + QPointF(0, u(6)), cell.box.bottomLeft() - QPointF(0, u(6)));
        }
        const QColor value = colour(field.tone == FieldText::Tone::Bad ? Role::Rst : Role::Ink);
        if (lines) {
            drawText(p_, theme_, TextStyle::Small, colour(Role::Muted), cell.box.adjusted(u(8), 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, cell.label);
            drawText(p_, theme_, TextStyle::MonoStrong, value, cell.box.adjusted(u(8) + cell.labelWidth, 0, 0, 0),
                     Qt::AlignLeft | Qt::AlignVCenter, cell.value);
            return;
        }
        const double middle = cell.box.center().y();
        drawText(p_, theme_, TextStyle::Small, colour(Role::Muted),
                 QRectF(cell.box.left(), middle - u(17), cell.box.width(), u(17)), Qt::AlignCenter, cell.label);
        drawText(p_, theme_, TextStyle::MonoStrong, value, QRectF(cell.box.left(), middle, cell.box.width(), u(17)),
                 Qt::AlignCenter, cell.value);
    }

    void drawBars()
    {
        const QRectF box = layout_.bars();
        if (box.isEmpty())
            return;
        drawText(
            p_, theme_, TextStyle::Label, colour(Role::Muted), QRectF(box.left(), box.top(), box.width(), u(20)),
            Qt::AlignLeft | Qt::AlignVCenter,
            ruler_.fitted(TextStyle::Label, in({"One more envelope per layer", "每一层再套一个信封"}), box.width()));
        // From the innermost out; the link layer's trailer comes with its header.
        std::uint32_t sum = 0, whole = 0;
        for (const UnitPart& part : story_.unit)
            whole += part.length;
        double y = box.top() + u(28);
        const double names = u(96), figures = u(52);
        bool first = true;
        for (const Layer layer : {Layer::Application, Layer::Transport, Layer::Internet, Layer::Link}) {
            std::uint32_t own = 0;
            bool there = true;
            QString name;
            const FrameBytes frame = scene_.trace->bytes(story_.packet);
            for (const UnitPart& part : story_.unit) {
                if (part.layer != layer)
                    continue;
                own += part.length;
                there = there && part.there;
                if (name.isEmpty())
                    name = part.layer == Layer::Application ? fromUtf8(protocolAt(frame, layer, scene_.language))
                                                            : fromUtf8(labelOf(part.id, scene_.language));
            }
            if (own == 0 || whole == 0)
                continue;
            sum += own;
            const QColor ink = colour(there ? Role::Ink : Role::Muted);
            drawText(p_, theme_, TextStyle::Small, ink, QRectF(box.left(), y, names, u(20)),
                     Qt::AlignLeft | Qt::AlignVCenter,
                     ruler_.fitted(TextStyle::Small, first ? name : QStringLiteral("+ ") + name, names - u(6)));
            const double full = box.width() - names - figures;
            const QRectF bar(box.left() + names, y + u(4), full * sum / whole, u(12));
            p_.setPen(Qt::NoPen);
            p_.setBrush(there ? colour(layerRole(layer))
                              : blended(colour(Role::Background), colour(layerRole(layer)), 0.3));
            p_.drawRoundedRect(bar, u(3), u(3));
            drawText(p_, theme_, TextStyle::MonoSmall, colour(Role::Muted),
                     QRectF(box.right() - figures, y, figures, u(20)), Qt::AlignRight | Qt::AlignVCenter,
                     QStringLiteral("%1 B").arg(sum));
            y += u(25);
            first = false;
        }
    }

    /// The way so far, and the unit on it.
    void drawWay(double done)
    {
        const auto at = [&](const Record& r) {
            const auto hop = std::ranges::find(story_.hops, r.packet);
            const bool arriving = scene_.trace->packet(r.packet).to == r.host;
            const auto index = static_cast<std::size_t>(hop - story_.hops.begin()) + (arriving ? 1 : 0);
            return layout_.wayAt(std::min(index, story_.way.size() - 1), arriving, r.layer());
        };
        double now = at(story_.record);
        bool lost = false;
        if (done < 1 && story_.previous != kNoAct) {
            // What comes in comes from the far end of the cable.
            const double before = story_.record.layerAct() == LayerAct::Received && story_.here > 0
                                      ? layout_.wayOnCable(story_.here - 1, 1)
                                      : at(scene_.trace->records()[story_.previous]);
            now = before + (now - before) * done;
        } else if (story_.record.layerAct() == LayerAct::Signalled && scene_.moment != nullptr) {
            // Between two nodes it is on the cable.
            const PacketInfo& packet = scene_.trace->packet(story_.packet);
            const double position = packet.positionAt(scene_.moment->at);
            if (position > 0)
                now = layout_.wayOnCable(story_.here, position);
            lost = packet.fate == Fate::Lost && packet.endAt <= scene_.moment->at;
        }
        const QPolygonF gone = cutPath(layout_.way(), 0, now);
        p_.setBrush(Qt::NoBrush);
        p_.setPen(linePen(colour(Role::Accent), u(2.4)));
        // Only beside the stacks: what runs behind the boxes stays hidden.
        for (qsizetype i = 0; i + 1 < gone.size(); ++i)
            if (std::abs(gone[i].x() - gone[i + 1].x()) < 0.5 || std::abs(gone[i].y() - layout_.cableY()) < 0.5)
                p_.drawLine(gone[i], gone[i + 1]);
        const QPointF here = pointAlong(layout_.way(), now, nullptr);
        p_.setPen(linePen(colour(Role::Background), u(1.5)));
        p_.setBrush(colour(Role::Now));
        p_.drawEllipse(here, u(5), u(5));
        if (lost)
            drawCross(p_, here, u(7), u(2.6), colour(Role::Rst));
    }

    void drawHover()
    {
        const Selection& hover = scene_.hover;
        p_.setBrush(Qt::NoBrush);
        p_.setPen(linePen(faded(colour(Role::Focus), 0.5), u(2)));
        if (hover.kind == Selection::Kind::Layer) {
            for (const LayerColumn& column : layout_.columns())
                for (std::size_t i = 0; i < column.boxes.size(); ++i)
                    if (story_.nodes[column.node].node == hover.host &&
                        story_.nodes[column.node].layers[i].index == hover.index)
                        p_.drawRoundedRect(column.boxes[i], u(7), u(7));
        } else if (hover.kind == Selection::Kind::Packet && hover.index >= kLayersFieldIndex) {
            for (const FieldCell& cell : layout_.cells())
                if (cell.field == static_cast<std::size_t>(hover.index - kLayersFieldIndex))
                    p_.drawRoundedRect(cell.box.adjusted(u(2), u(1.5), -u(2), -u(1.5)), u(5), u(5));
        } else if (hover.kind == Selection::Kind::Packet && hover.index >= 0) {
            for (const UnitBlock& block : layout_.blocks())
                if (block.part == static_cast<std::size_t>(hover.index))
                    p_.drawRoundedRect(block.box, u(7), u(7));
        }
    }

    QPainter& p_;
    const LayersLayout& layout_;
    const LayersStory& story_;
    const StageScene& scene_;
    const Theme& theme_;
    TextRuler ruler_;
};

} // namespace

void paintLayersSettled(QPainter& painter, const LayersLayout& layout, const StageScene& scene, bool written)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(QRectF(QPointF(), layout.size()), scene.theme.color(Role::Background));
    painter.scale(layout.scale(), layout.scale());
    Painter(painter, layout, scene).settled(written);
    painter.restore();
}

void paintLayersMoving(QPainter& painter, const LayersLayout& layout, const StageScene& scene)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.scale(layout.scale(), layout.scale());
    Painter(painter, layout, scene).moving();
    painter.restore();
}

void paintLayers(QPainter& painter, const LayersLayout& layout, const StageScene& scene)
{
    paintLayersSettled(painter, layout, scene, true);
    paintLayersMoving(painter, layout, scene);
}

} // namespace packetarium
