// SPDX-License-Identifier: GPL-3.0-or-later
//
// In the layers view, too, text never overlaps text or a plate: at any size, in either language, at any act.
#include "tests/support/catch.h"
#include "tests/ui/layers_scene.h"
#include "tests/ui/paint_recorder.h"

#include "ui/paint/layers_painter.h"
#include "ui/paint/stage_painter.h"

#include <QPainter>

namespace packetarium::layers_overlap_test {

using test::LayersBox;
using test::TextRecorder;

namespace {

constexpr QSize kStageSizes[] = {{440, 320}, {640, 460}, {836, 560}, {1180, 860}, {3840, 1900}};

std::string list(const std::vector<std::string>& lines)
{
    std::string all;
    for (const std::string& line : lines)
        all += line + "; ";
    return all;
}

void checkInside(const LayersLayout& layout, const StageScene& scene)
{
    const QRectF all(QPointF(-1, -1), layout.size() + QSizeF(2, 2));
    for (const StageItem& item : layersItems(scene, layout)) {
        INFO(item.name.toStdString());
        CHECK(all.contains(item.box));
        CHECK_FALSE(item.name.isEmpty());
        CHECK_FALSE(item.description.isEmpty());
    }
}

void check(LayersBox& box, QSize size, const std::string& what)
{
    for (std::size_t act = 0; act < box.acts.size(); ++act) {
        StageScene& scene = box.atAct(act);
        const LayersLayout layout(scene, QSizeF(size));
        TextRecorder recorder(size);
        QPainter p(&recorder);
        paintLayers(p, layout, scene);
        p.end();
        INFO(what << " at " << size.width() << "x" << size.height() << ", act " << act
                  << (scene.language == Language::Chinese ? ", zh" : ", en") << (scene.layers.osi ? ", OSI" : "")
                  << (scene.layers.parcel ? ", parcel" : "") << ": " << list(recorder.collisions()));
        CHECK(recorder.collisions().empty());
        CHECK(recorder.texts().size() > 8);
        checkInside(layout, scene);
    }
}

} // namespace

TEST_CASE("no text overlaps in the layers view", "[paint][layers]")
{
    struct Run {
        const char* name;
        Trace trace;
    };
    for (Run& run : std::vector<Run>{
             {"image", imageRequestTrace()}, {"long way", longWayTrace()}, {"miscellany", miscellanyTrace()}}) {
        LayersBox box(std::move(run.trace));
        for (const Language language : {Language::English, Language::Chinese}) {
            box.setLanguage(language);
            for (const bool osi : {false, true}) {
                for (const bool parcel : {false, true}) {
                    box.scene.layers.osi = osi;
                    box.scene.layers.parcel = parcel;
                    for (const QSize size : kStageSizes)
                        check(box, size, run.name);
                }
            }
        }
    }
}

TEST_CASE("no text overlaps while a header slides on", "[paint][layers]")
{
    LayersBox box(imageRequestTrace());
    for (std::size_t act = 0; act + 1 < box.acts.size(); ++act) {
        for (const double before : {0.65, 0.4, 0.1}) {
            StageScene& scene = box.atAct(act);
            scene.shown = std::max(scene.shown, box.story().shownOf(box.acts[act + 1]) - before);
            const LayersLayout layout(scene, {836, 560});
            TextRecorder recorder({836, 560});
            QPainter p(&recorder);
            paintLayers(p, layout, scene);
            p.end();
            INFO("act " << act << ": " << list(recorder.collisions()));
            CHECK(recorder.collisions().empty());
        }
    }
}

TEST_CASE("no text overlaps on a slide of the layers view", "[paint][layers]")
{
    LayersBox box(longWayTrace());
    for (const Language language : {Language::English, Language::Chinese}) {
        box.setLanguage(language);
        for (const QSize size : {QSize(1024, 640), QSize(1920, 1080), QSize(3840, 2160)}) {
            for (const bool projector : {false, true}) {
                for (std::size_t act = 0; act < box.acts.size(); act += 3) {
                    StageScene& scene = box.atAct(act);
                    scene.theme = Theme::make(ThemeKind::Light, projector);
                    const LayerWords words = layerSentence(box.trace(), box.trace().records()[box.acts[act]], language);
                    TextRecorder recorder(size);
                    QPainter p(&recorder);
                    paintSlide(p, scene, StageView::Layers,
                               {1, 9, QString::fromStdString(words.heading), QString::fromStdString(words.text)},
                               QSizeF(size));
                    p.end();
                    INFO(size.width() << (projector ? ", projector" : "") << ", act " << act << ": "
                                      << list(recorder.collisions()));
                    CHECK(recorder.collisions().empty());
                }
            }
        }
    }
}

} // namespace packetarium::layers_overlap_test
