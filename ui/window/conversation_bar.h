// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Above the stage when a capture is open: which of its conversations is shown,
// the way to the others, and what there is to know about the file.

#include <QWidget>

namespace packetarium {

class PillButton;
class Session;

class ConversationBar : public QWidget {
    Q_OBJECT
public:
    ConversationBar(Session& session, QWidget* parent);
    void retranslate();
    QString words() const; ///< what it says
    PillButton& chooseButton() const { return *choose_; }
    PillButton& notesButton() const { return *notes_; }
    /// What is left out, computed or inferred: one sentence a line.
    QString notesText() const;

signals:
    void chooseWanted();

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    void follow();
    void showNotes();

    Session* session_;
    PillButton *choose_, *notes_;
};

} // namespace packetarium
