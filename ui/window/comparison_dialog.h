// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What to compare with: first what goes well with the scenario that is open,
// then every built-in one; typing filters them. Or a file.

#include <QDialog>

class QDialogButtonBox;
class QLineEdit;
class QListWidget;
class QPushButton;

namespace packetarium {

class Session;

class ComparisonDialog : public QDialog {
    Q_OBJECT
public:
    ComparisonDialog(Session& session, QWidget* parent);

signals:
    void chosen(const QString& scenario); ///< its name
    void fileWanted();

protected:
    void changeEvent(QEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void fill();
    void filter();
    void retranslate();
    void take();

    Session* session_;
    QLineEdit* filter_;
    QListWidget* list_;
    QDialogButtonBox* buttons_;
    QPushButton* file_;
};

} // namespace packetarium
