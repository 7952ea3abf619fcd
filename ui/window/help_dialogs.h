// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The two dialogs of the help menu: every key, and what the program is.

#include <QDialog>

class QAction;
class QDialogButtonBox;
class QLabel;
class QTableWidget;

namespace packetarium {

/// Every action with its keys, in menu order.
class KeysDialog : public QDialog {
    Q_OBJECT
public:
    KeysDialog(const QList<QAction*>& actions, QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();

    QList<QAction*> actions_;
    QTableWidget* table_;
    QDialogButtonBox* buttons_;
};

class AboutDialog : public QDialog {
    Q_OBJECT
public:
    explicit AboutDialog(QWidget* parent);

protected:
    void changeEvent(QEvent* event) override;
    void paintEvent(QPaintEvent* event) override;

private:
    void retranslate();

    QLabel *name_, *text_;
    QDialogButtonBox* buttons_;
};

} // namespace packetarium
