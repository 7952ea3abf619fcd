// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Save, discard or cancel: asked before unsaved changes would be lost.

#include <QMessageBox>

namespace packetarium {

class UnsavedQuestion : public QMessageBox {
    Q_OBJECT
public:
    enum class Answer { Save, Discard, Cancel };
    UnsavedQuestion(const QString& title, QWidget* parent);
    Answer ask();

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QString title_;
};

} // namespace packetarium
