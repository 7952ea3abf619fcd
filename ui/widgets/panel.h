// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What every panel around the stage has in common: it reads the session, never
// keeps anything of it, and has two duties. restyle() puts on words, fonts and
// colours; refresh() shows what the session says now. Both may be called at any
// time and any number of times: refresh() comes with every frame of a playing
// run, so it touches only what differs. A hidden panel does nothing until it is shown.

#include "ui/i18n/from_utf8.h"
#include "ui/session/session.h"

#include <QWidget>

namespace packetarium {

class Panel : public QWidget {
    Q_OBJECT
protected:
    explicit Panel(Session* session, QWidget* parent);
    /// The last line of every panel's constructor.
    void start();

    Session& session() const { return *session_; }
    /// The theme in force.
    const Theme& theme() const;
    virtual void restyle() = 0;
    virtual void refresh() = 0;
    /// Whether changes are followed at once; else when the panel is shown again.
    virtual bool isFollowing() const { return isVisible(); }

    void changeEvent(QEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    void follow(bool dress);

    Session* session_;
    bool started_ = false;
    bool staleStyle_ = false;
    bool staleContent_ = false;
};

} // namespace packetarium
