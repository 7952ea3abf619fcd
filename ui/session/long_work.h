// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What goes on in a thread of its own while the window lives: how far it is,
// and the way to stop it.

#include <QObject>
#include <QString>

namespace packetarium {

class LongWork : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    virtual bool isBusy() const = 0;
    virtual QString words() const = 0;     ///< what is done and how far it is, in the current language
    virtual int percent() const = 0;       ///< -1: nobody knows how much there is to do
    virtual QString stopWords() const = 0; ///< on the button that stops it
    virtual QString stopHint() const = 0;  ///< what that does
    virtual void stop() = 0;

signals:
    void busyChanged();
    void progressed();
};

} // namespace packetarium
