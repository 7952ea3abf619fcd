// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The projector: full screen, nothing but the stage and one caption, at its
// own type scale. It answers to the same actions as the window, so a
// presenter's remote works on whichever of the two has the keyboard.

#include "ui/window/stage_picture.h"

#include <QWidget>

namespace packetarium {

class Session;

/// What the caption says at this instant, for a slide.
SlideCaption slideCaption(const Session& session);

class ProjectorWindow : public QWidget {
    Q_OBJECT
public:
    ProjectorWindow(Session& session, const QList<QAction*>& actions, QWidget* parent = nullptr);

    /// Full screen, on a second screen if there is one.
    void start(const QWidget* main);
    bool isBlank() const { return blank_; }
    void setBlank(bool on);
    /// Beside the run that is open: repaints when it changes, too. nullptr: alone.
    void setBeside(Session* other);
    void retranslate();

signals:
    void closed();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void closeEvent(QCloseEvent* event) override;

private:
    void refresh();

    Session* session_;
    StagePicture slide_;
    bool blank_ = false;
};

} // namespace packetarium
