// SPDX-License-Identifier: GPL-3.0-or-later
//
// The windows view: no text on another, none cut off, all legible, at any size, in either language and every theme.
#include "tests/support/catch.h"
#include "tests/support/window_traces.h"
#include "tests/ui/paint_recorder.h"
#include "tests/ui/paint_traces.h"

#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "ui/paint/stage_painter.h"
#include "ui/paint/windows_painter.h"
#include "ui/theme/contrast.h"

#include <QImage>
#include <QPainter>

namespace packetarium::windows_paint_test {

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

void check(const StageScene& scene, const WindowsLayout& layout, const std::string& what)
{
    const WindowsPlan plan = planWindows(scene, layout);
    TextRecorder recorder(layout.size().toSize());
    QPainter p(&recorder);
    paintWindows(p, scene, layout, plan);
    p.end();
    INFO(what << " at " << layout.size().width() << "x" << layout.size().height() << ": "
              << list(recorder.collisions()));
    CHECK(recorder.collisions().empty());
    CHECK(recorder.texts().size() >= (plan.moment ? 6U : 1U));
    const QRectF all(QPointF(), layout.size());
    for (const WindowsText& t : plan.texts) {
        INFO(t.text.toStdString());
        CHECK(all.contains(t.box));
    }
    for (const StageItem& item : plan.items) {
        CHECK_FALSE(item.name.isEmpty());
        CHECK_FALSE(item.description.isEmpty());
    }
}

/// What is behind a text: the last opaque shape that has its middle.
QColor behind(const WindowsPlan& plan, const WindowsText& text, const Theme& theme)
{
    if (text.plate.isValid())
        return text.plate;
    QColor colour = theme.color(Role::Background);
    for (const WindowsShape& s : plan.shapes)
        if (s.kind == WindowsShape::Kind::Fill && s.fill.isValid() && s.box.contains(text.box.center()))
            colour = s.fill;
    return colour;
}

Trace builtinRun(const std::string& name)
{
    auto loaded = loadScenario(name);
    REQUIRE(loaded.ok());
    Engine engine(std::move(loaded.value()));
    engine.runToEnd();
    return engine.trace();
}

} // namespace

TEST_CASE("no text overlaps in the windows view: runs made by hand", "[paint]")
{
    for (test::NamedWindowTrace& named : test::windowTraces()) {
        SceneBox box(std::move(named.trace));
        for (const Language language : {Language::English, Language::Chinese}) {
            box.scene.language = language;
            box.scene.hostLabels = hostLabels(language);
            box.scene.numbers = language == Language::English ? NumberStyle::Raw : NumberStyle::Symbolic;
            for (const QSize size : kStageSizes) {
                const WindowsLayout layout(box.scene, QSizeF(size));
                for (int i = 0; i <= 24; ++i)
                    check(box.atShown(box.story().length() * i / 24), layout,
                          named.name + std::string(", instant ") + std::to_string(i));
            }
        }
    }
}

TEST_CASE("no text overlaps in the windows view: built-in scenarios", "[paint]")
{
    for (const std::string& name : builtinScenarioNames()) {
        SceneBox box(builtinRun(name));
        for (const Language language : {Language::English, Language::Chinese}) {
            box.scene.language = language;
            box.scene.hostLabels.clear();
            for (const TraceNode& node : box.trace().nodes())
                box.scene.hostLabels.push_back(QString::fromStdString(hostWord(node.name, language)));
            for (const QSize size : {QSize(440, 320), QSize(836, 560)}) {
                const WindowsLayout layout(box.scene, QSizeF(size));
                for (int i = 0; i <= 6; ++i)
                    check(box.atShown(box.story().length() * i / 6), layout, name + ", instant " + std::to_string(i));
            }
        }
    }
}

TEST_CASE("no text overlaps in the windows view: anything that may happen", "[paint]")
{
    for (std::uint64_t seed = 1; seed <= 30; ++seed) {
        SceneBox box(test::randomTrace(seed));
        box.scene.language = seed % 2 == 0 ? Language::Chinese : Language::English;
        box.scene.hostLabels = hostLabels(box.scene.language);
        box.scene.theme = Theme::make(ThemeKind::Light, seed % 5 == 0);
        const QSize size = box.scene.theme.isProjector() ? QSize(1920, 800) : kStageSizes[seed % 4];
        const WindowsLayout layout(box.scene, QSizeF(size));
        for (int i = 0; i <= 8; ++i)
            check(box.atShown(box.story().length() * i / 8), layout, "seed " + std::to_string(seed));
    }
}

TEST_CASE("no text overlaps in the windows view on a slide", "[paint]")
{
    const QString heading = QStringLiteral("窗口关闭 · The window is closed");
    const QString text =
        QStringLiteral("The receiver's buffer is full, and its program does not read. 接收缓冲区已满，程序没有读取。");
    for (test::NamedWindowTrace& named : test::windowTraces()) {
        SceneBox box(std::move(named.trace));
        for (const Language language : {Language::English, Language::Chinese}) {
            box.scene.language = language;
            box.scene.hostLabels = hostLabels(language);
            for (const QSize size : {QSize(1024, 640), QSize(1920, 1080), QSize(3840, 2160)}) {
                for (const bool projector : {false, true}) {
                    box.scene.theme = Theme::make(ThemeKind::Light, projector);
                    for (int i = 0; i <= 6; ++i) {
                        StageScene& scene = box.atShown(box.story().length() * i / 6);
                        TextRecorder recorder(size);
                        QPainter p(&recorder);
                        paintSlide(p, scene, StageView::Windows, {i + 1, 12, heading, text}, QSizeF(size));
                        p.end();
                        INFO(named.name << " " << size.width() << (projector ? ", projector" : "") << ", instant " << i
                                        << ": " << list(recorder.collisions()));
                        CHECK(recorder.collisions().empty());
                    }
                }
            }
        }
    }
}

TEST_CASE("every word of the windows view is legible on what is behind it", "[paint]")
{
    for (const ThemeKind kind : {ThemeKind::Light, ThemeKind::Dark, ThemeKind::HighContrast}) {
        for (test::NamedWindowTrace& named : test::windowTraces()) {
            SceneBox box(std::move(named.trace));
            box.scene.theme = Theme::make(kind);
            const WindowsLayout layout(box.scene, QSizeF(1180, 860));
            for (int i = 0; i <= 24; ++i) {
                const StageScene& scene = box.atShown(box.story().length() * i / 24);
                const WindowsPlan plan = planWindows(scene, layout);
                for (const WindowsText& t : plan.texts) {
                    INFO(named.name << ": " << t.text.toStdString() << ", theme " << static_cast<int>(kind));
                    CHECK(contrastRatio(t.colour, behind(plan, t, scene.theme)) >= 4.5);
                }
            }
        }
    }
}

TEST_CASE("a closed window, its probe and what limits the sender are said in words", "[paint]")
{
    const auto says = [](const WindowsPlan& plan, const char* words) {
        return std::any_of(plan.texts.begin(), plan.texts.end(),
                           [&](const WindowsText& t) { return t.text.contains(QString::fromUtf8(words)); });
    };
    for (const QSize size : kStageSizes) {
        INFO(size.width());
        SceneBox closed(test::zeroWindowTrace());
        WindowsLayout layout(closed.scene, QSizeF(size));
        WindowsPlan plan = planWindows(closed.at(SimTime::fromNs(241'000'000)), layout);
        CHECK(says(plan, "window closed"));
        CHECK(says(plan, "100 ms"));
        CHECK(says(plan, "limited by the receiver's window"));
        CHECK(says(plan, "persist: 100 ms left"));
        closed.scene.language = Language::Chinese;
        CHECK(says(planWindows(closed.scene, layout), "窗口关闭"));

        SceneBox loss(test::lossTrace());
        const WindowsLayout lossLayout(loss.scene, QSizeF(size));
        plan = planWindows(loss.at(SimTime::fromNs(145'500'000)), lossLayout);
        CHECK(says(plan, "limited by the congestion window"));
        CHECK(says(plan, "congestion avoidance"));
        CHECK(says(plan, "lost"));
        CHECK(says(plan, "cwnd 6,166"));
    }
}

TEST_CASE("SYN and FIN have numbers on the rulers, and are no octets that a program reads", "[paint]")
{
    Engine engine(builtinScenario("teardown").value());
    engine.runToEnd();
    SceneBox box(engine.trace());
    const WindowsLayout layout(box.scene, QSizeF(1180, 860));
    const auto names = [&](SimTime at) {
        std::vector<std::string> all;
        for (const StageItem& item : planWindows(box.at(at), layout).items)
            all.push_back(item.name.toStdString() + ": " + item.description.toStdString());
        return all;
    };
    const auto says = [](const std::vector<std::string>& all, const std::string& begin) {
        return std::ranges::any_of(all, [&](const std::string& name) { return name.starts_with(begin); });
    };
    const auto open = names(SimTime::fromNs(1));
    const auto ended = names(box.trace().end());
    CHECK(says(ended, "SYN + FIN: SYN and FIN take a number each")); // nothing was ever written
    for (const std::string& name : ended)                            // the legend says what they are; there are none
        CHECK((name.find("1 octet:") == std::string::npos && name.find("2 octets:") == std::string::npos));
    CHECK_FALSE(says(open, "FIN"));
}

TEST_CASE("the rulers share one scale, and it stands still while one steps", "[paint]")
{
    SceneBox box(test::slidingTrace());
    const WindowsLayout layout(box.scene, QSizeF(836, 560));
    std::optional<WindowsPanel> before;
    int turns = 0;
    for (int t = 104; t < 195; ++t) {
        const WindowsPlan plan = planWindows(box.at(SimTime::fromNs(t * 1'000'000LL)), layout);
        REQUIRE(plan.panels.size() == 2);
        const WindowsPanel& panel = plan.panels[0];
        CHECK_FALSE(panel.folded);
        CHECK(plan.panels[1].folded); // the server says nothing
        CHECK(panel.send.left() == panel.receive.left());
        CHECK(panel.send.width() == panel.receive.width());
        CHECK(panel.x(panel.offset(200)) == Approx(200));
        if (before) {
            CHECK(panel.send == before->send);
            CHECK(panel.span == before->span);
            turns += panel.from != before->from;
        }
        before = panel;
    }
    CHECK(turns <= 4);
}

TEST_CASE("before there is a connection one sentence says so", "[paint]")
{
    SceneBox box(builtinRun("ping"));
    const WindowsLayout layout(box.scene, QSizeF(836, 560));
    const WindowsPlan plan = planWindows(box.at(box.trace().end()), layout);
    CHECK_FALSE(plan.moment);
    REQUIRE(plan.texts.size() == 1);
    CHECK(plan.items.empty());
    CHECK(plan.hit({100, 100}).kind == Selection::Kind::None);
}

TEST_CASE("the windows view of another instant, language or theme is another picture", "[paint]")
{
    SceneBox box(test::lossTrace());
    std::vector<QImage> pictures;
    const auto add = [&] {
        QImage picture(836, 560, QImage::Format_RGB32);
        QPainter p(&picture);
        paintStage(p, box.scene, StageView::Windows, QSizeF(picture.size()));
        p.end();
        for (const QImage& other : pictures)
            CHECK(picture != other);
        pictures.push_back(picture);
    };
    box.at(SimTime::fromNs(115'000'000));
    add();
    box.at(SimTime::fromNs(145'000'000));
    add();
    box.scene.language = Language::Chinese;
    add();
    box.scene.numbers = NumberStyle::Raw;
    add();
    for (const ThemeKind kind : {ThemeKind::Dark, ThemeKind::HighContrast}) {
        box.scene.theme = Theme::make(kind);
        add();
    }
}

} // namespace packetarium::windows_paint_test
