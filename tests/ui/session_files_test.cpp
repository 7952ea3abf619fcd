// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/scenario/scenario_file.h"
#include "tests/support/catch.h"
#include "ui/session/autosave.h"
#include "ui/session/documents.h"
#include "ui/session/session.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <csignal>
#include <cstdio>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace packetarium::session_files_test {

using namespace literals;

namespace {

void write(const QString& path, const QByteArray& bytes)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QByteArray read(const QString& path)
{
    QFile file(path);
    REQUIRE(file.open(QIODevice::ReadOnly));
    return file.readAll();
}

QStringList leftIn(const QString& folder)
{
    return QDir(folder).entryList(QDir::Files);
}

/// A program that drops the SYN of the handshake and is killed before it can tidy up.
void killedProgram(const QString& folder)
{
    std::fflush(nullptr); // or the child would write what waits in our buffers, too
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        Session session;
        Autosave autosave(session, folder);
        (void)openBuiltinScenario(session, "handshake");
        session.seek(SimTime::zero() + 120_ms);
        session.apply(DoDrop{{"client", 1}});
        kill(getpid(), SIGKILL);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
}

} // namespace

TEST_CASE("a saved scenario opens again with its commands, as unmodified", "[session]")
{
    const QTemporaryDir dir;
    const QString path = dir.filePath("mine.yaml");
    Session s;
    REQUIRE_FALSE(openBuiltinScenario(s, "handshake"));
    s.seek(SimTime::zero() + 120_ms);
    s.apply(DoDrop{{"client", 1}});
    CHECK(s.isModified());
    REQUIRE_FALSE(saveScenario(s, path));
    CHECK_FALSE(s.isModified());
    CHECK(s.filePath() == path);
    const auto fingerprint = s.trace().fingerprint();

    Session again;
    REQUIRE_FALSE(openAny(again, path));
    CHECK(again.trace().fingerprint() == fingerprint);
    CHECK(again.filePath() == path);
    CHECK_FALSE(again.isModified());
    CHECK_FALSE(again.canUndo());
    CHECK(again.scenario().commands.size() == 1);
}

TEST_CASE("saving where one may not says so and leaves everything as it was", "[session]")
{
    const QTemporaryDir dir;
    Session s;
    REQUIRE_FALSE(openBuiltinScenario(s, "handshake"));
    s.apply(DoDrop{{"client", 1}});
    const QString bad = GENERATE(as<QString>(), "/proc/x.yaml", "/nowhere/at/all/x.yaml");
    const auto error = saveScenario(s, bad);
    REQUIRE(error);
    CHECK(error->id == InputErrorId::FileUnwritable);
    CHECK(error->file == bad.toStdString());
    CHECK_FALSE(error->args.empty());
    CHECK(s.isModified());
    CHECK(s.filePath().isEmpty());
}

TEST_CASE("a read-only folder: the file that was there is intact", "[session]")
{
    if (geteuid() == 0)
        return; // for the superuser no folder is read-only
    const QTemporaryDir dir;
    const QString path = dir.filePath("kept.yaml");
    write(path, "kept");
    QFile::setPermissions(dir.path(), QFile::ReadOwner | QFile::ExeOwner);
    Session s;
    REQUIRE_FALSE(openBuiltinScenario(s, "handshake"));
    CHECK(saveScenario(s, path));
    QFile::setPermissions(dir.path(), QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner);
    CHECK(read(path) == "kept");
}

TEST_CASE("a disk that is full: the file that was there is intact", "[session]")
{
    const QTemporaryDir dir;
    const QString path = dir.filePath("kept.yaml");
    write(path, "kept");
    Session s;
    REQUIRE_FALSE(openBuiltinScenario(s, "handshake"));
    // No file may grow beyond 64 octets: what a full disk looks like from here.
    rlimit before{};
    REQUIRE(getrlimit(RLIMIT_FSIZE, &before) == 0);
    const auto handler = std::signal(SIGXFSZ, SIG_IGN);
    rlimit small = before;
    small.rlim_cur = 64;
    REQUIRE(setrlimit(RLIMIT_FSIZE, &small) == 0);
    const auto error = saveScenario(s, path);
    setrlimit(RLIMIT_FSIZE, &before);
    std::signal(SIGXFSZ, handler);
    REQUIRE(error);
    CHECK(error->id == InputErrorId::FileUnwritable);
    CHECK(read(path) == "kept");
    CHECK(leftIn(dir.path()) == QStringList{"kept.yaml"});
}

TEST_CASE("a file that is no scenario leaves the session as it was", "[session]")
{
    const QTemporaryDir dir;
    Session s;
    REQUIRE_FALSE(openBuiltinScenario(s, "handshake"));
    const auto fingerprint = s.trace().fingerprint();
    const QString path = dir.filePath("bad.yaml");
    SECTION("garbage")
    {
        write(path, QByteArray("\x00\xff\xfe{{{[", 7));
    }
    SECTION("another document")
    {
        write(path, "hello: world\n");
    }
    SECTION("an empty file")
    {
        write(path, "");
    }
    SECTION("too large")
    {
        write(path, QByteArray(2 << 20, 'x'));
    }
    SECTION("a folder")
    {
        QDir().mkpath(path);
    }
    SECTION("nothing") {}
    SECTION("a lesson of an unknown scenario")
    {
        write(path, "packetarium: lesson\nversion: 1\nscenario: nowhere\n");
    }
    CHECK(openFile(s, path));
    CHECK(s.trace().fingerprint() == fingerprint);
    CHECK(s.scenario().name == "handshake");
}

TEST_CASE("a lesson file opens with the scenario beside it, or with a built-in one", "[session]")
{
    const QTemporaryDir dir;
    const QByteArray steps = "steps:\n  - at: start\n    heading: {en: A, zh: B}\n    text: {en: A, zh: B}\n    why: "
                             "{en: A, zh: B}\n    rfc: RFC 9293 §3.5\n";
    const QByteArray head = "packetarium: lesson\nversion: 1\nchapter: connections\norder: 1\ntitle: {en: T, zh: "
                            "U}\nsummary: {en: T, zh: U}\n";
    write(dir.filePath("a.yaml"), head + "scenario: handshake\n" + steps);
    Session s;
    const auto error = openFile(s, dir.filePath("a.yaml"));
    INFO((error ? sentenceFor(*error, Language::English) : std::string()));
    REQUIRE_FALSE(error);
    REQUIRE(s.lesson());
    CHECK(s.title() == "T");
    CHECK(s.scenario().name == "handshake");

    auto scenario = builtinScenario("teardown");
    REQUIRE(scenario);
    write(dir.filePath("beside.yaml"), QByteArray::fromStdString(writeScenario(scenario.value())));
    write(dir.filePath("b.yaml"), head + "scenario: beside.yaml\n" + steps);
    REQUIRE_FALSE(openFile(s, dir.filePath("b.yaml")));
    CHECK(s.scenario().script == scenario.value().script);
}

TEST_CASE("an unknown name is refused with the names there are", "[session]")
{
    Session s;
    const auto error = openAny(s, "handshaek");
    REQUIRE(error);
    CHECK(error->id == InputErrorId::UnknownScenario);
    CHECK_FALSE(s.hasRun());
}

TEST_CASE("autosave: written with each change, gone when saved, undone or closed", "[session]")
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath("unsaved");
    {
        Session s;
        Autosave autosave(s, folder);
        REQUIRE_FALSE(openBuiltinScenario(s, "handshake"));
        CHECK(leftIn(folder).isEmpty());
        s.apply(DoDrop{{"client", 1}});
        CHECK(leftIn(folder).filter(".json").size() >= 1);
        s.undo();
        CHECK(leftIn(folder).isEmpty());
        s.redo();
        REQUIRE_FALSE(saveScenario(s, dir.filePath("x.yaml")));
        CHECK(leftIn(folder).isEmpty());
        s.apply(DoDrop{{"server", 1}});
        CHECK_FALSE(leftIn(folder).isEmpty());
    }
    CHECK(leftIn(folder).isEmpty());
}

TEST_CASE("after a kill the work is there again, to be undone or saved", "[session]")
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath("unsaved");
    killedProgram(folder);
    REQUIRE_FALSE(leftIn(folder).isEmpty());

    Session s;
    Autosave autosave(s, folder);
    CHECK(autosave.recover() == Autosave::Found::Recovered);
    CHECK(s.scenario().name == "handshake");
    CHECK(s.scenario().commands.size() == 1);
    CHECK(s.now() == SimTime::zero() + 120_ms);
    CHECK(s.isModified());
    CHECK(s.canUndo());
    // Once only, and safe again under this program's own name.
    CHECK(autosave.recover() == Autosave::Found::Nothing);
    CHECK(leftIn(folder).filter(QRegularExpression("json$")).size() == 1);
}

TEST_CASE("the work of a program that is still running is left alone", "[session]")
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath("unsaved");
    Session first;
    Autosave a(first, folder);
    REQUIRE_FALSE(openBuiltinScenario(first, "handshake"));
    first.apply(DoDrop{{"client", 1}});
    Session second;
    Autosave b(second, folder);
    CHECK(b.recover() == Autosave::Found::Nothing);
    CHECK_FALSE(second.hasRun());
}

TEST_CASE("a damaged autosave file is kept aside and changes nothing", "[session]")
{
    const QTemporaryDir dir;
    const QString folder = dir.filePath("unsaved");
    killedProgram(folder);
    const QString file = folder + "/" + QDir(folder).entryList({"*.json"}).at(0);
    const QByteArray good = read(file);
    const QByteArray bad = GENERATE_COPY(good.left(good.size() / 2), QByteArray("not json"), QByteArray(),
                                         QByteArray(good).replace("scenario\"", "scenariO\""),
                                         QByteArray(good).replace("version: 1", "version: 9"));
    write(file, bad);
    Session s;
    Autosave autosave(s, folder);
    CHECK(autosave.recover() == Autosave::Found::Damaged);
    CHECK_FALSE(s.hasRun());
    CHECK(read(autosave.damagedCopy()) == bad);
    CHECK(autosave.recover() == Autosave::Found::Nothing);
}

TEST_CASE("an autosave that cannot be written is said once", "[session]")
{
    Session s;
    Autosave autosave(s, "/proc/nowhere");
    int failures = 0;
    QObject::connect(&autosave, &Autosave::failed, [&] { ++failures; });
    REQUIRE_FALSE(openBuiltinScenario(s, "handshake"));
    s.apply(DoDrop{{"client", 1}});
    s.apply(DoDrop{{"client", 2}});
    CHECK(failures == 1);
}

} // namespace packetarium::session_files_test
