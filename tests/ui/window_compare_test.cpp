// SPDX-License-Identifier: GPL-3.0-or-later
//
// Two runs side by side, as a user has them: chosen in the dialog, stepped and dragged with one cursor, taken away again.
#include "tests/support/catch.h"
#include "tests/support/ui/window_rig.h"
#include "ui/paint/plots_layout.h"
#include "ui/paint/timeline_painter.h"
#include "ui/session/library.h"
#include "ui/session/partners.h"
#include "ui/widgets/stage_canvas.h"
#include "ui/widgets/timeline_bar.h"
#include "ui/window/comparison_desk.h"
#include "ui/window/details_column.h"
#include "ui/window/notice_bar.h"
#include "ui/window/projector_window.h"
#include "ui/window/run_pane.h"
#include "ui/window/stage_area.h"
#include "ui/window/transport_bar.h"
#include "ui/window/workbench.h"

#include <QDialog>
#include <QFile>
#include <QLineEdit>
#include <QListWidget>
#include <set>

namespace packetarium::window_compare_test {

using namespace test;

namespace {

/// A handshake that begins at 100 ms, over a link of this delay.
QString handshakeFile(const WindowRig& rig, int delay)
{
    const QString path = rig.folder.filePath(QStringLiteral("delay-%1.yaml").arg(delay));
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(QStringLiteral(R"(packetarium: scenario
version: 1
title: {en: "Delay %1", zh: "时延 %1"}
group: connections
profile: rfc
hosts:
  client: {address: 192.168.1.25, iss: 100}
  server: {address: 93.184.216.34, iss: 300}
link: {delay: %1 ms}
script:
  - {at: 0 ms, host: server, listen: 80}
  - {at: 100 ms, host: client, connect: {to: server, port: 80, from-port: 49152}}
)")
                   .arg(delay)
                   .toUtf8());
    return path;
}

SimTime ms(int n)
{
    return SimTime::zero() + SimDuration::milliseconds(n);
}

RunPane* beside(WindowRig& rig)
{
    return rig.window->workbench().stage().paneBeside();
}

/// One at 40 ms, the other at 10 ms; what follows is their arithmetic. The client's ACK arrives three delays after the SYN left.
constexpr int kEndA = 100 + 3 * 40, kEndB = 100 + 3 * 10;

void compareDelays(WindowRig& rig)
{
    REQUIRE(rig.window->openAny(handshakeFile(rig, 40)));
    REQUIRE(rig.window->comparison().compareWith(handshakeFile(rig, 10)));
    WindowRig::settle();
    REQUIRE(beside(rig) != nullptr);
}

void checkOneInstant(const WindowRig& rig)
{
    const Session& other = *rig.window->comparison().other();
    CHECK(other.now() == rig.session.now());
    CHECK(rig.session.moment().at == std::min(rig.session.now(), ms(kEndA)));
    CHECK(other.moment().at == std::min(rig.session.now(), ms(kEndB)));
}

} // namespace

TEST_CASE("Compare with...: what goes well comes first, Enter shows it beside", "[window][compare]")
{
    for (const Language language : {Language::English, Language::Chinese}) {
        WindowRig rig(language);
        rig.open("old-duplicate-syn");
        rig.key(Qt::Key_7, Qt::ControlModifier);
        auto* dialog = rig.window->findChild<QDialog*>("comparison-dialog");
        REQUIRE(dialog);
        REQUIRE(dialog->isVisible());
        auto* list = dialog->findChild<QListWidget*>();
        REQUIRE(list);
        CHECK(list->item(1)->data(Qt::UserRole).toString() == "two-way-handshake");
        CHECK(list->currentRow() == 1);
        QTest::keyClick(dialog->findChild<QLineEdit*>(), Qt::Key_Return);
        WindowRig::settle();
        REQUIRE(beside(rig) != nullptr);
        CHECK(beside(rig)->isVisible());
        const Session& other = *rig.window->comparison().other();
        CHECK(other.scenario().name == "two-way-handshake");
        CHECK(rig.session.now() == SimTime::zero());
        const bool zh = language == Language::Chinese;
        CHECK(rig.window->workbench().stage().pane().heading().accessibleName() ==
              (zh ? QStringLiteral("迟到的旧 SYN") : QStringLiteral("An old SYN turns up")));
        CHECK(beside(rig)->heading().accessibleName() == (zh ? QStringLiteral("假如只有两次握手（并非 TCP）, 不是 TCP")
                                                             : QStringLiteral("Two segments only (not TCP), not TCP")));
    }
}

TEST_CASE("typing finds a scenario by its words in either language, and nothing that is not there", "[window][compare]")
{
    WindowRig rig;
    rig.open("bottleneck-reno");
    rig.key(Qt::Key_7, Qt::ControlModifier);
    auto* dialog = rig.window->findChild<QDialog*>("comparison-dialog");
    REQUIRE(dialog);
    auto* filter = dialog->findChild<QLineEdit*>();
    QTest::keyClicks(filter, "no such scenario");
    QTest::keyClick(filter, Qt::Key_Return);
    CHECK(dialog->isVisible());
    CHECK(beside(rig) == nullptr);
    filter->setText(QString::fromUtf8("三次挥手"));
    QTest::keyClick(filter, Qt::Key_Return);
    WindowRig::settle();
    REQUIRE(rig.window->comparison().other());
    CHECK(rig.window->comparison().other()->scenario().name == "close-in-three");
}

TEST_CASE("stepping goes over the moments of both, forth and back, and both show the same instant", "[window][compare]")
{
    for (const Language language : {Language::English, Language::Chinese}) {
        WindowRig rig(language);
        compareDelays(rig);
        std::set<SimTime> wanted{SimTime::zero()};
        for (int i = 0; i <= 3; ++i) {
            wanted.insert(ms(100 + i * 40));
            wanted.insert(ms(100 + i * 10));
        }
        std::set<SimTime> found{rig.session.now()};
        checkOneInstant(rig);
        while (rig.session.now() < ms(kEndA)) {
            const SimTime before = rig.session.now();
            rig.key(Qt::Key_Space);
            REQUIRE(rig.session.now() > before);
            found.insert(rig.session.now());
            checkOneInstant(rig);
        }
        CHECK(found == wanted);
        CHECK(rig.session.currentStop() == static_cast<int>(wanted.size()) - 1);
        std::set<SimTime> back{rig.session.now()};
        while (rig.session.now() > SimTime::zero()) {
            const SimTime before = rig.session.now();
            rig.key(Qt::Key_PageUp);
            REQUIRE(rig.session.now() < before);
            back.insert(rig.session.now());
            checkOneInstant(rig);
        }
        CHECK(back == wanted);
    }
}

TEST_CASE("the shorter run stands at its end and says so; the cursor goes on to the longer one's", "[window][compare]")
{
    for (const bool shorterLeads : {false, true}) {
        WindowRig rig;
        REQUIRE(rig.window->openAny(handshakeFile(rig, shorterLeads ? 10 : 40)));
        REQUIRE(rig.window->comparison().compareWith(handshakeFile(rig, shorterLeads ? 40 : 10)));
        WindowRig::settle();
        RunPane& left = rig.window->workbench().stage().pane();
        RunPane& shorter = shorterLeads ? left : *beside(rig);
        RunPane& longer = shorterLeads ? *beside(rig) : left;
        CHECK(rig.session.end() == ms(kEndA));
        rig.key(Qt::Key_End);
        CHECK(rig.session.now() == ms(kEndA));
        CHECK(rig.window->comparison().other()->now() == ms(kEndA));
        CHECK(shorter.heading().accessibleDescription() == QStringLiteral("ended at 130 ms"));
        CHECK(longer.heading().accessibleDescription().isEmpty());
        CHECK((shorterLeads ? rig.session : *rig.window->comparison().other()).moment().at == ms(kEndB));
        rig.key(Qt::Key_Home);
        CHECK(shorter.heading().accessibleDescription().isEmpty());
    }
}

TEST_CASE("the timeline has a row for each, and dragging it takes both along", "[window][compare]")
{
    WindowRig rig;
    compareDelays(rig);
    TimelineBar& bar = rig.window->workbench().transport().timeline();
    const TimelineLayout layout = layoutTimeline(rig.session.scene(), bar.size());
    // A SYN, a SYN,ACK and an ACK in each row.
    CHECK(std::ranges::count(layout.marks, 0, &TimelineMark::host) == 3);
    CHECK(std::ranges::count(layout.marks, 1, &TimelineMark::host) == 3);
    const auto at = [&](SimTime t) {
        return QPoint(static_cast<int>(std::lround(layout.xOf(rig.session.story().shown(t), rig.session.story()))),
                      bar.height() / 2);
    };
    QTest::mousePress(&bar, Qt::LeftButton, Qt::NoModifier, at(ms(120)));
    checkOneInstant(rig);
    QTest::mouseMove(&bar, at(ms(200)));
    CHECK(rig.session.now() > ms(180));
    CHECK(rig.session.now() < ms(kEndA));
    checkOneInstant(rig);
    QTest::mouseMove(&bar, QPoint(bar.width() + 50, bar.height() / 2));
    QTest::mouseRelease(&bar, Qt::LeftButton, Qt::NoModifier, QPoint(bar.width() + 50, bar.height() / 2));
    CHECK(rig.session.now() == ms(kEndA));
    checkOneInstant(rig);
}

TEST_CASE("playing moves both; the view, the numbers and the language are those of both", "[window][compare]")
{
    WindowRig rig;
    compareDelays(rig);
    const Session& other = *rig.window->comparison().other();
    rig.key(Qt::Key_K);
    CHECK(rig.session.isPlaying());
    for (int i = 0; i < 40; ++i) {
        rig.session.advance(0.25);
        checkOneInstant(rig);
    }
    CHECK(rig.session.now() == ms(kEndA));
    rig.key(Qt::Key_N);
    CHECK(other.numberStyle() == rig.session.numberStyle());
    rig.key(Qt::Key_L, Qt::ControlModifier);
    CHECK(other.language() == Language::Chinese);
    for (const Qt::Key view : {Qt::Key_2, Qt::Key_3, Qt::Key_4, Qt::Key_5, Qt::Key_6, Qt::Key_1}) {
        rig.key(view, Qt::ControlModifier);
        CHECK(other.stopView() == rig.session.stopView());
        CHECK(beside(rig)->canvas().isVisible());
        CHECK(rig.window->workbench().stage().canvas().isVisible());
        rig.key(Qt::Key_Home);
        for (int i = 0; i < 12; ++i) {
            rig.key(Qt::Key_Space);
            checkOneInstant(rig);
        }
        rig.key(Qt::Key_End);
        CHECK(rig.session.now() == ms(kEndA));
        checkOneInstant(rig);
    }
    // Plots are over the same time, whether all of it or what has been zoomed to.
    const PlotsLayout leftPlots(rig.session.scene(), {500, 400}), rightPlots(other.scene(), {500, 400});
    CHECK(leftPlots.from() == rightPlots.from());
    CHECK(leftPlots.to() == rightPlots.to());
    CHECK(leftPlots.to() > ms(kEndA));
    PlotsLook zoomed = rig.session.plotsLook();
    zoomed.from = ms(100);
    zoomed.to = ms(150);
    rig.session.setPlotsLook(zoomed);
    CHECK(other.scene().plots.from == ms(100));
    CHECK(other.scene().plots.to == ms(150));
}

TEST_CASE("ending the comparison, by key or by its button, leaves what was there before", "[window][compare]")
{
    for (const bool byKey : {true, false}) {
        WindowRig rig;
        REQUIRE(rig.window->openAny(handshakeFile(rig, 10)));
        const auto stops = rig.session.stops().size();
        const double length = rig.session.story().length();
        REQUIRE(rig.window->comparison().compareWith(handshakeFile(rig, 40)));
        WindowRig::settle();
        CHECK_FALSE(rig.window->workbench().details().isVisible());
        rig.key(Qt::Key_End);
        if (byKey)
            rig.key(Qt::Key_W, Qt::ControlModifier);
        else
            QTest::mouseClick(beside(rig)->findChild<QWidget*>("end-comparison"), Qt::LeftButton);
        WindowRig::settle();
        CHECK(beside(rig) == nullptr);
        CHECK(rig.window->findChildren<RunPane*>().size() == 1);
        CHECK(rig.window->comparison().other() == nullptr);
        CHECK(rig.session.beside() == nullptr);
        CHECK(rig.window->workbench().details().isVisible());
        CHECK_FALSE(rig.window->workbench().stage().pane().heading().isVisible());
        CHECK(rig.session.stops().size() == stops);
        CHECK(rig.session.story().length() == length);
        CHECK(rig.session.now() == ms(kEndB)); // this run is not longer
        CHECK_FALSE(rig.window->actions().endComparison->isEnabled());
    }
}

TEST_CASE("opening something else ends the comparison; another one takes the first one's place", "[window][compare]")
{
    WindowRig rig;
    compareDelays(rig);
    REQUIRE(rig.window->comparison().compareWith("handshake"));
    WindowRig::settle();
    CHECK(rig.window->findChildren<RunPane*>().size() == 2);
    CHECK(rig.window->comparison().other()->scenario().name == "handshake");
    rig.open("three-way-handshake");
    CHECK(beside(rig) == nullptr);
    CHECK(rig.session.beside() == nullptr);
    CHECK(rig.session.lesson() != nullptr);
    REQUIRE(rig.window->comparison().compareWith("two-way-handshake"));
    rig.key(Qt::Key_K, Qt::ControlModifier); // the list of lessons has been put away
    CHECK(beside(rig) == nullptr);
}

TEST_CASE("what cannot be read is said in one sentence, and nothing changes", "[window][compare]")
{
    WindowRig rig;
    REQUIRE(rig.window->openAny(handshakeFile(rig, 40)));
    const QString broken = rig.folder.filePath("broken.yaml");
    QFile file(broken);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write("packetarium: scenario\nversion: 1\nhosts: 7\n");
    file.close();
    for (const QString& what : {QStringLiteral("/nowhere/at/all.yaml"), broken, QStringLiteral("no-such-scenario")}) {
        CHECK_FALSE(rig.window->comparison().compareWith(what));
        CHECK(rig.window->notices().kind() == NoticeBar::Kind::Mistake);
        REQUIRE_THAT(rig.window->notices().sentence().toStdString(), containsText(what.section('/', -1).toStdString()));
        CHECK(beside(rig) == nullptr);
    }
}

TEST_CASE("what is done to the left run is run again, and the two stay together", "[window][compare]")
{
    WindowRig rig;
    compareDelays(rig);
    rig.session.seek(ms(110));
    rig.session.apply(DoDrop{{"client", 1}});
    WindowRig::settle();
    REQUIRE(beside(rig) != nullptr);
    // RFC 6298: the SYN goes again after one second.
    CHECK(rig.session.end() >= ms(1100 + 3 * 40));
    CHECK(rig.window->comparison().other()->end() == rig.session.end());
    rig.key(Qt::Key_End);
    CHECK(rig.window->comparison().other()->now() == rig.session.now());
    CHECK(rig.window->comparison().other()->moment().at == ms(kEndB));
    rig.key(Qt::Key_Z, Qt::ControlModifier);
    CHECK(rig.session.scenario().commands.empty());
    CHECK(rig.window->comparison().other()->end() == rig.session.end());
    CHECK(rig.window->comparison().other()->now() == rig.session.now());
}

TEST_CASE("the projector shows both, and stands again when the comparison ends", "[window][compare]")
{
    WindowRig rig;
    compareDelays(rig);
    rig.key(Qt::Key_End);
    rig.key(Qt::Key_F5);
    REQUIRE(rig.window->projector() != nullptr);
    const QImage both = rig.window->projector()->grab().toImage();
    rig.key(Qt::Key_W, Qt::ControlModifier);
    const QImage alone = rig.window->projector()->grab().toImage();
    CHECK(both != alone);
    rig.key(Qt::Key_Escape);
}

TEST_CASE("partners are built-in scenarios, go both ways, and are found for the issue's pairs", "[window][compare]")
{
    const auto names = [] {
        QStringList all;
        for (const auto& scenario : libraryScenarios())
            all << scenario.name;
        return all;
    }();
    for (const QString& name : names)
        for (const QString& partner : partnersOf(name)) {
            INFO(name.toStdString() << " and " << partner.toStdString());
            CHECK(names.contains(partner));
            CHECK(partner != name);
            CHECK(partnersOf(partner).contains(name));
        }
    CHECK(partnersOf("bottleneck-reno").contains("bottleneck-cubic"));
    CHECK(partnersOf("two-way-handshake").contains("old-duplicate-syn"));
    CHECK(partnersOf("no-time-wait").contains("time-wait-last-ack-lost"));
    CHECK(partnersOf("byte-stream").contains("datagrams"));
}

} // namespace packetarium::window_compare_test
