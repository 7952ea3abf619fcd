// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The page on which one works: lessons on the left, the stage, details on the
// right, the transport bar below.

#include <QWidget>

class QSplitter;

namespace packetarium {

class Actions;
class ConversationBar;
class DetailsColumn;
class LessonExplorer;
class Session;
class StageArea;
class TransportBar;

class Workbench : public QWidget {
    Q_OBJECT
public:
    Workbench(Session& session, Actions& actions, QWidget* parent = nullptr);

    void retranslate();
    /// Two runs beside each other have the whole width: lessons and details are put away. nullptr: only the one that is open.
    void setBeside(Session* other);
    StageArea& stage() const { return *stage_; }
    DetailsColumn& details() const { return *details_; }
    LessonExplorer& explorer() const { return *explorer_; }
    ConversationBar& conversations() const { return *conversations_; }
    TransportBar& transport() const { return *transport_; }

    QByteArray panels() const;
    void setPanels(const QByteArray& state);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    QSplitter *outer_, *inner_;
    LessonExplorer* explorer_;
    StageArea* stage_;
    DetailsColumn* details_;
    TransportBar* transport_;
    ConversationBar* conversations_;
    bool placedByUser_ = false; ///< until then the sides keep a share of the width
};

} // namespace packetarium
