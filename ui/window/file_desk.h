// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Opening and saving as the user sees it: dialogs, the question about unsaved
// changes, recent files, and one clear sentence when something fails.

#include "core/base/ids.h"
#include "core/base/input_error.h"
#include "ui/paint/stage_painter.h"

#include <QObject>
#include <memory>
#include <optional>

class QTemporaryDir;
class QWidget;

namespace packetarium {

class CaptureLoader;
class Session;

class FileDesk : public QObject {
    Q_OBJECT
public:
    FileDesk(Session& session, QWidget* window);
    ~FileDesk() override;

    // Each asks about unsaved changes first; false: cancelled or failed, and nothing has changed.
    bool openLesson(const QString& name);
    bool continueLesson(const QString& name);
    bool openScenario(const QString& name);
    bool openSandbox();
    bool openNewNetwork();
    /// A capture is read in the background: true says that this has begun, and opened() comes when it is done.
    bool openPath(const QString& path);
    bool openWithDialog();

    bool save();
    bool saveAs();
    bool saveTo(const QString& path);
    bool exportPicture();
    /// What the stage shows as PNG, SVG or PDF by the name's ending; in the plots view also the flow's values as CSV.
    bool exportTo(const QString& path);
    bool exportCapture(); ///< asks where to, and whether all cables or what one host sees
    bool exportCaptureTo(const QString& path, NodeId host); ///< none: every cable, an interface for each
    bool openInWireshark();
    CaptureLoader& captures() const { return *captures_; }
    /// True when nothing would be lost: saved, or the user says so.
    bool mayForget();

signals:
    void opened();
    void failed(const QString& sentence);
    void said(const QString& sentence);

private:
    bool report(const std::optional<InputError>& error);
    void remember(const QString& path);
    QString folder() const;
    void sayWhatIsMissing();

    Session* session_;
    QWidget* window_;
    CaptureLoader* captures_;
    std::unique_ptr<QTemporaryDir> forWireshark_; ///< what Wireshark was given, for as long as this program runs
};

/// Empty: it is not installed.
QString wiresharkProgram();

} // namespace packetarium
