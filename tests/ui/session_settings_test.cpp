// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "ui/session/lesson_progress.h"
#include "ui/session/settings.h"

#include <QFile>
#include <QTemporaryDir>

namespace packetarium::session_settings_test {

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

void checkDefaults(const Settings& s)
{
    CHECK_FALSE(s.language());
    CHECK(s.themeChoice() == ThemeChoice::System);
    CHECK(s.speed() == 1.0);
    CHECK(s.numberStyle() == NumberStyle::Symbolic);
    CHECK_FALSE(s.reducedMotion());
    CHECK(s.recentFiles().isEmpty());
}

} // namespace

TEST_CASE("without a file everything is at its default, and nothing is said to be damaged", "[session]")
{
    const QTemporaryDir dir;
    const Settings s(dir.filePath("none.ini"));
    checkDefaults(s);
    CHECK_FALSE(s.damagedCopy());
    CHECK_FALSE(s.hadBadValues());
}

TEST_CASE("settings are read back as written", "[session]")
{
    const QTemporaryDir dir;
    const QString file = dir.filePath("s.ini");
    {
        Settings s(file);
        s.setLanguage(Language::Chinese);
        s.setThemeChoice(ThemeChoice::HighContrast);
        s.setSpeed(0.25);
        s.setNumberStyle(NumberStyle::Relative);
        s.setReducedMotion(true);
        s.setGeometry(QByteArray("\x01\x00\xff", 3));
        s.addRecentFile("/a/b.yaml");
        s.setLesson("last", {2, 3, 5});
        s.setLastLesson("last");
        CHECK(s.flush());
    }
    const Settings s(file);
    CHECK(s.language() == Language::Chinese);
    CHECK(s.themeChoice() == ThemeChoice::HighContrast);
    CHECK(s.speed() == 0.25);
    CHECK(s.numberStyle() == NumberStyle::Relative);
    CHECK(s.reducedMotion());
    CHECK(s.geometry() == QByteArray("\x01\x00\xff", 3));
    CHECK(s.recentFiles() == QStringList{"/a/b.yaml"});
    CHECK(s.lesson("last") == Settings::LessonEntry{2, 3, 5});
    CHECK(s.lastLesson() == "last");
    CHECK_FALSE(s.hadBadValues());
}

TEST_CASE("recent files: newest first, each once, eight of them", "[session]")
{
    const QTemporaryDir dir;
    Settings s(dir.filePath("s.ini"));
    for (int i = 0; i < 12; ++i)
        s.addRecentFile(QStringLiteral("/f%1").arg(i));
    s.addRecentFile("/f7");
    REQUIRE(s.recentFiles().size() == 8);
    CHECK(s.recentFiles().front() == "/f7");
    CHECK(s.recentFiles().count("/f7") == 1);
    s.removeRecentFile("/f7");
    CHECK_FALSE(s.recentFiles().contains("/f7"));
    s.clearRecentFiles();
    CHECK(s.recentFiles().isEmpty());
}

TEST_CASE("values that make no sense become defaults and are noticed", "[session]")
{
    const QTemporaryDir dir;
    const QString file = dir.filePath("s.ini");
    const QByteArray line = GENERATE(as<QByteArray>(), "language=klingon", "theme=7", "speed=fast", "speed=nan",
                                     "speed=1e9", "numbers=roman", "reduced-motion=perhaps",
                                     "[lessons]\nhandshake=9/3/5", "[lessons]\nhandshake=1/2", "[lessons]\nx=-1/-1/-1");
    write(file, line + "\n");
    const Settings s(file);
    checkDefaults(s);
    CHECK(s.hadBadValues());
    CHECK(s.lesson("handshake").furthest == 0);
}

TEST_CASE("a damaged settings file is kept aside, and the program starts afresh", "[session]")
{
    const QTemporaryDir dir;
    const QString file = dir.filePath("s.ini");
    const QByteArray garbage = GENERATE(QByteArray("\0\0\0\0language=zh\n", 17), QByteArray(4096, '\0'),
                                        QByteArray("no equals sign here\n[\n"), QByteArray(2 << 20, 'a'));
    write(file, garbage);
    {
        Settings s(file);
        checkDefaults(s);
        REQUIRE(s.damagedCopy());
        QFile kept(*s.damagedCopy());
        REQUIRE(kept.open(QIODevice::ReadOnly));
        CHECK(kept.readAll() == garbage);
        s.setLanguage(Language::English);
    }
    const Settings again(file);
    CHECK(again.language() == Language::English);
    CHECK_FALSE(again.damagedCopy());
}

TEST_CASE("any mutation of a settings file can be read", "[session]")
{
    const QTemporaryDir dir;
    const QByteArray good =
        "language=zh\nspeed=2\ntheme=dark\nnumbers=raw\nrecent-files=/a, /b\nlast-lesson=h\n[lessons]\nh=1/2/3\n"
        "[window]\ngeometry=AAAA\npanels=@Variant(\\0\\0\\0\\x7f)\n";
    std::uint32_t seed = 1;
    for (int i = 0; i < 300; ++i) {
        QByteArray bad = good;
        for (int n = 0; n < 4; ++n) {
            seed = seed * 1664525u + 1013904223u;
            bad[static_cast<qsizetype>(seed % static_cast<std::uint32_t>(bad.size()))] = static_cast<char>(seed >> 24);
        }
        const QString file = dir.filePath(QStringLiteral("%1.ini").arg(i));
        write(file, bad.left(static_cast<qsizetype>(seed % 200)));
        const Settings s(file);
        CHECK(s.speed() >= 0.125);
        CHECK(s.speed() <= 8.0);
        CHECK(s.recentFiles().size() <= 8);
    }
}

TEST_CASE("a folder that cannot be written is not an accident", "[session]")
{
    Settings s("/proc/nowhere/s.ini");
    s.setSpeed(2);
    CHECK_FALSE(s.flush());
    CHECK(s.speed() == 2);
}

TEST_CASE("a lesson that got shorter is still done", "[session]")
{
    const QTemporaryDir dir;
    Settings s(dir.filePath("s.ini"));
    LessonProgress p(s);
    p.reached("a", 7, 9);
    p.reached("a", 2, 5);
    CHECK(p.state("a") == LessonProgress::State::Done);
    CHECK(p.fraction("a") == 1.0);
    CHECK(p.lastStep("a") == 2);
    CHECK(p.state("b") == LessonProgress::State::NotStarted);
}

} // namespace packetarium::session_settings_test
