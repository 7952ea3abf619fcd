// SPDX-License-Identifier: GPL-3.0-or-later
// All views of one instant, by tab, by key and by menu.
#include "tests/support/catch.h"
#include "tests/support/ui/window_rig.h"
#include "ui/widgets/stage_canvas.h"
#include "ui/window/render_command.h"
#include "ui/window/stage_area.h"
#include "ui/window/workbench.h"

#include <QFile>
#include <QImage>
#include <QTabBar>

namespace packetarium::window_views_test {

using namespace test;

namespace {

const char* const kPing = R"(packetarium: scenario
version: 1
title: {en: "Ping", zh: "回声"}
group: network
view: network
hosts:
  client: {address: 10.0.0.1/24}
  server: {address: 10.0.0.2/24}
switches:
  switch: {}
links:
  - {between: [client, switch], delay: 1 ms}
  - {between: [switch, server], delay: 1 ms}
script:
  - {at: 5 ms, host: client, ping: {to: server, count: 1}}
)";

QString fileIn(const QTemporaryDir& folder)
{
    const QString path = folder.filePath("ping.yaml");
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(kPing);
    return path;
}

} // namespace

TEST_CASE("a tab, a key and a canvas for each view, one instant", "[window]")
{
    for (const Language language : {Language::English, Language::Chinese}) {
        WindowRig rig(language, {1024, 640});
        REQUIRE(rig.window->openAny(fileIn(rig.folder)));
        WindowRig::settle();
        auto* tabs = rig.window->findChild<QTabBar*>("view-tabs");
        REQUIRE(tabs);
        REQUIRE(tabs->count() == static_cast<int>(kStageViews.size()));
        CHECK(rig.session.stopView() == StopView::Network);
        CHECK(tabs->currentIndex() == 3);
        QSet<QString> names;
        for (int i = 0; i < tabs->count(); ++i) {
            CHECK_FALSE(tabs->tabText(i).isEmpty());
            names << tabs->tabText(i);
            CHECK(tabs->tabToolTip(i).contains(QStringLiteral("Ctrl+")));
        }
        CHECK(names.size() == static_cast<int>(kStageViews.size()));
        // All of them are in sight at the smallest window.
        CHECK(tabs->sizeHint().width() <= tabs->width());

        rig.session.seek(SimTime::fromNs(6'500'000));
        const SimTime at = rig.session.now();
        QSet<StageCanvas*> canvases;
        const std::array keys{Qt::Key_1, Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5, Qt::Key_6};
        for (std::size_t i = 0; i < keys.size(); ++i) {
            rig.key(keys[i], Qt::ControlModifier);
            CHECK(tabs->currentIndex() == static_cast<int>(i));
            CHECK(rig.window->workbench().stage().view() == kStageViews[i]);
            StageCanvas& canvas = rig.window->workbench().stage().canvas();
            CHECK(canvas.isVisible());
            CHECK((!canvas.items().empty() || kStageViews[i] == StageView::Windows)); // a ping has no connection
            CHECK_FALSE(canvas.accessibleName().isEmpty());
            canvases << &canvas;
            CHECK(rig.session.now() == at);
        }
        CHECK(canvases.size() == static_cast<int>(kStageViews.size()));
        for (int i = 0; i < tabs->count(); ++i) {
            QTest::mouseClick(tabs, Qt::LeftButton, {}, tabs->tabRect(i).center());
            WindowRig::settle();
            CHECK(rig.window->workbench().stage().view() == kStageViews[static_cast<std::size_t>(i)]);
            CHECK(rig.session.now() == at);
        }
    }
}

TEST_CASE("with the keyboard alone one steps from act to act and back", "[window]")
{
    WindowRig rig;
    REQUIRE(rig.window->openAny(fileIn(rig.folder)));
    WindowRig::settle();
    rig.key(Qt::Key_3, Qt::ControlModifier);
    rig.key(Qt::Key_Home);
    std::vector<std::size_t> done{rig.session.scene().recordsDone};
    for (int i = 0; i < 12; ++i) {
        rig.key(i % 2 == 0 ? Qt::Key_Space : Qt::Key_Right);
        CHECK(rig.session.scene().recordsDone > done.back());
        done.push_back(rig.session.scene().recordsDone);
    }
    for (std::size_t i = done.size() - 1; i-- > 0;) {
        rig.key(Qt::Key_Left);
        CHECK(rig.session.scene().recordsDone == done[i]);
    }
}

TEST_CASE("every view can be rendered without a window, and on the projector", "[window]")
{
    const QTemporaryDir folder;
    using View = RenderOptions::View;
    std::vector<QImage> pictures;
    for (const View view : {View::Sequence, View::States, View::Layers, View::Network, View::Windows, View::Plots}) {
        for (const bool projector : {false, true}) {
            RenderOptions options;
            options.what = fileIn(folder);
            options.view = view;
            options.at = SimTime::fromNs(6'500'000);
            options.projector = projector;
            options.size = QSize(960, 540);
            options.out = folder.filePath("picture.png");
            REQUIRE_FALSE(render(options));
            const QImage picture(options.out);
            REQUIRE(picture.size() == QSize(960, 540));
            for (const QImage& other : pictures)
                CHECK(picture != other);
            pictures.push_back(picture);
        }
    }
    for (const auto& [view, wanted] : {std::pair{"layers", View::Layers}, std::pair{"network", View::Network},
                                       std::pair{"windows", View::Windows}}) {
        const auto options = parseArguments({"render", "x", "--view", view, "--out", "x.png"}, Language::English);
        REQUIRE(options.ok());
        CHECK(options.value().render.view == wanted);
    }
}

} // namespace packetarium::window_views_test
