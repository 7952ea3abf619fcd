// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/main_window.h"

#include "ui/i18n/language.h"
#include "ui/session/autosave.h"
#include "ui/session/capture_loader.h"
#include "ui/session/documents.h"
#include "ui/session/session.h"
#include "ui/session/settings.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/application_bar.h"
#include "ui/widgets/lesson_explorer.h"
#include "ui/widgets/packet_actions.h"
#include "ui/widgets/stage_canvas.h"
#include "ui/window/comparison_desk.h"
#include "ui/window/conversation_bar.h"
#include "ui/window/conversation_dialog.h"
#include "ui/window/details_column.h"
#include "ui/window/file_desk.h"
#include "ui/window/help_dialogs.h"
#include "ui/window/home_page.h"
#include "ui/window/loading_bar.h"
#include "ui/window/menus.h"
#include "ui/window/notice_bar.h"
#include "ui/window/projector_window.h"
#include "ui/window/stage_area.h"
#include "ui/window/top_bar.h"
#include "ui/window/workbench.h"

#include <QBoxLayout>
#include <QCloseEvent>
#include <QFileInfo>
#include <QGuiApplication>
#include <QInputDialog>
#include <QMenu>
#include <QMimeData>
#include <QScreen>
#include <QStackedLayout>

namespace packetarium {
namespace {

QList<QAction*> listOf(const std::vector<QAction*>& actions)
{
    return {actions.begin(), actions.end()};
}

QString droppedFile(const QMimeData* data)
{
    for (const QUrl& url : data->urls())
        if (url.isLocalFile())
            return url.toLocalFile();
    return {};
}

} // namespace

MainWindow::MainWindow(Session& session, QWidget* parent)
    : QWidget(parent)
    , session_(&session)
{
    setObjectName(QStringLiteral("main-window"));
    setAcceptDrops(true);
    setMinimumSize(1024, 640);
    languages_ = new LanguageManager(this);
    applySettings();
    actions_ = new Actions(session, this);
    addActions(listOf(actions_->all()));
    files_ = new FileDesk(session, this);
    comparison_ = new ComparisonDesk(session, this);
    autosave_ = new Autosave(session, {}, this);
    menus_ = new Menus(session, *actions_, this);
    top_ = new TopBar(session, *actions_, menus_, this);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(top_);
    pages_ = new QStackedLayout;
    column->addLayout(pages_, 1);
    notices_ = new NoticeBar(this);
    notices_->place(52);
    loading_ = new LoadingBar({&files_->captures(), &session.growing()}, this);

    connectActions();
    connectSession();
    retranslate();
    updateEnabled();

    const Settings& settings = session_->settings();
    if (settings.geometry().isEmpty() || !restoreGeometry(settings.geometry())) {
        const QSize room = screen()->availableSize();
        resize(QSize(1440, 900).boundedTo(room * 0.95).expandedTo(minimumSize()));
    }
}

MainWindow::~MainWindow()
{
    comparison_->end();
}

void MainWindow::applySettings()
{
    const Settings& settings = session_->settings();
    session_->setLanguage(settings.language().value_or(LanguageManager::systemLanguage()));
    languages_->setLanguage(session_->language());
    session_->setNumberStyle(settings.numberStyle());
    session_->setLayersLook(settings.layersLook());
    session_->setPlotsLook({settings.plotsShown(), {}, {}, {}});
    session_->setReducedMotion(settings.reducedMotion());
    session_->setSpeed(settings.speed());
    ThemeManager::current().setChoice(settings.themeChoice());
}

void MainWindow::rememberPresentation()
{
    Settings& settings = session_->settings();
    if (session_->language() != settings.language().value_or(LanguageManager::systemLanguage()))
        settings.setLanguage(session_->language());
    if (session_->numberStyle() != settings.numberStyle())
        settings.setNumberStyle(session_->numberStyle());
    if (session_->layersLook() != settings.layersLook())
        settings.setLayersLook(session_->layersLook());
    if (session_->plotsLook().shown != settings.plotsShown())
        settings.setPlotsShown(session_->plotsLook().shown);
    if (session_->reducedMotion() != settings.reducedMotion())
        settings.setReducedMotion(session_->reducedMotion());
    if (session_->speed() != settings.speed())
        settings.setSpeed(session_->speed());
}

// --- what is connected to what ------------------------------------------------------------------------------------

void MainWindow::connectActions()
{
    const Actions& a = *actions_;
    connect(a.home, &QAction::triggered, this, &MainWindow::showHome);
    connect(a.sandbox, &QAction::triggered, files_, &FileDesk::openSandbox);
    connect(a.newNetwork, &QAction::triggered, files_, &FileDesk::openNewNetwork);
    connect(a.open, &QAction::triggered, files_, &FileDesk::openWithDialog);
    connect(a.save, &QAction::triggered, files_, &FileDesk::save);
    connect(a.saveAs, &QAction::triggered, files_, &FileDesk::saveAs);
    connect(a.exportPicture, &QAction::triggered, files_, &FileDesk::exportPicture);
    connect(a.exportCapture, &QAction::triggered, files_, &FileDesk::exportCapture);
    connect(a.wireshark, &QAction::triggered, files_, &FileDesk::openInWireshark);
    connect(a.conversations, &QAction::triggered, this, &MainWindow::chooseConversation);
    connect(a.compare, &QAction::triggered, comparison_, &ComparisonDesk::choose);
    connect(a.endComparison, &QAction::triggered, comparison_, &ComparisonDesk::end);
    connect(comparison_, &ComparisonDesk::changed, this, &MainWindow::showComparison);
    connect(comparison_, &ComparisonDesk::failed, this,
            [this](const QString& s) { notices_->say(s, NoticeBar::Kind::Mistake); });
    connect(a.quit, &QAction::triggered, this, &QWidget::close);
    connect(a.search, &QAction::triggered, this, [this] {
        if (!session_->hasRun()) // beside the list there should be something to see
            files_->openSandbox();
        comparison_->end(); // the list has been put away
        showStage();
        workbench_->explorer().focusSearch();
    });
    connect(a.language, &QAction::triggered, this,
            [this] { session_->setLanguage(LanguageManager::other(session_->language())); });
    for (std::size_t i = 0; i < a.themes.size(); ++i)
        connect(a.themes.at(i), &QAction::triggered, this, [this, i] { setTheme(static_cast<ThemeChoice>(i)); });
    connect(a.themeNext, &QAction::triggered, this, [this] {
        switch (ThemeManager::current().kind()) {
        case ThemeKind::Light: setTheme(ThemeChoice::Dark); break;
        case ThemeKind::Dark: setTheme(ThemeChoice::HighContrast); break;
        case ThemeKind::HighContrast: setTheme(ThemeChoice::Light); break;
        }
    });
    connect(a.projector, &QAction::triggered, this, [this] {
        if (projector_ && projector_->isVisible())
            leaveProjector();
        else
            startProjector();
    });
    connect(a.blank, &QAction::triggered, this, [this] { projector_->setBlank(!projector_->isBlank()); });
    connect(a.leave, &QAction::triggered, this, &MainWindow::leaveProjector);
    connect(a.keys, &QAction::triggered, this, [this] {
        QList<QAction*> all = listOf(actions_->all());
        if (workbench_)
            all += workbench_->details().packetActions().menuActions();
        (new KeysDialog(all, this))->open();
    });
    connect(a.about, &QAction::triggered, this, [this] { (new AboutDialog(this))->open(); });

    connect(menus_, &Menus::recentChosen, files_, &FileDesk::openPath);
    connect(menus_, &Menus::callChosen, this, &MainWindow::makeCallFor);
    connect(top_, &TopBar::homeWanted, this, &MainWindow::showHome);
    connect(files_, &FileDesk::opened, this, &MainWindow::showStage);
    connect(files_, &FileDesk::failed, this, [this](const QString& s) { notices_->say(s, NoticeBar::Kind::Mistake); });
    connect(files_, &FileDesk::said, this,
            [this](const QString& s) { notices_->say(s, NoticeBar::Kind::Information); });
    connect(autosave_, &Autosave::failed, this, [this](const QString& reason) {
        notices_->say(tr("Your changes could not be kept safe on disk: %1").arg(reason), NoticeBar::Kind::Mistake);
    });
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, [this] {
        actions_->themes.at(static_cast<std::size_t>(ThemeManager::current().choice()))->setChecked(true);
    });
    actions_->themes.at(static_cast<std::size_t>(ThemeManager::current().choice()))->setChecked(true);
}

void MainWindow::connectSession()
{
    connect(session_, &Session::presentationChanged, this, [this] {
        languages_->setLanguage(session_->language());
        rememberPresentation();
    });
    connect(session_, &Session::plotsLookChanged, this, &MainWindow::rememberPresentation);
    connect(session_, &Session::playingChanged, this, &MainWindow::rememberPresentation);
    connect(session_, &Session::documentChanged, this, &MainWindow::updateTitle);
    connect(session_, &Session::runChanged, this, &MainWindow::updateEnabled);
    connect(session_, &Session::notice, this,
            [this](const QString& s) { notices_->say(s, NoticeBar::Kind::Information); });
}

// --- pages --------------------------------------------------------------------------------------------------------

HomePage& MainWindow::home()
{
    if (!home_) {
        home_ = new HomePage(*session_, *actions_, this);
        pages_->addWidget(home_);
        connect(home_, &HomePage::lessonChosen, files_, &FileDesk::openLesson);
        connect(home_, &HomePage::continueChosen, files_, &FileDesk::continueLesson);
        connect(home_, &HomePage::scenarioChosen, files_, &FileDesk::openScenario);
        connect(home_, &HomePage::fileChosen, files_, &FileDesk::openPath);
        connect(home_, &HomePage::backChosen, this, &MainWindow::showStage);
    }
    return *home_;
}

Workbench& MainWindow::workbench()
{
    if (!workbench_) {
        workbench_ = new Workbench(*session_, *actions_, this);
        workbench_->setPanels(session_->settings().panels());
        pages_->addWidget(workbench_);
        menus_->setPacketActions(workbench_->details().packetActions().menuActions());
        connect(&workbench_->explorer(), &LessonExplorer::lessonChosen, files_, &FileDesk::openLesson);
        connect(&workbench_->explorer(), &LessonExplorer::scenarioChosen, files_, &FileDesk::openScenario);
        connect(&workbench_->conversations(), &ConversationBar::chooseWanted, actions_->conversations,
                &QAction::trigger);
        connect(&workbench_->stage(), &StageArea::contextRequested, this, &MainWindow::showContextMenu);
        connect(&workbench_->stage(), &StageArea::endOfComparisonWanted, comparison_, &ComparisonDesk::end);
    }
    return *workbench_;
}

void MainWindow::showHome()
{
    session_->pause();
    pages_->setCurrentWidget(&home());
    top_->setStageShown(false);
    updateEnabled();
    home_->setFocus();
}

void MainWindow::showStage()
{
    pages_->setCurrentWidget(&workbench());
    top_->setStageShown(true);
    updateEnabled();
    updateTitle();
    // Whatever was clicked to get here, the keys are now the stage's.
    workbench_->stage().canvas().setFocus();
}

bool MainWindow::isHomeShown() const
{
    return home_ && pages_->currentWidget() == home_;
}

void MainWindow::chooseConversation()
{
    if (!session_->isCaptured())
        return;
    session_->pause();
    auto* dialog = new ConversationDialog(*session_, this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &ConversationDialog::chosen, &files_->captures(), &CaptureLoader::choose);
    dialog->open();
}

void MainWindow::showComparison(Session* other)
{
    workbench().setBeside(other);
    if (projector_)
        projector_->setBeside(other);
    updateEnabled();
    if (other)
        showStage();
}

bool MainWindow::openAny(const QString& what)
{
    if (isCaptureFile(what)) {
        if (!isHomeShown() && !session_->hasRun())
            showHome(); // something to see while it is read
        return files_->openPath(what);
    }
    if (const auto error = packetarium::openAny(*session_, what)) {
        notices_->say(QString::fromStdString(sentenceFor(*error, session_->language())), NoticeBar::Kind::Mistake);
        return false;
    }
    if (QFileInfo(what).isFile())
        session_->settings().addRecentFile(what);
    showStage();
    return true;
}

void MainWindow::recover(bool work)
{
    const Settings& settings = session_->settings();
    switch (work ? autosave_->recover() : Autosave::Found::Nothing) {
    case Autosave::Found::Nothing: break;
    case Autosave::Found::Recovered:
        showStage();
        notices_->say(tr("The program ended unexpectedly. What you did was kept; save it if you need it."),
                      NoticeBar::Kind::Information);
        return;
    case Autosave::Found::Damaged:
        notices_->say(tr("Unsaved work was found but cannot be read. It was kept as %1.").arg(autosave_->damagedCopy()),
                      NoticeBar::Kind::Mistake);
        return;
    }
    if (settings.damagedCopy())
        notices_->say(
            tr("The settings could not be read, so everything is as at first. The damaged file was kept as %1.")
                .arg(*settings.damagedCopy()),
            NoticeBar::Kind::Mistake);
    else if (settings.hadBadValues())
        notices_->say(tr("Some settings made no sense and were set back."), NoticeBar::Kind::Information);
}

// --- state of the window ------------------------------------------------------------------------------------------

void MainWindow::updateEnabled()
{
    const bool stage = !isHomeShown() && session_->hasRun();
    actions_->enable(stage, projector_ && projector_->isVisible(), comparison_->other() != nullptr);
    menus_->setStageShown(stage);
}

void MainWindow::updateTitle()
{
    QString title = session_->filePath().isEmpty() ? session_->title() : QFileInfo(session_->filePath()).fileName();
    setWindowModified(session_->isModified());
    setWindowTitle(title.isEmpty()
                       ? tr("Packetarium")
                       : tr("%1[*] - Packetarium").arg(title.replace(QLatin1String("[*]"), QLatin1String("[*][*]"))));
}

void MainWindow::setTheme(ThemeChoice choice)
{
    session_->settings().setThemeChoice(choice);
    ThemeManager::current().setChoice(choice);
    actions_->themes.at(static_cast<std::size_t>(choice))->setChecked(true);
}

void MainWindow::retranslate()
{
    actions_->retranslate();
    menus_->retranslate();
    top_->retranslate();
    notices_->retranslate();
    loading_->retranslate();
    if (home_)
        home_->retranslate();
    if (workbench_)
        workbench_->retranslate();
    if (projector_)
        projector_->retranslate();
    updateTitle();
}

void MainWindow::startProjector()
{
    if (!projector_) {
        projector_ = new ProjectorWindow(*session_, listOf(actions_->all()), this);
        connect(projector_, &ProjectorWindow::closed, this, &MainWindow::leaveProjector);
        projector_->setBeside(comparison_->other());
    }
    projector_->start(this);
    updateEnabled();
}

void MainWindow::leaveProjector()
{
    if (!projector_)
        return;
    projector_->hide();
    updateEnabled();
    activateWindow();
}

void MainWindow::showContextMenu(const Selection& what, const QPoint& at)
{
    session_->pause();
    session_->select(what);
    QMenu* menu = makePacketMenu(session_, what, this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->popup(at);
}

void MainWindow::makeCallFor(NodeId host, AppCall call)
{
    QString text;
    if (call == AppCall::Send) {
        session_->pause();
        bool ok = false;
        text = QInputDialog::getText(this, tr("Send text"), tr("What %1 sends:").arg(session_->hostLabel(host)),
                                     QLineEdit::Normal, QStringLiteral("hello"), &ok);
        if (!ok || text.isEmpty())
            return;
    }
    makeCall(*session_, host, call, text);
}

// --- events -------------------------------------------------------------------------------------------------------

bool MainWindow::event(QEvent* event)
{
    // A dialog has opened over the window: what is behind it stands still.
    if (event->type() == QEvent::WindowBlocked)
        session_->pause();
    return QWidget::event(event);
}

void MainWindow::changeEvent(QEvent* event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event)
{
    if (!files_->mayForget()) {
        event->ignore();
        return;
    }
    Settings& settings = session_->settings();
    settings.setGeometry(saveGeometry());
    if (workbench_)
        settings.setPanels(workbench_->panels());
    settings.flush();
    if (projector_)
        projector_->hide();
    event->accept();
}

void MainWindow::resizeEvent(QResizeEvent* event)
{
    notices_->place(top_->height());
    loading_->place(top_->height());
    QWidget::resizeEvent(event);
}

void MainWindow::dragEnterEvent(QDragEnterEvent* event)
{
    if (!droppedFile(event->mimeData()).isEmpty())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent* event)
{
    const QString path = droppedFile(event->mimeData());
    if (path.isEmpty())
        return;
    event->acceptProposedAction();
    files_->openPath(path);
}

} // namespace packetarium
