// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the two canvases of the stage have in common: they hold a Session,
// paint its instant, and let the things on them be hovered, clicked, reached
// by keyboard and read aloud. They move nothing themselves: they repaint when
// the session says that the instant, the run or the presentation changed.
//
// Keyboard: Tab and Shift+Tab enter the items and walk through them, arrows
// go to the nearest item that way while one has the focus (and are left to
// the window otherwise), Return selects, Menu or Shift+F10 asks for the
// context menu, Escape leaves the items.

#include "ui/paint/stage_scene.h"

#include <QWidget>

namespace packetarium {

class Session;

class StageCanvas : public QWidget {
    Q_OBJECT
public:
    StageCanvas(Session* session, QWidget* parent);

    void setTheme(const Theme& theme);
    const Theme& theme() const { return theme_; } ///< as set, and grown where the canvas has much room
    Session* session() const { return session_; }

    /// Everything that can be hit, in reading order, in widget coordinates.
    virtual const std::vector<StageItem>& items() const = 0;
    /// The item that has the keyboard's focus within the canvas, or -1.
    int focusedItem() const { return focused_; }
    void focusItem(int index);
    virtual void activateItem(int index);

signals:
    /// A right click or the Menu key on `what` (Kind::None: on nothing); `at` in global coordinates.
    void contextRequested(const Selection& what, const QPoint& at);

protected:
    StageScene currentScene() const;
    /// The topmost item under a point, or nothing.
    virtual Selection hit(QPointF at) const = 0;
    /// Forgets whatever depends on run, size, theme, language or number style.
    virtual void invalidateLayout() = 0;
    virtual void onMomentChanged() = 0;
    /// Brings an item into sight.
    virtual void reveal(const StageItem& item);
    /// What a change of hover, selection or focus has to repaint.
    virtual void updateHighlights() { update(); }
    virtual QString toolTipFor(const Selection& what) const;
    void drawFocus(QPainter& painter) const;

    bool event(QEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    bool focusNextPrevChild(bool next) override;
    void resizeEvent(QResizeEvent* event) override;

    const Theme& plainTheme() const { return plainTheme_; } ///< as set

private:
    void setHover(const Selection& what);
    int indexOf(const Selection& what) const;
    int neighbour(int key) const;

    Session* session_;
    Theme plainTheme_ = Theme::make(ThemeKind::Light);
    Theme theme_ = plainTheme_;
    Selection hover_;
    int focused_ = -1;
};

} // namespace packetarium
