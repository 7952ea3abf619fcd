// SPDX-License-Identifier: GPL-3.0-or-later
//
// A long run on the sequence view and the timeline: what is drawn is bounded by the picture, and what one looks for stays.
#include "tests/support/catch.h"
#include "tests/ui/paint_recorder.h"
#include "tests/ui/paint_traces.h"

#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "ui/paint/sequence_marks.h"
#include "ui/paint/sequence_painter.h"
#include "ui/paint/timeline_painter.h"
#include "ui/session/session.h"
#include "ui/widgets/sequence_canvas.h"

#include <QApplication>
#include <QMouseEvent>
#include <QPaintEngine>
#include <QPainter>
#include <map>

namespace packetarium::paint_long_test {

using test::SceneBox;

namespace {

constexpr QSizeF kScreen(1920, 1080);

/// Counts what is drawn.
class Counter : public QPaintDevice {
public:
    QPaintEngine* paintEngine() const override { return &engine_; }
    int shapes() const { return engine_.shapes; }

protected:
    int metric(PaintDeviceMetric metric) const override
    {
        switch (metric) {
        case PdmWidth: return static_cast<int>(kScreen.width());
        case PdmHeight: return static_cast<int>(kScreen.height());
        case PdmDpiX:
        case PdmDpiY:
        case PdmPhysicalDpiX:
        case PdmPhysicalDpiY: return 96;
        case PdmDepth: return 32;
        case PdmDevicePixelRatio: return 1;
        case PdmDevicePixelRatioScaled: return static_cast<int>(QPaintDevice::devicePixelRatioFScale());
        default: return 0;
        }
    }

private:
    struct Engine : QPaintEngine {
        Engine()
            : QPaintEngine(QPaintEngine::AllFeatures)
        {}
        bool begin(QPaintDevice*) override { return true; }
        bool end() override { return true; }
        void updateState(const QPaintEngineState&) override {}
        void drawPixmap(const QRectF&, const QPixmap&, const QRectF&) override { ++shapes; }
        void drawLines(const QLineF*, int count) override { shapes += count; }
        void drawRects(const QRectF*, int count) override { shapes += count; }
        void drawEllipse(const QRectF&) override { ++shapes; }
        void drawPath(const QPainterPath&) override { ++shapes; }
        void drawPolygon(const QPointF*, int, PolygonDrawMode) override { ++shapes; }
        void drawTextItem(const QPointF&, const QTextItem&) override { ++shapes; }
        Type type() const override { return QPaintEngine::User; }
        int shapes = 0;
    };
    mutable Engine engine_;
};

/// A bulk transfer of about so many packets (two segments, one acknowledgment).
Trace transfer(std::uint64_t packets, std::uint32_t lossPpm)
{
    Scenario s = sandboxScenario();
    s.seed = 1;
    s.until = SimTime::never();
    s.link.bitsPerSecond = 10'000'000;
    s.link.delay = SimDuration::milliseconds(20);
    s.link.lossPpm = lossPpm;
    BulkServiceSpec bulk;
    bulk.port = 80;
    s.hosts[1].services.bulk = bulk;
    bulk.to = s.hosts[1].name;
    bulk.octets = packets * 973;
    s.hosts[0].services.bulk = bulk;
    EngineOptions options;
    options.maxEvents = 2'000'000;
    Engine engine(std::move(s), options);
    engine.runToEnd();
    return engine.trace();
}

SceneBox& longRun()
{
    static SceneBox box(transfer(100'000, 1000));
    return box;
}

int shapesOf(const StageScene& scene, const SequenceLayout& layout)
{
    Counter device;
    QPainter p(&device);
    paintSequence(p, scene, layout);
    p.end();
    return device.shapes();
}

} // namespace

TEST_CASE("intervals are found by what they overlap", "[paint]")
{
    using Index = IntervalIndex<int>;
    const Index index({{5, 9, 0}, {0, 2, 1}, {1, 100, 2}, {6, 6, 3}, {7, 8, 4}});
    const auto found = [&index](int from, int to) {
        std::vector<int> ids;
        index.each(from, to, [&ids](const Index::Entry& e) { ids.push_back(e.id); });
        return ids;
    };
    CHECK(found(6, 7) == std::vector<int>{2, 0, 3}); // the fifth begins at 7, not before
    CHECK(found(3, 5) == std::vector<int>{2});
    CHECK(found(0, 1) == std::vector<int>{1});
    CHECK(found(101, 1000).empty());
    Index().each(0, 10, [](const Index::Entry&) { FAIL(); });
}

TEST_CASE("a picture of 100,000 packets has no more in it than one of a hundred, at any zoom", "[paint]")
{
    SceneBox& box = longRun();
    REQUIRE(box.trace().packets().size() > 100'000);
    SceneBox few(transfer(100, 0));
    const StageScene& short_ = few.at(SimTime::fromNs(few.trace().end().ns() / 2));
    const int reference = shapesOf(short_, SequenceLayout(short_, kScreen));
    const StageScene& scene = box.at(SimTime::fromNs(box.trace().end().ns() / 2));
    SequenceLayout layout(scene, kScreen);
    CHECK_FALSE(layout.isWhole());
    for (double zoom = 1; zoom > layout.leastZoom() / 2; zoom /= 3) {
        layout.setZoom(zoom);
        INFO("zoom " << layout.zoom() << ", reference " << reference);
        // Of 1,080 pixels 39 times 28, in each of two directions, with what a bundle or two arrows are made of; of what is
        // looked for, at most one of four kinds in four pixels, with its words.
        CHECK(shapesOf(scene, layout) < reference + 39 * 2 * 8 + 1080 / 4 * 4);
    }
}

TEST_CASE("every loss is drawn at every zoom", "[paint]")
{
    SceneBox& box = longRun();
    const StageScene& scene = box.at(box.trace().end());
    SequenceLayout layout(scene, kScreen);
    int losses = 0;
    for (const LadderArrow& a : layout.model().arrows)
        losses += a.lost ? 1 : 0;
    REQUIRE(losses > 50); // one in a thousand of 100,000
    for (double zoom = 1; zoom > layout.leastZoom() / 2; zoom /= 5) {
        layout.setZoom(zoom);
        // Where crosses are drawn, to a pixel row; two on one row of few pixels are one.
        std::vector<double> crosses;
        for (const int i : layout.arrowsIn(0, layout.contentHeight()))
            if (layout.model().arrows[static_cast<std::size_t>(i)].lost)
                crosses.push_back(layout.arrow(i).path.last().y());
        std::sort(crosses.begin(), crosses.end());
        int seen = 0;
        for (const LadderArrow& a : layout.model().arrows) {
            if (!a.lost)
                continue;
            const double y = layout.tickY(a.end);
            const auto near = std::lower_bound(crosses.begin(), crosses.end(), y - 5);
            seen += near != crosses.end() && *near <= y + 5 ? 1 : 0;
        }
        INFO("zoom " << layout.zoom());
        CHECK(seen == losses);
        if (zoom == 1)
            CHECK(static_cast<int>(crosses.size()) == losses);
    }
}

TEST_CASE("zoomed out, every packet is in one bundle or drawn alone", "[paint]")
{
    SceneBox box(transfer(3000, 2000));
    const StageScene& scene = box.at(box.trace().end());
    SequenceLayout layout(scene, kScreen);
    for (const double zoom : {1.0, 0.3, 0.05, 0.0}) {
        layout.setZoom(zoom);
        std::map<int, int> drawn;
        for (const int i : layout.arrowsIn(0, layout.contentHeight()))
            ++drawn[i];
        for (const SequenceBundle& b : layout.bundlesIn(0, layout.contentHeight())) {
            CHECK(b.count() > 2);
            // Everything of it begins within the height of one.
            CHECK(b.startBottom - b.startTop <= 28);
            for (int k = 0; k < b.count(); ++k)
                ++drawn[layout.arrowIn(b, k)];
        }
        INFO("zoom " << layout.zoom());
        int plain = 0, twice = 0;
        for (std::size_t i = 0; i < layout.model().arrows.size(); ++i) {
            const LadderArrow& a = layout.model().arrows[i];
            plain += a.special || a.start < 0 || a.end < 0 || drawn[static_cast<int>(i)] == 1 ? 0 : 1;
            twice += drawn[static_cast<int>(i)] > 1 ? 1 : 0;
        }
        CHECK(plain == 0);
        CHECK(twice == 0);
        CHECK(layout.bundlesIn(0, layout.contentHeight()).empty() == (zoom == 1));
    }
}

TEST_CASE("a bundle tells what has happened of it, and no more", "[paint]")
{
    SceneBox box(transfer(3000, 0));
    const SequenceLayout layout(box.at(box.trace().end()), kScreen, 0.0);
    const std::vector<SequenceBundle> all = layout.bundlesIn(0, layout.contentHeight());
    REQUIRE_FALSE(all.empty());
    const SequenceBundle& b = all[all.size() / 2];
    const auto arrow = [&](int place) {
        return layout.model().arrows[static_cast<std::size_t>(layout.arrowIn(b, place))];
    };
    const auto done = [&](std::size_t record) { return layout.bundleDone(b, record); };
    CHECK(done(0).sent == 0);
    CHECK(done(0).ended == 0);
    CHECK(done(arrow(2).sentRecord).sent == 2);
    CHECK(done(arrow(2).sentRecord + 1).sent == 3);
    CHECK(done(arrow(0).endRecord + 1).ended == 1);
    CHECK(done(box.trace().records().size()).ended == b.count());
    box.scene.language = Language::English;
    const QString words = sequenceBundleWords(box.scene, layout, b);
    CHECK(words.contains(QStringLiteral("Client to Server: %1 packets").arg(b.count())) !=
          words.contains(QStringLiteral("Server to Client: %1 packets").arg(b.count())));
    box.at(SimTime::zero());
    CHECK(sequenceBundleWords(box.scene, layout, b).isEmpty());
}

TEST_CASE("a run in stretches is drawn as one in one piece", "[paint]")
{
    // 1,400 arrows are laid out in one piece, 1,600 are not; the beginnings of the two runs are the same.
    SceneBox one(test::bulkTrace(900, 1.2)), many(test::bulkTrace(1100, 1.2));
    const SequenceLayout whole(one.at(one.trace().end()), QSizeF(836, 560));
    const SequenceLayout parts(many.at(many.trace().end()), QSizeF(836, 560));
    REQUIRE(whole.isWhole());
    REQUIRE_FALSE(parts.isWhole());
    int same = 0;
    for (int i = 0; i < 600; ++i) {
        REQUIRE(whole.model().arrows[static_cast<std::size_t>(i)].sentAt ==
                parts.model().arrows[static_cast<std::size_t>(i)].sentAt);
        const SequenceArrow& a = whole.arrow(i);
        const SequenceArrow& b = parts.arrow(i);
        CHECK(a.path == b.path);
        same += a.label.placed && b.label.placed && a.label.numbers == b.label.numbers &&
                        QLineF(a.label.box.center, b.label.box.center).length() < 0.01
                    ? 1
                    : 0;
    }
    // Only beside the ends of stretches may words lie elsewhere.
    CHECK(same > 500);
}

TEST_CASE("no text overlaps in a long run, wherever one looks and however far away", "[paint]")
{
    SceneBox box(transfer(4000, 3000));
    SequenceLayout layout(box.at(box.trace().end()), QSizeF(1200, 800));
    for (const double zoom : {1.0, 0.4, 0.1, 0.0}) {
        layout.setZoom(zoom);
        for (const double part : {0.0, 0.31, 0.7, 1.0}) {
            const StageScene& scene =
                box.at(SimTime::fromNs(static_cast<std::int64_t>(static_cast<double>(box.trace().end().ns()) * part)));
            test::TextRecorder recorder(QSize(1200, 800));
            QPainter p(&recorder);
            paintSequence(p, scene, layout);
            p.end();
            INFO("zoom " << zoom << " at " << part);
            CHECK(recorder.collisions() == std::vector<std::string>{});
        }
    }
}

TEST_CASE("the timeline has at most one mark of a kind per pixel, and every loss", "[paint]")
{
    SceneBox& box = longRun();
    const StageScene& scene = box.at(SimTime::zero());
    const TimelineLayout layout = layoutTimeline(scene, {1000, 40});
    std::map<std::tuple<int, int, int, bool>, int> counts;
    for (const TimelineMark& m : layout.marks)
        ++counts[{static_cast<int>(m.x), m.host, static_cast<int>(m.role), m.lost}];
    for (const auto& [kind, count] : counts)
        CHECK(count == 1);
    CHECK(layout.marks.size() < 6 * 1000);
    for (const PacketInfo& packet : box.trace().packets()) {
        if (packet.fate != Fate::Lost)
            continue;
        const int x = static_cast<int>(layout.xOf(scene.story->shown(packet.sentAt), *scene.story));
        CHECK(std::any_of(layout.marks.begin(), layout.marks.end(),
                          [x](const TimelineMark& m) { return m.lost && static_cast<int>(m.x) == x; }));
    }
    // Nothing lies on a cross but other crosses.
    const auto firstLost =
        std::find_if(layout.marks.begin(), layout.marks.end(), [](const TimelineMark& m) { return m.lost; });
    CHECK(std::all_of(firstLost, layout.marks.end(), [](const TimelineMark& m) { return m.lost; }));
}

TEST_CASE("a click on a bundle goes near enough to see its packets", "[canvas]")
{
    Session session;
    Scenario s = sandboxScenario();
    BulkServiceSpec bulk;
    bulk.port = 80;
    s.hosts[1].services.bulk = bulk;
    bulk.to = s.hosts[1].name;
    bulk.octets = 2'000'000;
    s.hosts[0].services.bulk = bulk;
    session.openScenario(std::move(s));
    SequenceCanvas canvas(&session);
    canvas.resize(900, 600);
    canvas.show();
    session.toEnd();
    QCoreApplication::processEvents();
    const double whole = canvas.scrollRange();
    REQUIRE(whole > 10'000);
    canvas.setZoom(0);
    CHECK(canvas.zoom() < 0.1);
    CHECK(canvas.scrollRange() == Approx(0).margin(1));
    QKeyEvent plus(QEvent::KeyPress, Qt::Key_Plus, Qt::NoModifier);
    const double least = canvas.zoom();
    QCoreApplication::sendEvent(&canvas, &plus);
    CHECK(canvas.zoom() == Approx(2 * least));
    const double before = canvas.zoom();
    QMouseEvent press(QEvent::MouseButtonPress, QPointF(450, 400), canvas.mapToGlobal(QPointF(450, 400)),
                      Qt::LeftButton, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&canvas, &press);
    CHECK(canvas.zoom() >= 2 * before);
    QKeyEvent zero(QEvent::KeyPress, Qt::Key_0, Qt::NoModifier);
    QCoreApplication::sendEvent(&canvas, &zero);
    CHECK(canvas.zoom() == 1);
    CHECK(canvas.scrollRange() == Approx(whole));
}

} // namespace packetarium::paint_long_test
