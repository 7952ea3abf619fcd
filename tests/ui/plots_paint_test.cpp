// SPDX-License-Identifier: GPL-3.0-or-later
//
// The plots view as a picture: nothing overlaps, nothing is stale, many packets cost little.
#include "tests/support/catch.h"
#include "tests/support/congestion_trace.h"
#include "tests/ui/paint_recorder.h"
#include "tests/ui/paint_traces.h"

#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "ui/paint/plots_curves.h"
#include "ui/paint/plots_painter.h"
#include "ui/paint/stage_painter.h"
#include "ui/theme/contrast.h"

#include <QImage>
#include <QPainter>

namespace packetarium::plots_paint_test {

using test::SceneBox;
using test::TextRecorder;

namespace {

constexpr QSize kStageSizes[] = {{440, 320}, {640, 460}, {836, 560}, {1180, 860}, {3840, 1900}};

std::vector<QString> hostLabels(Language language)
{
    if (language == Language::Chinese)
        return {QStringLiteral("客户端"), QStringLiteral("服务器")};
    return {QStringLiteral("Client"), QStringLiteral("Server")};
}

std::string list(const std::vector<std::string>& lines)
{
    std::string all;
    for (const std::string& line : lines)
        all += line + "; ";
    return all;
}

constexpr std::array<bool, kPlotKindCount> kAll{true, true, true, true, true};

void checkPlots(SceneBox& box, QSize size, const std::string& what)
{
    for (int first = 0; first < 5; first += 2) {
        const PlotsLayout layout(box.scene, QSizeF(size), {{}, first, {}, {}});
        TextRecorder recorder(size);
        QPainter p(&recorder);
        paintPlots(p, box.scene, layout);
        p.end();
        INFO(what << " at " << size.width() << "x" << size.height() << ", from plot " << first << ": "
                  << list(recorder.collisions()));
        CHECK(recorder.collisions().empty());
        CHECK(recorder.texts().size() >= 4);
        // In sight, too.
        for (const auto& text : recorder.texts()) {
            INFO(text.text.toStdString());
            CHECK(QRectF(QPointF(), QSizeF(size)).adjusted(-1, -1, 1, 1).contains(text.ink.boundingRect()));
        }
    }
}

void keep(SceneBox& box, const char* name, QSize size, StageView view = StageView::Plots)
{
    const QByteArray folder = qgetenv("PACKETARIUM_KEEP_PICTURES");
    if (folder.isEmpty())
        return;
    QImage image(size, QImage::Format_RGB32);
    QPainter p(&image);
    paintSlide(p, box.scene, view,
               {3, 12, QStringLiteral("A segment is lost"), QStringLiteral("Three duplicate ACKs tell.")},
               QSizeF(size));
    p.end();
    image.save(QString::fromLatin1(folder) + QLatin1Char('/') + QLatin1String(name) + QStringLiteral(".png"));
}

} // namespace

TEST_CASE("no text overlaps in the plots view", "[paint]")
{
    std::vector<test::NamedTrace> traces = test::allTraces();
    traces.push_back({"congestion", congestionTrace()});
    for (test::NamedTrace& named : traces) {
        SceneBox box(std::move(named.trace));
        for (const Language language : {Language::English, Language::Chinese})
            for (const NumberStyle numbers : {NumberStyle::Symbolic, NumberStyle::Relative, NumberStyle::Raw})
                for (const bool all : {false, true})
                    for (const QSize size : kStageSizes) {
                        StageScene& scene = box.atShown(box.story().length() * 0.6);
                        scene.language = language;
                        scene.hostLabels = hostLabels(language);
                        scene.numbers = numbers;
                        scene.plots = {};
                        if (all)
                            scene.plots.shown = kAll;
                        checkPlots(box, size, named.name);
                    }
    }
}

TEST_CASE("no text overlaps in the plots view, however far one zooms", "[paint]")
{
    SceneBox box(congestionTrace());
    box.scene.hostLabels = hostLabels(Language::English);
    box.scene.plots.shown = kAll;
    const std::int64_t end = box.trace().end().ns();
    for (std::int64_t length = end; length > 2'000; length /= 7)
        for (const std::int64_t from : {std::int64_t{0}, end / 3, end - length}) {
            StageScene& scene = box.at(SimTime::fromNs(end / 3));
            scene.plots.from = SimTime::fromNs(from);
            scene.plots.to = SimTime::fromNs(from + length);
            checkPlots(box, {836, 560}, "length " + std::to_string(length));
        }
}

TEST_CASE("no text overlaps in the plots view, on slides and in every theme", "[paint]")
{
    SceneBox box(congestionTrace());
    for (const Language language : {Language::English, Language::Chinese})
        for (const QSize size : {QSize(1024, 640), QSize(1440, 900), QSize(1920, 1080), QSize(3840, 2160)})
            for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::HighContrast})
                for (const bool projector : {false, true}) {
                    StageScene& scene = box.atShown(box.story().length() * 0.5);
                    scene.language = language;
                    scene.hostLabels = hostLabels(language);
                    scene.theme = Theme::make(kind, projector);
                    scene.plots.shown = kAll;
                    TextRecorder recorder(size);
                    QPainter p(&recorder);
                    paintSlide(p, scene, StageView::Plots, {3, 12, QStringLiteral("Lost"), QStringLiteral("丢失")},
                               QSizeF(size));
                    p.end();
                    INFO(size.width() << (projector ? ", projector" : "") << ": " << list(recorder.collisions()));
                    CHECK(recorder.collisions().empty());
                    for (const auto& text : recorder.texts()) {
                        INFO(text.text.toStdString());
                        const bool onNow = text.colour == scene.theme.color(Role::OnNow);
                        const bool onBadge = text.colour == scene.theme.color(Role::OnAccent);
                        const QColor behind = scene.theme.color(onNow     ? Role::Now
                                                                : onBadge ? Role::Accent
                                                                          : Role::Background);
                        CHECK(contrastRatio(text.colour, behind) >= 4.5);
                    }
                }
}

TEST_CASE("pictures to look at", "[paint]")
{
    SceneBox box(congestionTrace());
    StageScene& scene = box.atShown(box.story().length() * 0.55);
    scene.hostLabels = hostLabels(Language::English);
    keep(box, "plots-en-light-1440", {1440, 900});
    scene.plots.shown = kAll;
    keep(box, "plots-all-en-light-1440", {1440, 900});
    scene.language = Language::Chinese;
    scene.hostLabels = hostLabels(Language::Chinese);
    scene.theme = Theme::make(ThemeKind::Dark);
    keep(box, "plots-all-zh-dark-1024", {1024, 640});
    scene.theme = Theme::make(ThemeKind::HighContrast);
    keep(box, "plots-all-zh-hc-1440", {1440, 900});
    scene.plots.shown = PlotsLook().shown;
    scene.theme = Theme::make(ThemeKind::Light, true);
    keep(box, "plots-zh-projector", {1920, 1080});
}

TEST_CASE("the letters over the plots are explained, those that there are and where there is room", "[paint]")
{
    const auto kinds = [](const PlotsLayout& layout) {
        std::vector<std::optional<FlowEventKind>> all;
        for (const PlotKey& key : layout.keys())
            all.push_back(key.kind);
        return all;
    };
    using enum FlowEventKind;
    SceneBox lossy(congestionTrace());
    lossy.scene.hostLabels = hostLabels(Language::English);
    CHECK(kinds(PlotsLayout(lossy.scene, QSizeF(1180, 860))) ==
          std::vector<std::optional<FlowEventKind>>{Loss, Timeout, FastRetransmit, std::nullopt});
    CHECK(PlotsLayout(lossy.scene, QSizeF(440, 320)).keys().empty());
    CongestionRun quiet;
    quiet.queueLimit = 1000;
    SceneBox clean(congestionTrace(quiet));
    clean.scene.hostLabels = hostLabels(Language::English);
    CHECK(kinds(PlotsLayout(clean.scene, QSizeF(1180, 860))).empty());
}

TEST_CASE("an RTO far above the round trips does not press them flat: its legend says that it is above", "[paint]")
{
    const auto roundTrips = [](const char* scenario) {
        Engine engine(builtinScenario(scenario).value());
        engine.runToEnd();
        SceneBox box(engine.trace());
        box.scene.hostLabels = hostLabels(Language::English);
        box.scene.plots.shown = kAll;
        const PlotsLayout layout(box.at(box.trace().end()), QSizeF(1180, 1800));
        const auto panel = std::ranges::find(layout.panels(), PlotKind::RoundTrip, &PlotPanel::kind);
        REQUIRE(panel != layout.panels().end());
        const auto rto = std::ranges::find(panel->legend, PlotLine::Rto, &PlotLegend::line);
        REQUIRE(rto != panel->legend.end());
        return std::pair(panel->high, rto->words);
    };
    // The RTO is a second (RFC 6298 section 2.4). Through the queue a segment takes at most 40 ms and 20 times 1.2 ms.
    const auto [high, words] = roundTrips("bulk-transfer");
    CHECK(high < 100e6);
    CHECK(words.endsWith(QStringLiteral("↑")));
    const auto [highest, plain] = roundTrips("rto-measured"); // round trips of a tenth of it are seen beside it
    CHECK(highest > 1e9);
    CHECK_FALSE(plain.endsWith(QStringLiteral("↑")));
}

TEST_CASE("beside a longer run the curves of a flow that has ended do not go on", "[paint]")
{
    CongestionRun brief;
    brief.segments = 20;
    SceneBox shorter(congestionTrace(brief)), longer(congestionTrace());
    longer.scene.hostLabels = shorter.scene.hostLabels = hostLabels(Language::English);
    const StageScene alone = shorter.scene;
    shorter.scene.beside = std::make_shared<const StageScene>(longer.scene);
    for (const bool compared : {false, true}) {
        const PlotsLayout layout(compared ? shorter.scene : alone, QSizeF(900, 1800));
        const auto panel = std::ranges::find(layout.panels(), PlotKind::Congestion, &PlotPanel::kind);
        REQUIRE(panel != layout.panels().end());
        const auto paths = stepPaths(layout, *panel, layout.flow()->variable(Variable::Cwnd));
        REQUIRE_FALSE(paths.empty());
        CHECK(paths.back().last().x() == Approx(compared ? layout.x(layout.flow()->last) : panel->body.right()));
        const QPointF behind(panel->body.right() - 5, panel->body.center().y());
        const auto readings = plotsReadings(compared ? shorter.scene : alone, layout, behind);
        CHECK((readings.size() > 1) == !compared); // more than the time
    }
}

TEST_CASE("two runs that are compared have one scale in each plot: what is higher is more", "[paint]")
{
    const auto run = [](const char* name) {
        Engine engine(builtinScenario(name).value());
        engine.runToEnd();
        return engine.trace();
    };
    std::array<SceneBox, 2> boxes{SceneBox(run("bottleneck-reno")), SceneBox(run("bottleneck-cubic"))};
    std::array<std::shared_ptr<const StageScene>, 2> alone;
    std::array<std::vector<double>, 2> own, shared;
    for (std::size_t i = 0; i < 2; ++i) {
        boxes[i].at(boxes[i].trace().end());
        boxes[i].scene.plots.shown = kAll;
        alone[i] = std::make_shared<const StageScene>(boxes[i].scene);
    }
    for (std::size_t i = 0; i < 2; ++i) {
        const QSizeF size(900, 1800);
        const PlotsLayout single(boxes[i].scene, size);
        for (const PlotPanel& panel : single.panels())
            own[i].push_back(panel.high);
        boxes[i].scene.beside = alone[1 - i];
        const PlotsLayout compared(boxes[i].scene, size);
        for (const PlotPanel& panel : compared.panels())
            shared[i].push_back(panel.high);
    }
    REQUIRE(own[0].size() == kPlotKindCount);
    CHECK(own[0] != own[1]);
    CHECK(shared[0] == shared[1]);
    for (std::size_t k : {0u, 1u, 2u, 4u}) // the throughput's parts are others where more time is shown
        CHECK(shared[0][k] >= std::max(own[0][k], own[1][k]));
}

} // namespace packetarium::plots_paint_test
