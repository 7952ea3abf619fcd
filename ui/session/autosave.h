// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps what is not yet saved on disk, after each command, so that a kill or a
// power cut loses nothing. Each running program has a file of its own and a
// lock beside it; a file whose lock no living program holds was left behind.

#include <QLockFile>
#include <QObject>
#include <QString>
#include <memory>

namespace packetarium {

class Session;

class Autosave : public QObject {
    Q_OBJECT
public:
    enum class Found { Nothing, Recovered, Damaged };

    /// `folder`: default "unsaved" in the user's data folder. Made when something is written.
    explicit Autosave(Session& session, const QString& folder = {}, QObject* parent = nullptr);
    /// A program that ends as it should leaves nothing behind: the user has been asked by then.
    ~Autosave() override;

    /// Opens the newest work left behind in the session, as modified. Damaged: what was there made no sense and was put
    /// aside under the name of damagedCopy().
    Found recover();
    QString damagedCopy() const { return damagedCopy_; }
    QString folder() const { return folder_; }

signals:
    /// It could not be written; said once until it works again.
    void failed(const QString& reason);

private:
    void documentChanged();
    void write();
    void remove();
    bool restore(const QByteArray& text);

    Session* session_;
    QString folder_, file_, damagedCopy_;
    std::unique_ptr<QLockFile> lock_;
    bool saidFailed_ = false;
};

} // namespace packetarium
