// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/ui/paint_traces.h"

#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "ui/paint/sequence_marks.h"
#include "ui/paint/sequence_painter.h"
#include "ui/paint/stage_painter.h"
#include "ui/paint/timeline_painter.h"

#include <QImage>
#include <QPainter>
#include <QSet>
#include <algorithm>

namespace packetarium::paint_sequence_test {

using test::SceneBox;

namespace {

constexpr QSizeF kStage(836, 560);

QImage pictureOf(const StageScene& scene, StageView view, QSize size)
{
    QImage image(size, QImage::Format_RGB32);
    image.fill(Qt::magenta);
    QPainter p(&image);
    paintStage(p, scene, view, QSizeF(size));
    return image;
}

} // namespace

TEST_CASE("turned boxes know when they touch", "[paint]")
{
    const TurnedBox flat{{0, 0}, {20, 10}, 0};
    CHECK(overlap(flat, {{15, 0}, {20, 10}, 0}));
    CHECK_FALSE(overlap(flat, {{20, 0}, {20, 10}, 0})); // edge to edge
    CHECK_FALSE(overlap(flat, {{21, 0}, {20, 10}, 0}));
    // A square of 10 on its corner reaches 7.07 to the left: bounds of the two overlap, the boxes do not.
    CHECK(overlap(flat, {{16.9, 0}, {10, 10}, 45}));
    CHECK_FALSE(overlap(flat, {{16, 9}, {10, 10}, 45}));
    CHECK(crosses(flat, {-20, -10}, {20, 10}));
    CHECK_FALSE(crosses(flat, {-20, -20}, {20, -6}));
    CHECK(TurnedBox{{0, 0}, {20, 2}, 90}.contains({0, 9}));
    CHECK_FALSE(TurnedBox{{0, 0}, {20, 2}, 90}.contains({9, 0}));
}

TEST_CASE("a path can be cut and walked along", "[paint]")
{
    const QPolygonF path{{0, 0}, {10, 0}, {10, 10}};
    double angle = 0;
    CHECK(lengthOf(path) == Approx(20));
    CHECK(pointAlong(path, 15, &angle) == QPointF(10, 5));
    CHECK(std::fmod(angle + 360, 360) == Approx(90)); // downwards on the screen
    const QPolygonF part = cutPath(path, 5, 15);
    CHECK(part.first() == QPointF(5, 0));
    CHECK(part[1] == QPointF(10, 0));
    CHECK(part.last() == QPointF(10, 5));
}

TEST_CASE("of losses at one instant each has a place of its own, and the caption says how many there are", "[paint]")
{
    Engine engine(builtinScenario("fast-retransmit-sack").value());
    engine.runToEnd();
    SceneBox box(engine.trace());
    const SequenceLayout layout(box.at(box.trace().end()), kStage);
    std::vector<double> heights;
    std::vector<SimTime> instants;
    for (const LadderArrow& arrow : layout.model().arrows)
        if (arrow.lost) {
            heights.push_back(layout.tickY(arrow.end));
            instants.push_back(arrow.endAt);
        }
    REQUIRE(heights.size() == 2);
    REQUIRE(instants[0] == instants[1]);
    CHECK(heights[1] - heights[0] > TextRuler(box.scene.theme).height(TextStyle::Label)); // the words beside a cross
    std::vector<std::string> told;
    for (std::size_t i = 0; i < box.trace().records().size(); ++i)
        if (box.trace().records()[i].kind == RecordKind::PacketLost)
            told.push_back(captionFor(box.trace(), i, NumberStyle::Symbolic, Language::English).text);
    CHECK(told == std::vector<std::string>{"The segment with seq = x+1001 never reaches the server. It is the first of "
                                           "2 that are lost at this instant.",
                                           "The segment with seq = x+4001 never reaches the server. It is the last of "
                                           "2 that are lost at this instant."});
}

TEST_CASE("where there is no TCP connection no state is told: UDP has none", "[paint]")
{
    for (const auto& [scenario, tcp] : {std::pair("datagrams", false), {"handshake", true}}) {
        Engine engine(builtinScenario(scenario).value());
        engine.runToEnd();
        SceneBox box(engine.trace());
        const SequenceLayout layout(box.at(box.trace().end()), kStage);
        const auto placed = std::ranges::count_if(layout.chips(), [](const PlacedText& chip) { return chip.placed; });
        INFO(scenario);
        CHECK((placed > 0) == tcp);
        const auto items = sequenceItems(box.scene, layout, 0);
        CHECK(std::ranges::any_of(items, [](const StageItem& i) { return i.what.kind == Selection::Kind::State; }) ==
              tcp);
    }
}

TEST_CASE("a lifeline shows the state that the moment shows", "[paint]")
{
    for (const test::NamedTrace& named : test::allTraces()) {
        const LadderModel model = readLadder(named.trace);
        const MomentIndex index(named.trace);
        for (const Record& record : named.trace.records()) {
            const Moment moment = index.at(record.at);
            for (std::uint8_t h = 0; h < 2; ++h) {
                const int state = currentState(model, NodeId(h), moment.recordsDone);
                REQUIRE(state >= 0);
                INFO(named.name << " at " << record.at.ns() << " ns, host " << int{h});
                CHECK(model.states[static_cast<std::size_t>(state)].state == moment.hosts[h].state);
            }
        }
    }
}

TEST_CASE("time runs down the page, and what causes stands above what follows", "[paint]")
{
    for (test::NamedTrace& named : test::allTraces()) {
        SceneBox box(std::move(named.trace));
        const SequenceLayout layout(box.scene, kStage);
        INFO(named.name);
        double before = -1;
        for (double shown = 0; shown <= box.story().length(); shown += 0.05) {
            const double y = layout.y(box.story().simulated(shown));
            CHECK(y >= before);
            before = y;
        }
        for (std::size_t i = 0; i < layout.arrows().size(); ++i) {
            const LadderArrow& a = layout.model().arrows[i];
            REQUIRE(layout.arrows()[i].drawn);
            CHECK(layout.tickY(a.start) < layout.tickY(a.end));
            // At the instant it arrives the now-line has reached the arrow's end.
            CHECK(layout.y(box.trace().packet(a.id).endAt) >= layout.tickY(a.end) - 0.001);
        }
    }
}

TEST_CASE("a packet in flight lies on its arrow and on the now-line", "[paint]")
{
    SceneBox box(test::handshakeTrace());
    const SequenceLayout layout(box.scene, kStage);
    const SimTime half = SimTime::fromNs(20'000'000); // the SYN left at 10 ms and takes 20 ms
    const double y = layout.y(half);
    const QPointF at = layout.pointAtY(0, y);
    CHECK(at.y() == Approx(y));
    const QPolygonF& path = layout.arrows()[0].path;
    // Half of its way, but for the few pixels that set the answer apart from the arrival.
    CHECK(at.x() == Approx((path.first().x() + path.last().x()) / 2).margin(25));
    CHECK(distanceToPath(at, path) < 0.01);
    CHECK(layout.arrows()[0].capsule);
    CHECK(layout.capsuleAt(0, y).contains(at));
}

TEST_CASE("a short run is labelled in full, and fills the view", "[paint]")
{
    SceneBox box(test::handshakeTrace());
    const SequenceLayout layout(box.scene, kStage);
    for (const SequenceArrow& arrow : layout.arrows())
        CHECK(arrow.label.placed);
    CHECK(layout.arrows()[0].label.numbers == QStringLiteral("seq=x win=65160"));
    CHECK(layout.arrows()[1].label.numbers == QStringLiteral("seq=y ack=x+1 win=65160"));
    CHECK(layout.arrows()[2].label.numbers == QStringLiteral("seq=x+1 ack=y+1"));
    CHECK(layout.scrollRange() == 0);
    box.scene.numbers = NumberStyle::Raw;
    CHECK(SequenceLayout(box.scene, kStage).arrows()[1].label.numbers == QStringLiteral("seq=300 ack=101 win=65160"));
}

TEST_CASE("words are given up only where there is no room at all", "[paint]")
{
    for (test::NamedTrace& named : test::allTraces()) {
        SceneBox box(std::move(named.trace));
        for (const double width : {440.0, 836.0, 1600.0}) {
            const SequenceLayout layout(box.scene, {width, 560});
            int missing = 0, withoutNumbers = 0;
            for (const SequenceArrow& arrow : layout.arrows()) {
                missing += arrow.label.placed ? 0 : 1;
                withoutNumbers += arrow.label.numbers.isEmpty() ? 1 : 0;
            }
            INFO(named.name << " at " << width);
            CHECK(missing <= (width < 800 ? 1 : 0));
            CHECK(withoutNumbers * 5 <= static_cast<int>(layout.arrows().size()));
            for (const PlacedText& call : layout.calls())
                CHECK(call.placed);
            for (const ArrowNote& note : layout.notes())
                CHECK(note.placed);
        }
    }
}

TEST_CASE("timers, losses, holds and gaps are told in words", "[paint]")
{
    SceneBox lost(test::synLostTrace());
    const SequenceLayout layout(lost.scene, kStage);
    QStringList timers;
    for (const PlacedText& label : layout.timerLabels()) {
        CHECK(label.placed);
        timers << label.text;
    }
    // RFC 6298 §2.1 and §5.5: 1 s, doubled twice; and the server's own.
    CHECK(timers == QStringList{"RTO 1 s", "RTO 2 s", "RTO 4 s", "RTO 1 s"});
    int crosses = 0;
    for (const ArrowNote& note : layout.notes()) {
        CHECK(note.placed);
        CHECK_FALSE(note.text.isEmpty());
        crosses += note.kind == ArrowNote::Kind::Lost ? 1 : 0;
    }
    CHECK(crosses == 2);
    REQUIRE(layout.gaps().size() == lost.story().gaps().size());
    CHECK(layout.gaps().size() == 2);

    SceneBox trouble(test::troubleTrace());
    const SequenceLayout second(trouble.scene, QSizeF(900, 1600));
    QStringList tags;
    for (const SequenceArrow& arrow : second.arrows())
        if (!arrow.label.tag.isEmpty())
            tags << arrow.label.tag;
    CHECK(tags == QStringList{"copy", "injected", "corrupted"});
    QSet<int> kinds;
    for (const ArrowNote& note : second.notes())
        kinds << static_cast<int>(note.kind);
    CHECK(kinds.size() == 3);
}

TEST_CASE("what is painted is what can be hit and read", "[paint]")
{
    SceneBox box(test::teardownTrace());
    const QSizeF size(836, 1200);
    const SequenceLayout layout(box.scene, size);
    StageScene& scene = box.at(box.trace().end());
    const std::vector<StageItem> items = sequenceItems(scene, layout, 0);
    // Two hosts, four segments, a chip per state (client: ESTABLISHED, FIN-WAIT-1, FIN-WAIT-2,
    // TIME-WAIT, CLOSED; server: ESTABLISHED, CLOSE-WAIT, LAST-ACK, CLOSED); no timer runs any more.
    CHECK(items.size() == 2 + 4 + layout.chips().size());
    CHECK(layout.chips().size() == 5 + 4);
    for (const StageItem& item : items) {
        INFO(item.name.toStdString());
        CHECK_FALSE(item.name.isEmpty());
        CHECK_FALSE(item.description.isEmpty());
        CHECK(sequenceHit(scene, layout, 0, item.box.center()) == item.what);
    }
    const auto first = std::find_if(items.begin(), items.end(),
                                    [](const StageItem& i) { return i.what.kind == Selection::Kind::Packet; });
    REQUIRE(first != items.end());
    CHECK(first->name == QStringLiteral("FIN,ACK seq=x+1 ack=y+1"));
    CHECK(first->description == QStringLiteral("From Client to Server; arrived."));
    CHECK(sequenceHit(scene, layout, 0, {836 / 2.0, layout.headerHeight() + 4}).kind == Selection::Kind::None);
}

TEST_CASE("what has not happened is not told", "[paint]")
{
    SceneBox box(test::synLostTrace());
    const SequenceLayout layout(box.scene, kStage);
    StageScene& scene = box.at(SimTime::fromNs(6'000'000)); // the first SYN is on its way and will be lost
    for (const StageItem& item : sequenceItems(scene, layout, 0)) {
        INFO(item.description.toStdString());
        CHECK_FALSE(item.description.contains(QStringLiteral("lost")));
        CHECK_FALSE((item.what.kind == Selection::Kind::Packet && item.what.packet.value() > 0 &&
                     item.name.contains(QStringLiteral("seq"))));
    }
}

TEST_CASE("the same scene gives the same picture, and another instant another", "[paint]")
{
    SceneBox box(test::handshakeTrace());
    for (const StageView view : {StageView::Sequence, StageView::States}) {
        const QImage first = pictureOf(box.at(SimTime::fromNs(35'000'000)), view, {836, 560});
        CHECK(pictureOf(box.at(SimTime::fromNs(35'000'000)), view, {836, 560}) == first);
        CHECK(pictureOf(box.at(SimTime::fromNs(70'000'000)), view, {836, 560}) != first);
        for (int x = 0; x < 836; x += 5)
            for (int y = 0; y < 560; y += 5)
                REQUIRE(first.pixelColor(x, y) != QColor(Qt::magenta)); // all of it is painted
    }
}

TEST_CASE("the timeline turns places into instants and back", "[paint]")
{
    SceneBox box(test::teardownTrace());
    const TimelineLayout layout = layoutTimeline(box.scene, {600, 40});
    CHECK(layout.shownAt(layout.xOf(1.5, box.story()), box.story()) == Approx(1.5));
    CHECK(layout.shownAt(-50, box.story()) == 0);
    CHECK(layout.shownAt(5000, box.story()) == Approx(box.story().length()));
    REQUIRE(layout.marks.size() == 4);
    CHECK(layout.marks[0].host == 0);
    CHECK(layout.marks[0].role == Role::Fin);
    CHECK(layout.marks[1].host == 1);
    CHECK(layout.marks[1].role == Role::Ack);
    CHECK(layout.gaps.size() == box.story().gaps().size());
}

} // namespace packetarium::paint_sequence_test
