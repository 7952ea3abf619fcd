// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Why? The reason of the step, or of what is selected, and the clause of the
// RFC that says so. With nothing to explain the panel takes no room.

#include "ui/widgets/panel.h"

#include <QUrl>

class QLabel;
class QPushButton;

namespace packetarium {

class TextBlock;

/// "RFC 9293 §3.10.7.4, eighth" as the place in the RFC Editor's edition; empty when it names no RFC.
QUrl rfcUrl(const QString& reference);

class WhyPanel : public Panel {
    Q_OBJECT
public:
    explicit WhyPanel(Session* session, QWidget* parent = nullptr);

protected:
    void restyle() override;
    void refresh() override;

private:
    QLabel* title_;
    TextBlock* text_;
    QPushButton* reference_;
};

} // namespace packetarium
