// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Comparing as the user sees it: choosing what with, one clear sentence when
// that cannot be read, and the end of it.

#include "core/scenario/scenario.h"

#include <QObject>

class QWidget;

namespace packetarium {

class Comparison;
class Session;

class ComparisonDesk : public QObject {
    Q_OBJECT
public:
    ComparisonDesk(Session& session, QWidget* window);
    ~ComparisonDesk() override;

    Session* other() const; ///< what is compared with; nullptr: nothing is
    void choose();          ///< asks what with
    /// A file, or the name of a built-in scenario. Says what is wrong itself; what was compared before then stays.
    bool compareWith(const QString& what);
    void begin(Scenario scenario, const QString& filePath = {});
    void end();

signals:
    /// nullptr: no longer. What was shown before lives until the event loop comes round.
    void changed(Session* other);
    void failed(const QString& sentence);

private:
    void chooseFile();

    Session* session_;
    QWidget* window_;
    Comparison* comparison_ = nullptr;
};

} // namespace packetarium
