// SPDX-License-Identifier: GPL-3.0-or-later
//
// The sequence view as things to hit and to read aloud.
#include "ui/i18n/catalogue_network.h"
#include "ui/i18n/stage_words.h"
#include "ui/paint/sequence_labels.h"
#include "ui/paint/sequence_marks.h"
#include "ui/paint/sequence_painter.h"

#include <algorithm>

namespace packetarium {

namespace {

constexpr double kNear = 80; ///< pixels: what is hit lies no farther from its arrow or its capsule

std::string hostOf(const StageScene& scene, NodeId host)
{
    return host.value() < scene.hostLabels.size() ? scene.hostLabels[host.value()].toStdString() : std::string();
}

Selection timerSelection(const LadderTimer& t)
{
    Selection s;
    s.kind = Selection::Kind::Timer;
    s.host = t.host;
    s.index = static_cast<int>(t.timer);
    return s;
}

Selection hostSelection(NodeId host)
{
    Selection s;
    s.kind = Selection::Kind::Host;
    s.host = host;
    return s;
}

std::string space(Language language)
{
    return language == Language::Chinese ? "" : " ";
}

Selection stateSelection(const LadderState& s)
{
    Selection selection;
    selection.kind = Selection::Kind::State;
    selection.host = s.host;
    selection.index = static_cast<int>(s.state);
    return selection;
}

StageWord packetWord(const LadderArrow& a, PacketPhase phase, bool held)
{
    switch (phase) {
    case PacketPhase::Pending: return StageWord::PacketPending;
    case PacketPhase::UnderWay: return held ? StageWord::PacketHeld : StageWord::PacketUnderWay;
    case PacketPhase::Done: break;
    }
    if (a.lost)
        return StageWord::PacketLost;
    return a.ignored != Reason::None ? StageWord::PacketIgnored : StageWord::PacketArrived;
}

QString packetName(const StageScene& scene, const PacketInfo& p, PacketPhase phase)
{
    const PacketTitle title = titleOf(scene, p);
    QString name = title.isEmpty() ? flagText(p) : title.protocol;
    if (phase != PacketPhase::Pending && !title.isEmpty())
        return name + QLatin1Char(' ') + title.words;
    if (phase == PacketPhase::Pending)
        return scene.predicting ? QStringLiteral("?") : name + QStringLiteral(" ?");
    name += QStringLiteral(" seq=") + fromUtf8(scene.symbols->packetSeq(p, scene.numbers));
    if (const std::string ack = scene.symbols->packetAck(p, scene.numbers); !ack.empty())
        name += QStringLiteral(" ack=") + fromUtf8(ack);
    if (p.length > 0)
        name += QStringLiteral(" len=%1").arg(p.length);
    return name;
}

bool isRunning(const LadderTimer& t, std::size_t done)
{
    return t.fromRecord < done && (t.toRecord == kNoRecord || t.toRecord >= done);
}

/// What is spoken of: all of a short run; of a long one what is in sight, and as much above and below.
struct Sight {
    double from, to;
    Sight(const SequenceLayout& layout, double scroll)
        : from(scroll - layout.viewHeight())
        , to(scroll + 2 * layout.viewHeight())
    {}
};

StageItem packetItem(const StageScene& scene, const SequenceLayout& layout, std::size_t i, double scroll)
{
    const LadderArrow& a = layout.model().arrows[i];
    const SequenceArrow& arrow = layout.arrow(static_cast<int>(i));
    const PacketPhase phase = phaseOf(a, scene.moment->recordsDone);
    const PacketInfo& p = scene.trace->packet(a.id);
    const bool held =
        std::any_of(scene.moment->inFlight.begin(), scene.moment->inFlight.end(), [&a](const PacketMoment& m) {
            return m.held && std::find(a.hops.begin(), a.hops.end(), m.id) != a.hops.end();
        });
    const std::string_view cause = a.lost ? labelOf(a.lossReason, scene.language) : labelOf(a.ignored, scene.language);
    QRectF box = arrow.label.placed ? arrow.label.box.bounds() : arrow.path.boundingRect();
    if (phase == PacketPhase::UnderWay && arrow.capsule)
        box = layout.capsuleAt(static_cast<int>(i), layout.y(scene.moment->at));
    return {packetSelection(a.id), box.translated(0, layout.headerHeight() - scroll), packetName(scene, p, phase),
            fromUtf8(sentence(packetWord(a, phase, held), scene.language,
                              {hostOf(scene, a.from), hostOf(scene, a.to), cause}))};
}

} // namespace

std::vector<StageItem> sequenceItems(const StageScene& scene, const SequenceLayout& layout, double scroll)
{
    std::vector<StageItem> items;
    for (const HostCard& card : layout.cards()) {
        const TcpState state = card.host.value() < scene.moment->hosts.size()
                                   ? scene.moment->hosts[card.host.value()].state
                                   : TcpState::Closed;
        const NodeKind kind = scene.trace->nodes()[card.host.value()].kind;
        const bool hasState = currentState(layout.model(), card.host, kNoRecord) >= 0;
        const QString name = layout.model().twoHosts ? card.name : fromUtf8(hostOf(scene, card.host));
        items.push_back({hostSelection(card.host), card.box, name,
                         hasState ? fromUtf8(sentence(StageWord::HostState, scene.language,
                                                      {hostOf(scene, card.host), toString(state)}))
                                  : fromUtf8(explain(kind, scene.language))});
    }
    const std::size_t hosts = items.size();
    const Sight sight(layout, scroll);
    for (const int i : layout.arrowsIn(sight.from, sight.to))
        if (layout.arrow(i).drawn)
            items.push_back(packetItem(scene, layout, static_cast<std::size_t>(i), scroll));
    const std::size_t done = scene.moment->recordsDone;
    for (const PlacedText& chip : layout.chips()) {
        const LadderState& s = layout.model().states[static_cast<std::size_t>(chip.subject)];
        if (!chip.placed || (s.fromRecord != kNoRecord && s.fromRecord >= done))
            continue;
        items.push_back(
            {stateSelection(s), chip.box.bounds().translated(0, layout.headerHeight() - scroll), chip.text,
             fromUtf8(sentence(StageWord::HostState, scene.language, {hostOf(scene, s.host), toString(s.state)}) +
                      space(scene.language) + std::string(explain(s.state, scene.language)))});
    }
    for (const int i : layout.runningTimers(done)) {
        const LadderTimer& t = layout.model().timers[static_cast<std::size_t>(i)];
        const QRectF box =
            bracketBox(layout, t, layout.tickY(t.from), std::max(layout.y(scene.moment->at), layout.tickY(t.from) + 8));
        items.push_back({timerSelection(t), box.translated(0, layout.headerHeight() - scroll),
                         fromUtf8(sentence(StageWord::TimerOf, scene.language,
                                           {hostOf(scene, t.host), timerName(t.timer, scene.language),
                                            durationText(t.duration(), scene.language)})),
                         fromUtf8(word(StageWord::TimerRunning, scene.language))});
    }
    std::stable_sort(items.begin() + static_cast<std::ptrdiff_t>(hosts), items.end(),
                     [](const StageItem& a, const StageItem& b) { return a.box.center().y() < b.box.center().y(); });
    return items;
}

Selection sequenceHit(const StageScene& scene, const SequenceLayout& layout, double scroll, QPointF at)
{
    for (const HostCard& card : layout.cards())
        if (card.box.contains(at) || card.chip.contains(at))
            return hostSelection(card.host);
    if (at.y() < layout.headerHeight())
        return {};
    const QPointF content = at + QPointF(0, scroll - layout.headerHeight());
    const double now = layout.y(scene.moment->at);
    const std::size_t done = scene.moment->recordsDone;
    const std::vector<int> arrows = layout.arrowsIn(content.y() - kNear, content.y() + kNear);
    for (auto k = arrows.rbegin(); k != arrows.rend(); ++k) { // later ones lie on top
        const SequenceArrow& arrow = layout.arrow(*k);
        const LadderArrow& a = layout.model().arrows[static_cast<std::size_t>(*k)];
        if (arrow.drawn && arrow.capsule && phaseOf(a, done) == PacketPhase::UnderWay &&
            layout.capsuleAt(*k, now).contains(content))
            return packetSelection(a.id);
    }
    for (auto k = arrows.rbegin(); k != arrows.rend(); ++k)
        if (const SequenceArrow& arrow = layout.arrow(*k);
            arrow.drawn && arrow.label.placed && arrow.label.box.contains(content))
            return packetSelection(layout.model().arrows[static_cast<std::size_t>(*k)].id);
    for (const int k : arrows) {
        const LadderArrow& a = layout.model().arrows[static_cast<std::size_t>(k)];
        if (a.special && phaseOf(a, done) == PacketPhase::Done)
            for (const ArrowNote* note : layout.notesOf(k))
                if (note->placed && note->box.contains(content))
                    return packetSelection(a.id);
    }
    for (const PlacedText& chip : layout.chips()) {
        const LadderState& s = layout.model().states[static_cast<std::size_t>(chip.subject)];
        if (chip.placed && chip.box.contains(content) && (s.fromRecord == kNoRecord || s.fromRecord < done))
            return stateSelection(s);
    }
    double best = scene.theme.px(9);
    Selection nearest;
    for (const int k : arrows) {
        const SequenceArrow& arrow = layout.arrow(k);
        if (!arrow.drawn || !arrow.path.boundingRect().adjusted(-best, -best, best, best).contains(content))
            continue;
        if (const double d = distanceToPath(content, arrow.path); d < best) {
            best = d;
            nearest = packetSelection(layout.model().arrows[static_cast<std::size_t>(k)].id);
        }
    }
    if (nearest.kind != Selection::Kind::None)
        return nearest;
    for (const int i : layout.timersIn(content.y() - kNear, content.y() + kNear)) {
        const LadderTimer& t = layout.model().timers[static_cast<std::size_t>(i)];
        if (t.fromRecord >= done)
            continue;
        const double to = isRunning(t, done) ? now : layout.tickY(t.to);
        if (bracketBox(layout, t, layout.tickY(t.from), to).adjusted(-12, 0, 12, 0).contains(content))
            return timerSelection(t);
    }
    for (const LadderState& s : layout.model().states) {
        if (!layout.hasMargin(s.host) || !layout.tellsStates())
            continue;
        const QRectF band(layout.x(s.host) - layout.bandWidth() / 2, layout.tickY(s.from), layout.bandWidth(),
                          layout.tickY(s.to) - layout.tickY(s.from));
        if ((s.fromRecord == kNoRecord || s.fromRecord < done) && band.contains(content))
            return stateSelection(s);
    }
    return {};
}

QPainterPath sequenceOutline(const SequenceLayout& layout, const Selection& what, std::size_t recordsDone,
                             double scroll)
{
    QPainterPath path;
    if (what.kind == Selection::Kind::Host)
        for (const HostCard& card : layout.cards())
            if (card.host == what.host)
                path.addRoundedRect(card.box, 8, 8);
    const auto& arrowOf = layout.model().arrowOf;
    if (what.kind == Selection::Kind::Packet && what.packet.value() < arrowOf.size() &&
        arrowOf[what.packet.value()] >= 0) {
        const SequenceArrow& arrow = layout.arrow(arrowOf[what.packet.value()]);
        if (arrow.drawn)
            path.addPolygon(arrow.path);
        path.translate(0, layout.headerHeight() - scroll);
    }
    if (what.kind == Selection::Kind::State && what.host) {
        for (const PlacedText& chip : layout.chips()) {
            const LadderState& s = layout.model().states[static_cast<std::size_t>(chip.subject)];
            const QRectF box = chip.box.bounds();
            const bool seen = s.fromRecord == kNoRecord || s.fromRecord < recordsDone;
            if (chip.placed && seen && stateSelection(s) == what)
                path.addRoundedRect(box.translated(0, layout.headerHeight() - scroll), box.height() / 2,
                                    box.height() / 2);
        }
    }
    return path;
}

} // namespace packetarium
