// SPDX-License-Identifier: GPL-3.0-or-later
//
// The main() of packetarium-ui-tests: no display, no settings of the person who runs them, one QApplication.
#if PACKETARIUM_CATCH2_MAJOR >= 3
#include <catch2/catch_session.hpp>
#else
#define CATCH_CONFIG_RUNNER
#include <catch2/catch.hpp>
#endif

#include <QApplication>
#include <QStandardPaths>

int main(int argc, char** argv)
{
    qputenv("QT_QPA_PLATFORM", "offscreen"); // before QApplication, which reads it
    qputenv("QT_SCALE_FACTOR", "1");
    QStandardPaths::setTestModeEnabled(true);
    QApplication::setApplicationName("packetarium-tests");
    QApplication::setOrganizationName("packetarium-tests");
    const QApplication application(argc, argv);
    return Catch::Session().run(argc, argv);
}
