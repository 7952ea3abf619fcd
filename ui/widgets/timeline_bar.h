// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The run from end to end: a rail with a handle to drag, a mark per event
// (upper row the first host, lower row the second), folded gaps and the
// user's commands. Dragging seeks (and so pauses). Read aloud as a slider.

#include "ui/paint/timeline_painter.h"

#include <QPixmap>
#include <QWidget>

namespace packetarium {

class Session;

class TimelineBar : public QWidget {
    Q_OBJECT
public:
    explicit TimelineBar(Session* session, QWidget* parent = nullptr);

    void setTheme(const Theme& theme);
    Session* session() const { return session_; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    /// "61.2 ms of 2 s", for whoever reads it aloud.
    QString spokenValue() const;

protected:
    bool event(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;

private:
    void rebuild();
    void seekTo(double x);

    Session* session_;
    Theme theme_ = Theme::make(ThemeKind::Light);
    TimelineLayout layout_;
    QPixmap marks_; ///< what stands still, as it was painted last; empty: to be painted
    bool dragging_ = false;
};

} // namespace packetarium
