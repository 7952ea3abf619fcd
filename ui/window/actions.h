// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every action of the window once, with its words and keys. Menus, buttons,
// the keyboard and the projector all trigger these; what they do is connected
// in main_window.cpp. Which key does what is in design PRODUCT.md, rule 1.

#include "ui/i18n/catalogue.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QActionGroup>
#include <QObject>
#include <array>
#include <vector>

namespace packetarium {

class Session;

class Actions : public QObject {
    Q_OBJECT
public:
    /// Session actions (stepping, undo, numbers, motion ...) are connected here; the window's own by the window.
    Actions(Session& session, QObject* parent);

    // File
    QAction *home, *sandbox, *newNetwork, *open, *save, *saveAs, *exportPicture, *exportCapture, *wireshark,
        *conversations, *quit;
    // Edit
    QAction *undo, *redo, *search;
    // Play
    QAction *next, *previous, *nextFine, *previousFine, *play, *toStart, *toEnd, *slower, *faster, *normalSpeed,
        *predict;
    // View
    QAction *sequence, *states, *layers, *network, *windows, *plots, *numbersNext, *compare, *endComparison,
        *reducedMotion, *projector, *blank, *leave, *language, *themeNext;
    std::array<QAction*, 3> numbers; ///< by NumberStyle
    std::array<QAction*, 4> themes;  ///< by ThemeChoice
    // Help
    QAction *keys, *about;

    const std::vector<QAction*>& all() const { return all_; }
    /// Words in the current language; any number of times.
    void retranslate();
    /// What can be done now: stepping needs a run, leaving needs the projector, ending a comparison needs one.
    void enable(bool stageShown, bool projecting, bool comparing);

private:
    QAction* add(const char* name, const QList<QKeySequence>& keys = {}, bool checkable = false);
    void connectSession();
    void followSession();
    void setWords(QAction* action, const QString& text, const QString& tip = {});

    Session* session_;
    std::vector<QAction*> all_;
    bool stageShown_ = false;
};

/// An action's text for a button or a list: without the mnemonic's "&" and the dialog's "...".
QString plainText(const QAction* action);
/// "Space", "←", "Ctrl+K".
QString keyText(const QKeySequence& key);
/// "Next step (Space)", for tool tips.
QString withKey(const QAction* action);

} // namespace packetarium
