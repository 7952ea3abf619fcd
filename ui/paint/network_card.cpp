// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/network_card.h"

#include "ui/i18n/catalogue_network.h"
#include "ui/i18n/catalogue_tables.h"
#include "ui/paint/network_icons.h"
#include "ui/paint/primitives.h"

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <numeric>

namespace packetarium {

namespace {

constexpr double kPad = 12, kColumnGap = 14, kRowPad = 3;
constexpr std::size_t kMostLines = 4;

/// The node behind a port, by its name on the stage.
QString behindPort(const StageScene& scene, const NetworkLayout& layout, NodeId node, std::uint8_t port)
{
    const auto links = scene.trace->links();
    for (const TraceLink& link : links) {
        const NodeId other = link.a == node && link.aPort == port   ? link.b
                             : link.b == node && link.bPort == port ? link.a
                                                                    : NodeId();
        if (other && other.value() < layout.nodes().size())
            return layout.nodes()[other.value()].name.text;
    }
    return {};
}

} // namespace

NetworkCard::NetworkCard(const StageScene& scene, const NetworkLayout& layout)
    : scene_(scene)
    , layout_(layout)
    , node_(nodeOpenedBy(scene))
{
    if (!node_ || node_.value() >= layout.nodes().size()) {
        node_ = {};
        return;
    }
    scale_ = std::clamp(layout.scale() * 0.8, 1.0, 2.0);
    picture_ = layout.size() / scale_;
    fill();
    const Theme& theme = layout.theme();
    limitWidth(picture_.width() - theme.px(16) - 2 * theme.px(kPad));
    limitRows(picture_.height() - theme.px(16) - headHeight());
    arrange();
}

void NetworkCard::fill()
{
    const TraceNode& node = scene_.trace->nodes()[node_.value()];
    const Language language = scene_.language;
    title_ = layout_.nodes()[node_.value()].name.text;
    kind_ = fromUtf8(labelOf(node.kind, language));
    // A link-local address says nothing that the MAC address does not; it comes last.
    std::vector<IpPrefix> addresses = node.addresses;
    std::stable_partition(addresses.begin(), addresses.end(),
                          [](const IpPrefix& a) { return !(a.address.isV6() && a.address.v6().isLinkLocal()); });
    for (const IpPrefix& address : addresses)
        lines_.push_back(fromUtf8(address.toString()));
    if (node.kind == NodeKind::Host)
        for (const MacAddress& mac : node.macs)
            lines_.push_back(fromUtf8(mac.toString()));
    if (lines_.size() > kMostLines)
        lines_.resize(kMostLines);

    const std::vector<TableLine> all = layout_.tables().at(scene_.moment->recordsDone, node_);
    for (const TableKind kind : layout_.tables().kindsOf(node_)) {
        Table table;
        table.kind = kind;
        table.title = fromUtf8(labelOf(kind, language));
        table.title[0] = table.title[0].toUpper();
        for (const TableColumn column : columnsOf(kind))
            table.heads.push_back(fromUtf8(labelOf(column, language)));
        for (const TableLine& line : all) {
            if (line.row.kind != kind)
                continue;
            Row row;
            row.rowIndex = line.rowIndex;
            row.lit = line.lit;
            row.missed = line.missed();
            row.added = line.change == TableChange::Added;
            const std::string leadsTo = behindPort(scene_, layout_, node_, line.row.port).toStdString();
            for (const TableColumn column : columnsOf(kind))
                row.cells.push_back(row.missed && row.cells.size() == 1
                                        ? fromUtf8(word(NetworkWord::NotFound, language))
                                    : row.missed && !row.cells.empty()
                                        ? QString()
                                        : fromUtf8(cellText(line.row, column, leadsTo, scene_.moment->at, language)));
            row.spoken = fromUtf8(rowText(line.row, leadsTo, language));
            table.rows.push_back(std::move(row));
        }
        table.all = table.rows.size();
        // How full a queue is, if there is but one.
        const auto ofKind = [&](const TableLine& line) { return line.row.kind == kind; };
        if (const auto first = std::find_if(all.begin(), all.end(), ofKind);
            first != all.end() && columnsOf(kind)[0] == TableColumn::Peer &&
            std::all_of(first, all.end(), [&](const TableLine& line) {
                return !ofKind(line) || line.row.localPort == first->row.localPort;
            }))
            table.title += QStringLiteral(" %1 / %2").arg(table.all).arg(fromUtf8(first->row.data));
        if (table.rows.empty())
            table.after = fromUtf8(word(NetworkWord::EmptyTable, language));
        tables_.push_back(std::move(table));
    }
}

void NetworkCard::limitWidth(double room)
{
    const TextRuler& ruler = layout_.ruler();
    const Theme& theme = layout_.theme();
    double widest = ruler.width(TextStyle::Heading, title_) + theme.px(10) + ruler.width(TextStyle::Small, kind_);
    for (const QString& line : lines_)
        widest = std::max(widest, ruler.width(TextStyle::MonoSmall, line));
    for (Table& table : tables_) {
        widest = std::max(widest, ruler.width(TextStyle::Label, table.title));
        const auto total = [&] {
            return std::accumulate(table.widths.begin(), table.widths.end(), 0.0) +
                   theme.px(kColumnGap) * static_cast<double>(table.widths.size() - 1);
        };
        for (std::size_t c = 0; c < table.heads.size(); ++c) {
            double width = ruler.width(TextStyle::Small, table.heads[c]);
            for (const Row& row : table.rows)
                width = std::max(width, ruler.width(TextStyle::MonoSmall, row.cells[c]));
            // Room from the start for what will stand there, so that the card does not grow with its first row.
            if (columnsOf(table.kind)[c] == TableColumn::Mac)
                width = std::max(width, ruler.width(TextStyle::MonoSmall, QStringLiteral("02:00:00:00:00:00")));
            table.widths.push_back(std::ceil(width));
        }
        // Of what does not fit the widest column gives way; the texts end in an ellipsis.
        while (total() > room) {
            const auto longest = std::max_element(table.widths.begin(), table.widths.end());
            if (*longest < theme.px(36))
                break;
            *longest -= std::min(*longest * 0.2, std::max(1.0, total() - room));
        }
        for (std::size_t c = 0; c < table.heads.size(); ++c) {
            table.heads[c] = ruler.fitted(TextStyle::Small, table.heads[c], table.widths[c] + 0.5);
            for (Row& row : table.rows)
                row.cells[c] = ruler.fitted(TextStyle::MonoSmall, row.cells[c], table.widths[c] + 0.5);
        }
        widest = std::max(widest, total());
    }
    width_ = std::min(std::max(widest, theme.px(150)), room) + 2 * theme.px(kPad);
}

double NetworkCard::headHeight() const
{
    const TextRuler& ruler = layout_.ruler();
    return 2 * layout_.theme().px(kPad) + ruler.height(TextStyle::Heading) +
           static_cast<double>(lines_.size()) * ruler.height(TextStyle::MonoSmall) +
           (tables_.empty() ? ruler.height(TextStyle::Small) : 0);
}

double NetworkCard::tablesHeight() const
{
    const TextRuler& ruler = layout_.ruler();
    const Theme& theme = layout_.theme();
    const double row = ruler.height(TextStyle::MonoSmall) + theme.px(2 * kRowPad);
    double height = 0;
    for (const Table& table : tables_) {
        height += theme.px(10) + ruler.height(TextStyle::Label) + ruler.height(TextStyle::Small) + theme.px(4);
        height += row * static_cast<double>(table.rows.size() + (table.after.isEmpty() ? 0 : 1));
    }
    return height;
}

void NetworkCard::limitRows(double room)
{
    while (tablesHeight() > room) {
        Table* longest = nullptr;
        for (Table& table : tables_)
            if (!table.rows.empty() && (longest == nullptr || table.rows.size() > longest->rows.size()))
                longest = &table;
        if (longest == nullptr || longest->rows.size() < 2)
            break;
        // The last one that is not lit goes; what is lit is what one is looking for.
        auto& rows = longest->rows;
        const auto victim = std::find_if(rows.rbegin(), rows.rend(), [](const Row& row) { return !row.lit; });
        rows.erase(victim == rows.rend() ? rows.end() - 1 : victim.base() - 1);
        longest->after =
            fromUtf8(sentence(NetworkWord::MoreRows, scene_.language, {std::to_string(longest->all - rows.size())}));
    }
    while (tablesHeight() > room && tables_.size() > 1)
        tables_.pop_back();
    if (tablesHeight() > room)
        lines_.clear();
}

void NetworkCard::arrange()
{
    const Theme& theme = layout_.theme();
    const TextRuler& ruler = layout_.ruler();
    const double scale = layout_.scale() / scale_; // from the sheet
    const QSizeF size(width_, headHeight() + tablesHeight());
    const NetworkNode& node = layout_.nodes()[node_.value()];
    const QRectF whole = node.whole();
    const QRectF place(whole.topLeft() * scale, whole.size() * scale);
    const QSizeF picture = picture_;
    const double gap = theme.px(14), edge = theme.px(8);
    const auto inside = [&](QRectF box) {
        box.moveLeft(std::clamp(box.left(), edge, std::max(edge, picture.width() - edge - box.width())));
        box.moveTop(std::clamp(box.top(), edge, std::max(edge, picture.height() - edge - box.height())));
        return box;
    };
    // Chosen by a size that does not change with every row, so that the card stays on its side.
    const QSizeF usual(std::max(size.width(), theme.px(280)), std::max(size.height(), theme.px(200)));
    const auto candidates = [&](QSizeF s) {
        const double y = place.center().y() - s.height() / 2, x = place.center().x() - s.width() / 2;
        return std::vector<QRectF>{
            inside({QPointF(place.right() + gap, y), s}),
            inside({QPointF(place.left() - gap - s.width(), y), s}),
            inside({QPointF(x, place.bottom() + gap), s}),
            inside({QPointF(x, place.top() - gap - s.height()), s}),
            inside({QPointF(picture.width(), 0), s}),
            inside({QPointF(picture.width(), picture.height()), s}),
            inside({QPointF(0, 0), s}),
            inside({QPointF(0, picture.height()), s}),
        };
    };
    const auto area = [](const QRectF& r) { return std::max(0.0, r.width()) * std::max(0.0, r.height()); };
    const auto usuals = candidates(usual);
    std::size_t best = 0;
    double least = 1e18;
    for (std::size_t i = 0; i < usuals.size(); ++i) {
        double cost = static_cast<double>(i) * 40 + QLineF(usuals[i].center(), place.center()).length() * 2;
        for (const NetworkNode& other : layout_.nodes()) {
            const QRectF box(other.whole().topLeft() * scale, other.whole().size() * scale);
            cost += area(usuals[i].intersected(box)) * (other.id == node_ ? 6 : 2);
        }
        if (cost < least) {
            least = cost;
            best = i;
        }
    }
    box_ = candidates(size)[best];

    const double row = ruler.height(TextStyle::MonoSmall) + theme.px(2 * kRowPad);
    double y = box_.top() + headHeight() - theme.px(kPad);
    for (Table& table : tables_) {
        y += theme.px(10);
        table.top = y;
        y += ruler.height(TextStyle::Label) + ruler.height(TextStyle::Small) + theme.px(4);
        for (Row& r : table.rows) {
            r.box = QRectF(box_.left() + theme.px(kPad - 6), y, box_.width() - 2 * theme.px(kPad - 6), row);
            y += row;
        }
        y += table.after.isEmpty() ? 0 : row;
    }
}

void NetworkCard::paint(QPainter& p) const
{
    if (!isOpen())
        return;
    p.save();
    p.scale(scale_, scale_);
    const Theme& theme = layout_.theme();
    const TextRuler& ruler = layout_.ruler();
    const auto left = Qt::AlignLeft | Qt::AlignVCenter;
    const NodeLook look = layout_.nodes()[node_.value()].look;
    p.setPen(linePen(nodeColours(theme, look, true).line, theme.px(1.6)));
    p.setBrush(theme.color(Role::Card));
    p.drawRoundedRect(box_, theme.px(9), theme.px(9));

    const double x = box_.left() + theme.px(kPad);
    const double width = box_.width() - 2 * theme.px(kPad);
    double y = box_.top() + theme.px(kPad);
    const double kindWidth = ruler.width(TextStyle::Small, kind_);
    const QString title = ruler.fitted(TextStyle::Heading, title_, width - kindWidth - theme.px(8));
    const double line = ruler.height(TextStyle::Heading);
    drawText(p, theme, TextStyle::Heading, theme.color(Role::Ink), QRectF(x, y, width, line), left, title);
    drawText(p, theme, TextStyle::Small, theme.color(Role::Muted), QRectF(x + width - kindWidth, y, kindWidth, line),
             left, kind_);
    y += line;
    for (const QString& text : lines_) {
        drawText(p, theme, TextStyle::MonoSmall, theme.color(Role::Muted),
                 QRectF(x, y, width, ruler.height(TextStyle::MonoSmall)), left,
                 ruler.fitted(TextStyle::MonoSmall, text, width));
        y += ruler.height(TextStyle::MonoSmall);
    }
    if (tables_.empty())
        drawText(p, theme, TextStyle::Small, theme.color(Role::Muted),
                 QRectF(x, y, width, ruler.height(TextStyle::Small)), left,
                 fromUtf8(word(NetworkWord::NoTable, scene_.language)));

    const auto rowsOf = scene_.trace->tableRows();
    for (const Table& table : tables_) {
        y = table.top;
        drawText(p, theme, TextStyle::Label, theme.color(Role::Ink),
                 QRectF(x, y, width, ruler.height(TextStyle::Label)), left,
                 ruler.fitted(TextStyle::Label, table.title, width));
        y += ruler.height(TextStyle::Label);
        double at = x;
        for (std::size_t c = 0; c < table.heads.size(); ++c) {
            drawText(p, theme, TextStyle::Small, theme.color(Role::Muted),
                     QRectF(at, y, table.widths[c], ruler.height(TextStyle::Small)), left, table.heads[c]);
            at += table.widths[c] + theme.px(kColumnGap);
        }
        y += ruler.height(TextStyle::Small) + theme.px(2);
        p.setPen(linePen(theme.color(Role::Line), theme.px(1)));
        p.drawLine(QPointF(x, y), QPointF(x + width, y));
        double end = y + theme.px(2);
        for (const Row& row : table.rows) {
            const Selection& s = scene_.selection;
            const bool selected = s.kind == Selection::Kind::Row && s.index >= 0 &&
                                  static_cast<std::size_t>(s.index) < rowsOf.size() &&
                                  sameLine(rowsOf[static_cast<std::size_t>(s.index)], rowsOf[row.rowIndex]);
            if (row.lit || selected) {
                // Lit: filled, with a bar at its left, so that colour is not all there is.
                p.setPen(selected ? linePen(theme.color(Role::Focus), theme.px(1.5)) : QPen(Qt::NoPen));
                p.setBrush(theme.color(row.lit ? Role::AccentTint : Role::Card));
                p.drawRoundedRect(row.box, theme.px(5), theme.px(5));
                if (row.lit) {
                    p.setPen(Qt::NoPen);
                    p.setBrush(theme.color(row.missed ? Role::Rst : Role::Accent));
                    p.drawRoundedRect(QRectF(row.box.left(), row.box.top() + 2, theme.px(3.5), row.box.height() - 4),
                                      theme.px(1.7), theme.px(1.7));
                }
            }
            at = x;
            const Role ink = row.missed ? Role::Rst : row.lit ? Role::Ink : Role::Muted;
            for (std::size_t c = 0; c < row.cells.size(); ++c) {
                drawText(p, theme, TextStyle::MonoSmall, theme.color(c == 0 && !row.missed ? Role::Ink : ink),
                         QRectF(at, row.box.top(), table.widths[c], row.box.height()), left, row.cells[c]);
                at += table.widths[c] + theme.px(kColumnGap);
            }
            end = row.box.bottom();
        }
        if (!table.after.isEmpty())
            drawText(p, theme, TextStyle::Small, theme.color(Role::Muted),
                     QRectF(x, end, width, ruler.height(TextStyle::MonoSmall) + theme.px(2 * kRowPad)), left,
                     table.after);
    }
    p.restore();
}

int NetworkCard::rowAt(QPointF at) const
{
    for (const Table& table : tables_)
        for (const Row& row : table.rows)
            if (boxOf(row).contains(at))
                return static_cast<int>(row.rowIndex);
    return -1;
}

} // namespace packetarium
