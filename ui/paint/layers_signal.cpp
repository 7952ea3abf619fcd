// SPDX-License-Identifier: GPL-3.0-or-later
// The bits on the cable, and the signal that carries them.
#include "ui/i18n/catalogue_words.h"
#include "ui/paint/layers_painter.h"
#include "ui/paint/primitives.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

namespace packetarium {

void paintSignal(QPainter& p, const LayersLayout& layout, const StageScene& scene)
{
    const Theme& theme = scene.theme;
    const TextRuler ruler(theme);
    const auto u = [&](double n) { return theme.px(n); };
    const BitsWindow& bits = layout.bits();
    p.setPen(linePen(theme.color(Role::Line), u(1.2)));
    p.setBrush(theme.color(Role::Card));
    p.drawRoundedRect(layout.bitsPanel(), u(8), u(8));

    const double left = bits.wave.left(), right = bits.wave.right();
    const auto first = static_cast<std::uint32_t>(std::max(0.0, std::floor(bits.first)));
    const auto last = static_cast<std::uint32_t>(
        std::min<double>(bits.count, std::ceil(bits.first + bits.wave.width() / bits.width)));
    const auto inView = [&](double bit) { return std::clamp(bits.x(bit), left, right); };

    if (!layout.codeControls().isEmpty()) {
        const QString shown = fromUtf8(Words{"Bits %1 to %2 of %3, each octet's lowest bit first",
                                             "第 %1 到 %2 个比特，共 %3 个，每个字节最低位在先"}
                                           .in(scene.language))
                                  .arg(first + 1)
                                  .arg(last)
                                  .arg(bits.count);
        const QRectF row(left, layout.codeControls().top(), layout.codeControls().left() - left - u(10),
                         layout.codeControls().height());
        drawText(p, theme, TextStyle::Small, theme.color(Role::Muted), row, Qt::AlignLeft | Qt::AlignVCenter,
                 ruler.fitted(TextStyle::Small, shown, row.width()));
    }

    std::vector<std::pair<std::uint32_t, std::uint32_t>> picked;
    if (scene.field && scene.field->packet == layout.story().packet && scene.field->length > 0)
        picked = LayersLayout::onWire(*scene.field);
    p.setPen(Qt::NoPen);
    for (const auto& [from, to] : picked) {
        const double a = inView(from), b = inView(to);
        if (b > a) {
            p.setBrush(theme.color(Role::AccentTint));
            p.drawRect(QRectF(a, bits.lane.bottom() + u(1), b - a, bits.wave.bottom() + u(3) - bits.lane.bottom()));
            p.setBrush(theme.color(Role::Focus));
            p.drawRect(QRectF(a, bits.wave.bottom() + u(2), b - a, u(2.2)));
        }
    }

    for (const LayersLayout::Stretch& s : layout.stretches()) {
        const double a = inView(s.from), b = inView(s.to);
        if (b - a < u(1))
            continue;
        const QRectF band(a, bits.lane.top(), b - a, bits.lane.height());
        p.setPen(Qt::NoPen);
        p.setBrush(blended(theme.color(Role::Card), theme.color(s.role), 0.22));
        p.drawRect(band.adjusted(u(0.5), 0, -u(0.5), 0));
        const QString name = ruler.fitted(TextStyle::Small, s.name, band.width() - u(6));
        if (name.size() > 2 || name == s.name)
            drawText(p, theme, TextStyle::Small, theme.color(Role::Ink), band, Qt::AlignCenter,
                     ruler.width(TextStyle::Small, name) <= band.width() - u(2) ? name : QString());
    }

    const auto& values = layout.bitValues();
    if (!bits.digits.isEmpty()) {
        // One text with the digits a bit's width apart: each by itself takes many times as long.
        QString digits;
        std::uint32_t from = first;
        while (from < last && bits.x(from) < left - 0.5)
            ++from;
        for (std::uint32_t i = from; i < last && i < values.size() && bits.x(i + 1) <= right + 0.5; ++i)
            digits += values[i] ? QLatin1Char('1') : QLatin1Char('0');
        const double advance = ruler.width(TextStyle::MonoSmall, QStringLiteral("0"));
        QFont spaced = theme.font(TextStyle::MonoSmall);
        spaced.setLetterSpacing(QFont::AbsoluteSpacing, bits.width - advance);
        p.setFont(spaced);
        p.setPen(theme.color(Role::Ink));
        p.drawText(QRectF(bits.x(from) + (bits.width - advance) / 2, bits.digits.top(), bits.digits.width(),
                          bits.digits.height()),
                   Qt::AlignLeft | Qt::AlignVCenter | Qt::TextDontClip, digits);
    }
    // Octets are told apart by a line.
    if (bits.width >= u(2)) {
        p.setPen(linePen(theme.color(Role::Line), u(1)));
        for (std::uint32_t i = (first + 7) / 8 * 8; i <= last; i += 8)
            if (bits.x(i) >= left && bits.x(i) <= right)
                p.drawLine(QPointF(bits.x(i), bits.lane.bottom() + u(2)), QPointF(bits.x(i), bits.wave.bottom()));
    }

    const auto& signal = layout.signal();
    const QColor ink = theme.color(Role::LayerPhysical);
    if (bits.width < u(1.6)) {
        // Too dense to follow: that there is a signal is all that can be seen.
        p.fillRect(QRectF(QPointF(inView(first), bits.wave.top()), QPointF(inView(last), bits.wave.bottom())),
                   blended(theme.color(Role::Card), ink, 0.4));
        return;
    }
    const double middle = bits.wave.center().y(), reach = bits.wave.height() / 2 - u(1);
    p.setPen(dashPen(theme.color(Role::Line), u(1), u(3), u(3)));
    p.drawLine(QPointF(left, middle), QPointF(right, middle));
    QPolygonF line;
    line.reserve(static_cast<qsizetype>(4 * (last - first + 1)));
    for (std::uint32_t half = first * 2; half < last * 2 && half < signal.size(); ++half) {
        const double y = middle - signal[half] * reach;
        const double a = inView(half / 2.0), b = inView((half + 1) / 2.0);
        if (b <= a)
            continue;
        if (line.isEmpty() || line.last().y() != y)
            line << QPointF(a, y);
        line << QPointF(b, y);
    }
    p.setBrush(Qt::NoBrush);
    // Upright and level lines are sharp without antialiasing, and much faster; a whole number of dots makes them equal.
    const double dots = std::max(0.01, p.deviceTransform().m11());
    p.setRenderHint(QPainter::Antialiasing, false);
    p.setPen(QPen(ink, std::max(1.0, std::round(u(1.8) * dots)) / dots, Qt::SolidLine, Qt::SquareCap, Qt::MiterJoin));
    for (qsizetype i = 0; i + 1 < line.size(); ++i)
        p.drawLine(line[i], line[i + 1]);
    p.setRenderHint(QPainter::Antialiasing, true);
}

} // namespace packetarium
