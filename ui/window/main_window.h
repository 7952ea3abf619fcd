// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The window: it puts the parts together and connects them, nothing more.
// Actions: actions.h. Files: file_desk.h. Pages: home_page.h, workbench.h.

#include "ui/i18n/catalogue.h"
#include "ui/theme/theme.h"
#include "ui/window/actions.h"

#include <QWidget>

class QStackedLayout;

namespace packetarium {

class Autosave;
class ComparisonDesk;
class FileDesk;
class HomePage;
class LanguageManager;
class LoadingBar;
class Menus;
class NoticeBar;
class ProjectorWindow;
class Session;
class TopBar;
class Workbench;
struct Selection;

class MainWindow : public QWidget {
    Q_OBJECT
public:
    /// Settings are the session's; the session must live longer.
    explicit MainWindow(Session& session, QWidget* parent = nullptr);
    ~MainWindow() override;

    /// Opens work left behind by a program that was killed, unless `work` is false (a file was asked for: it waits for the
    /// next start), and speaks of damaged files. After the window is shown.
    void recover(bool work = true);
    /// A file, a built-in lesson or scenario. Says what is wrong itself.
    bool openAny(const QString& what);

    void showHome();
    void showStage();
    bool isHomeShown() const;
    Actions& actions() const { return *actions_; }
    FileDesk& files() const { return *files_; }
    ComparisonDesk& comparison() const { return *comparison_; }
    NoticeBar& notices() const { return *notices_; }
    /// Made when first needed.
    HomePage& home();
    Workbench& workbench();
    ProjectorWindow* projector() const { return projector_; }

protected:
    bool event(QEvent* event) override;
    void changeEvent(QEvent* event) override;
    void closeEvent(QCloseEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void connectActions();
    void connectSession();
    void retranslate();
    void applySettings();
    void rememberPresentation();
    void updateTitle();
    void updateEnabled();
    void setTheme(ThemeChoice choice);
    void chooseConversation();
    void showComparison(Session* other);
    void startProjector();
    void leaveProjector();
    void showContextMenu(const Selection& what, const QPoint& at);
    void makeCallFor(NodeId host, AppCall call);

    Session* session_;
    LanguageManager* languages_;
    Actions* actions_;
    FileDesk* files_;
    ComparisonDesk* comparison_;
    Autosave* autosave_;
    Menus* menus_;
    TopBar* top_;
    QStackedLayout* pages_;
    HomePage* home_ = nullptr;
    Workbench* workbench_ = nullptr;
    ProjectorWindow* projector_ = nullptr;
    NoticeBar* notices_;
    LoadingBar* loading_;
};

} // namespace packetarium
