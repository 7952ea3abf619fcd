// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Another run beside the one that is open, with one cursor: the open session
// leads, and the other goes where it goes and looks as it looks.

#include "ui/session/session.h"

#include <QObject>

namespace packetarium {

class Comparison : public QObject {
    Q_OBJECT
public:
    /// Runs the scenario. `main` must have a run, and must live longer.
    Comparison(Session& main, Scenario scenario, QString filePath = {}, QObject* parent = nullptr);
    ~Comparison() override;

    Session& other() { return other_; }
    void part(); ///< each is alone again; for good

signals:
    void ended(); ///< something else has been opened

private:
    void link();
    void look();
    void follow();

    Session* main_;
    Session other_;
    bool linking_ = false;
};

} // namespace packetarium
