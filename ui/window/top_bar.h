// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The bar at the top: name and menus, what is open and which step, and the
// three things that are always at hand: language, theme, projector.

#include <QWidget>

class QMenuBar;

namespace packetarium {

class Actions;
class IconButton;
class SegmentedSwitch;
class Session;

class TopBar : public QWidget {
    Q_OBJECT
public:
    TopBar(Session& session, Actions& actions, QMenuBar* menus, QWidget* parent = nullptr);

    void retranslate();
    /// The home page has no title and no projector.
    void setStageShown(bool on);
    QString title() const { return title_; }

signals:
    void homeWanted();

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    class Brand;
    void refresh();
    void showWhatFits();
    QRect titleRect() const;

    Session* session_;
    Brand* brand_;
    QMenuBar* menus_;
    SegmentedSwitch* languages_;
    IconButton* theme_;
    IconButton* projector_;
    IconButton* predict_;
    QString title_, name_;
    bool stageShown_ = false;
};

} // namespace packetarium
