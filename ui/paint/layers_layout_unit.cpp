// SPDX-License-Identifier: GPL-3.0-or-later
// The unit's blocks, the opened header's fields and the bits.
#include "ui/paint/layers_layout.h"

#include "ui/i18n/catalogue_words.h"
#include "ui/paint/primitives.h"

#include <algorithm>
#include <cmath>

namespace packetarium {

void LayersLayout::placeUnit(const QRectF& zone)
{
    const std::size_t count = story_.unit.size();
    if (count == 0)
        return;
    const double gap = u(5), pad = u(7);
    const double room = zone.width() - gap * static_cast<double>(count - 1);
    std::vector<double> least(count), wish(count);
    double leastSum = 0, wishSum = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const UnitPart& part = story_.unit[i];
        const double size = ruler_.width(TextStyle::MonoSmall, QStringLiteral("%1 B").arg(part.length));
        // Data may be shortened, the headers' names only if there is no other way.
        const double name = ruler_.width(TextStyle::Label, part.name);
        const bool data = part.layer == Layer::Application;
        least[i] = std::max(size, data ? std::min(name, u(70)) : name) + 2 * pad;
        wish[i] = std::sqrt(static_cast<double>(part.length));
        leastSum += least[i];
        wishSum += wish[i];
    }
    const double spare = room - leastSum;
    double x = zone.left();
    for (std::size_t i = 0; i < count; ++i) {
        double width = spare >= 0 ? least[i] + spare * wish[i] / wishSum : least[i] * room / leastSum;
        width = std::max(width, u(4));
        const UnitPart& part = story_.unit[i];
        UnitBlock block;
        block.part = i;
        block.box = QRectF(x, zone.top(), width, zone.height());
        block.name = ruler_.fitted(TextStyle::Label, part.name, width - u(6));
        block.size = QStringLiteral("%1 B").arg(part.length);
        if (ruler_.width(TextStyle::MonoSmall, block.size) > width - u(2))
            block.size.clear();
        if (block.name.size() < 2)
            block.name.clear();
        blocks_.push_back(block);
        x += width + gap;
    }
}

void LayersLayout::placeCells(QRectF zone)
{
    const double padX = u(9), cellHeight = u(38), inner = u(5);
    const double width = zone.width() - 2 * inner;
    const int most = std::max(1, static_cast<int>((zone.height() - 2 * inner) / cellHeight));
    const auto valueOf = [](const OpenField& f) {
        return f.changed() ? f.before + QStringLiteral(" \u2192 ") + f.value : f.value;
    };
    std::vector<std::size_t> chosen(story_.fields.size());
    for (std::size_t i = 0; i < chosen.size(); ++i)
        chosen[i] = i;
    const auto wanted = [&](std::size_t i) {
        const OpenField& f = story_.fields[i];
        return std::min(
            width, std::max(ruler_.width(TextStyle::Small, f.name), ruler_.width(TextStyle::MonoStrong, valueOf(f))) +
                       2 * padX);
    };
    struct Placed {
        std::size_t field;
        double width;
    };
    std::vector<std::vector<Placed>> rows;
    const QString more = QStringLiteral("+%1");
    const auto flow = [&] {
        rows.assign(1, {});
        double used = 0;
        const auto put = [&](std::size_t field, double w) {
            if (!rows.back().empty() && used + w > width) {
                rows.emplace_back();
                used = 0;
            }
            rows.back().push_back({field, w});
            used += w;
        };
        for (const std::size_t i : chosen)
            put(i, wanted(i));
        if (chosen.size() < story_.fields.size())
            put(FieldCell::kMore, u(44));
        return static_cast<int>(rows.size());
    };
    while (flow() > most && chosen.size() > 1) {
        std::size_t out = 0;
        for (std::size_t i = 0; i < chosen.size(); ++i)
            if (story_.fields[chosen[i]].weight <= story_.fields[chosen[out]].weight)
                out = i;
        chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(out));
    }
    if (static_cast<int>(rows.size()) > most) {
        // Not even one has room beside the count of the others: it is shortened.
        rows.assign(1, {{chosen.front(), width - u(44)}, {FieldCell::kMore, u(44)}});
    }
    fields_ = QRectF(zone.left(), zone.top(), zone.width(), static_cast<double>(rows.size()) * cellHeight + 2 * inner);
    double y = zone.top() + inner;
    for (const auto& row : rows) {
        double used = 0;
        for (const Placed& p : row)
            used += p.width;
        // Cells share what is left over, but a short row does not become a few wide ones.
        const double share = std::min((width - used) / static_cast<double>(row.size()), u(70));
        double x = zone.left() + inner;
        for (const Placed& p : row) {
            FieldCell cell;
            cell.field = p.field;
            cell.box = QRectF(x, y, p.width + std::max(0.0, share), cellHeight);
            cell.firstInRow = &p == &row.front();
            const double inside = cell.box.width() - padX;
            if (p.field == FieldCell::kMore) {
                cell.value = more.arg(story_.fields.size() - chosen.size());
            } else {
                const OpenField& f = story_.fields[p.field];
                cell.label = ruler_.fitted(TextStyle::Small, f.name, inside);
                cell.value = ruler_.fitted(TextStyle::MonoStrong, valueOf(f), inside);
            }
            cells_.push_back(cell);
            x += cell.box.width();
        }
        y += cellHeight;
    }
}

void LayersLayout::placeLines(QRectF zone)
{
    const double lineHeight = u(20), inner = u(5), padX = u(8);
    const int most = std::max(1, static_cast<int>((zone.height() - 2 * inner) / lineHeight));
    std::size_t count = story_.fields.size();
    const bool cut = count > static_cast<std::size_t>(most);
    if (cut)
        count = static_cast<std::size_t>(most - 1);
    const double width = zone.width() - 2 * inner;
    double labels = 0;
    for (std::size_t i = 0; i < count; ++i)
        labels = std::max(labels, ruler_.width(TextStyle::Small, story_.fields[i].name));
    labels = std::min(labels + u(12), width * 0.34);
    double y = zone.top() + inner;
    for (std::size_t i = 0; i < count + (cut ? 1 : 0); ++i, y += lineHeight) {
        FieldCell cell;
        cell.box = QRectF(zone.left() + inner, y, width, lineHeight);
        cell.labelWidth = labels;
        cell.firstInRow = true;
        if (i == count) {
            cell.field = FieldCell::kMore;
            cell.value = QStringLiteral("+%1").arg(story_.fields.size() - count);
        } else {
            const OpenField& f = story_.fields[i];
            cell.field = i;
            cell.label = ruler_.fitted(TextStyle::Small, f.name, labels - u(6));
            cell.value = ruler_.fitted(TextStyle::MonoStrong, f.value, width - labels - 2 * padX);
        }
        cells_.push_back(cell);
    }
    fields_ = QRectF(zone.left(), zone.top(), zone.width(), y - zone.top() + inner);
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> LayersLayout::onWire(const BitRange& bits)
{
    // Within an octet the wire's order is the other way round.
    std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
    std::uint32_t at = bits.offset;
    const std::uint32_t end = bits.offset + bits.length;
    while (at < end) {
        const std::uint32_t octet = at / 8;
        const std::uint32_t last = std::min(end, (octet + 1) * 8); // exclusive
        const std::uint32_t from = octet * 8 + (8 - (last - octet * 8));
        const std::uint32_t to = octet * 8 + (8 - (at - octet * 8));
        if (!out.empty() && out.back().second == from + kPreambleBits)
            out.back().second = to + kPreambleBits;
        else
            out.emplace_back(from + kPreambleBits, to + kPreambleBits);
        at = last;
    }
    return out;
}

std::optional<BitRange> fieldOnWire(ByteView frame, PacketId packet, std::uint32_t wireBit)
{
    if (wireBit < LayersLayout::kPreambleBits || wireBit >= LayersLayout::kPreambleBits + frame.size() * 8)
        return {};
    const std::uint32_t at = wireBit - LayersLayout::kPreambleBits;
    const std::uint32_t bit = at / 8 * 8 + (7 - at % 8);
    std::optional<BitRange> found;
    const auto search = [&](auto&& self, const std::vector<Field>& fields) -> void {
        for (const Field& field : fields) {
            if (bit >= field.bitOffset && bit < field.bitOffset + field.bitLength &&
                (!found || field.bitLength <= found->length))
                found = BitRange{packet, field.bitOffset, field.bitLength};
            self(self, field.children); // padding and check sequence lie outside their parent
        }
    };
    search(search, dissect(frame));
    return found;
}

void LayersLayout::placeBits(const QRectF& zone, const LayersFrame& frame, const StageScene& scene)
{
    const FrameBytes octets = scene.trace->bytes(story_.packet);
    const bool tall = zone.height() >= u(88);
    bitsPanel_ = zone;
    bits_.count = static_cast<std::uint32_t>((octets.size() + kPreambleSize) * 8);
    QRectF inner = zone.adjusted(u(8), u(5), -u(8), -u(5));
    if (tall) {
        const QSizeF code = frame.codeControls / scale_;
        const double width =
            code.width() > 0 ? code.width() : ruler_.width(TextStyle::Label, QStringLiteral("Manchester"));
        const double height = std::max(code.height(), u(18));
        codeControls_ = QRectF(inner.right() - width, inner.top(), width, height);
        inner.setTop(inner.top() + height + u(4));
    }
    bits_.lane = QRectF(inner.left(), inner.top(), inner.width(), u(15));
    const double wanted = story_.physical() ? u(15) : u(9);
    bits_.width = frame.bitWidth > 0 ? frame.bitWidth : wanted;
    const double least = inner.width() / bits_.count;
    bits_.width = std::clamp(bits_.width, std::min(least, u(30)), u(40));
    double top = bits_.lane.bottom() + u(2);
    const double digit = ruler_.width(TextStyle::MonoSmall, QStringLiteral("0"));
    if (bits_.width >= digit + u(1) && zone.height() >= u(60)) {
        bits_.digits = QRectF(inner.left(), top, inner.width(), u(15));
        top = bits_.digits.bottom() + u(1);
    }
    bits_.wave =
        QRectF(inner.left(), top + u(3), inner.width(), std::min(u(104), std::max(u(10), inner.bottom() - top - u(5))));
    bitsPanel_.setBottom(std::min(zone.bottom(), bits_.wave.bottom() + u(10)));
    const double visible = inner.width() / bits_.width;
    double first = frame.firstBit;
    if (first < 0) {
        // The picked field, or the part the act is about; of the signal, where the preamble ends and the frame begins.
        first = 0;
        const auto centred = [&](double from, double to) {
            return to - from < visible ? (from + to - visible) / 2 : from - std::min(8.0, visible / 8);
        };
        if (scene.field && scene.field->packet == story_.packet && scene.field->length > 0) {
            first =
                centred(kPreambleBits + scene.field->offset, kPreambleBits + scene.field->offset + scene.field->length);
        } else {
            for (const UnitPart& part : story_.unit)
                if (part.framed) {
                    first =
                        centred(kPreambleBits + part.offset * 8.0, kPreambleBits + (part.offset + part.length) * 8.0);
                    break;
                }
            if (story_.physical())
                first = std::max(0.0, kPreambleBits - visible / 3);
        }
        first = std::floor(first);
    }
    bits_.first = std::clamp(first, 0.0, std::max(0.0, bits_.count - visible));

    const auto name = [&](const Words& words) { return fromUtf8(words.in(scene.language)); };
    stretches_.push_back({0, kPreambleBits - 8, name({"preamble", "前导码"}), Role::LayerPhysical});
    stretches_.push_back({kPreambleBits - 8, kPreambleBits, QStringLiteral("SFD"), Role::LayerPhysical});
    for (const UnitPart& part : story_.unit)
        stretches_.push_back({kPreambleBits + part.offset * 8, kPreambleBits + (part.offset + part.length) * 8,
                              part.name, layerRole(part.layer)});
    const Bytes sent = withPreamble(octets);
    bitValues_ = bitsOf(sent);
    signal_ = levels(bitValues_, scene.layers.lineCode);
}

} // namespace packetarium
