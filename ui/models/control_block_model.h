// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The control blocks of all ends side by side (RFC 9293 §3.3.1): one row per
// variable, one column per end, in the number style of the screen; below them
// the state's timers. What the last event changed is marked. A value of
// (trace, moment): it keeps nothing of the session.

#include "core/trace/moment.h"
#include "core/trace/symbols.h"
#include "ui/i18n/catalogue.h"

#include <QAbstractTableModel>
#include <vector>

namespace packetarium {

class ControlBlockModel : public QAbstractTableModel {
    Q_OBJECT
public:
    enum Role {
        ChangedRole = Qt::UserRole + 1, ///< bool: in column 0, whether any end changed
        ActiveSideRole,                 ///< bool: the column is the blue side's
    };

    explicit ControlBlockModel(QObject* parent = nullptr);

    struct Scene {
        const Trace* trace = nullptr;
        const Moment* moment = nullptr;
        const Symbols* symbols = nullptr;
        std::vector<QString> hostLabels; ///< of every node
        NumberStyle numbers = NumberStyle::Symbolic;
        Language language = Language::English;
        bool everything = false; ///< also the variables that a beginner does not need
    };
    /// Rows stay the same from moment to moment as long as the same variables have values.
    void show(const Scene& scene);
    void clear();

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role = Qt::DisplayRole) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role = Qt::DisplayRole) const override;

private:
    struct Cell {
        QString text;
        bool changed = false;
        bool operator==(const Cell&) const = default;
    };
    struct Row {
        QString name, help;
        std::vector<Cell> cells; ///< one per end
        bool operator==(const Row&) const = default;
    };
    std::vector<Row> rowsOf(const Scene& scene) const;

    std::vector<Row> rows_;
    std::vector<QString> hosts_;
    std::vector<bool> activeSides_;
};

} // namespace packetarium
