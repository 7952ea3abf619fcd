// SPDX-License-Identifier: GPL-3.0-or-later
//
// The plots view as a person uses it: wheel, drags, keys, clicks, its menus, what it exports.
#include "tests/support/catch.h"
#include "tests/support/ui/window_rig.h"
#include "tests/ui/panels_support.h"

#include "ui/i18n/catalogue_plots.h"
#include "ui/session/settings.h"
#include "ui/widgets/pill_button.h"
#include "ui/widgets/plots_canvas.h"
#include "ui/window/export_picture.h"
#include "ui/window/file_desk.h"
#include "ui/window/render_command.h"
#include "ui/window/stage_area.h"
#include "ui/window/workbench.h"

#include <QFile>
#include <QImage>
#include <QMenu>
#include <QWheelEvent>
#include <algorithm>

namespace packetarium::plots_canvas_test {

using namespace test;

namespace {

const char* const kTransfer = R"(packetarium: scenario
version: 1
title: {en: "Transfer", zh: "传输"}
group: trouble
hosts:
  client: {address: 10.0.0.1, iss: 100}
  server: {address: 10.0.0.2, iss: 300}
link: {delay: 20 ms, bandwidth: 10 Mbit/s}
script:
  - {at: 0 ms, host: server, listen: 80}
  - {at: 10 ms, host: client, connect: {to: server, port: 80, from-port: 49152}}
  - {at: 0 ms, drop: {from: client, nth: 4}}
  - {on: {host: client, state: ESTABLISHED}, host: client, send: {octets: 20000}}
)";

struct Stage {
    Session session;
    PlotsCanvas canvas{&session};

    explicit Stage(QSize size = {836, 560})
    {
        session.setReducedMotion(true);
        auto scenario = parseScenario(kTransfer, "transfer.yaml");
        REQUIRE(scenario.ok());
        session.openScenario(std::move(scenario).value());
        session.setStopView(StopView::Plots);
        showAt(canvas, size);
        REQUIRE(canvas.layout().flow() != nullptr);
    }
    const PlotPanel& panel(PlotKind kind = PlotKind::Sequence)
    {
        const auto& panels = canvas.layout().panels();
        const auto found = std::ranges::find(panels, kind, &PlotPanel::kind);
        REQUIRE(found != panels.end());
        return *found;
    }
    double length() { return static_cast<double>((canvas.layout().to() - canvas.layout().from()).ns()); }
    void mouse(QEvent::Type type, QPointF at, Qt::MouseButton button = Qt::LeftButton,
               Qt::KeyboardModifiers modifiers = {})
    {
        const Qt::MouseButtons held = type == QEvent::MouseButtonRelease ? Qt::NoButton : Qt::MouseButtons(button);
        QMouseEvent event(type, at, canvas.mapToGlobal(at), type == QEvent::MouseMove ? Qt::NoButton : button, held,
                          modifiers);
        QApplication::sendEvent(&canvas, &event);
        settle();
    }
    void wheel(QPointF at, QPoint angle, Qt::KeyboardModifiers modifiers = {})
    {
        QWheelEvent event(at, canvas.mapToGlobal(at), {}, angle, Qt::NoButton, modifiers, Qt::NoScrollPhase, false);
        QApplication::sendEvent(&canvas, &event);
        settle();
    }
    /// A place of the body where nothing can be hit.
    QPointF emptyPlace(double share)
    {
        const QRectF body = panel().body;
        return {body.left() + body.width() * share, body.top() + 3};
    }
    QImage picture()
    {
        if (QWidget* focus = QApplication::focusWidget())
            focus->clearFocus(); // of two canvases only one can have it
        return canvas.grab().toImage();
    }
};

} // namespace

TEST_CASE("a click in a plot goes to that instant, and a drag goes on with it", "[widgets]")
{
    Stage s;
    const QPointF from = s.emptyPlace(0.7), to = s.emptyPlace(0.8);
    s.mouse(QEvent::MouseButtonPress, from);
    CHECK(s.session.now() == s.canvas.layout().timeAt(from.x()));
    s.mouse(QEvent::MouseMove, to);
    CHECK(s.session.now() == s.canvas.layout().timeAt(to.x()));
    s.mouse(QEvent::MouseButtonRelease, to);
    const SimTime then = s.session.now();
    QMouseEvent hover(QEvent::MouseMove, from, s.canvas.mapToGlobal(from), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    QApplication::sendEvent(&s.canvas, &hover);
    CHECK(s.session.now() == then); // the drag is over
    // Any other way of moving shows here at once.
    const QImage before = s.picture();
    s.session.toStart();
    settle();
    CHECK(s.picture() != before);
}

TEST_CASE("a click on a segment or a mark selects its packet", "[widgets]")
{
    Stage s;
    s.session.toEnd();
    const FlowSeries flow = *s.canvas.layout().flow();
    const SimTime now = s.session.now();
    for (const SegmentPoint& segment : flow.segments) {
        const PlotPanel& panel = s.panel();
        const QPointF at(s.canvas.layout().x(segment.at), panel.y(static_cast<double>(segment.from + segment.to) / 2));
        clickAt(s.canvas, at);
        REQUIRE(s.session.selection().kind == Selection::Kind::Packet);
        // Several may stand so close together that another one is nearer; but one of those it is.
        const auto chosen = std::ranges::find(flow.segments, s.session.selection().packet, &SegmentPoint::packet);
        if (chosen != flow.segments.end())
            CHECK(std::abs(s.canvas.layout().x(chosen->at) - at.x()) <= 6);
        CHECK(s.session.now() == now);
    }
    REQUIRE_FALSE(s.canvas.layout().marks().empty());
    const PlotMark mark = s.canvas.layout().marks().front();
    clickAt(s.canvas, mark.box.center());
    CHECK(s.session.selection().packet == flow.events[mark.events.front()].packet);
    CHECK(mark.kind == FlowEventKind::Loss);
    CHECK(plotsMarkText(s.session.scene(), s.canvas.layout(), mark.box.center())
              .contains(fromUtf8(explain(FlowEventKind::Loss, Language::English))));
}

TEST_CASE("the wheel zooms where the pointer is, and Shift moves in time", "[widgets]")
{
    Stage s;
    const double whole = s.length();
    const QPointF at = s.emptyPlace(0.25);
    const SimTime under = s.canvas.layout().timeAt(at.x());
    s.wheel(at, {0, 120});
    CHECK(s.length() == Approx(whole / 1.2).epsilon(0.001));
    CHECK(std::abs(s.canvas.layout().x(under) - at.x()) < 1);
    const SimTime from = s.canvas.layout().from();
    s.wheel(at, {0, -120}, Qt::ShiftModifier);
    CHECK(s.canvas.layout().from() > from);
    CHECK(s.length() == Approx(whole / 1.2).epsilon(0.001));
    s.wheel(at, {120, 0});
    CHECK(std::abs((s.canvas.layout().from() - from).ns()) < 10);
    for (int i = 0; i < 200; ++i)
        s.wheel(at, {0, 120});
    CHECK(s.length() >= 1'000);
    for (int i = 0; i < 300; ++i)
        s.wheel(at, {0, -120});
    CHECK(s.canvas.layout().from() == SimTime::zero());
    CHECK(s.canvas.layout().to() >= s.session.trace().end());
    press(s.canvas, Qt::Key_0);
    CHECK(s.length() == Approx(whole));
    CHECK_FALSE(s.session.plotsLook().from);
}

TEST_CASE("keys zoom, move and show all", "[widgets]")
{
    Stage s;
    s.canvas.setFocus();
    const double whole = s.length();
    press(s.canvas, Qt::Key_Plus);
    CHECK(s.length() == Approx(whole / 1.5).epsilon(0.001));
    const SimTime from = s.canvas.layout().from();
    press(s.canvas, Qt::Key_Right, Qt::AltModifier);
    CHECK(s.canvas.layout().from() > from);
    press(s.canvas, Qt::Key_Left, Qt::AltModifier);
    CHECK(std::abs((s.canvas.layout().from() - from).ns()) < 10);
    press(s.canvas, Qt::Key_Minus);
    CHECK(s.length() == Approx(whole).epsilon(0.001));
    press(s.canvas, Qt::Key_Plus);
    QTest::mouseClick(&s.canvas.fitButton(), Qt::LeftButton);
    settle();
    CHECK(s.length() == Approx(whole));
}

TEST_CASE("time is dragged along by its axis, and a stretch is drawn with Ctrl", "[widgets]")
{
    Stage s;
    press(s.canvas, Qt::Key_Plus);
    press(s.canvas, Qt::Key_Plus);
    const QRectF axis = s.canvas.layout().axis();
    const SimTime from = s.canvas.layout().from(), now = s.session.now();
    const SimTime held = s.canvas.layout().timeAt(axis.center().x());
    s.mouse(QEvent::MouseButtonPress, axis.center());
    s.mouse(QEvent::MouseMove, axis.center() - QPointF(60, 0));
    CHECK(std::abs(s.canvas.layout().x(held) - (axis.center().x() - 60)) < 1);
    s.mouse(QEvent::MouseButtonRelease, axis.center() - QPointF(60, 0));
    CHECK(s.canvas.layout().from() > from);
    CHECK(s.session.now() == now);

    const QPointF a = s.emptyPlace(0.2), b = s.emptyPlace(0.6);
    const SimTime first = s.canvas.layout().timeAt(a.x()), last = s.canvas.layout().timeAt(b.x());
    s.mouse(QEvent::MouseButtonPress, a, Qt::LeftButton, Qt::ControlModifier);
    s.mouse(QEvent::MouseMove, b, Qt::LeftButton, Qt::ControlModifier);
    CHECK(s.canvas.pointer().box);
    s.mouse(QEvent::MouseButtonRelease, b, Qt::LeftButton, Qt::ControlModifier);
    CHECK_FALSE(s.canvas.pointer().box);
    CHECK(std::abs((s.canvas.layout().from() - first).ns()) < 10);
    CHECK(std::abs((s.canvas.layout().to() - last).ns()) < 10);
    CHECK(s.session.now() == now);
}

TEST_CASE("the pointer reads values", "[widgets]")
{
    Stage s;
    s.session.toEnd();
    const QPointF at = s.panel().body.center();
    QMouseEvent move(QEvent::MouseMove, at, s.canvas.mapToGlobal(at), Qt::NoButton, Qt::NoButton, Qt::NoModifier);
    const QImage before = s.picture();
    QApplication::sendEvent(&s.canvas, &move);
    settle();
    REQUIRE(s.canvas.pointer().at);
    CHECK(s.picture() != before);
    const auto readings = plotsReadings(s.session.scene(), s.canvas.layout(), at);
    REQUIRE(readings.size() >= 3);
    const SimTime t = s.canvas.layout().timeAt(at.x());
    CHECK(readings.front().value == fromUtf8(durationText(t - SimTime::zero(), Language::English)));
    QEvent leave(QEvent::Leave);
    QApplication::sendEvent(&s.canvas, &leave);
    settle();
    CHECK_FALSE(s.canvas.pointer().at);
    CHECK(s.picture() == before);
}

TEST_CASE("which plots and whose flow are chosen from menus", "[widgets]")
{
    Stage s({836, 700});
    const std::unique_ptr<QMenu> plots(s.canvas.makePlotsMenu(nullptr));
    REQUIRE(plots->actions().size() == kPlotKindCount);
    CHECK(s.canvas.layout().panels().size() == 2);
    for (const int i : {2, 3, 4})
        plots->actions().at(i)->trigger();
    settle();
    CHECK(s.canvas.layout().chosen() == 5);
    CHECK(s.canvas.layout().panels().size() + static_cast<std::size_t>(s.canvas.layout().hidden()) == 5);
    for (const int i : {0, 1, 2, 3, 4})
        plots->actions().at(i)->trigger();
    CHECK(s.session.plotsLook().shows(PlotKind::Queue)); // the last one stays
    const std::unique_ptr<QMenu> flows(s.canvas.makeFlowMenu(nullptr));
    REQUIRE(flows->actions().size() == 2);
    CHECK(s.canvas.layout().flow()->sender == NodeId(0));
    flows->actions().at(1)->trigger();
    settle();
    const NodeId second = s.canvas.layout().flow()->sender;
    flows->actions().at(0)->trigger();
    settle();
    CHECK(s.canvas.layout().flow()->sender != second);
}

TEST_CASE("in a small window the plots that do not fit are reached with Alt and the arrows", "[widgets]")
{
    Stage s({440, 320});
    PlotsLook look = s.session.plotsLook();
    look.shown = {true, true, true, true, true};
    s.session.setPlotsLook(look);
    settle();
    QSet<int> seen;
    for (int i = 0; i < 8; ++i) {
        for (const PlotPanel& panel : s.canvas.layout().panels())
            seen << static_cast<int>(panel.kind);
        press(s.canvas, Qt::Key_Down, Qt::AltModifier);
        settle();
    }
    CHECK(seen.size() == 5);
    CHECK(s.canvas.layout().hidden() == 0);
    for (int i = 0; i < 8; ++i)
        press(s.canvas, Qt::Key_Up, Qt::AltModifier);
    CHECK(s.canvas.layout().first() == 0);
}

TEST_CASE("nothing stays behind in the other language", "[widgets]")
{
    Stage s, chinese;
    chinese.session.setLanguage(Language::Chinese);
    settle();
    const QImage english = s.picture();
    s.session.setLanguage(Language::Chinese);
    settle();
    CHECK(s.canvas.accessibleName() == fromUtf8(word(PlotWord::View, Language::Chinese)));
    CHECK(s.picture() == chinese.picture());
    s.session.setLanguage(Language::English);
    settle();
    CHECK(s.picture() == english);
    const QImage symbolic = s.picture();
    s.session.setNumberStyle(NumberStyle::Raw);
    settle();
    CHECK(s.picture() != symbolic);
}

TEST_CASE("a command that changes the run changes the plots", "[widgets]")
{
    Stage s;
    const std::size_t before = s.canvas.layout().flow()->segments.size();
    s.session.seek(ms(60));
    s.session.apply(DoAbort{}, QStringLiteral("client"));
    settle();
    CHECK(s.canvas.layout().flow()->segments.size() < before);
    s.session.undo();
    settle();
    CHECK(s.canvas.layout().flow()->segments.size() == before);
}

TEST_CASE("without TCP the page says so in one sentence", "[widgets]")
{
    Session session;
    PlotsCanvas canvas(&session);
    showAt(canvas, {440, 320}); // nothing is open
    openBuiltin(session, "ping");
    settle();
    CHECK(canvas.layout().flow() == nullptr);
    REQUIRE(canvas.items().size() == 1);
    CHECK(canvas.items().front().name.startsWith(QStringLiteral("No TCP connection yet")));
    const QPointF middle = QRectF(canvas.rect()).center();
    QWheelEvent wheel(middle, canvas.mapToGlobal(middle), {}, {0, 120}, Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase,
                      false);
    QApplication::sendEvent(&canvas, &wheel);
    clickAt(canvas, middle);
    press(canvas, Qt::Key_Plus);
    settle();
}

TEST_CASE("the plots are exported as pictures and as a table", "[window]")
{
    WindowRig rig;
    const QString path = rig.folder.filePath("transfer.yaml");
    {
        QFile file(path);
        REQUIRE(file.open(QIODevice::WriteOnly));
        file.write(kTransfer);
    }
    REQUIRE(rig.window->openAny(path));
    WindowRig::settle();
    rig.key(Qt::Key_6, Qt::ControlModifier);
    CHECK(rig.window->workbench().stage().view() == StageView::Plots);
    rig.session.toEnd();
    auto* files = rig.window->findChild<FileDesk*>();
    REQUIRE(files);
    for (const char* name : {"plots.png", "plots.svg", "plots.pdf"}) {
        REQUIRE(files->exportTo(rig.folder.filePath(QLatin1String(name))));
        CHECK(QFileInfo(rig.folder.filePath(QLatin1String(name))).size() > 2'000);
    }
    const QImage picture(rig.folder.filePath("plots.png"));
    CHECK(picture.size() == QSize(2560, 1600));
    REQUIRE(files->exportTo(rig.folder.filePath("plots.csv")));
    QFile csv(rig.folder.filePath("plots.csv"));
    REQUIRE(csv.open(QIODevice::ReadOnly));
    const SeriesIndex index(rig.session.trace());
    CHECK(csv.readAll().toStdString() == flowCsv(*index.busiest()));

    RenderOptions options;
    options.what = path;
    options.view = RenderOptions::View::Plots;
    options.plots = {false, false, true, false, true};
    options.out = rig.folder.filePath("rtt.png");
    REQUIRE_FALSE(render(options));
    CHECK(QImage(options.out) != picture);
    const auto parsed = parseArguments(
        {"render", "x", "--view", "plots", "--plot", "rtt", "--plot", "queue", "--out", "x.png"}, Language::English);
    REQUIRE(parsed.ok());
    CHECK(parsed.value().render.plots == options.plots);
    CHECK_FALSE(parseArguments({"render", "x", "--plot", "nothing", "--out", "x.png"}, Language::English).ok());
}

TEST_CASE("the chosen plots are remembered", "[session]")
{
    const QTemporaryDir folder;
    const QString file = folder.filePath("settings.ini");
    {
        Settings settings(file);
        CHECK(settings.plotsShown() == PlotsLook().shown);
        settings.setPlotsShown({true, false, true, false, false});
    }
    CHECK(Settings(file).plotsShown() == std::array{true, false, true, false, false});
}

} // namespace packetarium::plots_canvas_test
