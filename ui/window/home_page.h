// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What one sees first: lessons by chapter with how far one has got, a way to
// go on, the sandbox, files, and the scenarios that come with the program.

#include <QScrollArea>
#include <vector>

class QLabel;
class QVBoxLayout;

namespace packetarium {

class Actions;
class CardGrid;
class Session;

class HomePage : public QScrollArea {
    Q_OBJECT
public:
    HomePage(Session& session, Actions& actions, QWidget* parent = nullptr);
    void retranslate();
    /// What is otherwise made after the first picture: the scenarios, below the fold.
    void makeAll();

signals:
    void lessonChosen(const QString& name);
    /// Go on where the lesson was left.
    void continueChosen(const QString& name);
    void scenarioChosen(const QString& name);
    void fileChosen(const QString& path);
    /// To what is open.
    void backChosen();

protected:
    void resizeEvent(QResizeEvent* event) override;
    void showEvent(QShowEvent* event) override;
    bool viewportEvent(QEvent* event) override;

private:
    struct Group {
        QLabel* heading = nullptr;
        CardGrid* grid = nullptr;
        std::string key;            ///< chapter or tab
        std::vector<QString> names; ///< of its lessons or scenarios
    };
    QLabel* addLabel(const char* look);
    void makeLessons();
    void makeActions();
    void refresh();
    void refreshActions();
    void restyle();
    void actionChosen(int index);

    Session* session_;
    Actions* actions_;
    QWidget* content_;
    QVBoxLayout* column_;
    QLabel *headline_, *subline_, *recentHeading_, *keys_;
    std::vector<Group> chapters_, tabs_;
    CardGrid* actionGrid_;
    CardGrid* recentGrid_;
    std::vector<QString> recent_;
    bool painted_ = false, made_ = false;
};

} // namespace packetarium
