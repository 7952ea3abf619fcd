// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The column on the right: what is selected, why, the control blocks; below
// them, always in reach, what one may do to the packet and to the programs.

#include <QWidget>

namespace packetarium {

class ApplicationBar;
class PacketActions;
class Session;

class DetailsColumn : public QWidget {
    Q_OBJECT
public:
    explicit DetailsColumn(Session& session, QWidget* parent = nullptr);

    PacketActions& packetActions() const { return *packets_; }
    QSize sizeHint() const override { return {356, 600}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    PacketActions* packets_;
    ApplicationBar* programs_;
};

} // namespace packetarium
