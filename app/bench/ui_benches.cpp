// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a person waits for, measured with the program's own widgets and the
// platform that is there (offscreen if none is).
#include "app/bench/ui_benches.h"

#include "app/bench/child_process.h"
#include "app/bench/statistics.h"
#include "app/bench/ui_long_benches.h"
#include "core/scenario/scenario_file.h"
#include "ui/i18n/language.h"
#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/layers_canvas.h"
#include "ui/widgets/network_canvas.h"
#include "ui/widgets/sequence_canvas.h"
#include "ui/widgets/windows_canvas.h"
#include "ui/window/main_window.h"

#include <QApplication>
#include <QPaintEvent>
#include <QTemporaryDir>
#include <QTimer>
#include <chrono>
#include <fmt/core.h>

namespace packetarium::bench {

namespace {

/// Leaves the event loop once `watched` has painted its first frame.
class FirstFrame : public QObject {
public:
    explicit FirstFrame(QWidget* watched) { watched->installEventFilter(this); }
    bool eventFilter(QObject*, QEvent* event) override
    {
        if (event->type() == QEvent::Paint)
            QTimer::singleShot(0, qApp, &QCoreApplication::quit);
        return false;
    }
};

void usePlatform()
{
    if (!qEnvironmentVariableIsSet("DISPLAY") && !qEnvironmentVariableIsSet("WAYLAND_DISPLAY") &&
        !qEnvironmentVariableIsSet("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
}

void benchStartUp(const char* self)
{
    std::vector<double> empty, program, ratios;
    double peak = 0;
    for (int i = 0; i < 15; ++i) { // in turn, so that a slow moment of the machine hits both
        const ChildRun e = runChild({self, "--probe", "empty"});
        const ChildRun p = runChild({self, "--probe", "program"});
        if (!e.ok || !p.ok) {
            fmt::print("start-up could not be measured\n");
            return;
        }
        if (i == 0)
            continue; // caches are cold
        empty.push_back(e.milliseconds);
        program.push_back(p.milliseconds);
        ratios.push_back(p.milliseconds / e.milliseconds);
        peak = std::max(peak, p.peakMiB);
    }
    report("an empty Qt Widgets window, start to first frame and exit", summarise(empty));
    report("the program, start to first frame and exit", summarise(program));
    const double ratio = summarise(ratios).median;
    fmt::print("{:<58} {:>9.2f} times median   goal 2: {}\n", "  program / empty window", ratio,
               ratio <= 2 ? "met" : "MISSED");
    fmt::print("{:<58} {:>9.1f} MiB   goal 80: {}\n", "  peak memory of the program", peak,
               peak < 80 ? "met" : "MISSED");
}

/// 100 short messages, each acknowledged: 200 labelled packets and more.
Scenario chatter()
{
    Scenario s = sandboxScenario();
    for (HostSpec& host : s.hosts)
        host.tcp.delayedAck = false;
    const std::string client = s.hosts[0].name, server = s.hosts[1].name;
    s.script = {{AtTime{}, server, DoListen{80}}, {AtTime{}, client, DoConnect{server, 80, 49152}}};
    for (int i = 0; i < 100; ++i)
        s.script.push_back(
            {AtTime{SimTime::zero() + SimDuration::milliseconds(100 + 15 * i)}, client, DoSend{Bytes(10, 'x')}});
    return s;
}

void benchFrames(QSize size, double goal)
{
    Session session;
    session.openScenario(chatter());
    SequenceCanvas canvas(&session);
    canvas.setTheme(ThemeManager::current().theme());
    canvas.resize(size);
    canvas.show();
    session.toEnd();
    const double length = session.shownNow();
    double shown = length * 0.5;
    session.seekShown(shown);
    QCoreApplication::processEvents();
    const Summary frame = measure(300, [&] {
        shown += 1.0 / 60;
        if (shown > length)
            shown = length * 0.5;
        session.seekShown(shown);
        QCoreApplication::processEvents();
    });
    report(fmt::format("a frame of the sequence view, {} packets, {}x{}", session.trace().packets().size(),
                       size.width(), size.height()),
           frame, goal);
}

/// Measures the program as it is when new: not with this user's language, theme and last lesson.
/// Every picture of a run while it plays: the instant moves on as the clock would move it, and what changed is painted.
template <class Canvas>
void benchPlaying(const std::string& scenario, StopView view, const char* name, double goal)
{
    auto built = builtinScenario(scenario);
    if (!built)
        return;
    Session session;
    const QTemporaryDir folder;
    session.setSettingsFile(folder.filePath(QStringLiteral("settings.ini")));
    session.openScenario(std::move(built).value());
    session.setStopView(view);
    Canvas canvas(&session);
    canvas.setTheme(ThemeManager::current().theme());
    canvas.resize(1920, 1080);
    canvas.show();
    QCoreApplication::processEvents();
    session.play();
    std::vector<double> times;
    while (session.isPlaying() && times.size() < 2000) {
        const auto start = std::chrono::steady_clock::now();
        session.advance(0.016);
        QCoreApplication::processEvents();
        times.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count());
    }
    if (!times.empty())
        report(fmt::format("a frame of the {} view, {}, 1920x1080", name, scenario), summarise(std::move(times)), goal);
}

void useFreshSettings(Session& session, const QTemporaryDir& folder)
{
    session.setSettingsFile(folder.filePath(QStringLiteral("bench.ini")));
}

void benchWindow()
{
    const QTemporaryDir folder;
    Session session;
    useFreshSettings(session, folder);
    MainWindow window(session);
    window.resize(1440, 900);
    window.openAny(QStringLiteral("handshake"));
    window.show();
    window.showStage();
    QCoreApplication::processEvents();

    session.setReducedMotion(true); // a step is then one cut, and all of its cost in one place
    session.toStart();
    const Summary step = measure(100, [&] {
        if (session.currentStop() + 1 >= static_cast<int>(session.stops().size()))
            session.toStart();
        else
            session.stepForward();
        QCoreApplication::processEvents();
    });
    report("a step in the window, painted, 1440x900", step, 5);

    const Summary language = measure(30, [&] {
        session.setLanguage(LanguageManager::other(session.language()));
        QCoreApplication::processEvents();
    });
    report("switching language, painted", language, 100);
    ThemeManager& themes = ThemeManager::current();
    const Summary theme = measure(30, [&] {
        themes.setChoice(themes.kind() == ThemeKind::Light ? ThemeChoice::Dark : ThemeChoice::Light);
        QCoreApplication::processEvents();
    });
    report("switching theme, painted", theme, 100);
}

} // namespace

void runUiBenches(int argc, char** argv)
{
    usePlatform();
    benchStartUp(argv[0]);
    const QApplication application(argc, argv);
    const ThemeManager themes;
    benchFrames(QSize(1920, 1080), 4);
    benchFrames(QSize(3840, 2160), 9);
    for (const char* scenario : {"encapsulation-get", "open-page"})
        benchPlaying<LayersCanvas>(scenario, StopView::Layers, "layers", 4);
    for (const char* scenario : {"network-layer", "hub-and-switch", "open-page"})
        benchPlaying<NetworkCanvas>(scenario, StopView::Network, "network", 4);
    for (const char* scenario : {"transfer-resumed", "handshake-first-data"})
        benchPlaying<WindowsCanvas>(scenario, StopView::Windows, "windows", 4);
    benchWindow();
    runLongBenches();
}

void runLongRunBenches(int argc, char** argv)
{
    usePlatform();
    const QApplication application(argc, argv);
    const ThemeManager themes;
    runLongBenches();
}

int runProbe(int argc, char** argv, const std::string& what)
{
    usePlatform();
    const QApplication application(argc, argv);
    if (what == "empty") {
        QWidget window;
        window.resize(1440, 900);
        const FirstFrame watch(&window);
        window.show();
        return QApplication::exec();
    }
    const ThemeManager themes;
    const QTemporaryDir folder;
    Session session;
    useFreshSettings(session, folder);
    MainWindow window(session);
    window.showHome();
    const FirstFrame watch(&window);
    window.show();
    return QApplication::exec();
}

} // namespace packetarium::bench
