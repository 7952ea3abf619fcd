// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The menu bar: every action of the program, with its key.

#include "core/base/ids.h"
#include "core/trace/vocabulary.h"
#include "ui/window/actions.h"

#include <QMenuBar>

class QMenu;

namespace packetarium {

class Session;

class Menus : public QMenuBar {
    Q_OBJECT
public:
    Menus(Session& session, Actions& actions, QWidget* parent = nullptr);
    void retranslate();
    /// What can be done to a packet; known once the stage has been shown.
    void setPacketActions(const QList<QAction*>& actions);
    void setStageShown(bool on);

signals:
    void recentChosen(const QString& path);
    void callChosen(NodeId host, AppCall call);

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void fillRecent();
    void fillPrograms();

    Session* session_;
    QMenu *file_, *recent_, *edit_, *packet_, *programs_, *play_, *view_, *numbers_, *theme_, *help_;
    QAction* clearRecent_;
};

} // namespace packetarium
