// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The bar at the bottom: to start, back, play, step, to end; the timeline with
// the time and the step above it; speed.

#include <QWidget>

class QPushButton;
class QMenu;

namespace packetarium {

class Actions;
class IconButton;
class Session;
class TimelineBar;

class TransportBar : public QWidget {
    Q_OBJECT
public:
    TransportBar(Session& session, Actions& actions, QWidget* parent = nullptr);
    void retranslate();
    TimelineBar& timeline() const { return *timeline_; }

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;

private:
    void refresh();
    void fillSpeeds();
    void restyle();

    Session* session_;
    Actions* actions_;
    IconButton* play_;
    TimelineBar* timeline_;
    QPushButton* speed_;
    QMenu* speeds_;
    QString time_, step_;
};

} // namespace packetarium
