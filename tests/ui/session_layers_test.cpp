// SPDX-License-Identifier: GPL-3.0-or-later
// Several things at one instant: layer acts, told one after the other, and what other views make of them.
#include "core/lesson/lesson.h"
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "ui/session/lesson_progress.h"
#include "ui/session/session.h"
#include "ui/session/settings.h"

#include <QTemporaryDir>
#include <set>

namespace packetarium::session_layers_test {

using namespace literals;

namespace {

/// client - switch - server, one ping; each link takes 1 ms.
const char* const kPing = R"(packetarium: scenario
version: 1
view: VIEW
hosts:
  client: {address: 10.0.0.1/24}
  server: {address: 10.0.0.2/24}
switches:
  s1: {}
links:
  - {between: [client, s1], delay: 1 ms}
  - {between: [s1, server], delay: 1 ms}
script:
  - {at: 5 ms, host: client, ping: {to: server, count: 1}}
)";

Scenario ping(const char* view)
{
    std::string yaml = kPing;
    yaml.replace(yaml.find("VIEW"), 4, view);
    auto scenario = parseScenario(yaml, "ping.yaml");
    REQUIRE(scenario.ok());
    return std::move(scenario).value();
}

/// With settings that are nobody's, standing still on every step.
struct Rig {
    explicit Rig(const char* view)
    {
        session.setSettingsFile(folder.filePath("settings.ini"));
        session.setReducedMotion(true);
        session.openScenario(ping(view));
    }
    const Stop& stop() const { return session.stops().at(static_cast<std::size_t>(session.currentStop())); }
    QTemporaryDir folder;
    Session session;
};

bool isAct(const Session& s, const Stop& stop)
{
    return s.trace().records()[stop.firstRecord].kind == RecordKind::Layer;
}

} // namespace

TEST_CASE("a scenario opens in the view that it asks for", "[session]")
{
    CHECK(Rig("layers").session.stopView() == StopView::Layers);
    CHECK(Rig("network").session.stopView() == StopView::Network);
    CHECK(Rig("windows").session.stopView() == StopView::Windows);
    CHECK(Rig("states").session.stopView() == StopView::States);
    CHECK(Rig("sequence").session.stopView() == StopView::Sequence);
}

TEST_CASE("in the layers view stepping goes from act to act, within one instant too", "[session]")
{
    Rig rig("layers");
    Session& s = rig.session;
    CHECK(s.currentStop() == 0);
    CHECK(s.shownNow() == 0);
    const auto told = s.trace().records().first(s.scene().recordsDone); // routes are in the tables from the start
    CHECK(std::none_of(told.begin(), told.end(), [](const Record& r) { return r.kind == RecordKind::Layer; }));
    int moved = 0;
    QObject::connect(&s, &Session::momentChanged, [&moved] { ++moved; });
    std::vector<std::pair<double, int>> passed{{s.shownNow(), s.currentStop()}};
    std::size_t sameInstant = 0;
    for (std::size_t i = 1; i < s.stops().size(); ++i) {
        const SimTime before = s.now();
        const int movedBefore = moved;
        s.stepForward();
        CHECK(s.currentStop() == static_cast<int>(i));
        CHECK(s.now() == s.stops()[i].at);
        CHECK(moved == movedBefore + 1);
        CHECK(s.shownNow() > passed.back().first);
        const StageScene scene = s.scene();
        CHECK(scene.shown == s.shownNow());
        CHECK(scene.recordsDone > s.stops()[i].firstRecord);
        CHECK((i + 1 == s.stops().size() || scene.recordsDone <= s.stops()[i + 1].firstRecord));
        CHECK(scene.recordsDone <= s.moment().recordsDone);
        sameInstant += s.now() == before ? 1 : 0;
        passed.emplace_back(s.shownNow(), s.currentStop());
    }
    // ARP and echo, asked and answered, at two hosts and a switch in between.
    CHECK(sameInstant > 20);
    for (std::size_t i = passed.size() - 1; i-- > 0;) {
        s.stepBack();
        CHECK(std::pair(s.shownNow(), s.currentStop()) == passed[i]);
    }
}

TEST_CASE("every act has a caption of its own in both languages", "[session]")
{
    Rig rig("layers");
    Session& s = rig.session;
    for (const Language language : {Language::English, Language::Chinese}) {
        s.setLanguage(language);
        s.toStart();
        for (std::size_t i = 1; i < s.stops().size(); ++i) {
            s.stepForward();
            INFO("stop " << i);
            const Caption caption = s.caption();
            CHECK_FALSE(caption.heading.isEmpty());
            CHECK_FALSE(caption.text.isEmpty());
            CHECK(caption.number == static_cast<int>(i) + 1);
        }
    }
}

TEST_CASE("playing tells the acts of an instant one after the other while time stands", "[session]")
{
    Rig rig("layers");
    Session& s = rig.session;
    s.play();
    std::set<int> stops;
    SimTime before = s.now();
    std::size_t done = 0;
    for (int frame = 0; frame < 4000 && s.isPlaying(); ++frame) {
        s.advance(0.05);
        stops.insert(s.currentStop());
        CHECK(s.now() >= before);
        CHECK(s.scene().recordsDone >= done);
        before = s.now();
        done = s.scene().recordsDone;
    }
    CHECK_FALSE(s.isPlaying());
    // An act takes half a second and more, so each was the last one told at some frame.
    for (int i = 1; i < static_cast<int>(s.stops().size()); ++i)
        CHECK(stops.contains(i));
    CHECK(s.scene().recordsDone == s.trace().records().size());
}

TEST_CASE("another view shows the same instant, and coming back the same act", "[session]")
{
    Rig rig("layers");
    Session& s = rig.session;
    for (std::size_t i = 1; i < s.stops().size(); ++i) {
        s.goToStop(static_cast<int>(i));
        const SimTime at = s.now();
        const std::size_t done = s.scene().recordsDone;
        const double shown = s.shownNow();
        for (const StopView view : {StopView::Sequence, StopView::Network, StopView::States, StopView::Layers}) {
            s.setStopView(view);
            CHECK(s.now() == at);
            CHECK(s.scene().recordsDone == done);
            CHECK(s.moment().at == at);
            CHECK((s.story().perLayerAct() > 0) == (view == StopView::Layers));
        }
        INFO("stop " << i);
        CHECK(s.shownNow() == Approx(shown));
        CHECK(s.currentStop() == static_cast<int>(i));
    }
}

TEST_CASE("fine steps pass over no act and no act twice", "[session]")
{
    Rig rig("layers");
    Session& s = rig.session;
    std::size_t steps = 0;
    double before = s.shownNow();
    while (steps < 1000) {
        s.stepForwardFine();
        if (s.shownNow() <= before)
            break;
        before = s.shownNow();
        ++steps;
    }
    CHECK(steps == s.stops().size() - 1);
    while (steps > 0) {
        s.stepBackFine();
        CHECK(s.shownNow() < before);
        before = s.shownNow();
        --steps;
    }
    CHECK(s.shownNow() == 0);
}

TEST_CASE("a lesson's step bound to a layer act stands exactly there in every view", "[session]")
{
    const auto lesson = parseLesson(R"(packetarium: lesson
version: 1
chapter: layers
title: Ping
scenario: ping
steps:
  - at: start
    heading: h
    text: t
  - at: {layer: {host: client, act: added, layer: internet}}
    heading: h
    text: t
  - at: {layer: {host: client, act: added, layer: link}}
    heading: h
    text: t
  - at: {layer: {host: server, act: removed, layer: link}}
    heading: h
    text: t
)",
                                    "ping.yaml");
    INFO((lesson.ok() ? "" : lesson.error().args.empty() ? "?" : lesson.error().args[0]));
    REQUIRE(lesson.ok());
    for (const char* view : {"layers", "sequence", "network", "states"}) {
        INFO(view);
        Rig rig("layers");
        Session& s = rig.session;
        s.openLesson(lesson.value(), ping(view));
        REQUIRE(s.stops().size() == 4);
        for (std::size_t i = 1; i < 4; ++i) {
            s.stepForward();
            REQUIRE(s.currentStop() == static_cast<int>(i));
            CHECK(isAct(s, rig.stop()));
            // The act is the last one told.
            const std::size_t done = s.scene().recordsDone;
            std::size_t last = done - 1;
            while (s.trace().records()[last].kind != RecordKind::Layer)
                --last;
            CHECK(last == rig.stop().firstRecord);
        }
        s.stepBack();
        CHECK(s.currentStop() == 2);
        s.stepBack();
        CHECK(s.currentStop() == 1);
        CHECK(s.now() == s.stops()[1].at);
    }
}

TEST_CASE("the layers look changes nothing of the step, and is remembered", "[session]")
{
    QTemporaryDir folder;
    {
        Settings settings(folder.filePath("s.ini"));
        CHECK(settings.layersLook() == LayersLook{});
        settings.setLayersLook({true, true, LineCode::Mlt3});
    }
    Settings again(folder.filePath("s.ini"));
    CHECK(again.layersLook() == LayersLook{true, true, LineCode::Mlt3});
    CHECK_FALSE(again.hadBadValues());

    Rig rig("layers");
    Session& s = rig.session;
    s.goToStop(7);
    const double shown = s.shownNow();
    int moved = 0, presented = 0;
    QObject::connect(&s, &Session::momentChanged, [&] { ++moved; });
    QObject::connect(&s, &Session::presentationChanged, [&] { ++presented; });
    s.setLayersLook(again.layersLook());
    s.setLayersLook(again.layersLook());
    CHECK(presented == 1);
    CHECK(moved == 0);
    CHECK(s.shownNow() == shown);
    CHECK(s.currentStop() == 7);
    CHECK(s.scene().layers == again.layersLook());
}

TEST_CASE("a field that is picked is in the scene until its packet is gone", "[session]")
{
    Rig rig("sequence");
    Session& s = rig.session;
    int changed = 0;
    QObject::connect(&s, &Session::fieldChanged, [&] { ++changed; });
    const auto last = PacketId(static_cast<std::uint32_t>(s.trace().packets().size() - 1));
    s.selectField(BitRange{last, 112, 4});
    s.selectField(BitRange{last, 112, 4});
    CHECK(changed == 1);
    CHECK(s.field() == BitRange{last, 112, 4});
    CHECK(s.scene().field == s.field());
    s.seek(SimTime::zero() + 6_ms);
    s.apply(DoUnplug{{"s1", {}}, {"server", {}}});
    REQUIRE(s.trace().packets().size() <= last.value());
    CHECK_FALSE(s.field());
    CHECK(changed == 2);
}

TEST_CASE("a scene names every node and knows where it stands", "[session]")
{
    Rig rig("network");
    const StageScene scene = rig.session.scene();
    REQUIRE(scene.hostLabels.size() == 3);
    CHECK(scene.hostLabels[0] == QStringLiteral("Client"));
    CHECK(scene.hostLabels[2] == QStringLiteral("s1"));
    CHECK(scene.places.size() == 3);
    CHECK(scene.cableEnds.size() == 2);
}

TEST_CASE("a command in the layers view leaves one at the same act", "[session]")
{
    Rig rig("layers");
    Session& s = rig.session;
    s.goToStop(4);
    const std::size_t done = s.scene().recordsDone;
    const double shown = s.shownNow();
    s.apply(DoUnplug{{"s1", {}}, {"server", {}}});
    CHECK(s.scene().recordsDone == done);
    CHECK(s.shownNow() == Approx(shown));
    s.undo();
    CHECK(s.scene().recordsDone == done);
    CHECK(s.shownNow() == Approx(shown));
    CHECK(s.currentStop() == 4);
}

} // namespace packetarium::session_layers_test
