// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/lesson_explorer.h"

#include "ui/models/explorer_model.h"
#include "ui/session/lesson_progress.h"
#include "ui/theme/theme_manager.h"
#include "ui/widgets/explorer_row.h"
#include "ui/widgets/own_keys.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QTimer>
#include <QVBoxLayout>

namespace packetarium {
namespace {

constexpr int kSearchPadding = 11; // as in the style sheet, with the border
constexpr int kSearchGap = 12;

/// Tells the explorer when it has been painted once, and says so when there is nothing to list.
class List : public QListView {
public:
    explicit List(QWidget* parent)
        : QListView(parent)
    {
        setItemDelegate(new ExplorerRow(this));
        setFrameShape(QFrame::NoFrame);
        setVerticalScrollMode(ScrollPerPixel);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        setEditTriggers(NoEditTriggers);
        setMouseTracking(true);
        viewport()->setAutoFillBackground(false);
    }
    void relayOut() { scheduleDelayedItemsLayout(); }

    std::function<void()> onFirstPaint;
    QString whenEmpty;

protected:
    bool event(QEvent* event) override
    {
        return claimsKey(event, {Qt::Key_Up, Qt::Key_Down, Qt::Key_Home, Qt::Key_End, Qt::Key_Return, Qt::Key_Enter}) ||
               QListView::event(event);
    }
    void resizeEvent(QResizeEvent* event) override
    {
        QListView::resizeEvent(event);
        // Titles wrap at another place now. (QListView's own Adjust waits a tenth of a second, with rows overlapping.)
        if (event->size().width() != event->oldSize().width())
            doItemsLayout();
    }
    void paintEvent(QPaintEvent* event) override
    {
        QListView::paintEvent(event);
        if (onFirstPaint) {
            QTimer::singleShot(0, this, onFirstPaint);
            onFirstPaint = nullptr;
        }
        if (whenEmpty.isEmpty() || (model() && model()->rowCount() > 0))
            return;
        const Theme& theme = ThemeManager::current().theme();
        QPainter painter(viewport());
        painter.setFont(theme.font(TextStyle::Small));
        painter.setPen(theme.color(Role::Muted));
        painter.drawText(viewport()->rect().adjusted(8, 8, -8, 0), Qt::AlignHCenter | Qt::AlignTop | Qt::TextWordWrap,
                         whenEmpty);
    }
};

} // namespace

LessonExplorer::LessonExplorer(Session* session, QWidget* parent)
    : Panel(session, parent)
    , model_(new ExplorerModel(this))
    , search_(new QLineEdit(this))
    , searchKey_(new QLabel(search_))
    , list_(new List(this))
{
    auto* inside = new QHBoxLayout(search_);
    inside->setContentsMargins(0, 0, 10, 0);
    inside->addStretch(1);
    inside->addWidget(searchKey_);
    searchKey_->setProperty("look", "small");
    searchKey_->setAttribute(Qt::WA_TransparentForMouseEvents);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 14, 2, 8);
    column->setSpacing(8);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(0, 0, 10, 0);
    top->addWidget(search_);
    column->addLayout(top);
    column->addWidget(list_, 1);
    list_->setModel(model_);
    search_->installEventFilter(this);
    list_->installEventFilter(this);
    model_->setProgress([session](const QString& lesson) { return session->progress().fraction(lesson); });

    connect(search_, &QLineEdit::textChanged, this, [this] {
        placeSearchKey();
        loadAll();
    });
    connect(list_, &QListView::clicked, this, &LessonExplorer::choose);
    connect(session, &Session::documentChanged, this, &LessonExplorer::refresh);
    static_cast<List*>(list_)->onFirstPaint = [this, session] {
        connect(&session->progress(), &LessonProgress::changed, model_, &ExplorerModel::progressChanged);
        loadSome();
    };
    start();
}

void LessonExplorer::setProgress(std::function<double(QString)> progress)
{
    model_->setProgress(std::move(progress));
    model_->progressChanged();
}

void LessonExplorer::focusSearch()
{
    search_->setFocus(Qt::ShortcutFocusReason);
    search_->selectAll();
}

void LessonExplorer::loadSome()
{
    const bool more = model_->loadNext();
    listAgain();
    if (more)
        QTimer::singleShot(0, this, &LessonExplorer::loadSome);
}

void LessonExplorer::loadAll()
{
    while (model_->loadNext()) {}
    listAgain();
}

void LessonExplorer::listAgain()
{
    model_->show(session().language(), search_->text());
    static_cast<List*>(list_)->whenEmpty = model_->isLoaded() ? tr("Nothing is called that.") : QString();
    refresh();
}

void LessonExplorer::restyle()
{
    searchKey_->setText(QKeySequence(Qt::CTRL | Qt::Key_K).toString(QKeySequence::NativeText));
    search_->setPlaceholderText(tr("Search lessons\u2026"));
    search_->setAccessibleName(tr("Search lessons and scenarios"));
    placeSearchKey();
    list_->setAccessibleName(tr("Lessons and scenarios"));
    setAccessibleName(tr("Lessons and scenarios"));
    if (model_->isLoaded())
        listAgain();
}

void LessonExplorer::refresh()
{
    auto kind = ExplorerModel::Kind::Heading;
    QString name;
    if (session().hasRun()) {
        const Lesson* lesson = session().lesson();
        kind = lesson ? ExplorerModel::Kind::Lesson : ExplorerModel::Kind::Scenario;
        name = QString::fromStdString(lesson ? lesson->name : session().scenario().name);
    }
    if (model_->setOpen(kind, name))
        static_cast<List*>(list_)->relayOut(); // the open one's title is bolder
}

void LessonExplorer::choose(const QModelIndex& index)
{
    const QString name = index.data(ExplorerModel::NameRole).toString();
    if (name.isEmpty())
        return;
    if (static_cast<ExplorerModel::Kind>(index.data(ExplorerModel::KindRole).toInt()) == ExplorerModel::Kind::Lesson)
        emit lessonChosen(name);
    else
        emit scenarioChosen(name);
}

void LessonExplorer::paintEvent(QPaintEvent*)
{
    QPainter(this).fillRect(rect(), theme().color(Role::Card));
}

void LessonExplorer::placeSearchKey()
{
    const int words = search_->fontMetrics().horizontalAdvance(search_->placeholderText());
    const bool fits = words + searchKey_->sizeHint().width() + 2 * kSearchPadding + kSearchGap <= search_->width();
    searchKey_->setVisible(search_->text().isEmpty() && fits);
}

bool LessonExplorer::keyInSearch(int key)
{
    switch (key) {
    case Qt::Key_Return:
    case Qt::Key_Enter: choose(model_->firstChoice()); return true;
    case Qt::Key_Down:
        if (const QModelIndex first = model_->firstChoice(); first.isValid()) {
            list_->setFocus(Qt::ShortcutFocusReason);
            list_->setCurrentIndex(first);
        }
        return true;
    case Qt::Key_Escape:
        if (search_->text().isEmpty())
            return false;
        search_->clear();
        return true;
    default: return false;
    }
}

bool LessonExplorer::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == search_ && event->type() == QEvent::Resize)
        placeSearchKey();
    if (event->type() == QEvent::KeyPress) {
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (watched == search_)
            return keyInSearch(key);
        if (watched == list_ && (key == Qt::Key_Return || key == Qt::Key_Enter)) {
            choose(list_->currentIndex());
            return true;
        }
        if (watched == list_ && key == Qt::Key_Up && list_->currentIndex() == model_->firstChoice()) {
            focusSearch();
            return true;
        }
    }
    return Panel::eventFilter(watched, event);
}

} // namespace packetarium
