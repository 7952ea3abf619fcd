// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/window/home_page.h"

#include "ui/session/lesson_progress.h"
#include "ui/session/library.h"
#include "ui/session/session.h"
#include "ui/theme/theme_manager.h"
#include "ui/window/actions.h"
#include "ui/window/card_grid.h"

#include <QBoxLayout>
#include <QFileInfo>
#include <QLabel>
#include <QTimer>
#include <algorithm>
#include <utility>

namespace packetarium {
namespace {

/// Of the content: so wide, and in very wide windows two thirds of them, up to seven cards.
constexpr int kContentWidth = 1248, kWidestContent = 2200;
constexpr int kMostCards = 7;

QString inLanguage(const LocalizedText& text, Language language)
{
    return QString::fromStdString(textIn(text, language));
}

} // namespace

HomePage::HomePage(Session& session, Actions& actions, QWidget* parent)
    : QScrollArea(parent)
    , session_(&session)
    , actions_(&actions)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);

    auto* page = new QWidget(this);
    auto* row = new QHBoxLayout(page);
    row->setContentsMargins(32, 0, 32, 0);
    row->addStretch(1);
    content_ = new QWidget(page);
    content_->setMaximumWidth(kContentWidth);
    row->addWidget(content_, 1000);
    row->addStretch(1);
    column_ = new QVBoxLayout(content_);
    column_->setContentsMargins(0, 30, 0, 28);
    column_->setSpacing(0);

    headline_ = addLabel("display");
    column_->addSpacing(2);
    subline_ = addLabel("muted");
    column_->addSpacing(20);
    makeActions(); // whoever comes back finds the way on without scrolling
    makeLessons();
    column_->addSpacing(22);
    keys_ = addLabel("small");
    column_->addSpacing(22);
    recentHeading_ = addLabel("heading");
    column_->addSpacing(8);
    recentGrid_ = new CardGrid(220, 4, content_);
    column_->addWidget(recentGrid_);
    connect(recentGrid_, &CardGrid::chosen, this,
            [this](int i) { emit fileChosen(recent_.at(static_cast<std::size_t>(i))); });
    column_->addStretch(1);
    setWidget(page);

    connect(&session_->progress(), &LessonProgress::changed, this, [this] {
        if (isVisible())
            refresh();
    });
    connect(&ThemeManager::current(), &ThemeManager::themeChanged, this, &HomePage::restyle);
    restyle();
    retranslate();
}

QLabel* HomePage::addLabel(const char* look)
{
    auto* label = new QLabel(content_);
    label->setProperty("look", QString::fromLatin1(look));
    label->setWordWrap(true);
    column_->addWidget(label);
    return label;
}

void HomePage::makeLessons()
{
    for (const LibraryLesson& lesson : libraryLessons()) {
        if (chapters_.empty() || chapters_.back().key != lesson.chapter) {
            column_->addSpacing(chapters_.empty() ? 24 : 22);
            Group group;
            group.key = lesson.chapter;
            group.heading = addLabel("heading");
            column_->addSpacing(10);
            group.grid = new CardGrid(264, kMostCards, content_);
            column_->addWidget(group.grid);
            const std::size_t index = chapters_.size();
            connect(group.grid, &CardGrid::chosen, this, [this, index](int i) {
                emit lessonChosen(chapters_[index].names.at(static_cast<std::size_t>(i)));
            });
            chapters_.push_back(std::move(group));
        }
        chapters_.back().names.push_back(lesson.name);
        Card* card = chapters_.back().grid->addCard();
        card->setObjectName(QStringLiteral("lesson-") + lesson.name);
        card->setPicture(thumbnailFor(lesson.name.toStdString()));
    }
}

void HomePage::makeActions()
{
    actionGrid_ = new CardGrid(220, 4, content_);
    column_->addWidget(actionGrid_);
    connect(actionGrid_, &CardGrid::chosen, this, &HomePage::actionChosen);
}

void HomePage::makeAll()
{
    if (std::exchange(made_, true))
        return;
    int at = column_->count() - 1; // before the stretch
    std::vector<std::string> keys;
    for (const LibraryScenario& scenario : libraryScenarios())
        if (std::find(keys.begin(), keys.end(), scenario.group) == keys.end())
            keys.push_back(scenario.group);
    for (const std::string& key : keys) {
        Group group;
        group.key = key;
        group.heading = new QLabel(content_);
        group.heading->setProperty("look", QStringLiteral("heading"));
        group.grid = new CardGrid(264, kMostCards, content_);
        column_->insertSpacing(at++, 22);
        column_->insertWidget(at++, group.heading);
        column_->insertSpacing(at++, 10);
        column_->insertWidget(at++, group.grid);
        for (const LibraryScenario& scenario : libraryScenarios()) {
            if (scenario.group != key)
                continue;
            group.names.push_back(scenario.name);
            group.grid->addCard()->setObjectName(QStringLiteral("scenario-") + scenario.name);
        }
        const std::size_t index = tabs_.size();
        connect(group.grid, &CardGrid::chosen, this,
                [this, index](int i) { emit scenarioChosen(tabs_[index].names.at(static_cast<std::size_t>(i))); });
        tabs_.push_back(std::move(group));
    }
    restyle();
    retranslate();
}

void HomePage::restyle()
{
    headline_->setFont(ThemeManager::current().theme().font(TextStyle::Display));
    viewport()->update();
}

void HomePage::retranslate()
{
    headline_->setText(tr("See what the network is saying"));
    subline_->setText(
        tr("Step, go back, break it, and watch it recover. Every number comes from a protocol that really runs."));
    recentHeading_->setText(tr("Recent files"));
    QStringList hints;
    for (const QAction* action :
         {actions_->next, actions_->previous, actions_->projector, actions_->language, actions_->search}) {
        const QString what = action == actions_->language ? tr("Other language") : plainText(action);
        hints << QStringLiteral("%1 %2").arg(keyText(action->shortcut()), what);
    }
    keys_->setText(hints.join(QStringLiteral("   ·   ")));
    refresh();
}

void HomePage::refresh()
{
    const Language language = session_->language();
    for (const Group& group : chapters_) {
        group.heading->setText(QString::fromStdString(groupName(group.key, language)));
        for (std::size_t i = 0; i < group.names.size(); ++i) {
            const auto& lessons = libraryLessons();
            const auto lesson = std::find_if(lessons.begin(), lessons.end(),
                                             [&](const LibraryLesson& l) { return l.name == group.names[i]; });
            group.grid->cards()[i]->setWords(inLanguage(lesson->title, language),
                                             inLanguage(lesson->summary, language));
            group.grid->cards()[i]->setProgress(session_->progress().fraction(lesson->name));
        }
    }
    for (const Group& group : tabs_) {
        group.heading->setText(tr("Scenarios: %1").arg(QString::fromStdString(groupName(group.key, language))));
        for (std::size_t i = 0; i < group.names.size(); ++i) {
            const auto& all = libraryScenarios();
            const auto scenario = std::find_if(all.begin(), all.end(),
                                               [&](const LibraryScenario& s) { return s.name == group.names[i]; });
            group.grid->cards()[i]->setWords(inLanguage(scenario->title, language),
                                             inLanguage(scenario->summary, language));
        }
    }
    refreshActions();
}

void HomePage::refreshActions()
{
    const QString last = session_->progress().lastLesson();
    const auto& lessons = libraryLessons();
    const auto lesson =
        std::find_if(lessons.begin(), lessons.end(), [&](const LibraryLesson& l) { return l.name == last; });
    const bool isOpen = session_->hasRun();
    const bool canContinue = !isOpen && lesson != lessons.end();
    actionGrid_->setCount(isOpen || canContinue ? 4 : 3);
    const auto& cards = actionGrid_->cards();
    cards[0]->setObjectName(QStringLiteral("sandbox-card"));
    cards[0]->setWords(tr("Sandbox"), tr("Two hosts, a link, and whatever you do to them"));
    cards[1]->setObjectName(QStringLiteral("network-card"));
    cards[1]->setWords(tr("New network"), tr("Hosts, switches and routers, joined as you like"));
    cards[2]->setObjectName(QStringLiteral("open-card"));
    cards[2]->setWords(tr("Open a file"), tr("A scenario, a lesson, or your own capture (pcap, pcapng)"));
    if (cards.size() == 4) {
        cards[3]->setObjectName(QStringLiteral("continue-card"));
        cards[3]->setPrimary(true);
    }
    if (isOpen) {
        cards[3]->setWords(tr("Back to: %1").arg(session_->title()), tr("It is still open, as you left it"));
    } else if (canContinue) {
        cards[3]->setWords(tr("Continue: %1").arg(inLanguage(lesson->title, session_->language())),
                           tr("You stopped at step %1").arg(std::max(1, session_->progress().lastStep(last))));
    }

    recent_.assign(session_->settings().recentFiles().begin(), session_->settings().recentFiles().end());
    recentHeading_->setVisible(!recent_.empty());
    recentGrid_->setVisible(!recent_.empty());
    recentGrid_->setCount(recent_.size());
    for (std::size_t i = 0; i < recent_.size(); ++i) {
        const QFileInfo info(recent_[i]);
        recentGrid_->cards()[i]->setWords(info.fileName(), info.path());
    }
}

void HomePage::actionChosen(int index)
{
    if (index == 0)
        actions_->sandbox->trigger();
    else if (index == 1)
        actions_->newNetwork->trigger();
    else if (index == 2)
        actions_->open->trigger();
    else if (session_->hasRun())
        emit backChosen();
    else
        emit continueChosen(session_->progress().lastLesson());
}

bool HomePage::viewportEvent(QEvent* event)
{
    // Thirty files to read can wait until the window is there.
    if (event->type() == QEvent::Paint && !std::exchange(painted_, true))
        QTimer::singleShot(50, this, &HomePage::makeAll);
    return QScrollArea::viewportEvent(event);
}

void HomePage::resizeEvent(QResizeEvent* event)
{
    content_->setMaximumWidth(std::clamp(event->size().width() * 2 / 3, kContentWidth, kWidestContent));
    QScrollArea::resizeEvent(event);
}

void HomePage::showEvent(QShowEvent* event)
{
    refresh();
    QScrollArea::showEvent(event);
}

} // namespace packetarium
