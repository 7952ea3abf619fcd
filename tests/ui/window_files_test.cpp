// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/catch.h"
#include "tests/support/ui/window_rig.h"
#include "ui/session/autosave.h"
#include "ui/session/lesson_progress.h"
#include "ui/window/card.h"
#include "ui/window/file_desk.h"
#include "ui/window/home_page.h"
#include "ui/window/notice_bar.h"
#include "ui/window/unsaved_question.h"

#include <QAbstractButton>
#include <QDropEvent>
#include <QMimeData>
#include <QTimer>

namespace packetarium::window_files_test {

using namespace test;

namespace {

void drop(QWidget& window, const QString& path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &enter);
    REQUIRE(enter.isAccepted());
    QDropEvent event(QPointF(100, 100), Qt::CopyAction, &data, Qt::LeftButton, Qt::NoModifier);
    QCoreApplication::sendEvent(&window, &event);
    WindowRig::settle();
}

QString write(const QTemporaryDir& dir, const char* name, const QByteArray& bytes)
{
    QFile file(dir.filePath(name));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(bytes);
    return file.fileName();
}

/// Presses a button of the question as soon as it is there.
void answer(QMessageBox::StandardButton button, int* asked)
{
    QTimer::singleShot(0, [button, asked] {
        auto* question = qobject_cast<UnsavedQuestion*>(QApplication::activeModalWidget());
        if (!question)
            return;
        ++*asked;
        question->button(button)->click();
    });
}

} // namespace

TEST_CASE("a bad file dropped on the window: one sentence with the place, and nothing else changes", "[window]")
{
    const Language language = GENERATE(Language::English, Language::Chinese);
    WindowRig rig(language);
    rig.open("handshake");
    const auto fingerprint = rig.session.trace().fingerprint();
    drop(*rig.window, write(rig.folder, "bad.yaml", "packetarium: scenario\nversion: 1\nhosts: 7\n"));
    CHECK(rig.window->notices().isVisible());
    CHECK(rig.window->notices().kind() == NoticeBar::Kind::Mistake);
    REQUIRE_THAT(rig.window->notices().sentence().toStdString(), containsText("bad.yaml"));
    CHECK(rig.session.trace().fingerprint() == fingerprint);
    CHECK(rig.session.settings().recentFiles().isEmpty());
    drop(*rig.window, write(rig.folder, "noise.bin",
                            QByteArray("\x7f"
                                       "ELF\0\0\xff",
                                       7)));
    CHECK(rig.window->notices().isVisible());
    CHECK(rig.session.trace().fingerprint() == fingerprint);
}

TEST_CASE("a good file dropped on the home page opens, and is in the recent files", "[window]")
{
    WindowRig rig;
    rig.session.setReducedMotion(true);
    rig.open("handshake");
    const QString path = rig.folder.filePath("mine.yaml");
    REQUIRE(rig.window->files().saveTo(path));
    rig.window->showHome();
    drop(*rig.window, path);
    CHECK_FALSE(rig.window->isHomeShown());
    CHECK(rig.session.filePath() == path);
    CHECK(rig.session.settings().recentFiles().front() == path);
    REQUIRE_THAT(rig.window->windowTitle().toStdString(), containsText("mine.yaml"));
}

TEST_CASE("unsaved changes are asked about; cancel keeps everything", "[window]")
{
    WindowRig rig;
    rig.open("handshake");
    rig.session.apply(DoDrop{{"client", 1}});
    CHECK(rig.window->isWindowModified());
    const auto fingerprint = rig.session.trace().fingerprint();
    int asked = 0;
    answer(QMessageBox::Cancel, &asked);
    CHECK_FALSE(rig.window->files().openScenario("teardown"));
    CHECK(asked == 1);
    CHECK(rig.session.trace().fingerprint() == fingerprint);
    answer(QMessageBox::Cancel, &asked);
    CHECK_FALSE(rig.window->close());
    CHECK(asked == 2);
    answer(QMessageBox::Discard, &asked);
    CHECK(rig.window->files().openScenario("teardown"));
    CHECK(asked == 3);
    CHECK(rig.session.scenario().name == "teardown");
    CHECK(rig.window->close());
    CHECK(asked == 3);
}

TEST_CASE("saving into a folder that is not there: one sentence, still modified", "[window]")
{
    WindowRig rig;
    rig.open("handshake");
    rig.session.apply(DoDrop{{"client", 1}});
    CHECK_FALSE(rig.window->files().saveTo("/nowhere/at/all/x.yaml"));
    CHECK(rig.window->notices().kind() == NoticeBar::Kind::Mistake);
    REQUIRE_THAT(rig.window->notices().sentence().toStdString(), containsText("/nowhere/at/all/x.yaml"));
    CHECK(rig.session.isModified());
    rig.session.undo();
}

TEST_CASE("damaged settings: the window opens with defaults and says so", "[window]")
{
    const QTemporaryDir folder;
    QFile file(folder.filePath("s.ini"));
    REQUIRE(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(100, '\0'));
    file.close();
    Session session;
    session.setSettingsFile(file.fileName());
    ThemeManager themes;
    MainWindow window(session);
    window.showHome();
    window.show();
    window.recover();
    CHECK(window.notices().isVisible());
    REQUIRE_THAT(window.notices().sentence().toStdString(), containsText(".damaged"));
}

TEST_CASE("the home page: cards lead where they say, progress and continuing", "[window]")
{
    WindowRig rig;
    const auto card = [&](const QString& name) { return rig.window->findChild<Card*>(name); };
    REQUIRE(card("lesson-three-way-handshake"));
    REQUIRE(card("scenario-handshake"));
    CHECK_FALSE(card("continue-card"));
    QTest::mouseClick(card("lesson-three-way-handshake"), Qt::LeftButton);
    WindowRig::settle();
    REQUIRE(rig.session.lesson());
    rig.key(Qt::Key_Space);
    rig.key(Qt::Key_Space);
    CHECK(rig.session.currentStop() == 2);
    QTest::mouseClick(rig.window->findChild<QAbstractButton*>("home-brand"), Qt::LeftButton);
    WindowRig::settle();
    REQUIRE(rig.window->isHomeShown());
    // What is open is offered first; in the next session the lesson is.
    QTest::mouseClick(card("continue-card"), Qt::LeftButton);
    CHECK_FALSE(rig.window->isHomeShown());
    CHECK(rig.session.currentStop() == 2);
    CHECK(rig.session.progress().fraction("three-way-handshake") ==
          Approx(3.0 / static_cast<double>(rig.session.lesson()->steps.size())));

    Session next;
    rig.session.settings().flush();
    next.setSettingsFile(rig.session.settings().fileName());
    MainWindow window(next);
    window.resize(1024, 640);
    window.showHome();
    window.show();
    WindowRig::settle();
    // The ways on are there without scrolling, on the smallest window too.
    for (const char* name : {"sandbox-card", "network-card", "open-card", "continue-card"}) {
        const auto* way = window.findChild<Card*>(name);
        CHECK(way->visibleRegion().boundingRect() == way->rect());
    }
    QTest::mouseClick(window.findChild<Card*>("continue-card"), Qt::LeftButton);
    CHECK(next.currentStop() == 2);
    CHECK(next.lesson()->name == "three-way-handshake");
}

TEST_CASE("the sandbox card opens two hosts with nothing happening", "[window]")
{
    WindowRig rig;
    QTest::mouseClick(rig.window->findChild<Card*>("sandbox-card"), Qt::LeftButton);
    WindowRig::settle();
    CHECK(rig.session.hasRun());
    CHECK(rig.session.trace().packets().empty());
    CHECK_FALSE(rig.session.isModified());
}

} // namespace packetarium::window_files_test
