// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The conversations of a capture, to choose one from; typing filters them.

#include "core/capture/capture_run.h"

#include <QAbstractTableModel>
#include <QDialog>

class QDialogButtonBox;
class QLineEdit;
class QSortFilterProxyModel;
class QTableView;

namespace packetarium {

class Session;

/// First all of them together, then each.
class ConversationModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Column { Number, Ends, What, Packets, Octets, Start, State, ColumnCount };
    static constexpr int kSortRole = Qt::UserRole;
    ConversationModel(Session& session, QObject* parent);
    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;
    static CaptureChoice choiceAt(int row);
    void retranslate();

private:
    QVariant ofAll(int column) const;
    Session* session_;
    std::shared_ptr<const CaptureIndex> index_;
};

class ConversationDialog : public QDialog {
    Q_OBJECT
public:
    ConversationDialog(Session& session, QWidget* parent);

signals:
    void chosen(const CaptureChoice& choice);

protected:
    void changeEvent(QEvent* event) override;

private:
    void retranslate();
    void take();

    Session* session_;
    ConversationModel* model_;
    QSortFilterProxyModel* sorted_;
    QTableView* table_;
    QLineEdit* filter_;
    QDialogButtonBox* buttons_;
};

} // namespace packetarium
