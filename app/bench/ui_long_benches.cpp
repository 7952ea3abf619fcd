// SPDX-License-Identifier: GPL-3.0-or-later
//
// What a long run costs on the screen, beside a short one in the same process.
#include "app/bench/ui_long_benches.h"

#include "app/bench/statistics.h"
#include "app/bench/transfer.h"
#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/sequence_canvas.h"
#include "ui/widgets/timeline_bar.h"

#include <QApplication>
#include <QMouseEvent>
#include <QTemporaryDir>
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <fmt/core.h>
#include <functional>
#include <map>
#include <string>
#include <time.h>

namespace packetarium::bench {

namespace {

using Figures = std::map<std::string, Summary>;

/// Processor time, so that what else the machine does falls out of the comparison.
double processorMilliseconds(clockid_t whose = CLOCK_PROCESS_CPUTIME_ID)
{
    timespec now{};
    clock_gettime(whose, &now);
    return static_cast<double>(now.tv_sec) * 1e3 + static_cast<double>(now.tv_nsec) / 1e6;
}

Summary timed(int runs, const std::function<void(int)>& work)
{
    std::vector<double> times;
    for (int i = 0; i < runs; ++i) {
        const double start = processorMilliseconds();
        work(i);
        QCoreApplication::processEvents();
        times.push_back(processorMilliseconds() - start);
    }
    return summarise(std::move(times));
}

Scenario bulk(std::uint64_t packets)
{
    TransferOptions options;
    options.octets = packets * 973;
    options.lossPpm = packets > 1000 ? 1000 : 0;
    Scenario s = transferScenario(options);
    s.until = SimTime::never();
    return s;
}

constexpr int kZoomLevels = 5;

/// Figures of one run; every canvas as large as a full screen.
Figures figuresOf(std::uint64_t packets)
{
    Figures f;
    const QTemporaryDir folder;
    Session session;
    session.setSettingsFile(folder.filePath(QStringLiteral("bench.ini")));
    session.setReducedMotion(true);
    session.setEventsAtOnce(1);
    f["open the run: its beginning"] = timed(1, [&](int) { session.openScenario(bulk(packets)); });
    std::vector<double> turns{0};
    f["open the run: all of it, beside the window"] = timed(1, [&](int) {
        while (session.isGrowing()) {
            const double start = processorMilliseconds(CLOCK_THREAD_CPUTIME_ID);
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
            turns.push_back(processorMilliseconds(CLOCK_THREAD_CPUTIME_ID) - start);
        }
    });
    f["open the run: the window's longest turn"] = summarise({std::ranges::max(turns)});
    fmt::print("a run of {} packets, {} records\n", session.trace().packets().size(), session.trace().records().size());
    SequenceCanvas canvas(&session);
    canvas.setTheme(ThemeManager::current().theme());
    canvas.resize(1920, 1080);
    const double length = session.story().length();
    f["first frame"] = timed(1, [&](int) { canvas.show(); });
    f["zoom out and in"] =
        timed(12, [&](int i) { i % 6 < 3 ? canvas.setZoom(canvas.zoom() / 4) : canvas.setZoom(canvas.zoom() * 4); });
    f["resize"] = timed(5, [&](int i) { canvas.resize(1920 - i, 1080); });
    canvas.resize(1920, 1080);
    for (int level = 0; level < kZoomLevels; ++level) {
        // From every packet with its words to all of the run in one view.
        canvas.setZoom(1);
        canvas.setZoom(level == 0 ? 1 : level + 1 == kZoomLevels ? 0 : std::pow(4.0, -level));
        session.seekShown(length * 0.5);
        QCoreApplication::processEvents();
        const auto figure = [&](const char* what) -> Summary& {
            return f[fmt::format("zoom level {}: {}", level, what)];
        };
        figure("a frame while playing") = timed(60, [&](int i) { session.seekShown(length * 0.5 + i / 60.0); });
        figure("a frame while scrolling") =
            timed(30, [&](int i) { canvas.setScroll(canvas.scrollRange() * 0.3 + i * 60); });
        figure("a jump") = timed(30, [&](int i) { session.seekShown(length * (i * 37 % 100) / 100); });
        figure("a step") = timed(60, [&](int) { session.stepForward(); });
        figure("the pointer moves") = timed(30, [&](int i) {
            const QPointF at(900, 300 + i * 7);
            QMouseEvent move(QEvent::MouseMove, at, at, Qt::NoButton, Qt::NoButton, {});
            QCoreApplication::sendEvent(&canvas, &move);
        });
    }
    canvas.setZoom(1);
    session.setEventsAtOnce(20'000); // as the program has it
    session.seekShown(length * 0.9);
    QCoreApplication::processEvents();
    f["a change late in the run, to what it brings about"] =
        timed(1, [&](int) { session.apply(DoAbort{}, QStringLiteral("client")); });
    f["and taken back"] = timed(1, [&](int) { session.undo(); });
    while (session.isGrowing())
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    canvas.hide();
    TimelineBar bar(&session);
    bar.setTheme(ThemeManager::current().theme());
    bar.resize(1400, 40);
    f["timeline: laid out"] = timed(5, [&](int i) {
        bar.resize(1400 + i, 40);
        bar.show();
    });
    f["timeline: a jump"] = timed(15, [&](int i) { session.seekShown(length * (i * 37 % 100) / 100); });
    return f;
}

} // namespace

void runLongBenches()
{
    std::setvbuf(stdout, nullptr, _IOLBF, 0);
    const Figures few = figuresOf(100);
    const Figures many = figuresOf(100'000);
    fmt::print("{:<42} {:>20} {:>20} {:>8}   processor time, median (99 %)\n", "", "100 packets", "100,000 packets",
               "ratio");
    for (const auto& [name, m] : many) {
        const Summary& base = few.at(name);
        fmt::print("{:<42} {:>8.2f} ({:>7.2f}) ms {:>7.2f} ({:>7.2f}) ms {:>6.2f}\n", name, base.median, base.p99,
                   m.median, m.p99, m.median / base.median);
    }
}

} // namespace packetarium::bench
