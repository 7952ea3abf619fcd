// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/paint/sequence_labels.h"

#include "ui/i18n/catalogue_packets.h"
#include "ui/i18n/stage_words.h"
#include "ui/paint/columns.h"

#include <QLineF>
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace packetarium {

namespace {

constexpr double kSteep = 35; ///< degrees; labels of steeper arrows stay upright
constexpr int kTravelSteps = 24;
constexpr int kMostFarLabels = 24; ///< of one part, when zoomed out

/// A way for a label to lie: along its arrow, above (-1) or below (1) it; or upright across it.
struct Way {
    bool along;
    double side, cost;
};
constexpr std::array<Way, 3> kAlongFirst{{{true, -1, 0}, {true, 1, 4}, {false, 0, 9}}};
/// Upright words are easier to read from the back row.
constexpr std::array<Way, 3> kUprightFirst{{{false, 0, 0}, {true, -1, 3}, {true, 1, 6}}};

bool isIcmpError(Reason cause)
{
    return cause == Reason::SentNetworkUnreachable || cause == Reason::SentHostUnreachable ||
           cause == Reason::SentPortUnreachable || cause == Reason::SentProtocolUnreachable ||
           cause == Reason::SentFragmentationNeeded || cause == Reason::SentTimeExceeded ||
           cause == Reason::SentReassemblyTimeExceeded;
}

} // namespace

PacketTitle titleOf(const StageScene& scene, const PacketInfo& p)
{
    switch (p.protocol) {
    case Protocol::Tcp: return {};
    case Protocol::Other:
    case Protocol::Http:
    case Protocol::Tls:
        if (isTwoHosts(*scene.trace))
            return {};
        break;
    case Protocol::Arp:
    case Protocol::Icmp:
    case Protocol::Icmpv6:
    case Protocol::Udp:
    case Protocol::Dns: break;
    }
    const PacketSummary summary = summarize(scene.trace->bytes(p.id));
    if (p.protocol == Protocol::Http && summary.httpStart.empty())
        return {};
    PacketTitle title{fromUtf8(p.protocol == Protocol::Other ? "IP" : toString(p.protocol)),
                      fromUtf8(packetTitle(summary, scene.language))};
    // "ARP who has ...": the chip before the words says it already.
    for (const QString& before : {title.protocol, fromUtf8(labelOf(p.protocol, scene.language))})
        if (title.words.startsWith(before + QLatin1Char(' ')))
            title.words = title.words.mid(before.size() + 1);
    return title;
}

Role flagRole(const PacketInfo& p)
{
    switch (p.protocol) {
    case Protocol::Arp: return Role::LayerLink;
    case Protocol::Icmp:
    case Protocol::Icmpv6: return isIcmpError(p.cause) ? Role::Rst : Role::LayerInternet;
    case Protocol::Udp: return Role::LayerTransport;
    case Protocol::Dns: return Role::LayerApplication;
    case Protocol::Other:
    case Protocol::Tcp:
    case Protocol::Http:
    case Protocol::Tls: break;
    }
    if (p.flags.rst())
        return Role::Rst;
    if (p.flags.syn())
        return Role::Syn;
    if (p.flags.fin())
        return Role::Fin;
    return p.length > 0 ? Role::Data : Role::Ack;
}

QString flagText(const PacketInfo& p)
{
    const std::string flags = p.flags.toString();
    return flags.empty() ? QStringLiteral("-") : fromUtf8(flags);
}

LabelPlacer::LabelPlacer(const SequenceLayout& layout, SequencePart& part, int number)
    : layout_(layout)
    , part_(part)
    , number_(number)
    , scene_(layout.scene_)
    , lines_(layout.theme_.px(64), layout.whole_ ? 0 : layout.partTop(number))
    , travels_(layout.theme_.px(64), layout.whole_ ? 0 : layout.partTop(number))
{}

const LadderArrow& LabelPlacer::model(int place) const
{
    return layout_.model_->arrows[static_cast<std::size_t>(idOf(place))];
}

PacketLabel LabelPlacer::wording(int index, int form) const
{
    const Theme& theme = layout_.theme_;
    const TextRuler& ruler = layout_.ruler_;
    const PacketInfo& p = layout_.trace_->packet(model(index).id);
    PacketLabel label;
    label.role = flagRole(p);
    if (titles_[static_cast<std::size_t>(index)].isEmpty())
        sayTcp(label, p, form);
    else
        sayTitle(label, index, form);
    label.pending = scene_.predicting ? QStringLiteral("?") : label.flags + QStringLiteral(" ?");

    const bool tagged = form < kFlagsOnly;
    if (tagged && p.injected)
        label.tag = fromUtf8(word(StageWord::Injected, scene_.language));
    else if (tagged && p.copyOf)
        label.tag = fromUtf8(word(StageWord::Copy, scene_.language));
    else if (tagged && p.corrupted)
        label.tag = fromUtf8(word(StageWord::Corrupted, scene_.language));
    else if (tagged && p.retransmission)
        label.tag = fromUtf8(word(StageWord::Retransmission, scene_.language));
    else if (tagged && layout_.trace_->packet(model(index).hops.back()).marked) // by any queue on its way
        label.tag = fromUtf8(word(StageWord::Marked, scene_.language));

    label.flagsWidth = ruler.width(TextStyle::MonoStrong, label.flags) + theme.px(14);
    label.numbersWidth = label.numbers.isEmpty() ? 0 : ruler.width(TextStyle::MonoStrong, label.numbers) + theme.px(16);
    label.tagWidth = label.tag.isEmpty() ? 0 : ruler.width(TextStyle::Label, label.tag) + theme.px(14);
    label.pendingWidth = ruler.width(TextStyle::MonoStrong, label.pending) + theme.px(8);
    label.box.size = {label.width(), ruler.height(TextStyle::MonoStrong) + theme.px(6)};
    return label;
}

/// Whether the last segment of the connection that came from its sender offered no window: then that this one does is news.
bool LabelPlacer::wasShutBefore(const PacketInfo& p) const
{
    constexpr int kNotFar = 64; // among so many packets of others it would not be remembered
    const PacketStore& packets = layout_.trace_->packetStore();
    std::uint32_t id = p.id.value();
    for (int i = 0; i < kNotFar && id > 0; ++i) {
        const PacketId before(--id);
        if (packets.from(before) != p.from)
            continue;
        const PacketInfo last = layout_.trace_->packet(before);
        if (last.conn == p.conn && !last.copyOf && !last.parent && last.fate != Fate::Lost)
            return last.window == 0 && last.flags.ack();
    }
    return false;
}

void LabelPlacer::sayTcp(PacketLabel& label, const PacketInfo& p, int form) const
{
    label.flags = flagText(p);
    const std::string seq = scene_.symbols->packetSeq(p, scene_.numbers);
    const std::string ack = scene_.symbols->packetAck(p, scene_.numbers);
    // A pure acknowledgment that says what arrived behind a gap: that is its news, and its own number is none.
    const bool pure = p.length == 0 && p.flags.bits == TcpFlags::Ack;
    const std::string sack =
        pure && form <= 1 ? scene_.symbols->packetSack(p, summarize(layout_.trace_->bytes(p.id)).sack, scene_.numbers)
                          : std::string();
    QStringList parts;
    const bool hasSeq = p.length > 0 || p.flags.syn() || p.flags.fin() || p.flags.rst();
    const bool answersSyn = p.flags.syn() && !ack.empty(); // by what it acknowledges it is taken or refused
    const bool newsOfWindow = p.window == 0 || p.cause == Reason::SentAckWindowUpdate || (pure && wasShutBefore(p));
    const bool withoutSeq = !sack.empty() || (form == 1 && pure && newsOfWindow);
    if ((form <= 1 && !withoutSeq) || (form == 2 && hasSeq && !answersSyn))
        parts << QStringLiteral("seq=") + fromUtf8(seq);
    if (!ack.empty() && (form <= 1 || (form == 2 && (!hasSeq || answersSyn))))
        parts << QStringLiteral("ack=") + fromUtf8(ack);
    if (!sack.empty())
        parts << QStringLiteral("SACK ") + fromUtf8(sack);
    if (p.length > 0 && form <= 2)
        parts << QStringLiteral("len=%1").arg(p.length);
    if ((form == 0 && (p.flags.syn() || (newsOfWindow && !p.flags.rst()))) || (form == 1 && pure && newsOfWindow))
        parts << QStringLiteral("win=%1").arg(p.window);
    label.numbers = parts.join(QLatin1Char(' '));
}

void LabelPlacer::sayTitle(PacketLabel& label, int index, int form) const
{
    const PacketTitle& title = titles_[static_cast<std::size_t>(index)];
    const PacketInfo& p = layout_.trace_->packet(model(index).id);
    if (p.protocol == Protocol::Http || p.protocol == Protocol::Tls)
        label.role = Role::LayerApplication; // the message, not the segment that it begins in
    label.flags = title.protocol;
    if (form == 0)
        label.numbers = title.words;
    else if (form < kFlagsOnly)
        label.numbers =
            layout_.ruler_.fitted(TextStyle::MonoStrong, title.words, layout_.theme_.px(form == 1 ? 190 : 100));
}

bool LabelPlacer::insideLadder(const TurnedBox& box) const
{
    const QRectF r = box.bounds();
    const double edge = layout_.band_ / 2 + layout_.theme_.px(4);
    return r.left() >= layout_.left() + edge && r.right() <= layout_.right() - edge && r.top() >= layout_.theme_.px(1);
}

void LabelPlacer::place()
{
    for (std::size_t i = 0; i < part_.ids.size(); ++i) {
        titles_.push_back(titleOf(scene_, layout_.trace_->packet(model(static_cast<int>(i)).id)));
        const QPolygonF& path = part_.arrows[i].path;
        for (qsizetype k = 0; k + 1 < path.size(); ++k) {
            const QLineF line(path[k], path[k + 1]);
            lines_.add({line.center(), {line.length(), layout_.theme_.px(4)}, -line.angle()}, static_cast<int>(i));
        }
    }
    placeNotes();
    std::vector<int> order;
    for (std::size_t i = 0; i < part_.arrows.size(); ++i)
        if (part_.arrows[i].drawn)
            order.push_back(static_cast<int>(i));
    std::stable_sort(order.begin(), order.end(),
                     [this](int a, int b) { return arrow(a).path.first().y() < arrow(b).path.first().y(); });
    layTravels(order);
    // From afar there is no room for most words; those that are looked for come first.
    int tried = 0;
    if (layout_.zoom_ < 1)
        std::stable_partition(order.begin(), order.end(), [this](int i) { return model(i).special; });
    for (const int i : order)
        if (layout_.zoom_ == 1 || tried++ < kMostFarLabels)
            placeLabel(i);
}

void LabelPlacer::layTravels(const std::vector<int>& order)
{
    for (const int i : order) {
        SequenceArrow& arrow = this->arrow(i);
        const LadderArrow& a = model(i);
        if (layout_.zoom_ < 1) { // from afar no label travels
            arrow.label.role = flagRole(layout_.trace_->packet(a.id));
            continue;
        }
        const double most = std::abs(layout_.x(a.to) - layout_.x(a.from)) - layout_.band_ - layout_.theme_.px(24);
        for (int form = 0; form < kForms && (form == 0 || arrow.travelling.width() > most); ++form)
            arrow.travelling = wording(i, form);
        arrow.label = arrow.travelling;
        arrow.travelling.box.size.rheight() += layout_.theme_.px(4);
        const double from = arrow.path.first().y();
        const double to = travelEnd(i);
        constexpr int kBoxes = 8;
        const double grow = (to - from) / kBoxes / 2;
        for (int k = 0; k <= kBoxes; ++k)
            travels_.add(TurnedBox::upright(
                             layout_.capsuleOf(arrow, a, from + (to - from) * k / kBoxes).adjusted(-2, -grow, 2, grow)),
                         i);
    }
}

void LabelPlacer::placeNotes()
{
    const auto& records = layout_.trace_->records();
    for (std::size_t i = 0; i < part_.arrows.size(); ++i) {
        const SequenceArrow& arrow = part_.arrows[i];
        const LadderArrow& a = model(static_cast<int>(i));
        if (!arrow.drawn)
            continue;
        ArrowNote note;
        note.arrow = part_.ids[i];
        if (a.hold >= 0) {
            note.kind = ArrowNote::Kind::Held;
            note.at = (arrow.path[1] + arrow.path[2]) / 2;
            placeNote(note, {fromUtf8(word(StageWord::Held, scene_.language))});
        }
        if (a.lost && a.endRecord < records.size()) {
            note.kind = ArrowNote::Kind::Lost;
            note.at = arrow.path.last();
            const QString lost = fromUtf8(word(StageWord::Lost, scene_.language));
            const QString cause = fromUtf8(labelOf(a.lossReason, scene_.language));
            placeNote(note, {cause, lost});
        }
        if (a.ignored != Reason::None) {
            note.kind = ArrowNote::Kind::Ignored;
            note.at = arrow.path.last();
            const QString cause = fromUtf8(labelOf(a.ignored, scene_.language));
            placeNote(note, {cause, fromUtf8(word(StageWord::Ignored, scene_.language))});
        }
    }
}

void LabelPlacer::placeNote(ArrowNote note, const QStringList& wordings)
{
    const Theme& theme = layout_.theme_;
    const double height = layout_.ruler_.height(TextStyle::Label) + theme.px(2);
    const double beside = note.kind == ArrowNote::Kind::Ignored ? theme.px(8) : theme.px(12);
    const double apart = height / 2 + theme.px(6);
    for (const bool strict : {true, false}) { // at first not on any line either
        for (const QString& text : wordings) {
            const double width = layout_.ruler_.width(TextStyle::Label, text) + theme.px(8);
            const double dx = beside + width / 2;
            const std::array<QPointF, 12> offsets{QPointF{dx, 0},
                                                  {-dx, 0},
                                                  {dx, apart},
                                                  {-dx, apart},
                                                  {dx, -apart},
                                                  {-dx, -apart},
                                                  {0, beside + height / 2},
                                                  {0, -beside - height / 2},
                                                  {dx, 2 * apart},
                                                  {-dx, 2 * apart},
                                                  {dx, -2 * apart},
                                                  {-dx, -2 * apart}};
            for (const QPointF& offset : offsets) {
                const TurnedBox box{note.at + offset, {width, height}, 0};
                // From afar lines are so close that words on them could not be read.
                const bool clear = strict || layout_.zoom_ < 1;
                if (!insideLadder(box) || layout_.hitsText(box, -2, part_, number_) || (clear && lines_.hits(box)))
                    continue;
                note.text = text;
                note.box = box;
                note.placed = true;
                part_.texts.add(box.grown(theme.px(1)));
                part_.notes.push_back(note);
                return;
            }
        }
    }
    note.text = wordings.last();
    part_.notes.push_back(note);
}

void LabelPlacer::placeLabel(int index)
{
    SequenceArrow& arrow = this->arrow(index);
    const LadderArrow& model = this->model(index);
    const Theme& theme = layout_.theme_;
    // The longest straight piece carries the label.
    qsizetype piece = 0;
    for (qsizetype i = 0; i + 1 < arrow.path.size(); ++i)
        if (QLineF(arrow.path[i], arrow.path[i + 1]).length() >
                QLineF(arrow.path[piece], arrow.path[piece + 1]).length() &&
            i != 1)
            piece = i;
    QLineF line(arrow.path[piece], arrow.path[piece + 1]);
    if (line.dx() < 0)
        line = QLineF(line.p2(), line.p1());
    const double angle = -line.angle() < -180 ? -line.angle() + 360 : -line.angle();
    const bool steep = std::abs(angle) > kSteep;
    const bool reversed = layout_.x(model.from) > layout_.x(model.to);

    double best = std::numeric_limits<double>::max();
    TurnedBox bestBox;
    PacketLabel bestLabel;
    const QPointF normal(-line.dy() / std::max(1e-9, line.length()), line.dx() / std::max(1e-9, line.length()));
    constexpr std::array kPlaces{0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72, 0.22, 0.78};
    constexpr std::array kFormCost{0.0, 2.0, 8.0, 26.0};
    const std::size_t forms = layout_.zoom_ < 1 && !isNamedByFlags(index) ? kFlagsOnly : kForms;
    for (std::size_t form = 0; form < forms && kFormCost[form] < best; ++form) {
        PacketLabel label = wording(index, static_cast<int>(form));
        const double away = label.box.size.height() / 2 + theme.px(3);
        for (const double place : kPlaces) {
            // Where two arrows cross, each prefers the half nearer its sender.
            const double nearer = (reversed ? 1 - place : place) > 0.5 ? 0.5 : 0.0;
            for (const Way& way : theme.isProjector() || steep ? kUprightFirst : kAlongFirst) {
                const double cost = kFormCost[form] + 10 * std::abs(place - 0.5) + nearer + way.cost;
                if (cost >= best || (steep && way.along))
                    continue;
                TurnedBox box = label.box;
                box.angle = way.along ? angle : 0;
                box.center = line.pointAt(place) + normal * way.side * away;
                if (!insideLadder(box) || layout_.hitsText(box.grown(theme.px(1)), -2, part_, number_))
                    continue;
                const double total = cost + (lines_.hits(box, index) ? 16 : 0) + (travels_.hits(box, index) ? 3 : 0);
                if (total < best) {
                    best = total;
                    bestBox = box;
                    bestLabel = label;
                }
            }
        }
    }
    if (best == std::numeric_limits<double>::max())
        return;
    arrow.label = bestLabel;
    arrow.label.box = bestBox;
    arrow.label.placed = true;
    part_.texts.add(bestBox.grown(theme.px(0.5)), idOf(index));
}

/// Whether its flags alone say what it is, seen from afar.
bool LabelPlacer::isNamedByFlags(int index) const
{
    const Role role = arrow(index).label.role;
    return role == Role::Syn || role == Role::Fin || role == Role::Rst;
}

double LabelPlacer::travelEnd(int index) const
{
    return arrow(index).path.last().y();
}

bool LabelPlacer::travelsFreely(int index) const
{
    const SequenceArrow& arrow = this->arrow(index);
    const double from = arrow.path.first().y();
    const double to = travelEnd(index);
    // Where others' words may come in that are not known here it leaves its label beside the arrow.
    if (!layout_.whole_ && (layout_.partAt(from - layout_.theme_.px(60)) != number_ ||
                            layout_.partAt(to + layout_.theme_.px(60)) != number_))
        return false;
    for (int i = 0; i <= kTravelSteps; ++i) {
        const QRectF box = layout_.capsuleOf(arrow, model(index), from + (to - from) * i / kTravelSteps);
        const double grow = std::max(layout_.theme_.px(2), (to - from) / kTravelSteps / 2);
        if (layout_.hitsText(TurnedBox::upright(box.adjusted(-2, -grow, 2, grow)), idOf(index), part_, number_))
            return false;
    }
    return true;
}

bool LabelPlacer::meetsOther(int a, int b) const
{
    const LadderArrow& first = model(a);
    const LadderArrow& second = model(b);
    if (first.sentAt >= second.endAt || second.sentAt >= first.endAt)
        return false; // never under way together
    const QPolygonF& pa = arrow(a).path;
    const QPolygonF& pb = arrow(b).path;
    const double from = std::max(pa.first().y(), pb.first().y()) - layout_.theme_.px(30);
    const double to = std::min(pa.last().y(), pb.last().y()) + layout_.theme_.px(30);
    for (int i = 0; from < to && i <= kTravelSteps; ++i) {
        const double y = from + (to - from) * i / kTravelSteps;
        const double m = layout_.theme_.px(4);
        if (layout_.capsuleOf(arrow(a), first, y)
                .adjusted(-m, -m, m, m)
                .intersects(layout_.capsuleOf(arrow(b), second, y)))
            return true;
    }
    return false;
}

void LabelPlacer::chooseCapsules()
{
    auto& arrows = part_.arrows;
    std::vector<int> order;
    for (std::size_t i = 0; i < arrows.size(); ++i) {
        if (!arrows[i].drawn)
            continue;
        arrows[i].capsule = travelsFreely(static_cast<int>(i));
        order.push_back(static_cast<int>(i));
    }
    std::stable_sort(order.begin(), order.end(), [&arrows](int a, int b) {
        return arrows[static_cast<std::size_t>(a)].path.first().y() <
               arrows[static_cast<std::size_t>(b)].path.first().y();
    });
    // Two that would touch under way both leave their labels beside their arrows.
    std::vector<bool> meets(arrows.size(), false);
    for (std::size_t i = 0; i < order.size(); ++i) {
        const int a = order[i];
        for (std::size_t k = i + 1; k < order.size(); ++k) {
            const int b = order[k];
            if (arrows[static_cast<std::size_t>(b)].path.first().y() > travelEnd(a) + layout_.theme_.px(60))
                break;
            if (arrows[static_cast<std::size_t>(a)].capsule && arrows[static_cast<std::size_t>(b)].capsule &&
                meetsOther(a, b))
                meets[static_cast<std::size_t>(a)] = meets[static_cast<std::size_t>(b)] = true;
        }
    }
    for (std::size_t i = 0; i < arrows.size(); ++i)
        arrows[i].capsule = arrows[i].capsule && !meets[i];
}

} // namespace packetarium
