// SPDX-License-Identifier: GPL-3.0-or-later
//
// Text never overlaps text, an arrow's label or a chip: at any size, in either language, at any instant.
#include "tests/support/catch.h"
#include "tests/ui/paint_recorder.h"
#include "tests/ui/paint_traces.h"

#include "core/engine/engine.h"
#include "core/scenario/scenario_file.h"
#include "ui/paint/sequence_painter.h"
#include "ui/paint/stage_painter.h"
#include "ui/paint/states_painter.h"

#include <QPainter>

namespace packetarium::paint_overlap_test {

using test::SceneBox;
using test::TextRecorder;

namespace {

// What is left of the window for the stage, from 1024x640 with both side panels open to 3840x2160 with none.
constexpr QSize kStageSizes[] = {{440, 320}, {640, 460}, {836, 560}, {1180, 860}, {3840, 1900}};
constexpr QSize kScreens[] = {{1024, 640}, {1920, 1080}, {3840, 2160}};

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

void checkSequence(SceneBox& box, QSize size, int instants, const std::string& what)
{
    const SequenceLayout layout(box.scene, QSizeF(size));
    for (int i = 0; i <= instants; ++i) {
        StageScene& scene = box.atShown(box.story().length() * i / instants);
        const double scroll = layout.scrollFor(layout.y(scene.moment->at));
        TextRecorder recorder(size);
        QPainter p(&recorder);
        p.translate(0, layout.headerHeight() - scroll);
        paintSequenceSettled(p, scene, layout, QRectF(0, scroll, size.width(), layout.viewHeight()));
        paintSequenceMoving(p, scene, layout, scroll);
        p.resetTransform();
        paintSequenceHeader(p, scene, layout, scroll);
        p.end();
        INFO(what << " at " << size.width() << "x" << size.height() << ", instant " << i << ": "
                  << list(recorder.collisions()));
        CHECK(recorder.collisions().empty());
        CHECK(recorder.texts().size() >= 4); // both names, and their addresses or states
    }
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

TEST_CASE("the recorder sees texts that overlap, and only those", "[paint]")
{
    TextRecorder recorder({200, 100});
    QPainter p(&recorder);
    p.setFont(Theme::make(ThemeKind::Light).font(TextStyle::Body));
    p.drawText(QPointF(10, 40), QStringLiteral("first"));
    p.drawText(QPointF(100, 40), QStringLiteral("beside"));
    CHECK(recorder.collisions().empty());
    p.drawText(QPointF(14, 44), QStringLiteral("second"));
    CHECK(recorder.collisions().size() == 1);
    p.translate(100, 36);
    p.rotate(90);
    p.drawText(QPointF(-4, 0), QStringLiteral("turned"));
    CHECK(recorder.collisions().size() == 2);
    p.resetTransform();
    p.setBrush(Qt::white);
    p.drawRoundedRect(QRectF(0, 20, 60, 40), 4, 4);
    CHECK(recorder.collisions().size() == 4); // two more: covered by the plate
}

TEST_CASE("no text overlaps in the sequence view: runs made by hand", "[paint]")
{
    for (test::NamedTrace& named : test::allTraces()) {
        SceneBox box(std::move(named.trace));
        for (const Language language : {Language::English, Language::Chinese}) {
            box.scene.language = language;
            box.scene.hostLabels = hostLabels(language);
            box.scene.numbers = language == Language::English ? NumberStyle::Raw : NumberStyle::Symbolic;
            for (const QSize size : kStageSizes)
                checkSequence(box, size, 7, named.name);
        }
    }
}

TEST_CASE("no text overlaps in the sequence view: every built-in scenario", "[paint]")
{
    for (const std::string& name : builtinScenarioNames()) {
        SceneBox box(builtinRun(name));
        for (const Language language : {Language::English, Language::Chinese}) {
            box.scene.language = language;
            box.scene.hostLabels = hostLabels(language);
            checkSequence(box, {440, 320}, 5, name);
            checkSequence(box, {836, 560}, 9, name);
        }
    }
}

TEST_CASE("no text overlaps in the sequence view: anything that may happen", "[paint]")
{
    for (std::uint64_t seed = 1; seed <= 60; ++seed) {
        SceneBox box(test::randomTrace(seed));
        const bool chinese = seed % 2 == 0;
        box.scene.language = chinese ? Language::Chinese : Language::English;
        box.scene.hostLabels = hostLabels(box.scene.language);
        box.scene.numbers = seed % 3 == 0 ? NumberStyle::Raw : NumberStyle::Symbolic;
        box.scene.theme = Theme::make(ThemeKind::Light, seed % 5 == 0);
        const QSize size = box.scene.theme.isProjector() ? QSize(1920, 800) : kStageSizes[seed % 4];
        checkSequence(box, size, 6, "seed " + std::to_string(seed));
    }
}

namespace {

/// All labels of a whole run that say this, where there is much room.
QStringList labelsWith(const char* scenario, const QString& words)
{
    Engine engine(builtinScenario(scenario).value());
    engine.runToEnd();
    SceneBox box(engine.trace());
    StageScene& scene = box.at(box.trace().end());
    scene.hostLabels = hostLabels(Language::English);
    const QSize size(1180, 3000);
    const SequenceLayout layout(scene, QSizeF(size));
    TextRecorder recorder(size);
    QPainter p(&recorder);
    paintSequenceSettled(p, scene, layout, QRectF(QPointF(), QSizeF(size)));
    p.end();
    QStringList labels;
    for (const auto& text : recorder.texts())
        if (text.text.contains(words))
            labels << text.text;
    return labels;
}

} // namespace

TEST_CASE("an acknowledgment that tells of what came behind a gap says so on its label", "[paint]")
{
    // Octets x+1001.. and x+4001.. are missing: the first block named is the one that the newest segment belongs to.
    const QStringList labels = labelsWith("fast-retransmit-sack", QStringLiteral("SACK"));
    CHECK(labels.size() == 8);
    CHECK(labels.contains(QStringLiteral("ack=x+1001 SACK x+2001–x+3001")));
    CHECK(labels.contains(QStringLiteral("ack=x+1001 SACK x+5001–x+10001")));
    CHECK(labels.contains(QStringLiteral("ack=x+4001 SACK x+5001–x+10001")));
}

TEST_CASE("a window that shuts and one that is open again stand on the labels, also when the update was lost",
          "[paint]")
{
    CHECK(labelsWith("window-update-lost", QStringLiteral("ack=x+1001 win=0")).size() == 1);
    CHECK(labelsWith("window-update-lost", QStringLiteral("ack=x+1001 win=1000")).size() == 1); // lost
    CHECK(labelsWith("window-update-lost", QStringLiteral("ack=x+1002 win=999")).size() == 1);  // the probe's answer
}

TEST_CASE("a running timer says its name and duration wherever it stands", "[paint]")
{
    for (const std::string& name : builtinScenarioNames()) {
        SceneBox box(builtinRun(name));
        for (const Language language : {Language::English, Language::Chinese}) {
            box.scene.language = language;
            for (const QSize size : kStageSizes) {
                const SequenceLayout layout(box.scene, QSizeF(size));
                for (const PlacedText& label : layout.timerLabels()) {
                    INFO(name << " at " << size.width() << ": " << label.text.toStdString());
                    CHECK(label.placed);
                }
            }
        }
    }
}

TEST_CASE("no text overlaps in the states view", "[paint]")
{
    for (const char* name : {"handshake", "teardown", "simultaneous-open", "refused", "half-open-syn"}) {
        SceneBox box(builtinRun(name));
        for (const Language language : {Language::English, Language::Chinese}) {
            box.scene.language = language;
            box.scene.hostLabels = hostLabels(language);
            for (const QSize size : kStageSizes) {
                const StatesLayout layout(box.scene, QSizeF(size));
                for (int i = 0; i <= 6; ++i) {
                    StageScene& scene = box.atShown(box.story().length() * i / 6);
                    TextRecorder recorder(size);
                    QPainter p(&recorder);
                    paintStates(p, scene, layout);
                    p.end();
                    INFO(name << " at " << size.width() << "x" << size.height() << ", instant " << i << ": "
                              << list(recorder.collisions()));
                    CHECK(recorder.collisions().empty());
                }
            }
        }
    }
}

TEST_CASE("beside each other no text overlaps either, and one instant is at one height", "[paint][compare]")
{
    const std::pair<const char*, const char*> pairs[] = {{"old-duplicate-syn", "two-way-handshake"},
                                                         {"no-time-wait", "time-wait-last-ack-lost"},
                                                         {"byte-stream", "datagrams"},
                                                         {"fixed-isn", "clock-isn"},
                                                         {"handshake", "ping"}};
    for (const auto& [first, second] : pairs) {
        const Trace traces[] = {builtinRun(first), builtinRun(second)};
        for (const Language language : {Language::English, Language::Chinese})
            for (const QSize size : {QSize(512, 330), QSize(720, 560)}) {
                std::vector<SceneBox> boxes;
                boxes.reserve(2);
                boxes.emplace_back(traces[0], &traces[1]);
                boxes.emplace_back(traces[1], &traces[0]);
                for (SceneBox& box : boxes) {
                    box.scene.language = language;
                    if (box.trace().nodes().size() == 2)
                        box.scene.hostLabels = hostLabels(language);
                }
                const auto copies = std::array{std::make_shared<StageScene>(boxes[0].scene),
                                               std::make_shared<StageScene>(boxes[1].scene)};
                boxes[0].scene.beside = copies[1];
                boxes[1].scene.beside = copies[0];
                const SequenceLayout left(boxes[0].scene, QSizeF(size)), right(boxes[1].scene, QSizeF(size));
                const SimTime both = std::min(traces[0].end(), traces[1].end());
                for (int i = 0; i <= 40; ++i) {
                    const SimTime t = SimTime::fromNs(both.ns() / 40 * i);
                    INFO(first << " and " << second << ", " << size.width() << ", ns " << t.ns());
                    CHECK(std::abs(left.y(t) - right.y(t)) < 0.01);
                }
                for (SceneBox& box : boxes)
                    checkSequence(box, size, 7, std::string(first) + " and " + second);
            }
    }
}

TEST_CASE("no text overlaps on a slide", "[paint]")
{
    SceneBox box(test::troubleTrace());
    const QString heading = QStringLiteral("第二次握手：服务器同意，并反过来问一句 · The server agrees, and asks back");
    const QString text = QStringLiteral("A SYN carries no data, yet it uses one sequence number, so the acknowledgment "
                                        "is x + 1. SYN 不带数据，却占用一个序号。");
    for (const Language language : {Language::English, Language::Chinese}) {
        box.scene.language = language;
        box.scene.hostLabels = hostLabels(language);
        for (const QSize size : kScreens) {
            for (const StageView view : {StageView::Sequence, StageView::States}) {
                for (const bool projector : {false, true}) {
                    for (int i = 0; i <= 4; ++i) {
                        box.scene.theme = Theme::make(ThemeKind::Light, projector);
                        StageScene& scene = box.atShown(box.story().length() * i / 4);
                        TextRecorder recorder(size);
                        QPainter p(&recorder);
                        paintSlide(p, scene, view, {i + 1, 12, heading, text}, QSizeF(size));
                        p.end();
                        INFO(size.width() << "x" << size.height() << (projector ? ", projector" : "") << ", instant "
                                          << i << ": " << list(recorder.collisions()));
                        CHECK(recorder.collisions().empty());
                    }
                }
            }
        }
    }
}

} // namespace packetarium::paint_overlap_test
