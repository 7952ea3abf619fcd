// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The control blocks of both ends as a table, what the last event changed
// tinted in its side's colour and marked with a dot.

#include "ui/models/control_block_model.h"
#include "ui/widgets/panel.h"

class QCheckBox;
class QTableView;

namespace packetarium {

class ControlBlockPanel : public Panel {
    Q_OBJECT
public:
    explicit ControlBlockPanel(Session* session, QWidget* parent = nullptr);

    ControlBlockModel& model() const { return *model_; }

protected:
    void restyle() override;
    void refresh() override;

private:
    ControlBlockModel* model_;
    QTableView* table_;
    QCheckBox* everything_;
};

} // namespace packetarium
