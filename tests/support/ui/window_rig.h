// SPDX-License-Identifier: GPL-3.0-or-later
//
// The whole window as a user has it, with settings of its own and nothing left behind.
#pragma once

#include "ui/session/session.h"
#include "ui/session/settings.h"
#include "ui/theme/theme_manager.h"
#include "ui/window/home_page.h"
#include "ui/window/main_window.h"

#include <QStringList>
#include <QTemporaryDir>
#include <QtTest>

namespace packetarium::test {

struct WindowRig {
    explicit WindowRig(Language language = Language::English, QSize size = {1280, 800})
    {
        session.setSettingsFile(folder.filePath("settings.ini"));
        session.settings().setLanguage(language);
        session.settings().setReducedMotion(true);
        session.settings().setThemeChoice(ThemeChoice::Light);
        window = std::make_unique<MainWindow>(session);
        window->resize(size);
        window->showHome();
        window->home().makeAll();
        window->show();
        window->activateWindow();
        settle();
    }
    ~WindowRig()
    {
        window.reset();
        settle();
    }

    /// Everything that has been posted is done.
    static void settle()
    {
        for (int i = 0; i < 8; ++i) {
            QCoreApplication::sendPostedEvents();
            QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            QCoreApplication::processEvents();
        }
    }
    void open(const char* what)
    {
        window->openAny(QString::fromLatin1(what));
        settle();
    }
    /// As if typed: to whatever has the keyboard.
    void key(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QWidget* target = QApplication::focusWidget() ? QApplication::focusWidget() : QApplication::activeWindow();
        QTest::keyClick(target ? target : window.get(), key, modifiers);
        settle();
    }

    QTemporaryDir folder;
    ThemeManager themes;
    Session session;
    std::unique_ptr<MainWindow> window;
};

/// Every word that `root` shows or says: texts, tips, names read aloud, of it and of everything visible in it, of its
/// actions and menus. One line each, with where it was found.
struct Word {
    QString text, where;
};
std::vector<Word> wordsOf(QWidget* root);

} // namespace packetarium::test
