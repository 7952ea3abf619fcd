// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/network_painter.h"

#include "ui/i18n/catalogue_tables.h"
#include "ui/paint/network_icons.h"
#include "ui/paint/primitives.h"

#include <QPainter>
#include <algorithm>
#include <utility>

namespace packetarium {

namespace {

QRectF sheetBox(const QRectF& box, double scale)
{
    return {box.topLeft() / scale, box.size() / scale};
}

class NetworkPainter {
public:
    NetworkPainter(QPainter& p, const NetworkLayout& layout, const StageScene& scene)
        : p_(&p)
        , layout_(layout)
        , scene_(scene)
        , theme_(layout.theme())
        , card_(scene, layout)
        , cardOnSheet_(card_.isOpen() ? sheetBox(card_.box(), layout.scale()) : QRectF())
        , moment_(scene, layout, cardOnSheet_)
        , done_(scene.moment->recordsDone)
    {}

    /// `settled`: keeps what does not move from one picture to the next; may be nullptr.
    void paint(NetworkSettled* settled)
    {
        // Packets pass behind nodes and their names.
        if (settled != nullptr) {
            renew(*settled);
            p_->drawPixmap(QPointF(), settled->picture);
        } else {
            p_->fillRect(QRectF(QPointF(), layout_.size()), theme_.color(Role::Background));
        }
        p_->save();
        p_->scale(layout_.scale(), layout_.scale());
        if (settled == nullptr)
            for (const NetworkCable& cable : layout_.cables())
                drawCable(cable);
        for (const NetworkPacket& packet : moment_.packets())
            drawBar(packet);
        for (const NetworkNode& node : layout_.nodes())
            if (settled == nullptr || moment_.passes(node.whole().adjusted(-px(9), -px(9), px(9), px(9))))
                drawNode(node);
        if (settled == nullptr)
            for (const NetworkCable& cable : layout_.cables())
                drawCableWords(cable);
        for (const NetworkPacket& packet : moment_.packets())
            drawLeader(packet);
        for (const NetworkQueue& queue : moment_.queues())
            drawQueue(queue);
        for (const NetworkLoss& loss : moment_.losses())
            drawLoss(loss);
        for (const NetworkPacket& packet : moment_.packets())
            drawChip(packet);
        for (const NetworkNote& note : moment_.notes())
            drawNote(note);
        p_->restore();
        card_.paint(*p_);
    }

private:
    /// Everything that what is settled depends on, but for the layout.
    std::vector<int> settledState() const
    {
        const auto meant = [](const Selection& s) {
            return s.kind == Selection::Kind::Host   ? static_cast<int>(s.host.value())
                   : s.kind == Selection::Kind::Link ? -2 - s.index
                                                     : -1;
        };
        std::vector<int> state{meant(scene_.selection), meant(scene_.hover)};
        for (const NetworkNode& node : layout_.nodes())
            state.push_back((layout_.isOn(done_, node.id) ? 1 : 0) + (free(node.name) ? 2 : 0) +
                            (free(node.address) ? 4 : 0));
        for (const NetworkCable& cable : layout_.cables()) {
            int bits = layout_.isPlugged(done_, cable.id) ? 1 : 0;
            for (const NetworkText* text : {&cable.words, &cable.aEnd, &cable.bEnd})
                bits = 2 * bits + (free(*text) && !moment_.passes(text->box) ? 1 : 0);
            state.push_back(bits);
        }
        return state;
    }

    void renew(NetworkSettled& settled)
    {
        const double ratio = p_->device()->devicePixelRatioF();
        std::vector<int> state = settledState();
        const QSize size = (layout_.size() * ratio).toSize();
        if (settled.layout == &layout_ && settled.state == state && settled.picture.size() == size)
            return;
        settled.layout = &layout_;
        settled.state = std::move(state);
        if (settled.picture.size() != size)
            settled.picture = QPixmap(size);
        settled.picture.setDevicePixelRatio(ratio);
        QPainter painter(&settled.picture);
        painter.setRenderHint(QPainter::Antialiasing);
        QPainter* const outer = std::exchange(p_, &painter);
        p_->fillRect(QRectF(QPointF(), layout_.size()), theme_.color(Role::Background));
        p_->scale(layout_.scale(), layout_.scale());
        for (const NetworkCable& cable : layout_.cables())
            drawCable(cable);
        for (const NetworkNode& node : layout_.nodes())
            drawNode(node);
        for (const NetworkCable& cable : layout_.cables())
            drawCableWords(cable);
        p_ = outer;
    }

    QColor colour(Role role) const { return theme_.color(role); }
    double px(double v) const { return theme_.px(v); }
    bool isNode(const Selection& s, NodeId node) const { return s.kind == Selection::Kind::Host && s.host == node; }
    bool isLink(const Selection& s, LinkId link) const
    {
        return s.kind == Selection::Kind::Link && s.index == static_cast<int>(link.value());
    }
    bool isPacket(const Selection& s, PacketId id) const { return s.kind == Selection::Kind::Packet && s.packet == id; }
    /// Words that the card, or words of this instant, lie over are left out.
    bool free(const NetworkText& text) const { return text.placed && !moment_.covers(text.box); }

    void words(const NetworkText& text, Role role)
    {
        if (free(text))
            drawText(*p_, theme_, text.style, colour(role), text.box, Qt::AlignCenter, text.text);
    }

    void drawCable(const NetworkCable& cable)
    {
        const bool plugged = layout_.isPlugged(done_, cable.id);
        const bool dead = !layout_.isOn(done_, cable.a) || !layout_.isOn(done_, cable.b);
        const bool selected = isLink(scene_.selection, cable.id), hovered = isLink(scene_.hover, cable.id);
        if (selected || hovered) {
            p_->setPen(linePen(faded(colour(Role::Focus), selected ? 0.35 : 0.2), px(12)));
            p_->drawLine(cable.from, cable.to);
        }
        const QColor line = colour(plugged && !dead ? Role::LineStrong : Role::Disabled);
        if (plugged) {
            p_->setPen(linePen(line, px(2.2)));
            p_->drawLine(cable.from, cable.to);
        } else {
            // Two loose ends, and a cross between them.
            p_->setPen(dashPen(line, px(2), px(5), px(4)));
            const QLineF whole(cable.from, cable.to);
            p_->drawLine(cable.from, whole.pointAt(0.42));
            p_->drawLine(cable.to, whole.pointAt(0.58));
            drawCross(*p_, whole.center(), px(6), px(2.4), colour(Role::Rst));
        }
    }

    void drawCableWords(const NetworkCable& cable)
    {
        for (const NetworkText* end : {&cable.aEnd, &cable.bEnd})
            if (!moment_.passes(end->box))
                words(*end, Role::Muted);
        if (layout_.isPlugged(done_, cable.id)) {
            if (!moment_.passes(cable.words.box))
                words(cable.words, Role::Muted);
        } else if (free(cable.words)) {
            const QString said = layout_.ruler().fitted(
                TextStyle::Label, fromUtf8(word(NetworkWord::Unplugged, scene_.language)), cable.words.box.width() + 1);
            drawText(*p_, theme_, TextStyle::Label, colour(Role::Rst), cable.words.box, Qt::AlignCenter, said);
        }
    }

    void drawNode(const NetworkNode& node)
    {
        const bool on = layout_.isOn(done_, node.id);
        const bool selected = isNode(scene_.selection, node.id), hovered = isNode(scene_.hover, node.id);
        if (selected || hovered) {
            p_->setPen(linePen(faded(colour(Role::Focus), selected ? 0.45 : 0.25), px(5)));
            p_->setBrush(Qt::NoBrush);
            p_->drawRoundedRect(node.icon.adjusted(-px(3), -px(3), px(3), px(3)), px(9), px(9));
        }
        p_->setPen(Qt::NoPen);
        p_->setBrush(colour(Role::Background));
        for (const NetworkText* text : {&node.name, &node.address})
            if (free(*text) && !text->text.isEmpty())
                p_->drawRoundedRect(text->box.adjusted(-px(2), 0, px(2), 0), px(3), px(3));
        drawNodeIcon(*p_, theme_, node.look, node.icon, on);
        const Role role = node.look == NodeLook::Client   ? Role::Client
                          : node.look == NodeLook::Server ? Role::Server
                                                          : Role::Ink;
        words(node.name, on ? role : Role::Muted);
        if (on) {
            words(node.address, Role::Muted);
            return;
        }
        // A cross over the drawing; the word in the address' place, or under the name.
        drawCross(*p_, node.icon.center(), px(9), px(3), colour(Role::Rst));
        if (node.address.placed)
            drawOff(node.address.box);
        else if (node.name.placed)
            drawOff(node.name.box.translated(0, node.name.box.height()));
    }

    void drawOff(QRectF box)
    {
        const QString said = fromUtf8(word(NetworkWord::Off, scene_.language));
        const QPointF middle = box.center();
        box.setWidth(layout_.ruler().width(TextStyle::Label, said));
        box.moveCenter(middle);
        if (!moment_.covers(box))
            drawText(*p_, theme_, TextStyle::Label, colour(Role::Rst), box, Qt::AlignCenter, said);
    }

    void drawBar(const NetworkPacket& packet)
    {
        const QLineF bar = packet.bar(px(NetworkPacket::kCapsule));
        const QColor ink = colour(packet.role);
        if (isPacket(scene_.selection, packet.id) || isPacket(scene_.hover, packet.id)) {
            p_->setPen(linePen(faded(colour(Role::Focus), isPacket(scene_.selection, packet.id) ? 0.5 : 0.28), px(15)));
            p_->drawLine(bar);
        }
        // A rim of the background keeps the bar apart from its cable.
        p_->setPen(linePen(colour(Role::Background), px(10)));
        p_->drawLine(bar);
        p_->setPen(packet.corrupted ? dashPen(ink, px(7), px(4), px(2.5)) : linePen(ink, px(7)));
        p_->drawLine(bar);
        if (packet.held) {
            p_->setPen(linePen(colour(Role::Background), px(1.8)));
            const QPointF m = bar.center();
            p_->drawLine(m + QPointF(-px(2), -px(2.4)), m + QPointF(-px(2), px(2.4)));
            p_->drawLine(m + QPointF(px(2), -px(2.4)), m + QPointF(px(2), px(2.4)));
        }
        const QPointF ahead = (bar.p2() - bar.p1()) / std::max(1.0, bar.length());
        drawArrowHead(*p_, bar.p2() + ahead * px(6), -bar.angle(), px(17), ink);
    }

    /// From a packet to its words, where they stand apart.
    void drawLeader(const NetworkPacket& packet)
    {
        const QLineF line = packet.leader(px(NetworkPacket::kCapsule));
        if (line.length() < px(15))
            return;
        p_->setPen(linePen(faded(colour(packet.role), 0.55), px(1.2)));
        p_->drawLine(line);
    }

    void drawChip(const NetworkPacket& packet)
    {
        if (!packet.chip.placed)
            return;
        const bool marked = isPacket(scene_.selection, packet.id);
        p_->setPen(linePen(colour(packet.role), px(marked ? 2.2 : 1.3)));
        p_->setBrush(colour(Role::Card));
        p_->drawRoundedRect(packet.chip.box, px(6), px(6));
        drawText(*p_, theme_, packet.chip.style, colour(packet.role), packet.chip.box, Qt::AlignCenter,
                 packet.chip.text);
    }

    void drawQueue(const NetworkQueue& queue)
    {
        constexpr int kMostDrawn = 5;
        const int drawn = std::min(queue.count, kMostDrawn);
        for (int i = 0; i < drawn; ++i) {
            const double y = queue.place.y() + px(6) - i * px(3.4);
            p_->setPen(linePen(colour(Role::Data), px(2.4)));
            p_->drawLine(QPointF(queue.place.x() - px(6), y), QPointF(queue.place.x() + px(6), y));
        }
        if (queue.words.placed)
            drawText(*p_, theme_, queue.words.style, colour(Role::Data), queue.words.box, Qt::AlignCenter,
                     queue.words.text);
    }

    void drawLoss(const NetworkLoss& loss)
    {
        drawCross(*p_, loss.at, px(8), px(5), colour(Role::Background));
        drawCross(*p_, loss.at, px(7), px(3), colour(Role::Rst));
        if (!loss.words.placed)
            return;
        p_->setPen(linePen(colour(Role::Rst), px(1.3)));
        p_->setBrush(colour(Role::Card));
        p_->drawRoundedRect(loss.words.box, px(6), px(6));
        drawText(*p_, theme_, loss.words.style, colour(Role::Rst), loss.words.box, Qt::AlignCenter, loss.words.text);
    }

    void drawNote(const NetworkNote& note)
    {
        if (!note.words.placed)
            return;
        const bool row = note.kind == NetworkNote::Kind::Row;
        p_->setPen(row ? linePen(colour(Role::Accent), px(1)) : dashPen(colour(Role::Muted), px(1.2), px(3), px(2)));
        p_->setBrush(colour(row ? Role::AccentTint : Role::Card));
        p_->drawRoundedRect(note.words.box, px(5), px(5));
        drawText(*p_, theme_, note.words.style, colour(row ? Role::Ink : Role::Muted), note.words.box, Qt::AlignCenter,
                 note.words.text);
    }

    QPainter* p_;
    const NetworkLayout& layout_;
    const StageScene& scene_;
    const Theme& theme_;
    NetworkCard card_;
    QRectF cardOnSheet_;
    NetworkMoment moment_;
    std::size_t done_;
};

} // namespace

void paintNetwork(QPainter& painter, const NetworkLayout& layout, const StageScene& scene, NetworkSettled* settled)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    NetworkPainter(painter, layout, scene).paint(settled);
    painter.restore();
}

} // namespace packetarium
