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
        case Thumbnail::Loss:
            lifelines();
            lost(9, Role::Syn);
            arrow(0, 30, 40, Role::Syn);
            arrow(1, 44, 54, Role::Syn);
            break;
        case Thumbnail::Attack:
            lifelines();
            injected(20);
            arrow(1, 38, 48, Role::Ack);
            break;
        case Thumbnail::States: states(); break;
        case Thumbnail::Sandbox: sandbox(); break;
        case Thumbnail::File: file(); break;
        case Thumbnail::Encapsulation: encapsulation(); break;
        case Thumbnail::Network: network(); break;
        case Thumbnail::Address: address(); break;
        case Thumbnail::Window: window(); break;
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

    void injected(double y)
    {
        const QPointF from(80, y), to(kRight - 3, y + 5);
        line(from, to, Role::Rst, 1.2);
        drawArrowHead(p_, to, -QLineF(from, to).angle(), 5, c(Role::Rst));
        p_.setPen(linePen(c(Role::Rst), 1.2));
        p_.setBrush(c(Role::Sunken));
        p_.drawEllipse(from, 3, 3);
    }

    void box(const QRectF& r, Role fill, double radius = 2)
    {
        p_.setPen(Qt::NoPen);
        p_.setBrush(c(fill));
        p_.drawRoundedRect(r, radius, radius);
    }

    void outlined(const QRectF& r, Role border)
    {
        p_.setPen(linePen(c(border), 1.3));
        p_.setBrush(c(Role::Card));
        p_.drawRoundedRect(r, 3, 3);
    }

    void states()
    {
        line({80, 12}, {50, 30}, Role::LineStrong, 1.2);
        line({80, 12}, {110, 30}, Role::LineStrong, 1.2);
        line({50, 32}, {110, 32}, Role::LineStrong, 1.2);
        line({50, 34}, {80, 54}, Role::LineStrong, 1.2);
        line({110, 34}, {80, 54}, Role::LineStrong, 1.2);
        outlined({66, 6, 28, 10}, Role::LineStrong);
        box({36, 27, 28, 10}, Role::Client, 3);
        box({96, 27, 28, 10}, Role::Server, 3);
        outlined({66, 48, 28, 10}, Role::LineStrong);
    }

    void node(QPointF at, Role role)
    {
        p_.setPen(linePen(c(role), 1.8));
        p_.setBrush(c(Role::Card));
        p_.drawEllipse(at, 7, 7);
    }

    void sandbox()
    {
        line({42, 32}, {118, 32}, Role::Muted, 1.2);
        node({42, 32}, Role::Client);
        node({118, 32}, Role::Server);
        box({72, 28, 14, 8}, Role::Syn, 3);
    }

    void file()
    {
        outlined({62, 8, 36, 48}, Role::LineStrong);
        for (const double y : {18.0, 26.0, 34.0, 42.0})
            line({69, y}, {y == 42.0 ? 82.0 : 91.0, y}, y == 18.0 ? Role::Accent : Role::LineStrong, 1.6);
    }

    void encapsulation()
    {
        const Role layers[] = {Role::LayerApplication, Role::LayerTransport, Role::LayerInternet, Role::LayerLink};
        for (int row = 0; row < 4; ++row) {
            double x = 62 - 12.0 * row;
            for (int i = row; i > 0; --i, x += 12)
                box({x, 7.0 + 13 * row, 11, 10}, layers[i]);
            box({x, 7.0 + 13 * row, 60.0 + 6 * row, 10}, layers[0]);
        }
    }

    void network()
    {
        for (const auto& [a, b] : {std::pair{QPointF(26, 18), QPointF(66, 32)},
                                   {QPointF(28, 50), QPointF(66, 32)},
                                   {QPointF(66, 32), QPointF(100, 22)},
                                   {QPointF(100, 22), QPointF(136, 42)}})
            line(a, b, Role::Muted, 1.2);
        node({26, 18}, Role::Client);
        node({28, 50}, Role::Client);
        node({66, 32}, Role::Muted);
        node({100, 22}, Role::Syn);
        node({136, 42}, Role::Server);
        box({79, 24.5, 9, 5}, Role::Syn);
    }

    void address()
    {
        constexpr std::array kBits{1, 1, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0};
        for (int row = 0; row < 2; ++row)
            for (int i = 0; i < 16; ++i) {
                const bool host = row == 1 && i > 7;
                const bool on = kBits[static_cast<std::size_t>(row == 0 ? i : 15 - i)] != 0;
                p_.setPen(Qt::NoPen);
                p_.setBrush(on ? c(host ? Role::Server : Role::Client)
                               : blended(c(Role::Sunken), c(host ? Role::Server : Role::Client), 0.3));
                p_.drawRoundedRect(QRectF(9.5 + 9 * i, 16 + 18.0 * row, 7.5, 13), 1.5, 1.5);
            }
    }

    void window()
    {
        for (int i = 0; i < 14; ++i)
            box({10.0 + 10 * i, 26, 8.5, 12}, i < 3 || i > 9 ? Role::TimerTrack : i < 7 ? Role::Data : Role::Syn);
        p_.setPen(linePen(c(Role::Client), 1.6));
        p_.setBrush(Qt::NoBrush);
        p_.drawRoundedRect(QRectF(38, 22, 73, 20), 3, 3);
    }

    QPainter& p_;
    const Theme& theme_;
};

} // namespace

Thumbnail thumbnailFor(std::string_view name)
{
    const auto has = [name](std::string_view part) { return name.find(part) != std::string_view::npos; };
    if (has("lost") || has("loss") || has("drop") || has("refused") || has("filtered"))
        return Thumbnail::Loss;
    if (has("forged") || has("rst") || has("reset") || has("old") || has("challenge") || has("half-open") ||
        has("reboot"))
        return Thumbnail::Attack;
    if (has("state"))
        return Thumbnail::States;
    if (has("close") || has("teardown") || has("time-wait"))
        return Thumbnail::Teardown;
    if (has("sandbox"))
        return Thumbnail::Sandbox;
    if (has("encapsulation") || has("layer"))
        return Thumbnail::Encapsulation;
    if (has("network") || has("route"))
        return Thumbnail::Network;
    if (has("address") || has("subnet"))
        return Thumbnail::Address;
    if (has("window"))
        return Thumbnail::Window;
    return Thumbnail::Handshake;
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
