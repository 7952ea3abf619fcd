// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/thumbnails.h"

#include "ui/paint/primitives.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <array>
#include <initializer_list>
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
        case Thumbnail::Handshake: return handshake();
        case Thumbnail::OldSyn: return oldSyn();
        case Thumbnail::Teardown: return teardown();
        case Thumbnail::FiveToClose: return fiveToClose();
        case Thumbnail::TimeWait: return timeWait();
        case Thumbnail::States: return states();
        case Thumbnail::Ruler: return ruler();
        case Thumbnail::Window: return window();
        case Thumbnail::Loss: return loss();
        case Thumbnail::Saw: return saw();
        case Thumbnail::SevenLayers: return stacks(7);
        case Thumbnail::FourLayers: return stacks(4);
        case Thumbnail::Envelopes: return envelopes();
        case Thumbnail::Page: return page();
        case Thumbnail::Writings: return writings();
        case Thumbnail::Turns: return turns();
        case Thumbnail::Ports: return ports();
        case Thumbnail::Network: return network();
        case Thumbnail::Signal: return signal();
        case Thumbnail::TwoWays: return twoWays();
        case Thumbnail::Fork: return fork();
        }
    }

private:
    static constexpr double kLeft = 42, kRight = 118;

    // --- the pictures ---

    void handshake() { ladder({{0, 10, 20, Role::Syn}, {1, 24, 34, Role::Syn}, {0, 39, 49, Role::Ack}}); }

    void oldSyn()
    {
        ladder({{1, 22, 32, Role::Syn}, {0, 36, 46, Role::Rst}});
        injected(10);
    }

    void teardown()
    {
        ladder({{0, 8, 16, Role::Fin}, {1, 20, 28, Role::Ack}, {1, 32, 40, Role::Fin}, {0, 44, 52, Role::Ack}});
    }

    /// Why closing takes four: the server has something to say in between.
    void fiveToClose()
    {
        ladder({{0, 6, 13, Role::Fin},
                {1, 16, 23, Role::Ack},
                {1, 26, 33, Role::Data},
                {1, 37, 44, Role::Fin},
                {0, 48, 55, Role::Ack}});
    }

    void timeWait()
    {
        ladder({{1, 8, 16, Role::Fin}, {1, 34, 42, Role::Fin}, {0, 46, 54, Role::Ack}});
        lost(20, Role::Ack);
    }

    void states()
    {
        line({80, 18}, {46, 46}, Role::LineStrong, 1.6);
        line({80, 18}, {114, 46}, Role::LineStrong, 1.6);
        line({46, 46}, {114, 46}, Role::LineStrong, 1.6);
        node({80, 18}, Role::Muted);
        node({46, 46}, Role::Client);
        node({114, 46}, Role::Server);
    }

    /// Octets sent and octets that may be sent, on one scale with those received.
    void ruler()
    {
        cells(16, 5, Role::Client);
        cells(40, 3, Role::Server);
    }

    /// Sent, sendable, and what has to wait outside the frame.
    void window()
    {
        for (int i = 0; i < 10; ++i) {
            const bool inside = i >= 3 && i < 7;
            block({22 + 12.0 * i, 25, 9, 14}, i < 3 ? Role::Ack : inside ? Role::Client : Role::LineStrong);
        }
        p_.setPen(linePen(c(Role::Server), 1.8));
        p_.setBrush(Qt::NoBrush);
        p_.drawRoundedRect(QRectF(56.5, 20, 48, 24), 3, 3);
    }

    void loss()
    {
        ladder({{1, 22, 31, Role::Ack}, {0, 40, 50, Role::Data}});
        lost(10, Role::Data);
    }

    void saw()
    {
        for (const double x : {30.0, 64.0, 98.0}) {
            line({x, 44}, {x + 34, 16}, Role::Data, 1.8);
            line({x + 34, 16}, {x + 34, 44}, Role::Rst, 1.2);
        }
    }

    /// Two hosts of that many layers, joined at the bottom.
    void stacks(int count)
    {
        static constexpr std::array kSeven{Role::LayerApplication, Role::LayerApplication, Role::LayerApplication,
                                           Role::LayerTransport,   Role::LayerInternet,    Role::LayerLink,
                                           Role::LayerPhysical};
        static constexpr std::array kFour{Role::LayerApplication, Role::LayerTransport, Role::LayerInternet,
                                          Role::LayerLink};
        const double pitch = 48.0 / count;
        line({48, 58}, {112, 58}, Role::LineStrong, 1.4);
        for (const double x : {30.0, 94.0}) {
            line({x + 18, 52}, {x + 18, 58}, Role::LineStrong, 1.4);
            for (int i = 0; i < count; ++i) {
                const auto at = static_cast<std::size_t>(i);
                block({x, 5 + pitch * i, 36, pitch - 2}, count == 7 ? kSeven.at(at) : kFour.at(at));
            }
        }
    }

    /// One more envelope at each layer, on the way down.
    void envelopes()
    {
        envelope(0, Role::LayerApplication);
        envelope(1, Role::LayerTransport);
        envelope(2, Role::LayerInternet);
        envelope(3, Role::LayerLink);
    }

    /// A browser with a page.
    void page()
    {
        p_.setPen(linePen(c(Role::LayerApplication), 1.6));
        p_.setBrush(c(Role::Card));
        p_.drawRoundedRect(QRectF(48, 8, 64, 48), 4, 4);
        line({48, 19}, {112, 19}, Role::LayerApplication, 1.4);
        block({54, 12, 40, 4}, Role::LineStrong);
        block({54, 25, 22, 24}, Role::LayerInternet);
        for (const double y : {26.0, 33.0, 40.0})
            block({82, y, y == 40.0 ? 16.0 : 24.0, 3}, Role::LineStrong);
    }

    /// The same five characters, in three octets each, in two each, and compressed.
    void writings()
    {
        for (int i = 0; i < 5; ++i) {
            block({35 + 18.0 * i, 10, 16, 11}, Role::LayerApplication);
            block({35 + 12.0 * i, 27, 10, 11}, Role::LayerTransport);
            block({35 + 7.0 * i, 44, 6, 11}, Role::LayerLink);
        }
    }

    /// One speaks, then the other, then both.
    void turns()
    {
        for (const double x : {24.0, 76.0, 108.0})
            block({x, 17, 24, 9}, Role::Client);
        for (const double x : {50.0, 100.0})
            block({x, 38, x == 50.0 ? 24.0 : 32.0, 9}, Role::Server);
        line({20, 32}, {140, 32}, Role::LineStrong, 1.2);
    }

    /// Which program it is for.
    void ports()
    {
        node({38, 32}, Role::Client);
        static constexpr std::array kPrograms{Role::LayerApplication, Role::LayerTransport, Role::LayerInternet};
        for (int i = 0; i < 3; ++i) {
            const QPointF from(50, 32), to(104, 13 + 19.0 * i);
            const Role role = kPrograms.at(static_cast<std::size_t>(i));
            line(from, to, role, 1.4);
            drawArrowHead(p_, to, -QLineF(from, to).angle(), 5, c(role));
            block({107, 7 + 19.0 * i, 20, 12}, role);
        }
    }

    void network()
    {
        line({36, 20}, {80, 32}, Role::LineStrong, 1.6);
        line({36, 46}, {80, 32}, Role::LineStrong, 1.6);
        line({80, 32}, {124, 32}, Role::LineStrong, 1.6);
        node({36, 20}, Role::Client);
        node({36, 46}, Role::Muted);
        node({80, 32}, Role::LayerInternet);
        node({124, 32}, Role::Server);
    }

    /// 1 0 1 1 0 0 1 0 as two levels.
    void signal()
    {
        static constexpr std::array kBits{1, 0, 1, 1, 0, 0, 1, 0};
        QPainterPath path;
        for (std::size_t i = 0; i < kBits.size(); ++i) {
            const double x = 24 + 14.0 * static_cast<double>(i), y = kBits.at(i) == 1 ? 20 : 44;
            if (i == 0)
                path.moveTo(x, y);
            path.lineTo(x, y);
            path.lineTo(x + 14, y);
        }
        p_.setPen(linePen(c(Role::LayerPhysical), 1.8));
        p_.setBrush(Qt::NoBrush);
        p_.drawPath(path);
    }

    /// Something that is answered, beside something that is just sent.
    void twoWays()
    {
        for (const double x : {28.0, 92.0}) {
            line({x, 6}, {x, 58}, Role::Client, 2);
            line({x + 40, 6}, {x + 40, 58}, Role::Server, 2);
        }
        arrow(30, 66, 10, 18, Role::Syn);
        arrow(66, 30, 21, 29, Role::Syn);
        arrow(30, 66, 32, 40, Role::Data);
        arrow(66, 30, 43, 51, Role::Ack);
        for (const double y : {14.0, 28.0, 42.0})
            arrow(94, 130, y, y + 8, Role::LayerTransport);
    }

    /// One question, two answers.
    void fork()
    {
        line({32, 32}, {70, 32}, Role::LineStrong, 1.8);
        arrow(70, 108, 32, 16, Role::Client);
        arrow(70, 108, 32, 48, Role::Server);
        node({32, 32}, Role::Muted);
        node({120, 16}, Role::Client);
        node({120, 48}, Role::Server);
    }

    // --- what they are drawn with ---

    QColor c(Role role) const { return theme_.color(role); }

    void line(QPointF a, QPointF b, Role role, double width)
    {
        p_.setPen(linePen(c(role), width));
        p_.drawLine(a, b);
    }

    /// From the left lifeline (0) or the right one to the other.
    struct Segment {
        int from;
        double y1, y2;
        Role role;
    };

    void ladder(std::initializer_list<Segment> segments)
    {
        line({kLeft, 4}, {kLeft, 60}, Role::Client, 2);
        line({kRight, 4}, {kRight, 60}, Role::Server, 2);
        for (const Segment& s : segments)
            arrow(s.from == 0 ? kLeft + 3 : kRight - 3, s.from == 0 ? kRight - 3 : kLeft + 3, s.y1, s.y2, s.role);
    }

    void arrow(double x1, double x2, double y1, double y2, Role role)
    {
        const QPointF a(x1, y1), b(x2, y2);
        line(a, b, role, 1.2);
        drawArrowHead(p_, b, -QLineF(a, b).angle(), 5, c(role));
    }

    void lost(double y, Role role)
    {
        const QPointF end(80, y + 5);
        line({kLeft + 3, y}, end, role, 1.2);
        drawCross(p_, end, 3.4, 1.5, c(Role::Rst));
    }

    void block(const QRectF& box, Role role)
    {
        p_.setPen(Qt::NoPen);
        p_.setBrush(c(role));
        p_.drawRoundedRect(box, 2, 2);
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
        block({84, y, 44, 9}, Role::LayerApplication);
        for (int i = 0; i < headers; ++i)
            block({84 - 18.0 * (i + 1), y, 16, 9}, i + 1 == headers ? role : kHeaders.at(static_cast<std::size_t>(i)));
    }

    void injected(double y)
    {
        const QPointF from(80, y), to(kRight - 3, y + 5);
        arrow(from.x(), to.x(), from.y(), to.y(), Role::Syn);
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
    static constexpr std::array<std::pair<std::string_view, Thumbnail>, 21> kPictures{{
        {"three-way-handshake", Thumbnail::Handshake},
        {"sequence-numbers", Thumbnail::Ruler},
        {"why-three", Thumbnail::OldSyn},
        {"four-way-teardown", Thumbnail::Teardown},
        {"why-four", Thumbnail::FiveToClose},
        {"time-wait", Thumbnail::TimeWait},
        {"eleven-states", Thumbnail::States},
        {"osi-seven-layers", Thumbnail::SevenLayers},
        {"tcp-ip-four-layers", Thumbnail::FourLayers},
        {"encapsulation", Thumbnail::Envelopes},
        {"application-layer", Thumbnail::Page},
        {"presentation-layer", Thumbnail::Writings},
        {"session-layer", Thumbnail::Turns},
        {"transport-layer", Thumbnail::Ports},
        {"network-layer", Thumbnail::Network},
        {"link-physical-layer", Thumbnail::Signal},
        {"loss-and-retransmission", Thumbnail::Loss},
        {"flow-control", Thumbnail::Window},
        {"congestion-control", Thumbnail::Saw},
        {"tcp-versus-udp", Thumbnail::TwoWays},
        {"which-to-choose", Thumbnail::Fork},
    }};
    const auto* const found =
        std::find_if(kPictures.begin(), kPictures.end(), [name](const auto& picture) { return picture.first == name; });
    return found == kPictures.end() ? Thumbnail::Handshake : found->second;
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
