// SPDX-License-Identifier: GPL-3.0-or-later
// The seven packers and their parcel, drawn.
#include "ui/i18n/catalogue_parcel.h"
#include "ui/paint/layers_painter.h"
#include "ui/paint/primitives.h"

#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace packetarium {

namespace {

/// How many layers of the packing are around the thing now: 7 on the truck.
int wrappedTo(const LayersStory& story)
{
    if (story.act == kNoAct)
        return 0;
    switch (story.record.layerAct()) {
    case LayerAct::Made: return 3;
    case LayerAct::Signalled:
    case LayerAct::Received: return 7;
    case LayerAct::Added:
    case LayerAct::Read:
    case LayerAct::Rewritten:
        return story.record.layer() == Layer::Transport ? 4 : story.record.layer() == Layer::Internet ? 5 : 6;
    case LayerAct::Removed:
        return story.record.layer() == Layer::Transport ? 3 : story.record.layer() == Layer::Internet ? 4 : 5;
    case LayerAct::Delivered: return 1;
    case LayerAct::Refused:
        return story.record.layer() == Layer::Physical ? 7 : story.record.layer() == Layer::Link ? 6 : 5;
    }
    return 0;
}

OsiLayer packerAt(int placeInRow)
{
    return static_cast<OsiLayer>(8 - placeInRow);
}

void drawTruck(QPainter& p, const Theme& theme, const QRectF& box)
{
    const QColor line = theme.color(Role::LayerPhysical);
    const double w = box.width(), h = box.height();
    p.setPen(linePen(line, std::max(1.0, h * 0.035)));
    p.setBrush(theme.color(Role::Card));
    p.drawRoundedRect(QRectF(box.left(), box.top(), w * 0.72, h * 0.78), h * 0.03, h * 0.03);
    QPainterPath cab;
    const double x = box.left() + w * 0.74;
    cab.moveTo(x, box.top() + h * 0.78);
    cab.lineTo(x, box.top() + h * 0.3);
    cab.lineTo(x + w * 0.14, box.top() + h * 0.3);
    cab.lineTo(x + w * 0.25, box.top() + h * 0.52);
    cab.lineTo(x + w * 0.25, box.top() + h * 0.78);
    cab.closeSubpath();
    p.setBrush(blended(theme.color(Role::Card), line, 0.3));
    p.drawPath(cab);
    p.setBrush(line);
    for (const double at : {0.16, 0.52, 0.86})
        p.drawEllipse(QPointF(box.left() + w * at, box.top() + h * 0.86), h * 0.1, h * 0.1);
}

/// A thing that breaks: a glass.
void drawGlass(QPainter& p, const Theme& theme, const QRectF& box, const QColor& colour)
{
    QPainterPath glass;
    const double w = box.width(), h = box.height();
    glass.moveTo(box.left() + w * 0.22, box.top() + h * 0.08);
    glass.lineTo(box.right() - w * 0.22, box.top() + h * 0.08);
    glass.quadTo(box.right() - w * 0.2, box.top() + h * 0.52, box.center().x() + w * 0.05, box.top() + h * 0.56);
    glass.lineTo(box.center().x() + w * 0.05, box.bottom() - h * 0.16);
    glass.lineTo(box.right() - w * 0.26, box.bottom() - h * 0.06);
    glass.lineTo(box.left() + w * 0.26, box.bottom() - h * 0.06);
    glass.lineTo(box.center().x() - w * 0.05, box.bottom() - h * 0.16);
    glass.lineTo(box.center().x() - w * 0.05, box.top() + h * 0.56);
    glass.quadTo(box.left() + w * 0.2, box.top() + h * 0.52, box.left() + w * 0.22, box.top() + h * 0.08);
    p.setPen(linePen(colour, std::max(0.8, h * 0.06)));
    p.setBrush(blended(theme.color(Role::Card), colour, 0.25));
    p.drawPath(glass);
}

/// Box in box: one for each packer who has had it in hand.
void drawParcel(QPainter& p, const Theme& theme, QRectF room, int layers)
{
    if (layers >= 7) {
        const double width = std::min(room.width(), room.height() * 2.1);
        const double height = std::min(room.height(), width / 1.9);
        const QRectF truck(room.center().x() - width / 2, room.center().y() - height / 2, width, height);
        drawTruck(p, theme, truck);
        const double pad = height * 0.06;
        drawParcel(p, theme,
                   QRectF(truck.left() + pad, truck.top() + pad, width * 0.72 - 2 * pad, height * 0.78 - 2 * pad), 6);
        return;
    }
    const double side = std::min(room.height(), room.width());
    QRectF box(room.center().x() - side * 0.62, room.center().y() - side / 2, side * 1.24, side);
    if (box.width() > room.width())
        box = QRectF(room.left(), room.center().y() - room.width() / 2.48, room.width(), room.width() / 1.24);
    const double step = box.height() / 2 / 7.4;
    // Always as large as with all of them, so that it is seen to grow.
    for (int place = 6; place >= 1; --place) {
        const QColor colour = theme.color(layerRole(tcpIpLayer(packerAt(place))));
        if (place <= layers) {
            p.setPen(linePen(colour, std::max(1.0, step * 0.16)));
            p.setBrush(blended(theme.color(Role::Card), colour, 0.16));
            p.drawRoundedRect(box, step * 0.35, step * 0.35);
            if (place == 6) { // a crate has planks
                for (const double at : {0.25, 0.5, 0.75})
                    p.drawLine(QPointF(box.left() + box.width() * at, box.top()),
                               QPointF(box.left() + box.width() * at, box.top() + step));
            } else if (place == 5) { // a label
                p.setBrush(theme.color(Role::Card));
                p.drawRect(
                    QRectF(box.right() - box.width() * 0.3, box.bottom() - step * 0.8, box.width() * 0.24, step * 0.6));
            }
        }
        box.adjust(step * 1.15, step, -step * 1.15, -step);
    }
    if (layers >= 1) {
        const double size = box.height();
        drawGlass(p, theme, QRectF(box.center().x() - size / 2, box.center().y() - size / 2, size, size),
                  theme.color(Role::LayerApplication));
    }
}

} // namespace

void drawPackerSign(QPainter& p, const Theme& theme, OsiLayer layer, const QRectF& box)
{
    const QColor colour = theme.color(layerRole(tcpIpLayer(layer)));
    const double s = box.width();
    const auto at = [&](double x, double y) { return QPointF(box.left() + x * s, box.top() + y * s); };
    p.save();
    // The packer: a head, shoulders, an apron.
    p.setPen(Qt::NoPen);
    p.setBrush(blended(theme.color(Role::Card), theme.color(Role::Ink), 0.55));
    p.drawEllipse(at(0.3, 0.2), s * 0.13, s * 0.13);
    QPainterPath body;
    body.moveTo(at(0.08, 0.95));
    body.quadTo(at(0.08, 0.38), at(0.3, 0.38));
    body.quadTo(at(0.52, 0.38), at(0.52, 0.95));
    body.closeSubpath();
    p.setBrush(colour);
    p.drawPath(body);
    // What is in hand.
    p.setPen(linePen(colour, std::max(1.0, s * 0.055)));
    p.setBrush(theme.color(Role::Card));
    const QRectF thing(at(0.5, 0.48), QSizeF(s * 0.46, s * 0.44));
    switch (layer) {
    case OsiLayer::Application: drawGlass(p, theme, thing, colour); break;
    case OsiLayer::Presentation: { // a padlock
        p.setBrush(Qt::NoBrush);
        p.drawArc(QRectF(thing.left() + s * 0.11, thing.top(), s * 0.24, s * 0.3), 0, 180 * 16);
        p.setBrush(theme.color(Role::Card));
        p.drawRoundedRect(QRectF(thing.left() + s * 0.05, thing.top() + s * 0.17, s * 0.36, s * 0.27), s * 0.04,
                          s * 0.04);
        break;
    }
    case OsiLayer::Session: // two who speak in turn
        p.drawRoundedRect(QRectF(thing.left(), thing.top(), s * 0.32, s * 0.22), s * 0.08, s * 0.08);
        p.drawRoundedRect(QRectF(thing.left() + s * 0.14, thing.top() + s * 0.22, s * 0.32, s * 0.22), s * 0.08,
                          s * 0.08);
        break;
    case OsiLayer::Transport: // boxes in a row
        for (int i = 0; i < 3; ++i)
            p.drawRect(QRectF(thing.left() + s * 0.155 * i, thing.bottom() - s * (0.16 + 0.12 * i), s * 0.14,
                              s * (0.16 + 0.12 * i)));
        break;
    case OsiLayer::Network: // an address label
        p.drawRect(QRectF(thing.left(), thing.top() + s * 0.06, s * 0.46, s * 0.34));
        p.drawLine(at(0.57, 0.64), at(0.87, 0.64));
        p.drawLine(at(0.57, 0.76), at(0.78, 0.76));
        break;
    case OsiLayer::DataLink: // a crate
        p.drawRect(thing.adjusted(0, s * 0.04, 0, 0));
        p.drawLine(at(0.5, 0.72), at(0.96, 0.72));
        p.drawLine(at(0.65, 0.52), at(0.65, 0.92));
        p.drawLine(at(0.81, 0.52), at(0.81, 0.92));
        break;
    case OsiLayer::Physical: drawTruck(p, theme, QRectF(at(0.46, 0.5), QSizeF(s * 0.54, s * 0.44))); break;
    }
    p.restore();
}

void paintParcel(QPainter& p, const LayersLayout& layout, const StageScene& scene)
{
    const QRectF panel = layout.parcelPanel();
    if (panel.height() < 20 || panel.width() < 20)
        return;
    const Theme& theme = scene.theme;
    const TextRuler ruler(theme);
    const auto u = [&](double n) { return theme.px(n); };
    p.setPen(linePen(theme.color(Role::Line), u(1.2)));
    p.setBrush(theme.color(Role::Card));
    p.drawRoundedRect(panel, u(9), u(9));
    const QRectF inside = panel.adjusted(u(10), u(8), -u(10), -u(6));
    const double line = ruler.height(TextStyle::Small);
    const double words = ruler.height(TextStyle::Label) + 4 * line;
    const double pictureHeight = std::clamp(inside.height() - words, std::min(u(46), inside.height() * 0.45), u(190));
    drawParcel(p, theme, QRectF(inside.left(), inside.top(), inside.width(), pictureHeight - u(6)),
               wrappedTo(layout.story()));
    double y = inside.top() + pictureHeight;
    if (layout.story().act == kNoAct)
        return;
    const ParcelWords said = parcelSentence(*scene.trace, layout.story().record, scene.language);
    drawText(p, theme, TextStyle::Label, theme.color(Role::Ink),
             QRectF(inside.left(), y, inside.width(), ruler.height(TextStyle::Label)), Qt::AlignLeft | Qt::AlignVCenter,
             ruler.fitted(TextStyle::Label, fromUtf8(said.heading), inside.width()));
    y += ruler.height(TextStyle::Label);
    const int most = static_cast<int>((inside.bottom() - y + 0.5) / line);
    for (const QString& text : wrapped(theme, TextStyle::Small, fromUtf8(said.text), inside.width(), most)) {
        drawText(p, theme, TextStyle::Small, theme.color(Role::Muted), QRectF(inside.left(), y, inside.width(), line),
                 Qt::AlignLeft | Qt::AlignVCenter, text);
        y += line;
    }
}

} // namespace packetarium
