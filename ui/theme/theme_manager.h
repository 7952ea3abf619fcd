// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which theme is on. Holds what the user chose, follows the desktop's palette
// when that is System, and dresses Qt's own widgets to match (app_style.h).
// There is one at a time; widgets ask current() and listen to themeChanged().

#include "ui/theme/theme.h"

#include <QObject>
#include <QPalette>

namespace packetarium {

class ThemeManager : public QObject {
    Q_OBJECT
public:
    explicit ThemeManager(QObject* parent = nullptr);
    ~ThemeManager() override;

    /// The one there is; one that the application owns is made if there is none (in tests of single widgets).
    static ThemeManager& current();

    ThemeChoice choice() const { return choice_; }
    void setChoice(ThemeChoice choice);
    /// The kind in force: never "system".
    ThemeKind kind() const { return theme_.kind(); }
    const Theme& theme() const { return theme_; } ///< desktop scale
    Theme projectorTheme() const { return Theme::make(kind(), true); }

    bool eventFilter(QObject* watched, QEvent* event) override;

signals:
    void themeChanged();

private:
    void update();

    ThemeChoice choice_ = ThemeChoice::System;
    Theme theme_ = Theme::make(ThemeKind::Light);
    QPalette desktop_; ///< the desktop's own
    bool applied_ = false;
    bool dressing_ = false; ///< our own palette change is not the desktop's
};

} // namespace packetarium
