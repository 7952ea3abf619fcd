// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/thumbnails.h"

#include "ui/paint/primitives.h"

#include <QPainter>
#include <array>
#include <utility>

namespace packetarium {

namespace {

/// Draws on a sheet of 160 by 64, whatever the card's size.
class Sketch {
public:
    Sketch(QPainter& p, const Theme& theme)
        : p_(p)
        , theme_(theme)
    {}

    void draw(Thumbnail picture)
    {
        switch (picture) {
        case Thumbnail::Handshake:
            lifelines();
            arrow(0, 10, 20, Role::Syn);
            arrow(1, 24, 34, Role::Syn);
            arrow(0, 39, 49, Role::Ack);
            break;
        case Thumbnail::Teardown:
            lifelines();
            arrow(0, 8, 16, Role::Fin);
            arrow(1, 20, 28, Role::Ack);
            arrow(1, 32, 40, Role::Fin);
            arrow(0, 44, 52, Role::Ack);
            break;
        case Thumbnail::OldSyn:
            lifelines();
            injected(10);
            arrow(1, 22, 32, Role::Syn);
            arrow(0, 36, 46, Role::Rst);
            break;
        case Thumbnail::TimeWait:
            lifelines();
            arrow(1, 8, 16, Role::Fin);
            lost(20, Role::Ack);
            arrow(1, 34, 42, Role::Fin);
            arrow(0, 46, 54, Role::Ack);
            break;
        case Thumbnail::States:
            line({80, 18}, {46, 46}, Role::LineStrong, 1.6);
            line({80, 18}, {114, 46}, Role::LineStrong, 1.6);
            line({46, 46}, {114, 46}, Role::LineStrong, 1.6);
            node({80, 18}, Role::Muted);
            node({46, 46}, Role::Client);
            node({114, 46}, Role::Server);
            break;
        case Thumbnail::Ruler:
            // Octets sent and octets that may be sent, on one scale with those received.
            cells(16, 5, Role::Client);
            cells(40, 3, Role::Server);
            break;
        case Thumbnail::Loss:
            lifelines();
            lost(10, Role::Data);
            arrow(1, 22, 31, Role::Ack);
            arrow(0, 40, 50, Role::Data);
            break;
        case Thumbnail::Saw:
            for (const double x : {30.0, 64.0, 98.0}) {
                line({x, 44}, {x + 34, 16}, Role::Data, 1.8);
                line({x + 34, 16}, {x + 34, 44}, Role::Rst, 1.2);
            }
            break;
        case Thumbnail::Layers:
            // One more envelope at each layer, on the way down.
            envelope(0, Role::LayerApplication);
            envelope(1, Role::LayerTransport);
            envelope(2, Role::LayerInternet);
            envelope(3, Role::LayerLink);
            break;
        case Thumbnail::Network:
            line({36, 20}, {80, 32}, Role::LineStrong, 1.6);
            line({36, 46}, {80, 32}, Role::LineStrong, 1.6);
            line({80, 32}, {124, 32}, Role::LineStrong, 1.6);
            node({36, 20}, Role::Client);
            node({36, 46}, Role::Muted);
            node({80, 32}, Role::LayerInternet);
            node({124, 32}, Role::Server);
            break;
        }
    }

private:
    static constexpr double kLeft = 42, kRight = 118;

    QColor c(Role role) const { return theme_.color(role); }

    void line(QPointF a, QPointF b, Role role, double width)
    {
        p_.setPen(linePen(c(role), width));
        p_.drawLine(a, b);
    }

    void lifelines()
    {
        line({kLeft, 4}, {kLeft, 60}, Role::Client, 2);
        line({kRight, 4}, {kRight, 60}, Role::Server, 2);
    }

    void arrow(int from, double y1, double y2, Role role)
    {
        const QPointF a(from == 0 ? kLeft + 3 : kRight - 3, y1);
        const QPointF b(from == 0 ? kRight - 3 : kLeft + 3, y2);
        line(a, b, role, 1.2);
        drawArrowHead(p_, b, -QLineF(a, b).angle(), 5, c(role));
    }

    void lost(double y, Role role)
    {
        const QPointF end(80, y + 5);
        line({kLeft + 3, y}, end, role, 1.2);
        drawCross(p_, end, 3.4, 1.5, c(Role::Rst));
    }

    void node(QPointF at, Role role)
    {
        p_.setPen(linePen(c(role), 1.6));
        p_.setBrush(c(Role::Card));
        p_.drawRoundedRect(QRectF(at.x() - 9, at.y() - 7, 18, 14), 3, 3);
    }

    /// A ruler of eight marks, the first `full` of them filled.
    void cells(double y, int full, Role role)
    {
        for (int i = 0; i < 8; ++i) {
            p_.setPen(linePen(c(role), 1.2));
            p_.setBrush(c(i < full ? role : Role::Card));
            p_.drawRect(QRectF(32 + 12 * i, y, 12, 10));
        }
    }

    /// Data, and `headers` before it, the outermost of a colour of its own.
    void envelope(int headers, Role role)
    {
        const double y = 7 + 13 * headers;
        static constexpr std::array kHeaders{Role::LayerTransport, Role::LayerInternet, Role::LayerLink};
        p_.setPen(Qt::NoPen);
        p_.setBrush(c(Role::LayerApplication));
        p_.drawRoundedRect(QRectF(84, y, 44, 9), 2, 2);
        for (int i = 0; i < headers; ++i) {
            p_.setBrush(c(i + 1 == headers ? role : kHeaders.at(static_cast<std::size_t>(i))));
            p_.drawRoundedRect(QRectF(84 - 18 * (i + 1), y, 16, 9), 2, 2);
        }
    }

    void injected(double y)
    {
        const QPointF from(80, y), to(kRight - 3, y + 5);
        line(from, to, Role::Syn, 1.2);
        drawArrowHead(p_, to, -QLineF(from, to).angle(), 5, c(Role::Syn));
        p_.setPen(linePen(c(Role::Syn), 1.2));
        p_.setBrush(c(Role::Sunken));
        p_.drawEllipse(from, 3, 3);
    }

    QPainter& p_;
    const Theme& theme_;
};

} // namespace

Thumbnail thumbnailFor(std::string_view name)
{
    const auto has = [name](std::string_view part) { return name.find(part) != std::string_view::npos; };
    if (has("why-three"))
        return Thumbnail::OldSyn;
    if (has("time-wait"))
        return Thumbnail::TimeWait;
    if (has("states"))
        return Thumbnail::States;
    if (has("sequence-numbers") || has("flow-control"))
        return Thumbnail::Ruler;
    if (has("retransmission") || has("udp"))
        return Thumbnail::Loss;
    if (has("congestion"))
        return Thumbnail::Saw;
    for (const std::string_view part : {"encapsulation", "layer", "osi", "presentation", "session", "transport"})
        if (has(part))
            return has("network-layer") || has("link") ? Thumbnail::Network : Thumbnail::Layers;
    for (const std::string_view part : {"network", "link", "hub", "switch", "arp", "icmp", "dns"})
        if (has(part))
            return Thumbnail::Network;
    return has("teardown") || has("why-four") ? Thumbnail::Teardown : Thumbnail::Handshake;
}

void paintThumbnail(QPainter& painter, Thumbnail picture, const QRectF& box, const Theme& theme)
{
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(theme.color(Role::Sunken));
    painter.drawRoundedRect(box, theme.px(8), theme.px(8));
    const double scale = std::min(box.width() / 160, box.height() / 64);
    painter.translate(box.center());
    painter.scale(scale, scale);
    painter.translate(-80, -32);
    Sketch(painter, theme).draw(picture);
    painter.restore();
}

} // namespace packetarium
