// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The left side: a search field, the lessons by chapter with how far each has
// been followed, and the built-in scenarios. The files behind it are read only
// after the explorer has been painted once, so that the window is there first.

#include "ui/widgets/panel.h"

#include <functional>

class QLineEdit;
class QListView;
class QLabel;
class QModelIndex;

namespace packetarium {

class ExplorerModel;

class LessonExplorer : public Panel {
    Q_OBJECT
public:
    explicit LessonExplorer(Session* session, QWidget* parent = nullptr);

    /// Where progress comes from; without this call, from the session's own.
    void setProgress(std::function<double(QString)> progress);
    /// Ctrl+K.
    void focusSearch();
    /// Reads everything now (tests; the search field does it too).
    void loadAll();
    ExplorerModel& model() const { return *model_; }
    QLineEdit& search() const { return *search_; }
    QListView& list() const { return *list_; }

signals:
    void lessonChosen(const QString& name);
    void scenarioChosen(const QString& name);

protected:
    void restyle() override;
    void refresh() override;
    void paintEvent(QPaintEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void loadSome();
    void listAgain();
    void placeSearchKey();
    void choose(const QModelIndex& index);
    bool keyInSearch(int key);

    ExplorerModel* model_;
    QLineEdit* search_;
    QLabel* searchKey_;
    QListView* list_;
};

} // namespace packetarium
